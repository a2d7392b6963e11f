"""Splitting words into the longest phrases that mean something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedies.checking import marks
from remedies.checking.features import holds_more
from remedies.checking.phrases import CONNECTING, EMPTY, LONGEST_PHRASE, there
from remedies.checking.understood import Reading, bare, read_whole
from remedies.knowledge.spelling import normal
from remedies.knowledge.topics import TOPICS, Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from remedies.knowledge.rulebook import Rulebook

TAKEN_OR_NOT: tuple[Topic, ...] = ("medicines", "allergies")
"""Where a name belongs of which nobody said whether it is taken or not tolerated."""


class Splitter:
    """Splits words by the names of a rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Take the rulebook whose words and remedies are read."""
        self._names = rulebook.names
        self._vocabulary = rulebook.vocabulary

    def exact(self, phrase: str) -> bool:
        """Tell whether a phrase as it stands is a name."""
        lexicon = self._vocabulary.lexicon
        named = any(lexicon.exact(topic, phrase) is not None for topic in TOPICS)
        return named or normal(phrase) in self._names

    def taken_or_allergic(self, word: str) -> bool:
        """Tell whether a word may name a medicine as well as an allergy."""
        lexicon = self._vocabulary.lexicon
        return all(lexicon.exact(topic, word) is not None for topic in TAKEN_OR_NOT)

    def longest(self, words: list[str], topic: Topic | None) -> Iterator[tuple[str, Reading | None]]:
        """Split words into the longest phrases that mean something; what is left over stays together."""
        left: list[str] = []
        place = 0
        while place < len(words):
            found = self._phrase_at(words, place, topic)
            if found is None:
                left.append(words[place])
                place += 1
                continue
            yield from _left_over(left)
            left = []
            size, phrase, reading = found
            yield phrase, reading
            place += size
        yield from _left_over(left)

    def _phrase_at(self, words: list[str], place: int, topic: Topic | None) -> tuple[int, str, Reading | None] | None:
        """Find the longest phrase from a place on that means something, and how many words it has."""
        for size in range(min(LONGEST_PHRASE, len(words) - place), 0, -1):
            phrase = " ".join(words[place : place + size])
            exact = self.exact(phrase)
            if not exact and holds_more(words[place : place + size]):
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
            if reading is not None or (topic is None and normal(phrase) in self._names):
                return size, phrase, reading
        return None


def _left_over(words: list[str]) -> Iterator[tuple[str, None]]:
    """Keep what means nothing, but for words that say nothing by themselves."""
    if not EMPTY.issuperset(map(normal, words)):
        yield " ".join(words), None


def parts(words: list[str], exact: Callable[[str], bool]) -> Iterator[list[str]]:
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


def without_empty(words: list[str]) -> list[str]:
    """Leave out words at either end that say nothing: a, with, has."""
    while words and normal(words[0]) in EMPTY:
        words = words[1:]
    while words and normal(words[-1]) in EMPTY:
        words = words[:-1]
    return words
