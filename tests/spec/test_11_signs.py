"""A warning sign comes before any remedy.

While there is one, no plan is made; an urgent one sends to a doctor now and leaves nothing to ask either. Signs are
referrals of their own: they come before whatever else stands against a remedy, and are repeated as the last line.
"""

from __future__ import annotations

import pytest
from plans import SHIPPED, person, refused
from support import CITED, TODAY, a_fact, a_remedy, small_catalogue

from remedies import CatalogueError, Patient, check, next_questions
from remedies.pages.layout import as_text
from remedies.pages.plan import rendered
from remedies.pages.report import sections

URGENT = [one.fact for one in SHIPPED.rulebook.signs if one.urgency == "now"]
PATIENT = [one.fact for one in SHIPPED.rulebook.signs if one.urgency != "now"]


@pytest.mark.parametrize("sign", [*URGENT, *PATIENT])
def test_while_a_sign_stands_there_is_no_plan_and_the_sign_is_the_first_and_the_last_that_is_said(sign: str) -> None:
    made = refused("fastum-gel", person(signs={"yes": [sign]}))

    assert (made.kind, made.verdict, made.report.refer[0].sign) == ("sign", "ask-doctor", sign)
    text = str(rendered(made, "text", 60))
    title = f"See a doctor {made.report.refer[0].urgency}, before any remedy"
    assert text.startswith(f"{title}\n")
    assert " ".join(text.split()).endswith(f"{title}: {SHIPPED.vocabulary.label(sign)}.")


@pytest.mark.parametrize("sign", [*URGENT, *PATIENT])
def test_a_report_begins_and_ends_with_the_sign(sign: str) -> None:
    report = check(person(signs={"yes": [sign]}), SHIPPED, as_of=TODAY)
    text = " ".join(as_text(sections(report, SHIPPED.vocabulary), 80).split())
    title = f"See a doctor {report.refer[0].urgency}, before any remedy"
    assert text.startswith(f"{title} - ")
    assert text.endswith(f"{report.disclaimer} {title}: {SHIPPED.vocabulary.label(sign)}.")


def test_a_report_without_a_sign_ends_with_the_line_that_it_is_no_advice() -> None:
    report = check(person(), SHIPPED, as_of=TODAY)
    text = " ".join(as_text(sections(report, SHIPPED.vocabulary), 80).split())
    assert text.endswith(report.disclaimer)


def test_what_a_closed_list_took_as_no_is_counted_and_the_warning_signs_are_named() -> None:
    facts = [a_fact("substance", "allergies"), a_fact("numbness", "signs"), a_fact("fever", "signs"), a_fact("ill")]
    own = small_catalogue(facts, [a_remedy("gel", [])])

    def told(**said: object) -> str:
        report = check(Patient.model_validate({"age": 34, "sex": "male", **said}), own, as_of=TODAY)
        return " ".join(as_text(sections(report, own.vocabulary), 80).split())

    everything = told(nothing_else=True)
    assert "Taken as “no”, because nothing else was said: 1 illness, 1 allergy, 2 warning signs." in everything
    assert "The warning signs: numbness, fever." in everything
    assert "The warning signs: numbness." in told(signs={"yes": ["fever"], "rest": "no"})
    assert "Taken as" not in told()


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


def test_every_sign_is_named_with_its_reason_the_urgent_ones_first() -> None:
    signs = [
        {"sign": name, "urgency": urgency, "because": f"{name} is bad.", "sources": CITED}
        for name, urgency in (("numbness", "now"), ("fever", "soon"))
    ]
    facts = [a_fact("substance", "allergies"), a_fact("numbness", "signs"), a_fact("fever", "signs")]
    own = small_catalogue(facts, [a_remedy("gel", [])], signs=signs)

    made = refused("gel", person(signs={"yes": ["fever", "numbness"]}), own)

    assert (made.kind, made.because) == ("sign", ("numbness: numbness is bad.", "fever: fever is bad."))


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
    "word",
    [
        "two-day history of melena",
        "3 day history of black stools",
        "history of melena since yesterday",
        "GI bleed 2 days ago",
        "GI bleed last week",
        "recurrent GI bleed",
        "мелена 3 дня назад",
        "кровотечение из желудка вчера",
        "history of GI bleed, now melena",
    ],
)
def test_a_bleed_of_these_days_is_an_emergency_or_not_understood_and_never_history(word: str) -> None:
    report = check(person(conditions={"yes": [word], "rest": "no"}), SHIPPED, as_of=TODAY)
    assert report.urgent or report.unclear
    assert report.allowed == ()


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


@pytest.mark.parametrize(
    ("word", "asked"), [("haemorrhagic stroke 2026", True), ("history of haemorrhagic stroke", False)]
)
def test_a_word_that_may_mean_a_bleed_and_names_a_year_keeps_both_open(word: str, *, asked: bool) -> None:
    report = check(person(conditions={"yes": [word], "rest": "no"}), SHIPPED, as_of=TODAY)
    prompts = report.understood[0].prompts
    assert "past-intracranial-bleeding" in prompts
    assert ("intracranial-bleeding" in prompts) == asked


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
