"""A plan as a MedicationRequest of FHIR R4: a proposal that somebody with the right to may sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedies.advice.plan import Plan
from remedies.core.errors import of_type, unmarked
from remedies.core.words import plural, span
from remedies.intake.code_lists import ATC
from remedies.intake.outward import (
    PURPOSE,
    catalogue_behind,
    content_identifier,
    module_uri,
    on_one_line,
    subject_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.core.resources import (
        CodeableConcept,
        Coding,
        DispenseRequest,
        Dosage,
        MedicationRequest,
        Period,
        Quantity,
        TimingRepeat,
    )
    from remedies.knowledge.catalogue import Catalogue


def to_medication_request(plan: Plan, catalogue: Catalogue | None = None) -> MedicationRequest:
    """Write a plan as a MedicationRequest of FHIR R4: a draft, proposed and not ordered.

    There is no order of a refusal. The plan is not changed, and the same plan has the same request.

    Args:
        plan: what ``plan`` made.
        catalogue: the one that the plan rests on, for ATC codes; where that is neither given nor the shipped
            one, the remedy is named in words alone.

    Raises:
        ArgumentError: this is no plan, a refusal among others.
        CatalogueError: the plan rests on another catalogue than the one that was given.

    >>> from datetime import date
    >>> from remedies import Patient, plan
    >>> made = plan("dolobene", Patient(age=34, sex="male", nothing_else=True), start=date(2026, 11, 22))
    >>> to_medication_request(made)["dosageInstruction"][0]["timing"]["repeat"]["boundsPeriod"]
    {'start': '2026-11-22', 'end': '2026-11-26'}
    """
    of_type(plan, Plan, "plan", "a Plan; a Refusal has no order")
    behind = catalogue_behind(plan.catalogue, catalogue)
    request: MedicationRequest = {
        "resourceType": "MedicationRequest",
        "identifier": [],
        "instantiatesUri": [module_uri(plan.catalogue)],
        "status": "draft",
        "intent": "proposal",
        "medicationCodeableConcept": _medication(plan, behind),
        "subject": subject_of(plan.patient),
        "authoredOn": f"{plan.as_of}",
        "reasonCode": [{**PURPOSE}],
        "note": [{"text": unmarked(line)} for line in _notes(plan)],
        "dosageInstruction": [_dosage(plan)],
        "dispenseRequest": _dispensed(plan),
        "substitution": {"allowedBoolean": False},
    }
    request["identifier"] = [content_identifier(plan.catalogue.sha256, request)]
    return request


def _medication(plan: Plan, catalogue: Catalogue | None) -> CodeableConcept:
    codes = () if catalogue is None else catalogue.find(plan.remedy).atc
    codings: list[Coding] = [{"system": ATC, "code": code} for code in codes]
    named: CodeableConcept = {"text": on_one_line(plan.name)}
    if codings:
        named["coding"] = codings
    return named


def _notes(plan: Plan) -> Iterator[str]:
    """Say whom to ask first and why, what nobody has said, and what else the reader should know."""
    for who, asked in (("doctor", plan.ask_doctor), ("pharmacist", plan.ask_pharmacist)):
        yield from (f"Ask a {who} first: {because}" for because in asked)
    if plan.not_said:
        yield f"Nobody has said yet: {', '.join(plan.not_said)}."
    yield from (f"Not to be confused with {one.name}: {one.because}" for one in plan.not_to_confuse)
    yield from plan.warnings
    yield f"{plan.review[:1].upper()}{plan.review[1:]}. {plan.disclaimer}"


def _period(plan: Plan) -> Period:
    return {"start": f"{plan.start}", "end": f"{plan.last_day}"}


def _dosage(plan: Plan) -> Dosage:
    times = plan.times_per_day
    repeat: TimingRepeat = {"boundsPeriod": _period(plan), "frequency": times.min, "period": 1, "periodUnit": "d"}
    if times.max > times.min:
        repeat["frequencyMax"] = times.max
    often = f"{plural(span(times.min, times.max), 'time')} a day for {plural(plan.days, 'day')}"
    dosage: Dosage = {
        "text": on_one_line(", ".join(filter(None, (often, plan.amount)))),
        "additionalInstruction": [{"text": on_one_line(line)} for line in _instructions(plan)],
        "timing": {"repeat": repeat},
        "site": {"text": "The sore part of the back, on whole skin"},
        "route": {"text": "On the skin"},
    }
    grams = plan.amount_grams
    if grams is not None and grams.min == grams.max:
        dosage["doseAndRate"] = [{"doseQuantity": _grams(grams.max)}]
    elif grams is not None:
        dosage["doseAndRate"] = [{"doseRange": {"low": _grams(grams.min), "high": _grams(grams.max)}}]
    return dosage


def _instructions(plan: Plan) -> Iterator[str]:
    """Say every limit that stands in no field of its own, how to use it, what to leave, and when to stop."""
    for bound in plan.bounds:
        match bound.limit:
            case "hours_between":
                yield f"At least {plural(bound.value, 'hour')} between two uses."
            case "max_per_day":
                yield f"At most {bound.value} in a day."
            case "times_per_day_min" | "times_per_day_max" | "days":
                continue
    yield from (*plan.how, *plan.avoid)
    yield from (f"{one.text} (until {one.until})" for one in plan.aftercare)
    yield from (*plan.stop, *plan.advice)


def _dispensed(plan: Plan) -> DispenseRequest:
    request: DispenseRequest = {"validityPeriod": _period(plan), "numberOfRepeatsAllowed": 0}
    if plan.supply.grams_max is not None:
        request["quantity"] = _grams(plan.supply.grams_max)
    return request


def _grams(amount: float) -> Quantity:
    # A plan that was read from JSON holds decimals where one that was made holds whole numbers.
    return {"value": float(amount), "unit": "g", "system": "http://unitsofmeasure.org", "code": "g"}
