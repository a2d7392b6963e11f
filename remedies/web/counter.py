"""The counter, at ``/``: words in, verdicts beside them."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from remedies.advice.plan import Plan
from remedies.advice.planning import plan
from remedies.advice.schedule import not_before
from remedies.core.errors import RemediesError
from remedies.pages.ics import as_calendar
from remedies.pages.plan import as_html, refusal_sections
from remedies.web.entered import Entered, told
from remedies.web.forms import Form, form_of
from remedies.web.groups import found
from remedies.web.rendering import page, styled
from remedies.web.wordlist import word_list

if TYPE_CHECKING:
    from remedies.advice.plan import Refusal
    from remedies.knowledge.catalogue import Catalogue

PART = "x-part"
"""A request with this header gets what changes of the page, and not the whole of it."""

Filled = Annotated[Form, Depends(form_of)]


def routes(catalogue: Catalogue) -> APIRouter:
    """Return the routes of the counter."""
    counter = _Counter(catalogue)
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/", counter.empty, methods=["GET"], response_class=HTMLResponse)
    router.add_api_route("/", counter.answer, methods=["POST"], response_class=HTMLResponse)
    router.add_api_route("/words.json", counter.words, methods=["GET"])
    router.add_api_route("/plan", counter.plan, methods=["POST"], response_class=HTMLResponse)
    router.add_api_route("/plan.ics", counter.calendar, methods=["POST"])
    return router


class _Counter:
    """The pages of the counter for one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def empty(self, request: Request) -> Response:
        """Show the counter before anything was said."""
        return page(request, "counter.html", found=found(Entered(), self._catalogue))

    def answer(self, request: Request, form: Filled) -> Response:
        """Do what a button says, and show what was found; with the header ``x-part`` only what changes."""
        entered = Entered.of(form, self._catalogue)
        template = "counter.html"
        if PART in request.headers:
            template = "counter_part.html"
        return page(request, template, found=found(entered, self._catalogue))

    def words(self, request: Request) -> Response:
        """Send every word that may be typed; nothing in it is about anybody, so a browser may keep it."""
        content, tag = self._words
        headers = {"etag": tag, "cache-control": "private, no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type="application/json")

    @cached_property
    def _words(self) -> tuple[bytes, str]:
        content = word_list(self._catalogue)
        return content, f'"{hashlib.sha256(content).hexdigest()}"'

    def plan(self, request: Request, form: Filled) -> Response:
        """Show the plan as the sheet that is printed, or say why there is none."""
        made = self._planned(form)
        if not isinstance(made, Plan):
            return _refused(request, made)
        return styled(as_html(made, details=True))

    def calendar(self, request: Request, form: Filled) -> Response:
        """Send the plan as a calendar, or say why there is none."""
        made = self._planned(form)
        if not isinstance(made, Plan):
            return _refused(request, made)
        headers = {"content-disposition": f'attachment; filename="{made.remedy}.ics"'}
        return Response(as_calendar(made), headers=headers, media_type="text/calendar")

    def _planned(self, form: Form) -> Plan | Refusal | RemediesError:
        """Make a plan, or return what stands against it."""
        entered = Entered.of(form, self._catalogue)
        try:
            said = told(entered, self._catalogue)
            return plan(form.one("remedy"), said.patient, self._catalogue, now=not_before(None))
        except RemediesError as error:
            return error


def _refused(request: Request, made: Refusal | RemediesError) -> Response:
    """Say why there is no plan."""
    if isinstance(made, RemediesError):
        return page(request, "counter_refusal.html", status=422, sections=(), faults=made.faults)
    return page(request, "counter_refusal.html", sections=tuple(refusal_sections(made)), faults=())
