"""One remedy on one screen: what it is, who must not use it, who asks first, how it is used."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from remedies.core.errors import printable
from remedies.core.words import plural
from remedies.knowledge.topics import EFFECTS, WORDINGS
from remedies.pages.layout import NARROW, Section, capital, plain
from remedies.pages.remedy import ANY_TIME, age_band, content_of, most_in_a_plan, who

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.records import Remedy
    from remedies.knowledge.topics import Effect, Subject
    from remedies.knowledge.usage import Instruction
    from remedies.pages.layout import Mood
    from remedies.pages.remedy import Who

ROWS, NARROW_ROWS = 24, 40
"""The rows that a remedy takes at most, on a usual terminal and on a narrow one of 40 columns."""


class _Room(NamedTuple):
    """How much is said before only a number is: phrases of each subject, and sentences of each list."""

    phrases: int
    how: int
    avoid: int
    stop: int
    rest: int


_EVERYTHING = _Room(*[1000] * 5)
_SENTENCES = ((2, 2, 2, 2, 3), (1, 1, 1, 1, 3), (0, 0, 1, 1, 2), (0, 0, 1, 1, 1), (0, 0, 0, 0, 0))
"""Sentences of each list, and with how few phrases they may go together: what to avoid gives way first."""

_MOST_PHRASES = 30
_EFFECTS: dict[Effect, tuple[str, Mood]] = {
    "exclude": ("Must not use it", "red"),
    "ask-doctor": ("Ask a doctor", "yellow"),
    "ask-pharmacist": ("Ask a pharmacist", "yellow"),
}
_PREFIXES: dict[Subject, str] = {"allergies": "allergy to ", "medicines": "using "}


def text(remedy: Remedy, catalogue: Catalogue, width: int, style: Callable[[str, Mood], str] = plain) -> str:
    """Write a remedy for one screen: 24 rows of 80 columns, or 40 of 40.

    Lists are as long as there is room; where one is cut, it says how many more there are.

    Args:
        remedy: the record.
        catalogue: the catalogue that it stands in.
        width: the columns of the terminal.
        style: colours a text by its mood.
    """
    most = ROWS if width >= NARROW else NARROW_ROWS
    glance = _Glance(remedy, catalogue)
    lines: list[str] = []
    for room in _rooms():
        lines = [line for part in glance.parts(room) for line in _wrapped(*part, width, style)]
        if len(lines) <= most:
            break
    return "\n".join(lines)


def sections(remedy: Remedy, catalogue: Catalogue) -> Iterator[Section]:
    """Write the same with every list in full."""
    parts = _Glance(remedy, catalogue).parts(_EVERYTHING)
    title, *rest = (": ".join(filter(None, (label, said))) for label, said, _ in parts)
    yield Section(title, items=tuple(rest[:-1]), mood="bold")
    yield Section(None, (rest[-1],))


def _rooms() -> Iterator[_Room]:
    """Yield what is tried, the most first."""
    for *sentences, fewest in _SENTENCES:
        yield from (_Room(phrases, *sentences) for phrases in range(_MOST_PHRASES, fewest - 1, -1))


def _wrapped(label: str, said: str, mood: Mood, width: int, style: Callable[[str, Mood], str]) -> list[str]:
    """Wrap a part, with its label in colour."""
    head = label and f"{label}: "
    lines = textwrap.wrap(
        printable(f"{head}{said}"), width, subsequent_indent="  " * bool(head), break_on_hyphens=False
    )
    colour = label or said
    if lines[0].startswith(colour):
        lines[0] = style(colour, mood) + lines[0][len(colour) :]
    return lines


class _Glance:
    """What is said of a remedy, whatever room there is."""

    def __init__(self, remedy: Remedy, catalogue: Catalogue) -> None:
        """Collect it."""
        self._remedy, self._catalogue = remedy, catalogue
        self._who: Who = who(catalogue.rules_of(remedy.id), catalogue)
        self._guidance = catalogue.guidance(remedy)
        # Without a dose there is nothing to do with the remedy.
        self._how = _texts(self._guidance.how if remedy.usage is not None else ())

    def parts(self, room: _Room) -> Iterator[tuple[str, str, Mood]]:
        """Yield label, text and colour of every part that has room."""
        remedy, guidance = self._remedy, self._guidance
        contents = "; ".join(content_of(one, self._catalogue) for one in remedy.ingredients)
        yield "", remedy.name, "bold"
        yield "", f"{capital(remedy.what)} ({remedy.form}). Contains {contents or 'nothing that is known'}.", None
        if remedy.label != "own" and remedy.label_note is not None:
            yield "", remedy.label_note.text, "yellow"
        for effect in reversed(EFFECTS):
            said = "; ".join(self._subjects(effect, room.phrases))
            if said:
                label, mood = _EFFECTS[effect]
                yield label, f"{said}.", mood
        yield "How", " ".join((*self._doses(), *_few(self._how, room.how))), "bold"
        after = [
            f"{one.text.rstrip('.')}, {plural(one.days_after_last_use, 'day')} long." for one in guidance.aftercare
        ]
        lists = (
            ("Avoid", _texts(guidance.avoid), room.avoid),
            ("Stop, see a doctor", _texts(guidance.stop), room.stop),
            ("After the last use", after, room.rest),
            ("Not the same as", [f"{one.name}." for one in remedy.not_to_confuse], room.rest),
        )
        for label, texts, most in lists:
            if texts and most:
                yield label, " ".join(_few(texts, most)), "bold"
        left = [
            f"{label.lower()}: {len(texts)}"
            for label, texts, most in (("How", self._how, room.how), *lists)
            if not most and texts
        ]
        yield "", f"{_more(left)}: remedies show {remedy.id} --details", None
        yield "", self._catalogue.rulebook.disclaimer, None

    def _subjects(self, effect: Effect, most: int) -> Iterator[str]:
        """Say in a phrase per subject of whom an effect is so."""
        for subject, cells in sorted(self._who.items(), key=lambda item: item[0] is not None):
            phrases = cells.get(effect)
            if phrases:
                yield _subject(subject, phrases, most)

    def _doses(self) -> Iterator[str]:
        """Say how often, how much and how long."""
        usage = self._remedy.usage
        if usage is None:
            yield "No label gives a dose: ask a doctor or pharmacist."
            return
        for dose in usage.doses:
            amount = dose.amount and f"; {dose.amount.text}"
            cap = dose.max_per_day and f"; at most {dose.max_per_day.text} a day"
            hours = dose.hours_between and f"; at least {plural(dose.hours_between.hours, 'hour')} apart"
            most = most_in_a_plan(dose, self._catalogue.common)
            yield capital(f"{age_band(dose)}{most}{hours or ''}{amount or ''}{cap or ''}.")


def _subject(subject: Subject | None, phrases: Sequence[str], most: int) -> str:
    """Say phrases of one subject, as many as there is room for, and how many more there are."""
    match subject:
        case None:
            return "everybody"
        case "age":
            return ", ".join(f"{phrase} years".replace("months years", "months") for phrase in phrases)
        case "pregnancy":
            return f"pregnancy ({', '.join(phrases)})".replace(f" ({ANY_TIME})", "")
        case "breastfeeding":
            return "breastfeeding"
        case _:
            return _listed(subject, phrases, most)


def _listed(subject: Subject, phrases: Sequence[str], most: int) -> str:
    """Say facts of a topic, as many as there is room for, and how many more there are."""
    wording, left = WORDINGS[subject], len(phrases) - most
    if most == 0:
        return plural(len(phrases), wording.noun, wording.nouns)
    more = f" and {left} more" * (left > 0)
    return f"{_PREFIXES.get(subject, '')}{', '.join(phrases[:most])}{more}"


def _texts(entries: Iterable[Instruction]) -> list[str]:
    return list(dict.fromkeys(entry.text for entry in entries))


def _few(texts: Sequence[str], most: int) -> list[str]:
    """Keep the first texts, and say how many more there are; nothing at all where there is no room for one."""
    left = len(texts) - most
    if left > 0 and most:
        return [*texts[:most], f"And {left} more."]
    return list(texts[:most])


def _more(left: Sequence[str]) -> str:
    """Say what is only in the full page."""
    return f"In full, and more on {', '.join(left)}" if left else "In full"
