"""A hundred natural mistakes: each is understood, or met with one line that says what to write instead.

They stand in ``mistakes.txt``: what is typed after the name of the program, and under it the first line
of the answer.
"""

import shlex
from pathlib import Path

import pytest
from support import run

LINES = (Path(__file__).parent / "mistakes.txt").read_text(encoding="utf-8").splitlines()
MISTAKES = dict(zip(LINES[::2], (answer.strip() for answer in LINES[1::2]), strict=True))
UNDERSTOOD = [line for line, answer in MISTAKES.items() if answer == "(understood)"]
REFUSED = {line: answer for line, answer in MISTAKES.items() if line not in UNDERSTOOD}


def test_there_are_more_than_a_hundred_of_them_and_each_stands_once() -> None:
    assert len(MISTAKES) * 2 == len(LINES)
    assert len(MISTAKES) > 100


@pytest.mark.parametrize(("line", "message"), REFUSED.items(), ids=REFUSED)
def test_a_mistake_is_met_with_what_to_write_instead(line: str, message: str) -> None:
    result = run(*shlex.split(line))
    errors = [one.removeprefix("Error: ") for one in result.stderr.splitlines() if one.startswith("Error: ")]
    assert (result.exit_code, result.stdout, errors[:1]) == (2, "", [message])


@pytest.mark.parametrize("line", UNDERSTOOD)
def test_what_looks_like_a_mistake_is_understood(line: str) -> None:
    result = run(*shlex.split(line))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout


def test_nobody_at_a_terminal_is_answered_in_json() -> None:
    assert [line for line, answer in MISTAKES.items() if "{" in answer] == []
