"""The rulebook: a catalogue compiled for checking. Every distinct clause is one bit, every rule a mask.

It is plain data and the only thing that a check reads. It is compiled from the records of a strictly
loaded catalogue, and a built package carries that of its own catalogue, so that a command does not pay
for loading and checking every record again; it carries a checksum of the data it was made from and is
used with that data alone.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from remedies.core.errors import Fault, UnknownRemedyError, of_type, quoted
from remedies.knowledge.entry import Details, Entry, GateEntry, Later, details_read, lexicon_parts, lexicon_sections
from remedies.knowledge.spelling import key, normal, pieces
from remedies.knowledge.suggestions import names_near
from remedies.knowledge.topics import STRENGTH, VERDICT, Basis, Effect, Origin, Ranges, Urgency, Verdict
from remedies.knowledge.vocabulary import Vocabulary

FORMAT = 12
"""Changes whenever the layout of a dumped rulebook does."""

_SEPARATOR = "\x1e"
"""Stands between the texts of a dumped rulebook, and nowhere in them."""

_EXCLUDE, _ASK_DOCTOR, _ASK_PHARMACIST = STRENGTH["exclude"], STRENGTH["ask-doctor"], STRENGTH["ask-pharmacist"]


class CompiledRule(NamedTuple):
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
    """What the rule looks at, by name, each with its bits."""
    sources: Sequence[int]
    """Numbers of citations."""


class Signature(NamedTuple):
    """A review that counts: of the record as it is now."""

    date: str
    reviewer: str
    remarks: bool
    """The pharmacist wants something changed."""


class CompiledRemedy(NamedTuple):
    """A remedy with the masks of the clauses that exclude it, call for a doctor, or for a pharmacist."""

    id: str
    name: str
    short: str
    what: str
    form: str
    atc: Sequence[str]
    aliases: Sequence[str]
    counts_as: Sequence[str]
    """Medicines that somebody uses who uses this remedy."""
    reviewed: str
    planned: bool
    """A label gives a dose, so that a plan can be made."""
    signed: Sequence[Signature]
    """The reviews of the record as it is now, the oldest first."""
    exclude: int
    ask_doctor: int
    ask_pharmacist: int
    rules: Sequence[int]
    """Numbers of rules, closest to the remedy first."""

    def bounds(self, yes: int, may: int) -> tuple[int, int]:
        """Return floor and ceiling, as places in ``STRENGTHS``, for the clauses that hold and those that may."""
        return self._strongest(yes), self._strongest(may)

    def _strongest(self, clauses: int) -> int:
        """Return the place in ``STRENGTHS`` of the strongest effect that some clauses have here."""
        if clauses & self.exclude:
            return _EXCLUDE
        if clauses & self.ask_doctor:
            return _ASK_DOCTOR
        return _ASK_PHARMACIST if clauses & self.ask_pharmacist else 0

    def verdict(self, yes: int, may: int) -> Verdict:
        """Return the verdict for the clauses that hold and those that may hold."""
        return VERDICT[self._strongest(yes)][self._strongest(may)]


class CompiledSign(NamedTuple):
    """A warning sign."""

    fact: str
    urgency: Urgency
    because: str
    sources: Sequence[int]


class Clauses(NamedTuple):
    """The bits beyond the facts: ages, pregnancy, breastfeeding, always, and conjunctions."""

    size: int
    """How many bits there are, facts included."""
    ages: Sequence[tuple[int, int]]
    """Limits in months that a person is below, each with its bit."""
    age: int
    """All of them."""
    later_ages: Sequence[tuple[int, int]]
    """Limits in months that a person has reached, each with its bit."""
    pregnancies: tuple[tuple[Ranges, int], ...]
    """Windows of pregnancy, in days, each with its bit."""
    pregnancy: int
    """All of them, since most patients are not pregnant."""
    breastfeeding: int
    always: int
    conjunctions: Sequence[tuple[Sequence[int], int]]
    """Masks of parts, each of which must be met, with the bit of the whole; inner ones first."""


class Rulebook(NamedTuple):
    """Everything that a check needs of a catalogue; there is one object of each, so it is compared by identity."""

    version: str
    sha256: str
    disclaimer: str
    vocabulary: Vocabulary
    details: Later[Details]
    """What few commands look at: the words of every fact, the clause of every rule."""
    clauses: Clauses
    rules: Sequence[CompiledRule]
    remedies: Sequence[CompiledRemedy]
    signs: Sequence[CompiledSign]
    citations: Sequence[str]
    """Every citation of a rule or a sign, as ``source: section``."""
    sources: dict[str, dict[str, Any]]
    """The sources that the citations name, as plain data."""
    names: dict[str, str]
    """Every name of a remedy in comparable form, with its id."""
    gates: Sequence[GateEntry]
    """The plain questions that stand before the lists of an interview, in order."""
    left_out: Sequence[str]
    """Dimensions of ``DIMENSIONS`` that the catalogue does not have."""

    def __eq__(self, other: object) -> bool:
        """Tell whether this is the same object."""
        return self is other

    def __hash__(self) -> int:
        """Hash by identity."""
        return id(self)

    def find(self, name: str) -> str:
        """Find the id of a remedy by its id, its name or an alias in either alphabet.

        Raises:
            UnknownRemedyError: no remedy has that name; the message says which come near.
        """
        of_type(name, str, "remedy", "the name of a remedy")
        found = self.names.get(normal(name))
        if found is None:
            raise UnknownRemedyError(Fault((), f"no remedy is called {quoted(name)}.{self._meant(name)}", "word"))
        return found

    def _meant(self, name: str) -> str:
        """Say what may have been meant by a name that no remedy has; a medicine never leads to another one."""
        lexicon = self.vocabulary.lexicon
        mixed = lexicon.mixed_up_with(name)
        if mixed:
            return f" It is easily mixed up with {' or '.join(mixed)}: look at the pack."
        form = key(pieces(name), lexicon.base_of)
        same = [known for known in self.names if form and key(pieces(known), lexicon.base_of) == form]
        if not same and lexicon.exact("medicines", name) is not None:
            return " It is known as a medicine; “remedies list” shows all remedies."
        near: dict[str, str] = {}
        for close in same or names_near(normal(name), self.names):
            near.setdefault(self.names[close], close)
        if near:
            return f" Did you mean {' or '.join(near.values())}?"
        return " “remedies list” shows all of them."

    def remedy(self, name: str) -> CompiledRemedy:
        """Find a remedy by any of its names.

        Raises:
            UnknownRemedyError: no remedy has that name.
        """
        found = self.find(name)
        return next(remedy for remedy in self.remedies if remedy.id == found)

    def signs_in(self, facts: int) -> list[CompiledSign]:
        """List the warning signs among some facts, the urgent ones first."""
        number = self.vocabulary.number
        return [sign for sign in self.signs if facts >> number[sign.fact] & 1]

    def rule_reading(self, remedy: str, fact: str) -> CompiledRule | None:
        """Return the first rule of a remedy (by id) that looks at a fact."""
        numbers = next(entry.rules for entry in self.remedies if entry.id == remedy)
        rules = map(self.rules.__getitem__, numbers)
        return next((rule for rule in rules if any(name == fact for name, _ in rule.reads)), None)

    def dump(self, checksum: int) -> str:
        """Write the rulebook as texts with a separator between them, and the checksum of what it was made from.

        The first is what every check needs, as JSON. The others hold what few commands look at and what
        words mean; they are read when they are first asked for. Tuples become lists.
        """
        parts = self._asdict()
        parts["vocabulary"] = (self.vocabulary.entries, self.vocabulary.parents)
        del parts["details"]
        head = {"format": FORMAT, "checksum": checksum, **parts}
        texts = [json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in (head, self.details.part)]
        return _SEPARATOR.join((*texts, *lexicon_sections(self.vocabulary.lexicon.parts)))


def read_dump(content: bytes, checksum: int) -> Rulebook | None:
    """Read a dumped rulebook; nothing if it was made by another version or from other data."""
    head, details, *words = content.split(_SEPARATOR.encode())
    parts: dict[str, Any] = json.loads(head)
    if (parts.pop("format"), parts.pop("checksum")) != (FORMAT, checksum):
        return None
    entries, parents = parts["vocabulary"]
    parts["vocabulary"] = Vocabulary(tuple(map(Entry._make, entries)), parents, Later(lexicon_parts, words))
    parts["details"] = Later(details_read, (details,))
    parts["clauses"] = _clauses(parts["clauses"])
    parts["rules"] = tuple(map(CompiledRule._make, parts["rules"]))
    parts["remedies"] = tuple(map(_remedy, parts["remedies"]))
    parts["signs"] = tuple(map(CompiledSign._make, parts["signs"]))
    parts["gates"] = tuple(map(GateEntry._make, parts["gates"]))
    return Rulebook(**parts)


def _remedy(row: list[Any]) -> CompiledRemedy:
    """Read the row of a remedy, with the signatures under it."""
    remedy = CompiledRemedy._make(row)
    return remedy._replace(signed=tuple(map(Signature._make, remedy.signed)))


def _clauses(row: list[Any]) -> Clauses:
    """Read the row of clauses; windows of pregnancy become tuples, by which they are looked up."""
    clauses = Clauses._make(row)
    windows = tuple((tuple((start, end) for start, end in ranges), bit) for ranges, bit in clauses.pregnancies)
    return clauses._replace(pregnancies=windows)
