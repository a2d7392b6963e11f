"""``remedies plan``: days, times, how, what to avoid, and what comes after."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from remedies.cli.chosen import catalogue_of
from remedies.cli.completion import complete_file, complete_remedy
from remedies.cli.helping import Guided
from remedies.cli.options import Clock, course_from, course_options, format_option, patient_of, patient_options
from remedies.cli.printing import show_report
from remedies.cli.terminal import ENDINGS, colour_allowed, format_of, styled, terminal_width, write_file, zone_of
from remedies.cli.words import PatientWords
from remedies.core.errors import quoted

if TYPE_CHECKING:
    from datetime import time


@click.command(cls=Guided)
@click.argument("remedy", required=False, shell_complete=complete_remedy)
@patient_options
@course_options
@click.option("--wake", type=Clock(), default="08:00", show_default=True, help="When the day begins.")
@click.option("--sleep", type=Clock(), default="22:00", show_default=True, help="When it ends.")
@click.option(
    "--now", type=Clock(), help="Nothing before this time on the first day; the clock's time if that is today."
)
@click.option("--zone", metavar="NAME", help="Time zone such as Europe/Moscow, to keep hours over a clock change.")
@click.option("--together", metavar="REMEDY", help="A second remedy wanted in the same days.")
@click.option(
    "--output",
    shell_complete=complete_file,
    metavar="FILE",
    help="Write to a file instead of the screen; its ending, such as .ics, says the format.",
)
@click.option("--overwrite", is_flag=True, help="Replace the file if it is there.")
@click.option("--details", is_flag=True, help="Add sources and the catalogue hash.")
@format_option("text", "markdown", "json", "html", "ics")
@click.pass_context
def plan(
    ctx: click.Context,
    /,
    remedy: str | None,
    *,
    wake: time,
    sleep: time,
    now: time | None,
    zone: str | None,
    together: str | None,
    output: str | None,
    format_: str,
    overwrite: bool,
    details: bool,
    **options: Any,  # noqa: ANN401 - as click hands them over
) -> None:
    """Plan the use of a REMEDY: days, times, how, what to avoid, and what comes after.

    Without REMEDY the first one that may be used without asking is planned. A plan for somebody who
    asks first begins with the question. Where there is no plan, the exit code says why: 10 somebody
    must be asked first, 11 open questions, 12 must not be used.
    """
    from remedies.advice.plan import Refusal
    from remedies.advice.planning import choices
    from remedies.advice.planning import plan as plan_remedy
    from remedies.advice.schedule import WakingHours, not_before
    from remedies.checking.check import check as check_patient
    from remedies.cli.exits import open_exit_code, refusal_exit_code
    from remedies.pages.plan import is_page, rendered

    format_ = _format(ctx, format_, output)
    found = catalogue_of(ctx)
    course = course_from(options)
    patient = patient_of(PatientWords.taken_from(options), found)
    if remedy is None:
        report = check_patient(patient, found, **course)
        if not choices(report):
            show_report(report, found.vocabulary, "json" if format_ == "json" else "table")
            ctx.exit(open_exit_code(report))
        remedy, *others = choices(report)
        click.echo(f"Planned: {remedy}. Also possible: {', '.join(others) or 'nothing else'}.", err=True)
    made = plan_remedy(
        remedy,
        patient,
        found,
        **course,
        day=WakingHours(wake, sleep),
        now=not_before(course["start"], now),
        zone=zone_of(zone),
        together=together,
    )
    if isinstance(made, Refusal) and is_page(format_):
        output = None
    page = partial(rendered, made, format_, terminal_width(), details=details)
    if output is None:
        click.echo(page(style=styled), color=colour_allowed())
    else:
        write_file(output, page(), overwrite=overwrite)
    if isinstance(made, Refusal):
        ctx.exit(refusal_exit_code(made))


def _format(ctx: click.Context, asked: str, output: str | None) -> str:
    """Settle the format: the ending of a file says it, and what was asked for may not be another one."""
    if output is None or not Path(output).suffix:
        return asked
    ending = format_of(output)
    if ending is None:
        ctx.fail(f"{quoted(output)} has the ending of no format; end it with {ENDINGS}")
    if ctx.get_parameter_source("format_") is not ParameterSource.DEFAULT and ending != asked:
        ctx.fail(f"--format {asked} and {quoted(output)} are two formats; leave --format out, or change the ending")
    return ending
