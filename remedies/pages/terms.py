"""What a word or a code is taken for."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from remedies.checking.understood import read_word
from remedies.core.errors import quoted
from remedies.core.words import an
from remedies.knowledge.topics import TOPICS, WORDINGS
from remedies.pages.layout import Section, as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from remedies.checking.understood import Kind, Reading
    from remedies.knowledge.rulebook import Rulebook
    from remedies.knowledge.topics import Scope, Topic
    from remedies.knowledge.vocabulary import Vocabulary

_MOST_WORDS = 8
"""So many of a fact's words are shown; the rest is in the JSON form."""


@dataclass(frozen=True, slots=True)
class TermFact:
    """A fact that a word speaks of."""

    fact: str
    topic: Topic
    label: str
    question: str
    synonyms: Sequence[str]
    kinds: Sequence[str]
    """Narrower words, which prove the fact and do not deny it."""
    is_a: Sequence[str]
    finer: Sequence[str]
    prompts: Sequence[str]
    icd10: dict[str, Sequence[str]]
    atc: dict[str, Sequence[str]]
    snomed: Sequence[str]


@dataclass(frozen=True, slots=True)
class Term:
    """What one word or code comes out as in one list."""

    word: str
    given_as: Topic
    kind: Kind
    means: Sequence[str]
    """Facts that it means; for a denial those that it denies."""
    prompts: Sequence[str]
    """Facts that it is only a reason to ask about."""
    denies: Sequence[str]
    """Facts that it denies where it is said to be not so; a narrower word denies none."""
    closes: dict[Topic, Scope]
    """Lists in which it says that nothing else is so: altogether, or of the allergies those to medicines."""
    mixed_up_with: Sequence[str]
    suggestions: Sequence[str]
    facts: Sequence[TermFact]


def terms_of(rulebook: Rulebook, word: str) -> list[Term]:
    """Find what a word comes out as in every list where it belongs; in the first one where it belongs in none."""
    found: dict[tuple[object, ...], Term] = {}
    readings = {topic: read_word(word, topic, rulebook.vocabulary) for topic in TOPICS}
    for topic, reading in readings.items():
        if reading.kind == "unclear" or reading.moved is not None:
            continue
        term = _term(rulebook, word, topic, reading)
        # Of what says the same in several lists (a code, “none”) the list is named where it belongs.
        says = (term.kind, *term.means, None, *term.prompts)
        if says not in found or _at_home(term, found[says]):
            found[says] = term
    return list(found.values()) or [_term(rulebook, word, "conditions", readings["conditions"])]


def _at_home(term: Term, other: Term) -> bool:
    """Tell whether a word belongs in the list of one term rather than in that of another, which says the same."""
    if term.closes:
        return term.closes == other.closes and term.given_as in term.closes
    return bool(term.facts) and term.facts[0].topic == term.given_as


def _term(rulebook: Rulebook, word: str, topic: Topic, reading: Reading) -> Term:
    names = dict.fromkeys((*reading.means, *reading.prompts))
    return Term(
        word=word,
        given_as=topic,
        kind=reading.kind,
        means=reading.means,
        prompts=reading.prompts,
        denies=reading.names,
        closes=dict(reading.closes),
        mixed_up_with=rulebook.vocabulary.lexicon.mixed_up_with(word),
        suggestions=reading.suggestions,
        facts=[_fact(rulebook, name) for name in names if name in rulebook.vocabulary],
    )


def _fact(rulebook: Rulebook, name: str) -> TermFact:
    vocabulary = rulebook.vocabulary
    fact, number = vocabulary[name], vocabulary.number[name]
    codes, words = vocabulary.lexicon.parts.codes[number], rulebook.details.part
    return TermFact(
        fact=fact.id,
        topic=fact.topic,
        label=fact.label,
        question=fact.question,
        synonyms=words.synonyms[number],
        kinds=words.kinds[number],
        is_a=vocabulary.wider(name),
        finer=vocabulary.finer(name),
        prompts=vocabulary.ids(vocabulary.prompts[number]),
        icd10={"proves": codes.icd10_proves, "prompts": codes.icd10_prompts},
        atc={"proves": codes.atc_proves, "prompts": codes.atc_prompts, "exceptions": codes.atc_exceptions},
        snomed=codes.snomed,
    )


def term_sections(terms: Iterable[Term], vocabulary: Vocabulary) -> Iterator[Section]:
    """Write what a word or code comes out as for a reader."""
    for term in terms:
        subject = next((name for name in term.means if name not in vocabulary), None)
        place = f"under {subject}" if subject else f"as {an(WORDINGS[term.given_as].noun)}"
        title = f"{quoted(term.word)} {place}: {term.kind}"
        lines = tuple(_sentences(term, vocabulary))
        single = term.facts[0] if term.kind == "fact" and len(term.facts) == 1 else None
        yield Section(title, lines, tuple(_items(single)) if single else (), mood="bold")


def _sentences(term: Term, vocabulary: Vocabulary) -> Iterator[str]:
    """Explain one outcome."""
    means = ", ".join(f"{vocabulary.label(fact)} ({fact})" for fact in term.means)
    prompts = ", ".join(f"{vocabulary.label(fact)} ({fact})" for fact in term.prompts)
    yield _outcome(term, means)
    if prompts:
        yield f"It is a reason to ask about: {prompts}."
    if term.kind == "fact" and any(fact in vocabulary for fact in term.means) and not term.denies:
        yield "Not having it does not rule the whole out: the word is narrower."
    if term.mixed_up_with:
        yield f"It is easily mixed up with {' or '.join(map(quoted, term.mixed_up_with))}: look at the pack."
    if term.suggestions:
        yield f"Did you mean {' or '.join(term.suggestions)}?"


def _outcome(term: Term, means: str) -> str:
    """Say in a sentence what a word comes out as."""
    match term.kind:
        case "fact":
            return f"It means: {means}." if means else "It proves nothing by itself."
        case "known":
            return "A real thing that no rule looks at: it is accepted, and proves nothing."
        case "unclear":
            return "Not understood. It is kept, and its list cannot be closed until it is set aside (--other)."
        case "doubt":
            return "Said in doubt, or not known: it proves nothing, and is asked."
        case "denial":
            if means:
                return f"A denial. It rules out: {means}."
            if term.closes:
                return f"A denial: {' and '.join(map(_closed, *zip(*term.closes.items(), strict=True)))}."
            return "A denial that rules nothing out: it is narrower than any fact here."
        case "family":
            return "Said of the family: it says nothing of the person."
        case "other":
            return "Set aside."


def _closed(topic: Topic, scope: Scope) -> str:
    return f"no other {WORDINGS[topic].noun}{_NARROWER[scope]}"


_NARROWER: dict[Scope, str] = {
    "all": "",
    "medicines": " to medicines",
    "current": " of which only a current one counts",
    "recorded": " on prescription",
}


def _items(fact: TermFact) -> Iterator[str]:
    """List the words and codes of a fact, the first of each."""
    for name, values in (
        ("also called", fact.synonyms),
        ("narrower words", fact.kinds),
        ("is a kind of", fact.is_a),
        ("finer", fact.finer),
        ("a reason to ask about", fact.prompts),
        ("ICD-10 proves", fact.icd10["proves"]),
        ("ICD-10 prompts", fact.icd10["prompts"]),
        ("ATC proves", fact.atc["proves"]),
        ("ATC prompts", fact.atc["prompts"]),
        ("SNOMED CT", fact.snomed),
    ):
        if values:
            more = f" and {len(values) - _MOST_WORDS} more" if len(values) > _MOST_WORDS else ""
            yield f"{name}: {', '.join(values[:_MOST_WORDS])}{more}"


def terms_json(terms: Iterable[Term]) -> str:
    """Write what a word comes out as as JSON."""
    return as_json(json.dumps([asdict(term) for term in terms], ensure_ascii=False, indent=2))
