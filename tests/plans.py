"""What tests of plans share: people, the plans that are made for them, and the times of a course."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from support import TODAY

from remedies import Catalogue, Patient, Plan, Refusal, plan
from remedies.advice.schedule import WakingHours, times_of_day, uses_of

SHIPPED = Catalogue.shipped()
REMEDIES = [one.id for one in SHIPPED.remedies]
PLANNED = [one.id for one in SHIPPED.remedies if one.usage is not None]


def person(**known: Any) -> Patient:
    """Describe a man of 34 of whom everything else was ruled out, or somebody a little different."""
    document = {"age": 34, "nothing_else": True} | ({} if "pregnancy" in known else {"sex": "male"}) | known
    return Patient.model_validate(document)


def pregnant(weeks: int, days: int) -> Patient:
    """Describe a woman of 34 who has nothing but a pregnancy."""
    return person(sex="female", pregnancy={"weeks": weeks, "days": days}, breastfeeding=False)


HEALTHY = person()


def asked(remedy: str, patient: Patient = HEALTHY, catalogue: Catalogue = SHIPPED, **more: Any) -> Plan | Refusal:
    """Plan a remedy from today on, or learn why not."""
    return plan(remedy, patient, catalogue, **({"start": TODAY, "as_of": TODAY} | more))


def planned(remedy: str, patient: Patient = HEALTHY, catalogue: Catalogue = SHIPPED, **more: Any) -> Plan:
    """Plan a remedy that can be planned."""
    made = asked(remedy, patient, catalogue, **more)
    assert isinstance(made, Plan), made
    return made


def refused(remedy: str, patient: Patient = HEALTHY, catalogue: Catalogue = SHIPPED, **more: Any) -> Refusal:
    """Ask for a plan that there is not."""
    made = asked(remedy, patient, catalogue, **more)
    assert isinstance(made, Refusal), made
    return made


def bounds(made: Plan) -> dict[str, tuple[int | str, tuple[str, ...]]]:
    """Give each bound of a plan with who set it."""
    return {bound.limit: (bound.value, bound.set_by) for bound in made.bounds}


def course(
    start: date,
    days: int = 5,
    *,
    uses: int = 3,
    hours: int = 0,
    day: WakingHours | None = None,
    now: time | None = None,
    zone: ZoneInfo | None = None,
) -> list[datetime]:
    """Spread the uses of a course over its days."""
    day = day or WakingHours()
    slots = times_of_day(uses, hours, day)
    return list(uses_of(start, days, slots, hours, day, now=now, zone=zone))


def clock(moments: Iterable[time]) -> list[str]:
    """Write times as a clock shows them."""
    return [f"{moment:%H:%M}" for moment in moments]


def on(moments: Iterable[datetime], day: date) -> list[str]:
    """Write the times of one day as a clock shows them."""
    return clock(moment.time() for moment in moments if moment.date() == day)
