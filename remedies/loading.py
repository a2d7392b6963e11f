"""Strict loading: all faults of all files at once, each with its path."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from remedies import lint
from remedies.base import Frozen
from remedies.derived import ActiveRule, Coverage, rules_of
from remedies.documents import Json, parse
from remedies.errors import CatalogueError, Fault, InputError, faults_of
from remedies.facts import Vocabulary
from remedies.records import CatalogueFile, Fact, FactsFile, SourcesFile
from remedies.rules import CLAUSE_TAGS

if TYPE_CHECKING:
    from remedies.rules import Source


@dataclass(frozen=True, slots=True)
class Loaded:
    """The records of a catalogue without faults."""

    file: CatalogueFile
    facts: tuple[Fact, ...]
    vocabulary: Vocabulary
    sources: dict[str, Source]

    def rules(self) -> dict[str, tuple[ActiveRule, ...]]:
        """Collect every rule that acts on each remedy, by remedy id."""
        coverage = Coverage(self.vocabulary)
        return {
            remedy.id: rules_of(remedy, self.file, self.vocabulary, self.sources, coverage)
            for remedy in self.file.remedies
        }


def strictly(remedies: bytes, facts: bytes, sources: bytes, name: str) -> Loaded:
    """Load the contents of the three files.

    Raises:
        CatalogueError: with every fault of every file.
    """
    faults: list[Fault] = []
    facts_file = _validated(FactsFile, facts, "facts.json", faults)
    sources_file = _validated(SourcesFile, sources, "sources.json", faults)
    if facts_file is not None:
        faults += lint.fact_faults(facts_file.facts)
    if faults or facts_file is None or sources_file is None:
        _validated(CatalogueFile, remedies, name, faults)
        raise CatalogueError(faults)
    vocabulary = Vocabulary.compile(facts_file.facts)
    document = _parsed(remedies, name, faults)
    shape: list[Fault] = []
    file = _shaped(CatalogueFile, remedies, shape)
    references = list(lint.reference_faults(document, vocabulary, sources_file.sources))
    faults += shape
    faults += references
    whole, kept = (file, list(range(len(file.remedies)))) if file else _without_broken_remedies(document, shape)
    if whole is not None and not references:
        numbered = zip(kept, whole.remedies, strict=True)
        faults += lint.catalogue_faults(whole, numbered, Coverage(vocabulary))
    if faults or file is None:
        raise CatalogueError(faults)
    return Loaded(file, facts_file.facts, vocabulary, sources_file.sources)


Model = TypeVar("Model", bound=Frozen)


def _parsed(content: bytes, name: str, faults: list[Fault]) -> Json:
    try:
        return parse(content, name)
    except InputError as error:
        faults.extend(error.faults)
        return None


def _shaped(model: type[Model], content: bytes, faults: list[Fault]) -> Model | None:
    try:
        return model.model_validate_json(content.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        if not any(item["type"] == "json_invalid" for item in error.errors(include_url=False)):
            faults.extend(faults_of(error, noise=_NOISE))
        return None


_NOISE = CLAUSE_TAGS | {"Trimesters", "FromWeek", "literal['any']"}


def _validated(model: type[Model], content: bytes, name: str, faults: list[Fault]) -> Model | None:
    before = len(faults)
    _parsed(content, name, faults)
    return _shaped(model, content, faults) if len(faults) == before else None


def _without_broken_remedies(document: Json, shape: list[Fault]) -> tuple[CatalogueFile | None, list[int]]:
    """Keep the remedies of the right shape, so that their other faults can be reported as well."""
    listed = document.get("remedies") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(listed, list):
        return None, []
    kept = [
        index
        for index in range(len(listed))
        if not any(fault.path.startswith((f"remedies[{index}]", f"remedies[{index}].")) for fault in shape)
    ]

    partial = json.dumps({**document, "remedies": [listed[index] for index in kept]}).encode()
    return _shaped(CatalogueFile, partial, []), kept
