"""What is said of the person in numbers: months of life and days of pregnancy, which may be known only roughly.

Of such a number it is asked whether it reaches a limit for sure, and whether it falls short of it for sure. Both are
asked of the columns as they stand: nothing is worked out, and no number is too large.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from remedies.checking.moments import DUE_AFTER
from remedies.knowledge.topics import PAST_PREGNANCY, TRIMESTER_DAYS
from remedies.screening.ages import day_count
from remedies.screening.cells import BEGUN_FIRST, BEGUN_LAST, DUE
from remedies.screening.columns import TRIMESTERS
from remedies.screening.nodes import FALSE, TRUE, Among, AtLeast, Given, Yes, all_of, any_of, but, no

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from remedies.screening.nodes import Node


def below(column: str, number: int) -> Node:
    """Return where a column holds less than a number."""
    return but(Given(column), AtLeast(column, number))


class Number(Protocol):
    """A number that is said in every row, in some, or in none, and perhaps roughly."""

    @property
    def given(self) -> Node:
        """Where it is said."""

    def reached(self, limit: int) -> Node:
        """Return where it is said and is so much or more, whatever it is exactly."""

    def short(self, limit: int) -> Node:
        """Return where it is said and is less, whatever it is exactly."""


@dataclass(frozen=True)
class _Exact:
    """A column that says it."""

    column: str

    @property
    def given(self) -> Node:
        return Given(self.column)

    def reached(self, limit: int) -> Node:
        return AtLeast(self.column, limit)

    def short(self, limit: int) -> Node:
        return below(self.column, limit)


@dataclass(frozen=True)
class _Whole:
    """A column of whole units, and perhaps another one of what is left over, which is roughly known where null."""

    column: str
    size: int
    over: str | None

    @property
    def given(self) -> Node:
        return Given(self.column)

    def reached(self, limit: int) -> Node:
        units, rest = divmod(limit, self.size)
        if rest == 0:
            return AtLeast(self.column, units)
        more = AtLeast(self.column, units + 1)
        if self.over is None:
            return more
        return any_of((more, all_of((AtLeast(self.column, units), AtLeast(self.over, rest)))))

    def short(self, limit: int) -> Node:
        units, rest = divmod(limit, self.size)
        if self.over is None or rest == 0:
            return below(self.column, units)
        more = all_of((AtLeast(self.column, units), no(below(self.over, rest))))
        return but(Given(self.column), any_of((AtLeast(self.column, units + 1), more)))


@dataclass(frozen=True)
class _First:
    """The first of two numbers that is said."""

    one: Number
    other: Number

    @property
    def given(self) -> Node:
        return any_of((self.one.given, self.other.given))

    def reached(self, limit: int) -> Node:
        return any_of((self.one.reached(limit), but(self.other.reached(limit), self.one.given)))

    def short(self, limit: int) -> Node:
        return any_of((self.one.short(limit), but(self.other.short(limit), self.one.given)))


@dataclass(frozen=True)
class _Each:
    """A number that several columns may say, each of which narrows it down."""

    parts: Sequence[Number]

    @property
    def given(self) -> Node:
        return any_of(part.given for part in self.parts)

    def reached(self, limit: int) -> Node:
        return any_of(part.reached(limit) for part in self.parts)

    def short(self, limit: int) -> Node:
        return any_of(part.short(limit) for part in self.parts)


def months_of_life(has: Collection[str]) -> Number:
    """Return the completed months that columns say, together or each for itself."""
    years, months = "age_years", "age_months"
    if {years, months} <= set(has):
        return _First(_Whole(years, 12, months), _Exact(months))
    alone: dict[str, Number] = {years: _Whole(years, 12, None), months: _Exact(months)}
    return _Each([number for name, number in alone.items() if name in has])


class Words(NamedTuple):
    """A column of words that say a time."""

    column: str
    least: int
    most: int


@dataclass(frozen=True)
class _Spoken:
    """The first time that words say, the furthest gone first."""

    times: Sequence[Words]

    @property
    def given(self) -> Node:
        return any_of(Yes(time.column) for time in self.times)

    def _first(self, wanted: Collection[Words]) -> Node:
        before = [Yes(time.column) for time in self.times]
        return any_of(
            but(Yes(time.column), any_of(before[:place])) for place, time in enumerate(self.times) if time in wanted
        )

    def reached(self, limit: int) -> Node:
        return self._first([time for time in self.times if time.least >= limit])

    def short(self, limit: int) -> Node:
        return self._first([time for time in self.times if time.most < limit])


@dataclass(frozen=True)
class _Trimester:
    """A trimester in the column of pregnancies."""

    @property
    def given(self) -> Node:
        return self._those(TRIMESTERS)

    def reached(self, limit: int) -> Node:
        return self._those([name for name, (start, _) in _TRIMESTERS.items() if start >= limit])

    def short(self, limit: int) -> Node:
        return self._those([name for name, (_, end) in _TRIMESTERS.items() if end <= limit])

    def without(self, other: Number) -> Iterator[Node]:
        """Yield where another number lies outside of the trimester."""
        for name, (start, end) in _TRIMESTERS.items():
            yield all_of((self._those([name]), any_of((other.reached(end), other.short(start)))))

    def _those(self, names: Sequence[str]) -> Node:
        return any_of(Among("pregnancy", (name,)) for name in names)


_TRIMESTERS = dict(zip(TRIMESTERS, TRIMESTER_DAYS.values(), strict=True))


@dataclass(frozen=True)
class _Due:
    """A due date, which says the days that are gone on the day of the check."""

    full: int
    """The due date, as its column counts, of who is pregnant for no day."""

    @property
    def given(self) -> Node:
        return Given(DUE)

    def reached(self, limit: int) -> Node:
        return below(DUE, self.full - limit + 1)

    def short(self, limit: int) -> Node:
        return AtLeast(DUE, self.full - limit + 1)


class Term:
    """The days of pregnancy on the day of the check: as columns say, else as words say."""

    def __init__(self, has: Collection[str], words: Sequence[Words], as_of: date) -> None:
        """Take the columns of a table, the times that its words say, and the day of the check."""
        full = day_count(as_of) + DUE_AFTER
        over = "pregnancy_days" if "pregnancy_days" in has else None
        exact: dict[str, Number] = {"due": _Due(full), "pregnancy_weeks": _Whole("pregnancy_weeks", 7, over)}
        said = [number for name, number in exact.items() if name in has]
        unfit: list[Node] = []
        if len(said) == len(exact):
            unfit += [AtLeast(BEGUN_FIRST, full + 1), below(BEGUN_LAST, full)]
        if "pregnancy" in has:
            trimester = _Trimester()
            unfit += [outside for number in said for outside in trimester.without(number)]
            said.append(trimester)
        self._number = _First(_Each(said), _Spoken(words))
        self.unfit = any_of(unfit)
        """Where what columns say does not fit."""

    def within(self, start: int, end: int, begin: int, until: int) -> tuple[Node, Node]:
        """Tell whether it lies in a range of days on one of some days to come, and whether it may.

        Nobody is pregnant for less than no day, and past the last range it is the last one still. Where nothing is
        said it may be anything.

        Args:
            start: the first day of pregnancy in the range.
            end: the first one after it.
            begin: the first day that is asked about, counted from the day of the check.
            until: the last one.
        """
        early, late = self._short(start - until), self.reached(end - begin)
        if start == 0 and end >= PAST_PREGNANCY:
            return TRUE, TRUE
        if start == 0:
            return self._short(end - begin), no(late)
        if end >= PAST_PREGNANCY:
            return self.reached(start - until), no(early)
        days = range(begin, until + 1)
        surely = any_of(all_of((self.reached(start - day), self._short(end - day))) for day in days)
        return surely, no(any_of((early, late)))

    def reached(self, limit: int) -> Node:
        """Return where it is so much or more for sure."""
        return TRUE if limit <= 0 else self._number.reached(limit)

    def _short(self, limit: int) -> Node:
        if limit >= PAST_PREGNANCY:
            return TRUE
        return FALSE if limit <= 0 else self._number.short(limit)
