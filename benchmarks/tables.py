"""Wide tables of made-up patients for the benchmarks: one row per patient, one column per fact.

No row contradicts itself: a fact that is so makes everything so that it is, a fact that is not so denies everything
that is it, and a man is never pregnant. The rows are drawn in blocks, the same ones in every run, so that a table of
any length needs the memory of one block.

    python benchmarks/tables.py ROWS FILE.parquet
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from polars.io.plugins import register_io_source

from remedies import Catalogue
from remedies.knowledge.topics import TOPICS, Topic
from remedies.knowledge.vocabulary import Vocabulary

SEED = 20261126
BLOCK = 100_000
"""Rows that are drawn at once, and rows of a row group."""

RATES: dict[Topic, float] = {
    "conditions": 0.012,
    "skin": 0.01,
    "allergies": 0.005,
    "medicines": 0.02,
    "circumstances": 0.03,
    "signs": 0.01,
}
"""How often a fact is so, per topic."""

DENIED, CLOSED, DENSER = 0.15, 0.55, 5.0

EDGES = [0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 34, 58, 59, 60, 61, 63, 64, 65, 66, 90, 120]
"""Ages about limits of age."""

EDGE_WEEKS = [0, 1, 12, 13, 14, 15, 18, 19, 20, 21, 26, 27, 28, 29, 39, 43, 44]
"""Weeks about limits of pregnancy."""

Bools = npt.NDArray[np.bool_]


def nullable(values: npt.NDArray[Any], known: Bools) -> pl.Series:
    """Return a column of values that is null where nothing is known."""
    return pl.select(pl.when(pl.Series(known)).then(pl.Series(values))).to_series()


def facts(draw: np.random.Generator, rows: int, vocabulary: Vocabulary, *, dense: bool) -> dict[str, pl.Series]:
    """Draw the columns of facts, none of which denies what another one says."""
    entries, up, down = vocabulary.entries, vocabulary.up, vocabulary.down
    factor = draw.choice([1.0, DENSER, 2 * DENSER], rows).astype(np.float32) if dense else np.float32(1)
    denied = draw.choice([0.0, 0.1, 0.4], rows).astype(np.float32) if dense else np.float32(DENIED)
    yes: list[Bools] = [draw.random(rows, dtype=np.float32) < RATES[entry.topic] * factor for entry in entries]
    columns = {}
    for number, entry in enumerate(entries):
        no: Bools = draw.random(rows, dtype=np.float32) < denied
        for other, so in enumerate(yes):
            if up[other] & down[number]:
                no &= ~so
        columns[entry.id] = nullable(yes[number], yes[number] | no)
    return columns


def persons(draw: np.random.Generator, rows: int, *, dense: bool) -> dict[str, pl.Series]:
    """Draw age, sex, pregnancy and breastfeeding; whoever is dense is near a limit, and pregnant at any age."""
    age = draw.choice(EDGES, rows) if dense else draw.triangular(0, 46, 100, rows).astype(np.int64)
    male, sexed = draw.random(rows) < 0.48, draw.random(rows) < (0.7 if dense else 0.97)
    woman = ~male if dense else ~male & sexed & (age >= 12) & (age < 55)
    chance = draw.random(rows)
    words = np.array(["no", "possible", "yes"])[np.searchsorted([0.4, 0.6] if dense else [0.86, 0.9], chance)]
    asked = woman & (draw.random(rows) < (0.7 if dense else 0.5))
    weeks = draw.choice(EDGE_WEEKS, rows) if dense else draw.integers(3, 40, rows)
    counted = woman & (~asked & dense | asked & (words == "yes")) & (draw.random(rows) < 0.6)
    feeding: Bools = woman & (draw.random(rows) < (0.3 if dense else 0.03))
    return {
        "age_years": nullable(age, draw.random(rows) < (0.8 if dense else 0.95)),
        "sex": nullable(np.where(male, "male", "female"), sexed | (male & dense)),
        "pregnancy": nullable(words, asked),
        "pregnancy_weeks": nullable(weeks, counted),
        "breastfeeding": nullable(feeding, draw.random(rows) < 0.6),
    }


def block(number: int, rows: int, vocabulary: Vocabulary, *, dense: bool = False) -> pl.DataFrame:
    """Draw one block of a table; with ``dense`` of people about whom much is said and who stand near limits."""
    draw = np.random.default_rng([SEED, number, dense])
    first = number * BLOCK
    columns = {"id": pl.Series(np.arange(first, first + rows)), **facts(draw, rows, vocabulary, dense=dense)}
    for topic in TOPICS:
        columns[f"closed_{topic}"] = nullable(draw.random(rows) < CLOSED, draw.random(rows) < 0.9)
    return pl.DataFrame({**columns, **persons(draw, rows, dense=dense)})


def table(rows: int, vocabulary: Vocabulary, *, dense: bool = False) -> pl.LazyFrame:
    """Return a table that is drawn block by block when it is read."""

    def blocks(
        columns: list[str] | None, predicate: pl.Expr | None, most: int | None, _: int | None
    ) -> Iterator[pl.DataFrame]:
        wanted = rows if most is None else min(rows, most)
        for number, first in enumerate(range(0, wanted, BLOCK)):
            found = block(number, min(BLOCK, rows - first), vocabulary, dense=dense)[: wanted - first]
            found = found if columns is None else found.select(columns)
            yield found if predicate is None else found.filter(predicate)

    return register_io_source(blocks, schema=block(0, 1, vocabulary, dense=dense).schema)


def write(rows: int, path: Path, vocabulary: Vocabulary) -> None:
    """Write a table to a Parquet file, with one row group per block."""
    table(rows, vocabulary).sink_parquet(path, row_group_size=BLOCK)


if __name__ == "__main__":
    start = time.perf_counter()
    write(int(sys.argv[1]), Path(sys.argv[2]), Catalogue.shipped().vocabulary)
    print(f"{sys.argv[1]} rows in {time.perf_counter() - start:.1f} s")
