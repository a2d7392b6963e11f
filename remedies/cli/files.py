"""Files that a command writes: the ending of a name says the format, and each format its needs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol, TypeVar

import click
from click.core import ParameterSource

from remedies.cli.terminal import show_text, styled, write_file
from remedies.core.errors import Fault, InputError, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Command = TypeVar("Command", bound=Callable[..., object])

PLAN_ENDINGS = {".ics": "ics", ".html": "html", ".md": "markdown", ".txt": "text", ".json": "json"}
"""The formats of a plan by the ending of a file."""

TABLE_ENDINGS = {".csv": "csv", ".md": "markdown", ".txt": "table", ".json": "json"}
"""The formats of a table by the ending of a file."""

CHECK_ENDINGS = {**TABLE_ENDINGS, ".jsonl": "jsonl"}
"""The same, and that of a whole file of people."""

STANDARD_INPUT = "standard input"
"""What a file that is called “-” is called in a message."""

_IMPORT = "To use it, open the file on the phone, or import it in the settings of the calendar."


def standard_input(wanted: str) -> IO[bytes]:
    """Return standard input, to be read as bytes.

    Args:
        wanted: what to give instead, where it is closed.

    Raises:
        InputError: it is closed.
    """
    if sys.stdin is None or sys.stdin.closed:
        raise InputError(Fault((STANDARD_INPUT,), f"is closed; give {wanted} or pipe one in", "text"))
    return sys.stdin.buffer


def output_options(endings: Mapping[str, str]) -> Callable[[Command], Command]:
    """Add --output and --overwrite to a command that has --format."""

    def add(command: Command) -> Command:
        text = f"Write to a file instead of the screen; its ending says the format: {listed(endings)}."
        command = click.option("--overwrite", is_flag=True, help="Replace the file if it is there.")(command)
        return click.option("--output", metavar="FILE", help=text)(command)

    return add


def listed(endings: Mapping[str, str]) -> str:
    """Name endings in a sentence."""
    *others, last = endings
    return " or ".join([", ".join(others), last] if others else [last])


def format_of(name: str, endings: Mapping[str, str]) -> str | None:
    """Tell the format of a file from the ending of its name; nothing where that is none of a format."""
    return endings.get(Path(name).suffix.casefold())


def settled_format(ctx: click.Context, asked: str, output: str | None, endings: Mapping[str, str]) -> str:
    """Settle the format: the ending of a file says it, and what was asked for may not be another one.

    Raises:
        click.UsageError: the ending is none of a format, or of another one than was asked for.
    """
    if output is None or not Path(output).suffix:
        return asked
    ending = format_of(output, endings)
    if ending is None:
        ctx.fail(f"{quoted(output)} has the ending of no format; end it with {listed(endings)}")
    if ctx.get_parameter_source("format_") is not ParameterSource.DEFAULT and ending != asked:
        ctx.fail(f"--format {asked} and {quoted(output)} are two formats; leave --format out, or change the ending")
    return ending


class Page(Protocol):
    """What writes a page, with its headings in the style that it is given."""

    def __call__(self, *, style: Callable[[str, str | None], str]) -> str | bytes:
        """Write it."""


def deliver(page: Page, format_: str, output: str | None, *, overwrite: bool) -> None:
    """Print a page, or write it to a file where one is named.

    Raises:
        InputError: it cannot be written, or it exists and may not be replaced.
    """
    if output is None:
        show_text(page(style=styled))
    else:
        write_page(output, page(style=_uncoloured), format_, overwrite=overwrite)


def _uncoloured(text: str, mood: str | None) -> str:
    del mood
    return text


def write_page(name: str, content: str | bytes, format_: str, *, overwrite: bool = False) -> None:
    """Write a page to a file; a table gets the mark without which spreadsheets misread it, a calendar a hint.

    Raises:
        InputError: it cannot be written, or it exists and may not be replaced.
    """
    if format_ == "csv" and isinstance(content, str):
        content = f"{content}\n".encode("utf-8-sig")
    write_file(name, content, overwrite=overwrite)
    if format_ == "ics":
        click.echo(_IMPORT, err=True)
