"""The codes that the vocabulary has for a fact, each with the code system that other systems know it by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remedies.intake.outward import FACT_SYSTEM, label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.core.resources import Coding
    from remedies.knowledge.catalogue import Catalogue

ATC = "http://www.whocc.no/atc"
ICD10 = "http://hl7.org/fhir/sid/icd-10"
ICD10_CM = "http://hl7.org/fhir/sid/icd-10-cm"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"

_CLINICAL_ONLY = re.compile(r"[A-Z]\d[A-Z]|.{3}\.(.*[A-Z]|..)")
"""What only the clinical modification writes so: more letters than the first, or two characters after the point."""

_RANGE = re.compile(r"(?P<stem>\S*?)(?P<first>\d+)-(?P=stem)(?P<last>\d+)")


def codings_of(fact: str, catalogue: Catalogue | None) -> Iterator[Coding]:
    """Yield a fact under its own id, and then every code that the vocabulary says proves it.

    Args:
        fact: the id of the fact.
        catalogue: where its codes stand; without one there is its id alone.
    """
    vocabulary = None if catalogue is None else catalogue.vocabulary
    own: Coding = {"system": FACT_SYSTEM, "code": fact, "display": label_of(fact, vocabulary)}
    if catalogue is None or vocabulary is None:
        yield own
        return
    yield {**own, "version": catalogue.version}
    codes = vocabulary.lexicon.parts.codes[vocabulary.number[fact]]
    for code in _spelt_out(codes.icd10_proves):
        yield {"system": ICD10_CM if _CLINICAL_ONLY.match(code) else ICD10, "code": code}
    for code in codes.snomed:
        yield {"system": SNOMED, "code": code}
    for code in codes.atc_proves:
        yield {"system": ATC, "code": code}


def _spelt_out(patterns: Iterable[str]) -> Iterator[str]:
    """Write ranges as the codes in them, since no query understands a range; of one over several letters its ends.

    >>> list(_spelt_out(["J45", "I20-I22", "D68.61-D68.62", "C97-D48"]))
    ['J45', 'I20', 'I21', 'I22', 'D68.61', 'D68.62', 'C97', 'D48']
    """
    for pattern in patterns:
        ends = _RANGE.fullmatch(pattern)
        if ends is None:
            yield from pattern.split("-")
            continue
        stem, first, last = ends.groups()
        for number in range(int(first), int(last) + 1):
            yield f"{stem}{number:0{len(first)}d}"
