"""``remedies ask``: a few plain questions, an answer and a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from remedies.cli.chosen import catalogue_of
from remedies.cli.completion import complete_file
from remedies.cli.describing import patient_of
from remedies.cli.helping import Guided
from remedies.cli.options import course_from, course_options, patient_options, remedies_option
from remedies.cli.printing import depth_of, show_report, show_sections
from remedies.cli.terminal import write_file
from remedies.cli.words import PatientWords

if TYPE_CHECKING:
    from remedies.cli.dialogue import Ended


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
    from remedies.cli.dialogue import interview, offer_plan
    from remedies.pages.report import referral

    found = catalogue_of(ctx)
    course = course_from(options)
    ended = interview(patient_of(PatientWords.taken_from(options), found), found, remedies or None, course)
    if ended.broken_off:
        click.echo(f"Stopped. Not answered: {', '.join(ended.left)}.", err=True)
        _save(ended, save, overwrite=overwrite)
        ctx.exit(1)
    click.echo()
    if ended.report.urgent:
        show_sections(referral(ended.report))
    else:
        show_report(ended.report, found.vocabulary, "table", depth=depth_of(remedies, details=details))
    try:
        _save(ended, save, overwrite=overwrite)
    finally:
        # A file that cannot be written takes neither the answer nor the plan away.
        offer_plan(ended, found, course)


def _save(ended: Ended, name: str | None, *, overwrite: bool) -> None:
    """Write the answers where that was asked for, with their day; nobody else may read them."""
    from remedies.pages.layout import as_json

    if name is not None:
        patient = ended.patient.model_copy(update={"said_on": ended.report.as_of.isoformat()})
        answers = as_json(patient.model_dump_json(exclude_defaults=True, indent=2))
        write_file(name, answers, overwrite=overwrite, private=True)
