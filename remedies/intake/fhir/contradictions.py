"""Sources that contradict each other: the yes acts, the no is left out, and the reader is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from remedies.checking.known import saying_of
from remedies.intake.fhir.record import PARTIAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from remedies.checking.known import Saying
    from remedies.intake.fhir.judging import Claim
    from remedies.intake.fhir.told import Context, Told
    from remedies.knowledge.topics import Topic
    from remedies.knowledge.vocabulary import Vocabulary


class Settled(NamedTuple):
    """The claims of a record that go together."""

    claims: tuple[Claim, ...]
    contradicted: dict[str, tuple[list[Claim], str]]
    """Which claims of a resource are not used and why, by its name."""
    notes: tuple[str, ...]


class _Made(NamedTuple):
    """A claim, who makes it, and what it says."""

    name: str
    claim: Claim
    saying: Saying


def settled(told: Mapping[str, Told], context: Context) -> Settled:
    """Leave out what contradicts something that is so."""
    vocabulary = context.vocabulary
    made = [_made(name, claim, vocabulary) for name, one in told.items() for claim in one.claims]
    contradicted: dict[str, tuple[list[Claim], str]] = {}
    notes: list[str] = []
    yes = 0
    for one in made:
        yes |= one.saying.yes
    kept: list[_Made] = []
    for one in made:
        against = _against(one, yes, made, told, context)
        if against is None:
            kept.append(one)
        else:
            why, note = against
            contradicted.setdefault(one.name, ([], why))[0].append(one.claim)
            notes.append(note)
    claims = dict.fromkeys(one.claim for one in kept)
    sure = {(claim.topic, claim.word) for claim in claims if claim.side == "yes"}
    doubled = {claim for claim in claims if claim.side == "unknown" and (claim.topic, claim.word) in sure}
    return Settled(tuple(claim for claim in claims if claim not in doubled), contradicted, tuple(dict.fromkeys(notes)))


def _made(name: str, claim: Claim, vocabulary: Vocabulary) -> _Made:
    return _Made(name, claim, saying_of(claim.word, claim.topic, claim.side, vocabulary))


def _against(
    one: _Made, yes: int, made: Iterable[_Made], told: Mapping[str, Told], context: Context
) -> tuple[str, str] | None:
    """Say what contradicts a claim that denies something, and how the reader is told; nothing where nothing does."""
    vocabulary = context.vocabulary
    both = one.saying.no & yes
    if both:
        other = next(two for two in made if two.saying.yes & both)
        facts = vocabulary.finest(vocabulary.ids(both & other.saying.yes))
        names = ", ".join(vocabulary.label(fact) for fact in facts)
        so, not_so = _called(other.name, told), _called(one.name, told)
        note = f"{so} says that there is {names}, {not_so} that there is not: it was taken as so."
        return f"{other.name} contradicts it", note
    closes = one.saying.reading.closes
    if not closes:
        return None
    if context.record.partial:
        return "the bundle is only a part of the record", PARTIAL
    for topic, _ in closes:
        other_name = next(_beside(one, topic, made, context), None)
        if other_name is not None:
            note = (
                f"{_called(one.name, told)} says that there is nothing among the {topic}, and "
                f"{_called(other_name, told)} stands there: the list was not closed."
            )
            return f"{other_name} contradicts it", note
    return None


def _called(name: str, told: Mapping[str, Told]) -> str:
    """Name a resource together with what it names."""
    what = told[name].what
    if what:
        return f"{name} ({what})"
    return name


def _beside(one: _Made, topic: Topic, made: Iterable[_Made], context: Context) -> Iterator[str]:
    """Name the resources that stand in a list of which another one says that there is nothing in it."""
    scopes = dict(one.saying.reading.closes)
    vocabulary = context.vocabulary
    scope = vocabulary.scope(topic, scopes[topic])
    for two in made:
        reading = two.saying.reading
        if two.name == one.name or two.claim.topic != topic or reading.closes or two.claim.side == "no":
            continue
        facts = two.saying.yes | two.saying.asked
        touches = facts & scope if scopes[topic] != "all" else True
        medicine = topic == "allergies" and vocabulary.lexicon.exact("medicines", two.claim.word) is not None
        if touches or medicine or reading.kind == "unclear" or topic == "medicines":
            yield two.name
