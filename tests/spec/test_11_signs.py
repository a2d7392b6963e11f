"""A warning sign comes before any remedy.

An urgent one sends to a doctor now and leaves nothing to plan or to ask; one that can wait puts every plan under a
doctor's word. Signs are referrals of their own and come before whatever else stands against a remedy.
"""

from __future__ import annotations

import pytest
from plans import SHIPPED, person, planned, refused
from support import CITED, TODAY, a_fact, a_remedy, small_catalogue

from remedies import CatalogueError, Patient, check, next_questions

URGENT = [one.fact for one in SHIPPED.rulebook.signs if one.urgency == "now"]
PATIENT = [one.fact for one in SHIPPED.rulebook.signs if one.urgency != "now"]


def test_a_sign_that_can_wait_puts_the_plan_under_a_doctor_s_word() -> None:
    made = planned("fastum-gel", person(signs={"yes": ["fever"]}))

    assert made.verdict == "ask-doctor"
    assert made.ask_doctor == ("A warning sign needs a doctor before any remedy.",)


@pytest.mark.parametrize("sign", [*URGENT, *PATIENT])
def test_with_any_sign_nothing_is_allowed_without_a_doctor_and_the_sign_is_referred(sign: str) -> None:
    report = check(person(signs={"yes": [sign]}), SHIPPED, start=TODAY, as_of=TODAY)

    assert report.allowed == ()
    assert sign in {one.sign for one in report.refer}
    assert bool(report.urgent) == (sign in URGENT)


@pytest.mark.parametrize("sign", URGENT)
def test_an_urgent_sign_comes_before_anything_else(sign: str) -> None:
    patient = person(signs={"yes": [sign]}, conditions={"yes": ["asthma"]})

    for remedy in ("dolobene", "fastum-gel", "betanicomylon"):
        made = refused(remedy, patient, together="fastum-gel" if remedy != "fastum-gel" else None)
        assert made.kind == "sign"
        assert made.because[0].startswith(f"{SHIPPED.vocabulary.label(sign)}: ")


def test_an_urgent_sign_is_named_with_its_reason_and_nothing_beside_it() -> None:
    signs = [
        {"sign": name, "urgency": urgency, "because": f"{name} is bad.", "sources": CITED}
        for name, urgency in (("numbness", "now"), ("fever", "soon"))
    ]
    facts = [a_fact("substance", "allergies"), a_fact("numbness", "signs"), a_fact("fever", "signs")]
    own = small_catalogue(facts, [a_remedy("gel", [])], signs=signs)

    made = refused("gel", person(signs={"yes": ["fever", "numbness"]}), own)

    assert (made.kind, made.because) == ("sign", ("numbness: numbness is bad.",))


def test_an_urgent_sign_comes_before_questions_as_well() -> None:
    assert refused("fastum-gel", Patient.model_validate({"signs": ["limb-weakness"]})).kind == "sign"


def test_nothing_is_asked_once_a_sign_needs_a_doctor_now() -> None:
    urgent, other = (
        check(Patient.model_validate({"signs": [sign]}), SHIPPED, start=TODAY, as_of=TODAY)
        for sign in ("limb-numbness", "fever")
    )

    assert next_questions(urgent, SHIPPED) == ()
    assert next_questions(other, SHIPPED) != ()


@pytest.mark.parametrize(
    ("word", "past", "now"),
    [
        ("history of GI bleed", "yes", "unknown"),
        ("GI bleed 3 years ago", "yes", "unknown"),
        ("желудочное кровотечение в прошлом", "yes", "unknown"),
        ("GI bleed 2015", "yes", "unknown"),
        ("GI bleed", "unknown", "yes"),
        ("past GI bleed?", "unknown", "unknown"),
        ("no history of GI bleed", "no", "no"),
        ("history of GI bleed (-)", "no", "unknown"),
    ],
)
def test_a_bleed_that_is_over_is_no_emergency(word: str, past: str, now: str) -> None:
    report = check(person(conditions=[word], nothing_else=False), SHIPPED, as_of=TODAY, all_rules=True)
    values = {
        value.fact: value.value
        for entry in report.verdicts
        for reason in entry.reasons
        for value in reason.facts
        if value.fact.endswith("gi-bleeding")
    }
    assert values == {"past-gi-bleeding": past, "gi-bleeding": now}
    assert bool(report.urgent) == (now == "yes")


@pytest.mark.parametrize(
    ("word", "now"),
    [
        ("history of GI bleed", "no"),
        ("GI bleed last year", "no"),
        ("GI bleed 2015", "unknown"),
        ("кровотечение из желудка в 2010", "unknown"),
        ("past GI bleed?", "no"),
    ],
)
def test_whether_somebody_bleeds_now_is_asked_where_a_year_alone_is_named(word: str, now: str) -> None:
    report = check(person(conditions={"yes": [word], "rest": "no"}), SHIPPED, as_of=TODAY, all_rules=True)
    reasons = report["chondroxide"].reasons
    said = {value.value for one in reasons for value in one.facts if value.fact == "gi-bleeding"}
    assert said == {now}


def test_a_brain_bleed_that_is_over_still_counts_as_poor_blood_flow_to_the_brain() -> None:
    report = check(person(conditions={"yes": ["history of brain haemorrhage"], "rest": "no"}), SHIPPED, as_of=TODAY)
    assert report.urgent == ()
    assert report["viprosal-v"].verdict == "excluded"
    assert report["ketorol-gel"].verdict == "ask-doctor"


def test_a_past_is_another_fact_of_the_same_topic() -> None:
    facts = [
        a_fact("bleed", past="bleed"),
        a_fact("burn", past="scar"),
        a_fact("scar", "skin"),
        a_fact("ill", past="x"),
    ]
    with pytest.raises(CatalogueError) as found:
        small_catalogue([*facts, a_fact("substance", "allergies")], [a_remedy("gel", [])])
    assert str(found.value).splitlines() == [
        "facts[0].past: 'bleed' is no other fact of the same topic",
        "facts[1].past: 'scar' is no other fact of the same topic",
        "facts[3].past: 'x' is no other fact of the same topic",
    ]
