"""The frozen, strict model that all data here is made of, and how its faults become plain sentences."""

from __future__ import annotations

from datetime import date
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, Self, TypeVar, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from remedies.core.errors import Fault, FaultKind, FrozenError, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic_core import ErrorDetails

    from remedies.core.errors import Where

Item = TypeVar("Item")

MOST_ENTRIES = 2000
"""No list in data is longer than this."""

Many = Annotated[tuple[Item, ...], Field(strict=False, max_length=MOST_ENTRIES)]
"""A list in JSON, a tuple here."""


class Frozen(BaseModel):
    """Unchangeable, strictly typed, and without room for unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True, allow_inf_nan=False)

    @classmethod
    def trusted(cls, data: Mapping[str, Any]) -> Self:
        """Make a record from JSON that has been validated before, with all that lies within, without doing so again.

        A model whose JSON is not shaped like itself overrides this.
        """
        readers = _readers(cls)
        return cls.model_construct(**{name: read(data[key]) for name, (key, read) in readers.items() if key in data})

    if not TYPE_CHECKING:

        def __setattr__(self, name: str, value: object) -> NoReturn:
            """Refuse.

            Raises:
                FrozenError: always; make a changed copy with ``model_copy(update={…})``.
            """
            message = f"a {type(self).__name__} never changes; model_copy(update={{…}}) makes a changed copy"
            raise FrozenError(Fault((name,), message, "type"))

        def __delattr__(self, name: str) -> NoReturn:
            """Refuse.

            Raises:
                FrozenError: always.
            """
            self.__setattr__(name, None)


@cache
def _readers(model: type[Frozen]) -> dict[str, tuple[str, Callable[[Any], Any]]]:
    """Say for every field of a model under which key it stands and how it is read."""
    return {name: (field.alias or name, _reader(field.annotation)) for name, field in model.model_fields.items()}


def _reader(annotation: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - whatever stands behind a colon
    """Return what reads JSON that is known to fit an annotation."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _reader(inner[0])
    if origin is tuple:
        each = _reader(inner[0])
        return lambda items: tuple(map(each, items))
    if origin is dict:
        value = _reader(inner[1])
        return lambda items: {key: value(item) for key, item in items.items()}
    if origin in {Union, UnionType}:
        found = [read for read in map(_reader, inner) if read is not _kept]
        if len(found) == 1:
            return _unless_none(found[0])
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        return annotation.trusted
    if isinstance(annotation, type) and issubclass(annotation, str) and annotation is not str:
        return annotation
    return _kept


def _kept(value: Any) -> Any:  # noqa: ANN401 - JSON that stays as it is
    return value


def _unless_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda item: None if item is None else read(item)


FactId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
"""The name of a fact or a record in data: lower case, words joined by hyphens."""


Text = Annotated[str, Field(min_length=1, max_length=2000)]
"""A plain sentence or phrase that a client reads."""


def _real_day(value: str) -> str:
    try:
        real = date.fromisoformat(value).isoformat() == value
    except ValueError:
        real = False
    if not real:
        msg = f"must be a date that exists, such as 2026-11-22, not {quoted(value)}"
        raise ValueError(msg)
    return value


Isodate = Annotated[
    str, AfterValidator(_real_day), Field(json_schema_extra={"format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
]
"""A day, written as 2026-11-22."""

_KINDS: dict[str, tuple[FaultKind, str]] = {
    "missing": ("missing", "is missing"),
    "extra_forbidden": ("unknown-key", "is not a key that belongs here"),
    "string_type": ("type", "must be a text"),
    "string_unicode": ("type", "must be a text that can be stored; it holds half of a surrogate pair"),
    "string_too_short": ("value", "must not be empty"),
    "int_type": ("type", "must be a whole number"),
    "int_from_float": ("type", "must be a whole number"),
    "int_parsing_size": ("type", "must be a whole number of a few digits"),
    "float_type": ("type", "must be a number"),
    "finite_number": ("value", "must be a number that is not infinite"),
    "bool_type": ("type", "must be true or false"),
    "bool_parsing": ("type", "must be true or false"),
    "list_type": ("type", "must be a list"),
    "tuple_type": ("type", "must be a list"),
    "dict_type": ("type", "must be an object"),
    "mapping_type": ("type", "must be an object"),
    "model_type": ("type", "must be an object"),
    "model_attributes_type": ("type", "must be an object"),
    "none_required": ("type", "must be null"),
    "json_invalid": ("text", "is not JSON that can be stored: it holds half of a surrogate pair"),
    "date_type": ("type", "must be a date such as 2026-11-22"),
    "date_from_datetime_parsing": ("value", "must be a date such as 2026-11-22"),
    "date_from_datetime_inexact": ("value", "must be a date such as 2026-11-22, without a time"),
    "date_parsing": ("value", "must be a date such as 2026-11-22"),
    "datetime_type": ("type", "must be a date with a time"),
    "recursion_loop": ("shape", "contains itself"),
}
"""What pydantic finds, as a kind of fault and a sentence of our own."""

_COMPARISONS = {
    "greater_than_equal": ("ge", "greater than or equal to"),
    "less_than_equal": ("le", "less than or equal to"),
    "greater_than": ("gt", "greater than"),
}

_BARE = frozenset({"missing", "extra_forbidden", "string_too_short", "json_invalid"})
"""Kinds whose sentence says all, or whose value is the whole document; it is not shown."""


def _said(error: ErrorDetails) -> tuple[FaultKind, str]:
    """Say one pydantic fault in plain words."""
    found, context, value = error["type"], error.get("ctx", {}), error["input"]
    match found:
        case "value_error":
            return "value", str(context["error"])
        case "contradiction":
            return "contradiction", error["msg"]
        case "string_pattern_mismatch":
            return "value", f"is not written as it must be ({context['pattern']}): {quoted(value)}"
        case "literal_error":
            return "value", f"must be {_expected(context['expected'])}, not {quoted(value)}"
        case _ if found in _COMPARISONS:
            key, words = _COMPARISONS[found]
            return "value", f"must be {words} {context[key]:g}, not {quoted(value)}"
        case "string_too_long":
            return "value", f"must have at most {context['max_length']} characters, not {quoted(value)}"
        case "too_short":
            return "shape", f"needs at least {context['min_length']}"
        case "too_long":
            return "shape", f"must have at most {context['max_length']} entries"
        case _ if found in _KINDS:
            kind, sentence = _KINDS[found]
        case _:
            # A kind of our own (a clause), or one that a newer pydantic has added.
            kind, sentence = "shape", error["msg"]
    show = found not in _BARE and not isinstance(value, dict | list)
    return kind, f"{sentence}, not {quoted(value)}" if show else sentence


def _expected(names: str) -> str:
    """Write Python's names for true and false as JSON does."""
    plain = names.replace("True", "true").replace("False", "false")
    return f"one of {plain}" if " or " in plain or "," in plain else plain


def faults_of(error: ValidationError, noise: frozenset[str] = frozenset()) -> list[Fault]:
    """Turn every fault of a pydantic error into ours.

    Args:
        error: what pydantic found.
        noise: union tags that pydantic puts into locations and a reader never wrote.
    """
    found: list[tuple[str, Fault]] = []
    for item in error.errors(include_url=False):
        where: Where = tuple(step for step in item["loc"] if step not in noise)
        kind, message = _said(item)
        found.append((item["type"], Fault(where, message, kind)))
    parents = {fault.where[:depth] for _, fault in found for depth in range(len(fault.where))}
    # A list whose only entry is broken, however deep inside, is not also too short.
    return [fault for name, fault in found if name != "too_short" or fault.where not in parents]
