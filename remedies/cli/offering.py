"""After the answer of an interview: offer a plan for one of the remedies, and a file for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from remedies.cli.dialogue import line
from remedies.cli.files import PLAN_ENDINGS, format_of, listed, write_page
from remedies.cli.listing import numbered, paged, window_rows, wrapped
from remedies.cli.terminal import colour_allowed, styled, terminal_width
from remedies.core.errors import PlanError, RemediesError, quoted
from remedies.pages.outcome import BY_CATALOGUE

if TYPE_CHECKING:
    from remedies.advice.plan import Plan
    from remedies.checking.patient import Patient
    from remedies.checking.report import RemedyVerdict, Report
    from remedies.cli.options import CourseWords
    from remedies.knowledge.catalogue import Catalogue


def offer_plan(patient: Patient, report: Report, catalogue: Catalogue, course: CourseWords) -> None:
    """Offer to plan one of the remedies that may be used, and to write it to a file; not while there is a sign."""
    from remedies.advice.plan import Plan
    from remedies.advice.planning import plan
    from remedies.advice.schedule import not_before
    from remedies.pages.plan import rendered

    if report.refer:
        return
    open_to = [
        entry
        for entry in (*report.allowed, *report.ask_pharmacist, *report.ask_doctor)
        if catalogue.rulebook.remedy(entry.remedy).planned
    ]
    if not open_to:
        return
    width = terminal_width()
    number = _menu(open_to, width)
    if number is None:
        return
    now = not_before(course["start"], None)
    try:
        made = plan(open_to[number].remedy, patient, catalogue, **course, now=now)
    except PlanError as error:
        click.echo(f"Error: {error}", err=True)
        return
    click.echo()
    # Whoever has just typed answers reads on without a pager.
    click.echo(rendered(made, "text", width, style=styled), color=colour_allowed())
    if isinstance(made, Plan):
        _offer_file(made, width)


def _offer_file(made: Plan, width: int) -> None:
    """Write the plan to a file whose ending says the format."""
    from remedies.pages.plan import rendered

    while True:
        name = _asked("\nA file for it (.ics calendar, .html to print, .md), or Enter for none. ")
        if not name:
            return
        format_ = format_of(name, PLAN_ENDINGS)
        if format_ is None:
            click.echo(f"Please end the name with {listed(PLAN_ENDINGS)}.")
            continue
        try:
            write_page(name, rendered(made, format_, width), format_)
        except RemediesError as error:
            click.echo(f"Error: {error}", err=True)
            continue
        return


def _menu(open_to: list[RemedyVerdict], width: int) -> int | None:
    """Read the number of a remedy, from 0; none for an empty line or the end of input."""
    order = f" {BY_CATALOGUE}" if len(open_to) > 1 else ""
    head = ["", *wrapped(f"Which one shall the plan be for?{order}", width)]
    blocks = numbered([f"{entry.short} ({entry.verdict})" for entry in open_to], width)
    pages = paged(blocks, window_rows() - len(head) - 2)
    for place, page in enumerate(pages, start=1):
        click.echo("\n".join([*head, *(one for index in page for one in blocks[index])]))
        more = ", m for more" if place < len(pages) else ""
        while True:
            words = _asked(f"A number{more}, or Enter for none. ")
            if words in {"", "0"}:
                return None
            if more and words.casefold() in {"m", "more", "ещё", "еще"}:
                break
            if words.isdecimal() and 1 <= int(words) <= len(open_to):
                return int(words) - 1
            click.echo(f"There is no {quoted(words)} here; choose from 1 to {len(open_to)}, or Enter for none.")
    return None


def _asked(prompt: str) -> str:
    """Read a line; the end of input counts as an empty one."""
    try:
        return line(prompt).strip()
    except (EOFError, KeyboardInterrupt, click.Abort):
        click.echo()
        return ""
