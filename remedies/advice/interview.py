"""From a report to the next thing worth asking, and from an answer back to the patient."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from remedies.core.model import Frozen
from remedies.knowledge.catalogue import Catalogue
from remedies.core.errors import PatientError, quoted
from remedies.knowledge.vocabulary import TOPICS, Entry, Topic, UnknownWordError, Vocabulary, normal
from remedies.checking.patient import Answers, Gestation, Patient
from remedies.checking.spoken import read_age, read_weeks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.core.documents import Json
    from remedies.checking.report import Report

LONGEST_ANSWER = 200
"""The longest answer that is read, in characters."""

NONE = frozenset({"0", "no", "none", "none of these", "neither", "нет", "ничего", "никакие"})
"""Answers that say that nothing on the list is so."""

DONT_KNOW = frozenset({"dont know", "don t know", "i don t know", "idk", "не знаю", "хз"})
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
    if report.urgent:
        return ()
    vocabulary = vocabulary or Catalogue.shipped().vocabulary
    skip = {finer for fact in unknown for finer in (fact, *(vocabulary.finer(fact) if fact in vocabulary else ()))}
    return tuple(_prompts(report, vocabulary, skip))


def _prompts(report: Report, vocabulary: Vocabulary, skip: set[str]) -> Iterator[Prompt]:
    motherhood = False
    for question in report.questions:
        facts = [fact for fact in question.facts if fact not in skip]
        if not facts:
            continue
        match question.topic:
            case "age":
                exact = "When exactly was the person born? (for example 2008-05-17)"
                known = _read_values(report, "age") - {"unknown"}
                yield Prompt(kind="age", topic="age", text=exact if known else question.text)
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
                choices = tuple(Choice(fact=fact, label=_explained(vocabulary[fact])) for fact in wide)
                yield Prompt(kind="list", topic=question.topic, text=question.text, choices=choices)


_MOTHERHOOD = {"pregnancy": "pregnant", "possible": "might be pregnant", "breastfeeding": "breastfeeding"}
_ASKED = {"pregnancy": "pregnant", "breastfeeding": "breastfeeding"}
_WEEKS = "How many weeks of pregnancy, and days? (for example 27+3)"
_SAID = {
    "pregnancy": ("pregnant", "pregnancy", "беременна", "беременность"),
    "possible": ("might be pregnant", "possibly", "possible", "maybe", "возможно", "может быть"),
    "breastfeeding": ("breastfeeding", "nursing", "кормлю", "кормлю грудью", "кормит грудью"),
}
_YES = ("yes", "y", "да", "д")


def _explained(fact: Entry) -> str:
    """Name a fact together with the examples that its question gives."""
    examples = re.search(r"\bsuch as ([^?]+)\?$", fact.question)
    return f"{fact.label} (such as {examples[1]})" if examples and "(" not in fact.label else fact.label


def _read_values(report: Report, fact: str) -> set[str]:
    """Collect what the rules of a report read of a fact."""
    reasons = (reason for entry in report.verdicts for reason in entry.reasons)
    return {value.value for reason in reasons for value in reason.facts if value.fact == fact}


def _motherhood(report: Report, skip: set[str]) -> Iterator[Prompt]:
    """Ask about pregnancy and breastfeeding at once, or about the week where that is left."""
    open_ = [question.topic for question in report.questions if question.topic not in skip]
    said = _read_values(report, "pregnancy") - {"unknown", "no"}
    if "pregnancy" in open_ and said:
        if said != {"possible"}:
            exact = any(value.startswith("week ") for value in said)
            text = "Exactly how many weeks and days is it? (27+3)" if exact else _WEEKS
            yield Prompt(kind="weeks", topic="pregnancy", text=text)
        open_.remove("pregnancy")
    names = [
        name for name in ("pregnancy", "possible", "breastfeeding") if name.replace("possible", "pregnancy") in open_
    ]
    if names:
        text = " or ".join(_ASKED[name] for name in ("pregnancy", "breastfeeding") if name in names)
        choices = tuple(Choice(fact=name, label=_MOTHERHOOD[name]) for name in names)
        yield Prompt(kind="pregnancy", topic="pregnancy", text=f"Is the person {text}?", choices=choices)


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
    if not _parts(words):
        msg = "Please answer; ? means that you don't know."
        raise AnswerError(msg)
    if words.strip() == "?" or normal(words) in DONT_KNOW:
        return Reply(patient=patient, unknown=prompt.facts)
    match prompt.kind:
        case "age":
            again = patient.age is not None or patient.born is not None
            changed = _with(patient, vocabulary, **{"age": None, "born": None, **_age(words)})
            return Reply(patient=changed, unknown=("age",) if again else ())
        case "weeks":
            again = isinstance(patient.pregnancy, Gestation)
            changed = _with(patient, vocabulary, pregnancy=_weeks(words))
            return Reply(patient=changed, unknown=("pregnancy",) if again else ())
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
    if normal(words) not in NONE:
        numbers, rest = _numbers(words, len(asked))
        chosen = {asked[number] for number in numbers}
        for word in rest:
            found = next((fact for fact in asked if normal(word) in _SAID[fact]), None)
            if found is None and len(asked) == 1 and normal(word) in _YES:
                found = asked[0]
            if found is None:
                msg = f"Please answer with numbers from 1 to {len(asked)}, 0 for neither, ? if you don't know."
                raise AnswerError(msg)
            chosen.add(found)
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
    elsewhere: dict[Topic, tuple[str, ...]] = {}
    if normal(words) not in NONE:
        known = [part for part in _parts(words) if part != "?"]
        unsure = len(known) < len(_parts(words))
        numbers, rest = _numbers(",".join(known), len(asked))
        said = [asked[number] for number in sorted(numbers)]
        for word in rest:
            if normal(word) in _YES and len(asked) == 1:
                said.append(asked[0])
                continue
            try:
                meaning = vocabulary.resolve(topic, word)
            except UnknownWordError:
                others = [(other, found) for other, found in vocabulary.meanings(word) if found.proves]
                if not others:
                    msg = f"{quoted(word)} is not known here; choose numbers, 0 for none, ? if you don't know."
                    raise AnswerError(msg) from None
                elsewhere[others[0][0]] = (*elsewhere.get(others[0][0], ()), *vocabulary.finest(others[0][1].proves))
                continue
            if not meaning.proves:
                maybe = ", ".join(map(vocabulary.label, meaning.prompts))
                msg = f"{quoted(word)} is only a reason to ask about {maybe}; choose numbers, 0 for none or ?."
                raise AnswerError(msg)
            said += [fact for fact in vocabulary.finest(meaning.proves) if fact not in said]
    near = 0
    for fact in said:
        number = vocabulary.number[fact]
        near |= vocabulary.up[number] | vocabulary.down[number]
    free = [fact for fact in asked if not near >> vocabulary.number[fact] & 1]
    changes: dict[str, object] = {}
    for other, facts in elsewhere.items():
        told = patient.answers(other)
        changes[other] = told.model_copy(update={"yes": tuple(dict.fromkeys((*told.yes, *facts)))})
    if elsewhere and not said:
        # What was typed belongs elsewhere and is kept there; this list is still to be answered.
        return Reply(patient=_with(patient, vocabulary, **changes), unknown=())
    before = patient.answers(topic)
    changes[topic] = Answers(
        yes=tuple(dict.fromkeys((*before.yes, *said))),
        no=before.no if unsure else tuple(dict.fromkeys((*before.no, *free))),
        rest=before.rest,
    )
    return Reply(patient=_with(patient, vocabulary, **changes), unknown=tuple(free) if unsure else ())
