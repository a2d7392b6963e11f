"""From an answer to a prompt back to the patient."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from remedies.advice.interview import Prompt
from remedies.checking.known import read_patient
from remedies.checking.patient import Answers, Patient
from remedies.checking.person import Gestation
from remedies.checking.retold import retold
from remedies.checking.spoken import read_age, read_weeks, says_none, says_unknown, says_yes
from remedies.core.errors import LONGEST_WORD, AnswerError, Fault, PatientError, of_type, quoted
from remedies.core.model import Frozen, Many
from remedies.knowledge.catalogue import given
from remedies.knowledge.topics import TOPICS, Topic
from remedies.knowledge.vocabulary import normal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from remedies.core.documents import Json
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.vocabulary import Vocabulary


class Reply(Frozen):
    """The patient after an answer, and the facts that stay unknown because the person does not know."""

    patient: Patient
    """Everything that was said so far."""
    unknown: Many[str]
    """What the person does not know, for ``next_questions``."""


def answer(
    prompt: Prompt, words: str, patient: Patient, catalogue: Catalogue | None = None, *, as_of: date | None = None
) -> Reply:
    """Read an answer to a prompt.

    An answer is of today, so a patient who was described before is told again first, see ``retold``.

    Args:
        prompt: what was asked.
        words: numbers of choices, words in English or Russian, "0" for none, "?" for don't know.
        patient: the patient so far.
        catalogue: the catalogue that was checked against; the shipped one unless given.
        as_of: the day of the answer; today unless given.

    Raises:
        AnswerError: the answer cannot be read.
        ArgumentError: something is of the wrong Python type.
    """
    of_type(prompt, Prompt, "prompt", "a Prompt")
    of_type(words, str, "words", "a text")
    of_type(patient, Patient, "patient", "a Patient")
    of_type(as_of, date | None, "as_of", "a datetime.date")
    patient = retold(patient, as_of or date.today())
    vocabulary = given(catalogue).vocabulary
    if len(words) > LONGEST_WORD:
        raise _error(f"That is too long; at most {LONGEST_WORD} characters are read.")
    if not _parts(words):
        raise _error("Please answer; ? means that you don't know.")
    if says_unknown(words):
        return Reply(patient=patient, unknown=prompt.facts)
    match prompt.kind:
        case "age":
            again = patient.age is not None or patient.born is not None
            changed = _with(patient, vocabulary, **{"age": None, "born": None, **_age(words)})
            return Reply(patient=changed, unknown=_said_twice(prompt, again=again))
        case "weeks":
            again = isinstance(patient.pregnancy, Gestation)
            changed = _with(patient, vocabulary, pregnancy=_weeks(words))
            return Reply(patient=changed, unknown=_said_twice(prompt, again=again))
        case "pregnancy":
            return _motherhood_answer(prompt, words, patient, vocabulary)
        case "list":
            return _list_answer(prompt, words, patient, vocabulary)


def _said_twice(prompt: Prompt, *, again: bool) -> tuple[str, ...]:
    """Name what is not asked a third time, since whoever was asked again has said it as exactly as they can."""
    return prompt.facts if again else ()


def _error(message: str) -> AnswerError:
    return AnswerError(Fault((), message))


def _with(patient: Patient, vocabulary: Vocabulary, **changes: object) -> Patient:
    try:
        return read_patient({**dict(patient), **changes}, vocabulary)
    except PatientError as error:
        raise AnswerError([Fault((), fault.message, fault.kind) for fault in error.faults]) from None


def _age(words: str) -> dict[str, object]:
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", words.strip()):
        return {"born": words.strip()}
    return {"age": read_age(words)}


def _weeks(words: str) -> dict[str, Json]:
    weeks = read_weeks(words)
    if weeks is None:
        raise _error("Please give weeks, such as 27 or 27+3.")
    return weeks


def _parts(words: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;]", words) if part.strip()]


class _Chosen(NamedTuple):
    """What an answer to a list chooses."""

    numbers: set[int]
    """Places in the list, from 0."""
    words: list[str]
    unsure: bool
    """A lone question mark stands beside it: the rest is not known."""


def _chosen(words: str, count: int) -> _Chosen:
    """Split an answer into numbers of the list and words; "none" chooses nothing.

    Raises:
        AnswerError: a number is not in the list, or "none" is said in doubt.
    """
    if says_none(words):
        return _Chosen(set(), [], unsure=False)
    numbers: set[int] = set()
    rest: list[str] = []
    parts = _parts(words)
    for part in parts:
        if part == "?":
            continue
        if says_none(part.strip("? ")):
            raise _error(f"{quoted(words)} is not clear; 0 means none of these, a lone ? that you don't know.")
        tokens = part.split()
        if all(token.isdecimal() for token in tokens):
            numbers |= {_number(token, count) for token in tokens}
        else:
            rest.append(part)
    return _Chosen(numbers, rest, unsure="?" in parts)


def _number(token: str, count: int) -> int:
    if not 1 <= int(token) <= count:
        raise _error(f"There is no {token} here; choose from 1 to {count}, 0 for none of these, ? if you don't know.")
    return int(token) - 1


_MOTHERLY = {
    "pregnancy": ("pregnant", "pregnancy", "беременна", "беременность"),
    "possible": ("might be pregnant", "possibly", "possible", "maybe", "возможно", "может быть"),
    "breastfeeding": ("breastfeeding", "nursing", "кормлю", "кормлю грудью", "кормит грудью"),
}
"""Words for the choices about pregnancy and breastfeeding."""


def _motherhood_answer(prompt: Prompt, words: str, patient: Patient, vocabulary: Vocabulary) -> Reply:
    asked = [choice.fact for choice in prompt.choices]
    found = _chosen(words, len(asked))
    chosen = {asked[number] for number in found.numbers} | {_motherly(word, asked) for word in found.words}
    changes: dict[str, object] = {}
    unknown: list[str] = []
    if "pregnancy" in asked:
        if "pregnancy" in chosen:
            changes["pregnancy"] = "yes"
        elif "possible" in chosen:
            changes["pregnancy"] = "possible"
            unknown.append("pregnancy")
        elif found.unsure:
            unknown.append("pregnancy")
        else:
            changes["pregnancy"] = "no"
    if "breastfeeding" in asked:
        if "breastfeeding" in chosen or not found.unsure:
            changes["breastfeeding"] = "breastfeeding" in chosen
        else:
            unknown.append("breastfeeding")
    return Reply(patient=_with(patient, vocabulary, **changes), unknown=tuple(unknown))


def _motherly(word: str, asked: list[str]) -> str:
    """Find which choice a word means."""
    if "?" not in word:
        for fact in asked:
            if normal(word) in _MOTHERLY[fact]:
                return fact
        if len(asked) == 1 and says_yes(word):
            return asked[0]
    raise _error(f"Please answer with numbers from 1 to {len(asked)}, 0 for neither, ? if you don't know.")


def _list_answer(prompt: Prompt, words: str, patient: Patient, vocabulary: Vocabulary) -> Reply:
    topic: Topic = next(name for name in TOPICS if name == prompt.topic)
    asked = [choice.fact for choice in prompt.choices]
    found = _chosen(words, len(asked))
    told: dict[Topic, list[str]] = {topic: [asked[number] for number in sorted(found.numbers)]}
    for word in found.words:
        if len(asked) == 1 and says_yes(word):
            told[topic].append(asked[0])
            continue
        place, facts = _meant(word, topic, vocabulary)
        told.setdefault(place, []).extend(facts)
    said = told.pop(topic)
    changes: dict[str, object] = {place: _added(patient.answers(place), yes=facts) for place, facts in told.items()}
    if told and not said:
        # What was typed belongs elsewhere and is kept there; this list is still to be answered.
        return Reply(patient=_with(patient, vocabulary, **changes), unknown=())
    denied, unknown = _apart(asked, said, vocabulary), ()
    if found.unsure:
        denied, unknown = (), denied
    changes[topic] = _added(patient.answers(topic), yes=said, no=denied)
    return Reply(patient=_with(patient, vocabulary, **changes), unknown=unknown)


def _meant(word: str, topic: Topic, vocabulary: Vocabulary) -> tuple[Topic, list[str]]:
    """Find the topic where a word proves something, the asked one first, and the facts that it proves."""
    meaning = vocabulary.meaning(topic, word)
    if meaning is None:
        for other, meant in vocabulary.meanings(word):
            if meant.proves:
                return other, vocabulary.finest(meant.proves)
        raise _error(f"{quoted(word)} is not known here; choose numbers, 0 for none, ? if you don't know.")
    if not meaning.proves:
        maybe = ", ".join(map(vocabulary.label, meaning.prompts))
        raise _error(f"{quoted(word)} is only a reason to ask about {maybe}; choose numbers, 0 for none or ?.")
    return topic, vocabulary.finest(meaning.proves)


def _apart(asked: list[str], said: list[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """List what was asked and is neither one of some facts nor a kind of one, nor the other way round."""
    near = 0
    for fact in said:
        number = vocabulary.number[fact]
        near |= vocabulary.up[number] | vocabulary.down[number]
    return tuple(fact for fact in asked if not near >> vocabulary.number[fact] & 1)


def _added(before: Answers, *, yes: Iterable[str], no: Iterable[str] = ()) -> Answers:
    """Add to what was said within a topic; nothing that was said is lost."""
    return Answers(
        yes=tuple(dict.fromkeys((*before.yes, *yes))),
        no=tuple(dict.fromkeys((*before.no, *no))),
        rest=before.rest,
    )
