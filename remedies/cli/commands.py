"""The command line: parse, call the library, print. It contains no rule of its own."""

from __future__ import annotations

import os

import click

from remedies.cli.chosen import catalogue_of
from remedies.cli.terminal import FriendlyGroup
from remedies.core.version import VERSION

# Looking for pydantic plugins walks every installed package; a command uses none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    if not value or ctx.resilient_parsing:
        return
    found = catalogue_of(ctx)
    click.echo(f"remedies {VERSION}, catalogue {found.version} ({found.sha256[:12]})")
    ctx.exit()


NAMES = (
    "list",
    "show",
    "check",
    "screen",
    "why",
    "combine",
    "ask",
    "plan",
    "serve",
    "terms",
    "catalogue",
    "schema",
    "help",
)
"""Every command, in the order in which the help lists them."""


def _command(name: str) -> click.Command:
    """Import a command when it is asked for, so that each starts fast."""
    found: click.Command
    match name:
        case "check":
            from remedies.cli.check_command import check as found
        case "screen":
            from remedies.cli.screen_command import screen as found
        case "why":
            from remedies.cli.why_commands import why as found
        case "combine":
            from remedies.cli.why_commands import combine as found
        case "ask":
            from remedies.cli.ask_command import ask as found
        case "plan":
            from remedies.cli.plan_command import plan as found
        case "serve":
            from remedies.cli.serve_command import serve as found
        case "catalogue":
            from remedies.cli.catalogue_commands import catalogue as found
        case _:
            found = _looking_up(name)
    return found


def _looking_up(name: str) -> click.Command:
    """Import a command that only looks something up."""
    found: click.Command
    match name:
        case "list":
            from remedies.cli.looking_up import list_command as found
        case "show":
            from remedies.cli.looking_up import show as found
        case "terms":
            from remedies.cli.looking_up import terms as found
        case "help":
            from remedies.cli.help_command import help_command as found
        case _:
            from remedies.cli.looking_up import schema as found
    return found


@click.group(
    cls=FriendlyGroup,
    lazy=NAMES,
    load=_command,
    usual="check",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="What do you want to do? “remedies help” says which command does it.",
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
