"""Every engine that tables may be of: how rows become a table of it, and how rows are read out of one again."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Cells = dict[str, Any]
"""A row: the cells that are not null."""

Columns = Mapping[str, Any]
"""A table: a list of cells for each column, in which every null is None."""


class Engine(NamedTuple):
    """One kind of table."""

    name: str
    enter: Callable[[Columns], Any]
    """Makes a table of columns."""
    leave: Callable[[Any], list[dict[str, Any]]]
    """Reads the rows of a table; every null is None."""
    kind: type
    """What its tables are, to go in and to come out."""

    def __str__(self) -> str:
        """Name the engine in a test."""
        return self.name


def columns_of(rows: Iterable[Cells]) -> Columns:
    """Lay rows out as columns; what a row does not have is null."""
    every = list(rows)
    names = dict.fromkeys(name for cells in every for name in cells)
    return {name: [cells.get(name) for cells in every] for name in names}


def kind_of(values: Sequence[Any]) -> str:
    """Name what a column holds by its first value: "bool", "int", "float", "str", "date" or "list"."""
    return next((type(value).__name__ for value in values if value is not None), "NoneType")


# Arrow, and what is made of it -----------------------------------------------------------------------

_ARROW = {
    "bool": pa.bool_(),
    "int": pa.int64(),
    "float": pa.float64(),
    "str": pa.string(),
    "date": pa.date32(),
    "list": pa.list_(pa.string()),
    "NoneType": pa.null(),
}


def arrow(columns: Columns) -> Any:
    """Make a table of Arrow."""
    return pa.table({name: pa.array(values, type=_ARROW[kind_of(values)]) for name, values in columns.items()})


def polars(columns: Columns) -> pl.DataFrame:
    """Make a table of Polars."""
    kinds: dict[str, Any] = {"list": pl.List(pl.String), "NoneType": pl.Null}
    return pl.DataFrame([pl.Series(name, values, kinds.get(kind_of(values))) for name, values in columns.items()])


_CONNECTIONS: list[duckdb.DuckDBPyConnection] = []
"""Kept open, since a relation does not keep its own in every version."""


def duck(columns: Columns) -> duckdb.DuckDBPyRelation:
    """Make a table in a database of its own."""
    connection = duckdb.connect()
    _CONNECTIONS.append(connection)
    return connection.from_arrow(arrow(columns))


# pandas ----------------------------------------------------------------------------------------------


def classic(columns: Columns) -> pd.DataFrame:
    """Make a table as pandas always had them: numbers with gaps are floats, all the rest are objects.

    Nulls of objects are written in every way there is. Each third column of booleans is one of floats.
    """
    flags = 0
    found: dict[str, Any] = {}
    for name, values in columns.items():
        kind = kind_of(values)
        if kind in {"int", "float"} and name != "id":
            found[name] = pd.Series([np.nan if value is None else float(value) for value in values], dtype="float64")
            continue
        if kind == "bool":
            flags += 1
            if flags % 3 == 0:
                numbers = [np.nan if value is None else float(value) for value in values]
                found[name] = pd.Series(numbers, dtype="float64")
                continue
        nulls = cycle([None, np.nan, pd.NA, pd.NaT] if kind == "date" else [None, np.nan, pd.NA])
        found[name] = pd.Series([next(nulls) if value is None else value for value in values], dtype=object)
    return pd.DataFrame(found)


_NULLABLE = {"bool": "boolean", "int": "Int64", "float": "Float64", "str": "string"}


def nullable(columns: Columns) -> pd.DataFrame:
    """Make a table of the dtypes of pandas that know nulls."""
    found: dict[str, Any] = {}
    for name, values in columns.items():
        kind = kind_of(values)
        if kind == "date":
            found[name] = pd.Series(pd.to_datetime(pd.Series(values, dtype=object)))
        else:
            found[name] = pd.Series(values, dtype=_NULLABLE.get(kind, "object"))
    return pd.DataFrame(found)


def arrow_backed(columns: Columns) -> pd.DataFrame:
    """Make a table of pandas over columns of Arrow."""
    table = arrow(columns)
    return pd.DataFrame(
        {name: pd.Series(pd.arrays.ArrowExtensionArray(table.column(name))) for name in table.column_names}
    )


def _from_pandas(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows = frame.astype(object).to_dict("records")
    return [{str(name): None if pd.isna(value) else value for name, value in row.items()} for row in rows]


def _from_duck(relation: duckdb.DuckDBPyRelation) -> list[dict[str, Any]]:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


ENGINES = (
    Engine("polars", polars, lambda frame: frame.to_dicts(), pl.DataFrame),
    Engine(
        "polars-lazy", lambda columns: polars(columns).lazy(), lambda frame: frame.collect().to_dicts(), pl.LazyFrame
    ),
    Engine(
        "polars-streaming",
        lambda columns: polars(columns).lazy(),
        lambda frame: frame.collect(engine="streaming").to_dicts(),
        pl.LazyFrame,
    ),
    Engine("pandas-classic", classic, _from_pandas, pd.DataFrame),
    Engine("pandas-nullable", nullable, _from_pandas, pd.DataFrame),
    Engine("pandas-arrow", arrow_backed, _from_pandas, pd.DataFrame),
    Engine("pyarrow", arrow, lambda frame: frame.to_pylist(), pa.Table),
    Engine("duckdb", duck, _from_duck, duckdb.DuckDBPyRelation),
)
"""Every engine that needs nothing but Python; Spark has tests of its own."""
