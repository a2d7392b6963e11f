"""What a word or a code is taken for."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from remedies.knowledge.topics import WORDINGS
from remedies.pages.layout import Section, as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from remedies.knowledge.topics import Topic
    from remedies.knowledge.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Term:
    """What one word or code says of one fact."""

    fact: str
    topic: Topic
    given_as: Topic
    says: Literal["proves", "prompts"]
    """Proves: the fact is so. Prompts: a reason to ask, no more."""
    denies: bool
    """Under "no" the word makes the fact "no"; a narrower word does not."""
    label: str
    question: str
    synonyms: Sequence[str]
    kinds: Sequence[str]
    """Narrower words, which prove the fact and do not deny it."""
    is_a: Sequence[str]
    finer: Sequence[str]
    icd10: dict[str, Sequence[str]]
    atc: dict[str, Sequence[str]]
    snomed: Sequence[str]


def terms_of(vocabulary: Vocabulary, word: str) -> list[Term]:
    """Find everything that a word or a code says, topic by topic."""
    found = []
    for topic, meaning in vocabulary.meanings(word):
        for name in (*meaning.proves, *meaning.prompts):
            fact = vocabulary[name]
            words = vocabulary.details.facts[vocabulary.number[name]]
            found.append(
                Term(
                    fact=fact.id,
                    topic=fact.topic,
                    given_as=topic,
                    says="proves" if name in meaning.proves else "prompts",
                    denies=name in meaning.names,
                    label=fact.label,
                    question=fact.question,
                    synonyms=words.synonyms,
                    kinds=words.kinds,
                    is_a=vocabulary.wider(name),
                    finer=vocabulary.finer(name),
                    icd10={"proves": words.icd10_proves, "prompts": words.icd10_prompts},
                    atc={
                        "proves": words.atc_proves,
                        "prompts": words.atc_prompts,
                        "exceptions": words.atc_exceptions,
                    },
                    snomed=words.snomed,
                )
            )
    return found


_VERBS = {"proves": "means", "prompts": "is only a reason to ask about"}


def term_sections(word: str, terms: Iterable[Term]) -> Iterator[Section]:
    """Write what a word or code says for a reader."""
    for term in terms:
        lines = [f"{word} {_VERBS[term.says]}: {term.label}."]
        if term.says == "proves" and not term.denies:
            lines.append("Not having it does not rule the whole out: the word is narrower.")
        items = [
            f"{name}: {', '.join(values)}"
            for name, values in (
                ("also called", term.synonyms),
                ("narrower words", term.kinds),
                ("is a kind of", term.is_a),
                ("finer", term.finer),
                ("ICD-10 proves", term.icd10["proves"]),
                ("ICD-10 prompts", term.icd10["prompts"]),
                ("ATC proves", term.atc["proves"]),
                ("ATC prompts", term.atc["prompts"]),
                ("SNOMED CT", term.snomed),
            )
            if values
        ]
        yield Section(f"{term.fact} ({WORDINGS[term.topic].noun})", tuple(lines), tuple(items), mood="bold")


def terms_json(terms: Iterable[Term]) -> str:
    """Write what a word means as JSON."""
    return as_json(json.dumps([asdict(term) for term in terms], ensure_ascii=False, indent=2))
