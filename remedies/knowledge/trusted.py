"""Reading records again that a strict reading has found to be without faults, as a rulebook vouches for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from remedies.knowledge.facts import FactsFile
from remedies.knowledge.records import (
    ActiveRule,
    CatalogueFile,
    Common,
    Records,
    Remedy,
    Rule,
    Substance,
    bibliography,
)
from remedies.knowledge.sources import Citation, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from remedies.knowledge.contents import Contents
    from remedies.knowledge.rulebook import Rulebook


class TrustedRecords:
    """The records of a catalogue, each made when it is first asked for."""

    def __init__(self, contents: Contents) -> None:
        """Take contents that have been read strictly before."""
        self._contents = contents
        self._file: dict[str, Any] = json.loads(contents.remedies)
        self.common = Common.trusted(self._file["common"])
        self._remedies: dict[str, Remedy] = {}
        self._sources: dict[str, Source] | None = None

    def remedy(self, name: str) -> Remedy:
        """Return the record of a remedy by its id."""
        if name not in self._remedies:
            raw = next(one for one in self._file["remedies"] if one["id"] == name)
            self._remedies[name] = Remedy.trusted(raw)
        return self._remedies[name]

    def substances(self, names: set[str]) -> Iterable[Substance]:
        """Return the records of some substances, in catalogue order."""
        return (Substance.trusted(raw) for raw in self._file["substances"] if raw["id"] in names)

    @property
    def sources(self) -> dict[str, Source]:
        """The bibliography."""
        if self._sources is None:
            raw = json.loads(self._contents.sources)["sources"]
            self._sources = bibliography({name: Source.trusted(row) for name, row in raw.items()})
        return self._sources

    def all(self) -> Records:
        """Return every record."""
        facts = FactsFile.trusted(json.loads(self._contents.facts))
        return Records(CatalogueFile.trusted(self._file), facts.facts, facts.words, self.sources)


def active_rule(number: int, rulebook: Rulebook) -> ActiveRule:
    """Return a rule as it acts, from the rulebook; which rules it replaces is left to the records."""
    compiled = rulebook.rules[number]
    rule = Rule.trusted(
        {
            "id": compiled.key.partition("/")[2],
            "when": rulebook.details.part.clauses[number],
            "effect": compiled.effect,
            "because": compiled.because,
            "basis": compiled.basis,
            "cure": compiled.cure,
            "sources": tuple(Citation(rulebook.citations[one]) for one in compiled.sources),
        }
    )
    return ActiveRule(compiled.key, compiled.origin, rule)
