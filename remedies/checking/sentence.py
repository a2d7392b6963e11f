"""A person in one line of words: “woman 62, hypertension, takes Eliquis, no asthma, nothing else”.

The grammar is written down in ``docs/words.md``. In short: phrases stand in any order, with commas between
them or without; the longest phrase that means something wins. What could be two things is kept as a
question of both, what is not understood keeps every list open, and nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from remedies.checking import marks
from remedies.checking.asking_back import LABELLED, AskedBack, alphabetical, asked_back
from remedies.checking.features import feature_at
from remedies.checking.grammar import read_pregnancy
from remedies.checking.patient import Patient
from remedies.checking.phrases import (
    BEGINNING,
    BESIDE,
    CLOSING,
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
        labelled = LABELLED.fullmatch(chunk)
        if labelled is None:
            reader.read(chunk.split())
        else:
            reader.enter(labelled[1].casefold(), " ".join(labelled[2].split()))
    return reader.sentence()


_SPELLED = tuple(
    (re.compile(written, re.IGNORECASE), parted)
    for written, parted in (
        (r"[“”„«»\"]", " "),
        (r"(?<![\w-])(\d+)-(?=(?:years?|months?|weeks?|yrs?|yo|y/o|old|лет|год|мес|нед)\b)", r"\1 "),
        (r"(?<=[^\W\d_])-(?=old\b)", " "),
        (r"(?<=\d)[- ]*(?:летн\w+|х лет)\b", " полных лет"),
        (r"\b(woman|man|female|male|girl|boy|ж|жен|муж|женщина|мужчина|age|aged|возраст)[:./]?(?=\d{1,3}\b)", r"\1 "),
        (r"\b([fmжм])/(?=\d{1,3}\b)", r"\1 "),
        (r"\b(\d{1,3})/(?=[fmжм]\b)", r"\1 "),
        (r"\b(\d{1,3})(?=(?-i:[FfЖжMМ])\b)", r"\1 "),
    )
)
"""How what people write in one is parted: 62-year-old, ж62, 62/F, 62F."""

_BETWEEN = re.compile(r"(?<!\d),|,(?!\d)|[;\n]|!(?=\s|$)|\.(?=\s*(?:$|[,;\n]|\s[A-ZА-ЯЁ]))")
"""What parts phrases; a comma within a number does not, nor the dot of an abbreviation (бронх. астма)."""


def _chunks(text: str) -> Iterator[str]:
    """Split a text into the words between its commas."""
    for written, parted in _SPELLED:
        text = written.sub(parted, text)
    for chunk in _BETWEEN.split(text):
        if chunk.strip():
            yield chunk


class _Reader:
    """Gathers what the phrases of a sentence say."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Take the rulebook whose words and remedies are read."""
        self._rulebook = rulebook
        self._vocabulary = rulebook.vocabulary
        self._split = Splitter(rulebook)
        self._stated: dict[str, dict[str, object]] = {}
        self._weeks: dict[str, object] = {}
        self._words: dict[Topic, set[str]] = {topic: set() for topic in TOPICS}
        self._closed: set[str] = set()
        self._remedies: set[str] = set()
        self._faults: list[Fault] = []

    def sentence(self) -> Sentence:
        """Return what was understood, in an order that does not depend on that of the words.

        Raises:
            PatientError: what was said contradicts itself.
        """
        said = [*self._stated.get("pregnancy", {}).values()]
        for phrase, weeks in self._weeks.items():
            # “Pregnant, 27 weeks” is one statement in two parts.
            if "yes" in said or weeks in said:
                self._state("pregnancy", weeks, phrase)
            else:
                self._open(_asked(phrase), TOPICS)
        document = {name: self._only(name) for name in sorted(self._stated)}
        self._faults += _months_of_either(document.get("pregnancy"), self._stated.get("age", {}))
        for topic in TOPICS:
            words = sorted(self._words[topic], key=alphabetical)
            if words or topic in self._closed:
                document[topic] = {"yes": words, "rest": "no" if topic in self._closed else "unknown"}
        if self._faults:
            raise PatientError(sorted(self._faults))
        remedies = tuple(one.id for one in self._rulebook.remedies if one.id in self._remedies)
        document["nothing_else"] = "nothing_else" in self._closed
        patient = Patient.model_validate(document)
        return Sentence(patient=patient, remedies=remedies, asked_back=tuple(asked_back(patient, self._rulebook)))

    def _only(self, name: str) -> object:
        """Return what was said of something that is said once."""
        said = self._stated[name]
        values = [value for value in said.values() if isinstance(value, dict)]
        if name == "pregnancy" and values:
            said = {phrase: value for phrase, value in said.items() if value != "yes"}
        if name == "born":
            said = {**said, **self._stated.get("age", {})}
        phrases = sorted(said, key=alphabetical)
        other = next((phrase for phrase in phrases if said[phrase] != said[phrases[0]]), None)
        if other is not None:
            message = f"was said twice, as {quoted(phrases[0])} and as {quoted(other)}; say it once"
            self._faults.append(Fault((name,), message, "contradiction"))
        return said[phrases[0]]

    def _state(self, name: str, value: object, phrase: str) -> None:
        """Enter something that can be said only once."""
        self._stated.setdefault(name, {})[phrase] = value

    def enter(self, topic: str, word: str) -> None:
        """Enter a word in the list that was named before it."""
        self._words[next(one for one in TOPICS if one == topic)].add(word)

    # The words between two commas -----------------------------------------------------------------

    def read(self, words: list[str]) -> None:
        """Read the words between two commas: what they say of the person first, then the rest between that."""
        if marks.phrases(" ".join(words)).mark == "family":
            self._phrases(words)
            return
        rest: list[str] = []
        place = 0
        while place < len(words):
            cut = feature_at(words, place, first=not without_empty(rest))
            if cut is None or self._split.within_name(words, place, cut.words):
                rest.append(words[place])
                place += 1
                continue
            self._phrases(rest)
            phrase = " ".join(words[place : place + cut.words])
            self._faults += [cut.fault] if cut.fault else []
            for name, value in cut.said.items():
                if value is True:
                    self._closed.add(self._what_else(rest) if name == "nothing_else" else name)
                else:
                    self._state(name, value, phrase)
            rest = []
            place += cut.words
        self._phrases(rest)

    @staticmethod
    def _what_else(before: list[str]) -> str:
        """Name what “nothing else” closes: behind “takes warfarin” the medicines, else everything."""
        topics = [marker.topic for place in range(len(before)) if (marker := marker_at(before, place)) is not None]
        return topics[-1] if topics else "nothing_else"

    def _phrases(self, words: list[str]) -> None:
        """Read what is left between commas and words about the person: facts, medicines, allergies, remedies."""
        mark = marks.phrases(" ".join(words)).mark
        words = words if mark else without_empty(words)
        if not words:
            return
        markers = _markers(words)
        if markers and normal(words[0]) in _ONLY_NEXT and self._denial(words[: markers[-1][0]]):
            # “No asthma takes aspirin”: it is not said that nothing is taken.
            self._one(words[: markers[-1][0]], _list_of(words[: markers[-1][0]]))
            self._phrases(words[markers[-1][0] :])
            return
        first, *denied = self._parted(words, mark)
        if denied:
            self._phrases(first)
            for one in denied:
                self._one(one, _list_of(one))
            return
        if not markers:
            self._plain(words)
            return
        place, marker = markers[0]
        if len(markers) == 1 and place == 0 and self._answered(words[marker.words :], marker.topic):
            return
        if mark or _denies(words):
            # “Not taking warfarin”, “no allergy to aspirin”: the whole of it, and of one list only.
            self._one(words, _list_of(words))
            return
        self._plain(words[:place])
        ends = [*(place for place, _ in markers[1:]), len(words)]
        for (place, marker), end in zip(markers, ends, strict=True):
            self._listed(words[place + marker.words : end], marker.topic)

    def _parted(self, words: list[str], mark: marks.Mark | None) -> list[list[str]]:
        """Part words before each “no” that denies what follows it and nothing else; else leave them together."""
        starts = [
            place
            for place, word in enumerate(words)
            if place and normal(word) in BEGINNING and normal(words[place - 1]) not in BESIDE | DENYING
        ]
        taken = {place + marker.words for place, marker in _markers(words)}
        starts = [place for place in starts if place not in taken]
        if mark in {"family", "doubt"} or not starts:
            return [words]
        parted = [words[start:end] for start, end in pairwise([0, *starts, len(words)])]
        return parted if all(map(self._denial, parted[1:])) else [words]

    def _denial(self, words: list[str]) -> bool:
        """Tell whether words deny what they name, and nothing beside it."""
        text = " ".join(words)
        reading = read_whole(there(text) or text, _list_of(words) or "conditions", self._vocabulary)
        if len(words) == 1 or reading is None or reading.kind != "denial":
            return False
        return not reading.closes or normal(words[0]) in _ONLY_NEXT

    def _answered(self, words: list[str], topic: Topic) -> bool:
        """Read what answers for a whole list or denies something of it: takes none, allergic to nothing else."""
        text = " ".join(words)
        if normal(text) in CLOSING["nothing_else"] and "?" not in text:
            self._closed.add(topic)
            return True
        reading = read_whole(text, topic, self._vocabulary)
        begins = normal(words[0]) in DENYING or read_answer(text, topic) is not None
        if reading is None or not (reading.kind == "doubt" or (reading.kind == "denial" and begins)):
            return False
        self._words[topic].add(text)
        return True

    def _listed(self, words: list[str], topic: Topic) -> None:
        """Read what follows “takes” or “allergic to”."""
        for part in parts(without_empty(words), self._split.exact):
            for phrase, reading in self._split.longest(part, topic):
                if reading is None and read_answer(phrase, topic) is not None:
                    self._open(_asked(phrase), (topic,))
                else:
                    self._words[topic].add(phrase)

    def _plain(self, words: list[str]) -> None:
        """Read words that no marker stands before."""
        text = " ".join(words)
        if not marks.phrases(text).mark:
            words = without_empty(words)
            text = " ".join(words)
        if not words:
            return
        if marks.says_unknown(text) or marks.says_none(text.rstrip(" ?")):
            # As it stands, “none” would close each of the lists.
            self._open(text if marks.says_unknown(text) else _asked(text), TOPICS)
            return
        if self._pregnancy(text):
            return
        answers = marks.phrases(text).mark or marks.signs(text).mark or read_answer(text, "conditions")
        if not self._split.exact(text) and (_denies(words) or answers):
            self._one(words, None)
            return
        for part in parts(words, self._split.exact):
            for phrase, reading in self._split.longest(part, None):
                self._enter(phrase, reading)

    def _pregnancy(self, text: str) -> bool:
        """Read a time of pregnancy; weeks alone may be those of anything."""
        said = read_pregnancy(text.rstrip(" ?")) if re.search(r"\d", text) else None
        if not isinstance(said, dict) or re.fullmatch(SIDED, text.casefold()):
            return False
        sure = said.keys() != {"weeks"} or re.search(r"pregnan|gestat|беремен|срок", text.casefold())
        if sure and text.endswith("?"):
            return False
        if sure:
            self._state("pregnancy", said, text)
        elif text.endswith("?"):
            self._open(text, TOPICS)
        else:
            self._weeks[text] = said
        return True

    # One phrase -----------------------------------------------------------------------------------

    def _one(self, words: list[str], topic: Topic | None) -> None:
        """Read a phrase that denies or doubts, which stands alone between its commas."""
        text = " ".join(words)
        on_skin = there(text)
        if topic is None and on_skin is not None:
            text, topic = on_skin, "skin"
        reading = read_whole(text, topic or "conditions", self._vocabulary)
        if reading is None:
            self._open(text, (topic,) if topic else TOPICS)
        elif topic and reading.moved is None:
            self._words[topic].add(text)
        else:
            self._enter(text, reading)

    def _enter(self, phrase: str, reading: Reading | None) -> None:
        """Enter a phrase where it belongs; one that could be two things is asked about in both."""
        remedy = self._rulebook.names.get(normal(phrase))
        if remedy is not None and self._for_skin(remedy, phrase):
            self._remedies.add(remedy)
            return
        reading = reading or self._spelt_out(phrase)
        if reading is None:
            return
        if reading.closes and reading != read_whole(phrase, "signs", self._vocabulary):
            # It would close whatever list it stands in.
            self._open(_asked(phrase), TOPICS)
            return
        if reading.keeps_open:
            self._open(phrase, TOPICS)
            return
        if reading.pregnancy is not None:
            self._state("pregnancy", _stated(reading.pregnancy), phrase)
        if reading.breastfeeding is not None:
            self._state("breastfeeding", reading.breastfeeding, phrase)
        if reading.pregnancy is not None or reading.breastfeeding is not None:
            return
        also = self._split.taken_or_allergic(marks.phrases(marks.signs(phrase).word).word)
        if reading.moved == "medicines" and (also or remedy is not None):
            self._open(_asked(phrase), TAKEN_OR_NOT if also else ("medicines",))
            return
        places = [topic for topic in TOPICS if topic == reading.moved] or [topic for topic, _ in reading.closes]
        self._open(phrase, places or ("conditions",))

    def _spelt_out(self, phrase: str) -> Reading | None:
        """Read a phrase that is no name, such as “diabetes on insulin”; where that fails, ask back."""
        reading = read_whole(phrase, "conditions", self._vocabulary)
        if reading is not None and not any(map(self._split.taken_or_allergic, phrase.split())):
            return reading
        if reading is not None:
            self._open(_asked(phrase), ("conditions", *TAKEN_OR_NOT))
        elif read_whole(phrase, "allergies", self._vocabulary) is not None:
            self._open(_asked(phrase), ("allergies",))
        else:
            self._open(phrase, TOPICS)
        return None

    def _for_skin(self, remedy: str, phrase: str) -> bool:
        """Tell whether a name stands for the remedy alone, and not for tablets of that name as well."""
        medicine = self._vocabulary.lexicon.exact("medicines", phrase)
        if medicine is None:
            return True
        facts = medicine.proves or medicine.prompts
        return bool(facts) and {SAME_SKIN, *self._rulebook.remedy(remedy).counts_as}.issuperset(facts)

    def _open(self, phrase: str, topics: Iterable[Topic]) -> None:
        """Keep a phrase in every list that it may belong to, so that none of them closes over it."""
        for topic in topics:
            self._words[topic].add(phrase)


_ONLY_NEXT = frozenset({"no", "без"})
"""Words that deny what stands next, and may so deny a whole list: no allergies."""


def _asked(phrase: str) -> str:
    """Mark a phrase as a question."""
    return phrase if phrase.endswith("?") else f"{phrase}?"


def _stated(pregnancy: Any) -> object:  # noqa: ANN401 - every form of it
    return pregnancy if isinstance(pregnancy, str) else pregnancy.model_dump(mode="json", exclude_none=True)


def _months_of_either(pregnancy: object, ages: Iterable[str]) -> Iterator[Fault]:
    """Refuse months that may be those of a life or of a pregnancy."""
    for phrase in ages if pregnancy not in (None, "no") else ():
        if re.fullmatch(r"\d+ *(?:mo?s?|mths?|months?|мес\w*)\.?", phrase.casefold()):
            message = f"{quoted(phrase)} may be the age or the time of pregnancy; add “old” or “pregnant”"
            yield Fault(("age",), message, "word")


def _denies(words: list[str]) -> bool:
    return any(normal(word) in DENYING for word in words)


def _markers(words: list[str]) -> list[tuple[int, Marker]]:
    marked = ((place, marker_at(words, place)) for place in range(len(words)))
    return [(place, marker) for place, marker in marked if marker is not None]


def _list_of(words: list[str]) -> Topic | None:
    """Name the one list of which the markers among words speak."""
    topics = {marker.topic for _, marker in _markers(words)}
    return topics.pop() if len(topics) == 1 else None
