"""docs/screening.md is true where its examples need files or another engine: the recall, the commands, Spark."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from click.testing import CliRunner

from remedies.cli import main
from remedies.screening.columns import CLOSING, PERSON

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "screening.md").read_text(encoding="utf-8")
SPARK, RECALL = re.findall(r"```py\n(.*?)```", TEXT, flags=re.DOTALL)
COMMANDS = re.findall(r"^remedies (screen .*)$", TEXT, flags=re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a few patients, and with a catalogue in which asthma does not exclude Dolobene yet."""
    people = {"id": ["a", "b", "c"], "age_years": [34, 62, 3], "asthma": [True, False, True]}
    pl.DataFrame(people).write_parquet(tmp_path / "patients.parquet")
    archive = tmp_path / "archive" / "2026.10"
    archive.mkdir(parents=True)
    for name in ("facts.json", "sources.json"):
        shutil.copy(ROOT / "data" / name, archive)
    catalogue = json.loads((ROOT / "data" / "remedies.json").read_text(encoding="utf-8"))
    (dolobene,) = (remedy for remedy in catalogue["remedies"] if remedy["id"] == "dolobene")
    dolobene["rules"] = [rule for rule in dolobene["rules"] if rule["id"] != "asthma"]
    (archive / "remedies.json").write_text(json.dumps(catalogue), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def printed_as_promised(example: str, capsys: pytest.CaptureFixture[str]) -> bool:
    """Run an example, and tell whether it prints what its comments say."""
    exec(compile(example, "screening.md", "exec"), {})  # noqa: S102 - the example is our own file
    promised = re.findall(r"^print\(.*\)  # (.*)$", example, flags=re.MULTILINE)
    return bool(promised) and promised == capsys.readouterr().out.splitlines()


@pytest.mark.usefixtures("folder")
def test_the_recall_names_whose_verdict_changes_and_by_which_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed_as_promised(RECALL, capsys)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_answers(command: str) -> None:
    assert CliRunner().invoke(main, shlex.split(command)).exit_code == 0


@pytest.fixture
def session() -> Iterator[Any]:
    """Start a small Spark, which the example then finds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        from pyspark.sql import SparkSession  # noqa: PLC0415 - nothing but this needs it
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    session = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.mark.spark
@pytest.mark.filterwarnings("ignore::FutureWarning:pyspark")
@pytest.mark.filterwarnings("ignore::ResourceWarning:pyspark")
@pytest.mark.usefixtures("session")
def test_the_recipe_for_spark_writes_a_verdict_for_every_row(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Spark looks from where its process was started.
    example = re.sub(r'parquet\("(.*?)"\)', lambda path: f"parquet({str(folder / path[1])!r})", SPARK)
    assert printed_as_promised(example, capsys)
    assert sorted(pl.read_parquet(folder / "verdicts" / "*.parquet")["id"]) == ["a", "b", "c"]


@pytest.mark.parametrize("column", ["id", *PERSON, *CLOSING, *CLOSING.values()])
def test_the_page_names_every_column_that_is_no_fact(column: str) -> None:
    assert f"`{column}`" in TEXT
