"""Times of day: uses spread over waking hours, never closer than the label allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from remedies.core.errors import Fault, PlanError, of_type, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEP = 5
"""Times are rounded to so many minutes."""

_LEAST_GAP = 3
"""Where a label prints no hours between uses, a plan keeps so many, and has fewer uses on a short day."""


@dataclass(frozen=True, slots=True)
class WakingHours:
    """Waking hours, on the clock of the place.

    Raises:
        PlanError: the person would go to sleep before waking up.
    """

    wake: time = time(8)
    sleep: time = time(22)

    def __post_init__(self) -> None:
        """Refuse a day that ends before it begins."""
        of_type(self.wake, time, "wake", "a datetime.time")
        of_type(self.sleep, time, "sleep", "a datetime.time")
        if self.sleep <= self.wake:
            msg = f"bedtime ({self.sleep:%H:%M}) must be later than waking up ({self.wake:%H:%M}) on the same day"
            raise PlanError(Fault((), msg))


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def not_before(start: date | None, now: time | None = None) -> time | None:
    """Return the time before which nothing is planned on the first day: as asked, or the clock's if that is today."""
    if now is None and (start is None or start == date.today()):
        return datetime.now().time()
    return now


def zone_of(name: str | None) -> ZoneInfo | None:
    """Find a time zone.

    Raises:
        PlanError: there is no zone of that name.
    """
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        message = f"there is no time zone {quoted(name)} on this machine; write one such as Europe/Moscow"
        raise PlanError(Fault((), message)) from None


def times_of_day(uses: int, hours: int, day: WakingHours) -> list[time]:
    """Spread uses evenly over a day; fewer where the hours between them would not be kept.

    The night counts as well: the first use of a day keeps its distance from the last of the day before.
    """
    begin, window = _minutes(day.wake), _minutes(day.sleep) - _minutes(day.wake)
    least = (hours or _LEAST_GAP) * 60
    span = min(window, 24 * 60 - least)
    fitting = min(uses, span // least + 1)
    if fitting <= 1:
        return [day.wake]
    gap = span / (fitting - 1)
    # Rounded down from the second use on would bring uses too close, so the gap itself is a multiple of the step.
    step = int(gap // _STEP * _STEP)
    return [time(*divmod(begin + step * index, 60)) for index in range(fitting)]


def uses_of(
    start: date,
    days: int,
    slots: list[time],
    hours: int,
    day: WakingHours,
    *,
    now: time | None = None,
    zone: ZoneInfo | None = None,
) -> Iterator[datetime]:
    """Yield every use of a course, as local times.

    On the first day nothing is planned before ``now``; where every time of that day has passed but
    the person is still up, there is one use at ``now``. With a zone, a use that a change of the
    clock brings too close to the one before is moved later, or left out if that is past bedtime.
    """
    last: datetime | None = None
    apart = timedelta(hours=hours or _LEAST_GAP)
    for number in range(days):
        today = start + timedelta(days=number)
        planned = slots
        if number == 0 and now is not None:
            planned = [slot for slot in slots if slot >= now]
            once = _rounded_up(now, day)
            if not planned and once <= day.sleep and (days == 1 or not _too_close(once, slots[0], hours)):
                planned = [once]
        for slot in planned:
            moment = datetime.combine(today, slot)
            if zone is not None:
                moment = _on_the_clock(moment, last, apart, zone)
                if moment.date() != today or moment.time() > day.sleep:
                    continue
            last = moment
            yield moment


def _on_the_clock(moment: datetime, last: datetime | None, apart: timedelta, zone: ZoneInfo) -> datetime:
    """Move a use to a time that the clock shows, and far enough from the use before it."""
    real = moment.replace(tzinfo=zone).astimezone(UTC)
    if last is not None:
        real = max(real, last.replace(tzinfo=zone).astimezone(UTC) + apart)
    return real.astimezone(zone).replace(tzinfo=None)


def _too_close(now: time, first: time, hours: int) -> bool:
    """Tell whether a use now would be too near to the first use of the next day."""
    return _minutes(first) + 24 * 60 - _minutes(now) < (hours or _LEAST_GAP) * 60


def _rounded_up(now: time, day: WakingHours) -> time:
    """Round up to whole steps, but not past bedtime as long as that lies ahead."""
    minutes = -(-(now.hour * 60 + now.minute + (now.second > 0)) // _STEP) * _STEP
    rounded = time(*divmod(minutes, 60)) if minutes < 24 * 60 else time.max
    if now <= day.sleep:
        return min(rounded, day.sleep)
    return rounded
