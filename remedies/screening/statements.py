"""What the columns of a table state: for each column or word, what it says wherever it is so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from remedies.checking.known import saying_of
from remedies.screening.nodes import Given, Yes, but

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.checking.known import Saying
    from remedies.checking.person import Pregnancy
    from remedies.knowledge.topics import Scope, Topic
    from remedies.knowledge.vocabulary import Vocabulary
    from remedies.screening.nodes import Node


class Effect(NamedTuple):
    """What a word does to what is known of a patient; words of equal effect are one to a table. Masks are of facts."""

    topic: Topic
    """The topic in whose list it stands."""
    named: tuple[int, ...] = ()
    """Numbers of the facts that it says are so, the finest of them."""
    asked: int = 0
    """What it gives a reason to ask about."""
    others: int = 0
    """Finer facts that it is not."""
    denied: int = 0
    """The widest facts that it says are not so."""
    closes: tuple[tuple[Topic, Scope], ...] = ()
    keeps_open: bool = False
    pregnancy: Pregnancy | None = None
    breastfeeding: bool | None = None


class Statement(NamedTuple):
    """Where something is stated, and what it does."""

    where: Node
    effect: Effect


def effect_of(said: Saying, topic: Topic, vocabulary: Vocabulary) -> Effect:
    """Return what a word does."""
    reading = said.reading
    return Effect(
        topic=topic,
        named=said.named,
        asked=said.asked,
        others=said.others,
        denied=vocabulary.mask(reading.denies),
        closes=reading.closes,
        keeps_open=reading.keeps_open,
        pregnancy=reading.pregnancy,
        breastfeeding=reading.breastfeeding,
    )


def statements_of(facts: Iterable[str], vocabulary: Vocabulary) -> Iterator[Statement]:
    """Return what boolean columns of facts state: that a fact is so, and that it is not."""
    for fact in facts:
        topic = vocabulary[fact].topic
        so, given = Yes(fact), Given(fact)
        yield Statement(so, effect_of(saying_of(fact, topic, "yes", vocabulary), topic, vocabulary))
        yield Statement(but(given, so), effect_of(saying_of(fact, topic, "no", vocabulary), topic, vocabulary))
