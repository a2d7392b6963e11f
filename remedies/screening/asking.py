"""Questions to an engine: stages of expressions, and the columns of the answer.

They are written for narwhals, which every engine understands; and as one SQL text for engines that plan: those would
look at everything before it again at each of our stages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, assert_never

import narwhals as nw

from remedies.knowledge.topics import VERDICTS
from remedies.screening.nodes import FALSE, TRUE, But, Every, Given, Made, Some, Yes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from remedies.screening.door import Frame
    from remedies.screening.nodes import Node
    from remedies.screening.stages import Stage


class Case(NamedTuple):
    """What is said where something is so, unless an earlier case applies."""

    where: Node
    says: str | None


class Choice(NamedTuple):
    """A column that says what the first case says that applies, or null."""

    cases: Sequence[Case]
    verdict: bool = False
    """Whether it says a verdict; engines that can number those."""


class Question(NamedTuple):
    """Something that is asked of every row."""

    stages: Sequence[Stage]
    columns: Mapping[str, Choice | Node]
    """The columns of the answer, beside the id."""

    def asked_of(self, frame: Frame) -> Frame:
        """Ask a table that was prepared."""
        if frame.implementation.is_duckdb():
            return nw.from_native(frame.to_native().query(_TABLE, _Sql('"', enum=True).question(self, _TABLE)))
        if frame.implementation.is_pyspark():
            table = frame.to_native()
            sql = _Sql("`", enum=False).question(self, f"{{{_TABLE}}}")
            return nw.from_native(table.sparkSession.sql(sql, **{_TABLE: table}))
        for stage in self.stages:
            frame = frame.select("id", *stage.kept, **{name: _expression(node) for name, node in stage.added.items()})
        enum = frame.implementation.is_polars()
        return frame.select("id", **{name: _column(column, enum=enum) for name, column in self.columns.items()})


_TABLE = "patients"


def _expression(node: Node) -> nw.Expr:
    match node:
        case Made(column=column):
            return nw.col(column)
        case Yes(column=column):
            return nw.col(column).fill_null(value=False)
        case Given(column=column):
            return ~nw.col(column).is_null()
        case Some(parts=()):
            return nw.lit(value=False)
        case Every(parts=()):
            return nw.lit(value=True)
        case Some(parts=parts):
            return nw.any_horizontal(*map(_expression, parts), ignore_nulls=False)
        case Every(parts=parts):
            return nw.all_horizontal(*map(_expression, parts), ignore_nulls=False)
        case But(one=one, other=other) if one == TRUE:
            return ~_expression(other)
        case But(one=one, other=other):
            # True is more than false; engines need one look for this and two for "and not".
            return _expression(one) > _expression(other)
        case _:
            assert_never(node)


def _column(column: Choice | Node, *, enum: bool) -> nw.Expr:
    if not isinstance(column, Choice):
        return _expression(column)
    dtype: nw.dtypes.DType = nw.Enum(VERDICTS) if enum and column.verdict else nw.String()
    chain: Any = nw
    for where, says in column.cases:
        if where == TRUE:
            last = nw.lit(says, dtype=dtype)
            return last if chain is nw else chain.otherwise(last)
        if where != FALSE:
            chain = chain.when(_expression(where)).then(nw.lit(says, dtype=dtype))
    return nw.lit(None, dtype=dtype) if chain is nw else chain.otherwise(nw.lit(None, dtype=dtype))


class _Sql:
    """Writes questions in the SQL that engines have in common."""

    def __init__(self, quote: str, *, enum: bool) -> None:
        """Take how the names of columns are quoted, and whether the engine numbers a few values."""
        self._quote = quote
        self._kind = f"::ENUM({', '.join(map(_text, VERDICTS))})" if enum else ""

    def question(self, question: Question, table: str) -> str:
        """Write a question to a table."""
        source = table
        for stage in question.stages:
            added = (f"{self._written(node)} AS {self._name(name)}" for name, node in stage.added.items())
            source = f"(SELECT {', '.join(('id', *map(self._name, stage.kept), *added))} FROM {source})"  # noqa: S608 - only names of ours
        columns = (f"{self._column(column)} AS {self._name(name)}" for name, column in question.columns.items())
        return f"SELECT {', '.join(('id', *columns))} FROM {source}"  # noqa: S608 - as above

    def _name(self, column: str) -> str:
        return f"{self._quote}{column}{self._quote}"

    def _column(self, column: Choice | Node) -> str:
        if not isinstance(column, Choice):
            return self._written(column)
        kind = self._kind if column.verdict else ""
        cases = [f"WHEN {self._written(where)} THEN {_text(says)}{kind}" for where, says in column.cases if where != FALSE]
        return f"CASE {' '.join(cases)} END" if cases else "CAST(NULL AS STRING)"

    def _written(self, node: Node) -> str:
        match node:
            case Made(column=column):
                return self._name(column)
            case Yes(column=column):
                # Cheaper than COALESCE by far in DuckDB.
                return f"({self._name(column)} AND {self._name(column)} IS NOT NULL)"
            case Given(column=column):
                return f"({self._name(column)} IS NOT NULL)"
            case Some(parts=()):
                return "FALSE"
            case Every(parts=()):
                return "TRUE"
            case Some(parts=parts):
                return f"({' OR '.join(map(self._written, parts))})"
            case Every(parts=parts):
                return f"({' AND '.join(map(self._written, parts))})"
            case But(one=one, other=other) if one == TRUE:
                return f"(NOT {self._written(other)})"
            case But(one=one, other=other):
                return f"({self._written(one)} > {self._written(other)})"
            case _:
                assert_never(node)


def _text(text: str | None) -> str:
    return "NULL" if text is None else "'{}'".format(text.replace("'", "''"))
