"""How a method of a lower room is carried out by a room above, which it must not import.

A report can be asked for its cards, and what writes cards lies above reports. The face knows where every
public name lives and stands above all rooms; it is always imported first, and leaves word here.
"""

from collections.abc import Callable
from typing import Any

_face: list[Callable[[str], Any]] = []


def leave_word(find: Callable[[str], Any]) -> None:
    """Take what finds a public name; the face calls this once."""
    _face[:] = [find]


def upstairs(name: str) -> Any:  # noqa: ANN401 - the method that asks says what it is
    """Return what has a public name, from whichever room it lives in; it is imported when it is asked for."""
    (find,) = _face
    return find(name)
