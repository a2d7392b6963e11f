"""``remedies check``: one patient, every remedy."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from remedies.cli.chosen import catalogue_of
from remedies.cli.describing import described
from remedies.cli.files import CHECK_ENDINGS, Page, deliver, output_options, settled_format
from remedies.cli.helping import Guided
from remedies.cli.many import Many, check_many, many_options, refuse_many
from remedies.cli.options import (
    course_from,
    course_options,
    format_option,
    patient_options,
    remedies_option,
)
from remedies.cli.printing import depth_of, report_as
from remedies.cli.terminal import terminal_width
from remedies.cli.words import PatientWords


@click.command(cls=Guided)
@patient_options
@many_options
@remedies_option("Look at this remedy only; may be repeated.")
@course_options
@click.option("--all-rules", is_flag=True, help="Also list the rules that were ruled out.")
@click.option("--why", is_flag=True, help="Give the reasons of every remedy, not only the answer.")
@click.option("--details", is_flag=True, help="Add rule names, source sections, countries and bounds.")
@click.option(
    "--exit-code", is_flag=True, help="Exit 0 allowed, 9 ask a pharmacist, 10 ask a doctor, 11 undecided, 12 excluded."
)
@output_options(CHECK_ENDINGS)
@format_option("table", "json", "jsonl", "markdown", "csv")
@click.pass_context
def check(
    ctx: click.Context,
    /,
    remedies: tuple[str, ...],
    format_: str,
    *,
    output: str | None,
    overwrite: bool,
    all_rules: bool,
    why: bool,
    details: bool,
    exit_code: bool,
    **options: Any,  # noqa: ANN401 - as click hands them over
) -> None:
    """Check which remedies a person may use, and say it on one screen.

    WORDS describe the person in any order, in English or Russian: sex, age, weeks of pregnancy,
    illnesses, “takes Eliquis”, “allergic to aspirin”, “eczema there”, “no asthma”, and “nothing else”;
    a remedy that is named is looked at alone. Options say the same. What is not said stays unknown.

    With --patients, a whole file of people is checked: Patient JSON, one a line, answered line by line.
    """
    from remedies.checking.check import check as check_patient
    from remedies.cli.exits import worst_exit_code
    from remedies.pages.summary import summary

    found = catalogue_of(ctx)
    many = Many.taken_from(options)
    course = course_from(options)
    said = PatientWords.taken_from(options)
    if many.patients is not None:
        where: dict[str, Any] = {"format_": format_, "output": output, "overwrite": overwrite}
        asked: dict[str, Any] = {"remedies": remedies or None, "all_rules": all_rules, "words": said.policy}
        ctx.exit(check_many(ctx, many, **where, catalogue=found, **course, **asked))
    format_ = settled_format(ctx, format_, output, CHECK_ENDINGS)
    refuse_many(ctx, format_)
    told = described(said, found, course["as_of"])
    named = (*remedies, *told.remedies)
    if exit_code and not named:
        ctx.fail("--exit-code speaks of one remedy: name it, or add --remedy")
    report = check_patient(
        told.patient,
        found,
        **course,
        remedies=named or None,
        all_rules=all_rules or details,
        words=said.policy,
    )
    page: Page = partial(
        report_as, report, found.vocabulary, format_, depth=depth_of(named, details=details, all_rules=all_rules)
    )
    if format_ == "table" and not (why or details or all_rules):
        page = partial(summary, report, found, told.asked_back, width=terminal_width())
    deliver(page, format_, output, overwrite=overwrite)
    if exit_code:
        ctx.exit(worst_exit_code(report))
