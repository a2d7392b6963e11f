"""``--fhir``: a record as the person, an account on standard error, and what goes wrong with records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from support import run

if TYPE_CHECKING:
    from pathlib import Path

WHEN = ("--as-of", "2026-11-22")

PERSON: dict[str, Any] = {"resourceType": "Patient", "id": "p1", "gender": "male", "birthDate": "1964-05-01"}
ASTHMA: dict[str, Any] = {
    "resourceType": "Condition",
    "id": "c3",
    "clinicalStatus": {"coding": [{"code": "active"}]},
    "verificationStatus": {"coding": [{"code": "confirmed"}]},
    "code": {"coding": [{"system": "http://snomed.info/sct", "code": "195967001", "display": "Asthma"}]},
    "subject": {"reference": "Patient/p1"},
}
ERROR: dict[str, Any] = {
    "resourceType": "AllergyIntolerance",
    "id": "a1",
    "verificationStatus": {"coding": [{"code": "entered-in-error"}]},
    "code": {"text": "Aspirin"},
    "patient": {"reference": "Patient/p1"},
}
VISIT: dict[str, Any] = {"resourceType": "Encounter", "id": "e1", "status": "finished", "class": {"code": "AMB"}}


def bundle(*resources: dict[str, Any], **around: Any) -> str:
    """Write a bundle."""
    entries = [{"resource": one} for one in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries, **around})


@pytest.fixture
def record(tmp_path: Path) -> str:
    """Write a record to a file."""
    path = tmp_path / "record.json"
    path.write_text(bundle(PERSON, ASTHMA, ERROR, VISIT), encoding="utf-8")
    return str(path)


def test_a_record_is_checked_like_a_patient(record: str) -> None:
    done = run("check", "--fhir", record, *WHEN, "--format", "json")
    report = json.loads(done.stdout)
    found = {one["remedy"]: one["verdict"] for one in report["verdicts"]}
    assert (done.exit_code, report["patient"], report["person"]["age"]) == (0, "p1", "62")
    assert found["dolobene"] == "excluded"
    assert done.stderr == "Record: 3 resources read (2 used, 1 ignored); --account names each.\n"


def test_the_account_names_every_resource_and_counts_the_others(record: str) -> None:
    done = run("check", "--fhir", record, "--account", *WHEN)
    assert done.stderr.splitlines() == [
        "Patient/p1 → born: 1964-05-01, sex: male",
        "Condition/c3 → asthma: yes (Asthma)",
        "AllergyIntolerance/a1 → ignored: it was entered in error (Aspirin)",
        "Encounter → 1 not read",
    ]


def test_standard_input_is_read_for_a_record() -> None:
    done = run("check", "--fhir", "-", *WHEN, "--remedy", "dolobene", "--exit-code", input=bundle(PERSON, ASTHMA))
    assert done.exit_code == 12


def test_words_and_options_are_joined_to_a_record(record: str) -> None:
    done = run("check", "takes Eliquis", "--allergy", "aspirin", "--fhir", record, *WHEN, "--format", "json")
    words = [(one["topic"], one["word"]) for one in json.loads(done.stdout)["understood"]]
    assert words == [("conditions", "Asthma"), ("allergies", "aspirin"), ("medicines", "Eliquis")]


def test_a_record_closes_nothing_by_itself(record: str) -> None:
    done = run("check", "--fhir", record, *WHEN, "--format", "json")
    assert json.loads(done.stdout)["closed"] == []


def test_topics_are_closed_in_the_caller_s_own_words(record: str) -> None:
    done = run("check", "--fhir", record, "--closed", "conditions, medicines", *WHEN, "--format", "json")
    assert [one["topic"] for one in json.loads(done.stdout)["closed"]] == ["conditions", "medicines"]


def test_contradictions_are_warnings_of_the_report() -> None:
    refuted = {**ASTHMA, "id": "c4", "verificationStatus": {"coding": [{"code": "refuted"}]}}
    done = run("check", "--fhir", "-", *WHEN, "--format", "json", input=bundle(PERSON, ASTHMA, refuted))
    note = (
        "Condition/c3 (Asthma) says that there is asthma, Condition/c4 (Asthma) that there is not: it was taken as so."
    )
    assert note in json.loads(done.stdout)["warnings"]


@pytest.mark.parametrize("command", [("why", "dolobene"), ("plan", "fastum-gel"), ("check",)], ids=lambda one: one[0])
def test_every_command_about_a_person_takes_a_record(command: tuple[str, ...], record: str) -> None:
    done = run(*command, "--fhir", record, *WHEN)
    assert done.exit_code in {0, 11}
    assert "Record: 3 resources read" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "content", "message"),
    [
        (("--closed", "illnesses"), bundle(PERSON), "--closed: must be topics (conditions, skin, allergies,"),
        (("--closed", "medicinez"), bundle(PERSON), "Did you mean medicines?"),
        (("--patient", "-"), bundle(PERSON), "--fhir: stands beside --patient; give one of them"),
        ((), '{"a": 1}', "bundle: holds no FHIR resource: each has a resourceType, such as Patient"),
        ((), "[1, 2]", "bundle: holds no FHIR resource"),
        ((), "{", "bundle, line 1, column 2: is not JSON"),
        ((), "", "bundle: is empty; JSON was expected"),
        ((), bundle(PERSON, {**PERSON, "id": "p2"}), "bundle: holds several persons (Patient/p1, Patient/p2)"),
        ((), '{"resourceType": "Bundle", "entry": [], "entry": []}', "entry"),
        (("--sex", "what"), bundle(PERSON), 'sex: must be "female" or "male", not \'what\''),
    ],
)
def test_what_is_wrong_with_a_record_is_said(arguments: tuple[str, ...], content: str, message: str) -> None:
    done = run("check", "--fhir", "-", *WHEN, *arguments, input=content)
    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("option", ["--account", "--closed=skin"])
def test_options_about_a_record_need_one(option: str) -> None:
    done = run("check", option, *WHEN)
    assert done.exit_code == 2
    assert "speaks of a FHIR record: give one with --fhir" in done.stderr


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run("check", "--fhir", str(tmp_path / "none.json"))
    assert done.exit_code == 2
    assert "none.json: cannot be read: no such file or directory" in done.stderr
