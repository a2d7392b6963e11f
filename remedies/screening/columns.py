"""The columns of a table of patients: what there may be, and what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from remedies.core.errors import Fault, InputError, did_you_mean
from remedies.knowledge.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from remedies.knowledge.topics import Topic
    from remedies.knowledge.vocabulary import Vocabulary

Cell = Literal["yes or no", "whole number", "text", "day", "words"]
"""What the cells of a column hold, whatever they are written as; a null is unknown."""

Kind = Literal["boolean", "whole", "fraction", "text", "category", "day", "texts", "empty"]
"""What an engine says that a column holds.

A ``category`` is a text that the engine keeps as a number, ``texts`` are lists of texts, and ``empty`` columns hold
nothing but nulls.
"""

WRITTEN: tuple[Kind, ...] = ("text", "category")
"""What is written as texts."""

READ: dict[Cell, tuple[Kind, ...]] = {
    "yes or no": ("boolean", "whole", "fraction", *WRITTEN),
    "whole number": ("whole", "fraction", *WRITTEN),
    "text": WRITTEN,
    "day": ("day", *WRITTEN),
    "words": ("texts", *WRITTEN),
}
"""What the cells of a column may be written as, the plainest first."""

TRIMESTERS = ("trimester-1", "trimester-2", "trimester-3")
PREGNANCIES = ("no", "possible", "yes", *TRIMESTERS)

WRITTEN_YES = ("true", "yes", "1")
WRITTEN_NO = ("false", "no", "0")
"""How a yes or no is written in a text; in any case, with spaces around."""

PERSON: dict[str, tuple[Cell, str]] = {
    "age_years": ("whole number", "Completed years of life, 0 to 120."),
    "age_months": (
        "whole number",
        "Beside age_years: completed months since the last birthday, 0 to 11. Alone: completed months of life.",
    ),
    "born": ("day", "The birth date, as a date or as text: 1990, 1990-05 or 1990-05-17. Either this or the age."),
    "sex": ("text", "female or male."),
    "pregnancy": ("text", f"One of {', '.join(PREGNANCIES)}."),
    "pregnancy_weeks": ("whole number", "Completed weeks of pregnancy, 0 to 44."),
    "pregnancy_days": ("whole number", "Beside pregnancy_weeks: completed days since the last whole week, 0 to 6."),
    "due": ("day", "The due date, as a date or as text: 2027-02-20."),
    "breastfeeding": ("yes or no", "Whether the person breastfeeds."),
}
"""What may be said of the person, with what it means."""

CLOSING = {f"closed_{topic}": topic for topic in TOPICS}
"""Columns that say that nothing else is so within a topic."""


class Column(NamedTuple):
    """A column that a table may have."""

    name: str
    cell: Cell
    help: str


def template(vocabulary: Vocabulary) -> Sequence[Column]:
    """Return every column that is read beside ``id``, in the order in which a reader expects them."""
    return (
        *(Column(name, cell, text) for name, (cell, text) in PERSON.items()),
        *(
            Column(topic, "words", f"Words and codes for {topic} that are so: a list of texts, or one text.")
            for topic in TOPICS
        ),
        *(
            Column(name, "yes or no", f"Nothing else is so among {topic}: true closes the topic.")
            for name, topic in CLOSING.items()
        ),
        *(Column(entry.id, "yes or no", entry.label) for entry in vocabulary.entries),
    )


class Layout(NamedTuple):
    """The columns of one table that are read; a column that holds nothing but nulls is none of them."""

    kinds: tuple[tuple[str, Kind], ...]
    missing: tuple[str, ...]
    """What this table does not say of anybody, in a sentence each."""
    plain: bool = True
    """Whether there are no words, and every cell is written in the plainest way."""

    def kind(self, name: str) -> Kind | None:
        """Return what a column holds; nothing if there is none."""
        return dict(self.kinds).get(name)

    def facts(self, vocabulary: Vocabulary) -> list[str]:
        """List the columns that are facts."""
        return [name for name, _ in self.kinds if name in vocabulary]

    @property
    def words(self) -> list[Topic]:
        """The topics for which there is a column of words."""
        names = {name for name, _ in self.kinds}
        return [topic for topic in TOPICS if topic in names]

    @property
    def closed(self) -> list[Topic]:
        """The topics for which there is a column that closes them."""
        return [topic for name, topic in CLOSING.items() if self.kind(name) is not None]


def layout_of(schema: Mapping[str, Kind | None], aside: Collection[str], vocabulary: Vocabulary) -> Layout:
    """Find out which columns of a table are read.

    Args:
        schema: what each column holds, ``None`` where it is nothing that is ever read.
        aside: columns that the caller has looked at and set aside.
        vocabulary: the facts of the catalogue.

    Raises:
        InputError: there is no ``id``, or a column is not understood, or holds something else; all at once.
    """
    known = {column.name: column.cell for column in template(vocabulary)}
    faults = list(_faults(schema, aside, known))
    if faults:
        raise InputError(faults)
    kinds = tuple(
        (name, kind) for name in known if (kind := schema.get(name)) not in {None, "empty"} and name not in aside
    )
    plain = all(kind == READ[known[name]][0] and known[name] != "words" for name, kind in kinds)
    return Layout(kinds, tuple(_missing({name for name, _ in kinds}, vocabulary)), plain)


def _faults(schema: Mapping[str, Kind | None], aside: Collection[str], known: Mapping[str, Cell]) -> Iterable[Fault]:
    if "id" not in schema or "id" in aside:
        yield Fault(("id",), "is missing: every row needs an id by which its verdicts are found again")
    elif schema["id"] in {"texts", None}:
        yield Fault(("id",), "must hold texts or whole numbers", "type")
    for name in aside:
        if name not in schema:
            yield Fault((name,), f"is set aside, and there is no such column.{did_you_mean(name, schema)}")
    for name, kind in schema.items():
        if name == "id" or name in aside:
            continue
        if name not in known:
            hint = did_you_mean(name, ["id", *known]) or " Set it aside if it says nothing of what may be used."
            yield Fault((name,), f"is no column that is read.{hint}", "unknown-key")
        elif kind != "empty" and kind not in READ[known[name]]:
            yield Fault((name,), f"must hold {_PLAINLY[known[name]]}", "type")


_PLAINLY: dict[Cell, str] = {
    "yes or no": "true or false",
    "whole number": "whole numbers",
    "text": "texts",
    "day": "dates, or texts such as 2026-11-25",
    "words": "lists of texts, or texts",
}


def _missing(names: set[str], vocabulary: Vocabulary) -> Iterable[str]:
    """Say once what no row says; that is unknown for everybody."""
    subjects = {
        "age": {"age_years", "age_months", "born"},
        "sex": {"sex"},
        "pregnancy": {"pregnancy", "pregnancy_weeks", "due"},
        "breastfeeding": {"breastfeeding"},
    }
    partly = []
    for topic in TOPICS:
        facts = {entry.id for entry in vocabulary.entries if entry.topic == topic}
        subjects[topic] = facts | {topic, f"closed_{topic}"}
        if topic not in names and names & subjects[topic] and facts - names:
            partly.append(f"{len(facts & names)} of {len(facts)} {topic}")
    silent = [subject for subject, columns in subjects.items() if not names & columns]
    if silent:
        yield f"No column says anything of {', '.join(silent)}: unknown for everybody."
    if partly:
        yield f"There are columns for {', '.join(partly)}: the others are unknown wherever their topic is not closed."
