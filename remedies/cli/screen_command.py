"""``remedies screen``: a whole table of patients in a file, every remedy, verdicts to another file."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from remedies.cli.chosen import catalogue_of
from remedies.cli.completion import complete_file
from remedies.cli.helping import Guided
from remedies.cli.interrupts import Interrupts
from remedies.cli.many import INTERRUPTED, OFTEN, PATIENCE, SOME_FAILED
from remedies.cli.options import course_from, course_options, format_option, remedies_option
from remedies.cli.terminal import may_replace, show_text, styled, terminal_width
from remedies.core.errors import printable
from remedies.core.words import plural

if TYPE_CHECKING:
    from types import FrameType

    from remedies.screening.files import Screened


@click.command(cls=Guided)
@click.argument("file", shell_complete=complete_file)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write the verdicts to a file: .parquet, .csv, .ndjson or .jsonl.",
    shell_complete=complete_file,
)
@click.option(
    "--rejects",
    metavar="FILE",
    help="Write rejected rows to this file, not to one beside the verdicts.",
    shell_complete=complete_file,
)
@click.option("--overwrite", is_flag=True, help="Replace files that are there.")
@click.option("--long", is_flag=True, help="Write a row for each patient and remedy, not a column for each remedy.")
@click.option("--reasons", is_flag=True, help="Also write the rule that is the first reason of each verdict.")
@click.option("--other", multiple=True, metavar="COLUMN", help="Set aside a column that you have looked at.")
@click.option(
    "--engine",
    type=click.Choice(["polars", "duckdb"]),
    default="polars",
    show_default=True,
    help="What reads and writes the files.",
)
@remedies_option("Look at this remedy only; may be repeated.")
@course_options
@format_option("table", "json")
@click.pass_context
def screen(
    ctx: click.Context,
    /,
    file: str,
    format_: str,
    *,
    output: str | None,
    rejects: str | None,
    overwrite: bool,
    remedies: tuple[str, ...],
    **options: Any,  # noqa: ANN401 - as click hands them over
) -> None:
    """Screen a whole table of patients: FILE is .parquet, .csv, .ndjson or .jsonl, of any size.

    A row is a patient, with the columns of “remedies schema screening”. What was found is summed up here; with
    --output the verdicts of every row go to a file, and rows that contradict themselves or hold nonsense to
    another one beside it.

    Exit code 3: there are such rows.
    """
    course = course_from(options)
    if output is None and (options["long"] or options["reasons"]):
        ctx.fail("--long and --reasons are for the file of verdicts: add --output FILE")
    if options["long"] and options["reasons"]:
        ctx.fail("--long has no column for a reason: leave out --reasons")
    from remedies.pages.screening import as_document, text
    from remedies.screening.files import rejects_beside, screen_file

    found_in = catalogue_of(ctx)
    there = [name for name in (output, rejects_beside(output, rejects)) if name is not None and os.path.isfile(name)]  # noqa: PTH113 - never fails
    overwrite = overwrite or (bool(there) and all(may_replace(str(name)) for name in there))
    where: dict[str, Any] = {"output": output, "rejects": rejects, "overwrite": overwrite}
    try:
        with _Once(), _Clock(file):
            found = screen_file(file, found_in, remedies=remedies or None, **where, **course, **options)
    except KeyboardInterrupt:
        click.echo("Stopped; nothing was written.", err=True)
        ctx.exit(INTERRUPTED)
    if format_ == "json":
        click.echo(as_document(found, found_in))
    else:
        show_text(text(found, found_in, width=terminal_width(), style=styled))
    _tell(found)
    if found.counts.rejected:
        ctx.exit(SOME_FAILED)


def _tell(found: Screened) -> None:
    """Say on standard error what was written, and what was not read."""
    for path in (found.output, found.rejects):
        if path is not None:
            click.echo(f"Written: {printable(str(path))}", err=True)
    if found.counts.rejected:
        rows = plural(f"{found.counts.rows:,}", "row")
        click.echo(f"{found.counts.rejected:,} of {rows} rejected", err=True)


class _Once(Interrupts):
    """Lets Ctrl-C act once: what follows it is not disturbed while everything is put in order."""

    def __init__(self) -> None:
        """Begin without it."""
        self._asked = False

    def _interrupt(self, _: int, __: FrameType | None) -> None:
        if not self._asked:
            self._asked = True
            raise KeyboardInterrupt


class _Clock:
    """Shows on standard error for how long it has been at work, if that is a terminal and it takes long."""

    def __init__(self, name: str) -> None:
        """Take the name of the file."""
        self._name = printable(Path(name).name)
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        if self._shown:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing of it."""
        self._done.set()
        if self._shown:
            self._thread.join()

    def _run(self) -> None:
        begin = time.monotonic()
        drawn = ""
        wait = PATIENCE
        while not self._done.wait(wait):
            wait = OFTEN
            drawn = f"Screening {self._name} … {time.monotonic() - begin:.0f} s"[: terminal_width() - 1]
            click.echo(f"\r{drawn}", nl=False, err=True)
        if drawn:
            click.echo(f"\r{'':{len(drawn)}}\r", nl=False, err=True)
