"""The engines that read a file of patients and write what was found, in a stream, never all of it at once."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Literal, Protocol, assert_never, get_args

from remedies.core.errors import ArgumentError, Fault, InputError, MissingExtraError, printable, quoted
from remedies.screening.reading import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    import duckdb
    import polars as pl

    from remedies.screening.reading import Form, Held
    from remedies.screening.screening import Counts, Screening

Engine = Literal["polars", "duckdb"]
"""What reads and writes files."""


class Target(Protocol):
    """Where a table goes."""

    @property
    def beside(self) -> Path:
        """The file that is written, until it is whole."""

    @property
    def form(self) -> Form:
        """How it is written."""


class Files(Protocol):
    """An engine that reads and writes files."""

    def table(self, source: Source) -> Any:  # noqa: ANN401 - a table of the engine
        """Return the table in a file, which is not read yet."""

    def keep(self, table: Any, path: Path) -> Any:  # noqa: ANN401 - as above
        """Write a table to a Parquet file, and return it as it stands there."""

    def run(self, found: Screening, tables: Mapping[Target, Any]) -> Counts:
        """Write tables to files, and count."""


def known_engine(engine: str) -> None:
    """Refuse an engine that there is none.

    Raises:
        ArgumentError: there is no such engine.
    """
    if engine not in get_args(Engine):
        message = f"must be {' or '.join(get_args(Engine))}, not {quoted(engine)}"
        raise ArgumentError(Fault(("engine",), message))


def files_of(engine: Engine, path: Path, scratch: Path) -> AbstractContextManager[Files]:
    """Start an engine; what it says of a file that is broken becomes our own fault.

    Args:
        engine: which one.
        path: the file that it reads.
        scratch: a folder for what does not fit into memory.

    Raises:
        MissingExtraError: it is not installed.
    """
    match engine:
        case "polars":
            return _polars(path)
        case "duckdb":
            return _duckdb(path, scratch)
        case _:
            assert_never(engine)


def _broken(path: Path, error: BaseException) -> InputError:
    """Say in one line what an engine says in many."""
    said = next((line.strip() for line in str(error).splitlines() if line.strip()), "no reason given")
    return InputError(Fault((str(path),), f"cannot be screened: {printable(said)[:_LONGEST]}", "text"))


_LONGEST = 300

_TURNS = 1000
"""So many turns of a loop are enough for Python to look for signals."""

_GROUP = 50_000
"""Rows that are kept together, few enough that several such groups fit into memory."""


# Polars ---------------------------------------------------------------------------------------------


@contextmanager
def _polars(path: Path) -> Iterator[_Polars]:
    try:
        import polars as pl  # noqa: PLC0415 - only where it is asked for
    except ModuleNotFoundError:
        message = "screening files needs polars: pip install 'remedies[frames]'"
        raise MissingExtraError(message) from None
    try:
        yield _Polars(pl)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise _broken(path, error) from None


class _Polars:
    """Polars: everything is asked at once, so that the file is read once."""

    def __init__(self, module: Any) -> None:  # noqa: ANN401 - the module
        """Take Polars."""
        self._pl = module

    def table(self, source: Source) -> pl.LazyFrame:
        """Return the table in a file, which is not read yet."""
        module: Any = self._pl
        held = {
            "boolean": module.Boolean(),
            "whole": module.Int64(),
            "text": module.String(),
            "texts": module.List(module.String()),
        }
        columns = {name: held[kind] for name, kind in source.columns.items()}
        # The whole path, so that nothing in it is taken for an address.
        path = source.path.resolve()
        table: pl.LazyFrame
        match source.form:
            case "parquet":
                table = module.scan_parquet(path, glob=False, hive_partitioning=False)
            case "csv":
                table = module.scan_csv(path, schema=columns, glob=False)
            case "ndjson":
                table = module.scan_ndjson(re.sub(r"([*?\[\]])", r"[\1]", str(path)), schema=columns)
            case _:
                assert_never(source.form)
        return table

    def keep(self, table: pl.LazyFrame, path: Path) -> pl.LazyFrame:
        """Write a table to a Parquet file, and return it as it stands there."""
        self._collected(table.sink_parquet(path, row_group_size=_GROUP, lazy=True))
        return self.table(Source(path, "parquet", {}))

    def run(self, found: Screening, tables: Mapping[Target, pl.LazyFrame]) -> Counts:
        """Write tables to files, and count."""
        sinks = [self._sink(table, target) for target, table in tables.items()]
        *_, verdicts, signs, rules = self._collected(*sinks, *found.counting)
        return found.counted((verdicts, signs, rules))

    def _collected(self, *tables: Any) -> list[Any]:  # noqa: ANN401 - lazy tables
        try:
            collected: list[Any] = self._pl.collect_all(tables, engine="streaming")
        except KeyboardInterrupt:
            # Polars raises it by itself, and Python once more: here, where nothing has to be put in order yet.
            with suppress(KeyboardInterrupt):
                for _ in range(_TURNS):
                    pass
            raise
        return collected

    def _sink(self, table: pl.LazyFrame, target: Target) -> Any:  # noqa: ANN401 - a lazy table that writes itself
        sinks: dict[Form, Callable[..., Any]] = {
            "parquet": table.sink_parquet,
            "csv": table.sink_csv,
            "ndjson": table.sink_ndjson,
        }
        return sinks[target.form](target.beside, lazy=True)


# DuckDB ---------------------------------------------------------------------------------------------


@contextmanager
def _duckdb(path: Path, scratch: Path) -> Iterator[_DuckDB]:
    try:
        import duckdb  # noqa: PLC0415 - only where it is asked for
        import pyarrow as pa  # noqa: F401, PLC0415 - DuckDB hands its counts over through it
    except ModuleNotFoundError:
        message = "this engine needs duckdb and pyarrow: pip install 'remedies[frames]' duckdb pyarrow"
        raise MissingExtraError(message) from None
    settings: dict[str, Any] = {"temp_directory": str(scratch), "autoinstall_known_extensions": False}
    with duckdb.connect(config=settings) as connection:
        try:
            yield _DuckDB(connection)
        except (duckdb.Error, OSError) as error:
            raise _broken(path, error) from None
        except RuntimeError as error:
            if "interrupted" not in str(error):
                raise
            raise KeyboardInterrupt from None


_TYPES: dict[Held, str] = {"boolean": "BOOLEAN", "whole": "BIGINT", "text": "VARCHAR", "texts": "VARCHAR[]"}

_READERS: dict[Form, str] = {
    "parquet": "read_parquet({path}, hive_partitioning = false)",
    "csv": (
        "read_csv({path}, columns = {columns}, auto_detect = false, header = true, delim = ',', quote = '\"', "
        "escape = '\"', strict_mode = true, null_padding = false, hive_partitioning = false)"
    ),
    "ndjson": "read_json({path}, columns = {columns}, format = 'newline_delimited', hive_partitioning = false)",
}

_WRITERS: dict[Form, str] = {"parquet": "FORMAT parquet", "csv": "FORMAT csv, HEADER", "ndjson": "FORMAT json"}


class _DuckDB:
    """DuckDB: one question after the other."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Take a connection to an empty database in memory."""
        self._connection = connection

    def table(self, source: Source) -> duckdb.DuckDBPyRelation:
        """Return the table in a file, which is not read yet."""
        columns = ", ".join(f"{_text(name)}: {_text(_TYPES[kind])}" for name, kind in source.columns.items())
        path = re.sub(r"([*?\[])", r"[\1]", str(source.path.resolve()))
        reader = _READERS[source.form].format(path=_text(path), columns=f"{{{columns}}}")
        return self._connection.sql(f"FROM {reader}")

    def keep(self, table: duckdb.DuckDBPyRelation, path: Path) -> duckdb.DuckDBPyRelation:
        """Write a table to a Parquet file, and return it as it stands there."""
        self._copy(table, path, "parquet")
        return self.table(Source(path, "parquet", {}))

    def run(self, found: Screening, tables: Mapping[Target, duckdb.DuckDBPyRelation]) -> Counts:
        """Write tables to files, and count."""
        for target, table in tables.items():
            self._copy(table, target.beside, target.form)
        return found.counts()

    def _copy(self, table: duckdb.DuckDBPyRelation, path: Path, form: Form) -> None:
        self._connection.execute(f"COPY ({table.sql_query()}) TO {_text(str(path))} ({_WRITERS[form]})")


def _text(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))
