"""A screening of a million patients against queries written by hand, and what it costs on each engine.

The tables are those of ``tables.py``: a row per patient, a column per fact, all remedies of the catalogue. A time is
the processor time of the whole call on one thread, ``screen`` and the writing of the hand-written query included: the
best of several rounds in which everything takes turns. Measured are

- from a Parquet file to a Parquet file, and in memory, on Polars and on DuckDB, against ``handwritten.py``, which
  gives columns of the same types;
- ten times the rows, two threads (by the clock, in processes of their own), and without a bound every other engine
  with its peak memory, a first call, and a column of words.

Every answer must be equal to the first one, or the run ends. It prints ratios beside their bounds and exits with 1
where a bound is missed. ``--quick`` only compares with the hand-written queries. Spark is left out where pyspark or
Java is missing. The whole run needs 1 GB in the temporary folder and, for two threads, two idle cores.

    python benchmarks/screening.py [--quick]
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "1")
sys.path.append(str(Path(__file__).parents[1]))

import shutil
import tempfile
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import polars as pl

from benchmarks.alone import DAY, DAYS, SPARK_LIMIT, alone, by_duckdb, by_polars, spark_alone
from benchmarks.handwritten import duckdb_query, polars_query
from benchmarks.stream import NO_FACTS, WORDS, best
from benchmarks.tables import SEED, write
from remedies import Catalogue
from remedies.knowledge.topics import VERDICTS
from remedies.screening import screen

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS, TIMES = 1_000_000, 10
ROUNDS, QUICK_ROUNDS = 7, 3

HAND_BOUND, DUCKDB_BOUND, TIMES_BOUND, THREADS_BOUND = 0.9, 3.0, 1.1 * TIMES, 1.6

DISTINCT_WORDS, WORDS_A_ROW = 100, [0.2, 0.4, 0.3, 0.1]
"""How many words there are, and how many rows have none, one, two or three of them."""


class Answers:
    """Answers that must all be equal."""

    def __init__(self) -> None:
        """Wait for the first one."""
        self._first: pl.DataFrame | None = None

    def told(self) -> str:
        """Say how often each verdict was given."""
        if self._first is None:
            return "nothing"
        counted = self._first.unpivot(index="id")["value"].value_counts(sort=True).rows()
        return ", ".join(f"{verdict} {number:,}" for verdict, number in counted)

    def add(self, name: str, answer: Path | pl.DataFrame) -> None:
        """Compare an answer with the first one.

        Raises:
            ValueError: they differ in any row.
        """
        table = answer if isinstance(answer, pl.DataFrame) else pl.read_parquet(answer)
        table = table.with_columns(pl.exclude("id").cast(pl.String).cast(pl.Enum(VERDICTS))).sort("id")
        if self._first is None:
            self._first = table
        elif not table.equals(self._first):
            msg = f"{name} does not answer what the first one did"
            raise ValueError(msg)


def show(name: str, ratio: float, bound: str, *, kept: bool, more: str) -> bool:
    """Print a row, and tell whether the bound is kept."""
    print(f"{name:<38} {ratio:6.2f}   {bound:<14} {'kept' if kept else 'MISSED'}   {more}", flush=True)
    return kept


def timed(source: Path, folder: Path, rounds: int) -> dict[str, float]:
    """Measure what there is to compare, and see that all answers are equal."""
    rulebook, frame = Catalogue.shipped().rulebook, pl.read_parquet(source)
    memory = duckdb.connect(config={"threads": 1})
    memory.execute(f"CREATE TABLE patients AS FROM read_parquet('{source}')")
    found: dict[str, Any] = {}

    def ours_in_polars() -> None:
        found["ours"] = screen(frame, as_of=DAY, days=DAYS).verdicts

    def hand_in_polars() -> None:
        found["hand"] = polars_query(frame.lazy(), rulebook, as_of=DAY, days=DAYS).collect()

    def ours_in_duckdb() -> None:
        memory.execute("DROP TABLE IF EXISTS ours")
        screen(memory.table("patients"), as_of=DAY, days=DAYS).verdicts.create("ours")

    def hand_in_duckdb() -> None:
        query = duckdb_query("patients", rulebook, as_of=DAY, days=DAYS, text=False)
        memory.execute(f"CREATE OR REPLACE TABLE hand AS {query}")

    def hand_by_polars() -> None:
        polars_query(pl.scan_parquet(source), rulebook, as_of=DAY, days=DAYS).sink_parquet(folder / "hand-polars")

    def hand_by_duckdb() -> None:
        query = duckdb_query(f"read_parquet('{source}')", rulebook, as_of=DAY, days=DAYS, text=False)
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.execute(f"COPY ({query}) TO '{folder / 'hand-duckdb'}' (FORMAT parquet)")

    calls: dict[str, Callable[[], object]] = {
        "Polars, file to file": lambda: by_polars(source, folder / "ours-polars"),
        "Polars, file to file, by hand": hand_by_polars,
        "Polars, in memory": ours_in_polars,
        "Polars, in memory, by hand": hand_in_polars,
        "DuckDB, file to file": lambda: by_duckdb(source, folder / "ours-duckdb"),
        "DuckDB, file to file, by hand": hand_by_duckdb,
        "DuckDB, in memory": ours_in_duckdb,
        "DuckDB, in memory, by hand": hand_in_duckdb,
    }
    taken = best(calls, rounds)
    answers = Answers()
    for name in ("ours-polars", "hand-polars", "ours-duckdb", "hand-duckdb"):
        answers.add(name, folder / name)
    for name in ("ours", "hand"):
        answers.add(f"{name}, Polars, in memory", found[name])
        answers.add(f"{name}, DuckDB, in memory", memory.table(name).pl())
    print(f"eight equal answers: {answers.told()}")
    return taken


def against_hand(taken: dict[str, float]) -> list[bool]:
    """Compare with the hand-written queries, and one engine with the other."""
    kept = []
    for name, ours in taken.items():
        if f"{name}, by hand" in taken:
            hand = taken[f"{name}, by hand"]
            more = f"{ours:.3f} s, by hand {hand:.3f} s"
            title, ratio = f"{name}: by hand : screen", hand / ours
            kept.append(show(title, ratio, f"at least {HAND_BOUND}", kept=ratio >= HAND_BOUND, more=more))
    ratio = taken["DuckDB, file to file"] / taken["Polars, file to file"]
    kept.append(
        show("DuckDB : Polars, file to file", ratio, f"at most {DUCKDB_BOUND}", kept=ratio <= DUCKDB_BOUND, more="")
    )
    return kept


def longer(folder: Path, taken: dict[str, float]) -> list[bool]:
    """Screen ten times the rows, and compare with the times of the shorter table."""
    source, out = folder / "long", folder / "long-out"
    write(TIMES * ROWS, source, Catalogue.shipped().vocabulary)
    kept = []
    for engine, call in (("Polars", by_polars), ("DuckDB", by_duckdb)):
        begin = time.process_time()
        call(source, out)
        seconds, few = time.process_time() - begin, taken[f"{engine}, file to file"]
        more = f"{seconds:.1f} s for {TIMES * ROWS:,} rows, {few:.2f} s for {ROWS:,}"
        title, ratio = f"{engine}: {TIMES} times the rows : once", seconds / few
        kept.append(show(title, ratio, f"at most {TIMES_BOUND:.0f}", kept=ratio <= TIMES_BOUND, more=more))
    for path in (source, out):
        path.unlink()
    return kept


def two_threads(source: Path, out: Path) -> list[bool]:
    """Compare two threads with one, by the clock."""
    kept = []
    for engine in ("Polars", "DuckDB"):
        turns = [[alone(engine, source, out, threads).clock for threads in (1, 2)] for _ in range(2)]
        one, two = (min(clocks) for clocks in zip(*turns, strict=True))
        title, more = f"{engine}: one thread : two, by the clock", f"{one:.2f} and {two:.2f} s"
        kept.append(show(title, one / two, f"at least {THREADS_BOUND}", kept=one / two >= THREADS_BOUND, more=more))
    return kept


def every_engine(source: Path, folder: Path) -> None:
    """Report every engine with its peak memory; each must answer the same."""
    answers = Answers()
    print("\nfrom file to file, in a process of its own")
    for engine in ("Polars", "DuckDB", "PyArrow", "pandas"):
        spent = alone(engine, source, folder / engine)
        times = f"{spent.seconds:6.2f} s of processor time, {spent.first:6.2f} s the first time"
        print(f"{engine:<8} {times}, {spent.memory:,.0f} MB at the peak", flush=True)
        answers.add(engine, folder / engine)
    if find_spec("pyspark") is None or shutil.which("java") is None:
        print("Spark    left out: it needs pyspark and Java")
        return
    for limit in ("", "8000"):
        planned = spark_alone(source, folder / "Spark", limit)
        setting = f"{SPARK_LIMIT}={limit}" if limit else "as it comes"
        times = f"written in {planned.first:.1f} s, again in {planned.again:.1f} s"
        print(f"Spark    planned in {planned.plan:.1f} s, {times},")
        print(f"         by the clock on two threads, {planned.memory:,.0f} MB at the peak, {setting}", flush=True)
        answers.add("Spark", pl.read_parquet(folder / "Spark" / "*.parquet"))


def in_words(folder: Path) -> None:
    """Report a table whose illnesses are lists of words."""
    rows = (line.split("\t") for line in WORDS.read_text("utf-8").splitlines() if not line.startswith("#"))
    known = [word for _, topic, word, means in rows if topic == "conditions" and means not in NO_FACTS]
    draw = np.random.default_rng(SEED)
    lengths = draw.choice(len(WORDS_A_ROW), ROWS, p=WORDS_A_ROW)
    drawn = draw.choice(np.array(known[:DISTINCT_WORDS], dtype=object), int(lengths.sum())).tolist()
    owners = pl.DataFrame({"id": np.repeat(np.arange(ROWS), lengths), "conditions": drawn})
    lists = owners.group_by("id").agg("conditions")
    people = pl.DataFrame({"id": np.arange(ROWS), "age_years": draw.integers(0, 100, ROWS)})
    people = people.join(lists, on="id", how="left", maintain_order="left").with_columns(
        closed_conditions=pl.lit(value=True)
    )
    source = folder / "words"
    people.write_parquet(source)
    answers = Answers()
    print(f"\na column of lists of words, {lengths.mean():.1f} a row, {len({*drawn})} distinct")
    for engine in ("Polars", "DuckDB", "PyArrow"):
        spent = alone(engine, source, folder / engine)
        print(f"{engine:<8} {spent.seconds:6.2f} s of processor time, {spent.memory:,.0f} MB at the peak", flush=True)
        answers.add(engine, folder / engine)


def main() -> int:
    """Print the ratios, and tell whether every bound is kept."""
    quick = "--quick" in sys.argv
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "patients"
        write(ROWS, source, Catalogue.shipped().vocabulary)
        size, columns = source.stat().st_size, len(pl.read_parquet_schema(source))
        print(f"{columns} columns, {size / ROWS:.0f} bytes a row in the file")
        taken = timed(source, folder, QUICK_ROUNDS if quick else ROUNDS)
        kept = against_hand(taken)
        if not quick:
            kept += two_threads(source, folder / "threads")
            kept += longer(folder, taken)
            every_engine(source, folder)
            in_words(folder)
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
