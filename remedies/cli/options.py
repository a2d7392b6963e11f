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
        from remedies.checking.grammar import read_day

        day = read_day(str(value))
        if day is None:
            self.fail(f"{quoted(value)} is not a date; write 2026-11-22, today or tomorrow", param, ctx)
        return date.fromisoformat(day)


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


def _once(flag: str, metavar: str, text: str) -> Callable[[Command], Command]:
    """Make an option that must not be given twice: which of the two would be meant?"""
    return click.option(flag, callback=_single, multiple=True, metavar=metavar, help=text)


def _single(_: click.Context, param: click.Parameter, values: tuple[str, ...]) -> str | None:
    if len(values) > 1:
        given = " and ".join(map(quoted, values))
        message = f"was given {len(values)} times ({given}); give it once"
        raise click.BadParameter(message, param_hint=param.opts[0])
    return next(iter(values), None)


def patient_options(command: Command) -> Command:
    """Add every option that describes a patient."""
    options = [
        click.option("--patient", "file", metavar="FILE", help="Patient JSON; “-” reads it from standard input."),
        _once("--age", "AGE", "Age in years (34), or for small children 7m or 1y6m."),
        _once("--born", "DATE", "Birth date: 1990, 1990-05, 1990-05-17 or 17.05.1990."),
        _once("--sex", "female|male", "Sex; “male” settles pregnancy and breastfeeding."),
        _once("--pregnancy", "no|possible|yes|TIME", "Pregnant, and since when? 1, 2, 3 are trimesters."),
        _once("--weeks", "WEEKS", "Weeks of pregnancy: 27, 27+6 or “27 weeks 6 days”."),
        _once("--due", "DATE", "Due date of a pregnancy."),
        click.option("--breastfeeding/--not-breastfeeding", default=None, help="Breastfeeding?"),
        *(
            click.option(one.flag, one.field, multiple=True, metavar="WORD", help=f"Say {one.text}.")
            for one in TOPIC_OPTIONS
        ),
        click.option("--other", multiple=True, metavar="WORD", help="Set aside a word that you have looked at."),
        click.option("--nothing-else", is_flag=True, help="Whatever was not mentioned is not so."),
        click.option("--strict", is_flag=True, help="Refuse words that are not understood instead of keeping them."),
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
    from remedies.checking.whole import read_patient

    document = _document(words.file)
    if words.age is not None or words.born is not None:
        document.pop("age", None)
        document.pop("born", None)
    for name in ("age", "born", "sex", "breastfeeding"):
        if getattr(words, name) is not None:
            document[name] = getattr(words, name)
    _pregnancy_into(document, words)
    for option, word in words.words():
        _add(document, option, word)
    _set_aside(document, words.other)
    if words.nothing_else:
        document["nothing_else"] = True
    try:
        return read_patient(document, catalogue.vocabulary, "strict" if words.strict else "keep")
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
    flag = f"--{topic}"
    if topic == "pregnancy":
        flag = next((f"--{name}" for name in ("weeks", "due") if getattr(words, name) is not None), flag)
    return fault._replace(where=(flag,))


def _pregnancy_into(document: dict[str, Json], words: PatientWords) -> None:
    """Enter what is said of pregnancy; weeks and a due date say that there is one."""
    from remedies.checking.grammar import decimal_weeks, read_day, read_pregnancy, read_term, read_weeks

    if words.pregnancy is not None:
        document["pregnancy"] = _pregnancy(words.pregnancy)
    given = [f"--{name}" for name in ("pregnancy", "weeks", "due") if getattr(words, name) is not None]
    if words.pregnancy is not None and read_pregnancy(words.pregnancy) == "yes":
        given.remove("--pregnancy")
    if len(given) > 1:
        message = f"was given beside {given[0]}, another answer about pregnancy; give one of them"
        raise PatientError(Fault((given[-1],), message, "contradiction"))
    if words.due is not None:
        if read_day(words.due) is None:
            message = f"must be a due date such as 2027-02-20 or 20.02.2027, not {quoted(words.due)}"
            raise PatientError(Fault(("--due",), message))
        document["pregnancy"] = {"due": words.due}
    if words.weeks is not None:
        time = read_weeks(words.weeks) or read_pregnancy(words.weeks) or read_term(words.weeks)
        if not isinstance(time, dict):
            hint = decimal_weeks(words.weeks)
            message = f"must be weeks of pregnancy, 0 to 44, such as 27 or 27+6, not {quoted(words.weeks)}{hint}"
            raise PatientError(Fault(("--weeks",), message))
        document["pregnancy"] = {**time}


def _add(document: dict[str, Json], option: TopicOption, word: str) -> None:
    """Add a word to a topic; “none” closes the topic."""
    from remedies.checking.marks import says_none

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


def _set_aside(document: dict[str, Json], words: tuple[str, ...]) -> None:
    """Set words aside where they were given; among the illnesses where they stand nowhere else."""
    from remedies.knowledge.spelling import normal

    for word in words:
        places = [
            option.topic
            for option in TOPIC_OPTIONS
            for one in _listed(document, option.topic, option.side)
            if isinstance(one, str) and normal(one) == normal(word)
        ]
        for topic in dict.fromkeys(places or ["conditions"]):
            answers = document.setdefault(topic, {})
            if isinstance(answers, list):
                answers = document[topic] = {"yes": answers}
            if isinstance(answers, dict):
                aside = answers.setdefault("other", [])
                if isinstance(aside, list):
                    aside.append(word)


def _listed(document: dict[str, Json], topic: str, side: str) -> list[Json]:
    """Return what a description lists on one side of a topic."""
    answers = document.get(topic)
    if isinstance(answers, dict):
        answers = answers.get(side)
    return answers if isinstance(answers, list) else []


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
    """Read a word about pregnancy: a trimester, JSON, a date, or a time that the patient's model reads."""
    from remedies.checking.grammar import read_term
    from remedies.core.documents import RepeatedKeyError, parse

    plain = word.strip()
    if plain in {"1", "2", "3"}:
        return {"trimester": int(plain)}
    if plain.startswith("{"):
        try:
            return parse(plain, "--pregnancy")
        except RepeatedKeyError as error:
            raise InputError([fault.under("--pregnancy") for fault in error.faults]) from None
    term = read_term(plain)
    return plain if term is None else {**term}
