"""What stands in a file of patients, found out before any engine reads it.

Engines are lenient where this must not be: they fill up lines that are too short, drop keys that they did not expect,
and take the first of two equal keys. So a file of text is looked at line by line first, in constant memory.
"""

from __future__ import annotations

import csv
import json
import re
from typing import IO, TYPE_CHECKING, Any, Literal, NamedTuple

from remedies.core.documents import MAX_PATIENT_BYTES, RepeatedKeyError, parse, within
from remedies.core.errors import Fault, InputError, quoted
from remedies.core.words import plural

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

Form = Literal["parquet", "csv", "ndjson"]
"""How a table is written to a file."""

FORMS: dict[str, Form] = {".parquet": "parquet", ".csv": "csv", ".ndjson": "ndjson", ".jsonl": "ndjson"}
"""The forms of files, by their endings."""

Held = Literal["boolean", "whole", "text", "texts"]
"""What a column of a file is read as."""

_MARK = b"\xef\xbb\xbf"
_MAGIC = b"PAR1"


class Source(NamedTuple):
    """A file of patients that can be read."""

    path: Path
    form: Form
    columns: dict[str, Held]
    """What each column is read as; empty where the file says so itself."""


def source_of(path: Path, aside: Collection[str]) -> Source:
    """Find out what stands in a file.

    Args:
        path: the file.
        aside: columns that may hold anything.

    Raises:
        InputError: it cannot be read as a table.
    """
    form = form_of(path)
    try:
        with path.open("rb") as file:
            if not path.is_file():
                raise InputError(_about(path, "is no regular file, and a table is read more than once"))
            match form:
                case "parquet":
                    _be_parquet(file, path)
                    return Source(path, form, {})
                case "csv":
                    return Source(path, form, dict.fromkeys(_header_of(file, path), "text"))
                case "ndjson":
                    return Source(path, form, _Keys(path, aside).read(file))
    except OSError as error:
        raise InputError(_about(path, f"cannot be read: {(error.strerror or 'unreadable').lower()}")) from None
    except ValueError as error:
        raise InputError(Fault((quoted(str(path)),), f"is not a usable file name: {error}", "text")) from None


def form_of(path: Path) -> Form:
    """Tell the form of a file by its ending.

    Raises:
        InputError: it is that of no table.
    """
    form = FORMS.get(path.suffix.casefold())
    if form is None:
        *others, last = FORMS
        raise InputError(_about(path, f"has the ending of no table; it must be {', '.join(others)} or {last}"))
    return form


def _about(path: Path, message: str, line: int | None = None) -> Fault:
    where = f"{path}" if line is None else f"{path}, line {line:,}"
    return Fault((where,), message, "text")


def _be_parquet(file: IO[bytes], path: Path) -> None:
    size = file.seek(0, 2)
    file.seek(0)
    begins = file.read(len(_MAGIC))
    file.seek(max(size - len(_MAGIC), 0))
    if (begins, file.read()) != (_MAGIC, _MAGIC):
        raise InputError(_about(path, "is not a Parquet file"))


# CSV ------------------------------------------------------------------------------------------------


class _Lines:
    """The lines of a file as text, which remembers where it is."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        """Take the file."""
        self._file = file
        self._path = path
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        """Read on."""
        while (line := self.next()) is not None:
            yield line

    def next(self) -> str | None:
        """Read one line, without the mark that some programs write at the beginning."""
        line = self._file.readline(MAX_PATIENT_BYTES + 1)
        if not line:
            return None
        self.number += 1
        within(len(line), "table of patients", f"{self._path}, line {self.number:,}", MAX_PATIENT_BYTES)
        try:
            text = line.decode()
        except UnicodeDecodeError:
            raise InputError(_about(self._path, "is not text in UTF-8", self.number)) from None
        if "\0" in text:
            raise InputError(_about(self._path, "is a binary file", self.number))
        return text.removeprefix("\ufeff") if self.number == 1 else text


def _header_of(file: IO[bytes], path: Path) -> list[str]:
    """Return the columns of a CSV file, all of whose lines must have as many cells."""
    lines = _Lines(file, path)
    header = _cells(lines, path)
    if not header:
        raise InputError(_about(path, "is empty; a line with the names of the columns was expected"))
    if len(header) == 1 and re.search("[;\t|]", header[0]):
        raise InputError(_about(path, "must have commas between its columns", 1))
    repeated = [name for place, name in enumerate(header) if name in header[:place]]
    if repeated:
        raise InputError(_about(path, f"has the column {quoted(repeated[0])} twice", 1))
    for line in lines:
        first = lines.number
        count = line.count(",") + 1
        if '"' in line or count != len(header):
            count = len(_cells(lines, path, line))
        elif not line.strip("\r\n"):
            count = 0
        if not count:
            raise InputError(_about(path, "is empty; leave it out", first))
        if count != len(header):
            message = f"has {plural(count, 'cell')}, and the first line has {plural(len(header), 'column')}"
            raise InputError(_about(path, message, first))
    return header


def _cells(lines: _Lines, path: Path, line: str | None = None) -> list[str]:
    """Read one row, whose cells may hold breaks of lines."""
    first = lines.number + (line is None)

    def rest() -> Iterator[str]:
        if line is not None:
            yield line
        yield from lines

    try:
        return next(csv.reader(rest(), strict=True), [])
    except csv.Error as error:
        message = f"is not CSV: {error}"
        if "unexpected end" in message:
            message = "has a quote that is never closed"
        raise InputError(_about(path, message, first)) from None


# JSON Lines -----------------------------------------------------------------------------------------


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_constant(word: str) -> None:
    raise ValueError(word)


_DECODER = json.JSONDecoder(object_pairs_hook=_no_repeats, parse_constant=_no_constant)

_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


class _Keys:
    """Reads JSON Lines for what stands under each key, in whichever line it comes first."""

    def __init__(self, path: Path, aside: Collection[str]) -> None:
        """Take the name of the file, and the keys that may hold anything."""
        self._path = path
        self._aside = aside
        self._types: dict[str, set[type]] = {}
        self._seen: dict[tuple[str, bool], int] = {}
        """The first line in which a key holds a list, or something else."""
        self._large_ids = False

    def read(self, file: IO[bytes]) -> dict[str, Held]:
        """Read the whole file.

        Raises:
            InputError: a line is no object, or holds what no engine can read.
        """
        number = 0
        while line := file.readline(MAX_PATIENT_BYTES + 1):
            number += 1
            if number == 1 and line.startswith(_MARK):
                raise InputError(_about(self._path, "begins with a byte order mark; write it as UTF-8 without one"))
            if not line.isspace():
                self._add(self._object(line, number), number)
        if not self._types:
            raise InputError(_about(self._path, "is empty; a line for every patient was expected"))
        return {key: self._held(key, types - {type(None)}) for key, types in self._types.items()}

    def _object(self, line: bytes, number: int) -> dict[str, Any]:
        within(len(line), "table of patients", f"{self._path}, line {number:,}", MAX_PATIENT_BYTES)
        found: Any
        try:
            found = _DECODER.decode(line.decode())
        except (ValueError, RecursionError):
            # Read again by what says where it is wrong.
            try:
                found = parse(line.rstrip(b"\r\n"), "")
            except RepeatedKeyError as error:
                raise InputError(_about(self._path, str(error).replace(": ", " "), number)) from None
            except InputError as error:
                raise InputError(_about(self._path, error.faults[0].message, number)) from None
        if not isinstance(found, dict):
            raise InputError(_about(self._path, 'is no object such as {"id": 1, "age_years": 34}', number))
        return found

    def _add(self, found: dict[str, Any], number: int) -> None:
        for key, value in found.items():
            kind = type(value)
            if kind in {list, dict} and key not in self._aside:
                self._check(key, value, number)
            types = self._types.get(key)
            if types is None:
                types = self._types[key] = set()
            if kind not in types:
                types.add(kind)
                if value is not None:
                    self._seen.setdefault((key, kind is list), number)
        self._large_ids = self._large_ids or not _fits(found.get("id"))

    def _check(self, key: str, value: object, number: int) -> None:
        """Refuse what an engine would turn into a text of JSON."""
        if isinstance(value, dict):
            raise InputError(_about(self._path, f"{key} holds an object, which no column may hold", number))
        if isinstance(value, list) and not all(one is None or isinstance(one, str) for one in value):
            raise InputError(_about(self._path, f"{key} holds a list of something else than texts", number))

    def _held(self, key: str, types: set[type]) -> Held:
        """Say as what a key is read; where lines differ in it, as text, which rows answer for one by one."""
        if list in types and key not in self._aside:
            if types != {list}:
                lists, others = self._seen[key, True], self._seen[key, False]
                message = f"{key} holds a list in line {lists:,} and something else in line {others:,}"
                raise InputError(_about(self._path, f"{message}; write a list in every line, or in none"))
            return "texts"
        if types == {bool}:
            return "boolean"
        if types == {int} and key == "id" and not self._large_ids:
            return "whole"
        return "text"


def _fits(value: object) -> bool:
    return not isinstance(value, int) or _SMALLEST <= value <= _LARGEST
