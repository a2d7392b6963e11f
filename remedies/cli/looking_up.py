"""Commands that look something up: list, show, terms, schema."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, get_args

import click

from remedies.cli.chosen import catalogue_of
from remedies.cli.completion import complete_remedy, complete_word
from remedies.cli.files import TABLE_ENDINGS, deliver, output_options, settled_format
from remedies.cli.helping import Guided
from remedies.cli.options import format_option
from remedies.cli.printing import sections_as, show_sections
from remedies.cli.terminal import show_text, styled, terminal_width
from remedies.cli.values import at_a_terminal
from remedies.core.errors import PatientError
from remedies.pages import SchemaName

if TYPE_CHECKING:
    from collections.abc import Callable

    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.rulebook import Rulebook
    from remedies.pages.layout import Mood


@click.command("list", cls=Guided)
@click.option(
    "--for",
    "things",
    multiple=True,
    metavar="FACT",
    shell_complete=complete_word,
    help="Say how this touches each remedy: an illness, a medicine, age 11; several make a grid.",
)
@output_options(TABLE_ENDINGS)
@format_option("table", "json", "markdown", "csv")
@click.pass_context
def list_command(
    ctx: click.Context, things: tuple[str, ...], format_: str, output: str | None, *, overwrite: bool
) -> None:
    """List all remedies, or say which of them one thing touches, and how."""
    format_ = settled_format(ctx, format_, output, TABLE_ENDINGS)
    catalogue = catalogue_of(ctx)
    page = partial(_list_for, things, catalogue, format_) if things else partial(_list_as, catalogue.rulebook, format_)
    deliver(page, format_, output, overwrite=overwrite)


def _list_as(rulebook: Rulebook, format_: str, *, style: Callable[[str, Mood], str]) -> str:
    from remedies.pages import layout, remedies

    match format_:
        case "json":
            return remedies.list_json(rulebook)
        case "csv":
            return layout.as_csv(remedies.LIST_HEADERS, remedies.list_rows(rulebook))
        case _:
            return sections_as([remedies.list_section(rulebook)], format_, style)


def _list_for(things: tuple[str, ...], catalogue: Catalogue, format_: str, *, style: Callable[[str, Mood], str]) -> str:
    """Write how one thing touches every remedy, or several do."""
    from remedies.advice.touching import touching
    from remedies.pages import touching as page

    try:
        found = [touching(thing, catalogue) for thing in things]
    except PatientError as error:
        raise PatientError([at_a_terminal(fault) for fault in error.faults]) from None
    match format_, found:
        case "json", _:
            return page.touching_json(found)
        case "csv", _:
            return page.touching_csv(found)
        case "table", [one]:
            return page.text(one, catalogue, terminal_width(), style)
        case _, [one]:
            return sections_as(page.sections(one, catalogue), format_, style)
        case "table", _:
            return sections_as(page.grid(found, catalogue, terminal_width()), format_, style)
        case _:
            return sections_as(page.grid(found, catalogue), format_, style)


@click.command(cls=Guided)
@click.argument("words", nargs=-1, required=True, metavar="REMEDY", shell_complete=complete_remedy)
@click.option("--details", is_flag=True, help="Give the long page: everything, every rule, every source.")
@format_option("table", "json", "markdown")
@click.pass_context
def show(ctx: click.Context, words: tuple[str, ...], format_: str, *, details: bool) -> None:
    """Show one REMEDY on one screen: who must not use it, who should ask, how to use it."""
    from remedies.pages import glance
    from remedies.pages.remedy import page, remedy_json

    found = catalogue_of(ctx)
    record = found.find(" ".join(words))
    match format_, details:
        case "json", _:
            click.echo(remedy_json(record, found))
        case "table", False:
            show_text(glance.text(record, found, terminal_width(), styled))
        case "markdown", False:
            show_sections(glance.sections(record, found), markdown=True)
        case _:
            show_sections(page(record, found), markdown=format_ == "markdown")


@click.command(cls=Guided)
@click.argument("words", nargs=-1, required=True, metavar="WORD")
@format_option("table", "json", "markdown")
@click.pass_context
def terms(ctx: click.Context, words: tuple[str, ...], format_: str) -> None:
    """Say what is made of a WORD or a code: what it proves, what it only prompts, or that it is not understood.

    Exit code 2: it is not understood.
    """
    from remedies.pages.terms import term_sections, terms_json, terms_of

    rulebook = catalogue_of(ctx).rulebook
    found = terms_of(rulebook, " ".join(words))
    if format_ == "json":
        click.echo(terms_json(found))
    else:
        show_sections(term_sections(found, rulebook.vocabulary), markdown=format_ == "markdown")
    if found[0].kind == "unclear":
        ctx.exit(2)


@click.command(cls=Guided)
@click.argument("name", type=click.Choice(get_args(SchemaName)))
@click.pass_context
def schema(ctx: click.Context, name: SchemaName) -> None:
    """Print the JSON schema NAME; “screening” is one row of a table for “remedies screen”."""
    from remedies.pages.schemas import schema_of

    click.echo(schema_of(name, catalogue_of(ctx) if name == "screening" else None))
