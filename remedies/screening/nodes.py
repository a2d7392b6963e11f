"""Yes/no expressions over the columns of a table, before any engine has seen them.

None of them is ever unknown: of a column that may hold nulls it is asked whether it is so, or whether it is given
at all. Engines work out such expressions several times as fast as three-valued ones. Constants are folded where
expressions are built, so that what a table does not have costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Yes:
    """Whether a boolean column is true; null is not."""

    column: str


@dataclass(frozen=True, slots=True)
class Given:
    """Whether a column is not null."""

    column: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Whether a column of numbers holds so much or more; null does not."""

    column: str
    number: int


@dataclass(frozen=True, slots=True)
class Among:
    """Whether a column holds one of some texts; null is none."""

    column: str
    texts: tuple[str, ...]
    usual: tuple[str, ...] = ()
    """What it mostly holds where the texts are many: an engine may look for them in what is left."""


@dataclass(frozen=True, slots=True)
class Made:
    """A column that was worked out before, which is true or false and never null."""

    column: str


@dataclass(frozen=True, slots=True)
class _Joined:
    """Several expressions as one."""

    parts: tuple[Node, ...]
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the hash, since deep expressions are looked up often."""
        object.__setattr__(self, "_hash", hash((type(self), self.parts)))

    def __hash__(self) -> int:
        """Return the hash that was kept."""
        return self._hash


class Some(_Joined):
    """Whether any of several things is so."""

    __slots__ = ()


class Every(_Joined):
    """Whether all of several things are so."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class But:
    """Whether one thing is so and another is not."""

    one: Node
    other: Node
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the hash, as above."""
        object.__setattr__(self, "_hash", hash((But, self.one, self.other)))

    def __hash__(self) -> int:
        """Return the hash that was kept."""
        return self._hash


Look: TypeAlias = Yes | Given | AtLeast | Among | Made
"""What looks at one column."""

Node: TypeAlias = Look | Some | Every | But

FALSE = Some(())
TRUE = Every(())


def any_of(parts: Iterable[Node]) -> Node:
    """Join by *or*; each part stands once.

    >>> any_of([Yes("a"), FALSE, Yes("a")]), any_of([Yes("a"), TRUE]) == TRUE
    (Yes(column='a'), True)
    """
    found = dict.fromkeys(part for part in parts if part != FALSE)
    if TRUE in found:
        return TRUE
    return Some(tuple(found)) if len(found) != 1 else next(iter(found))


def all_of(parts: Iterable[Node]) -> Node:
    """Join by *and*; each part stands once.

    >>> all_of([Yes("a"), TRUE]), all_of([Yes("a"), FALSE]) == FALSE
    (Yes(column='a'), True)
    """
    found = dict.fromkeys(part for part in parts if part != TRUE)
    if FALSE in found:
        return FALSE
    return Every(tuple(found)) if len(found) != 1 else next(iter(found))


def but(one: Node, other: Node) -> Node:
    """Return where one thing is so and another is not.

    >>> but(Yes("a"), FALSE), but(Yes("a"), Yes("a")) == FALSE
    (Yes(column='a'), True)
    """
    if other == FALSE:
        return one
    return FALSE if one in {FALSE, other} or other == TRUE else But(one, other)


def no(part: Node) -> Node:
    """Return where something is not so.

    >>> no(TRUE) == FALSE, no(no(Yes("a")))
    (True, Yes(column='a'))
    """
    if isinstance(part, But) and part.one == TRUE:
        return part.other
    return but(TRUE, part)


def operands(node: Node) -> tuple[Node, ...]:
    """Return what an expression is built of."""
    match node:
        case Some(parts=parts) | Every(parts=parts):
            return parts
        case But(one=one, other=other):
            return (one, other)
        case Yes() | Given() | AtLeast() | Among() | Made():
            return ()
