"""Which two remedies go together, whoever the patient is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedies.knowledge.topics import SAME_SKIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.records import Remedy


def apart(first: Remedy, second: Remedy, catalogue: Catalogue) -> Iterator[str]:
    """Say why two remedies are never used together on one area; nothing where no label is against it."""
    shared = catalogue.substances(first, active=True) & catalogue.substances(second, active=True)
    if shared:
        labels = sorted(map(catalogue.vocabulary.label, shared))
        yield f"{first.name} and {second.name} share {', '.join(labels)}; two such remedies are never used together."
    for one, other in ((first, second), (second, first)):
        rules = (catalogue.rulebook.rule_reading(one.id, fact) for fact in (SAME_SKIN, *other.counts_as))
        rule = next((rule for rule in rules if rule is not None), None)
        if rule is not None:
            yield f"{one.name} does not go with {other.name} on the same skin: {rule.because}"
