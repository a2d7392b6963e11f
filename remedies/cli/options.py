"""The options that commands share: who, which days, which format."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from remedies.cli.completion import (
    complete_day,
    complete_file,
    complete_pregnancy,
    complete_remedy,
    complete_sex,
    complete_topic,
    complete_topics,
    complete_word,
)
from remedies.cli.values import Days, Format, one_by_one
from remedies.cli.words import TOPIC_OPTIONS
from remedies.core.errors import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    from remedies.cli.completion import Completer

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

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer the days that are meant most."""
        return complete_day(ctx, param, incomplete)

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
    """A time of day, as 08:00 or 8."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> time:
        """Read a time of day."""
        if isinstance(value, time):
            return value
        match = re.fullmatch(r"(\d{1,2})(?::(\d\d))?", str(value).strip())
        if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
            self.fail(f"{quoted(value)} is not a time of day; write 08:00", param, ctx)
        return time(int(match[1]), int(match[2] or 0))


def _once(flag: str, metavar: str, text: str, shell_complete: Completer | None = None) -> Callable[[Command], Command]:
    """Make an option that must not be given twice: which of the two would be meant?"""
    return click.option(
        flag, callback=_single, multiple=True, metavar=metavar, help=text, shell_complete=shell_complete
    )


def _single(_: click.Context, param: click.Parameter, values: tuple[str, ...]) -> str | None:
    if len(values) > 1:
        given = " and ".join(map(quoted, values))
        message = f"was given {len(values)} times ({given}); give it once"
        raise click.BadParameter(message, param_hint=param.opts[0])
    return next(iter(values), None)


def patient_options(command: Command) -> Command:
    """Add every option that describes a patient."""
    options = [
        click.argument("said", nargs=-1, metavar="[WORDS]...", shell_complete=complete_word),
        click.option(
            "--patient",
            "file",
            metavar="FILE",
            help="Patient JSON; “-” reads standard input.",
            shell_complete=complete_file,
        ),
        click.option(
            "--fhir",
            metavar="FILE",
            help="A FHIR R4 record of the person; “-” reads standard input.",
            shell_complete=complete_file,
        ),
        click.option(
            "--closed",
            metavar="TOPICS",
            help="Lists of that record that are complete: conditions,medicines.",
            shell_complete=complete_topics,
        ),
        click.option("--account", is_flag=True, help="Say what became of every resource of that record."),
        _once("--age", "AGE", "Years (34), or for small children 7m or 1y6m."),
        _once("--born", "DATE", "1990, 1990-05, 1990-05-17 or 17.05.1990."),
        _once("--sex", "SEX", "female or male; male rules out pregnancy.", complete_sex),
        _once(
            "--pregnancy",
            "TIME",
            "no, possible, yes, “20 weeks”; 1, 2, 3 are trimesters.",
            complete_pregnancy,
        ),
        _once("--weeks", "WEEKS", "Weeks of pregnancy: 27 or 27+6."),
        _once("--due", "DATE", "Due date of a pregnancy."),
        click.option("--breastfeeding/--not-breastfeeding", default=None, help="Breastfeeding?"),
        *(
            click.option(
                one.flag,
                one.field,
                multiple=True,
                metavar="WORD",
                help=f"Say {one.text}.",
                shell_complete=complete_topic(one.topic),
            )
            for one in TOPIC_OPTIONS
        ),
        click.option("--other", multiple=True, metavar="WORD", help="Set aside a word that you have looked at."),
        click.option("--nothing-else", is_flag=True, help="Whatever was not mentioned is not so."),
        click.option("--strict", is_flag=True, help="Refuse words that are not understood."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def course_options(command: Command) -> Command:
    """Add the options that say when."""
    for option in (
        click.option(
            "--as-of",
            type=Day(),
            shell_complete=complete_day,
            help="Day on which a stated age or week holds.",
        ),
        click.option("--days", type=Days(), help="How long, 1 to 5.", default=5, show_default=True),
        click.option(
            "--start",
            type=Day(),
            shell_complete=complete_day,
            help="First day, such as tomorrow; today unless given.",
        ),
    ):
        command = option(command)
    return command


def format_option(*formats: str) -> Callable[[Command], Command]:
    """Add ``--format`` with the first format as default."""
    return click.option(
        "--format",
        "format_",
        type=Format(formats),
        default=formats[0],
        show_default=True,
        help="How to print it.",
    )


def remedies_option(text: str) -> Callable[[Command], Command]:
    """Add ``--remedy``, which may be repeated, with its line of help."""
    return click.option(
        "--remedy",
        "remedies",
        multiple=True,
        metavar="ID",
        help=text,
        shell_complete=complete_remedy,
        callback=one_by_one,
    )
