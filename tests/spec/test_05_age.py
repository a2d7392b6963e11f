"""An age limit ends on the birthday; an age that is not known exactly is a range, and unknown where the limit cuts it.

A birth date may be a year, a month or a day; a stated age is so many completed years, or years and
months, on the day on which it was said. Whoever is under 10, or 60 and more, is taken not to be
pregnant and not to breastfeed, unless somebody said so.
"""

from datetime import date, timedelta

import pytest
from support import TODAY, Json, a_rule, holds, one_remedy

from remedies import Patient, PatientError, check


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
    born: str, limit: object, day: str, expected: str
) -> None:
    """Somebody born on 29 February is a year older on 1 March."""
    start = date.fromisoformat(day)
    assert holds({"age_below": limit}, {"born": born}, start, as_of=start) == expected


def test_a_birth_date_after_the_day_that_is_looked_at_is_refused() -> None:
    with pytest.raises(PatientError) as refused:
        holds({"age_below": 18}, {"born": "2020-05"}, as_of=date(2019, 1, 1), start=date(2019, 1, 1))
    assert str(refused.value) == "born: 2020-05 lies after 2019-01-01, the day of the check"


OPPOSITE = {"yes": "no", "no": "yes", "unknown": "unknown"}


@pytest.mark.parametrize(
    ("age", "limit", "later", "expected"),
    [
        (11, 12, 0, "yes"),
        (11, 11, 0, "no"),
        (11, 12, 1, "unknown"),
        (11, 12, 60, "unknown"),
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
    age: object, limit: object, later: int, expected: str
) -> None:
    """It counts from the day of the check, forward and back, unless it was said on another day."""
    said = {} if age is None else {"age": age}
    assert holds({"age_below": limit}, said, TODAY + timedelta(days=later)) == expected
    assert holds({"age_from": limit}, said, TODAY + timedelta(days=later)) == OPPOSITE[expected]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ({}, "How old is the person who will use it?"),
        ({"age": 64}, "When exactly was the person born? (for example 2008-05-17)"),
        ({"born": "1961"}, "When exactly was the person born? (for example 2008-05-17)"),
    ],
)
def test_an_age_that_is_not_exact_enough_is_asked_for_as_a_birth_date(said: Json, text: str) -> None:
    small = one_remedy([a_rule("old", {"age_from": 65})])
    report = check(Patient(**said, nothing_else=True), small, as_of=TODAY)
    assert [(one.topic, one.text) for one in report.questions] == [("age", text)]


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
def test_an_explicit_statement_wins_over_an_assumption(when: Json, said: Json, expected: str) -> None:
    assert holds(when, said) == expected


@pytest.mark.parametrize(
    ("born", "as_of", "refused"),
    [
        ("1906", "2026-11-22", None),
        ("1906-01", "2026-11-22", None),
        ("1905", "2026-11-22", "born: 1905 is more than 120 years ago"),
        ("1905-12-31", "2026-11-22", "born: 1905-12-31 is more than 120 years ago"),
        ("2026-11-22", "2026-11-22", None),
        ("2026-11-23", "2026-11-22", "born: 2026-11-23 lies after 2026-11-22, the day of the check"),
        ("2026-11", "2026-11-01", None),
        ("2026-12", "2026-11-30", "born: 2026-12 lies after 2026-11-30, the day of the check"),
        ("2026", "2026-01-01", None),
        ("2027", "2026-12-31", "born: 2027 lies after 2026-12-31, the day of the check"),
    ],
)
def test_a_birth_date_lies_within_a_human_life_before_the_day_of_the_check(
    born: str, as_of: str, refused: str | None
) -> None:
    """A month or a year that has begun may be the right one; the calendar year is what counts at the other end."""
    day = date.fromisoformat(as_of)
    if refused is None:
        assert holds({"age_below": 18}, {"born": born}, day, as_of=day) in {"yes", "no"}
        return
    with pytest.raises(PatientError) as error:
        check(Patient(born=born), as_of=day)
    assert str(error.value) == refused
    assert [fault.path for fault in error.value.faults] == ["born"]
