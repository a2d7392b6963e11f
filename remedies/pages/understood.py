"""What was understood of a person, in a few lines: who, every word, what was taken as “no”, what is not clear."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remedies.checking.asking_back import denies_or_doubts
from remedies.checking.phrases import CLOSING
from remedies.core.errors import quoted
from remedies.core.words import plural
from remedies.knowledge.topics import TOPICS, WORDINGS
from remedies.pages.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.checking.asking_back import AskedBack
    from remedies.checking.report import Report, Understood
    from remedies.checking.understood import Kind
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.topics import Subject, Topic
    from remedies.knowledge.vocabulary import Vocabulary


def understood(report: Report, vocabulary: Vocabulary, unclear: set[str]) -> Iterator[Line]:
    """Say the person and every word, with what it was taken for; then what was taken as “no”."""
    listed = {kind: _chosen(report, vocabulary, kind) for kind in _CHOSEN}
    many = [word for words in listed.values() for word in words]
    words = dict.fromkeys(
        with_meaning(word, vocabulary)
        for word in report.understood
        if word.kind != "unclear" and word.word not in unclear and word not in many
    )
    yield Line("Understood:", "; ".join((person(report), *words)) + ".")
    mixed_up = tuple(dict.fromkeys(_mixed_up(report, vocabulary)))
    if mixed_up:
        yield Line("Look at the pack:", f"{', '.join(mixed_up)}.", "yellow")
    for kind, title in _CHOSEN.items():
        counts = [(topic, sum(word.topic == topic for word in listed[kind])) for topic in TOPICS]
        if listed[kind]:
            yield Line(title, f"{', '.join(_counted(topic, one) for topic, one in counts if one)}.")
    closed = [one for one in report.closed if one.facts]
    if closed:
        named = ", ".join(_counted(one.topic, one.facts) for one in closed)
        yield Line("Taken as “no”:", f"{named}{_signs(report, vocabulary)}.")


_CHOSEN: dict[Kind, str] = {"denial": "Answered with “no”:", "doubt": "Answered with “I don't know”:"}
"""What was chosen from lists, and is counted where it is much."""

_FEW_CHOSEN = 3
"""Up to so many things that were chosen from a list are named."""


def _chosen(report: Report, vocabulary: Vocabulary, kind: Kind) -> list[Understood]:
    """Return what was chosen from lists in one way, where that is too much to be named."""
    chosen = [word for word in report.understood if word.kind == kind and word.word in vocabulary]
    return chosen[_FEW_CHOSEN:] and chosen


def _counted(topic: Topic, facts: int) -> str:
    return plural(facts, WORDINGS[topic].noun, WORDINGS[topic].nouns)


def _mixed_up(report: Report, vocabulary: Vocabulary) -> Iterator[str]:
    """Name medicines with the names that they are easily taken for; beside an illness stands what it was taken for."""
    for word in report.understood:
        others = vocabulary.lexicon.mixed_up_with(word.word)
        if others and word.kind != "other" and word.topic in {"medicines", "allergies"}:
            yield f"{word.word.rstrip('?')}, not {' or '.join(others)}"


def _signs(report: Report, vocabulary: Vocabulary) -> str:
    """Name the warning signs that nobody was asked about."""
    said = {fact for word in report.understood for fact in (*word.means, *word.prompts)}
    signs = [entry.short for entry in vocabulary.entries if entry.topic == "signs" and entry.id not in said]
    closed = any(one.topic == "signs" and one.facts for one in report.closed)
    return f" ({', '.join(signs)})" if closed else ""


def person(report: Report) -> str:
    """Say in a few words who the person is.

    >>> from remedies import Patient, check
    >>> person(check(Patient(age=34, sex="male")))
    'man, 34'
    """
    who, age = report.person, report.person.age
    young = age != "unknown" and ("month" in age or int(age.split()[0].split("-")[0]) < _GROWN_UP)
    names = {"female": ("woman", "girl"), "male": ("man", "boy"), "unknown": ("sex not said", "sex not said")}
    said = [names[who.sex][young], "age not said" if age == "unknown" else age]
    if who.sex != "male":
        said += _mother(report)
    return ", ".join(said)


_GROWN_UP = 18
"""From this age on somebody is called a woman or a man, in years."""


def _mother(report: Report) -> Iterator[str]:
    """Say what is known of pregnancy and breastfeeding, unless the age settles it."""
    assumed = {one.fact for one in report.assumed}
    pregnant = {"no": "not pregnant", "yes": "pregnant", "possible": "perhaps pregnant", "unknown": ""}
    if "pregnancy" not in assumed:
        yield from filter(None, (pregnant.get(report.person.pregnancy, f"pregnant ({report.person.pregnancy})"),))
    if "breastfeeding" not in assumed and report.person.breastfeeding != "unknown":
        yield {"yes": "breastfeeding", "no": "not breastfeeding"}[report.person.breastfeeding]


def with_meaning(word: Understood, vocabulary: Vocabulary) -> str:
    """Write a word with what it was taken for, where that is another name."""
    labels = ", ".join(vocabulary.label(fact).partition(" (")[0] for fact in (word.means or word.prompts))
    # An id with hyphens is nobody's word, and what it is called says the same.
    name = labels if word.word in vocabulary and "-" in word.word and labels else word.word
    match word.kind:
        case "known":
            return f"{name} (no rule looks at it)"
        case "family":
            return f"{name} (of the family only)"
        case "doubt":
            return f"{name} (in doubt, so asked)"
        case "other":
            return f"{name} (set aside)"
        case "denial":
            return f"no {name}" if word.means and not denies_or_doubts(word.word) else name
        case _ if labels and labels.casefold() != name.casefold():
            return f"{name} ({labels})"
        case _:
            return name


SET_ASIDE = " To set it aside: --other {}."
"""How a word is set aside on the command line."""


def unclear(
    report: Report, asked_back: tuple[AskedBack, ...], catalogue: Catalogue, aside: str = SET_ASIDE
) -> Iterator[Line]:
    """Say what was not understood, and what would make it clear; ``aside`` says how it is set aside."""
    said = {one.words for one in asked_back if one.why != "unclear"}
    for one in asked_back:
        yield from asking_back(one, catalogue)
    hints: dict[str, dict[str, None]] = {}
    for word in report.unclear:
        if word.word not in said:
            hints.setdefault(word.word, {}).update(dict.fromkeys(word.suggestions))
    for name, near in hints.items():
        meant = f" Did you mean {' or '.join(list(near)[:3])}?" if near else ""
        yield Line(
            f"Not understood: {quoted(name)}.",
            f"It rules nothing out.{meant}{aside.format(quoted(name))}",
            "yellow",
        )


def asking_back(one: AskedBack, catalogue: Catalogue) -> Iterator[Line]:
    """Say how a phrase is to be said more clearly; nothing of one that is not understood."""
    name = one.words.rstrip("?")
    match one.why:
        case "things":
            said = [f"“{way}”" for way in ways(one)]
            said += [quoted(f"{catalogue.rulebook.remedy(one.remedy).name}")] if one.remedy else []
            yield Line(f"Not clear: {quoted(name)}.", f"Say {' or '.join(said)}.", "yellow")
        case "scope":
            how = "Put commas between what is so, what is not, and what others have."
            yield Line(f"Not clear: {quoted(name)}.", how, "yellow")
        case "list":
            how = "Say “nothing else”, or of what: “no illnesses”, “no medicines”."
            yield Line(f"Not clear: {quoted(name)}.", how, "yellow")
        case "number":
            how = f"Say “{ways(one)[0]}”, or what the number is of."
            yield Line(f"Not clear: {quoted(name)}.", how, "yellow")
        case "weeks":
            yield Line(f"Not clear: {quoted(name)}.", f"Say “{name} pregnant”, or what has lasted so long.", "yellow")
        case "unclear":
            return


def _number(words: str) -> str:
    """Return the number that may be an age."""
    return next(iter(re.findall(r"\d+", words)), "62")


def ways(one: AskedBack) -> tuple[str, ...]:
    """Return the phrases that say more clearly what was asked back; none where only the person knows them."""
    name = one.words.rstrip("?")
    match one.why:
        case "things":
            return tuple(way.format(name) for topic, way in _WAYS.items() if topic in one.topics)
        case "number":
            return (f"aged {_number(name)}",)
        case "weeks":
            return (f"{name} pregnant",)
        case "list":
            return tuple(said[0] for said in CLOSING.values())
        case "scope" | "unclear":
            return ()


_WAYS: dict[Subject, str] = {"medicines": "takes {}", "allergies": "allergic to {}"}
"""How to say to which list a name belongs."""
