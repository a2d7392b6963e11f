"""MedicationStatement and MedicationRequest: what is taken, what was, and what is only planned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remedies.checking.moments import KEPT_MONTHS
from remedies.intake.fhir.concepts import NO_INFORMATION, NONE_KNOWN
from remedies.intake.fhir.elements import (
    Concept,
    concept,
    day_of,
    days,
    part,
    parts,
    plain,
    references,
    status,
    text,
    turned,
)
from remedies.intake.fhir.judging import Claim, Held, judged
from remedies.intake.fhir.told import NAMELESS, Told, ignored, says_besides, simply, told_by

if TYPE_CHECKING:
    from datetime import date

    from remedies.intake.fhir.elements import Days, Resource
    from remedies.intake.fhir.judging import State
    from remedies.intake.fhir.told import Context

TAIL_DAYS = 14
"""For so many days after its last use a medicine is asked about: after ketoprofen gel the skin is kept from the sun for
two weeks (label of Fastum gel), and of other medicines nobody has said how long they last."""

_TAKEN = {"n": "not-taken", "y": "active"}
"""How the release before R4 said whether a medicine is taken."""

_ON_SKIN = re.compile(r"\b(?:topical|cutaneous|transdermal)|наружн|на кожу|накожн", re.IGNORECASE)

_MENTIONED = ("effectiveDateTime", "effectivePeriod", "dateAsserted", "authoredOn")
"""When a medicine was last spoken of; the latest of these days counts."""

_NOT_TODAY = ", which says nothing of today"

_R5 = "it has the shape of FHIR R5 (medication.concept), and was read all the same"


def read_medicine(resource: Resource, context: Context) -> Told:
    """Read a MedicationStatement or a MedicationRequest."""
    request = resource["resourceType"] == "MedicationRequest"
    dosages = parts(resource.get("dosage") or resource.get("dosageInstruction"))
    dosages = [one for one in dosages if "route" in one or "modifierExtension" in one]
    concepts = _concepts(resource, dosages, context)
    what = next(iter(concepts), Concept())
    if resource.get("doNotPerform") is True:
        return ignored(what, "it is an order not to give it")
    kind = status(resource.get("status"))
    if request and kind == "entered-in-error":
        return ignored(what, "it was entered in error")
    kind = _TAKEN.get(text(resource.get("taken")), kind)
    if what.has(NO_INFORMATION) and not says_besides(what, NO_INFORMATION, "medicines", context):
        return ignored(what, "it says only that nothing is known")
    state, why = _state(resource, kind, context)
    if state == "over":
        return ignored(what, why)
    if what.has(NONE_KNOWN):
        day = _long_ago(resource, context)
        if day is not None:
            return ignored(what, f"it was so on {day}{_NOT_TODAY}")
    notes = (_R5,) if "medication" in resource else ()
    if not concepts and not _mixed(resource, context):
        claims = (Claim("medicines", "yes", NAMELESS),)
        return Told(claims=claims, unclear=True, why=_unnamed(resource), notes=notes)
    partly = (bool(dosages) and turned(dosages)) or ("medicationReference" in resource and _mixed(resource, context))
    if len(concepts) == 1 and not why and not notes and not partly:
        return simply(what, "medicines", Held(state, fresh=True), context)
    found = [judged(one, "medicines", Held(state, fresh=True), context.vocabulary) for one in concepts]
    told = told_by(what.name, found, None)
    told = told._replace(why=told.why or why, notes=(*told.notes, *notes))
    if partly:
        return told.partly("medicines")
    return told


def _mixed(resource: Resource, context: Context) -> bool:
    """Tell whether the Medication that is referred to may mean the opposite of what it says, or an ingredient of it."""
    medication = _medication(resource, context)
    return medication is not None and turned(medication, medication.get("ingredient"))


def _unnamed(resource: Resource) -> str:
    reference = references(resource.get("medicationReference"))
    if reference:
        return f"it refers to {reference}, which is not in the bundle"
    return "it names no medicine"


def _concepts(resource: Resource, dosages: list[Resource], context: Context) -> list[Concept]:
    """List what names the medicine: a concept, or a Medication that is referred to, with its ingredients."""
    names = [concept(resource.get("medicationCodeableConcept"))]
    if "medicationReference" in resource or "medication" in resource:
        found = _medication(resource, context)
        names += [concept(part(resource.get("medication")).get("concept")), *_of_medication(found or {})]
        names = [one for one in names if one.name] or [Concept((), text(_reference(resource).get("display")))]
    names = [one for one in names if one.codings or one.text]
    if dosages and any(_ON_SKIN.search(concept(one.get("route")).names) for one in plain(dosages)):
        names += [Concept((), f"{one.name} gel") for one in names]
    return names


def _reference(resource: Resource) -> Resource:
    """Return the reference to what is taken, in R4 or in R5."""
    return part(resource.get("medicationReference") or part(resource.get("medication")).get("reference"))


def _medication(resource: Resource, context: Context) -> Resource | None:
    """Return the Medication that is referred to, if it is there."""
    return context.record.find(references(_reference(resource)), resource)


def _of_medication(medication: Resource) -> list[Concept]:
    """List what names a Medication: itself, and each of its ingredients; nothing where it may mean the opposite."""
    if "modifierExtension" in medication:
        return []
    ingredients = plain(medication.get("ingredient"))
    return [concept(medication.get("code")), *(concept(one.get("itemCodeableConcept")) for one in ingredients)]


def _state(resource: Resource, kind: str, context: Context) -> tuple[State, str]:
    """Tell how a medicine is held, and what there is to say of that."""
    if status(resource.get("intent")) in {"proposal", "plan", "option"} or kind in {"intended", "draft"}:
        return "doubtful", "it is only planned"
    start = end = None
    if "effectivePeriod" in resource:
        period = part(resource["effectivePeriod"])
        start, end = days(text(period.get("start"))), days(text(period.get("end")))
    elif "effectiveDateTime" in resource:
        start = days(text(resource["effectiveDateTime"]))
    match kind:
        case "not-taken":
            return _not_taken(_long_ago(resource, context))
        case "entered-in-error":
            return "doubtful", "it was entered in error, which does not say that none of it was taken"
        case "completed" | "stopped" | "cancelled":
            return _ended(resource, kind, end, context)
        case _ if end is not None and end.last < context.as_of:
            return "doubtful", f"its time ended on {end.last}, and its status does not say so"
        case _ if start is not None and start.first > context.as_of:
            return "doubtful", "it is only planned"
        case "active" | "on-hold" | "unknown" | "":
            return "now", ""
        case _:
            return "doubtful", f"its status {kind} is none that R4 knows"


def _not_taken(day: date | None) -> tuple[State, str]:
    """Tell what it says that a medicine is not taken; said long ago, it says nothing of today."""
    if day is not None:
        return "over", f"it was not taken on {day}{_NOT_TODAY}"
    return "denied", "it is not taken"


def _ended(resource: Resource, kind: str, end: Days | None, context: Context) -> tuple[State, str]:
    """Tell whether a medicine that is no longer taken may still count."""
    if end is not None:
        if (context.as_of - end.last).days <= TAIL_DAYS:
            return "doubtful", f"it was {kind} on {end.last}, no more than {TAIL_DAYS} days ago"
        return "over", f"it was {kind} on {end.last}"
    day = _long_ago(resource, context)
    if day is not None:
        return "over", f"it was {kind}, and last spoken of on {day}"
    return "doubtful", f"it was {kind}, and nothing says when"


def _long_ago(resource: Resource, context: Context) -> date | None:
    """Return the last day on which a medicine was spoken of, if that is so long ago that it says nothing of today."""
    named = (day_of(resource, name) for name in _MENTIONED if name in resource)
    day = max((one.last for one in named if one is not None), default=context.as_of)
    if day < context.months_ago(KEPT_MONTHS["medicines"]):
        return day
    return None
