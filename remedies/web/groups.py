"""What the counter answers: verdicts, the remedies that are looked at, pairs, and what to ask next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from remedies.advice.asking import open_subjects
from remedies.advice.pairs import combine, in_use
from remedies.checking.check import check
from remedies.checking.remarks import referral_line, with_cure
from remedies.core.errors import Fault, RemediesError
from remedies.knowledge.topics import TOPICS, VERDICTS, WORDINGS
from remedies.pages.layout import capital
from remedies.pages.outcome import outcome
from remedies.pages.pairs import sections
from remedies.pages.summary import HEADINGS, notes
from remedies.pages.understood import unclear, understood
from remedies.web.chips import Shown, bare, shown
from remedies.web.entered import ALMOST_ALL, Entered, Told, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from remedies.checking.patient import Patient
    from remedies.checking.report import Reason, RemedyVerdict, Report
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.sources import Citation, Source
    from remedies.knowledge.topics import Subject, Topic, Verdict
    from remedies.pages.layout import Section
    from remedies.pages.lines import Line

MOST_QUESTIONS = 3
"""So many questions are shown, one a subject, those first that settle most."""


class Group(NamedTuple):
    """The remedies with one verdict."""

    verdict: Verdict
    title: str
    found: tuple[RemedyVerdict, ...]


class Cited(NamedTuple):
    """Where something stands."""

    source: Source
    section: str


class Why(NamedTuple):
    """A reason and where it stands."""

    text: str
    cited: tuple[Cited, ...]


class Looked(NamedTuple):
    """A remedy that is looked at closely."""

    entry: RemedyVerdict
    title: str
    reasons: tuple[Why, ...]
    """Why it has this verdict."""
    open: tuple[Why, ...]
    """What was not ruled out."""

    @property
    def planned(self) -> bool:
        """Whether there can be a plan."""
        return self.entry.verdict not in {"undecided", "excluded"}


class Question(NamedTuple):
    """Something to ask: about one fact, or about age, pregnancy or breastfeeding."""

    subject: Subject
    title: str
    text: str
    fact: str = ""


class Closing(NamedTuple):
    """A list of which may be said, or was said, that there is nothing else in it."""

    topic: Topic
    title: str
    facts: int
    """How many facts that takes as “no”."""
    closed: bool
    """Whether that was said with its button."""


class Found(NamedTuple):
    """What was found for whoever is described, or what is wrong with the description."""

    entered: Entered
    chips: tuple[Shown, ...]
    faults: tuple[Fault, ...] = ()
    report: Report | None = None
    lines: tuple[Line, ...] = ()
    """Who it is, and what was understood."""
    refer: str = ""
    signs: tuple[Why, ...] = ()
    outcome: str = ""
    groups: tuple[Group, ...] = ()
    looked: tuple[Looked, ...] = ()
    pairs: tuple[tuple[Section, ...], ...] = ()
    """What is said of each two remedies."""
    in_use: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    closings: tuple[Closing, ...] = ()
    closes: int = 0
    """How many facts closing all lists but that of warning signs takes as “no”."""


def found(entered: Entered, catalogue: Catalogue) -> Found:
    """Check whoever was described; nothing is answered where that cannot be read."""
    try:
        said = told(entered, catalogue)
        report = check(said.patient, catalogue)
    except RemediesError as error:
        return Found(entered, tuple(bare(entered.chips)), tuple(error.faults))
    looked = tuple(dict.fromkeys((*entered.opened, *said.remedies)))
    asked = report
    if said.remedies and not report.refer:
        asked = check(said.patient, catalogue, remedies=said.remedies)
    vague = {one.words for one in said.asked_back}
    words = (
        *understood(report, catalogue.vocabulary, vague),
        *unclear(report, said.asked_back, catalogue, aside=""),
    )
    return Found(
        entered,
        tuple(shown(entered.chips, said, report, catalogue)),
        report=report,
        lines=words,
        refer=referral_line(report),
        signs=tuple(
            Why(f"{capital(one.label)}: {one.because}", _cited(one.sources, report.sources)) for one in report.refer
        ),
        outcome=referral_line(report) or outcome(asked),
        groups=tuple(Group(verdict, HEADINGS[verdict].title, report.having(verdict)) for verdict in VERDICTS),
        looked=tuple(_looked(report[remedy], report) for remedy in looked),
        pairs=tuple(_pairs(said.remedies, catalogue)),
        in_use=in_use(report, catalogue),
        notes=notes(report),
        questions=tuple(_questions(asked, catalogue)) or tuple(_questions(report, catalogue)),
        closings=tuple(_closings(entered, said, catalogue)),
        closes=_almost_all(said.patient, catalogue),
    )


def _looked(entry: RemedyVerdict, report: Report) -> Looked:
    """Give the reasons of a remedy, those that decide first."""
    reasons = {
        holds: tuple(_why(reason, report) for reason in entry.reasons if reason.holds == holds)
        for holds in ("yes", "unknown")
    }
    return Looked(entry, HEADINGS[entry.verdict].title, reasons["yes"], reasons["unknown"])


def _why(reason: Reason, report: Report) -> Why:
    return Why(with_cure(reason.because, reason.cure), _cited(reason.sources, report.sources))


def _cited(citations: Sequence[Citation], sources: dict[str, Source]) -> tuple[Cited, ...]:
    return tuple(Cited(sources[one.source], one.section) for one in citations)


def _pairs(remedies: tuple[str, ...], catalogue: Catalogue) -> Iterator[tuple[Section, ...]]:
    """Say of each two remedies whether they go together."""
    for place, one in enumerate(remedies):
        for other in remedies[place + 1 :]:
            yield tuple(sections(combine(one, other, catalogue)))


def _questions(report: Report, catalogue: Catalogue) -> Iterator[Question]:
    """Ask of each subject what settles most remedies; the subject that settles most comes first."""
    waits = {entry.remedy: set(entry.ask) for entry in report.undecided}
    texts = {question.topic: question.text for question in report.questions}
    ranked = []
    for subject, facts in open_subjects(report, catalogue).items():
        settles = {fact: sum(fact in asked for asked in waits.values()) for fact in facts}
        first = max(facts, key=settles.__getitem__)
        ranked.append((settles[first], subject, first))
    ranked.sort(key=lambda one: -one[0])
    for _, subject, fact in ranked[:MOST_QUESTIONS]:
        title = WORDINGS[subject].title
        if fact in catalogue.vocabulary:
            yield Question(subject, title, catalogue.vocabulary[fact].question, fact)
        else:
            yield Question(subject, title, texts[subject])


def _closings(entered: Entered, said: Told, catalogue: Catalogue) -> Iterator[Closing]:
    """Say of every list how many facts closing it takes as “no”; of those that words have closed nothing."""
    for topic in TOPICS:
        by_button = topic in entered.closed
        if by_button or not said.patient.closed(topic):
            facts = _taken_as_no(said.patient, (topic,), catalogue).get(topic, 0)
            if by_button or facts:
                yield Closing(topic, WORDINGS[topic].title, facts, by_button)


def _taken_as_no(patient: Patient, topics: Iterable[Topic], catalogue: Catalogue) -> dict[Topic, int]:
    """Count by topic the facts that are taken as “no” once some topics are closed."""
    closed: dict[str, object] = {topic: patient.answers(topic).model_copy(update={"rest": "no"}) for topic in topics}
    report = check(patient.model_copy(update=closed), catalogue, detail="verdict")
    return {one.topic: one.facts for one in report.closed}


def _almost_all(patient: Patient, catalogue: Catalogue) -> int:
    """Count the facts that are taken as “no” once all lists but that of warning signs are closed, and now are not."""
    after, before = _taken_as_no(patient, ALMOST_ALL, catalogue), _taken_as_no(patient, (), catalogue)
    return sum(after.values()) - sum(before.values())
