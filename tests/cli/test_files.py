"""Writing files: whole or not at all, for whoever may read them, and to what cannot be replaced."""

from __future__ import annotations

import io
import json
import os
import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import run

from remedies.cli import terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEALTHY = ("--sex", "male", "--age", "34", "--nothing-else")
WHEN = ("--start", "2026-11-16", "--as-of", "2026-11-16")
PLAN = ("plan", "fastum-gel", *HEALTHY, *WHEN)
ASK = ("ask", *HEALTHY, *WHEN)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def usual_umask() -> Iterator[None]:
    """Let others read new files, as on most machines."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(name: str) -> int:
    return stat.S_IMODE(Path(name).stat().st_mode)


# A disk that is full


class FullFile(io.FileIO):
    """A file on a disk that has no room left."""

    def write(self, _: object) -> int:
        raise OSError(28, "No space left on device")


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def no_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", full)


def no_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "open", lambda number, _: FullFile(number, "w"), raising=False)


def no_move(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", full)


@pytest.mark.parametrize("fail", [no_sync, no_write, no_move])
@pytest.mark.parametrize("words", [(*PLAN, "--output", "file"), (*ASK, "--save", "file")], ids=["plan", "ask"])
def test_a_write_that_fails_leaves_the_old_file_untouched_and_nothing_beside_it(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    fail: Callable[[pytest.MonkeyPatch], None],
) -> None:
    Path("file").write_text("mine", "utf-8")
    fail(monkeypatch)

    result = run(*words, "--overwrite")

    assert result.exit_code == 2
    assert result.stderr.startswith("Error: file: cannot be written: no space left on device\n")
    assert names(folder) == ["file"]
    assert Path("file").read_text("utf-8") == "mine"


@pytest.mark.parametrize("fail", [no_sync, no_write, no_move])
def test_a_first_write_that_fails_leaves_no_file_at_all(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fail: Callable[[pytest.MonkeyPatch], None]
) -> None:
    fail(monkeypatch)

    result = run(*PLAN, "--output", "file")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: file: cannot be written: no space left on device\n"
    assert names(folder) == []


def test_a_catalogue_that_cannot_be_formatted_stays_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("facts.json").write_text('{"facts":[]}', "utf-8")
    no_sync(monkeypatch)

    assert run("catalogue", "format", "facts.json").stderr == (
        "Error: facts.json: cannot be written: no space left on device\n"
    )
    assert Path("facts.json").read_text("utf-8") == '{"facts":[]}'
    assert names(folder) == ["facts.json"]


def test_ctrl_c_while_writing_leaves_nothing_beside_the_old_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(_: int) -> None:
        raise KeyboardInterrupt

    Path("file").write_text("mine", "utf-8")
    monkeypatch.setattr(os, "fsync", pressed)

    assert run(*PLAN, "--output", "file", "--overwrite").exit_code == 1
    assert names(folder) == ["file"]
    assert Path("file").read_text("utf-8") == "mine"


# Who may read it


@pytest.mark.usefixtures("usual_umask")
def test_answers_are_for_the_user_alone_and_plans_for_everybody() -> None:
    assert run(*ASK, "--save", "me.json", input="1\nplan.md\n").stderr == "Written: me.json\nWritten: plan.md\n"
    assert run(*PLAN, "--output", "plan.txt").exit_code == 0

    assert (mode("me.json"), mode("plan.md"), mode("plan.txt")) == (0o600, 0o644, 0o644)


@pytest.mark.usefixtures("usual_umask")
def test_answers_that_replace_a_file_for_everybody_are_for_the_user_alone() -> None:
    Path("me.json").write_text("{}", "utf-8")

    assert run(*ASK, "--save", "me.json", "--overwrite").exit_code == 0

    assert mode("me.json") == 0o600


@pytest.mark.usefixtures("usual_umask")
def test_answers_of_an_interview_that_broke_off_are_for_the_user_alone() -> None:
    assert run("ask", *WHEN, "--save", "me.json", input="0\n34, man\n").exit_code == 1

    assert json.loads(Path("me.json").read_text("utf-8"))["age"] == {"years": 34}
    assert mode("me.json") == 0o600


# What cannot be replaced


def test_a_device_is_written_to_and_stays_a_device() -> None:
    """A terminal of one's own is tried: no mistake of the program can put a file in its place, not even for root."""
    ours, theirs = os.openpty()
    name = os.ttyname(theirs)

    result = run(*PLAN, "--output", name, "--overwrite")
    begin = os.read(ours, len("Plan: Fastum gel"))
    is_device = stat.S_ISCHR(Path(name).stat().st_mode)
    os.close(theirs)
    os.close(ours)

    assert (result.exit_code, result.stderr) == (0, f"Written: {name}\n")
    assert begin == b"Plan: Fastum gel"
    assert is_device


def test_what_is_no_file_and_takes_no_more_is_told_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo("pipe")
    monkeypatch.setattr(Path, "open", full)

    result = run(*PLAN, "--output", "pipe", "--overwrite")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: pipe: cannot be written: no space left on device\n"
    assert stat.S_ISFIFO(Path("pipe").stat().st_mode)


def test_a_pipe_is_written_to_and_stays_a_pipe() -> None:
    os.mkfifo("pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(Path("pipe").read_text("utf-8")))
    reader.start()

    result = run(*PLAN, "--output", "pipe", "--overwrite")
    reader.join(timeout=60)

    assert (result.exit_code, result.stderr) == (0, "Written: pipe\n")
    assert read[0].startswith("Plan: Fastum gel\n")
    assert stat.S_ISFIFO(Path("pipe").stat().st_mode)


@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nothing yet"])
def test_a_symbolic_link_stays_one_and_what_it_points_to_is_written(folder: Path, *, there: bool) -> None:
    Path("elsewhere").mkdir()
    target = Path("elsewhere/plan.txt")
    if there:
        target.write_text("mine", "utf-8")
    Path("link").symlink_to(target)

    result = run(*PLAN, "--output", "link", "--overwrite")

    assert (result.exit_code, result.stderr) == (0, "Written: link\n")
    assert Path("link").is_symlink()
    assert target.read_text("utf-8").startswith("Plan: Fastum gel\n")
    assert names(folder / "elsewhere") == ["plan.txt"]


def test_a_file_of_the_longest_name_can_be_written_and_replaced(folder: Path) -> None:
    name = f"{'x' * 251}.txt"

    for _ in range(2):
        assert run(*PLAN, "--output", name, "--overwrite").stderr == f"Written: {name}\n"

    assert names(folder) == [name]


# Tables

TABLES = pytest.mark.parametrize("words", [("list",), ("check", *HEALTHY, *WHEN)], ids=["list", "check"])
FORMATS = {"a.csv": "csv", "a.JSON": "json", "a.md": "markdown", "a.txt": "table"}


@TABLES
@pytest.mark.parametrize(("name", "format_"), FORMATS.items())
def test_the_ending_of_a_file_decides_the_format_of_a_table(words: tuple[str, ...], name: str, format_: str) -> None:
    result = run(*words, "--output", name)

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"Written: {name}\n")
    assert Path(name).read_text("utf-8-sig") == run(*words, "--format", format_).stdout


@TABLES
@pytest.mark.parametrize(
    "output", [("--output", "a.csv"), ("--output", "a", "--format", "csv")], ids=["ending", "format"]
)
def test_a_csv_file_begins_with_the_mark_of_utf_8_and_a_pipe_or_another_file_does_not(
    words: tuple[str, ...], output: tuple[str, ...]
) -> None:
    mark = b"\xef\xbb\xbf"
    run(*words, *output)
    run(*words, "--output", "a.md")

    assert Path(output[1]).read_bytes().count(mark) == 1
    assert Path(output[1]).read_bytes().startswith(mark)
    assert mark not in run(*words, "--format", "csv").stdout_bytes
    assert mark not in Path("a.md").read_bytes()


@pytest.mark.parametrize(
    ("command", "endings"), [("list", ".csv, .md, .txt or .json"), ("check", ".csv, .md, .txt, .json or .jsonl")]
)
def test_a_table_is_not_written_into_an_ending_that_is_none_of_its_formats(
    command: str, endings: str, folder: Path
) -> None:
    strange = run(command, "--output", "a.ics")
    two = run(command, "--output", "a.csv", "--format", "json")

    assert (strange.exit_code, two.exit_code) == (2, 2)
    assert strange.stderr.endswith(f"Error: 'a.ics' has the ending of no format; end it with {endings}\n")
    assert two.stderr.endswith(
        "Error: --format json and 'a.csv' are two formats; leave --format out, or change the ending\n"
    )
    assert names(folder) == []


def test_a_table_that_is_there_is_replaced_only_with_overwrite() -> None:
    Path("a.csv").write_text("mine", "utf-8")

    kept = run("list", "--output", "a.csv")
    before = Path("a.csv").read_text("utf-8")
    replaced = run("list", "--output", "a.csv", "--overwrite")

    assert (kept.exit_code, before, replaced.exit_code) == (2, "mine", 0)
    assert Path("a.csv").read_text("utf-8-sig").startswith("Id,Name,")


def test_the_exit_code_speaks_of_the_remedy_whether_or_not_a_file_is_written() -> None:
    words = ("check", *HEALTHY, "--has", "asthma", "--remedy", "dolobene", "--exit-code")

    assert run(*words).exit_code == 12
    assert run(*words, "--output", "a.md").exit_code == 12
