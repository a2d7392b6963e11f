"""An interview as plain data: where it stands, what it asks, what was answered. No text of any terminal."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from remedies.checking.patient import Patient
from remedies.core.documents import MAX_PATIENT_BYTES, within
from remedies.core.errors import LONGEST_WORD, InputError, of_type
from remedies.core.model import Frozen, Many, faults_of
from remedies.knowledge.topics import MOST_DAYS, Urgency

Said = Literal["yes", "no", "unknown"]
"""What may be said of a fact."""

ItemKind = Literal["fact", "age", "sex", "pregnancy", "weeks", "breastfeeding"]
"""What may be said of an item: yes, no or unknown of a fact and of breastfeeding; an age or a birth date; female
or male; no, possible, yes or a time of a pregnancy; a time of it. All of them may be unknown."""

ScreenKind = Literal["list", "gate", "person", "pregnancy", "details"]
"""How a screen is answered: by choosing from a list; with yes, no or unknown to a plain question before a list;
with age and sex; about pregnancy and breastfeeding; item by item."""

Name = Annotated[str, Field(min_length=1, max_length=LONGEST_WORD)]


class Item(Frozen):
    """One thing on a screen that can be answered."""

    fact: Name
    """The id of a fact or of a plain question; or age, sex, pregnancy, breastfeeding."""
    kind: ItemKind
    """What may be said of it."""
    label: str
    """What it is called in a list."""
    question: str
    """The question that asks about it alone."""
    urgency: Urgency | None = None
    """How soon it needs a doctor, where it is a warning sign."""


class Screen(Frozen):
    """One question as it is shown."""

    id: Name
    """What the question is called; the same in every interview."""
    kind: ScreenKind
    """How it is answered."""
    title: str
    """What it is about."""
    text: str
    """The question in plain words."""
    lines: Many[str] = ()
    """What a plain question covers, a line each."""
    items: Many[Item]
    """What can be answered, in the order in which it matters."""


class Answered(Frozen):
    """One answer: what was shown, and what it says of the patient."""

    question: Name
    """The id of the question."""
    asked: Many[Name]
    """What the screen asked about."""
    gate: Said | None = None
    """What was said to a plain question before a list."""
    said: Patient = Patient.model_construct()
    """What was said, as a patient of whom nothing else is known; typed words are kept as they came."""
    refined: Patient = Patient.model_construct()
    """The age and the pregnancy that details were asked of; the details count for as long as that stands."""
    unknown: Many[Literal["age", "sex", "pregnancy", "breastfeeding"]] = ()
    """What is not known, of what has no list."""


class State(Frozen):
    """Where an interview stands: whom it began with and what was answered. The patient so far follows from it.

    ``model_dump_json`` and ``read`` carry it through a browser or a file.
    """

    format: Literal[1] = 1
    """The number of this layout."""
    catalogue: Name
    """The hash of the catalogue that the questions come from, in hexadecimal."""
    as_of: date
    """The day of the interview."""
    start: date
    """The first day of the course."""
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)]
    """Length of the course."""
    remedies: Many[Name] | None = None
    """The ids of the remedies that it is about; all of them if null."""
    patient: Patient
    """What was known before the first question, as it holds on the day of the interview."""
    answers: Many[Answered] = ()
    """What was answered, in the order in which it was asked."""
    again: Name | None = None
    """The id of the question whose answer is being changed."""

    @classmethod
    def read(cls, content: str | bytes) -> State:
        """Read the JSON of a state.

        Raises:
            InputError: it is none, with every fault.
        """
        of_type(content, str | bytes, "state", "JSON text")
        within(len(content), "interview", "state", MAX_PATIENT_BYTES)
        try:
            return cls.model_validate_json(content)
        except ValidationError as error:
            raise InputError([fault.under("state") for fault in faults_of(error)]) from None

    def answered(self, question: str) -> Answered | None:
        """Return the answer to a question, if it has one."""
        return next((one for one in self.answers if one.question == question), None)


class Recap(Frozen):
    """One answer as it is read back before the result."""

    question: Name
    """The id of the question, by which it can be changed."""
    title: str
    """What it was about."""
    yes: Many[str] = ()
    """What was said to be so: labels, words as they came, an age, a sex, a pregnancy."""
    no: Many[str] = ()
    """Labels of what was said not to be so."""
    unknown: Many[str] = ()
    """Labels of what is not known."""
    gate: Said | None = None
    """What was said to a plain question."""
    closed: Many[str] = ()
    """Labels of what a plain "no" denies."""
    facts: int = 0
    """How many facts that took as "no", the finer ones among them."""
