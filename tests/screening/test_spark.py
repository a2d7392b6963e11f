"""Spark in local mode: the same law as on the other engines, over few and large tables, since each is slow to plan."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, get_args

import pyarrow.parquet as pq
import pytest
from screening.agreeing import alone, differences, people
from screening.engines import Engine, arrow
from screening.people import COURSES, Facts
from screening.people_columns import AS_OF

from remedies.screening import screen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from screening.engines import Columns

pytestmark = [
    pytest.mark.spark,
    # What pyspark itself does when it is imported beside a newer pandas.
    pytest.mark.filterwarnings("ignore::FutureWarning:pyspark"),
    pytest.mark.filterwarnings("ignore::ResourceWarning:pyspark"),
]

MODES: tuple[Facts, ...] = get_args(Facts)

NUMBER = {"wide": 8000, "words": 6000, "both": 6000}
"""How many people there are of each way of telling facts."""


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """Return a session that is small and says nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        from pyspark.sql import SparkSession  # noqa: PLC0415 - nothing but this needs it
    builder = SparkSession.builder.master("local[2]").appName("remedies")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture
def spark(session: Any, tmp_path: Path) -> Engine:
    """Return Spark as an engine, whose tables are files."""

    def enter(columns: Columns) -> Any:
        path = tmp_path / "patients.parquet"
        pq.write_table(arrow(columns), path)
        return session.read.parquet(str(path))

    def leave(frame: Any) -> list[dict[str, Any]]:
        return [row.asDict() for row in frame.collect()]

    return Engine("spark", enter, leave, type(session.range(1)))


@pytest.mark.parametrize("facts", MODES)
def test_every_row_gets_what_it_would_alone(spark: Engine, facts: Facts) -> None:
    place = MODES.index(facts)
    course = COURSES[(0, 7, 3)[place]]
    rows = people(NUMBER[facts], 2000 + place, facts, course)
    assert differences(spark, rows, course, alone(rows, course)) == []


def test_every_other_table_of_a_screening_is_one_of_spark_too(spark: Engine) -> None:
    table: Columns = {"id": ["a", "b", "c"], "age_years": [34, 0, 200], "asthma": [True, None, None]}
    found = screen(spark.enter(table), as_of=AS_OF, remedies=["dolobene"], reasons=True)
    assert sorted(map(str, spark.leave(found.verdicts))) == [
        "{'id': 'a', 'dolobene': 'excluded', 'dolobene: rule': 'dolobene/asthma'}",
        "{'id': 'b', 'dolobene': 'excluded', 'dolobene: rule': 'dolobene/under-5'}",
        "{'id': 'c', 'dolobene': None, 'dolobene: rule': None}",
    ]
    long = sorted((row["id"], row["remedy"], row["verdict"]) for row in spark.leave(found.long))
    assert long == [("a", "dolobene", "excluded"), ("b", "dolobene", "excluded"), ("c", "dolobene", None)]
    assert spark.leave(found.rejects) == [{"id": "c", "reason": "age_years must be 0 to 120"}]
    counts = found.counts()
    assert (counts.rows, counts.rejected, counts.verdicts["dolobene"]["excluded"]) == (3, 1, 2)


def test_words_are_read_whatever_they_hold(spark: Engine) -> None:
    words = ["asthma", "'; drop table patients; --", "`id` {patients} {x}", '🙂\n"q" \\', "${spark.master}"]
    table: Columns = {"id": [str(place) for place in range(len(words))], "conditions": [[word] for word in words]}
    found = screen(spark.enter(table), as_of=AS_OF, remedies=["dolobene"])
    assert {row["id"]: row["dolobene"] for row in spark.leave(found.verdicts)} == {
        "0": "excluded",
        **dict.fromkeys("1234", "undecided"),
    }
    assert sorted(one.word for one in found.unclear) == sorted(words[1:])
