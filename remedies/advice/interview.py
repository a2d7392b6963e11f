"""From a report to the next thing worth asking."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from remedies.checking.person import Gestation, Months, Trimester
from remedies.checking.report import Report
from remedies.core.errors import ArgumentError, CatalogueError, Fault, of_type
from remedies.core.model import Frozen, Many
from remedies.core.words import plural
from remedies.knowledge.catalogue import given
from remedies.knowledge.topics import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.checking.patient import Patient
    from remedies.checking.report import Question
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.entry import Entry
    from remedies.knowledge.vocabulary import Vocabulary

Kind = Literal["list", "age", "pregnancy", "weeks"]
"""How a prompt is answered: by choosing from a list, with an age, about pregnancy and breastfeeding, with weeks."""


class Choice(Frozen):
    """One line of a numbered list."""

    fact: str
    """The id of a fact; or pregnancy, possible (a pregnancy that may be), breastfeeding."""
    label: str
    """What it is called."""


class Prompt(Frozen):
    """One thing to ask: a list of facts to choose from, an age, or weeks of pregnancy."""

    kind: Kind
    """How it is answered."""
    topic: Subject
    """What it is about."""
    text: str
    """The question in plain words."""
    choices: Many[Choice] = ()
    """What there is to choose from, where it is a list."""

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that an answer settles."""
        return tuple(choice.fact for choice in self.choices) or (self.topic,)


def next_questions(
    report: Report, catalogue: Catalogue | None = None, unknown: Iterable[str] = ()
) -> tuple[Prompt, ...]:
    """Return what is still worth asking, in order; the first is the next to ask.

    Nothing is asked once a warning sign needs a doctor now, and nothing that cannot change a verdict.

    Args:
        report: a check of the patient as known so far.
        catalogue: the catalogue that the report rests on; the shipped one unless given.
        unknown: facts that were asked and answered with "I don't know"; not asked again.

    Raises:
        ArgumentError: something is of the wrong Python type.
        CatalogueError: the report rests on another catalogue.
    """
    of_type(report, Report, "report", "a Report")
    of_type(unknown, Iterable, "unknown", 'a list of facts, such as ["asthma"]')
    if isinstance(unknown, str):
        raise ArgumentError(Fault(("unknown",), 'must be a list of facts, such as ["asthma"], not a text', "type"))
    catalogue = given(catalogue)
    vocabulary = catalogue.vocabulary
    if catalogue.sha256 != report.catalogue.sha256:
        message = "is not the one that the report rests on; hand in the catalogue that was checked against"
        raise CatalogueError(Fault(("catalogue",), message))
    if report.urgent:
        return ()
    skip = set(unknown)
    skip |= {finer for fact in skip if fact in vocabulary for finer in vocabulary.finer(fact)}
    return tuple(_prompts(report, vocabulary, skip))


def _prompts(report: Report, vocabulary: Vocabulary, skip: set[str]) -> Iterator[Prompt]:
    patient = report.asked.patient
    open_ = {question.topic for question in report.questions if set(question.facts) - skip}
    mothers = [question.topic for question in report.questions if question.topic in {"pregnancy", "breastfeeding"}]
    for question in report.questions:
        if question.topic not in open_:
            continue
        match question.topic:
            case "age":
                yield Prompt(kind="age", topic="age", text=question.text)
            case "pregnancy" | "breastfeeding":
                # Both are asked at once, where the first of them stands.
                if question.topic == next(topic for topic in mothers if topic in open_):
                    yield from _motherhood(patient, open_)
            case _:
                yield _list(question, vocabulary, skip)


def _list(question: Question, vocabulary: Vocabulary, skip: set[str]) -> Prompt:
    """Ask about facts; a finer one waits until the wider one beside it has been answered with yes."""
    facts = [fact for fact in question.facts if fact not in skip]
    wide = [fact for fact in facts if not any(vocabulary.is_a(fact, other) for other in facts if other != fact)]
    choices = tuple(Choice(fact=fact, label=_explained(vocabulary[fact])) for fact in wide)
    return Prompt(kind="list", topic=question.topic, text=question.text, choices=choices)


def _explained(fact: Entry) -> str:
    """Name a fact together with what to think of."""
    return f"{fact.label} (such as {fact.examples})" if fact.examples else fact.label


_CHOICES = {
    "pregnancy": (Choice(fact="pregnancy", label="pregnant"), Choice(fact="possible", label="might be pregnant")),
    "breastfeeding": (Choice(fact="breastfeeding", label="breastfeeding"),),
}
_TEXTS = {
    frozenset({"pregnancy"}): "Is the person pregnant?",
    frozenset({"breastfeeding"}): "Is the person breastfeeding?",
    frozenset({"pregnancy", "breastfeeding"}): "Is the person pregnant or breastfeeding?",
}


def _motherhood(patient: Patient, open_: set[Subject]) -> Iterator[Prompt]:
    """Ask about pregnancy and breastfeeding at once, or about the week where that is left."""
    asked = {name for name in _CHOICES if name in open_}
    if "pregnancy" in asked and patient.pregnancy not in {None, "no"}:
        asked.remove("pregnancy")
        if patient.pregnancy != "possible":
            yield Prompt(kind="weeks", topic="pregnancy", text=_weeks(patient))
    if asked:
        choices = tuple(choice for name, found in _CHOICES.items() if name in asked for choice in found)
        yield Prompt(kind="pregnancy", topic="pregnancy", text=_TEXTS[frozenset(asked)], choices=choices)


def _weeks(patient: Patient) -> str:
    match patient.pregnancy:
        case Gestation(weeks=weeks, days=None):
            return f"{plural(weeks, 'week')} and how many days? 0 to 6"
        case Months() | Trimester():
            return "Exactly how many weeks and days is it? (27+3)"
        case _:
            return "How many weeks of pregnancy, and days? (for example 27+3)"
