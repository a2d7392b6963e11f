"""Splitting words into the longest phrases that mean something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remedies.checking import marks
from remedies.checking.features import holds_more
from remedies.checking.phrases import CONNECTING, EMPTY, LONGEST_PHRASE, there
from remedies.checking.understood import Reading, bare, read_whole
from remedies.knowledge.spelling import normal, pieces
from remedies.knowledge.topics import NAMING_TOPICS, TOPICS, Topic
from remedies.knowledge.trimming import medicine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from remedies.knowledge.rulebook import Rulebook

_NUMBERS_BEHIND = re.compile(r"(?:\s+\d+)+$")
"""A number without a unit is no strength for sure."""

_FEW_WORDS = 12
"""Among more words than these, looking at every phrase takes too long."""

TAKEN_OR_NOT: tuple[Topic, ...] = ("medicines", "allergies")
"""Where a name belongs of which nobody said whether it is taken or not tolerated."""


class Splitter:
    """Splits words by the names of a rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Take the rulebook whose words and remedies are read."""
        self._names = rulebook.names
        self._vocabulary = rulebook.vocabulary
        self._exact: dict[str, bool] = {}

    def exact(self, phrase: str) -> bool:
        """Tell whether a phrase as it stands is a name."""
        known = self._exact.get(phrase)
        if known is None:
            lexicon = self._vocabulary.lexicon
            named = any(lexicon.exact(topic, phrase) is not None for topic in NAMING_TOPICS)
            known = self._exact[phrase] = named or normal(phrase) in self._names
        return known

    def personal(self, phrase: str) -> bool:
        """Tell whether a phrase as it stands is a name of pregnancy or breastfeeding: a baby on the way."""
        lexicon = self._vocabulary.lexicon
        return any(lexicon.exact(topic, phrase) is not None for topic in NAMING_TOPICS if topic not in TOPICS)

    def within_name(self, words: list[str], place: int, size: int) -> bool:
        """Tell whether words are part of a longer name, as “male” is of “male pattern baldness”."""
        starts = range(max(0, place + size - LONGEST_PHRASE), place + 1)
        return any(
            end - start > size and self.exact(" ".join(words[start:end]))
            for start in starts
            for end in range(place + size, min(len(words), start + LONGEST_PHRASE) + 1)
        )

    def taken_or_allergic(self, word: str) -> bool:
        """Tell whether a name of a medicine may be meant as an allergy as well.

        A form or a strength beside it says that it is taken; an allergy on which nothing depends is not thought of
        unless it is on the list of allergies.
        """
        lexicon = self._vocabulary.lexicon
        name = _NUMBERS_BEHIND.sub("", word)
        if lexicon.exact("medicines", name) is None or _with_form(name):
            return False
        allergy = self._vocabulary.meaning("allergies", name)
        return allergy is not None and (bool(allergy.proves) or lexicon.exact("allergies", name) is not None)

    def coupled(self, words: list[str], topic: Topic) -> Reading | None:
        """Read a combination of medicines, whose parts stand for more together: ethinylestradiol / norelgestromin."""
        if {"/", "+"}.isdisjoint(words):
            return None
        return bare(" ".join(words), topic, self._vocabulary)

    def longest(self, words: list[str], topic: Topic | None) -> Iterator[tuple[str, Reading | None]]:
        """Split words into the longest phrases that mean something; what is left over stays together."""
        left: list[str] = []
        place = 0
        while place < len(words):
            found = self._phrase_at(words[place : place + self._longest(words, place)], topic)
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

    def _longest(self, words: list[str], place: int) -> int:
        """Count the words that a phrase from a place on may have; among many words, up to one that is in no name."""
        most = min(LONGEST_PHRASE, len(words) - place)
        if len(words) <= _FEW_WORDS:
            return most
        named = self._vocabulary.lexicon.may_name
        return next((size for size in range(most) if not named(words[place + size])), most)

    def _phrase_at(self, words: list[str], topic: Topic | None) -> tuple[int, str, Reading | None] | None:
        """Find the longest phrase at the beginning that means something, and how many words it has."""
        for size in range(len(words), 0, -1):
            phrase = " ".join(words[:size])
            exact = self.exact(phrase)
            if not exact and (holds_more(words[:size]) or normal(words[0]) == "на"):
                # “На аспирин” is an allergy, “на аспирине” is taken.
                continue
            on_skin = there(phrase)
            if on_skin is not None and topic is None:
                reading = bare(on_skin, "skin", self._vocabulary)
                if reading is not None:
                    return size, phrase, reading._replace(moved=reading.moved or "skin")
            sign = marks.signs(phrase)
            reading = bare(sign.word, topic or "conditions", self._vocabulary)
            if reading is not None and sign.mark is not None:
                reading = read_whole(phrase, topic or "conditions", self._vocabulary)
            if reading is not None or (topic is None and normal(phrase) in self._names):
                return size, phrase, reading
        return None


def _with_form(name: str) -> bool:
    """Tell whether a form or a strength stands beside the name of a medicine."""
    said = len(pieces(name))
    return any(len(one.tokens) < said for one in medicine(name))


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
