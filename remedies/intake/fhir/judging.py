"""What a record says by a concept: whether it is so now, is over, is doubted or denied, and where on the body."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, assert_never

from remedies.checking.known import saying_of
from remedies.intake.fhir.concepts import meant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.checking.known import Saying
    from remedies.checking.person import Pregnancy
    from remedies.intake.fhir.elements import Concept
    from remedies.knowledge.entry import Entry
    from remedies.knowledge.topics import Topic
    from remedies.knowledge.vocabulary import Vocabulary

State = Literal["now", "doubtful", "denied", "remission", "over"]
"""How a record holds something."""

Site = Literal["here", "elsewhere", "unknown"]
"""Where on the body something is: where the remedy would go, or not."""

Side: TypeAlias = Literal["yes", "no", "unknown"]
"""The list of a topic in which a word is entered."""


class Claim(NamedTuple):
    """A word that is entered for the patient."""

    topic: Topic
    side: Side
    word: str


class Judged(NamedTuple):
    """What one concept says of the patient."""

    claims: tuple[Claim, ...] = ()
    pregnancy: Pregnancy | None = None
    breastfeeding: bool | None = None
    understood: bool = True
    """Whether every word of it was understood."""
    why: str = ""
    """Why nothing is entered, where nothing is."""
    disagree: str = ""


@lru_cache(maxsize=16384)
def judged(
    concept: Concept, topic: Topic, state: State, vocabulary: Vocabulary, *, site: Site = "unknown", fresh: bool = False
) -> Judged:
    """Judge a concept.

    Args:
        concept: what is recorded.
        topic: the list in which it is recorded.
        state: how it is recorded.
        vocabulary: what its words mean.
        site: where it is, for the skin.
        fresh: whether it is recorded so lately that what passes quickly, a sign or a plan, still holds.
    """
    found = meant(concept, topic, vocabulary)
    claims: dict[Claim, None] = {}
    pregnancies: list[Pregnancy] = []
    nursing: list[bool] = []
    understood, why = bool(found.words or found.guessed), ""
    for word in found.words:
        saying = saying_of(word, topic, "yes", vocabulary)
        reading = saying.reading
        understood = understood and reading.kind != "unclear"
        claims |= dict.fromkeys(_claims(word, topic, saying, state, site, vocabulary, fresh=fresh))
        if reading.kind == "family":
            why = "it is said of the family"
        if reading.pregnancy is not None:
            pregnancies += _pregnancy(reading.pregnancy, state)
        if reading.breastfeeding is not None and state in {"now", "denied"}:
            nursing.append(reading.breastfeeding is (state == "now"))
    claims |= {Claim(topic, "unknown", code): None for code in found.guessed if state != "over"}
    return Judged(
        claims=tuple(claims),
        pregnancy=next(iter(pregnancies), None),
        breastfeeding=any(nursing) if nursing else None,
        understood=understood,
        why=why,
        disagree=found.disagree,
    )


def _pregnancy(said: Pregnancy, state: State) -> Iterator[Pregnancy]:
    """Say what is left of a pregnancy that is recorded so; one that is over says nothing of now."""
    match state:
        case "now":
            yield said
        case "doubtful" | "remission":
            yield "possible"
        case "denied" if said not in {"no", "possible"}:
            yield "no"
        case "denied" | "over":
            return
        case _:
            assert_never(state)


def _claims(
    word: str, topic: Topic, saying: Saying, state: State, site: Site, vocabulary: Vocabulary, *, fresh: bool
) -> Iterator[Claim]:
    """Enter a word where it belongs, whole where all of it is judged alike, else fact by fact."""
    reading = saying.reading
    match reading.kind:
        case "family" | "other":
            return
        case "unclear":
            yield Claim(topic, "yes", word)
        case "doubt" | "denial":
            if state in {"now", "remission"}:
                yield Claim(topic, "yes", word)
            elif state != "over":
                yield Claim(topic, "unknown", word)
        case "fact" | "known":
            yield from _facts(word, topic, saying, state, site, vocabulary, fresh=fresh)
        case _:
            assert_never(reading.kind)


def _facts(
    word: str, topic: Topic, saying: Saying, state: State, site: Site, vocabulary: Vocabulary, *, fresh: bool
) -> Iterator[Claim]:
    """Enter the facts of a word, each on its side."""
    if state == "denied":
        yield Claim(topic, "no", word)
        return
    proven = [vocabulary.entries[number] for number in saying.named]
    asked = [vocabulary[fact] for fact in saying.reading.prompts]
    if not proven and not asked:
        if state == "now" and saying.reading.kind == "known":
            yield Claim(topic, "yes", word)
        return
    sides = {entry.id: _side(entry, state, site, fresh=fresh) for entry in proven}
    sides |= {entry.id: _asked(_side(entry, state, site, fresh=fresh)) for entry in asked if entry.id not in sides}
    kept = {side for fact, side in sides.items() if fact in {entry.id for entry in proven}}
    whole: Side | None = None
    if kept == {"yes"} or (not proven and "unknown" in sides.values()):
        whole = "yes"
    elif proven and set(sides.values()) == {"unknown"}:
        whole = "unknown"
    if whole is not None and None not in sides.values():
        yield Claim(topic, whole, word)
        return
    for fact, side in sides.items():
        entry = vocabulary[fact]
        if side is not None:
            yield Claim(entry.topic, side, entry.past if state == "over" and entry.past and side == "yes" else fact)


def _asked(side: Side | None) -> Side | None:
    """Return the side of what is only a reason to ask."""
    return None if side is None else "unknown"


def _side(entry: Entry, state: State, site: Site, *, fresh: bool) -> Side | None:
    """Say on which side a fact is entered that a record holds so; nowhere where it says nothing of now."""
    match entry.topic:
        case "conditions" | "allergies":
            return _lasting(entry, state)
        case _ if state in {"over", "denied"}:
            return None
        case "skin" if site == "elsewhere":
            return None
        case "skin" if site == "here" and state == "now":
            return "yes"
        case "signs" | "circumstances" | "medicines" if fresh and state == "now":
            return "yes"
        case _:
            return "unknown"


def _lasting(entry: Entry, state: State) -> Side | None:
    """Say on which side an illness or an allergy is entered."""
    match state, entry.history:
        case ("now", _) | ("remission" | "over", "counts"):
            return "yes"
        case "over", _ if entry.past is not None:
            return "yes"
        case "over", "nothing":
            return None
        case _:
            return "unknown"
