"""Lines of a page that is to fit one screen: a head in colour, a text, and names that are never broken."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from remedies.core.errors import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from remedies.pages.layout import Mood


class Line(NamedTuple):
    """A line of a summary: a head in colour, and what stands behind it."""

    head: str
    text: str = ""
    mood: Mood = None
    names: tuple[str, ...] = ()
    """Names that stand behind all that; none of them is broken."""


def laid_out(line: Line, width: int, style: Callable[[str, Mood], str]) -> list[str]:
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
