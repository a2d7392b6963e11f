"""A person in one line of words: “woman 62, hypertension, takes Eliquis, no asthma, nothing else”.

The grammar is written down in ``docs/words.md``. In short: phrases stand in any order, with commas between
them or without; the longest phrase that means something wins. What could be two things is kept as a
question of both, what is not understood keeps every list open, and nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from remedies.checking import marks
from remedies.checking.grammar import read_age, read_born, read_pregnancy, read_sex, read_term
from remedies.checking.patient import Patient
from remedies.checking.phrases import (
    BEGINNING,
    CLOSING,
    CODE,
    CONNECTING,
    COUNTED,
    DENYING,
    EMPTY,
    FEATURES,
    OWNING_A_NUMBER,
    SIDED,
    UNITS,
    Marker,
    marker_at,
    there,
)
from remedies.checking.understood import Reading, bare, read_answer, read_whole
from remedies.core.errors import Fault, InputError, PatientError, of_type, quoted
from remedies.core.model import Frozen, Many
from remedies.knowledge.catalogue import given
from remedies.knowledge.spelling import normal
from remedies.knowledge.topics import SAME_SKIN, TOPICS, Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.rulebook import Rulebook

LONGEST_SENTENCE = 2000
"""No sentence with more characters is read."""

_LONGEST_PHRASE = 8
"""A phrase that means something has at most so many words."""


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


def in_words(patient: Patient, remedies: Iterable[str] = (), catalogue: Catalogue | None = None) -> str:
    """Write a person who was read from words as words again; reading those gives the same person.

    Args:
        patient: a person as ``read_sentence`` understands one; what words cannot say is left out.
        remedies: ids of remedies to look at.
        catalogue: the one that the words were read with.

    >>> in_words(read_sentence("nothing else, takes aspirin, aged 62").patient)
    '62, takes aspirin, nothing else'
    """
    catalogue = given(catalogue)
    stated = patient.model_dump(mode="json", exclude_defaults=True)
    said = [stated[name] for name in ("sex",) if name in stated]
    said += [_age_in_words(stated["age"])] if "age" in stated else []
    said += [f"born {stated['born']}"] if "born" in stated else []
    said += [_pregnancy_in_words(stated["pregnancy"])] if "pregnancy" in stated else []
    if patient.breastfeeding is not None:
        said.append("breastfeeding" if patient.breastfeeding else "not breastfeeding")
    places: dict[str, list[Topic]] = {}
    for topic in TOPICS:
        for word in patient.answers(topic).yes:
            places.setdefault(word, []).append(topic)
    said += [_phrase(word, topics, catalogue) for word, topics in places.items()]
    said += [CLOSING[topic][0] for topic in TOPICS if patient.answers(topic).rest == "no"]
    said += [catalogue.find(remedy).name for remedy in remedies]
    return ", ".join([*said, *(["nothing else"] if patient.nothing_else else [])])


def _age_in_words(age: int | dict[str, int]) -> str:
    match age:
        case {"years": years, "months": int(months)}:
            return f"{years} years {months} months"
        case {"years": int(years)}:
            return f"{years}"
        case _:
            return f"{age}"


def _pregnancy_in_words(said: Any) -> str:  # noqa: ANN401 - Patient JSON
    match said:
        case {"trimester": number}:
            return f"pregnant {number} trimester"
        case {"weeks": weeks, "days": int(days)}:
            return f"{weeks} weeks {days} days pregnant"
        case {"weeks": weeks}:
            return f"{weeks} weeks pregnant"
        case {"months": months}:
            return f"pregnant {months} months"
        case {"due": day}:
            return f"due {day}"
        case {"last_period": day}:
            return f"last period {day}"
        case "no":
            return "not pregnant"
        case "possible":
            return "maybe pregnant"
        case _:
            return "pregnant"


def _phrase(word: str, topics: Sequence[Topic], catalogue: Catalogue) -> str:
    """Write a word of some lists so that it is read into these again."""
    for phrase in (word, f"takes {word}", f"allergic to {word}", f"{word} there"):
        try:
            patient = read_sentence(phrase, catalogue).patient
        except PatientError:
            continue
        if [topic for topic in TOPICS if patient.answers(topic).yes == (word,)] == list(topics):
            return phrase
    return word


def _chunks(text: str) -> Iterator[list[str]]:
    """Split a text into the words between its commas; a comma within a number is no comma."""
    text = re.sub(r"(?<=\d)-(?=[^\W\d_])", " ", re.sub(r"[“”„«»\"]", " ", text))
    text = re.sub(r"(?<=[^\W\d_])-(?=old\b)", " ", text)
    text = re.sub(r"\b(\d{1,3})([FfЖжMМ])\b", r"\1 \2", text)
    text = re.sub(r"(?i)\b(woman|man|female|male|girl|boy|ж|жен|муж|женщина|мужчина)(\d{1,3})\b", r"\1 \2", text)
    for chunk in re.split(r"(?<!\d),|,(?!\d)|[;\n]|[.!](?=\s|$)", text):
        words = chunk.split()
        if words:
            yield words


_EITHER: tuple[Topic, ...] = ("medicines", "allergies")
"""Where a name belongs of which nobody said whether it is taken or not tolerated."""

_PREGNANT = re.compile(r"pregnan|gestat|беремен|срок")

_ONE_OF = {"age": ("age", "born"), "born": ("age", "born")}
"""What says the same in two ways."""


class _Cut(NamedTuple):
    """How many words say something of the person, and what."""

    words: int
    said: dict[str, object]


class _Reader:
    """Gathers what the phrases of a sentence say."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Take the rulebook whose words and remedies are read."""
        self._rulebook = rulebook
        self._vocabulary = rulebook.vocabulary
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
            cut = self._cut(words, place)
            if cut is None:
                rest.append(words[place])
                place += 1
                continue
            self._phrases(rest)
            rest = []
            phrase = " ".join(words[place : place + cut.words])
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

    def _cut(self, words: list[str], place: int) -> _Cut | None:
        """Find what a word and those after it say of the person; the longest that says something."""
        for size in range(min(_LONGEST_PHRASE, len(words) - place), 0, -1):
            phrase = " ".join(words[place : place + size])
            said = self._of_person(phrase, words, place, size)
            if said is not None:
                return _Cut(size, said)
        return None

    def _of_person(self, phrase: str, words: list[str], place: int, size: int) -> dict[str, object] | None:
        plain = normal(phrase)
        for topic, closings in CLOSING.items():
            if plain in closings:
                return {topic: True}
        sex = read_sex(phrase)
        if sex is not None:
            return {"sex": sex}
        term = read_term(phrase)
        if term is not None:
            return {"pregnancy": term}
        born = FEATURES["born"].fullmatch(phrase.casefold())
        if born is not None:
            day = read_born((born[1] or born[2]).strip())
            return None if day is None else {"born": day}
        return self._age(phrase, words, place, size)

    def _age(self, phrase: str, words: list[str], place: int, size: int) -> dict[str, object] | None:
        """Read an age; a bare number is one only where it belongs to no other word."""
        named = FEATURES["age"].fullmatch(phrase.casefold())
        text = named[1] if named is not None else phrase
        age = read_age(text)
        if age is None:
            return None
        if re.fullmatch(r"\d+", text) and named is None and not _stands_alone(words, place, size):
            return None
        if place and size > 1 and _PREGNANT.search(words[place - 1].casefold()):
            return None
        lone = re.fullmatch(r"(\d+) *[mм]", text)
        if lone is not None and (int(lone[1]) > 24 or " " in text):
            message = f"{quoted(text)} may be {lone[1]} months or a man of {lone[1]}; say which"
            self._faults.append(Fault(("age",), message, "word"))
            return {}
        return {"age": age}

    # Phrases ------------------------------------------------------------------------------------

    def _phrases(self, words: list[str]) -> None:
        """Read what is left between commas and words about the person: facts, medicines, allergies, remedies."""
        words = _without_empty(words)
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
        for part in _parts(_without_empty(words), self._exact):
            for phrase, _ in self._longest(part, marker.topic):
                self._words[marker.topic][phrase] = None

    def _plain(self, words: list[str]) -> None:
        """Read words that no marker stands before."""
        words = _without_empty(words)
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
        if not self._exact(text) and (_denies(words) or answers):
            self._denials(words)
            return
        for part in _parts(words, self._exact):
            for phrase, reading in self._longest(part, None):
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
        medicine = self._vocabulary.lexicon.exact("medicines", phrase)
        if remedy is not None and (medicine is None or self._for_skin(remedy, medicine.proves or medicine.prompts)):
            self._remedies.add(remedy)
            return
        if reading is None:
            reading = read_whole(phrase, "conditions", self._vocabulary)
            if reading is not None and any(map(self._taken_or_allergic, phrase.split())):
                self._back(_asked(phrase), "things", ("conditions", "medicines", "allergies"))
                return
        if reading is None:
            if read_whole(phrase, "allergies", self._vocabulary) is None:
                self._back(phrase, "unclear", TOPICS)
            else:
                self._back(_asked(phrase), "things", ("allergies",))
            return
        if reading.pregnancy is not None:
            self._state("pregnancy", _stated(reading.pregnancy), phrase)
        if reading.breastfeeding is not None:
            self._state("breastfeeding", reading.breastfeeding, phrase)
        if reading.pregnancy is not None or reading.breastfeeding is not None:
            return
        topic = next((name for name in TOPICS if name == reading.moved), None)
        topic = topic or next((name for name, _ in reading.closes), "conditions")
        if topic == "medicines" and reading.kind != "denial":
            also = self._vocabulary.lexicon.exact("allergies", phrase) is not None
            if also or remedy is not None:
                self._back(_asked(phrase), "things", _EITHER if also else ("medicines",), remedy)
                return
        self._words[topic][phrase] = None

    def _for_skin(self, remedy: str, facts: Sequence[str]) -> bool:
        """Tell whether a name stands for the remedy alone, and not for tablets of that name as well."""
        return bool(facts) and {SAME_SKIN, *self._rulebook.remedy(remedy).counts_as}.issuperset(facts)

    def _back(self, phrase: str, why: Why, topics: Iterable[Topic], remedy: str | None = None) -> None:
        """Ask back, and keep a phrase in every list that it may belong to, so that none of them closes over it."""
        for topic in topics:
            self._words[topic][phrase] = None
        self._asked[phrase] = AskedBack(words=phrase, why=why, topics=tuple(topics), remedy=remedy)

    def _taken_or_allergic(self, word: str) -> bool:
        """Tell whether a word may name a medicine as well as an allergy."""
        lexicon = self._vocabulary.lexicon
        return all(lexicon.exact(topic, word) is not None for topic in _EITHER)

    def _exact(self, phrase: str) -> bool:
        """Tell whether a phrase as it stands is a name."""
        lexicon = self._vocabulary.lexicon
        named = any(lexicon.exact(topic, phrase) is not None for topic in TOPICS)
        return named or normal(phrase) in self._rulebook.names

    def _longest(self, words: list[str], topic: Topic | None) -> Iterator[tuple[str, Reading | None]]:
        """Split words into the longest phrases that mean something; what is left over stays together."""
        left: list[str] = []
        place = 0
        while place < len(words):
            found = self._phrase_at(words, place, topic)
            if found is None:
                left.append(words[place])
                place += 1
                continue
            if left:
                yield " ".join(left), None
                left = []
            size, phrase, reading = found
            yield phrase, reading
            place += size
        if left and not EMPTY.issuperset(map(normal, left)):
            yield " ".join(left), None

    def _phrase_at(self, words: list[str], place: int, topic: Topic | None) -> tuple[int, str, Reading | None] | None:
        """Find the longest phrase from a place on that means something, and how many words it has."""
        for size in range(min(_LONGEST_PHRASE, len(words) - place), 0, -1):
            phrase = " ".join(words[place : place + size])
            exact = self._exact(phrase)
            if not exact and (
                CONNECTING & set(map(normal, words[place : place + size])) or _loose(words[place : place + size])
            ):
                continue
            on_skin = there(phrase)
            if on_skin is not None and topic is None:
                reading = bare(on_skin, "skin", self._vocabulary)
                if reading is not None:
                    return size, on_skin, reading._replace(moved=reading.moved or "skin")
            sign = marks.signs(phrase)
            reading = bare(sign.word, topic or "conditions", self._vocabulary)
            if reading is not None and sign.mark is not None:
                reading = read_whole(phrase, topic or "conditions", self._vocabulary)
            if reading is not None or (topic is None and normal(phrase) in self._rulebook.names):
                return size, phrase, reading
        return None


def _asked(phrase: str) -> str:
    """Mark a phrase as a question."""
    return phrase if phrase.endswith("?") else f"{phrase}?"


def _stated(pregnancy: Any) -> object:  # noqa: ANN401 - every form of it
    return pregnancy if isinstance(pregnancy, str) else pregnancy.model_dump(mode="json", exclude_none=True)


def _stands_alone(words: Sequence[str], place: int, size: int) -> bool:
    """Tell whether a bare number belongs to no word beside it: type 2, 75 mg, pregnant 27."""
    before = normal(words[place - 1]) if place else ""
    after = normal(words[place + size]) if place + size < len(words) else ""
    few = int(re.sub(r"\D", "", words[place]) or 0) < 10
    return not (OWNING_A_NUMBER.search(before) or UNITS.fullmatch(after) or (few and COUNTED.fullmatch(after)))


def _holds_more(words: Sequence[str]) -> bool:
    """Tell whether words hold more than a phrase: an “and”, a code, or a bare number that may be an age."""
    numbers = (place for place, word in enumerate(words) if re.fullmatch(r"\d{1,3}", word))
    codes = len(words) > 1 and any(CODE.fullmatch(word) for word in words)
    joined = not CONNECTING.isdisjoint(map(normal, words))
    return joined or codes or any(_stands_alone(words, place, 1) for place in numbers)


def _denies(words: Sequence[str]) -> bool:
    return any(normal(word) in DENYING for word in words)


def _without_empty(words: list[str]) -> list[str]:
    """Leave out words at either end that say nothing: a, with, has."""
    while words and normal(words[0]) in EMPTY:
        words = words[1:]
    while words and normal(words[-1]) in EMPTY:
        words = words[:-1]
    return words


def _parts(words: list[str], exact: Callable[[str], bool]) -> Iterator[list[str]]:
    """Split at “and”, where the whole is no name with an “and” in it."""
    if exact(" ".join(words)):
        yield words
        return
    part: list[str] = []
    for word in words:
        if normal(word) in CONNECTING or word in {"+", "&", "/"}:
            yield part
            part = []
        else:
            part.append(word)
    yield part
