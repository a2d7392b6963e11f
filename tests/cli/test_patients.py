"""``check --patients``: a whole file of people; what fails is counted, and nothing ends in the middle of a line."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest
from support import TODAY, run

import remedies
from remedies.cli import many

WHEN = ("--as-of", "2026-11-22")
PERSON = '{"id": "a", "age": 34, "sex": "male", "nothing_else": true}'
LINES = (PERSON, "{", '{"id": "b", "age": 3}', '{"id": "c", "age": 300}')
HINT = "Usage: remedies check [OPTIONS] [WORDS]...\nTry 'remedies check --help' for help.\n\nError: "


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("people.jsonl").write_text("\n".join(LINES) + "\n", encoding="utf-8")
    Path("good.jsonl").write_text(f"{PERSON}\n" * 3, encoding="utf-8")


def written(*words: str, summary: bool = True, **options: Any) -> list[str]:
    """Write what the library says of the lines."""
    return [checked.text for checked in remedies.check_lines(words, summary=summary, as_of=TODAY, **options)]


# What comes out


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_line_is_answered_and_what_failed_is_counted(jobs: str) -> None:
    result = run("check", "--patients", "people.jsonl", "--summary", "--jobs", jobs, *WHEN)
    assert result.exit_code == 3
    assert result.stdout.splitlines() == written(*LINES)
    assert result.stderr == "2 of 4 lines could not be read, the first is line 2\n"


def test_reports_are_those_of_the_library() -> None:
    result = run("check", "--patients", "good.jsonl", "--format", "jsonl", "--all-rules", "--remedy", "finalgon", *WHEN)
    assert (result.exit_code, result.stderr) == (0, "")
    expected = written(PERSON, summary=False, all_rules=True, remedies=["finalgon"]) * 3
    assert result.stdout.splitlines() == expected


def test_standard_input_is_read_as_a_file_is() -> None:
    result = run("check", "--patients", "-", "--summary", *WHEN, input="\n".join(LINES))
    assert result.stdout.splitlines() == written(*LINES)


def test_it_stops_at_the_first_line_that_failed_if_that_is_wanted() -> None:
    result = run("check", "--patients", "people.jsonl", "--summary", "--stop-at-first", *WHEN)
    assert (result.exit_code, result.stdout.splitlines()) == (3, written(*LINES[:2]))
    assert result.stderr == "1 of 2 lines could not be read, the first is line 2\n"


def test_a_word_that_is_not_understood_fails_its_line_where_that_is_wanted() -> None:
    said = ("check", "--patients", "-", "--summary", *WHEN)
    assert run(*said, input='{"skin": ["blorf"]}').exit_code == 0
    assert run(*said, "--strict", input='{"skin": ["blorf"]}').exit_code == 3


def test_an_empty_file_is_answered_by_nothing() -> None:
    Path("empty.jsonl").touch()
    result = run("check", "--patients", "empty.jsonl")
    assert (result.exit_code, result.output) == (0, "")


def test_a_file_is_written_whole() -> None:
    result = run("check", "--patients", "people.jsonl", "--summary", "--output", "out.jsonl", *WHEN)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == "Written: out.jsonl\n2 of 4 lines could not be read, the first is line 2\n"
    assert Path("out.jsonl").read_text("utf-8").splitlines() == written(*LINES)


def test_a_file_that_is_there_stays_as_it_is() -> None:
    Path("out.jsonl").write_text("mine", encoding="utf-8")
    result = run("check", "--patients", "people.jsonl", "--output", "out.jsonl")
    assert result.exit_code == 2
    assert result.stderr == "Error: out.jsonl: exists already and was left as it is; add --overwrite to replace it\n"
    assert Path("out.jsonl").read_text("utf-8") == "mine"


# What makes no sense


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--age", "34"), "--patients checks a whole file of people: leave out --age"),
        (("woman", "34"), "--patients checks a whole file of people: leave out the words"),
        (("--patient", "-"), "--patients checks a whole file of people: leave out --patient"),
        (("--why", "--exit-code"), "--patients checks a whole file of people: leave out --why and --exit-code"),
        (("--details",), "--patients checks a whole file of people: leave out --details"),
        (("--format", "csv"), "--patients is answered in JSON Lines: leave out --format csv"),
        (("--output", "out.json"), "'out.json' has the ending of no format; end it with .jsonl"),
        (("--summary", "--all-rules"), "--all-rules is for whole reports: leave out --summary"),
    ],
)
def test_what_is_for_one_person_is_refused_beside_many(words: tuple[str, ...], message: str) -> None:
    result = run("check", "--patients", "people.jsonl", *words)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{HINT}{message}\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--summary",), "--summary is for a file of people: add --patients FILE"),
        (("--jobs", "2"), "--jobs is for a file of people: add --patients FILE"),
        (("--stop-at-first",), "--stop-at-first is for a file of people: add --patients FILE"),
        (
            ("--format", "jsonl"),
            "JSON Lines answer a file of people: add --patients FILE, or write --format json for one person",
        ),
        (
            ("--output", "one.jsonl"),
            "JSON Lines answer a file of people: add --patients FILE, or write --format json for one person",
        ),
    ],
)
def test_what_is_for_many_is_refused_for_one_person(words: tuple[str, ...], message: str) -> None:
    result = run("check", "man", "34", *words)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{HINT}{message}\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--patients", "nowhere.jsonl"), "nowhere.jsonl: cannot be read: no such file or directory"),
        (("--patients", "."), ".: cannot be read: is a directory"),
        (("--patients", "good.jsonl", "--jobs", "0"), "jobs: must be 1 to 64 processes, not 0"),
        (("--patients", "good.jsonl", "--remedy", "fnord"), "no remedy is called 'fnord'."),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_written(words: tuple[str, ...], message: str) -> None:
    result = run("check", *words, "--output", "out.jsonl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Error: {message}")
    assert not Path("out.jsonl").exists()


def test_standard_input_that_is_closed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stdin", closed)
    with pytest.raises(remedies.InputError) as error, many._opened("-"):
        pass
    assert str(error.value) == "standard input: is closed; give a file of patients or pipe one in"


# How far it is


class Terminal(io.StringIO):
    """What is shown on a terminal."""

    def isatty(self) -> bool:
        return True


def screen_of(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Let standard error be a terminal, and no time pass before something is shown."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(many, "PATIENCE", 0.0)
    monkeypatch.setattr(many, "OFTEN", 0.0)
    return screen


def test_a_bar_shows_how_much_of_a_file_was_read_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = screen_of(monkeypatch)
    with Path("people.jsonl").open("rb") as people:
        bar = many._Bar(people, alone=True)
        bar.moved(1)
        people.read()
        bar.moved(1234)
        bar.gone()
    nothing, begun, done, gone, home = shown.getvalue().split("\r")
    assert (nothing, home) == ("", "")
    assert begun == f"[{'':30}]   0%  1 line"
    assert done == f"[{'#' * 30}] 100%  1,234 lines"
    assert gone == " " * len(done)


def test_of_a_pipe_only_lines_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = screen_of(monkeypatch)
    bar = many._Bar(io.BytesIO(b"{}\n"), alone=True)
    bar.moved(1)
    assert shown.getvalue() == "\r1 line"


def test_no_bar_is_shown_where_answers_go_to_the_same_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = screen_of(monkeypatch)
    bar = many._Bar(io.BytesIO(b"{}\n"), alone=False)
    bar.moved(1)
    bar.gone()
    assert shown.getvalue() == ""


def test_no_bar_is_shown_of_what_is_done_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = screen_of(monkeypatch)
    monkeypatch.setattr(many, "PATIENCE", 3600.0)
    bar = many._Bar(io.BytesIO(b"{}\n"), alone=True)
    bar.moved(1)
    assert shown.getvalue() == ""


# Breaking off


def program(*words: str, **streams: Any) -> subprocess.Popen[bytes]:
    """Start the program itself."""
    return subprocess.Popen([sys.executable, "-m", "remedies", "check", *words], bufsize=0, **streams)


def lines_of(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a signal of POSIX")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_with_whole_lines_and_leaves_no_process(jobs: str) -> None:
    Path("many.jsonl").write_text('{"id": "x", "age": 34}\n' * 20_000, encoding="utf-8")
    pipe = subprocess.PIPE
    with program("--patients", "many.jsonl", "--jobs", jobs, *WHEN, stdout=pipe, stderr=pipe) as running:
        begin = lines_of(running.stdout).readline()
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
        workers = children.read_text("ascii").split() if children.exists() else []
        running.send_signal(signal.SIGINT)
        rest, told = running.communicate(timeout=60)
    reports = [json.loads(line) for line in (begin + rest).splitlines()]
    assert running.returncode == 130
    assert (begin + rest).endswith(b"}\n")
    assert {report["patient"] for report in reports} == {"x"}
    assert 0 < len(reports) < 20_000
    assert told.decode() == f"Stopped after {len(reports):,} line{'s' * (len(reports) > 1)}.\n"
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a signal of POSIX")
def test_ctrl_c_ends_while_it_waits_for_the_next_line() -> None:
    pipe = subprocess.PIPE
    with program("--patients", "-", "--summary", *WHEN, stdin=pipe, stdout=pipe, stderr=pipe) as running:
        lines_of(running.stdin).write(f"{PERSON}\n".encode())
        lines_of(running.stdin).flush()
        answer = lines_of(running.stdout).readline()
        running.send_signal(signal.SIGINT)
        rest, told = running.communicate(timeout=60)
    assert (running.returncode, rest, told) == (130, b"", b"Stopped after 1 line.\n")
    assert answer.decode().splitlines() == written(PERSON)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a signal of POSIX")
def test_ctrl_c_leaves_a_file_as_it_was() -> None:
    Path("out.jsonl").write_text("mine", encoding="utf-8")
    Path("many.jsonl").write_text('{"age": 34}\n' * 20_000, encoding="utf-8")
    words = ("--patients", "many.jsonl", *WHEN, "--output", "out.jsonl", "--overwrite")
    with program(*words, stderr=subprocess.PIPE) as running:
        while not list(Path().glob(".out.jsonl.*")):
            assert running.poll() is None
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=60)
    assert running.returncode == 130
    assert told.decode().startswith("Stopped after ")
    assert Path("out.jsonl").read_text("utf-8") == "mine"
    assert not list(Path().glob(".out.jsonl.*"))


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a pipe of POSIX")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_reader_that_goes_away_ends_it_quietly(jobs: str) -> None:
    Path("many.jsonl").write_text('{"age": 34}\n' * 20_000, encoding="utf-8")
    pipe = subprocess.PIPE
    with program("--patients", "many.jsonl", "--jobs", jobs, *WHEN, stdout=pipe, stderr=pipe) as running:
        lines_of(running.stdout).readline()
        lines_of(running.stdout).close()
        told = lines_of(running.stderr).read()
        running.wait(timeout=60)
    assert (running.returncode, told) == (1, b"")


class Piecemeal(io.RawIOBase):
    """Takes three bytes at a time."""

    def __init__(self) -> None:
        self.taken = b""

    def writable(self) -> bool:
        return True

    def write(self, line: Any) -> int:
        self.taken += bytes(line[:3])
        return min(len(line), 3)


def test_a_line_is_written_whole_where_it_is_taken_in_pieces() -> None:
    out: Any = Piecemeal()
    with many._Brake() as brake:
        brake.write(out, b"a long line\n")
    assert out.taken == b"a long line\n"


class Slow(io.BytesIO):
    """Somebody presses Ctrl-C while a line is written."""

    def write(self, line: Any) -> int:
        os.kill(os.getpid(), signal.SIGINT)
        # The handler of a signal runs between two steps of Python.
        for _ in range(1000):
            pass
        return super().write(line)


@pytest.mark.skipif(os.name != "posix", reason="a signal of POSIX")
def test_ctrl_c_waits_until_a_line_has_been_written() -> None:
    out = Slow()
    with pytest.raises(KeyboardInterrupt), many._Brake() as brake:
        brake.write(out, b"a line\n")
    assert out.getvalue() == b"a line\n"


class Stuck(Slow):
    """The same twice, since nothing moves."""

    def write(self, line: Any) -> int:
        super().write(b"")
        return super().write(line)


@pytest.mark.skipif(os.name != "posix", reason="a signal of POSIX")
def test_a_second_ctrl_c_waits_for_nothing() -> None:
    out = Stuck()
    with pytest.raises(KeyboardInterrupt), many._Brake() as brake:
        brake.write(out, b"a line\n")
    assert out.getvalue() == b""


def test_what_answers_ctrl_c_otherwise_does_so_again_afterwards() -> None:
    before = signal.getsignal(signal.SIGINT)
    with many._Brake():
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before


def test_one_line_is_answered_before_the_next_one_comes() -> None:
    pipe = subprocess.PIPE
    with program("--patients", "-", "--summary", *WHEN, stdin=pipe, stdout=pipe) as running:
        for _ in range(3):
            lines_of(running.stdin).write(f"{PERSON}\n".encode())
            lines_of(running.stdin).flush()
            assert lines_of(running.stdout).readline().decode().splitlines() == written(PERSON)
        rest, _ = running.communicate(timeout=60)
    assert (running.returncode, rest) == (0, b"")
