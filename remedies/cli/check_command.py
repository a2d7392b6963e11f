"""``remedies check``: one patient, every remedy."""

from __future__ import annotations

from typing import Any

import click

from remedies.cli.chosen import catalogue_of
from remedies.cli.helping import Guided
from remedies.cli.options import (
    course_from,
    course_options,
    format_option,
    patient_of,
    patient_options,
    remedies_option,
)
from remedies.cli.printing import depth_of, show_report
from remedies.cli.words import PatientWords


@click.command(cls=Guided)
@patient_options
@remedies_option("Look at this remedy only; may be repeated.")
@course_options
@click.option("--all-rules", is_flag=True, help="Also list the rules that were ruled out.")
@click.option("--details", is_flag=True, help="Add rule names, source sections, countries and bounds.")
@click.option(
    "--exit-code", is_flag=True, help="Exit 0 allowed, 9 ask a pharmacist, 10 ask a doctor, 11 undecided, 12 excluded."
)
@format_option("table", "json", "markdown", "csv")
@click.pass_context
def check(
    ctx: click.Context,
    /,
    remedies: tuple[str, ...],
    format_: str,
    *,
    all_rules: bool,
    details: bool,
    exit_code: bool,
    **options: Any,  # noqa: ANN401 - as click hands them over
) -> None:
    """Check which remedies a person may use.

    Names are words in English or Russian, ICD-10 or ATC codes; "none" closes a topic
    (--allergy none). What is not said stays unknown.
    """
    from remedies.checking.check import check as check_patient
    from remedies.cli.exits import worst_exit_code

    if exit_code and not remedies:
        ctx.fail("--exit-code speaks of one remedy: add --remedy")
    found = catalogue_of(ctx)
    course = course_from(options)
    said = PatientWords.taken_from(options)
    report = check_patient(
        patient_of(said, found),
        found,
        **course,
        remedies=remedies or None,
        all_rules=all_rules or details,
        words="strict" if said.strict else "keep",
    )
    depth = depth_of(remedies, details=details, all_rules=all_rules)
    show_report(report, found.vocabulary, format_, depth=depth)
    if exit_code:
        ctx.exit(worst_exit_code(report))
