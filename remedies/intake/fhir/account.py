"""The account of a record: what became of every resource."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from remedies.checking.known import saying_of
from remedies.core.errors import quoted
from remedies.intake.fhir.pregnancy import in_words
from remedies.intake.fhir.told import NAMELESS, YES_OR_NO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from remedies.intake.fhir.judging import Claim
    from remedies.intake.fhir.record import Record
    from remedies.intake.fhir.told import Context, Told
    from remedies.knowledge.vocabulary import Vocabulary

Outcome = Literal["used", "prompting", "known", "unclear", "ignored", "counted"]
"""What became of a resource: it settles something, it is a reason to ask, no rule looks at it, it was not understood,
it says nothing of the patient now, or its kind is only counted."""


class Line(NamedTuple):
    """What became of one resource, or of all resources of a kind that is not read."""

    resource: str
    """Condition/c3; Condition (entry 3) where it has no id; the kind alone where it is only counted."""
    outcome: Outcome
    what: str = ""
    """What it names, in the words of the record."""
    says: tuple[str, ...] = ()
    """What was taken from it: “asthma: yes”, “asthma: no”, “asthma: ask”."""
    because: str = ""
    """Why nothing was taken, or not all."""

    def __str__(self) -> str:
        """Write it on one line: Condition/c3 → asthma: yes."""
        line = f"{self.resource} → {', '.join(self.says) or self.outcome}"
        if self.because:
            mark = ":"
            if self.says:
                mark = ";"
            line += f"{mark} {self.because}"
        if self.what:
            return f"{line} ({self.what})"
        return line


def account_of(record: Record, told: Mapping[str, Told], context: Context) -> Iterator[Line]:
    """Write a line for every resource, and one for every kind that is only counted."""
    for name, one in told.items():
        yield _line(name, one, context.vocabulary)
    for kind, number in record.others.items():
        yield Line(kind, "counted", says=(f"{number} not read",))


def _line(name: str, told: Told, vocabulary: Vocabulary) -> Line:
    """Tell what became of a resource."""
    person: tuple[str, ...] = ()
    if told.of_person:
        person = tuple(_of_person(told))
    sayings = _Sayings(person, told.claims, told.unclear, told.known)
    came_to = _came_to(sayings, vocabulary)
    because = told.why or came_to.because
    if came_to.outcome == "unclear" and not because:
        because = f"{quoted(told.what or NAMELESS)} was not understood"
    return Line(name, came_to.outcome, told.what, came_to.says, because)


class _Sayings(NamedTuple):
    """What a resource says, without what tells it from others."""

    person: tuple[str, ...]
    claims: tuple[Claim, ...]
    unclear: bool
    known: bool


@lru_cache(maxsize=8192)
def _came_to(sayings: _Sayings, vocabulary: Vocabulary) -> Line:
    """Tell what becomes of what was said and claimed; many resources say the same."""
    every = (*sayings.person, *(one for claim in sayings.claims for one in _claimed(claim, vocabulary)))
    says = tuple(dict.fromkeys(every))
    asked = [one for one in says if one.endswith(": ask")]
    incomplete = ""
    if sayings.unclear:
        incomplete = "not all of it was understood"
    if len(asked) < len(says):
        return Line("", "used", says=says, because=incomplete)
    if asked:
        return Line("", "prompting", says=says, because=incomplete)
    if sayings.unclear:
        return Line("", "unclear")
    if sayings.known or any(claim.side == "yes" for claim in sayings.claims):
        return Line("", "known", because="no rule looks at it")
    return Line("", "ignored", because="it says nothing of any fact")


def _of_person(told: Told) -> Iterator[str]:
    """Say what was taken from a resource beside the facts."""
    for name in ("born", "sex", "age"):
        if getattr(told, name):
            yield f"{name}: {getattr(told, name)}"
    if told.pregnancy is not None:
        yield f"pregnancy: {in_words(told.pregnancy)}"
    if told.dating is not None:
        yield f"pregnancy: counted from {told.dating.first.first}"
    if told.breastfeeding is not None:
        yield f"breastfeeding: {YES_OR_NO[told.breastfeeding]}"


def _claimed(claim: Claim, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Say what a word comes to."""
    saying = saying_of(claim.word, claim.topic, claim.side, vocabulary)
    return (
        *(f"{vocabulary.entries[number].id}: yes" for number in saying.named),
        *(f"{fact}: no" for fact in saying.reading.denies),
        *(f"{fact}: ask" for fact in saying.reading.prompts),
        *(f"{topic}: nothing else" for topic, _ in saying.reading.closes),
    )
