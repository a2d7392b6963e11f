"""Expressions in few wide stages: what is used more than once is a column, which later stages look at."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from remedies.screening.nodes import FALSE, TRUE, Among, AtLeast, But, Every, Given, Look, Made, Some, Yes, operands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from remedies.screening.nodes import Node


_COPIES = 350
"""A stage costs an engine as much as so many parts of expressions, which are worked out for a million rows."""


class Stage(NamedTuple):
    """One look of an engine at a table."""

    kept: tuple[str, ...]
    """Columns that are needed later."""
    added: Mapping[str, Node]
    """Columns that are worked out, from those of the table and of earlier stages."""


class Stages:
    """The stages in which some expressions are worked out."""

    def __init__(self, wanted: Iterable[Node]) -> None:
        """Take the expressions that are wanted; each may be looked at several times."""
        wanted = [node for node in dict.fromkeys(wanted) if node not in {TRUE, FALSE}]
        every = _walk(wanted)
        uses = Counter([*wanted, *wanted, *(part for node in every for part in operands(node))])
        self._level: dict[Node, int] = {}
        named = set(wanted)
        for node in every:
            parts = [part for part in operands(node) if part not in {TRUE, FALSE}]
            level = self._level[node] = max((self._level[part] + (uses[part] > 1) for part in parts), default=0)
            # What is used once is worked out where it is used, unless that is in a later stage.
            named.update(part for part in parts if uses[part] > 1 or self._level[part] < level)
        self._names = {node: f"n{number}" for number, node in enumerate(every) if node in named}
        self.stages = self._laid_out(self._names[node] for node in wanted)

    def _laid_out(self, outputs: Iterable[str]) -> list[Stage]:
        """List the stages, each with what it takes over from those before it."""
        count = max((self._level[node] for node in self._names), default=-1) + 1
        added: list[dict[str, Node]] = [{} for _ in range(count)]
        for node, name in self._names.items():
            added[self._level[node]][name] = self._over_columns(node, named=False)
        needed = set(outputs)
        stages = []
        for columns in reversed(added):
            kept = needed - columns.keys()
            stages.append(Stage(tuple(sorted(kept)), columns))
            needed = kept.union(*(_columns_of(node) for node in columns.values()))
        return _fewer(stages[::-1])

    def of(self, node: Node) -> Node:
        """Return an expression that was wanted as it is after the last stage."""
        return node if node in {TRUE, FALSE} else self._over_columns(node)

    def _over_columns(self, node: Node, *, named: bool = True) -> Node:
        """Write an expression over the columns of stages; those are never null, and so are simply so or not."""
        if named and node in self._names:
            return Made(self._names[node])
        match node:
            case Some(parts=parts) | Every(parts=parts):
                return type(node)(tuple(map(self._over_columns, parts)))
            case But(one=one, other=other):
                return But(self._over_columns(one), self._over_columns(other))
            case Yes() | Given() | AtLeast() | Among() | Made():
                return node


def _fewer(stages: list[Stage]) -> list[Stage]:
    """Put stages together where little is then worked out several times, the cheapest pair first.

    The first stage is left alone: it reads what is null or not of all columns of the table, in one go.
    """
    head, rest = stages[:1], stages[1:]
    while len(rest) > 1:
        copies = [_copies(one, after) for one, after in pairwise(rest)]
        if min(copies) > _COPIES:
            break
        place = copies.index(min(copies))
        rest[place : place + 2] = [_together(*rest[place : place + 2])]
    return head + rest


def _copies(one: Stage, after: Stage) -> int:
    """Count the parts of expressions that would stand once more if two stages were one."""
    uses = Counter(column for node in after.added.values() for column in _columns_of(node))
    return sum(_size(node) * (uses[name] - (name not in after.kept)) for name, node in one.added.items())


def _size(node: Node) -> int:
    return 1 + sum(map(_size, operands(node)))


def _together(one: Stage, after: Stage) -> Stage:
    """Return two stages as one, in which what the second takes from the first is written out."""
    still = {name: node for name, node in one.added.items() if name in after.kept}
    added = {name: _written_out(node, one.added) for name, node in after.added.items()}
    return Stage(tuple(name for name in after.kept if name not in still), {**still, **added})


def _written_out(node: Node, columns: Mapping[str, Node]) -> Node:
    match node:
        case Made(column=name):
            return columns.get(name, node)
        case Some(parts=parts) | Every(parts=parts):
            return type(node)(tuple(_written_out(part, columns) for part in parts))
        case But(one=one, other=other):
            return But(_written_out(one, columns), _written_out(other, columns))
        case Yes() | Given() | AtLeast() | Among():
            return node


def _walk(wanted: Iterable[Node]) -> list[Node]:
    """List every expression and its parts once, parts first."""
    found: dict[Node, None] = {}

    def enter(node: Node) -> None:
        if node in found or node in {TRUE, FALSE}:
            return
        for part in operands(node):
            enter(part)
        found[node] = None

    for node in wanted:
        enter(node)
    return list(found)


def _columns_of(node: Node) -> Iterator[str]:
    """Yield the columns that an expression looks at."""
    if isinstance(node, Look):
        yield node.column
    for part in operands(node):
        yield from _columns_of(part)
