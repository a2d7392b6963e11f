"""The door: a table of whatever engine, and what its columns hold.

Nulls are made equal here. Classic columns of pandas hold several kinds of them, or lose them where they become
numbers, so a table of pandas is turned into one of Arrow first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import narwhals as nw

from remedies.core.errors import ArgumentError, Fault, InputError, a_type

if TYPE_CHECKING:
    from collections.abc import Callable

    from narwhals.dtypes import DType

    from remedies.screening.columns import Kind

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
        InputError: a column of pandas mixes what no other engine keeps in one column.
    """
    try:
        found: Any = nw.from_native(nw.to_native(frame, pass_through=True))
    except TypeError:
        message = f"must be a table of Polars, pandas, PyArrow, DuckDB or PySpark, not {a_type(frame)}"
        raise ArgumentError(Fault(("frame",), message, "type")) from None
    if found.implementation.is_pandas():
        return Entered(nw.from_native(_arrow(found.to_native())), lambda table: _native(table).to_pandas())
    if found.implementation.is_polars() and is_eager(found):
        # Asked lazily, it works out in one go what a question needs, and nothing else.
        return Entered(found.lazy(), lambda table: _native(table).collect())
    return Entered(found, _native)


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
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            faults.append(Fault((str(name),), "mixes values of several types in one column", "type"))
    if faults:
        raise InputError(faults)
    return pa.table(columns)


def kinds_of(frame: Frame) -> dict[str, Kind | None]:
    """Say what each column holds, ``None`` where it is nothing that is read."""
    return {name: _kind(dtype) for name, dtype in frame.collect_schema().items()}


def _kind(dtype: DType) -> Kind | None:
    match dtype:
        case nw.Boolean():
            return "boolean"
        case nw.String() | nw.Categorical() | nw.Enum():
            return "text"
        case nw.Date() | nw.Datetime():
            return "day"
        case nw.Unknown():
            return "empty"
        case nw.List(inner=inner):
            # Lists that hold nothing, wherever they stand, say nothing.
            return {"text": "texts", "empty": "empty"}.get(_kind(_made(inner)) or "")  # type: ignore[return-value]
        case _ if dtype.is_integer():
            return "whole"
        case _ if dtype.is_numeric():
            return "fraction"
        case _:
            return None


def _made(dtype: DType | type[DType]) -> DType:
    """Return a type, which narwhals names by its class or by an object of it."""
    return dtype() if isinstance(dtype, type) else dtype
