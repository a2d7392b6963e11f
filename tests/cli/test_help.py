"""Help: options in groups, examples that do what they say, and an overview by task."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import click
import polars as pl
import pytest
from support import run

import remedies
from remedies.cli import main
from remedies.cli.examples import EXAMPLES

DATA = Path(remedies.__file__).parents[1] / "data"
LINES = [line for lines in EXAMPLES.values() for line in lines]


def commands(group: click.Group, path: str = "") -> dict[str, click.Command]:
    """Name every command that is no group by its path."""
    found: dict[str, click.Command] = {}
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            found |= commands(command, f"{name} ")
        elif command is not None:
            found[f"{path}{name}"] = command
    return found


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Prepare a folder with the files of which the examples speak."""
    monkeypatch.chdir(tmp_path)
    for folder in ("data", "old"):
        shutil.copytree(DATA, tmp_path / folder)
    shutil.copy(DATA / "remedies.json", tmp_path / "my-remedies.json")
    (tmp_path / "patients.csv").write_text("id,age_years\n1,34\n", encoding="utf-8")
    (tmp_path / "patients.ndjson").write_text('{"id": 1, "age_years": 34}\n', encoding="utf-8")
    pl.DataFrame({"id": [1], "age_years": [34]}).write_parquet(tmp_path / "patients.parquet")
    for name in ("me.json", "people.jsonl"):
        (tmp_path / name).write_text(json.dumps({"age": 34, "sex": "male", "nothing_else": True}), encoding="utf-8")
    return tmp_path


def test_every_command_has_two_to_four_examples_of_itself() -> None:
    assert EXAMPLES.keys() == commands(main).keys()
    for path, lines in EXAMPLES.items():
        assert 2 <= len(lines) <= 4
        assert all(line == f"remedies {path}" or line.startswith(f"remedies {path} ") for line in lines)


@pytest.mark.parametrize("path", EXAMPLES)
def test_the_help_of_a_command_ends_with_its_examples(path: str) -> None:
    text = run(*path.split(), "--help").stdout
    assert text.endswith("".join(("Examples:\n", *(f"  {line}\n" for line in EXAMPLES[path]))))
    assert max(map(len, text.splitlines())) <= 80


SLOW = pytest.mark.slow
"""Writing every grammatical form anew takes long."""


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(line, marks=[SLOW] if "catalogue forms" in line else [])
        for line in LINES
        if not line.startswith(("remedies ask", "remedies serve"))
    ],
)
def test_an_example_does_what_it_says(line: str, desk: Path) -> None:
    typed, _, said = line.partition("   # exits ")
    result = run(*shlex.split(typed)[1:])
    assert (result.exit_code, "Error" in result.stderr) == (int(said or 0), False)
    assert result.stdout or (desk / "plan.ics").exists()


@pytest.mark.parametrize("line", EXAMPLES["serve"])
def test_an_example_of_the_page_can_be_read(line: str) -> None:
    command = commands(main)["serve"]
    parent = click.Context(main, **main.context_settings)
    assert command.make_context("serve", shlex.split(line)[2:], parent).params["host"] == "127.0.0.1"


@pytest.mark.parametrize("line", EXAMPLES["ask"])
def test_an_example_of_the_interview_begins_it(line: str, desk: Path) -> None:
    (desk / "me.json").unlink()
    result = run(*shlex.split(line)[1:], input="")
    assert "Traceback" not in result.output
    assert "Error" not in result.stderr


# Groups


GROUPS = ["Who:", "What is known:", "Files:", "Course:", "Output:", "Examples:"]


@pytest.mark.parametrize("command", ["check", "ask", "plan"])
def test_options_that_describe_a_person_stand_in_groups_that_fit_a_screen(command: str) -> None:
    lines = run(command, "--help").stdout.splitlines()
    places = [lines.index(title) for title in GROUPS]
    assert places == sorted(places)
    assert all(end - start <= 24 for start, end in zip(places, [*places[1:], len(lines)], strict=True))


def test_every_option_stands_in_the_help_once() -> None:
    for path, command in commands(main).items():
        rows = [
            line.split()[0].rstrip(",")
            for line in run(*path.split(), "--help").stdout.splitlines()
            if "  -" in line[:4]
        ]
        flags = [param.opts[0] for param in command.params if isinstance(param, click.Option)]
        assert sorted(rows) == sorted([*flags, "-h"]), path


# By task


def test_the_overview_by_task_fits_one_screen_and_names_real_commands() -> None:
    lines = run("help").stdout.splitlines()
    assert lines[0] == "What do you want to do?"
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    named = {line.partition("  remedies ")[2].split(" ")[0] for line in lines if "  remedies " in line}
    assert named <= {path.split()[0] for path in EXAMPLES}
    assert named >= {"check", "ask", "plan", "show", "list", "terms"}


@pytest.mark.parametrize(
    "words",
    [
        *(("help", "check"), ("check", "help"), ("--help", "check"), ("-h", "check")),
        *(("help", "catalogue", "lint"), ("catalogue", "lint", "help"), ("help", "catalogue"), ("help", "check", "x")),
    ],
    ids=" ".join,
)
def test_help_is_found_wherever_it_is_asked_for(words: tuple[str, ...]) -> None:
    path = [word for word in words if word not in {"help", "--help", "-h", "x"}]
    result = run(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.rstrip("\n") == run(*path, "--help").stdout.rstrip("\n")
