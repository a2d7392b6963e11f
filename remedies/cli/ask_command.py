"""``remedies ask``: a few plain questions, an answer and a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from remedies.cli.chosen import catalogue_of
from remedies.cli.completion import complete_file
from remedies.cli.describing import described
from remedies.cli.helping import Guided
from remedies.cli.listing import wrapped
from remedies.cli.options import course_from, course_options, patient_options, remedies_option
from remedies.cli.printing import show_report, show_sections
from remedies.cli.terminal import colour_allowed, styled, terminal_width, write_file
from remedies.cli.words import PatientWords
from remedies.core.errors import printable

if TYPE_CHECKING:
    from remedies.advice.state import State
    from remedies.checking.patient import Patient
    from remedies.checking.report import Report
    from remedies.cli.dialogue import Ended
    from remedies.knowledge.catalogue import Catalogue


@click.command(cls=Guided)
@patient_options
@remedies_option("Ask only what matters for this remedy.")
@course_options
@click.option(
    "--save",
    shell_complete=complete_file,
    metavar="FILE",
    help="Write the answers as patient JSON; nothing is saved unasked.",
)
@click.option("--overwrite", is_flag=True, help="Replace the file if it is there.")
@click.option("--details", is_flag=True, help="Add rule names, source sections, countries and bounds.")
@click.pass_context
def ask(
    ctx: click.Context,
    /,
    remedies: tuple[str, ...],
    save: str | None,
    *,
    overwrite: bool,
    details: bool,
    **options: Any,  # noqa: ANN401 - as click hands them over
) -> None:
    """Answer a few plain questions and get an answer and a plan.

    Numbers, several at once, or words in English or Russian; "?" means that you don't know.
    """
    from remedies.advice.interview import begin, patient_of, report_of
    from remedies.checking.remarks import referral_line
    from remedies.cli.dialogue import interview
    from remedies.cli.offering import offer_plan
    from remedies.pages.report import referral

    found = catalogue_of(ctx)
    course = course_from(options)
    told = described(PatientWords.taken_from(options), found, course["as_of"])
    named = (*remedies, *told.remedies)
    ended = interview(begin(told.patient, found, remedies=named or None, **course), found)
    patient = patient_of(ended.state, found)
    if ended.broken_off:
        click.echo(_stopped(ended, save), err=True)
        sign = referral_line(report_of(ended.state, found))
        if sign:
            click.echo(sign, err=True)
        _save(ended.state, patient, save, overwrite=overwrite)
        ctx.exit(1)
    report = report_of(ended.state, found)
    click.echo()
    if report.urgent:
        show_sections(referral(report))
    else:
        _show(report, found, details=details)
    try:
        _save(ended.state, patient, save, overwrite=overwrite)
    finally:
        # A file that cannot be written takes neither the answer nor the plan away.
        offer_plan(patient, report, found, course)


def _show(report: Report, catalogue: Catalogue, *, details: bool) -> None:
    """Say first what it comes to, then which remedies and why."""
    from remedies.checking.check import NOTHING_ELSE
    from remedies.pages.layout import capital
    from remedies.pages.outcome import outcome
    from remedies.pages.summary import summary

    if details:
        show_report(report, catalogue.vocabulary, "table", depth="details")
        return
    # A sign stands first and alone; what it comes to without one is no answer then.
    if not report.refer:
        settled = "" if report.questions else f" {capital(NOTHING_ELSE)}."
        click.echo("\n".join(wrapped(f"{outcome(report)}{settled}", terminal_width(), indent="  ")))
        click.echo()
    click.echo(summary(report, catalogue, style=styled, width=terminal_width()), color=colour_allowed())


def _stopped(ended: Ended, save: str | None) -> str:
    """Say what was not answered, and how to go on."""
    left = f" Not answered: {', '.join(ended.left)}." if ended.left else ""
    later = f" To go on: remedies ask --patient {printable(save)}" if save else ""
    return f"Stopped.{left}{later}"


def _save(state: State, patient: Patient, name: str | None, *, overwrite: bool) -> None:
    """Write the answers where that was asked for, with their day; nobody else may read them."""
    from remedies.pages.layout import as_json

    if name is not None:
        patient = patient.model_copy(update={"said_on": state.as_of.isoformat()})
        answers = as_json(patient.model_dump_json(exclude_defaults=True, indent=2))
        write_file(name, answers, overwrite=overwrite, private=True)
