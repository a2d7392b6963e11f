"""A plan as text, Markdown, a printable page and JSON; its calendar is written next door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedies.advice.plan import Plan, Refusal
from remedies.checking.remarks import REFERRALS, referral_line
from remedies.pages.html import rendered_page
from remedies.pages.ics import as_calendar
from remedies.pages.layout import Mood, Section, as_json, as_markdown, as_text, capital, plain
from remedies.pages.plan_phrases import asking, closing, condition, namesakes, often, references, timetable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from remedies.advice.plan import Bound

CHAT_WIDTH = 60
"""The widest line of a plan that is read in a chat, in columns."""

_LIMITS = {
    "times_per_day_min": "fewest uses a day",
    "times_per_day_max": "most uses a day",
    "days": "most days",
    "hours_between": "hours between uses",
    "max_per_day": "most in a day",
}


def sections(plan: Plan, *, details: bool = False) -> Iterator[Section]:
    """Write a plan in the order in which it is followed, after when to stop."""
    first = condition(plan)
    if first is not None:
        yield Section(first.upper(), items=asking(plan), mood="yellow")
    yield Section(f"Plan: {plan.name}", (f"Use it {often(plan)}.", *_spare(plan)), mood="bold")
    rows = [f"{day:%a} {day}: {', '.join(times) or 'no use'}" for day, times in timetable(plan)]
    yield Section("When", items=tuple(rows))
    yield Section("Stop and see a doctor", items=plan.stop, mood="red")
    yield Section("How", tuple(_each_time(plan)), plan.how)
    yield Section("Avoid", items=plan.avoid)
    if plan.aftercare:
        yield Section("Afterwards", items=tuple(f"Until {one.until}: {one.text}" for one in plan.aftercare))
    if plan.not_to_confuse:
        yield Section("Not to be confused with", items=namesakes(plan))
    yield Section("Also", items=(*plan.advice, f"To buy: {plan.supply.text}."))
    yield Section("Why these limits", items=tuple(_bound(bound, details=details) for bound in plan.bounds))
    if details:
        yield Section("Sources", items=references(plan))
    yield Section(None, items=tuple(f"{field}: {'.' * _ROOM}" for field in FIELDS))
    yield Section(None, (*plan.warnings, *closing(plan, details=details)))


FIELDS = ("Name and pharmacy", "Notes")
"""What is left open for a pen."""

_ROOM = 38
"""How many dots there are to write on."""


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


def as_html(plan: Plan, *, details: bool = False, head: str = "", above: str = "") -> str:
    """Write a plan as one self-contained page that prints on one sheet; in detail its sources fill a second one.

    Args:
        plan: what ``plan`` made.
        details: whether the sources are listed.
        head: what another room adds to its head; a text is escaped, and ``markupsafe.Markup`` is not.
        above: what another room puts above it, likewise.

    Raises:
        MissingExtraError: jinja2 is not installed.
    """
    return rendered_page(
        "plan.html",
        plan=plan,
        head=head,
        above=above,
        often=often(plan, "{:%d %b %Y}"),
        condition=condition(plan),
        asking=asking(plan),
        spare=tuple(_spare(plan)),
        closing=closing(plan, details=details),
        references=references(plan) if details else (),
        namesakes=namesakes(plan),
        days=timetable(plan),
        bounds=[_bound(bound, details=details) for bound in plan.bounds],
    )


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
        return as_html(made, details=details)
    if isinstance(made, Plan) and format_ == "ics":
        return as_calendar(made)
    found = sections(made, details=details) if isinstance(made, Plan) else refusal_sections(made)
    if format_ == "markdown":
        return as_markdown(found, CHAT_WIDTH)
    return as_text(found, min(width, CHAT_WIDTH), style)
