"""Printing what the library has found."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from remedies.cli.terminal import colour_allowed, styled, terminal_rows, terminal_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from remedies.checking.report import Report
    from remedies.knowledge.vocabulary import Vocabulary
    from remedies.pages.layout import Section
    from remedies.pages.report import Depth


def show_sections(sections: Iterable[Section], *, markdown: bool = False) -> None:
    """Print sections as Markdown, or laid out for this terminal."""
    from remedies.pages.layout import as_markdown, as_text

    text = as_markdown(sections) if markdown else as_text(sections, terminal_width(), styled)
    show_text(text)


def show_text(text: str) -> None:
    """Print a text; on a terminal that it does not fit, in the pager that click finds, and never in a pipe."""
    if sys.stdout is not None and sys.stdout.isatty() and text.count("\n") + 1 >= terminal_rows():
        click.echo_via_pager(text + "\n", color=colour_allowed())
    else:
        click.echo(text, color=colour_allowed())


def show_report(report: Report, vocabulary: Vocabulary, format_: str, *, depth: Depth = "first") -> None:
    """Print a report in one of the formats of a check."""
    from remedies.pages import report as page
    from remedies.pages.layout import as_json

    match format_:
        case "json":
            click.echo(as_json(report.model_dump_json(indent=2)))
        case "csv":
            click.echo(page.csv_of(report))
        case _:
            show_sections(page.sections(report, vocabulary, depth=depth), markdown=format_ == "markdown")


def depth_of(remedies: tuple[str, ...], *, details: bool, all_rules: bool = False) -> Depth:
    """Say more of each remedy where more was asked for, or where some were named."""
    if details:
        return "details"
    if all_rules:
        return "all"
    if remedies:
        return "deciding"
    return "first"
