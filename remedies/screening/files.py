"""A file of patients in, files of verdicts and of rejects out, however large they are."""

from __future__ import annotations

import os
from contextlib import ExitStack, suppress
from pathlib import Path
from secrets import token_hex
from shutil import rmtree
from tempfile import gettempdir
from typing import TYPE_CHECKING, NamedTuple, Self

from remedies.core.errors import Fault, InputError, of_type, quoted, texts
from remedies.knowledge.topics import MOST_DAYS
from remedies.screening.engines import files_of, known_engine
from remedies.screening.reading import form_of, source_of
from remedies.screening.screening import screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from types import TracebackType

    from remedies.knowledge.catalogue import Catalogue
    from remedies.screening.engines import Engine
    from remedies.screening.reading import Form
    from remedies.screening.screening import Counts
    from remedies.screening.words import Unclear


class Screened(NamedTuple):
    """What was found in a file of patients."""

    counts: Counts
    """How many rows there are of each kind."""
    unclear: tuple[Unclear, ...]
    """Words that were not understood, the most frequent first."""
    notes: tuple[str, ...]
    """What the table says of nobody, in a sentence each."""
    as_of: date
    """The day of the check."""
    start: date
    """The first day of the course."""
    days: int
    """How long the course is."""
    output: Path | None
    """The file of verdicts, if one was asked for."""
    rejects: Path | None
    """The file of rejected rows, if one was asked for and there are any."""


def screen_file(
    path: str | os.PathLike[str],
    catalogue: Catalogue | None = None,
    *,
    output: str | os.PathLike[str] | None = None,
    rejects: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
    engine: Engine = "polars",
    long: bool = False,
    reasons: bool = False,
    start: date | None = None,
    days: int = MOST_DAYS,
    as_of: date | None = None,
    remedies: Iterable[str] | None = None,
    other: Iterable[str] = (),
) -> Screened:
    """Screen a file of patients, as ``screen`` does a table, and write the verdicts to another file.

    Files are Parquet (``.parquet``), CSV (``.csv``) or JSON Lines (``.ndjson``, ``.jsonl``), and may be larger than
    memory. A file is written whole or not at all. All cells of CSV are texts. In JSON Lines a column in which lines
    differ is read as texts too, so that a cell that makes no sense rejects its row and nothing else.

    Args:
        path: the file of patients.
        catalogue: the shipped one unless given.
        output: the file of verdicts; none is written unless it is named.
        rejects: the file of rejected rows, which is written if there are any; beside the output unless named.
        overwrite: replace files that are there.
        engine: ``polars`` or ``duckdb``.
        long: write a row for each patient and remedy.
        reasons: also write the rule that is the first reason of each verdict.
        start: first day of the course; the day of the check unless given.
        days: length of the course, 1 to 5 days.
        as_of: the day of the check, on which everything in the table holds; today unless given.
        remedies: ids or names; all remedies unless given.
        other: columns that were looked at and set aside, since they say nothing of what may be used.

    Raises:
        ArgumentError: something is of the wrong Python type.
        CourseError: the days or the start cannot be used.
        InputError: a file cannot be read or written, or a column is not understood.
        MissingExtraError: the engine is not installed.
        UnknownRemedyError: a named remedy does not exist.
    """
    for name, value in (("path", path), ("output", output), ("rejects", rejects)):
        optional = name != "path"
        if not (optional and value is None):
            of_type(value, str | os.PathLike, name, "the name of a file")
    for name, flag in (("overwrite", overwrite), ("long", long), ("reasons", reasons)):
        of_type(flag, bool, name, "true or false")
    if long and reasons:
        raise InputError(Fault(("long",), "has no column for a reason; leave one of long and reasons out"))
    aside = texts(other, "other", "a list of columns")
    known_engine(engine)
    inward = Path(path)
    outward = None if output is None else Path(output)
    outlying = rejects_beside(output, rejects)
    with ExitStack() as stack:
        form_of(inward)
        places = [stack.enter_context(_Place(place, overwrite=overwrite)) for place in (outward, outlying) if place]
        _apart([inward, *(place.path for place in places)])
        for place in places:
            place.open()
        scratch = stack.enter_context(_Scratch(places)).made()
        files = stack.enter_context(files_of(engine, inward, scratch))
        found = screen(
            files.table(source_of(inward, aside)),
            catalogue,
            start=start,
            days=days,
            as_of=as_of,
            remedies=remedies,
            other=aside,
            reasons=reasons,
        )
        if not found.plain:
            found = found.kept(lambda table: files.keep(table, scratch / "patients.parquet"))
        tables = [found.long if long else found.verdicts] if outward else []
        if outlying:
            tables.append(found.rejects)
        counts = files.run(found, dict(zip(places, tables, strict=True)))
        for place in places:
            place.finish(keep=place.path != outlying or counts.rejected > 0)
    written = outlying if counts.rejected else None
    return Screened(counts, found.unclear, found.notes, found.as_of, found.start, found.days, outward, written)


def rejects_beside(output: str | os.PathLike[str] | None, rejects: str | os.PathLike[str] | None = None) -> Path | None:
    """Say where rejected rows go: to a file beside the output, unless another one is named.

    Raises:
        InputError: the output has the ending of no table.
    """
    if rejects is not None:
        return Path(rejects)
    if output is None:
        return None
    path = Path(output)
    # What has no name ends in no form either.
    form_of(path)
    return path.with_name(f"{path.stem}.rejects{path.suffix}")


class _Scratch:
    """A folder on the disk that has room for what is written, if anything is."""

    def __init__(self, places: Sequence[_Place]) -> None:
        """Choose a name; nothing is there yet."""
        beside = next((place.beside.parent for place in places), Path(gettempdir()))
        self._path = beside / f".remedies-{token_hex(8)}"

    def __enter__(self) -> Self:
        """Begin; nothing is touched yet."""
        return self

    def made(self) -> Path:
        """Make the folder, for nobody else to read."""
        self._path.mkdir(mode=0o700)
        return self._path

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        """Leave nothing of it."""
        rmtree(self._path, ignore_errors=True)


def _apart(paths: list[Path]) -> None:
    """Refuse to write over what is read, or twice to one file."""
    seen: set[Path] = set()
    for path in paths:
        try:
            place = path.resolve()
            twice = place in seen or any(path.exists() and other.exists() and path.samefile(other) for other in seen)
        except OSError as error:
            message = f"cannot be used: {(error.strerror or 'unusable').lower()}"
            raise InputError(Fault((str(path),), message, "text")) from None
        except ValueError as error:
            raise InputError(Fault((quoted(str(path)),), f"is not a usable file name: {error}", "text")) from None
        if twice:
            raise InputError(Fault((str(path),), "is named twice; patients, verdicts and rejects need a file each"))
        seen.add(place)


class _Place:
    """A file that is there whole once everything has been written, and else as it was."""

    def __init__(self, path: Path, *, overwrite: bool) -> None:
        """Take the name that it gets in the end."""
        self.path = path
        self.form: Form = form_of(path)
        self._overwrite = overwrite
        self._target = path
        self.beside = path

    def __enter__(self) -> Self:
        """Begin; nothing is touched yet."""
        return self

    def open(self) -> None:
        """Make an empty file beside the place, so that whatever is wrong with it is found before the work.

        Raises:
            InputError: it cannot be written, or something is there and may not be replaced.
        """
        try:
            if self.path.is_dir():
                raise InputError(self._fault("is a directory; name a file"))
            if self.path.exists() and not self._overwrite:
                raise InputError(self._fault("exists already and was left as it is; add --overwrite to replace it"))
            self._target = self.path.resolve()
            # Named before it is there, so that whatever comes between leaves nothing.
            self.beside = self._target.with_name(f".{self._target.stem[:100]}.{token_hex(8)}{self.path.suffix}")
            os.close(os.open(self.beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        except OSError as error:
            raise InputError(self._fault(f"cannot be written: {(error.strerror or 'unwritable').lower()}")) from None
        except ValueError as error:
            raise InputError(Fault((quoted(str(self.path)),), f"is not a usable file name: {error}")) from None

    def finish(self, *, keep: bool) -> None:
        """Move what was written to its place; where nothing is kept, leave nothing of an earlier run either."""
        try:
            if keep:
                self.beside.replace(self._target)
            else:
                self._target.unlink(missing_ok=True)
        except OSError as error:
            raise InputError(self._fault(f"cannot be written: {(error.strerror or 'unwritable').lower()}")) from None

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        """Leave nothing beside the place."""
        if self.beside != self.path:
            with suppress(OSError):
                self.beside.unlink()

    def _fault(self, message: str) -> Fault:
        return Fault((str(self.path),), message)
