"""`remedies ask` in a real terminal, driven through a pseudo-terminal of 80 columns."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shlex
import struct
import sys
import termios
from pathlib import Path
from typing import TYPE_CHECKING

import icalendar
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parents[2] / "docs" / "interview.md"
PROGRAM = Path(sys.executable).with_name("remedies")
WAITS = ("> ", "none. ", "[y/N]: ")
"""What the program says last before it waits for an answer."""

PATIENCE = 60
"""Seconds after which a silent program counts as stuck."""

LOST = 5
"""Seconds after which a key that has brought nothing is pressed again."""

WHEN = ("--start", "2026-11-16", "--as-of", "2026-11-16")
CHONDROXIDE = ("ask", "--remedy", "chondroxide", *WHEN)
HEALTHY = ("--sex", "male", "--age", "34", "--nothing-else")


class Terminal:
    """A program in a pseudo-terminal; what stands on the screen is in ``screen``."""

    def __init__(self, words: Sequence[str], folder: Path, *, columns: int, env: dict[str, str]) -> None:
        """Start the program."""
        assert PROGRAM.is_file(), f"{PROGRAM} is missing: install the package into this environment"
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        environment = kept | {"LANG": "C.UTF-8", "TERM": "xterm", "HOME": str(folder)} | env
        self._process, self._terminal = pty.fork()
        if self._process == 0:  # pragma: no cover - the program replaces this child at once
            os.chdir(folder)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
            os.execve(PROGRAM, [str(PROGRAM), *words], environment)  # noqa: S606 - no shell is wanted
        self._bytes = b""
        self._status: int | None = None

    @property
    def screen(self) -> str:
        """Everything that was printed or typed so far, without spaces at the ends of lines."""
        text = self._bytes.decode().replace("\r\n", "\n")
        return re.sub(r" +$", "", text, flags=re.MULTILINE)

    def _more(self) -> bool:
        """Read what has come; tell whether there may be more."""
        ready, _, _ = select.select([self._terminal], [], [], PATIENCE)
        assert ready, f"nothing came for {PATIENCE} seconds after:\n{self.screen[-500:]}"
        try:
            read = os.read(self._terminal, 65536)
        except OSError:  # Linux says so when the program has ended
            return False
        self._bytes += read
        return bool(read)

    def wait(self) -> None:
        """Read until the program waits for an answer."""
        while not self._bytes.decode(errors="ignore").endswith(WAITS):
            assert self._more(), f"the program ended instead of asking:\n{self.screen[-500:]}"

    def type(self, *lines: str) -> None:
        """Answer one question after the other."""
        for line in lines:
            self.wait()
            os.write(self._terminal, f"{line}\n".encode())
            mark = len(self._bytes)
            while len(self._bytes) <= mark + len(line.encode()) and self._more():
                pass

    def press(self, key: bytes) -> None:
        """Press one key at a question."""
        self.wait()
        os.write(self._terminal, key)

    def leave(self, key: bytes) -> int:
        """Press a key that ends the program, read to the end and return the exit code.

        Python does not notice an interrupt that comes between a prompt and the wait for its answer, so a
        key that brings no more than its own echo is pressed again.
        """
        self.wait()
        shown = len(self._bytes) + len("^C")
        running = True
        while running and len(self._bytes) <= shown:
            os.write(self._terminal, key)
            while running and select.select([self._terminal], [], [], LOST)[0]:
                running = self._more()
            shown += len("^C")
        return self.end()

    def end(self) -> int:
        """Read to the end and return the exit code."""
        while self._more():
            pass
        return self.close()

    def close(self) -> int:
        """Close the terminal and return the exit code of the program."""
        if self._status is None:
            os.close(self._terminal)
            _, self._status = os.waitpid(self._process, 0)
        return os.waitstatus_to_exitcode(self._status)


class Opened:
    """Opens terminals in one folder and closes them all."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder."""
        self.folder = folder
        self._terminals: list[Terminal] = []

    def __call__(self, *words: str, columns: int = 80, env: dict[str, str] | None = None) -> Terminal:
        """Open a terminal."""
        self._terminals.append(Terminal(words, self.folder, columns=columns, env=env or {}))
        return self._terminals[-1]

    def close(self) -> None:
        """Close what is still open."""
        for terminal in self._terminals:
            terminal.close()


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Opened]:
    opened = Opened(tmp_path)
    yield opened
    opened.close()


def session_of_the_page() -> str:
    """Return the fenced block of the documentation that shows an interview."""
    blocks = re.findall(r"^```[a-z]*\n(\$ remedies ask\b.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    if len(blocks) != 1:
        pytest.fail(
            f"docs/interview.md has {len(blocks)} fenced blocks that start with “$ remedies ask”; it needs one",
            pytrace=False,
        )
    return str(blocks[0])


def test_the_interview_in_the_documentation_is_what_a_terminal_shows(terminal: Opened) -> None:
    session = session_of_the_page()
    command, _, transcript = session.partition("\n")
    answers = re.findall(r"^(?:>|.*\bEnter for none\.) ?(.*)$", transcript, re.MULTILINE)

    shown = terminal(*shlex.split(command)[2:], env={"NO_COLOR": "1"})
    shown.type(*answers)

    assert shown.end() == 0
    assert shown.screen.strip("\n").splitlines() == [line.rstrip() for line in transcript.strip("\n").splitlines()]


def test_somebody_healthy_gets_an_answer_a_plan_and_a_calendar(terminal: Opened, tmp_path: Path) -> None:
    shown = terminal("ask", *WHEN)
    shown.type("0", "34, woman", "0", "no", "no", "no", "no", "0", "", "1", "plan.ics")

    assert shown.end() == 0
    assert "Nothing else would change this answer." in shown.screen
    assert shown.screen.endswith(
        "Written: plan.ics\nTo use it, open the file on the phone, or import it in the settings of the calendar.\n"
    )
    events = icalendar.Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).walk("VEVENT")
    assert len(events) == 15 + 3
    assert [path.name for path in tmp_path.iterdir()] == ["plan.ics"]


def test_no_line_is_wider_than_the_terminal(terminal: Opened) -> None:
    for columns in (40, 80):
        shown = terminal(*CHONDROXIDE, columns=columns, env={"NO_COLOR": "1"})
        shown.type("0", "34, woman", "0", "0", "0", "0", "0", "0", "", "1", "")

        assert shown.end() == 0
        prompts = ("A number, or Enter", "A file for it")
        wide = [line for line in shown.screen.splitlines() if len(line) > columns and not line.startswith(prompts)]
        assert wide == []


@pytest.mark.parametrize(
    ("key", "name"), [(b"\x03", "Ctrl-C"), (b"\x04", "the end of input")], ids=["Ctrl-C", "Ctrl-D"]
)
def test_leaving_early_names_what_was_not_answered(terminal: Opened, key: bytes, name: str) -> None:
    shown = terminal(*CHONDROXIDE)
    shown.type("0", "34, woman")

    assert shown.leave(key) == 1, name
    assert shown.screen.splitlines()[-1] == (
        "Stopped. Not answered: Pregnancy and breastfeeding, Illnesses, Allergies and reactions, Medicines and creams, "
        "Details."
    )
    assert "Traceback" not in shown.screen


def test_leaving_at_the_offer_of_a_plan_is_no_error(terminal: Opened) -> None:
    shown = terminal("ask", *HEALTHY, *WHEN)

    assert shown.leave(b"\x03") == 0
    assert "Traceback" not in shown.screen


def test_a_terminal_shows_colours(terminal: Opened) -> None:
    shown = terminal("ask", *HEALTHY, *WHEN)
    shown.type("")
    shown.end()

    assert "\x1b[" in shown.screen


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "TERM=dumb"])
def test_a_terminal_without_colour_gets_plain_text(terminal: Opened, env: dict[str, str]) -> None:
    shown = terminal("ask", *HEALTHY, *WHEN, env=env)
    shown.type("1", "")
    shown.end()

    assert "\x1b" not in shown.screen


def test_saving_over_a_file_asks_first(terminal: Opened, tmp_path: Path) -> None:
    file = tmp_path / "me.json"
    file.write_text("{}\n", "utf-8")
    shown = terminal("ask", *HEALTHY, *WHEN, "--save", "me.json")
    shown.type("y", "")

    assert shown.end() == 0
    assert "me.json exists. Replace it? [y/N]: y" in shown.screen
    assert '"nothing_else": true' in file.read_text("utf-8")


def test_keeping_the_file_keeps_it_and_still_gives_the_answer(terminal: Opened, tmp_path: Path) -> None:
    file = tmp_path / "me.json"
    file.write_text("{}\n", "utf-8")
    shown = terminal("ask", *HEALTHY, *WHEN, "--save", "me.json")
    shown.type("n")
    shown.press(b"\n")
    shown.end()

    assert file.read_text("utf-8") == "{}\n"
    assert "May be used, no listed reason against it" in shown.screen


def test_a_plan_file_that_exists_is_replaced_only_after_a_yes(terminal: Opened, tmp_path: Path) -> None:
    file = tmp_path / "plan.md"
    file.write_text("mine\n", "utf-8")
    shown = terminal("ask", *HEALTHY, *WHEN)
    shown.type("1", "plan.md", "n", "plan.md", "y")

    assert shown.end() == 0
    assert file.read_text("utf-8").startswith("## Plan: Fastum gel\n")
