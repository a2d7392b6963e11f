"""The README is true: its sessions are what the program prints, its example runs, its commands exist."""

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import remedies
from remedies.cli import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSIONS = [
    session
    for session in re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL)
    if not session.startswith("$ remedies ask")
]


@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: session.split("\n")[0])
def test_a_session_in_the_readme_is_what_the_program_prints(session: str) -> None:
    command, _, printed = session.replace("\\\n", " ").partition("\n")

    result = CliRunner(env={"COLUMNS": "80"}).invoke(main, shlex.split(command.removeprefix("$ remedies ")))

    assert printed == result.output


def test_the_readme_shows_at_least_one_check() -> None:
    assert any(session.startswith("$ remedies check") for session in SESSIONS)


def test_the_library_example_prints_what_its_comments_say(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)

    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - the example is our own file

    promised = re.findall(r"^print\(.*\)  # (.*)$", example, flags=re.MULTILINE)
    assert promised == capsys.readouterr().out.splitlines()
    assert promised


def test_the_readme_gives_one_command_for_an_answer_and_one_for_the_tests() -> None:
    commands = re.findall(r"```\n(python3 -m venv .*)\n```", README)

    assert len(commands) == 2
    assert commands[0].split(" && ")[-1].startswith(".venv/bin/remedies check ")
    assert commands[1].split(" && ")[-1] == ".venv-test/bin/python -m pytest -q"


def test_the_first_command_of_the_readme_answers_without_any_unknown_word() -> None:
    command = re.findall(r"&& \.venv/bin/remedies (check .*)\n", README)[0]

    result = CliRunner().invoke(main, shlex.split(command))

    assert result.exit_code == 0
    assert "Must not be used" in result.output


def _commands(group: click.Group, prefix: str = "") -> list[str]:
    found = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        found += _commands(command, f"{prefix}{name} ") if isinstance(command, click.Group) else [f"{prefix}{name}"]
    return found


@pytest.mark.parametrize("command", _commands(main))
def test_every_command_is_named_in_the_readme(command: str) -> None:
    assert f"remedies {command}" in README


def test_the_changelog_names_every_remedy_of_the_catalogue() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    missing = [remedy.id for remedy in remedies.Catalogue.shipped().remedies if remedy.id not in changelog]

    assert missing == []
