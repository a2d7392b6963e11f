"""What stays open in a closed topic, for every row at once: which statement keeps which fact open, and what ends it.

``remedies.checking.openness`` answers this for one patient, of whom is known what is not so. Here the answer
is found for all patients: ways along which a statement reaches a fact, each a set of facts none of which may
be denied.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeAlias

from remedies.knowledge.vocabulary import bits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from remedies.knowledge.vocabulary import Vocabulary

Way: TypeAlias = frozenset[int]
"""Facts, by their numbers, none of which may be denied: then what stands at the end of the way is open."""

Ways: TypeAlias = dict[int, set[Way]]
"""Per fact the shortest ways to it; no way holds all of another one."""

MOST_WAYS = 64
"""More ways than this to one fact are not believed: the table would not be screened, but the engine choked."""


class TooManyWaysError(ValueError):
    """The facts of a catalogue hang together in more ways than can be written as columns."""


def ways_from(named: Iterable[int], asked: int, others: int, vocabulary: Vocabulary) -> Ways:
    """Return what one word keeps open, see ``left_open``, and along which ways.

    Args:
        named: facts that the word names.
        asked: facts, as a mask, that it gives a reason to ask about.
        others: facts that it is not, as a mask.
        vocabulary: how facts hang together.

    Raises:
        TooManyWaysError: there are too many ways to one fact.
    """
    found: Ways = {}
    _add(found, _spread({fact: {frozenset[int]()} for fact in bits(asked)}, others, vocabulary))
    todo = deque((root, frozenset[int]()) for root in named)
    seen: set[tuple[int, Way]] = set(todo)
    while todo:
        root, way = todo.popleft()
        start = vocabulary.down[root] & ~(1 << root) | vocabulary.prompts[root]
        reached = _spread({fact: {way} for fact in bits(start)}, others | vocabulary.up[root], vocabulary)
        _add(found, reached)
        # What is finer than the root keeps open no more than the root has just opened.
        for fact, ways in reached.items():
            if not vocabulary.down[root] >> fact & 1:
                new = {(fact, one) for one in ways} - seen
                todo += new
                seen |= new
    return _ended(found, vocabulary)


def ways_of_hints(start: int, vocabulary: Vocabulary) -> Ways:
    """Return what stays open because some facts, as a mask, were not asked about, see ``hinted``.

    Raises:
        TooManyWaysError: there are too many ways to one fact.
    """
    return _ended(_spread({fact: {frozenset[int]()} for fact in bits(start)}, 0, vocabulary), vocabulary)


def _spread(start: Ways, blocked: int, vocabulary: Vocabulary) -> Ways:
    """Follow what is wider, finer or prompted from some facts on, never entering a blocked one."""
    found: Ways = {}
    todo = deque((fact, way) for fact, ways in start.items() for way in ways)
    while todo:
        fact, way = todo.popleft()
        if blocked >> fact & 1:
            continue
        way = _shortest(way | {fact}, vocabulary)
        if not _entered(found, fact, way):
            continue
        near = vocabulary.up[fact] | vocabulary.down[fact] | vocabulary.prompts[fact]
        todo += [(other, way) for other in bits(near & ~(1 << fact))]
    return found


def _entered(found: Ways, fact: int, way: Way) -> bool:
    """Enter a way to a fact, and tell whether it is new and not longer than another one."""
    ways = found.setdefault(fact, set())
    if any(other <= way for other in ways):
        return False
    ways -= {other for other in ways if way < other}
    ways.add(way)
    if len(ways) > MOST_WAYS:
        msg = f"more than {MOST_WAYS} ways lead to fact number {fact}"
        raise TooManyWaysError(msg)
    return True


def _add(found: Ways, more: Ways) -> None:
    for fact, ways in more.items():
        for way in ways:
            _entered(found, fact, way)


def _shortest(way: Way, vocabulary: Vocabulary) -> Way:
    """Leave out what is not denied anyway: who is denied the wider is denied the finer."""
    return frozenset(
        fact for fact in way if not any(other != fact and vocabulary.down[fact] >> other & 1 for other in way)
    )


def _ended(found: Ways, vocabulary: Vocabulary) -> Ways:
    """Leave out of each way what could only be denied together with its end."""
    ended: Ways = {}
    for fact, ways in found.items():
        for way in ways:
            _entered(ended, fact, frozenset(one for one in way if not vocabulary.down[one] >> fact & 1))
    return ended
