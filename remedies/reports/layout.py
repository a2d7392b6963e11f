"""Plain layout: sections of headings, paragraphs and tables, as text for a terminal or as Markdown."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from remedies.errors import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

NARROW = 60
"""Below this many columns a table is written as a list."""

Mood = str | None
"""A colour by name, for headings on a terminal."""


class Table(NamedTuple):
    """Rows under headers; the widths say how the columns share the line."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]


class Section(NamedTuple):
    """One part of a page: a heading, then sentences, a list and a table, each of which may be missing."""

    title: str | None
    sentences: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    table: Table | None = None
    mood: Mood = None


def plain(text: str, mood: Mood) -> str:
    """Leave a heading as it is."""
    del mood
    return text


def as_text(sections: Iterable[Section], width: int, style: Callable[[str, Mood], str] = plain) -> str:
    """Lay sections out for a terminal of so many columns."""
    blocks = []
    for section in sections:
        lines: list[str] = []
        if section.title is not None:
            lines += [style(line, section.mood) for line in textwrap.wrap(section.title, width)]
        for sentence in section.sentences:
            lines += textwrap.wrap(sentence, width)
        for item in section.items:
            lines += textwrap.wrap(item, width, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
        if section.table is not None:
            lines.append(_fitted(section.table, width))
        blocks.append("\n".join(lines))
    return printable("\n\n".join(blocks)) if style is plain else "\n\n".join(blocks)


def _fitted(table: Table, width: int) -> str:
    """Fit a table to the width; on a narrow terminal each row becomes a small list."""
    if width < NARROW:
        blocks = []
        for row in table.rows:
            head, *rest = row
            lines = textwrap.wrap(head, width)
            for header, cell in zip(table.headers[1:], rest, strict=True):
                if cell:
                    label = f"{header.lower()}: " if len(rest) > 1 else ""
                    lines += textwrap.wrap(label + cell, width, initial_indent="  ", subsequent_indent="  ")
            blocks.append("\n".join(lines))
        return "\n".join(blocks)
    from tabulate import tabulate  # noqa: PLC0415 - slow to import, and only tables need it

    room = width - 2 * (len(table.headers) - 1)
    widths = [max(room * share // sum(table.shares), 8) for share in table.shares]
    cells = [
        ["\n".join(textwrap.wrap(cell, size)) for cell, size in zip(row, widths, strict=True)] for row in table.rows
    ]
    return tabulate(cells, headers=table.headers, tablefmt="simple", disable_numparse=True)


def as_markdown(sections: Iterable[Section]) -> str:
    """Lay sections out as Markdown."""
    blocks = []
    for section in sections:
        lines = [f"## {_escaped(section.title)}", ""] if section.title else []
        lines += [_escaped(sentence) for sentence in section.sentences]
        lines += [f"- {_escaped(item)}" for item in section.items]
        if section.table is not None:
            lines.append("| " + " | ".join(section.table.headers) + " |")
            lines.append("|" + " --- |" * len(section.table.headers))
            lines += ["| " + " | ".join(map(_escaped, row)) + " |" for row in section.table.rows]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _escaped(text: str) -> str:
    """Keep a text from being read as Markdown or HTML."""
    for char in "\\`*_[]|<>#":
        text = text.replace(char, f"\\{char}")
    return printable(text).replace("\n", " ")


def as_csv(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write rows as CSV with a header line."""
    import csv  # noqa: PLC0415 - only for this format
    import io  # noqa: PLC0415 - as above

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows(rows)
    return buffer.getvalue().rstrip("\n")
