"""The README is true: its sessions are what the program prints, its example runs, its commands exist."""

import importlib.util
import re
import shlex
import sys
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


def as_printed(shown: str, printed: str) -> bool:
    """Tell whether a session shows what was printed; a line of “…” stands for lines that are left out."""
    pattern = "(?:.*\n)+".join(re.escape(part) for part in re.split(r"(?m)^…\n", shown))
    return re.fullmatch(pattern, printed if printed.endswith("\n") else f"{printed}\n") is not None


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\nb\n", "a\nc\n", False),
        ("a\n…\nd\n", "a\nb\nc\nd\n", True),
        ("a\n…\nd\n", "a\nb\nc\nx\n", False),
        ("a\n…\nb\n", "a\nb\n", False),
    ],
)
def test_a_session_may_leave_out_lines_and_nothing_else(shown: str, printed: str, same: bool) -> None:  # noqa: FBT001 - a case
    assert as_printed(shown, printed) is same


@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: session.split("\n")[0])
def test_a_session_in_the_readme_is_what_the_program_prints(session: str) -> None:
    command, _, printed = session.replace("\\\n", " ").partition("\n")

    result = CliRunner(env={"COLUMNS": "80"}).invoke(main, shlex.split(command.removeprefix("$ remedies ")))

    assert as_printed(printed, result.output)


def test_the_readme_shows_at_least_one_check() -> None:
    assert any(session.startswith("$ remedies check") for session in SESSIONS)


PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = [
    pytest.param(example, id=page.name)
    for page in PAGES
    for example in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    if page.name != "library.md"
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_library_example_prints_what_its_comments_say(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - the example is our own file

    promised = re.findall(r"^ *print\(.*\)  # (.*)$", example, flags=re.MULTILINE)
    assert promised == capsys.readouterr().out.splitlines()
    assert promised


def test_the_readme_gives_one_command_for_an_answer_and_one_for_the_tests() -> None:
    commands = re.findall(r"```\n(python3 -m venv .*)\n```", README)

    assert len(commands) == 2
    assert commands[0].split(" && ")[-1].startswith(".venv/bin/remedies check ")
    assert README.count("\n") < 250
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
def test_every_command_is_documented(command: str) -> None:
    assert f"## remedies {command}\n" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


WRITTEN_BY = (3, 11)
"""The Python that writes the page of the library; others write the types of some arguments otherwise."""

OTHERWISE = pytest.mark.skipif(sys.version_info[:2] != WRITTEN_BY, reason="another Python writes types otherwise")


@pytest.mark.parametrize("name", ["commands.md", pytest.param("library.md", marks=OTHERWISE)])
def test_a_page_that_is_made_from_the_program_says_what_the_program_says(name: str) -> None:
    spec = importlib.util.spec_from_file_location("build", ROOT / "docs" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)

    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == build.PAGES[name](), "run: python docs/build.py"


def test_every_page_of_the_documentation_is_linked_from_the_readme() -> None:
    pages = {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")}

    assert pages == {link for link in re.findall(r"\]\(([^)]*)\)", README) if link.startswith("docs/")}


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda page: page.name
)
def test_no_link_of_the_documentation_leads_nowhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]*?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))

    assert [link for link in links if link and not (page.parent / link).exists()] == []


def test_the_changelog_names_every_remedy_of_the_catalogue() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    missing = [remedy.id for remedy in remedies.Catalogue.shipped().remedies if remedy.id not in changelog]

    assert missing == []
