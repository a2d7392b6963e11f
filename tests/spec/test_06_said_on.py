"""What was said holds on the day on which it was said, and some of it for a while: then it is unknown again.

Warning signs and the skin hold for a day, "not pregnant" for 28 days, medicines and breastfeeding for
six calendar months; everything else keeps. Ages and weeks of pregnancy are counted on from the day on
which they were said, but an assumption never rests on an age that has only grown to its limit, and a
pregnancy that must be past its 45th week is unknown again. A word holds for as long as what it means,
whatever list it stands in, and what a forgotten fact proves of another topic stays proven. Nothing is
said on a later day than that of the check. Without a day, all was said on the day of the check.
"""

from datetime import date, timedelta

import pytest
from support import TODAY, Json, a_fact, a_rule, one_remedy

from remedies import Patient, PatientError, Report, check, interview, verdicts
from remedies.checking.retold import retold

FIRST, SECOND, THIRD = ({"trimesters": [number]} for number in (1, 2, 3))

FACTS = (
    a_fact("rash", "skin"),
    a_fact("fever", "signs"),
    a_fact("illness", "conditions"),
    a_fact("tablets", "medicines"),
    a_fact("diabetes", "conditions"),
    a_fact("insulin", "medicines", implies=["diabetes"]),
    a_fact("sun", "circumstances"),
)


def seen(when: Json, said: Json, said_on: str | None, as_of: date = TODAY, start: date | None = None) -> Report:
    """Check a patient who said something on some day against one rule, for a course of one day."""
    small = one_remedy([a_rule("looked-at", when)], FACTS)
    patient = Patient(**said, said_on=said_on)
    return check(patient, small, as_of=as_of, start=start, days=1, all_rules=True)


def holds(when: Json, said: Json, said_on: str | None, as_of: date = TODAY, start: date | None = None) -> str:
    """Tell whether a clause holds of somebody who said something on some day."""
    reasons = seen(when, said, said_on, as_of, start)["gel"].reasons
    return next(reason.holds for reason in reasons if reason.rule == "gel/looked-at")


def forgotten(report: Report) -> list[str]:
    """List the warnings on what holds no longer."""
    return [warning for warning in report.warnings if "holds no longer" in warning]


PREGNANT: Json = {"pregnant": "any"}
NOT_PREGNANT: Json = {"pregnancy": "no"}

SPANS = [
    ({"sign": "fever"}, {"signs": ["fever"]}, "yes", "of warning signs", "2026-11-21", "2026-11-20"),
    ({"sign": "fever"}, {"signs": {"no": ["fever"]}}, "no", "of warning signs", "2026-11-21", "2026-11-20"),
    ({"skin": "rash"}, {"skin": ["rash"]}, "yes", "of the skin", "2026-11-21", "2026-11-20"),
    ({"skin": "rash"}, {"skin": {"no": ["rash"]}}, "no", "of the skin", "2026-11-21", "2026-11-20"),
    (PREGNANT, NOT_PREGNANT, "no", "of pregnancy", "2026-10-25", "2026-10-24"),
    ({"taking": "tablets"}, {"medicines": ["tablets"]}, "yes", "of medicines", "2026-05-22", "2026-05-21"),
    ({"taking": "tablets"}, {"medicines": {"no": ["tablets"]}}, "no", "of medicines", "2026-05-22", "2026-05-21"),
    ({"breastfeeding": True}, {"breastfeeding": True}, "yes", "of breastfeeding", "2026-05-22", "2026-05-21"),
    ({"breastfeeding": True}, {"breastfeeding": False}, "no", "of breastfeeding", "2026-05-22", "2026-05-21"),
]
"""A clause, what was said, what it is then, of what that is, the first day that is recent enough and the one before."""


@pytest.mark.parametrize("span", SPANS)
def test_what_was_said_holds_for_its_span_and_not_a_day_longer(span: tuple[Json, Json, str, str, str, str]) -> None:
    when, said, value, what, recent, old = span
    fresh, kept, lost = (seen(when, said, day) for day in ("2026-11-22", recent, old))
    found = [
        next(reason.holds for reason in report["gel"].reasons if reason.rule == "gel/looked-at")
        for report in (fresh, kept, lost)
    ]
    assert found == [value, value, "unknown"]
    assert (forgotten(fresh), forgotten(kept)) == ([], [])
    assert forgotten(lost) == [f"What was said {what} on {old} holds no longer and is unknown again."]


@pytest.mark.parametrize(
    ("as_of", "recent", "old"),
    [
        ("2026-08-31", "2026-02-28", "2026-02-27"),
        ("2024-08-31", "2024-02-29", "2024-02-28"),
        ("2026-12-31", "2026-06-30", "2026-06-29"),
        ("2026-03-01", "2025-09-01", "2025-08-31"),
    ],
)
def test_six_months_are_counted_by_the_calendar(as_of: str, recent: str, old: str) -> None:
    said: Json = {"medicines": ["tablets"]}
    day = date.fromisoformat(as_of)
    found = [holds({"taking": "tablets"}, said, said_on, day) for said_on in (recent, old)]
    assert found == ["yes", "unknown"]


@pytest.mark.parametrize("topic", ["skin", "signs", "medicines"])
@pytest.mark.parametrize("closing", ["rest", "nothing_else"])
def test_a_closed_topic_is_forgotten_like_its_words(topic: str, closing: str) -> None:
    key, fact = {"skin": ("skin", "rash"), "signs": ("sign", "fever"), "medicines": ("taking", "tablets")}[topic]
    said: Json = {topic: {"rest": "no"}} if closing == "rest" else {"nothing_else": True}
    fresh, lost = (seen({key: fact}, said, day) for day in ("2026-11-22", "2026-01-01"))
    assert topic in [one.topic for one in fresh.closed]
    assert topic not in [one.topic for one in lost.closed]
    assert holds({key: fact}, said, "2026-11-22") == "no"
    assert holds({key: fact}, said, "2026-01-01") == "unknown"


@pytest.mark.parametrize(
    ("when", "said", "value"),
    [
        ({"condition": "illness"}, {"conditions": ["illness"]}, "yes"),
        ({"condition": "illness"}, {"conditions": {"rest": "no"}}, "no"),
        ({"allergy": "substance"}, {"allergies": {"no": ["substance"]}}, "no"),
        ({"circumstance": "sun"}, {"circumstances": ["sun"]}, "yes"),
        ({"circumstance": "sun"}, {"nothing_else": True}, "no"),
        (PREGNANT, {"sex": "male"}, "no"),
    ],
)
def test_everything_else_keeps(when: Json, said: Json, value: str) -> None:
    assert holds(when, said, "2016-11-22") == value


def test_everything_that_is_forgotten_is_told_in_one_place_each(shipped_patient: Patient) -> None:
    report = check(shipped_patient, as_of=TODAY)
    ending = "on 2026-05-21 holds no longer and is unknown again."
    assert report.warnings == (
        f"What was said of warning signs {ending}",
        f"What was said of the skin {ending}",
        f"What was said of pregnancy {ending}",
        f"What was said of medicines {ending}",
        f"What was said of breastfeeding {ending}",
        "What was said is a reason to ask about the illnesses: small blood vessels damaged by diabetes.",
    )
    assert report.refer == ()
    assert (report.person.pregnancy, report.person.breastfeeding) == ("unknown", "unknown")


@pytest.fixture
def shipped_patient() -> Patient:
    """Return somebody who said everything half a year and a day ago."""
    return Patient(
        said_on="2026-05-21",
        age=34,
        sex="female",
        pregnancy="no",
        breastfeeding=True,
        signs=["fever"],
        skin=["acne"],
        medicines=["insulins"],
        conditions=["asthma"],
    )


def test_only_what_was_said_is_told_as_forgotten() -> None:
    said: Json = {"age": 34, "pregnancy": "possible", "conditions": ["illness"]}
    assert forgotten(seen(PREGNANT, said, "2016-01-01")) == []


def test_a_forgotten_sign_sends_nobody_to_a_doctor_and_a_fresh_one_does() -> None:
    fresh, lost = (check(Patient(signs=["fever"], said_on=day), as_of=TODAY) for day in ("2026-11-21", "2026-11-20"))
    assert [sign.sign for sign in fresh.refer] == ["fever"]
    assert lost.refer == ()


@pytest.mark.parametrize(
    ("age", "limit", "said_on", "value"),
    [
        (11, 12, "2026-11-22", "yes"),
        (11, 12, "2026-11-21", "unknown"),
        (11, 12, "2025-11-23", "unknown"),
        (11, 12, "2025-11-22", "no"),
        (11, 13, "2025-11-22", "yes"),
        (11, 13, "2025-11-21", "unknown"),
        ({"years": 0, "months": 7}, {"years": 0, "months": 8}, "2026-10-23", "unknown"),
        ({"years": 0, "months": 7}, {"years": 0, "months": 8}, "2026-10-22", "no"),
    ],
)
def test_a_stated_age_is_counted_on_from_the_day_on_which_it_was_said(
    age: object, limit: object, said_on: str, value: str
) -> None:
    assert holds({"age_below": limit}, {"age": age}, said_on) == value


@pytest.mark.parametrize(
    ("said", "said_on", "first", "second", "third"),
    [
        ({"weeks": 13, "days": 6}, "2026-11-22", "yes", "no", "no"),
        ({"weeks": 13, "days": 6}, "2026-11-21", "no", "yes", "no"),
        ({"weeks": 13}, "2026-11-16", "unknown", "unknown", "no"),
        ({"weeks": 13}, "2026-11-15", "no", "yes", "no"),
        ({"weeks": 20, "days": 0}, "2026-09-28", "no", "yes", "no"),
        ({"weeks": 20, "days": 0}, "2026-09-27", "no", "no", "yes"),
        ({"trimester": 1}, "2026-11-21", "unknown", "unknown", "no"),
        ({"trimester": 1}, "2026-08-16", "no", "yes", "no"),
        ({"months": 3}, "2026-11-22", "unknown", "unknown", "no"),
        ({"months": 6}, "2026-11-22", "no", "unknown", "unknown"),
        ({"months": 8}, "2026-11-22", "no", "no", "yes"),
        ({"months": 5}, "2026-08-30", "no", "no", "yes"),
        ({"due": "2027-05-25"}, "2026-11-01", "yes", "no", "no"),
        ({"due": "2027-05-24"}, "2026-11-01", "yes", "no", "no"),
        ({"due": "2027-05-23"}, "2026-11-01", "no", "yes", "no"),
        ({"last_period": "2026-08-17"}, "2026-11-01", "yes", "no", "no"),
        ({"last_period": "2026-08-16"}, "2026-11-01", "no", "yes", "no"),
        ({"last_period": "2026-05-10"}, "2026-11-01", "no", "no", "yes"),
    ],
)
def test_weeks_are_counted_on_from_the_day_on_which_they_were_said(
    said: Json, said_on: str, first: str, second: str, third: str
) -> None:
    found = [holds({"pregnant": window}, {"pregnancy": said}, said_on) for window in (FIRST, SECOND, THIRD)]
    assert found == [first, second, third]


@pytest.mark.parametrize(
    ("said", "last", "past"),
    [
        ({"weeks": 44, "days": 6}, "2026-11-21", "2026-11-20"),
        ({"weeks": 40, "days": 0}, "2026-10-18", "2026-10-17"),
        ({"weeks": 40}, "2026-10-18", "2026-10-17"),
        ({"trimester": 3}, "2026-07-26", "2026-07-25"),
        ("yes", "2026-01-11", "2026-01-10"),
        ({"months": 10}, "2026-09-20", "2026-09-19"),
    ],
)
def test_a_pregnancy_counted_past_forty_five_weeks_is_unknown_again(said: Json | str, last: str, past: str) -> None:
    """Day 315 is the last that is believed: 45 weeks and 0 days; a week without days counts from its first day."""
    assert holds(PREGNANT, {"pregnancy": said}, last) == "yes"
    report = seen(PREGNANT, {"age": 34, "pregnancy": said}, past)
    (reason,) = (one for one in report["gel"].reasons if one.rule == "gel/looked-at")
    assert reason.holds == "unknown"
    assert forgotten(report) == [f"What was said of pregnancy on {past} holds no longer and is unknown again."]
    assert report.person.pregnancy == "unknown"


@pytest.mark.parametrize(
    ("last", "past"),
    [
        ({"due": "2026-10-18"}, {"due": "2026-10-17"}),
        ({"last_period": "2026-01-11"}, {"last_period": "2026-01-10"}),
    ],
)
def test_a_pregnancy_that_is_known_by_a_date_is_counted_from_it_whenever_that_was_said(last: Json, past: Json) -> None:
    for said_on in ("2026-09-01", "2026-11-22"):
        assert holds(PREGNANT, {"pregnancy": last}, said_on) == "yes"
        assert holds(PREGNANT, {"pregnancy": past}, said_on) == "unknown"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            {"due": "2027-08-09"},
            "pregnancy.due: 2027-08-09 lies more than 40 weeks after 2026-11-01, the day on which it was said",
        ),
        (
            {"last_period": "2026-11-02"},
            "pregnancy.last_period: 2026-11-02 lies after 2026-11-01, the day on which it was said",
        ),
    ],
)
def test_no_pregnancy_begins_after_the_day_on_which_it_was_said(said: Json, message: str) -> None:
    with pytest.raises(PatientError) as refused:
        seen(PREGNANT, {"pregnancy": said}, "2026-11-01")
    assert str(refused.value) == message
    earlier = {name: (date.fromisoformat(day) - timedelta(days=1)).isoformat() for name, day in said.items()}
    assert holds(PREGNANT, {"pregnancy": earlier}, "2026-11-01") == "yes"


@pytest.mark.parametrize(
    ("when", "said", "recent", "old"),
    [
        ({"sign": "fever"}, {"conditions": ["fever"]}, "2026-11-21", "2026-11-20"),
        ({"sign": "fever"}, {"conditions": ["no fever"]}, "2026-11-21", "2026-11-20"),
        ({"taking": "tablets"}, {"conditions": ["tablets"]}, "2026-05-22", "2026-05-21"),
    ],
)
def test_a_word_holds_for_as_long_as_what_it_means_whatever_list_it_stands_in(
    when: Json, said: Json, recent: str, old: str
) -> None:
    assert holds(when, said, recent) == holds(when, said, "2026-11-22") != "unknown"
    assert holds(when, said, old) == "unknown"


def test_an_illness_stays_proven_by_a_medicine_that_is_forgotten() -> None:
    said: Json = {"medicines": ["insulin"]}
    assert holds({"taking": "insulin"}, said, "2026-05-21") == "unknown"
    assert holds({"condition": "diabetes"}, said, "2026-05-21") == "yes"
    assert holds({"condition": "diabetes"}, {"signs": ["diabetes"]}, "2026-05-21") == "yes"


def test_a_forgotten_topic_keeps_open_what_it_could_say_of_another_one() -> None:
    said: Json = {"conditions": {"rest": "no"}, "medicines": {"rest": "no"}}
    assert holds({"condition": "diabetes"}, said, "2026-05-22") == "no"
    assert holds({"condition": "diabetes"}, said, "2026-05-21") == "unknown"


def test_a_forgotten_pregnancy_is_asked_about_again() -> None:
    said: Json = {"age": 34, "sex": "female", "breastfeeding": False, "nothing_else": True, "pregnancy": "no"}
    patient = Patient.model_validate({**said, "said_on": "2026-10-24"})
    topics = [question.topic for question in check(patient, as_of=TODAY).questions]
    assert "pregnancy" in topics


def test_who_said_59_is_not_taken_for_60_by_an_assumption_however_long_ago() -> None:
    """The age itself grows, and limits count the grown age; only the assumption waits for somebody to say 60."""
    old = check(Patient(age=59, said_on="2024-11-22"), as_of=TODAY)
    assert old.person.age == "61"
    assert old.assumed == ()
    assert (old.person.pregnancy, old.person.breastfeeding) == ("unknown", "unknown")
    for said in (Patient(age=60, said_on="2024-11-22"), Patient(born="1966-11-22", said_on="2024-11-22")):
        report = check(said, as_of=TODAY)
        assert [(one.fact, one.because) for one in report.assumed] == [
            ("pregnancy", "age is 60 or more"),
            ("breastfeeding", "age is 60 or more"),
        ]


def test_a_child_that_has_grown_past_ten_since_is_no_child_any_more() -> None:
    assert check(Patient(age=9, said_on="2026-11-22"), as_of=TODAY).assumed != ()
    assert check(Patient(age=9, said_on="2026-11-21"), as_of=TODAY).assumed == ()


def test_an_assumption_takes_the_place_of_a_forgotten_no() -> None:
    report = check(Patient(age=70, pregnancy="no", breastfeeding=False, said_on="2020-01-01"), as_of=TODAY)
    assert [one.fact for one in report.assumed] == ["pregnancy", "breastfeeding"]
    assert (report.person.pregnancy, report.person.breastfeeding) == ("no", "no")


def test_nothing_is_said_after_the_day_of_the_check() -> None:
    assert check(Patient(said_on="2026-11-22"), as_of=TODAY).warnings == ()
    for judge in (check, verdicts):
        with pytest.raises(PatientError) as refused:
            judge(Patient(said_on="2026-11-23"), as_of=TODAY)
        assert str(refused.value) == "said_on: 2026-11-23 lies after 2026-11-22, the day of the check"
        assert [fault.where for fault in refused.value.faults] == [("said_on",)]


def test_without_a_day_all_was_said_on_the_day_of_the_check() -> None:
    said: Json = {"age": 11, "pregnancy": {"weeks": 13}, "signs": ["fever"], "medicines": ["insulins"]}
    for day in (TODAY, TODAY + timedelta(days=400)):
        without, on_it = (
            check(Patient.model_validate({**said, **more}), as_of=day) for more in ({}, {"said_on": day.isoformat()})
        )
        assert without.model_copy(update={"asked": on_it.asked}) == on_it


@pytest.mark.parametrize(
    "given",
    [
        "2026-11-22",
        " 2026-11-22 ",
        "2026-11-22T10:00",
        "2026-11-22T10:00:00.000Z",
        "22.11.2026",
        "22.11.2026 г.",
        "22 November 2026",
        "22nd Nov. 2026",
        "November 22, 2026",
        "22 ноября 2026 года",
    ],
)
def test_the_day_may_be_written_as_people_and_records_write_it(given: str) -> None:
    assert Patient(said_on=given).said_on == "2026-11-22"


@pytest.mark.parametrize(
    "given",
    ["2026-11-31", "31.11.2026", "29.02.2025", "2026-11", "20261122", "", "2026-W47-7", "11/22/2026", "22.11.26"],
)
def test_a_day_that_does_not_exist_or_may_be_another_one_is_refused(given: str) -> None:
    with pytest.raises(PatientError) as refused:
        Patient(said_on=given)
    assert str(refused.value) == f"said_on: must be a date that exists, such as 2026-11-22, not '{given}'"


def test_an_answer_to_what_was_forgotten_is_of_today_and_counts() -> None:
    patient = Patient(age=34, sex="male", said_on="2026-11-20", nothing_else=True)
    state = interview.begin(patient, as_of=TODAY)
    assert interview.screens(state)[0].id == "signs"
    state = interview.answer(state, "signs", "fever")
    assert [sign.sign for sign in interview.report_of(state).refer] == ["fever"]


@pytest.mark.parametrize(
    ("said", "again"),
    [
        ({"born": "1990-05-17"}, {"born": "1990-05-17"}),
        ({"age": 34, "said_on": "2026-11-21"}, {}),
        ({"age": {"years": 1, "months": 3}, "said_on": "2026-11-21"}, {"age": {"years": 1}}),
        ({"age": {"years": 59, "months": 11}, "said_on": "2026-09-21"}, {}),
        ({"age": 60, "said_on": "2026-11-21"}, {}),
        ({"pregnancy": {"weeks": 20, "days": 6}, "said_on": "2026-11-20"}, {"pregnancy": {"weeks": 21, "days": 1}}),
        ({"pregnancy": {"weeks": 20}, "said_on": "2026-11-08"}, {"pregnancy": {"weeks": 22}}),
        ({"pregnancy": {"weeks": 20}, "said_on": "2026-11-20"}, {"pregnancy": {"trimester": 2}}),
        ({"pregnancy": {"weeks": 27}, "said_on": "2026-11-20"}, {"pregnancy": "yes"}),
        ({"pregnancy": {"trimester": 1}, "said_on": "2026-11-20"}, {"pregnancy": "yes"}),
        ({"pregnancy": {"weeks": 40, "days": 0}, "said_on": "2026-10-01"}, {}),
        ({"pregnancy": {"months": 8}, "said_on": "2026-11-20"}, {"pregnancy": {"trimester": 3}}),
        ({"pregnancy": {"due": "2027-02-20"}}, {"pregnancy": {"due": "2027-02-20"}}),
        ({"pregnancy": {"last_period": "2026-05-16"}}, {"pregnancy": {"last_period": "2026-05-16"}}),
        ({"pregnancy": {"due": "2026-10-17"}}, {}),
        ({"pregnancy": "possible"}, {"pregnancy": "possible"}),
        ({"pregnancy": "no"}, {}),
        ({"breastfeeding": True}, {}),
        (
            {"conditions": {"yes": ["asthma"], "no": ["diabetes"]}},
            {"conditions": {"yes": ["asthma"], "no": ["diabetes"]}},
        ),
        ({"skin": ["eczema"], "signs": {"rest": "no"}, "medicines": ["warfarin"]}, {}),
        (
            {"nothing_else": True, "allergies": ["camphor"]},
            {
                "conditions": {"rest": "no"},
                "allergies": {"yes": ["camphor"], "rest": "no"},
                "circumstances": {"rest": "no"},
            },
        ),
    ],
    ids=str,
)
def test_what_is_said_again_on_a_later_day_is_what_still_holds(said: Json, again: Json) -> None:
    before = Patient.model_validate({"said_on": "2026-11-20", **said})
    assert retold(before, TODAY) == Patient.model_validate({"said_on": "2026-11-22", **again})


@pytest.mark.parametrize("said", [{}, {"said_on": "2026-11-22"}])
def test_who_was_described_today_is_not_told_again(said: Json) -> None:
    patient = Patient.model_validate({"skin": ["eczema"], "nothing_else": True, **said})
    assert retold(patient, TODAY) is patient


def test_what_was_said_later_cannot_be_told_again_today() -> None:
    with pytest.raises(PatientError) as refused:
        retold(Patient(said_on="2026-11-23"), TODAY)
    assert str(refused.value) == "said_on: 2026-11-23 lies after 2026-11-22, the day of the check"
