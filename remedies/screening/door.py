"""The door: a table of whatever engine, and what its columns hold.

Nulls are made equal here. Classic columns of pandas hold several kinds of them, or lose them where they become
numbers, so a table of pandas is turned into one of Arrow first.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import narwhals as nw

from remedies.core.errors import ArgumentError, Fault, InputError, a_type
from remedies.screening.versions import new_enough

if TYPE_CHECKING:
    from collections.abc import Callable

    from narwhals.dtypes import DType

    from remedies.screening.columns import Kind

_NEEDED = {
    nw.Implementation.POLARS: ("polars",),
    nw.Implementation.PANDAS: ("pyarrow",),
    nw.Implementation.PYARROW: ("pyarrow",),
    nw.Implementation.DUCKDB: ("duckdb",),
    nw.Implementation.PYSPARK: ("pyspark",),
}
"""What must be new enough for a table of each engine."""

Frame: TypeAlias = "nw.LazyFrame[Any]"
"""A table of any engine, behind one face. An eager one is a ``nw.DataFrame``, which has the same methods."""


class Entered(NamedTuple):
    """A table of patients that came in."""

    table: Frame
    leave: Callable[[Frame], Any]
    """Gives a table that was made of it back as the caller knows it."""


def entered(frame: object) -> Entered:
    """Take a table of patients as it comes.

    Raises:
        ArgumentError: it is no table of an engine that is known.
        MissingExtraError: the engine is older than what was tested.
        InputError: two columns have one name, or a column of pandas mixes what no other engine keeps in one column.
    """
    native = nw.to_native(frame, pass_through=True)
    _refuse_twins(native)
    try:
        found: Any = nw.from_native(native)
    except TypeError:
        message = f"must be a table of Polars, pandas, PyArrow, DuckDB or PySpark, not {a_type(frame)}"
        raise ArgumentError(Fault(("frame",), message, "type")) from None
    new_enough("narwhals", *_NEEDED.get(found.implementation, ()))
    if found.implementation.is_pandas():
        return Entered(nw.from_native(_arrow(found.to_native())), lambda table: _native(table).to_pandas())
    if found.implementation.is_polars() and is_eager(found):
        # Asked lazily, it works out in one go what a question needs, and nothing else.
        return Entered(found.lazy(), lambda table: _native(table).collect())
    return Entered(found, _native)


def _refuse_twins(native: object) -> None:
    """Refuse a table in which two columns have one name, of which an engine may silently take the first."""
    if isinstance(native, type) or hasattr(native, "collect_schema"):
        # A table of Polars has no such columns, and may not know their names yet.
        return
    names: Any = getattr(native, "column_names", None) or getattr(native, "columns", ())
    often = Counter(map(str, names)) if hasattr(names, "__iter__") else Counter()
    if faults := [Fault((name,), f"is the name of {times} columns") for name, times in often.items() if times > 1]:
        raise InputError(faults)


def is_eager(frame: object) -> bool:
    """Tell whether a table holds its rows, and not only how to get them."""
    return isinstance(frame, nw.DataFrame)


def _native(table: Frame) -> Any:  # noqa: ANN401 - a table of the engine
    return table.to_native()


def _arrow(frame: Any) -> Any:  # noqa: ANN401 - the caller's pandas, and PyArrow, which it may bring along
    """Turn a table of pandas into one of Arrow, where every kind of null is the same."""
    import pyarrow as pa  # noqa: PLC0415 - only for a table of pandas

    columns: dict[str, Any] = {}
    faults = []
    for name in frame.columns:
        try:
            columns[str(name)] = pa.array(frame[name], from_pandas=True)
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            faults.append(Fault((str(name),), "holds values that do not fit into one column of one type", "type"))
    if faults:
        raise InputError(faults)
    return pa.table(columns)


def kinds_of(frame: Frame) -> dict[str, Kind | None]:
    """Say what each column holds, ``None`` where it is nothing that is read."""
    kinds = {name: _kind(dtype) for name, dtype in frame.collect_schema().items()}
    if "empty" not in kinds.values():
        return kinds
    own = _types_of(frame)
    return {name: None if kind == "empty" and not _is_void(own[name]) else kind for name, kind in kinds.items()}


def _types_of(frame: Frame) -> dict[str, object]:
    """Return the types of columns as their engine has them."""
    native = frame.to_native()
    if frame.implementation.is_polars():
        return dict(native.collect_schema())
    if frame.implementation.is_duckdb():
        return dict(zip(native.columns, native.types, strict=True))
    if frame.implementation.is_pyspark():
        return {field.name: field.dataType for field in native.schema.fields}
    return {field.name: field.type for field in native.schema}


_VOID = {"null", "nulltype", "void", "list", "large_list", "array", "arraytype", "item", "element", "true", "false"}
"""The words in which engines write types of columns that can hold nothing, and of lists of it."""


def _is_void(own: object) -> bool:
    """Tell whether a type can hold nothing but nulls, and is not merely one that narwhals does not know."""
    return set(re.findall(r"\w+", str(own).lower())) <= _VOID


def _kind(dtype: DType) -> Kind | None:
    match dtype:
        case nw.Boolean():
            return "boolean"
        case nw.String():
            return "text"
        case nw.Categorical() | nw.Enum():
            return "category"
        case nw.Date() | nw.Datetime():
            return "day"
        case nw.Unknown():
            # Either of nulls alone, or of something that narwhals does not know.
            return "empty"
        case nw.List(inner=inner):
            # Lists that hold nothing, wherever they stand, say nothing.
            return {"text": "texts", "category": "texts", "empty": "empty"}.get(_kind(_made(inner)) or "")  # type: ignore[return-value]
        case _ if dtype.is_integer():
            return "whole"
        case _ if dtype.is_numeric():
            return "fraction"
        case _:
            return None


def _made(dtype: DType | type[DType]) -> DType:
    """Return a type, which narwhals names by its class or by an object of it."""
    return dtype() if isinstance(dtype, type) else dtype
