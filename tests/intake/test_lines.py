"""JSON Lines: every line is answered in its place, bad ones by what is wrong with them, and none is read too early."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support import TODAY, a_fact, a_remedy, a_rule, small_catalogue

import remedies
from remedies import ArgumentError, CheckedLine, InputError, Patient, PatientError, check, check_lines
from remedies.core.documents import MAX_PATIENT_BYTES
from remedies.intake import workers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STORED = Path(__file__).parents[1] / "stored" / "patients.jsonl.gz"
PEOPLE = [json.loads(line) for line in gzip.decompress(STORED.read_bytes()).decode().splitlines()]
LINES = [json.dumps({"id": f"p-{number}", **one["patient"]}) for number, one in enumerate(PEOPLE)]

ANYTHING: Any = check_lines
"""The function as a type checker does not know it, since what follows is wrong on purpose."""


def answers(lines: Iterable[str | bytes], **options: Any) -> list[CheckedLine]:
    return list(check_lines(lines, as_of=TODAY, **options))


def found(lines: Iterable[str | bytes], **options: Any) -> list[Any]:
    return [json.loads(checked.text) for checked in answers(lines, **options)]


# Reports and summaries


def test_a_report_is_that_of_check_to_the_byte() -> None:
    for stored in PEOPLE[::4]:
        when: dict[str, Any] = {
            "start": date.fromisoformat(stored["start"]),
            "days": stored["days"],
            "as_of": date.fromisoformat(stored["as_of"]),
        }
        (checked,) = check_lines([json.dumps(stored["patient"])], **when)
        assert checked.text == check(Patient.model_validate(stored["patient"]), **when).model_dump_json()


def test_a_summary_says_the_verdicts_the_signs_and_the_words_of_the_report() -> None:
    said: list[Any] = [{"signs": ["fever"], "conditions": ["asthma", "blorf"]}, {"conditions": ["GI bleed"]}]
    said += [*(one["patient"] for one in PEOPLE[::3])]
    summaries = found([json.dumps(one) for one in said], summary=True)
    signs = 0
    for one, summary in zip(said, summaries, strict=True):
        report = check(Patient.model_validate(one), as_of=TODAY)
        assert summary["patient"] is None
        assert summary["verdicts"] == {entry.remedy: entry.verdict for entry in report.verdicts}
        assert summary["unclear"] == [word.word for word in report.unclear]
        assert summary.get("refer", []) == [sign.sign for sign in report.refer]
        signs += "refer" in summary
    assert summaries[0]["refer"] == ["fever"]
    assert summaries[0]["unclear"] == ["blorf"]
    assert 0 < signs < len(said)


def test_a_sign_stands_before_the_verdicts() -> None:
    (checked,) = answers(['{"id": "a", "signs": ["fever"]}'], summary=True, remedies=["finalgon"])
    assert checked.text == ('{"patient":"a","refer":["fever"],"verdicts":{"finalgon":"undecided"},"unclear":[]}')


def test_what_is_asked_of_a_check_can_be_asked_of_a_stream() -> None:
    small = small_catalogue(
        [a_fact("asthma"), a_fact("gel", "allergies")],
        [a_remedy("gel", [a_rule("a", {"condition": "asthma"})], ("gel",))],
    )
    options: dict[str, Any] = {"days": 2, "remedies": ["gel"], "detail": "first", "all_rules": True, "words": "strict"}
    for jobs in (1, 2):
        (checked,) = answers(['{"conditions": ["asthma"]}'], catalogue=small, jobs=jobs, **options)
        assert checked.text == check(Patient(conditions=["asthma"]), small, as_of=TODAY, **options).model_dump_json()


def test_the_letters_of_every_alphabet_come_out_as_they_went_in() -> None:
    (checked,) = answers(['{"id": "Ёлкина №5", "conditions": ["блорф"]}'], summary=True)
    assert "Ёлкина №5" in checked.text
    assert "блорф" in checked.text


# Lines


def test_every_line_is_answered_in_its_place() -> None:
    lines = ['{"id": "a"}', "{", '{"id": "b"}', "nonsense", '{"id": "c"}']
    checked = answers(lines, summary=True)
    assert [(one.line, one.failed) for one in checked] == [(1, False), (2, True), (3, False), (4, True), (5, False)]
    assert [json.loads(one.text).get("patient") for one in checked] == ["a", None, "b", None, "c"]


def test_blank_lines_are_counted_and_not_answered() -> None:
    lines: list[str | bytes] = [
        "",
        '{"id": "a"}\n',
        "\n",
        " \t\r\n",
        b"\r\n",
        b"\xef\xbb\xbf\n",
        "\ufeff",
        '{"age": 300}\n',
        "\n",
        "",
    ]
    assert [one.line for one in answers(lines, summary=True)] == [2, 8]


@pytest.mark.parametrize(
    "line", ['{"id": "a"}', '{"id": "a"}\n', b'\xef\xbb\xbf{"id": "a"}\r\n', '\ufeff{"id": "a"} \r']
)
def test_marks_and_ends_of_lines_are_no_part_of_a_patient(line: str | bytes) -> None:
    assert [one["patient"] for one in found([line], summary=True)] == ["a"]


BAD: dict[str, str | bytes] = {
    "broken": '{"id": "a",',
    "two on one line": '{"id": "a"} {"id": "b"}',
    "no object": '["asthma"]',
    "NaN": '{"id": "a", "age": NaN}',
    "too many digits": '{"age": ' + "9" * 5000 + "}",
    "too deep": "[" * 100_000,
    "no UTF-8": b'{"id": "\xff"}',
    "binary": b'{"id": "\x00"}',
    "too long": '{"id": "' + "a" * MAX_PATIENT_BYTES + '"}',
    "half of a pair": r'{"id": "\ud800"}',
    "out of range": '{"id": "a", "age": 300}',
    "unknown key": '{"id": "a", "agge": 30}',
    "yes and no": '{"id": "a", "conditions": {"yes": ["asthma"], "no": ["asthma"]}}',
    "too late": '{"id": "a", "said_on": "2026-11-23"}',
    "due too far ahead": '{"id": "a", "pregnancy": {"due": "2028-01-01"}}',
}


@pytest.mark.parametrize("line", BAD.values(), ids=BAD)
@pytest.mark.parametrize("summary", [True, False])
def test_a_bad_line_is_answered_with_what_patient_and_check_say_of_it(line: str | bytes, *, summary: bool) -> None:
    with pytest.raises((InputError, PatientError)) as error:
        check(Patient.read(line), as_of=TODAY)
    (fault,) = error.value.faults

    before, checked, after = answers(['{"id": "x"}', line, '{"id": "z"}'], summary=summary)

    assert (before.failed, checked.failed, after.failed) == (False, True, False)
    told = json.loads(checked.text)
    whose = {"patient": "a"} if set(told) == {"line", "patient", "error"} else {}
    assert told == {"line": 2, **whose, "error": {"path": fault.path, "message": fault.message}}


@pytest.mark.parametrize("name", ["out of range", "unknown key", "yes and no", "too late", "due too far ahead"])
def test_a_bad_line_says_whose_it_is_where_that_can_be_read(name: str) -> None:
    assert found([BAD[name]])[0]["patient"] == "a"


@pytest.mark.parametrize(
    "line",
    [BAD["broken"], BAD["NaN"], BAD["half of a pair"], BAD["too long"], '{"id": 5}', '{"id": "a", "id": "b"}'],
)
def test_a_bad_line_says_nothing_of_a_name_that_cannot_be_read(line: str | bytes) -> None:
    assert "patient" not in found([line])[0]


def test_all_that_is_wrong_with_a_line_is_said() -> None:
    line = '{"id": "a", "age": 3, "age": 400, "agge": 1, "skin": {"yes": ["eczema"], "no": ["eczema"]}}'
    (told,) = found([line])
    assert told["error"] == told["errors"][0]
    assert [(one["path"], one["message"].split(",")[0]) for one in told["errors"]] == [
        ("age", "stands more than once in the same object"),
        ("age", "must be a whole number of years from 0 to 120"),
        ("agge", "is not a key that belongs here. Did you mean age?"),
        ("skin", "eczema (eczema or dermatitis) is given both as yes and as no"),
    ]


def test_a_word_that_is_not_understood_is_kept_or_makes_a_bad_line() -> None:
    line = '{"conditions": ["blorf"]}'
    (kept,), (refused,) = found([line], summary=True), found([line], summary=True, words="strict")
    assert kept["unclear"] == ["blorf"]
    assert refused["error"] == {
        "path": "conditions.yes[0]",
        "message": "'blorf' is not known as an illness. Try another word.",
    }


def test_control_characters_of_a_key_are_written_so_that_they_drive_no_terminal() -> None:
    assert found([r'{"\u001b[2J": 1}'])[0]["error"]["path"] == r"\x1b[2J"


# Long lines


def test_a_line_as_long_as_a_patient_may_be_is_read_and_a_longer_one_is_not() -> None:
    empty = '{"id": "a"}'
    fits = empty[:-1] + " " * (MAX_PATIENT_BYTES - len(empty)) + "}"
    for end in ("", "\n", "\r\n"):
        text = f"{fits}{end}"
        assert [one.failed for one in answers(io.BytesIO(f"{text}".encode()))] == [False]
    longer = f" {fits}"
    assert [one.failed for one in answers([longer])] == [True]
    stream = io.BytesIO(f"{longer}\n{empty}\n{longer}".encode())
    assert [(one.line, one.failed) for one in answers(stream)] == [(1, True), (2, False), (3, True)]


@pytest.mark.parametrize("end", [" " * MAX_PATIENT_BYTES + "}", " " * MAX_PATIENT_BYTES + '{"id": "b"}'])
def test_what_follows_the_longest_line_is_never_cut_off_unseen(end: str) -> None:
    for stream in (io.BytesIO(f'{{"id": "a"}}{end}\n'.encode()), io.StringIO(f'{{"id": "a"}}{end}\n')):
        (checked,) = check_lines(stream, as_of=TODAY)
        assert json.loads(checked.text)["error"]["message"] == "is larger than 256 kB, so it is not a patient file"


class Endless(io.RawIOBase):
    """A line without end, which notes how much of it was read."""

    def __init__(self) -> None:
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.given > 16 * MAX_PATIENT_BYTES:
            return 0
        buffer[:] = b"x" * len(buffer)
        self.given += len(buffer)
        return len(buffer)


def test_a_line_without_end_is_passed_over_in_pieces() -> None:
    checked = answers(io.BufferedReader(Endless()))
    assert [(one.line, one.failed) for one in checked] == [(1, True)]


# Arguments


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"days": 6}, "days: a course has 1 to 5 days, not 6: the article lets"),
        ({"start": date(2027, 3, 1)}, "start: 2027-03-01 lies 99 days after 2026-11-22"),
        ({"remedies": ["finalgone"]}, "no remedy is called 'finalgone'. Did you mean finalgon?"),
        ({"detail": "some"}, "detail: must be one of verdict, first, all, not 'some'"),
        ({"words": "lax"}, "words: must be keep or strict, not 'lax'"),
        ({"jobs": 0}, "jobs: must be 1 to 64 processes, not 0"),
        ({"jobs": 65}, "jobs: must be 1 to 64 processes, not 65"),
        ({"jobs": True}, "jobs: must be 1 to 64 processes, not true"),
        ({"catalogue": 5}, "catalogue: must be a Catalogue"),
    ],
)
def test_every_argument_is_looked_at_before_the_first_line(options: dict[str, Any], message: str) -> None:
    lines = iter(["{}"])
    with pytest.raises(remedies.RemediesError) as error:
        ANYTHING(lines, as_of=TODAY, **options)
    assert str(error.value).startswith(message)
    assert list(lines) == ["{}"]


@pytest.mark.parametrize(
    ("lines", "given"), [("{}", "a text"), (b"{}", "a bytes"), (None, "nothing (None)"), (5, "a whole number")]
)
def test_what_gives_no_lines_is_refused(lines: object, given: str) -> None:
    with pytest.raises(ArgumentError) as error:
        ANYTHING(lines)
    assert str(error.value) == f"lines: must be an open file or a list of lines, not {given}"


def test_what_is_no_line_is_refused_when_it_comes() -> None:
    stream = ANYTHING(["{}", {"age": 3}], as_of=TODAY)
    assert next(stream).line == 1
    with pytest.raises(ArgumentError) as error:
        next(stream)
    assert str(error.value) == "lines[1]: must be a line of JSON text, not a dict"


# One after the other


class Counted:
    """Lines that note how many of them were taken."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.taken = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.taken += 1
            yield line


def test_alone_no_line_is_read_before_the_one_ahead_of_it_is_answered() -> None:
    lines = Counted(LINES)
    for number, checked in enumerate(check_lines(lines, as_of=TODAY, summary=True), 1):
        assert (checked.line, lines.taken) == (number, number)
        if number == 20:
            break


@pytest.mark.parametrize(("summary", "block"), [(True, 128), (False, 16)])
def test_with_two_processes_only_so_many_lines_are_read_ahead(block: int, *, summary: bool) -> None:
    lines = Counted('{"age": 3}' for _ in range(2000))
    stream = check_lines(lines, as_of=TODAY, summary=summary, remedies=["finalgon"], jobs=2)
    for number, checked in enumerate(stream, 1):
        assert checked.line == number
        assert lines.taken <= number + (workers.WAITING * 2 + 1) * block
        if number == 300:
            break
    stream.close()


def test_long_lines_make_short_blocks() -> None:
    lines = Counted('{"id": "a"' + " " * 200_000 + "}" for _ in range(40))
    stream = check_lines(lines, as_of=TODAY, summary=True, jobs=2)
    next(stream)
    assert lines.taken <= 2 * workers.WAITING * 2
    stream.close()


def test_it_ends_after_the_first_bad_line_if_that_is_wanted() -> None:
    lines = Counted([*LINES[:5], "{", *LINES[5:50]])
    checked = answers(lines, summary=True, stop_at_first=True)
    assert [one.failed for one in checked] == [False] * 5 + [True]
    assert lines.taken == 6


# Processes


@pytest.mark.slow
@pytest.mark.parametrize("summary", [True, False])
def test_two_processes_say_what_one_says_in_the_same_order(*, summary: bool) -> None:
    every: list[str | bytes] = [*LINES[:150], *BAD.values(), "", *LINES[150:300]]
    lines = every if summary else every[::4]
    assert answers(lines, summary=summary, jobs=2) == answers(lines, summary=summary)


def test_two_processes_end_after_the_first_bad_line_as_one_does() -> None:
    lines = [*LINES[:300], "{", *LINES[300:]]
    assert answers(lines, summary=True, jobs=2, stop_at_first=True) == answers(lines[:301], summary=True)


def pids() -> set[str]:
    """Name the processes whose parent this is."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="children are looked up in /proc")
@pytest.mark.parametrize("broken", [True, False])
def test_no_process_is_left_behind(*, broken: bool) -> None:
    before = pids()
    stream = check_lines(LINES, as_of=TODAY, summary=True, jobs=2)
    next(stream)
    assert len(pids() - before) == 2
    if broken:
        stream.close()
    else:
        list(stream)
    assert pids() == before


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="children are looked up in /proc")
def test_a_process_that_was_killed_is_told() -> None:
    before = pids()
    stream = check_lines(LINES * 2, as_of=TODAY, jobs=2)
    next(stream)
    for pid in pids() - before:
        os.kill(int(pid), 9)
    with pytest.raises(remedies.RemediesError) as error:
        list(stream)
    assert str(error.value) == "jobs: a worker process has ended before its work was done; try again with fewer jobs"
    assert pids() == before


def test_a_script_without_a_guard_runs_once(tmp_path: Path) -> None:
    script = tmp_path / "nightly.py"
    script.write_text(
        "from remedies import check_lines\n"
        "print('begin')\n"
        "print(sum(1 for _ in check_lines(['{}'] * 300, summary=True, jobs=2)))\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, timeout=120)
    assert (done.stdout, done.stderr) == ("begin\n300\n", "")


def test_a_worker_answers_until_its_questions_end(monkeypatch: pytest.MonkeyPatch) -> None:
    import pickle  # noqa: PLC0415 - only this test speaks as a parent does

    class Stream:
        def __init__(self, content: bytes = b"") -> None:
            self.buffer = io.BytesIO(content)

    sent = b"".join(map(pickle.dumps, (str.upper, "a", "b")))
    out = Stream()
    monkeypatch.setattr(sys, "stdin", Stream(sent))
    monkeypatch.setattr(sys, "stdout", out)
    workers.serve()
    out.buffer.seek(0)
    assert [pickle.load(out.buffer), pickle.load(out.buffer)] == ["A", "B"]  # noqa: S301 - our own
