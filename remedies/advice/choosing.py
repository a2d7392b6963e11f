"""A typed answer to a numbered list: numbers, words, and whether the rest is not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from remedies.advice.told import answer_error
from remedies.checking.marks import says_none, says_unknown, says_yes
from remedies.core.errors import quoted

if TYPE_CHECKING:
    from remedies.advice.state import Said

_REST_UNKNOWN = re.compile(
    r"(?:,|;|\b(?:and|but|и|а|но)\b|\s)*(?:"
    r"(?:i )?(?:do not|don.?t) know (?:about )?(?:the )?(?:rest|others?)|(?:the )?rest (?:is )?(?:unknown|not known|\?)"
    r"|(?:про |об? )?остальн\w+ не знаю|не знаю (?:про |об? )?остальн\w+)\s*$",
    re.IGNORECASE,
)
"""How people say that they don't know about the rest of a list."""


def parts_of(words: str) -> list[str]:
    """Split an answer where commas stand."""
    return [part.strip() for part in re.split(r"[,;]", _REST_UNKNOWN.sub(",?", words)) if part.strip()]


def truth_in(words: str) -> Said | None:
    """Read yes, no or don't know; nothing where it is none of them."""
    plain = words.strip().casefold()
    if says_unknown(words):
        return "unknown"
    if says_none(words) or plain in {"n", "н"}:
        return "no"
    if says_yes(words) or plain in {"1", "д"}:
        return "yes"
    return None


class Chosen(NamedTuple):
    """What an answer to a list chooses."""

    numbers: set[int]
    """Places in the list, from 0."""
    words: list[str]
    unsure: bool
    """A lone question mark stands beside it: the rest is not known."""


def chosen_in(words: str, count: int) -> Chosen:
    """Split an answer into numbers of the list and words; "none" chooses nothing.

    Raises:
        AnswerError: a number is not in the list, or "none" is said in doubt.
    """
    if says_none(words):
        return Chosen(set(), [], unsure=False)
    numbers: set[int] = set()
    rest: list[str] = []
    parts = parts_of(words)
    unsure = False
    for part in parts:
        if says_unknown(part):
            unsure = True
            continue
        if says_none(part.strip("? ")):
            raise answer_error(f"{quoted(words)} is not clear; 0 means none of these, a lone ? that you don't know.")
        pieces = part.split()
        if "?" in pieces and all(piece.isdecimal() or piece == "?" for piece in pieces):
            unsure, pieces = True, [piece for piece in pieces if piece != "?"]
        if all(piece.isdecimal() for piece in pieces):
            numbers |= {_number(piece, count) for piece in pieces}
        elif pieces[0].rstrip(".)").isdecimal() and int(pieces[0].rstrip(".)")) <= count:
            # “1 eczema” may be the first line and eczema, or an eczema of the first degree.
            raise answer_error(f"{quoted(part)} is not clear; put a comma between numbers of the list and words.")
        else:
            rest.append(part)
    return Chosen(numbers, rest, unsure=unsure)


def _number(piece: str, count: int) -> int:
    if not 1 <= int(piece) <= count:
        raise answer_error(
            f"There is no {piece} here; choose from 1 to {count}, 0 for none of these, ? if you don't know."
        )
    return int(piece) - 1
