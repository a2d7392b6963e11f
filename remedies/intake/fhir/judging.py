"""What a record says by a concept: whether it is so now, is over, is doubted or denied, and where on the body."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, assert_never

from remedies.checking.known import saying_of
from remedies.intake.fhir.concepts import meant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from remedies.checking.known import Saying
    from remedies.checking.person import Pregnancy
    from remedies.checking.understood import Reading
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


class Held(NamedTuple):
    """How and where a record holds something."""

    state: State = "now"
    site: Site = "unknown"
    """Where on the body it is, for the skin."""
    fresh: bool = False
    """Whether it is recorded so lately that what passes quickly, a sign or a plan, still holds."""


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
def judged(concept: Concept, topic: Topic, held: Held, vocabulary: Vocabulary) -> Judged:
    """Judge a concept, by the list in which it is recorded, how it is held, and what its words mean."""
    found = meant(concept, topic, vocabulary)
    claims: dict[Claim, None] = {}
    pregnancies: list[Pregnancy] = []
    nursing: list[bool] = []
    understood, why = bool(found.words or found.guessed), ""
    for word in found.words:
        saying = saying_of(word, topic, "yes", vocabulary)
        reading = saying.reading
        understood = understood and (reading.kind != "unclear" or held.state == "denied")
        claims |= dict.fromkeys(_claims(Claim(topic, "yes", word), saying, held, vocabulary))
        if reading.kind == "family":
            why = "it is said of the family"
        if reading.pregnancy is not None:
            pregnancies += _pregnancy(reading.pregnancy, held.state)
        if reading.breastfeeding is not None and held.state in {"now", "denied"}:
            nursing.append(reading.breastfeeding is (held.state == "now"))
    claims |= {Claim(topic, "unknown", code): None for code in found.guessed if held.state != "over"}
    if found.disagree:
        # Nobody knows which of the things that it names is not so.
        claims = {one._replace(side="unknown") if one.side == "no" else one: None for one in claims}
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


def _claims(claim: Claim, saying: Saying, held: Held, vocabulary: Vocabulary) -> Iterator[Claim]:
    """Enter a word where it belongs, whole where all of it is judged alike, else fact by fact."""
    reading = saying.reading
    match reading.kind:
        case "family" | "other":
            return
        case "unclear" if held.state == "denied":
            # What is not so need not be understood.
            return
        case "unclear":
            yield claim
        case "denial" if not held.fresh and _passing(saying.no, vocabulary):
            return
        case "doubt" | "denial":
            parted = [Claim(vocabulary[fact].topic, "no", fact) for fact in reading.denies]
            for one in parted if _of_pregnancy(reading) else [claim]:
                if held.state in {"now", "remission"}:
                    yield one
                elif held.state != "over":
                    yield one._replace(side="unknown")
        case "fact" | "known":
            yield from _facts(claim, saying, held, vocabulary)
        case _:
            assert_never(reading.kind)


def _facts(claim: Claim, saying: Saying, held: Held, vocabulary: Vocabulary) -> Iterator[Claim]:
    """Enter the facts of a word, each on its side."""
    if held.state == "denied":
        denied = saying_of(claim.word, claim.topic, "no", vocabulary).no
        if not held.fresh and _passing(denied, vocabulary):
            return
        if saying.named or saying.reading.kind == "known" or saying.reading.prompts:
            yield claim._replace(side="no")
        return
    proven = {vocabulary.entries[number].id: vocabulary.entries[number] for number in saying.named}
    asked = {fact: vocabulary[fact] for fact in saying.reading.prompts if fact not in proven}
    if not proven and not asked:
        if held.state == "now" and saying.reading.kind == "known":
            yield claim
        return
    sides = {fact: _side(entry, held) for fact, entry in proven.items()}
    past = held.state == "over" and any(entry.past for entry in proven.values())
    sides |= {fact: _asked(_side(entry, held)) for fact, entry in asked.items()}
    whole = _whole(sides, list(proven), saying)
    if whole is not None and not past:
        yield claim._replace(side=whole)
        return
    for fact, side in sides.items():
        entry = vocabulary[fact]
        if side is not None:
            over = held.state == "over" and side == "yes"
            yield Claim(entry.topic, side, (entry.past if over else None) or fact)


def _whole(sides: Mapping[str, Side | None], proven: Sequence[str], saying: Saying) -> Side | None:
    """Return the side of a word all of whose facts are judged alike; a word that also tells of a pregnancy is parted.

    What it says of a pregnancy is told for itself, and may be replaced by something newer.
    """
    if None in sides.values() or _of_pregnancy(saying.reading):
        return None
    kept = {sides[fact] for fact in proven}
    if kept in ({"yes"}, set()):
        return "yes"
    if set(sides.values()) == {"unknown"}:
        return "unknown"
    return None


def _passing(facts: int, vocabulary: Vocabulary) -> bool:
    """Tell whether there is something among facts of which an old “no” says nothing of today."""
    topics = {vocabulary[fact].topic for fact in vocabulary.ids(facts)}
    return not topics <= {"conditions", "allergies"}


def _of_pregnancy(reading: Reading) -> bool:
    """Tell whether a word says something of a pregnancy or of breastfeeding that will not hold for ever."""
    return reading.pregnancy not in {None, "possible"} or reading.breastfeeding is not None


def _asked(side: Side | None) -> Side | None:
    """Return the side of what is only a reason to ask."""
    if side is None:
        return None
    return "unknown"


def _side(entry: Entry, held: Held) -> Side | None:
    """Say on which side a fact is entered that a record holds so; nowhere where it says nothing of now."""
    match entry.topic:
        case "conditions" | "allergies":
            return _lasting(entry, held.state)
        case _ if held.state in {"over", "denied"} or (entry.topic == "skin" and held.site == "elsewhere"):
            return None
        case "skin" if held.site == "here" and held.state == "now":
            return "yes"
        case "signs" | "circumstances" | "medicines" if held.fresh and held.state == "now":
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
