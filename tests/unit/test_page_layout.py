"""Plain layout: cells that no spreadsheet runs, and links that nobody cuts."""

from __future__ import annotations

import csv
import io

import pytest

from remedies.pages.layout import Section, as_csv, as_markdown, as_text


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("2-3 g", "2-3 g"),
        ("Кеторол", "Кеторол"),
        ("\x1b[31m", "\\x1b[31m"),
    ],
)
def test_a_cell_is_never_read_as_a_formula_and_never_drives_a_terminal(cell: str, written: str) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(["A", "B"], [["x", cell]]), newline="")))

    assert rows == [["A", "B"], ["x", written]]


LINK = "https://example.org/a_b/" + "c-d_" * 20


@pytest.mark.parametrize("width", [20, 60])
def test_a_link_at_the_end_of_an_item_has_a_line_of_its_own_and_is_never_cut(width: int) -> None:
    section = Section("Sources", items=(f"A title with_underscore. {LINK}",))

    assert f"\n  {LINK}" in as_text([section], width)
    assert f"\n  <{LINK}>" in as_markdown([section], width)
    assert "with\\_underscore" in as_markdown([section], width)


def test_a_link_cannot_close_its_brackets() -> None:
    section = Section(None, items=("A title. https://example.org/<b>\x1b",))

    assert as_markdown([section], 60) == "- A title.\n  <https://example.org/%3Cb%3E\\x1b>"
