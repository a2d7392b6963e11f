"""MedicationStatement and MedicationRequest: what is taken, what was, and what is only planned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remedies.checking.moments import KEPT_MONTHS
from remedies.intake.fhir.concepts import NO_INFORMATION
from remedies.intake.fhir.elements import Concept, concept, day_of, days, part, parts, references, status, text
from remedies.intake.fhir.judging import Claim, Held, judged
from remedies.intake.fhir.told import NAMELESS, Told, ignored, simply, told_by

if TYPE_CHECKING:
    from remedies.intake.fhir.elements import Days, Resource
    from remedies.intake.fhir.judging import State
    from remedies.intake.fhir.told import Context

TAIL_DAYS = 14
"""For so many days after its last use a medicine is asked about: after ketoprofen gel the skin is kept from the sun for
two weeks (label of Fastum gel), and of other medicines nobody has said how long they last."""

_TAKEN = {"n": "not-taken", "y": "active"}
"""How the release before R4 said whether a medicine is taken."""

_ON_SKIN = re.compile(r"\b(?:topical|cutaneous|transdermal)|наружн|на кожу|накожн", re.IGNORECASE)

_R5 = "it has the shape of FHIR R5 (medication.concept), and was read all the same"


def read_medicine(resource: Resource, context: Context) -> Told:
    """Read a MedicationStatement or a MedicationRequest."""
    request = resource["resourceType"] == "MedicationRequest"
    concepts = _concepts(resource, context)
    what = next(iter(concepts), Concept())
    if resource.get("doNotPerform") is True:
        return ignored(what, "it is an order not to give it")
    kind = status(resource.get("status"))
    if request and kind == "entered-in-error":
        return ignored(what, "it was entered in error")
    kind = _TAKEN.get(text(resource.get("taken")), kind)
    if what.has(NO_INFORMATION):
        return ignored(what, "it says only that nothing is known")
    state, why = _state(resource, kind, context)
    if state == "over":
        return ignored(what, why)
    notes = (_R5,) if "medication" in resource else ()
    if not concepts:
        claims = (Claim("medicines", "yes", NAMELESS),)
        return Told(claims=claims, unclear=True, why=_unnamed(resource), notes=notes)
    if len(concepts) == 1 and not why and not notes:
        return simply(what, "medicines", Held(state, fresh=True), context)
    found = [judged(one, "medicines", Held(state, fresh=True), context.vocabulary) for one in concepts]
    told = told_by(what.name, found, None)
    return told._replace(why=told.why or why, notes=(*told.notes, *notes))


def _unnamed(resource: Resource) -> str:
    reference = references(resource.get("medicationReference"))
    if reference:
        return f"it refers to {reference}, which is not in the bundle"
    return "it names no medicine"


def _concepts(resource: Resource, context: Context) -> list[Concept]:
    """List what names the medicine: a concept, or a Medication that is referred to, with its ingredients."""
    names = [concept(resource.get("medicationCodeableConcept"))]
    if "medicationReference" in resource or "medication" in resource:
        medication = part(resource.get("medication"))
        reference = part(resource.get("medicationReference") or medication.get("reference"))
        found = context.record.find(references(reference), resource)
        names += [concept(medication.get("concept")), *(_of_medication(found) if found is not None else [])]
        names = [one for one in names if one.name] or [Concept((), text(reference.get("display")))]
    names = [one for one in names if one.codings or one.text]
    dosages = resource.get("dosage") or resource.get("dosageInstruction")
    if any("route" in one and _ON_SKIN.search(_route(one)) for one in parts(dosages)):
        names += [Concept((), f"{one.name} gel") for one in names]
    return names


def _of_medication(medication: Resource) -> list[Concept]:
    """List what names a Medication: itself, and each of its ingredients."""
    ingredients = parts(medication.get("ingredient"))
    return [concept(medication.get("code")), *(concept(one.get("itemCodeableConcept")) for one in ingredients)]


def _route(dosage: Resource) -> str:
    route = concept(dosage["route"])
    return " ".join((route.text, *(one.display for one in route.codings)))


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
            return "denied", "it is not taken"
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


def _ended(resource: Resource, kind: str, end: Days | None, context: Context) -> tuple[State, str]:
    """Tell whether a medicine that is no longer taken may still count."""
    if end is not None:
        if (context.as_of - end.last).days <= TAIL_DAYS:
            return "doubtful", f"it was {kind} on {end.last}, no more than {TAIL_DAYS} days ago"
        return "over", f"it was {kind} on {end.last}"
    mentioned = day_of(resource, "effectiveDateTime", "effectivePeriod", "dateAsserted", "authoredOn")
    if mentioned is not None and not context.within_months(mentioned, KEPT_MONTHS["medicines"]):
        return "over", f"it was {kind}, and last spoken of on {mentioned.last}"
    return "doubtful", f"it was {kind}, and nothing says when"
