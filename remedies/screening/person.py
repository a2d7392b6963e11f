"""Age, sex, pregnancy and breastfeeding of every row: comparisons with numbers, and what follows from them.

Each comparison is a boolean column of its own. Everything beyond is said in expressions over such columns, so
that what a table does not say costs nothing.
"""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from remedies.checking.moments import DUE_AFTER
from remedies.knowledge.topics import LONGEST_PREGNANCY_WEEKS, OLDEST, PAST_PREGNANCY
from remedies.screening.ages import MOST_MONTHS, day_count, day_number, limit_on
from remedies.screening.cells import DUE, FIRST, LAST
from remedies.screening.columns import PREGNANCIES
from remedies.screening.compiled import Known
from remedies.screening.nodes import FALSE, TRUE, Given, Yes, all_of, any_of, but, no
from remedies.screening.numbers import days_of_pregnancy, is_male, is_no_sex, months_of_life

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from remedies.knowledge.rulebook import Clauses
    from remedies.knowledge.topics import Ranges
    from remedies.screening.columns import Layout
    from remedies.screening.nodes import Node

_CHILD, _ELDER = 10 * 12, 60 * 12


class Spoken(NamedTuple):
    """What words say of pregnancy and breastfeeding, and where."""

    no: Node = FALSE
    possible: Node = FALSE
    yes: Node = FALSE
    times: tuple[tuple[str, int, int], ...] = ()
    """Columns of words that name a time, each with its fewest and most days; the furthest gone first."""
    breastfeeding: Known = Known(FALSE, FALSE)

    @property
    def pregnant(self) -> Node:
        """Whether words say that there is a pregnancy."""
        return any_of((self.yes, *(Yes(name) for name, _, _ in self.times)))


class Course(NamedTuple):
    """The days that are judged, and the day on which everything was said."""

    as_of: date
    start: date
    days: int


class Person:
    """What is known of the person of each row, over columns that are named in ``comparisons``."""

    def __init__(self, layout: Layout, spoken: Spoken, course: Course) -> None:
        """Take the columns of a table, what its words say, and the course."""
        self.comparisons: dict[str, nw.Expr] = {}
        self._has = {name for name, _ in layout.kinds}
        self._spoken = spoken
        self._course = course
        self._months = months_of_life(self._has)
        self._term = days_of_pregnancy(self._has, spoken.times, course.as_of)
        self._male = self._where("male", "sex", is_male())
        self._odd_sex = self._where("neither sex", "sex", is_no_sex())
        said = nw.col("pregnancy")
        self._no = self._where("pregnancy: no", "pregnancy", said == "no")
        self._possible = self._where("pregnancy: possible", "pregnancy", said == "possible")
        self._yes = self._where("pregnancy: yes", "pregnancy", _among(said, PREGNANCIES[2:]))
        self._timed = any_of((self._given("pregnancy_weeks"), self._given("due", DUE)))
        childless = any_of((self._male, self._below(_CHILD), self._elder()))
        self._pregnant = self._pregnancy(childless)
        nursing, given = Yes("breastfeeding"), self._given("breastfeeding")
        self._nursing_said = Known(all_of((given, nursing)), but(given, nursing))
        self._nursing = self._breastfeeding(childless)

    # Columns ------------------------------------------------------------------------------------------

    def _where(self, name: str, column: str, comparison: nw.Expr) -> Node:
        """Add a comparison, if the column that it looks at is there."""
        return self._compared(name, comparison) if column in self._has else FALSE

    def _compared(self, name: str, comparison: nw.Expr) -> Node:
        self.comparisons[name] = comparison
        return Yes(name)

    def _given(self, name: str, column: str = "") -> Node:
        """Tell whether a row says something in a column."""
        return Given(column or name) if name in self._has else FALSE

    # Age ----------------------------------------------------------------------------------------------

    def _below(self, months: int, day: date | None = None) -> Node:
        """Tell whether somebody is younger than a limit on a day, the first of the course unless given."""
        limit = limit_on(months, day or self._course.start, self._course.as_of)
        found = [self._where(f"born: after {limit.born}", "born", nw.col(FIRST) > limit.born)]
        if self._months is not None:
            found.append(self._compared(f"age: below {limit.most}", self._months.most < limit.most))
        return any_of(found)

    def _reached(self, months: int, day: date | None = None) -> Node:
        """Tell whether somebody has reached a limit on a day, the first of the course unless given."""
        limit = limit_on(months, day or self._course.start, self._course.as_of)
        return any_of((self._born_until(limit.born), self._said_from(limit.least)))

    def _elder(self) -> Node:
        """Tell whether somebody is past pregnancy; who said 59 may be pregnant until somebody says 60."""
        start, as_of = (limit_on(_ELDER, day, self._course.as_of) for day in (self._course.start, self._course.as_of))
        return any_of((self._born_until(start.born), self._said_from(max(start.least, as_of.least))))

    def _born_until(self, born: int) -> Node:
        """Tell whether somebody was born on a day or before; nobody was born after the day of the check."""
        if born >= day_number(self._course.as_of):
            return self._given("born", LAST)
        return self._where(f"born: until {born}", "born", nw.col(LAST) <= born)

    def _said_from(self, months: int) -> Node:
        if self._months is None:
            return FALSE
        return self._compared(f"age: from {months}", self._months.least >= months)

    # Pregnancy and breastfeeding ----------------------------------------------------------------------

    def _pregnancy(self, childless: Node) -> Known:
        """Say whether there is a pregnancy: as columns say, else as words say, else by age and sex."""
        spoken = self._spoken
        stated = any_of((self._yes, self._timed))
        silent = no(any_of((self._no, self._possible, stated, spoken.no, spoken.possible, spoken.pregnant)))
        overdue: Node = FALSE
        if "due" in self._has and self._term is not None:
            # Counted past its longest it has ended since; what came after nobody has said.
            overdue = self._compared("pregnancy: overdue", self._term.least >= PAST_PREGNANCY)
        return Known(
            but(any_of((stated, spoken.pregnant)), overdue),
            any_of((self._no, but(spoken.no, spoken.pregnant), all_of((childless, silent)))),
        )

    def _breastfeeding(self, childless: Node) -> Known:
        """Say whether somebody breastfeeds: as a column says, else as words say, else by age and sex."""
        said, words = self._nursing_said, self._spoken.breastfeeding
        silent = no(any_of((self._given("breastfeeding"), words.so, words.settled)))
        return Known(
            any_of((said.so, words.so)),
            any_of((said.settled, but(words.settled, words.so), all_of((childless, silent)))),
        )

    def _window(self, ranges: Ranges, begin: int, days: int) -> Known:
        """Tell whether a window of pregnancy is met on one of some days, counted from the day of the check on."""
        sides = [self._met(start, end, begin, begin + days - 1) for start, end in ranges]
        within, touching = (any_of(one[side] for one in sides) for side in (0, 1))
        pregnant = self._pregnant
        return Known(all_of((pregnant.so, within)), any_of((pregnant.settled, but(pregnant.so, touching))))

    def _met(self, start: int, end: int, begin: int, until: int) -> tuple[Node, Node]:
        """Tell whether a pregnancy lies within a range of days on one of some days, and whether it may.

        Nobody is pregnant for less than no day, and past the last range it is the last one still.
        """
        if self._term is None:
            surely = end >= PAST_PREGNANCY and (start == 0 or start <= until)
            return (TRUE if surely else FALSE), (TRUE if begin < end else FALSE)
        low, high = self._term
        within, touching = [], []
        if start > 0:
            within.append(low >= start - until)
            touching.append(high >= start - until)
        if end < PAST_PREGNANCY:
            within.append(high < end - begin)
            touching.append(low < end - begin)
        if start > 0 and end < PAST_PREGNANCY:
            within.append(high - low < end - start)
        name = f"{start} to {end}, days {begin} to {until}"
        return self._all_compared(f"pregnant within {name}", within), self._all_compared(
            f"pregnant near {name}", touching
        )

    def _all_compared(self, name: str, comparisons: Sequence[nw.Expr]) -> Node:
        return self._compared(name, reduce(and_, comparisons)) if comparisons else TRUE

    # Clauses ------------------------------------------------------------------------------------------

    def clauses(self, clauses: Clauses, begin: int, days: int) -> dict[int, Known]:
        """Say of each clause about the person whether it holds on one of some days, by the number of its bit.

        Args:
            clauses: those of the rulebook.
            begin: the first day, counted from the day of the check.
            days: how many days.
        """
        # Who is younger than a limit on any of the days is so on the first; who has reached it, on the last.
        first, last = (self._course.as_of + timedelta(days=day) for day in (begin, begin + days - 1))
        found = {bit: Known(self._below(months, first), self._reached(months, first)) for months, bit in clauses.ages}
        found |= {
            bit: Known(self._reached(months, last), self._below(months, last)) for months, bit in clauses.later_ages
        }
        found |= {bit: self._window(ranges, begin, days) for ranges, bit in clauses.pregnancies}
        found[clauses.breastfeeding] = self._nursing
        return {bit.bit_length() - 1: known for bit, known in found.items()}

    # What cannot be -----------------------------------------------------------------------------------

    def faults(self) -> Iterator[tuple[str, Node]]:
        """Yield what may be wrong with a row, in words, and where it is."""
        yield from self._nonsense()
        as_of = self._course.as_of
        age = any_of((self._given("age_years"), self._given("age_months")))
        yield "give either an age or born, not both", all_of((age, self._given("born", FIRST)))
        later = self._where("born: later", "born", nw.col(FIRST) > day_number(as_of))
        yield f"born lies after {as_of}, the day of the check", later
        long_ago = self._where("born: long ago", "born", nw.col(LAST) < (as_of.year - OLDEST) * 10_000)
        yield f"born is more than {OLDEST} years ago", long_ago
        pregnant, nursing, words = any_of((self._yes, self._timed)), self._nursing_said, self._spoken
        yield "pregnancy was given for a man", all_of((self._male, any_of((self._possible, pregnant))))
        yield "breastfeeding was given for a man", all_of((self._male, nursing.so))
        yield (
            "pregnancy is no or possible, and a time is given",
            all_of((any_of((self._no, self._possible)), self._timed)),
        )
        if self._term is not None:
            unfit = self._compared("pregnancy: unfit", self._term.least > self._term.most)
            yield "pregnancy, pregnancy_weeks and due do not fit each other", unfit
        yield "a word says that there is a pregnancy, and pregnancy is given as no", all_of((self._no, words.pregnant))
        yield "a word says that there is no pregnancy, and one is given", all_of((pregnant, words.no))
        said, spoken = (nursing.so, nursing.settled), (words.breastfeeding.settled, words.breastfeeding.so)
        contradiction = any_of(all_of(pair) for pair in zip(said, spoken, strict=True))
        yield "a word contradicts what is given for breastfeeding", contradiction

    def _nonsense(self) -> Iterator[tuple[str, Node]]:
        """Yield what is nonsense for itself."""
        yield "sex must be female or male", self._odd_sex
        odd = self._where("pregnancy: nonsense", "pregnancy", ~_among(nw.col("pregnancy"), ("", *PREGNANCIES)))
        yield f"pregnancy must be one of {', '.join(PREGNANCIES)}", odd
        yield from self._beyond("age_years", OLDEST)
        yield from self._beyond("age_months", MOST_MONTHS)
        over = self._where("age_months: over a year", "age_months", nw.col("age_months") > 11)
        yield "age_months beside age_years must be 0 to 11", all_of((self._given("age_years"), over))
        yield from self._beyond("pregnancy_weeks", LONGEST_PREGNANCY_WEEKS)
        yield from self._beyond("pregnancy_days", 6)
        alone = but(self._given("pregnancy_days"), self._given("pregnancy_weeks"))
        yield "pregnancy_days is given without pregnancy_weeks", alone
        ahead = self._where("due: too far", "due", nw.col(DUE) > day_count(self._course.as_of) + DUE_AFTER)
        yield f"due lies more than 40 weeks after {self._course.as_of}, the day of the check", ahead

    def _beyond(self, column: str, most: int) -> Iterator[tuple[str, Node]]:
        number = nw.col(column)
        yield f"{column} must be 0 to {most}", self._where(f"{column}: beyond", column, (number < 0) | (number > most))


def _among(value: nw.Expr, words: Sequence[str]) -> nw.Expr:
    """Tell whether a text is one of a few; some engines turn a list of them into a join."""
    return reduce(or_, (value == word for word in words))
