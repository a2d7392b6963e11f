"""Which clauses are joined once for all effects that look at them: found for a rulebook, whatever a table holds.

What has one effect on one remedy is a sum of clauses. Many sums have clauses in common, so these are joined first,
two by two, until no two things stand together in several sums.
"""

from __future__ import annotations

from functools import lru_cache
from heapq import heappop, heappush
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from remedies.knowledge.topics import EFFECTS
from remedies.knowledge.vocabulary import bits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.knowledge.rulebook import Rulebook
    from remedies.knowledge.topics import Effect

Term = int
"""The number of a clause, or, from the number of clauses on, that of a joint."""


class Shared(NamedTuple):
    """Joints, and the sums that are made of them."""

    joints: tuple[tuple[Term, ...], ...]
    """What each joint joins: clauses, and joints before it."""
    sums: dict[tuple[str, Effect], tuple[Term, ...]]
    """What has one effect on one remedy. It is only to be looked at where every stronger effect is ruled out."""


@lru_cache(maxsize=8)
def shared(rulebook: Rulebook) -> Shared:
    """Find what the sums of a rulebook share.

    A clause that another one of a sum covers may be added to it freely, and so may what has a stronger effect on
    the same remedy; both help to find things in common.
    """
    every = list(_sums(rulebook))
    terms = _Terms(rulebook.clauses.size)
    for clause in range(rulebook.clauses.size):
        needed = sum(1 << place for place, (_, whole, _) in enumerate(every) if whole >> clause & 1)
        free = sum(1 << place for place, (_, _, more) in enumerate(every) if more >> clause & 1)
        if needed:
            terms.needed[clause], terms.free[clause] = needed, free
    terms.join_those_alike()
    terms.join_pairs()
    sums: dict[tuple[str, Effect], list[Term]] = {name: [] for name, _, _ in every}
    for term, where in terms.needed.items():
        for place in bits(where):
            sums[every[place][0]].append(term)
    return Shared(tuple(terms.joints), {name: tuple(parts) for name, parts in sums.items()})


def _sums(rulebook: Rulebook) -> Iterator[tuple[tuple[str, Effect], int, int]]:
    """Yield each sum with the clauses that it needs and those that are free beside them, as masks."""
    finer = finer_clauses(rulebook)
    for remedy in rulebook.remedies:
        masks = {"exclude": remedy.exclude, "ask-doctor": remedy.ask_doctor, "ask-pharmacist": remedy.ask_pharmacist}
        free = 0
        for effect in reversed(EFFECTS):
            covered = 0
            for clause in bits(masks[effect] | free):
                covered |= finer[clause]
            yield (remedy.id, effect), masks[effect] & ~(free | covered), free | covered
            free |= masks[effect] | covered


def finer_clauses(rulebook: Rulebook) -> list[int]:
    """Return per clause the others, as a mask, that hold only where it does and are ruled out wherever it is."""
    clauses = rulebook.clauses
    finer = [0] * clauses.size
    for fact, below in enumerate(rulebook.vocabulary.down):
        finer[fact] = below & ~(1 << fact)
    later = [(-months, bit) for months, bit in clauses.later_ages]
    for limits in (clauses.ages, later):
        for limit, bit in limits:
            finer[bit.bit_length() - 1] = sum(other for months, other in limits if months < limit)
    for window, bit in clauses.pregnancies:
        finer[bit.bit_length() - 1] = sum(
            other
            for ranges, other in clauses.pregnancies
            if other != bit
            and all(any(begin <= start and end <= last for begin, last in window) for start, end in ranges)
        )
    return finer


class _Terms:
    """Clauses and joints while they are being joined, each with the sums that need it, as a mask."""

    def __init__(self, size: int) -> None:
        """Begin with so many clauses, of which none is needed yet."""
        self.needed: dict[Term, int] = {}
        self.free: dict[Term, int] = {}
        """The sums to which a term may be added freely."""
        self.joints: list[tuple[Term, ...]] = []
        self._size = size

    def _join(self, parts: tuple[Term, ...], needed: int, free: int) -> Term:
        term = self._size + len(self.joints)
        self.joints.append(parts)
        self.needed[term], self.free[term] = needed, free
        return term

    def join_those_alike(self) -> None:
        """Join what is needed by the same sums."""
        alike: dict[int, list[Term]] = {}
        for term, needed in self.needed.items():
            alike.setdefault(needed, []).append(term)
        for needed, terms in alike.items():
            if len(terms) > 1:
                free = -1
                for term in terms:
                    free &= self.free[term]
                    del self.needed[term]
                self._join(tuple(terms), needed, free & ~needed)

    def join_pairs(self) -> None:
        """Join the two that most sums need together, again and again."""
        waiting: list[tuple[int, Term, Term]] = []
        for one, other in combinations(self.needed, 2):
            self._wait(waiting, one, other)
        while waiting:
            saved, one, other = heappop(waiting)
            if saved != -self._together(one, other):
                # They have been joined elsewhere since.
                continue
            fits = (self.needed[one] | self.free[one]) & (self.needed[other] | self.free[other])
            both = fits & (self.needed[one] | self.needed[other])
            changed = [one, other, self._join((one, other), both, fits & ~both)]
            for part in (one, other):
                self.needed[part] &= ~both
                self.free[part] |= both
            for term in changed:
                for neighbour in self.needed:
                    if neighbour not in changed or neighbour < term:
                        self._wait(waiting, *sorted((term, neighbour)))

    def _wait(self, waiting: list[tuple[int, Term, Term]], one: Term, other: Term) -> None:
        together = self._together(one, other)
        if together > 1:
            heappush(waiting, (-together, one, other))

    def _together(self, one: Term, other: Term) -> int:
        return (self.needed[one] & self.needed[other]).bit_count()
