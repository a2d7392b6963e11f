"""Yes/no expressions over the columns of a table, before any engine has seen them.

An expression is Kleene's: a column may be unknown in a row, and so may be what is built of it. Constants are
folded where expressions are built, so that what a table does not have costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Column:
    """A boolean column: true, false or null, which is unknown."""

    name: str


@dataclass(frozen=True, slots=True)
class Some:
    """Kleene's *or*; of nothing it is false."""

    parts: tuple[Node, ...]
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the hash, since deep expressions are looked up often."""
        object.__setattr__(self, "_hash", hash((Some, self.parts)))

    def __hash__(self) -> int:
        """Return the hash that was kept."""
        return self._hash


@dataclass(frozen=True, slots=True)
class Every:
    """Kleene's *and*; of nothing it is true."""

    parts: tuple[Node, ...]
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the hash, since deep expressions are looked up often."""
        object.__setattr__(self, "_hash", hash((Every, self.parts)))

    def __hash__(self) -> int:
        """Return the hash that was kept."""
        return self._hash


@dataclass(frozen=True, slots=True)
class Not:
    """Kleene's *not*: what is unknown stays unknown."""

    part: Node


@dataclass(frozen=True, slots=True)
class Sure:
    """Whether something is known to be so: unknown becomes false."""

    part: Node


Node: TypeAlias = Column | Some | Every | Not | Sure

FALSE = Some(())
TRUE = Every(())


def some(parts: Iterable[Node], *, nested: bool = False) -> Node:
    """Join by *or*: each part stands once, and what is nested becomes one unless it is to stay, to be shared.

    >>> some([Column("a"), FALSE, Column("a")]), some([Column("a"), TRUE]) is TRUE
    (Column(name='a'), True)
    """
    every: dict[Node, None] = {}
    for part in parts:
        flat = isinstance(part, Some) and not (nested and part.parts)
        every |= dict.fromkeys(part.parts if flat else (part,))
    if TRUE in every:
        return TRUE
    if len(every) > 1 and all(isinstance(part, Not) for part in every):
        return no(all_of(part.part for part in every if isinstance(part, Not)))
    return _alone(every) or Some(tuple(every))


def all_of(parts: Iterable[Node]) -> Node:
    """Join by *and*: nested ones become one, and each part stands once.

    >>> all_of([Column("a"), TRUE]), all_of([Column("a"), FALSE]) is FALSE
    (Column(name='a'), True)
    """
    every: dict[Node, None] = {}
    for part in parts:
        every |= dict.fromkeys(part.parts if isinstance(part, Every) else (part,))
    if FALSE in every:
        return FALSE
    if len(every) > 1 and all(isinstance(part, Not) for part in every):
        return no(some(part.part for part in every if isinstance(part, Not)))
    return _alone(every) or Every(tuple(every))


def _alone(parts: dict[Node, None]) -> Node | None:
    return next(iter(parts)) if len(parts) == 1 else None


def no(part: Node) -> Node:
    """Deny; twice denied is what it was.

    >>> no(no(Column("a"))), no(TRUE) is FALSE
    (Column(name='a'), True)
    """
    if isinstance(part, Not):
        return part.part
    if part == TRUE:
        return FALSE
    return TRUE if part == FALSE else Not(part)


def sure(part: Node) -> Node:
    """Take what is unknown as false. It is taken at the columns, each of which is looked at once then.

    >>> sure(some([Column("a"), sure(Column("b"))]))
    Some(parts=(Sure(part=Column(name='a')), Sure(part=Column(name='b'))))
    """
    match part:
        case Sure():
            return part
        case Some(parts=parts):
            return some(map(sure, parts), nested=True)
        case Every(parts=parts):
            return all_of(map(sure, parts))
        case Not(part=Column()) | Column():
            return Sure(part)
        case Not(part=inner):
            # Not known to be so, or known not to be so: what is never unknown is both at once.
            return part if settled(inner) else Sure(part)


def settled(part: Node) -> bool:
    """Tell whether something is never unknown."""
    return isinstance(part, Sure) or (not isinstance(part, Column) and all(map(settled, operands(part))))


def operands(node: Node) -> tuple[Node, ...]:
    """Return what an expression is built of."""
    match node:
        case Some(parts=parts) | Every(parts=parts):
            return parts
        case Not(part=part) | Sure(part=part):
            return (part,)
        case Column():
            return ()
