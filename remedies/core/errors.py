"""The one family of exceptions, and how pydantic's faults become plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails


class Fault(NamedTuple):
    """One thing that is wrong: where it stands (a path, or empty) and what to do about it."""

    path: str
    message: str

    def __str__(self) -> str:
        """Path and message on one line, with control characters escaped."""
        return printable(f"{self.path}: {self.message}" if self.path else self.message)


class RemediesError(Exception):
    """The root of everything that this library raises on purpose.

    ``faults`` holds every fault that was found, not only the first.
    """

    def __init__(self, faults: str | Fault | Sequence[Fault]) -> None:
        """Take one message, one fault or all faults of an input."""
        if isinstance(faults, str):
            faults = Fault("", faults)
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class InputError(RemediesError):
    """A file or a text cannot be read as what it should be."""


class CatalogueError(RemediesError):
    """A catalogue breaks one or more of the rules that every catalogue keeps."""


class PatientError(RemediesError):
    """A patient is described in a way that makes no sense."""


class UnknownRemedyError(RemediesError):
    """No remedy of the catalogue has this name."""


class CourseError(RemediesError):
    """The start or the number of days of a course cannot be used."""


class PlanError(RemediesError):
    """A plan cannot be made as asked, for instance because of the waking hours."""


class MissingExtraError(RemediesError):
    """A format needs a package that is not installed."""


def printable(text: str) -> str:
    """Escape control characters, so that no value can drive a terminal."""
    return "".join(
        char if char in "\n\t" or char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text
    )


def quoted(value: object, limit: int = 60) -> str:
    """Show an offending value: quoted, escaped and cut to a bearable length."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(value) if isinstance(value, str) else str(value)
    return printable(text if len(text) <= limit else text[: limit - 1] + "…")


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """Name the nearest known names in a hint that starts with a space, or nothing at all."""
    import difflib  # noqa: PLC0415 - only for a word that is not known

    near = difflib.get_close_matches(word.casefold(), list(names), n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(near)}?" if near else ""


def path_of(location: Iterable[int | str], prefix: str = "") -> str:
    """Write a location as ``remedies[3].rules[1].when.condition``."""
    path = prefix
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            path += f".{step}" if path else step
    return path


_SAYINGS = {
    "missing": "is missing",
    "extra_forbidden": "is not a key that belongs here",
    "string_type": "must be a text",
    "string_too_short": "must not be empty",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "json_invalid": "is not JSON that can be stored: it holds half of a surrogate pair",
    "date_type": "must be a date such as 2026-11-22",
    "date_from_datetime_parsing": "must be a date such as 2026-11-22",
    "date_parsing": "must be a date such as 2026-11-22",
}


def _lower(expected: str) -> str:
    """Write Python's names for true and false as JSON does."""
    plain = expected.replace("True", "true").replace("False", "false")
    return f"one of {plain}" if " or " in plain or "," in plain else plain


def _sentence(error: ErrorDetails) -> str:  # noqa: PLR0911 - one per kind of fault
    """Say one pydantic fault in plain words."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "string_pattern_mismatch":
        return f"is not written as it must be ({context['pattern']}): {quoted(error['input'])}"
    if kind == "literal_error":
        return f"must be {_lower(context['expected'])}, not {quoted(error['input'])}"
    if kind in {"greater_than_equal", "less_than_equal", "greater_than"}:
        return f"{error['msg'].replace('Input should', 'must')}, not {quoted(error['input'])}"
    if kind == "string_too_long":
        return f"must have at most {context['max_length']} characters, not {quoted(error['input'])}"
    if kind == "too_short":
        return f"needs at least {context['min_length']}"
    saying = _SAYINGS.get(kind, error["msg"].replace("Input should", "must"))
    show = not isinstance(error["input"], dict | list) and kind not in {
        "missing",
        "extra_forbidden",
        "string_too_short",
    }
    return f"{saying}, not {quoted(error['input'])}" if show else saying


def faults_of(error: ValidationError, prefix: str = "", noise: frozenset[str] = frozenset()) -> list[Fault]:
    """Turn every fault of a pydantic error into ours.

    Args:
        error: what pydantic found.
        prefix: the path of the thing that was validated.
        noise: union tags that pydantic puts into locations and a reader never wrote.
    """
    found = [
        (item["type"], Fault(path_of((step for step in item["loc"] if step not in noise), prefix), _sentence(item)))
        for item in error.errors(include_url=False)
    ]
    paths = [fault.path for _, fault in found]
    # A list whose only entry is broken is not also too short.
    return [
        fault
        for kind, fault in found
        if kind != "too_short" or not any(path.startswith(f"{fault.path}[") for path in paths)
    ]
