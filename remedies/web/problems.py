"""Errors as ``application/problem+json``, with our faults and their paths; as a page where a browser shows pages."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from remedies.core.errors import (
    CatalogueError,
    Fault,
    InputError,
    MissingExtraError,
    RemediesError,
    UnknownRemedyError,
)
from remedies.core.model import Frozen, Many
from remedies.web.guard import own_path
from remedies.web.rendering import page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PROBLEM = "application/problem+json"
"""The media type of a problem."""

FOR_PROGRAMS = ("/api/", "/cds-services", "/healthz")
"""Where only programs ask, who are never answered with a page."""

_LOG = logging.getLogger("remedies.web")

_TITLES: Mapping[int, tuple[str, str]] = {
    400: ("Cannot be read", "What was sent cannot be read."),
    404: ("Not found", "There is nothing at this address."),
    405: ("Not done here", "This address is asked in another way; see /api/openapi.json."),
    409: ("Another catalogue", "This rests on another catalogue; begin again."),
    412: ("Nothing to go by", "Nothing of the record could be read."),
    415: ("Not JSON", "Send JSON, and say so: Content-Type: application/json."),
    422: ("Makes no sense", "What was sent can be read, and cannot be right."),
    500: ("Our fault", "Something went wrong here. Nothing of the request was kept; what went wrong is in the log."),
    501: ("Not installed", "This needs an extra package on the server."),
}
_REFUSED: Mapping[int, str] = {
    408: "The request took too long to arrive.",
    413: "The request is larger than is read here.",
    429: "Too many requests at once; try again after the seconds in Retry-After.",
    503: "The answer took too long.",
}


class FaultSaid(Frozen):
    """One thing that is wrong."""

    path: str
    """Where it stands, as text: patient.conditions.yes[2]; empty where it is about the whole."""
    where: Many[str | int]
    """The same, step by step."""
    message: str
    """What is wrong, and what to do about it; of what was sent no more than the offending value."""
    kind: str
    """What sort of fault: value, type, shape, unknown-key, missing, word, contradiction or text."""


class Problem(Frozen):
    """Why there is no answer (RFC 9457)."""

    type: str
    """Always about:blank: the title and the status say all."""
    title: str
    """What happened, in a few words."""
    status: int
    """The HTTP status once more."""
    detail: str
    """What happened, in a sentence."""
    faults: Many[FaultSaid] = ()
    """Everything that is wrong with what was sent."""


def said_of(fault: Fault) -> dict[str, Any]:
    """Write a fault for programs."""
    return {"path": fault.path, "where": list(fault.where), "message": fault.message, "kind": fault.kind}


def status_of(error: RemediesError) -> int:
    """Find the HTTP status of an error: 400 where nothing could be read, 422 where it could and makes no sense."""
    match error:
        case UnknownRemedyError():
            return 404
        case CatalogueError():
            return 409
        case MissingExtraError():
            return 501
        case InputError() if all(fault.kind == "text" for fault in error.faults):
            return 400
        case _:
            return 422


def problem(
    status: int, detail: str = "", faults: Iterable[Fault] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """Answer a program with a problem."""
    content = json_of(_said(status, detail, faults))
    return Response(content, status, headers=dict(headers or {}), media_type=PROBLEM)


def json_of(document: object) -> bytes:
    """Write JSON that may hold words of whoever asked: half of a surrogate pair, which cannot be sent, becomes “?”."""
    return json.dumps(document, ensure_ascii=False, default=str, separators=(",", ":")).encode(errors="replace")


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe problems for an OpenAPI document."""
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    found: dict[int | str, dict[str, Any]] = {}
    for status in statuses:
        found[status] = {"description": _REFUSED.get(status) or _TITLES[status][1], "content": content}
    return found


def handle(app: FastAPI) -> None:
    """Have an application answer errors of this library in its own words, and every other one without any."""
    app.add_exception_handler(RemediesError, _on_error)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_status)
    app.add_middleware(_Unexpected)


def _on_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RemediesError)  # noqa: S101 - it is registered for nothing else
    return _answered(request, status_of(error), faults=error.faults)


def _on_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
    faults = [Fault(tuple(one["loc"][1:]), str(one["msg"])) for one in error.errors()]
    return _answered(request, 422, faults=faults)


def _on_status(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - as above
    return _answered(request, error.status_code, headers=error.headers)


def _answered(
    request: Request, status: int, *, faults: Iterable[Fault] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with a problem, or with a page that says the same."""
    if not _wants_page(request):
        return problem(status, faults=faults, headers=headers)
    shown = page(request, "problem.html", status=status, problem=_said(status, "", faults))
    shown.headers.update(headers or {})
    return shown


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and not own_path(request.scope).startswith(FOR_PROGRAMS)


def _said(status: int, detail: str, faults: Iterable[Fault]) -> dict[str, Any]:
    found = [said_of(fault) for fault in faults]
    if status in _TITLES:
        title, usual = _TITLES[status]
    else:
        title = usual = HTTPStatus(status).phrase
    if not detail and len(found) == 1:
        detail = ": ".join(filter(None, (found[0]["path"], found[0]["message"])))
    said: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail or usual}
    if found:
        said["faults"] = found
    return said


class _Unexpected:
    """Answers an error that nobody expected without details, and logs where it arose, but nothing that it says.

    What Python says in an error may hold words of a patient.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not reach a log with its words
            _LOG.error("%s at %s", type(error).__name__, _place_of(error))
            if not begun:
                await problem(500)(scope, receive, send)


def _place_of(error: Exception) -> str:
    """Name the line in which an error arose."""
    trace = error.__traceback__
    place = "nowhere"
    while trace is not None:
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
