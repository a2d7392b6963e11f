"""How words are spelled: the form in which they are compared, whatever their case, number, order or keyboard."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Protocol

from remedies.core.errors import LONGEST_WORD

_LETTERS = re.compile(r"[^\W_]+|[<>≤≥]")
"""Letters and digits of any alphabet in a row; or a comparison, which is part of what is said."""

_PIECES = re.compile(r"\d+|[^\W\d_]+|[<>≤≥]")
"""The same with digits and letters apart: 81mg is 81 mg."""

_ACCENTS = re.compile("[\u0300-\u036f]")

_GLUE = frozenset({"a", "an", "the", "of", "in", "s"})
"""Words that say nothing by themselves; the last one is what is left of a possessive."""

_LAYOUT = str.maketrans(
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`йцукенгшщзхъфывапролджэячсмитьбюё",
    "йцукенгшщзхъфывапролджэячсмитьбюёqwertyuiop[]asdfghjkl;'zxcvbnm,.`",
)


class Forms(Protocol):
    """Grammatical forms by their stem: “а ы е=астма”, endings and the base form; several parted by “;”."""

    def get(self, word: str, /) -> str | None:
        """Return what may follow a stem."""


def folded(word: str) -> str:
    """Fold case, compatibility characters and ё; what is longer than any word becomes nothing.

    Bringing a very long text into this form could take minutes.
    """
    if len(word) > LONGEST_WORD:
        return ""
    plain = unicodedata.normalize("NFKC", word).casefold().replace("ё", "е")
    # An accent over a letter (а́стма) is not part of the word.
    return _ACCENTS.sub("", plain)


@lru_cache(maxsize=65536)
def normal(word: str) -> str:
    """Bring a word into the form in which words are compared: case, ё, hyphens and spaces do not matter.

    >>> normal("Ёлка–Palka"), normal("GFR ≥15")
    ('елка palka', 'gfr ≥ 15')
    """
    return " ".join(_LETTERS.findall(folded(word)))


def pieces(word: str) -> list[str]:
    """Split a word into letters, numbers and comparisons.

    >>> pieces("Aspirin 81mg")
    ['aspirin', '81', 'mg']
    """
    return _PIECES.findall(folded(word))


def key(tokens: Sequence[str], base_of: Callable[[str], str]) -> str:
    """Join the base forms of tokens, so that order, number and grammatical case do not matter.

    >>> key(["varicose", "veins"], str.upper) == key(["veins", "varicose"], str.upper)
    True
    """
    return " ".join(sorted(base_of(token) for token in tokens if token not in _GLUE))


def base(token: str, forms: Forms) -> str:
    """Return the base form of a token: by the list of forms in Russian, by its ending in English."""
    if token.isascii():
        return _singular(token)
    for cut in range(len(token), 0, -1):
        for entry in (forms.get(token[:cut]) or "").split(";"):
            endings, _, whole = entry.partition("=")
            if whole and token[cut:] in endings.split(" "):
                return whole
    return token


def _singular(token: str) -> str:
    """Take the plural from an English token; what only looks like one is cut as well, on both sides alike."""
    if len(token) <= 3 or not token.endswith("s") or token.endswith(("ss", "us", "is")):
        return token
    if token.endswith("ies"):
        return token[:-3] + "y"
    if token.endswith(("ches", "shes", "xes", "sses", "zes")):
        return token[:-2]
    return token[:-1]


def other_keyboard(word: str) -> str:
    """Read a word as if it had been typed with the other keyboard layout.

    >>> other_keyboard("fcnvf")
    'астма'
    """
    return word.translate(_LAYOUT)
