"""Ages and weeks of pregnancy over a course, and what still holds of what was said."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from remedies.checking.known import Known
from remedies.checking.patient import Patient
from remedies.checking.person import Due, Gestation, LastPeriod, Months, Pregnancy, Trimester, birthdays, days_of
from remedies.core.errors import Fault, PatientError
from remedies.core.truth import Truth
from remedies.knowledge.topics import OLDEST, PAST_PREGNANCY, Ranges

_CHILD_MONTHS, _ELDER_MONTHS = 10 * 12, 60 * 12
"""Below the one and from the other on, pregnancy and breastfeeding are taken as "no", in months of life."""

_ANY_AGE = (0, 10**6)
_SAID = {True: Truth.YES, False: Truth.NO, None: Truth.UNKNOWN}

KEPT_DAYS = {"signs": 1, "skin": 1, "pregnancy": 28}
"""For how many days after it was said something still holds: signs and skin a day, no pregnancy four weeks."""

DUE_AFTER = 280
"""Days from the first day of the last period to the due date."""

KEPT_MONTHS = {"medicines": 6, "breastfeeding": 6}
"""The same in months."""


class Moment(NamedTuple):
    """One day of a course: completed months of life and days of pregnancy, fewest and most."""

    youngest: int
    oldest: int
    pregnancy: tuple[int, int]
    """Fewest and most days of pregnancy, if there is one."""

    def age_below(self, months: int) -> Truth:
        """Tell whether the patient is younger than a limit, in months."""
        if self.oldest < months:
            return Truth.YES
        if self.youngest >= months:
            return Truth.NO
        return Truth.UNKNOWN

    def age_from(self, months: int) -> Truth:
        """Tell whether the patient has reached a limit, in months."""
        if self.youngest >= months:
            return Truth.YES
        if self.oldest < months:
            return Truth.NO
        return Truth.UNKNOWN


class Term(NamedTuple):
    """Whether there is a pregnancy, and its fewest and most days if so."""

    pregnant: Truth
    low: int = 0
    high: int = PAST_PREGNANCY - 1

    def later(self, days: int) -> tuple[int, int]:
        """Count the days on, or back, but not before the first."""
        return max(self.low + days, 0), max(self.high + days, 0)


class Assumed(NamedTuple):
    """A fact that was taken to be "no", and why."""

    fact: str
    because: str


class Situation(NamedTuple):
    """One patient over one course: what is known, and how age and pregnancy stand on each of its days."""

    patient: Patient
    known: Known
    days: tuple[Moment, ...]
    """The days of the course in their order, those alike only once."""
    pregnant: Truth
    pregnancy: Pregnancy | None
    """What was said of pregnancy, as far as it holds."""
    breastfeeding: Truth
    assumed: tuple[Assumed, ...]
    stale: tuple[str, ...]
    """What was said too long ago to hold still."""

    @property
    def first(self) -> Moment:
        """The first day of the course."""
        return self.days[0]


def within(span: tuple[int, int], ranges: Ranges) -> Truth:
    """Tell whether a range of days of pregnancy lies within a window, which may have gaps."""
    low, high = span
    result = Truth.NO
    for start, end in ranges:
        last = high if end >= PAST_PREGNANCY else end - 1
        if start <= low and high <= last:
            return Truth.YES
        if low <= last and start <= high:
            result = Truth.UNKNOWN
    return result


def lapsed_of(patient: Patient, as_of: date) -> tuple[str, ...]:
    """Name what would no longer hold if anything had been said of it: topics, pregnancy "no", breastfeeding.

    Raises:
        PatientError: it was said after the day of the check.
    """
    return () if patient.said_on is None else _lapsed(patient.said_on, as_of)


@lru_cache(maxsize=1024)
def _lapsed(said_on: str, as_of: date) -> tuple[str, ...]:
    """Name what no longer holds of what was said on a day; most patients of a run were seen on a few days."""
    said = date.fromisoformat(said_on)
    if said > as_of:
        raise PatientError(Fault(("said_on",), f"{said} lies after {as_of}, the day of the check"))
    old = [name for name, days in KEPT_DAYS.items() if (as_of - said).days > days]
    return (*old, *(name for name, months in KEPT_MONTHS.items() if said < months_before(as_of, months)))


def situation_of(
    patient: Patient, known: Known, *, as_of: date, start: date, days: int, lapsed: tuple[str, ...] = ()
) -> Situation:
    """See a patient over a course.

    Ages and weeks of pregnancy are counted on from the day on which they were said.

    Args:
        patient: what was said.
        known: what that means.
        as_of: the day of the check.
        start: first day of the course.
        days: length of the course.
        lapsed: what holds no longer if it was said, see ``lapsed_of``.

    Raises:
        PatientError: a birth date, a due date or a last period cannot be.
    """
    said_on = _said_on(patient, as_of)
    born = born_between(patient, said_on, as_of)
    ages = _ages(born, start)
    pregnancy = _most_exact(patient.pregnancy, known.pregnancy)
    breastfeeding = known.breastfeeding if patient.breastfeeding is None else patient.breastfeeding
    gone = {"pregnancy": pregnancy == "no", "breastfeeding": breastfeeding is not None}
    stale = tuple(name for name in lapsed if gone.get(name, name in known.dropped))
    if "pregnancy" in stale:
        pregnancy = None
    if "breastfeeding" in stale:
        breastfeeding = None
    why = _childless(patient, ages, _ages(born, said_on))
    assumed: list[Assumed] = []
    if why and pregnancy is None:
        pregnancy = "no"
        assumed.append(Assumed("pregnancy", why))
    if why and breastfeeding is None:
        breastfeeding = False
        assumed.append(Assumed("breastfeeding", why))
    term = term_of(pregnancy, said_on)
    if term.pregnant is Truth.YES and term.low + (as_of - said_on).days >= PAST_PREGNANCY:
        # A pregnancy counted past its longest has ended since; what came after nobody has said.
        term, stale, pregnancy = Term(Truth.UNKNOWN), (*stale, "pregnancy"), None
    course = tuple(_course(born, term, said_on, start, days))
    return Situation(patient, known, course, term.pregnant, pregnancy, _SAID[breastfeeding], tuple(assumed), stale)


def _course(born: tuple[date, date] | None, term: Term, said_on: date, start: date, days: int) -> Iterable[Moment]:
    """See the days of a course, those alike only once."""
    if term.pregnant is Truth.YES:
        each = (start + timedelta(days=day) for day in range(days))
        return dict.fromkeys(Moment(*_ages(born, day), term.later((day - said_on).days)) for day in each)
    # Without a pregnancy there are no weeks to count on.
    return (Moment(*ages, (term.low, term.high)) for ages in _ages_over(born, start, days))


@lru_cache(maxsize=4096)
def _ages_over(born: tuple[date, date] | None, start: date, days: int) -> tuple[tuple[int, int], ...]:
    """Return the ages on the days of a course, those alike only once."""
    return tuple(dict.fromkeys(_ages(born, start + timedelta(days=day)) for day in range(days)))


def _most_exact(said: Pregnancy | None, words: Pregnancy | None) -> Pregnancy | None:
    """Join what was said of pregnancy with what words among the illnesses say of it."""
    vague = (None, "possible", "yes")
    return words if words is not None and said in vague and (said is None or words != "possible") else said


def ages_on(patient: Patient, as_of: date, day: date) -> tuple[int, int]:
    """Return the fewest and the most completed months of life of a patient on a day; 0 to any age if unknown.

    Raises:
        PatientError: the birth date lies after the day of the check, or is too long ago.
    """
    return _ages(born_between(patient, _said_on(patient, as_of), as_of), day)


def _said_on(patient: Patient, as_of: date) -> date:
    """Return the day on which everything was said; the day of the check unless there is another one."""
    if patient.said_on is None:
        return as_of
    return date.fromisoformat(patient.said_on)


def _ages(born: tuple[date, date] | None, day: date) -> tuple[int, int]:
    """Return the fewest and the most completed months of life on a day."""
    return _ANY_AGE if born is None else (completed_months(born[1], day), completed_months(born[0], day))


def _childless(patient: Patient, ages: tuple[int, int], said: tuple[int, int]) -> str:
    """Say why pregnancy and breastfeeding are taken as "no", or nothing.

    A stated age never grows past the limit: who said 59 may be pregnant until somebody says 60.
    """
    if patient.sex == "male":
        return "sex is male"
    if ages[1] < _CHILD_MONTHS:
        return "age is under 10"
    if ages[0] >= _ELDER_MONTHS and (patient.born is not None or said[0] >= _ELDER_MONTHS):
        return "age is 60 or more"
    return ""


def term_of(said: Pregnancy | None, said_on: date) -> Term:
    """Return whether there is a pregnancy, and its fewest and most days on the day on which it was said.

    Raises:
        PatientError: a due date lies too far ahead, or a last period ahead.
    """
    match said:
        case Trimester() | Gestation() | Months():
            return Term(Truth.YES, *days_of(said))
        case Due(due=day):
            return _counted(date.fromisoformat(day) - timedelta(days=DUE_AFTER), said_on, "due", day)
        case LastPeriod(last_period=day):
            return _counted(date.fromisoformat(day), said_on, "last_period", day)
        case "yes":
            return Term(Truth.YES)
        case "possible" | None:
            return Term(Truth.UNKNOWN)
        case "no":
            return Term(Truth.NO)


def _counted(first: date, said_on: date, name: str, day: str) -> Term:
    """Count a pregnancy from the first day of the last period."""
    days = (said_on - first).days
    if days < 0:
        why = "more than 40 weeks after" if name == "due" else "after"
        raise PatientError(Fault(("pregnancy", name), f"{day} lies {why} {said_on}, the day on which it was said"))
    return Term(Truth.YES, days, days)


def born_between(patient: Patient, said_on: date, as_of: date) -> tuple[date, date] | None:
    """Return the first and last possible birthday; a stated age is the age on the day on which it was said.

    ``None`` means that nothing is known of the age.

    Raises:
        PatientError: the birth date lies after the day of the check, or is more than 120 years ago.
    """
    if patient.born is not None:
        first, last = birthdays(patient.born)
        if first > as_of:
            raise PatientError(Fault(("born",), f"{patient.born} lies after {as_of}, the day of the check"))
        if last.year < as_of.year - OLDEST:
            raise PatientError(Fault(("born",), f"{patient.born} is more than {OLDEST} years ago"))
        return first, min(last, as_of)
    if patient.age is not None:
        months = patient.age.years * 12 + (patient.age.months or 0)
        span = 12 if patient.age.months is None else 1
        return months_before(said_on, months + span) + timedelta(days=1), months_before(said_on, months)
    return None


@lru_cache(maxsize=4096)
def months_before(day: date, months: int) -> date:
    """Return the last day of birth of somebody who has completed so many months of life."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return date(1, 1, 1)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def completed_months(born: date, day: date) -> int:
    """Count completed months of life; somebody born on 29 February is a year older on 1 March."""
    months = (day.year - born.year) * 12 + day.month - born.month
    return months - (day.day < born.day)
