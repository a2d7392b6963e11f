"""A dated plan for one remedy: days, times, how, what to avoid, what comes after."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from remedies.core.model import Frozen
from remedies.knowledge.catalogue import Catalogue, Guidance
from remedies.checking.check import MOST_DAYS, check
from remedies.core.errors import PlanError
from remedies.knowledge.rulebook import citation_data
from remedies.advice.limits import Times, dose_for, limits_of
from remedies.checking.report import CatalogueStamp, Citation, Report, Verdict, citation
from remedies.advice.schedule import Day, times_of_day, uses_of
from remedies.knowledge.words import LimitName, SetBy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from remedies.advice.limits import Limit, Limits
    from remedies.checking.patient import Patient
    from remedies.knowledge.records import Dose, Remedy
    from remedies.checking.report import Question, RemedyVerdict
    from remedies.knowledge.clauses import Instruction, SourceRef

HEAT, SAME_SKIN = "heat-planned", "any-other-topical-same-site"
"""The facts that stand for heat and for another product on the same skin."""


class Bound(Frozen):
    """One limit of the plan, and who set it."""

    limit: LimitName
    value: int | str
    set_by: tuple[SetBy, ...]
    sources: tuple[Citation, ...]


class After(Frozen):
    """What still holds after the last use, and until which day, that day included."""

    text: str
    until: date


class Supply(Frozen):
    """How much the whole course takes; grams only where the label gives them."""

    text: str
    grams_min: float | None = None
    grams_max: float | None = None


class Plan(Frozen):
    """A plan that somebody can follow; the same object feeds every format."""

    patient: str | None
    remedy: str
    name: str
    what: str
    verdict: Verdict
    ask_doctor: tuple[str, ...]
    """What to ask the doctor first; empty where nothing stands against the remedy."""
    tell_doctor: tuple[str, ...]
    """What nobody has said yet and the doctor should know as well, where a doctor is asked."""
    as_of: date
    start: date
    last_day: date
    days: int
    times_per_day: Times
    bounds: tuple[Bound, ...]
    uses: tuple[datetime, ...]
    amount: str | None
    how: tuple[str, ...]
    avoid: tuple[str, ...]
    aftercare: tuple[After, ...]
    stop: tuple[str, ...]
    supply: Supply
    advice: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[Citation, ...]
    catalogue: CatalogueStamp
    disclaimer: str


RefusalKind = Literal["sign", "excluded", "undecided", "no-dose", "together"]
"""What stands against a plan."""


class Refusal(Frozen):
    """Why there is no plan: the verdict, what a shorter course would change, or a missing dose."""

    remedy: str
    name: str
    verdict: Verdict
    kind: RefusalKind
    because: tuple[str, ...]
    shorter: str | None
    """A shorter course with a weaker verdict, if there is one."""
    report: Report

    @property
    def exit_code(self) -> int:
        """Return 12 for excluded remedies and pairs, 11 for open questions, 10 for a referral."""
        match self.kind:
            case "excluded" | "together":
                return 12
            case "undecided":
                return 11
            case "sign" | "no-dose":
                return 10


class _Request(NamedTuple):
    """Who wants a plan, and for when."""

    patient: Patient
    catalogue: Catalogue
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
    day: Day | None = None,
    now: time | None = None,
    zone: ZoneInfo | None = None,
    together: str | None = None,
) -> Plan | Refusal:
    """Check a patient and plan one remedy, or say why there is no plan.

    Args:
        remedy: id or name.
        patient: what is known.
        catalogue: the shipped one unless given.
        start: first day; today unless given.
        days: length asked for, 1 to 5 days; a label that allows fewer shortens it.
        as_of: the day on which a stated age or week of pregnancy holds.
        day: waking hours, 08:00 to 22:00 unless given.
        now: on the first day, no use before this time.
        zone: time zone, so that hours between uses are kept over a change of the clock.
        together: a second remedy that is wanted in the same days.

    Raises:
        CourseError: the days or the start cannot be used.
        PatientError: the patient speaks of facts that this catalogue does not know.
        UnknownRemedyError: a named remedy does not exist.
        PlanError: the two remedies are one and the same, or the only day of the course is over.

    >>> from remedies import Patient
    >>> healthy = Patient(age=34, sex="male", nothing_else=True)
    >>> made = plan("fastum-gel", healthy, start=date(2026, 11, 22), as_of=date(2026, 11, 22))
    >>> isinstance(made, Plan) and (made.last_day, made.aftercare[0].until)
    (datetime.date(2026, 11, 26), datetime.date(2026, 12, 10))
    """
    catalogue = catalogue or Catalogue.shipped()
    as_of = as_of or date.today()
    request = _Request(patient, catalogue, start or as_of, days, as_of)
    record = catalogue.find(remedy)
    second = None if together is None else catalogue.find(together)
    dose = dose_for(record, patient, request.start, as_of)
    limits = None if dose is None else limits_of(catalogue.file.common, dose, days)
    if limits is not None and 1 <= days <= MOST_DAYS:
        # The course that is judged is the one that is planned.
        request = request._replace(days=limits.days.value)
    report = request.check(record.id)
    refusal = _refusal(request, record, report, second)
    if refusal is not None:
        return refusal
    if dose is None or limits is None:
        because = f"No label gives a dose of {record.name} for this person: ask a doctor or pharmacist."
        return _refused(record, report, "no-dose", [because])
    return _Maker(request, record, dose, limits, report).plan(day or Day(), now, zone, second)


def choices(report: Report) -> tuple[str, ...]:
    """Name the remedies that may be planned without a doctor, in catalogue order; the first is planned by default."""
    return tuple(entry.remedy for entry in report.allowed)


def _refusal(request: _Request, record: Remedy, report: Report, second: Remedy | None) -> Refusal | None:
    """Say what stands against a plan: an urgent sign, the verdict, or the second remedy."""
    entry = report[record.id]
    urgent = [f"{sign.label}: {sign.because}" for sign in report.urgent]
    if urgent:
        return _refused(record, report, "sign", urgent)
    if entry.verdict == "excluded":
        return _refused(record, report, "excluded", _because(entry, "exclude"), _shorter(request, record))
    if entry.verdict == "undecided":
        questions = (_asked(question, request.catalogue) for question in report.questions)
        return _refused(record, report, "undecided", questions, _shorter(request, record))
    apart = [] if second is None else list(_apart(request, record, second))
    return _refused(record, report, "together", apart) if apart else None


def _refused(
    record: Remedy, report: Report, kind: RefusalKind, because: Iterable[str], shorter: str | None = None
) -> Refusal:
    return Refusal(
        remedy=record.id,
        name=record.name,
        verdict=report[record.id].verdict,
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


def _because(entry: RemedyVerdict, effect: str) -> Iterator[str]:
    for reason in entry.reasons:
        if reason.holds == "yes" and reason.effect == effect:
            yield f"{reason.because} What would help: {reason.cure}" if reason.cure else reason.because


def _shorter(request: _Request, record: Remedy) -> str | None:
    """Find the longest shorter course with a settled and weaker verdict."""
    for fewer in range(request.days - 1, 0, -1):
        verdict = request.check(record.id, fewer)[record.id].verdict
        if verdict in {"allowed", "ask-doctor"}:
            needs = "would be allowed" if verdict == "allowed" else "would only need a doctor's word"
            return f"A course of {fewer} day{'s' if fewer > 1 else ''} from {request.start} {needs}."
    return None


def _apart(request: _Request, first: Remedy, second: Remedy) -> Iterator[str]:
    """Say why two remedies must not be planned together."""
    if first.id == second.id:
        msg = f"{first.name} cannot be planned together with itself"
        raise PlanError(msg)
    catalogue = request.catalogue
    shared = catalogue.substances(first, active=True) & catalogue.substances(second, active=True)
    if shared:
        labels = sorted(map(catalogue.vocabulary.label, shared))
        yield f"{first.name} and {second.name} share {', '.join(labels)}; two such remedies are never used together."
    for one, other in ((first, second), (second, first)):
        rules = (catalogue.index.rule_reading(one.id, fact) for fact in (SAME_SKIN, *other.counts_as))
        rule = next((rule for rule in rules if rule is not None), None)
        if rule is not None:
            yield f"{one.name} does not go with {other.name} on the same skin: {rule.because}"
    entry = request.check(second.id)[second.id]
    if entry.verdict not in {"allowed", "ask-doctor"}:
        why = next((reason.because for reason in entry.reasons), "")
        yield f"{second.name} is {entry.verdict} for this person. {why}"


def _texts(entries: Iterable[Instruction]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.text for entry in entries))


class _Maker:
    """Writes the plan once nothing stands against it."""

    def __init__(self, request: _Request, remedy: Remedy, dose: Dose, limits: Limits, report: Report) -> None:
        self._request = request
        self._remedy = remedy
        self._dose = dose
        self._limits = limits
        self._report = report
        self._common = request.catalogue.file.common

    def plan(self, day: Day, now: time | None, zone: ZoneInfo | None, second: Remedy | None) -> Plan:
        """Spread the uses and collect what goes with them."""
        remedy, report, start = self._remedy, self._report, self._request.start
        limits, days = self._limits, self._limits.days.value
        hours = limits.hours.value if limits.hours else 0
        warnings = list(report.warnings)
        slots = times_of_day(limits.most.value, hours, day)
        if len(slots) < limits.most.value:
            apart = f"{hours} hours must lie between them" if hours else "the day is short"
            warnings.append(f"Only {len(slots)} of {limits.most.value} uses fit: {apart}.")
            limits = limits.fitting(len(slots))
        uses = tuple(uses_of(start, days, slots, hours, day, now=now, zone=zone))
        if not uses:
            msg = f"no time is left on {start} before bedtime ({day.sleep:%H:%M}); start on another day"
            raise PlanError(msg)
        if second is not None:
            warnings.append(
                f"{second.name} is not planned here: keep it off this area, one product at a time on one skin."
            )
        bounds = tuple(map(self._bound, limits.all()))
        last_day = start + timedelta(days=days - 1)
        guidance = self._request.catalogue.guidance(remedy)
        return Plan(
            patient=report.patient,
            remedy=remedy.id,
            name=remedy.name,
            what=remedy.what,
            verdict=report[remedy.id].verdict,
            ask_doctor=tuple(_because(report[remedy.id], "ask-doctor")),
            tell_doctor=tuple(self._untold()),
            as_of=report.as_of,
            start=start,
            last_day=last_day,
            days=days,
            times_per_day=Times(min=limits.fewest.value, max=limits.most.value),
            bounds=bounds,
            uses=uses,
            amount=self._dose.amount.text if self._dose.amount else None,
            how=_texts(guidance.how),
            avoid=_texts(guidance.avoid),
            aftercare=tuple(
                After(text=one.text, until=last_day + timedelta(days=one.days_after_last_use))
                for one in guidance.aftercare
            ),
            stop=_texts(guidance.stop),
            supply=self._supply(len(uses), days),
            advice=tuple(self._advice(guidance)),
            warnings=tuple(warnings),
            sources=tuple(self._sources(bounds, guidance)),
            catalogue=report.catalogue,
            disclaimer=report.disclaimer,
        )

    def _bound(self, limit: Limit) -> Bound:
        sources = tuple(dict.fromkeys(map(self._cite, limit.sources)))
        return Bound(limit=limit.name, value=limit.text or limit.value, set_by=limit.set_by, sources=sources)

    def _cite(self, ref: SourceRef) -> Citation:
        source = self._request.catalogue.sources[ref.ref]
        return citation(citation_data(ref, source))

    def _advice(self, guidance: Guidance) -> Iterator[str]:
        """Say what else helps; a warm bath only where the remedy has nothing against heat."""
        yield from (entry.text for entry in self._common.advice)
        if self._request.catalogue.index.rule_reading(self._remedy.id, HEAT) is not None:
            yield "It does not go with heat: leave the warm bath out on the days of use."
        elif self._common.bath is not None:
            apart = [entry.text for entry in guidance.avoid if entry.about == "bath"]
            yield " ".join((self._common.bath.text, *apart))

    def _untold(self) -> Iterator[str]:
        """Name the facts that are unknown and that a rule of the remedy looks at."""
        reasons = self._report[self._remedy.id].reasons
        unknown = (value.fact for one in reasons if one.holds == "unknown" for value in one.facts)
        yield from map(self._request.catalogue.vocabulary.label, dict.fromkeys(unknown))

    def _supply(self, uses: int, days: int) -> Supply:
        """Work out how much to buy."""
        amount = self._dose.amount
        if amount is None or amount.grams is None:
            per_use = f" of {amount.text}" if amount else ""
            return Supply(text=f"enough for {uses} uses{per_use}; the label gives no weight, so ask the pharmacist")
        low, high = amount.grams.min * uses, amount.grams.max * uses
        most = self._dose.max_per_day
        if most is not None and most.grams is not None:
            low, high = min(low, most.grams * days), min(high, most.grams * days)
        grams = f"{low:g} g" if low == high else f"{low:g} to {high:g} g"
        return Supply(text=f"{grams} for the whole course of {uses} uses", grams_min=low, grams_max=high)

    def _sources(self, bounds: tuple[Bound, ...], guidance: Guidance) -> Iterator[Citation]:
        """Yield every source of the plan once."""
        refs = [
            ref
            for entry in (*guidance.how, *guidance.avoid, *guidance.stop, *self._common.advice)
            for ref in entry.sources
        ]
        refs += [ref for entry in guidance.aftercare for ref in entry.sources]
        refs += self._dose.amount.sources if self._dose.amount else ()
        cited = {source.ref: source for bound in bounds for source in bound.sources}
        for ref in refs:
            if ref.ref not in cited:
                cited[ref.ref] = self._cite(ref)
        yield from cited.values()
