"""Ages, pregnancy, assumptions and courses: when a rule holds, and what follows from it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from remedies import Catalogue, Patient, PatientError, Report, check

Json = dict[str, Any]
Build = Callable[..., Catalogue]
Describe = Callable[..., Json]

TODAY = date(2026, 11, 22)


@pytest.fixture
def holds(one_remedy: Build, a_rule: Describe) -> Callable[..., str]:
    """Return a function that tells whether a clause holds of a patient over a course."""

    def _holds(when: Json, said: Json, start: date = TODAY, days: int = 1, as_of: date = TODAY) -> str:
        small = one_remedy([a_rule("looked-at", when)])
        report = check(Patient(**said), small, start=start, days=days, as_of=as_of, all_rules=True)
        return next(reason.holds for reason in report["gel"].reasons if reason.rule == "gel/looked-at")

    return _holds


@pytest.mark.parametrize(
    ("born", "limit", "day", "expected"),
    [
        ("2008-11-22", 18, "2026-11-21", "yes"),
        ("2008-11-22", 18, "2026-11-22", "no"),
        ("2008-11-22", 18, "2026-11-23", "no"),
        ("2008-02-29", 18, "2026-02-28", "yes"),
        ("2008-02-29", 18, "2026-03-01", "no"),
        ("2008-02-29", 20, "2028-02-28", "yes"),
        ("2008-02-29", 20, "2028-02-29", "no"),
        ("2024-08-31", {"years": 1, "months": 6}, "2026-02-28", "yes"),
        ("2024-08-31", {"years": 1, "months": 6}, "2026-03-01", "no"),
        ("1990", 35, "2026-11-22", "no"),
        ("1990", 36, "2026-11-22", "unknown"),
        ("1990", 37, "2026-11-22", "yes"),
        ("2008-11", 18, "2026-10-31", "yes"),
        ("2008-11", 18, "2026-11-01", "unknown"),
        ("2008-11", 18, "2026-11-29", "unknown"),
        ("2008-11", 18, "2026-11-30", "no"),
        ("2026", 1, "2026-11-22", "yes"),
    ],
)
def test_an_age_limit_ends_on_the_birthday_and_is_unknown_within_a_birth_range(
    holds: Callable[..., str], born: str, limit: object, day: str, expected: str
) -> None:
    """Somebody born on 29 February is a year older on 1 March."""
    start = date.fromisoformat(day)
    assert holds({"age_below": limit}, {"born": born}, start, as_of=start) == expected


def test_a_birth_date_after_the_day_that_is_looked_at_is_refused(holds: Callable[..., str]) -> None:
    with pytest.raises(PatientError) as refused:
        holds({"age_below": 18}, {"born": "2020-05"}, as_of=date(2019, 1, 1), start=date(2019, 1, 1))
    assert str(refused.value) == "born: 2020-05 lies after 2019-01-01"


@pytest.mark.parametrize(
    ("age", "limit", "later", "expected"),
    [
        (11, 12, 0, "yes"),
        (11, 11, 0, "no"),
        (11, 12, 1, "unknown"),
        (11, 12, 364, "unknown"),
        (11, 12, 365, "no"),
        (12, 12, 0, "no"),
        (18, 18, -30, "unknown"),
        (19, 18, -30, "no"),
        (17, 18, -30, "yes"),
        (0, 1, 0, "yes"),
        (0, {"years": 0, "months": 6}, 0, "unknown"),
        ({"years": 0, "months": 7}, {"years": 0, "months": 8}, 0, "yes"),
        ({"years": 0, "months": 7}, {"years": 0, "months": 7}, 0, "no"),
        ({"years": 0, "months": 7}, {"years": 0, "months": 8}, 5, "unknown"),
        ({"years": 0, "months": 7}, {"years": 0, "months": 8}, 30, "no"),
        (120, 120, 0, "no"),
        (None, 18, 0, "unknown"),
    ],
)
def test_a_stated_age_is_so_many_years_and_something_and_people_grow_older(
    holds: Callable[..., str], age: object, limit: object, later: int, expected: str
) -> None:
    """It counts from today, or from the start of the course where that is earlier."""
    said = {} if age is None else {"age": age}
    assert holds({"age_below": limit}, said, TODAY + timedelta(days=later)) == expected


def test_a_birthday_within_the_course_does_not_lift_an_age_limit(holds: Callable[..., str]) -> None:
    said = {"born": "2008-11-23"}
    assert holds({"age_below": 18}, said, days=5) == "yes"
    assert holds({"age_below": 18}, said, start=date(2026, 11, 23), days=5) == "no"


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
    holds: Callable[..., str], meant: object, said: object, days: int, expected: str
) -> None:
    """The first trimester ends with 13w6d, the second with 27w6d; a week without days is any day of it."""
    statement = {} if said is None else {"pregnancy": said}
    assert holds({"pregnant": meant}, statement, days=days) == expected


@pytest.mark.parametrize(
    ("later", "second", "third"), [(-30, "yes", "no"), (0, "yes", "no"), (6, "yes", "no"), (7, "no", "yes")]
)
def test_weeks_count_from_today_or_from_an_earlier_start(
    holds: Callable[..., str], later: int, second: str, third: str
) -> None:
    said = {"pregnancy": {"weeks": 27, "days": 0}}
    start = TODAY + timedelta(days=later)
    assert (holds({"pregnant": SECOND}, said, start), holds({"pregnant": THIRD}, said, start)) == (second, third)


@pytest.mark.parametrize(("said", "expected"), [(True, "yes"), (False, "no"), (None, "unknown")])
def test_breastfeeding_is_as_said(holds: Callable[..., str], said: bool | None, expected: str) -> None:  # noqa: FBT001
    assert holds({"breastfeeding": True}, {"breastfeeding": said}) == expected


BOTH = [("pregnancy", "no"), ("breastfeeding", "no")]


@pytest.mark.parametrize(
    ("said", "assumed", "because"),
    [
        ({"sex": "male"}, BOTH, "sex is male"),
        ({"sex": "male", "age": 5}, BOTH, "sex is male"),
        ({"age": 9}, BOTH, "age is under 10"),
        ({"age": {"years": 0, "months": 3}}, BOTH, "age is under 10"),
        ({"age": 10}, [], ""),
        ({"age": 59}, [], ""),
        ({"age": 60}, BOTH, "age is 60 or more"),
        ({"born": "1966-11-22"}, BOTH, "age is 60 or more"),
        ({"born": "1966-11-23"}, [], ""),
        ({"born": "1966"}, [], ""),
        ({"born": "2016-11-23"}, BOTH, "age is under 10"),
        ({"born": "2016-11-22"}, [], ""),
        ({"sex": "female", "age": 34}, [], ""),
        ({}, [], ""),
        ({"age": 70, "pregnancy": "no"}, [("breastfeeding", "no")], "age is 60 or more"),
        ({"age": 70, "breastfeeding": False}, [("pregnancy", "no")], "age is 60 or more"),
        ({"age": 70, "pregnancy": "yes", "breastfeeding": True}, [], ""),
        ({"age": 9, "pregnancy": "possible"}, [("breastfeeding", "no")], "age is under 10"),
    ],
)
def test_pregnancy_and_breastfeeding_are_assumed_away_and_the_report_says_so(
    said: Json, assumed: list[tuple[str, str]], because: str
) -> None:
    report = check(Patient(**said), start=TODAY, as_of=TODAY)
    assert [(one.fact, one.value) for one in report.assumed] == assumed
    assert {one.because for one in report.assumed} == ({because} if assumed else set())


@pytest.mark.parametrize(
    ("when", "said", "expected"),
    [
        ({"pregnant": "any"}, {"age": 9}, "no"),
        ({"pregnant": "any"}, {"sex": "male"}, "no"),
        ({"breastfeeding": True}, {"age": 60}, "no"),
        ({"pregnant": "any"}, {"age": 9, "pregnancy": "yes"}, "yes"),
        ({"pregnant": "any"}, {"age": 70, "pregnancy": "possible"}, "unknown"),
        ({"breastfeeding": True}, {"age": 70, "breastfeeding": True}, "yes"),
    ],
)
def test_an_explicit_statement_wins_over_an_assumption(
    holds: Callable[..., str], when: Json, said: Json, expected: str
) -> None:
    assert holds(when, said) == expected


@pytest.fixture
def two_facts(one_remedy: Build, a_rule: Describe, a_fact: Describe) -> Callable[[str, str], Report]:
    """Return a function that checks a remedy that one fact excludes and for which another one calls a doctor."""
    rules = [a_rule("first", {"condition": "grave"}), a_rule("second", {"condition": "light"}, "ask-doctor")]
    small = one_remedy(rules, (a_fact("grave"), a_fact("light")))

    def _checked(excluding: str, asking: str) -> Report:
        said = {"grave": excluding, "light": asking}
        conditions = {truth: [name for name in said if said[name] == truth] for truth in ("yes", "no")}
        document = {"conditions": conditions, "allergies": {"rest": "no"}}
        return check(Patient.model_validate(document, context={"vocabulary": small.vocabulary}), small)

    return _checked


@pytest.mark.parametrize(
    ("excluding", "asking", "expected"),
    [
        ("no", "no", ("allowed", "allowed", "allowed", ())),
        ("no", "unknown", ("undecided", "allowed", "ask-doctor", ("light",))),
        ("no", "yes", ("ask-doctor", "ask-doctor", "ask-doctor", ())),
        ("unknown", "no", ("undecided", "allowed", "excluded", ("grave",))),
        ("unknown", "unknown", ("undecided", "allowed", "excluded", ("grave", "light"))),
        ("unknown", "yes", ("undecided", "ask-doctor", "excluded", ("grave",))),
        ("yes", "no", ("excluded", "excluded", "excluded", ())),
        ("yes", "unknown", ("excluded", "excluded", "excluded", ())),
        ("yes", "yes", ("excluded", "excluded", "excluded", ())),
    ],
)
def test_a_verdict_is_settled_where_floor_and_ceiling_meet(
    two_facts: Callable[[str, str], Report], excluding: str, asking: str, expected: tuple[object, ...]
) -> None:
    found = two_facts(excluding, asking)["gel"]
    assert (found.verdict, found.at_least, found.at_most, found.ask) == expected


@pytest.mark.parametrize(
    ("when", "said", "expected"),
    [
        ({"always": True}, {}, "yes"),
        ({"any": [{"age_below": 18}, {"breastfeeding": True}]}, {"age": 5}, "yes"),
        ({"any": [{"age_below": 18}, {"breastfeeding": True}]}, {"age": 34}, "unknown"),
        ({"any": [{"age_below": 18}, {"breastfeeding": True}]}, {"age": 34, "breastfeeding": False}, "no"),
        ({"all": [{"age_below": 18}, {"breastfeeding": True}]}, {"age": 34}, "no"),
        ({"all": [{"age_below": 18}, {"breastfeeding": True}]}, {"age": 15}, "unknown"),
        ({"all": [{"age_below": 18}, {"breastfeeding": True}]}, {"age": 15, "breastfeeding": True}, "yes"),
        (
            {"all": [{"any": [{"allergy": "substance"}, {"breastfeeding": True}]}, {"age_below": 18}]},
            {"age": 15, "breastfeeding": True},
            "yes",
        ),
        (
            {"any": [{"all": [{"allergy": "substance"}, {"age_below": 18}]}, {"breastfeeding": True}]},
            {"age": 34, "breastfeeding": False},
            "no",
        ),
    ],
)
def test_all_and_any_join_as_kleene_says(holds: Callable[..., str], when: Json, said: Json, expected: str) -> None:
    assert holds(when, said) == expected


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
def test_a_conjunction_must_hold_on_one_and_the_same_day(
    holds: Callable[..., str], when: Json, said: Json, later: int
) -> None:
    """One part holds on the first day only, the other on the last day only: together they never hold."""
    assert holds(when, said, TODAY + timedelta(days=later), days=5) == "no"


def test_a_pregnancy_in_an_unknown_trimester_is_judged_by_the_rule_on_any_pregnancy(
    small_catalogue: Build, a_fact: Describe, a_rule: Describe, a_remedy: Describe
) -> None:
    """The rules on trimesters cover the one on any pregnancy, but none of them is known to hold."""
    rules = [a_rule("early", {"pregnant": {"trimesters": [1, 2]}}), a_rule("late", {"pregnant": THIRD})]
    substances = [{"id": "substance", "rules": [a_rule("pregnancy", {"pregnant": "any"})]}]
    small = small_catalogue([a_fact("substance", "allergies")], [a_remedy("gel", rules)], substances=substances)
    assert check(Patient(pregnancy="yes"), small)["gel"].verdict == "excluded"


def test_a_course_into_week_28_is_judged_by_the_rule_on_the_third_trimester() -> None:
    said: Json = {"age": 34, "sex": "female", "breastfeeding": False, "nothing_else": True}
    patient = Patient.model_validate({**said, "pregnancy": {"weeks": 27, "days": 3}})
    shorter, longer = (check(patient, start=TODAY, days=days, as_of=TODAY)["diclofenac-gel"] for days in (4, 5))
    assert (shorter.verdict, longer.verdict) == ("ask-doctor", "excluded")
