"""A dated plan for one remedy: days, times, how, what to avoid, what comes after."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from remedies.base import Frozen
from remedies.catalogue import Catalogue, Guidance
from remedies.checker import MOST_DAYS, check
from remedies.errors import PlanError
from remedies.patient import born_between, completed_months
from remedies.report import CatalogueStamp, Citation, RemedyVerdict, Report, Verdict, citation
from remedies.schedule import Day, times_of_day, uses_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from remedies.patient import Patient
    from remedies.records import Dose, Remedy
    from remedies.rules import Instruction, SourceRef

HEAT, SAME_SKIN = "heat-planned", "any-other-topical-same-site"
"""The facts that stand for heat and for another product on the same skin."""

SetBy = Literal["article", "label", "request", "waking hours"]
"""What made a bound as tight as it is."""


Limit = Literal["times_per_day_min", "times_per_day_max", "days", "hours_between", "max_per_day"]
"""What a bound limits."""


class Times(Frozen):
    """Uses per day: at least and at most."""

    min: int
    max: int


class Bound(Frozen):
    """One limit of the plan, and who set it."""

    limit: Limit
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


class Refusal(Frozen):
    """Why there is no plan: the verdict, what a shorter course would change, or a missing dose."""

    remedy: str
    name: str
    verdict: Verdict
    kind: Literal["sign", "excluded", "undecided", "no-dose", "together"]
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
        days: length asked for, 1 to 5 days; labels may allow fewer.
        as_of: the day on which a stated age or week of pregnancy holds.
        day: waking hours, 08:00 to 22:00 unless given.
        now: on the first day, no use before this time.
        zone: time zone, so that hours between uses are kept over a change of the clock.
        together: a second remedy that is wanted in the same days.

    Raises:
        CourseError, PatientError, UnknownRemedyError: as ``check`` does.
        PlanError: the two remedies are one and the same.

    >>> from remedies import Patient
    >>> healthy = Patient(age=34, sex="male", nothing_else=True)
    >>> made = plan("fastum-gel", healthy, start=date(2026, 11, 22), as_of=date(2026, 11, 22))
    >>> isinstance(made, Plan) and (made.last_day, made.aftercare[0].until)
    (datetime.date(2026, 11, 26), datetime.date(2026, 12, 10))
    """
    catalogue = catalogue or Catalogue.shipped()
    as_of = as_of or date.today()
    start = start or as_of
    record = catalogue.find(remedy)
    report = check(patient, catalogue, start=start, days=days, as_of=as_of, remedies=[record.id])
    entry = report[record.id]

    def refuse(
        kind: Literal["sign", "excluded", "undecided", "no-dose", "together"], because: Iterable[str]
    ) -> Refusal:
        shorter = (
            _shorter(record, patient, catalogue, start, days, as_of) if kind in {"excluded", "undecided"} else None
        )
        return Refusal(
            remedy=record.id,
            name=record.name,
            verdict=entry.verdict,
            kind=kind,
            because=tuple(because),
            shorter=shorter,
            report=report,
        )

    urgent = [sign for sign in report.refer if sign.urgency == "now"]
    if urgent:
        return refuse("sign", (f"{sign.label}: {sign.because}" for sign in urgent))
    if entry.verdict == "excluded":
        return refuse("excluded", _because(entry, "exclude"))
    if entry.verdict == "undecided":
        return refuse("undecided", (question.text for question in report.questions))
    if together is not None:
        reasons = list(_apart(record, catalogue.find(together), patient, catalogue, start, days, as_of))
        if reasons:
            return refuse("together", reasons)
    dose = _dose(record, patient, start, as_of)
    if dose is None:
        return refuse(
            "no-dose", [f"No label gives a dose of {record.name} for this person: ask a doctor or pharmacist."]
        )
    return _Maker(record, dose, catalogue, report).plan(start, days, day or Day(), now, zone, together)


def first_allowed(report: Report) -> str | None:
    """Return the first remedy of a report that may be used."""
    return report.allowed[0].remedy if report.allowed else None


def _because(entry: RemedyVerdict, effect: str) -> Iterator[str]:
    for reason in entry.reasons:
        if reason.holds == "yes" and reason.effect == effect:
            yield f"{reason.because} What would help: {reason.cure}" if reason.cure else reason.because


def _shorter(remedy: Remedy, patient: Patient, catalogue: Catalogue, start: date, days: int, as_of: date) -> str | None:
    """Find the longest shorter course with a settled and weaker verdict."""
    for fewer in range(days - 1, 0, -1):
        verdict = check(patient, catalogue, start=start, days=fewer, as_of=as_of, remedies=[remedy.id])[
            remedy.id
        ].verdict
        if verdict in {"allowed", "ask-doctor"}:
            needs = "would be allowed" if verdict == "allowed" else "would only need a doctor's word"
            return f"A course of {fewer} day{'s' if fewer > 1 else ''} from {start} {needs}."
    return None


def _apart(
    first: Remedy, second: Remedy, patient: Patient, catalogue: Catalogue, start: date, days: int, as_of: date
) -> Iterator[str]:
    """Say why two remedies must not be planned together."""
    if first.id == second.id:
        msg = f"{first.name} cannot be planned together with itself"
        raise PlanError(msg)
    shared = catalogue.substances(first, active=True) & catalogue.substances(second, active=True)
    if shared:
        labels = sorted(catalogue.vocabulary[name].label for name in shared)
        yield f"{first.name} and {second.name} share {', '.join(labels)}; two such remedies are never used together."
    for one, other in ((first, second), (second, first)):
        rule = catalogue.index.rule_reading(one.id, SAME_SKIN)
        if rule is not None:
            yield f"{one.name} does not go with {other.name} on the same skin: {rule.because}"
    verdict = check(patient, catalogue, start=start, days=days, as_of=as_of, remedies=[second.id])[second.id]
    if verdict.verdict not in {"allowed", "ask-doctor"}:
        why = next((reason.because for reason in verdict.reasons), "")
        yield f"{second.name} is {verdict.verdict} for this person. {why}"


def _dose(remedy: Remedy, patient: Patient, start: date, as_of: date) -> Dose | None:
    """Find the age band that covers every age that the patient may have."""
    if remedy.usage is None:
        return None
    born = born_between(patient, min(start, as_of))
    for dose in remedy.usage.doses:
        low, high = (dose.from_age or 0) * 12, None if dose.below_age is None else dose.below_age * 12
        if born is None:
            if low == 0 and high is None:
                return dose
            continue
        youngest, oldest = completed_months(born[1], start), completed_months(born[0], start)
        if low <= youngest and (high is None or oldest < high):
            return dose
    return None


def _texts(entries: Iterable[Instruction]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.text for entry in entries))


def _owners(value: int, article: int, label: int) -> list[SetBy]:
    owners: list[SetBy] = []
    if value == article:
        owners.append("article")
    if value == label:
        owners.append("label")
    return owners


class _Maker:
    """Joins the article's rule and the label's into one plan."""

    def __init__(self, remedy: Remedy, dose: Dose, catalogue: Catalogue, report: Report) -> None:
        self._remedy = remedy
        self._dose = dose
        self._catalogue = catalogue
        self._report = report
        self._common = catalogue.file.common
        self._bounds: list[Bound] = []

    def plan(
        self, start: date, asked: int, day: Day, now: time | None, zone: ZoneInfo | None, together: str | None
    ) -> Plan:
        remedy, report = self._remedy, self._report
        entry = report[remedy.id]
        times = self._times()
        days = self._days(asked)
        hours = self._dose.hours_between.hours if self._dose.hours_between else 0
        if self._dose.hours_between:
            self._bound("hours_between", hours, ["label"], self._dose.hours_between.sources)
        if self._dose.max_per_day:
            self._bound("max_per_day", self._dose.max_per_day.text, ["label"], self._dose.max_per_day.sources)
        slots = times_of_day(times.max, hours, day)
        warnings = list(report.warnings)
        if len(slots) < times.max:
            warnings.append(
                f"Only {len(slots)} of {times.max} uses fit into waking hours with {hours} hours between them."
            )
            times = Times(min=min(times.min, len(slots)), max=len(slots))
            self._bounds = [bound for bound in self._bounds if bound.limit != "times_per_day_max"]
            self._bound("times_per_day_max", len(slots), ["waking hours"], ())
        uses = list(uses_of(start, days, slots, hours, day, now, zone))
        if together is not None:
            warnings.append(
                f"Keep {self._catalogue.find(together).name} off this area: one product at a time on one skin."
            )
        last_day = start + timedelta(days=days - 1)
        guidance = self._catalogue.guidance(remedy)
        return Plan(
            patient=report.patient,
            remedy=remedy.id,
            name=remedy.name,
            what=remedy.what,
            verdict=entry.verdict,
            ask_doctor=tuple(_because(entry, "ask-doctor")),
            as_of=report.as_of,
            start=start,
            last_day=last_day,
            days=days,
            times_per_day=times,
            bounds=tuple(self._bounds),
            uses=tuple(uses),
            amount=self._dose.amount.text if self._dose.amount else None,
            how=_texts(guidance.how),
            avoid=_texts(guidance.avoid),
            aftercare=tuple(
                After(text=one.text, until=last_day + timedelta(days=one.days_after_last_use))
                for one in guidance.aftercare
            ),
            stop=_texts(guidance.stop),
            supply=self._supply(len(uses), days),
            advice=tuple(self._advice()),
            warnings=tuple(warnings),
            sources=tuple(self._citations(guidance)),
            catalogue=report.catalogue,
            disclaimer=report.disclaimer,
        )

    def _times(self) -> Times:
        """Intersect the article's times a day with the label's; where they do not meet, the lower maximum wins."""
        article, label = self._common.times_per_day, self._dose.times_per_day
        most = self._dose.max_per_day
        if label is None:
            low, high = article.min, article.max
            owners: tuple[list[SetBy], list[SetBy]] = (["article"], ["article"])
            sources = article.sources
        else:
            low, high = max(article.min, label.min), min(article.max, label.max)
            if low > high:
                low = (article if article.max < label.max else label).min
            sources = (*article.sources, *label.sources)
            owners = (_owners(low, article.min, label.min), _owners(high, article.max, label.max))
        if most and most.uses and most.uses < high:
            high, low = most.uses, min(low, most.uses)
            owners = (owners[0], ["label"])
            sources = most.sources
        self._bound("times_per_day_min", low, owners[0], sources)
        self._bound("times_per_day_max", high, owners[1], sources)
        return Times(min=low, max=high)

    def _days(self, asked: int) -> int:
        """Take the fewest of the article's days, the label's and those asked for."""
        article, label = self._common.max_days, self._dose.max_days
        limits: list[tuple[int, SetBy, tuple[SourceRef, ...]]] = [(article.days, "article", article.sources)]
        if label is not None:
            limits.append((label.days, "label", label.sources))
        days = min(limit for limit, _, _ in limits)
        if asked < days:
            limits, days = [(asked, "request", ())], asked
        tight = [limit for limit in limits if limit[0] == days]
        self._bound("days", days, [who for _, who, _ in tight], tuple(ref for _, _, refs in tight for ref in refs))
        return days

    def _bound(self, limit: Limit, value: int | str, set_by: list[SetBy], sources: Iterable[SourceRef]) -> None:
        cited = tuple(dict.fromkeys(map(self._cite, sources)))
        self._bounds.append(Bound(limit=limit, value=value, set_by=tuple(set_by), sources=cited))

    def _cite(self, ref: SourceRef) -> Citation:
        source = self._catalogue.sources[ref.ref]
        return citation((ref.ref, ref.section, source.title, source.country, source.year, source.url, source.grade))

    def _forbids_heat(self) -> bool:
        return self._catalogue.index.rule_reading(self._remedy.id, HEAT) is not None

    def _advice(self) -> Iterator[str]:
        """Say what else helps; a warm bath only where the remedy has nothing against heat."""
        yield from (entry.text for entry in self._common.advice)
        if self._common.bath is None:
            return
        if self._forbids_heat():
            yield "Leave out warm baths while you use it: it does not go with heat. A short lukewarm shower is fine."
        else:
            yield self._common.bath.text

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

    def _citations(self, guidance: Guidance) -> Iterator[Citation]:
        """Yield every source of the plan once."""
        refs = [
            ref
            for entry in (*guidance.how, *guidance.avoid, *guidance.stop, *self._common.advice)
            for ref in entry.sources
        ]
        refs += [ref for entry in guidance.aftercare for ref in entry.sources]
        refs += self._dose.amount.sources if self._dose.amount else ()
        seen = dict.fromkeys(source.ref for bound in self._bounds for source in bound.sources)
        yield from {source.ref: source for bound in self._bounds for source in bound.sources}.values()
        for ref in refs:
            if ref.ref not in seen:
                seen[ref.ref] = None
                yield self._cite(ref)
