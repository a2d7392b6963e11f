"""Reading JSON strictly: size before content, duplicate keys, NaN, and where a fault is."""

from __future__ import annotations

import json
import stat
from typing import IO, TYPE_CHECKING, TypeAlias

from remedies.core.errors import Fault, InputError, path_of, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""What JSON can say."""

MAX_BYTES = 8 * 1024 * 1024
"""The largest document that is read, in bytes; patients and catalogues are far smaller."""

MAX_DEPTH = 60
"""The deepest nesting that is read; patients and catalogues need fewer than ten levels."""


class _Repeated(dict[str, Json]):
    """An object in which a key stood more than once; remembers which."""

    keys_repeated: tuple[str, ...] = ()


def read_bytes(path: Path, what: str) -> bytes:
    """Read a file, refusing directories and huge files before looking inside.

    Raises:
        InputError: there is no such file, or it cannot be read, is a directory or is too large.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(Fault(str(path), f"is a directory; give a {what} file"))
        if status.st_size > MAX_BYTES:
            raise InputError(Fault(str(path), _too_large(what)))
        with path.open("rb") as file:
            return read_stream(file, what, str(path))
    except OSError as error:
        raise InputError(Fault(str(path), f"cannot be read: {(error.strerror or 'unreadable').lower()}")) from None
    except ValueError as error:
        raise InputError(Fault(quoted(str(path)), f"is not a usable file name: {error}")) from None


def read_stream(stream: IO[bytes], what: str, name: str) -> bytes:
    """Read a stream up to the largest size.

    Raises:
        InputError: there is more in it than a document may hold.
    """
    content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise InputError(Fault(name, _too_large(what)))
    return content


def _too_large(what: str) -> str:
    return f"is larger than {MAX_BYTES // 1024 // 1024} MB, so it is not a {what} file"


def parse(content: bytes | str, name: str) -> Json:
    """Read JSON strictly; ``name`` says in messages where it came from.

    Raises:
        InputError: not UTF-8, empty, broken (with line and column), a repeated key, NaN or
            Infinity, or nested too deeply.
    """
    text = _text(content, name)
    repeated: list[_Repeated] = []

    def no_repeats(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        known = dict(pairs)
        if len(known) == len(pairs):
            return known
        marked = _Repeated(known)
        keys = [key for key, _ in pairs]
        marked.keys_repeated = tuple(key for key in known if keys.count(key) > 1)
        repeated.append(marked)
        return marked

    try:
        document: Json = json.loads(text, object_pairs_hook=no_repeats, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        where = f"{name}, line {error.lineno}, column {error.colno}"
        raise InputError(Fault(where, f"is not JSON: {error.msg[0].lower()}{error.msg[1:]}")) from None
    except _ConstantError as error:
        raise InputError(Fault(name, f"holds {error}, which is not a JSON number")) from None
    except RecursionError:
        raise InputError(Fault(name, _TOO_DEEP)) from None
    except ValueError:
        raise InputError(Fault(name, "holds a number with too many digits")) from None
    if text.count("[") + text.count("{") > MAX_DEPTH and _depth(document) > MAX_DEPTH:
        raise InputError(Fault(name, _TOO_DEEP))
    if repeated:
        raise InputError(list(_repeats(document, ())))
    return document


def _text(content: bytes | str, name: str) -> str:
    """Decode what should be JSON."""
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    except UnicodeDecodeError:
        raise InputError(Fault(name, "is not text in UTF-8")) from None
    if not text.strip():
        raise InputError(Fault(name, "is empty; JSON was expected"))
    if "\0" in text:
        raise InputError(Fault(name, "is a binary file; JSON was expected"))
    return text


_TOO_DEEP = f"is nested more than {MAX_DEPTH} levels deep"


class _ConstantError(Exception):
    """NaN or an infinity was met."""


def _refuse_constant(word: str) -> Json:
    raise _ConstantError(word)


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
            yield Fault(path_of((*path, key)), "stands more than once in the same object")
    for step, child in _children(document):
        yield from _repeats(child, (*path, step))
