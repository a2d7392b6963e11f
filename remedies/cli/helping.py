"""Help by example: options in groups, and at the end a few lines that can be typed as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from remedies.cli.examples import EXAMPLES
from remedies.cli.hints import stray

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_GROUPS: Mapping[str, Sequence[str]] = {
    "Who": ("age", "born", "sex", "pregnancy", "weeks", "due", "breastfeeding"),
    "What is known": (
        *("has", "has_not", "skin", "allergy", "taking", "sign", "circumstance"),
        *("other", "nothing_else", "strict"),
    ),
    "Files": ("file", "fhir", "closed", "account", "patients", "summary", "jobs", "stop_at_first"),
    "Course": ("remedies", "start", "days", "as_of", "wake", "sleep", "now", "zone", "together"),
}
"""Options by what they speak of, by their names as parameters; all others say what comes out."""


_WIDEST_OPTION = 22


class Guided(click.Command):
    """A command whose help has groups and examples, and which knows the slips of hands and word processors."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, in groups where they describe a person."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        rows = {option.name or "": option.get_help_record(ctx) for option in options}
        titles = [title for title, names in _GROUPS.items() if rows.keys() & set(names)]
        groups: dict[str, Iterable[str]] = {"Options": rows}
        if "Who" in titles:
            grouped = {name for names in _GROUPS.values() for name in names}
            groups = {title: _GROUPS[title] for title in titles}
            groups["Output"] = [name for name in rows if name not in grouped]
        for title, names in groups.items():
            with formatter.section(title):
                formatter.write_dl([row for name in names if (row := rows.get(name)) is not None])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        lines = examples_of(ctx)
        if lines:
            with formatter.section("Examples"):
                for line in lines:
                    formatter.write(f"{'':{formatter.current_indent}}{line}\n")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of a line."""
        if not ctx.resilient_parsing:
            stray(args, ctx)
        return super().parse_args(ctx, args)


def examples_of(ctx: click.Context) -> Sequence[str]:
    """Return the examples of the command that a context is of."""
    path = ctx.command_path.partition(" ")[2]
    return EXAMPLES.get(path, ())
