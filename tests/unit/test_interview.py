"""The interview as an engine: states, screens, answers, back and change, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from support import a_fact, a_rule, one_remedy

from remedies import AnswerError, ArgumentError, Catalogue, CatalogueError, InputError, Patient, PatientError, interview
from remedies.advice.interview import Recap, Screen, State

TODAY = date(2026, 11, 22)
SHIPPED = Catalogue.shipped()


def begun(start: date = TODAY, remedies: list[str] | None = None, **said: Any) -> State:
    return interview.begin(Patient.model_validate(said), SHIPPED, as_of=TODAY, start=start, remedies=remedies)


def told(state: State, *answers: tuple[str, Any]) -> State:
    """Give some answers, one after another."""
    for question, said in answers:
        state = interview.answer(state, question, said, SHIPPED)
    return state


def ids(state: State) -> list[str]:
    return [screen.id for screen in interview.screens(state, SHIPPED)]


def first(state: State) -> Screen:
    return interview.screens(state, SHIPPED)[0]


def facts(screen: Screen) -> list[str]:
    return [item.fact for item in screen.items]


def recap(state: State, question: str) -> Recap:
    return next(one for one in interview.summary(state, SHIPPED) if one.question == question)


def faults(state: State, question: str, said: Any) -> list[str]:
    with pytest.raises(AnswerError) as caught:
        interview.answer(state, question, said, SHIPPED)
    return [str(fault) for fault in caught.value.faults]


MAN: tuple[tuple[str, Any], ...] = (("signs", {"rest": "no"}), ("person", {"age": "34", "sex": "male"}))
WOMAN: tuple[tuple[str, Any], ...] = (("signs", {"rest": "no"}), ("person", {"age": "30", "sex": "female"}))
NO_TO_ALL: tuple[tuple[str, Any], ...] = tuple((name, "no") for name in ("skin", "illness", "reactions", "medicines"))


# The way of a healthy adult


def test_a_healthy_man_answers_seven_screens_with_at_most_thirty_items() -> None:
    state, shown = begun(), list[Screen]()
    for question, said in (*MAN, *NO_TO_ALL, ("circumstances", {"rest": "no"})):
        shown.append(first(state))
        state = told(state, (question, said))

    assert ids(state) == []
    assert [screen.id for screen in shown] == [
        *("signs", "person", "skin", "illness", "reactions", "medicines", "circumstances"),
    ]
    assert sum(len(screen.items) for screen in shown) <= 30
    assert len(interview.report_of(state, SHIPPED).allowed) == len(SHIPPED.remedies) - 2


def test_a_woman_who_may_be_pregnant_is_asked_about_that_as_well() -> None:
    assert ids(told(begun(), *WOMAN))[0] == "pregnancy"
    for age in ("9", "60"):
        state = told(begun(), ("signs", {"rest": "no"}), ("person", {"age": age, "sex": "female"}))
        assert "pregnancy" not in ids(state)


def test_who_is_known_is_not_asked() -> None:
    assert "person" not in ids(begun(age=34, sex="male"))
    assert facts(interview.screens(begun(age=34), SHIPPED)[1]) == ["sex"]
    assert ids(begun(age=34, sex="male", nothing_else=True)) == []


def test_an_urgent_sign_ends_it_and_another_one_does_not() -> None:
    urgent = told(begun(), ("signs", {"gi-bleeding": "yes", "rest": "no"}))
    other = told(begun(), ("signs", {"fever": "yes", "rest": "no"}))

    assert ids(urgent) == []
    assert [one.sign for one in interview.report_of(urgent, SHIPPED).urgent] == ["gi-bleeding"]
    assert ids(other) != []
    assert interview.report_of(other, SHIPPED).allowed == ()


def test_a_list_comes_only_after_yes_or_not_sure() -> None:
    for said, follows in (("yes", True), ("unknown", True), ("no", False)):
        state = told(begun(), *MAN, ("skin", {"skin": said}))
        assert ("skin-list" in ids(state)) is follows


# Values


def test_every_fact_has_its_own_answer() -> None:
    state = told(begun(), *MAN, ("skin", "no"), ("illness", "yes"))
    values = dict.fromkeys(facts(first(state)), "no") | {"asthma": "yes", "liver-disease": "unknown"}

    said = interview.patient_of(told(state, ("illness-list", values)), SHIPPED).conditions

    assert said.yes == ("asthma",)
    assert said.unknown == ("liver-disease",)
    assert "heart-disease" in said.no


def test_the_rest_of_a_list_and_words_may_be_given_beside_values() -> None:
    state = told(begun(), *MAN, ("skin", "no"), ("illness", "yes"))

    one = told(state, ("illness-list", {"asthma": "yes", "rest": "no", "words": "gout, COPD"}))

    assert one == told(state, ("illness-list", "1, gout, COPD"))
    assert interview.patient_of(one, SHIPPED).conditions.yes == ("asthma", "gout", "copd")


@pytest.mark.parametrize(
    ("question", "said", "message"),
    [
        ("signs", {"fevre": "yes", "rest": "no"}, "fevre: was not asked here. Did you mean fever?"),
        ("signs", {"fever": "maybe", "rest": "no"}, "fever: must be yes, no or unknown, not 'maybe'"),
        ("signs", {"fever": True, "rest": "no"}, "fever: must be yes, no or unknown, not true"),
        ("signs", {"rest": "later"}, "rest: must be yes, no or unknown, not 'later'"),
        ("signs", {"rest": "no", "words": 5}, "words: must be a text, not a whole number"),
        ("person", {"age": "34"}, "sex: is not answered; say unknown where it is not known"),
        ("person", {"age": "34", "sex": "robot"}, 'sex: must be "female" or "male", not \'robot\''),
        ("person", {"age": "34", "sex": "male", "rest": "no"}, "rest: was not asked here."),
        ("skin", {"asthma": "yes"}, "asthma: was not asked here."),
        ("zzz", {"rest": "no"}, "question: 'zzz' is not asked now."),
        ("illness-list", "0", "question: 'illness-list' is not asked now. Did you mean illness?"),
    ],
)
def test_what_was_not_asked_or_cannot_be_said_is_refused_with_its_place(
    question: str, said: object, message: str
) -> None:
    assert message in faults(begun(), question, said)


def test_every_fact_that_is_left_out_is_named() -> None:
    missing = faults(begun(), "signs", {"fever": "no"})

    assert len(missing) == 14
    assert "severe-headache: is not answered; say unknown where it is not known" in missing


def test_an_answer_is_of_one_of_two_types() -> None:
    with pytest.raises(ArgumentError, match="said: must be a dict of values or a text, not a list"):
        interview.answer(begun(), "signs", ["fever"], SHIPPED)  # type: ignore[arg-type]


def test_answers_that_contradict_each_other_are_refused_and_change_nothing() -> None:
    state = told(begun(), *WOMAN, ("pregnancy", "27+3"))
    again = interview.change(state, "person")

    assert faults(again, "person", "30, man") == ["was given for a man; leave it out, or correct sex"]
    assert interview.back(again) == state


# Plain questions


def test_a_plain_no_takes_what_it_covers_and_the_summary_says_how_much() -> None:
    state = told(begun(), *MAN, *NO_TO_ALL)

    skin = recap(state, "skin")
    said = interview.patient_of(state, SHIPPED)

    assert (skin.gate, skin.facts) == ("no", len([one for one in SHIPPED.facts if one.topic == "skin"]))
    assert skin.closed == (
        "a lump or tumour in the treated area",
        "damaged, inflamed or diseased skin",
        "very sensitive skin",
    )
    assert said.skin.no == ("tumour", "damaged-skin", "sensitive-skin")
    assert said.skin.rest == "unknown"


def test_a_medicine_speaks_louder_than_a_plain_no() -> None:
    """Metformin is a reason to ask about diabetes, whatever was said about illnesses before."""
    state = told(begun(), *MAN, ("skin", "no"), ("illness", "no"), ("reactions", "no"), ("medicines", "metformin"))
    while ids(state)[0] != "details":
        state = told(state, (ids(state)[0], "0"))

    assert "diabetes" in facts(first(state))
    assert "diabetes" not in interview.patient_of(state, SHIPPED).conditions.no


def test_a_plain_no_takes_back_what_was_chosen_from_its_list_and_a_yes_brings_it_again() -> None:
    state = told(begun(), *MAN, ("skin", "yes"), ("skin-list", {"sensitive-skin": "yes", "rest": "no"}))

    no = told(interview.change(state, "skin"), ("skin", "no"))
    yes = told(interview.change(no, "skin"), ("skin", "yes"))

    assert interview.patient_of(no, SHIPPED).skin.yes == ()
    assert [one.question for one in interview.summary(no, SHIPPED)] == ["signs", "person", "skin"]
    assert yes == state


def test_a_plain_question_is_asked_where_its_no_rules_out_what_another_no_left_open() -> None:
    """No medicine matters to a pregnant woman any more, except that one may speak of an illness."""
    state = told(begun(), *WOMAN, ("pregnancy", "27+3"), ("illness", "no"), ("reactions", "no"))

    assert "medicines" in ids(state)
    (details,) = interview.screens(told(state, ("medicines", "no")), SHIPPED)
    assert facts(details) == ["damaged-skin"]


def test_a_catalogue_without_plain_questions_asks_its_lists_outright() -> None:
    facts_ = tuple(a_fact(name) for name in ("asthma", "gout", "mumps"))
    small = one_remedy([a_rule("a", {"any": [{"condition": fact["id"]} for fact in facts_]})], facts_)
    state = interview.begin(Patient(allergies={"rest": "no"}), small, as_of=TODAY)

    assert [screen.id for screen in interview.screens(state, small)] == ["conditions"]
    state = interview.answer(state, "conditions", "2, ?", small)
    assert interview.patient_of(state, small).conditions.unknown == ("asthma", "mumps")
    assert interview.screens(state, small) == ()


# Details


def test_what_is_finer_than_a_no_or_a_not_known_needs_no_answer() -> None:
    picked = {"nsaid": "yes", "rest": "no"}
    state = told(begun(), *MAN, *NO_TO_ALL[:2], ("reactions", "yes"), ("reactions-list", picked))
    while ids(state)[0] != "details":
        state = told(state, (ids(state)[0], "0"))
    wide = [fact for fact in facts(first(state)) if not set(SHIPPED.vocabulary.wider(fact)) & {*facts(first(state))}]

    after = told(state, ("details", dict.fromkeys(wide, "no")))

    assert len(wide) < len(facts(first(state)))
    assert "details-2" not in ids(after)
    assert set(facts(first(state))) <= set(interview.patient_of(after, SHIPPED).allergies.no)


def test_weeks_alone_are_asked_for_the_days_that_decide_and_not_a_third_time() -> None:
    state = begun(age=30, sex="female", breastfeeding=False, nothing_else=True, remedies=["diclofenac-gel"])
    state = told(state, ("pregnancy", "27"))
    (details,) = interview.screens(state, SHIPPED)

    exact, not_known = told(state, ("details", "6 days")), told(state, ("details", "?"))

    assert [item.question for item in details.items] == ["27 weeks and how many days? 0 to 6"]
    assert interview.patient_of(exact, SHIPPED).model_dump()["pregnancy"] == {"weeks": 27, "days": 6}
    assert (ids(exact), ids(not_known)) == ([], [])


def test_an_age_that_is_not_exact_enough_is_asked_for_once_as_a_birth_date() -> None:
    state = begun(start=date(2026, 11, 23), sex="male", nothing_else=True)
    state = told(state, ("person", "17"))
    (details,) = interview.screens(state, SHIPPED)

    assert details.items[0].question == "When exactly was the person born? (for example 2008-05-17)"
    assert ids(told(state, ("details", "17"))) == []
    assert interview.patient_of(told(state, ("details", "2008-11-24")), SHIPPED).born == "2008-11-24"


def test_details_of_an_age_that_was_corrected_count_no_more() -> None:
    state = begun(start=date(2026, 11, 23), sex="male", nothing_else=True)
    state = told(state, ("person", "17"), ("details", "2008-11-24"))

    corrected = told(interview.change(state, "person"), ("person", "34"))

    assert interview.patient_of(corrected, SHIPPED).born is None
    assert interview.report_of(corrected, SHIPPED).person.age == "34 to 35"
    assert told(interview.change(corrected, "person"), ("person", "17")) == state


# States


def test_nothing_is_stored_but_words_and_answers() -> None:
    state = told(begun(), *MAN, ("skin", "no"))
    document = json.loads(state.model_dump_json(exclude_defaults=True))

    assert document["answers"][1:] == [
        {
            "question": "person",
            "asked": ["age", "sex"],
            "said": {"age": {"years": 34}, "sex": "male"},
        },
        {"question": "skin", "asked": ["skin"], "gate": "no"},
    ]
    assert {"format", "catalogue", "as_of", "start", "days", "remedies", "patient", "answers", "again"} == {
        *json.loads(state.model_dump_json())
    }


def test_a_state_of_another_catalogue_is_refused() -> None:
    other = begun().model_copy(update={"catalogue": "0" * 64})

    for call in (interview.screens, interview.patient_of, interview.report_of, interview.summary):
        with pytest.raises(CatalogueError, match="is not the one that the interview began with"):
            call(other, SHIPPED)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2}', "null", b"\xff"])
def test_what_is_no_state_is_refused_with_its_faults(content: str | bytes) -> None:
    with pytest.raises(InputError):
        State.read(content)


def test_a_state_names_every_fault_of_the_patients_in_it() -> None:
    document = json.loads(begun().model_dump_json())
    document["patient"]["age"] = -1
    document["answers"] = [{"question": "signs", "asked": [], "gate": "perhaps"}]

    with pytest.raises(InputError) as caught:
        State.read(json.dumps(document))

    assert {fault.path for fault in caught.value.faults} == {"state.patient.age", "state.answers[0].gate"}


@pytest.mark.parametrize(
    ("forged", "path"),
    [
        ({"question": "zzz", "asked": []}, "answers[0].question"),
        ({"question": "person", "asked": ["age", "asthma"]}, "answers[0].asked"),
        ({"question": "person", "asked": []}, "answers[0].asked"),
        ({"question": "pregnancy", "asked": ["sex"]}, "answers[0].asked"),
        ({"question": "signs", "asked": ["zzz"]}, "answers[0].asked"),
        ({"question": "details-2", "asked": ["sex"]}, "answers[0].asked"),
        ({"question": "signs", "asked": [], "gate": "no"}, "answers[0].gate"),
        ({"question": "skin", "asked": ["skin"]}, "answers[0].gate"),
    ],
)
def test_a_state_that_nobody_was_asked_is_refused_with_the_place_of_each_fault(
    forged: dict[str, Any], path: str
) -> None:
    document = json.loads(begun().model_dump_json()) | {"answers": [forged]}
    state = State.read(json.dumps(document))

    for call in (interview.screens, interview.patient_of, interview.report_of, interview.summary):
        with pytest.raises(AnswerError) as caught:
            call(state, SHIPPED)
        assert [fault.path for fault in caught.value.faults] == [path]


def test_an_answer_given_twice_and_a_change_of_nothing_are_refused() -> None:
    state = told(begun(), *MAN)
    twice = state.model_copy(update={"answers": (*state.answers, state.answers[0]), "again": "skin"})

    with pytest.raises(AnswerError) as caught:
        interview.screens(twice, SHIPPED)

    assert [fault.path for fault in caught.value.faults] == ["answers[2].question", "again"]


def test_there_is_nothing_before_the_first_question() -> None:
    with pytest.raises(AnswerError, match=r"This is the first question\."):
        interview.back(begun())


def test_only_what_was_answered_can_be_changed() -> None:
    with pytest.raises(AnswerError, match=r"'persn' was not answered.*Did you mean person\?"):
        interview.change(told(begun(), *MAN), "persn")


def test_a_question_that_is_changed_comes_next_and_its_answer_does_not_count_meanwhile() -> None:
    state = told(begun(), *MAN, *NO_TO_ALL)
    again = interview.change(state, "person")

    assert ids(again)[0] == "person"
    assert interview.patient_of(again, SHIPPED).age is None
    assert [one.question for one in interview.summary(again, SHIPPED)] == ["signs", *dict(NO_TO_ALL)]


def test_a_typing_mistake_in_the_age_is_corrected_without_losing_anything() -> None:
    """At the age of 3 hardly anything may be used, so the interview was nearly over."""
    state = told(begun(), ("signs", "0"), ("person", "3, man"))
    mistaken = ids(state)
    corrected = told(interview.change(state, "person"), ("person", "34, man"))

    assert corrected == told(begun(), ("signs", "0"), ("person", "34, man"))
    assert len(ids(corrected)) >= len(mistaken)


def test_what_was_asked_and_is_not_known_is_not_asked_in_a_resumed_interview() -> None:
    state = told(begun(), ("signs", "0"), ("person", "34, man"), ("skin", "?"), ("skin-list", "?"))

    resumed = interview.begin(interview.patient_of(state, SHIPPED), SHIPPED, as_of=TODAY)

    assert interview.patient_of(state, SHIPPED).skin.unknown == ("damaged-skin", "tumour", "sensitive-skin")
    assert not [name for name in ids(resumed) if name.startswith(("skin", "signs", "person"))]


def test_an_interview_cannot_begin_with_a_patient_who_contradicts_himself() -> None:
    with pytest.raises(PatientError, match="given both as yes and as no"):
        begun(conditions={"yes": ["asthma"], "no": ["asthma"]})


def test_no_text_of_a_screen_needs_a_dictionary() -> None:
    state = begun()
    seen = []
    for question, said in (*WOMAN, ("pregnancy", "0"), *((name, "yes") for name, _ in NO_TO_ALL)):
        state = told(state, (question, said))
        seen += [screen.model_dump_json() for screen in interview.screens(state, SHIPPED)]
        if question in {"skin", "illness", "reactions", "medicines"}:
            state = told(state, (f"{question}-list", "0"))

    assert not [word for word in ("NSAID", "counterirritant", "moist linings", "SSRI") if word in "".join(seen)]
