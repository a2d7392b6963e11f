"""Observation: pregnancy and how far it has gone, breastfeeding, kidneys, and findings that are so or not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, assert_never

from remedies.checking.grammar import read_pregnancy
from remedies.checking.moments import DUE_AFTER
from remedies.checking.person import Gestation
from remedies.intake.fhir.conditions import site_of
from remedies.intake.fhir.elements import (
    Concept,
    Days,
    chosen,
    concept,
    day_of,
    days,
    part,
    parts,
    status,
    text,
    turned,
)
from remedies.intake.fhir.judging import Claim, Held, judged
from remedies.intake.fhir.told import PART_MODIFIED, YES_OR_NO, Dating, Told, ignored, lately, told_by
from remedies.knowledge.topics import PAST_PREGNANCY

if TYPE_CHECKING:
    from remedies.checking.person import Pregnancy
    from remedies.intake.fhir.elements import Resource
    from remedies.intake.fhir.judging import State
    from remedies.intake.fhir.told import Context

PREGNANCY_ANSWERS: dict[str, Pregnancy] = {
    "LA15173-0": "yes",
    "77386006": "yes",
    "LA26683-5": "no",
    "60001007": "no",
    "152231000119106": "possible",
    "146799005": "possible",
    "102874004": "possible",
}
"""LOINC and SNOMED CT answers of the patient summaries; “not yet confirmed” is no pregnancy, and no “no” either."""


BREASTFEEDING_ANSWERS = {"LA29252-6": True, "413712001": True, "LA29253-4": False}

_Asked = Literal["pregnancy", "breastfeeding", "gestation", "delivery", "last period", "kidneys", "temperature"]

_CODES: dict[_Asked, tuple[str, ...]] = {
    "pregnancy": ("82810-3",),
    "breastfeeding": ("63895-7", "413712001"),
    "gestation": ("11884-4", "11885-1", "18185-9", "49051-6"),
    "delivery": ("11778-8", "11779-6", "11780-4"),
    "last period": ("8665-2",),
    "kidneys": (
        "33914-3",
        "48642-3",
        "48643-1",
        "50044-7",
        "50210-4",
        "50384-7",
        "62238-1",
        "69405-9",
        "70969-1",
        "77147-7",
        "88293-6",
        "88294-4",
        "98979-8",
    ),
    "temperature": ("8310-5", "8331-1", "8332-9", "8333-7", "8328-7"),
}
"""Codes of LOINC and SNOMED CT by what they ask; for the kidneys the estimated filtration rates."""

_FEVER = {True: 37.0, False: 98.6}
"""Above so many degrees Celsius, or else Fahrenheit, fever is asked about: the warning sign begins there (article)."""

_IN_WEEKS = "49051-6"
"""The one code of a gestational age that names its unit."""

_ASKED: dict[str, _Asked] = {code: asked for asked, codes in _CODES.items() for code in codes}

_LARGEST = 10**6
"""Nothing that is measured here comes near it."""

_NO_RULE = "no rule looks at it"

_SEVERE_BELOW = 30
"""Below so many ml/min the kidneys work so badly that labels speak of severe kidney disease: stages 4 and 5."""

_DISEASE_BELOW = 60
"""Below so many ml/min a disease of the kidneys is to be asked about."""

YES = frozenset({"373066001", "52101004", "LA33-6", "Y", "POS", "10828004", "LA9633-4"})
NO = frozenset({"373067005", "2667000", "LA32-8", "N", "NEG", "260385009", "LA9634-2"})
"""Answers of SNOMED CT, LOINC and HL7: yes, present, positive; no, absent, negative."""

_UNUSABLE = {"entered-in-error": "it was entered in error", "cancelled": "it was cancelled"}

_FINAL = frozenset({"final", "amended", "corrected", "appended", ""})

_STATES: dict[bool | None, State] = {True: "now", False: "denied", None: "doubtful"}


def read_observation(resource: Resource, context: Context) -> Told:
    """Read an Observation."""
    what = concept(resource.get("code"))
    kind = status(resource.get("status"))
    if kind in _UNUSABLE:
        return ignored(what, _UNUSABLE[kind])
    asked = next((_ASKED[one.code] for one in what.codings if one.code in _ASKED), None)
    if asked is None and "valueQuantity" in resource:
        return Told(what.name, known=True, why=_NO_RULE)
    day = day_of(resource, "effectiveDateTime", "effectiveInstant", "effectivePeriod", "issued")
    told = _read(asked, resource, what, day, context)
    if kind not in _FINAL and told.says_something:
        told = told.doubted(f"its status is {kind}, which is not final")
    return told._replace(what=what.name)


def _read(asked: _Asked | None, resource: Resource, what: Concept, day: Days | None, context: Context) -> Told:
    """Read what an Observation answers to."""
    match asked:
        case "pregnancy":
            return _pregnancy(resource, day, context)
        case "breastfeeding":
            return _breastfeeding(resource, day)
        case "gestation":
            return _gestation(resource, what, day)
        case "delivery" | "last period":
            return _counted_from(resource, day, due=asked == "delivery")
        case "kidneys":
            return _kidneys(resource, day, context)
        case "temperature":
            return _temperature(resource, day, context)
        case None:
            return _finding(resource, what, day, context)
        case _:
            assert_never(asked)


def _absent(resource: Resource) -> Told:
    reason = concept(resource.get("dataAbsentReason")).name
    return Told(why=f"it has no value ({reason})" if reason else "it has no value that is understood")


def _answer(resource: Resource) -> Concept:
    """Return a coded answer, or a text in its place."""
    return concept(resource.get("valueCodeableConcept") or resource.get("valueCoding") or resource.get("valueString"))


def _pregnancy(resource: Resource, day: Days | None, context: Context) -> Told:
    """Read a pregnancy status; an answer in words is read as a word."""
    if isinstance(resource.get("valueBoolean"), bool):
        return Told(pregnancy=YES_OR_NO[resource["valueBoolean"]], day=day)
    answer = _answer(resource)
    coded = [PREGNANCY_ANSWERS[one.code] for one in answer.codings if one.code in PREGNANCY_ANSWERS]
    if coded:
        return Told(pregnancy=next((one for one in coded if one != "no"), "no"), day=day)
    if answer.name:
        found = judged(Concept((), answer.name), "conditions", Held(), context.vocabulary)
        return Told(pregnancy=found.pregnancy or "possible", day=day)
    return _absent(resource)


def _breastfeeding(resource: Resource, day: Days | None) -> Told:
    if isinstance(resource.get("valueBoolean"), bool):
        return Told(breastfeeding=resource["valueBoolean"], day=day)
    answer = _answer(resource)
    known = {*BREASTFEEDING_ANSWERS, *YES, *NO}
    coded = [BREASTFEEDING_ANSWERS.get(one.code, one.code in YES) for one in answer.codings if one.code in known]
    if coded:
        return Told(breastfeeding=any(coded), day=day)
    return _absent(resource)


def _number(quantity: Resource) -> float | None:
    """Return what was measured; nothing where it is no number that can be, such as one below zero."""
    number = quantity.get("value")
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number < _LARGEST:
        return None
    return number


def _quantity_days(value: Resource, *, in_weeks: bool) -> int | None:
    """Return a duration in days, weeks rounded down; nothing where the unit is none of these, or is not said."""
    number = _number(value)
    if number is None or number > PAST_PREGNANCY:
        return None
    unit = (text(value.get("code")) or text(value.get("unit"))).lower()
    if unit in {"d", "day", "days"}:
        return int(number)
    if unit in {"wk", "w", "week", "weeks"} or (in_weeks and not unit):
        return int(number * 7)
    return None


def _gestation(resource: Resource, what: Concept, day: Days | None) -> Told:
    """Count back to the beginning of a pregnancy from its age on a day."""
    said = read_pregnancy(text(resource.get("valueString")))
    if isinstance(said, dict) and "weeks" in said:
        return Told(pregnancy=Gestation.model_validate(said), day=day)
    quantities = [
        resource.get("valueQuantity"),
        *(one.get("valueQuantity") for one in parts(resource.get("component"))),
    ]
    counted = [_quantity_days(part(one), in_weeks=what.has({_IN_WEEKS})) for one in quantities if one]
    if turned(resource.get("component")):
        return Told(pregnancy="possible", day=day, unclear=True, why=PART_MODIFIED)
    known = [one for one in counted if one is not None]
    if not counted and "dataAbsentReason" in resource:
        return _absent(resource)
    if not known or len(known) < len(counted):
        return Told(pregnancy="possible", day=day, why="how far a pregnancy has gone was not understood")
    if day is None:
        return Told(pregnancy="possible", why="nobody knows on which day it was so")
    gone = timedelta(days=sum(known))
    return Told(dating=Dating(Days(day.first - gone, day.last - gone)), day=day)


def _counted_from(resource: Resource, day: Days | None, *, due: bool) -> Told:
    """Read a due date, or the first day of the last period."""
    said = days(text(resource.get("valueDateTime") or resource.get("valueDate") or resource.get("valueString")))
    if said is None and due and any(True for _ in chosen(resource, "value")):
        return Told(pregnancy="possible", day=day, why="its day was not understood")
    if said is None:
        return _absent(resource)
    if not due:
        return Told(dating=Dating(said, alone=False), day=day)
    before = timedelta(days=DUE_AFTER)
    return Told(dating=Dating(Days(said.first - before, said.last - before)), day=day)


def _temperature(resource: Resource, day: Days | None, context: Context) -> Told:
    """Ask about fever where one was measured within a day."""
    quantity = part(resource.get("valueQuantity"))
    number, unit = _number(quantity), (text(quantity.get("code")) or text(quantity.get("unit"))).lower()
    fevered = number is not None and number > _FEVER[unit not in {"[degf]", "degf", "f", "°f"}]
    if fevered and lately(context, day) and "fever" in context.vocabulary:
        return Told(claims=(Claim("signs", "unknown", "fever"),))
    return Told(known=True, why=_NO_RULE)


def _kidneys(resource: Resource, day: Days | None, context: Context) -> Told:
    """Read a filtration rate; one that was measured long ago is only a reason to ask."""
    quantity = part(resource.get("valueQuantity"))
    number, comparator = _number(quantity), text(quantity.get("comparator"))
    lately_measured = context.within_months(day)
    facts = ("severe-kidney-disease", "kidney-disease")
    if not all(fact in context.vocabulary for fact in facts):
        return Told(known=True, why=_NO_RULE)
    if number is None:
        if not any(True for _ in chosen(resource, "value")):
            return _absent(resource)
        claim = Claim("conditions", "unknown", facts[0])
        return Told(claims=(claim,), why="its value was not understood")
    if number < _SEVERE_BELOW and not comparator.startswith(">"):
        side: Any = "yes" if lately_measured else "unknown"
        return Told(
            claims=(Claim("conditions", side, facts[0]),), why="" if lately_measured else "it is older than six months"
        )
    if number < _SEVERE_BELOW or (comparator.startswith("<") and number >= _SEVERE_BELOW):
        return Told(claims=(Claim("conditions", "unknown", facts[0]),))
    if not lately_measured:
        return Told(why="it is older than six months")
    claims = [Claim("conditions", "no", facts[0])]
    if number < _DISEASE_BELOW:
        claims.append(Claim("conditions", "unknown", facts[1]))
    return Told(claims=tuple(claims))


def _finding(resource: Resource, what: Concept, day: Days | None, context: Context) -> Told:
    """Read what else is observed: a finding that is present or absent, or that is itself the answer."""
    answer = _answer(resource)
    values = dict(chosen(resource, "value"))
    present: bool | None = values.get("Boolean") if isinstance(values.get("Boolean"), bool) else None
    if answer.has(YES | NO):
        present = answer.has(YES)
    held = Held("now", site_of(resource), lately(context, day))
    vocabulary = context.vocabulary
    yes_or_no = present is not None or (not values and not parts(resource.get("component")))
    if what.name and yes_or_no:
        found = judged(what, "conditions", held._replace(state=_STATES[present]), vocabulary)
        if found.understood and (found.claims or found.pregnancy or found.breastfeeding is not None):
            return told_by(what.name, [found], day)
    if answer.name and present is None:
        phrases = (Concept((), f"{what.name} {answer.name}"), answer)
        for phrase in phrases:
            found = judged(phrase, "conditions", held, vocabulary)
            if found.understood and (found.claims or found.pregnancy or found.breastfeeding is not None):
                return told_by(what.name, [found], day)
    if "dataAbsentReason" in resource:
        return _absent(resource)
    return Told(known=True, why=_NO_RULE)
