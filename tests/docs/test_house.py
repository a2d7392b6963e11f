"""How the house is built: rooms that import one way, a face that names what is public, modules that stay small.

The rules are functions over a mapping of modules to their sources, so that small made-up houses show that
each of them is broken where it should be. A package is named by its ``__init__``.
"""

from __future__ import annotations

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import remedies

if TYPE_CHECKING:
    from collections.abc import Iterator

Sources = dict[str, str]

ROOT = Path(__file__).parents[2]
FACE = "remedies"
ROOMS = ["core", "knowledge", "checking", "advice", "intake", "screening", "pages", "web", "cli"]
"""Lowest first: a room imports itself and what stands before it."""

OUTSIDE = {"remedies.__init__", "remedies.__main__"}
"""The only modules that lie in no room."""

MOST_LINES = 350
"""No module is longer than this."""

MOST_CONDITIONS = 10
"""So many conditional expressions there may be in a thousand lines."""


def house() -> Sources:
    """Read every module of the package."""
    paths = sorted((ROOT / "remedies").rglob("*.py"))
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): path.read_text(encoding="utf-8")
        for path in paths
        if "_data" not in path.parts
    }


def room_of(module: str) -> str:
    """Return the room in which a module lies; nothing outside of all rooms."""
    _, _, rest = module.partition(".")
    room, inner, _ = rest.partition(".")
    return room if room in ROOMS and inner else ""


def homeless(sources: Sources) -> list[str]:
    """List the modules that lie in no room."""
    return [module for module in sources if module not in OUTSIDE and not room_of(module)]


def used(sources: Sources) -> dict[str, set[str]]:
    """Return what each module imports of the package, wherever in it the import stands."""
    return {module: set(_imported(module, source, sources)) for module, source in sources.items()}


def _imported(module: str, source: str, sources: Sources) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        match node:
            case ast.Import(names=aliases):
                names = [alias.name for alias in aliases]
            case ast.ImportFrom(module=written, names=aliases, level=level):
                package = module.split(".")[:-level] if level else []
                base = ".".join([*package, *([written] if written else [])])
                names = [f"{base}.{alias.name}" for alias in aliases]
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)) | ast.JoinedStr(values=[ast.Constant(value=str(name)), *_]), *_],
            ) if module != f"{FACE}.__init__":
                # The face imports by its table, which a test below holds against its imports for type checkers.
                names = [name]
            case _:
                continue
        yield from (_module(name, sources) for name in names if name.split(".")[0] == FACE)


def _module(name: str, sources: Sources) -> str:
    """Return the module that an imported name is, or that it stands in."""
    for end in (name, f"{name}.__init__"):
        if end in sources:
            return end
    above = name.rpartition(".")[0]
    return _module(above, sources) if above else f"{FACE}.__init__"


def upward(sources: Sources) -> list[str]:
    """List the imports of a room from one above it, and those of the face from anywhere."""
    return sorted(
        f"{module} imports {other}"
        for module, others in used(sources).items()
        for other in others
        if other == f"{FACE}.__init__" or (room_of(module) and not _below(other, module))
    )


def _below(other: str, module: str) -> bool:
    return room_of(other) in ROOMS[: ROOMS.index(room_of(module)) + 1]


def circle(sources: Sources) -> list[str]:
    """Return modules that import each other in a circle, the first of them at both ends; nothing if none do."""
    try:
        TopologicalSorter(used(sources)).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


# Made-up houses

SOUND = {
    "remedies.__init__": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from remedies.core.a import x\n",
    "remedies.__main__": "from remedies.cli import main\n",
    "remedies.core.__init__": "",
    "remedies.core.a": "import json\n",
    "remedies.core.b": "from remedies.core.a import x\nfrom remedies.core import a\n",
    "remedies.knowledge.__init__": "",
    "remedies.knowledge.a": "import remedies.core.b\nfrom ..core import a\n",
    "remedies.pages.deep.__init__": "from .a import y\n",
    "remedies.pages.deep.a": "from remedies.knowledge.a import x\n",
    "remedies.cli.__init__": "from remedies.cli.a import main\n",
    "remedies.cli.a": "def main():\n    from remedies.pages.deep import a\n",
}


def test_a_sound_house_has_no_fault() -> None:
    assert (homeless(SOUND), upward(SOUND), circle(SOUND)) == ([], [], [])


def test_imports_are_found_by_module_whatever_their_form() -> None:
    assert {module: sorted(others) for module, others in used(SOUND).items() if others} == {
        "remedies.__init__": ["remedies.core.a"],
        "remedies.__main__": ["remedies.cli.__init__"],
        "remedies.core.b": ["remedies.core.a"],
        "remedies.knowledge.a": ["remedies.core.a", "remedies.core.b"],
        "remedies.pages.deep.__init__": ["remedies.pages.deep.a"],
        "remedies.pages.deep.a": ["remedies.knowledge.a"],
        "remedies.cli.__init__": ["remedies.cli.a"],
        "remedies.cli.a": ["remedies.pages.deep.a"],
    }


UPWARD = {
    "an import": "from remedies.cli.a import main\n",
    "an import of the whole module": "import remedies.cli.a\n",
    "an import of a module from its room": "from remedies.cli import a\n",
    "an import by another name": "import remedies.cli.a as harmless\n",
    "an import of everything": "from remedies.cli.a import *\n",
    "an import for type checkers": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from remedies.cli.a import main\n"
    ),
    "an import in a function": "def later():\n    from remedies.cli.a import main\n",
    "an import in a method in a block": (
        "class A:\n    def later(self):\n        try:\n            import remedies.cli.a\n        except E: ...\n"
    ),
    "a relative import": "from ..cli.a import main\n",
    "a relative import of a module": "from ..cli import a\n",
}


@pytest.mark.parametrize("source", UPWARD.values(), ids=UPWARD)
def test_an_import_from_a_room_above_is_found(source: str) -> None:
    assert upward(SOUND | {"remedies.checking.a": source}) == ["remedies.checking.a imports remedies.cli.a"]


FACES = {
    "the face": "import remedies\n",
    "a name of the face": "from remedies import check\n",
    "a name of the face in a function": "def later():\n    from remedies import check\n",
    "a module that is not there": "from remedies.nowhere import check\n",
    "the face by a relative import": "from .. import check\n",
}


@pytest.mark.parametrize("source", FACES.values(), ids=FACES)
@pytest.mark.parametrize("module", ["remedies.core.c", "remedies.cli.c", "remedies.__main__"])
def test_an_import_of_the_face_is_found(module: str, source: str) -> None:
    if module == "remedies.__main__":
        source = source.replace("from .. ", "from . ")
    assert upward(SOUND | {module: source}) == [f"{module} imports remedies.__init__"]


BY_NAME = {
    "from importlib import import_module\nimport_module('remedies.cli.a')\n": "remedies.cli.a",
    "import importlib as i\ndef later(name):\n    i.import_module(f'remedies.cli.{name}')\n": "remedies.cli.__init__",
    "__import__('remedies.cli.a')\n": "remedies.cli.a",
}


@pytest.mark.parametrize(("source", "other"), BY_NAME.items())
def test_an_import_by_name_is_found(source: str, other: str) -> None:
    assert upward(SOUND | {"remedies.core.c": source}) == [f"remedies.core.c imports {other}"]


def test_the_core_imports_no_other_room_and_every_room_none_above_it() -> None:
    for place, room in enumerate(ROOMS):
        imports = "".join(f"import remedies.{other}.other\n" for other in ROOMS)
        others = {f"remedies.{other}.other": "" for other in ROOMS}
        assert upward(others | {f"remedies.{room}.one": imports}) == sorted(
            f"remedies.{room}.one imports remedies.{above}.other" for above in ROOMS[place + 1 :]
        )


CIRCLES: dict[str, Sources] = {
    "within a room": {
        "remedies.core.x": "from remedies.core.y import one\n",
        "remedies.core.y": "from remedies.core.z import one\n",
        "remedies.core.z": "from remedies.core.x import one\n",
    },
    "with an import for type checkers": {
        "remedies.core.x": "from remedies.core import y\n",
        "remedies.core.y": "if TYPE_CHECKING:\n    from remedies.core.x import One\n",
    },
    "with an import in a function": {
        "remedies.core.x": "def later():\n    import remedies.core.y\n",
        "remedies.core.y": "from .x import one\n",
    },
    "with its own package": {
        "remedies.core.__init__": "from remedies.core.x import one\n",
        "remedies.core.x": "from remedies.core import one\n",
    },
    "with itself": {"remedies.core.x": "import remedies.core.x\n"},
}


@pytest.mark.parametrize("made_up", CIRCLES.values(), ids=CIRCLES)
def test_a_circle_is_found(made_up: Sources) -> None:
    found = circle(SOUND | made_up)
    assert found[0] == found[-1]
    assert set(found) == set(made_up)


@pytest.mark.parametrize(
    "module",
    ["remedies.helpers", "remedies.tools.a", "remedies.core", "remedies.tools.__init__", "remedies.deep.core.a"],
)
def test_a_module_outside_every_room_is_found(module: str) -> None:
    assert homeless(SOUND | {module: ""}) == [module]


# The house itself

HOUSE = house()


def test_every_room_is_there() -> None:
    assert {room_of(module) for module in HOUSE} - {""} == set(ROOMS)
    assert set(HOUSE) > OUTSIDE


def test_every_module_lies_in_a_room() -> None:
    assert homeless(HOUSE) == []


def test_a_room_imports_only_itself_and_rooms_below_it() -> None:
    assert upward(HOUSE) == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circle(HOUSE) == []


def test_no_module_is_long() -> None:
    lengths = {module: source.count("\n") for module, source in HOUSE.items()}
    assert {module: lines for module, lines in lengths.items() if lines > MOST_LINES} == {}


# Conditional expressions


def conditions(sources: Sources) -> list[str]:
    """List every conditional expression by module and line."""
    return [f"{module}:{node.lineno}" for module, node in _conditions(sources)]


def chained(sources: Sources) -> list[str]:
    """List every conditional expression with another one directly inside it."""
    return [
        f"{module}:{node.lineno}"
        for module, node in _conditions(sources)
        if any(isinstance(part, ast.IfExp) for part in (node.test, node.body, node.orelse))
    ]


def _conditions(sources: Sources) -> Iterator[tuple[str, ast.IfExp]]:
    for module, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.IfExp):
                yield module, node


def test_conditional_expressions_are_counted_and_chained_ones_found() -> None:
    made_up = {
        "one": "a = 1 if b else 2\n",
        "two": "\na = 1 if b else 2 if c else 3\n",
        "three": "a = (1 if b else 2) if c else 3\n",
        "four": "a = 1 if (b if c else d) else 3\n",
        "five": "a = f(1 if b else 2) if c else 3\n",
    }
    assert conditions(made_up) == ["one:1", "two:2", "two:2", *["three:1"] * 2, *["four:1"] * 2, *["five:1"] * 2]
    assert chained(made_up) == ["two:2", "three:1", "four:1"]


def test_no_conditional_expression_stands_in_another() -> None:
    assert chained(HOUSE) == []


def test_conditional_expressions_are_few() -> None:
    lines = sum(source.count("\n") for source in HOUSE.values())
    assert len(conditions(HOUSE)) * 1000 < MOST_CONDITIONS * lines


# The face


def below_type_checking(source: str) -> dict[str, str]:
    """Return the names that a module imports for type checkers alone, each with where it lives in the package."""
    (block,) = (
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    )
    return {
        alias.asname or alias.name: (node.module or "").removeprefix(f"{FACE}.")
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_what_is_public_stands_alike_in_three_lists() -> None:
    assert list(remedies.__all__) == list(remedies._HOMES)
    assert below_type_checking(HOUSE["remedies.__init__"]) == remedies._HOMES
    assert sorted(set(remedies.__all__)) == sorted(remedies.__all__)


@pytest.mark.parametrize("name", remedies.__all__)
def test_every_public_name_can_be_imported_and_says_what_it_is(name: str) -> None:
    assert (getattr(remedies, name).__doc__ or "").strip()


def test_the_public_names_are_listed() -> None:
    assert dir(remedies) == sorted([*remedies.__all__, "__version__"])


def test_a_name_that_is_not_public_is_refused() -> None:
    with pytest.raises(AttributeError) as error:
        remedies.nonsense  # noqa: B018 - reading it is the test

    assert str(error.value) == "module 'remedies' has no attribute 'nonsense'"


def test_every_name_that_the_readme_imports_is_public() -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    nodes = [node for block in blocks for node in ast.walk(ast.parse(block))]
    imports = [node for node in nodes if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(FACE)]
    assert imports
    assert {node.module for node in imports} == {FACE}
    assert {alias.name for node in imports for alias in node.names} <= set(remedies.__all__)
    assert [node for node in nodes if isinstance(node, ast.Import) and node.names[0].name.startswith(FACE)] == []
