"""Lists on a terminal, never longer than its window."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FEWEST_ROWS = 4
"""So many rows a page of a list has in the smallest of windows."""


def window_rows() -> int:
    """Return the rows of this terminal, 24 where they are not known."""
    return shutil.get_terminal_size((80, 24)).lines


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Break a sentence into lines."""
    return textwrap.wrap(text, width, subsequent_indent=indent)


def numbered(labels: Iterable[str], width: int) -> list[list[str]]:
    """Write each label with its number, from 1, as the lines that it takes."""
    return [wrapped(f"{number:>3}  {label}", width, indent="     ") for number, label in enumerate(labels, start=1)]


def paged(blocks: Sequence[Sequence[str]], rows: int) -> list[range]:
    """Split blocks of lines into pages of at most so many rows; no block is torn apart."""
    rows = max(rows, _FEWEST_ROWS)
    pages: list[range] = []
    begin = used = 0
    for index, block in enumerate(blocks):
        if used + len(block) > rows and index > begin:
            pages.append(range(begin, index))
            begin, used = index, 0
        used += len(block)
    return [*pages, range(begin, len(blocks))]
