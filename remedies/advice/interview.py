"""An interview: a state that is plain data, and what can be done with it. Nothing here knows a terminal.

>>> from remedies import interview
>>> state = interview.begin()
>>> interview.screens(state)[0].id
'signs'
>>> state = interview.answer(state, "signs", {"rest": "no"})
>>> state = interview.answer(state, "person", {"age": "34", "sex": "male"})
>>> [screen.id for screen in interview.screens(state)]
['skin', 'illness', 'reactions', 'medicines', 'circumstances']
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from remedies.advice.answers import by_values
from remedies.advice.personal import choices_of
from remedies.advice.recap import recaps
from remedies.advice.replay import base_of, replayed
from remedies.advice.screens import composed, screen_of, state_faults
from remedies.advice.state import Answered, Item, Recap, Screen, State
from remedies.advice.typed import by_list, by_words, detail_of
from remedies.checking.check import check, verdicts
from remedies.checking.patient import Patient
from remedies.checking.retold import retold
from remedies.core.errors import AnswerError, CatalogueError, Fault, PatientError, did_you_mean, of_type, quoted
from remedies.knowledge.catalogue import given
from remedies.knowledge.topics import MOST_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from remedies.advice.replay import Replayed
    from remedies.checking.report import Detail, Report
    from remedies.knowledge.catalogue import Catalogue

__all__ = [
    "Answered",
    "Item",
    "Recap",
    "Screen",
    "State",
    "answer",
    "back",
    "begin",
    "change",
    "choices_of",
    "detail_of",
    "patient_of",
    "report_of",
    "screens",
    "summary",
]


def begin(
    patient: Patient | None = None,
    catalogue: Catalogue | None = None,
    *,
    remedies: Iterable[str] | None = None,
    start: date | None = None,
    days: int = MOST_DAYS,
    as_of: date | None = None,
) -> State:
    """Begin an interview.

    Args:
        patient: what is known already; nothing unless given.
        catalogue: the shipped one unless given.
        remedies: ids or names of the remedies that it is about; all of them unless given.
        start: first day of the course; the day of the interview unless given.
        days: length of the course, 1 to 5 days.
        as_of: the day of the interview; today unless given.

    Raises:
        ArgumentError: something is of the wrong Python type.
        CourseError: the days or the start cannot be used.
        PatientError: words of the patient contradict each other.
        UnknownRemedyError: a named remedy does not exist.
    """
    if patient is None:
        patient = Patient()
    # A check finds whatever is wrong with the arguments.
    report = check(patient, catalogue, start=start, days=days, as_of=as_of, remedies=remedies, detail="verdict")
    return State(
        catalogue=report.catalogue.sha256,
        as_of=report.as_of,
        start=report.course.start,
        days=days,
        remedies=report.asked.remedies,
        patient=retold(patient, report.as_of),
    )


def screens(state: State, catalogue: Catalogue | None = None) -> tuple[Screen, ...]:
    """Return the screens that are left; the first is the next to show. None means that the interview is over.

    What the later ones ask depends on the answers to the earlier ones; each of them can be answered.

    Raises:
        AnswerError: the answers contradict each other.
        ArgumentError: something is of the wrong Python type.
        CatalogueError: the state rests on another catalogue.
    """
    catalogue = _fitting(state, catalogue)
    told = replayed(state, catalogue.rulebook)
    report = _checked(state, told, catalogue, "verdict")
    found = composed(state, told, report, catalogue)
    again = state.answered(state.again or "")
    if again is None:
        return found
    first = screen_of(again.question, again.asked, told.patient, catalogue.rulebook)
    return (first, *(screen for screen in found if base_of(screen.id) != base_of(first.id)))


def answer(state: State, question: str, said: Mapping[str, Any] | str, catalogue: Catalogue | None = None) -> State:
    """Answer one of the screens.

    Args:
        state: where the interview stands.
        question: the id of the screen.
        said: a value for each item by its ``fact`` (see ``ItemKind``), with ``rest`` for all others of
            a list; or typed words: numbers of the list, words in either language, "0" none, "?" don't know.
        catalogue: the catalogue of the state; the shipped one unless given.

    Raises:
        AnswerError: the question was not asked, or the answer cannot be read or contradicts another one.
        ArgumentError: something is of the wrong Python type.
        CatalogueError: the state rests on another catalogue.
    """
    of_type(question, str, "question", "the id of a question")
    of_type(said, Mapping | str, "said", "a dict of values or a text")
    catalogue = _fitting(state, catalogue)
    shown = {screen.id: screen for screen in screens(state, catalogue)}
    if question not in shown:
        message = f"{quoted(question)} is not asked now.{did_you_mean(question, shown)}"
        raise AnswerError(Fault(("question",), message, "word"))
    before = replayed(state, catalogue.rulebook).patient
    if isinstance(said, str):
        one = by_words(shown[question], said, before, catalogue.rulebook)
    elif shown[question].kind == "list":
        one = by_list(shown[question], said, before, catalogue.rulebook)
    else:
        one = by_values(shown[question], said, before, catalogue.vocabulary)
    if base_of(question) == "details":
        about = Patient(age=before.age, born=before.born, pregnancy=before.pregnancy)
        one = one.model_copy(update={"refined": about})
    after = _entered(state, one)
    try:
        told = replayed(after, catalogue.rulebook)
        verdicts(told.patient, catalogue, start=state.start, days=state.days, as_of=state.as_of)
    except PatientError as error:
        raise AnswerError([Fault((), fault.message, fault.kind) for fault in error.faults]) from None
    return after


def _entered(state: State, one: Answered) -> State:
    """Put an answer in the place of the one that it changes, or behind all others."""
    if state.again == one.question:
        answers = tuple(one if old.question == one.question else old for old in state.answers)
    else:
        answers = (*state.answers, one)
    return state.model_copy(update={"answers": answers, "again": None})


def back(state: State) -> State:
    """Take back the last answer, or the wish to change one.

    Raises:
        AnswerError: nothing was answered.
    """
    of_type(state, State, "state", "a State of an interview")
    if state.again is not None:
        return state.model_copy(update={"again": None})
    if not state.answers:
        raise AnswerError(Fault((), "This is the first question."))
    return state.model_copy(update={"answers": state.answers[:-1]})


def change(state: State, question: str) -> State:
    """Ask a question again, next; all other answers stay as they are.

    Raises:
        AnswerError: the question was not answered.
    """
    of_type(state, State, "state", "a State of an interview")
    of_type(question, str, "question", "the id of a question")
    if state.answered(question) is None:
        hint = did_you_mean(question, [one.question for one in state.answers])
        message = f"{quoted(question)} was not answered, so there is nothing to change.{hint}"
        raise AnswerError(Fault(("question",), message, "word"))
    return state.model_copy(update={"again": question})


def patient_of(state: State, catalogue: Catalogue | None = None) -> Patient:
    """Return the patient so far: whom the interview began with, and all that was answered.

    Raises:
        AnswerError: the answers contradict each other.
        CatalogueError: the state rests on another catalogue.
    """
    return replayed(state, _fitting(state, catalogue).rulebook).patient


def report_of(state: State, catalogue: Catalogue | None = None) -> Report:
    """Check the patient so far.

    Raises:
        AnswerError: the answers contradict each other.
        CatalogueError: the state rests on another catalogue.
    """
    catalogue = _fitting(state, catalogue)
    return _checked(state, replayed(state, catalogue.rulebook), catalogue, "all")


def summary(state: State, catalogue: Catalogue | None = None) -> tuple[Recap, ...]:
    """Read back every answer that counts, so that it can be looked through and changed.

    Raises:
        AnswerError: the answers contradict each other.
        CatalogueError: the state rests on another catalogue.
    """
    catalogue = _fitting(state, catalogue)
    return tuple(recaps(replayed(state, catalogue.rulebook), catalogue.rulebook))


def _fitting(state: State, catalogue: Catalogue | None) -> Catalogue:
    """Return the catalogue of a state."""
    of_type(state, State, "state", "a State of an interview")
    catalogue = given(catalogue)
    if catalogue.sha256 != state.catalogue:
        message = "is not the one that the interview began with; begin again with its patient, see patient_of"
        raise CatalogueError(Fault(("catalogue",), message))
    faults = list(state_faults(state, catalogue.rulebook))
    if faults:
        raise AnswerError(faults)
    return catalogue


def _checked(state: State, told: Replayed, catalogue: Catalogue, detail: Detail) -> Report:
    return check(
        told.patient,
        catalogue,
        start=state.start,
        days=state.days,
        as_of=state.as_of,
        remedies=state.remedies,
        detail=detail,
    )
