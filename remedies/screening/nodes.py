"""Yes/no expressions over the columns of a table, before any engine has seen them.

An expression is Kleene's: a column may be unknown in a row, and so may be what is built of it. Constants are
folded where expressions are built, so that what a table does not have costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Every:
    """Kleene's *and*; of nothing it is true."""

    parts: tuple[Node, ...]


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


def some(parts: Iterable[Node]) -> Node:
    """Join by *or*: nested ones become one, and each part stands once.

    >>> some([Column("a"), FALSE, Column("a")]), some([Column("a"), TRUE]) is TRUE
    (Column(name='a'), True)
    """
    every: dict[Node, None] = {}
    for part in parts:
        every |= dict.fromkeys(part.parts if isinstance(part, Some) else (part,))
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
    """Take what is unknown as false; what is never unknown stays as it is.

    >>> sure(sure(Column("a"))), sure(TRUE) is TRUE
    (Sure(part=Column(name='a')), True)
    """
    return part if _settled(part) else Sure(part)


def _settled(part: Node) -> bool:
    """Tell whether something is never unknown."""
    match part:
        case Sure():
            return True
        case Some(parts=parts) | Every(parts=parts):
            return all(map(_settled, parts))
        case Not(part=inner):
            return _settled(inner)
        case Column():
            return False


def operands(node: Node) -> tuple[Node, ...]:
    """Return what an expression is built of."""
    match node:
        case Some(parts=parts) | Every(parts=parts):
            return parts
        case Not(part=part) | Sure(part=part):
            return (part,)
        case Column():
            return ()
