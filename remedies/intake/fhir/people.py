"""Patient: how old, which sex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedies.intake.fhir.elements import concept, days, part, parts, text
from remedies.intake.fhir.told import Told
from remedies.knowledge.topics import OLDEST

if TYPE_CHECKING:
    from remedies.intake.fhir.elements import Resource
    from remedies.intake.fhir.told import Context

_DATE_PARTS = 10
"""A date has so many characters; what follows is the time of day."""


def read_person(resource: Resource, context: Context) -> Told:
    """Read a Patient; a birth date is taken as far as it is known."""
    sex = text(resource.get("gender")).lower()
    day, why = _born(resource, context)
    notes = []
    if resource.get("deceasedBoolean") is True or text(resource.get("deceasedDateTime")):
        notes.append("the person has died")
    if resource.get("active") is False or any(one.get("type") == "replaced-by" for one in parts(resource.get("link"))):
        notes.append("the record says that another one has replaced it")
    return Told(born=day, sex=sex if sex in {"female", "male"} else "", why=why, notes=tuple(notes))


def _born(resource: Resource, context: Context) -> tuple[str, str]:
    """Return the birth date and, if there is none that can be used, why."""
    said = text(resource.get("birthDate"))
    if not said:
        return "", _absent(resource)
    if days(said) is None:
        return "", f"its birth date {said} is no date"
    if not born(said, context):
        return "", f"its birth date {said} cannot be"
    return born(said, context), ""


def born(said: str, context: Context) -> str:
    """Return a birth date as far as it is known; nothing where it is none, or cannot be that of one who lives."""
    found = days(said)
    if found is None or found.first > context.as_of or found.last.year < context.as_of.year - OLDEST:
        return ""
    return said[:_DATE_PARTS]


def _absent(resource: Resource) -> str:
    """Say why there is no birth date."""
    for extension in parts(part(resource.get("_birthDate")).get("extension")):
        if text(extension.get("url")).endswith("data-absent-reason"):
            reason = text(extension.get("valueCode")) or concept(extension.get("valueCodeableConcept")).name
            return f"its birth date is not there ({reason or 'no reason given'})"
    return "it has no birth date"
