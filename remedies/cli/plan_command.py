"""``remedies plan``: days, times, how, what to avoid, and what comes after."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from remedies.cli.chosen import catalogue_of
from remedies.cli.describing import Described, about_a_remedy
from remedies.cli.files import PLAN_ENDINGS, deliver, output_options, settled_format
from remedies.cli.helping import Guided
from remedies.cli.options import Clock, course_from, course_options, format_option, patient_options
from remedies.cli.terminal import show_text, styled, terminal_width
from remedies.cli.words import PatientWords

if TYPE_CHECKING:
    from datetime import time

    from remedies.checking.report import Report
    from remedies.knowledge.catalogue import Catalogue


@click.command(cls=Guided)
@patient_options
@course_options
@click.option("--wake", type=Clock(), default="08:00", show_default=True, help="When the day begins.")
@click.option("--sleep", type=Clock(), default="22:00", show_default=True, help="When it ends.")
@click.option(
    "--now", type=Clock(), help="Nothing before this time on the first day; the clock's time if that is today."
)
@click.option("--zone", metavar="NAME", help="Time zone such as Europe/Moscow, to keep hours over a clock change.")
@click.option("--together", metavar="REMEDY", help="A second remedy wanted in the same days.")
@output_options(PLAN_ENDINGS)
@click.option("--details", is_flag=True, help="Add sources and the catalogue hash.")
@format_option("text", "markdown", "json", "html", "ics")
@click.pass_context
def plan(
    ctx: click.Context,
    /,
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
    """Plan the use of a remedy: days, times, how, what to avoid, and what comes after.

    WORDS name the remedy and, in any order, the person: remedies plan fastum gel, man 34, nothing else.
    A plan for somebody who asks first begins with the question. Where there is no plan, the exit code
    says why: 10 somebody must be asked first, 11 open questions, 12 must not be used.
    """
    from remedies.advice.plan import Refusal
    from remedies.advice.planning import choices
    from remedies.advice.planning import plan as plan_remedy
    from remedies.advice.schedule import WakingHours, not_before, zone_of
    from remedies.checking.check import check as check_patient
    from remedies.cli.exits import open_exit_code, refusal_exit_code
    from remedies.pages.plan import is_page, rendered

    format_ = settled_format(ctx, format_, output, PLAN_ENDINGS)
    found = catalogue_of(ctx)
    course = course_from(options)
    told = about_a_remedy(PatientWords.taken_from(options), found, course["as_of"])
    if not told.remedies:
        report = check_patient(told.patient, found, **course)
        _show(report, told, found, format_)
        if not choices(report):
            ctx.exit(open_exit_code(report))
        ctx.fail(f"which one? Name one of {', '.join(choices(report))}; they stand in the order of the catalogue")
    if len(told.remedies) > 1:
        first, second, *_ = told.remedies
        ctx.fail(f"{first} and {second} are two remedies; plan one, and ask for the other with --together {second}")
    made = plan_remedy(
        told.remedies[0],
        told.patient,
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
    deliver(page, format_, output, overwrite=overwrite)
    if isinstance(made, Refusal):
        ctx.exit(refusal_exit_code(made))


def _show(report: Report, told: Described, catalogue: Catalogue, format_: str) -> None:
    """Print what a check says where no remedy was named."""
    from remedies.pages.layout import as_json
    from remedies.pages.summary import summary

    if format_ == "json":
        click.echo(as_json(report.model_dump_json(indent=2)))
    else:
        show_text(summary(report, catalogue, told.asked_back, style=styled, width=terminal_width()))
