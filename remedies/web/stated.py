"""Where an interview stands, in a field of a form: written as it is, and read back with every check."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from remedies.advice.interview import begin, patient_of, screens
from remedies.advice.state import State
from remedies.core.errors import Fault, InputError

if TYPE_CHECKING:
    from remedies.knowledge.catalogue import Catalogue
    from remedies.web.forms import Form

FIELD = "state"
"""The name of the field."""


def written(state: State) -> str:
    """Write a state as it stands in a form; what it need not say is left out."""
    return state.model_dump_json(exclude_defaults=True)


def state_of(form: Form, catalogue: Catalogue) -> State:
    """Read the state of a form, and see that everything in it can be so.

    Raises:
        AnswerError: it holds answers that cannot have been given, or that contradict each other.
        CatalogueError: it rests on another catalogue.
        CourseError: its days cannot be used.
        InputError: there is none, or it is of a day that is still to come.
        PatientError: whom it began with cannot be so.
    """
    state = State.read(form.one(FIELD))
    if state.as_of > date.today():
        raise InputError(Fault((FIELD, "as_of"), "is still to come"))
    screens(state, catalogue)
    return state


def is_of_today(state: State) -> bool:
    """Tell whether an interview was begun today; what was said of skin and signs on another day holds no longer."""
    return state.as_of == date.today()


def of_today(state: State, catalogue: Catalogue) -> State:
    """Begin again today with what was said on an earlier day, as far as it still holds.

    Raises:
        RemediesError: what was said then cannot be said today.
    """
    patient = patient_of(state, catalogue)
    # A patient of the state holds on its day, whatever was known before it.
    said = patient.model_copy(update={"said_on": state.as_of.isoformat()})
    return begin(said, catalogue, remedies=state.remedies, days=state.days)
