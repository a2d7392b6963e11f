"""How a name that somebody begins to type may go on, for shells and for fields that complete themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from remedies.knowledge.spelling import folded, normal
from remedies.knowledge.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.knowledge.rulebook import CompiledRemedy, Rulebook
    from remedies.knowledge.topics import Topic
    from remedies.knowledge.vocabulary import Vocabulary

MOST_OFFERS = 20
"""So many ways to go on are offered; more than that nobody reads."""


class Offer(NamedTuple):
    """A whole name that begins with what was typed, and what it stands for; it is understood as it stands."""

    name: str
    label: str


def offered_words(vocabulary: Vocabulary, topic: Topic, begun: str, most: int = MOST_OFFERS) -> list[Offer]:
    """Offer the names of a topic that begin with what was typed, each thing once, by its most usual name.

    Facts come before other things, and short names before long ones. Where nothing was typed yet, the
    facts themselves are offered, in catalogue order.

    Args:
        vocabulary: the facts and words of a catalogue.
        topic: the list in which the word is to be given.
        begun: what was typed so far, in either alphabet.
        most: how many are offered at most.
    """
    plain = _beginning(begun)
    if not plain:
        labels = (entry.label for entry in vocabulary.entries if entry.topic == topic)
        return [Offer(label, label) for label in labels][:most]
    usual: dict[int, str] = {}
    for name, number in vocabulary.lexicon.parts.words[topic].beginning(plain):
        usual.setdefault(int(number), name)
    facts = 2 * len(vocabulary.entries)
    ordered = sorted(usual.items(), key=lambda item: (item[0] >= facts, len(item[1]), item[1]))[:most]
    lexicon = vocabulary.lexicon
    return [Offer(_continued(begun, plain, name), lexicon.named(topic, name)) for _, name in ordered]


def offered_remedies(rulebook: Rulebook, begun: str) -> list[Offer]:
    """Offer every remedy that has an id, a name or an alias beginning with what was typed, by the shortest of them.

    Ids go before names, since they are what scripts hold, and short names before long ones.

    Args:
        rulebook: the compiled catalogue.
        begun: what was typed so far, in either alphabet.
    """
    plain = _beginning(begun)
    found = [(remedy, _name_of(remedy, begun, plain)) for remedy in rulebook.remedies]
    named = [(remedy, name) for remedy, name in found if name is not None]
    named.sort(key=lambda item: (item[1] != item[0].id) * len(item[1]))
    return [Offer(_continued(begun, plain, name), remedy.name) for remedy, name in named]


def offered_anything(rulebook: Rulebook, begun: str, most: int = MOST_OFFERS) -> list[Offer]:
    """Offer remedies, then the words of every topic, as a line of plain words takes them.

    Args:
        rulebook: the compiled catalogue.
        begun: what was typed so far, in either alphabet.
        most: how many are offered at most.
    """
    topics = (offered_words(rulebook.vocabulary, topic, begun, most) for topic in TOPICS)
    offers = [*offered_remedies(rulebook, begun), *_in_turn(topics)]
    return list({offer.name: offer for offer in reversed(offers)}.values())[::-1][:most]


def _in_turn(lists: Iterable[list[Offer]]) -> Iterator[Offer]:
    """Yield the first of every list, then the second of every list, and so on."""
    every = list(lists)
    for place in range(max(map(len, every), default=0)):
        yield from (offers[place] for offers in every if place < len(offers))


def _beginning(begun: str) -> str:
    """Bring a beginning into the form of the names; a gap at its end says that a word is over."""
    plain = normal(begun)
    return f"{plain} " if plain and begun[-1] in " -" else plain


def _continued(begun: str, plain: str, name: str) -> str:
    """Let a name begin with just what was typed, since shells drop offers that begin otherwise."""
    return begun + name[len(plain) :] if len(begun) == len(plain) else name


def _name_of(remedy: CompiledRemedy, begun: str, plain: str) -> str | None:
    """Return the name by which a remedy is offered; nothing where none begins as it was typed."""
    if remedy.id.startswith(begun.casefold()):
        return remedy.id
    names = [name for name in (remedy.name, *remedy.aliases) if folded(name).startswith(plain)]
    return min(names, key=len, default=None)
