"""The public face as a typed program uses it; that this file type-checks is half of the test."""

from datetime import date
from typing import assert_type

from remedies import Catalogue, Patient, Report, check, verdicts
from remedies.checking.report import RemedyVerdict
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
