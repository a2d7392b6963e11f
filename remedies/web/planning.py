"""A plan for one remedy: as a page to print, and as a file for a calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.responses import Response

from remedies.advice.interview import patient_of
from remedies.advice.plan import Plan
from remedies.advice.planning import plan
from remedies.advice.schedule import not_before
from remedies.checking.grammar import read_day
from remedies.core.errors import CourseError, Fault, PlanError, UnknownRemedyError, quoted
from remedies.pages.ics import as_calendar
from remedies.pages.plan import as_html, refusal_sections
from remedies.web.rendering import page, rendered, styled
from remedies.web.stated import written

if TYPE_CHECKING:
    from starlette.requests import Request

    from remedies.advice.plan import Refusal
    from remedies.advice.state import State
    from remedies.knowledge.catalogue import Catalogue
    from remedies.web.forms import Form


class Planning:
    """Makes plans from one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the catalogue."""
        self._catalogue = catalogue

    def page(self, request: Request, state: State, form: Form) -> Response:
        """Show a plan as it prints, with what can be done with it above; or say why there is none."""
        made = self._made(request, state, form)
        if not isinstance(made, Plan):
            return made
        root = request.scope.get("root_path", "")
        head = rendered("ask_tools_head.html", root=root)
        tools = rendered(
            "ask_tools.html",
            root=root,
            state=written(state),
            remedy=made.remedy,
            start=made.start,
            today=state.as_of,
        )
        # Every text in both was escaped when their templates were filled.
        html = as_html(made, details=True, head=Markup(head), above=Markup(tools))  # noqa: S704 - as said above
        return styled(html)

    def calendar(self, request: Request, state: State, form: Form) -> Response:
        """Send a plan as a calendar; or say why there is none."""
        made = self._made(request, state, form)
        if not isinstance(made, Plan):
            return made
        headers = {"Content-Disposition": f'attachment; filename="plan-{made.remedy}.ics"'}
        return Response(as_calendar(made), media_type="text/calendar; charset=utf-8", headers=headers)

    def _made(self, request: Request, state: State, form: Form) -> Plan | Response:
        """Make the plan that a form asks for; where there is none, return the page that says why."""
        remedy, start = form.one("remedy"), form.one("start")
        try:
            first = _day(start) or state.start
            made = plan(
                remedy,
                patient_of(state, self._catalogue),
                self._catalogue,
                start=first,
                days=state.days,
                as_of=state.as_of,
                now=not_before(first),
            )
        except UnknownRemedyError:
            return page(request, "ask_lost.html", status=400)
        except (CourseError, PlanError) as error:
            return self._another_day(request, state, form, " ".join(fault.message for fault in error.faults))
        if isinstance(made, Plan):
            return made
        return self._refused(request, state, made)

    def _another_day(self, request: Request, state: State, form: Form, message: str) -> Response:
        """Ask for the first day once more, as it was written."""
        return page(
            request,
            "ask_day.html",
            state=written(state),
            remedy=form.one("remedy"),
            start=form.one("start"),
            message=message,
        )

    def _refused(self, request: Request, state: State, refusal: Refusal) -> Response:
        return page(
            request,
            "ask_refusal.html",
            state=written(state),
            sections=tuple(refusal_sections(refusal)),
        )


def _day(words: str) -> date | None:
    """Read the first day of a course; nothing where nothing is written.

    Raises:
        CourseError: it is no day.
    """
    if not words:
        return None
    found = read_day(words)
    if found is None:
        message = f"Please write a day such as {date.today()} or {date.today():%d.%m.%Y}, not {quoted(words)}."
        raise CourseError(Fault(("start",), message))
    return date.fromisoformat(found)
