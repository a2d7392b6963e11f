"""From an answer to a prompt back to the patient."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from remedies.advice.interview import Prompt
from remedies.advice.told import Listed, Told, answer_error, subjects_told, tell
from remedies.checking.grammar import decimal_weeks, read_age, read_born, read_pregnancy, read_term, read_weeks
from remedies.checking.known import read_patient
from remedies.checking.marks import says_none, says_unknown, says_yes
from remedies.checking.patient import Answers, Patient
from remedies.checking.person import Gestation
from remedies.checking.retold import retold
from remedies.core.errors import LONGEST_WORD, AnswerError, Fault, PatientError, of_type, quoted
from remedies.core.model import Frozen, Many
from remedies.core.words import plural
from remedies.knowledge.catalogue import given
from remedies.knowledge.spelling import normal
from remedies.knowledge.topics import LONGEST_PREGNANCY_WEEKS, TOPICS, Topic

if TYPE_CHECKING:
    from remedies.checking.person import Pregnancy
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
        raise answer_error(f"That is too long; at most {LONGEST_WORD} characters are read.")
    if not _parts(words):
        raise answer_error("Please answer; ? means that you don't know.")
    if says_unknown(words):
        return Reply(patient=patient, unknown=prompt.facts)
    match prompt.kind:
        case "age":
            again = patient.age is not None or patient.born is not None
            changed = _with(patient, vocabulary, **{"age": None, "born": None, **_age(words)})
            return Reply(patient=changed, unknown=_said_twice(prompt, again=again))
        case "weeks":
            changed = _with(patient, vocabulary, pregnancy=_time(words, patient.pregnancy))
            again = isinstance(patient.pregnancy, Gestation) or changed.pregnancy == patient.pregnancy
            return Reply(patient=changed, unknown=_said_twice(prompt, again=again))
        case "pregnancy":
            return _motherhood_answer(prompt, words, patient, vocabulary)
        case "list":
            return _list_answer(prompt, words, patient, vocabulary)


def _said_twice(prompt: Prompt, *, again: bool) -> tuple[str, ...]:
    """Name what is not asked a third time, since whoever was asked again has said it as exactly as they can."""
    return prompt.facts if again else ()


def _with(patient: Patient, vocabulary: Vocabulary, **changes: object) -> Patient:
    try:
        return read_patient({**dict(patient), **changes}, vocabulary)
    except PatientError as error:
        raise AnswerError([Fault((), fault.message, fault.kind) for fault in error.faults]) from None


def _age(words: str) -> dict[str, object]:
    age = read_age(words)
    if re.fullmatch(r"[0-9]{4}.*|.*[0-9]{4}(?: *г.*)?", words.strip()) and read_born(words):
        return {"born": words}
    return {"age": words if age is None else age}


def _time(words: str, before: Pregnancy | None) -> object:
    """Read how far a pregnancy has gone; after weeks alone, a number is the days that are missing.

    Raises:
        AnswerError: it cannot be read, or contradicts what was said.
    """
    plain = words.strip()
    if isinstance(before, Gestation) and before.days is None:
        said = plural(before.weeks, "week")
        if plain.isdecimal() and int(plain) <= 6:
            return {"weeks": before.weeks, "days": int(plain)}
        if plain.isdecimal() and int(plain) != before.weeks:
            raise answer_error(f"{said} and how many days? 0 to 6; ? if you don't know.")
        days = re.fullmatch(r"([0-6]) *(?:d|days?|д|дн|дн\.|день|дня|дней)", plain.casefold())
        if days:
            return {"weeks": before.weeks, "days": int(days[1])}
        again = read_weeks(words)
        if again is None or again["weeks"] != before.weeks:
            raise answer_error(f"That differs from {said}. How many days more? 0 to 6; ? if you don't know.")
    found = read_weeks(words) or read_pregnancy(words) or read_term(words)
    if found is None or isinstance(found, str):
        raise answer_error(
            f"Please give weeks, 0 to {LONGEST_PREGNANCY_WEEKS}, such as 27 or 27+3{decimal_weeks(words)}."
        )
    return found


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
            raise answer_error(f"{quoted(words)} is not clear; 0 means none of these, a lone ? that you don't know.")
        tokens = part.split()
        if all(token.isdecimal() for token in tokens):
            numbers |= {_number(token, count) for token in tokens}
        elif tokens[0].rstrip(".)").isdecimal() and int(tokens[0].rstrip(".)")) <= count:
            # “1 eczema” may be the first line and eczema, or an eczema of the first degree.
            raise answer_error(f"{quoted(part)} is not clear; put a comma between numbers of the list and words.")
        else:
            rest.append(part)
    return _Chosen(numbers, rest, unsure="?" in parts)


def _number(token: str, count: int) -> int:
    if not 1 <= int(token) <= count:
        raise answer_error(
            f"There is no {token} here; choose from 1 to {count}, 0 for none of these, ? if you don't know."
        )
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
    raise answer_error(f"Please answer with numbers from 1 to {len(asked)}, 0 for neither, ? if you don't know.")


def _list_answer(prompt: Prompt, words: str, patient: Patient, vocabulary: Vocabulary) -> Reply:
    topic: Topic = next(name for name in TOPICS if name == prompt.topic)
    asked = [choice.fact for choice in prompt.choices]
    found = _chosen(words, len(asked))
    told = Told(topic, [asked[number] for number in sorted(found.numbers)])
    for word in found.words:
        if len(asked) == 1 and says_yes(word):
            told.yes(topic).append(asked[0])
        else:
            tell(word, told, vocabulary)
    said = told.said.pop(topic)
    changes = subjects_told(told, patient)
    for place, answers in told.said.items():
        changes[place] = _added(patient.answers(place), answers)
    if (told.said or told.elsewhere) and not (said.yes or said.no or said.other or told.unknown):
        # What was typed belongs elsewhere and is kept there; this list is still to be answered.
        return Reply(patient=_with(patient, vocabulary, **changes), unknown=())
    facts = [fact for fact in (*said.yes, *said.no, *told.unknown, *told.prompted) if fact in vocabulary]
    rest = _apart(asked, facts, vocabulary)
    unknown = tuple(told.unknown)
    if told.denials and not (said.yes or said.other or unknown):
        # “No asthma” says nothing of the rest of the list, which is still to be answered.
        rest = ()
    if found.unsure:
        rest, unknown = (), (*unknown, *rest)
    said.no.extend(rest)
    changes[topic] = _added(patient.answers(topic), said)
    return Reply(patient=_with(patient, vocabulary, **changes), unknown=unknown)


def _apart(asked: list[str], said: list[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """List what was asked and is neither one of some facts nor a kind of one, nor the other way round."""
    near = 0
    for fact in said:
        number = vocabulary.number[fact]
        near |= vocabulary.up[number] | vocabulary.down[number]
    return tuple(fact for fact in asked if not near >> vocabulary.number[fact] & 1)


def _added(before: Answers, more: Listed) -> Answers:
    """Add to what was said within a topic; nothing that was said is lost."""
    return Answers(
        yes=tuple(dict.fromkeys((*before.yes, *more.yes))),
        no=tuple(dict.fromkeys((*before.no, *more.no))),
        other=tuple(dict.fromkeys((*before.other, *more.other))),
        rest=before.rest,
    )
