"""The command line: parse, call the library, print. It contains no rule of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Unpack

import click

from remedies import __version__
from remedies.core.errors import printable, quoted
from remedies.cli.options import (
    AskWords,
    CheckWords,
    Clock,
    PlanWords,
    catalogue_of,
    complete_remedy,
    course_of,
    course_options,
    format_option,
    patient_of,
    patient_options,
    remedies_option,
)
from remedies.cli.terminal import FriendlyGroup, colour_allowed, styled, terminal_width, write_file, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from remedies.knowledge.catalogue import Catalogue
    from remedies.checking.patient import Patient
    from remedies.checking.report import Report
    from remedies.pages.layout import Section
    from remedies.pages.report import Depth
    from remedies.pages.schemas import SchemaName

# Looking for pydantic plugins walks every installed package; a command uses none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    if not value or ctx.resilient_parsing:
        return
    catalogue = catalogue_of(ctx)
    click.echo(f"remedies {__version__}, catalogue {catalogue.version} ({catalogue.sha256[:12]})")
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


def show_sections(sections: Iterable[Section], *, markdown: bool = False) -> None:
    """Print sections as Markdown, or laid out for this terminal."""
    from remedies.pages.layout import as_markdown, as_text, plain

    colour = colour_allowed()
    text = as_markdown(sections) if markdown else as_text(sections, terminal_width(), styled if colour else plain)
    click.echo(text, color=colour)


def show_report(report: Report, catalogue: Catalogue, format_: str, *, depth: Depth = "first") -> None:
    """Print a report in one of the formats of a check."""
    from remedies.pages import report as verdicts
    from remedies.pages.layout import as_json

    match format_:
        case "json":
            click.echo(as_json(report.model_dump_json(indent=2)))
        case "csv":
            click.echo(verdicts.csv_of(report))
        case _:
            found = verdicts.sections(report, catalogue, depth=depth)
            show_sections(found, markdown=format_ == "markdown")


def depth_of(words: CheckWords | AskWords, *, all_rules: bool = False) -> Depth:
    """Say more of each remedy where more was asked for, or where it is the only one."""
    if words["details"]:
        return "details"
    return "all" if all_rules else "deciding" if words["remedies"] else "first"


@main.command("list", epilog="Example: remedies list --format csv")
@format_option("table", "json", "markdown", "csv")
@click.pass_context
def list_command(ctx: click.Context, format_: str) -> None:
    """List all remedies."""
    from remedies.pages import layout
    from remedies.pages import remedy as records

    catalogue = catalogue_of(ctx)
    match format_:
        case "json":
            click.echo(records.list_json(catalogue))
        case "csv":
            click.echo(layout.as_csv(records.LIST_HEADERS, records.list_rows(catalogue)))
        case _:
            show_sections([records.list_section(catalogue)], markdown=format_ == "markdown")


@main.command(epilog="Example: remedies show dolobene   (or: remedies show Долобене)")
@click.argument("remedy", shell_complete=complete_remedy)
@click.option("--details", is_flag=True, help="Give every rule as a sentence with its sources.")
@format_option("table", "json", "markdown")
@click.pass_context
def show(ctx: click.Context, remedy: str, format_: str, *, details: bool) -> None:
    """Show one REMEDY on one page: who must not use it, who should ask, how to use it."""
    from remedies.pages import remedy as records

    catalogue = catalogue_of(ctx)
    found = catalogue.find(remedy)
    if format_ == "json":
        click.echo(records.remedy_json(found, catalogue))
    else:
        show_sections(records.page(found, catalogue, details=details), markdown=format_ == "markdown")


@main.command(epilog="Example: remedies check --age 34 --sex male --has asthma --nothing-else")
@patient_options
@remedies_option("Look at this remedy only; may be repeated.")
@course_options
@click.option("--all-rules", is_flag=True, help="Also list the rules that were ruled out.")
@click.option("--details", is_flag=True, help="Add rule names, source sections, countries and bounds.")
@click.option("--exit-code", is_flag=True, help="Exit 0 allowed, 10 ask a doctor, 11 undecided, 12 excluded.")
@format_option("table", "json", "markdown", "csv")
@click.pass_context
def check(ctx: click.Context, /, format_: str, **words: Unpack[CheckWords]) -> None:
    """Check which remedies a person may use.

    Names are words in English or Russian, ICD-10 or ATC codes; "none" closes a topic
    (--allergy none). What is not said stays unknown.
    """
    from remedies.checking.check import check as check_patient
    from remedies.checking.report import worst_exit_code

    if words["exit_code"] and not words["remedies"]:
        ctx.fail("--exit-code speaks of one remedy: add --remedy")
    catalogue = catalogue_of(ctx)
    report = check_patient(
        patient_of(words, catalogue),
        catalogue,
        **course_of(words),
        remedies=words["remedies"] or None,
        all_rules=words["all_rules"] or words["details"],
    )
    show_report(report, catalogue, format_, depth=depth_of(words, all_rules=words["all_rules"]))
    if words["exit_code"]:
        ctx.exit(worst_exit_code(report))


def save_answers(patient: Patient, words: AskWords) -> None:
    """Write the answers where that was asked for, after they have been of use."""
    from remedies.pages.layout import as_json

    if words["save"] is not None:
        answers = as_json(patient.model_dump_json(exclude_defaults=True, indent=2))
        write_file(words["save"], answers, overwrite=words["overwrite"])


@main.command(epilog="Example: remedies ask   (or: remedies ask --remedy fastum-gel --save me.json)")
@patient_options
@remedies_option("Ask only what matters for this remedy.")
@course_options
@click.option("--save", metavar="FILE", help="Write the answers as patient JSON; nothing is saved unasked.")
@click.option("--overwrite", is_flag=True, help="Replace the file if it is there.")
@click.option("--details", is_flag=True, help="Add rule names, source sections, countries and bounds.")
@click.pass_context
def ask(ctx: click.Context, /, **words: Unpack[AskWords]) -> None:
    """Answer a few plain questions and get an answer and a plan.

    Numbers, several at once, or words in English or Russian; "?" means that you don't know.
    """
    from remedies.cli.dialogue import interview, offer_plan
    from remedies.pages import report as verdicts

    catalogue = catalogue_of(ctx)
    when = course_of(words)
    ended = interview(patient_of(words, catalogue), catalogue, words["remedies"] or None, **when)
    if ended.broken_off:
        click.echo(f"Stopped. Not answered: {', '.join(ended.left)}.", err=True)
        save_answers(ended.patient, words)
        ctx.exit(1)
    click.echo()
    if ended.report.urgent:
        show_sections(verdicts.referral(ended.report))
    else:
        show_report(ended.report, catalogue, "table", depth=depth_of(words))
    try:
        save_answers(ended.patient, words)
    finally:
        # A file that cannot be written takes neither the answer nor the plan away.
        offer_plan(ended, catalogue, when)


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
def plan(ctx: click.Context, /, remedy: str | None, format_: str, **words: Unpack[PlanWords]) -> None:
    """Plan the use of a REMEDY: days, times, how, what to avoid, and what comes after.

    Without REMEDY the first one that may be used is planned. Exit code 10: a doctor first and no
    plan; 11: open questions; 12: must not be used.
    """
    from remedies.advice import plan as planning
    from remedies.checking.check import check as check_patient
    from remedies.checking.report import open_exit_code
    from remedies.pages import plan as plans
    from remedies.advice.schedule import Day, not_before

    catalogue = catalogue_of(ctx)
    patient = patient_of(words, catalogue)
    when = course_of(words)
    if remedy is None:
        report = check_patient(patient, catalogue, **when)
        if not planning.choices(report):
            show_report(report, catalogue, "json" if format_ == "json" else "table")
            ctx.exit(open_exit_code(report))
        remedy, *others = planning.choices(report)
        click.echo(f"Planned: {remedy}. Also possible: {', '.join(others) or 'nothing else'}.", err=True)
    made = planning.plan(
        remedy,
        patient,
        catalogue,
        **when,
        day=Day(words["wake"], words["sleep"]),
        now=not_before(words["start"], words["now"]),
        zone=zone_of(words["zone"]),
        together=words["together"],
    )
    page = format_ in {"html", "ics"}
    to_file = words["output"] is not None and not (page and isinstance(made, planning.Refusal))
    plain = to_file or not colour_allowed()
    content = plans.rendered(made, format_, terminal_width(), style=None if plain else styled, details=words["details"])
    if to_file and words["output"] is not None:
        write_file(words["output"], content, overwrite=words["overwrite"])
    else:
        click.echo(content, color=not plain)
    if isinstance(made, planning.Refusal):
        ctx.exit(made.exit_code)


@main.command(epilog="Example: remedies terms J45.0   (or: remedies terms варфарин)")
@click.argument("words", nargs=-1, required=True, metavar="WORD")
@format_option("table", "json", "markdown")
@click.pass_context
def terms(ctx: click.Context, words: tuple[str, ...], format_: str) -> None:
    """Say what is understood by a WORD or a code: what it proves and what it only prompts."""
    from remedies.pages import remedy as records

    catalogue = catalogue_of(ctx)
    word = " ".join(words)
    found = records.terms_of(catalogue, word)
    if not found:
        click.echo(f"Error: {quoted(word)} means nothing here.{catalogue.vocabulary.suggestions(word)}", err=True)
        ctx.exit(2)
    if format_ == "json":
        click.echo(records.terms_json(found))
    else:
        show_sections(records.term_sections(word, found), markdown=format_ == "markdown")


@main.group(cls=FriendlyGroup)
def catalogue() -> None:
    """Work on a catalogue of your own."""


@catalogue.command(epilog="Example: remedies catalogue lint my-remedies.json")
@click.argument("file")
def lint(file: str) -> None:
    """Check a catalogue FILE as strictly as the shipped one; every fault is listed."""
    from remedies.knowledge.catalogue import Catalogue

    found = Catalogue.load(file)
    rules = sum(len(remedy.rules) for remedy in found.remedies)
    click.echo(
        f"{printable(file)}: no faults. {len(found.remedies)} remedies with {rules} rules of their own, "
        f"{len(found.facts)} facts, {len(found.sources)} sources; version {found.version}."
    )


@main.command(epilog="Example: remedies schema patient")
@click.argument("name", type=click.Choice(["patient", "report", "plan", "refusal", "catalogue", "facts", "sources"]))
def schema(name: SchemaName) -> None:
    """Print the JSON schema NAME."""
    from remedies.pages.schemas import schema_of

    click.echo(schema_of(name))
