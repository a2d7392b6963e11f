"""Answers as people say them: none, don't know, yes; ages and weeks of pregnancy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remedies.knowledge.vocabulary import normal

if TYPE_CHECKING:
    from remedies.core.documents import Json

NONE = frozenset({"0", "no", "none", "nothing", "none of these", "neither", "нет", "ничего", "никакие"})
"""Words that say that nothing is so; they close a list, and a topic on the command line."""

DONT_KNOW = frozenset({"dont know", "don t know", "i don t know", "idk", "не знаю", "хз"})
"""Words that leave everything unknown, as a lone question mark does."""

YES = frozenset({"yes", "y", "да", "д"})
"""Words that say that the one thing asked about is so."""

_LONGEST = 40


def says_none(words: str) -> bool:
    """Tell whether somebody says that nothing is so; a question mark beside it is doubt, and doubt is no "no"."""
    return "?" not in words and normal(words) in NONE


def says_unknown(words: str) -> bool:
    """Tell whether somebody says that they don't know."""
    return words.strip() == "?" or normal(words) in DONT_KNOW


def says_yes(words: str) -> bool:
    """Tell whether somebody says yes, without doubt."""
    return "?" not in words and normal(words) in YES


def read_age(words: str) -> int | str | dict[str, Json]:
    """Read an age as people write it: 34, 7m, 1y6m; what cannot be read comes back as it is."""
    word = words.strip().casefold()
    if len(word) > _LONGEST:
        return words
    digits = word.removeprefix("-")
    if digits.isascii() and digits.isdecimal() and len(digits) <= 9:
        return int(word)
    match = re.fullmatch(
        r"(?:([0-9]{1,3})\s*(?:y[a-z]*|л[а-я]*|г[а-я]*))?\s*(?:([0-9]{1,2})\s*(?:m[a-z]*|м[а-я]*))?", word
    )
    if match and (match[1] or match[2]):
        return {"years": int(match[1] or 0), "months": int(match[2])} if match[2] else int(match[1])
    return words


def read_weeks(words: str) -> dict[str, Json] | None:
    """Read weeks of pregnancy: 27, 27+6 or 27w6d."""
    word = words.strip().casefold()
    if len(word) > _LONGEST:
        return None
    match = re.fullmatch(r"(?P<weeks>[0-9]{1,3})\s*(?:[+w.,]\s*(?P<days>[0-9])\s*d?)?\s*w?", word)
    if match is None:
        return None
    return {name: int(digits) for name, digits in match.groupdict().items() if digits}
