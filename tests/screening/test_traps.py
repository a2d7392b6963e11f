"""Traps of tables: nulls of every kind, ids, and what must not be computed before it is asked for."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from polars.io.plugins import register_io_source
from screening.engines import ENGINES, Engine, columns_of
from screening.people import COURSES, drawn, expected
from screening.people_columns import AS_OF, FACTS, VOCABULARY
from screening.small import LAZY, POLARS, REMEDY, alone, found_in, judged, rejected

from remedies.screening import screen, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVERY = pytest.mark.parametrize("engine", ENGINES, ids=str)
NAN = float("nan")

FACTS_THAT_MATTER = [fact for fact in FACTS if VOCABULARY.up[VOCABULARY.number[fact]].bit_count() == 1]
"""The widest facts: who has none of them has none at all."""

# Nulls -----------------------------------------------------------------------------------------------


@EVERY
def test_a_nan_age_is_unknown_and_no_age(engine: Engine) -> None:
    # A child of three must not use it; nobody knows of the second whether he is a child.
    table = {"id": [1, 2, 3], "age_years": [3.0, NAN, None], "closed_conditions": [True] * 3}
    assert judged(table, engine) == {1: "excluded", 2: "undecided", 3: "undecided"}
    assert rejected(table, engine) == {}


@EVERY
def test_a_nan_flag_is_unknown_and_neither_yes_nor_no(engine: Engine) -> None:
    told = {"age": 34, "sex": "male", "nothing_else": True}
    table = {
        "id": [1, 2, 3, 4],
        "age_years": [34] * 4,
        "sex": ["male"] * 4,
        "asthma": [1.0, 0.0, NAN, None],
        # "Nothing else" would deny asthma where nothing is said of it: the third and fourth leave illnesses open.
        "closed_conditions": [1.0, 1.0, NAN, None],
        **{f"closed_{topic}": [True] * 4 for topic in ("skin", "allergies", "medicines", "circumstances", "signs")},
    }
    assert judged(table, engine) == {1: "excluded", 2: alone(**told), 3: "undecided", 4: "undecided"}
    assert alone(**told) == "allowed"


@EVERY
def test_a_null_is_never_a_no(engine: Engine) -> None:
    table = {"id": ["no", "null"], "sex": ["male"] * 2, "age_years": [34] * 2, "asthma": [False, None]}
    facts = [name for name in FACTS_THAT_MATTER if name != "asthma"]
    table |= {fact: [False, False] for fact in facts}
    assert judged(table, engine) == {"no": "allowed", "null": "undecided"}


def test_a_classic_column_of_objects_loses_no_null_and_no_answer() -> None:
    cells = [True, False, None, np.nan, pd.NA, True, np.True_, np.False_]
    frame = pd.DataFrame({"id": range(8), "asthma": pd.Series(cells, dtype=object)})
    closed = frame.assign(**{f"closed_{topic}": True for topic in ("skin", "allergies", "medicines", "circumstances")})
    told = closed.assign(closed_signs=True, age_years=34, sex="male")
    found = screen(told, as_of=AS_OF, remedies=[REMEDY], reasons=True).verdicts
    yes, no, unknown = "excluded", "undecided", "undecided"
    assert list(found[REMEDY]) == [yes, no, unknown, unknown, unknown, yes, yes, no]
    # Where asthma is denied, other illnesses stand first among the reasons.
    asked = [rule == "dolobene/asthma" for rule in found[f"{REMEDY}: rule"]]
    assert [first for first, cell in zip(asked, cells, strict=True) if cell is not False and cell is not np.False_] == [
        True
    ] * 6
    assert not asked[1]


def test_a_classic_column_of_floats_loses_no_null() -> None:
    others = {fact: [False] * 3 for fact in FACTS_THAT_MATTER if fact != "asthma"}
    told = {"id": [1, 2, 3], "asthma": [1.0, np.nan, 0.0], "age_years": [34.0, np.nan, 34.0], "sex": ["male"] * 3}
    frame = pd.DataFrame({**told, **others})
    found = screen(frame, as_of=AS_OF, remedies=[REMEDY]).verdicts
    assert dict(zip(found["id"], found[REMEDY], strict=True)) == {1: "excluded", 2: "undecided", 3: "allowed"}


@EVERY
def test_an_empty_text_is_unknown_and_spaces_around_one_do_not_matter(engine: Engine) -> None:
    table = {
        "id": [1, 2, 3],
        "asthma": [" Yes ", "", "  "],
        "born": ["1990", "", " 1990-05 "],
        "conditions": ["", "", "asthma"],
    }
    assert judged(table, engine) == {1: "excluded", 2: "undecided", 3: "excluded"}
    assert rejected(table, engine) == {}


# Ids -------------------------------------------------------------------------------------------------


@EVERY
def test_every_id_gets_its_own_verdicts_whatever_the_order_of_rows_and_columns(engine: Engine) -> None:
    random = Random(5)  # noqa: S311 - an order, no secret
    rows = drawn(60, 71, facts="words", broken=0.1)
    table = columns_of(row.cells for row in random.sample(rows, len(rows)))
    shuffled = dict(random.sample(list(table.items()), len(table)))
    course = COURSES[0]
    wanted = {row.cells["id"]: (expected(row, **course._asdict()) or {}).get(REMEDY) for row in rows}
    assert judged(shuffled, engine) == wanted
    assert len(set(wanted.values())) > 3


@EVERY
def test_rows_of_one_id_keep_apart_where_nothing_has_to_be_joined(engine: Engine) -> None:
    table = {"id": ["twin", "twin", "other"], "asthma": [True, None, None], "age_years": [34, 3, 34]}
    found = found_in(table, engine)
    verdicts = sorted((row["id"], row[REMEDY]) for row in engine.leave(found.verdicts))
    assert verdicts == [("other", "undecided"), ("twin", "excluded"), ("twin", "excluded")]
    assert engine.leave(found.rejects) == []


@EVERY
def test_rows_of_one_id_are_rejected_where_words_have_to_be_joined(engine: Engine) -> None:
    table = {"id": ["twin", "twin", "other"], "conditions": [["asthma"], [], ["asthma"]]}
    assert judged(table, engine) == {"twin": None, "other": "excluded"}
    assert rejected(table, engine) == {"twin": "the id stands in more than one row"}


@EVERY
@pytest.mark.parametrize("words", [{}, {"conditions": [["asthma"], ["asthma"]]}], ids=["wide", "words"])
def test_a_row_without_an_id_is_rejected_and_nobody_else(engine: Engine, words: dict[str, list[list[str]]]) -> None:
    table = {"id": ["a", None], "asthma": [True, True], **words}
    assert judged(table, engine) == {"a": "excluded", None: None}
    assert rejected(table, engine) == {None: "the id is missing"}


@pytest.mark.parametrize("streaming", [False, True])
def test_a_file_of_many_parts_that_is_scanned_keeps_ids_and_cells_together(tmp_path: Path, *, streaming: bool) -> None:
    rows = drawn(200, 72, facts="words")
    path = tmp_path / "patients.parquet"
    POLARS.enter(columns_of(row.cells for row in rows)).write_parquet(path, row_group_size=20)
    found = screen(pl.scan_parquet(path), as_of=AS_OF, remedies=[REMEDY])
    table = found.verdicts.collect(engine="streaming" if streaming else "in-memory")
    assert dict(table.iter_rows()) == {
        row.cells["id"]: (expected(row, **COURSES[0]._asdict()) or {}).get(REMEDY) for row in rows
    }


def test_an_index_is_no_column() -> None:
    frame = pd.DataFrame({"id": [7, 8], "asthma": [True, None]}, index=pd.Index([8, 7], name="patient"))
    found = screen(frame, as_of=AS_OF, remedies=[REMEDY]).verdicts
    assert dict(zip(found["id"], found[REMEDY], strict=True)) == {7: "excluded", 8: "undecided"}


def test_a_table_of_the_database_that_is_called_like_ours_is_not_taken_for_the_one_that_is_asked() -> None:
    connection = duckdb.connect()
    connection.execute("create table patients as select 5 as id, true as asthma, '1990' as born")
    connection.execute("create table wide as from patients")
    relation = connection.sql("select unnest([1, 2]) as id, unnest([true, null]) as asthma, '1990' as born")
    found = screen(relation.filter("id = 2"), as_of=AS_OF, remedies=[REMEDY])
    first = found.verdicts
    screen(relation, as_of=AS_OF, remedies=[REMEDY]).verdicts.fetchall()
    assert first.fetchall() == [(2, "undecided")]
    assert found.long.fetchall() == [(2, REMEDY, "undecided")]


# Laziness --------------------------------------------------------------------------------------------


class Watched:
    """A lazy table of Polars that notes each time when its source is read, and which columns are."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.read: list[set[str]] = []

        def source(columns: list[str] | None, predicate: Any, rows: int | None, size: int | None) -> Iterator[Any]:
            del size
            self.read.append(set(frame.columns if columns is None else columns))
            part = frame if columns is None else frame.select(columns)
            part = part if predicate is None else part.filter(predicate)
            yield part if rows is None else part.head(rows)

        self.lazy = register_io_source(source, schema=frame.schema)


TABLE: dict[str, list[Any]] = {
    "id": [1, 2],
    "age_years": [34, 3],
    "asthma": ["yes", ""],
    "conditions": [["asthma"], []],
    "medicines": ["", "ibuprofen"],
    "note": ["x", "y"],
}


def test_a_lazy_table_is_not_read_before_its_verdicts_are_collected() -> None:
    table = {name: cells for name, cells in TABLE.items() if name not in {"conditions", "medicines"}}
    watched = Watched(POLARS.enter(table))
    found = screen(watched.lazy, as_of=AS_OF, other=["note"], reasons=True)
    for frame in (found.verdicts, found.rejects, found.long, found.referrals):
        assert isinstance(frame, pl.LazyFrame)
    assert watched.read == []
    assert found.verdicts.collect()[REMEDY].to_list() == ["excluded", "excluded"]
    assert watched.read == [{"id", "age_years", "asthma"}]


def test_of_a_lazy_table_with_words_only_these_are_read() -> None:
    watched = Watched(POLARS.enter(TABLE))
    found = screen(watched.lazy, as_of=AS_OF, other=["note"])
    for frame in (found.verdicts, found.rejects, found.long, found.referrals):
        assert isinstance(frame, pl.LazyFrame)
    assert set.union(*watched.read) <= {"id", "conditions", "medicines"}
    before = len(watched.read)
    assert found.verdicts.collect()[REMEDY].to_list() == ["excluded", "excluded"]
    assert len(watched.read) > before
    assert all("note" not in columns for columns in watched.read)


def test_a_lazy_table_whose_source_fails_fails_where_it_is_collected() -> None:
    def fails(frame: pl.DataFrame) -> pl.DataFrame:
        raise RuntimeError(frame.height)

    lazy = LAZY.enter({"id": [1], "asthma": [True]}).map_batches(fails, schema={"id": pl.Int64, "asthma": pl.Boolean})
    found = screen(lazy, as_of=AS_OF).verdicts
    with pytest.raises(RuntimeError):
        found.collect()


# Words -----------------------------------------------------------------------------------------------


@EVERY
def test_every_distinct_word_is_read_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []

    def saying_of(word: str, topic: str, *rest: Any) -> object:
        read.append((topic, word))
        return before(word, topic, *rest)

    reader: Any = words
    before = reader.saying_of
    monkeypatch.setattr(reader, "saying_of", saying_of)
    table = {
        "id": list(range(90)),
        "conditions": [["asthma", "gout"], ["gout"], ["asthma", "asthma"]] * 30,
        "medicines": ["ibuprofen", "gout", ""] * 30,
    }
    found_in(table, engine)
    assert sorted(read) == [
        ("conditions", "asthma"),
        ("conditions", "gout"),
        ("medicines", "gout"),
        ("medicines", "ibuprofen"),
    ]


@EVERY
def test_words_that_are_not_understood_are_counted_and_keep_their_topic_open(engine: Engine) -> None:
    closed = ("conditions", "skin", "allergies", "medicines", "circumstances", "signs")
    table = {
        "id": [1, 2, 3, 4],
        "conditions": [["asthna"], ["asthna", "qqqq"], ["gout"], []],
        "medicines": [None, "zzzz", None, None],
        "age_years": [34] * 4,
        "sex": ["male"] * 4,
        **{f"closed_{topic}": [True] * 4 for topic in closed},
    }
    found = found_in(table, engine)
    assert [one[:3] for one in found.unclear] == [
        ("conditions", "asthna", 2),
        ("conditions", "qqqq", 1),
        ("medicines", "zzzz", 1),
    ]
    assert "asthma" in found.unclear[0].suggestions
    gout = alone(age=34, sex="male", conditions=["gout"], nothing_else=True)
    assert judged(table, engine) == {1: "undecided", 2: "undecided", 3: gout, 4: "allowed"}


@EVERY
def test_words_of_any_letters_are_words_and_never_parts_of_a_query(engine: Engine) -> None:
    odd = ["'; drop table patients; --", '"id"', "a\nb\tc", "🙂", "{patients}", "$1 ?", "\\'", "%s", "ё" * 200, "\x00"]
    table = {"id": [*odd, "asthma"], "conditions": [[word] for word in (*odd, "asthma")]}
    assert judged(table, engine) == {**dict.fromkeys(odd, "undecided"), "asthma": "excluded"}
    assert sorted(one.word for one in found_in(table, engine).unclear) == sorted(odd)


@EVERY
def test_too_long_too_many_and_missing_words_reject_their_row(engine: Engine) -> None:
    many = [f"word {number}" for number in range(201)]
    table = {"id": [1, 2, 3, 4, 5], "conditions": [["x" * 201], many, ["asthma", None], ["asthma", ""], many[1:]]}
    reason = "conditions must hold at most 200 words of 1 to 200 characters"
    assert rejected(table, engine) == dict.fromkeys([1, 2, 3, 4], reason)


def test_lists_in_slices_of_arrow_stay_with_their_rows() -> None:
    table = pa.table({"id": [1, 2, 3, 4], "conditions": [["gout"], None, ["asthma"], []]})
    found = screen(pa.concat_tables([table.slice(2), table.slice(0, 2)]), as_of=AS_OF, remedies=[REMEDY])
    verdicts = {row["id"]: row[REMEDY] for row in found.verdicts.to_pylist()}
    assert verdicts == {1: "undecided", 2: "undecided", 3: "excluded", 4: "undecided"}
