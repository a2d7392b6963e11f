"""CDS Hooks 2.0: what a client sends, and what it does not, comes to cards; nothing that is missing is a no."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from remedies import Catalogue, check, patient_from_bundle
from remedies.web.app import create_app

if TYPE_CHECKING:
    from support import Json

CLIENT = TestClient(create_app(), base_url="http://localhost")
ADDRESS = "/cds-services/topical-remedies"
CARD = json.loads((Path(__file__).parents[1] / "intake" / "cds-hooks-2.0-card.schema.json").read_text("utf-8"))


def searchset(*resources: Json, **more: object) -> Json:
    """Answer a search as a FHIR server does."""
    entries = [{"resource": one, "search": {"mode": "match"}} for one in resources]
    return {"resourceType": "Bundle", "type": "searchset", "total": len(entries), "entry": entries, **more}


def condition(code: str, person: str = "p1", name: str = "c1") -> Json:
    """Describe an illness by an ICD-10 code."""
    coding = {"system": "http://hl7.org/fhir/sid/icd-10", "code": code}
    return {
        "resourceType": "Condition",
        "id": name,
        "subject": {"reference": f"Patient/{person}"},
        "clinicalStatus": {"coding": [{"code": "active"}]},
        "code": {"coding": [coding]},
    }


PATIENT: Json = {"resourceType": "Patient", "id": "p1", "gender": "male", "birthDate": "1992-03-02"}
EVERYTHING: Json = {
    "patient": PATIENT,
    "conditions": searchset(condition("J45.0")),
    "allergies": searchset(
        {
            "resourceType": "AllergyIntolerance",
            "id": "a1",
            "patient": {"reference": "Patient/p1"},
            "code": {"text": "aspirin"},
        }
    ),
    "medicationStatements": searchset(
        {
            "resourceType": "MedicationStatement",
            "id": "m1",
            "status": "active",
            "subject": {"reference": "Patient/p1"},
            "medicationCodeableConcept": {"text": "Eliquis"},
        }
    ),
    "medicationRequests": searchset(
        {
            "resourceType": "MedicationRequest",
            "id": "m2",
            "status": "active",
            "intent": "order",
            "subject": {"reference": "Patient/p1"},
            "medicationCodeableConcept": {"text": "bisoprolol"},
        }
    ),
}
ERROR: Json = {
    "resourceType": "OperationOutcome",
    "issue": [{"severity": "error", "code": "exception", "diagnostics": "the database is away"}],
}


def request(prefetch: object, **more: object) -> Json:
    """Ask as the public sandbox does."""
    return {
        "hookInstance": "8f1bd4a3-8f0b-4dbd-a1b7-33a2dbe5bd0b",
        "hook": "patient-view",
        "fhirServer": "https://launch.example.org/v/r4/fhir",
        "context": {"userId": "Practitioner/COREPRACTITIONER1", "patientId": "p1"},
        "prefetch": prefetch,
        **more,
    }


def cards(prefetch: object, **more: object) -> list[Any]:
    """Return the cards that come of a prefetch."""
    answer = CLIENT.post(ADDRESS, json=request(prefetch, **more))
    assert answer.status_code == 200, answer.text
    found: list[Any] = answer.json()["cards"]
    for card in found:
        Draft202012Validator(CARD).validate(card)
    return found


def notice(found: list[Any]) -> str:
    """Return what the cards say of what could not be used; nothing where they say nothing."""
    said = [card["detail"] for card in found if card["source"]["topic"]["code"] == "unread"]
    return "".join(said)


def about(found: list[Any], remedy: str) -> Any:
    """Find the card of one remedy."""
    return next(card for card in found if card["source"]["topic"]["code"] == remedy)


def test_discovery_names_the_service_and_what_it_wants_of_the_record() -> None:
    (service,) = CLIENT.get("/cds-services").json()["services"]

    assert (service["id"], service["hook"]) == ("topical-remedies", "patient-view")
    assert service["prefetch"]["patient"] == "Patient/{{context.patientId}}"
    assert service["prefetch"]["conditions"] == "Condition?patient={{context.patientId}}"
    assert set(service["prefetch"]) == {
        "patient",
        "conditions",
        "allergies",
        "medicationStatements",
        "medicationRequests",
        "pregnancy",
        "gestation",
        "breastfeeding",
        "intake",
    }
    assert "clinical-status" not in json.dumps(service)
    assert service["title"]
    assert service["description"]
    assert "never calls the FHIR server back" in service["usageRequirements"]


def test_a_request_of_the_sandbox_is_answered_with_a_card_per_remedy(shipped: Catalogue) -> None:
    authorization = {"access_token": "secret", "token_type": "Bearer", "expires_in": 300, "scope": "x", "subject": "y"}
    found = cards(EVERYTHING, fhirAuthorization=authorization)

    assert {card["source"]["topic"]["code"] for card in found} == {
        "unread",
        *(one.id for one in shipped.rulebook.remedies),
    }
    assert about(found, "dolobene")["indicator"] == "critical"
    assert "secret" not in json.dumps(found)


def test_the_cards_are_those_of_the_library_for_the_same_record(shipped: Catalogue) -> None:
    patient = patient_from_bundle(EVERYTHING, patient="Patient/p1").patient

    assert [one for one in cards(EVERYTHING) if one["source"]["topic"]["code"] != "unread"] == check(
        patient, shipped
    ).to_cds_cards(shipped)


def test_what_was_not_sent_is_said_and_stays_unknown() -> None:
    found = cards({"patient": PATIENT})

    assert "- illnesses: not sent" in notice(found)
    assert "- the person" not in notice(found)
    assert about(found, "dolobene")["indicator"] == "warning"
    assert about(found, "dolobene")["summary"].startswith("It cannot be said yet")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "- illnesses: the record system has no data"),
        (searchset(), "- illnesses: nothing is on record, which does not say that there is nothing"),
        (ERROR, "- illnesses: the record system sent an error"),
        (searchset(ERROR), "- illnesses: the record system reported an error or a warning"),
        (
            searchset(condition("J45.0"), link=[{"relation": "next", "url": "https://there/page2"}]),
            "- illnesses: only the first page came",
        ),
    ],
    ids=["null", "an empty searchset", "an error", "a searchset of an error", "the first of several pages"],
)
def test_what_came_empty_as_an_error_or_in_part_rules_nothing_out_and_is_said(value: object, said: str) -> None:
    whole = {card["source"]["topic"]["code"]: card["indicator"] for card in cards({"patient": PATIENT})}
    found = cards({"patient": PATIENT, "conditions": value})
    indicators = {card["source"]["topic"]["code"]: card["indicator"] for card in found}
    order = ("info", "warning", "critical")

    assert said in notice(found)
    assert all(order.index(indicators[one]) >= order.index(whole[one]) for one in whole)


def test_what_an_error_says_is_told_on_every_card() -> None:
    found = cards({"patient": PATIENT, "conditions": ERROR})

    assert all(
        "the database is away" in card["detail"] for card in found if card["source"]["topic"]["code"] != "unread"
    )


def test_where_everything_came_nothing_is_said_to_be_missing() -> None:
    observation: Json = {
        "resourceType": "Observation",
        "id": "o1",
        "status": "final",
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": "2026-11-01",
        "code": {"coding": [{"system": "http://loinc.org", "code": "82810-3"}]},
        "valueCodeableConcept": {
            "coding": [{"system": "http://loinc.org", "code": "LA26683-5", "display": "Not pregnant"}]
        },
    }
    feeding = observation | {
        "id": "o2",
        "code": {"coding": [{"system": "http://loinc.org", "code": "63895-7"}]},
    }
    del feeding["valueCodeableConcept"]
    feeding["valueBoolean"] = False
    form: Json = {
        "resourceType": "QuestionnaireResponse",
        "id": "q1",
        "status": "completed",
        "subject": {"reference": "Patient/p1"},
        "item": [{"linkId": "asthma", "answer": [{"valueBoolean": True}]}],
    }
    rest = {"pregnancy": searchset(observation), "gestation": searchset(observation)}
    rest |= {"breastfeeding": searchset(feeding), "intake": searchset(form)}

    assert notice(cards(EVERYTHING | {"patient": PATIENT | {"gender": "female"}} | rest)) == ""


def test_a_referral_comes_before_what_could_not_be_read() -> None:
    form: Json = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "subject": {"reference": "Patient/p1"},
        "authored": f"{date.today()}",
        "item": [{"linkId": "fever", "answer": [{"valueBoolean": True}]}],
    }
    found = cards({"patient": PATIENT, "intake": searchset(form)})

    assert found[0]["source"]["topic"]["code"] == "fever"
    assert found[0]["indicator"] == "critical"
    assert found[1]["source"]["topic"]["code"] == "unread"


@pytest.mark.parametrize(
    "prefetch",
    [
        None,
        {},
        {"patient": None},
        {"patient": ERROR},
        {"conditions": searchset()},
        {"patient": ERROR, "allergies": None},
    ],
)
def test_where_nothing_can_be_read_the_precondition_failed(prefetch: object) -> None:
    answer = CLIENT.post(ADDRESS, json=request(prefetch))

    assert answer.status_code == 412
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"] == "The prefetch holds neither a Patient nor anything else that could be read."


def test_illnesses_without_a_person_are_read_if_they_are_of_the_patient_whose_record_is_open() -> None:
    own = cards({"conditions": searchset(condition("J45.0"))})
    other = cards({"conditions": searchset(condition("J45.0", "p2"))})

    assert about(own, "dolobene")["indicator"] == "critical"
    assert about(other, "dolobene")["indicator"] == "warning"
    assert "Condition/c1: it is about Patient/p2, who is somebody else" in notice(other).replace("\\", "")


def test_the_record_of_another_person_is_refused() -> None:
    answer = CLIENT.post(ADDRESS, json=request({"patient": PATIENT | {"id": "p2"}}))
    (fault,) = answer.json()["faults"]

    assert answer.status_code == 400
    assert (fault["path"], fault["kind"]) == ("context.patientId", "contradiction")
    assert "p2" not in answer.text


def test_the_id_of_a_patient_may_be_a_whole_reference() -> None:
    context = {"userId": "Practitioner/1", "patientId": "Patient/p1"}

    assert about(cards(EVERYTHING, context=context), "dolobene")["indicator"] == "critical"


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        ({"hook": "order-sign"}, ["hook"]),
        ({"hook": None, "hookInstance": ""}, ["hook", "hookInstance"]),
        ({"context": {}}, ["context.userId", "context.patientId"]),
        ({"context": None}, ["context"]),
        ({"prefetch": []}, ["prefetch"]),
        ({"prefetch": {"conditions": "none", "intake": {}}}, ["prefetch.conditions", "prefetch.intake"]),
    ],
)
def test_a_request_that_is_none_of_this_hook_is_refused_with_everything_that_is_wrong(
    change: Json, paths: list[str]
) -> None:
    answer = CLIENT.post(ADDRESS, json=request(EVERYTHING) | change)

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert [fault["path"] for fault in answer.json()["faults"]] == paths


@pytest.mark.parametrize("member", ["hook", "hookInstance", "context"])
def test_a_member_that_must_be_there_is_missed(member: str) -> None:
    body = request(EVERYTHING)
    del body[member]
    answer = CLIENT.post(ADDRESS, json=body)

    assert answer.status_code == 400
    assert answer.json()["detail"] == f"{member}: is missing"


def test_feedback_is_taken_and_forgotten() -> None:
    body = {"feedback": [{"card": "4e0a3a1e-3283-4575-ab82-028d55fe2719", "outcome": "accepted"}]}
    answer = CLIENT.post(f"{ADDRESS}/feedback", json=body)

    assert (answer.status_code, answer.content) == (200, b"")
    assert CLIENT.post(f"{ADDRESS}/feedback", json={}).status_code == 400


def test_no_other_service_is_there() -> None:
    assert CLIENT.post("/cds-services/other", json=request(EVERYTHING)).status_code == 404


def test_what_a_record_says_in_markup_stays_text() -> None:
    hostile = condition("J45.0") | {"id": "c9", "code": {"text": "<script>alert(1)</script> [x](http://e.example)"}}
    found = cards({"patient": PATIENT, "conditions": searchset(hostile)})

    assert "`<script>alert(1)</script> [x](http://e.example)`" in about(found, "dolobene")["detail"]
    assert "<script>" not in notice(found).replace("\\<script\\>", "")


def test_only_pages_of_named_origins_may_ask_from_the_browser_and_only_for_cards() -> None:
    there = "https://sandbox.example"
    client = TestClient(create_app(origins=[there]), base_url="http://localhost")
    wanted = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}

    def allowed(path: str, origin: str) -> str | None:
        return client.options(path, headers={"origin": origin, **wanted}).headers.get("access-control-allow-origin")

    assert allowed(ADDRESS, there) == there
    assert allowed(ADDRESS, "https://elsewhere.example") is None
    assert allowed("/api/check", there) is None
    answer = client.post(ADDRESS, json=request(EVERYTHING), headers={"origin": there})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, there)
    assert "access-control-allow-origin" not in client.get("/healthz", headers={"origin": there}).headers
    assert CLIENT.options(ADDRESS, headers={"origin": there, **wanted}).status_code == 405
