"""Records → lexicon: every name of every fact and thing, in the forms in which it is looked up."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from remedies.knowledge.entry import FactCodes, LexiconParts, NamingEntry, Namings, Table
from remedies.knowledge.spelling import base, key, normal, pieces
from remedies.knowledge.topics import NAMING_TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from remedies.knowledge.facts import Fact, FactsFile, Naming
    from remedies.knowledge.topics import NamingTopic


_WORDS_ALONE = re.compile(r"[^\d<>≤≥]*")
"""A name without numbers, whose pieces are its words."""


def lexicon_parts_of(file: FactsFile) -> LexiconParts:
    """Compile the words of a file of facts."""
    forms = forms_by_stem(file.forms)
    base_of = cache(partial(base, forms=forms))
    words: dict[NamingTopic, dict[str, int]] = {topic: {} for topic in NAMING_TOPICS}
    keys: dict[NamingTopic, dict[str, set[int]]] = {topic: {} for topic in NAMING_TOPICS}
    for topic, name, number in _numbered(file):
        plain = normal(name)
        words[topic].setdefault(plain, number)
        tokens = plain.split(" ") if _WORDS_ALONE.fullmatch(plain) else pieces(name)
        keys[topic].setdefault(key(tokens, base_of), set()).add(number)
    return LexiconParts(
        codes=tuple(map(_codes, file.facts)),
        namings=Namings.written(map(_naming, file.words)),
        words={topic: Table.written(found) for topic, found in words.items()},
        keys={topic: Table.written(_plain(keys[topic], found, len(file.facts))) for topic, found in words.items()},
        forms=Table.written(forms),
        known_prompts={name: tuple(facts) for name, facts in file.known_prompts.items()},
        mix_ups=_both_ways(file.mix_ups),
    )


def _numbered(file: FactsFile) -> Iterator[tuple[NamingTopic, str, int]]:
    """Yield every name with its topic and its number, see ``LexiconParts``; the names of facts come first."""
    for index, fact in enumerate(file.facts):
        for name in fact.names:
            yield fact.topic, name, 2 * index + 1
    for index, fact in enumerate(file.facts):
        for name in (*fact.kinds.en, *fact.kinds.ru):
            yield fact.topic, name, 2 * index
    for index, naming in enumerate(file.words, start=2 * len(file.facts)):
        for name in naming.names:
            yield naming.topic, name, index


def _plain(found: Mapping[str, set[int]], words: Mapping[str, int], facts: int) -> dict[str, int]:
    """Keep what is not ambiguous: a key of several things is nobody's; of a fact and its kind it is the kind.

    A name in its own comparable form is found without its key.
    """
    kept: dict[str, int] = {}
    for name, numbers in found.items():
        one_fact = max(numbers) < 2 * facts and len({number >> 1 for number in numbers}) == 1
        if (len(numbers) == 1 or one_fact) and words.get(name) != min(numbers):
            kept[name] = min(numbers)
    return kept


def forms_by_stem(forms: Mapping[str, str]) -> dict[str, str]:
    """Read the list of forms, each a stem and endings, into one that is looked up by stem."""
    found: dict[str, str] = {}
    for whole, written in forms.items():
        stem, _, endings = written.partition(": ")
        entry = f"{endings.replace('-', '')}={whole}"
        found[stem] = f"{found[stem]};{entry}" if stem in found else entry
    return found


def _both_ways(pairs: Iterable[tuple[str, str]]) -> dict[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        found.setdefault(normal(one), []).append(other)
        found.setdefault(normal(other), []).append(one)
    return {name: tuple(others) for name, others in found.items()}


def _codes(fact: Fact) -> FactCodes:
    """Take the codes from a fact's record."""
    return FactCodes(
        icd10_proves=fact.icd10.proves,
        icd10_prompts=fact.icd10.prompts,
        atc_proves=fact.atc.proves,
        atc_prompts=fact.atc.prompts,
        atc_exceptions=fact.atc.exceptions,
        snomed=fact.snomed,
    )


def _subject_of(naming: Naming) -> tuple[str, ...]:
    """Return pregnancy or breastfeeding where a word of theirs says no less."""
    if naming.topic in ("pregnancy", "breastfeeding") and not naming.prompts:
        return (naming.topic,)
    return ()


def _naming(naming: Naming) -> NamingEntry:
    """Take what is needed from a naming's record."""
    label = next(iter(naming.names), next(iter((*naming.icd10, *naming.atc, *naming.snomed)), ""))
    return NamingEntry(
        topic=naming.topic,
        label=label,
        means=naming.means or _subject_of(naming),
        prompts=naming.prompts,
        on_skin=naming.on_skin,
        allergy=naming.allergy,
        icd10=naming.icd10,
        atc=naming.atc,
        snomed=naming.snomed,
    )
