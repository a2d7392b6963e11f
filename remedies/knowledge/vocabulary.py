"""The vocabulary: which facts there are, what is what, and what words mean."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from remedies.core.errors import Fault, UnknownWordError, did_you_mean, quoted
from remedies.core.words import an
from remedies.knowledge.entry import Entry, Later, LexiconParts
from remedies.knowledge.lexicon import Lexicon
from remedies.knowledge.meaning import Meaning
from remedies.knowledge.topics import NAMING_TOPICS, TOPICS, WORDINGS, NamingTopic, Scope, Topic

_REMEMBERED = 8192
"""So many words are looked up only once; then the memory starts anew."""


class Vocabulary:
    """All facts of a catalogue, with their hierarchy as bit masks.

    Fact number *n* is bit *n*. Every mask below is an integer whose bits are facts.
    """

    def __init__(
        self, entries: tuple[Entry, ...], parents: Sequence[Sequence[int]], lexicon: Later[LexiconParts]
    ) -> None:
        """Take compiled parts, see ``remedies.knowledge.compiler``."""
        self.entries = entries
        self.parents = parents
        """Per fact: the numbers of those that it is at once."""
        self.number: dict[str, int] = {entry.id: index for index, entry in enumerate(entries)}
        self.topic_mask: dict[Topic, int] = dict.fromkeys(TOPICS, 0)
        for index, entry in enumerate(entries):
            self.topic_mask[entry.topic] |= 1 << index
        kinds = _upwards(parents)
        implied = [[self.number[fact] for fact in entry.implies] for entry in entries]
        self.up = _upwards([[*above, *beside] for above, beside in zip(parents, implied, strict=True)])
        """Per fact: itself and everything that is so with it: what it is, and what it implies."""
        self.down = _downwards(parents, kinds)
        """Per fact: itself and everything that is it."""
        self.prompts: list[int] = [self._prompts_of(above) for above in self.up]
        """Per fact: what it is a reason to ask about, by itself or as what it is."""
        self.hinting: dict[Topic, int] = {topic: self._hinting(topic) for topic in TOPICS}
        """Per topic: its facts that say something of another topic."""
        self.lexicon = Lexicon(entries, lexicon, self.finest)
        self._meanings: dict[tuple[NamingTopic, str], Meaning | None] = {}
        self.said: dict[tuple[str, ...], Any] = {}
        """What a check has worked out of single words, so that each distinct word is read once."""

    def _prompts_of(self, above: int) -> int:
        return self.mask(fact for index in bits(above) for fact in self.entries[index].prompts)

    def _hinting(self, topic: Topic) -> int:
        """Join the facts of a topic that prompt or imply one of another topic."""
        found = 0
        for index in bits(self.topic_mask[topic]):
            if (self.up[index] | self.prompts[index]) & ~self.topic_mask[topic]:
                found |= 1 << index
        return found

    def __reduce__(self) -> tuple[Callable[..., "Vocabulary"], tuple[object, ...]]:
        """Pickle the parts alone, without the words that were looked up."""
        return _unpickled, (self.entries, self.parents, self.lexicon.parts)

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

    def remember(self, word: tuple[str, ...], said: object) -> None:
        """Keep what a check has worked out of a word."""
        if len(self.said) >= _REMEMBERED:
            # Another thread may still read the full memory, so it is left to it.
            self.said = {}
        self.said[word] = said

    def scope(self, topic: Topic, scope: Scope) -> int:
        """Return the facts of a topic, or those that a narrower statement of a record speaks of."""
        return self.topic_mask[topic] & self._scopes[scope]

    @cached_property
    def _scopes(self) -> Mapping[Scope, int]:
        """Return the facts of each scope, of whatever topic."""
        inside: dict[Scope, Iterable[bool]] = {
            "all": (True for _ in self.entries),
            "medicines": (bool(codes.atc_proves) for codes in self.lexicon.parts.codes),
            "current": (entry.history == "nothing" for entry in self.entries),
            "recorded": (not entry.over_the_counter for entry in self.entries),
        }
        return {scope: sum(within << index for index, within in enumerate(every)) for scope, every in inside.items()}

    def label(self, fact: str) -> str:
        """Name a fact in plain words; what is no fact (age, pregnancy) is its own word."""
        return self[fact].label if fact in self.number else fact

    def resolve(self, topic: NamingTopic, word: str) -> Meaning:
        """Find what a word, an id or a code means within a topic.

        Raises:
            UnknownWordError: it means nothing there.
        """
        meaning = self.meaning(topic, word)
        if meaning is None:
            raise UnknownWordError(Fault((), f"{quoted(word)} is not known as {an(WORDINGS[topic].noun)}", "word"))
        return meaning

    def meanings(self, word: str) -> Iterator[tuple[NamingTopic, Meaning]]:
        """Find what a word or a code means in every topic where it means something."""
        for topic in NAMING_TOPICS:
            meaning = self.meaning(topic, word)
            if meaning is not None:
                yield topic, meaning

    def meaning(self, topic: NamingTopic, word: str) -> Meaning | None:
        """Find what a word means within a topic, or nothing; each word is looked up once."""
        key = (topic, word)
        if key in (known := self._meanings):
            return known[key]
        if len(known) >= _REMEMBERED:
            # Another thread may still read the full memory, so it is left to it.
            known = self._meanings = {}
        known[key] = found = self.lexicon.meaning(topic, word)
        return found


def _unpickled(entries: tuple[Entry, ...], parents: Sequence[Sequence[int]], parts: LexiconParts) -> Vocabulary:
    return Vocabulary(entries, parents, Later.given(parts))


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


def bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
