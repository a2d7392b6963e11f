"""Age, sex, pregnancy and breastfeeding of every row: comparisons with numbers, and what follows from them.

What a table does not say costs nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from remedies.checking.grammar import SEXES
from remedies.checking.moments import DUE_AFTER
from remedies.knowledge.topics import LONGEST_PREGNANCY_WEEKS, OLDEST, PAST_PREGNANCY
from remedies.screening.ages import MOST_MONTHS, day_count, day_number, limit_on
from remedies.screening.cells import DUE, FIRST, LAST
from remedies.screening.columns import PREGNANCIES
from remedies.screening.compiled import Known
from remedies.screening.nodes import FALSE, Among, AtLeast, Given, Yes, all_of, any_of, but, no
from remedies.screening.numbers import Term, Words, below, months_of_life

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from remedies.knowledge.rulebook import Clauses
    from remedies.knowledge.topics import Ranges
    from remedies.screening.columns import Layout
    from remedies.screening.nodes import Node

_CHILD, _ELDER = 10 * 12, 60 * 12


def _spellings(sex: str) -> tuple[str, ...]:
    """List how a sex is written, in lower case, Capitals or UPPER."""
    words = [word for word, read in SEXES.items() if read == sex]
    return tuple(sorted({form for word in words for form in (word, word.capitalize(), word.upper())}))


class Spoken(NamedTuple):
    """What words say of pregnancy and breastfeeding, and where."""

    no: Node = FALSE
    possible: Node = FALSE
    yes: Node = FALSE
    times: tuple[Words, ...] = ()
    """Columns of words that name a time, each with its fewest and most days; the furthest gone first."""
    breastfeeding: Known = Known(FALSE, FALSE)

    @property
    def pregnant(self) -> Node:
        """Whether words say that there is a pregnancy."""
        return any_of((self.yes, *(Yes(time.column) for time in self.times)))


class Course(NamedTuple):
    """The days that are judged, and the day on which everything was said."""

    as_of: date
    start: date
    days: int


class Person:
    """What is known of the person of each row."""

    def __init__(self, layout: Layout, spoken: Spoken, course: Course) -> None:
        """Take the columns of a table, what its words say, and the course."""
        self._has = {name for name, _ in layout.kinds}
        self._spoken = spoken
        self._course = course
        self._months = months_of_life(self._has)
        self._term = Term(self._has, spoken.times, course.as_of)
        self._male, self._female = (
            self._where("sex", Among("sex", _spellings(sex), ("female", "male"))) for sex in ("male", "female")
        )
        said = [self._where("pregnancy", Among("pregnancy", (word,))) for word in PREGNANCIES]
        self._no, self._possible, self._yes = said[0], said[1], any_of(said[2:])
        self._timed = any_of((self._given("pregnancy_weeks"), self._given("due", DUE)))
        childless = any_of((self._male, self._below(_CHILD), self._elder()))
        self._pregnant = self._pregnancy(childless)
        nursing, given = Yes("breastfeeding"), self._given("breastfeeding")
        self._nursing_said = Known(all_of((given, nursing)), but(given, nursing))
        self._nursing = self._breastfeeding(childless)

    # Columns ------------------------------------------------------------------------------------------

    def _where(self, column: str, node: Node) -> Node:
        """Return what looks at a column, if the table has it."""
        return node if column in self._has else FALSE

    def _given(self, name: str, column: str = "") -> Node:
        """Tell whether a row says something in a column."""
        return self._where(name, Given(column or name))

    # Age ----------------------------------------------------------------------------------------------

    def _below(self, months: int, day: date | None = None) -> Node:
        """Tell whether somebody is younger than a limit on a day, the first of the course unless given."""
        limit = limit_on(months, day or self._course.start, self._course.as_of)
        return any_of((self._where("born", AtLeast(FIRST, limit.born + 1)), self._months.short(limit.most)))

    def _reached(self, months: int, day: date | None = None) -> Node:
        """Tell whether somebody has reached a limit on a day, the first of the course unless given."""
        limit = limit_on(months, day or self._course.start, self._course.as_of)
        return any_of((self._born_until(limit.born), self._months.reached(limit.least)))

    def _elder(self) -> Node:
        """Tell whether somebody is past pregnancy; who said 59 may be pregnant until somebody says 60."""
        start, as_of = (limit_on(_ELDER, day, self._course.as_of) for day in (self._course.start, self._course.as_of))
        return any_of((self._born_until(start.born), self._months.reached(max(start.least, as_of.least))))

    def _born_until(self, born: int) -> Node:
        """Tell whether somebody was born on a day or before; nobody was born after the day of the check."""
        if born >= day_number(self._course.as_of):
            return self._given("born", LAST)
        return self._where("born", below(LAST, born + 1))

    # Pregnancy and breastfeeding ----------------------------------------------------------------------

    def _pregnancy(self, childless: Node) -> Known:
        """Say whether there is a pregnancy: as columns say, else as words say, else by age and sex."""
        spoken = self._spoken
        stated = any_of((self._yes, self._timed))
        silent = no(any_of((self._no, self._possible, stated, spoken.no, spoken.possible, spoken.pregnant)))
        # Counted past its longest it has ended since; what came after nobody has said.
        overdue = self._term.reached(PAST_PREGNANCY)
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
        sides = [self._term.within(start, end, begin, begin + days - 1) for start, end in ranges]
        within, near = (any_of(one[side] for one in sides) for side in (0, 1))
        pregnant = self._pregnant
        return Known(all_of((pregnant.so, within)), any_of((pregnant.settled, but(pregnant.so, near))))

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
        later = self._where("born", AtLeast(FIRST, day_number(as_of) + 1))
        yield f"born lies after {as_of}, the day of the check", later
        long_ago = self._where("born", below(LAST, (as_of.year - OLDEST) * 10_000))
        yield f"born is more than {OLDEST} years ago", long_ago
        pregnant, nursing, words = any_of((self._yes, self._timed)), self._nursing_said, self._spoken
        yield "pregnancy was given for a man", all_of((self._male, any_of((self._possible, pregnant))))
        yield "breastfeeding was given for a man", all_of((self._male, nursing.so))
        yield (
            "pregnancy is no or possible, and a time is given",
            all_of((any_of((self._no, self._possible)), self._timed)),
        )
        yield "pregnancy, pregnancy_weeks and due do not fit each other", self._term.unfit
        yield "a word says that there is a pregnancy, and pregnancy is given as no", all_of((self._no, words.pregnant))
        yield "a word says that there is no pregnancy, and one is given", all_of((pregnant, words.no))
        said, spoken = (nursing.so, nursing.settled), (words.breastfeeding.settled, words.breastfeeding.so)
        contradiction = any_of(all_of(pair) for pair in zip(said, spoken, strict=True))
        yield "a word contradicts what is given for breastfeeding", contradiction

    def _nonsense(self) -> Iterator[tuple[str, Node]]:
        """Yield what is nonsense for itself."""
        silent = self._where("sex", Among("sex", ("",)))
        yield "sex must be female or male", but(self._given("sex"), any_of((self._male, self._female, silent)))
        pregnancy = any_of((self._no, self._possible, self._yes, self._where("pregnancy", Among("pregnancy", ("",)))))
        yield f"pregnancy must be one of {', '.join(PREGNANCIES)}", but(self._given("pregnancy"), pregnancy)
        yield from self._beyond("age_years", OLDEST)
        yield from self._beyond("age_months", MOST_MONTHS)
        over = self._where("age_months", AtLeast("age_months", 12))
        yield "age_months beside age_years must be 0 to 11", all_of((self._given("age_years"), over))
        yield from self._beyond("pregnancy_weeks", LONGEST_PREGNANCY_WEEKS)
        yield from self._beyond("pregnancy_days", 6)
        alone = but(self._given("pregnancy_days"), self._given("pregnancy_weeks"))
        yield "pregnancy_days is given without pregnancy_weeks", alone
        ahead = self._where("due", AtLeast(DUE, day_count(self._course.as_of) + DUE_AFTER + 1))
        yield f"due lies more than 40 weeks after {self._course.as_of}, the day of the check", ahead

    def _beyond(self, column: str, most: int) -> Iterator[tuple[str, Node]]:
        outside = any_of((AtLeast(column, most + 1), below(column, 0)))
        yield f"{column} must be 0 to {most}", self._where(column, outside)
