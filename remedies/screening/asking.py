"""Questions to an engine: stages of expressions, and the columns of the answer.

What a question is made of is written for narwhals, which every engine understands, and besides in two tongues that
are worth their few lines: as SQL, for DuckDB a stage at a time, and as one text for Spark, which would look at all
that lies before at each stage anew; and for Polars itself, whose test for "true, and not null" narwhals cannot say.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar, assert_never

import narwhals as nw

from remedies.knowledge.topics import VERDICTS
from remedies.screening.nodes import FALSE, TRUE, Among, AtLeast, But, Every, Given, Made, Some, Yes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import polars as pl

    from remedies.screening.door import Frame
    from remedies.screening.nodes import Look, Node
    from remedies.screening.stages import Stage, Stages

Expression = TypeVar("Expression")

_TABLE = "patients"
"""What a table is called in the SQL of Spark, which keeps the name to one query."""


class Case(NamedTuple):
    """What is said where something is so, unless an earlier case applies."""

    where: Node
    says: str | Choice | None


class Choice(NamedTuple):
    """A column that says what the first case says that applies, or nothing."""

    cases: Sequence[Case]
    verdict: bool = False
    """Whether it says a verdict, which some engines can number."""

    def nodes(self) -> Iterator[Node]:
        """Yield what is asked."""
        for where, says in self.cases:
            yield where
            if isinstance(says, Choice):
                yield from says.nodes()

    def over(self, stages: Stages) -> Choice:
        """Return the same over the columns that some stages have worked out."""
        cases = (
            Case(stages.of(where), says.over(stages) if isinstance(says, Choice) else says)
            for where, says in self.cases
        )
        return Choice(list(cases), self.verdict)


@dataclass(frozen=True, eq=False)
class Question:
    """Something that is asked of every row."""

    stages: Sequence[Stage]
    columns: Mapping[str, Choice | Node]
    """The columns of the answer, beside the id."""

    def asked_of(self, frame: Frame) -> Frame:
        """Ask a table that was prepared."""
        native = frame.to_native()
        answer: Any
        if frame.implementation.is_duckdb():
            answer = native
            for wanted in self._selections:
                # A query would have to name what it asks, and that name could be one of the caller's tables.
                answer = answer.project(wanted)
        elif frame.implementation.is_pyspark():
            answer = native.sparkSession.sql(_sql(self, f"{{{_TABLE}}}", _Sql("`", enum=False)), **{_TABLE: native})
        elif frame.implementation.is_polars():
            answer = _selected(self, native, _Polars())
        else:
            answer = _selected(self, frame, _Narwhals()).to_native()
        asked: Frame = nw.from_native(answer)
        return asked

    @cached_property
    def _selections(self) -> list[str]:
        """What DuckDB is asked for, stage by stage; one question is asked of many tables."""
        return list(_lists(self, _Sql('"', enum=True)))


class _Writer(Protocol[Expression]):
    """Writes expressions for an engine."""

    def column(self, name: str) -> Expression: ...
    def yes(self, name: str) -> Expression: ...
    def given(self, name: str) -> Expression: ...
    def at_least(self, name: str, number: int) -> Expression: ...
    def among(self, node: Among) -> Expression: ...
    def constant(self, *, value: bool) -> Expression: ...
    def some(self, parts: list[Expression]) -> Expression: ...
    def every(self, parts: list[Expression]) -> Expression: ...
    def but(self, one: Expression, other: Expression) -> Expression: ...
    def no(self, part: Expression) -> Expression: ...
    def says(self, text: str | None, *, verdict: bool) -> Expression: ...
    def choice(self, cases: list[tuple[Expression, Expression]], otherwise: Expression) -> Expression: ...


def _looked(node: Look, writer: _Writer[Expression]) -> Expression:
    match node:
        case Made(column=name):
            return writer.column(name)
        case Yes(column=name):
            return writer.yes(name)
        case Given(column=name):
            return writer.given(name)
        case AtLeast(column=name, number=number):
            return writer.at_least(name, number)
        case Among():
            return writer.among(node)
        case _:
            assert_never(node)


def _written(node: Node, writer: _Writer[Expression]) -> Expression:
    match node:
        case Made() | Yes() | Given() | AtLeast() | Among():
            return _looked(node, writer)
        case Some(parts=()) | Every(parts=()):
            return writer.constant(value=node == TRUE)
        case Some(parts=parts):
            return writer.some([_written(part, writer) for part in parts])
        case Every(parts=parts):
            return writer.every([_written(part, writer) for part in parts])
        case But(one=one, other=other) if one == TRUE:
            return writer.no(_written(other, writer))
        case But(one=one, other=other):
            return writer.but(_written(one, writer), _written(other, writer))
        case _:
            assert_never(node)


def _column(column: Choice | Node, writer: _Writer[Expression]) -> Expression:
    if not isinstance(column, Choice):
        return _written(column, writer)
    cases: list[tuple[Expression, Expression]] = []
    for where, says in column.cases:
        said = _column(says, writer) if isinstance(says, Choice) else writer.says(says, verdict=column.verdict)
        if where == TRUE:
            return writer.choice(cases, said)
        if where != FALSE:
            cases.append((_written(where, writer), said))
    return writer.choice(cases, writer.says(None, verdict=column.verdict))


def _selected(question: Question, table: Any, writer: _Writer[Any]) -> Any:  # noqa: ANN401 - a table of an engine
    """Ask a table of which columns are selected one stage after the other."""
    for stage in question.stages:
        added = {name: _written(node, writer) for name, node in stage.added.items()}
        table = table.select("id", *stage.kept, **added)
    return table.select("id", **{name: _column(column, writer) for name, column in question.columns.items()})


def _lists(question: Question, writer: _Sql) -> Iterator[str]:
    """Write what is selected at each stage, and at last the answer; its names are ours or ids of the catalogue."""
    for stage in question.stages:
        kept = (writer.column(name) for name in ("id", *stage.kept))
        added = (f"{_written(node, writer)} AS {writer.column(name)}" for name, node in stage.added.items())
        yield ", ".join((*kept, *added))
    columns = (f"{_column(column, writer)} AS {writer.column(name)}" for name, column in question.columns.items())
    yield ", ".join((writer.column("id"), *columns))


def _sql(question: Question, table: str, writer: _Sql) -> str:
    """Write a question as one query."""
    *stages, answer = _lists(question, writer)
    for wanted in stages:
        table = f"(SELECT {wanted} FROM {table})"  # noqa: S608 - as said of names
    return f"SELECT {answer} FROM {table}"  # noqa: S608 - as said of names


class _Narwhals:
    """Writes for any engine; true is more than false, which says "but not" in one step."""

    def column(self, name: str) -> nw.Expr:
        return nw.col(name)

    def yes(self, name: str) -> nw.Expr:
        return nw.col(name).fill_null(value=False)

    def given(self, name: str) -> nw.Expr:
        return ~nw.col(name).is_null()

    def at_least(self, name: str, number: int) -> nw.Expr:
        return (nw.col(name) >= number).fill_null(value=False)

    def among(self, node: Among) -> nw.Expr:
        # PyArrow looks for texts only among those of its plain type.
        return nw.col(node.column).cast(nw.String).is_in(node.texts).fill_null(value=False)

    def constant(self, *, value: bool) -> nw.Expr:
        return nw.lit(value=value)

    def some(self, parts: list[nw.Expr]) -> nw.Expr:
        return nw.any_horizontal(*parts, ignore_nulls=False)

    def every(self, parts: list[nw.Expr]) -> nw.Expr:
        return nw.all_horizontal(*parts, ignore_nulls=False)

    def but(self, one: nw.Expr, other: nw.Expr) -> nw.Expr:
        return one > other

    def no(self, part: nw.Expr) -> nw.Expr:
        return ~part

    def says(self, text: str | None, *, verdict: bool) -> nw.Expr:
        del verdict
        return nw.lit(text, dtype=nw.String())

    def choice(self, cases: list[tuple[nw.Expr, nw.Expr]], otherwise: nw.Expr) -> nw.Expr:
        chosen: nw.Expr = _chain(nw, cases, otherwise)
        return chosen


class _Polars:
    """Writes for Polars."""

    def __init__(self) -> None:
        """Take Polars, which is there if the table is one of it."""
        import polars as pl  # noqa: PLC0415 - only for its own tables

        self._pl = pl

    def column(self, name: str) -> pl.Expr:
        return self._pl.col(name)

    def yes(self, name: str) -> pl.Expr:
        return self._pl.col(name).eq_missing(other=True)

    def given(self, name: str) -> pl.Expr:
        return self._pl.col(name).is_not_null()

    def at_least(self, name: str, number: int) -> pl.Expr:
        return (self._pl.col(name) >= number).eq_missing(other=True)

    def among(self, node: Among) -> pl.Expr:
        return self._pl.col(node.column).is_in(node.texts).eq_missing(other=True)

    def constant(self, *, value: bool) -> pl.Expr:
        return self._pl.lit(value)

    def some(self, parts: list[pl.Expr]) -> pl.Expr:
        return self._pl.any_horizontal(*parts)

    def every(self, parts: list[pl.Expr]) -> pl.Expr:
        return self._pl.all_horizontal(*parts)

    def but(self, one: pl.Expr, other: pl.Expr) -> pl.Expr:
        return one > other

    def no(self, part: pl.Expr) -> pl.Expr:
        return ~part

    def says(self, text: str | None, *, verdict: bool) -> pl.Expr:
        return self._pl.lit(text, dtype=self._pl.Enum(VERDICTS) if verdict else self._pl.String())

    def choice(self, cases: list[tuple[pl.Expr, pl.Expr]], otherwise: pl.Expr) -> pl.Expr:
        chosen: pl.Expr = _chain(self._pl, cases, otherwise)
        return chosen


def _chain(engine: Any, cases: Sequence[tuple[object, object]], otherwise: object) -> Any:  # noqa: ANN401 - expressions of whichever engine it is
    """Write cases one after the other, as narwhals and Polars both have it."""
    chain = engine
    for where, says in cases:
        chain = chain.when(where).then(says)
    return chain.otherwise(otherwise) if cases else otherwise


class _Sql:
    """Writes the SQL that engines have in common."""

    def __init__(self, quote: str, *, enum: bool) -> None:
        """Take how names are quoted, and whether the engine can number a few values."""
        self._quote = quote
        self._enum = f"::ENUM({', '.join(map(_text, VERDICTS))})" if enum else ""

    def column(self, name: str) -> str:
        return f"{self._quote}{name}{self._quote}"

    def yes(self, name: str) -> str:
        return self._surely(name, "")

    def given(self, name: str) -> str:
        return f"({self.column(name)} IS NOT NULL)"

    def at_least(self, name: str, number: int) -> str:
        return self._surely(name, f" >= {number}")

    def among(self, node: Among) -> str:
        found = self._surely(node.column, f" IN ({', '.join(map(_text, node.texts))})")
        usual = (f"WHEN {self.column(node.column)} = {_text(text)} THEN {text in node.texts} " for text in node.usual)
        return f"CASE {''.join(usual)}ELSE {found} END" if node.usual else found

    def _surely(self, name: str, asked: str) -> str:
        # DuckDB works this out several times as fast as COALESCE or IS TRUE.
        return f"({self.column(name)}{asked} AND {self.column(name)} IS NOT NULL)"

    def constant(self, *, value: bool) -> str:
        return str(value).upper()

    def some(self, parts: list[str]) -> str:
        return f"({' OR '.join(parts)})"

    def every(self, parts: list[str]) -> str:
        return f"({' AND '.join(parts)})"

    def but(self, one: str, other: str) -> str:
        return f"({one} > {other})"

    def no(self, part: str) -> str:
        return f"(NOT {part})"

    def says(self, text: str | None, *, verdict: bool) -> str:
        return f"{_text(text)}{self._enum}" if verdict else _text(text)

    def choice(self, cases: list[tuple[str, str]], otherwise: str) -> str:
        whens = " ".join(f"WHEN {where} THEN {says}" for where, says in cases)
        return f"CASE {whens} ELSE {otherwise} END" if cases else otherwise


def _text(text: str | None) -> str:
    return "NULL" if text is None else "'{}'".format(text.replace("'", "''"))
