"""What is still worth asking, from a report: the lower layer of the interview."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import remedies
from remedies import Catalogue, Patient, Report, check, next_questions

if TYPE_CHECKING:
    from remedies.advice.asking import Prompt

DATA = Path(remedies.__file__).parents[1] / "data"
TODAY = date(2026, 11, 22)
SHIPPED = Catalogue.shipped()
VOCABULARY = SHIPPED.vocabulary
TOPICS = ("conditions", "skin", "allergies", "medicines", "circumstances", "signs")
NOTHING: dict[str, Any] = {topic: {"rest": "no"} for topic in TOPICS}
NOBODY = Patient()


def known(**said: Any) -> Patient:
    return Patient.model_validate(said)


def looked_at(patient: Patient, **more: Any) -> Report:
    return check(patient, SHIPPED, **({"start": TODAY, "as_of": TODAY} | more))


def asked(patient: Patient, unknown: tuple[str, ...] = (), **more: Any) -> tuple[Prompt, ...]:
    return next_questions(looked_at(patient, **more), SHIPPED, unknown)


def facts_of(prompts: tuple[Prompt, ...]) -> list[str]:
    return [fact for prompt in prompts for fact in prompt.facts]


# What is asked


def test_topics_are_asked_in_their_order_and_warning_signs_first() -> None:
    assert [prompt.topic for prompt in asked(NOBODY)] == [
        "signs",
        "age",
        "pregnancy",
        "skin",
        "conditions",
        "allergies",
        "medicines",
        "circumstances",
    ]


def test_pregnancy_is_asked_only_where_it_can_be() -> None:
    for nobody in ({"sex": "male"}, {"age": 7}, {"age": 60}):
        assert "pregnancy" not in [prompt.topic for prompt in asked(known(**nobody))]
    assert "pregnancy" in [prompt.topic for prompt in asked(known(age=59))]


def test_nothing_is_asked_of_somebody_of_whom_everything_is_known() -> None:
    assert asked(known(age=34, sex="male", nothing_else=True)) == ()


def test_a_remedy_that_is_excluded_already_is_not_asked_about() -> None:
    asthmatic = known(conditions=["asthma"])

    assert asked(asthmatic, remedies=["dolobene"]) == ()
    assert facts_of(asked(known(), remedies=["dolobene"]))


def test_naming_a_remedy_narrows_what_is_asked() -> None:
    """A wider fact is asked before the finer one that a single remedy looks at."""
    everything, one = facts_of(asked(NOBODY)), facts_of(asked(NOBODY, remedies=["formic-alcohol"]))

    assert len(one) < len(everything)
    finer = [fact for fact in one if fact not in everything]
    assert [fact for fact in finer if not set(VOCABULARY.wider(fact)) & set(everything)] == []


def test_a_finer_fact_waits_for_the_wider_one() -> None:
    closed = known(age=34, sex="male", **(NOTHING | {"conditions": {}}))
    first = asked(closed)
    others = [fact for fact in facts_of(first) if fact != "liver-disease"]
    then = asked(known(age=34, sex="male", **(NOTHING | {"conditions": {"yes": ["liver-disease"], "no": others}})))

    assert "liver-disease" in facts_of(first)
    assert "severe-liver-disease" not in facts_of(first)
    assert facts_of(then) == ["severe-liver-disease"]


def test_a_wider_fact_that_is_not_so_leaves_nothing_finer_to_ask() -> None:
    closed = NOTHING | {"conditions": {}}
    facts = facts_of(asked(known(age=34, sex="male", **closed)))

    assert asked(known(age=34, sex="male", **(closed | {"conditions": {"no": facts}}))) == ()


def test_not_knowing_the_wider_fact_leaves_the_finer_ones_unasked() -> None:
    closed = NOTHING | {"conditions": {}}
    facts = facts_of(asked(known(age=34, sex="male", **closed)))

    unknown = known(age=34, sex="male", **(closed | {"conditions": {"unknown": facts}}))

    assert facts_of(asked(known(age=34, sex="male", **closed), tuple(facts))) == []
    assert asked(unknown) == ()


def test_one_fact_that_is_left_is_asked_in_its_own_words() -> None:
    open_ = NOTHING | {"circumstances": {"no": ["large-area-or-long-use"]}}
    (prompt,) = asked(known(age=34, sex="male", **open_), remedies=["fastum-gel"])

    assert prompt.text == (
        "Will the treated skin be in the sun or on a sunbed during treatment or in the two weeks after it?"
    )


def test_weeks_are_asked_of_somebody_pregnant_where_they_decide() -> None:
    woman = known(age=30, sex="female", pregnancy="yes", breastfeeding=False, nothing_else=True)

    (prompt,) = asked(woman, remedies=["diclofenac-gel"])

    assert prompt.text == "How many weeks of pregnancy, and days? (for example 27+3)"
    assert asked(woman.model_copy(update={"pregnancy": {"weeks": 20}}), remedies=["diclofenac-gel"]) == ()


def test_might_be_pregnant_from_a_patient_file_still_asks_about_breastfeeding() -> None:
    (prompt,) = asked(known(age=30, sex="female", pregnancy="possible", nothing_else=True))

    assert prompt.text == "Is the person breastfeeding?"
    assert prompt.facts == ("breastfeeding",)


def test_a_woman_known_not_to_breastfeed_is_asked_about_pregnancy_alone() -> None:
    (prompt,) = asked(known(age=30, sex="female", breastfeeding=False, nothing_else=True))

    assert prompt.facts == ("pregnancy", "possible")
    assert prompt.text == "Is the person pregnant?"


def test_every_choice_of_every_list_is_explained_with_the_examples_of_the_data() -> None:
    facts = json.loads((DATA / "facts.json").read_text("utf-8"))["facts"]
    labels = {
        fact["id"]: fact["label"] + (f" (such as {fact['examples']})" if fact.get("examples") else "") for fact in facts
    }

    wider = [known(**{fact["topic"]: [fact["id"]]}) for fact in facts if VOCABULARY.finer(fact["id"])]
    prompts = [prompt for patient in (NOBODY, *wider) for prompt in asked(patient)]
    shown = [choice for prompt in prompts if prompt.kind == "list" for choice in prompt.choices]

    assert [choice.label for choice in shown] == [labels[choice.fact] for choice in shown]
    assert {
        "a tendency to allergies (such as hay fever, eczema or asthma)",
        "a lump or tumour in the treated area",
    } <= {choice.label for choice in shown}


@pytest.mark.parametrize(
    ("person", "start", "text"),
    [
        (
            {"age": 17, "sex": "male", **NOTHING},
            date(2026, 11, 23),
            "When exactly was the person born? (for example 2008-05-17)",
        ),
        (
            {"age": 30, "sex": "female", "pregnancy": {"weeks": 27}, "breastfeeding": False, "nothing_else": True},
            TODAY,
            "27 weeks and how many days? 0 to 6",
        ),
        (
            {"age": 30, "sex": "female", "pregnancy": {"months": 6}, "breastfeeding": False, "nothing_else": True},
            TODAY,
            "Exactly how many weeks and days is it? (27+3)",
        ),
    ],
    ids=["an age", "weeks", "months"],
)
def test_what_is_asked_rests_on_the_patient_and_not_on_the_words_of_the_report(
    person: dict[str, Any], start: date, text: str
) -> None:
    report = looked_at(known(**person), start=start)
    words = report.person.model_copy(
        update={"age": "unknown", "sex": "unknown", "pregnancy": "unknown", "breastfeeding": "unknown"}
    )

    (prompt,) = next_questions(report.model_copy(update={"person": words, "assumed": ()}), SHIPPED)

    assert prompt.text == text


def test_asking_changes_nothing() -> None:
    report = looked_at(NOBODY)
    before = report.model_dump_json()

    assert next_questions(report, SHIPPED) == next_questions(report, SHIPPED, ())
    assert report.model_dump_json() == before


def test_urgent_signs_stand_first_and_an_illness_that_is_one_stands_among_them() -> None:
    first = asked(NOBODY)[0]

    assert first.topic == "signs"
    assert [choice.urgency for choice in first.choices] == ["now"] * 7 + ["soon"] * 8
    assert {"gi-bleeding", "intracranial-bleeding"} <= {c.fact for c in first.choices if c.urgency == "now"}
    assert "gi-bleeding" not in facts_of(asked(NOBODY)[1:])


def test_what_was_asked_and_is_not_known_is_asked_again_once_it_holds_no_longer() -> None:
    """A sign keeps for a day; an illness that was not known stays not known."""
    before = known(said_on="2026-11-12", signs={"unknown": ["fever"]}, conditions={"unknown": ["asthma"]})
    today = known(signs={"unknown": ["fever"]}, conditions={"unknown": ["asthma"]})

    assert "fever" in facts_of(asked(before))
    assert "asthma" not in facts_of(asked(before))
    assert not {"fever", "asthma"} & {*facts_of(asked(today))}
