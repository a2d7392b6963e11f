"""Which remedies a thing touches: a line per remedy on one screen, a grid for several things, and data."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

from remedies.core.errors import printable
from remedies.knowledge.topics import STRENGTHS, Effect, Strength
from remedies.pages.layout import NARROW, Section, Table, as_csv, as_json, capital, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from remedies.advice.touching import Apart, Touched, Touching
    from remedies.knowledge.catalogue import Catalogue
    from remedies.pages.layout import Mood

SCREEN_ROWS = 24
"""The rows of the smallest window that a short answer fits."""

_SAID: dict[Strength, tuple[str, Mood]] = {
    "excluded": ("must not use", "red"),
    "ask-doctor": ("ask doctor", "yellow"),
    "ask-pharmacist": ("ask pharmacist", "yellow"),
    "allowed": ("not by itself", "bold"),
}
"""What a thing alone does to a remedy, and its colour."""

_EFFECTS: dict[Effect, str] = {
    "exclude": "must not use",
    "ask-doctor": "ask a doctor",
    "ask-pharmacist": "ask a pharmacist",
}
_CELLS: dict[Strength, str] = {"excluded": "must not", "ask-doctor": "doctor", "ask-pharmacist": "pharmacist"}
_NAME_COLUMN, _VERDICT_COLUMN = 19, 14
_LEGEND = (
    "+: stricter for some kinds of it, or together with something else.",
    "All else is taken as ruled out.",
)


def text(touching: Touching, catalogue: Catalogue, width: int, style: Callable[[str, Mood], str] = plain) -> str:
    """Write how one thing touches every remedy, a line each, for a terminal.

    What does not fit on one screen of 24 rows besides the remedies is said in one line, with the command
    that shows it.

    Args:
        touching: what was found.
        catalogue: the catalogue that it rests on.
        width: the columns of the terminal.
        style: colours a text by its mood.
    """
    rows = [line for one in touching.remedies if one.at_all for line in _line(one, width, style)]
    end = [*_untouched(touching), catalogue.rulebook.disclaimer]
    last = [line for sentence in end for line in textwrap.wrap(sentence, width)]
    title = [style(line, "bold") for line in textwrap.wrap(_title(touching, catalogue), width)]
    apart = [line for sentence in _apart(touching, catalogue) for line in textwrap.wrap(f"+ {sentence}", width)]
    if len(title) + len(rows) + len(apart) + len(last) > SCREEN_ROWS:
        message = "+ Stricter for some kinds or together with more: see it with --format markdown."
        apart = textwrap.wrap(message, width)[: len(apart)]
    return "\n".join((*title, *rows, *apart, *last))


def sections(touching: Touching, catalogue: Catalogue) -> Iterator[Section]:
    """Write how one thing touches every remedy, in full."""
    rows = tuple(
        (one.verdict.name, _SAID[one.verdict.at_least][0], _because(one)) for one in touching.remedies if one.at_all
    )
    yield Section(_title(touching, catalogue), (*_untouched(touching), _LEGEND[1]), mood="bold")
    yield Section(None, table=Table(("Remedy", "By itself", "Why"), rows, (3, 2, 6)))
    apart = tuple(_apart(touching, catalogue))
    if apart:
        yield Section("Stricter where more is so", items=apart)
    yield Section(None, (catalogue.rulebook.disclaimer,))


def grid(several: Sequence[Touching], catalogue: Catalogue, width: int | None = None) -> Iterator[Section]:
    """Write how several things touch every remedy: a row per remedy, a column per thing.

    Args:
        several: what was found of each thing, of one catalogue.
        catalogue: the catalogue that it rests on.
        width: the columns of a terminal, to which the headings are fitted; they stay whole without.
    """
    cells = [{one.verdict.remedy: _cell(one) for one in touching.remedies} for touching in several]
    rows = tuple((remedy.short, *(column[remedy.id] for column in cells)) for remedy in catalogue.rulebook.remedies)
    heads = [_thing(touching, catalogue) for touching in several]
    if width is not None:
        room = max((width - _NAME_COLUMN) // len(several) - 2, len("pharmacist+"))
        heads = ["\n".join(textwrap.wrap(head, room)) for head in heads]
    yield Section(None, table=Table(("Remedy", *heads), rows, (2, *(2 for _ in several))))
    yield Section(None, (" ".join(_LEGEND), catalogue.rulebook.disclaimer))


def touching_json(several: Sequence[Touching]) -> str:
    """Write what was found as a JSON list, an object per thing, with every reason and its sources."""
    found = [one.model_dump(mode="json") for one in several]
    return as_json(json.dumps(found, ensure_ascii=False, indent=2))


def touching_csv(several: Sequence[Touching]) -> str:
    """Write a line per thing and remedy."""
    headers = ("for", "remedy", "name", "verdict", "rule", "because", "stricter")
    rows = []
    for touching in several:
        for one in touching.remedies:
            rule = next((reason.rule for reason in one.verdict.reasons), "")
            stricter = "; ".join(f"{_EFFECTS[entry.effect]}: {entry.because}" for entry in one.apart)
            row = (one.verdict.remedy, one.verdict.name, one.verdict.verdict, rule, _first(one), stricter)
            rows.append((touching.word, *row))
    return as_csv(headers, rows)


def _title(touching: Touching, catalogue: Catalogue) -> str:
    """Name the thing and count what it does."""
    levels = [one.verdict.at_least for one in touching.remedies]
    counts = ", ".join(f"{_CELLS[name]} {levels.count(name)}" for name in reversed(STRENGTHS[1:]))
    untouched = sum(not one.at_all for one in touching.remedies)
    return printable(f"{capital(_thing(touching, catalogue))}: {counts}, not touched {untouched}")


def _thing(touching: Touching, catalogue: Catalogue) -> str:
    """Name the thing as it was said, and what it was taken for where that is called otherwise."""
    labels = ", ".join(_taken_for(fact, catalogue) for fact in touching.facts if fact in catalogue.vocabulary)
    said = {word.casefold() for word in (touching.word, f"taking {touching.word}", *touching.facts)}
    if not labels or labels.casefold() in said:
        return touching.word
    return f"{touching.word} ({labels})"


def _taken_for(fact: str, catalogue: Catalogue) -> str:
    label = catalogue.vocabulary.label(fact)
    return {"allergies": f"allergy to {label}"}.get(catalogue.vocabulary[fact].topic, label)


def _line(one: Touched, width: int, style: Callable[[str, Mood], str]) -> list[str]:
    """Write a remedy on one line; on a narrow terminal its reason has a line of its own."""
    said, mood = _SAID[one.verdict.at_least]
    mark = " +"[bool(one.apart)]
    if width < NARROW:
        because = textwrap.shorten(_because(one), width - 2, placeholder=" …")
        return [f"{style(said, mood)}{mark} {one.verdict.short}".rstrip(), f"  {because}"]
    head = f"{style(f'{said:<{_VERDICT_COLUMN}}', mood)}{mark} {one.verdict.short:<{_NAME_COLUMN}} "
    because = textwrap.shorten(_because(one), width - _VERDICT_COLUMN - _NAME_COLUMN - 3, placeholder=" …")
    return [f"{head}{because}".rstrip()]


def _because(one: Touched) -> str:
    """Say why, by the rule that decides; where none holds, by what would."""
    return printable(_first(one) or one.apart[0].because)


def _first(one: Touched) -> str:
    return next((reason.because for reason in one.verdict.reasons), "")


def _cell(one: Touched) -> str:
    return f"{_CELLS.get(one.verdict.at_least, '–')}{'+' * bool(one.apart)}"


def _untouched(touching: Touching) -> Iterator[str]:
    """Name what is not touched in one sentence."""
    names = [one.verdict.short for one in touching.remedies if not one.at_all]
    if names:
        yield f"Not touched: {', '.join(names)}."


def _apart(touching: Touching, catalogue: Catalogue) -> Iterator[str]:
    """Say in a sentence each what is stricter, and for which remedies."""
    groups: dict[tuple[str, Effect], list[str]] = {}
    for one in touching.remedies:
        for entry in one.apart:
            names = groups.setdefault((_condition(entry, catalogue), entry.effect), [])
            if one.verdict.short not in names:
                names.append(one.verdict.short)
    for (condition, effect), names in groups.items():
        yield f"{condition}, {_EFFECTS[effect]}: {', '.join(names)}."


def _condition(entry: Apart, catalogue: Catalogue) -> str:
    labels = " or ".join(_label(fact, catalogue) for fact in entry.facts)
    return {"finer": f"If it is {labels}", "together": f"Together with {labels}"}[entry.kind]


def _label(fact: str, catalogue: Catalogue) -> str:
    """Name a fact; of age and pregnancy it is only known that more is to be said."""
    return {"age": "a younger or older age", "pregnancy": "a certain time of it"}.get(
        fact, catalogue.vocabulary.label(fact)
    )
