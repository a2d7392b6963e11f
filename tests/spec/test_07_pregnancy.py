"""The first trimester ends with 13 weeks and 6 days, the second with 27 and 6; a week without days is any day of it.

A pregnancy is counted on through the course. "Possible" reads as unknown; "yes" is some day of the
45 weeks, so that a rule on any pregnancy holds and one on a trimester may hold.
"""

from datetime import timedelta

import pytest
from support import TODAY, a_fact, a_remedy, a_rule, holds, small_catalogue

from remedies import Patient, check

FIRST, SECOND, THIRD = ({"trimesters": [number]} for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("meant", "said", "days", "expected"),
    [
        ("any", None, 1, "unknown"),
        ("any", "no", 1, "no"),
        ("any", "possible", 1, "unknown"),
        ("any", "yes", 5, "yes"),
        ("any", {"trimester": 3}, 5, "yes"),
        ("any", {"weeks": 44, "days": 6}, 5, "yes"),
        (FIRST, "no", 1, "no"),
        (FIRST, "possible", 1, "unknown"),
        (FIRST, "yes", 1, "unknown"),
        ({"trimesters": [1, 2, 3]}, "yes", 1, "yes"),
        ({"trimesters": [1, 3]}, {"trimester": 2}, 1, "no"),
        (FIRST, {"trimester": 1}, 5, "yes"),
        (SECOND, {"trimester": 1}, 1, "no"),
        (SECOND, {"trimester": 1}, 2, "unknown"),
        (THIRD, {"trimester": 1}, 5, "no"),
        (SECOND, {"trimester": 2}, 5, "yes"),
        (THIRD, {"trimester": 2}, 1, "no"),
        (THIRD, {"trimester": 2}, 2, "unknown"),
        (FIRST, {"trimester": 2}, 5, "no"),
        (THIRD, {"trimester": 3}, 5, "yes"),
        (FIRST, {"weeks": 13, "days": 6}, 1, "yes"),
        (SECOND, {"weeks": 13, "days": 6}, 1, "no"),
        (FIRST, {"weeks": 13, "days": 6}, 2, "yes"),
        (SECOND, {"weeks": 13, "days": 6}, 2, "yes"),
        (FIRST, {"weeks": 14, "days": 0}, 1, "no"),
        (THIRD, {"weeks": 27, "days": 3}, 4, "no"),
        (THIRD, {"weeks": 27, "days": 3}, 5, "yes"),
        (SECOND, {"weeks": 27, "days": 3}, 5, "yes"),
        (THIRD, {"weeks": 27, "days": 6}, 1, "no"),
        (THIRD, {"weeks": 27, "days": 6}, 2, "yes"),
        (THIRD, {"weeks": 28, "days": 0}, 1, "yes"),
        (SECOND, {"weeks": 28, "days": 0}, 5, "no"),
        (THIRD, {"weeks": 27}, 1, "no"),
        (SECOND, {"weeks": 27}, 1, "yes"),
        (THIRD, {"weeks": 27}, 2, "unknown"),
        (SECOND, {"weeks": 27}, 5, "yes"),
        (THIRD, {"weeks": 26}, 5, "no"),
        (THIRD, {"weeks": 28}, 5, "yes"),
        (THIRD, {"weeks": 44, "days": 6}, 5, "yes"),
        ({"from_week": 20}, {"weeks": 19, "days": 6}, 1, "no"),
        ({"from_week": 20}, {"weeks": 19, "days": 6}, 2, "yes"),
        ({"from_week": 20}, {"weeks": 19}, 2, "unknown"),
        ({"from_week": 20}, {"trimester": 2}, 1, "unknown"),
        ({"from_week": 20}, {"trimester": 3}, 1, "yes"),
        ({"from_week": 20}, {"trimester": 1}, 5, "no"),
        ({"from_week": 0}, "yes", 1, "yes"),
    ],
)
def test_pregnancy_is_counted_out_to_the_last_day_of_the_course(
    meant: object, said: object, days: int, expected: str
) -> None:
    """The first trimester ends with 13w6d, the second with 27w6d; a week without days is any day of it."""
    statement = {} if said is None else {"pregnancy": said}
    assert holds({"pregnant": meant}, statement, days=days) == expected


@pytest.mark.parametrize(
    ("later", "second", "third"), [(-30, "yes", "no"), (0, "yes", "no"), (6, "yes", "no"), (7, "no", "yes")]
)
def test_weeks_count_from_the_day_of_the_check_forward_and_back(later: int, second: str, third: str) -> None:
    said = {"pregnancy": {"weeks": 27, "days": 0}}
    start = TODAY + timedelta(days=later)
    assert (holds({"pregnant": SECOND}, said, start), holds({"pregnant": THIRD}, said, start)) == (second, third)


@pytest.mark.parametrize(("said", "expected"), [(True, "yes"), (False, "no"), (None, "unknown")])
def test_breastfeeding_is_as_said(said: bool | None, expected: str) -> None:  # noqa: FBT001
    assert holds({"breastfeeding": True}, {"breastfeeding": said}) == expected


def test_a_pregnancy_in_an_unknown_trimester_is_judged_by_the_rule_on_any_pregnancy() -> None:
    """The rules on trimesters cover the one on any pregnancy, but none of them is known to hold."""
    rules = [a_rule("early", {"pregnant": {"trimesters": [1, 2]}}), a_rule("late", {"pregnant": THIRD})]
    substances = [{"id": "substance", "rules": [a_rule("pregnancy", {"pregnant": "any"})]}]
    small = small_catalogue([a_fact("substance", "allergies")], [a_remedy("gel", rules)], substances=substances)
    assert check(Patient(pregnancy="yes"), small)["gel"].verdict == "excluded"


@pytest.mark.parametrize(
    ("later", "first", "second"),
    [(0, "yes", "no"), (1, "unknown", "unknown"), (6, "unknown", "unknown"), (7, "no", "yes")],
)
def test_a_week_without_days_leaves_open_on_which_side_of_a_limit_it_is(later: int, first: str, second: str) -> None:
    """Week 13 is 13w0d to 13w6d; six days later the first of these is 13w6d, still in the first trimester."""
    said = {"pregnancy": {"weeks": 13}}
    start = TODAY + timedelta(days=later)
    assert (holds({"pregnant": FIRST}, said, start), holds({"pregnant": SECOND}, said, start)) == (first, second)


def test_a_pregnancy_is_not_counted_back_before_its_first_day() -> None:
    said = {"pregnancy": {"weeks": 0, "days": 0}}
    before = TODAY - timedelta(days=30)
    assert holds({"pregnant": FIRST}, said, before) == "yes"
    assert holds({"pregnant": {"from_week": 0}}, said, before) == "yes"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["12 weeks pregnant", "26 weeks pregnant"], "week 26"),
        (["26 weeks pregnant", "12 weeks pregnant"], "week 26"),
        (["pregnant", "12 weeks pregnant", "not pregnant"], "week 12"),
        (["not pregnant", "pregnant"], "yes"),
        (["possibly pregnant", "not pregnant"], "no"),
    ],
)
def test_of_several_words_the_most_exact_counts_and_of_two_times_the_further_gone(
    words: list[str], expected: str
) -> None:
    report = check(Patient(sex="female", conditions=words), as_of=TODAY)
    assert report.person.pregnancy == expected
