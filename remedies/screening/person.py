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

from remedies.checking.grammar import SEXES
from remedies.checking.moments import DUE_AFTER
from remedies.knowledge.topics import LONGEST_PREGNANCY_WEEKS, OLDEST, PAST_PREGNANCY, TRIMESTER_DAYS
from remedies.screening.ages import MOST_MONTHS, day_count, day_number, limit_on
from remedies.screening.cells import DUE, FIRST, LAST
from remedies.screening.columns import PREGNANCIES, TRIMESTERS
from remedies.screening.compiled import Known
from remedies.screening.nodes import FALSE, TRUE, Given, Yes, all_of, any_of, but, no

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from remedies.knowledge.rulebook import Clauses
    from remedies.knowledge.topics import Ranges
    from remedies.screening.columns import Layout
    from remedies.screening.nodes import Node

LEAST, MOST = "age: least", "age: most"
"""Completed months of life that were said, fewest and most."""

LOW, HIGH = "pregnant: low", "pregnant: high"
"""Days of pregnancy on the day of the check, fewest and most. Where times that were said do not fit each other, the
fewest are more than the most."""

_CHILD, _ELDER = 10 * 12, 60 * 12

SEX = "sex: read"
"""The column of a sex as it is understood, as one of these numbers."""

_FEMALE, _MALE, _NEITHER = range(3)
_NUMBERS = {"female": _FEMALE, "male": _MALE}
_SPELLINGS = {
    written: _NUMBERS[sex] for word, sex in SEXES.items() for written in (word, word.capitalize(), word.upper())
}


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
    """What is known of the person of each row.

    ``numbers`` are columns to compute first, ``comparisons`` such as look at those.
    """

    def __init__(self, layout: Layout, spoken: Spoken, course: Course) -> None:
        """Take the columns of a table, what its words say, and the course."""
        self.has = {name for name, _ in layout.kinds}
        self.numbers: dict[str, nw.Expr] = {}
        self.comparisons: dict[str, nw.Expr] = {}
        self._spoken = spoken
        self._course = course
        self._months_of_life()
        self._days_of_pregnancy()
        self._sex()
        self.male = self._where("male", ["sex"], nw.col(SEX) == _MALE)
        self._said = {
            answer: self._where(f"pregnancy: {answer}", ["pregnancy"], _among(nw.col("pregnancy"), written))
            for answer, written in (("no", ["no"]), ("possible", ["possible"]), ("yes", PREGNANCIES[2:]))
        }
        self._timed = any_of((self._given("pregnancy_weeks"), self._given("due", DUE)))
        stated = any_of((self._said["yes"], self._timed))
        childless = any_of((self.male, self._below(_CHILD), self._elder()))
        words = any_of((spoken.no, spoken.possible, spoken.pregnant))
        silent = no(any_of((self._said["no"], self._said["possible"], stated, words)))
        overdue = self._where("pregnancy: overdue", ["due"], nw.col(LOW) >= PAST_PREGNANCY)
        self.pregnant = Known(
            but(any_of((stated, spoken.pregnant)), overdue),
            any_of((self._said["no"], but(spoken.no, spoken.pregnant), all_of((childless, silent)))),
        )
        nursing, given = Yes("breastfeeding"), self._given("breastfeeding")
        self.nursing_said = Known(nursing if given != FALSE else FALSE, but(given, nursing))
        self.nursing = self._nursing(childless)

    # Columns ------------------------------------------------------------------------------------------

    def _where(self, name: str, columns: Collection[str], comparison: nw.Expr) -> Node:
        """Add a comparison, if the columns that it looks at are there."""
        if not self.has.issuperset(columns):
            return FALSE
        self.comparisons[name] = comparison
        return Yes(name)

    def _given(self, name: str, column: str | None = None) -> Node:
        """Tell whether a row says something in a column."""
        return Given(column or name) if name in self.has else FALSE

    def _months_of_life(self) -> None:
        """Count the months that columns say; the last possible birthday does not lie ahead."""
        years, months = nw.col("age_years"), nw.col("age_months")
        if self.has >= {"age_years", "age_months"}:
            alone = years.is_null()
            for name, unsaid in ((LEAST, 0), (MOST, 11)):
                self.numbers[name] = nw.when(alone).then(months).otherwise(years * 12 + months.fill_null(unsaid))
        elif "age_years" in self.has:
            self.numbers |= {LEAST: years * 12, MOST: years * 12 + 11}
        elif "age_months" in self.has:
            self.numbers |= {LEAST: months, MOST: months}
        if self.has & {"age_years", "age_months"}:
            self.has.add(LEAST)
        if "born" in self.has:
            today = day_number(self._course.as_of)
            self.numbers[LAST] = nw.when(nw.col(LAST) > today).then(nw.lit(today)).otherwise(nw.col(LAST))

    def _days_of_pregnancy(self) -> None:
        """Find the days that fit every time that columns say; words count where no column says one."""
        said = list(self._times())
        words = [(_where_so(name, low), _where_so(name, high)) for name, low, high in self._spoken.times]
        if not said and not words:
            return
        self.has.add(LOW)
        low, high = ([time[side].cast(nw.Int64) for time in said] for side in (0, 1))
        every_low, every_high = ([time[side].cast(nw.Int64) for time in words] for side in (0, 1))
        if said:
            every_low.insert(0, nw.max_horizontal(*low))
            every_high.insert(0, nw.min_horizontal(*high))
        self.numbers |= {
            LOW: nw.coalesce(*every_low, nw.lit(0)),
            HIGH: nw.coalesce(*every_high, nw.lit(PAST_PREGNANCY - 1)),
        }

    def _sex(self) -> None:
        """Read a sex as people and records write it; the plain words come first, since some engines stop at them."""
        if "sex" not in self.has:
            return
        said = nw.col("sex")
        odd = said.replace_strict(list(_SPELLINGS), list(_SPELLINGS.values()), default=_NEITHER)
        plain = nw.when(said == "female").then(nw.lit(_FEMALE)).when(said == "male").then(nw.lit(_MALE))
        self.numbers[SEX] = nw.when(~said.is_null()).then(plain.otherwise(odd))

    def _times(self) -> Iterator[tuple[nw.Expr, nw.Expr]]:
        """Yield the fewest and the most days of each time that columns may say."""
        if "due" in self.has:
            gone = nw.lit(day_count(self._course.as_of) + DUE_AFTER) - nw.col(DUE)
            yield gone, gone
        if "pregnancy_weeks" in self.has:
            begin, days = nw.col("pregnancy_weeks") * 7, nw.col("pregnancy_days")
            exact = "pregnancy_days" in self.has
            yield (begin + days.fill_null(0), begin + days.fill_null(6)) if exact else (begin, begin + 6)
        if "pregnancy" in self.has:
            first, second, third = (nw.col("pregnancy") == name for name in TRIMESTERS)
            low, high = (
                nw.when(first).then(nw.lit(one)).when(second).then(nw.lit(two)).when(third).then(nw.lit(three))
                for one, two, three in zip(*((start, end - 1) for start, end in TRIMESTER_DAYS.values()), strict=True)
            )
            yield low, high

    # Age ----------------------------------------------------------------------------------------------

    def _below(self, months: int, day: date | None = None) -> Node:
        """Tell whether somebody is younger than a limit on a day, the first of the course unless given."""
        limit = limit_on(months, day or self._course.start, self._course.as_of)
        return any_of(
            (
                self._where(f"age: below {limit.most}", [LEAST], nw.col(MOST) < limit.most),
                self._where(f"born: after {limit.born}", ["born"], nw.col(FIRST) > limit.born),
            )
        )

    def _reached(self, months: int, day: date | None = None) -> Node:
        """Tell whether somebody has reached a limit on a day, the first of the course unless given."""
        limit = limit_on(months, day or self._course.start, self._course.as_of)
        return any_of(
            (
                self._where(f"age: from {limit.least}", [LEAST], nw.col(LEAST) >= limit.least),
                self._where(f"born: until {limit.born}", ["born"], nw.col(LAST) <= limit.born),
            )
        )

    def _elder(self) -> Node:
        """Tell whether somebody is past pregnancy; who said 59 may be pregnant until somebody says 60."""
        course = self._course
        least = max(limit_on(_ELDER, day, course.as_of).least for day in (course.start, course.as_of))
        born = limit_on(_ELDER, course.start, course.as_of).born
        return any_of(
            (
                self._where(f"age: from {least}", [LEAST], nw.col(LEAST) >= least),
                self._where(f"born: until {born}", ["born"], nw.col(LAST) <= born),
            )
        )

    # Pregnancy and breastfeeding ----------------------------------------------------------------------

    def _nursing(self, childless: Node) -> Known:
        """Say whether somebody breastfeeds: as a column says, else as words say, else by age and sex."""
        said, words = self.nursing_said, self._spoken.breastfeeding
        silent = no(any_of((self._given("breastfeeding"), words.so, words.settled)))
        return Known(
            any_of((said.so, words.so)),
            any_of((said.settled, but(words.settled, words.so), all_of((childless, silent)))),
        )

    def _window(self, ranges: Ranges, begin: int, days: int) -> Known:
        """Tell whether a window of pregnancy is met on one of some days, counted from the day of the check on."""
        sides = [self._met(start, end, begin, begin + days - 1) for start, end in ranges]
        within, touching = (any_of(one[side] for one in sides) for side in (0, 1))
        pregnant = self.pregnant
        return Known(
            all_of((pregnant.so, within)), any_of((pregnant.settled, but(pregnant.so, touching)))
        )

    def _met(self, start: int, end: int, begin: int, until: int) -> tuple[Node, Node]:
        """Tell whether some days of pregnancy lie within a range on one of some days, and whether they may.

        Nobody is less than no day pregnant, and after the last window it is the last one still.
        """
        low, high = nw.col(LOW), nw.col(HIGH)
        known = LOW in self.has
        within: list[nw.Expr] = []
        touching: list[nw.Expr] = []
        plain_within = plain_touching = True
        if start > 0:
            within.append(low >= start - until)
            touching.append(high >= start - until)
            plain_within = until >= start
        if end < PAST_PREGNANCY:
            within.append(high < end - begin)
            touching.append(low < end - begin)
            plain_within = False
            plain_touching = begin < end
        if start > 0 and end < PAST_PREGNANCY:
            within.append(high - low < end - start)
        name = f"{start} to {end}, days {begin} to {until}"
        return (
            self._joined(f"pregnant within {name}", within, known=known, unknown=plain_within),
            self._joined(f"pregnant near {name}", touching, known=known, unknown=plain_touching),
        )

    def _joined(self, name: str, comparisons: Sequence[nw.Expr], *, known: bool, unknown: bool) -> Node:
        """Join comparisons of days; where no column says any, the answer is the same for every row."""
        if not comparisons:
            return TRUE
        if not known:
            return TRUE if unknown else FALSE
        return self._where(name, [LOW], reduce(and_, comparisons))

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
        found |= {bit: Known(self._reached(months, last), self._below(months, last)) for months, bit in clauses.later_ages}
        found |= {bit: self._window(ranges, begin, days) for ranges, bit in clauses.pregnancies}
        found[clauses.breastfeeding] = self.nursing
        return {bit.bit_length() - 1: known for bit, known in found.items()}

    # What cannot be -----------------------------------------------------------------------------------

    def faults(self) -> Iterator[tuple[str, Node]]:
        """Yield what may be wrong with a row, in words, and where it is."""
        yield from self._nonsense()
        as_of = self._course.as_of
        age = any_of((self._given("age_years"), self._given("age_months")))
        yield "give either an age or born, not both", all_of((age, self._given("born", FIRST)))
        today, oldest = day_number(as_of), (as_of.year - OLDEST) * 10_000
        yield f"born lies after {as_of}, the day of the check", self._where("born: later", ["born"], nw.col(FIRST) > today)
        yield f"born is more than {OLDEST} years ago", self._where("born: long ago", ["born"], nw.col(LAST) < oldest)
        said, nursing, words = self._said, self.nursing_said, self._spoken
        pregnant = any_of((said["yes"], self._timed))
        yield "pregnancy was given for a man", all_of((self.male, any_of((said["possible"], pregnant))))
        yield "breastfeeding was given for a man", all_of((self.male, nursing.so))
        yield "pregnancy is no or possible, and a time is given", all_of((any_of((said["no"], said["possible"])), self._timed))
        yield "pregnancy, pregnancy_weeks and due do not fit each other", self._where("pregnancy: unfit", [LOW], nw.col(LOW) > nw.col(HIGH))
        yield "a word says that there is a pregnancy, and pregnancy is given as no", all_of((said["no"], words.pregnant))
        yield "a word says that there is no pregnancy, and one is given", all_of((pregnant, words.no))
        contradiction = any_of(
            (all_of((nursing.so, words.breastfeeding.settled)), all_of((nursing.settled, words.breastfeeding.so)))
        )
        yield "a word contradicts what is given for breastfeeding", contradiction

    def _nonsense(self) -> Iterator[tuple[str, Node]]:
        years, months, weeks, days = map(nw.col, ("age_years", "age_months", "pregnancy_weeks", "pregnancy_days"))
        yield "sex must be female or male", self._where("sex: nonsense", ["sex"], nw.col(SEX) == _NEITHER)
        message = f"pregnancy must be one of {', '.join(PREGNANCIES)}"
        yield message, self._where("pregnancy: nonsense", ["pregnancy"], ~_among(nw.col("pregnancy"), PREGNANCIES))
        yield f"age_years must be 0 to {OLDEST}", self._where("age_years: too many", ["age_years"], years > OLDEST)
        beside = all_of((self._given("age_years"), self._where("age_months: over 11", ["age_months"], months > 11)))
        yield "age_months beside age_years must be 0 to 11", beside
        too_many = self._where("age_months: too many", ["age_months"], months > MOST_MONTHS)
        yield f"age_months must be 0 to {MOST_MONTHS}", too_many
        weeks_wrong = self._where("pregnancy_weeks: too many", ["pregnancy_weeks"], weeks > LONGEST_PREGNANCY_WEEKS)
        yield f"pregnancy_weeks must be 0 to {LONGEST_PREGNANCY_WEEKS}", weeks_wrong
        yield "pregnancy_days must be 0 to 6", self._where("pregnancy_days: too many", ["pregnancy_days"], days > 6)
        alone = but(self._given("pregnancy_days"), self._given("pregnancy_weeks"))
        yield "pregnancy_days is given without pregnancy_weeks", alone
        ahead = day_count(self._course.as_of) + DUE_AFTER
        yield (
            f"due lies more than 40 weeks after {self._course.as_of}, the day of the check",
            self._where("due: too far", ["due"], nw.col(DUE) > ahead),
        )


def _among(value: nw.Expr, words: Sequence[str]) -> nw.Expr:
    """Tell whether a text is one of a few; some engines turn a list of them into a join."""
    return reduce(or_, (value == word for word in words))


def _where_so(name: str, number: int) -> nw.Expr:
    return nw.when(nw.col(name)).then(nw.lit(number))
