"""What a plan says in whole sentences, alike in its text, its page and its calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from remedies.core.words import plural, span
from remedies.pages.layout import capital
from remedies.pages.sources import in_full

if TYPE_CHECKING:
    from remedies.advice.plan import Plan
    from remedies.knowledge.topics import Verdict


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
        lines.append(f"Not said so far; let them know about: {', '.join(plan.not_said)}.")
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


def references(plan: Plan) -> tuple[str, ...]:
    """Write every source as a bibliography does, behind the key by which the limits name it."""
    return tuple(in_full(key, source) for key, source in plan.sources.items())


def closing(plan: Plan, *, details: bool) -> tuple[str, ...]:
    """Say on what a plan rests, and last that it is no medical advice."""
    if details:
        return f"Catalogue hash {plan.catalogue.sha256}.", origin(plan)
    return f"It rests on {plural(len(plan.sources), 'source')}; --details lists them.", origin(plan)
