"""A row of a table while it is made: its cells, the same person as Patient JSON, and of what kind each column is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from remedies import Catalogue
from remedies.knowledge.topics import TOPICS, Topic

if TYPE_CHECKING:
    from random import Random

AS_OF = date(2026, 11, 25)
"""The day of the check."""

SHIPPED = Catalogue.shipped()
VOCABULARY = SHIPPED.vocabulary
FACTS = [entry.id for entry in VOCABULARY.entries]
TOPIC: dict[str, Topic] = {entry.id: entry.topic for entry in VOCABULARY.entries}

CLOSINGS = {topic: f"closed_{topic}" for topic in TOPICS}
FLAGS = ("breastfeeding", *CLOSINGS.values(), *FACTS)
"""The columns that hold yes or no."""

_TRUE, _FALSE = ("true", "yes", "1"), ("false", "no", "0")


class Course(NamedTuple):
    """When the remedies would be used."""

    start: date
    days: int


class Columns:
    """Of what kind each column of one table is: a column of two kinds is none."""

    def __init__(self, random: Random) -> None:
        """Choose."""
        self.id = random.choice(["text", "number"])
        self.born = random.choice(["text", "text", "date"])
        self.due = random.choice(["text", "date"])
        self.number = random.choice(["int", "int", "float"])
        """What holds an age, months or weeks: a column with gaps often comes as one of floats."""
        self.words = {topic: random.choice(["list", "list", "text"]) for topic in TOPICS}
        self.flag = {name: random.choice(["bool", "bool", "bool", "number", "text"]) for name in FLAGS}

    def flagged(self, column: str, so: bool, random: Random) -> object:  # noqa: FBT001 - it is the cell
        """Write yes or no as its column does."""
        match self.flag[column]:
            case "bool":
                return so
            case "number":
                return int(so)
            case _:
                word = random.choice(_TRUE if so else _FALSE)
                return random.choice([word, word.upper(), word.capitalize()])

    def day(self, column: str, day: date) -> object:
        """Write a day as its column does."""
        return day if (self.born if column == "born" else self.due) == "date" else day.isoformat()

    def numbered(self, number: int) -> object:
        """Write a number as its column does."""
        return float(number) if self.number == "float" else number


@dataclass
class Draft:
    """A row that is being made."""

    columns: Columns
    random: Random
    cells: dict[str, object] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    """Patient JSON apart from the topics."""
    yes: dict[Topic, list[str]] = field(default_factory=lambda: {topic: [] for topic in TOPICS})
    no: dict[Topic, list[str]] = field(default_factory=lambda: {topic: [] for topic in TOPICS})
    words: dict[Topic, list[str]] = field(default_factory=dict)
    closed: dict[Topic, bool] = field(default_factory=dict)
    writable: bool = True
    """Whether it can be written as Patient JSON at all."""

    def forget(self, *columns: str) -> None:
        """Empty cells."""
        for column in columns:
            self.cells.pop(column, None)

    def say(self, fact: str, *, so: bool) -> None:
        """Say of a fact that it is so or not so, in its own column; what was said of it before is taken back."""
        topic = TOPIC[fact]
        for side in (self.yes, self.no):
            if fact in side[topic]:
                side[topic].remove(fact)
        (self.yes if so else self.no)[topic].append(fact)
        self.cells[fact] = self.columns.flagged(fact, so, self.random)

    def close(self, topic: Topic, *, so: bool) -> None:
        """Say whether nothing else is so in a topic."""
        self.closed[topic] = so
        self.cells[CLOSINGS[topic]] = self.columns.flagged(CLOSINGS[topic], so, self.random)

    def speak(self, topic: Topic, words: list[str]) -> None:
        """Put words into the column of a topic, in place of those that are there; a column of texts takes one."""
        if self.columns.words[topic] == "text":
            words = words[:1]
        self.forget(topic)
        self.words[topic] = words
        if self.columns.words[topic] == "list":
            self.cells[topic] = list(words)
        elif words:
            self.cells[topic] = words[0]

    def patient(self) -> dict[str, Any] | None:
        """Write the same person as Patient JSON."""
        if not self.writable:
            return None
        said = dict(self.body)
        for topic in TOPICS:
            sides = {"yes": [*self.yes[topic], *self.words.get(topic, ())], "no": [*self.no[topic]]}
            answers: dict[str, object] = {side: words for side, words in sides.items() if words}
            if self.closed.get(topic):
                answers["rest"] = "no"
            if answers:
                said[topic] = answers
        return said
