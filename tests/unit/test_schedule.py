"""Times of use: a first day that has begun, the calendar, and hours that the clock leaves out."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from plans import course, on

from remedies import PlanError
from remedies.advice.schedule import WakingHours


@pytest.mark.parametrize(
    ("wake", "sleep", "message"),
    [
        (time(8), time(7), "bedtime (07:00) must be later than waking up (08:00) on the same day"),
        (time(22), time(6, 30), "bedtime (06:30) must be later than waking up (22:00) on the same day"),
        (time(8), time(8), "bedtime (08:00) must be later than waking up (08:00) on the same day"),
    ],
)
def test_going_to_sleep_before_waking_up_is_refused(wake: time, sleep: time, message: str) -> None:
    with pytest.raises(PlanError) as caught:
        WakingHours(wake, sleep)

    assert str(caught.value) == message


def test_a_late_start_gets_fewer_uses_on_that_day_only() -> None:
    found = course(date(2026, 11, 22), 2, now=time(14, 59, 59))

    assert on(found, date(2026, 11, 22)) == ["15:00", "22:00"]
    assert on(found, date(2026, 11, 23)) == ["08:00", "15:00", "22:00"]


def test_a_use_that_is_due_this_minute_is_still_planned() -> None:
    assert on(course(date(2026, 11, 22), now=time(15)), date(2026, 11, 22)) == ["15:00", "22:00"]


def test_after_the_last_time_of_the_day_there_is_one_use_at_once() -> None:
    found = course(date(2026, 11, 22), uses=1, now=time(19, 42))

    assert on(found, date(2026, 11, 22)) == ["19:45"]
    assert on(found, date(2026, 11, 23)) == ["08:00"]


def test_a_use_at_once_is_never_rounded_past_bedtime() -> None:
    found = course(date(2026, 11, 22), uses=1, day=WakingHours(time(8), time(21, 58)), now=time(21, 57))

    assert on(found, date(2026, 11, 22)) == ["21:58"]


def test_a_use_at_once_that_would_be_too_near_to_the_next_morning_is_left_out() -> None:
    late = course(date(2026, 11, 22), uses=2, hours=12, now=time(20, 1))
    in_time = course(date(2026, 11, 22), uses=1, hours=10, now=time(21, 58))

    assert on(late, date(2026, 11, 22)) == []
    assert on(late, date(2026, 11, 23)) == ["08:00", "20:00"]
    assert on(in_time, date(2026, 11, 22)) == ["22:00"]


def test_a_use_at_once_is_planned_where_no_next_morning_follows() -> None:
    assert on(course(date(2026, 11, 22), 1, uses=2, hours=12, now=time(20, 1)), date(2026, 11, 22)) == ["20:05"]


def test_after_bedtime_nothing_is_planned_on_the_first_day() -> None:
    found = course(date(2026, 11, 22), now=time(22, 1))

    assert on(found, date(2026, 11, 22)) == []
    assert len(found) == 12


def test_before_waking_up_the_first_day_is_whole() -> None:
    assert len(course(date(2026, 11, 22), now=time(5))) == 15


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2026, 11, 28), ["11-28", "11-29", "11-30", "12-01", "12-02"]),
        (date(2026, 12, 29), ["12-29", "12-30", "12-31", "01-01", "01-02"]),
        (date(2028, 2, 27), ["02-27", "02-28", "02-29", "03-01", "03-02"]),
        (date(2027, 2, 27), ["02-27", "02-28", "03-01", "03-02", "03-03"]),
    ],
    ids=["the end of a month", "New Year", "29 February", "no 29 February"],
)
def test_a_course_runs_on_over_the_calendar(start: date, expected: list[str]) -> None:
    assert [f"{use:%m-%d}" for use in course(start, uses=1)] == expected


