"""A fact as the rulebook keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from remedies.knowledge.topics import Topic


class Entry(NamedTuple):
    """A fact as the vocabulary keeps it: what is needed to understand a word and to speak of the fact."""

    id: str
    topic: Topic
    label: str
    question: str
    examples: str | None
    synonyms: Sequence[str]
    kinds: Sequence[str]
    prompts: Sequence[str]
    icd10_proves: Sequence[str]
    icd10_prompts: Sequence[str]
    atc_proves: Sequence[str]
    atc_prompts: Sequence[str]
    atc_exceptions: Sequence[str]
    snomed: Sequence[str]
    cross_reacts_with: Sequence[str]
