"""What an answer to a list says, word by word, here and in other lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from remedies.checking.understood import read_word
from remedies.core.errors import AnswerError, Fault, quoted
from remedies.knowledge.topics import TOPICS, Topic

if TYPE_CHECKING:
    from remedies.checking.patient import Patient
    from remedies.checking.understood import Reading
    from remedies.knowledge.vocabulary import Vocabulary


def answer_error(message: str) -> AnswerError:
    """Say why an answer cannot be read, and how to answer."""
    return AnswerError(Fault((), message))


class Listed(NamedTuple):
    """What an answer adds to a list."""

    yes: list[str]
    no: list[str]
    other: list[str]


class Told:
    """What an answer to a list says, here and in other lists."""

    def __init__(self, topic: Topic, yes: list[str], *, by_keys: bool = True) -> None:
        """Begin with the facts of the asked list that were chosen; an error names keys where they are answers."""
        self.topic = topic
        self.by_keys = by_keys
        self.said: dict[Topic, Listed] = {topic: Listed(yes, [], [])}
        self.unknown: list[str] = []
        self.prompted: list[str] = []
        """What a word gives a reason to ask about: the answer does not rule it out."""
        self.elsewhere: list[Reading] = []
        self.denials = False
        """Whether a word denied something, which is no choice from the list."""

    def at(self, topic: Topic) -> Listed:
        """Return what the answer adds to a list."""
        return self.said.setdefault(topic, Listed([], [], []))

    def enter(self, topic: Topic, side: Literal["yes", "no"], fact: str) -> None:
        """Add a fact that was chosen, or said not to be so."""
        getattr(self.at(topic), side).append(fact)

    def add(self, reading: Reading, word: str, vocabulary: Vocabulary) -> None:
        """Enter a reading, each fact in the list where it belongs."""
        if reading.kind == "doubt":
            self.unknown += reading.prompts
            return
        if reading.kind == "denial" and not reading.proves:
            self.denials = True
            if not (reading.denies or reading.pregnancy or reading.breastfeeding is not None):
                # A denial of something narrower rules nothing out.
                return
        self.prompted += reading.prompts
        for fact in reading.denies:
            self.at(vocabulary[fact].topic).no.append(fact)
        for fact in vocabulary.finest(reading.proves):
            self.yes(vocabulary[fact].topic).append(fact)
        subjects = reading.pregnancy is not None or reading.breastfeeding is not None
        if subjects or reading.denies:
            self.elsewhere.append(reading)
        elif reading.prompts or not reading.proves:
            # A word that prompts, or that no rule looks at, is kept as it is, since no fact says the same.
            self.yes(_place(reading, self.topic)).append(word)

    def yes(self, topic: Topic) -> list[str]:
        """Return what the answer adds to a list as so."""
        return self.at(topic).yes


def _place(reading: Reading, topic: Topic) -> Topic:
    """Return the list in which a word is kept: where it belongs, else where it was typed."""
    return next((name for name in TOPICS if name == reading.moved), topic)


_SET_ASIDE = re.compile(r"(?:other|другое)\s*:\s*(.+)", re.IGNORECASE)
"""How a person notes a word that is not understood, so that it keeps nothing open."""


def tell(word: str, told: Told, vocabulary: Vocabulary) -> None:
    """Enter what one typed word says.

    Raises:
        AnswerError: it is not understood, or is about the family.
    """
    aside = _SET_ASIDE.fullmatch(word.strip())
    if aside is not None:
        told.at(told.topic).other.append(aside[1])
        return
    reading = read_word(word, told.topic, vocabulary)
    keys = _KEYS if told.by_keys else _NO_KEYS
    match reading.kind:
        case "unclear":
            near = f" Did you mean {' or '.join(reading.suggestions)}?" if reading.suggestions else ""
            raise answer_error(
                f"{quoted(word)} is not known here.{near} {keys.choose}“other: {word}” notes it without an answer."
            )
        case "family":
            raise answer_error(f"{quoted(word)} is about the family; please say what the person has{keys.none}.")
        case "doubt" if not reading.prompts:
            raise answer_error(f"{quoted(word)} is not clear{keys.unsure}.")
        case _:
            told.add(reading, word, vocabulary)


class _Keys(NamedTuple):
    """What an error says of the keys that answer."""

    choose: str
    none: str
    unsure: str


_KEYS = _Keys(
    "Choose numbers, 0 for none, ? if you don't know; ",
    ", or 0 for none",
    "; 0 means none of these, a lone ? that you don't know",
)
_NO_KEYS = _Keys("", "", "; please write what is so, and nothing that is only suspected")


def subjects_told(told: Told, patient: Patient) -> dict[str, object]:
    """Return what typed words say of pregnancy and breastfeeding."""
    changes: dict[str, object] = {}
    for reading in told.elsewhere:
        if reading.pregnancy is not None and patient.pregnancy in {None, "possible"}:
            changes["pregnancy"] = reading.pregnancy
        if reading.breastfeeding is not None and patient.breastfeeding is None:
            changes["breastfeeding"] = reading.breastfeeding
    return changes
