"""Times of use: a first day that has begun, the calendar, and hours that the clock leaves out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
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


@pytest.mark.parametrize(
    ("now", "sleep", "expected"),
    [
        (time(19, 40), time(22), ["19:40"]),
        (time(19, 40, 1), time(22), ["19:45"]),
        (time(19, 40, 59), time(22), ["19:45"]),
        (time(19, 41), time(22), ["19:45"]),
        (time(19, 59, 1), time(22), ["20:00"]),
        (time(21, 58, 30), time(22), ["22:00"]),
        (time(22), time(22), ["22:00"]),
        (time(22, 0, 1), time(22), []),
        (time(23, 59, 30), time(22), []),
        (time(23, 57), time(23, 58), ["23:58"]),
        (time(23, 58, 30), time(23, 59), ["23:59"]),
        (time(23, 59), time(23, 59), ["23:59"]),
        (time(23, 59, 30), time(23, 59), []),
    ],
    ids=str,
)
def test_a_use_at_once_is_rounded_up_to_five_minutes_and_never_past_bedtime_or_midnight(
    now: time, sleep: time, expected: list[str]
) -> None:
    found = course(date(2026, 11, 22), 1, uses=1, day=WakingHours(time(8), sleep), now=now)

    assert on(found, date(2026, 11, 22)) == expected


ST_JOHNS = ZoneInfo("America/St_Johns")
EVE, LEAP, AFTER = date(2027, 3, 13), date(2027, 3, 14), date(2027, 3, 15)
"""On the second of these days the clocks of St John's go from 02:00 to 03:00."""


@pytest.mark.parametrize(
    ("hours", "eve", "leap", "after"),
    [
        (0, ["02:00", "12:00", "22:00"], ["03:00", "12:00", "22:00"], ["02:00", "12:00", "22:00"]),
        (4, ["02:00", "12:00", "22:00"], ["03:00", "12:00", "22:00"], ["02:00", "12:00", "22:00"]),
        (8, ["02:00", "10:00", "18:00"], ["03:00", "11:00", "19:00"], ["03:00", "11:00", "19:00"]),
    ],
)
def test_a_time_that_the_clock_leaves_out_is_never_named_and_the_hours_between_are_kept(
    hours: int, eve: list[str], leap: list[str], after: list[str]
) -> None:
    found = course(EVE, 3, hours=hours, day=WakingHours(time(2), time(22)), zone=ST_JOHNS)
    real = [use.replace(tzinfo=ST_JOHNS).timestamp() for use in found]

    assert [on(found, day) for day in (EVE, LEAP, AFTER)] == [eve, leap, after]
    assert min(later - earlier for earlier, later in pairwise(real)) >= hours * 3600


def test_a_course_may_begin_on_a_time_that_the_clock_leaves_out() -> None:
    found = course(LEAP, 1, uses=1, day=WakingHours(time(2, 30), time(22)), zone=ST_JOHNS)

    assert found == [datetime(2027, 3, 14, 3, 30)]


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("sleep", "leap", "after"),
    [
        (time(21), ["09:00", "21:00"], ["09:00", "21:00"]),
        (time(20, 59), ["09:00"], ["08:00", "20:00"]),
    ],
)
def test_a_use_moved_to_bedtime_itself_is_kept_and_after_one_that_is_left_out_hours_count_from_the_last_real_use(
    sleep: time, leap: list[str], after: list[str]
) -> None:
    found = course(date(2027, 3, 27), 3, uses=2, hours=12, day=WakingHours(time(8), sleep), zone=BERLIN)

    assert on(found, date(2027, 3, 28)) == leap
    assert on(found, date(2027, 3, 29)) == after


def test_after_a_first_day_without_a_use_the_second_begins_as_usual() -> None:
    found = course(date(2027, 3, 27), 2, uses=2, hours=12, now=time(22, 30), zone=BERLIN)

    assert on(found, date(2027, 3, 27)) == []
    assert on(found, date(2027, 3, 28)) == ["08:00", "20:00"]


@pytest.mark.parametrize(
    ("zone", "eve", "hours", "leap", "after"),
    [
        ("Europe/Berlin", date(2027, 3, 27), 0, ["00:30", "11:00", "21:30"], ["00:30", "11:00", "21:30"]),
        ("Europe/Berlin", date(2027, 3, 27), 8, ["00:30", "09:30", "17:30"], ["01:30", "09:30", "17:30"]),
        ("Africa/Cairo", date(2027, 4, 29), 0, ["01:30", "11:00", "21:30"], ["00:30", "11:00", "21:30"]),
        ("Africa/Cairo", date(2027, 4, 29), 8, ["01:30", "09:30", "17:30"], ["01:30", "09:30", "17:30"]),
        ("America/Havana", date(2027, 3, 13), 0, ["01:30", "11:00", "21:30"], ["00:30", "11:00", "21:30"]),
    ],
)
def test_waking_up_at_half_past_midnight_no_use_falls_into_the_hour_that_is_left_out(
    zone: str, eve: date, hours: int, leap: list[str], after: list[str]
) -> None:
    """Berlin goes from 02:00 to 03:00; Cairo and Havana go from 00:00 to 01:00."""
    found = course(eve, 3, hours=hours, day=WakingHours(time(0, 30), time(22)), zone=ZoneInfo(zone))

    assert on(found, eve + timedelta(days=1)) == leap
    assert on(found, eve + timedelta(days=2)) == after


ZONES = ["Europe/Berlin", "Africa/Cairo", "America/Havana", "Asia/Beirut", "America/St_Johns", "Australia/Lord_Howe"]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("minutes", range(0, 240, 30))
def test_every_use_around_a_change_of_the_clock_is_at_a_time_that_its_clock_shows(zone: str, minutes: int) -> None:
    day = WakingHours(time(*divmod(minutes, 60)), time(23, 30))
    changes = [date(2026, 1, 1) + timedelta(days=number) for number in range(0, 730, 3)]
    for start in changes:
        for use in course(start, 4, uses=4, hours=4, day=day, zone=ZoneInfo(zone)):
            there = use.replace(tzinfo=ZoneInfo(zone))
            assert there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == use


@pytest.mark.parametrize(
    ("wake", "sleep", "uses"),
    [
        (time(0, 30), time(22), ["00:30", "11:00", "21:30"]),
        (time(0), time(21), ["00:00", "10:30", "21:00"]),
        (time(0), time(23, 55), ["00:00", "10:30", "21:00"]),
    ],
)
def test_where_no_label_gives_hours_the_night_still_keeps_three(wake: time, sleep: time, uses: list[str]) -> None:
    found = course(date(2026, 11, 22), 2, day=WakingHours(wake, sleep))

    assert on(found, date(2026, 11, 22)) == uses
    assert on(found, date(2026, 11, 23)) == uses


@pytest.mark.parametrize(("now", "first"), [(time(21, 30), ["21:30"]), (time(21, 35), [])])
def test_a_use_at_once_keeps_three_hours_from_the_next_morning(now: time, first: list[str]) -> None:
    found = course(date(2026, 11, 22), 2, day=WakingHours(time(0, 30), time(23)), now=now)

    assert on(found, date(2026, 11, 22)) == first
