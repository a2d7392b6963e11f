"""Command-line words → a patient, dates and formats. No rule of its own."""

from __future__ import annotations

import re
import sys
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from remedies.cli.words import TOPIC_OPTIONS, PatientWords, TopicOption
from remedies.core.errors import Fault, InputError, PatientError, RemediesError, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    from remedies.checking.patient import Patient
    from remedies.core.documents import Json
    from remedies.knowledge.catalogue import Catalogue

Command = TypeVar("Command", bound="Callable[..., object]")


class CourseWords(TypedDict):
    """What the options that say when hold; the arguments of the library's functions."""

    start: date | None
    days: int
    as_of: date | None


def course_from(options: dict[str, Any]) -> CourseWords:
    """Take the options that say when out of those of a command."""
    return {"start": options.pop("start"), "days": options.pop("days"), "as_of": options.pop("as_of")}


class Day(click.ParamType[date]):
    """A calendar day, as 2026-11-22, today or tomorrow."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day."""
        if isinstance(value, date):
            return value
        word = str(value).strip().casefold()
        near = {"today": 0, "сегодня": 0, "tomorrow": 1, "завтра": 1}
        if word in near:
            return date.today() + timedelta(days=near[word])
        try:
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", word):
                raise ValueError  # noqa: TRY301 - one message for every way to be no date
            return date.fromisoformat(word)
        except ValueError:
            self.fail(f"{quoted(value)} is not a date; write 2026-11-22, today or tomorrow", param, ctx)


class Clock(click.ParamType[time]):
    """A time of day, as 08:00."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> time:
        """Read a time of day."""
        if isinstance(value, time):
            return value
        match = re.fullmatch(r"(\d{1,2}):(\d\d)", str(value).strip())
        if match is None or int(match[1]) > 23 or int(match[2]) > 59:
            self.fail(f"{quoted(value)} is not a time of day; write 08:00", param, ctx)
        return time(int(match[1]), int(match[2]))


def complete_remedy(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the ids of remedies to the shell; nothing where the catalogue cannot be read."""
    from click.shell_completion import CompletionItem

    try:
        remedies = catalogue_of(ctx).rulebook.remedies
    except RemediesError:
        return []
    return [CompletionItem(one.id, help=one.name) for one in remedies if one.id.startswith(incomplete.casefold())]


def patient_options(command: Command) -> Command:
    """Add every option that describes a patient."""
    options = [
        click.option("--patient", "file", metavar="FILE", help="Patient JSON; “-” reads it from standard input."),
        click.option("--age", metavar="YEARS", help="Age in years (34), or for small children 7m or 1y6m."),
        click.option("--born", metavar="DATE", help="Birth date: 1990, 1990-05 or 1990-05-17."),
        click.option("--sex", metavar="female|male", help="Sex; “male” settles pregnancy and breastfeeding."),
        click.option("--pregnancy", metavar="no|possible|yes|1|2|3", help="Pregnant? A number is the trimester."),
        click.option("--weeks", metavar="WEEKS", help="Weeks of pregnancy: 27 or 27+6."),
        click.option("--breastfeeding/--not-breastfeeding", default=None, help="Breastfeeding?"),
        *(
            click.option(one.flag, one.field, multiple=True, metavar="WORD", help=f"Say {one.text}.")
            for one in TOPIC_OPTIONS
        ),
        click.option("--nothing-else", is_flag=True, help="Whatever was not mentioned is not so."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def course_options(command: Command) -> Command:
    """Add the options that say when."""
    for option in (
        click.option("--as-of", type=Day(), help="Day of the check, on which a stated age or week holds."),
        click.option("--days", type=int, help="Length of the course, 1 to 5 days.", default=5, show_default=True),
        click.option("--start", type=Day(), help="First day of the course; the day of the check unless given."),
    ):
        command = option(command)
    return command


def format_option(*formats: str) -> Callable[[Command], Command]:
    """Add ``--format`` with the first format as default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to print it.",
    )


def remedies_option(text: str) -> Callable[[Command], Command]:
    """Add ``--remedy``, which may be repeated, with its line of help."""
    return click.option("--remedy", "remedies", multiple=True, metavar="ID", help=text, shell_complete=complete_remedy)


def catalogue_of(ctx: click.Context) -> Catalogue:
    """Load the catalogue that the user chose, or the shipped one."""
    from remedies.knowledge.catalogue import Catalogue

    path = ctx.find_root().params.get("catalogue")
    return Catalogue.shipped() if path is None else Catalogue.load(path)


def patient_of(words: PatientWords, catalogue: Catalogue) -> Patient:
    """Join a patient file and the options; options win over single values and add to lists."""
    from remedies.checking.known import read_patient

    document = _document(words.file)
    _age_into(document, words)
    _pregnancy_into(document, words)
    if words.sex is not None:
        sex = words.sex.casefold()
        document["sex"] = {"f": "female", "ж": "female", "m": "male", "м": "male"}.get(sex, sex)
    if words.breastfeeding is not None:
        document["breastfeeding"] = words.breastfeeding
    for option, word in words.words():
        _add(document, option, word)
    if words.nothing_else:
        document["nothing_else"] = True
    try:
        return read_patient(document, catalogue.vocabulary)
    except PatientError as error:
        if words.file is not None:
            raise
        raise PatientError([_as_option(fault, words) for fault in error.faults]) from None


def _as_option(fault: Fault, words: PatientWords) -> Fault:
    """Name the option that was typed instead of the place in a patient's JSON."""
    if not fault.where:
        return fault
    topic, side = str(fault.where[0]), fault.where[1:2] or ("yes",)
    for option in TOPIC_OPTIONS:
        if (option.topic, option.side) == (topic, side[0]):
            return fault._replace(where=(option.flag,))
    flag = "--weeks" if topic == "pregnancy" and words.weeks is not None else f"--{topic}"
    return fault._replace(where=(flag,))


def _age_into(document: dict[str, Json], words: PatientWords) -> None:
    """Enter age or birth date; either replaces both of a file."""
    from remedies.checking.spoken import read_age

    if words.age is not None or words.born is not None:
        document.pop("age", None)
        document.pop("born", None)
    if words.age is not None:
        document["age"] = read_age(words.age)
    if words.born is not None:
        document["born"] = words.born


def _pregnancy_into(document: dict[str, Json], words: PatientWords) -> None:
    """Enter what is said of pregnancy; weeks say that there is one."""
    from remedies.checking.spoken import read_weeks

    if words.pregnancy is not None:
        document["pregnancy"] = _pregnancy(words.pregnancy)
    if words.weeks is None:
        return
    if words.pregnancy is not None and document["pregnancy"] != "yes":
        message = "were given beside another answer about pregnancy; give one of them"
        raise PatientError(Fault(("--weeks",), message, "contradiction"))
    weeks = read_weeks(words.weeks)
    if weeks is None:
        message = f"must be weeks of pregnancy such as 27 or 27+6, not {quoted(words.weeks)}"
        raise PatientError(Fault(("--weeks",), message))
    document["pregnancy"] = weeks


def _add(document: dict[str, Json], option: TopicOption, word: str) -> None:
    """Add a word to a topic; “none” closes the topic."""
    from remedies.checking.spoken import says_none

    answers = document.setdefault(option.topic, {})
    if isinstance(answers, list):
        answers = document[option.topic] = {"yes": answers}
    if not isinstance(answers, dict):
        return
    if option.side == "yes" and says_none(word):
        answers["rest"] = "no"
        return
    listed = answers.setdefault(option.side, [])
    if isinstance(listed, list):
        listed.append(word)


def _document(file: str | None) -> dict[str, Json]:
    """Read a patient file, from standard input where it is called so; nothing where there is none."""
    from remedies.core.documents import (
        MAX_PATIENT_BYTES,
        parse,
        read_bytes,
        read_stream,
    )

    if file is None:
        return {}
    if file == "-":
        name = "standard input"
        if sys.stdin is None or sys.stdin.closed:
            raise InputError(Fault((name,), "is closed; give a patient file or pipe one in", "text"))
        content = read_stream(sys.stdin.buffer, "patient", name, MAX_PATIENT_BYTES)
    else:
        name = file
        content = read_bytes(Path(file), "patient", MAX_PATIENT_BYTES)
    document = parse(content, name)
    if not isinstance(document, dict):
        raise PatientError(Fault((name,), "must be a JSON object that describes one patient", "type"))
    return document


def _pregnancy(word: str) -> Json:
    """Read a word about pregnancy: a trimester, JSON, or the word itself."""
    from remedies.core.documents import RepeatedKeyError, parse

    plain = word.strip().casefold()
    if plain in {"1", "2", "3"}:
        return {"trimester": int(plain)}
    if not plain.startswith("{"):
        return plain
    try:
        return parse(plain, "--pregnancy")
    except RepeatedKeyError as error:
        raise InputError([fault.under("--pregnancy") for fault in error.faults]) from None
