"""One bit for every distinct clause: which clauses imply which others, and which can hold at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from remedies.knowledge.clauses import (
    AgeBelow,
    AgeFrom,
    AllOf,
    Always,
    AnyOf,
    Breastfeeding,
    Has,
    Pregnant,
    alternatives,
    leaves,
)
from remedies.knowledge.topics import PAST_PREGNANCY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from remedies.knowledge.clauses import Clause, Leaf
    from remedies.knowledge.topics import Ranges
    from remedies.knowledge.vocabulary import Vocabulary

Spoken = Literal["wholly", "partly", "not"]
"""How far rules speak of something."""


_NEVER = 10**6
"""An age in months that nobody reaches."""


class ClauseBits:
    """The bits of the clauses of one catalogue: facts first, then age limits, windows of pregnancy and the rest.

    What rules share is one bit: all that look at "below 12 years" look at the same one. A clause is a
    mask of the bits each of which alone is enough for it; ``below`` is the mask of the bits each of
    which implies it, so that implication is set inclusion: below 5 years implies below 12, a
    trimester implies pregnancy, chronic heart failure implies heart disease.
    """

    def __init__(self, vocabulary: Vocabulary, clauses: Iterable[Clause]) -> None:
        """Give every distinct leaf and conjunction of some clauses its bit."""
        self.vocabulary = vocabulary
        self.ages: dict[int, int] = {}
        """Age limits in months that a person is below, each with its bit."""
        self.later_ages: dict[int, int] = {}
        """Age limits in months that a person has reached, each with its bit."""
        self.windows: dict[Ranges, int] = {}
        """Windows of pregnancy in days, each with its bit."""
        self.conjunctions: dict[AllOf, int] = {}
        """Conjunctions, inner ones first, each with its bit."""
        self.size = len(vocabulary.entries)
        self.breastfeeding = self._new()
        self.always = self._new()
        for clause in clauses:
            self._add(clause)

    def _new(self) -> int:
        self.size += 1
        return 1 << self.size - 1

    def _add(self, clause: Clause) -> None:
        match clause:
            case AgeBelow() if clause.months not in self.ages:
                self.ages[clause.months] = self._new()
            case AgeFrom() if clause.months not in self.later_ages:
                self.later_ages[clause.months] = self._new()
            case Pregnant() if clause.days not in self.windows:
                self.windows[clause.days] = self._new()
            case AllOf(all=parts):
                for part in parts:
                    self._add(part)
                if clause not in self.conjunctions:
                    self.conjunctions[clause] = self._new()
            case AnyOf(any=parts):
                for part in parts:
                    self._add(part)
            case _:
                return

    def mask(self, clause: Clause) -> int:
        """Return the bits each of which alone is enough for a clause."""
        match clause:
            case AnyOf(any=parts):
                return _union(map(self.mask, parts))
            case AllOf():
                return self.conjunctions[clause]
            case Has(fact=fact):
                return 1 << self.vocabulary.number[fact]
            case AgeBelow():
                return self.ages[clause.months]
            case AgeFrom():
                return self.later_ages[clause.months]
            case Pregnant():
                return self.windows[clause.days]
            case Breastfeeding():
                return self.breastfeeding
            case Always():
                return self.always

    def below(self, leaf: Leaf) -> int:
        """Return the bits each of which implies a leaf; "always" is implied by everything."""
        match leaf:
            case Has(fact=fact):
                return self.vocabulary.down[self.vocabulary.number[fact]]
            case AgeBelow(months=months):
                return _union(bit for limit, bit in self.ages.items() if limit <= months)
            case AgeFrom(months=months):
                return _union(bit for limit, bit in self.later_ages.items() if limit >= months)
            case Pregnant(days=days):
                wanted = _days(days)
                return _union(bit for window, bit in self.windows.items() if not _days(window) & ~wanted)
            case Breastfeeding():
                return self.breastfeeding
            case Always():
                return (1 << self.size) - 1

    def implied(self, clause: Clause, *others: Clause) -> bool:
        """Tell whether a clause can be known to hold only where one of the others is known to hold as well.

        Each alternative must be covered by one alternative of another clause: several that cover it
        together (three trimesters and any pregnancy) do not, since each may stay unknown.
        """
        whole = [one for other in others for one in alternatives(other)]
        return all(self._covered(part, whole) for part in alternatives(clause))

    def _covered(self, part: Clause, whole: list[Clause]) -> bool:
        """Tell whether one of some alternatives holds wherever a part does.

        A conjunction is covered by a wider conjunction (all of whose pieces it has), or by whatever
        covers one of its pieces.
        """
        if isinstance(part, AllOf):
            wider = (one for one in whole if isinstance(one, AllOf))
            if any(all(piece in part.all for piece in one.all) for one in wider):
                return True
            return any(self._covered(piece, whole) for piece in part.all)
        if isinstance(part, AnyOf):
            return all(self._covered(piece, whole) for piece in part.any)
        bit = self.mask(part)
        return any(bit & self.below(one) for one in whole if not isinstance(one, AllOf | AnyOf))

    def possible(self, clause: Clause) -> bool:
        """Tell whether anybody could ever fulfil a clause."""
        match clause:
            case AnyOf(any=parts):
                return any(map(self.possible, parts))
            case AllOf(all=parts):
                common = (1 << PAST_PREGNANCY) - 1
                for part in parts:
                    if isinstance(part, Pregnant):
                        common &= _days(part.days)
                motherly = any(isinstance(part, Pregnant | Breastfeeding) for part in parts)
                below = min((part.months for part in parts if isinstance(part, AgeBelow)), default=_NEVER)
                reached = max((part.months for part in parts if isinstance(part, AgeFrom)), default=0)
                one_age = reached < below and not (below <= 10 * 12 and motherly)
                return common != 0 and one_age and all(map(self.possible, parts))
            case AgeBelow(months=months):
                return months > 0
            case _:
                return True

    def speaks(self, clauses: Iterable[Clause], dimension: Clause) -> Spoken:
        """Tell whether clauses are about a dimension, on their own and not only in a conjunction.

        A rule on severe kidney disease speaks of kidney disease only partly: the milder kinds are
        not ruled out by it. Any age below which a rule holds speaks of young age wholly, since ages below are said;
        one from which it holds speaks of old age wholly only where it begins as early.
        """
        said = [one for clause in clauses for one in alternatives(clause)]
        if any(isinstance(one, Always) for one in said):
            return "wholly"
        spoken = {self._spoken(said, leaf) for leaf in leaves(dimension)}
        if len(spoken) > 1:
            return "partly"
        return spoken.pop()

    def _spoken(self, said: list[Clause], leaf: Leaf) -> Spoken:
        match leaf:
            case AgeBelow():
                return "wholly" if any(isinstance(one, AgeBelow) for one in said) else "not"
            case AgeFrom(months=months):
                limits = [one.months for one in said if isinstance(one, AgeFrom)]
                if any(limit <= months for limit in limits):
                    return "wholly"
                if limits:
                    return "partly"
                return "not"
            case Pregnant(days=days):
                return _share(_days(days), _union(_days(one.days) for one in said if isinstance(one, Pregnant)))
            case Has() | Breastfeeding():
                alike = (one for one in said if isinstance(one, Has | Breastfeeding))
                return _share(self.below(leaf), _union(map(self.below, alike)))
            case Always():
                return "wholly"


def _share(wanted: int, said: int) -> Spoken:
    if not wanted & said:
        return "not"
    return "partly" if wanted & ~said else "wholly"


def _days(ranges: Ranges) -> int:
    """Write days of pregnancy as a mask, one bit a day."""
    return _union(((1 << end - start) - 1) << start for start, end in ranges)


def _union(masks: Iterable[int]) -> int:
    whole = 0
    for mask in masks:
        whole |= mask
    return whole
