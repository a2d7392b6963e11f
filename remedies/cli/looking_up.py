"""Commands that look something up: list, show, terms, schema."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, get_args

import click

from remedies.cli.files import TABLE_ENDINGS, deliver, output_options, settled_format
from remedies.cli.options import catalogue_of, complete_remedy, format_option
from remedies.cli.printing import sections_as, show_sections
from remedies.pages import SchemaName

if TYPE_CHECKING:
    from collections.abc import Callable

    from remedies.knowledge.rulebook import Rulebook
    from remedies.pages.layout import Mood


@click.command("list", epilog="Example: remedies list --output remedies.csv")
@output_options(TABLE_ENDINGS)
@format_option("table", "json", "markdown", "csv")
@click.pass_context
def list_command(ctx: click.Context, format_: str, output: str | None, *, overwrite: bool) -> None:
    """List all remedies."""
    format_ = settled_format(ctx, format_, output, TABLE_ENDINGS)
    page = partial(_list_as, catalogue_of(ctx).rulebook, format_)
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


@click.command(epilog="Example: remedies show dolobene   (or: remedies show Долобене)")
@click.argument("remedy", shell_complete=complete_remedy)
@click.option("--details", is_flag=True, help="Give every rule as a sentence with its sources.")
@format_option("table", "json", "markdown")
@click.pass_context
def show(ctx: click.Context, remedy: str, format_: str, *, details: bool) -> None:
    """Show one REMEDY on one page: who must not use it, who should ask, how to use it."""
    from remedies.pages.remedy import page, remedy_json

    found = catalogue_of(ctx)
    record = found.find(remedy)
    if format_ == "json":
        click.echo(remedy_json(record, found))
    else:
        show_sections(page(record, found, details=details), markdown=format_ == "markdown")


@click.command(epilog="Example: remedies terms J45.0   (or: remedies terms варфарин)")
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


@click.command(epilog="Example: remedies schema patient")
@click.argument("name", type=click.Choice(get_args(SchemaName)))
def schema(name: SchemaName) -> None:
    """Print the JSON schema NAME."""
    from remedies.pages.schemas import schema_of

    click.echo(schema_of(name))
