"""Yes, no and unknown, joined by strong Kleene *and* and *or*.

There is no *not*: clauses are triggered by something being so, never by something not being so.
A truth has no truth value of its own: ``if truth:`` raises, so that unknown cannot pass for no.
"""

from collections.abc import Iterable
from enum import Enum
from typing import NoReturn


class Truth(Enum):
    """What is known of one statement: it is so, it is not so, or nobody has said."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        """Refuse: a truth has three values.

        Raises:
            TypeError: always; compare with ``is Truth.YES`` instead.
        """
        msg = "a truth is yes, no or unknown: compare it with 'is', never test it"
        raise TypeError(msg)

    def __and__(self, other: "Truth") -> "Truth":
        """Both are so."""
        return AND[self, other]

    def __or__(self, other: "Truth") -> "Truth":
        """At least one is so."""
        return OR[self, other]


_Y, _N, _U = Truth.YES, Truth.NO, Truth.UNKNOWN

AND: dict[tuple[Truth, Truth], Truth] = {
    (_Y, _Y): _Y,
    (_Y, _N): _N,
    (_Y, _U): _U,
    (_N, _Y): _N,
    (_N, _N): _N,
    (_N, _U): _N,
    (_U, _Y): _U,
    (_U, _N): _N,
    (_U, _U): _U,
}
"""Strong Kleene *and*."""

OR: dict[tuple[Truth, Truth], Truth] = {
    (_Y, _Y): _Y,
    (_Y, _N): _Y,
    (_Y, _U): _Y,
    (_N, _Y): _Y,
    (_N, _N): _N,
    (_N, _U): _U,
    (_U, _Y): _Y,
    (_U, _N): _U,
    (_U, _U): _U,
}
"""Strong Kleene *or*.

The checker joins alternatives as masks of bits, which is the same law many at once; this table is what
says so, and what evaluators that follow a rule clause by clause read.
"""


def all_of(truths: Iterable[Truth]) -> Truth:
    """Every one is so; yes when there is none."""
    result = Truth.YES
    for truth in truths:
        result &= truth
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """At least one is so; no when there is none."""
    result = Truth.NO
    for truth in truths:
        result |= truth
    return result
