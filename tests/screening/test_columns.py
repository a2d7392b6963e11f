"""What columns there may be, what they may hold, and what is said of a table that cannot be read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from screening.engines import ENGINES, Engine
from screening.people_columns import AS_OF, TOPIC
from screening.small import REMEDY, found_in, judged, rejected

from remedies import ArgumentError, InputError
from remedies.screening import screen

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY = pytest.mark.parametrize("engine", ENGINES, ids=str)
MORNING = dt.datetime(1990, 5, 17, 3, tzinfo=dt.UTC)


def faults_of(frame: Any, **terms: Any) -> list[str]:
    """Return what is wrong with a table."""
    with pytest.raises(InputError) as raised:
        screen(frame, as_of=AS_OF, **terms)
    return list(map(str, raised.value.faults))


def native(sql: str) -> duckdb.DuckDBPyRelation:
    """Return a table of DuckDB."""
    _CONNECTIONS.append(duckdb.connect())
    return _CONNECTIONS[-1].sql(sql)


_CONNECTIONS: list[duckdb.DuckDBPyConnection] = []

# Names -----------------------------------------------------------------------------------------------


@EVERY
def test_every_column_that_is_not_understood_is_named_at_once_with_what_was_meant(engine: Engine) -> None:
    table = {"id": [1], "astma": [True], "ASTHMA": [True], "weight": [80.0], "Age_years": [3], "sex": [1]}
    assert faults_of(engine.enter(table)) == [
        "astma: is no column that is read. Did you mean asthma?",
        "ASTHMA: is no column that is read. Did you mean asthma or arrhythmia?",
        "weight: is no column that is read. Set it aside if it says nothing of what may be used.",
        "Age_years: is no column that is read. Did you mean age_years?",
        "sex: must hold texts",
    ]


@EVERY
def test_a_column_that_is_set_aside_says_nothing_even_if_it_would_be_read(engine: Engine) -> None:
    table = {"id": [1], "astma": [True], "weight": [80.0], "asthma": [True]}
    assert judged(table, engine, other=["astma", "weight"]) == {1: "excluded"}
    assert judged(table, engine, other=["astma", "weight", "asthma"]) == {1: "undecided"}
    assert faults_of(engine.enter(table), other=["weigth", "astma"]) == [
        "weigth: is set aside, and there is no such column. Did you mean weight?",
        "weight: is no column that is read. Set it aside if it says nothing of what may be used.",
    ]


@EVERY
def test_a_table_without_an_id_is_refused(engine: Engine) -> None:
    missing = "id: is missing: every row needs an id by which its verdicts are found again"
    assert faults_of(engine.enter({"asthma": [True]})) == [missing]
    assert faults_of(engine.enter({"id": [1], "asthma": [True]}), other=["id"]) == [missing]
    assert faults_of(engine.enter({"ID": [1]}))[1] == "ID: is no column that is read. Did you mean id?"


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame([[1, True, False]], columns=["id", "asthma", "asthma"]),
        pa.table([pa.array([1]), pa.array([True]), pa.array([False])], names=["id", "asthma", "asthma"]),
        native("select 1 as id, true as asthma, false as asthma"),
    ],
    ids=["pandas", "pyarrow", "duckdb"],
)
def test_two_columns_of_one_name_are_refused(frame: Any) -> None:
    assert faults_of(frame) == ["asthma: is the name of 2 columns"]


def test_names_that_are_no_texts_are_names_all_the_same() -> None:
    assert faults_of(pd.DataFrame({"id": [1], 5: [True]})) == [
        "5: is no column that is read. Set it aside if it says nothing of what may be used."
    ]
    columns = pd.MultiIndex.from_tuples([("id", ""), ("asthma", "now")])
    assert len(faults_of(pd.DataFrame([[1, True]], columns=columns))) == 3


def test_a_name_is_never_a_part_of_a_query() -> None:
    odd = 'x" or true; drop table patients; --'
    frame = native("select 1 as id, 1 as " + '"' + odd.replace('"', '""') + '"')
    assert faults_of(frame) == [
        f"{odd}: is no column that is read. Set it aside if it says nothing of what may be used."
    ]
    assert screen(frame, as_of=AS_OF, remedies=[REMEDY], other=[odd]).verdicts.fetchall() == [(1, "undecided")]


@EVERY
def test_columns_that_are_called_like_ours_may_be_set_aside(engine: Engine) -> None:
    ours = ("n1", "n2", "word 0", "fault: conditions", "rows with this id", "male", "topic", "word", "lane", "rejected")
    table = {"id": [1], "asthma": ["yes"], "conditions": ["gout"], **{name: [True] for name in ours}}
    assert judged(table, engine, other=ours) == {1: "excluded"}
    assert rejected(table, engine, other=ours) == {}


# What is not there -----------------------------------------------------------------------------------


def test_what_there_is_no_column_for_is_unknown_and_said_once() -> None:
    found = found_in({"id": [1, 2], "asthma": [False, None], "age_years": [3, 34], "born": [None, None]})
    nobody, partly = found.notes
    assert nobody == (
        "No column says anything of sex, pregnancy, breastfeeding, skin, allergies, medicines, circumstances, signs: "
        "unknown for everybody."
    )
    number = sum(topic == "conditions" for topic in TOPIC.values())
    assert partly == (
        f"There are columns for 1 of {number} conditions: the others are unknown wherever their topic is not closed."
    )
    assert found_in({"id": [1], "conditions": ["gout"]}).notes[1:] == ()


@EVERY
def test_a_table_of_ids_alone_and_one_of_nobody_are_tables(engine: Engine) -> None:
    assert judged({"id": ["a", "b"]}, engine) == {"a": "undecided", "b": "undecided"}
    nobody: dict[str, list[Any]] = {"id": [], "asthma": [], "conditions": []}
    found = found_in(nobody, engine)
    assert engine.leave(found.verdicts) == engine.leave(found.rejects) == engine.leave(found.long) == []
    assert found.counts()[:2] == (0, 0)


@EVERY
def test_a_column_of_nothing_but_nulls_says_nothing(engine: Engine) -> None:
    table = {"id": [1], "asthma": [None], "conditions": [None], "medicines": [[]], "born": [None], "age_years": [3]}
    assert judged(table, engine) == {1: "excluded"}
    assert judged({"id": [None, None], "asthma": [None, None]}, engine) == {None: None}


# What they hold --------------------------------------------------------------------------------------


def _wrong() -> Iterator[tuple[str, Any, str]]:
    yield "struct", pl.DataFrame({"id": [1], "asthma": [{"so": True}]}), "asthma: must hold true or false"
    yield "binary", pl.DataFrame({"id": [1], "sex": [b"male"]}), "sex: must hold texts"
    yield "duration", pl.DataFrame({"id": [1], "age_years": [dt.timedelta(3)]}), "age_years: must hold whole numbers"
    yield (
        "time",
        pl.DataFrame({"id": [1], "born": [dt.time(3)]}),
        "born: must hold dates, or texts such as 2026-11-25",
    )
    yield (
        "lists of numbers",
        pl.DataFrame({"id": [1], "conditions": [[1]]}),
        "conditions: must hold lists of texts, or texts",
    )
    yield (
        "list view",
        pa.table({"id": [1], "conditions": pa.array([["asthma"]], pa.list_view(pa.string()))}),
        "conditions: must hold lists of texts, or texts",
    )
    yield (
        "interval of pandas",
        pd.DataFrame({"id": [1], "age_years": pd.interval_range(0, 1)}),
        "age_years: must hold whole numbers",
    )
    yield (
        "period of pandas",
        pd.DataFrame({"id": [1], "born": pd.period_range("1990-05-17", periods=1, freq="D")}),
        "born: must hold dates, or texts such as 2026-11-25",
    )
    yield "interval", native("select 1 as id, interval 1 day as age_years"), "age_years: must hold whole numbers"
    yield "bits", native("select 1 as id, '101'::bit as asthma"), "asthma: must hold true or false"
    yield (
        "union",
        native("select 1 as id, union_value(so := true) as asthma"),
        "asthma: must hold true or false",
    )
    misfit = "asthma: holds values that do not fit into one column of one type"
    yield "mixed", pd.DataFrame({"id": [1, 2], "asthma": pd.Series([True, "no"], dtype=object)}), misfit
    yield "an object", pd.DataFrame({"id": [1], "asthma": [object()]}), misfit
    yield "complex", pd.DataFrame({"id": [1], "asthma": [3j]}), misfit
    yield "huge", pd.DataFrame({"id": [1], "asthma": pd.Series([10**30], dtype=object)}), misfit
    yield "no text", pd.DataFrame({"id": [1], "asthma": pd.Series(["\ud800"], dtype=object)}), misfit
    for name, frame in {
        "uuid": native("select uuid() as id"),
        "bytes": pl.DataFrame({"id": [b"x"]}),
        "lists": pl.DataFrame({"id": [["x"]]}),
        "structs": pl.DataFrame({"id": [{"x": 1}]}),
    }.items():
        yield f"an id of {name}", frame, "id: must hold texts or whole numbers"


WRONG = list(_wrong())


@pytest.mark.parametrize(("frame", "fault"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_a_column_that_holds_something_else_is_refused(frame: Any, fault: str) -> None:
    assert faults_of(frame) == [fault]


CHILD_OF_THREE = {
    "decimals": pl.DataFrame({"id": [1], "age_years": [Decimal(3)]}),
    "decimals of Arrow": pa.table({"id": [1], "age_years": [Decimal("3.0")]}),
    "decimals of DuckDB": native("select 1 as id, 3::decimal(5, 1) as age_years"),
    "bytes": pl.DataFrame({"id": [1], "age_years": pl.Series([3], dtype=pl.UInt8)}),
    "bytes of Arrow": pa.table({"id": [1], "age_years": pa.array([3], pa.uint8())}),
    "bytes of DuckDB": native("select 1 as id, 3::utinyint as age_years"),
    "half floats": pa.table({"id": [1], "age_years": pa.array([3], pa.float32())}),
    "texts": pl.DataFrame({"id": [1], "age_years": [" 3 "]}),
    "large strings": pa.table({"id": [1], "age_years": pa.array(["3"], pa.large_string())}),
    "categories of numbers": pd.DataFrame({"id": [1], "age_years": pd.Categorical([3])}),
    "moments": pl.DataFrame({"id": [1], "born": [dt.datetime(2023, 5, 17, 3)]}),
    "moments of a zone": pl.DataFrame({"id": [1], "born": [MORNING.replace(year=2023)]}),
    "moments of pandas": pd.DataFrame({"id": [1], "born": [pd.Timestamp("2023-05-17 23:59", tz="Asia/Tokyo")]}),
    "moments of DuckDB": native("select 1 as id, timestamp_ns '2023-05-17 03:00:00' as born"),
}


@pytest.mark.parametrize("frame", CHILD_OF_THREE.values(), ids=CHILD_OF_THREE)
def test_an_age_may_be_written_in_many_types(frame: Any) -> None:
    assert screen(frame, as_of=AS_OF, remedies=[REMEDY]).counts().verdicts[REMEDY]["excluded"] == 1


MALE_ASTHMATIC = {
    "categories": pl.DataFrame({"id": ["x"], "sex": ["male"], "asthma": ["yes"], "pregnancy": ["no"]}).cast(
        pl.Categorical
    ),
    "an enum": pl.DataFrame({"id": ["x"], "sex": ["male"], "asthma": ["yes"]}).cast(pl.Enum(["x", "male", "yes"])),
    "an enum of pregnancies": pl.DataFrame(
        {"id": ["x"], "pregnancy": pl.Series(["no"], dtype=pl.Enum(["no"])), "asthma": [True]}
    ),
    "categories of pandas": pd.DataFrame({"id": ["x"], "sex": ["male"], "asthma": ["yes"]}).astype("category"),
    "truths of pandas": pd.DataFrame({"id": ["x"], "asthma": pd.Categorical([True])}),
    "codes": pa.table({"id": ["x"], "sex": pa.array(["male"]).dictionary_encode(), "asthma": ["1"]}),
    "string views": pa.table(
        {"id": ["x"], "sex": pa.array(["male"], pa.string_view()), "asthma": pa.array(["yes"], pa.string_view())}
    ),
    "an enum of DuckDB": native("select 'x' as id, 'male'::enum('male') as sex, 'yes'::enum('yes') as asthma"),
    "words in categories": pl.DataFrame({"id": ["x"], "conditions": ["asthma"]}).cast(pl.Categorical),
    "large lists": pa.table({"id": ["x"], "conditions": pa.array([["asthma"]], pa.large_list(pa.large_string()))}),
    "tuples": pd.DataFrame({"id": ["x"], "conditions": [("asthma",)]}),
}


@pytest.mark.parametrize("frame", MALE_ASTHMATIC.values(), ids=MALE_ASTHMATIC)
def test_a_text_may_be_written_in_many_types(frame: Any) -> None:
    found = screen(frame, as_of=AS_OF, remedies=[REMEDY]).counts()
    assert (found.rejected, found.verdicts[REMEDY]["excluded"]) == (0, 1)


@EVERY
def test_a_number_that_is_far_too_large_rejects_its_row_and_no_other(engine: Engine) -> None:
    table = {
        "id": ["most", "least", "weeks", "three"],
        "age_years": [2**63 - 1, -(2**63), None, 3],
        "pregnancy_weeks": [None, None, 2**62, None],
    }
    if "classic" in engine.name:
        # Floats do not hold them.
        table["age_years"], table["pregnancy_weeks"] = [121, -1, None, 3], [None, None, 45, None]
    assert judged(table, engine) == {"most": None, "least": None, "weeks": None, "three": "excluded"}
    years, weeks = "age_years must be 0 to 120", "pregnancy_weeks must be 0 to 44"
    assert {name: text.replace("a whole number", "0 to 120") for name, text in rejected(table, engine).items()} == {
        "most": years,
        "least": years,
        "weeks": weeks,
    }


@pytest.mark.parametrize("kind", ["ubigint", "hugeint", "uhugeint"])
def test_a_number_beyond_all_whole_numbers_rejects_its_row(kind: str) -> None:
    frame = native(f"select 1 as id, 18446744073709551615::{kind} as age_years")
    assert screen(frame, as_of=AS_OF).rejects.fetchall() == [(1, "age_years must be 0 to 120")]


@EVERY
def test_a_number_that_is_not_finite_rejects_its_row(engine: Engine) -> None:
    table = {"id": [1, 2, 3], "age_years": [float("inf"), float("-inf"), 3.0], "asthma": [1.0, 0.0, float("inf")]}
    assert rejected(table, engine) == {
        1: "age_years must be a whole number",
        2: "age_years must be a whole number",
        3: "asthma must be true, false or empty",
    }


def test_a_day_that_lies_in_no_year_rejects_its_row_and_is_not_unknown() -> None:
    frame = native("select 1 as id, 'infinity'::date as born union all select 2, '-infinity'::date")
    reason = "born must be a date that exists, as 1990, 1990-05 or 1990-05-17"
    assert sorted(screen(frame, as_of=AS_OF).rejects.fetchall()) == [(1, reason), (2, reason)]
    frame = native("select 1 as id, 'infinity'::timestamp as due")
    assert screen(frame, as_of=AS_OF).rejects.fetchall() == [(1, "due must be a date that exists, such as 2027-02-20")]


@pytest.mark.parametrize("frame", [None, 5, "x", [1], {"id": [1]}, pl.Series([1]), pd.Series([1]), pl, pl.DataFrame])
def test_what_is_no_table_is_refused(frame: object) -> None:
    with pytest.raises(ArgumentError, match=r"^frame: must be a table of Polars, pandas, PyArrow, DuckDB or PySpark"):
        screen(frame, as_of=AS_OF)
