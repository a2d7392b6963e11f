"""The laws of use: a plan never asks for more than the article and the label both allow.

What the article and the label allow is intersected, and every bound says who made it as tight as it is and where
that stands. Uses lie within waking hours; the hours between them are kept over the night and over a change of the
clock as well. A sign to stop at is no limit: it shortens nothing.
"""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from plans import REMEDIES, SHIPPED, asked, bounds, clock, course, on, planned, pregnant, refused
from support import CITED, TODAY, a_fact, a_remedy, small_catalogue

from remedies import CourseError, Patient, PlanError, Refusal, plan
from remedies.advice.limits import dose_for, limits_of
from remedies.advice.schedule import WakingHours, times_of_day
from remedies.knowledge.usage import Dose, Usage
from remedies.pages.plan_phrases import timetable

if TYPE_CHECKING:
    from remedies.knowledge.records import Remedy

ARTICLE = ("article: general",)
LABEL = ("fastum-es-smpc: dosage",)
BERLIN = ZoneInfo("Europe/Berlin")
NORMAL = WakingHours()
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)
"""The days on which the clocks of Berlin change."""


def dose(**numbers: Any) -> Dose:
    return Dose.model_validate_json(json.dumps(numbers))


def test_what_is_planned_is_the_course_that_was_judged() -> None:
    """A course of three days ends before the last three months begin; one of five does not."""
    made = planned("ibuprofen-gel", pregnant(27, 4), days=3)

    assert made.days == 3
    assert made.verdict == "ask-doctor"
    assert refused("ibuprofen-gel", pregnant(27, 4)).kind == "excluded"


def test_each_bound_of_fastum_gel_says_who_set_it() -> None:
    assert bounds(planned("fastum-gel")) == {
        "times_per_day_min": (2, ("article",)),
        "times_per_day_max": (3, ("article", "label")),
        "days": (5, ("article",)),
        "max_per_day": ("15 g", ("label",)),
    }


def test_each_bound_of_nicotinic_acid_is_its_label_s() -> None:
    assert bounds(planned("nicotinic-acid")) == {
        "times_per_day_min": (1, ("label",)),
        "times_per_day_max": (1, ("label",)),
        "days": (5, ("article",)),
        "hours_between": (2, ("label",)),
    }


def test_each_bound_cites_its_sources() -> None:
    for bound in planned("diclofenac-gel").bounds:
        assert ("article" in bound.set_by) <= ("article" in {one.source for one in bound.sources})
        assert ("label" in bound.set_by) <= any(one.source != "article" for one in bound.sources)


@pytest.mark.parametrize(
    ("label", "expected", "fewest_by", "most_by"),
    [
        (None, (2, 3), ("article",), ("article",)),
        ((2, 3), (2, 3), ("article", "label"), ("article", "label")),
        ((1, 3), (2, 3), ("article",), ("article", "label")),
        ((3, 4), (3, 3), ("label",), ("article",)),
        ((1, 2), (2, 2), ("article",), ("label",)),
        ((2, 2), (2, 2), ("article", "label"), ("label",)),
        ((1, 6), (2, 3), ("article",), ("article",)),
        ((1, 1), (1, 1), ("label",), ("label",)),
        ((4, 6), (2, 3), ("article",), ("article",)),
    ],
)
def test_times_a_day_are_the_intersection_and_where_they_do_not_meet_the_lower_maximum_wins(
    label: tuple[int, int] | None,
    expected: tuple[int, int],
    fewest_by: tuple[str, ...],
    most_by: tuple[str, ...],
) -> None:
    numbers = {} if label is None else {"times_per_day": {"min": label[0], "max": label[1], "sources": LABEL}}

    found = limits_of(SHIPPED.file.common, dose(**numbers), 5)

    assert (found.fewest.value, found.most.value) == expected
    assert found.fewest.set_by == fewest_by
    assert found.most.set_by == most_by
    assert found.fewest.sources == found.most.sources == (ARTICLE if label is None else ARTICLE + LABEL)


def test_a_label_that_counts_uses_in_a_day_lowers_both_ends() -> None:
    cap = {"text": "once a day", "uses": 1, "sources": LABEL}

    found = limits_of(SHIPPED.file.common, dose(max_per_day=cap), 5)

    assert (found.fewest.value, found.most.value) == (1, 1)
    assert found.most.set_by == found.fewest.set_by == ("label",)
    assert found.most.sources == found.fewest.sources == LABEL


def test_a_label_that_counts_no_fewer_uses_than_the_article_wants_lowers_only_the_most() -> None:
    cap = {"text": "twice a day", "uses": 2, "sources": LABEL}

    found = limits_of(SHIPPED.file.common, dose(max_per_day=cap), 5)

    assert (found.fewest.value, found.fewest.set_by, found.fewest.sources) == (2, ("article",), ARTICLE)
    assert (found.most.value, found.most.set_by, found.most.sources) == (2, ("label",), LABEL)


def test_a_label_that_counts_as_many_uses_in_a_day_as_the_article_lets_the_article_stand() -> None:
    cap = {"text": "three times a day", "uses": 3, "sources": LABEL}

    found = limits_of(SHIPPED.file.common, dose(max_per_day=cap), 5)

    assert (found.fewest.value, found.most.value) == (2, 3)
    assert found.most.set_by == found.fewest.set_by == ("article",)


@pytest.mark.parametrize(
    ("label", "wanted", "days", "set_by", "sources"),
    [
        (None, 5, 5, ("article",), ARTICLE),
        (3, 5, 3, ("label",), LABEL),
        (4, 5, 4, ("label",), LABEL),
        (5, 5, 5, ("article", "label"), ARTICLE + LABEL),
        (6, 5, 5, ("article",), ARTICLE),
        (10, 5, 5, ("article",), ARTICLE),
        (10, 2, 2, ("request",), ()),
        (3, 2, 2, ("request",), ()),
        (3, 3, 3, ("label",), LABEL),
    ],
)
def test_days_are_the_fewest_of_article_label_and_request(
    label: int | None, wanted: int, days: int, set_by: tuple[str, ...], sources: tuple[str, ...]
) -> None:
    numbers = {} if label is None else {"max_days": {"days": label, "sources": LABEL}}

    found = limits_of(SHIPPED.file.common, dose(**numbers), wanted).days

    assert (found.value, found.set_by, found.sources) == (days, set_by, sources)


def test_a_short_day_sets_the_bound_and_says_so() -> None:
    made = planned("ketorol-gel", day=WakingHours(time(8), time(13)))

    assert (made.times_per_day.min, made.times_per_day.max) == (2, 2)
    assert bounds(made)["times_per_day_max"] == (2, ("waking hours",))
    assert made.warnings == ("Only 2 of 3 uses fit: 4 hours must lie between them.",)


def test_a_short_day_that_lowers_the_fewest_uses_is_named_as_what_set_them() -> None:
    made = planned("ketorol-gel", day=WakingHours(time(8), time(13)))

    assert bounds(made)["times_per_day_min"] == (2, ("waking hours",))


@pytest.mark.parametrize("days", [0, 6, -1])
def test_a_course_of_no_days_or_of_more_than_five_is_refused(days: int) -> None:
    with pytest.raises(CourseError, match="a course has 1 to 5 days"):
        asked("fastum-gel", days=days)


def with_doses(*doses: Dose) -> Remedy:
    return SHIPPED.find("fastum-gel").model_copy(update={"usage": Usage(doses=doses)})


@pytest.fixture
def banded() -> Remedy:
    """Give a remedy whose label has one dose from two to twelve and another from then on."""
    return with_doses(dose(from_age=2, below_age=12), dose(from_age=12))


@pytest.mark.parametrize(
    ("known", "band"),
    [
        ({"age": 11}, (2, 12)),
        ({"age": 12}, (12, None)),
        ({"age": 2}, (2, 12)),
        ({"age": 1}, None),
        ({"born": "2014-11-22"}, (12, None)),
        ({"born": "2014-11-23"}, (2, 12)),
        ({"born": "2014"}, None),
        ({"born": "2013"}, (12, None)),
    ],
)
def test_the_age_band_that_covers_every_possible_age_on_the_first_day_applies(
    banded: Remedy, known: dict[str, Any], band: tuple[int, int | None] | None
) -> None:
    found = dose_for(banded, Patient.model_validate(known), TODAY, TODAY)

    assert (None if found is None else (found.from_age, found.below_age)) == band


@pytest.mark.parametrize(
    ("bands", "found"),
    [
        ([(None, 12), (12, None)], None),
        ([(12, None), (None, 12)], None),
        ([(None, 12)], None),
        ([(None, 120)], None),
        ([(12, None)], None),
        ([(1, None)], None),
        ([(0, None)], 0),
        ([(None, None)], 0),
        ([(None, 12), (None, None)], 1),
    ],
)
def test_of_somebody_of_unknown_age_only_a_dose_for_every_age_is_taken(
    bands: list[tuple[int | None, int | None]], found: int | None
) -> None:
    doses = [dose(from_age=low, below_age=high) for low, high in bands]

    taken = dose_for(with_doses(*doses), Patient(), TODAY, TODAY)

    assert taken is (None if found is None else doses[found])


# A sign to stop at


def test_a_sign_to_stop_at_is_no_limit() -> None:
    dosed = {"doses": [{"times_per_day": {"min": 2, "max": 3, "sources": CITED}}]}
    stops = [{"text": "Stop when it burns for two days.", "sources": CITED}]
    plain, warned = (
        small_catalogue([a_fact("substance", "allergies")], [a_remedy("gel", [], usage=usage)])
        for usage in (dosed, {**dosed, "stop": stops})
    )

    without, beside = planned("gel", catalogue=plain), planned("gel", catalogue=warned)

    assert (without.stop, beside.stop) == ((), ("Stop when it burns for two days.",))
    assert beside.bounds == without.bounds
    assert (beside.days, beside.uses) == (without.days, without.uses)


# Times


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
    long_day = WakingHours(time(6), time(23, 55))

    assert clock(times_of_day(3, 8, long_day)) == ["06:00", "14:00", "22:00"]
    assert clock(times_of_day(2, 12, long_day)) == ["06:00", "18:00"]


def test_a_day_too_short_for_the_hours_between_uses_gets_fewer_uses() -> None:
    assert clock(times_of_day(3, 4, WakingHours(time(9), time(14)))) == ["09:00", "14:00"]
    assert clock(times_of_day(2, 12, WakingHours(time(9), time(14)))) == ["09:00"]
    assert clock(times_of_day(3, 4, WakingHours(time(9), time(9, 1)))) == ["09:00"]


def test_a_day_of_exactly_the_hours_between_uses_takes_both() -> None:
    assert clock(times_of_day(2, 12, WakingHours(time(9), time(21)))) == ["09:00", "21:00"]
    assert clock(times_of_day(2, 12, WakingHours(time(9), time(20, 59)))) == ["09:00"]


def test_when_clocks_go_forward_the_real_hours_between_uses_are_kept() -> None:
    found = course(SPRING - timedelta(days=1), 2, uses=2, hours=12, zone=BERLIN)

    assert on(found, SPRING - timedelta(days=1)) == ["08:00", "20:00"]
    assert on(found, SPRING) == ["09:00", "21:00"]


def test_when_clocks_go_back_nothing_has_to_move() -> None:
    found = course(AUTUMN - timedelta(days=1), 2, uses=2, hours=12, zone=BERLIN)

    assert on(found, AUTUMN - timedelta(days=1)) == ["08:00", "20:00"]
    assert on(found, AUTUMN) == ["08:00", "20:00"]


def test_a_use_that_the_clock_change_pushes_past_bedtime_is_left_out() -> None:
    found = course(SPRING - timedelta(days=1), 3, uses=2, hours=12, day=WakingHours(time(8), time(20, 30)), zone=BERLIN)

    assert on(found, SPRING) == ["09:00"]
    assert on(found, SPRING + timedelta(days=1)) == ["08:00", "20:00"]


def test_without_a_zone_the_clock_on_the_wall_decides() -> None:
    assert on(course(SPRING - timedelta(days=1), 2, uses=2, hours=12), SPRING) == ["08:00", "20:00"]


minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(*divmod(minute, 60)))


waking = st.tuples(minutes, minutes).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: WakingHours(*pair))


starts = st.dates(date(2026, 1, 1), date(2030, 12, 31))


around_changes = st.sampled_from([SPRING, AUTUMN]).flatmap(
    lambda day: st.integers(0, 4).map(lambda back: day - timedelta(days=back))
)


@given(uses=st.integers(1, 3), hours=st.integers(0, 24), day=waking, start=starts, days=st.integers(1, 5))
def test_every_plan_keeps_to_waking_hours_and_to_the_hours_between_uses(
    uses: int, hours: int, day: WakingHours, start: date, days: int
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
@example(uses=1, hours=10, day=WakingHours(time(8, 2), time(23)), start=date(2026, 11, 22), days=2, now=time(22, 1))
def test_a_start_late_in_the_day_keeps_every_bound_as_well(
    *, uses: int, hours: int, day: WakingHours, start: date, days: int, now: time
) -> None:
    found = course(start, days, uses=uses, hours=hours, day=day, now=now)

    assert all(day.wake <= use.time() <= day.sleep for use in found)
    assert all(later - earlier >= timedelta(hours=hours) for earlier, later in pairwise(found))
    assert all(use.time() >= now for use in found if use.date() == start)
    assert all(len(on(found, start + timedelta(days=number))) <= uses for number in range(days))


@given(uses=st.integers(1, 3), hours=st.integers(0, 24), day=waking, start=around_changes, days=st.integers(1, 5))
def test_over_a_change_of_the_clock_real_hours_are_kept(
    uses: int, hours: int, day: WakingHours, start: date, days: int
) -> None:
    found = course(start, days, uses=uses, hours=hours, day=day, zone=BERLIN)
    real = [use.replace(tzinfo=BERLIN).timestamp() for use in found]

    assert all(day.wake <= use.time() <= day.sleep for use in found)
    assert all(later - earlier >= hours * 3600 for earlier, later in pairwise(real))
    assert all(len(on(found, start + timedelta(days=number))) <= uses for number in range(days))


@st.composite
def patients(draw: st.DrawFn) -> Patient:
    known: dict[str, Any] = {"nothing_else": draw(st.booleans()), "age": draw(st.integers(0, 90))}
    for entry in draw(st.lists(st.sampled_from(SHIPPED.vocabulary.entries), max_size=3)):
        known.setdefault(entry.topic, []).append(entry.id)
    if draw(st.booleans()):
        known["sex"] = "female"
        known["pregnancy"] = {"weeks": draw(st.integers(0, 41)), "days": draw(st.integers(0, 6))}
    else:
        known["sex"] = "male"
    return Patient.model_validate(known)


@given(
    patient=patients(),
    remedy=st.sampled_from(REMEDIES),
    days=st.integers(1, 5),
    now=st.none() | st.times(),
    start=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
)
def test_no_plan_ever_has_more_than_three_uses_a_day_or_five_days(
    patient: Patient, remedy: str, days: int, now: time | None, start: date
) -> None:
    try:
        made = plan(remedy, patient, SHIPPED, start=start, as_of=start, days=days, now=now)
    except PlanError:
        # Its only day is over.
        if now is None or now <= time(22):
            raise
        return

    if isinstance(made, Refusal):
        assert made.because
        return
    assert made.verdict in {"allowed", "ask-doctor"}
    assert (made.verdict == "ask-doctor") == bool(made.ask_doctor)
    assert 1 <= made.days <= days
    assert 1 <= made.times_per_day.min <= made.times_per_day.max <= 3
    assert all(len(times) <= made.times_per_day.max for _, times in timetable(made))
    assert all(made.start <= use.date() <= made.last_day for use in made.uses)
    found = bounds(made)
    assert found["times_per_day_min"][0] == made.times_per_day.min
    assert found["times_per_day_max"][0] == made.times_per_day.max
    assert found["days"][0] == made.days
