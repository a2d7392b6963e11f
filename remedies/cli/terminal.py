"""The program and its terminal: errors in plain words, colours, widths, files."""

from __future__ import annotations

import gc
import io
import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from remedies.cli.hints import command_hint, command_meant, message_of
from remedies.core.errors import Fault, InputError, RemediesError, printable, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


COMPLETING = "_REMEDIES_COMPLETE"
"""The variable of the environment through which a shell asks for completion."""


class FriendlyGroup(click.Group):
    """A group that suggests commands and turns our exceptions into one message each.

    ``lazy`` names commands that ``load`` fetches when they are asked for; ``usual`` is the one that is meant
    where the first of several words is no command.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - click's own signature
        lazy: Sequence[str] = (),
        load: Callable[[str], click.Command] | None = None,
        usual: str | None = None,
        **kwargs: Any,  # noqa: ANN401 - as above
    ) -> None:
        """Take the names of commands and what fetches them, beside what click takes."""
        super().__init__(*args, **kwargs)
        self._lazy = tuple(lazy)
        self._load = load
        self._usual = usual

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands, in the order in which they are written down."""
        return [*self._lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command by its name."""
        if self._load is not None and cmd_name in self._lazy:
            return self._load(cmd_name)
        return super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of a line; “--help check” asks for the help of check."""
        if len(args) > 1 and args[0] in ctx.help_option_names and self.get_command(ctx, args[1]) is not None:
            args = [*args[1:], args[0]]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or say what is meant by what is none; “check help” asks for the help of check."""
        name = args[0]
        unknown = self.get_command(ctx, name) is None and not name.startswith("-") and not ctx.resilient_parsing
        if unknown and self._usual is not None and len(args) > 1 and not command_meant(name, self, ctx):
            # Several words of which the first is no command describe a person.
            args, unknown = [self._usual, *args], False
        if unknown:
            hint = command_hint(name, self, ctx)
            ctx.fail(f"there is no command {quoted(name)}; {hint or f'“{ctx.command_path} --help” lists them'}.")
        found, command, rest = super().resolve_command(ctx, args)
        if rest == ["help"]:
            rest = ["--help"]
        return found, command, rest

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's own signature
        """Run the program on streams that may be unable to print every letter, or anything at all."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        if COMPLETING in os.environ:
            from remedies.cli.shells import register

            register()
        # A command ends before the collector would have found anything to give back.
        collecting = gc.isenabled()
        gc.disable()
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            click.echo(f"Error: cannot write: {(error.strerror or 'output failed').lower()}", err=True)
            sys.exit(1)
        finally:
            if collecting:
                gc.enable()

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:  # noqa: ANN401 - click's own signature
        """Read the arguments."""
        with _plain_errors():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run a command."""
        with _plain_errors():
            return super().invoke(ctx)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn what the library refuses into one message per fault and exit code 2."""
    try:
        yield
    except RemediesError as error:
        for fault in error.faults:
            click.echo(f"Error: {fault}", err=True)
        raise click.exceptions.Exit(2) from None
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise click.UsageError(printable(message_of(error)), error.ctx) from None


def colour_allowed() -> bool:
    """Tell whether standard output may be coloured: a terminal, and NO_COLOR not set."""
    dull = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not dull and sys.stdout is not None and sys.stdout.isatty()


def styled(text: str, mood: str | None) -> str:
    """Colour a heading."""
    text = printable(text)
    if mood is None:
        return text
    return click.style(text, bold=True) if mood == "bold" else click.style(text, fg=mood, bold=True)


def terminal_width() -> int:
    """Return the columns of this terminal, within what is readable."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, 20), 120)


def show_text(text: str | bytes) -> None:
    """Print a text; on a terminal that it does not fit, in the pager that click finds, and never in a pipe."""
    if isinstance(text, str) and sys.stdout is not None and sys.stdout.isatty() and _long(text):
        click.echo_via_pager(f"{text}\n", color=colour_allowed())
    else:
        click.echo(text, color=colour_allowed())


def _long(text: str) -> bool:
    """Tell whether the first line would scroll away: the shell's own prompt takes a row as well."""
    return text.count("\n") + 1 >= shutil.get_terminal_size((80, 24)).lines


def write_file(name: str, content: str | bytes, *, overwrite: bool = False, private: bool = False) -> None:
    """Write a file whole or not at all; where it exists, ask first if anybody is there to answer.

    Args:
        name: where to write.
        content: what to write.
        overwrite: replace a file that is there without asking.
        private: nobody but the user may read it.

    Raises:
        InputError: it cannot be written, or it exists and may not be replaced.
    """
    with file_to_write(name, overwrite=overwrite, private=private) as file:
        file.write(content if isinstance(content, bytes) else f"{content}\n".encode())


@contextmanager
def file_to_write(name: str, *, overwrite: bool = False, private: bool = False) -> Iterator[IO[bytes]]:
    """Open a file that is there whole once all has been written, and else as it was; see ``write_file``.

    Raises:
        InputError: it cannot be written, or it exists and may not be replaced.
    """
    try:
        path = Path(name)
        if path.exists() and not overwrite and not may_replace(name):
            message = "exists already and was left as it is; add --overwrite to replace it"
            raise InputError(Fault((name,), message))
        with _replacing(path, 0o600 if private else 0o666) as file:
            yield file
    except OSError as error:
        message = f"cannot be written: {(error.strerror or 'unwritable').lower()}"
        raise InputError(Fault((name,), message)) from None
    except ValueError as error:
        raise InputError(Fault((quoted(name),), f"is not a usable file name: {error}")) from None
    click.echo(f"Written: {printable(name)}", err=True)


@contextmanager
def _replacing(path: Path, mode: int) -> Iterator[IO[bytes]]:
    """Write beside the place and move into it, so that a full disk leaves the old file as it was."""
    if path.exists() and not path.is_file():
        # A device or a pipe cannot be replaced, only written to.
        with path.open("wb") as file:
            yield file
        return
    target = path.resolve()
    beside = target.with_name(f".{target.name[:100]}.{os.getpid()}.tmp")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:  # noqa: PTH123 - a descriptor
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def may_replace(name: str) -> bool:
    """Ask whether a file may be replaced, if anybody is there to answer."""
    if sys.stdin is None or sys.stdin.closed or not sys.stdin.isatty():
        return False
    return click.confirm(f"{printable(name)} exists. Replace it?", err=True)
