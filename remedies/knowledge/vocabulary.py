"""The vocabulary: which facts there are, and which fact a word or a code means."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from remedies.core.errors import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from remedies.knowledge.records import Fact

Topic = Literal["conditions", "skin", "allergies", "medicines", "circumstances", "signs"]
"""The group that a fact is asked in."""

TOPICS: tuple[Topic, ...] = get_args(Topic)

TOPIC_NOUNS: dict[Topic, str] = {
    "conditions": "illness",
    "skin": "skin problem",
    "allergies": "allergy",
    "medicines": "medicine",
    "circumstances": "circumstance",
    "signs": "warning sign",
}
"""What one fact of each topic is called in a sentence."""


class Meaning(NamedTuple):
    """What a word or a code says: the facts that it proves and those it is a reason to ask about.

    ``names`` are the facts that the word stands for as a whole; only these become "no" where the
    word is denied. A word or code finer than the fact (J45.0 for asthma) proves it but does not deny
    it; a code that is one of several for a fact is finer as well.
    """

    proves: tuple[str, ...]
    prompts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class UnknownWordError(ValueError):
    """A word means no fact of the topic; the message suggests what may have been meant."""


class Entry(NamedTuple):
    """A fact as the vocabulary keeps it: what is needed to understand a word and to speak of the fact."""

    id: str
    topic: Topic
    label: str
    question: str
    prompts: Sequence[str]
    icd10_proves: Sequence[str]
    icd10_prompts: Sequence[str]
    atc_proves: Sequence[str]
    atc_prompts: Sequence[str]
    atc_exceptions: Sequence[str]
    snomed: Sequence[str]
    cross_reacts_with: Sequence[str]

    @classmethod
    def of(cls, fact: Fact) -> Entry:
        """Take what is needed from a fact's record."""
        return cls(
            fact.id,
            fact.topic,
            fact.label,
            fact.question,
            fact.prompts,
            fact.icd10.proves,
            fact.icd10.prompts,
            fact.atc.proves,
            fact.atc.prompts,
            fact.atc.exceptions,
            fact.snomed,
            fact.cross_reacts_with,
        )


Words = dict[str, "Sequence[int]"]
"""Each word in comparable form: the number of its fact, and 1 if it means the fact as a whole, else 0."""


class Vocabulary:
    """All facts of a catalogue, with their hierarchy as bit masks.

    Fact number *n* is bit *n*. Every mask below is an integer whose bits are facts.
    """

    def __init__(self, entries: tuple[Entry, ...], up: list[int], words: dict[Topic, Words]) -> None:
        """Take compiled parts; use ``compile`` to make them from records."""
        self.entries = entries
        self.up = up
        """Per fact: itself and everything that it is."""
        self.words = words
        self.number: dict[str, int] = {entry.id: index for index, entry in enumerate(entries)}
        self.topic_mask: dict[Topic, int] = dict.fromkeys(TOPICS, 0)
        self.down: list[int] = [0] * len(entries)
        """Per fact: itself and everything that is it."""
        for index, entry in enumerate(entries):
            self.topic_mask[entry.topic] |= 1 << index
            for above in bits(up[index]):
                self.down[above] |= 1 << index

    @classmethod
    def compile(cls, facts: tuple[Fact, ...]) -> Vocabulary:
        """Compile facts that have been checked: unique ids, known parents, no circles."""
        number = {fact.id: index for index, fact in enumerate(facts)}
        words: dict[Topic, Words] = {topic: {} for topic in TOPICS}
        for index, fact in enumerate(facts):
            for name in names_of(fact):
                words[fact.topic].setdefault(normal(name), (index, 1))
            for name in (*fact.kinds.en, *fact.kinds.ru):
                words[fact.topic].setdefault(normal(name), (index, 0))

        def climb(index: int) -> int:
            mask, todo = 0, [index]
            while todo:
                current = todo.pop()
                mask |= 1 << current
                todo.extend(number[parent] for parent in facts[current].is_a)
            return mask

        return cls(tuple(map(Entry.of, facts)), [climb(index) for index in range(len(facts))], words)

    def __getitem__(self, fact: str) -> Entry:
        """Return the fact with this id; ``KeyError`` if there is none."""
        return self.entries[self.number[fact]]

    def __contains__(self, fact: str) -> bool:
        """Tell whether this is the id of a fact."""
        return fact in self.number

    def ids(self, mask: int) -> list[str]:
        """List the facts of a mask in catalogue order."""
        return [self.entries[index].id for index in bits(mask)]

    def is_a(self, fact: str, other: str) -> bool:
        """Tell whether having ``fact`` is having ``other``."""
        return bool(self.up[self.number[fact]] >> self.number[other] & 1)

    def finest(self, facts: Sequence[str]) -> list[str]:
        """Leave out every fact that another of them is."""
        return [fact for fact in facts if not any(self.is_a(other, fact) for other in facts if other != fact)]

    def wider(self, fact: str) -> list[str]:
        """List everything that a fact is, without itself."""
        return [name for name in self.ids(self.up[self.number[fact]]) if name != fact]

    def finer(self, fact: str) -> list[str]:
        """List everything that is a fact, without itself."""
        return [name for name in self.ids(self.down[self.number[fact]]) if name != fact]

    def label(self, fact: str) -> str:
        """Name a fact in plain words; what is no fact (age, pregnancy) is its own word."""
        return self[fact].label if fact in self.number else fact

    def resolve(self, topic: Topic, word: str) -> Meaning:
        """Find what a word, an id or a code means within a topic.

        Raises:
            UnknownWordError: it means nothing there; the message says what may have been meant.
        """
        meaning = self._meaning(topic, word)
        if meaning is None:
            raise UnknownWordError(self._puzzled(topic, word))
        return meaning

    def meanings(self, word: str) -> Iterator[tuple[Topic, Meaning]]:
        """Find what a word or a code means in every topic where it means something."""
        for topic in TOPICS:
            meaning = self._meaning(topic, word)
            if meaning is not None:
                yield topic, meaning

    def suggestions(self, word: str) -> str:
        """Name the nearest words of any topic, or the place where a word belongs; nothing if there is neither."""
        if normal(word) in _ELSEWHERE:
            return f" It has a place of its own: {_ELSEWHERE[normal(word)]}."
        return _near(word, [name for names in self.words.values() for name in names])

    def _meaning(self, topic: Topic, word: str) -> Meaning | None:
        if word in self.number and self[word].topic == topic:
            return Meaning((word,), names=(word,))
        found = self.words[topic].get(normal(word))
        if found is not None:
            fact = self.entries[found[0]].id
            return Meaning((fact,), names=(fact,) if found[1] else ())
        meaning = self._code(topic, word)
        return meaning if meaning.proves or meaning.prompts else None

    def _code(self, topic: Topic, word: str) -> Meaning:
        """Read a word as a code; a diagnosis of a skin disease prompts the skin fact in any list."""
        icd, atc = icd10_code(word), atc_code(word)
        lies = {
            entry.id: _code_match(word, icd, atc, entry, own_topic=entry.topic == topic)
            for entry in self.entries
            if entry.topic == topic or (entry.topic == "skin" and topic == "conditions")
        }
        proves = [fact for fact, match in lies.items() if match >= _WITHIN]
        prompts = [fact for fact, match in lies.items() if match == _WIDER]
        # One code can stand for several unrelated substances (M02AX10); then it proves none.
        if atc and topic == "allergies" and len(self.finest(proves)) > 1:
            return Meaning((), (*proves, *prompts))
        return Meaning(tuple(proves), tuple(prompts), tuple(fact for fact in proves if lies[fact] == _EQUAL))

    def _puzzled(self, topic: Topic, word: str) -> str:
        noun = _a(TOPIC_NOUNS[topic])
        name = quoted(word)
        if normal(word) in _ELSEWHERE:
            return f"{name} is not given as {noun}; {_ELSEWHERE[normal(word)]}"
        for other, meaning in self.meanings(word):
            fact = (meaning.proves or meaning.prompts)[0]
            return f"{name} is not known as {noun}; “{self.label(fact)}” ({fact}) belongs to {other}"
        if icd10_code(word) or atc_code(word):
            return f"the code {name} says nothing about {noun} that any remedy depends on; leave it out"
        near = _near(word, self.words[topic])
        return f"{name} is not known as {noun}.{near or ' Try another word; “remedies terms WORD” looks one up.'}"


def _near(word: str, names: Iterable[str]) -> str:
    known = list(names)
    return did_you_mean(normal(word), known) or did_you_mean(_other_layout(normal(word)), known)


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


_ELSEWHERE = {
    **dict.fromkeys(
        ("pregnancy", "pregnant", "беременность", "беременна"), "say it with “pregnancy” (--pregnancy yes)"
    ),
    **dict.fromkeys(
        (
            "breastfeeding",
            "breast feeding",
            "nursing",
            "lactation",
            "лактация",
            "грудное вскармливание",
            "кормление грудью",
        ),
        "say it with “breastfeeding” (--breastfeeding)",
    ),
}
"""Things people look for among the facts that have a place of their own."""


def bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def names_of(fact: Fact) -> tuple[str, ...]:
    """List every name that means a fact as a whole: id, label and synonyms."""
    return (fact.id, fact.label, *fact.synonyms.en, *fact.synonyms.ru)


_NOT_WORD = re.compile(r"[\W_]+")


def normal(word: str) -> str:
    """Bring a word into the form in which words are compared: case, ё, hyphens and spaces do not matter."""
    folded = unicodedata.normalize("NFKC", word).casefold().replace("ё", "е")
    return _NOT_WORD.sub(" ", folded).strip()


_LAYOUT = str.maketrans(
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`йцукенгшщзхъфывапролджэячсмитьбюё",
    "йцукенгшщзхъфывапролджэячсмитьбюёqwertyuiop[]asdfghjkl;'zxcvbnm,.`",
)


def _other_layout(word: str) -> str:
    """Read a word as if it had been typed with the other keyboard layout (fcnvf → астма)."""
    return word.translate(_LAYOUT)


_LOOKALIKES = str.maketrans("АВСЕНКМОРТХ", "ABCEHKMOPTX")
_ICD10 = re.compile(r"([A-Z]\d\d)(?:\.?(\d[0-9A-Z]{0,3}))?")
_ATC = re.compile(r"[A-Z]\d\d(?:[A-Z](?:[A-Z](?:\d\d)?)?)?")


def icd10_code(word: str) -> str | None:
    """Read an ICD-10 code as people type it (``j459``, ``С50`` with a Cyrillic С, ``G63.2*``)."""
    match = _ICD10.fullmatch(word.strip().rstrip("†*+").upper().translate(_LOOKALIKES))
    if match is None:
        return None
    return f"{match[1]}.{match[2]}" if match[2] else match[1]


def atc_code(word: str) -> str | None:
    """Read an ATC code of the second to the fifth level."""
    code = word.strip().upper().translate(_LOOKALIKES)
    return code if _ATC.fullmatch(code) else None


_APART, _WIDER, _WITHIN, _EQUAL = 0, 1, 2, 3


def _code_match(word: str, icd: str | None, atc: str | None, entry: Entry, *, own_topic: bool) -> int:
    """Tell how a word lies to a fact if it is read as a code."""
    if icd and (entry.icd10_proves or entry.icd10_prompts):
        return _icd_match(icd, entry)
    if atc and (entry.atc_proves or entry.atc_prompts):
        return _atc_match(atc, entry)
    if word not in entry.snomed:
        return _APART
    # A code in a list of illnesses does not say where on the skin it is.
    return _WIDER if not own_topic else _EQUAL if len(entry.snomed) == 1 else _WITHIN


def _icd_match(code: str, entry: Entry) -> int:
    """Tell how a code lies to a fact: apart, a reason to ask, within what proves it, or equal to that."""
    if list(entry.icd10_proves) == [code]:
        return _EQUAL
    proving = max((_icd_lies(code, pattern) for pattern in entry.icd10_proves), default=_APART)
    if proving == _WITHIN:
        return _WITHIN
    prompting = any(_icd_lies(code, pattern) for pattern in entry.icd10_prompts)
    return _WIDER if proving or prompting else _APART


def _icd_lies(code: str, pattern: str) -> int:
    """Tell how a code lies to a pattern (``J45``, ``I20-I25``, ``K70.4``)."""
    first, _, last = pattern.partition("-")
    last = last or first
    width = len(first)
    if len(code) >= width and first <= code[:width] <= last:
        return _WITHIN
    return _WIDER if first.startswith(code) else _APART


def _atc_match(code: str, entry: Entry) -> int:
    """Tell how an ATC code lies to a fact."""
    if code.startswith(tuple(entry.atc_exceptions)):
        return _APART
    if code.startswith(tuple(entry.atc_proves)):
        return _EQUAL if list(entry.atc_proves) == [code] else _WITHIN
    near = any(code.startswith(one) or one.startswith(code) for one in (*entry.atc_proves, *entry.atc_prompts))
    return _WIDER if near else _APART
