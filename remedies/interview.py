"""From a report to the next thing worth asking, and from an answer back to the patient."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from remedies.base import Frozen
from remedies.catalogue import Catalogue
from remedies.errors import PatientError, quoted
from remedies.facts import TOPICS, Topic, UnknownWordError, Vocabulary, normal
from remedies.patient import Answers, Patient
from remedies.spoken import read_age, read_weeks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.documents import Json
    from remedies.report import Report

LONGEST_ANSWER = 200
"""The longest answer that is read, in characters."""

NONE = frozenset({"0", "no", "none", "none of these", "neither", "нет", "ничего", "никакие"})
"""Answers that say that nothing on the list is so."""

DONT_KNOW = frozenset({"?", "dont know", "don t know", "i don t know", "idk", "не знаю", "хз"})
"""Answers that leave everything on the list unknown."""

Kind = Literal["list", "age", "pregnancy", "weeks"]


class Choice(Frozen):
    """One line of a numbered list."""

    fact: str
    label: str


class Prompt(Frozen):
    """One thing to ask: a list of facts to choose from, an age, or weeks of pregnancy."""

    kind: Kind
    topic: str
    text: str
    choices: tuple[Choice, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that an answer settles."""
        return tuple(choice.fact for choice in self.choices) or (self.topic,)


class AnswerError(ValueError):
    """An answer cannot be read; the message says how to answer."""


def next_questions(
    report: Report, vocabulary: Vocabulary | None = None, unknown: Iterable[str] = ()
) -> tuple[Prompt, ...]:
    """Return what is still worth asking, in order; the first is the next to ask.

    Nothing is asked once a warning sign needs a doctor now, and nothing that cannot change a verdict.

    Args:
        report: a check of the patient as known so far.
        vocabulary: the facts of the same catalogue; those of the shipped one unless given.
        unknown: facts that were asked and answered with "I don't know"; not asked again.
    """
    if any(sign.urgency == "now" for sign in report.refer):
        return ()
    return tuple(_prompts(report, vocabulary or Catalogue.shipped().vocabulary, set(unknown)))


def _prompts(report: Report, vocabulary: Vocabulary, skip: set[str]) -> Iterator[Prompt]:
    motherhood = False
    for question in report.questions:
        facts = [fact for fact in question.facts if fact not in skip]
        if not facts:
            continue
        match question.topic:
            case "age":
                yield Prompt(kind="age", topic="age", text=question.text)
            case "pregnancy" | "breastfeeding":
                if motherhood:
                    continue
                motherhood = True
                yield from _motherhood(report, skip)
            case _:
                # A finer fact waits until the wider one beside it has been answered with yes.
                wide = [
                    fact for fact in facts if not any(vocabulary.is_a(fact, other) for other in facts if other != fact)
                ]
                choices = tuple(Choice(fact=fact, label=vocabulary[fact].label) for fact in wide)
                yield Prompt(kind="list", topic=question.topic, text=question.text, choices=choices)


_MOTHERHOOD = {"pregnancy": "pregnant", "possible": "might be pregnant", "breastfeeding": "breastfeeding"}


def _motherhood(report: Report, skip: set[str]) -> Iterator[Prompt]:
    """Ask about pregnancy and breastfeeding at once, or about the week where that is left."""
    open_ = [question.topic for question in report.questions if question.topic not in skip]
    values = {
        value.value
        for entry in report.verdicts
        for reason in entry.reasons
        for value in reason.facts
        if value.fact == "pregnancy"
    }
    said = values & {"yes", "trimester 1", "trimester 2", "trimester 3"} or {v for v in values if v.startswith("week ")}
    if "pregnancy" in open_ and (said or "possible" in values):
        if said:
            yield Prompt(
                kind="weeks", topic="pregnancy", text="How many weeks of pregnancy, and days? (for example 27+3)"
            )
        open_.remove("pregnancy")
    names = [
        name
        for name in ("pregnancy", "possible", "breastfeeding")
        if name in open_ or (name == "possible" and "pregnancy" in open_)
    ]
    if names:
        text = "Is the person pregnant or breastfeeding?" if len(names) > 1 else "Is the person breastfeeding?"
        yield Prompt(
            kind="pregnancy",
            topic="pregnancy",
            text=text,
            choices=tuple(Choice(fact=name, label=_MOTHERHOOD[name]) for name in names),
        )


class Reply(Frozen):
    """The patient after an answer, and the facts that stay unknown because the person does not know."""

    patient: Patient
    unknown: tuple[str, ...]


def answer(prompt: Prompt, words: str, patient: Patient, vocabulary: Vocabulary) -> Reply:
    """Read an answer to a prompt.

    Args:
        prompt: what was asked.
        words: numbers of choices, words in English or Russian, "0" for none, "?" for don't know.
        patient: the patient so far.
        vocabulary: the facts of the catalogue.

    Raises:
        AnswerError: the answer cannot be read.
    """
    if len(words) > LONGEST_ANSWER:
        msg = f"That is too long; at most {LONGEST_ANSWER} characters are read."
        raise AnswerError(msg)
    if not words.strip():
        msg = "Please answer; ? means that you don't know."
        raise AnswerError(msg)
    if words.strip() == "?" or normal(words) in DONT_KNOW:
        return Reply(patient=patient, unknown=prompt.facts)
    match prompt.kind:
        case "age":
            return Reply(patient=_with(patient, vocabulary, **_age(words)), unknown=())
        case "weeks":
            return Reply(patient=_with(patient, vocabulary, pregnancy=_weeks(words)), unknown=())
        case "pregnancy":
            return _motherhood_answer(prompt, words, patient, vocabulary)
        case "list":
            return _list_answer(prompt, words, patient, vocabulary)


def _with(patient: Patient, vocabulary: Vocabulary, **changes: object) -> Patient:
    document = patient.model_dump(exclude_none=True) | changes
    try:
        return Patient.model_validate(document, context={"vocabulary": vocabulary})
    except PatientError as error:
        raise AnswerError("; ".join(fault.message for fault in error.faults)) from None


def _age(words: str) -> dict[str, object]:
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", words.strip()):
        return {"born": words.strip()}
    return {"age": read_age(words)}


def _weeks(words: str) -> dict[str, Json]:
    weeks = read_weeks(words)
    if weeks is None:
        msg = "Please give weeks, such as 27 or 27+3."
        raise AnswerError(msg)
    return weeks


def _parts(words: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;]", words) if part.strip()]


def _numbers(words: str, count: int) -> tuple[set[int], list[str]]:
    """Split an answer into numbers of the list (from 0) and words."""
    numbers: set[int] = set()
    rest: list[str] = []
    for part in _parts(words):
        tokens = part.split()
        if all(token.isdecimal() for token in tokens):
            for token in tokens:
                if not 1 <= int(token) <= count:
                    msg = (
                        f"There is no {token} here; choose from 1 to {count}, 0 for none of these, ? if you don't know."
                    )
                    raise AnswerError(msg)
                numbers.add(int(token) - 1)
        else:
            rest.append(part)
    return numbers, rest


def _motherhood_answer(prompt: Prompt, words: str, patient: Patient, vocabulary: Vocabulary) -> Reply:
    asked = [choice.fact for choice in prompt.choices]
    chosen: set[str] = set()
    if normal(words) not in NONE and words.strip() != "0":
        numbers, rest = _numbers(words, len(asked))
        if rest:
            msg = f"Please answer with numbers from 1 to {len(asked)}, 0 for neither, ? if you don't know."
            raise AnswerError(msg)
        chosen = {asked[number] for number in numbers}
    changes: dict[str, object] = {}
    if "pregnancy" in asked:
        changes["pregnancy"] = "yes" if "pregnancy" in chosen else "possible" if "possible" in chosen else "no"
    if "breastfeeding" in asked:
        changes["breastfeeding"] = "breastfeeding" in chosen
    unknown = ("pregnancy",) if changes.get("pregnancy") == "possible" else ()
    return Reply(patient=_with(patient, vocabulary, **changes), unknown=unknown)


def _list_answer(prompt: Prompt, words: str, patient: Patient, vocabulary: Vocabulary) -> Reply:
    topic: Topic = next(name for name in TOPICS if name == prompt.topic)
    asked = [choice.fact for choice in prompt.choices]
    unsure = False
    said: list[str] = []
    if normal(words) not in NONE and words.strip() != "0":
        known = [part for part in _parts(words) if part != "?"]
        unsure = len(known) < len(_parts(words))
        numbers, rest = _numbers(",".join(known), len(asked))
        said = [asked[number] for number in sorted(numbers)]
        for word in rest:
            if normal(word) in {"yes", "да", "y", "д"} and len(asked) == 1:
                said.append(asked[0])
                continue
            try:
                meaning = vocabulary.resolve(topic, word)
            except UnknownWordError:
                msg = f"{quoted(word)} is not known here; choose numbers, 0 for none, ? if you don't know."
                raise AnswerError(msg) from None
            said += [fact for fact in meaning.proves if fact not in said]
    near = 0
    for fact in said:
        number = vocabulary.number[fact]
        near |= vocabulary.up[number] | vocabulary.down[number]
    free = [fact for fact in asked if not near >> vocabulary.number[fact] & 1]
    before = patient.answers(topic)
    answers = Answers(
        yes=tuple(dict.fromkeys((*before.yes, *said))),
        no=before.no if unsure else tuple(dict.fromkeys((*before.no, *free))),
        rest=before.rest,
    )
    return Reply(patient=_with(patient, vocabulary, **{topic: answers}), unknown=tuple(free) if unsure else ())
