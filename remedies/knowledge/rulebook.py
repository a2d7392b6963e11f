"""A catalogue compiled for checking: every distinct clause is one bit, every rule a mask.

The index is plain data. It is compiled from the records of a strictly loaded catalogue, and a
built package carries the compiled index of its own catalogue, so that a command does not pay for
loading and checking every record again; it carries a checksum of the data it was made from and
is used with that data alone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from remedies.core.errors import UnknownRemedyError, did_you_mean, quoted
from remedies.knowledge.vocabulary import Entry, Vocabulary, normal
from remedies.knowledge.words import Basis, Effect, Grade, Origin, Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from remedies.knowledge.clauses import Source, SourceRef

Ranges = tuple[tuple[int, int], ...]
"""Half-open ranges of days of pregnancy."""

FORMAT = 2
"""Changes whenever the layout of a dumped index does."""


class IndexedRule(NamedTuple):
    """A rule as it acts: the clauses that trigger it, as a mask, and what to say of it."""

    key: str
    origin: Origin
    effect: Effect
    basis: Basis
    because: str
    cure: str | None
    mask: int
    """Bits of clauses, each of which alone triggers the rule."""
    reads: Sequence[tuple[str, int]]
    """What the rule looks at, by name, each with its bit."""
    sources: Sequence[int]
    """Numbers of citations."""


class IndexedRemedy(NamedTuple):
    """A remedy with the masks of the clauses that exclude it and of those that call for a doctor."""

    id: str
    name: str
    what: str
    reviewed: str
    exclude: int
    ask: int
    rules: Sequence[int]
    """Numbers of rules, closest to the remedy first."""


class IndexedSign(NamedTuple):
    """A warning sign."""

    fact: str
    urgency: Literal["now", "soon"]
    because: str
    sources: Sequence[int]


class Clauses(NamedTuple):
    """The bits beyond the facts: ages, pregnancy, breastfeeding, always, and conjunctions."""

    size: int
    ages: Sequence[tuple[int, int]]
    """Limits in months, each with its bit."""
    age: int
    """All of them."""
    grown_up: int
    """The highest limit, in months."""
    pregnancies: tuple[tuple[Ranges, int], ...]
    pregnancy: int
    """All of them, since most patients are not pregnant."""
    breastfeeding: int
    always: int
    conjunctions: Sequence[tuple[Sequence[int], int]]
    """Masks of parts, each of which must be met, with the bit of the whole; inner ones first."""


CitationData = tuple[str, Section, str, str, int | None, str | None, Grade]
"""Source, section, title, country, year, link, grade."""


def citation_data(ref: SourceRef, source: Source) -> CitationData:
    """Say what a citation shows of a source."""
    return (ref.ref, ref.section, source.title, source.country, source.year, source.url, source.grade)


class Index(NamedTuple):
    """Everything that a check needs of a catalogue."""

    version: str
    sha256: str
    disclaimer: str
    vocabulary: Vocabulary
    clauses: Clauses
    rules: Sequence[IndexedRule]
    remedies: Sequence[IndexedRemedy]
    signs: Sequence[IndexedSign]
    citations: Sequence[CitationData]
    effects: Sequence[tuple[str, int, int]]
    """Each remedy with the masks that exclude it and that call for a doctor, and nothing else."""
    names: dict[str, str]
    """Every name of a remedy in comparable form, with its id."""

    def find(self, name: str) -> str:
        """Find the id of a remedy by its id, its name or an alias in either alphabet.

        Raises:
            UnknownRemedyError: no remedy has that name; the message says which come near.
        """
        found = self.names.get(normal(name))
        if found is None:
            near = did_you_mean(normal(name), self.names) or " “remedies list” shows all of them."
            raise UnknownRemedyError(f"no remedy is called {quoted(name)}.{near}")
        return found

    def rule_reading(self, remedy: str, fact: str) -> IndexedRule | None:
        """Return the first rule of a remedy that looks at a fact."""
        numbers = next(entry.rules for entry in self.remedies if entry.id == remedy)
        rules = map(self.rules.__getitem__, numbers)
        return next((rule for rule in rules if any(name == fact for name, _ in rule.reads)), None)

    def dump(self, checksum: int) -> str:
        """Write the index as JSON, with the checksum of what it was made from; tuples become lists."""
        vocabulary = (self.vocabulary.entries, self.vocabulary.up, self.vocabulary.words)
        rest = (self.clauses, self.rules, self.remedies, self.signs, self.citations, self.names)
        parts = (FORMAT, checksum, self.sha256, self.version, self.disclaimer, vocabulary, *rest)
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def loaded(content: bytes, checksum: int) -> Index | None:
    """Read a dumped index; nothing if it was made by another version or from other data."""
    parts: list[Any] = json.loads(content)
    if parts[:2] != [FORMAT, checksum]:
        return None
    sha256, version, disclaimer, (entries, up, words), clauses, rules, remedies, signs, citations, names = parts[2:]
    return Index(
        version,
        sha256,
        disclaimer,
        Vocabulary(tuple(map(Entry._make, entries)), up, words),
        _clauses(clauses),
        tuple(map(IndexedRule._make, rules)),
        tuple(map(IndexedRemedy._make, remedies)),
        tuple(map(IndexedSign._make, signs)),
        citations,
        [(remedy[0], remedy[4], remedy[5]) for remedy in remedies],
        names,
    )


def _clauses(row: list[Any]) -> Clauses:
    """Read the row of clauses; windows of pregnancy become tuples, by which they are looked up."""
    clauses = Clauses._make(row)
    windows = tuple((tuple((start, end) for start, end in ranges), bit) for ranges, bit in clauses.pregnancies)
    return clauses._replace(pregnancies=windows)
