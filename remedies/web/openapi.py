"""The OpenAPI document: the shapes of the library's own models, under the names that routes refer to."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi
from starlette.requests import Request  # noqa: TC002 - read by FastAPI as the program runs
from starlette.responses import Response

from remedies.advice.pairs import Combination
from remedies.advice.plan import Plan, Refusal
from remedies.checking.report import Report
from remedies.core.version import VERSION
from remedies.pages import SchemaName
from remedies.pages.schemas import shapes_of
from remedies.web.bodies import BundleRequest, CheckRequest, CombineRequest, PlanRequest, TermsRequest, VerdictsRequest
from remedies.web.documenting import ASKED, JSON, described
from remedies.web.problems import FOR_PROGRAMS, Problem
from remedies.web.shapes import (
    FeedbackRequest,
    Health,
    HookRequest,
    HooksAnswer,
    InterviewAnswer,
    InterviewRequest,
    ListedRemedy,
    RecordAnswer,
    Services,
    VerdictsAnswer,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import APIRouter

ADDRESS = "/api/openapi.json"
"""Where the document is."""

_TAGS = {
    "Patients": "One or many patients in; verdicts, reasons and plans out.",
    "Interview": "Screens that ask, one after the other; the state travels with every request.",
    "Remedies": "The remedies themselves.",
    "Words": "What words and codes mean.",
    "Schemas": "JSON schemas of everything that goes in and out.",
    "CDS Hooks": "CDS Hooks 2.0: a record in, cards out.",
    "Service": "Whether it runs, and this document.",
}


SHAPES: Mapping[str, Any] = {
    "Problem": Problem,
    "CheckRequest": CheckRequest,
    "Report": Report,
    "VerdictsRequest": VerdictsRequest,
    "VerdictsAnswer": VerdictsAnswer,
    "PlanRequest": PlanRequest,
    "Plan": Plan,
    "Refusal": Refusal,
    "CombineRequest": CombineRequest,
    "Combination": Combination,
    "BundleRequest": BundleRequest,
    "RecordAnswer": RecordAnswer,
    "InterviewRequest": InterviewRequest,
    "InterviewAnswer": InterviewAnswer,
    "TermsRequest": TermsRequest,
    "WordList": list[Word],
    "RemedyList": list[ListedRemedy],
    "SchemaNames": list[SchemaName],
    "Health": Health,
    "HookRequest": HookRequest,
    "HooksAnswer": HooksAnswer,
    "Services": Services,
    "FeedbackRequest": FeedbackRequest,
}
"""What routes refer to."""

_LOOSE: dict[str, Any] = {
    "Resource": {
        "type": "object",
        "description": "A resource of FHIR R4, best a Bundle; it is read leniently.",
        "required": ["resourceType"],
        "properties": {"resourceType": {"type": "string", "minLength": 1}},
    },
    "RemedyRecord": {
        "type": "object",
        "description": "The record of a remedy, as data/remedies.json has it, with its rules and sources.",
        "required": ["id", "name", "rules", "sources"],
    },
    "TermList": {
        "type": "array",
        "description": "What each word comes out as, in each list where it belongs; as remedies terms writes it.",
        "items": {"type": "object", "required": ["word", "given_as", "kind", "means", "prompts", "suggestions"]},
    },
    "AnySchema": {"type": "object", "description": "A JSON schema.", "required": ["$schema", "$id"]},
}


def add_to(router: APIRouter) -> None:
    """Add the route of the document."""
    whole = cache(_document)
    given: dict[int, dict[str, Any]] = {
        200: {"description": "This document.", "content": {JSON: {"schema": {"type": "object"}}}}
    }

    @router.get(ADDRESS, tags=["Service"], summary="This document", **described("", given, ASKED))
    def document(request: Request) -> Response:
        """Describe every route for programs."""
        written = {**whole(request.app), "servers": [{"url": request.scope.get("root_path", "") or "/"}]}
        return Response(json.dumps(written, ensure_ascii=False), media_type=JSON)


def _document(app: Any) -> dict[str, Any]:  # noqa: ANN401 - FastAPI's or a caller's application
    found = get_openapi(
        title="remedies",
        version=VERSION,
        summary="Which gels and ointments may this person use on a sore back, and how?",
        description="A remedy is allowed only when every reason against it has been ruled out. Nothing is kept.",
        routes=app.routes,
        tags=[{"name": name, "description": said} for name, said in _TAGS.items()],
    )
    # Pages for people are no part of it.
    found["paths"] = {path: found for path, found in found["paths"].items() if path.startswith(FOR_PROGRAMS)}
    found["components"] = {"schemas": {**shapes_of(SHAPES, "#/components/schemas/{model}"), **_LOOSE}}
    return found
