"""CDS Hooks 2.0: ``/cds-services``. Nothing is ever fetched: what the prefetch does not hold is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeVar

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from pydantic_core import to_json
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from remedies.checking.check import check
from remedies.core.errors import InputError
from remedies.core.model import Frozen, faults_of
from remedies.intake.cds import to_cds_cards
from remedies.intake.prefetch import TEMPLATES, patient_from_prefetch, unread_card
from remedies.web.bodies import body_of, opened
from remedies.web.documenting import ASKED, JSON, SENT, answers, described
from remedies.web.guard import own_path
from remedies.web.problems import json_of, problem
from remedies.web.shapes import FeedbackRequest, HookRequest, Service

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Receive, Scope, Send

    from remedies.knowledge.catalogue import Catalogue

SERVICE = "topical-remedies"
"""The id of the one service."""

HOOK = "patient-view"
"""The one hook at which it answers."""

Content = Annotated[bytes, Depends(body_of)]

_SERVICE: Service = {
    "hook": "patient-view",
    "id": "topical-remedies",
    "title": "Gels and ointments for a sore back",
    "description": (
        "Says of each of 21 gels and ointments whether this person may use it on a sore back, why, and what is "
        "still to be asked. What the record does not say is unknown, and never read as “no”."
    ),
    "prefetch": dict(TEMPLATES),
    "usageRequirements": (
        "The service never calls the FHIR server back: what the prefetch does not hold is unknown, and remedies for "
        "which it matters stay undecided. It must not be used without the leaflet and a pharmacist."
    ),
}


def routes(catalogue: Catalogue) -> APIRouter:
    """Return the routes of the CDS Hooks service."""
    router = APIRouter(tags=["CDS Hooks"])
    services = to_json({"services": [_service(catalogue)]})

    @router.get("/cds-services", summary="Discovery", **described("", answers("Services"), ASKED))
    def discovery() -> Response:
        """Say which service there is, and what it wants of the record."""
        return Response(services, media_type=JSON)

    @router.post(
        f"/cds-services/{SERVICE}",
        summary="Cards on every remedy",
        **described("HookRequest", answers("HooksAnswer"), (*SENT, 412)),
    )
    def cards(content: Content) -> Response:
        """Answer with a card per remedy; 412 where nothing of the record came that could be read."""
        try:
            request = _shaped(HookRequest, content)
            found = patient_from_prefetch(request.prefetch or {}, request.context.patient, catalogue=catalogue)
        except InputError as error:
            return problem(400, faults=error.faults)
        if found is None:
            return problem(412, "The prefetch holds neither a Patient nor anything else that could be read.")
        report = check(found.intake.patient, catalogue)
        shown = to_cds_cards(report, catalogue)
        notice = unread_card(found, catalogue)
        if notice is not None:
            shown.insert(min(len(report.refer), 1), notice)
        return Response(json_of({"cards": shown}), media_type=JSON)

    @router.post(
        f"/cds-services/{SERVICE}/feedback",
        summary="Feedback",
        **described("FeedbackRequest", {200: {"description": "It was taken, and forgotten."}}, SENT),
    )
    def feedback(content: Content) -> Response:
        """Take what became of cards, and keep nothing of it."""
        try:
            _shaped(FeedbackRequest, content)
        except InputError as error:
            return problem(400, faults=error.faults)
        return Response(status_code=200)

    return router


class CrossOrigin:
    """Lets pages of some other origins ask for cards, and for nothing else: EHRs often call from the browser."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        """Take the application, and the origins, such as https://ehr.example."""
        self._app = app
        self._shared = CORSMiddleware(
            app, allow_origins=origins, allow_methods=["GET", "POST"], allow_headers=["Authorization"], max_age=3600
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers of CORS where cards are asked for."""
        if scope["type"] == "http" and own_path(scope).startswith("/cds-services"):
            await self._shared(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _service(catalogue: Catalogue) -> Service:
    """Describe the service with the number of remedies that this catalogue has."""
    number = len(catalogue.rulebook.remedies)
    return {**_SERVICE, "description": _SERVICE["description"].replace("21", str(number), 1)}


Shape = TypeVar("Shape", bound=Frozen)


def _shaped(model: type[Shape], content: bytes) -> Shape:
    """Read what a client sends.

    Raises:
        InputError: with everything that is wrong.
    """
    document, faults = opened(content)
    try:
        found = model.model_validate(document)
    except ValidationError as error:
        raise InputError([*faults, *faults_of(error)]) from None
    if faults:
        raise InputError(faults)
    return found
