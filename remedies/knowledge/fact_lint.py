"""What no schema can say of facts and words: links that lead somewhere, words that have one meaning."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from remedies.core.errors import Fault, quoted
from remedies.knowledge.spelling import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from remedies.core.errors import Where
    from remedies.knowledge.facts import Fact, FactsFile, Naming

_NAMELESS = "holds a name without any letter or digit, which nobody could look up"
_CATEGORY = r"[A-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4})?"
_ICD = re.compile(rf"{_CATEGORY}(-{_CATEGORY})?")
_ATC = re.compile(r"[A-Z](\d\d([A-Z]([A-Z](\d\d)?)?)?)?")


def fact_faults(facts: Sequence[Fact]) -> Iterator[Fault]:
    """Find facts that no vocabulary can be built from, or whose words are not their own."""
    counts = Counter(fact.id for fact in facts)
    topics = {fact.id: fact.topic for fact in facts}
    owners: dict[tuple[str, str], str] = {}
    for index, fact in enumerate(facts):
        where: Where = ("facts", index)
        if counts[fact.id] > 1:
            yield Fault((*where, "id"), f"{fact.id} stands more than once")
        yield from _link_faults(where, fact, topics)
        yield from _code_faults(where, fact)
        for name in sorted({normal(name) for name in (*fact.names, *fact.kinds.en, *fact.kinds.ru)}):
            if not name:
                yield Fault((*where, "synonyms"), _NAMELESS)
                continue
            owner = owners.setdefault((fact.topic, name), fact.id)
            if owner != fact.id:
                yield Fault((*where, "synonyms"), f"{quoted(name)} already means {owner}")
    if all(parent in topics for fact in facts for parent in (*fact.is_a, *fact.implies)):
        yield from _circles(facts)


def _link_faults(where: Where, fact: Fact, topics: Mapping[str, str]) -> Iterator[Fault]:
    """Find links to facts that do not exist, or lie in a topic where they cannot."""
    for key, others in (("is_a", fact.is_a), ("prompts", fact.prompts), ("implies", fact.implies)):
        for place, other in enumerate(others):
            if other not in topics:
                yield Fault((*where, key, place), f"no fact is called {quoted(other)}")
            elif key == "is_a" and topics[other] != fact.topic:
                yield Fault((*where, key, place), f"{other} belongs to another topic")
            elif key == "implies" and topics[other] == fact.topic:
                yield Fault((*where, key, place), f"{other} belongs to the same topic; say is_a")
    yield from _kin_faults(where, fact, topics)


def _kin_faults(where: Where, fact: Fact, topics: Mapping[str, str]) -> Iterator[Fault]:
    """Find relatives of allergies, and pasts, that are none."""
    if fact.past is not None and (fact.past == fact.id or topics.get(fact.past) != fact.topic):
        yield Fault((*where, "past"), f"{quoted(fact.past)} is no other fact of the same topic")
    for key, others in (("cross_reacts_with", fact.cross_reacts_with), ("may_hold", fact.may_hold)):
        for place, other in enumerate(others):
            if topics.get(other) != "allergies":
                yield Fault((*where, key, place), f"no allergy is called {quoted(other)}")
            elif other == fact.id:
                yield Fault((*where, key, place), f"{other} cannot be said of itself")
        if others and fact.topic != "allergies":
            yield Fault((*where, key), "is said of allergies only")
        if len(set(others)) != len(others):
            yield Fault((*where, key), "names something twice")


def _code_faults(where: Where, fact: Fact) -> Iterator[Fault]:
    """Find tokens that are no codes."""
    yield from _wrong_codes(where, (*fact.icd10.proves, *fact.icd10.prompts), fact.atc.all)


def _wrong_codes(where: Where, icd10: Iterable[str], atc: Iterable[str]) -> Iterator[Fault]:
    for code in icd10:
        if not _ICD.fullmatch(code):
            yield Fault((*where, "icd10"), f"{quoted(code)} is not an ICD-10 code or range")
    for code in atc:
        if not _ATC.fullmatch(code):
            yield Fault((*where, "atc"), f"{quoted(code)} is not an ATC code or prefix")


def _circles(facts: Sequence[Fact]) -> Iterator[Fault]:
    """Find facts that are their own kind of thing, among those that are left when all others are taken away."""
    parents = {fact.id: (*fact.is_a, *fact.implies) for fact in facts}
    free = [name for name, wider in parents.items() if not wider]
    finer: dict[str, list[str]] = {}
    waiting = {name: len(set(wider)) for name, wider in parents.items()}
    for name, wider in parents.items():
        for parent in set(wider):
            finer.setdefault(parent, []).append(name)
    while free:
        for name in finer.get(free.pop(), ()):
            waiting[name] -= 1
            if not waiting[name]:
                free.append(name)
    for index, fact in enumerate(facts):
        if waiting[fact.id] and _reaches_itself(fact.id, parents):
            message = f"{fact.id} is its own kind of thing: the hierarchy runs in a circle"
            yield Fault(("facts", index, "is_a"), message)


def _reaches_itself(fact: str, parents: Mapping[str, Sequence[str]]) -> bool:
    seen: set[str] = set()
    todo = list(parents[fact])
    while todo:
        current = todo.pop()
        if current == fact:
            return True
        if current not in seen:
            seen.add(current)
            todo += parents[current]
    return False


def word_faults(file: FactsFile) -> Iterator[Fault]:
    """Find namings whose names mean something else already, or that lead to facts that do not exist."""
    topics: dict[str, str] = {fact.id: fact.topic for fact in file.facts}
    topics |= {"pregnancy": "pregnancy", "breastfeeding": "breastfeeding"}
    owners: dict[tuple[str, str], str] = {}
    for fact in file.facts:
        owners |= {(fact.topic, normal(name)): fact.id for name in (*fact.names, *fact.kinds.en, *fact.kinds.ru)}
    for index, naming in enumerate(file.words):
        where: Where = ("words", index)
        if not (naming.names or naming.icd10 or naming.atc or naming.snomed):
            yield Fault(where, "has neither a name nor a code")
        yield from _naming_faults(where, naming, topics)
        yield from _wrong_codes(where, naming.icd10, naming.atc)
        for name in naming.names:
            plain = normal(name)
            if not plain:
                yield Fault(where, _NAMELESS)
                continue
            owner = owners.setdefault((naming.topic, plain), f"words[{index}]")
            if owner != f"words[{index}]":
                yield Fault(where, f"{quoted(name)} already means {owner}")
    for name, facts in file.known_prompts.items():
        for place, fact_id in enumerate(facts):
            if fact_id not in topics:
                yield Fault(("known_prompts", name, place), f"no fact is called {quoted(fact_id)}")


_OUTRIGHT = {"signs": "a warning sign", "circumstances": "a circumstance"}
"""What is asked without a plain question before it."""

ASKED_OUTRIGHT = ("signs", "person", "pregnancy", "circumstances", "details")
"""Ids of the questions that stand before no list, or after all of them."""


def gate_faults(file: FactsFile) -> Iterator[Fault]:
    """Find plain questions that cover what is not theirs, and facts that none of them covers; none is fine as well."""
    facts = {fact.id: fact for fact in file.facts}
    owners: dict[str, str] = {}
    ids: set[str] = set()
    for index, gate in enumerate(file.gates):
        where: Where = ("gates", index)
        if gate.id in ids or gate.id in ASKED_OUTRIGHT or re.search(r"-(?:list|[0-9]+)$", gate.id):
            yield Fault((*where, "id"), f"{gate.id} is the id of another question")
        ids.add(gate.id)
        for place, name in enumerate(gate.facts):
            fact, spot = facts.get(name), (*where, "facts", place)
            if fact is None:
                yield Fault(spot, f"no fact is called {quoted(name)}")
            elif fact.topic in _OUTRIGHT:
                yield Fault(spot, f"{name} is {_OUTRIGHT[fact.topic]}, which is asked outright")
            elif fact.is_a:
                yield Fault(spot, f"{name} is covered with {fact.is_a[0]}, which is wider; name that")
            elif owners.setdefault(name, gate.id) != gate.id or name in gate.facts[:place]:
                yield Fault(spot, f"{name} is covered by {owners[name]} already")
    for index, fact in enumerate(file.facts):
        if file.gates and not (fact.is_a or fact.topic in _OUTRIGHT or fact.id in owners):
            yield Fault(("facts", index, "id"), f"no plain question under gates covers {fact.id}")


def _naming_faults(where: Where, naming: Naming, topics: Mapping[str, str]) -> Iterator[Fault]:
    """Find facts that do not exist, or stand where they cannot."""
    for key in ("means", "prompts", "on_skin", "allergy"):
        for place, fact in enumerate(getattr(naming, key)):
            if fact not in topics:
                yield Fault((*where, key, place), f"no fact is called {quoted(fact)}")
            elif key == "allergy" and topics[fact] != "allergies":
                yield Fault((*where, key, place), f"{fact} is no allergy")
    if naming.topic != "medicines" and (naming.on_skin or naming.allergy):
        yield Fault(where, "on_skin and allergy are said of medicines only")
