"""A plan as a calendar: one event a use, and one for each thing that holds for whole days."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from remedies.pages.html import extra
from remedies.pages.plan_phrases import asking, condition, namesakes, origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

    from remedies.advice.plan import Plan

_A_USE, _A_DAY = timedelta(minutes=15), timedelta(days=1)
"""How long an event lasts."""

_AT_ONCE, _AT_NINE = timedelta(), timedelta(hours=9)
"""How long after its beginning an event rings."""


def as_calendar(plan: Plan) -> bytes:
    """Write a plan as a calendar that is to be imported: a short event for each use, and the whole of it once.

    As many uses a day ring as are enough; where more are allowed, those between are there without an
    alarm. Times are floating local times. The same plan always gives the same identifiers.

    Raises:
        MissingExtraError: icalendar is not installed.
    """
    icalendar = extra("icalendar", "calendar", "a calendar")
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//remedies//usage plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Plan: {plan.name}")
    stamp = datetime.combine(plan.as_of, datetime.min.time(), tzinfo=UTC)

    def add(name: str, summary: str, lines: Iterable[str], span: tuple[date, date], rings: timedelta | None) -> None:
        """Add an event up to its end, which is no part of it."""
        event = icalendar.Event()
        event.add("uid", f"{_uid(plan, name)}@remedies.invalid")
        event.add("dtstamp", stamp)
        event.add("dtstart", span[0])
        event.add("dtend", span[1])
        event.add("summary", summary)
        event.add("description", "\n".join((*lines, origin(plan))))
        if rings is not None:
            event.add_component(_bell(icalendar, summary, rings))
        calendar.add_component(event)

    add("whole", f"{plan.name}: how to use it", _whole(plan), (plan.start, plan.start + _A_DAY), None)
    enough = set(_enough(plan))
    for number, use in enumerate(plan.uses, start=1):
        summary = f"{plan.name}: use {number} of {len(plan.uses)}"
        if use in enough:
            add(f"use-{number}", summary, _short(plan), (use, use + _A_USE), _AT_ONCE)
        else:
            add(f"use-{number}", f"{summary}, if needed", _short(plan), (use, use + _A_USE), None)
    end = ("Stop after today.", *plan.stop)
    add("last-day", f"{plan.name}: last day", end, (plan.last_day, plan.last_day + _A_DAY), None)
    for number, after in enumerate(plan.aftercare, start=1):
        until = f"until {after.until:%d %b %Y}"
        text = (f"{after.text} This holds {until}, that day included.",)
        add(f"after-{number}", f"{plan.name}: {until}", text, (after.since, after.until + _A_DAY), _AT_NINE)
    content: bytes = calendar.to_ical()
    return content


def _bell(icalendar: ModuleType, summary: str, rings: timedelta) -> object:
    """Make an alarm that shows a title, so long after its event has begun."""
    bell = icalendar.Alarm()
    bell.add("action", "DISPLAY")
    bell.add("description", summary)
    bell.add("trigger", rings)
    return bell


def _enough(plan: Plan) -> Iterator[datetime]:
    """Pick the uses of each day that are enough, the first and the last of it among them, evenly between."""
    for _, found in groupby(plan.uses, key=datetime.date):
        uses = list(found)
        wanted = min(plan.times_per_day.min, len(uses))
        last = len(uses) - 1
        yield from (uses[last * index // max(wanted - 1, 1)] for index in range(wanted))


def _short(plan: Plan) -> Iterator[str]:
    """Say what one use needs: on whose word, how much, how, and when to stop."""
    yield from _asked_first(plan)
    yield from _amount(plan)
    yield from plan.how[:1]
    yield from plan.stop[-1:]


def _whole(plan: Plan) -> Iterator[str]:
    """Say everything once."""
    yield from _asked_first(plan)
    yield from asking(plan)
    yield from (*_amount(plan), *plan.how, *plan.avoid)
    yield from (f"Stop and see a doctor: {text}" for text in plan.stop)
    yield from (f"Not to be confused with {text}" for text in namesakes(plan))
    yield from (*plan.advice, *plan.warnings)


def _asked_first(plan: Plan) -> Iterator[str]:
    first = condition(plan)
    if first is not None:
        yield f"{first}."


def _amount(plan: Plan) -> Iterator[str]:
    if plan.amount is None:
        yield "As much as the leaflet says."
    else:
        yield f"Each time: {plan.amount}."


def _uid(plan: Plan, name: str) -> str:
    """Identify an event by what it is, not by when it was written."""
    key = f"{plan.patient or ''}|{plan.remedy}|{plan.start}|{name}"
    return hashlib.sha256(key.encode()).hexdigest()[:32]
