"""JSON Lines: one patient a line in, one report or summary a line out, however many there are."""

from __future__ import annotations

import codecs
import io
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pydantic_core import to_json

from remedies.checking.check import report_on
from remedies.checking.patient import Patient
from remedies.checking.terms import terms_of
from remedies.checking.verdicts import masks
from remedies.checking.whole import read_patient
from remedies.core.documents import MAX_PATIENT_BYTES, RepeatedKeyError, parse
from remedies.core.errors import ArgumentError, Fault, InputError, PatientError, a_type, of_type, printable, quoted
from remedies.intake.workers import in_processes
from remedies.knowledge.topics import MOST_DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from remedies.checking.known import WordPolicy
    from remedies.checking.report import Detail
    from remedies.checking.terms import Terms
    from remedies.core.documents import Json
    from remedies.knowledge.catalogue import Catalogue

MOST_JOBS = 64
"""The largest number of processes."""

_LINE = MAX_PATIENT_BYTES + len("\r\n") + 1
"""No more of a line is read than shows that it is too long."""

_BLANK = frozenset({"", b"", "\ufeff", codecs.BOM_UTF8})

_BLOCK = {True: 128, False: 16}
"""Lines that a worker is given at once, for summaries and for reports: enough to keep it busy for some hundredths
of a second."""


class CheckedLine(NamedTuple):
    """What came of one line: a report, a summary, or what is wrong with it."""

    line: int
    """Its number, the first being 1; blank lines are counted as well."""
    text: str
    """What to write in its place: JSON on one line, without the line break."""
    failed: bool
    """Whether the line is no patient that could be checked."""


def check_lines(
    lines: Iterable[str | bytes],
    catalogue: Catalogue | None = None,
    *,
    start: date | None = None,
    days: int = MOST_DAYS,
    as_of: date | None = None,
    remedies: Iterable[str] | None = None,
    detail: Detail = "all",
    all_rules: bool = False,
    words: WordPolicy = "keep",
    summary: bool = False,
    jobs: int = 1,
    stop_at_first: bool = False,
) -> Generator[CheckedLine, None, None]:
    """Check one patient a line, in order and in constant memory; every line is answered.

    A line is what ``Patient.read`` reads. A report is what ``check`` makes of that patient, as
    ``model_dump_json()`` writes it. A summary is ``{"patient": id, "verdicts": {remedy: verdict, …},
    "unclear": [words]}``, with ``"refer": [signs]`` in it where the patient has warning signs: then a
    doctor comes before any remedy. A line that is no patient is answered in its place by
    ``{"line": 17, "error": {"path": "conditions.yes[2]", "message": "…"}}``, with ``"patient": id`` if
    that could be read, and with all of them in ``"errors": […]`` if more than one thing is wrong.
    Blank lines are no patients: they are counted, and not answered.

    Args:
        lines: an open file, best in binary, or anything else that gives line after line.
        catalogue: the shipped one unless given.
        start: first day of the course; the day of the check unless given.
        days: length of the course, 1 to 5 days.
        as_of: the day of the check; the day on which this was called unless given.
        remedies: ids or names; all remedies unless given.
        detail: how much a report says of each remedy.
        all_rules: also list the rules that were ruled out in a report.
        words: ``keep`` keeps a word that is not understood; ``strict`` makes it an error of its line.
        summary: give summaries in place of reports.
        jobs: share the work among so many processes, 1 to 64; 1 uses this one.
        stop_at_first: end after the first line that failed.

    Raises:
        ArgumentError: something is of the wrong Python type, or no number of processes.
        CourseError: the days or the start cannot be used.
        UnknownRemedyError: a named remedy does not exist.

    >>> for checked in check_lines(['{"id": "a", "age": 3}', '{"age": 300}'], summary=True, remedies=["finalgon"]):
    ...     print(checked.text[:74])
    {"patient":"a","verdicts":{"finalgon":"excluded"},"unclear":[]}
    {"line":2,"error":{"path":"age","message":"must be a whole number of years
    """
    of_type(lines, Iterable, "lines", "an open file or a list of lines")
    if isinstance(lines, str | bytes):
        raise ArgumentError(Fault(("lines",), f"must be an open file or a list of lines, not {a_type(lines)}", "type"))
    for name, value in (("summary", summary), ("stop_at_first", stop_at_first)):
        of_type(value, bool, name, "true or false")
    if type(jobs) is not int or not 1 <= jobs <= MOST_JOBS:
        raise ArgumentError(Fault(("jobs",), f"must be 1 to {MOST_JOBS} processes, not {quoted(jobs)}"))
    terms = terms_of(
        catalogue,
        start=start,
        days=days,
        as_of=as_of,
        remedies=remedies,
        detail=detail,
        all_rules=all_rules,
        words=words,
    )
    return _answers(_Clerk(terms, summary), _numbered(lines), jobs, stop_at_first=stop_at_first)


_Numbered: TypeAlias = tuple[int, str | bytes]
"""A line that is not blank, behind its number; a plain tuple, since that is sent to a worker fastest."""


def _numbered(lines: Iterable[str | bytes]) -> Iterator[_Numbered]:
    """Number lines, and leave out blank ones."""
    for number, line in enumerate(_lines_of(lines), 1):
        of_type(line, str | bytes, f"lines[{number - 1}]", "a line of JSON text")
        # What was cut off stays too long, whatever it ends with.
        text = line if len(line) >= _LINE else line.rstrip()
        if text not in _BLANK:
            yield number, text


def _lines_of(lines: Iterable[str | bytes]) -> Iterator[str | bytes]:
    """Read lines; of one that is too long no more than is needed to say so."""
    if not isinstance(lines, io.IOBase):
        yield from lines
        return
    while line := lines.readline(_LINE):
        yield line
        while len(line) == _LINE and line[-1:] not in {"\n", b"\n"}:
            line = lines.readline(_LINE)


def _answers(
    clerk: _Clerk, numbered: Iterator[_Numbered], jobs: int, *, stop_at_first: bool
) -> Generator[CheckedLine, None, None]:
    """Answer lines in this process or in others, which end with this generator."""
    blocks = _blocks(numbered, _BLOCK[clerk.summary] if jobs > 1 else 1)
    answers = in_processes(clerk.answers, blocks, jobs) if jobs > 1 else (clerk.answers(block) for block in blocks)
    with closing(answers):
        for checked in map(CheckedLine._make, chain.from_iterable(answers)):
            yield checked
            if stop_at_first and checked.failed:
                break


def _blocks(numbered: Iterator[_Numbered], most: int) -> Iterator[list[_Numbered]]:
    """Join lines to blocks, none of which is much longer than the longest patient."""
    block: list[_Numbered] = []
    size = 0
    for one in numbered:
        block.append(one)
        size += len(one[1])
        if len(block) == most or size >= MAX_PATIENT_BYTES:
            yield block
            block, size = [], 0
    if block:
        yield block


class _Clerk(NamedTuple):
    """Answers lines, one after the other, on settled terms."""

    terms: Terms
    summary: bool

    def answers(self, block: list[_Numbered]) -> list[tuple[int, str, bool]]:
        """Answer a block of lines; each answer is a ``CheckedLine`` as a plain tuple."""
        return [self._answer(line, text) for line, text in block]

    def _answer(self, line: int, text: str | bytes) -> tuple[int, str, bool]:
        try:
            patient = Patient.read(text)
            if self.summary:
                return line, to_json(summary_of(patient, self.terms)).decode(), False
            return line, report_on(patient, self.terms).model_dump_json(), False
        except (InputError, PatientError) as error:
            return line, _failure(line, text, error, self.terms), True


def summary_of(patient: Patient, terms: Terms) -> dict[str, object]:
    """Say the verdict on every remedy, and what must not be lost beside it; plain data for JSON.

    Raises:
        PatientError: what was said contradicts itself, cannot be, or with ``strict`` is not understood.
    """
    situation = terms.situation(patient)
    yes, may = masks(terms.rulebook, situation)
    found: dict[str, object] = {"patient": patient.id}
    signs = [sign.fact for sign in terms.rulebook.signs_in(situation.known.yes)]
    if signs:
        found["refer"] = signs
    found["verdicts"] = {remedy.id: remedy.verdict(yes, may) for remedy in terms.remedies}
    found["unclear"] = [word.word for word in situation.known.words if word.kind == "unclear"]
    return found


def _failure(line: int, text: str | bytes, error: InputError | PatientError, terms: Terms) -> str:
    """Say what is wrong with a line."""
    document = _document(text, error)
    faults = _faults(document, error, terms)
    found: dict[str, object] = {"line": line}
    match document:
        case {"id": str(name)} if all(fault.where != ("id",) for fault in faults):
            found["patient"] = name
        case _:
            pass
    errors = [{"path": printable(fault.path), "message": printable(fault.message)} for fault in faults]
    found["error"] = errors[0]
    if len(errors) > 1:
        found["errors"] = errors
    return to_json(found).decode()


def _document(text: str | bytes, error: InputError | PatientError) -> Json:
    """Return what was read of a line in spite of its faults; nothing where it is no JSON."""
    match error:
        case RepeatedKeyError():
            return error.document
        case InputError():
            return None
        case PatientError():
            return parse(text, "patient")


def _faults(document: Json, error: InputError | PatientError, terms: Terms) -> Sequence[Fault]:
    """Find every fault of a line, not only those that were met first."""
    if not isinstance(document, dict):
        return error.faults
    # Repeated keys hide nothing else.
    first = error.faults if isinstance(error, InputError) else ()
    try:
        terms.situation(read_patient(document, terms.rulebook.vocabulary, terms.words))
    except PatientError as more:
        return (*first, *more.faults)
    return first
