"""The vocabulary: which facts there are, and which fact a word or a code means."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from remedies.core.errors import LONGEST_WORD, Fault, UnknownWordError, did_you_mean, quoted
from remedies.core.words import an
from remedies.knowledge.codes import EQUAL, WIDER, WITHIN, atc_code, code_match, icd10_code
from remedies.knowledge.entry import Details, Entry
from remedies.knowledge.topics import TOPICS, WORDINGS, Topic


class Meaning(NamedTuple):
    """What a word or a code says: the facts that it proves and those it is a reason to ask about.

    ``names`` are the facts that the word stands for as a whole; only these become "no" where the
    word is denied. A word or code finer than the fact (J45.0 for asthma) proves it but does not deny
    it; a code that is one of several for a fact is finer as well.
    """

    proves: tuple[str, ...]
    prompts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


Words = dict[str, int]
"""Each word in comparable form: twice the number of its fact, and one more if it means the fact as a whole."""

_REMEMBERED = 8192
"""So many words are looked up only once; then the memory starts anew."""


class Vocabulary:
    """All facts of a catalogue, with their hierarchy as bit masks.

    Fact number *n* is bit *n*. Every mask below is an integer whose bits are facts.
    """

    def __init__(
        self, entries: tuple[Entry, ...], parents: Sequence[Sequence[int]], words: dict[Topic, Words], details: Details
    ) -> None:
        """Take compiled parts, see ``remedies.knowledge.compiler``."""
        self.details = details
        """The words and codes of every fact."""
        self.entries = entries
        self.parents = parents
        """Per fact: the numbers of those that it is at once."""
        self.words = words
        self.number: dict[str, int] = {entry.id: index for index, entry in enumerate(entries)}
        self.topic_mask: dict[Topic, int] = dict.fromkeys(TOPICS, 0)
        for index, entry in enumerate(entries):
            self.topic_mask[entry.topic] |= 1 << index
        self.up = _upwards(parents)
        """Per fact: itself and everything that it is."""
        self.down = _downwards(parents, self.up)
        """Per fact: itself and everything that is it."""
        self.prompts: list[int] = [self.mask(entry.prompts) for entry in entries]
        """Per fact: what it is a reason to ask about."""
        self._meanings: dict[tuple[Topic, str], Meaning | None] = {}

    def __reduce__(self) -> tuple["type[Vocabulary]", tuple[object, ...]]:
        """Pickle the parts alone, without the words that were looked up."""
        return Vocabulary, (self.entries, self.parents, self.words, self.details)

    def __getitem__(self, fact: str) -> Entry:
        """Return the fact with this id.

        Raises:
            UnknownWordError: there is none.
        """
        if fact not in self.number:
            hint = did_you_mean(fact, self.number)
            raise UnknownWordError(Fault((), f"no fact is called {quoted(fact)}.{hint}", "word"))
        return self.entries[self.number[fact]]

    def __contains__(self, fact: str) -> bool:
        """Tell whether this is the id of a fact."""
        return fact in self.number

    def mask(self, facts: Iterable[str]) -> int:
        """Join facts into a mask."""
        found = 0
        for fact in facts:
            found |= 1 << self.number[fact]
        return found

    def spread_up(self, facts: Iterable[str]) -> int:
        """Join facts and everything that they are into a mask."""
        found = 0
        for fact in facts:
            found |= self.up[self.number[fact]]
        return found

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
        meaning = self.meaning(topic, word)
        if meaning is None:
            raise UnknownWordError(Fault((), self.puzzled(topic, word), "word"))
        return meaning

    def meanings(self, word: str) -> Iterator[tuple[Topic, Meaning]]:
        """Find what a word or a code means in every topic where it means something."""
        for topic in TOPICS:
            meaning = self.meaning(topic, word)
            if meaning is not None:
                yield topic, meaning

    def suggestions(self, word: str) -> str:
        """Name the nearest words of any topic, or the place where a word belongs; nothing if there is neither."""
        if normal(word) in _ELSEWHERE:
            return f" It has a place of its own: “{_ELSEWHERE[normal(word)]}”."
        return _near(word, [name for names in self.words.values() for name in names])

    def meaning(self, topic: Topic, word: str) -> Meaning | None:
        """Find what a word means within a topic, or nothing; each word is looked up once."""
        key = (topic, word)
        if key in (known := self._meanings):
            return known[key]
        if len(known) >= _REMEMBERED:
            # Another thread may still read the full memory, so it is left to it.
            known = self._meanings = {}
        known[key] = found = self._looked_up(topic, word)
        return found

    def _looked_up(self, topic: Topic, word: str) -> Meaning | None:
        if word in self.number and self[word].topic == topic:
            return Meaning((word,), names=(word,))
        found = self.words[topic].get(normal(word))
        if found is not None:
            fact = self.entries[found >> 1].id
            return Meaning((fact,), names=(fact,) if found & 1 else ())
        meaning = self._code(topic, word)
        return meaning if meaning.proves or meaning.prompts else None

    def _code(self, topic: Topic, word: str) -> Meaning:
        """Read a word as a code; a diagnosis of a skin disease prompts the skin fact in any list."""
        icd, atc = icd10_code(word), atc_code(word)
        lies = {
            entry.id: code_match(word, icd, atc, codes, own_topic=entry.topic == topic)
            for entry, codes in zip(self.entries, self.details.facts, strict=True)
            if entry.topic == topic or (entry.topic == "skin" and topic == "conditions")
        }
        proves = [fact for fact, match in lies.items() if match >= WITHIN]
        prompts = [fact for fact, match in lies.items() if match == WIDER]
        # One code can stand for several unrelated substances (M02AX10); then it proves none.
        if atc and topic == "allergies" and len(self.finest(proves)) > 1:
            return Meaning((), (*proves, *prompts))
        return Meaning(tuple(proves), tuple(prompts), tuple(fact for fact in proves if lies[fact] == EQUAL))

    def puzzled(self, topic: Topic, word: str, *, suggest: bool = True) -> str:
        """Say why a word means nothing within a topic, and what may have been meant."""
        noun = an(WORDINGS[topic].noun)
        name = quoted(word)
        if normal(word) in _ELSEWHERE:
            return f"{name} is not given as {noun}; say it with “{_ELSEWHERE[normal(word)]}”"
        for other, meaning in self.meanings(word):
            fact = (meaning.proves or meaning.prompts)[0]
            return f"{name} is not known as {noun}; “{self.label(fact)}” ({fact}) belongs to {other}"
        if icd10_code(word) or atc_code(word):
            return f"the code {name} says nothing about {noun} that any remedy depends on; leave it out"
        near = suggest and _near(word, self.words[topic])
        return f"{name} is not known as {noun}.{near or ' Try another word.'}"


def _upwards(parents: Sequence[Sequence[int]]) -> list[int]:
    """Join each fact with everything that it is; each is worked out once, after what it is at once."""
    up = [0] * len(parents)
    for index in range(len(parents)):
        todo = [index]
        while todo:
            fact = todo[-1]
            waiting = [parent for parent in parents[fact] if not up[parent]]
            if waiting:
                todo += waiting
                continue
            todo.pop()
            up[fact] = 1 << fact
            for parent in parents[fact]:
                up[fact] |= up[parent]
    return up


def _downwards(parents: Sequence[Sequence[int]], up: list[int]) -> list[int]:
    """Join each fact with everything that is it; what is more things than another is never above it."""
    down = [1 << index for index in range(len(parents))]
    for fact in sorted(range(len(parents)), key=lambda index: -up[index].bit_count()):
        for parent in parents[fact]:
            down[parent] |= down[fact]
    return down


def _near(word: str, names: Iterable[str]) -> str:
    known = list(names)
    return did_you_mean(normal(word), known) or did_you_mean(_other_layout(normal(word)), known)


_ELSEWHERE = {
    **dict.fromkeys(("pregnancy", "pregnant", "беременность", "беременна"), "pregnancy"),
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
        "breastfeeding",
    ),
}
"""Things people look for among the facts that have a place of their own."""


def bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


_LETTERS = re.compile(r"[^\W_]+")
"""Letters and digits of any alphabet in a row."""


def normal(word: str) -> str:
    """Bring a word into the form in which words are compared: case, ё, hyphens and spaces do not matter.

    What is longer than any word becomes nothing, since bringing it into that form could take minutes.
    """
    if len(word) > LONGEST_WORD:
        return ""
    folded = unicodedata.normalize("NFKC", word).casefold().replace("ё", "е")
    return " ".join(_LETTERS.findall(folded))


_LAYOUT = str.maketrans(
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`йцукенгшщзхъфывапролджэячсмитьбюё",
    "йцукенгшщзхъфывапролджэячсмитьбюёqwertyuiop[]asdfghjkl;'zxcvbnm,.`",
)


def _other_layout(word: str) -> str:
    """Read a word as if it had been typed with the other keyboard layout (fcnvf → астма)."""
    return word.translate(_LAYOUT)
