"""Times of use: spread over waking hours, never closer than the label allows, whatever the clock does."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from remedies import PlanError
from remedies.advice.schedule import Day, times_of_day, uses_of

BERLIN = ZoneInfo("Europe/Berlin")
NORMAL = Day()
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)
"""The days on which the clocks of Berlin change."""


def course(
    start: date,
    days: int = 5,
    *,
    uses: int = 3,
    hours: int = 0,
    day: Day = NORMAL,
    now: time | None = None,
    zone: ZoneInfo | None = None,
) -> list[datetime]:
    slots = times_of_day(uses, hours, day)
    return list(uses_of(start, days, slots, hours, day, now=now, zone=zone))


def clock(moments: list[time]) -> list[str]:
    return [f"{moment:%H:%M}" for moment in moments]


def on(moments: list[datetime], day: date) -> list[str]:
    return [f"{moment:%H:%M}" for moment in moments if moment.date() == day]


@pytest.mark.parametrize(
    ("uses", "hours", "expected"),
    [
        (1, 0, ["08:00"]),
        (2, 0, ["08:00", "22:00"]),
        (3, 0, ["08:00", "15:00", "22:00"]),
        (3, 4, ["08:00", "15:00", "22:00"]),
        (2, 12, ["08:00", "20:00"]),
        (3, 8, ["08:00", "22:00"]),
        (2, 24, ["08:00"]),
    ],
)
def test_uses_are_spread_evenly_over_waking_hours(uses: int, hours: int, expected: list[str]) -> None:
    assert clock(times_of_day(uses, hours, NORMAL)) == expected


def test_the_night_keeps_the_hours_between_uses_as_well() -> None:
    long_day = Day(time(6), time(23, 55))

    assert clock(times_of_day(3, 8, long_day)) == ["06:00", "14:00", "22:00"]
    assert clock(times_of_day(2, 12, long_day)) == ["06:00", "18:00"]


def test_a_day_too_short_for_the_hours_between_uses_gets_fewer_uses() -> None:
    assert clock(times_of_day(3, 4, Day(time(9), time(14)))) == ["09:00", "14:00"]
    assert clock(times_of_day(2, 12, Day(time(9), time(14)))) == ["09:00"]
    assert clock(times_of_day(3, 4, Day(time(9), time(9, 1)))) == ["09:00"]


def test_a_day_of_exactly_the_hours_between_uses_takes_both() -> None:
    assert clock(times_of_day(2, 12, Day(time(9), time(21)))) == ["09:00", "21:00"]
    assert clock(times_of_day(2, 12, Day(time(9), time(20, 59)))) == ["09:00"]


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
        Day(wake, sleep)

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
    found = course(date(2026, 11, 22), uses=1, day=Day(time(8), time(21, 58)), now=time(21, 57))

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


def test_when_clocks_go_forward_the_real_hours_between_uses_are_kept() -> None:
    found = course(SPRING - timedelta(days=1), 2, uses=2, hours=12, zone=BERLIN)

    assert on(found, SPRING - timedelta(days=1)) == ["08:00", "20:00"]
    assert on(found, SPRING) == ["09:00", "21:00"]


def test_when_clocks_go_back_nothing_has_to_move() -> None:
    found = course(AUTUMN - timedelta(days=1), 2, uses=2, hours=12, zone=BERLIN)

    assert on(found, AUTUMN - timedelta(days=1)) == ["08:00", "20:00"]
    assert on(found, AUTUMN) == ["08:00", "20:00"]


def test_a_use_that_the_clock_change_pushes_past_bedtime_is_left_out() -> None:
    found = course(SPRING - timedelta(days=1), 3, uses=2, hours=12, day=Day(time(8), time(20, 30)), zone=BERLIN)

    assert on(found, SPRING) == ["09:00"]
    assert on(found, SPRING + timedelta(days=1)) == ["08:00", "20:00"]


def test_without_a_zone_the_clock_on_the_wall_decides() -> None:
    assert on(course(SPRING - timedelta(days=1), 2, uses=2, hours=12), SPRING) == ["08:00", "20:00"]


minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(*divmod(minute, 60)))
waking = st.tuples(minutes, minutes).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Day(*pair))
starts = st.dates(date(2026, 1, 1), date(2030, 12, 31))
around_changes = st.sampled_from([SPRING, AUTUMN]).flatmap(
    lambda day: st.integers(0, 4).map(lambda back: day - timedelta(days=back))
)


@given(uses=st.integers(1, 3), hours=st.integers(0, 24), day=waking, start=starts, days=st.integers(1, 5))
def test_every_plan_keeps_to_waking_hours_and_to_the_hours_between_uses(
    uses: int, hours: int, day: Day, start: date, days: int
) -> None:
    found = course(start, days, uses=uses, hours=hours, day=day)

    assert all(day.wake <= use.time() <= day.sleep for use in found)
    assert all(later - earlier >= timedelta(hours=hours) for earlier, later in pairwise(found))
    assert found == sorted(set(found))
    for number in range(days):
        assert 1 <= len(on(found, start + timedelta(days=number))) <= uses


@given(
    uses=st.integers(1, 3),
    hours=st.integers(0, 24),
    day=waking,
    start=starts,
    days=st.integers(1, 5),
    now=minutes,
)
@example(uses=1, hours=10, day=Day(time(8, 2), time(23)), start=date(2026, 11, 22), days=2, now=time(22, 1))
def test_a_start_late_in_the_day_keeps_every_bound_as_well(
    *, uses: int, hours: int, day: Day, start: date, days: int, now: time
) -> None:
    found = course(start, days, uses=uses, hours=hours, day=day, now=now)

    assert all(day.wake <= use.time() <= day.sleep for use in found)
    assert all(later - earlier >= timedelta(hours=hours) for earlier, later in pairwise(found))
    assert all(use.time() >= now for use in found if use.date() == start)
    assert all(len(on(found, start + timedelta(days=number))) <= uses for number in range(days))


@given(uses=st.integers(1, 3), hours=st.integers(0, 24), day=waking, start=around_changes, days=st.integers(1, 5))
def test_over_a_change_of_the_clock_real_hours_are_kept(
    uses: int, hours: int, day: Day, start: date, days: int
) -> None:
    found = course(start, days, uses=uses, hours=hours, day=day, zone=BERLIN)
    real = [use.replace(tzinfo=BERLIN).timestamp() for use in found]

    assert all(day.wake <= use.time() <= day.sleep for use in found)
    assert all(later - earlier >= hours * 3600 for earlier, later in pairwise(real))
    assert all(len(on(found, start + timedelta(days=number))) <= uses for number in range(days))
