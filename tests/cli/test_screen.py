"""``remedies screen``: a table of patients in a file, verdicts in another one; what cannot be read is never dropped."""

from __future__ import annotations

import builtins
import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from jsonschema import Draft202012Validator
from screening.people import drawn
from support import TODAY, run

import remedies
from remedies import Patient, screen_file, verdicts
from remedies.cli import screen_command
from remedies.pages.screening import row_schema
from remedies.screening.columns import template

if TYPE_CHECKING:
    from remedies.knowledge.vocabulary import Vocabulary

WHEN = ("--as-of", "2026-11-22")
CSV = """id,age_years,sex,asthma,conditions,closed_conditions
1,34,male,true,gout,TRUE
2,thirty,male,yes,,
3,62,,,blorf,0
"""
PEOPLE = {
    "1": {"age": 34, "sex": "male", "conditions": {"yes": ["asthma", "gout"], "rest": "no"}},
    "3": {"age": 62, "conditions": {"yes": ["blorf"]}},
}
"""The same people as Patient JSON; the second row makes no sense."""

ENGINES = pytest.mark.parametrize("engine", ["polars", "duckdb"])
FORMS = pytest.mark.parametrize("form", ["csv", "ndjson", "jsonl", "parquet"])


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(CSV, encoding="utf-8")


def lines(name: str, *objects: Any) -> str:
    Path(name).write_text("".join(json.dumps(one) + "\n" for one in objects), encoding="utf-8")
    return name


def rows(name: str) -> dict[str, dict[str, str | None]]:
    """Read a file that was written, by the ids in it."""
    path = Path(name)
    match path.suffix:
        case ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                found: list[dict[str, Any]] = [
                    {key: cell or None for key, cell in row.items()} for row in csv.DictReader(file)
                ]
        case ".parquet":
            found = pl.read_parquet(path).to_dicts()
        case _:
            found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {str(row.pop("id")): row for row in found}


def expected(**people: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {name: dict(verdicts(Patient.model_validate(said), as_of=TODAY).items()) for name, said in people.items()}


def left() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


# What is written


@ENGINES
@FORMS
def test_verdicts_and_rejects_are_written_side_by_side_in_the_form_of_the_ending(engine: str, form: str) -> None:
    result = run("screen", "people.csv", "-o", f"v.{form}", "--engine", engine, *WHEN)
    assert result.exit_code == 3
    assert result.stderr == f"Written: v.{form}\nWritten: v.rejects.{form}\n1 of 3 rows rejected\n"
    found = rows(f"v.{form}")
    assert set(found.pop("2").values()) == {None}
    assert found == expected(**PEOPLE)
    assert rows(f"v.rejects.{form}") == {"2": {"reason": "age_years must be a whole number"}}
    assert left() == ["people.csv", f"v.{form}", f"v.rejects.{form}"]


@ENGINES
@FORMS
def test_every_form_is_read_alike(engine: str, form: str) -> None:
    people = [
        {"id": "a", "age_years": 34, "asthma": True, "conditions": ["gout"], "born": None},
        {"id": "b", "age_years": 7, "asthma": None, "conditions": [], "born": None},
    ]
    if form == "csv":
        Path("in.csv").write_text('\ufeffid,asthma,conditions,age_years\r\na,Yes,"gout",34\r\n"b",,,7\r\n', "utf-8")
    elif form == "parquet":
        pl.DataFrame(people).write_parquet("in.parquet")
    else:
        lines(f"in.{form}", *people)
    result = run("screen", f"in.{form}", "-o", "v.csv", "--engine", engine, *WHEN)
    assert (result.exit_code, result.stderr) == (0, "Written: v.csv\n")
    assert rows("v.csv") == expected(a={"age": 34, "conditions": ["asthma", "gout"]}, b={"age": 7})
    assert not Path("v.rejects.csv").exists()


@ENGINES
def test_long_has_a_row_for_each_patient_and_remedy(engine: str) -> None:
    run("screen", "people.csv", "-o", "v.csv", "--long", "--remedy", "dolobene", "--engine", engine, *WHEN)
    with Path("v.csv").open(encoding="utf-8") as file:
        found = sorted(csv.reader(file))
    assert found == [
        *(["1", "dolobene", "excluded"], ["2", "dolobene", ""], ["3", "dolobene", "undecided"]),
        ["id", "remedy", "verdict"],
    ]


@ENGINES
def test_reasons_stand_beside_the_verdicts(engine: str) -> None:
    run("screen", "people.csv", "-o", "v.ndjson", "--reasons", "--remedy", "dolobene", "--engine", engine, *WHEN)
    assert rows("v.ndjson")["1"] == {"dolobene": "excluded", "dolobene: rule": "dolobene/asthma"}


def test_without_output_nothing_is_written_and_rejects_are_counted() -> None:
    result = run("screen", "people.csv", *WHEN)
    assert (result.exit_code, result.stderr) == (3, "1 of 3 rows rejected\n")
    assert left() == ["people.csv"]


def test_rejects_alone_may_be_written_to_a_file_of_any_name() -> None:
    result = run("screen", "people.csv", "--rejects", "odd.ndjson", *WHEN)
    assert result.exit_code == 3
    assert left() == ["odd.ndjson", "people.csv"]


def test_an_older_file_is_left_as_it_is_unless_it_may_be_replaced() -> None:
    for name in ("v.csv", "v.rejects.csv"):
        Path(name).write_text("mine", encoding="utf-8")
        result = run("screen", "people.csv", "-o", "v.csv", *WHEN)
        assert result.exit_code == 2
        assert result.stderr == f"Error: {name}: exists already and was left as it is; add --overwrite to replace it\n"
        assert Path(name).read_text("utf-8") == "mine"
        Path("v.csv").unlink(missing_ok=True)
    assert run("screen", "people.csv", "-o", "v.csv", "--overwrite", *WHEN).exit_code == 3
    assert list(rows("v.rejects.csv")) == ["2"]


def test_rejects_of_an_earlier_run_do_not_outlast_a_run_without_any() -> None:
    run("screen", "people.csv", "-o", "v.csv", *WHEN)
    Path("people.csv").write_text("id\n1\n", encoding="utf-8")
    assert run("screen", "people.csv", "-o", "v.csv", "--overwrite", *WHEN).exit_code == 0
    assert left() == ["people.csv", "v.csv"]


@ENGINES
def test_names_with_signs_that_engines_read_as_patterns_are_names(engine: str) -> None:
    for name in ("a[1]*?.csv", "a[1]*?.ndjson"):
        Path(name).write_text(CSV if name.endswith("csv") else '{"id": 1}\n', encoding="utf-8")
        Path("a1xx.csv").write_text("nonsense\n", encoding="utf-8")
        result = run("screen", name, "-o", f"o'{name}", "--engine", engine, *WHEN)
        assert result.exit_code in {0, 3}, result.stderr


# JSON Lines


@ENGINES
def test_what_does_not_fit_in_json_lines_rejects_its_row_and_nothing_else(engine: str) -> None:
    lines(
        "in.ndjson",
        {"id": 1, "age_years": 34, "asthma": True},
        {"id": 2, "age_years": "thirty", "asthma": "yes"},
        {"id": 3, "age_years": 3.5},
        {"id": 4, "age_years": 34.0, "asthma": 1, "sex": "male"},
        {"id": 5, "age_years": True, "asthma": "perhaps"},
        {"id": 6, "age_years": 10**30},
    )
    result = run("screen", "in.ndjson", "-o", "v.ndjson", "--engine", engine, *WHEN)
    assert result.exit_code == 3
    wrong = {str(number): {"reason": "age_years must be a whole number"} for number in (2, 3, 5, 6)}
    wrong["5"] = {"reason": "asthma must be true, false or empty; age_years must be a whole number"}
    found = rows("v.rejects.ndjson")
    found["5"] = {"reason": "; ".join(sorted(str(found["5"]["reason"]).split("; "), reverse=True))}
    assert found == wrong
    good = {"1": {"age": 34, "conditions": ["asthma"]}, "4": {"age": 34, "sex": "male", "conditions": ["asthma"]}}
    assert {name: row for name, row in rows("v.ndjson").items() if name in good} == expected(**good)


@ENGINES
def test_a_key_that_occurs_in_a_late_line_alone_is_read(engine: str) -> None:
    lines(
        "in.ndjson",
        *({"id": number} for number in range(3000)),
        {"id": 3000, "liver-transplant-recipient": None},
        {"id": 3001, "asthma": True},
    )
    refused = run("screen", "in.ndjson", "--engine", engine, *WHEN)
    assert refused.exit_code == 2
    assert refused.stderr.startswith("Error: liver-transplant-recipient: is no column that is read.")
    lines("in.ndjson", *({"id": number} for number in range(3000)), {"id": 3001, "asthma": True})
    run("screen", "in.ndjson", "-o", "v.csv", "--engine", engine, *WHEN)
    assert rows("v.csv")["3001"] == expected(x={"conditions": ["asthma"]})["x"]


@ENGINES
def test_a_key_that_is_set_aside_may_hold_anything(engine: str) -> None:
    lines("in.ndjson", {"id": "a", "home": {"town": "x"}}, {"id": "b", "home": [1]}, {"id": "c", "home": "y"})
    assert run("screen", "in.ndjson", "--other", "home", "--engine", engine, *WHEN).exit_code == 0


NDJSON = {
    '{"id": 1, "skin": null, "skin": "x"}\n': "in.ndjson, line 1: skin stands more than once in the same object",
    '{"id": 1}\n\n{"id": 2\n': "in.ndjson, line 3: is not JSON: ends too early",
    '{"id": 1}\n[1]\n': 'in.ndjson, line 2: is no object such as {"id": 1, "age_years": 34}',
    '{"id": 1, "age_years": NaN}\n': "in.ndjson, line 1: holds NaN, which is not a JSON number",
    '{"id": 1, "skin": ["x"]}\n{"id": 2, "skin": "x"}\n': (
        "in.ndjson: skin holds a list in line 1 and something else in line 2; write a list in every line, or in none"
    ),
    '{"id": 1, "skin": ["x", 4]}\n': "in.ndjson, line 1: skin holds a list of something else than texts",
    '{"id": 1, "asthma": {"so": true}}\n': "in.ndjson, line 1: asthma holds an object, which no column may hold",
    '\ufeff{"id": 1}\n': "in.ndjson: begins with a byte order mark; write it as UTF-8 without one",
    "\n": "in.ndjson: is empty; a line for every patient was expected",
}


@ENGINES
@pytest.mark.parametrize("content", NDJSON)
def test_json_lines_that_no_engine_reads_soundly_are_refused(content: str, engine: str) -> None:
    Path("in.ndjson").write_text(content, encoding="utf-8")
    result = run("screen", "in.ndjson", "-o", "v.csv", "--engine", engine, *WHEN)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"Error: {NDJSON[content]}\n")
    assert left() == ["in.ndjson", "people.csv"]


# CSV


BROKEN = {
    b"id,asthma\n1,true\n2\n": "in.csv, line 3: has 1 cell, and the first line has 2 columns",
    b"id,asthma\n1,true,x\n": "in.csv, line 2: has 3 cells, and the first line has 2 columns",
    b'id,asthma\n1,"a\nb",c\n': "in.csv, line 2: has 3 cells, and the first line has 2 columns",
    b"id,asthma\n\n1,true\n": "in.csv, line 2: is empty; leave it out",
    b'id,asthma\n1,"true\n': "in.csv, line 2: has a quote that is never closed",
    b"id,sex\n1,\xff\n": "in.csv, line 2: is not text in UTF-8",
    b"\xff\xfei\0d\0\n\0": "in.csv, line 1: is not text in UTF-8",
    b"id,asthma,asthma\n1,true,false\n": "in.csv, line 1: has the column 'asthma' twice",
    b"id;asthma\n1;true\n": "in.csv, line 1: must have commas between its columns",
    b"": "in.csv: is empty; a line with the names of the columns was expected",
}


@ENGINES
@pytest.mark.parametrize("content", BROKEN)
def test_broken_csv_is_refused_with_its_line(content: bytes, engine: str) -> None:
    Path("in.csv").write_bytes(content)
    result = run("screen", "in.csv", "-o", "v.csv", "--engine", engine, *WHEN)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"Error: {BROKEN[content]}\n")
    assert left() == ["in.csv", "people.csv"]


@ENGINES
def test_cells_of_csv_may_hold_commas_quotes_and_breaks_of_lines(engine: str) -> None:
    Path("in.csv").write_text('id,conditions\n"a ""b"", c","asthma, gout"\n"d\ne",\n', encoding="utf-8")
    assert run("screen", "in.csv", "-o", "v.ndjson", "--engine", engine, *WHEN).exit_code == 0
    assert set(rows("v.ndjson")) == {'a "b", c', "d\ne"}


def test_a_table_without_rows_has_no_verdicts() -> None:
    Path("in.csv").write_text("id,asthma\n", encoding="utf-8")
    result = run("screen", "in.csv", "-o", "v.csv", *WHEN)
    assert (result.exit_code, result.stdout.splitlines()[0], rows("v.csv")) == (0, "0 rows, 0 rejected.", {})


# What makes no sense


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("nowhere.csv",), "nowhere.csv: cannot be read: no such file or directory"),
        (("people.xlsx",), "people.xlsx: has the ending of no table; it must be .parquet, .csv, .ndjson or .jsonl"),
        (("folder.csv",), "folder.csv: cannot be read: is a directory"),
        (("fake.parquet",), "fake.parquet: is not a Parquet file"),
        (
            ("people.csv", "-o", "v.txt"),
            "v.txt: has the ending of no table; it must be .parquet, .csv, .ndjson or .jsonl",
        ),
        (("people.csv", "-o", "no/v.csv"), "no/v.csv: cannot be written: no such file or directory"),
        (("people.csv", "-o", "fake.parquet/v.csv"), "fake.parquet/v.csv: cannot be written: not a directory"),
        (("people.csv", "-o", "folder.csv"), "folder.csv: is a directory; name a file"),
        (
            ("people.csv", "-o", "people.csv", "--overwrite"),
            "people.csv: is named twice; patients, verdicts and rejects need a file each",
        ),
        (
            ("people.csv", "-o", "v.csv", "--rejects", "./v.csv"),
            "v.csv: is named twice; patients, verdicts and rejects need a file each",
        ),
        (("people.csv", "-o", f"{'x' * 300}.csv"), f"{'x' * 300}.csv: cannot be used: file name too long"),
        (("people.csv", "--other", "sexe"), "sexe: is set aside, and there is no such column. Did you mean sex?"),
        (("odd.csv",), "astma: is no column that is read. Did you mean asthma?"),
        (("people.csv", "--remedy", "finalgone"), "no remedy is called 'finalgone'. Did you mean finalgon?"),
    ],
)
def test_what_cannot_be_is_said_in_one_line_and_nothing_is_written(words: tuple[str, ...], message: str) -> None:
    Path("folder.csv").mkdir()
    Path("fake.parquet").write_text(CSV, encoding="utf-8")
    Path("people.xlsx").touch()
    Path("odd.csv").write_text("id,astma\n1,true\n", encoding="utf-8")
    before = left()
    result = run("screen", *words, *WHEN)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert (result.stderr.count("\n"), left()) == (1, before)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--long",), "--long and --reasons are for the file of verdicts: add --output FILE"),
        (("-o", "v.csv", "--long", "--reasons"), "--long has no column for a reason: leave out --reasons"),
        (("--engine", "pandas"), "Invalid value for '--engine': 'pandas' is not one of 'polars', 'duckdb'."),
    ],
)
def test_options_that_make_no_sense_together_are_refused(words: tuple[str, ...], message: str) -> None:
    result = run("screen", "people.csv", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(f"Error: {message}\n")


@ENGINES
def test_a_parquet_file_that_breaks_off_in_the_middle_is_refused(engine: str) -> None:
    pl.DataFrame({"id": range(1000), "asthma": [True] * 1000}).write_parquet("in.parquet")
    whole = Path("in.parquet").read_bytes()
    Path("in.parquet").write_bytes(whole[:4] + b"\xff" * 40 + whole[44:-4] + whole[-4:])
    result = run("screen", "in.parquet", "-o", "v.csv", "--engine", engine, *WHEN)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: in.parquet: cannot be screened: ")
    assert left() == ["in.parquet", "people.csv"]


@pytest.mark.parametrize(
    ("engine", "package", "message"),
    [
        ("polars", "polars", "screening files needs polars: pip install 'remedies[frames]'"),
        ("duckdb", "duckdb", "this engine needs duckdb and pyarrow: pip install 'remedies[frames]' duckdb pyarrow"),
    ],
)
def test_an_engine_that_is_not_installed_says_what_to_install(
    engine: str, package: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name == package:
            raise ModuleNotFoundError(name)
        return usual(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    result = run("screen", "people.csv", "--engine", engine)
    assert (result.exit_code, result.stderr) == (2, f"Error: {message}\n")


def test_without_the_extra_the_command_says_what_to_install() -> None:
    code = "import sys; sys.modules['narwhals'] = None; from remedies.cli import main; main(prog_name='remedies')"
    done = subprocess.run([sys.executable, "-c", code, "screen", "people.csv"], check=False, capture_output=True)
    assert done.returncode == 2
    assert (
        done.stderr.decode() == "Error: tables of patients need narwhals and polars: pip install 'remedies[frames]'\n"
    )


# The summary


def test_the_summary_is_a_table_that_fits_80_columns() -> None:
    text = run("screen", "people.csv", "--remedy", "finalgon", "--remedy", "dolobene", *WHEN).stdout
    assert text == (
        "3 rows, 1 rejected.\n\n"
        "Remedy    May be used  Pharmacist  Doctor  Not yet said  Must not\n"
        "Finalgon            0           0       0             2         0\n"
        "Dolobene            0           0       0             1         1\n\n"
        "What excludes most\n"
        "- 1: People with asthma must not use it. [dolobene/asthma]\n\n"
        "Not understood; each keeps its list open\n"
        "- 1: “blorf” among conditions\n\n"
        "No column says anything of pregnancy, breastfeeding, skin, allergies, medicines,\n"
        "circumstances, signs: unknown for everybody.\n\n"
        "5 days from 2026-11-22; catalogue 2026.11.26, not yet reviewed by a pharmacist.\n"
        "Not medical advice: read the leaflet in the pack and ask a pharmacist.\n"
    )


@pytest.mark.parametrize("width", [20, 40, 60, 70, 80, 120])
def test_no_line_of_the_summary_is_longer_than_the_terminal_is_wide(width: int) -> None:
    text = run("screen", "people.csv", *WHEN, env={"COLUMNS": str(width)}).stdout
    assert max(map(len, text.splitlines())) <= width


def test_large_numbers_have_their_thousands_set_apart() -> None:
    Path("in.csv").write_text("id\n" + "".join(f"{number}\n" for number in range(1234)), encoding="utf-8")
    text = run("screen", "in.csv", "--remedy", "finalgon", *WHEN).stdout
    assert text.startswith("1,234 rows, 0 rejected.\n")
    assert "Finalgon            0           0       0         1,234         0\n" in text


def test_a_word_is_shown_with_what_may_have_been_meant_and_a_sign_with_its_people() -> None:
    Path("in.csv").write_text("id,conditions,fever\n1,asthmaa,1\n2,asthmaa,0\n", encoding="utf-8")
    text = run("screen", "in.csv", *WHEN).stdout
    assert "- 2: “asthmaa” among conditions. Did you mean asthma?\n" in text
    assert "Warning signs: these people need a doctor before any remedy\n- 1: fever\n" in text


def test_json_says_the_same_as_the_table() -> None:
    result = run("screen", "people.csv", "-o", "v.csv", "--remedy", "dolobene", "--format", "json", *WHEN)
    assert json.loads(result.stdout) == {
        "catalogue": "2026.11.26",
        "as_of": "2026-11-22",
        "start": "2026-11-22",
        "days": 5,
        "rows": 3,
        "rejected": 1,
        "verdicts": {"dolobene": {"allowed": 0, "ask-pharmacist": 0, "ask-doctor": 0, "undecided": 1, "excluded": 1}},
        "signs": {},
        "rules": [{"rule": "dolobene/asthma", "because": "People with asthma must not use it.", "rows": 1}],
        "unclear": [{"topic": "conditions", "word": "blorf", "times": 1, "suggestions": []}],
        "notes": [
            (
                "No column says anything of pregnancy, breastfeeding, skin, allergies, medicines, circumstances, "
                "signs: unknown for everybody."
            )
        ],
        "output": "v.csv",
        "rejects": "v.rejects.csv",
    }


def test_the_library_does_all_that_the_command_does() -> None:
    found = screen_file("people.csv", output="v.csv", remedies=["dolobene"], start=date(2026, 11, 23), as_of=TODAY)
    assert (found.counts.rows, found.counts.rejected, found.start) == (3, 1, date(2026, 11, 23))
    assert (found.output, found.rejects) == (Path("v.csv"), Path("v.rejects.csv"))
    with pytest.raises(remedies.ArgumentError) as error:
        screen_file("people.csv", engine="pandas")  # type: ignore[arg-type]
    assert str(error.value) == "engine: must be polars or duckdb, not 'pandas'"
    with pytest.raises(remedies.ArgumentError) as error:
        screen_file(3)  # type: ignore[arg-type]
    assert str(error.value) == "path: must be the name of a file, not a whole number"
    with pytest.raises(remedies.InputError) as refused:
        screen_file("people.csv", long=True, reasons=True)
    assert str(refused.value) == "long: has no column for a reason; leave one of long and reasons out"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_shows_for_how_long_it_has_been_at_work_and_leaves_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(screen_command, "PATIENCE", 0.0)
    deadline = time.monotonic() + 60
    with screen_command._Clock("deep/people.csv"):
        while not terminal.getvalue():
            assert time.monotonic() < deadline
    shown = "Screening people.csv … 0 s"
    assert terminal.getvalue().startswith(f"\r{shown}")
    assert terminal.getvalue().endswith(f"\r{'':{len(shown)}}\r")


def test_where_there_is_no_terminal_nothing_of_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_command, "PATIENCE", 0.0)
    assert run("screen", "people.csv", "--remedy", "finalgon", *WHEN).stderr == "1 of 3 rows rejected\n"


# The schema of a row


def test_the_schema_has_every_column_of_the_template_with_its_help(vocabulary: Vocabulary) -> None:
    document = json.loads(run("schema", "screening").stdout)
    assert document["$id"] == f"urn:remedies:schema:screening:{remedies.__version__}"
    described = {name: part["description"] for name, part in document["properties"].items() if name != "id"}
    assert list(described.items()) == [(column.name, column.help) for column in template(vocabulary)]
    assert (document["required"], document["additionalProperties"]) == (["id"], False)


@pytest.mark.parametrize("facts", ["wide", "words", "both"])
def test_people_who_make_sense_keep_to_the_schema(facts: Any, vocabulary: Vocabulary) -> None:
    schema = Draft202012Validator(row_schema(vocabulary))
    for row in drawn(100, 3, facts=facts):
        if row.patient is not None:
            assert list(schema.iter_errors(json.loads(json.dumps(row.cells, default=str)))) == []


@pytest.mark.parametrize(
    "cells",
    [
        {"id": None},
        {"age_years": 34},
        {"id": 1, "asthma": "perhaps"},
        {"id": 1, "asthma": 2},
        {"id": 1, "age_years": -3},
        {"id": 1, "born": "17.05.1990"},
        {"id": 1, "pregnancy": "often"},
        {"id": 1, "skin": ["x" * 201]},
        {"id": 1, "skin": [None]},
        {"id": 1, "weight": 70},
    ],
    ids=str,
)
def test_rows_that_make_no_sense_do_not_keep_to_the_schema(cells: dict[str, Any], vocabulary: Vocabulary) -> None:
    assert list(Draft202012Validator(row_schema(vocabulary)).iter_errors(cells))


# Large files


_TOLD = """
import atexit, re
from pathlib import Path
told = lambda: Path("peak").write_text(re.search(r"VmHWM:\\s+([0-9]+)", Path("/proc/self/status").read_text())[1])
atexit.register(told)
"""
"""Writes down at the end what a process held at most. What its parent says of it may be the parent's own."""


def _peak(program: str) -> tuple[int, int]:
    """Run a program, and return its exit code and the most memory that it held, in MB."""
    env = {**os.environ, "POLARS_MAX_THREADS": "2"}
    words = [sys.executable, "-c", _TOLD + program]
    code = subprocess.run(words, env=env, stdout=subprocess.DEVNULL, check=False).returncode
    return code, int(Path("peak").read_text("utf-8")) // 1024


LIMIT = 900
"""More MB than this are never held at once."""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is not measured here")
def test_a_file_goes_through_that_would_not_fit_into_memory(vocabulary: Vocabulary) -> None:
    rows_ = 400_000
    facts = {
        entry.id: pl.lit("false") if number % 3 else pl.when(pl.col("id") % 7 == 0).then(pl.lit("no"))
        for number, entry in enumerate(vocabulary.entries)
    }
    pl.LazyFrame({"id": range(rows_)}).with_columns(age_years=pl.col("id") % 90, **facts).sink_parquet(
        "large.parquet", row_group_size=20_000
    )
    assert _peak("import polars as pl; pl.read_parquet('large.parquet')")[1] > LIMIT
    code, held = _peak(f"from remedies.cli import main; main({['screen', 'large.parquet', '-o', 'v.parquet', *WHEN]})")
    assert code == 0
    assert held < LIMIT
    assert pl.scan_parquet("v.parquet").select(pl.len()).collect().item() == rows_


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@ENGINES
def test_ctrl_c_ends_it_with_130_and_leaves_nothing(engine: str) -> None:
    rows_ = "".join(f"{number},true,false,asthma {number}\n" for number in range(300_000))
    Path("in.csv").write_text(f"id,asthma,fever,conditions\n{rows_}", encoding="utf-8")
    words = [sys.executable, "-m", "remedies", "screen", "in.csv", "-o", "v.csv", "--engine", engine]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 60
        while process.poll() is None and not any(name.startswith(".v.") for name in left()):
            assert time.monotonic() < deadline
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    # Python ends by the signal itself where that came in the middle of an import; shells call both 130.
    assert process.returncode in {130, -signal.SIGINT}
    assert told.decode() == "Stopped; nothing was written.\n"
    assert left() == ["in.csv", "people.csv"]
