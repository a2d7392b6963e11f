"""A person in one line of words: “woman 62, hypertension, takes Eliquis, no asthma, nothing else”.

The grammar is written down in ``docs/words.md``. In short: phrases stand in any order, with commas between
them or without; the longest phrase that means something wins. What could be two things is kept as a
question of both, what is not understood keeps every list open, and nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from remedies.checking import marks
from remedies.checking.features import feature_at
from remedies.checking.grammar import read_pregnancy
from remedies.checking.patient import Patient
from remedies.checking.phrases import (
    BEGINNING,
    DENYING,
    SIDED,
    Marker,
    marker_at,
    there,
)
from remedies.checking.splitting import TAKEN_OR_NOT, Splitter, parts, without_empty
from remedies.checking.understood import Reading, read_answer, read_whole
from remedies.core.errors import Fault, InputError, PatientError, of_type, quoted
from remedies.core.model import Frozen, Many
from remedies.knowledge.catalogue import given
from remedies.knowledge.spelling import normal
from remedies.knowledge.topics import SAME_SKIN, TOPICS, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.rulebook import Rulebook

LONGEST_SENTENCE = 2000
"""No sentence with more characters is read."""

Why = Literal["things", "scope", "list", "unclear"]
"""Why a phrase is asked back: it may be several things; what it denies is not clear; it does not say of which
list it speaks; it is not understood."""


class AskedBack(Frozen):
    """A phrase that was not taken for anything, since it could be several things, or nothing that is known."""

    words: str
    """The phrase, with a question mark where it may be several things."""
    why: Why
    """What is not clear."""
    topics: Many[Topic]
    """The lists that it may belong to; they stay open as far as it goes."""
    remedy: str | None = None
    """The id of the remedy that it may stand for."""


class Sentence(Frozen):
    """What was understood of a line of words."""

    patient: Patient
    """The person; what was not understood stands in every list that it may belong to."""
    remedies: Many[str] = ()
    """The ids of the remedies that were named, in catalogue order."""
    asked_back: Many[AskedBack] = ()
    """The phrases that are to be said more clearly."""


def read_sentence(words: str | Iterable[str], catalogue: Catalogue | None = None) -> Sentence:
    """Read a person, and remedies to look at, from words in any order, in English or Russian.

    Args:
        words: one text, or several that stand beside each other, such as the words of a command line.
        catalogue: whose words and remedies; the shipped one unless given.

    Raises:
        ArgumentError: something is of the wrong Python type.
        InputError: it is too long to be read.
        PatientError: two ages, sexes or pregnancies are given, or a number that may be two things.

    >>> said = read_sentence("ж 62, гипертония, Эликвис, больше ничего")
    >>> said.patient.age.years, said.patient.sex, said.patient.medicines.yes, said.patient.nothing_else
    (62, 'female', ('Эликвис',), True)
    """
    of_type(words, str | Iterable, "words", "a text")
    text = words if isinstance(words, str) else " ".join(words)
    if len(text) > LONGEST_SENTENCE:
        message = f"has {len(text)} characters; at most {LONGEST_SENTENCE} are read"
        raise InputError(Fault(("words",), message))
    reader = _Reader(given(catalogue).rulebook)
    for chunk in _chunks(text):
        reader.read(chunk)
    return reader.sentence()


def _chunks(text: str) -> Iterator[list[str]]:
    """Split a text into the words between its commas; a comma within a number is no comma."""
    text = re.sub(r"(?<![\w-])(\d+)-(?=[^\W\d_])", r"\1 ", re.sub(r"[“”„«»\"]", " ", text))
    text = re.sub(r"(?<=[^\W\d_])-(?=old\b)", " ", text)
    text = re.sub(r"\b(\d{1,3})([FfЖжMМ])\b", r"\1 \2", text)
    text = re.sub(r"(?i)\b(woman|man|female|male|girl|boy|ж|жен|муж|женщина|мужчина)(\d{1,3})\b", r"\1 \2", text)
    for chunk in re.split(r"(?<!\d),|,(?!\d)|[;\n]|[.!](?=\s|$)", text):
        words = chunk.split()
        if words:
            yield words


_ONE_OF = {"age": ("age", "born"), "born": ("age", "born")}
"""What says the same in two ways."""


class _Reader:
    """Gathers what the phrases of a sentence say."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Take the rulebook whose words and remedies are read."""
        self._rulebook = rulebook
        self._vocabulary = rulebook.vocabulary
        self._split = Splitter(rulebook)
        self._stated: dict[str, tuple[object, str]] = {}
        self._words: dict[Topic, dict[str, None]] = {topic: {} for topic in TOPICS}
        self._closed: set[Topic] = set()
        self._remedies: set[str] = set()
        self._asked: dict[str, AskedBack] = {}
        self._faults: list[Fault] = []

    def sentence(self) -> Sentence:
        """Return what was understood, in an order that does not depend on that of the words.

        Raises:
            PatientError: what was said contradicts itself.
        """
        document: dict[str, object] = {name: value for name, (value, _) in self._stated.items()}
        for topic in TOPICS:
            words = sorted(self._words[topic], key=lambda word: (word.casefold(), word))
            if words or topic in self._closed:
                document[topic] = {"yes": words, "rest": "no" if topic in self._closed else "unknown"}
        if self._faults:
            raise PatientError(self._faults)
        remedies = tuple(one.id for one in self._rulebook.remedies if one.id in self._remedies)
        asked = tuple(self._asked[phrase] for phrase in sorted(self._asked, key=str.casefold))
        return Sentence(patient=Patient.model_validate(document), remedies=remedies, asked_back=asked)

    def read(self, words: list[str]) -> None:
        """Read the words between two commas: what they say of the person first, then the rest between that."""
        rest: list[str] = []
        place = 0
        while place < len(words):
            cut = feature_at(words, place)
            if cut is None:
                rest.append(words[place])
                place += 1
                continue
            self._phrases(rest)
            rest = []
            phrase = " ".join(words[place : place + cut.words])
            self._faults += [cut.fault] if cut.fault else []
            for name, value in cut.said.items():
                self._state(name, value, phrase)
            place += cut.words
        self._phrases(rest)

    def _state(self, name: str, value: object, phrase: str) -> None:
        """Enter something that can be said only once."""
        if name in TOPICS:
            self._closed.add(next(topic for topic in TOPICS if topic == name))
            return
        for other in _ONE_OF.get(name, (name,)):
            before = self._stated.get(other)
            if before is None or before[0] == value:
                continue
            if name == "pregnancy" and "yes" in (before[0], value):
                # “Pregnant, 27 weeks” is one statement in two parts.
                value, phrase = before if value == "yes" else (value, phrase)
                continue
            message = f"was said twice, as {quoted(before[1])} and as {quoted(phrase)}; say it once"
            self._faults.append(Fault((name,), message, "contradiction"))
        self._stated[name] = (value, phrase)

    # Phrases ------------------------------------------------------------------------------------

    def _phrases(self, words: list[str]) -> None:
        """Read what is left between commas and words about the person: facts, medicines, allergies, remedies."""
        words = without_empty(words)
        if not words:
            return
        marked = [(place, marker_at(words, place)) for place in range(len(words))]
        markers = [(place, marker) for place, marker in marked if marker is not None]
        if not markers:
            self._plain(words)
            return
        places = {marker.topic for _, marker in markers}
        if _denies(words) or marks.phrases(" ".join(words)).mark is not None:
            # “Not taking warfarin”, “no allergy to aspirin”: the whole of it, and of one list only.
            self._one(words, next(iter(places)) if len(places) == 1 else None)
            return
        self._plain(words[: markers[0][0]])
        ends = [*(place for place, _ in markers[1:]), len(words)]
        for (place, marker), end in zip(markers, ends, strict=True):
            self._listed(words[place + marker.words : end], marker)

    def _listed(self, words: list[str], marker: Marker) -> None:
        """Read what follows “takes” or “allergic to”."""
        for part in parts(without_empty(words), self._split.exact):
            for phrase, _ in self._split.longest(part, marker.topic):
                self._words[marker.topic][phrase] = None

    def _plain(self, words: list[str]) -> None:
        """Read words that no marker stands before."""
        words = without_empty(words)
        if not words:
            return
        text = " ".join(words)
        if marks.says_unknown(text):
            self._back(text, "list", TOPICS)
            return
        if marks.says_none(text.rstrip(" ?")):
            # As it stands, “none” would close each of the lists.
            self._back(_asked(text), "list", TOPICS)
            return
        pregnancy = read_pregnancy(text) if re.search(r"\d", text) else None
        if isinstance(pregnancy, dict) and not re.fullmatch(SIDED, text.casefold()):
            self._state("pregnancy", pregnancy, text)
            return
        answers = marks.phrases(text).mark or marks.signs(text).mark or read_answer(text, "conditions")
        if not self._split.exact(text) and (_denies(words) or answers):
            self._denials(words)
            return
        for part in parts(words, self._split.exact):
            for phrase, reading in self._split.longest(part, None):
                self._enter(phrase, reading)

    def _denials(self, words: list[str]) -> None:
        """Read words of which some are denied; each “no” begins a phrase that holds nothing else."""
        starts = [place for place, word in enumerate(words) if place and normal(word) in BEGINNING]
        phrases = [words[start:end] for start, end in pairwise([*starts, len(words)])]
        before = words[: starts[0]] if starts else words
        readable = all(read_whole(" ".join(one), "conditions", self._vocabulary) for one in phrases)
        if not starts or not readable:
            self._one(words, None)
            return
        self._plain(before)
        for one in phrases:
            self._one(one, None)

    def _one(self, words: list[str], topic: Topic | None) -> None:
        """Read a phrase that denies or doubts, which stands alone between its commas."""
        text = " ".join(words)
        on_skin = there(text)
        if topic is None and on_skin is not None:
            text, topic = on_skin, "skin"
        reading = read_whole(text, topic or "conditions", self._vocabulary)
        if reading is None:
            self._back(text, "scope", (topic,) if topic else TOPICS)
        elif topic and reading.moved is None:
            self._words[topic][text] = None
        else:
            self._enter(text, reading)

    def _enter(self, phrase: str, reading: Reading | None) -> None:
        """Enter a phrase where it belongs; one that could be two things is asked about in both."""
        remedy = self._rulebook.names.get(normal(phrase))
        if remedy is not None and self._for_skin(remedy, phrase):
            self._remedies.add(remedy)
            return
        if reading is None:
            reading = self._spelt_out(phrase)
        if reading is None:
            return
        if reading.pregnancy is not None:
            self._state("pregnancy", _stated(reading.pregnancy), phrase)
        if reading.breastfeeding is not None:
            self._state("breastfeeding", reading.breastfeeding, phrase)
        if reading.pregnancy is not None or reading.breastfeeding is not None:
            return
        name = marks.phrases(marks.signs(phrase).word).word
        also = self._split.taken_or_allergic(name)
        if reading.moved == "medicines" and (also or remedy is not None):
            self._back(_asked(phrase), "things", TAKEN_OR_NOT if also else ("medicines",), remedy)
            return
        places = [topic for topic in TOPICS if topic == reading.moved] or [topic for topic, _ in reading.closes]
        self._words[next(iter(places), "conditions")][phrase] = None

    def _spelt_out(self, phrase: str) -> Reading | None:
        """Read a phrase that is no name, such as “diabetes on insulin”; where that fails, ask back."""
        reading = read_whole(phrase, "conditions", self._vocabulary)
        if reading is not None and not any(map(self._split.taken_or_allergic, phrase.split())):
            return reading
        if reading is not None:
            self._back(_asked(phrase), "things", ("conditions", *TAKEN_OR_NOT))
        elif read_whole(phrase, "allergies", self._vocabulary) is not None:
            self._back(_asked(phrase), "things", ("allergies",))
        else:
            self._back(phrase, "unclear", TOPICS)
        return None

    def _for_skin(self, remedy: str, phrase: str) -> bool:
        """Tell whether a name stands for the remedy alone, and not for tablets of that name as well."""
        medicine = self._vocabulary.lexicon.exact("medicines", phrase)
        if medicine is None:
            return True
        facts = medicine.proves or medicine.prompts
        return bool(facts) and {SAME_SKIN, *self._rulebook.remedy(remedy).counts_as}.issuperset(facts)

    def _back(self, phrase: str, why: Why, topics: Iterable[Topic], remedy: str | None = None) -> None:
        """Ask back, and keep a phrase in every list that it may belong to, so that none of them closes over it."""
        for topic in topics:
            self._words[topic][phrase] = None
        self._asked[phrase] = AskedBack(words=phrase, why=why, topics=tuple(topics), remedy=remedy)


def _asked(phrase: str) -> str:
    """Mark a phrase as a question."""
    return phrase if phrase.endswith("?") else f"{phrase}?"


def _stated(pregnancy: Any) -> object:  # noqa: ANN401 - every form of it
    return pregnancy if isinstance(pregnancy, str) else pregnancy.model_dump(mode="json", exclude_none=True)


def _denies(words: list[str]) -> bool:
    return any(normal(word) in DENYING for word in words)
