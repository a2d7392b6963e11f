"""``remedies help``: what do you want to do, and which command does it; or the help of one command."""

from __future__ import annotations

import click

from remedies.cli.helping import Guided

_TASKS = (
    ("Which remedies may this person use?", "check woman 62, asthma"),
    ("… with nothing else to say of them", "check man 34, nothing else"),
    ("May they use this one?", "check dolobene, man 34"),
    ("… and why, or why not?", "why dolobene, man 34, asthma"),
    ("May these two go together?", "combine finalgon fastum-gel"),
    ("Be asked, question by question", "ask"),
    ("Have all this as a page in the browser", "serve"),
    ("How, how often, how long?", "plan fastum gel, man 34 …"),
    ("… as a calendar (or a page: .html)", "plan … --output plan.ics"),
    ("What is this remedy?", "show dolobene"),
    ("… with every rule and source", "show dolobene --details"),
    ("Which are there?", "list"),
    ("Which does asthma touch, and how?", "list --for asthma"),
    ("How is this word understood?", "terms варфарин"),
    ("Give answers to another program", "check … --format json"),
    ("… for a whole file of people", "check --patients FILE"),
    ("… for a table of a whole population", "screen FILE"),
    ("Work on a catalogue of one's own", "catalogue"),
)
"""What people want to do, and the command that does it, without the name of the program."""


@click.command("help", cls=Guided)
@click.argument("words", nargs=-1, metavar="[COMMAND]")
@click.pass_context
def help_command(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Say which command does what, or explain one COMMAND."""
    root = ctx.find_root()
    if not words:
        formatter = ctx.make_formatter()
        formatter.write("What do you want to do?\n")
        formatter.indent()
        formatter.write_dl([(task, f"{root.info_name} {line}") for task, line in _TASKS], col_max=36)
        formatter.dedent()
        formatter.write_text(f"Each explains itself: {root.info_name} help check. Words may be English or Russian.")
        click.echo(formatter.getvalue().rstrip("\n"))
        return
    found = root
    for word in words:
        if not isinstance(found.command, click.Group):
            break
        name, command, _ = found.command.resolve_command(found, [word])
        if command is not None:
            found = click.Context(command, info_name=name, parent=found)
    click.echo(found.command.get_help(found))
