"""Chips as they are shown: what each was taken for, and what would make it clear."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from remedies.checking.patient import Patient
from remedies.checking.sentence import Sentence, read_sentence
from remedies.core.errors import RemediesError
from remedies.knowledge.topics import TOPICS, WORDINGS
from remedies.pages.understood import asking_back, ways, with_meaning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.checking.report import Report, Understood
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.topics import Subject, Topic
    from remedies.web.entered import Chip, Told

MOST_PICKS = 4
"""So many ways to say it more clearly are shown at most."""

_PERSON: dict[str, Subject] = {"age": "age", "born": "age", "pregnancy": "pregnancy", "breastfeeding": "breastfeeding"}


class Pick(NamedTuple):
    """A button that says a chip more clearly."""

    text: str
    said: str
    """The words that take its place."""


class Shown(NamedTuple):
    """A chip as it is shown."""

    place: int
    chip: Chip
    text: str
    """What was said, and what it was taken for."""
    what: str
    """Where it belongs, in a word or two."""
    unclear: bool = False
    """Whether it rules nothing out before it is said more clearly."""
    how: str = ""
    """How to say it more clearly."""
    picks: tuple[Pick, ...] = ()
    aside: bool = False
    """Whether somebody who has looked at it may set it aside."""


def shown(chips: tuple[Chip, ...], said: Told, report: Report, catalogue: Catalogue) -> Iterator[Shown]:
    """Say of every chip what was made of it in a check."""
    found = {(word.topic, word.word): word for word in report.understood}
    for place, chip in enumerate(chips):
        match chip.kind:
            case "yes" | "no" | "unknown":
                topic = catalogue.vocabulary[chip.text].topic
                text = with_meaning(found[topic, chip.text], catalogue.vocabulary)
                yield Shown(place, chip, text, WORDINGS[topic].noun)
            case "aside":
                yield Shown(place, chip, chip.text, "set aside")
            case "word":
                yield _word(Shown(place, chip, chip.text, ""), said, found, catalogue)


def bare(chips: tuple[Chip, ...]) -> Iterator[Shown]:
    """Show chips of which nothing can be said, since what was entered contradicts itself."""
    for place, chip in enumerate(chips):
        yield Shown(place, chip, chip.text, "")


def _word(plain: Shown, said: Told, found: dict[tuple[Topic, str], Understood], catalogue: Catalogue) -> Shown:
    """Say what was made of words that were typed."""
    try:
        sentence = read_sentence(plain.chip.text, catalogue)
    except RemediesError:
        return plain._replace(unclear=True)
    words = [
        found[topic, word] for topic in TOPICS for word in sentence.patient.answers(topic).yes if (topic, word) in found
    ]
    if not words:
        return plain._replace(what=_of_the_person(sentence))
    texts = dict.fromkeys(with_meaning(word, catalogue.vocabulary) for word in words)
    asked = [one for one in said.asked_back if one.words in {word.word for word in words}]
    missed = [word for word in words if word.kind == "unclear"]
    if not asked and not missed:
        topics = dict.fromkeys(WORDINGS[word.topic].noun for word in words)
        return plain._replace(text="; ".join(texts), what=" or ".join(topics))
    how = " ".join(line.text for one in asked for line in asking_back(one, catalogue))
    picks = [Pick(way, way) for one in asked for way in ways(one)]
    remedies = [catalogue.rulebook.remedy(one.remedy).name for one in asked if one.remedy]
    picks += [Pick(name, name) for name in remedies]
    picks += _suggested(missed)
    what = "not understood"
    if how:
        what = "not clear"
    aside = all(one.why != "things" for one in asked)
    shortened = tuple(dict.fromkeys(picks))[:MOST_PICKS]
    return plain._replace(what=what, unclear=True, how=how, picks=shortened, aside=aside)


def _suggested(missed: Iterable[Understood]) -> Iterator[Pick]:
    """Offer what may have been meant, said so that it is read as just that."""
    names: set[str] = set()
    for word in missed:
        for name in word.suggestions:
            if name not in names:
                names.add(name)
                yield Pick(name, f"{word.topic}: {name}")


def _of_the_person(sentence: Sentence) -> str:
    """Say what words are that stand in no list."""
    if sentence.remedies:
        return "remedy"
    patient = sentence.patient
    if patient == Patient(nothing_else=True):
        return "closes every list"
    for name, subject in _PERSON.items():
        if getattr(patient, name) is not None:
            return WORDINGS[subject].noun
    closed = [WORDINGS[topic].title.lower() for topic in TOPICS if patient.answers(topic).rest == "no"]
    if closed:
        return f"closes {', '.join(closed)}"
    return ""
