"""Expressions → columns of an engine, in few wide stages: what several verdicts use is computed once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, assert_never

import narwhals as nw

from remedies.screening.nodes import FALSE, TRUE, Column, Every, Not, Some, Sure, operands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from remedies.screening.nodes import Node


class Stages:
    """The stages in which some expressions are computed, each from the columns of the frame and of earlier stages.

    ``of`` returns an expression as it is to be written after the last stage.
    """

    def __init__(self, wanted: Iterable[Node]) -> None:
        """Take the expressions that are wanted."""
        wanted = list(dict.fromkeys(wanted))
        self._shared = _Sharing(wanted)
        plain = [self._shared.rewritten(node) for node in wanted]
        uses = Counter(part for node in _walk(plain) for part in operands(node))
        self._names: dict[Node, str] = {}
        self._ready: dict[Node, int] = {}
        self.columns: list[dict[str, nw.Expr]] = []
        for node in _walk(plain):
            # Parts come before what is built of them.
            self._ready[node] = max((self._available(part) for part in operands(node)), default=0)
            if uses[node] > 1 and not _plain(node):
                self._stage(self._ready[node])[self._name(node)] = self._written(node, named=False)

    def of(self, node: Node) -> nw.Expr:
        """Write an expression that was wanted, over the columns of all stages."""
        return self._written(self._shared.rewritten(node))

    def _available(self, part: Node) -> int:
        return self._ready[part] + (part in self._names)

    def _stage(self, number: int) -> dict[str, nw.Expr]:
        while len(self.columns) <= number:
            self.columns.append({})
        return self.columns[number]

    def _name(self, node: Node) -> str:
        return self._names.setdefault(node, f"node {len(self._names)}")

    def _written(self, node: Node, *, named: bool = True) -> nw.Expr:
        if named and node in self._names:
            return nw.col(self._names[node])
        match node:
            case Column(name=name):
                return nw.col(name)
            case Not(part=part):
                return ~self._written(part)
            case Sure(part=part):
                return self._written(part).fill_null(value=False)
            case Some(parts=()):
                return nw.lit(value=False)
            case Every(parts=()):
                return nw.lit(value=True)
            case Some(parts=parts):
                return nw.any_horizontal(*map(self._written, parts), ignore_nulls=False)
            case Every(parts=parts):
                return nw.all_horizontal(*map(self._written, parts), ignore_nulls=False)
            case _:
                assert_never(node)


def _plain(node: Node) -> bool:
    """Tell whether an expression is too small for a column of its own."""
    match node:
        case Column():
            return True
        case Not(part=part) | Sure(part=part):
            return isinstance(part, Column)
        case _:
            return False


def _walk(wanted: Iterable[Node]) -> list[Node]:
    """List every expression and its parts once, parts first."""
    found: dict[Node, None] = {}

    def enter(node: Node) -> None:
        if node in found:
            return
        for part in operands(node):
            enter(part)
        found[node] = None

    for node in wanted:
        enter(node)
    return list(found)


class _Sharing:
    """Parts that stand together in several expressions become one part of each."""

    def __init__(self, wanted: Sequence[Node]) -> None:
        """Find the groups in some expressions."""
        self._groups: dict[Node, list[Some | Every]] = {}
        self._done: dict[Node, Node] = {}
        nodes = _walk(wanted)
        for kind in (Some, Every):
            joined = [node for node in nodes if isinstance(node, kind)]
            where: dict[Node, list[int]] = {}
            for number, node in enumerate(joined):
                for part in node.parts:
                    where.setdefault(part, []).append(number)
            together: dict[tuple[int, ...], list[Node]] = {}
            for part, numbers in where.items():
                together.setdefault(tuple(numbers), []).append(part)
            for numbers, parts in together.items():
                if len(numbers) > 1 and len(parts) > 1:
                    for number in numbers:
                        self._groups.setdefault(joined[number], []).append(kind(tuple(parts)))

    def rewritten(self, node: Node) -> Node:
        """Return an expression with its groups as parts of their own."""
        if node not in self._done:
            self._done[node] = self._rewritten(node)
        return self._done[node]

    def _rewritten(self, node: Node) -> Node:
        match node:
            case Column():
                return node
            case Not(part=part):
                return Not(self.rewritten(part))
            case Sure(part=part):
                return Sure(self.rewritten(part))
            case Some(parts=parts) | Every(parts=parts):
                groups = [group for group in self._groups.get(node, []) if len(group.parts) < len(parts)]
                grouped = {part for group in groups for part in group.parts}
                alone = tuple(self.rewritten(part) for part in parts if part not in grouped)
                return type(node)((*alone, *map(self.rewritten, groups)))
            case _:
                assert_never(node)
