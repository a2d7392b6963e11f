"""The public face as a typed program uses it; that this file type-checks is half of the test."""

from datetime import date
from typing import Literal, assert_type

import pytest

from remedies import (
    Catalogue,
    Fault,
    Patient,
    PatientError,
    Plan,
    Refusal,
    RemediesError,
    Report,
    __version__,
    check,
    check_again,
    interview,
    next_questions,
    plan,
    to_cds_cards,
    verdicts,
)
from remedies.advice.asking import Prompt
from remedies.advice.interview import Screen, State
from remedies.checking.report import RemedyVerdict
from remedies.core.cards import CdsCard
from remedies.core.resources import GuidanceResponse, MedicationRequest
from remedies.knowledge.sources import Source
from remedies.knowledge.topics import Verdict


def test_the_example_of_the_contract_is_typed_and_runs() -> None:
    patient = Patient(age=34, pregnancy="no", conditions={"yes": ["asthma"], "rest": "no"})
    report = check(patient, Catalogue.shipped(), start=date(2026, 11, 22), days=5)

    assert_type(report, Report)
    assert_type(report.allowed, tuple[RemedyVerdict, ...])
    assert_type(report["dolobene"].verdict, Verdict)
    assert report["dolobene"].verdict == "excluded"


def test_every_form_of_a_patient_is_typed_and_runs() -> None:
    patient = Patient(
        id="p1",
        age={"years": 0, "months": 7},
        sex="female",
        pregnancy={"weeks": 27, "days": 6},
        conditions=["asthma"],
        skin=("eczema",),
        nothing_else=True,
    )

    assert_type(verdicts(patient), dict[str, Verdict])
    assert set(verdicts(patient)) == {remedy.id for remedy in Catalogue.shipped().remedies}


def test_a_report_is_typed_and_is_made_again() -> None:
    report = check(Patient(age=34, sex="male", nothing_else=True))

    assert_type(check_again(report), Report)
    assert_type(report.sources, dict[str, Source])
    assert check_again(report) == report


def test_questions_and_answers_are_typed_and_run() -> None:
    (first, *_) = next_questions(check(Patient(sex="male", nothing_else=True)))
    state = interview.begin(Patient(sex="male", nothing_else=True))
    (screen,) = interview.screens(state)
    state = interview.answer(state, screen.id, {"age": "34"})

    assert_type(first, Prompt)
    assert_type(screen, Screen)
    assert_type(state, State)
    assert_type(interview.report_of(state), Report)
    assert first.topic == "age"
    assert interview.patient_of(state) == Patient(age=34, sex="male", nothing_else=True)


def test_a_plan_or_a_refusal_is_typed_and_told_apart() -> None:
    found = plan("finalgon", Patient(age=34, sex="male", nothing_else=True))
    refused = plan("finalgon", Patient(age=3, sex="male", nothing_else=True))

    assert_type(found, Plan | Refusal)
    assert isinstance(found, Plan)
    assert isinstance(refused, Refusal)


def test_what_goes_out_to_other_systems_is_typed_down_to_its_keys() -> None:
    report = check(Patient(age=34, sex="male", nothing_else=True))
    made = plan("finalgon", Patient(age=34, sex="male", nothing_else=True))
    assert isinstance(made, Plan)
    (card, *_) = report.to_cds_cards()

    assert_type(card, CdsCard)
    assert_type(card["indicator"], Literal["info", "warning", "critical"])
    assert_type(report.to_guidance_response(), GuidanceResponse)
    assert_type(made.to_medication_request(), MedicationRequest)
    assert to_cds_cards(report)[0] == card
    assert made.to_medication_request()["dosageInstruction"][0]["timing"]["repeat"]["period"] == 1


def test_faults_are_typed_and_hold_everything_that_is_wrong() -> None:
    with pytest.raises(RemediesError) as caught:
        Patient.model_validate({"age": -1, "sex": "x"})

    assert_type(caught.value.faults, tuple[Fault, ...])
    assert isinstance(caught.value, PatientError)
    assert [fault.path for fault in caught.value.faults] == ["age", "sex"]


def test_the_version_is_a_text() -> None:
    assert_type(__version__, str)
    assert __version__.count(".") == 2
