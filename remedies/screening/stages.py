"""Expressions → columns of an engine, in few wide stages: what several verdicts use is computed once."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, assert_never

import narwhals as nw

from remedies.knowledge.vocabulary import bits
from remedies.screening.nodes import FALSE, TRUE, Column, Every, Not, Some, Sure, operands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from remedies.knowledge.vocabulary import bits
from remedies.screening.nodes import Node


class Stage(NamedTuple):
    """One look of an engine at a table."""

    kept: tuple[str, ...]
    """Columns that are needed later."""
    added: dict[str, nw.Expr]


class Stages:
    """The stages in which some expressions are computed, each from the columns of the table and of earlier stages."""

    def __init__(self, wanted: Iterable[Node]) -> None:
        """Take the expressions that are wanted."""
        wanted = list(dict.fromkeys(wanted))
        self._shared = _Sharing(wanted)
        plain = [self._shared.rewritten(node) for node in wanted]
        every = _walk(plain)
        # What is wanted is looked at from outside as well, perhaps several times.
        uses = Counter([*plain, *plain, *(part for node in every for part in operands(node))])
        self._names: dict[Node, str] = {}
        self._ready: dict[Node, int] = {}
        staged: list[list[Node]] = []
        for node in every:
            # Parts come before what is built of them.
            ready = self._ready[node] = max((self._available(part) for part in operands(node)), default=0)
            if uses[node] > 1 and not _plain(node):
                self._names[node] = f"node {len(self._names)}"
                staged += [[] for _ in range(ready + 1 - len(staged))]
                staged[ready].append(node)
        looked_at = {name for node in plain for name in self._looked_at(node)}
        self.stages: list[Stage] = []
        for nodes in reversed(staged):
            added = {self._names[node]: self._written(node, named=False) for node in nodes}
            self.stages.append(Stage(tuple(sorted(looked_at - added.keys())), added))
            looked_at |= {name for node in nodes for name in self._looked_at(node, named=False)}
            looked_at -= added.keys()
        self.stages.reverse()

    def of(self, node: Node) -> nw.Expr:
        """Write an expression that was wanted, over the columns after the last stage."""
        return self._written(self._shared.rewritten(node))

    def _available(self, part: Node) -> int:
        return self._ready[part] + (part in self._names)

    def _looked_at(self, node: Node, *, named: bool = True) -> Iterator[str]:
        """Yield the columns that an expression is written with."""
        if named and node in self._names:
            yield self._names[node]
        elif isinstance(node, Column):
            yield node.name
        else:
            for part in operands(node):
                yield from self._looked_at(part)

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
                return nw.any_horizontal(*map(self._argument, parts), ignore_nulls=False)
            case Every(parts=parts):
                return nw.all_horizontal(*map(self._argument, parts), ignore_nulls=False)
            case _:
                assert_never(node)

    def _argument(self, part: Node) -> nw.Expr | str:
        """Write a part; the name of a column costs narwhals least."""
        if part in self._names:
            return self._names[part]
        return part.name if isinstance(part, Column) else self._written(part)


def _plain(node: Node) -> bool:
    """Tell whether an expression is too small for a column of its own."""
    match node:
        case Column():
            return True
        case Not(part=part):
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
        self._parts: dict[Node, tuple[Node, ...]] = {}
        self._done: dict[Node, Node] = {}
        nodes = _walk(wanted)
        for kind in (Some, Every):
            joined = [node for node in nodes if isinstance(node, kind)]
            grouped = _grouped([node.parts for node in joined], kind)
            self._parts |= dict(zip(joined, grouped, strict=True))

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
                return type(node)(tuple(map(self.rewritten, self._parts.get(node, parts))))
            case _:
                assert_never(node)


def _grouped(every: list[tuple[Node, ...]], kind: type[Some | Every]) -> list[tuple[Node, ...]]:
    """Put parts that stand together in several sets into groups, those first that save most."""
    numbers: dict[Node, int] = {}
    for part in (part for parts in every for part in parts):
        numbers.setdefault(part, len(numbers))
    parts = list(numbers)
    sets = [sum(1 << numbers[part] for part in one) for one in every]
    while groups := _common(sets):
        for group in groups:
            if sum(one & group == group for one in sets) < 2:
                continue
            known = kind(tuple(parts[bit] for bit in bits(group)))
            number = numbers.setdefault(known, len(parts))
            if number == len(parts):
                parts.append(known)
            sets = [one & ~group | 1 << number if one & group == group and one != group else one for one in sets]
    return [tuple(parts[bit] for bit in bits(one)) for one in sets]


def _common(sets: Sequence[int]) -> list[int]:
    """Return what several sets have in common, those groups first that save most operations if they are joined once."""
    large = sorted({one for one in sets if one.bit_count() >= _LARGE})
    saved = {}
    for common in {first & second for first, second in combinations(large, 2)}:
        size = common.bit_count()
        if size > 1:
            saved[common] = (size - 1) * (sum(one & common == common for one in large) - 1)
    return sorted((common for common, much in saved.items() if much > 1), key=lambda one: (-saved[one], one))


_LARGE = 3
"""Sets of fewer parts than this are not searched for groups."""
