"""Patient and catalogue in, verdicts with reasons out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from remedies.checking.known import Word, WordPolicy, known_of
from remedies.checking.moments import Situation, lapsed_of, situation_of
from remedies.checking.patient import Patient
from remedies.checking.person import Due, Gestation, LastPeriod, Months, Trimester
from remedies.checking.reasons import Explainer, reason_book
from remedies.checking.remarks import questions, reviewed, warnings
from remedies.checking.report import (
    DETAILS,
    Asked,
    Assumption,
    CatalogueStamp,
    Closed,
    Course,
    Detail,
    Person,
    Report,
    Understood,
)
from remedies.checking.verdicts import masks
from remedies.core.errors import (
    ArgumentError,
    CatalogueError,
    CourseError,
    Fault,
    PatientError,
    UnknownRemedyError,
    a_type,
    of_type,
    quoted,
)
from remedies.core.version import VERSION
from remedies.core.words import plural, span
from remedies.knowledge.catalogue import given
from remedies.knowledge.topics import MOST_DAYS, VERDICTS

if TYPE_CHECKING:
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.rulebook import CompiledRemedy, Rulebook
    from remedies.knowledge.topics import Verdict

_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)

MOST_DAYS_AHEAD = 60
"""A course starts at most so many days after the day of the check: what was said does not hold for longer."""

NOTHING_ELSE = "nothing else would change this answer"
"""What is said when no question is left."""


def check(
    patient: Patient,
    catalogue: Catalogue | None = None,
    *,
    start: date | None = None,
    days: int = MOST_DAYS,
    as_of: date | None = None,
    remedies: Iterable[str] | None = None,
    detail: Detail = "all",
    all_rules: bool = False,
    words: WordPolicy = "keep",
) -> Report:
    """Check every remedy, or the named ones, for one patient.

    Args:
        patient: what is known; what is not said stays unknown.
        catalogue: the shipped one unless given.
        start: first day of the course; the day of the check unless given.
        days: length of the course, 1 to 5 days.
        as_of: the day of the check; today unless given.
        remedies: ids or names; all remedies unless given.
        detail: how much is said of each remedy: its verdict, its first reason, or all reasons.
        all_rules: also list the rules that were ruled out.
        words: ``keep`` keeps a word that is not understood, and its topic open; ``strict`` refuses it.

    Raises:
        ArgumentError: something is of the wrong Python type.
        CourseError: the days or the start cannot be used.
        PatientError: words of the patient contradict each other, or with ``strict`` are not understood.
        UnknownRemedyError: a named remedy does not exist.

    >>> report = check(Patient(age=34, sex="male", conditions={"yes": ["asthma"], "rest": "no"}))
    >>> report["dolobene"].verdict
    'excluded'
    """
    rulebook = given(catalogue).rulebook
    course = _course(start, days, as_of)
    if detail not in DETAILS:
        message = f"must be one of {', '.join(DETAILS)}, not {quoted(detail)}"
        raise ArgumentError(Fault(("detail",), message))
    wanted = _wanted(rulebook, remedies)
    situation = _situation(patient, rulebook, course, words)
    yes, may = masks(rulebook, situation)
    person = _person(situation)
    book = reason_book(rulebook)
    explainer = Explainer(book, yes, may, {"age": person.age, "pregnancy": person.pregnancy})
    verdicts = [explainer.verdict(remedy, detail, all_rules=all_rules) for remedy in wanted]
    verdicts.sort(key=lambda entry: VERDICTS.index(entry.verdict))
    refer = tuple(explainer.referrals(situation.known.yes))
    return Report.model_construct(
        patient=patient.id,
        as_of=course.as_of,
        course=Course.model_construct(start=course.start, days=course.days),
        catalogue=CatalogueStamp.model_construct(version=rulebook.version, sha256=rulebook.sha256),
        program=VERSION,
        asked=Asked.model_construct(
            patient=patient,
            remedies=None if remedies is None else tuple(remedy.id for remedy in wanted),
            detail=detail,
            all_rules=all_rules,
            words=words,
        ),
        person=person,
        understood=tuple(map(_understood, situation.known.words)),
        closed=tuple(Closed.model_construct(topic=topic, facts=facts) for topic, facts in situation.known.closed),
        refer=refer,
        assumed=tuple(
            Assumption.model_construct(fact=one.fact, value="no", because=one.because) for one in situation.assumed
        ),
        verdicts=tuple(verdicts),
        sources=book.cited(explainer.cited),
        questions=tuple(questions(rulebook, verdicts, situation)),
        warnings=tuple(warnings(rulebook, wanted, situation, as_of=course.as_of, start=course.start)),
        review=reviewed(wanted, course.as_of),
        disclaimer=rulebook.disclaimer,
    )


def check_again(report: Report, catalogue: Catalogue | None = None) -> Report:
    """Run a check again from its report: the same words, day, course and remedies.

    Args:
        report: what an earlier check found, perhaps years ago.
        catalogue: the catalogue that it rested on; the shipped one unless given.

    Raises:
        CatalogueError: this is another catalogue.
    """
    of_type(report, Report, "report", "a Report")
    catalogue = given(catalogue)
    if catalogue.sha256 != report.catalogue.sha256:
        message = (
            f"the report rests on catalogue {report.catalogue.version}, with another hash than this one; load that"
        )
        raise CatalogueError(Fault(("catalogue",), message))
    return check(
        report.asked.patient,
        catalogue,
        start=report.course.start,
        days=report.course.days,
        as_of=report.as_of,
        remedies=report.asked.remedies,
        detail=report.asked.detail,
        all_rules=report.asked.all_rules,
        words=report.asked.words,
    )


def verdicts(
    patient: Patient,
    catalogue: Catalogue | None = None,
    *,
    start: date | None = None,
    days: int = MOST_DAYS,
    as_of: date | None = None,
    words: WordPolicy = "keep",
) -> dict[str, Verdict]:
    """Return only the verdict on every remedy, in catalogue order; for many patients.

    Args:
        patient: what is known; what is not said stays unknown.
        catalogue: the shipped one unless given.
        start: first day of the course; the day of the check unless given.
        days: length of the course, 1 to 5 days.
        as_of: the day of the check; today unless given.
        words: ``keep`` keeps a word that is not understood, and its topic open; ``strict`` refuses it.

    Raises:
        ArgumentError: something is of the wrong Python type.
        CourseError: the days or the start cannot be used.
        PatientError: words of the patient contradict each other, or with ``strict`` are not understood.
    """
    rulebook = given(catalogue).rulebook
    yes, may = masks(rulebook, _situation(patient, rulebook, _course(start, days, as_of), words))
    return {remedy.id: remedy.verdict(yes, may) for remedy in rulebook.remedies}


class _Days(NamedTuple):
    """The day of a check and the days of a course, found to be usable."""

    as_of: date
    start: date
    days: int


def _course(start: date | None, days: int, as_of: date | None) -> _Days:
    if as_of is None:
        as_of = date.today()
    if start is None:
        start = as_of
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
    return _Days(as_of, start, days)


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


def _situation(patient: Patient, rulebook: Rulebook, course: _Days, words: WordPolicy) -> Situation:
    of_type(patient, Patient, "patient", "a Patient; Patient.model_validate reads one from a dict")
    lapsed = lapsed_of(patient, course.as_of)
    known = known_of(patient, rulebook.vocabulary, lapsed, words)
    if known.faults:
        raise PatientError(known.faults)
    return situation_of(patient, known, as_of=course.as_of, start=course.start, days=course.days, lapsed=lapsed)


def _understood(word: Word) -> Understood:
    return Understood.model_construct(
        topic=word.topic,
        word=word.word,
        kind=word.kind,
        means=word.means,
        prompts=word.prompts,
        suggestions=word.suggestions,
    )


def _person(situation: Situation) -> Person:
    return Person.model_construct(
        age=_age_words(situation),
        sex=situation.patient.sex or "unknown",
        pregnancy=_pregnancy_words(situation),
        breastfeeding=situation.breastfeeding.value,
    )


def _age_words(situation: Situation) -> str:
    """Say the age on the first day: in months below two years, else in years."""
    if situation.patient.age is None and situation.patient.born is None:
        return "unknown"
    youngest, oldest = max(situation.first.youngest, 0), max(situation.first.oldest, 0)
    if oldest < 24:
        return plural(span(youngest, oldest), "month")
    return span(youngest // 12, oldest // 12)


def _pregnancy_words(situation: Situation) -> str:
    match situation.pregnancy:
        case None:
            return situation.pregnant.value
        case Trimester(trimester=number):
            return f"trimester {number}"
        case Gestation(weeks=weeks, days=None):
            return f"week {weeks}"
        case Gestation(weeks=weeks, days=days):
            return f"{plural(weeks, 'week')} + {plural(days or 0, 'day')}"
        case Months(months=months):
            return f"month {months}: {_weeks(situation.first.pregnancy)}"
        case Due(due=day):
            return f"{_weeks(situation.first.pregnancy)}, due on {day}"
        case LastPeriod(last_period=day):
            return f"{_weeks(situation.first.pregnancy)}, last period on {day}"
        case str() as said:
            return said


def _weeks(days: tuple[int, int]) -> str:
    """Say days of pregnancy in weeks and days."""
    return " to ".join(f"{plural(one // 7, 'week')} + {plural(one % 7, 'day')}" for one in dict.fromkeys(days))
