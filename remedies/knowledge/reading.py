"""Reading the files of a catalogue: strictly, with all faults of all files at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from remedies.core.documents import Json, RepeatedKeyError, parse
from remedies.core.errors import CatalogueError, Fault, InputError
from remedies.core.model import MOST_ENTRIES, Frozen, faults_of
from remedies.knowledge import lint
from remedies.knowledge.clauses import CLAUSE_TAGS
from remedies.knowledge.compiler import active_rules, clause_bits, compiled, compiled_vocabulary
from remedies.knowledge.fact_lint import fact_faults, gate_faults, word_faults
from remedies.knowledge.facts import MOST_FACTS, MOST_NAMINGS, FactsFile
from remedies.knowledge.records import MOST_REMEDIES, CatalogueFile, Records, SourcesFile, bibliography
from remedies.knowledge.reviews import MOST_REVIEWS, ReviewsFile, review_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.core.errors import Where
    from remedies.knowledge.contents import Contents
    from remedies.knowledge.rulebook import Rulebook
    from remedies.knowledge.vocabulary import Vocabulary


def read_strictly(contents: Contents, name: str, sha256: str) -> tuple[Records, Rulebook]:
    """Read the contents of the files and compile them.

    Args:
        contents: what the files hold.
        name: what the catalogue is called in messages.
        sha256: the hash of the contents, which the rulebook carries.

    Raises:
        CatalogueError: with every fault of every file.
    """
    faults: list[Fault] = []
    facts_file = _shaped(FactsFile, _parsed(contents.facts, "facts.json", faults), "facts.json", faults)
    sources_file = _shaped(SourcesFile, _parsed(contents.sources, "sources.json", faults), "sources.json", faults)
    reviews_file = _shaped(ReviewsFile, _parsed(contents.reviews, "reviews.json", faults), "reviews.json", faults)
    if facts_file is not None:
        faults += fact_faults(facts_file.facts)
        faults += word_faults(facts_file)
        faults += gate_faults(facts_file)
    beside = len(faults)
    document = _parsed(contents.remedies, name, faults)
    file = _shaped(CatalogueFile, document, name, faults)
    if facts_file is None or sources_file is None or reviews_file is None or beside:
        raise CatalogueError(faults)
    vocabulary = compiled_vocabulary(facts_file)
    sources = bibliography(sources_file.sources)
    faults += lint.reference_faults(document, vocabulary, sources)
    faults += _remaining(document, file, vocabulary, faults)
    if faults or file is None:
        raise CatalogueError(faults)
    bits = clause_bits(file, vocabulary)
    rules = active_rules(file, sources, bits)
    faults += lint.unreached_faults(file, rules)
    faults += review_faults(reviews_file, rules)
    if faults:
        raise CatalogueError(faults)
    records = Records(file, facts_file.facts, facts_file.words, sources)
    rulebook = compiled(records, rules, bits, sha256, reviews=reviews_file.reviews, gates=facts_file.gates)
    return records, rulebook


Model = TypeVar("Model", bound=Frozen)


def _parsed(content: bytes, name: str, faults: list[Fault]) -> Json:
    """Read JSON; a repeated key is noted and does not hide the other faults."""
    try:
        return parse(content, name)
    except RepeatedKeyError as error:
        faults.extend(error.faults)
        return error.document
    except InputError as error:
        faults.extend(error.faults)
        return None


def _shaped(model: type[Model], document: Json, name: str, faults: list[Fault]) -> Model | None:
    """Read a document into a model; one that is no JSON at all has been noted already."""
    if document is None and faults:
        return None
    overlong = list(_overlong(document))
    if overlong:
        faults.extend(overlong)
        return None
    try:
        return model.model_validate(document)
    except ValidationError as error:
        found = faults_of(error, noise=CLAUSE_TAGS)
        faults.extend(fault._replace(where=fault.where or (name,)) for fault in found)
        return None


_LONGEST: dict[Where, int] = {
    ("remedies",): MOST_REMEDIES,
    ("facts",): MOST_FACTS,
    ("words",): MOST_NAMINGS,
    ("reviews",): MOST_REVIEWS,
}
"""Lists that may have another number of entries than any other list."""


def _overlong(document: Json, where: Where = ()) -> Iterator[Fault]:
    """Find lists that are too long before anything looks at their entries, each of which may have many faults."""
    match document:
        case list():
            most = _LONGEST.get(where, MOST_ENTRIES)
            if len(document) > most:
                yield Fault(where, f"must have at most {most} entries", "shape")
                return
            children: Iterable[tuple[int | str, Json]] = enumerate(document)
        case dict():
            children = document.items()
        case _:
            return
    for step, child in children:
        if isinstance(child, list | dict):
            yield from _overlong(child, (*where, step))


def _of_remedy(fault: Fault) -> bool:
    """Tell whether a fault lies within one remedy, so that the others can still be looked at."""
    return len(fault.where) > 1 and fault.where[0] == "remedies"


def _remaining(document: Json, file: CatalogueFile | None, vocabulary: Vocabulary, faults: list[Fault]) -> list[Fault]:
    """Find what is wrong between the records that have no fault so far."""
    if not isinstance(document, dict) or not all(map(_of_remedy, faults)):
        return []
    listed = document.get("remedies")
    if not isinstance(listed, list):
        return []
    broken = {fault.where[1] for fault in faults}
    kept = [index for index in range(len(listed)) if index not in broken]
    if file is None or broken:
        if not kept:
            return []
        # Every fault lies within a remedy that is left out, so the rest has the right shape.
        file = CatalogueFile.model_validate({**document, "remedies": [listed[index] for index in kept]})
    bits = clause_bits(file, vocabulary)
    return list(lint.catalogue_faults(file, zip(kept, file.remedies, strict=True), bits))
