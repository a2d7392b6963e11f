"""The interview, at ``/ask``: one question a page, for a client; no page needs scripts.

Every page holds the whole state in a field of its form, and every answer is a POST that carries it, so that nothing
of it is in an address, a cookie or this process. The same request gives the same page: sending it twice does no harm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request  # noqa: TC002 - FastAPI reads annotations
from starlette.responses import HTMLResponse, Response

from remedies.advice.interview import answer, back, begin, change, report_of, screens, summary
from remedies.checking.check import check
from remedies.checking.patient import Patient
from remedies.checking.remarks import REFERRALS
from remedies.core.errors import AnswerError, RemediesError
from remedies.pages.understood import understood
from remedies.web.filled import Filled, Trouble, from_answer, from_form, said_in, troubles
from remedies.web.forms import Form, form_of
from remedies.web.outcomes import Outcomes
from remedies.web.planning import Planning
from remedies.web.rendering import page
from remedies.web.stated import is_of_today, of_today, state_of, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from remedies.advice.state import Screen, State
    from remedies.knowledge.catalogue import Catalogue

Sent = Annotated[Form, Depends(form_of)]
"""What a form has sent."""


def routes(catalogue: Catalogue) -> APIRouter:
    """Return the routes of the interview."""
    asking = _Asking(catalogue)
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/ask", asking.begun, methods=["GET"], response_class=HTMLResponse)
    router.add_api_route("/ask", asking.gone_on, methods=["POST"], response_class=HTMLResponse)
    router.add_api_route("/ask/plan", asking.planned, methods=["POST"], response_class=HTMLResponse)
    router.add_api_route("/ask/calendar", asking.calendar, methods=["POST"], response_class=Response)
    return router


class _Asking:
    """Answers one request after the other; it holds the catalogue, and nothing about anybody."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._outcomes = Outcomes(catalogue)
        self._planning = Planning(catalogue)

    def begun(self, request: Request) -> Response:
        """Show the first question."""
        return self._shown(request, begin(catalogue=self._catalogue))

    def gone_on(self, request: Request, form: Sent) -> Response:
        """Take an answer, go back, change an answer, or show the outcome."""
        state = self._state(request, form)
        if not isinstance(state, Response):
            return self._moved(request, state, form)
        return state

    def planned(self, request: Request, form: Sent) -> Response:
        """Show a plan for a remedy, or say why there is none."""
        state = self._state(request, form)
        if not isinstance(state, Response):
            return self._planning.page(request, state, form)
        return state

    def calendar(self, request: Request, form: Sent) -> Response:
        """Send a plan for a remedy as a calendar, or say why there is none."""
        state = self._state(request, form)
        if not isinstance(state, Response):
            return self._planning.calendar(request, state, form)
        return state

    def _state(self, request: Request, form: Form) -> State | Response:
        """Read where the interview stands; where that cannot be, return the page that says so."""
        try:
            state = state_of(form, self._catalogue)
            if is_of_today(state):
                return state
            if form.one("do") == "today":
                return self._shown(request, of_today(state, self._catalogue))
        except RemediesError:
            return page(request, "ask_lost.html", status=400)
        return page(request, "ask_earlier.html", state=written(state), day=state.as_of)

    def _moved(self, request: Request, state: State, form: Form) -> Response:
        """Do what the button says that was pressed."""
        changed = form.one("change")
        try:
            if changed:
                return self._again(request, change(state, changed), changed)
            match form.one("do"):
                case "back" if state.answers or state.again:
                    return self._again(request, back(state), state.answers[-1].question, state)
                case "outcome" if self._ended(state):
                    return self._outcomes.page(request, state)
                case "answer":
                    return self._answered(request, state, form)
                case _:
                    return self._shown(request, state)
        except AnswerError:
            return page(request, "ask_lost.html", status=400)

    def _ended(self, state: State) -> bool:
        """Tell whether nothing is left to ask, and no sign needs a doctor now, which is the whole answer then."""
        return not screens(state, self._catalogue) and not report_of(state, self._catalogue).urgent

    def _again(self, request: Request, state: State, question: str, before: State | None = None) -> Response:
        """Show a question that was answered before, filled in as it was."""
        one = (before or state).answered(question)
        left = screens(state, self._catalogue)
        if left and left[0].id == question:
            return self._shown(request, state, from_answer(left[0], one))
        return self._shown(request, state)

    def _answered(self, request: Request, state: State, form: Form) -> Response:
        """Take the answer to a question; one that cannot be read is shown again as it came."""
        question = form.one("question")
        screen = next((one for one in screens(state, self._catalogue) if one.id == question), None)
        if screen is None:
            return self._shown(request, state)
        filled = from_form(screen, form)
        try:
            after = answer(state, question, said_in(screen, filled), self._catalogue)
        except AnswerError as error:
            return self._asked(request, state, screen, filled, tuple(troubles(screen, error)))
        return self._shown(request, after)

    def _shown(self, request: Request, state: State, filled: Filled | None = None) -> Response:
        """Show what is next: a question, a doctor, or all answers to be looked through."""
        left = screens(state, self._catalogue)
        if left:
            return self._asked(request, state, left[0], filled or Filled(), ())
        report = report_of(state, self._catalogue)
        if report.urgent:
            return page(request, "ask_doctor.html", state=written(state), report=report, referrals=REFERRALS)
        return page(
            request,
            "ask_check.html",
            state=written(state),
            report=report,
            referrals=REFERRALS,
            answers=summary(state, self._catalogue),
            carried=tuple(self._carried(state)),
        )

    def _carried(self, state: State) -> Iterator[str]:
        """Say what was known before the first question, which no question here can change."""
        if state.patient.model_copy(update={"said_on": None}) != Patient():
            report = check(state.patient, self._catalogue, as_of=state.as_of, detail="verdict")
            yield from (f"{line.head} {line.text}" for line in understood(report, self._catalogue.vocabulary, set()))

    def _asked(
        self, request: Request, state: State, screen: Screen, filled: Filled, wrong: Sequence[Trouble]
    ) -> Response:
        """Show a question, and what is wrong with its answer."""
        report = report_of(state, self._catalogue)
        return page(
            request,
            "ask_question.html",
            state=written(state),
            screen=screen,
            filled=filled,
            troubles=wrong,
            number=len(state.answers) + 1,
            left=len(screens(state, self._catalogue)) - 1,
            again=state.again is not None,
            report=report,
            referrals=REFERRALS,
            above=self._above(screen),
        )

    def _above(self, screen: Screen) -> dict[str, str]:
        """Name for each item the wider one on the same page, without which it need not be answered."""
        vocabulary = self._catalogue.vocabulary
        labels = {item.fact: item.label for item in screen.items if item.fact in vocabulary}
        found = {fact: [labels[wide] for wide in vocabulary.wider(fact) if wide in labels] for fact in labels}
        return {fact: wide[0] for fact, wide in found.items() if wide}
