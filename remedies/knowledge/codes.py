"""Codes of classifications: ICD-10 and ATC as people type them, and how a code lies to a fact."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from remedies.knowledge.entry import FactDetails

_LOOKALIKES = str.maketrans("АВСЕНКМОРТХ", "ABCEHKMOPTX")
_ICD10 = r"([A-Z]\d\d)(?:\.?(\d[0-9A-Z]{0,3}))?"
_ATC = r"[A-Z]\d\d(?:[A-Z](?:[A-Z](?:\d\d)?)?)?"


def icd10_code(word: str) -> str | None:
    """Read an ICD-10 code as people type it (``j459``, ``С50`` with a Cyrillic С, ``G63.2*``)."""
    match = re.fullmatch(_ICD10, word.strip().rstrip("†*+").upper().translate(_LOOKALIKES))
    if match is None:
        return None
    return ".".join(filter(None, match.groups()))


def atc_code(word: str) -> str | None:
    """Read an ATC code of the second to the fifth level."""
    match = re.fullmatch(_ATC, word.strip().upper().translate(_LOOKALIKES))
    return match and match[0]


APART, WIDER, WITHIN, EQUAL = 0, 1, 2, 3
"""How a code lies to a fact: it says nothing of it, it is a reason to ask, it is within what proves it, or it
is exactly that."""


def code_match(word: str, icd: str | None, atc: str | None, entry: FactDetails, *, own_topic: bool) -> int:
    """Tell how a word lies to a fact if it is read as a code."""
    if icd and (entry.icd10_proves or entry.icd10_prompts):
        return _icd_match(icd, entry)
    if atc and (entry.atc_proves or entry.atc_prompts):
        return _atc_match(atc, entry)
    if word not in entry.snomed:
        return APART
    if not own_topic:
        # A code in a list of illnesses does not say where on the skin it is.
        return WIDER
    return _proving(word, entry.snomed)


def _proving(code: str, codes: Sequence[str]) -> int:
    """Tell whether a code is all that proves a fact, or one of several."""
    return EQUAL if list(codes) == [code] else WITHIN


def _icd_match(code: str, entry: FactDetails) -> int:
    """Tell how a code lies to a fact: apart, a reason to ask, within what proves it, or equal to that."""
    if list(entry.icd10_proves) == [code]:
        return EQUAL
    proving = max((_icd_lies(code, pattern) for pattern in entry.icd10_proves), default=APART)
    prompting = max((_icd_lies(code, pattern) for pattern in entry.icd10_prompts), default=APART)
    return max(proving, min(prompting, WIDER))


def _icd_lies(code: str, pattern: str) -> int:
    """Tell how a code lies to a pattern (``J45``, ``I20-I25``, ``K70.4``)."""
    first, _, last = pattern.partition("-")
    last = last or first
    width = len(first)
    if len(code) >= width and first <= code[:width] <= last:
        return WITHIN
    return WIDER if first.startswith(code) else APART


def _atc_match(code: str, entry: FactDetails) -> int:
    """Tell how an ATC code lies to a fact."""
    if code.startswith(tuple(entry.atc_exceptions)):
        return APART
    if code.startswith(tuple(entry.atc_proves)):
        return _proving(code, entry.atc_proves)
    known = (*entry.atc_proves, *entry.atc_prompts)
    return max((WIDER for one in known if code.startswith(one) or one.startswith(code)), default=APART)
