"""``remedies why`` and ``remedies combine``: the reasons."""

from __future__ import annotations

from typing import Any

import click

from remedies.cli.chosen import catalogue_of
from remedies.cli.completion import complete_remedy
from remedies.cli.describing import about_a_remedy, two_remedies
from remedies.cli.helping import Guided
from remedies.cli.options import (
    course_from,
    course_options,
    format_option,
    patient_options,
    remedies_option,
)
from remedies.cli.printing import depth_of, show_report, show_sections
from remedies.cli.words import PatientWords


@click.command(cls=Guided)
@patient_options
@remedies_option("Give the reasons for this remedy; the same as naming it.")
@course_options
@click.option("--all-rules", is_flag=True, help="Also list the rules that were ruled out.")
@click.option("--details", is_flag=True, help="Add rule names, source sections, countries and bounds.")
@format_option("table", "json", "markdown")
@click.pass_context
def why(
    ctx: click.Context,
    /,
    remedies: tuple[str, ...],
    format_: str,
    *,
    all_rules: bool,
    details: bool,
    **options: Any,  # noqa: ANN401 - as click hands them over
) -> None:
    """Say why a remedy has its verdict: every reason that holds or may hold, with its source.

    WORDS name the remedy and, in any order, the person: remedies why dolobene woman 62 asthma.
    Without a person nothing is ruled out, and every reason is listed.
    """
    from remedies.checking.check import check

    found = catalogue_of(ctx)
    course = course_from(options)
    said = PatientWords.taken_from(options)
    told = about_a_remedy(said, found, course["as_of"])
    named = (*remedies, *told.remedies)
    if not named:
        ctx.fail("name a remedy: remedies why dolobene   (“remedies list” shows all of them)")
    report = check(
        told.patient,
        found,
        **course,
        remedies=named,
        all_rules=all_rules or details,
        words=said.policy,
    )
    show_report(report, found.vocabulary, format_, depth=depth_of(named, details=details, all_rules=all_rules))


@click.command(cls=Guided)
@click.argument("remedies", nargs=-1, required=True, metavar="REMEDY REMEDY", shell_complete=complete_remedy)
@click.option("--details", is_flag=True, help="Add rule names and every source.")
@format_option("table", "json", "markdown")
@click.pass_context
def combine(ctx: click.Context, remedies: tuple[str, ...], format_: str, *, details: bool) -> None:
    """Say whether two remedies may share an area, an hour or a day, why, and what to do."""
    from remedies.advice.pairs import combine as combine_remedies
    from remedies.pages.pairs import pair_json, sections

    catalogue = catalogue_of(ctx)
    found = combine_remedies(*two_remedies(remedies, catalogue), catalogue)
    if format_ == "json":
        click.echo(pair_json(found))
    else:
        show_sections(sections(found, details=details), markdown=format_ == "markdown")
