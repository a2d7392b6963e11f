"""The command line: parse, call the library, print. It contains no rule of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from remedies.cli.catalogue_commands import catalogue
from remedies.cli.options import (
    Clock,
    PatientWords,
    catalogue_of,
    complete_remedy,
    course_from,
    course_options,
    format_option,
    patient_of,
    patient_options,
    remedies_option,
)
from remedies.cli.printing import show_report, show_sections
from remedies.cli.terminal import FriendlyGroup, colour_allowed, styled, terminal_width, write_file, zone_of
from remedies.core.errors import quoted
from remedies.core.version import VERSION

if TYPE_CHECKING:
    from datetime import time

    from remedies.checking.patient import Patient
    from remedies.pages.report import Depth
    from remedies.pages.schemas import SchemaName

# Looking for pydantic plugins walks every installed package; a command uses none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    if not value or ctx.resilient_parsing:
        return
    found = catalogue_of(ctx)
    click.echo(f"remedies {VERSION}, catalogue {found.version} ({found.sha256[:12]})")
    ctx.exit()


@click.group(
    cls=FriendlyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: remedies check --age 34 --sex male --has asthma --nothing-else",
)
@click.option(
    "--catalogue",
    metavar="FILE",
    is_eager=True,
    envvar="REMEDIES_CATALOGUE",
    help="Use your own catalogue; also REMEDIES_CATALOGUE.",
)
@click.option(
    "--version", is_flag=True, callback=_version, expose_value=False, help="Show versions of program and catalogue."
)
def main(catalogue: str | None) -> None:
    """Which gels and ointments may this person use on a sore back, and how?

    A remedy is allowed only when every reason against it has been ruled out; what is not said
    stays unknown and is never read as “no”.
    """
    del catalogue  # read from the context where it is needed


main.add_command(catalogue)


@main.command("list", epilog="Example: remedies list --format csv")
@format_option("table", "json", "markdown", "csv")
@click.pass_context
def list_command(ctx: click.Context, format_: str) -> None:
    """List all remedies."""
    from remedies.pages import layout, remedies

    rulebook = catalogue_of(ctx).rulebook
    match format_:
        case "json":
            click.echo(remedies.list_json(rulebook))
        case "csv":
            click.echo(layout.as_csv(remedies.LIST_HEADERS, remedies.list_rows(rulebook)))
        case _:
            show_sections([remedies.list_section(rulebook)], markdown=format_ == "markdown")


@main.command(epilog="Example: remedies show dolobene   (or: remedies show Долобене)")
@click.argument("remedy", shell_complete=complete_remedy)
@click.option("--details", is_flag=True, help="Give every rule as a sentence with its sources.")
@format_option("table", "json", "markdown")
@click.pass_context
def show(ctx: click.Context, remedy: str, format_: str, *, details: bool) -> None:
    """Show one REMEDY on one page: who must not use it, who should ask, how to use it."""
    from remedies.pages.remedy import page, remedy_json

    found = catalogue_of(ctx)
    record = found.find(remedy)
    if format_ == "json":
        click.echo(remedy_json(record, found))
    else:
        show_sections(page(record, found, details=details), markdown=format_ == "markdown")


@main.command(epilog="Example: remedies check --age 34 --sex male --has asthma --nothing-else")
@patient_options
@remedies_option("Look at this remedy only; may be repeated.")
@course_options
@click.option("--all-rules", is_flag=True, help="Also list the rules that were ruled out.")
@click.option("--details", is_flag=True, help="Add rule names, source sections, countries and bounds.")
@click.option("--exit-code", is_flag=True, help="Exit 0 allowed, 10 ask a doctor, 11 undecided, 12 excluded.")
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
    report = check_patient(
        patient_of(PatientWords.taken_from(options), found),
        found,
        **course,
        remedies=remedies or None,
        all_rules=all_rules or details,
    )
    depth = _depth(remedies, details=details, all_rules=all_rules)
    show_report(report, found.vocabulary, format_, depth=depth)
    if exit_code:
        ctx.exit(worst_exit_code(report))


def _depth(remedies: tuple[str, ...], *, details: bool, all_rules: bool = False) -> Depth:
    """Say more of each remedy where more was asked for, or where some were named."""
    if details:
        return "details"
    if all_rules:
        return "all"
    return "deciding" if remedies else "first"


@main.command(epilog="Example: remedies ask   (or: remedies ask --remedy fastum-gel --save me.json)")
@patient_options
@remedies_option("Ask only what matters for this remedy.")
@course_options
@click.option("--save", metavar="FILE", help="Write the answers as patient JSON; nothing is saved unasked.")
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
        _save(ended.patient, save, overwrite=overwrite)
        ctx.exit(1)
    click.echo()
    if ended.report.urgent:
        show_sections(referral(ended.report))
    else:
        show_report(ended.report, found.vocabulary, "table", depth=_depth(remedies, details=details))
    try:
        _save(ended.patient, save, overwrite=overwrite)
    finally:
        # A file that cannot be written takes neither the answer nor the plan away.
        offer_plan(ended, found, course)


def _save(patient: Patient, name: str | None, *, overwrite: bool) -> None:
    """Write the answers where that was asked for, after they have been of use; nobody else may read them."""
    from remedies.pages.layout import as_json

    if name is not None:
        answers = as_json(patient.model_dump_json(exclude_defaults=True, indent=2))
        write_file(name, answers, overwrite=overwrite, private=True)


@main.command(epilog="Example: remedies plan fastum-gel --patient me.json --format ics --output plan.ics")
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
@click.option("--output", metavar="FILE", help="Write to a file instead of the screen.")
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

    Without REMEDY the first one that may be used is planned. Exit code 10: a doctor first and no
    plan; 11: open questions; 12: must not be used.
    """
    from remedies.advice.plan import Refusal
    from remedies.advice.planning import choices
    from remedies.advice.planning import plan as plan_remedy
    from remedies.advice.schedule import WakingHours, not_before
    from remedies.checking.check import check as check_patient
    from remedies.cli.exits import open_exit_code, refusal_exit_code
    from remedies.pages.plan import is_page, rendered

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
    refused = isinstance(made, Refusal)
    file = None if refused and is_page(format_) else output
    style = styled if file is None and colour_allowed() else None
    content = rendered(made, format_, terminal_width(), style=style, details=details)
    if file is None:
        click.echo(content, color=style is not None)
    else:
        write_file(file, content, overwrite=overwrite)
    if isinstance(made, Refusal):
        ctx.exit(refusal_exit_code(made))


@main.command(epilog="Example: remedies terms J45.0   (or: remedies terms варфарин)")
@click.argument("words", nargs=-1, required=True, metavar="WORD")
@format_option("table", "json", "markdown")
@click.pass_context
def terms(ctx: click.Context, words: tuple[str, ...], format_: str) -> None:
    """Say what is understood by a WORD or a code: what it proves and what it only prompts."""
    from remedies.pages.terms import term_sections, terms_json, terms_of

    vocabulary = catalogue_of(ctx).vocabulary
    word = " ".join(words)
    found = terms_of(vocabulary, word)
    if not found:
        click.echo(f"Error: {quoted(word)} means nothing here.{vocabulary.suggestions(word)}", err=True)
        ctx.exit(2)
    if format_ == "json":
        click.echo(terms_json(found))
    else:
        show_sections(term_sections(word, found), markdown=format_ == "markdown")


@main.command(epilog="Example: remedies schema patient")
@click.argument(
    "name",
    type=click.Choice(["patient", "report", "plan", "refusal", "prompt", "reply", "catalogue", "facts", "sources"]),
)
def schema(name: SchemaName) -> None:
    """Print the JSON schema NAME."""
    from remedies.pages.schemas import schema_of

    click.echo(schema_of(name))
