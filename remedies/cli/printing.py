"""Printing what the library has found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedies.cli.terminal import show_text, styled, terminal_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from remedies.checking.report import Report
    from remedies.knowledge.vocabulary import Vocabulary
    from remedies.pages.layout import Mood, Section
    from remedies.pages.report import Depth


def show_sections(sections: Iterable[Section], *, markdown: bool = False) -> None:
    """Print sections as Markdown, or laid out for this terminal."""
    format_ = "markdown" if markdown else "table"
    show_text(sections_as(sections, format_, styled))


def sections_as(sections: Iterable[Section], format_: str, style: Callable[[str, Mood], str]) -> str:
    """Write sections as Markdown, or laid out for this terminal."""
    from remedies.pages.layout import as_markdown, as_text

    if format_ == "markdown":
        return as_markdown(sections)
    return as_text(sections, terminal_width(), style)


def show_report(report: Report, vocabulary: Vocabulary, format_: str, *, depth: Depth = "first") -> None:
    """Print a report in one of the formats of a check."""
    show_text(report_as(report, vocabulary, format_, depth=depth, style=styled))


def report_as(
    report: Report,
    vocabulary: Vocabulary,
    format_: str,
    *,
    depth: Depth = "first",
    style: Callable[[str, Mood], str],
) -> str:
    """Write a report in one of the formats of a check, as wide as this terminal."""
    from remedies.pages import report as page
    from remedies.pages.layout import as_json

    match format_:
        case "json":
            return as_json(report.model_dump_json(indent=2))
        case "csv":
            return page.csv_of(report)
        case _:
            return sections_as(page.sections(report, vocabulary, depth=depth), format_, style)


def depth_of(remedies: tuple[str, ...], *, details: bool, all_rules: bool = False) -> Depth:
    """Say more of each remedy where more was asked for, or where some were named."""
    if details:
        return "details"
    if all_rules:
        return "all"
    if remedies:
        return "deciding"
    return "first"
