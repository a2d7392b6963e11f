"""A verdict is for a course of 1 to 5 days: a clause holds if it holds on any of its days.

All parts of a conjunction must hold on one and the same day, which may be one in the middle.
"""

from datetime import date, timedelta

import pytest
from support import TODAY, Json, holds

from remedies import CourseError, Patient, check, verdicts

THIRD = {"trimesters": [3]}


def test_a_birthday_within_the_course_does_not_lift_an_age_limit() -> None:
    said = {"born": "2008-11-23"}
    assert holds({"age_below": 18}, said, days=5) == "yes"
    assert holds({"age_below": 18}, said, start=date(2026, 11, 23), days=5) == "no"


@pytest.mark.parametrize(
    ("when", "said", "later"),
    [
        (
            {"all": [{"age_below": 18}, {"pregnant": THIRD}]},
            {"born": "2008-11-24", "pregnancy": {"weeks": 27, "days": 4}},
            0,
        ),
        (
            {"all": [{"pregnant": {"trimesters": [1, 3]}}, {"pregnant": {"from_week": 14}}]},
            {"pregnancy": {"weeks": 13, "days": 5}},
            0,
        ),
    ],
)
def test_a_conjunction_must_hold_on_one_and_the_same_day(when: Json, said: Json, later: int) -> None:
    """One part holds on the first day only, the other on the last day only: together they never hold."""
    assert holds(when, said, TODAY + timedelta(days=later), days=5) == "no"


@pytest.mark.parametrize("said", [{}, {"sex": "female", "pregnancy": "no"}, {"sex": "female", "pregnancy": "possible"}])
@pytest.mark.parametrize(("days", "expected"), [(4, "no"), (5, "yes")])
def test_an_age_that_is_reached_within_the_course_counts_whatever_is_known_of_pregnancy(
    said: Json, days: int, expected: str
) -> None:
    """Born on 26 November 1961, the person is 65 on the fifth day."""
    assert holds({"age_from": 65}, {"born": "1961-11-26", **said}, days=days) == expected


@pytest.mark.parametrize(("days", "expected"), [(1, "no"), (2, "unknown"), (5, "unknown")])
def test_a_stated_age_may_pass_the_next_limit_on_any_day_but_the_one_it_was_stated(days: int, expected: str) -> None:
    assert holds({"age_from": 65}, {"age": 64}, days=days) == expected


@pytest.mark.parametrize("days", [1, 2, 3, 4, 5])
def test_a_conjunction_may_hold_in_the_middle_of_a_course(days: int) -> None:
    """Week 28 begins on the second day, the eighteenth birthday is the fourth: two days of a girl of 17."""
    young_and_late = {"all": [{"age_below": 18}, {"pregnant": {"from_week": 28}}]}
    said = {"born": "2008-11-25", "sex": "female", "pregnancy": {"weeks": 27, "days": 6}}
    assert holds(young_and_late, said, days=days) == ("no" if days == 1 else "yes")


def test_whoever_turns_65_within_the_course_asks_a_doctor_about_diclofenac_gel() -> None:
    """The label on file wants care in old age (diclofenac-teva-ru-2)."""
    patient = Patient.model_validate({"born": "1961-11-26", "sex": "male", "nothing_else": True})
    shorter, longer = (check(patient, days=days, as_of=TODAY)["diclofenac-gel"] for days in (4, 5))
    assert (shorter.verdict, longer.verdict) == ("allowed", "ask-doctor")


def test_a_course_into_week_28_is_judged_by_the_rule_on_the_third_trimester() -> None:
    said: Json = {"age": 34, "sex": "female", "breastfeeding": False, "nothing_else": True}
    patient = Patient.model_validate({**said, "pregnancy": {"weeks": 27, "days": 3}})
    shorter, longer = (check(patient, start=TODAY, days=days, as_of=TODAY)["diclofenac-gel"] for days in (4, 5))
    assert (shorter.verdict, longer.verdict) == ("ask-doctor", "excluded")


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2008", "no"),
        ("2009", "unknown"),
        ("2010", "yes"),
        ("2008-12-31", "no"),
        ("2009-01-02", "no"),
        ("2009-01-03", "yes"),
    ],
)
def test_the_age_on_the_last_day_counts_where_a_pregnancy_has_grown(born: str, expected: str) -> None:
    """The third trimester begins on the last day, 2 January; who was born in 2009 is 17 or 18 by then."""
    said = {"born": born, "pregnancy": {"weeks": 27, "days": 3}}
    young_and_late = {"all": [{"age_below": 18}, {"pregnant": THIRD}]}
    start = date(2026, 12, 29)
    assert holds(young_and_late, said, start, days=5, as_of=start) == expected
    assert holds(young_and_late, said, start, days=4, as_of=start) == "no"


@pytest.mark.parametrize("days", [0, 6, -1, 100])
def test_a_course_has_one_to_five_days(days: int) -> None:
    message = (
        f"days: a course has 1 to 5 days, not {days}: "
        "the article lets a remedy be used for 5 days at most before a doctor is asked"
    )
    for call in (check, verdicts):
        with pytest.raises(CourseError) as refused:
            call(Patient(), days=days)
        assert str(refused.value) == message


@pytest.mark.parametrize("days", [1, 5])
def test_one_day_and_five_days_are_a_course(days: int) -> None:
    assert check(Patient(), days=days).course.days == days


def test_the_course_starts_today_and_takes_five_days_unless_said_otherwise() -> None:
    report = check(Patient())
    assert report.as_of == report.course.start
    assert report.course.days == 5


@pytest.mark.parametrize("day", ["1899-12-31", "2200-01-02", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("name", ["start", "as_of"])
def test_a_course_starts_and_is_checked_within_living_memory(name: str, day: str) -> None:
    days = {"start": TODAY, "as_of": TODAY, name: date.fromisoformat(day)}
    with pytest.raises(CourseError) as refused:
        check(Patient(), start=days["start"], as_of=days["as_of"])
    assert str(refused.value) == f"{name}: must lie between 1900-01-01 and 2200-01-01, not {day}"


@pytest.mark.parametrize("day", ["1900-01-01", "2200-01-01"])
def test_the_first_and_the_last_day_of_living_memory_can_be_checked(day: str) -> None:
    assert check(Patient(), as_of=date.fromisoformat(day)).as_of.isoformat() == day


def test_a_course_starts_at_most_sixty_days_after_the_day_of_the_check() -> None:
    assert check(Patient(), start=TODAY + timedelta(days=60), as_of=TODAY).course.start == date(2027, 1, 21)
    with pytest.raises(CourseError) as refused:
        check(Patient(), start=TODAY + timedelta(days=61), as_of=TODAY)
    assert str(refused.value) == (
        "start: 2027-01-22 lies 61 days after 2026-11-22: what is said of a person today does not hold so long; "
        "at most 60 days ahead can be checked"
    )


def test_a_course_that_started_in_the_past_gets_a_warning() -> None:
    healthy = Patient(age=34, sex="male", nothing_else=True)
    warned, silent = (check(healthy, start=start, as_of=TODAY) for start in (date(2026, 11, 21), TODAY))
    assert warned.warnings == ("The course starts on 2026-11-21, before today (2026-11-22).",)
    assert silent.warnings == ()


def test_faults_of_days_start_and_day_of_the_check_come_together() -> None:
    with pytest.raises(CourseError) as refused:
        check(Patient(), days=6, start=date(1, 1, 1), as_of=date(9999, 1, 1))
    assert [fault.path for fault in refused.value.faults] == ["days", "start", "as_of"]
