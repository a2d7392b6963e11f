"""From the words of a patient to facts that are so, are not, or stay unknown."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from remedies.checking.patient import NOTHING_SAID, Answers, Patient
from remedies.core.errors import Fault, PatientError, quoted
from remedies.knowledge.topics import TOPICS, Topic
from remedies.knowledge.vocabulary import Vocabulary, bits

_MOST_SUGGESTIONS = 10
"""So many unknown words of a patient get suggestions, which take milliseconds each."""


class Known(NamedTuple):
    """A patient's answers as masks of facts, see ``Vocabulary``; a fact in no mask is unknown."""

    yes: int
    no: int
    prompted: tuple[str, ...]
    """Facts that a word gives a reason to ask about."""
    closed: tuple[tuple[Topic, int], ...]
    """Topics that were closed, and how many facts that took as "no"."""
    notes: tuple[str, ...]
    """Words that were understood but could not settle anything."""
    faults: tuple[Fault, ...]


def known_of(patient: Patient, vocabulary: Vocabulary, forgotten: Collection[str] = ()) -> Known:
    """Work out which facts are so and which are not, by the hierarchy and by closed topics.

    Having the child is having the parent; not having the parent is not having the child. A closed
    topic turns what was not mentioned into "no", except what ``_left_open`` keeps.

    Args:
        patient: what was said.
        vocabulary: what the words mean.
        forgotten: topics of which nothing that was said holds any more.
    """
    said = {
        topic: words_of(NOTHING_SAID if topic in forgotten else patient.answers(topic), topic, vocabulary)
        for topic in TOPICS
    }
    faults = list(_puzzles([one for told in said.values() for one in told.unknown], vocabulary))
    yes = no = 0
    for topic, one in said.items():
        if one.yes & one.no:
            faults += _both(patient, topic, vocabulary, one.yes & one.no)
        yes |= one.yes
        no |= one.no
    keep = 0
    for one in said.values():
        keep |= _left_open(one, no, vocabulary)
    closed = []
    for topic in TOPICS:
        if patient.closed(topic) and topic not in forgotten:
            taken = vocabulary.topic_mask[topic] & ~(keep | yes | no)
            no |= taken
            closed.append((topic, taken.bit_count()))
    prompted = tuple(dict.fromkeys(fact for one in said.values() for fact in one.prompted))
    notes = tuple(note for one in said.values() for note in one.notes)
    return Known(yes, no & ~yes, prompted, tuple(closed), notes, tuple(faults))


class _Unknown(NamedTuple):
    """A word that means nothing in its topic, and where it stands."""

    topic: Topic
    side: str
    place: int
    word: str


class Said(NamedTuple):
    """What the words of one topic say."""

    yes: int
    """The facts named and everything that they are, as a mask."""
    no: int
    """The facts denied and everything finer, as a mask."""
    named: tuple[int, ...]
    """Numbers of the facts named as yes, the finest of each word."""
    asked: int
    """What words give a reason to ask about and do not prove themselves, as a mask."""
    prompted: tuple[str, ...]
    notes: tuple[str, ...]
    unknown: tuple[_Unknown, ...]


def words_of(answers: Answers, topic: Topic, vocabulary: Vocabulary) -> Said:
    """Resolve the words of one topic."""
    yes = no = asked = 0
    named: list[int] = []
    prompted: list[str] = []
    notes: list[str] = []
    unknown: list[_Unknown] = []
    number, up, down = vocabulary.number, vocabulary.up, vocabulary.down
    for index, word in enumerate(answers.yes):
        meaning = vocabulary.meaning(topic, word)
        if meaning is None:
            unknown.append(_Unknown(topic, "yes", index, word))
            continue
        proven = 0
        for name in meaning.proves:
            proven |= up[number[name]]
            prompted += vocabulary[name].prompts
        yes |= proven
        named += [number[name] for name in vocabulary.finest(meaning.proves)]
        prompted += meaning.prompts
        asked |= vocabulary.mask(meaning.prompts) & ~proven
    for index, word in enumerate(answers.no):
        meaning = vocabulary.meaning(topic, word)
        if meaning is None:
            unknown.append(_Unknown(topic, "no", index, word))
            continue
        if not meaning.names:
            notes.append(f"{quoted(word)} under “no” is narrower than any fact here, so it rules nothing out.")
        for name in meaning.names:
            no |= down[number[name]]
    return Said(yes, no, tuple(named), asked, tuple(prompted), tuple(notes), tuple(unknown))


def _left_open(said: Said, no: int, vocabulary: Vocabulary) -> int:
    """Return the facts that stay unknown in a closed topic because of some words.

    Open are what a word gives a reason to ask about, the finer facts below one that was named, and
    what a named fact prompts. With an open fact everything stays open that an answer to it could
    still change: what is wider cannot be ruled out before it is; and what is finer, or what it would
    prompt, must not be ruled out now and open again after an answer.

    What the words keep open never depends on other words: one more fact that is so cannot close
    what stood open beside it, so that one more problem never makes a remedy more allowed. Only a
    "no" narrows it. Nothing opens beside a named fact and what it is, since these are so; but each
    fact that it leaves unknown keeps open in its turn what it would if it were named.
    """
    keep = _spread(said.asked, no, vocabulary) if said.asked else 0
    for root in said.named:
        todo, seen = [root], 1 << root
        while todo:
            fact = todo.pop()
            start = vocabulary.down[fact] & ~(1 << fact) | vocabulary.prompts[fact]
            if not start:
                continue
            found = _spread(start, no | vocabulary.up[fact], vocabulary)
            # What is finer than the fact keeps open no more than the fact has just opened.
            todo += bits(found & ~seen & ~vocabulary.down[fact])
            seen |= found
            keep |= found
    return keep


def _spread(start: int, blocked: int, vocabulary: Vocabulary) -> int:
    """Collect what is wider, finer or prompted from some facts on, never entering a blocked one."""
    keep, todo = 0, start & ~blocked
    while todo:
        lowest = todo & -todo
        index = lowest.bit_length() - 1
        keep |= lowest
        todo |= vocabulary.up[index] | vocabulary.down[index] | vocabulary.prompts[index]
        todo &= ~(blocked | keep)
    return keep


def _puzzles(unknown: list[_Unknown], vocabulary: Vocabulary) -> Iterator[Fault]:
    """Say of each unknown word what may have been meant."""
    for count, (topic, side, index, word) in enumerate(unknown):
        message = vocabulary.puzzled(topic, word, suggest=count < _MOST_SUGGESTIONS)
        yield Fault((topic, side, index), message, "word")


def _both(patient: Patient, topic: Topic, vocabulary: Vocabulary, mask: int) -> Iterator[Fault]:
    """Name the facts that were said to be so and not so."""
    both = vocabulary.ids(mask)
    told = [fact for fact in both if fact in (*patient.answers(topic).yes, *patient.answers(topic).no)] or both
    for fact in told:
        yield Fault((topic,), f"{fact} ({vocabulary[fact].label}) is given both as yes and as no", "contradiction")


def read_patient(document: object, vocabulary: Vocabulary) -> Patient:
    """Read a patient whose words are to be understood at once, so that all faults come together.

    Raises:
        PatientError: with every fault of shape and every unknown word.
    """
    try:
        patient = Patient.model_validate(document)
    except PatientError as error:
        raise PatientError([*error.faults, *_word_faults(document, vocabulary)]) from None
    faults = known_of(patient, vocabulary).faults
    if faults:
        raise PatientError(faults)
    return patient


def _word_faults(document: object, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Find unknown words in a description whose shape is wrong elsewhere."""
    if not isinstance(document, dict):
        return
    for topic in TOPICS:
        try:
            patient = Patient.model_validate({topic: document.get(topic, {})})
        except PatientError:
            continue
        yield from known_of(patient, vocabulary).faults
