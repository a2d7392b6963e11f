"""How routes say in the OpenAPI document what they take and give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from remedies.web.problems import documented

if TYPE_CHECKING:
    from collections.abc import Iterable

JSON = "application/json"

SENT = (400, 408, 413, 415, 422, 429, 503)
"""What may become of a request with a body."""

ASKED = (400, 408, 413, 429, 503)
"""What may become of a request without one."""

_PERSON = {
    "age": 62,
    "sex": "female",
    "conditions": {"yes": ["hypertension"], "rest": "no"},
    "medicines": {"yes": ["Eliquis"], "rest": "no"},
    "signs": {"rest": "no"},
}
_BUNDLE: dict[str, Any] = {
    "resourceType": "Bundle",
    "type": "searchset",
    "entry": [
        {"resource": {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1964-03-02"}},
        {
            "resource": {
                "resourceType": "Condition",
                "id": "c1",
                "subject": {"reference": "Patient/p1"},
                "clinicalStatus": {"coding": [{"code": "active"}]},
                "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "J45.0"}]},
            }
        },
    ],
}
EXAMPLES: dict[str, dict[str, Any]] = {
    "CheckRequest": {"patient": _PERSON, "remedies": ["Fastum gel", "dolobene"], "detail": "first"},
    "VerdictsRequest": {"patients": [{"id": "a", **_PERSON}, {"id": "b", "age": 34, "nothing_else": True}]},
    "PlanRequest": {"patient": {"age": 34, "sex": "male", "nothing_else": True}, "remedy": "Fastum gel"},
    "CombineRequest": {"first": "Finalgon", "second": "camphor oil"},
    "TermsRequest": {"words": ["asthma", "Кардиомагнил"]},
    "BundleRequest": {"bundle": _BUNDLE, "closed": ["medicines"]},
    "InterviewRequest": {"action": "begin", "patient": {"age": 34}},
    "HookRequest": {
        "hook": "patient-view",
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": {"userId": "Practitioner/example", "patientId": "p1"},
        "prefetch": {"patient": _BUNDLE["entry"][0]["resource"], "conditions": _BUNDLE},
    },
    "FeedbackRequest": {"feedback": [{"card": "4e0a3a1e-3283-4575-ab82-028d55fe2719", "outcome": "accepted"}]},
}
"""What is sent to each route, by the name of its shape."""


def answers(shape: str, media_type: str = JSON) -> dict[int, dict[str, Any]]:
    """Describe an answer by the name of its shape."""
    return {200: {"description": "The answer.", "content": {media_type: {"schema": _ref(shape)}}}}


def plan_answers() -> dict[int, dict[str, Any]]:
    """Describe a plan in all its formats, and a refusal."""
    kinds = ("text/html", "text/calendar", "text/plain", "text/markdown")
    found = answers("Plan")
    found[200]["content"] |= {kind: {"schema": {"type": "string"}} for kind in kinds}
    found[409] = {"description": "There must be no plan, and why.", "content": {JSON: {"schema": _ref("Refusal")}}}
    return found


def described(shape: str, given: dict[int, dict[str, Any]], problems: Iterable[int], bare: str = "") -> dict[str, Any]:
    """Describe a route.

    Args:
        shape: the name of what it takes; empty where it takes nothing.
        given: its answers.
        problems: the statuses of its problems.
        bare: the name of another shape that it takes as well.
    """
    found: dict[str, Any] = {"responses": {**documented(*problems), **given}, "response_class": Response}
    if shape:
        schema: dict[str, Any] = _ref(shape)
        if bare:
            schema = {"anyOf": [schema, _ref(bare)]}
        content = {JSON: {"schema": schema, "example": EXAMPLES[shape]}}
        found["openapi_extra"] = {"requestBody": {"required": True, "content": content}}
    return found


def _ref(shape: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{shape}"}
