"""Verdicts as bit masks: every distinct clause of a catalogue is evaluated once per patient.

Each plain clause is one bit. A patient becomes two integers, the clauses that hold and those that
may hold; the floor and the ceiling of a remedy are then a handful of ``&``.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from remedies.checking.patient import Gestation, Trimester, born_between, completed_months
from remedies.core.truth import Truth, all_of
from remedies.knowledge.words import TRIMESTER_DAYS

if TYPE_CHECKING:
    from datetime import date

    from remedies.knowledge.rulebook import Index, Ranges
    from remedies.checking.known import Known
    from remedies.checking.patient import Patient, Pregnancy

_LAST_DAY = TRIMESTER_DAYS[3][1] - 1
_CHILD_MONTHS, _ELDER_MONTHS = 10 * 12, 60 * 12
_AGELESS = (0, 10**6)
_WHOLE = (0, _LAST_DAY)
_NOT, _MAYBE = (Truth.NO, _WHOLE), (Truth.UNKNOWN, _WHOLE)
_SAID = {True: Truth.YES, False: Truth.NO, None: Truth.UNKNOWN}
Span = tuple[int, int]
"""Fewest and most days of pregnancy."""

Assumed = tuple[str, str]
"""A fact that was taken to be "no" and why."""


class Moment(NamedTuple):
    """One day of a course: completed months of life and days of pregnancy, fewest and most."""

    youngest: int
    oldest: int
    pregnancy: Span
    """Days of pregnancy, if there is one."""

    def age_below(self, months: int) -> Truth:
        """Tell whether the patient is younger than a limit."""
        if self.oldest < months:
            return Truth.YES
        return Truth.NO if self.youngest >= months else Truth.UNKNOWN


class Situation(NamedTuple):
    """One patient over one course: what is known, seen on the first and on the last day."""

    patient: Patient
    known: Known
    first: Moment
    last: Moment
    pregnant: Truth
    breastfeeding: Truth
    assumed: tuple[Assumed, ...]


def within(span: Span, ranges: Ranges) -> Truth:
    """Tell whether a range of days of pregnancy lies within a window, which may have gaps."""
    low, high = span
    result = Truth.NO
    for start, end in ranges:
        last = high if end > _LAST_DAY else end - 1
        if start <= low and high <= last:
            return Truth.YES
        if low <= last and start <= high:
            result = Truth.UNKNOWN
    return result


def situation_of(patient: Patient, known: Known, as_of: date, start: date, days: int) -> Situation:
    """See a patient over a course.

    A stated age or week of pregnancy is that on ``as_of``, wherever the course lies.
    """
    end = start + timedelta(days=days - 1)
    born = born_between(patient, as_of)
    ages = _AGELESS if born is None else (completed_months(born[1], start), completed_months(born[0], start))
    why = ""
    if patient.sex == "male":
        why = "sex is male"
    elif ages[1] < _CHILD_MONTHS:
        why = "age is under 10"
    elif ages[0] >= _ELDER_MONTHS:
        why = "age is 60 or more"
    pregnancy, breastfeeding = patient.pregnancy, patient.breastfeeding
    assumed: tuple[Assumed, ...] = ()
    if why and pregnancy is None:
        pregnancy = "no"
        assumed = (("pregnancy", why),)
    if why and breastfeeding is None:
        breastfeeding = False
        assumed = (*assumed, ("breastfeeding", why))
    pregnant, span = _NOT if pregnancy == "no" else _MAYBE if pregnancy is None else _pregnancy(pregnancy)
    first = Moment(*ages, _later(span, as_of, start))
    last = first
    # People only grow older, so of the days of a course that differ in age alone the first one decides.
    if pregnant is Truth.YES:
        later = _AGELESS if born is None else (completed_months(born[1], end), completed_months(born[0], end))
        last = Moment(*later, _later(span, as_of, end))
    return Situation(patient, known, first, last, pregnant, _SAID[breastfeeding], assumed)


def _later(span: Span, stated: date, day: date) -> Span:
    """Count days of pregnancy on from the day on which they were stated, or back, but not before the first."""
    passed = (day - stated).days
    return max(span[0] + passed, 0), max(span[1] + passed, 0)


def _pregnancy(said: Pregnancy) -> tuple[Truth, Span]:
    """Return whether there is a pregnancy, and its fewest and most days."""
    match said:
        case Trimester(trimester=number):
            start, end = TRIMESTER_DAYS[number]
            return Truth.YES, (start, end - 1)
        case Gestation():
            low = said.weeks * 7 + (said.days or 0)
            return Truth.YES, (low, low + (6 if said.days is None else 0))
        case "yes":
            return Truth.YES, _WHOLE
        case "possible":
            return _MAYBE
        case "no":
            return _NOT


def masks(index: Index, situation: Situation) -> tuple[int, int]:
    """Evaluate every clause of a catalogue once: those that hold, and those that may hold.

    A clause is judged on the first and on the last day, and holds if it holds on either; where the
    days do not differ, once is enough.
    """
    yes, may = _on(situation.first, index, situation)
    if situation.last is not situation.first:
        later, perhaps = _on(situation.last, index, situation)
        yes, may = yes | later, may | perhaps
    return yes, may


def _on(day: Moment, index: Index, situation: Situation) -> tuple[int, int]:
    """Evaluate every clause on one day."""
    clauses = index.clauses
    yes, no = situation.known.yes | clauses.always, situation.known.no
    if day.youngest >= clauses.grown_up:
        no |= clauses.age
    else:
        for months, bit in clauses.ages:
            yes, no = _settled(day.age_below(months), bit, yes, no)
    if situation.pregnant is Truth.NO:
        no |= clauses.pregnancy
    elif situation.pregnant is Truth.YES:
        within, without = _pregnancy_masks(clauses.pregnancies, day.pregnancy)
        yes, no = yes | within, no | without
    yes, no = _settled(situation.breastfeeding, clauses.breastfeeding, yes, no)
    may = ((1 << clauses.size) - 1) & ~no
    for parts, bit in clauses.conjunctions:
        whole = all_of(truth(part, yes, may) for part in parts) if may & parts[0] else Truth.NO
        if whole is Truth.YES:
            yes |= bit
        elif whole is Truth.NO:
            may &= ~bit
    return yes, may


@lru_cache(maxsize=4096)
def _pregnancy_masks(windows: tuple[tuple[Ranges, int], ...], span: Span) -> tuple[int, int]:
    """Say which windows of pregnancy hold and which do not; there are only so many weeks and days."""
    yes = no = 0
    for ranges, bit in windows:
        yes, no = _settled(within(span, ranges), bit, yes, no)
    return yes, no


def _settled(holds: Truth, bit: int, yes: int, no: int) -> tuple[int, int]:
    """Enter one truth into the masks of what is so and what is not."""
    if holds is Truth.YES:
        return yes | bit, no
    if holds is Truth.NO:
        return yes, no | bit
    return yes, no


def truth(mask: int, yes: int, may: int) -> Truth:
    """Tell whether any clause of a mask holds."""
    return Truth.YES if yes & mask else Truth.UNKNOWN if may & mask else Truth.NO


def bounds(index: Index, yes: int, may: int) -> list[tuple[int, int]]:
    """Return floor and ceiling of every remedy: 0 allowed, 1 ask-doctor, 2 excluded."""
    return [
        (
            2 if yes & remedy.exclude else 1 if yes & remedy.ask else 0,
            2 if may & remedy.exclude else 1 if may & remedy.ask else 0,
        )
        for remedy in index.remedies
    ]
