"""A report on one screen: who, what was understood, one line per verdict, the next questions, where to read why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from remedies.advice.pairs import combine, in_use
from remedies.checking.remarks import not_understood, referral_line, repeats, with_cure
from remedies.checking.sentence import read_sentence
from remedies.core.words import plural
from remedies.knowledge.topics import TOPICS, VERDICTS, WORDINGS
from remedies.pages.layout import NARROW, capital, plain
from remedies.pages.lines import Line, laid_out
from remedies.pages.understood import unclear, understood

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from remedies.checking.asking_back import AskedBack
    from remedies.checking.report import Question, RemedyVerdict, Report
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.topics import Subject, Verdict
    from remedies.knowledge.vocabulary import Vocabulary
    from remedies.pages.layout import Mood

SCREEN_ROWS = 23
"""The rows of a screen beside the one for the prompt; what would not fit has no empty lines."""

MOST_QUESTIONS = 3
"""How many questions are shown, those first that settle most; fewer where more else is to be said."""

_FEW_FACTS = 2
"""How many facts a question names before it says how many more there are."""

_FEW_REMEDIES = 3
"""Up to so many remedies that were named are shown with the first of their reasons."""


class Heading(NamedTuple):
    """What stands over the remedies with a verdict."""

    title: str
    mood: str
    """A colour by name."""


HEADINGS: dict[Verdict, Heading] = {
    "allowed": Heading("May be used, no listed reason against it", "green"),
    "ask-pharmacist": Heading("Ask a pharmacist first", "yellow"),
    "ask-doctor": Heading("Ask a doctor first", "yellow"),
    "undecided": Heading("Cannot be said yet", "yellow"),
    "excluded": Heading("Must not be used", "red"),
}
"""What each verdict is called over a list of remedies."""


def summary(
    report: Report,
    catalogue: Catalogue,
    asked_back: Iterable[AskedBack] = (),
    *,
    style: Callable[[str, Mood], str] = plain,
    width: int = 80,
) -> str:
    """Write a report so that it fits one screen, without cutting anything that it says.

    Args:
        report: what was found.
        catalogue: the one that it rests on.
        asked_back: phrases that are to be said more clearly, as ``read_sentence`` gives them.
        style: colours a heading.
        width: columns of the screen.
    """
    asked_back = tuple(asked_back)
    most, between = MOST_QUESTIONS - len(asked_back) - len(notes(report)), "\n\n"
    if width < NARROW:
        most, between = 1, "\n"
    blocks: list[Iterable[Line]] = [
        _referral(report),
        (
            *understood(report, catalogue.vocabulary, {one.words for one in asked_back}),
            *unclear(report, asked_back, catalogue),
        ),
    ]
    if not report.urgent:
        blocks.append((*_verdicts(report), *_pairs(report, catalogue)))
    if not report.refer:
        blocks.append(_questions(report, catalogue, max(most, 1)))
    blocks.append(_ending(report))
    lines = [[row for line in block for row in laid_out(line, width, style)] for block in blocks]
    if sum(map(len, lines)) + len(lines) - 1 > SCREEN_ROWS:
        between = "\n"
    return between.join("\n".join(block) for block in lines if block)


def _referral(report: Report) -> Iterator[Line]:
    if report.refer:
        yield Line(referral_line(report), mood="red")
        for sign in report.refer:
            yield Line(f"{capital(sign.label)}:", sign.because)


# Verdicts ---------------------------------------------------------------------------------------------


def _verdicts(report: Report) -> Iterator[Line]:
    named = report.asked.remedies is not None and len(report.verdicts) <= _FEW_REMEDIES
    for verdict in VERDICTS:
        found = report.having(verdict)
        if not found:
            continue
        heading = HEADINGS[verdict]
        if named:
            for entry in found:
                yield Line(f"{entry.name}: {heading.title.lower()}.", _why(entry), heading.mood)
        else:
            names = tuple(entry.short for entry in found)
            yield Line(f"{heading.title} ({len(found)}):", "", heading.mood, names)


def _why(entry: RemedyVerdict) -> str:
    """Give the reasons that decide, the weightiest first."""
    settled = [one for one in entry.reasons if one.holds == "yes" and one.effect == entry.reasons[0].effect]
    shown = [with_cure(one.because, one.cure) for one in settled[:_FEW_REASONS]]
    more = len(settled) - len(shown)
    if more:
        shown.append(f"And {plural(more, 'more reason')}.")
    return " ".join(shown)


_FEW_REASONS = 2
"""How many reasons of a remedy are shown."""


def _pairs(report: Report, catalogue: Catalogue) -> Iterator[Line]:
    """Say of remedies that were named together, or are in use already, that they do not share a skin."""
    named = report.asked.remedies or ()
    for place, one in enumerate(named):
        for other in named[place + 1 :]:
            found = combine(one, other, catalogue)
            yield Line(f"{found.name} with {found.second_name}:", found.short, "red")
    for product in in_use(report, catalogue):
        yield Line(f"In use: {product}.", "One product at a time on one area: keep the others off it.", "yellow")


# Questions --------------------------------------------------------------------------------------------


def _questions(report: Report, catalogue: Catalogue, most: int) -> Iterator[Line]:
    """Ask what settles most, each with the words that answer it."""
    vocabulary = catalogue.vocabulary
    ranked = sorted(report.questions, key=lambda question: -_settles(question, report))
    if ranked:
        left = len(ranked) - most
        more = f" (remedies ask has {left} more)" if left > 0 else ""
        yield Line(f"To settle more, add the answer{more}:")
    for question in ranked[:most]:
        yield Line("-", f"{_asked(question, vocabulary)} {_answers(question, report, catalogue)}")


def _settles(question: Question, report: Report) -> int:
    """Count the remedies that wait for an answer."""
    facts = set(question.facts)
    return sum(not facts.isdisjoint(entry.ask) for entry in report.undecided)


def _asked(question: Question, vocabulary: Vocabulary) -> str:
    if question.topic in {"age", "pregnancy", "breastfeeding"} or len(question.facts) == 1:
        return question.text
    names = [vocabulary[fact].short for fact in question.facts[:_FEW_FACTS]]
    more = len(question.facts) - len(names)
    return f"{WORDINGS[question.topic].title}: {', '.join(names)}{f' or {more} more' if more else ''}?"


_ANSWERS: dict[Subject, tuple[str, str]] = {
    "signs": ("{}", "no {}"),
    "skin": ("{} there", "no {} there"),
    "conditions": ("{}", "no {}"),
    "allergies": ("allergic to {}", "not allergic to {}"),
    "medicines": ("takes {}", "not taking {}"),
    "circumstances": ("{}", "no {}"),
}
"""How to answer a question about one fact with yes and with no."""

_NONE_LEFT: dict[Subject, str] = {
    "signs": "no warning signs",
    "skin": "skin intact",
    "conditions": "no other illnesses",
    "allergies": "no other allergies",
    "medicines": "no other medicines",
    "circumstances": "no other plans",
}
"""How to say that nothing else of a list is so."""


def _answers(question: Question, report: Report, catalogue: Catalogue) -> str:
    """Show the words that answer a question, as they are read again."""
    match question.topic:
        case "age":
            return "Such as “62”, or “born 1990-05-17”."
        case "pregnancy" if report.asked.patient.pregnancy in {None, "possible"}:
            return "“not pregnant” or “20 weeks pregnant”."
        case "pregnancy":
            return "Such as “27 weeks 3 days pregnant”."
        case "breastfeeding":
            return "“breastfeeding” or “not breastfeeding”."
        case topic if len(question.facts) == 1:
            name = _typed(question.facts[0], topic, catalogue)
            return " or ".join(f"“{one.format(name)}”" for one in _ANSWERS[topic]) + "."
        case topic:
            return f"Name them, then “{_NONE_LEFT[topic]}”."


def _typed(fact: str, topic: Subject, catalogue: Catalogue) -> str:
    """Name a fact so that it is read as that fact again: by its label where that works, else by its id."""
    label = re.sub(r"^(?:a|an|the) ", "", catalogue.vocabulary.label(fact).partition(" (")[0])
    wanted, found = (
        [patient.answers(one).yes for one in TOPICS]
        for patient in (read_sentence(_ANSWERS[topic][0].format(name), catalogue).patient for name in (fact, label))
    )
    alone = [[len(words) for words in said] for said in (wanted, found)]
    return label if alone[0] == alone[1] and sum(alone[0]) == 1 else fact


def _ending(report: Report) -> Iterator[Line]:
    """Say where to read more, on what it rests, and that it is no medical advice; a referral is the last line."""
    if report.refer:
        yield Line("More: add --why. There is no plan while a warning sign stands.")
    else:
        yield Line("Reasons: --why, or remedies why NAME. How to use it: remedies plan NAME.")
    for warning in notes(report):
        yield Line("Note:", warning)
    course = report.course
    yield Line(
        f"{plural(course.days, 'day')} from {course.start}; catalogue {report.catalogue.version}, {report.review}."
    )
    yield Line(report.disclaimer)
    if report.refer:
        yield Line(referral_line(report), mood="red")


def notes(report: Report) -> tuple[str, ...]:
    """Return the warnings, but for those about what is said above, as a question or beside the word itself."""
    above = [not_understood(word.word, word.topic, word.suggestions) for word in report.unclear]
    return tuple(one for one in report.warnings if one not in above and not repeats(one))
