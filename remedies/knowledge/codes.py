"""Codes of classifications: ICD-10 and ATC as people type them, and how a code lies to a pattern."""

import re
from collections.abc import Iterable, Sequence

_LOOKALIKES = str.maketrans("АВСЕНКМОРТХІЈЅ", "ABCEHKMOPTXIJS")
_ICD10 = re.compile(r"([A-Z]\d[0-9AB])(?:[.,]([0-9A-Z]{1,4})|(\d[0-9A-Z]{0,3})|([A-Z]\d?))?")
"""A category, and what follows it: after a point anything, without one a digit first, or a lone letter."""

_ATC = re.compile(r"[A-Z]\d\d(?:[A-Z](?:[A-Z](?:\d\d)?)?)?")
_ATC_GROUPS = frozenset(
    """A01 A02 A03 A04 A05 A06 A07 A08 A09 A10 A11 A12 A13 A14 A15 A16 B01 B02 B03 B05 B06 C01 C02 C03 C04 C05 C07
    C08 C09 C10 D01 D02 D03 D04 D05 D06 D07 D08 D09 D10 D11 G01 G02 G03 G04 H01 H02 H03 H04 H05 J01 J02 J04 J05
    J06 J07 L01 L02 L03 L04 M01 M02 M03 M04 M05 M09 N01 N02 N03 N04 N05 N06 N07 P01 P02 P03 R01 R02 R03 R05 R06
    R07 S01 S02 S03 V01 V03 V04 V06 V07 V08 V09 V10 V20""".split()  # noqa: SIM905 - a table that can be read
)
"""The therapeutic subgroups of ATC; D25 is none of them."""

_SNOMED = re.compile(r"\d{6,18}")


def icd10_code(word: str) -> str | None:
    """Read an ICD-10 or ICD-10-CM code as people type it.

    >>> icd10_code("j459"), icd10_code("С50"), icd10_code("G63.2*"), icd10_code("J45,909"), icd10_code("F32.A")
    ('J45.9', 'C50', 'G63.2', 'J45.909', 'F32.A')
    """
    text = _capitals(word.strip().rstrip("†*+"))
    match = _ICD10.fullmatch(text)
    if match is None:
        return None
    category, pointed, digits, letter = match.groups()
    if letter and category in _ATC_GROUPS:
        # C09A is a group of medicines; F32A can only be a diagnosis.
        return None
    return ".".join(filter(None, (category, pointed or digits or letter)))


def atc_code(word: str) -> str | None:
    """Read an ATC code of the second to the fifth level.

    >>> atc_code("m01ae01"), atc_code("B01"), atc_code("D25")
    ('M01AE01', 'B01', None)
    """
    text = _capitals(word.strip())
    return text if _ATC.fullmatch(text) and text[:3] in _ATC_GROUPS else None


def snomed_code(word: str) -> str | None:
    """Read a SNOMED CT code."""
    text = word.strip()
    return text if _SNOMED.fullmatch(text) and text.isascii() else None


def _capitals(word: str) -> str:
    """Write a code in Latin capitals; the Cyrillic letters that look like them are taken for them."""
    return word.upper().translate(_LOOKALIKES)


APART, WIDER, WITHIN, EQUAL = 0, 1, 2, 3
"""How a code lies to a pattern: apart, wider than it, within it, or exactly it."""


def icd_lies(code: str, pattern: str) -> int:
    """Tell how an ICD-10 code lies to a code or range (``J45``, ``I20-I25``, ``K70.4``).

    >>> icd_lies("J45.0", "J45"), icd_lies("I21", "I20-I25"), icd_lies("K70", "K70.4"), icd_lies("K70", "J45")
    (2, 2, 1, 0)
    """
    if code == pattern:
        return EQUAL
    first, _, last = pattern.partition("-")
    width = len(first)
    if len(code) >= width and first <= code[:width] <= (last or first):
        return WITHIN
    return WIDER if first.startswith(code) else APART


def atc_lies(code: str, pattern: str) -> int:
    """Tell how an ATC code lies to the beginning of one."""
    if code == pattern:
        return EQUAL
    if code.startswith(pattern):
        return WITHIN
    return WIDER if pattern.startswith(code) else APART


def nearest(lies: Iterable[int]) -> int:
    """Return the closest of several."""
    return max(lies, default=APART)


def alone(lies: int, patterns: Sequence[str]) -> int:
    """Tell whether a code is all that proves something: one of several codes is within it only."""
    return WITHIN if lies == EQUAL and len(patterns) > 1 else lies
