"""Making a dated plan for one remedy, or saying why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from remedies.advice.limits import dose_for, limits_of
from remedies.advice.pairs import apart
from remedies.advice.plan import After, Bound, Namesake, Plan, Refusal, RefusalKind, Supply, Times
from remedies.advice.schedule import WakingHours, times_of_day, uses_of
from remedies.checking.check import check
from remedies.checking.remarks import with_cure
from remedies.core.errors import Fault, PlanError, of_type
from remedies.core.version import VERSION
from remedies.core.words import plural, span
from remedies.knowledge.catalogue import Catalogue, given
from remedies.knowledge.topics import MOST_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.advice.limits import Limit, Limits
    from remedies.checking.patient import Patient
    from remedies.checking.report import Question, RemedyVerdict, Report
    from remedies.knowledge.catalogue import Guidance
    from remedies.knowledge.records import Remedy
    from remedies.knowledge.sources import Citation
    from remedies.knowledge.topics import Effect, Verdict
    from remedies.knowledge.usage import Aftercare, Dose, Instruction

HEAT = "heat-planned"
"""The fact that stands for heat."""


@dataclass(frozen=True, slots=True)
class _Request:
    """Who wants a plan of what, and for when."""

    patient: Patient
    catalogue: Catalogue
    remedy: Remedy
    start: date
    days: int
    as_of: date

    def check(self, remedy: str, days: int | None = None) -> Report:
        """Check one remedy for the course, or for one of another length."""
        return check(
            self.patient,
            self.catalogue,
            start=self.start,
            days=days or self.days,
            as_of=self.as_of,
            remedies=[remedy],
        )


def plan(
    remedy: str,
    patient: Patient,
    catalogue: Catalogue | None = None,
    *,
    start: date | None = None,
    days: int = MOST_DAYS,
    as_of: date | None = None,
    day: WakingHours | None = None,
    now: time | None = None,
    zone: ZoneInfo | None = None,
    together: str | None = None,
) -> Plan | Refusal:
    """Check a patient and plan one remedy, or say why there is no plan.

    Args:
        remedy: id or name.
        patient: what is known.
        catalogue: the shipped one unless given.
        start: first day; the day of the check unless given.
        days: length asked for, 1 to 5 days; a label that allows fewer shortens it.
        as_of: the day of the check; today unless given.
        day: waking hours, 08:00 to 22:00 unless given.
        now: on the first day, no use before this time.
        zone: time zone, so that hours between uses are kept over a change of the clock.
        together: a second remedy that is wanted in the same days.

    Raises:
        ArgumentError: something is of the wrong Python type.
        CourseError: the days or the start cannot be used.
        PatientError: words of the patient mean nothing in this catalogue, or contradict each other.
        UnknownRemedyError: a named remedy does not exist.
        PlanError: the two remedies are one and the same, or the only day of the course is over.

    >>> from datetime import date
    >>> from remedies import Patient, Plan
    >>> healthy = Patient(age=34, sex="male", nothing_else=True)
    >>> made = plan("fastum-gel", healthy, start=date(2026, 11, 22), as_of=date(2026, 11, 22))
    >>> isinstance(made, Plan) and (made.last_day, made.aftercare[0].until)
    (datetime.date(2026, 11, 26), datetime.date(2026, 12, 10))
    """
    for value, kind, name, wanted in (
        (day, WakingHours | None, "day", "WakingHours"),
        (now, time | None, "now", "a datetime.time"),
        (zone, ZoneInfo | None, "zone", "a zoneinfo.ZoneInfo"),
    ):
        of_type(value, kind, name, wanted)
    catalogue = given(catalogue)
    record = catalogue.find(remedy)
    second = None if together is None else catalogue.find(together)
    if second is not None and second.id == record.id:
        raise PlanError(Fault((), f"{record.name} cannot be planned together with itself"))
    # Whatever is wrong with patient and course is found here, once; the plan rests on what follows.
    report = check(patient, catalogue, start=start, days=days, as_of=as_of, remedies=[record.id])
    request = _Request(patient, catalogue, record, report.course.start, days, report.as_of)
    dose = dose_for(record, patient, request.start, request.as_of)
    limits = None
    if dose is not None:
        limits = limits_of(catalogue.common, dose, days)
        if limits.days.value != days:
            # The course that is judged is the one that is planned.
            request = replace(request, days=limits.days.value)
            report = request.check(record.id)
    refusal = _refusal(request, report, second)
    if refusal is not None:
        return refusal
    if dose is None or limits is None:
        because = f"No label gives a dose of {record.name} for this person: ask a doctor or pharmacist."
        return _refused(request, report, "no-dose", [because])
    return _made(request, dose, limits, report, day=day or WakingHours(), now=now, zone=zone, second=second)


def choices(report: Report) -> tuple[str, ...]:
    """Name the remedies that may be planned without asking, in catalogue order; the first is planned by default."""
    return tuple(entry.remedy for entry in report.allowed)


def _refusal(request: _Request, report: Report, second: Remedy | None) -> Refusal | None:
    """Say what stands against a plan: a warning sign, the verdict, or the second remedy."""
    entry = report[request.remedy.id]
    signs = [f"{sign.label}: {sign.because}" for sign in report.refer]
    if signs:
        return _refused(request, report, "sign", signs)
    if entry.verdict == "excluded":
        return _refused(request, report, "excluded", _because(entry, "exclude"), _shorter(request))
    if entry.verdict == "undecided":
        questions = (_asked(question, request.catalogue) for question in report.questions)
        return _refused(request, report, "undecided", questions, _shorter(request))
    if second is not None:
        against = [*apart(request.remedy, second, request.catalogue), *_unfit(request, second)]
        if against:
            return _refused(request, report, "together", against)
    return None


def _refused(
    request: _Request, report: Report, kind: RefusalKind, because: Iterable[str], shorter: str | None = None
) -> Refusal:
    return Refusal(
        remedy=request.remedy.id,
        name=request.remedy.name,
        verdict=report[request.remedy.id].verdict,
        kind=kind,
        because=tuple(because),
        shorter=shorter,
        report=report,
    )


def _asked(question: Question, catalogue: Catalogue) -> str:
    """Write a question out, with everything that it asks about."""
    if len(question.facts) == 1:
        return question.text
    return f"{question.text} {', '.join(map(catalogue.vocabulary.label, question.facts))}"


def _because(entry: RemedyVerdict, effect: Effect) -> Iterator[str]:
    """Give the reasons of one effect that hold."""
    for reason in entry.reasons:
        if reason.holds == "yes" and reason.effect == effect:
            yield with_cure(reason.because, reason.cure)


def _shorter(request: _Request) -> str | None:
    """Find the longest shorter course with a settled and weaker verdict."""
    needs: dict[Verdict, str] = {
        "allowed": "would be allowed",
        "ask-pharmacist": "would only need a pharmacist's word",
        "ask-doctor": "would only need a doctor's word",
    }
    for fewer in range(request.days - 1, 0, -1):
        verdict = request.check(request.remedy.id, fewer)[request.remedy.id].verdict
        if verdict in needs:
            return f"A course of {plural(fewer, 'day')} from {request.start} {needs[verdict]}."
    return None


def _unfit(request: _Request, second: Remedy) -> Iterator[str]:
    """Say why this person must not use the second remedy at all."""
    entry = request.check(second.id)[second.id]
    if entry.verdict in {"undecided", "excluded"}:
        why = next((reason.because for reason in entry.reasons), "")
        yield f"{second.name} is {entry.verdict} for this person. {why}"


def _made(
    request: _Request,
    dose: Dose,
    limits: Limits,
    report: Report,
    *,
    day: WakingHours,
    now: time | None,
    zone: ZoneInfo | None,
    second: Remedy | None,
) -> Plan:
    """Spread the uses and collect what goes with them, once nothing stands against the plan."""
    remedy, start, days = request.remedy, request.start, limits.days.value
    hours = limits.hours.value if limits.hours else 0
    warnings = list(report.warnings)
    slots = times_of_day(limits.most.value, hours, day)
    if len(slots) < limits.most.value:
        why = f"{plural(hours, 'hour')} must lie between them" if hours else "the day is short"
        warnings.append(f"Only {len(slots)} of {limits.most.value} uses fit: {why}.")
        limits = limits.fitting(len(slots))
    uses = tuple(uses_of(start, days, slots, hours, day, now=now, zone=zone))
    if not uses:
        message = f"no time is left on {start} before bedtime ({day.sleep:%H:%M}); start on another day"
        raise PlanError(Fault((), message))
    if second is not None:
        warnings.append(f"{second.name} is not planned here: keep it off this area, one product at a time on one skin.")
    bounds = tuple(map(_bound, limits.all()))
    last_day = start + timedelta(days=days - 1)
    guidance = _for(report, request.catalogue.guidance(remedy))
    entry = report[remedy.id]
    cited = tuple(_cited(request, dose, bounds, guidance))
    return Plan(
        patient=report.patient,
        remedy=remedy.id,
        name=remedy.name,
        what=remedy.what,
        verdict=entry.verdict,
        ask_pharmacist=tuple(_because(entry, "ask-pharmacist")),
        ask_doctor=tuple(_because(entry, "ask-doctor")),
        not_said=tuple(_untold(entry, request.catalogue)),
        as_of=report.as_of,
        start=start,
        last_day=last_day,
        days=days,
        times_per_day=Times(min=limits.fewest.value, max=limits.most.value),
        bounds=bounds,
        uses=uses,
        amount=dose.amount.text if dose.amount else None,
        amount_grams=dose.amount.grams if dose.amount else None,
        how=_texts(guidance.how),
        avoid=_texts(guidance.avoid),
        aftercare=tuple(_after(one, start, last_day) for one in guidance.aftercare),
        # The article's lines come last, also where a label says the same.
        stop=_texts(guidance.stop[::-1])[::-1],
        not_to_confuse=tuple(Namesake(name=one.name, because=one.because) for one in remedy.not_to_confuse),
        supply=_supply(dose, len(uses), days),
        advice=tuple(_advice(request, guidance)),
        warnings=tuple(warnings),
        cited=cited,
        sources={one.source: request.catalogue.sources[one.source] for one in cited},
        catalogue=report.catalogue,
        review=report.review,
        program=VERSION,
        disclaimer=report.disclaimer,
    )


def _for(report: Report, guidance: Guidance) -> Guidance:
    """Leave out what concerns breastfeeding alone where that is ruled out."""
    if report.person.breastfeeding != "no":
        return guidance
    how, avoid, stop = (
        tuple(entry for entry in entries if entry.about != "breastfeeding")
        for entries in (guidance.how, guidance.avoid, guidance.stop)
    )
    return guidance._replace(how=how, avoid=avoid, stop=stop)


def _texts(entries: Iterable[Instruction]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.text for entry in entries))


def _after(entry: Aftercare, start: date, last_day: date) -> After:
    """Say from when until when something is to be done or left."""
    until = last_day + timedelta(days=entry.days_after_last_use)
    since = start if entry.during_use else min(last_day + timedelta(days=1), until)
    return After(text=entry.text, since=since, until=until)


def _bound(limit: Limit) -> Bound:
    sources = tuple(dict.fromkeys(limit.sources))
    return Bound(limit=limit.name, value=limit.text or limit.value, set_by=limit.set_by, sources=sources)


def _advice(request: _Request, guidance: Guidance) -> Iterator[str]:
    """Say what else helps, a warm bath among it."""
    yield from (entry.text for entry in request.catalogue.common.advice)
    bath = bath_advice(request.remedy, request.catalogue, guidance)
    if bath is not None:
        yield bath


def bath_advice(remedy: Remedy, catalogue: Catalogue, guidance: Guidance) -> str | None:
    """Say whether a warm bath helps; where the remedy has something against heat, its labels may say when."""
    bath, beside = catalogue.common.bath, [entry.text for entry in guidance.avoid if entry.about == "bath"]
    if catalogue.rulebook.rule_reading(remedy.id, HEAT) is not None:
        return None if beside else "It does not go with heat: leave the warm bath out on the days of use."
    if bath is None:
        return None
    return " ".join((bath.text, *beside))


def _untold(entry: RemedyVerdict, catalogue: Catalogue) -> Iterator[str]:
    """Name what nobody has said and a rule that may hold looks at."""
    open_ = (reason for reason in entry.reasons if reason.holds == "unknown")
    unknown = (value.fact for reason in open_ for value in reason.facts if value.value == "unknown")
    yield from map(catalogue.vocabulary.label, dict.fromkeys(unknown))


def _supply(dose: Dose, uses: int, days: int) -> Supply:
    """Work out how much to buy."""
    amount, course = dose.amount, plural(uses, "use")
    if amount is None or amount.grams is None:
        return Supply(text=f"enough for {course}; the label gives no weight, so ask the pharmacist")
    low, high = amount.grams.min * uses, amount.grams.max * uses
    most = dose.max_per_day
    if most is not None and most.grams is not None:
        low, high = min(low, most.grams * days), min(high, most.grams * days)
    return Supply(text=f"{span(low, high)} g for the whole course of {course}", grams_min=low, grams_max=high)


def _cited(request: _Request, dose: Dose, bounds: tuple[Bound, ...], guidance: Guidance) -> Iterator[Citation]:
    """Yield where the plan stands, the first citation of every source."""
    advice = request.catalogue.common.advice
    cited = [one for bound in bounds for one in bound.sources]
    entries = (*guidance.how, *guidance.avoid, *guidance.stop, *advice, *guidance.aftercare, dose.amount)
    cited += [one for entry in entries if entry is not None for one in entry.sources]
    cited += [one for entry in request.remedy.not_to_confuse for one in entry.sources]
    first: dict[str, Citation] = {}
    for one in cited:
        first.setdefault(one.source, one)
    yield from first.values()
