"""Write the pages of the documentation that are made from the program itself: run ``python docs/build.py``.

A test compares them with what this writes, so that no page says what the program no longer does.
"""

import inspect
import sys
from pathlib import Path
from types import ModuleType

import click
from click.testing import CliRunner
from pydantic import BaseModel

import remedies
from remedies.cli import main
from remedies.pages.schemas import sentences

DOCS = Path(__file__).parent
ENVIRONMENT = {"COLUMNS": "80", "TERM": "dumb"}


def commands_of(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Name every command, groups before what is in them."""
    found: list[tuple[str, ...]] = [path]
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        inner = (*path, name)
        found += commands_of(command, inner) if isinstance(command, click.Group) else [inner]
    return found


def commands_page() -> str:
    """Write what every command says of itself."""
    parts = ["# Commands", "What `--help` says of each command; made from the program, see `docs/build.py`."]
    for path in commands_of(main):
        shown = CliRunner(env=ENVIRONMENT).invoke(main, [*path, "--help"], prog_name="remedies", terminal_width=80)
        parts.append(f"## {' '.join(('remedies', *path))}")
        parts.append(f"```text\n{shown.output.rstrip()}\n```")
    return "\n\n".join(parts) + "\n"


def library_page() -> str:
    """Write the signature and the docstring of every public name."""
    parts = [
        "# Library",
        "Everything that is imported from `remedies`; made from the docstrings, see `docs/build.py`.",
    ]
    for name in remedies.__all__:
        thing = getattr(remedies, name)
        parts.append(f"## {name}")
        if isinstance(thing, ModuleType):
            parts.append(_said(thing))
            public = (getattr(thing, one) for one in getattr(thing, "__all__", ()))
            for one in public:
                parts += [f"### {name}.{one.__name__}", *_described(one, f"{name}.{one.__name__}")]
        else:
            parts += _described(thing, name)
    return "\n\n".join(parts) + "\n"


def _described(thing: object, name: str) -> list[str]:
    parts = []
    if callable(thing) and not (isinstance(thing, type) and issubclass(thing, BaseModel | Exception)):
        parts.append(f"```python\n{name}{_signature(thing)}\n```")
    parts.append(_said(thing))
    if isinstance(thing, type) and issubclass(thing, BaseModel):
        parts.append("\n".join(f"- `{key}`: {said}" for key, said in sentences(thing)))
    if isinstance(thing, type):
        for key, method in dict(vars(thing)).items():
            function = getattr(method, "__func__", method)
            if not key.startswith("_") and inspect.isfunction(function) and function.__module__.startswith("remedies."):
                parts += [f"#### {name}.{key}", *_described(function, f"{name}.{key}")]
    return [part for part in parts if part]


def _signature(thing: object) -> str:
    try:
        parameters = inspect.signature(thing).parameters.values()  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return "(…)"
    lines = "".join(f"    {one},\n".replace("'", "") for one in parameters)
    return f"(\n{lines})" if lines else "()"


def _said(thing: object) -> str:
    """Return a docstring with its examples as code."""
    paragraphs = (inspect.getdoc(thing) or "").split("\n\n")
    return "\n\n".join(f"```python\n{one}\n```" if one.startswith(">>>") else one for one in paragraphs)


PAGES = {"commands.md": commands_page, "library.md": library_page}
"""The pages, each with what writes it."""

if __name__ == "__main__":
    for file, written in PAGES.items():
        (DOCS / file).write_text(written(), encoding="utf-8")
        sys.stdout.write(f"Written: {DOCS / file}\n")
