"""The terms of a check: catalogue, days, remedies, how much is said. Found to be usable before any patient is seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from remedies.checking.known import POLICIES, WordPolicy, known_of
from remedies.checking.moments import Situation, lapsed_of, situation_of
from remedies.checking.patient import Patient
from remedies.checking.report import DETAILS, Detail
from remedies.core.errors import (
    ArgumentError,
    CourseError,
    Fault,
    PatientError,
    UnknownRemedyError,
    a_type,
    of_type,
    quoted,
)
from remedies.knowledge.catalogue import given
from remedies.knowledge.topics import MOST_DAYS

if TYPE_CHECKING:
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.rulebook import CompiledRemedy, Rulebook

_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)

MOST_DAYS_AHEAD = 60
"""A course starts at most so many days after the day of the check: what was said does not hold for longer."""


class Terms(NamedTuple):
    """What is the same for every patient that is checked together."""

    rulebook: Rulebook
    as_of: date
    """The day of the check."""
    start: date
    """The first day of the course."""
    days: int
    remedies: Sequence[CompiledRemedy]
    """The remedies that are asked about, in catalogue order."""
    named: bool
    """Whether they were named, or are all there are."""
    detail: Detail
    all_rules: bool
    words: WordPolicy

    def situation(self, patient: Patient) -> Situation:
        """See a patient over the course.

        Raises:
            ArgumentError: this is no patient.
            PatientError: what was said contradicts itself, cannot be, or with ``strict`` is not understood.
        """
        of_type(patient, Patient, "patient", "a Patient; Patient.model_validate reads one from a dict")
        lapsed = lapsed_of(patient, self.as_of)
        known = known_of(patient, self.rulebook.vocabulary, lapsed, self.words)
        if known.faults:
            raise PatientError(known.faults)
        return situation_of(patient, known, as_of=self.as_of, start=self.start, days=self.days, lapsed=lapsed)


def terms_of(
    catalogue: Catalogue | None = None,
    *,
    start: date | None = None,
    days: int = MOST_DAYS,
    as_of: date | None = None,
    remedies: Iterable[str] | None = None,
    detail: Detail = "all",
    all_rules: bool = False,
    words: WordPolicy = "keep",
) -> Terms:
    """Settle the terms of a check; the arguments are those of ``check``.

    Raises:
        ArgumentError: something is of the wrong Python type.
        CourseError: the days or the start cannot be used.
        UnknownRemedyError: a named remedy does not exist.
    """
    rulebook = given(catalogue).rulebook
    if as_of is None:
        as_of = date.today()
    if start is None:
        start = as_of
    _usable(start, days, as_of)
    if detail not in DETAILS:
        raise ArgumentError(Fault(("detail",), f"must be one of {', '.join(DETAILS)}, not {quoted(detail)}"))
    if words not in POLICIES:
        raise ArgumentError(Fault(("words",), f"must be {' or '.join(POLICIES)}, not {quoted(words)}"))
    of_type(all_rules, bool, "all_rules", "true or false")
    wanted = _wanted(rulebook, remedies)
    return Terms(rulebook, as_of, start, days, wanted, remedies is not None, detail, all_rules, words)


def _usable(start: date, days: int, as_of: date) -> None:
    """Refuse days that cannot be those of a course."""
    faults = []
    if not _is_whole(days) or not 1 <= days <= MOST_DAYS:
        message = (
            f"a course has 1 to {MOST_DAYS} days, not {quoted(days)}: "
            f"the article lets a remedy be used for {MOST_DAYS} days at most before a doctor is asked"
        )
        faults.append(Fault(("days",), message))
    for name, day in (("start", start), ("as_of", as_of)):
        if not _is_day(day):
            faults.append(Fault((name,), f"must be a datetime.date, not {a_type(day)}", "type"))
        elif not _EARLIEST <= day <= _LATEST:
            faults.append(Fault((name,), f"must lie between {_EARLIEST} and {_LATEST}, not {day}"))
    if faults:
        raise CourseError(faults)
    ahead = (start - as_of).days
    if ahead > MOST_DAYS_AHEAD:
        message = (
            f"{start} lies {ahead} days after {as_of}: what is said of a person today does not hold so long; "
            f"at most {MOST_DAYS_AHEAD} days ahead can be checked"
        )
        raise CourseError(Fault(("start",), message))


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _wanted(rulebook: Rulebook, names: Iterable[str] | None) -> Sequence[CompiledRemedy]:
    if names is None:
        return rulebook.remedies
    wanted = 'a list of names, such as ["fastum-gel"]'
    of_type(names, Iterable, "remedies", wanted)
    if isinstance(names, str):
        raise ArgumentError(Fault(("remedies",), f"must be {wanted}, not a text", "type"))
    found: set[str] = set()
    faults: list[Fault] = []
    for name in names:
        try:
            found.add(rulebook.find(name))
        except UnknownRemedyError as error:
            faults += error.faults
    if faults:
        raise UnknownRemedyError(faults)
    if not found:
        raise ArgumentError(Fault(("remedies",), "names no remedy; leave it out to check all of them"))
    return [remedy for remedy in rulebook.remedies if remedy.id in found]
