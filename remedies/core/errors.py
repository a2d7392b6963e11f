"""The one family of exceptions, and the faults that they carry."""

from collections.abc import Iterable, Sequence
from types import UnionType
from typing import Literal, NamedTuple

from remedies.core.words import an, plural

Step = int | str
"""One step of a path: a key, a name, or a place in a list, counted from 0."""

Where = tuple[Step, ...]
"""The path to a fault; empty where a fault is about the whole."""

FaultKind = Literal["value", "type", "shape", "unknown-key", "missing", "word", "contradiction", "text"]
"""What is wrong in a fault: a value out of range, the wrong Python type or JSON shape, a key that
nobody knows, one that is missing, a word that means nothing, two statements that contradict each
other, or a document that cannot be read at all."""

MOST_FAULTS = 50
"""So many faults of one input are listed; how many more there are is said in the last one."""


class Fault(NamedTuple):
    """One thing that is wrong: where it stands, what to do about it, and of what kind it is."""

    where: Where
    message: str
    kind: FaultKind = "value"

    @property
    def path(self) -> str:
        """The path as text: ``remedies[3].rules[1].when``."""
        return path_of(self.where)

    def under(self, *steps: Step) -> "Fault":
        """Move the fault below a path."""
        return self._replace(where=(*steps, *self.where))

    def __str__(self) -> str:
        """Path and message on one line, with control characters escaped."""
        return printable(f"{self.path}: {self.message}" if self.where else self.message)


class RemediesError(Exception):
    """The root of everything that this library raises on purpose.

    ``faults`` holds every fault that was found, not only the first; of very many, the first fifty.
    """

    def __init__(self, faults: str | Fault | Sequence[Fault]) -> None:
        """Take one message, one fault or all faults of an input."""
        self.faults = _bounded(faults)
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple["type[RemediesError]", tuple[tuple[Fault, ...]]]:
        """Keep the faults when a process hands the error to another one."""
        return type(self), (self.faults,)


def _bounded(faults: str | Fault | Sequence[Fault]) -> tuple[Fault, ...]:
    if isinstance(faults, str):
        return (Fault((), faults),)
    if isinstance(faults, Fault):
        return (faults,)
    found = tuple(faults)
    if len(found) <= MOST_FAULTS:
        return found
    return (*found[:MOST_FAULTS], Fault((), f"and {plural(len(found) - MOST_FAULTS, 'more fault')}"))


class ArgumentError(RemediesError, TypeError):
    """A function was given something of the wrong Python type."""


class FrozenError(RemediesError, AttributeError):
    """Something that never changes was told to change."""


class InputError(RemediesError):
    """A file or a text cannot be read as what it should be."""


class CatalogueError(RemediesError):
    """A catalogue breaks one or more of the rules that every catalogue keeps."""


class PatientError(RemediesError, ValueError):
    """A patient is described in a way that makes no sense."""


class UnknownWordError(RemediesError, LookupError):
    """A word means no fact of the topic; the message suggests what may have been meant."""


class UnknownRemedyError(RemediesError, LookupError):
    """No remedy of the catalogue has this name, or the report does not speak of it."""


class CourseError(RemediesError):
    """The start or the number of days of a course cannot be used."""


class AnswerError(RemediesError):
    """An answer to a question cannot be read; the message says how to answer."""


class PlanError(RemediesError):
    """A plan cannot be made as asked, for instance because of the waking hours."""


class MissingExtraError(RemediesError):
    """A format needs a package that is not installed."""


def of_type(value: object, kind: type | UnionType, name: str, wanted: str) -> None:
    """Refuse an argument of the wrong Python type.

    Args:
        value: what was given.
        kind: what it must be an instance of.
        name: the name of the argument.
        wanted: how to say what it must be: ``a Patient``.

    Raises:
        ArgumentError: it is of another type.
    """
    if not isinstance(value, kind):
        raise ArgumentError(Fault((name,), f"must be {wanted}, not {a_type(value)}", "type"))


def texts(values: object, name: str, wanted: str) -> tuple[str, ...]:
    """Return the texts of a list, refusing a lone text and whatever is no list of texts.

    Raises:
        ArgumentError: it is something else.
    """
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise ArgumentError(Fault((name,), f"must be {wanted}, not {a_type(values)}", "type"))
    found = tuple(values)
    for one in found:
        of_type(one, str, name, f"{wanted}, each of them a text")
    return found


def a_type(value: object) -> str:
    """Name the Python type of a value in plain words: ``a text``, ``nothing (None)``, ``a dict``."""
    plain = {
        "str": "a text",
        "int": "a whole number",
        "float": "a number with decimals",
        "bool": "true or false",
        "NoneType": "nothing (None)",
        "date": "a date",
        "datetime": "a date with a time",
    }
    name = type(value).__name__
    return plain.get(name, an(name))


def printable(text: str) -> str:
    """Escape control characters, so that no value can drive a terminal."""
    return "".join(
        char if char in "\n\t" or char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text
    )


def unmarked(text: str) -> str:
    """Keep a text from being read as Markdown or HTML."""
    for char in "\\`*_[]|<>#":
        text = text.replace(char, f"\\{char}")
    return printable(text).replace("\n", " ")


def quoted(value: object, limit: int = 60) -> str:
    """Show an offending value: quoted, escaped and cut to a bearable length."""
    match value:
        case None:
            return "null"
        case True:
            return "true"
        case False:
            return "false"
        case str():
            text = repr(value[: limit + 1])
        case _:
            text = _written(value)
    return printable(text if len(text) <= limit else text[: limit - 1] + "…")


def _written(value: object) -> str:
    """Write a value that is no text; Python gives up on thousands of digits or levels."""
    try:
        return str(value)
    except (ValueError, RecursionError):
        return f"{a_type(value)} that is too long to show"


LONGEST_WORD = 200
"""The longest word, name or answer that is looked up, in characters."""


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """Name the nearest known names in a hint that starts with a space, or nothing at all."""
    if len(word) > LONGEST_WORD:
        return ""
    import difflib  # noqa: PLC0415 - only for a word that is not known

    near = difflib.get_close_matches(word.casefold(), list(names), n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(near)}?" if near else ""


def path_of(where: Iterable[Step]) -> str:
    """Write a path as ``remedies[3].rules[1].when.condition``."""
    path = ""
    for step in where:
        match step:
            case int():
                path += f"[{step}]"
            case _ if path:
                path += f".{step}"
            case _:
                path = step
    return path
