"""Screenings from a file to a file on every engine, and each in a process of its own, to see its memory and threads."""

import json
import os
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

sys.path.append(str(Path(__file__).parents[1]))

import duckdb
import polars as pl

from remedies import Catalogue
from remedies.screening import screen

if TYPE_CHECKING:
    from collections.abc import Callable

DAY, DAYS = date(2026, 11, 22), 5

SPARK_LIMIT = "spark.sql.codegen.hugeMethodLimit"


def by_polars(source: Path, out: Path) -> None:
    """Screen a file with Polars."""
    screen(pl.scan_parquet(source), as_of=DAY, days=DAYS).verdicts.sink_parquet(out)


def by_duckdb(source: Path, out: Path, threads: int = 1) -> None:
    """Screen a file with DuckDB."""
    with duckdb.connect(config={"threads": threads}) as connection:
        screen(connection.read_parquet(str(source)), as_of=DAY, days=DAYS).verdicts.write_parquet(str(out))


def by_pyarrow(source: Path, out: Path) -> None:
    """Screen a file with PyArrow."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - only its own process loads it

    pq.write_table(screen(pq.read_table(source, use_threads=False), as_of=DAY, days=DAYS).verdicts, out)


def by_pandas(source: Path, out: Path) -> None:
    """Screen a file with pandas."""
    import pandas as pd  # noqa: PLC0415 - as above

    screen(pd.read_parquet(source, use_threads=False), as_of=DAY, days=DAYS).verdicts.to_parquet(out)


class Spent(NamedTuple):
    """What a call took in a process of its own."""

    first: float
    """Processor seconds of the first call, in which the rulebook is compiled for the table."""
    seconds: float
    """Processor seconds of the best later one."""
    clock: float
    """The same by the clock."""
    memory: float
    """Megabytes at the peak, those of the files' pages included."""


def alone(engine: str, source: Path, out: Path, threads: int = 1, rounds: int = 3) -> Spent:
    """Measure an engine in a process of its own."""
    command = [sys.executable, __file__, engine, str(source), str(out), str(threads), str(rounds)]
    kept = {**os.environ, "POLARS_MAX_THREADS": str(threads)}
    printed = subprocess.run(command, env=kept, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Spent(*json.loads(printed.splitlines()[-1]))


def measured_alone(engine: str, source: str, out: str, threads: str, rounds: str) -> None:
    """Print what ``alone`` wants to know."""
    calls: dict[str, Callable[[], None]] = {
        "Polars": lambda: by_polars(Path(source), Path(out)),
        "DuckDB": lambda: by_duckdb(Path(source), Path(out), int(threads)),
        "PyArrow": lambda: by_pyarrow(Path(source), Path(out)),
        "pandas": lambda: by_pandas(Path(source), Path(out)),
    }
    Catalogue.shipped()
    spent, clock = [], []
    for _ in range(int(rounds)):
        begin, begin_clock = time.process_time(), time.perf_counter()
        calls[engine]()
        spent.append(time.process_time() - begin)
        clock.append(time.perf_counter() - begin_clock)
    print(json.dumps([spent[0], min(spent), min(clock), peak()]))


def peak() -> float:
    """Return the most megabytes that this process held.

    On Linux ``ru_maxrss`` of a new process begins with what its parent held when it started it, here far more than
    some engines need; the kernel counts the process alone as ``VmHWM``.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1_000
    return megabytes(resource.RUSAGE_SELF)


def megabytes(whose: int) -> float:
    """Return the peak memory of this process, or of those that it started and that have ended."""
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return resource.getrusage(whose).ru_maxrss / unit


class Planned(NamedTuple):
    """What Spark took by the clock, with two threads."""

    plan: float
    """Seconds until the plan was made."""
    first: float
    """Seconds until the verdicts were written."""
    again: float
    """The same once more, when Java has compiled what it runs often."""
    memory: float
    """Megabytes at the peak of the process of Java."""


def spark_alone(source: Path, out: Path, limit: str) -> Planned:
    """Measure Spark in a process of its own, with a limit of methods if there is one."""
    command = [sys.executable, __file__, "Spark", str(source), str(out), limit]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    return Planned(*json.loads(printed.splitlines()[-1]))


def measured_spark(source: str, out: str, limit: str) -> None:
    """Print what ``spark_alone`` wants to know."""
    from pyspark import SparkContext  # noqa: PLC0415 - only its own process loads it
    from pyspark.sql import SparkSession  # noqa: PLC0415 - as above

    settings = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    settings = settings.config("spark.driver.memory", "4g").config("spark.log.level", "ERROR")
    session = (settings.config(SPARK_LIMIT, limit) if limit else settings).getOrCreate()
    begin = time.perf_counter()
    found = screen(session.read.parquet(source), as_of=DAY, days=DAYS).verdicts
    found._jdf.queryExecution().executedPlan()  # noqa: SLF001 - there is no other way to plan and not to run
    took = [time.perf_counter() - begin]
    for _ in range(2):
        begin = time.perf_counter()
        found.write.mode("overwrite").parquet(out)
        took.append(time.perf_counter() - begin)
    session.stop()
    gateway: Any = SparkContext._gateway  # noqa: SLF001 - the engine's process, whose end is waited for
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    print(json.dumps([*took, megabytes(resource.RUSAGE_CHILDREN)]))


if __name__ == "__main__":
    if sys.argv[1] == "Spark":
        measured_spark(*sys.argv[2:])
    else:
        measured_alone(*sys.argv[1:])
