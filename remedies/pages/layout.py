"""Plain layout: sections of headings, paragraphs and tables, as text for a terminal or as Markdown."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, NamedTuple

from remedies.core.errors import printable, unmarked

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


def capital(text: str) -> str:
    """Begin a sentence with a capital letter."""
    return text[:1].upper() + text[1:]


_LINK = re.compile(r" (https?://\S+)$")
"""A link at the end of an item."""


def in_brackets(phrase: str) -> str:
    """Put an alternative into brackets, so that it can stand beside other phrases."""
    return f"({phrase})" if " or " in phrase else phrase


def as_text(sections: Iterable[Section], width: int, style: Callable[[str, Mood], str] = plain) -> str:
    """Lay sections out for a terminal of so many columns."""
    blocks = []
    for section in map(_clean, sections):
        lines: list[str] = []
        if section.title is not None:
            lines += [style(line, section.mood) for line in textwrap.wrap(section.title, width)]
        for sentence in section.sentences:
            lines += textwrap.wrap(sentence, width)
        for item in section.items:
            # A link that is cut cannot be followed, so it has a line of its own, however long.
            text = _LINK.sub("", item)
            lines += textwrap.wrap(text, width, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
            lines += [f"  {link}" for link in _LINK.findall(item)]
        if section.table is not None:
            lines.append(_fitted(section.table, width))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _clean(section: Section) -> Section:
    """Escape control characters in everything that a section says, before it is coloured."""
    table = section.table
    if table is not None:
        table = table._replace(rows=tuple(tuple(map(printable, row)) for row in table.rows))
    return Section(
        section.title and printable(section.title),
        tuple(map(printable, section.sentences)),
        tuple(map(printable, section.items)),
        table,
        section.mood,
    )


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


def as_markdown(sections: Iterable[Section], width: int | None = None) -> str:
    """Lay sections out as Markdown, with lines no wider than ``width`` if there is one."""
    blocks = []
    for section in sections:
        lines: list[str] = []
        if section.title:
            lines += [f"## {unmarked(section.title)}", ""]
        lines += [line for sentence in section.sentences for line in _lines(sentence, width, "")]
        lines += [line for item in section.items for line in _lines(item, width, "- ")]
        if section.table is not None:
            lines.append("| " + " | ".join(section.table.headers) + " |")
            lines.append("|" + " --- |" * len(section.table.headers))
            lines += ["| " + " | ".join(map(unmarked, row)) + " |" for row in section.table.rows]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _lines(text: str, width: int | None, bullet: str) -> list[str]:
    if width is None:
        return [bullet + unmarked(text)]
    indent = " " * len(bullet)
    lines = textwrap.wrap(unmarked(_LINK.sub("", text)), width, initial_indent=bullet, subsequent_indent=indent)
    links = (printable(link.replace("<", "%3C").replace(">", "%3E")) for link in _LINK.findall(text))
    return lines + [f"{indent}<{link}>" for link in links]


def as_csv(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write rows as CSV with a header line."""
    import csv  # noqa: PLC0415 - only for this format
    import io  # noqa: PLC0415 - as above

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return buffer.getvalue().rstrip("\n")


_FORMULA = (*"=+-@", *"\t\r\n", *"＝＋－＠")
"""What makes a spreadsheet read a cell as a formula; the wide forms do in East Asian ones."""


def _cell(text: str) -> str:
    """Keep a spreadsheet from reading a text as a formula."""
    return printable(f"'{text}" if text.startswith(_FORMULA) else text)


_UNPRINTABLE = "[\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]"


def as_json(text: str) -> str:
    """Escape what JSON may hold unescaped and a terminal may act on."""
    return re.sub(_UNPRINTABLE, lambda match: f"\\u{ord(match[0]):04x}", text)
