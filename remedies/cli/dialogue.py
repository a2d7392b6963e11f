"""The interview on a terminal: print a prompt, read a line, go on until nothing would change."""

from __future__ import annotations

import sys
import textwrap
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from remedies.advice.answers import answer
from remedies.advice.interview import Kind, Prompt, next_questions
from remedies.checking.check import NOTHING_ELSE, check
from remedies.checking.retold import retold
from remedies.cli.files import PLAN_ENDINGS, format_of, listed, write_page
from remedies.cli.terminal import colour_allowed, styled, terminal_width
from remedies.core.errors import AnswerError, PatientError, PlanError, RemediesError, printable, quoted
from remedies.knowledge.topics import WORDINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from remedies.advice.plan import Plan
    from remedies.checking.patient import Patient
    from remedies.checking.report import Report
    from remedies.cli.options import CourseWords
    from remedies.knowledge.catalogue import Catalogue

_TWO_COLUMNS = 100
"""From this many columns on, long lists stand in two columns."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How an interview ended: the patient, the last check, and what was not answered, if it broke off."""

    patient: Patient
    report: Report
    left: tuple[str, ...]
    broken_off: bool


def interview(
    patient: Patient,
    catalogue: Catalogue,
    remedies: Sequence[str] | None,
    course: CourseWords,
    read: Callable[[str], str] | None = None,
) -> Ended:
    """Ask until nothing else would change the answer, a sign needs a doctor now, or input ends."""
    read = read or _line
    today = course["as_of"] or date.today()
    patient = retold(patient, today)
    unknown: list[str] = []
    checked = partial(check, catalogue=catalogue, remedies=remedies, **course)
    report = checked(patient)
    while True:
        prompts = next_questions(report, catalogue, unknown)
        if not prompts:
            if not report.refer and not unknown:
                click.echo(f"\n{NOTHING_ELSE[0].upper()}{NOTHING_ELSE[1:]}.")
            return Ended(patient, report, (), broken_off=False)
        _show(prompts[0])
        while True:
            try:
                words = read("> ")
            except (EOFError, KeyboardInterrupt, click.Abort):
                click.echo()
                return Ended(patient, report, tuple(_title(prompt) for prompt in prompts), broken_off=True)
            try:
                reply = answer(prompts[0], words, patient, catalogue, as_of=today)
                report = checked(reply.patient)
            except (AnswerError, PatientError) as error:
                click.echo(printable(str(error)))
                continue
            break
        patient = reply.patient
        unknown += reply.unknown


def _line(prompt: str) -> str:
    """Read one line; at the end of input raise ``EOFError``."""
    click.echo(prompt, nl=False)
    line = sys.stdin.readline() if sys.stdin is not None and not sys.stdin.closed else ""
    if not line:
        raise EOFError
    if not sys.stdin.isatty():
        click.echo(printable(line.rstrip("\n")[:80]))
    return line.rstrip("\n")


def _title(prompt: Prompt) -> str:
    if prompt.kind == "pregnancy":
        return "Pregnancy and breastfeeding"
    return WORDINGS[prompt.topic].title


_HOW_TO_ANSWER: dict[Kind, str] = {
    "age": "Years, such as 34; 7m for a baby; or a birth date. ? if you don't know.",
    "weeks": "? if you don't know.",
    "pregnancy": "0 neither; ? don't know. Several numbers at once, or words, are fine.",
    "list": "0 none of these; ? don't know. Several numbers at once, or words, are fine.",
}


def _show(prompt: Prompt) -> None:
    """Print a prompt with its choices."""
    width = terminal_width()
    lines = ["", *textwrap.wrap(f"{_title(prompt)}. {prompt.text}", width)]
    lines += _numbered([choice.label for choice in prompt.choices], width)
    lines += textwrap.wrap(_HOW_TO_ANSWER[prompt.kind], width)
    click.echo("\n".join(lines))


def _numbered(labels: list[str], width: int) -> list[str]:
    items = [f"{number:>3}  {label}" for number, label in enumerate(labels, start=1)]
    half = -(-len(items) // 2)
    column = width // 2 - 1
    if width >= _TWO_COLUMNS and len(items) > 12 and all(len(item) <= column for item in items):
        right = [*items[half:], ""]
        return [f"{left:<{column}} {other}".rstrip() for left, other in zip(items[:half], right, strict=False)]
    return [line for item in items for line in textwrap.wrap(item, width, subsequent_indent="     ")]


def offer_plan(ended: Ended, catalogue: Catalogue, course: CourseWords) -> None:
    """After the answer, offer to plan one of the remedies that may be used, and to write it to a file."""
    from remedies.advice.plan import Plan
    from remedies.advice.planning import plan
    from remedies.advice.schedule import not_before
    from remedies.pages.plan import rendered

    report = ended.report
    if report.refer:
        return
    open_to = [
        entry
        for entry in (*report.allowed, *report.ask_pharmacist, *report.ask_doctor)
        if catalogue.rulebook.remedy(entry.remedy).planned
    ]
    if not open_to:
        return
    width = terminal_width()
    click.echo("\nWhich one shall the plan be for?")
    click.echo("\n".join(_numbered([f"{entry.name} ({entry.verdict})" for entry in open_to], width)))
    number = _chosen("A number, or Enter for none. ", len(open_to))
    if number is None:
        return
    now = not_before(course["start"], None)
    try:
        made = plan(open_to[number].remedy, ended.patient, catalogue, **course, now=now)
    except PlanError as error:
        click.echo(f"Error: {error}", err=True)
        return
    click.echo()
    click.echo(rendered(made, "text", width, style=styled), color=colour_allowed())
    if isinstance(made, Plan):
        _offer_file(made, width)


def _offer_file(made: Plan, width: int) -> None:
    """Write the plan to a file whose ending says the format."""
    from remedies.pages.plan import rendered

    while True:
        name = _asked("\nA file for it (.ics calendar, .html to print, .md), or Enter for none. ")
        if not name:
            return
        format_ = format_of(name, PLAN_ENDINGS)
        if format_ is None:
            click.echo(f"Please end the name with {listed(PLAN_ENDINGS)}.")
            continue
        try:
            write_page(name, rendered(made, format_, width), format_)
        except RemediesError as error:
            click.echo(f"Error: {error}", err=True)
            continue
        return


def _chosen(prompt: str, count: int) -> int | None:
    """Read the number of a choice, from 0; none for an empty line or the end of input."""
    while True:
        words = _asked(prompt)
        if words in {"", "0"}:
            return None
        if words.isdecimal() and 1 <= int(words) <= count:
            return int(words) - 1
        click.echo(f"There is no {quoted(words)} here; choose from 1 to {count}, or Enter for none.")


def _asked(prompt: str) -> str:
    """Read a line; the end of input counts as an empty one."""
    try:
        return _line(prompt).strip()
    except (EOFError, KeyboardInterrupt, click.Abort):
        click.echo()
        return ""
