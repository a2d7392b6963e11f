"""Values of options: formats, numbers of days, remedies; and what is wrong with one, as it is said at a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from remedies.cli.hints import in_quotes
from remedies.core.errors import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from remedies.core.errors import Fault

_FORMATS: Mapping[str, str] = {
    "pdf": "“remedies plan REMEDY --output plan.html” writes a page to print",
    "html": "“remedies plan REMEDY --output plan.html” writes a page",
    "ics": "“remedies plan REMEDY --output plan.ics” writes a calendar",
    **dict.fromkeys(("md", "Markdown"), "write markdown"),
    **dict.fromkeys(("text", "txt", "plain"), "write table"),
    **dict.fromkeys(("excel", "xlsx", "xls"), "write csv, which spreadsheets read"),
    **dict.fromkeys(("yaml", "xml"), "write json"),
    **dict.fromkeys(("ndjson", "json-lines"), "write jsonl, with --patients FILE"),
}

_AGE = "must be 0 to 120 years, or 7m / 1y6m"
_PREGNANCY = "must be no, possible, yes, or a time such as “20 weeks”, “6 months” or “2nd trimester”"


def at_a_terminal(fault: Fault) -> Fault:
    """Say what is wrong with a value in the way in which it is typed, not as JSON."""
    from remedies.checking.person import AGE_HELP, BORN_HELP, PREGNANCY_HELP

    message = fault.message.replace(AGE_HELP, _AGE).replace(PREGNANCY_HELP, _PREGNANCY)
    age = re.fullmatch(rf"{re.escape(BORN_HELP)}, not '(\d{{1,3}})'", message)
    if age is not None:
        message = f"{message}; if that is an age, write --age {age[1]}"
    return fault._replace(message=message)


class Format(click.Choice[str]):
    """The format of an answer; what others would write is met with what is meant here."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401 - as click hands it over
        """Read a format."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            hint = _FORMATS.get(str(value))
            if hint is None:
                raise
            self.fail(f"{error.message.removesuffix('.')}; {hint}.", param, ctx)


class Days(click.ParamType[int]):
    """A number of days: 5, “5 days”, “5 дней”."""

    name = "integer"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read a number of days."""
        match = re.fullmatch(r"\s*([+-]?[0-9]{1,30})\s*(?:days?|дн\w*|день|d|д)?\.?\s*", str(value), re.IGNORECASE)
        if match is None:
            self.fail(f"{quoted(value)} is no number of days; write 1 to 5", param, ctx)
        return int(match[1])


def one_by_one(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse several remedies in one value; each is named apart."""
    for value in values:
        names = [name.strip() for name in re.split(r"[,;]\s*(?!\d)", value)]
        if len(names) > 1 and all(names):
            written = " ".join(f"{param.opts[0]} {in_quotes(name)}" for name in names)
            raise click.BadParameter(f"name one each time: {written}", ctx, param)
    return values
