"""From the answers of an interview to the patient so far."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from remedies.checking.known import known_of
from remedies.checking.patient import Patient
from remedies.checking.person import Gestation
from remedies.core.errors import AnswerError, Fault, PatientError
from remedies.knowledge.topics import TOPICS
from remedies.knowledge.vocabulary import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.advice.state import Answered, Said, State
    from remedies.checking.patient import Answers
    from remedies.knowledge.entry import GateEntry
    from remedies.knowledge.rulebook import Rulebook
    from remedies.knowledge.vocabulary import Vocabulary

LIST = "-list"
"""What follows the id of a plain question in that of its list."""


_REFINED = {"age": ("age", "born"), "pregnancy": ("pregnancy",)}
"""What details are asked of, with the keys of a patient that say it."""


class Replayed(NamedTuple):
    """What answers come to."""

    patient: Patient
    answers: tuple[Answered, ...]
    """The answers that count: not the list of a plain question that is answered with "no" now, nor details of an age
    or a pregnancy that is another one now."""
    gates: dict[str, Said]
    """What was said to each plain question."""
    unknown: frozenset[str]
    """What else was asked and is not known, or not asked again: age, sex, pregnancy, breastfeeding."""
    yes: int
    """Facts that are so, as a mask."""
    closing: int
    """Facts that plain questions were answered about with "no", as a mask."""
    prompted: frozenset[str]
    """Facts that something said gives a reason to ask about."""
    closed: dict[str, int]
    """By plain question: the facts that its "no" denies, as a mask."""


def base_of(question: str) -> str:
    """Return the id of a question without the number of its turn."""
    return re.sub(r"-[0-9]+$", "", question)


def replayed(state: State, rulebook: Rulebook) -> Replayed:
    """Say to the first patient all that was answered, but for an answer that is being changed.

    A plain "no" is no more than that: it closes what it covers, as ``rest`` closes a topic, so that a
    medicine that was said speaks louder, and it takes back what was chosen from its list before.

    Raises:
        AnswerError: answers contradict each other.
    """
    vocabulary = rulebook.vocabulary
    gates: dict[str, Said] = {
        one.question: one.gate for one in state.answers if one.gate is not None and one.question != state.again
    }
    shut = {name + LIST for name, said in gates.items() if said == "no"}
    standing = [one for one in state.answers if one.question != state.again and base_of(one.question) not in shut]
    patient, answers = _joined(state.patient, standing)
    covered = {gate.id: mask_of(gate, vocabulary) for gate in rulebook.gates if gates.get(gate.id) == "no"}
    closing = 0
    for mask in covered.values():
        closing |= mask
    known = known_of(patient, vocabulary)
    if known.faults:
        raise _answer_error(known.faults)
    taken = known_of(patient, vocabulary, closing=closing).no & ~known.no
    patient = _with_no(patient, taken, vocabulary)
    unknown: set[str] = {subject for one in answers for subject in one.unknown}
    unknown |= {subject for one in answers if base_of(one.question) == "details" for subject in _said_twice(one)}
    return Replayed(
        patient=patient,
        answers=tuple(answers),
        gates=gates,
        unknown=frozenset(unknown - vocabulary.number.keys()),
        yes=known.yes,
        closing=closing,
        prompted=frozenset(known.prompted),
        closed={name: mask & taken for name, mask in covered.items()},
    )


def _said_twice(one: Answered) -> Iterator[str]:
    """Name what details were given of as exactly as it is known: a birth date, days beside weeks."""
    if "age" in one.asked:
        yield "age"
    before = one.refined.pregnancy
    if "pregnancy" in one.asked and (isinstance(before, Gestation) or one.said.pregnancy in {None, before}):
        yield "pregnancy"


def mask_of(gate: GateEntry, vocabulary: Vocabulary) -> int:
    """Return what a plain question covers: its facts and their finer ones."""
    mask = 0
    for fact in gate.facts:
        mask |= vocabulary.down[vocabulary.number[fact]]
    return mask


def widest(mask: int, vocabulary: Vocabulary) -> list[str]:
    """List the facts of a mask that are none of the others."""
    return [vocabulary.entries[n].id for n in bits(mask) if not vocabulary.up[n] & mask & ~(1 << n)]


def _joined(patient: Patient, answers: Iterable[Answered]) -> tuple[Patient, list[Answered]]:
    """Join answers to a patient: lists grow, and what has one value takes the latest."""
    document = dict(patient)
    counting = []
    for given in answers:
        one = _still_about(given, document)
        counting.append(one)
        said = one.said
        if said.age is not None or said.born is not None:
            document |= {"age": said.age, "born": said.born}
        document |= {
            name: getattr(said, name)
            for name in ("sex", "pregnancy", "breastfeeding")
            if getattr(said, name) is not None
        }
        document |= {topic: _both(document[topic], said.answers(topic)) for topic in TOPICS}
    try:
        return Patient.model_validate(document), counting
    except PatientError as error:
        raise _answer_error(error.faults) from None


def _still_about(one: Answered, document: dict[str, object]) -> Answered:
    """Leave out the details of an age or a pregnancy that is another one by now."""
    if base_of(one.question) != "details":
        return one
    gone = [
        subject
        for subject, keys in _REFINED.items()
        if subject in one.asked and any(getattr(one.refined, key) != document[key] for key in keys)
    ]
    if not gone:
        return one
    return one.model_copy(
        update={
            "asked": tuple(fact for fact in one.asked if fact not in gone),
            "said": one.said.model_copy(update=dict.fromkeys(key for subject in gone for key in _REFINED[subject])),
            "unknown": tuple(subject for subject in one.unknown if subject not in gone),
        }
    )


def _both(before: Answers, more: Answers) -> Answers:
    """Join what two answers say within a topic."""
    if more == type(more)():
        return before
    sides = {side: (*getattr(before, side), *getattr(more, side)) for side in ("yes", "no", "unknown", "other")}
    return before.model_copy(update={side: tuple(dict.fromkeys(words)) for side, words in sides.items()})


def _with_no(patient: Patient, taken: int, vocabulary: Vocabulary) -> Patient:
    """Add what plain questions denied; the finer facts follow from the widest."""
    changes: dict[str, Answers] = {}
    for topic in TOPICS:
        facts = widest(taken & vocabulary.topic_mask[topic], vocabulary)
        if facts:
            answers = patient.answers(topic)
            changes[topic] = answers.model_copy(update={"no": (*answers.no, *facts)})
    return patient.model_copy(update=changes)


def _answer_error(faults: Iterable[Fault]) -> AnswerError:
    """Say of an answer what is said of a patient."""
    return AnswerError([Fault((), fault.message, fault.kind) for fault in faults])
