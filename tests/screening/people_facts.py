"""What is said of facts in their own columns: sparse or dense, along the hierarchy, topics closed or open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.people_columns import FACTS, SHIPPED, VOCABULARY

from remedies.knowledge.topics import TOPICS
from remedies.knowledge.vocabulary import bits

if TYPE_CHECKING:
    from random import Random

    from screening.people_columns import Draft

_COUNT = len(FACTS)
_NUMBER = VOCABULARY.number
_HINTING = [fact for fact in FACTS if VOCABULARY.prompts[_NUMBER[fact]]]
"""Medicines, most of them, that speak of an illness."""

_ABOVE = {fact: VOCABULARY.ids(VOCABULARY.up[_NUMBER[fact]] & ~(1 << _NUMBER[fact])) for fact in FACTS}
_FINER = [fact for fact in FACTS if _ABOVE[fact]]
ASKED_ABOUT = [
    asked
    for remedy in SHIPPED.rulebook.remedies
    for mask in (
        *[remedy.ask_pharmacist & ~remedy.ask_doctor & ~remedy.exclude] * 3,
        remedy.ask_doctor & ~remedy.exclude,
    )
    if (asked := [FACTS[index] for index in bits(mask & ((1 << _COUNT) - 1))])
]
"""What only a pharmacist and what only a doctor is to be asked about, per remedy."""

_JOINED = [
    [[FACTS[index] for index in bits(part & ((1 << _COUNT) - 1))] for part in parts]
    for parts, _ in SHIPPED.rulebook.clauses.conjunctions
]
"""What makes a rule together."""


def _family(fact: str) -> list[str]:
    """List what has to do with a fact: what it is, what is it, what it prompts or is prompted by, its siblings."""
    number = _NUMBER[fact]
    found = VOCABULARY.up[number] | VOCABULARY.down[number] | VOCABULARY.prompts[number]
    for parent in VOCABULARY.parents[number]:
        found |= VOCABULARY.down[parent]
    for other, prompted in enumerate(VOCABULARY.prompts):
        if prompted >> number & 1:
            found |= 1 << other
    return [name for name in VOCABULARY.ids(found) if name != fact]


_FAMILIES = {fact: _family(fact) for fact in FACTS}


def closings(draft: Draft, random: Random) -> None:
    """Close topics: all, none, or some in any combination."""
    way = random.random()
    for topic in TOPICS:
        if way < 0.35:
            draft.close(topic, so=True)
        elif way < 0.8 and random.random() < 0.7:
            draft.close(topic, so=random.random() < 0.6)


def some_facts(draft: Draft, random: Random, focus: str) -> None:
    """Say facts that do not contradict each other, one of them for sure."""
    match random.choice(["sparse", "sparse", "family", "family", "family", "dense", "all", "hints", "joined"]):
        case "sparse":
            chosen, so = random.sample(FACTS, random.randint(0, 6)), 0.5
        case "family":
            chosen, so = [name for name in _FAMILIES[focus] if random.random() < 0.6], random.random()
        case "dense":
            share = random.choice([0.4, 0.8, 0.97])
            chosen, so = [name for name in FACTS if random.random() < share], random.choice([0, 0.01, 0.05, 0.3])
        case "all":
            chosen, so = list(FACTS), random.choice([0, 0, 0.005, 0.02])
        case "hints":
            hint = random.choice(_HINTING)
            chosen, so = [hint, *(name for name in _FAMILIES[hint] if random.random() < 0.4)], 0.6
        case _:
            chosen, so = [random.choice(part) for part in random.choice(_JOINED) if random.random() < 0.9], 0.8
    world = _world(random, chosen, so, focus)
    for name in dict.fromkeys([focus, *chosen]):
        draft.say(name, so=bool(world >> _NUMBER[name] & 1))


def _world(random: Random, chosen: list[str], so: float, focus: str) -> int:
    """Choose what is so: with each fact all that it is, so that the rest can be denied."""
    found = VOCABULARY.spread_up([name for name in chosen if random.random() < so])
    # Every second time the fact is so, else neither it nor what would make it so is.
    if random.random() < 0.5:
        return found | VOCABULARY.up[_NUMBER[focus]]
    world = 0
    for index in bits(found):
        if not VOCABULARY.up[index] >> _NUMBER[focus] & 1:
            world |= 1 << index
    return world


def some_asked_about(random: Random) -> list[str]:
    """Choose a fact or two, or none, mostly such as a remedy has to be asked about."""
    lists = [FACTS, *ASKED_ABOUT]
    return [random.choice(random.choice(lists)) for _ in range(random.choice([0, 0, 1, 1, 1, 2]))]


def healthy_facts(draft: Draft, random: Random) -> None:
    """Say that hardly anything is so, by closing every topic or by denying every fact."""
    few = some_asked_about(random)
    world = VOCABULARY.spread_up(few)
    way = random.choice(["closed", "denied", "both"])
    for topic in TOPICS:
        if way != "denied":
            draft.close(topic, so=True)
    for name in FACTS if way != "closed" else few:
        draft.say(name, so=bool(world >> _NUMBER[name] & 1))


def disagree(draft: Draft, random: Random) -> None:
    """Say of a fact that it is so, and of one that it is, that it is not."""
    said = [fact for topic in TOPICS for fact in draft.yes[topic] if _ABOVE[fact]]
    fine = random.choice(said or _FINER)
    draft.say(fine, so=True)
    draft.say(random.choice(_ABOVE[fine]), so=False)
