"""Strict loading: all faults of all files at once, each with its path."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError

from remedies.knowledge import lint
from remedies.core.model import Frozen
from remedies.knowledge.derived import VOCABULARY_SOURCE, ActiveRule, Coverage, rules_of
from remedies.core.documents import Json, parse
from remedies.core.errors import CatalogueError, Fault, InputError, faults_of
from remedies.knowledge.vocabulary import Vocabulary
from remedies.knowledge.records import CatalogueFile, Fact, FactsFile, SourcesFile
from remedies.knowledge.clauses import CLAUSE_TAGS, Source


@dataclass(frozen=True, slots=True)
class Loaded:
    """The records of a catalogue without faults."""

    file: CatalogueFile
    facts: tuple[Fact, ...]
    vocabulary: Vocabulary
    sources: dict[str, Source]
    coverage: Coverage

    def rules(self) -> dict[str, tuple[ActiveRule, ...]]:
        """Collect every rule that acts on each remedy, by remedy id."""
        coverage = self.coverage
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
    if document is None:
        document = _leniently(remedies)
    if document is None:
        raise CatalogueError(faults)
    sources_of = {**sources_file.sources}
    sources_of.setdefault(VOCABULARY_SOURCE, _OWN_VOCABULARY)
    file = _shaped(CatalogueFile, remedies, name, faults)
    faults += lint.reference_faults(document, vocabulary, sources_of)
    coverage = Coverage(vocabulary)
    whole, kept = _without_broken_remedies(document, file, faults)
    if whole is not None:
        numbered = zip(kept, whole.remedies, strict=True)
        faults += lint.catalogue_faults(whole, numbered, coverage)
    if faults or file is None:
        raise CatalogueError(faults)
    return Loaded(file, facts_file.facts, vocabulary, sources_of, coverage)


_OWN_VOCABULARY = Source(
    title="Vocabulary of the catalogue: substances and their relations (facts.json)",
    publisher="the catalogue itself",
    country="INT",
    year=None,
    url=None,
    read="2026-11-22",
    grade="reference",
)
"""What cross-reactions rest on, unless a catalogue names a better source under the same key."""

Model = TypeVar("Model", bound=Frozen)


def _parsed(content: bytes, name: str, faults: list[Fault]) -> Json:
    try:
        return parse(content, name)
    except InputError as error:
        faults.extend(error.faults)
        return None


def _leniently(content: bytes) -> Json:
    """Read JSON whose faults (a repeated key, NaN) have been noted, so that they do not hide others."""
    try:
        document: Json = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return document


def _shaped(model: type[Model], content: bytes, name: str, faults: list[Fault]) -> Model | None:
    """Read strict JSON into a model."""
    try:
        return model.model_validate_json(content.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        found = faults_of(error, noise=CLAUSE_TAGS)
        faults.extend(fault if fault.path else Fault(name, fault.message) for fault in found)
        return None


def _validated(model: type[Model], content: bytes, name: str, faults: list[Fault]) -> Model | None:
    before = len(faults)
    _parsed(content, name, faults)
    return _shaped(model, content, name, faults) if len(faults) == before else None


def _without_broken_remedies(
    document: Json, file: CatalogueFile | None, faults: list[Fault]
) -> tuple[CatalogueFile | None, list[int]]:
    """Keep the remedies without faults so far, so that the other faults can be reported as well.

    Faults outside the remedies leave nothing to look at.
    """
    listed = document.get("remedies") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(listed, list):
        return None, []
    if file is not None and not faults:
        return file, list(range(len(listed)))
    if not all(fault.path.startswith("remedies[") for fault in faults):
        return None, []
    kept = [
        index
        for index in range(len(listed))
        if not any(fault.path.partition("]")[0] == f"remedies[{index}" for fault in faults)
    ]
    partial = json.dumps({**document, "remedies": [listed[index] for index in kept]}).encode()
    return _shaped(CatalogueFile, partial, "", []), kept
