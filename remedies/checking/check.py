"""Patient and catalogue in, verdicts with reasons out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedies.checking.person import Due, Gestation, LastPeriod, Months, Trimester
from remedies.checking.reasons import Explainer, reason_book
from remedies.checking.remarks import questions, reviewed, warnings
from remedies.checking.report import (
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
from remedies.checking.terms import terms_of
from remedies.checking.verdicts import masks
from remedies.core.errors import CatalogueError, Fault, of_type
from remedies.core.version import VERSION
from remedies.core.words import plural, span
from remedies.knowledge.catalogue import given
from remedies.knowledge.topics import MOST_DAYS, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from remedies.checking.known import Word, WordPolicy
    from remedies.checking.moments import Situation
    from remedies.checking.patient import Patient
    from remedies.checking.terms import Terms
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.topics import Verdict

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

    >>> from remedies import Patient
    >>> report = check(Patient(age=34, sex="male", conditions={"yes": ["asthma"], "rest": "no"}))
    >>> report["dolobene"].verdict
    'excluded'
    """
    terms = terms_of(
        catalogue,
        start=start,
        days=days,
        as_of=as_of,
        remedies=remedies,
        detail=detail,
        all_rules=all_rules,
        words=words,
    )
    return report_on(patient, terms)


def report_on(patient: Patient, terms: Terms) -> Report:
    """Check one patient on settled terms.

    Raises:
        ArgumentError: this is no patient.
        PatientError: what was said contradicts itself, cannot be, or with ``strict`` is not understood.
    """
    situation = terms.situation(patient)
    rulebook = terms.rulebook
    yes, may = masks(rulebook, situation)
    person = _person(situation)
    book = reason_book(rulebook)
    explainer = Explainer(book, yes, may, {"age": person.age, "pregnancy": person.pregnancy})
    verdicts = [explainer.verdict(remedy, terms.detail, all_rules=terms.all_rules) for remedy in terms.remedies]
    verdicts.sort(key=lambda entry: VERDICTS.index(entry.verdict))
    refer = tuple(explainer.referrals(situation.known.yes))
    return Report.model_construct(
        patient=patient.id,
        as_of=terms.as_of,
        course=Course.model_construct(start=terms.start, days=terms.days),
        catalogue=CatalogueStamp.model_construct(version=rulebook.version, sha256=rulebook.sha256),
        program=VERSION,
        asked=Asked.model_construct(
            patient=patient,
            remedies=tuple(remedy.id for remedy in terms.remedies) if terms.named else None,
            detail=terms.detail,
            all_rules=terms.all_rules,
            words=terms.words,
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
        warnings=tuple(warnings(rulebook, terms.remedies, situation, as_of=terms.as_of, start=terms.start)),
        review=reviewed(terms.remedies, terms.as_of),
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
    terms = terms_of(catalogue, start=start, days=days, as_of=as_of, words=words)
    yes, may = masks(terms.rulebook, terms.situation(patient))
    return {remedy.id: remedy.verdict(yes, may) for remedy in terms.remedies}


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
