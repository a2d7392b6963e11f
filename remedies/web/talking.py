"""The interview for programs: a state goes out with every answer and comes back with the next request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import Depends
from pydantic import Field
from pydantic_core import to_json
from starlette.responses import Response

from remedies.advice import interview
from remedies.advice.state import State
from remedies.checking.patient import Patient
from remedies.core.errors import AnswerError, Fault, InputError, PatientError, quoted
from remedies.core.model import Frozen, Many
from remedies.web.bodies import Days, Name, body_of, opened, shaped
from remedies.web.documenting import SENT, answers, described

if TYPE_CHECKING:
    from fastapi import APIRouter

    from remedies.core.documents import Json
    from remedies.knowledge.catalogue import Catalogue


class Begin(Days):
    """Begin an interview."""

    action: Literal["begin"]
    """Begin."""
    patient: Patient = Patient.model_construct()
    """What is known already."""
    remedies: Annotated[Many[Name], Field(min_length=1)] | None = None
    """Remedies that it is about, by any of their names; all of them unless given."""


class Answering(Frozen):
    """Answer one of the screens."""

    action: Literal["answer"]
    """Answer."""
    state: State
    """Where the interview stands, as it came with the last answer."""
    question: Name
    """The id of the screen."""
    said: dict[str, Any] | str
    """A value for each item by its fact, with rest for all others of a list; or typed words."""


class Changing(Frozen):
    """Ask a question again, next."""

    action: Literal["change"]
    """Change."""
    state: State
    """Where the interview stands."""
    question: Name
    """The id of a question that was answered."""


class Standing(Frozen):
    """Take back the last answer, or only look where an interview stands."""

    action: Literal["back", "look"]
    """Back, or look."""
    state: State
    """Where the interview stands."""


_ACTIONS: dict[str, type[Begin | Answering | Changing | Standing]] = {
    "begin": Begin,
    "answer": Answering,
    "change": Changing,
    "back": Standing,
    "look": Standing,
}

Content = Annotated[bytes, Depends(body_of)]


def add_to(router: APIRouter, catalogue: Catalogue) -> None:
    """Add the route of the interview."""

    @router.post(
        "/api/interview",
        tags=["Interview"],
        summary="Take one step of an interview",
        **described("InterviewRequest", answers("InterviewAnswer"), (*SENT, 409)),
    )
    def step(content: Content) -> Response:
        """Begin, answer, go back or change; nothing is kept here, so every request carries the whole state."""
        return Response(_shown(_stepped(content, catalogue), catalogue), media_type="application/json")


def _stepped(content: bytes, catalogue: Catalogue) -> State:
    """Take one step.

    Raises:
        RemediesError: the request makes no sense, or the interview cannot take the step.
    """
    match _read(content, catalogue):
        case Begin() as begin:
            try:
                return interview.begin(begin.patient, catalogue, remedies=begin.remedies, **begin.course())
            except PatientError as error:
                raise InputError([fault.under("patient") for fault in error.faults]) from None
        case Answering() as answering:
            try:
                return interview.answer(answering.state, answering.question, answering.said, catalogue)
            except AnswerError as error:
                raise AnswerError([_of_what_was_said(fault) for fault in error.faults]) from None
        case Changing() as changing:
            return interview.change(changing.state, changing.question)
        case Standing(action="back", state=state):
            return interview.back(state)
        case Standing(state=state):
            return state


def _of_what_was_said(fault: Fault) -> Fault:
    """Move a fault of an answer to where the answer stands; those of the state and the question say so themselves."""
    if fault.where[:1] in {("question",), ("answers",), ("again",), ("remedies",)}:
        return fault
    return fault.under("said")


def _read(content: bytes, catalogue: Catalogue) -> Begin | Answering | Changing | Standing:
    """Read a request by its action.

    Raises:
        InputError: with everything that is wrong.
    """
    document, faults = opened(content)
    action = document.get("action")
    if not isinstance(action, str) or action not in _ACTIONS:
        message = f"must be one of {', '.join(_ACTIONS)}, not {quoted(action)}"
        raise InputError([*faults, Fault(("action",), message)])
    entered: dict[str, Any] = {**document}
    if action != "begin" and "state" in document:
        try:
            entered["state"] = _state(document["state"])
        except InputError as error:
            # What else is wrong is looked for with a state that is not.
            faults += error.faults
            entered["state"] = interview.begin(catalogue=catalogue)
    return shaped(_ACTIONS[action], entered, catalogue, faults)


def _state(document: Json) -> State:
    return State.read(json.dumps(document))


def _shown(state: State, catalogue: Catalogue) -> bytes:
    """Write where an interview stands: what is left to ask, what was answered, and the report once nothing is left."""
    screens = interview.screens(state, catalogue)
    found: dict[str, Any] = {
        "state": state.model_dump(mode="json"),
        "over": not screens,
        "screens": [screen.model_dump(mode="json") for screen in screens],
        "summary": [recap.model_dump(mode="json") for recap in interview.summary(state, catalogue)],
        "report": None,
    }
    if not screens:
        found["report"] = interview.report_of(state, catalogue).model_dump(mode="json")
    return to_json(found)
