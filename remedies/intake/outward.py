"""What everything that goes out shares: ids made of the content, who it is about, and which reasons are told."""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING

from remedies.checking.remarks import not_understood, taken_as_no
from remedies.core.errors import CatalogueError, Fault, printable
from remedies.knowledge.catalogue import Catalogue, given
from remedies.knowledge.topics import STRENGTH, STRENGTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.checking.report import CatalogueStamp, Reason, RemedyVerdict, Report
    from remedies.core.resources import CodeableConcept, Identifier, Reference
    from remedies.knowledge.vocabulary import Vocabulary

MOST_REASONS = 3
"""So many reasons are told of a remedy before it is said how many more there are."""

FACT_SYSTEM, REMEDY_SYSTEM, SIGN_SYSTEM = (f"urn:remedies:{kind}" for kind in ("fact", "remedy", "sign"))
"""The code systems of this program: the ids of its facts, its remedies, and those facts that are warning signs."""

PURPOSE: CodeableConcept = {"text": "A gel or an ointment for a sore back"}
"""What a remedy is wanted for."""

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:remedies")
_FHIR_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")


def content_uuid(*content: object) -> str:
    """Make a UUID of JSON content: the same content has the same one, on every machine and in every release."""
    return str(uuid.uuid5(_NAMESPACE, json.dumps(content, ensure_ascii=False, sort_keys=True)))


def content_identifier(*content: object) -> Identifier:
    """Name a resource by the UUID of its content."""
    return {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{content_uuid(*content)}"}


def module_uri(stamp: CatalogueStamp) -> str:
    """Name a catalogue with its version."""
    return f"urn:remedies:catalogue:{stamp.version}"


def subject_of(patient: str | None) -> Reference:
    """Point to the patient by the id that the caller gave, as an address where it can be one."""
    if patient is None:
        return {"display": "The person who was asked about; no id was given"}
    if _FHIR_ID.fullmatch(patient):
        return {"reference": f"Patient/{patient}"}
    return {"identifier": {"value": patient}}


def catalogue_behind(stamp: CatalogueStamp, catalogue: Catalogue | None) -> Catalogue | None:
    """Return the catalogue that something rests on, for labels and codes; nothing where it is not at hand.

    Args:
        stamp: which catalogue it is.
        catalogue: the one that was given, if any; otherwise the shipped one is looked at.

    Raises:
        ArgumentError: this is no catalogue.
        CatalogueError: another one was given.
    """
    found = given(catalogue)
    if found.sha256 == stamp.sha256:
        return found
    if catalogue is None:
        return None
    message = f"is not the one that this rests on ({stamp.version}); hand in that one, or none to do without labels"
    raise CatalogueError(Fault(("catalogue",), message))


def on_one_line(text: str) -> str:
    """Write a text on one line, with control characters escaped."""
    return printable(" ".join(text.split()))


def label_of(fact: str, vocabulary: Vocabulary | None) -> str:
    """Name a fact in plain words; by its id where the vocabulary is not at hand."""
    if vocabulary is None:
        return fact.replace("-", " ")
    return vocabulary.label(fact)


def told(entry: RemedyVerdict) -> list[Reason]:
    """Return the reasons that decide, weightiest first; of what is undecided first those that keep it so."""
    holds = [reason for reason in entry.reasons if reason.holds == "yes"]
    if entry.verdict != "undecided":
        return holds
    floor = STRENGTHS.index(entry.at_least)
    may = [reason for reason in entry.reasons if reason.holds == "unknown" and STRENGTH[reason.effect] > floor]
    return [*may, *holds]


def besides(report: Report, vocabulary: Vocabulary | None) -> Iterator[str]:
    """Say what a reader should know besides: what was taken as "no", what was assumed, and every warning.

    Words that were not understood are left to the caller.
    """
    unclear = {not_understood(word.word, word.topic, word.suggestions) for word in report.unclear}
    yield from taken_as_no(report, vocabulary)
    for one in report.assumed:
        yield f"Assumed that {one.fact} is “no”: {one.because}."
    yield from (warning for warning in report.warnings if warning not in unclear)
