"""``remedies check --patients``: a whole file of people, one a line, answered line by line."""

from __future__ import annotations

import gc
import io
import os
import stat
import sys
import time
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, NamedTuple, Self, TypeVar

import click
from click.core import ParameterSource

from remedies.cli.completion import complete_file
from remedies.cli.files import settled_format, standard_input
from remedies.cli.interrupts import Interrupts
from remedies.cli.terminal import file_to_write
from remedies.cli.words import PatientWords
from remedies.core.errors import Fault, InputError
from remedies.core.words import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from types import FrameType

    from remedies.intake.lines import CheckedLine

Command = TypeVar("Command", bound="Callable[..., object]")

SOME_FAILED = 3
"""The exit code where some lines could not be read."""

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""

PATIENCE = 2.0
"""So many seconds pass before a bar shows how far it is."""

OFTEN = 0.2
"""After so many seconds it is drawn anew."""

_WIDTH = 30
_OF_ONE = {*PatientWords._fields, "why", "details", "exit_code"} - {"strict"}
"""What is said of one person, or of the answer to one, by the names of parameters."""


class Many(NamedTuple):
    """What the options hold that speak of a file of people."""

    patients: str | None
    summary: bool
    jobs: int
    stop_at_first: bool

    @classmethod
    def taken_from(cls, options: dict[str, Any]) -> Self:
        """Take these options out of those of a command."""
        return cls(**{name: options.pop(name) for name in cls._fields})


def many_options(command: Command) -> Command:
    """Add the options that speak of a file of people."""
    for option in (
        click.option("--stop-at-first", is_flag=True, help="With --patients: end at a line that cannot be read."),
        click.option("--jobs", type=int, default=1, metavar="N", help="With --patients: share it among N processes."),
        click.option("--summary", is_flag=True, help="With --patients: verdicts only, a short line each."),
        click.option(
            "--patients",
            metavar="FILE",
            help="Many people: Patient JSON, one a line; “-” as above.",
            shell_complete=complete_file,
        ),
    ):
        command = option(command)
    return command


def refuse_many(ctx: click.Context, format_: str) -> None:
    """Refuse what is said of a file of people where none is given.

    Raises:
        click.UsageError: something of that kind was given.
    """
    given = _given(ctx, {*Many._fields})
    if given:
        ctx.fail(f"{given[0]} is for a file of people: add --patients FILE")
    if format_ == "jsonl":
        ctx.fail("JSON Lines answer a file of people: add --patients FILE, or write --format json for one person")


def check_many(
    ctx: click.Context,
    many: Many,
    *,
    format_: str,
    output: str | None,
    overwrite: bool,
    **arguments: Any,  # noqa: ANN401 - those of the library's check
) -> int:
    """Check a file of people, and return the exit code: 3 if some lines could not be read.

    Raises:
        click.UsageError: something was given that makes no sense for many people.
        RemediesError: an argument cannot be used, or a file cannot be read or written.
    """
    from remedies.intake.lines import check_lines

    given = _given(ctx, _OF_ONE)
    if given:
        ctx.fail(f"--patients checks a whole file of people: leave out {' and '.join(given)}")
    if many.summary and arguments["all_rules"]:
        ctx.fail("--all-rules is for whole reports: leave out --summary")
    if ctx.get_parameter_source("format_") is ParameterSource.DEFAULT:
        format_ = "jsonl"
    if settled_format(ctx, format_, output, {".jsonl": "jsonl"}) != "jsonl":
        ctx.fail(f"--patients is answered in JSON Lines: leave out --format {format_}")
    # A stream may run for hours; what a short command leaves to its end is given back here.
    gc.enable()
    done = _Done()
    try:
        with _Brake() as brake, _opened(many.patients or "-") as people:
            lines = _Lines(people, brake)
            answers = check_lines(
                lines, summary=many.summary, jobs=many.jobs, stop_at_first=many.stop_at_first, **arguments
            )
            with closing(answers), _out(output, overwrite=overwrite) as out:
                _write(answers, out, brake, done, _Bar(people, alone=not out.isatty()))
    except KeyboardInterrupt:
        done.tell()
        click.echo(f"Stopped after {plural(f'{done.lines:,}', 'line')}.", err=True)
        return INTERRUPTED
    done.tell()
    return SOME_FAILED if done.failed else 0


def _given(ctx: click.Context, names: set[str]) -> list[str]:
    """Name the options among some that were given."""
    return [
        param.opts[0] if isinstance(param, click.Option) else "the words"
        for param in ctx.command.params
        if param.name in names and ctx.get_parameter_source(param.name) is not ParameterSource.DEFAULT
    ]


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    """Open a file of people; “-” is standard input.

    Raises:
        InputError: it cannot be opened.
    """
    if name == "-":
        yield standard_input("a file of patients")
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - what fails later is not said to be this
    except OSError as error:
        message = f"cannot be read: {(error.strerror or 'unreadable').lower()}"
        raise InputError(Fault((name,), message, "text")) from None
    with file:
        yield file


def _out(output: str | None, *, overwrite: bool) -> AbstractContextManager[IO[bytes]]:
    """Open where the answers go: JSON Lines are UTF-8, whatever a terminal is set to."""
    if output is None:
        return nullcontext(sys.stdout.buffer)
    return file_to_write(output, overwrite=overwrite)


class _Done:
    """How far it came."""

    lines = 0
    failed = 0
    first = 0
    """The number of the first line that could not be read."""

    def count(self, checked: CheckedLine) -> None:
        """Count one line."""
        self.lines += 1
        if checked.failed:
            self.failed += 1
            self.first = self.first or checked.line

    def tell(self) -> None:
        """Say on standard error what could not be read."""
        if self.failed:
            lines = plural(f"{self.lines:,}", "line")
            click.echo(f"{self.failed:,} of {lines} could not be read, the first is line {self.first:,}", err=True)


def _write(answers: Iterable[CheckedLine], out: IO[bytes], brake: _Brake, done: _Done, bar: _Bar) -> None:
    """Write every answer as soon as it is there."""
    try:
        for checked in answers:
            done.count(checked)
            brake.write(out, f"{checked.text}\n".encode())
            bar.moved(done.lines)
    finally:
        bar.gone()


class _Brake(Interrupts):
    """Lets Ctrl-C act between two lines only: while the next one is awaited, or once an answer has been written.

    A second one breaks off the writing of a line, which may never end.
    """

    def __init__(self) -> None:
        """Begin without it."""
        self._at: Literal["work", "reading", "writing"] = "work"
        self._asked = False

    def _interrupt(self, _: int, __: FrameType | None) -> None:
        if self._at == "reading" or (self._at == "writing" and self._asked):
            raise KeyboardInterrupt
        self._asked = True

    def _worked(self) -> None:
        self._at = "work"
        if self._asked:
            raise KeyboardInterrupt

    def read(self, people: IO[bytes], size: int) -> bytes:
        """Read one line, or so many bytes of it."""
        self._at = "reading"
        line = people.readline(size)
        self._worked()
        return line

    def write(self, out: IO[bytes], line: bytes) -> None:
        """Write one line whole."""
        self._at = "writing"
        rest = memoryview(line)
        while rest:
            # Without a buffer (PYTHONUNBUFFERED) a signal may come after a part.
            rest = rest[out.write(rest) :]
        out.flush()
        self._worked()


class _Lines(io.IOBase):
    """A file of people as its lines are read, which Ctrl-C may end."""

    def __init__(self, people: IO[bytes], brake: _Brake) -> None:
        """Take the file."""
        self._people = people
        self._brake = brake

    def readline(self, size: int | None = -1, /) -> bytes:
        """Read one line, or so many bytes of it."""
        return self._brake.read(self._people, -1 if size is None else size)


class _Bar:
    """Shows on standard error how far it is, if that is a terminal and it takes long."""

    def __init__(self, people: IO[bytes], *, alone: bool) -> None:
        """Take what is read, and whether nothing else is written to the terminal."""
        self._people = people
        self._size = _size_of(people)
        self._shown = alone and sys.stderr is not None and sys.stderr.isatty()
        self._next = time.monotonic() + PATIENCE
        self._drawn = ""

    def moved(self, lines: int) -> None:
        """Draw it anew, but not often."""
        if not self._shown or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + OFTEN
        self._draw(f"{self._bar()}{plural(f'{lines:,}', 'line')}")

    def gone(self) -> None:
        """Leave nothing of it."""
        if self._drawn:
            self._draw("")
            click.echo("\r", nl=False, err=True)

    def _bar(self) -> str:
        if not self._size:
            return ""
        share = min(self._people.tell() / self._size, 1)
        return f"[{'#' * round(share * _WIDTH):{_WIDTH}}] {share:4.0%}  "

    def _draw(self, text: str) -> None:
        click.echo(f"\r{text:{len(self._drawn)}}", nl=False, err=True)
        self._drawn = text


def _size_of(people: IO[bytes]) -> int:
    """Return the bytes of a regular file, and 0 of anything else."""
    try:
        status = os.fstat(people.fileno())
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0
