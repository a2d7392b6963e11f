"""From the words of a patient to facts that are so, are not, or stay unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from remedies.core.errors import Fault, quoted
from remedies.knowledge.vocabulary import TOPICS, UnknownWordError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.knowledge.vocabulary import Topic, Vocabulary
    from remedies.checking.patient import Answers, Patient


class Known(NamedTuple):
    """A patient's answers as masks of facts, see ``Vocabulary``; a fact in no mask is unknown."""

    yes: int
    no: int
    prompted: tuple[str, ...]
    """Facts that a code gives a reason to ask about."""
    notes: tuple[str, ...]
    """Words that were understood but could not settle anything."""
    faults: tuple[Fault, ...]


def known_of(patient: Patient, vocabulary: Vocabulary) -> Known:
    """Work out which facts are so and which are not, by the hierarchy and by closed topics.

    Having the child is having the parent; not having the parent is not having the child. A closed
    topic turns what was not mentioned into "no", except the finer facts below one that was named
    as yes, what a code prompted, and whatever an answer to those could still change.
    """
    said = {topic: words_of(patient.answers(topic), topic, vocabulary) for topic in TOPICS}
    prompted = tuple(dict.fromkeys(fact for one in said.values() for fact in one.prompted))
    faults = [fault for one in said.values() for fault in one.faults]
    yes = no = pending = 0
    for topic, one in said.items():
        if one.yes & one.no:
            faults += _both(patient, topic, vocabulary, one.yes & one.no)
        yes |= one.yes
        no |= one.no
        pending |= one.below
    for fact in prompted:
        pending |= 1 << vocabulary.number[fact]
    keep = _left_open(pending, yes | no, vocabulary)
    for topic in TOPICS:
        if patient.closed(topic):
            no |= vocabulary.topic_mask[topic] & ~keep
    notes = tuple(note for one in said.values() for note in one.notes)
    return Known(yes, no & ~yes, prompted, notes, tuple(faults))


class Said(NamedTuple):
    """What the words of one topic say, as masks of facts."""

    yes: int
    below: int
    """The facts named as yes and everything finer."""
    no: int
    prompted: list[str]
    notes: list[str]
    faults: list[Fault]


def words_of(answers: Answers, topic: Topic, vocabulary: Vocabulary) -> Said:
    """Resolve the words of one topic."""
    yes = below = no = 0
    prompted: list[str] = []
    notes: list[str] = []
    faults: list[Fault] = []
    number, up, down = vocabulary.number, vocabulary.up, vocabulary.down
    sides = [("yes", index, word) for index, word in enumerate(answers.yes)]
    sides += [("no", index, word) for index, word in enumerate(answers.no)]
    for side, index, word in sides:
        try:
            meaning = vocabulary.resolve(topic, word)
        except UnknownWordError as error:
            faults.append(Fault(f"{topic}.{side}[{index}]", str(error)))
            continue
        if side == "yes":
            for name in meaning.proves:
                yes |= up[number[name]]
                prompted += vocabulary[name].prompts
            for name in vocabulary.finest(meaning.proves):
                below |= down[number[name]]
            prompted += meaning.prompts
        elif not meaning.names:
            notes.append(f"{quoted(word)} under “no” is narrower than any fact here, so it rules nothing out.")
        for name in meaning.names if side == "no" else ():
            no |= down[number[name]]
    return Said(yes, below, no, prompted, notes, faults)


def _left_open(pending: int, settled: int, vocabulary: Vocabulary) -> int:
    """Return facts that stay unknown in a closed topic, starting from those that do for sure.

    What is wider than an open fact cannot be ruled out before it is; and what is finer, or what it
    would prompt, must not be ruled out now and open again after an answer.
    """
    keep, todo = 0, pending & ~settled
    while todo:
        lowest = todo & -todo
        index = lowest.bit_length() - 1
        keep |= lowest
        todo |= vocabulary.up[index] | vocabulary.down[index]
        for fact in vocabulary.entries[index].prompts:
            todo |= 1 << vocabulary.number[fact]
        todo &= ~(settled | keep)
    return keep


def _both(patient: Patient, topic: Topic, vocabulary: Vocabulary, mask: int) -> Iterator[Fault]:
    """Name the facts that were said to be so and not so."""
    both = vocabulary.ids(mask)
    told = [fact for fact in both if fact in (*patient.answers(topic).yes, *patient.answers(topic).no)] or both
    for fact in told:
        yield Fault(topic, f"{fact} ({vocabulary[fact].label}) is given both as yes and as no")
