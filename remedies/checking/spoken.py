"""Ages and weeks of pregnancy as people write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remedies.core.documents import Json


def read_age(words: str) -> int | str | dict[str, Json]:
    """Read an age as people write it: 34, 7m, 1y6m; what cannot be read comes back as it is."""
    word = words.strip().casefold()
    if re.fullmatch(r"-?[0-9]{1,9}", word):
        return int(word)
    match = re.fullmatch(
        r"(?:([0-9]{1,3})\s*(?:y[a-z]*|л[а-я]*|г[а-я]*))?\s*(?:([0-9]{1,2})\s*(?:m[a-z]*|м[а-я]*))?", word
    )
    if match and (match[1] or match[2]):
        return {"years": int(match[1] or 0), "months": int(match[2])} if match[2] else int(match[1])
    return words


def read_weeks(words: str) -> dict[str, Json] | None:
    """Read weeks of pregnancy: 27, 27+6 or 27w6d."""
    match = re.fullmatch(r"([0-9]{1,3})\s*(?:[+w.,]\s*([0-9])\s*d?)?\s*w?", words.strip().casefold())
    if match is None:
        return None
    return {"weeks": int(match[1]), "days": int(match[2])} if match[2] else {"weeks": int(match[1])}
