"""Verdicts as bit masks: every distinct clause of a catalogue is evaluated once per patient.

Each plain clause is one bit. A patient becomes two integers, the clauses that hold and those that
may hold; the floor and the ceiling of a remedy are then a handful of ``&``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from remedies.patient import Gestation, Trimester, born_between, completed_months
from remedies.truth import Truth, any_of
from remedies.words import TRIMESTER_DAYS

if TYPE_CHECKING:
    from datetime import date

    from remedies.index import Index, Ranges
    from remedies.patient import Known, Patient

_LAST_DAY = TRIMESTER_DAYS[3][1] - 1
_CHILD_MONTHS, _ELDER_MONTHS = 10 * 12, 60 * 12
Assumed = tuple[str, str]
"""A fact that was taken to be "no" and why."""


class Situation(NamedTuple):
    """One patient over one course: what is known, seen on the first and on the last day."""

    patient: Patient
    known: Known
    youngest: int
    """Fewest completed months of life on the first day; people only grow older, so the first day decides."""
    oldest: int
    days: tuple[tuple[int, int], ...]
    """Fewest and most days of pregnancy on the first and on the last day; empty if not pregnant."""
    pregnant: Truth
    breastfeeding: Truth
    assumed: tuple[Assumed, ...]

    def age_below(self, months: int) -> Truth:
        """Tell whether the patient is younger than a limit on any day of the course."""
        if self.oldest < months:
            return Truth.YES
        return Truth.NO if self.youngest >= months else Truth.UNKNOWN

    def pregnant_within(self, ranges: Ranges) -> Truth:
        """Tell whether the first or the last day of the course lies within days of pregnancy."""
        return any_of(_within(span, ranges) for span in self.days) & self.pregnant


def _within(span: tuple[int, int], ranges: Ranges) -> Truth:
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

    A stated age or week of pregnancy counts from ``as_of``, or from the start if that is earlier.
    """
    anchor = min(as_of, start)
    born = born_between(patient, anchor)
    youngest, oldest = (0, 10**6) if born is None else (completed_months(b, start) for b in reversed(born))
    assumed: list[Assumed] = []
    why = ""
    if patient.sex == "male":
        why = "sex is male"
    elif oldest < _CHILD_MONTHS:
        why = "age is under 10"
    elif youngest >= _ELDER_MONTHS:
        why = "age is 60 or more"
    pregnancy = patient.pregnancy
    if pregnancy is None and why:
        pregnancy = "no"
        assumed.append(("pregnancy", why))
    breastfeeding = {True: Truth.YES, False: Truth.NO, None: Truth.UNKNOWN}[patient.breastfeeding]
    if patient.breastfeeding is None and why:
        breastfeeding = Truth.NO
        assumed.append(("breastfeeding", why))
    match pregnancy:
        case "no":
            pregnant, span = Truth.NO, None
        case Trimester(trimester=number):
            pregnant, span = Truth.YES, (TRIMESTER_DAYS[number][0], TRIMESTER_DAYS[number][1] - 1)
        case Gestation(weeks=weeks, days=odd):
            pregnant, span = Truth.YES, (weeks * 7 + (odd or 0), weeks * 7 + (6 if odd is None else odd))
        case "yes":
            pregnant, span = Truth.YES, (0, _LAST_DAY)
        case _:
            pregnant, span = Truth.UNKNOWN, (0, _LAST_DAY)
    first = (start - anchor).days
    spans = () if span is None else tuple((span[0] + n, span[1] + n) for n in (first, first + days - 1))
    return Situation(patient, known, youngest, oldest, spans, pregnant, breastfeeding, tuple(assumed))


def masks(index: Index, situation: Situation) -> tuple[int, int]:
    """Evaluate every clause of a catalogue once: those that hold, and those that may hold."""
    clauses = index.clauses
    yes, no = situation.known.yes | clauses.always, situation.known.no
    for months, bit in clauses.ages:
        if situation.oldest < months:
            yes |= bit
        elif situation.youngest >= months:
            no |= bit
    for ranges, bit in clauses.pregnancies:
        # Most patients are not pregnant; that settles every window at once.
        within = Truth.NO if situation.pregnant is Truth.NO else situation.pregnant_within(ranges)
        yes, no = _settled(within, bit, yes, no)
    yes, no = _settled(situation.breastfeeding, clauses.breastfeeding, yes, no)
    may = ((1 << clauses.size) - 1) & ~no
    for parts, bit in clauses.conjunctions:
        if all(yes & part for part in parts):
            yes |= bit
        elif not all(may & part for part in parts):
            may &= ~bit
    return yes, may


def _settled(holds: Truth, bit: int, yes: int, no: int) -> tuple[int, int]:
    """Enter one truth into the masks of what is so and what is not."""
    match holds:
        case Truth.YES:
            return yes | bit, no
        case Truth.NO:
            return yes, no | bit
        case Truth.UNKNOWN:
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
