"""Commands for those who work on a catalogue: lint, format, diff."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from remedies.cli.chosen import catalogue_of
from remedies.cli.completion import complete_file, complete_remedy
from remedies.cli.helping import Guided
from remedies.cli.options import format_option
from remedies.cli.printing import show_sections
from remedies.cli.terminal import FriendlyGroup, write_file
from remedies.core.errors import CatalogueError, Fault, InputError, printable
from remedies.core.words import plural


@click.group(cls=FriendlyGroup)
def catalogue() -> None:
    """Work on a catalogue of your own."""


@catalogue.command(cls=Guided)
@click.argument("file", shell_complete=complete_file)
def lint(file: str) -> None:
    """Check a catalogue FILE as strictly as the shipped one; every fault is listed."""
    from remedies.knowledge.catalogue import Catalogue

    found = Catalogue.load(file)
    rules = sum(len(remedy.rules) for remedy in found.remedies)
    its = {1: "its"}.get(len(found.remedies), "their")
    click.echo(
        f"{printable(file)}: no faults. {plural(len(found.remedies), 'remedy', 'remedies')} with "
        f"{plural(rules, 'rule')} of {its} own, {plural(len(found.facts), 'fact')}, "
        f"{plural(len(found.sources), 'source')}; version {found.version}."
    )
    signed = len(found.reviews)
    if signed:
        counted = sum(len(remedy.signed) for remedy in found.rulebook.remedies)
        click.echo(f"{plural(signed, 'review')} by pharmacists, {counted} of them of a record as it is now.")
    if found.rulebook.left_out:
        click.echo(
            f"Not a dimension of this catalogue, so that nothing is derived where labels are silent on it: "
            f"{', '.join(found.rulebook.left_out)}."
        )


@catalogue.command("format", cls=Guided)
@click.argument("file", shell_complete=complete_file)
@click.option("--check", "check_only", is_flag=True, help="Write nothing; exit 1 if the file is laid out otherwise.")
@click.pass_context
def format_command(ctx: click.Context, file: str, *, check_only: bool) -> None:
    """Write a data FILE (remedies, facts or sources) in the one layout."""
    from remedies.core.documents import parse, read_bytes
    from remedies.knowledge.layout import laid_out

    content = read_bytes(Path(file), "catalogue")
    written = laid_out(parse(content, file)).encode()
    if written == content:
        click.echo(f"{printable(file)}: laid out as it should be.")
    else:
        _replace(ctx, file, written, "laid out otherwise", check_only=check_only)


def _replace(ctx: click.Context, file: str, written: bytes, what_is_wrong: str, *, check_only: bool) -> None:
    """Write a data file anew, or only say what is wrong with it and which command cures that."""
    if check_only:
        command = f"remedies catalogue {ctx.command.name}"
        click.echo(f"{printable(file)}: {what_is_wrong}; run “{command}” on it.", err=True)
        ctx.exit(1)
    write_file(file, written, overwrite=True)


@catalogue.command(cls=Guided)
@click.argument("file", shell_complete=complete_file)
@click.option("--check", "check_only", is_flag=True, help="Write nothing; exit 1 if the forms are not up to date.")
@click.pass_context
def forms(ctx: click.Context, file: str, *, check_only: bool) -> None:
    """Write the grammatical forms of the Russian words in FILE (facts) into it; run this after adding words."""
    from remedies.core.documents import parse, read_bytes
    from remedies.knowledge.forms import with_forms
    from remedies.knowledge.layout import laid_out

    content = read_bytes(Path(file), "catalogue")
    document = parse(content, file)
    if not isinstance(document, dict) or "facts" not in document:
        raise InputError(Fault((file,), "is no file of facts", "type"))
    written = laid_out(with_forms(document)).encode()
    if written == content:
        click.echo(f"{printable(file)}: the forms are up to date.")
    else:
        _replace(ctx, file, written, "the forms are not up to date", check_only=check_only)


@catalogue.command(cls=Guided)
@click.argument("remedy", required=False, shell_complete=complete_remedy)
@click.option("--all", "every", is_flag=True, help="Every remedy, one after the other.")
@format_option("markdown", "html")
@click.pass_context
def sheet(ctx: click.Context, /, remedy: str | None, *, every: bool, format_: str) -> None:
    """Print the review sheet of a REMEDY, for a pharmacist to sign: every rule and number with its source."""
    from remedies.pages.sheet import sheet_of, sheets_as_html, sheets_as_markdown

    if every == (remedy is not None):
        message = "name one remedy, or give --all for all of them"
        raise click.UsageError(message)
    found = catalogue_of(ctx)
    wanted = found.remedies if remedy is None else (found.find(remedy),)
    sheets = [sheet_of(one, found) for one in wanted]
    click.echo(sheets_as_html(sheets) if format_ == "html" else sheets_as_markdown(sheets))


@catalogue.command(cls=Guided)
@click.argument("old", shell_complete=complete_file)
@click.argument("new", shell_complete=complete_file)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
def diff(old: str, new: str, format_: str) -> None:
    """Say what differs between two catalogues, and for whom a verdict changes."""
    from remedies.checking.changes import changes
    from remedies.knowledge.catalogue import Catalogue
    from remedies.pages.changes import sections
    from remedies.pages.layout import as_json

    loaded: list[Catalogue] = []
    for name in (old, new):
        try:
            loaded.append(Catalogue.load(name))
        except CatalogueError as error:
            # What cannot be read at all names its file already.
            faults = [fault if fault.path.startswith(name) else fault.under(name) for fault in error.faults]
            raise InputError(faults) from None
    found = changes(loaded[0], loaded[1], as_of=date.today())
    if format_ == "json":
        click.echo(as_json(found.model_dump_json(indent=2)))
    else:
        show_sections(sections(found), markdown=format_ == "markdown")
