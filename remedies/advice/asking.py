"""From a report to the next thing worth asking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from remedies.checking.known import known_of
from remedies.checking.moments import lapsed_of
from remedies.checking.person import Gestation, Months, Trimester
from remedies.checking.report import Report
from remedies.core.errors import CatalogueError, Fault, of_type, texts
from remedies.core.model import Frozen, Many
from remedies.core.words import plural
from remedies.knowledge.catalogue import given
from remedies.knowledge.topics import WORDINGS, Subject, Urgency

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from remedies.checking.patient import Patient
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.entry import Entry
    from remedies.knowledge.rulebook import Rulebook
    from remedies.knowledge.vocabulary import Vocabulary

Kind = Literal["list", "age", "pregnancy", "weeks"]
"""How a prompt is answered: by choosing from a list, with an age, about pregnancy and breastfeeding, with weeks."""


class Choice(Frozen):
    """One line of a numbered list."""

    fact: str
    """The id of a fact; or pregnancy, possible (a pregnancy that may be), breastfeeding."""
    label: str
    """What it is called."""
    urgency: Urgency | None = None
    """How soon it needs a doctor, where it is a warning sign."""


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

    Nothing is asked once a warning sign needs a doctor now, nothing that cannot change a verdict, and
    nothing that the patient lists as asked and not known.

    Args:
        report: a check of the patient as known so far.
        catalogue: the catalogue that the report rests on; the shipped one unless given.
        unknown: what else was asked and answered with "I don't know", such as "age"; not asked again.

    Raises:
        ArgumentError: something is of the wrong Python type.
        CatalogueError: the report rests on another catalogue.
    """
    facts = texts(unknown, "unknown", 'a list of facts, such as ["asthma"]')
    open_ = open_subjects(report, catalogue, facts)
    return tuple(_prompts(report, given(catalogue).rulebook, open_))


def open_subjects(
    report: Report, catalogue: Catalogue | None = None, unknown: Iterable[str] = ()
) -> dict[Subject, tuple[str, ...]]:
    """Return by subject which facts can still change a verdict and were not asked in vain, most decisive first.

    Raises:
        ArgumentError: something is of the wrong Python type.
        CatalogueError: the report rests on another catalogue.
    """
    of_type(report, Report, "report", "a Report")
    catalogue = given(catalogue)
    vocabulary = catalogue.vocabulary
    if catalogue.sha256 != report.catalogue.sha256:
        message = "is not the one that the report rests on; hand in the catalogue that was checked against"
        raise CatalogueError(Fault(("catalogue",), message))
    if report.urgent:
        return {}
    patient = report.asked.patient
    known = known_of(patient, vocabulary, lapsed_of(patient, report.as_of))
    skip = {*unknown, *vocabulary.ids(known.unsure)}
    skip |= {finer for fact in skip if fact in vocabulary for finer in vocabulary.finer(fact)}
    signs = {sign.fact for sign in catalogue.rulebook.signs}
    found: dict[Subject, tuple[str, ...]] = {}
    for question in report.questions:
        facts = [fact for fact in question.facts if fact not in skip]
        if question.topic != "signs":
            # An illness that is a sign stands with the signs.
            found["signs"] = (*found.get("signs", ()), *(fact for fact in facts if fact in signs))
            facts = [fact for fact in facts if fact not in signs]
        found[question.topic] = (*found.get(question.topic, ()), *facts)
    return {subject: found[subject] for subject in WORDINGS if found.get(subject)}


def _prompts(report: Report, rulebook: Rulebook, open_: dict[Subject, tuple[str, ...]]) -> Iterator[Prompt]:
    texts = {question.topic: question.text for question in report.questions}
    mothers = [subject for subject in open_ if subject in {"pregnancy", "breastfeeding"}]
    for subject, facts in open_.items():
        match subject:
            case "age":
                yield Prompt(kind="age", topic="age", text=texts["age"])
            case "signs":
                yield _signs(facts, rulebook)
            case "pregnancy" | "breastfeeding":
                # Both are asked at once, where the first of them stands.
                if subject == mothers[0]:
                    yield from _motherhood(report.asked.patient, mothers)
            case _:
                yield _list(subject, facts, rulebook.vocabulary)


def _signs(facts: tuple[str, ...], rulebook: Rulebook) -> Prompt:
    """Ask about warning signs, those first that need a doctor now."""
    vocabulary = rulebook.vocabulary
    urgency = {sign.fact: sign.urgency for sign in rulebook.signs}
    order = sorted(facts, key=lambda fact: (urgency.get(fact, "soon"), vocabulary[fact].topic == "conditions"))
    choices = [Choice(fact=fact, label=explained(vocabulary[fact]), urgency=urgency.get(fact)) for fact in order]
    return Prompt(kind="list", topic="signs", text=_asking("signs", order, vocabulary), choices=tuple(choices))


def _list(subject: Subject, facts: tuple[str, ...], vocabulary: Vocabulary) -> Prompt:
    """Ask about facts; a finer one waits until the wider one beside it has been answered with yes."""
    mask = vocabulary.mask(facts)
    numbers = {fact: vocabulary.number[fact] for fact in facts}
    wide = [fact for fact, number in numbers.items() if not vocabulary.up[number] & mask & ~(1 << number)]
    choices = tuple(Choice(fact=fact, label=explained(vocabulary[fact])) for fact in wide)
    return Prompt(kind="list", topic=subject, text=_asking(subject, facts, vocabulary), choices=choices)


def _asking(subject: Subject, facts: Sequence[str], vocabulary: Vocabulary) -> str:
    """Return the question over a list; a single fact is asked about in its own words."""
    return WORDINGS[subject].question if len(facts) > 1 else vocabulary[facts[0]].question


def explained(fact: Entry) -> str:
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


def _motherhood(patient: Patient, open_: Sequence[Subject]) -> Iterator[Prompt]:
    """Ask about pregnancy and breastfeeding at once, or about the week where that is left."""
    asked = {name for name in _CHOICES if name in open_}
    if "pregnancy" in asked and patient.pregnancy not in {None, "no"}:
        asked.remove("pregnancy")
        if patient.pregnancy != "possible":
            yield Prompt(kind="weeks", topic="pregnancy", text=ask_for_weeks(patient))
    if asked:
        choices = tuple(choice for name, found in _CHOICES.items() if name in asked for choice in found)
        yield Prompt(kind="pregnancy", topic="pregnancy", text=_TEXTS[frozenset(asked)], choices=choices)


def ask_for_weeks(patient: Patient) -> str:
    """Ask for what is missing of how far a pregnancy has gone."""
    match patient.pregnancy:
        case Gestation(weeks=weeks, days=None):
            return f"{plural(weeks, 'week')} and how many days? 0 to 6"
        case Months() | Trimester():
            return "Exactly how many weeks and days is it? (27+3)"
        case _:
            return "How many weeks of pregnancy, and days? (for example 27+3)"
