"""A plan as text, Markdown, a printable page, a calendar and JSON."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from remedies.advice.plan import Plan, Refusal
from remedies.core.words import span
from remedies.pages.html import extra, rendered_page
from remedies.pages.layout import Mood, Section, as_json, as_markdown, as_text, capital, plain
from remedies.pages.report import REFERRALS, referral_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from remedies.advice.plan import Bound
    from remedies.knowledge.topics import Verdict

CHAT_WIDTH = 60
"""The widest line of a plan that is read in a chat, in columns."""

_LIMITS = {
    "times_per_day_min": "fewest uses a day",
    "times_per_day_max": "most uses a day",
    "days": "most days",
    "hours_between": "hours between uses",
    "max_per_day": "most in a day",
}


def timetable(plan: Plan) -> list[tuple[date, list[str]]]:
    """Give the times of every day of the course, days without a use included."""
    by_day = {day: [f"{use:%H:%M}" for use in uses] for day, uses in groupby(plan.uses, key=datetime.date)}
    days = (plan.start + timedelta(days=number) for number in range(plan.days))
    return [(day, by_day.get(day, [])) for day in days]


def often(plan: Plan, day_format: str = "{}") -> str:
    """Say how often and for how long."""
    low, high = plan.times_per_day.min, plan.times_per_day.max
    times = f"{span(low, high)} times"
    if high == 1:
        times = "once"
    days = f"{plan.days} days" if plan.days > 1 else "one day"
    return f"{times} a day for {days}, {day_format.format(plan.start)} to {day_format.format(plan.last_day)}"


_CONDITIONS: dict[Verdict, str] = {
    "ask-pharmacist": "Ask a pharmacist first",
    "ask-doctor": "Only if a doctor agrees",
}
"""On what a plan depends, by its verdict."""


def asking(plan: Plan) -> tuple[str, ...]:
    """Say what to ask the doctor and the pharmacist, each reason as it stands."""
    lines = [f"Ask the doctor: {reason}" for reason in plan.ask_doctor]
    lines += [f"Ask the pharmacist: {reason}" for reason in plan.ask_pharmacist]
    if lines and plan.not_said:
        lines.append(f"Not said so far; tell them if it is so: {', '.join(plan.not_said)}.")
    return tuple(lines)


def origin(plan: Plan) -> str:
    """Say on which catalogue a plan rests, whether it was reviewed, and that it is no medical advice."""
    return f"Catalogue {plan.catalogue.version}. {capital(plan.review)}. {plan.disclaimer}"


def namesakes(plan: Plan) -> tuple[str, ...]:
    """Say what the remedy is mistaken for, and why that is another thing."""
    return tuple(f"{one.name}: {one.because}" for one in plan.not_to_confuse)


def condition(plan: Plan) -> str | None:
    """Say on whose word a plan depends; nothing where it depends on nobody's."""
    return _CONDITIONS.get(plan.verdict)


def sections(plan: Plan, *, details: bool = False) -> Iterator[Section]:
    """Write a plan in the order in which it is followed."""
    first = condition(plan)
    if first is not None:
        yield Section(first.upper(), items=asking(plan), mood="yellow")
    yield Section(f"Plan: {plan.name}", (f"Use it {often(plan)}.", *_spare(plan)), mood="bold")
    rows = [f"{day:%a} {day}: {', '.join(times) or 'no use'}" for day, times in timetable(plan)]
    yield Section("When", items=tuple(rows))
    yield Section("How", tuple(_each_time(plan)), plan.how)
    yield Section("Avoid", items=plan.avoid)
    if plan.aftercare:
        yield Section("Afterwards", items=tuple(f"Until {one.until}: {one.text}" for one in plan.aftercare))
    yield Section(
        "Stop and see a doctor", items=(*plan.stop, f"No relief by {plan.last_day}: see a doctor."), mood="red"
    )
    if plan.not_to_confuse:
        yield Section("Not to be confused with", items=namesakes(plan))
    yield Section("Also", items=(*plan.advice, f"To buy: {plan.supply.text}."))
    yield Section("Why these limits", items=tuple(_bound(bound, details=details) for bound in plan.bounds))
    closing = [*plan.warnings]
    if details:
        cited = ", ".join(f"{one.source} ({plan.sources[one.source].country}, {one.section})" for one in plan.cited)
        closing += [f"Sources: {cited}.", f"Catalogue hash {plan.catalogue.sha256}."]
    yield Section(None, (*closing, origin(plan)))


def _spare(plan: Plan) -> Iterator[str]:
    if plan.times_per_day.min < plan.times_per_day.max:
        yield f"{plan.times_per_day.min} a day are enough if the pain allows."


def _each_time(plan: Plan) -> Iterator[str]:
    if plan.amount:
        yield f"Each time: {plan.amount}."


def _bound(bound: Bound, *, details: bool) -> str:
    names = {"article": "the article", "label": "the label", "request": "as asked for", "waking hours": "waking hours"}
    setters = " and ".join(names[who] for who in bound.set_by)
    refs = f" [{', '.join(one.source for one in bound.sources)}]" if details and bound.sources else ""
    return f"{_LIMITS[bound.limit]}: {bound.value} ({setters}){refs}"


def refusal_sections(refusal: Refusal) -> Iterator[Section]:
    """Say why there is no plan, and what would change that."""
    match refusal.kind:
        case "sign":
            title = REFERRALS[refusal.report.refer[0].urgency]
            yield Section(title, items=tuple(map(capital, refusal.because)), mood="red")
            yield Section(None, ("There is no plan while a warning sign stands.",))
        case "excluded":
            yield Section(f"No plan: {refusal.name} must not be used", items=refusal.because, mood="red")
        case "undecided":
            yield Section(
                f"No plan yet: these questions about {refusal.name} are open", items=refusal.because, mood="yellow"
            )
        case "no-dose":
            yield Section(f"No plan: {refusal.name}", items=refusal.because, mood="yellow")
        case "together":
            yield Section("No plan: the two do not go together", items=refusal.because, mood="red")
    last = referral_line(refusal.report)
    yield Section(None, tuple(filter(None, (refusal.shorter, refusal.report.disclaimer, last))))


def as_html(plan: Plan) -> str:
    """Write a plan as one self-contained page that prints on one sheet.

    Raises:
        MissingExtraError: jinja2 is not installed.
    """
    return rendered_page(
        "plan.html",
        plan=plan,
        often=often(plan, "{:%d %b %Y}"),
        condition=condition(plan),
        asking=asking(plan),
        origin=origin(plan),
        namesakes=namesakes(plan),
        days=timetable(plan),
        bounds=[_bound(bound, details=False) for bound in plan.bounds],
    )


_A_USE, _A_DAY = (timedelta(minutes=15), timedelta()), (timedelta(days=1), timedelta(hours=9))
"""How long an event of the calendar lasts, and how long after its beginning it rings."""


def as_calendar(plan: Plan) -> bytes:
    """Write a plan as a calendar: one event per use with an alarm, and reminders for the ends.

    Times are floating local times. The same plan always gives the same identifiers.

    Raises:
        MissingExtraError: icalendar is not installed.
    """
    icalendar = extra("icalendar", "calendar", "a calendar")
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//remedies//usage plan//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Plan: {plan.name}")
    stamp = datetime.combine(plan.as_of, datetime.min.time(), tzinfo=UTC)

    def add(name: str, summary: str, text: str, start: datetime | date) -> None:
        """Add a use with an alarm, or a reminder for a whole day that rings at nine."""
        lasts, rings = _A_USE if isinstance(start, datetime) else _A_DAY
        event = icalendar.Event()
        event.add("uid", f"{_uid(plan, name)}@remedies.invalid")
        event.add("dtstamp", stamp)
        event.add("dtstart", start)
        event.add("dtend", start + lasts)
        event.add("summary", summary)
        event.add("description", text)
        bell = icalendar.Alarm()
        bell.add("action", "DISPLAY")
        bell.add("description", summary)
        bell.add("trigger", rings)
        event.add_component(bell)
        calendar.add_component(event)

    first = condition(plan)
    banner = f"{first}. " if first else ""
    last = origin(plan)
    instruction = "\n".join((banner + (plan.amount or "As the leaflet says."), *plan.how, *plan.avoid, last))
    for number, use in enumerate(plan.uses, start=1):
        add(f"use-{number}", f"{plan.name}: use {number} of {len(plan.uses)}", instruction, use)
    end = f"Stop after today. No relief by now: see a doctor. {last}"
    add("last-day", f"{plan.name}: last day", end, plan.last_day)
    for number, after in enumerate(plan.aftercare, start=1):
        text = f"{after.text} This holds until today, today included."
        add(f"after-{number}", f"{plan.name}: aftercare ends today", text, after.until)
    content: bytes = calendar.to_ical()
    return content


def _uid(plan: Plan, name: str) -> str:
    """Identify an event by what it is, not by when it was written."""
    key = f"{plan.patient or ''}|{plan.remedy}|{plan.start}|{name}"
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def is_page(format_: str) -> bool:
    """Tell whether a format is a page or a calendar of its own, which a refusal is never written as."""
    return format_ in {"html", "ics"}


def rendered(
    made: Plan | Refusal,
    format_: str,
    width: int,
    *,
    style: Callable[[str, Mood], str] = plain,
    details: bool = False,
) -> str | bytes:
    """Write a plan in any format; a refusal is text in every format but JSON and Markdown.

    Raises:
        MissingExtraError: the format needs a package that is not installed.
    """
    if format_ == "json":
        return as_json(made.model_dump_json(indent=2))
    if isinstance(made, Plan) and format_ == "html":
        return as_html(made)
    if isinstance(made, Plan) and format_ == "ics":
        return as_calendar(made)
    found = sections(made, details=details) if isinstance(made, Plan) else refusal_sections(made)
    if format_ == "markdown":
        return as_markdown(found, CHAT_WIDTH)
    return as_text(found, min(width, CHAT_WIDTH), style)
