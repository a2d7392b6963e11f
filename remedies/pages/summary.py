"""A report on one screen: who, what was understood, one line per verdict, the next questions, where to read why."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from remedies.advice.pairs import combine, in_use
from remedies.checking.remarks import not_understood, repeats, with_cure
from remedies.checking.sentence import read_sentence
from remedies.core.errors import printable, quoted
from remedies.core.words import plural
from remedies.knowledge.topics import TOPICS, VERDICTS, WORDINGS
from remedies.pages.layout import NARROW, capital, plain
from remedies.pages.report import referral_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from remedies.checking.asking_back import AskedBack
    from remedies.checking.report import Question, RemedyVerdict, Report, Understood
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.topics import Subject, Verdict
    from remedies.knowledge.vocabulary import Vocabulary
    from remedies.pages.layout import Mood

MOST_QUESTIONS = 3
"""How many questions are shown, those first that settle most; fewer where more else is to be said."""

_FEW_FACTS = 2
"""How many facts a question names before it says how many more there are."""

_FEW_REMEDIES = 3
"""Up to so many remedies that were named are shown with the first of their reasons."""


class Line(NamedTuple):
    """A line of a summary: a head in colour, and what stands behind it."""

    head: str
    text: str = ""
    mood: Mood = None
    names: tuple[str, ...] = ()
    """Names that stand behind all that; none of them is broken."""


class _Heading(NamedTuple):
    title: str
    mood: str


_HEADINGS: dict[Verdict, _Heading] = {
    "allowed": _Heading("May be used, no listed reason against it", "green"),
    "ask-pharmacist": _Heading("Ask a pharmacist first", "yellow"),
    "ask-doctor": _Heading("Ask a doctor first", "yellow"),
    "undecided": _Heading("Cannot be said yet", "yellow"),
    "excluded": _Heading("Must not be used", "red"),
}


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
    most = 1 if width < NARROW else MOST_QUESTIONS - len(asked_back) - len(_warnings(report))
    blocks = [
        tuple(_referral(report)),
        (
            *_understood(report, catalogue.vocabulary, {one.words for one in asked_back}),
            *_unclear(report, asked_back, catalogue),
        ),
        () if report.urgent else (*_verdicts(report), *_pairs(report, catalogue)),
        () if report.refer else tuple(_questions(report, catalogue, max(most, 1))),
        tuple(_ending(report)),
    ]
    lines = [[row for line in block for row in _laid_out(line, width, style)] for block in blocks if block]
    between = "\n" if width < NARROW else "\n\n"
    return between.join("\n".join(block) for block in lines)


def _laid_out(line: Line, width: int, style: Callable[[str, Mood], str]) -> list[str]:
    """Break a line where words part; a name in it is never broken."""
    names = ", ".join(printable(name).replace(" ", _TIED) for name in line.names)
    text = f"{printable(f'{line.head} {line.text}'.strip())} {names}".strip()
    rows = textwrap.wrap(text, width, subsequent_indent="  ", break_on_hyphens=False)
    rows = [row.replace(_TIED, " ") for row in rows]
    head = printable(line.head)
    if line.mood is None or not rows:
        return rows
    if rows[0].startswith(head):
        return [style(head, line.mood) + rows[0][len(head) :], *rows[1:]]
    return [style(row, line.mood) for row in rows]


_TIED = "\u00a0"
"""Stands for a space at which no line may be broken."""


def _referral(report: Report) -> Iterator[Line]:
    if report.refer:
        yield Line(referral_line(report), mood="red")
        for sign in report.refer:
            yield Line(f"{capital(sign.label)}:", sign.because)


# Who, and what was understood -------------------------------------------------------------------------


def _understood(report: Report, vocabulary: Vocabulary, unclear: set[str]) -> Iterator[Line]:
    """Say the person and every word, with what it was taken for; then what was taken as “no”."""
    words = dict.fromkeys(
        _word(word, vocabulary) for word in report.understood if word.kind != "unclear" and word.word not in unclear
    )
    yield Line("Understood:", "; ".join((person(report), *words)) + ".")
    mixed_up = tuple(_mixed_up(report, vocabulary))
    if mixed_up:
        yield Line("Look at the pack:", f"{', '.join(mixed_up)}.", "yellow")
    closed = [one for one in report.closed if one.facts]
    if closed:
        counts = [plural(one.facts, WORDINGS[one.topic].noun, WORDINGS[one.topic].nouns) for one in closed]
        yield Line("Taken as “no”:", f"{', '.join(counts)}{_signs(report, vocabulary)}.")


def _mixed_up(report: Report, vocabulary: Vocabulary) -> Iterator[str]:
    """Name medicines with the names that they are easily taken for; beside an illness stands what it was taken for."""
    for word in report.understood:
        others = vocabulary.lexicon.mixed_up_with(word.word)
        if others and word.kind != "other" and word.topic in {"medicines", "allergies"}:
            yield f"{word.word}, not {' or '.join(others)}"


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


def _word(word: Understood, vocabulary: Vocabulary) -> str:
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
        case _ if labels and labels.casefold() != name.casefold() and word.kind != "denial":
            return f"{name} ({labels})"
        case _:
            return name


def _unclear(report: Report, asked_back: tuple[AskedBack, ...], catalogue: Catalogue) -> Iterator[Line]:
    """Say what was not understood, and what would make it clear."""
    said = {one.words for one in asked_back if one.why != "unclear"}
    for one in asked_back:
        yield from _asking_back(one, catalogue)
    hints: dict[str, dict[str, None]] = {}
    for word in report.unclear:
        if word.word not in said:
            hints.setdefault(word.word, {}).update(dict.fromkeys(word.suggestions))
    for name, near in hints.items():
        meant = f" Did you mean {' or '.join(list(near)[:3])}?" if near else ""
        yield Line(
            f"Not understood: {quoted(name)}.",
            f"It rules nothing out.{meant} To set it aside: --other {quoted(name)}.",
            "yellow",
        )


def _asking_back(one: AskedBack, catalogue: Catalogue) -> Iterator[Line]:
    name = one.words.rstrip("?")
    match one.why:
        case "things":
            ways = [_WAYS[topic].format(name) for topic in one.topics if topic in _WAYS]
            ways += [quoted(f"{catalogue.rulebook.remedy(one.remedy).name}")] if one.remedy else []
            yield Line(f"Not clear: {quoted(name)}.", f"Say {' or '.join(ways)}.", "yellow")
        case "scope":
            yield Line(f"Not clear: {quoted(name)}.", "Put a comma between what is so and what is not.", "yellow")
        case "list":
            how = "Say “nothing else”, or of what: “no illnesses”, “no medicines”."
            yield Line(f"Not clear: {quoted(name)}.", how, "yellow")
        case "number":
            yield Line(
                f"The age may be in {quoted(name)}.", "If so, say “aged 62”, or put a comma before it.", "yellow"
            )
        case "weeks":
            yield Line(f"Not clear: {quoted(name)}.", f"Say “{name} pregnant”, or what has lasted so long.", "yellow")
        case "unclear":
            return


_WAYS: dict[Subject, str] = {"medicines": "“takes {}”", "allergies": "“allergic to {}”"}
"""How to say to which list a name belongs."""

# Verdicts ---------------------------------------------------------------------------------------------


def _verdicts(report: Report) -> Iterator[Line]:
    named = report.asked.remedies is not None and len(report.verdicts) <= _FEW_REMEDIES
    for verdict in VERDICTS:
        found = report.having(verdict)
        if not found:
            continue
        heading = _HEADINGS[verdict]
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
    return " ".join((*shown, *([f"And {plural(more, 'more reason')}."] if more else [])))


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
    label = catalogue.vocabulary.label(fact).partition(" (")[0]
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
    for warning in _warnings(report):
        yield Line("Note:", warning)
    course = report.course
    yield Line(
        f"{plural(course.days, 'day')} from {course.start}; catalogue {report.catalogue.version}, {report.review}."
    )
    yield Line(report.disclaimer)
    if report.refer:
        yield Line(referral_line(report), mood="red")


def _warnings(report: Report) -> tuple[str, ...]:
    """Return the warnings, but for those about what is said above, as a question or beside the word itself."""
    above = [not_understood(word.word, word.topic, word.suggestions) for word in report.unclear]
    return tuple(one for one in report.warnings if one not in above and not repeats(one))
