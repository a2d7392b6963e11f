"""Reading JSON strictly: size before content, duplicate keys, NaN, and where a fault is."""

from __future__ import annotations

import json
import stat
from collections import Counter
from typing import IO, TYPE_CHECKING, TypeAlias

from remedies.core.errors import Fault, InputError, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""What JSON can say."""

MAX_BYTES = 8 * 1024 * 1024
"""The largest catalogue that is read, in bytes; the shipped one has less than one megabyte."""

MAX_PATIENT_BYTES = 256 * 1024
"""The largest patient that is read, in bytes; most have less than one kilobyte."""

MAX_DEPTH = 60
"""The deepest nesting that is read; patients and catalogues need fewer than ten levels."""


def read_bytes(path: Path, what: str, most: int = MAX_BYTES) -> bytes:
    """Read a file, refusing directories and huge files before looking inside.

    Raises:
        InputError: there is no such file, or cannot be read, is a directory or is too large.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(Fault((str(path),), f"is a directory; give a {what} file", "text"))
        with path.open("rb") as file:
            return read_stream(file, what, str(path), most)
    except OSError as error:
        message = f"cannot be read: {(error.strerror or 'unreadable').lower()}"
        raise InputError(Fault((str(path),), message, "text")) from None
    except ValueError as error:
        raise InputError(Fault((quoted(str(path)),), f"is not a usable file name: {error}", "text")) from None


def read_stream(stream: IO[bytes], what: str, name: str, most: int = MAX_BYTES) -> bytes:
    """Read a stream up to the largest size, in bytes.

    Raises:
        InputError: there is more in it than a document may hold.
    """
    content = stream.read(most + 1)
    within(len(content), what, name, most)
    return content


def within(size: int, what: str, name: str, most: int) -> None:
    """Refuse what is larger than it may be, in bytes.

    Raises:
        InputError: it is larger.
    """
    if size > most:
        unit, power = ("MB", 2) if most >= 1024**2 else ("kB", 1)
        message = f"is larger than {most // 1024**power} {unit}, so it is not a {what} file"
        raise InputError(Fault((name,), message, "text"))


def parse(content: bytes | str, name: str) -> Json:
    """Read JSON strictly; ``name`` says in messages where it came from.

    Raises:
        InputError: not UTF-8, empty, broken (with line and column), a repeated key, NaN or
            Infinity, or nested too deeply.
    """
    text = _text(content, name)
    try:
        document, repeated = _read(text)
    except json.JSONDecodeError as error:
        raise InputError(_broken(text, error.pos, name)) from None
    except _ConstantError as error:
        raise InputError(Fault((name,), f"holds {error}, which is not a JSON number", "text")) from None
    except RecursionError:
        raise InputError(Fault((name,), _TOO_DEEP, "text")) from None
    except ValueError:
        raise InputError(Fault((name,), "holds a number with too many digits", "text")) from None
    if text.count("[") + text.count("{") > MAX_DEPTH and _depth(document) > MAX_DEPTH:
        raise InputError(Fault((name,), _TOO_DEEP, "text"))
    if repeated:
        raise RepeatedKeyError(list(_repeats(document, ())), document)
    return document


def _read(text: str) -> tuple[Json, bool]:
    """Read JSON, and tell whether a key is repeated anywhere; only then is it read again, to say where."""
    try:
        return _STRICT.decode(text), False
    except _RepeatedError:
        return _MARKING.decode(text), True


class RepeatedKeyError(InputError):
    """A key stands more than once in an object; ``document`` is the rest, the last of each key taken."""

    def __init__(self, faults: Sequence[Fault], document: Json = None) -> None:
        """Take the faults, and the document for whoever wants to find the other ones as well."""
        super().__init__(faults)
        self.document = document


def _broken(text: str, place: int, name: str) -> Fault:
    """Say where JSON ends to be JSON; the sentences are ours, since those of Python change."""
    rest = text[place + 1 :].lstrip()
    if text[place : place + 1] == "," and rest[:1] in {"}", "]"}:
        # Some Pythons point at the comma, some at the bracket behind it.
        place = len(text) - len(rest)
    line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
    char = text[place : place + 1]
    if not char:
        message = "ends too early"
    elif char in "}]" and text[:place].rstrip().endswith(","):
        message = f"a comma too many before “{char}”"
    elif char == "'":
        message = "texts stand in double quotes, not in single ones"
    else:
        message = f"cannot be read from {quoted(text[place : place + 20])} on"
    return Fault((f"{name}, line {line}, column {column}",), f"is not JSON: {message}", "text")


def _text(content: bytes | str, name: str) -> str:
    """Decode what should be JSON."""
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content.removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise InputError(Fault((name,), "is not text in UTF-8", "text")) from None
    if not text.strip():
        raise InputError(Fault((name,), "is empty; JSON was expected", "text"))
    if "\0" in text:
        raise InputError(Fault((name,), "is a binary file; JSON was expected", "text"))
    return text


_TOO_DEEP = f"is nested more than {MAX_DEPTH} levels deep"


class _Repeated(dict[str, Json]):
    """An object in which a key stood more than once; remembers which."""

    keys_repeated: tuple[str, ...] = ()


class _RepeatedError(Exception):
    """A key stands more than once in an object."""


class _ConstantError(Exception):
    """NaN or an infinity was met."""


def _refuse_constant(word: str) -> Json:
    raise _ConstantError(word)


def _refuse_repeats(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    known = dict(pairs)
    if len(known) != len(pairs):
        raise _RepeatedError
    return known


def _mark_repeats(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    known = dict(pairs)
    if len(known) == len(pairs):
        return known
    marked = _Repeated(known)
    counts = Counter(key for key, _ in pairs)
    marked.keys_repeated = tuple(key for key in known if counts[key] > 1)
    return marked


_STRICT = json.JSONDecoder(object_pairs_hook=_refuse_repeats, parse_constant=_refuse_constant)
_MARKING = json.JSONDecoder(object_pairs_hook=_mark_repeats, parse_constant=_refuse_constant)


def _children(document: Json) -> Iterator[tuple[int | str, Json]]:
    match document:
        case dict():
            yield from document.items()
        case list():
            yield from enumerate(document)
        case _:
            return


def _depth(document: Json) -> int:
    """Count the levels without recursion, stopping soon after there are too many."""
    level, depth = [document], 0
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [child for parent in level for _, child in _children(parent)]
    return depth


def _repeats(document: Json, path: tuple[int | str, ...]) -> Iterator[Fault]:
    """Find each repeated key together with its path."""
    if isinstance(document, _Repeated):
        for key in document.keys_repeated:
            yield Fault((*path, key), "stands more than once in the same object", "text")
    for step, child in _children(document):
        yield from _repeats(child, (*path, step))
