"""Condition and AllergyIntolerance: how sure a record is of them, and whether they are over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remedies.intake.fhir.concepts import NO_INFORMATION, NONE_KNOWN
from remedies.intake.fhir.elements import (
    Concept,
    chosen,
    concept,
    day_of,
    days,
    part,
    parts,
    plain,
    status,
    text,
    turned,
)
from remedies.intake.fhir.judging import Claim, Held, judged
from remedies.intake.fhir.told import (
    NAMELESS,
    Told,
    facts_of,
    ignored,
    lately,
    says_besides,
    says_more,
    simply,
    told_by,
    why_nothing,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.intake.fhir.elements import Resource
    from remedies.intake.fhir.judging import Judged, Site, State
    from remedies.intake.fhir.told import Context
    from remedies.knowledge.vocabulary import Vocabulary

_HERE = re.compile(r"\b(?:back|lumb\w*|lumbosacral|thoracic spine|loins?|спин\w*|поясни\w*|лопат\w*)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:arms?|forearms?|elbows?|wrists?|hands?|fingers?|thumbs?|legs?|thighs?|knees?|calf|calves|shins?|ankles?|foot|"
    r"feet|toes?|face|scalp|head|nose|eyes?|ears?|lips?|cheeks?|mouth|genital\w*|vulva|penis|breasts?|"
    r"рук\w*|плеч\w*|предплеч\w*|локт\w*|кист\w*|пальц\w*|ног\w*|бедр\w*|колен\w*|голен\w*|стоп\w*|лиц\w*|голов\w*)\b",
    re.IGNORECASE,
)
_WHICH_BACK = re.compile(r"\bback of (?:the )?(?:hand|head|knee|neck|foot)\b", re.IGNORECASE)

_SEVERE = re.compile(r"\bsevere\b|тяж[её]л", re.IGNORECASE)
_SEVERE_CODE = "24484000"

_ENTERED_IN_ERROR = "it was entered in error"
_NOT_KNOWN = "it says only that nothing is known"

_INSECTS = ("bee-venom", "wasp-venom", "ant-venom")
_NARROW = {
    "716184000": "it rules out an allergy to latex alone, which no rule looks at",
    "716220001": "it rules out an allergy to animals alone, which no rule looks at",
    "429625007": "it rules out an allergy to food alone, which is narrower than any fact here",
    "428607008": "it rules out an allergy to the environment alone, which is narrower than any fact here",
    "no-known-food-allergies": "it rules out an allergy to food alone, which is narrower than any fact here",
    "no-known-environmental-allergies": "it rules out an allergy to the environment alone, "
    "which is narrower than any fact here",
}
_UNSURE = frozenset({"unconfirmed", "presumed"})
"""How sure some records are of an allergy that is taken as so."""

_NO_INSECT_ALLERGY = "428197003"


def read_condition(resource: Resource, context: Context) -> Told:
    """Read a Condition."""
    what = concept(resource.get("code"))
    verification = status(resource.get("verificationStatus"))
    if verification == "entered-in-error":
        return ignored(what, _ENTERED_IN_ERROR)
    if what.has(NO_INFORMATION) and not says_besides(what, NO_INFORMATION, "conditions", context):
        return ignored(what, _NOT_KNOWN)
    if not what.name:
        return Told(what.name, (Claim("conditions", "yes", NAMELESS),), unclear=True, why="it names no illness")
    day = day_of(resource, "recordedDate", "onsetDateTime", "onsetPeriod", "assertedDate")
    held = Held(_state(resource, verification, context), site_of(resource), lately(context, day))
    vocabulary = context.vocabulary
    if _MORE.isdisjoint(resource):
        return simply(what, "conditions", held, context, day)
    whole = judged(what, "conditions", held, vocabulary)
    more = [judged(one, "conditions", held, vocabulary) for one in _stages(resource, what)]
    told = told_by(what.name, [whole, *(one for one in more if says_more(one, whole, vocabulary))], day, loose=True)
    claims = dict.fromkeys((*told.claims, *_notes(resource, context)))
    told = told._replace(claims=tuple(claims), why=told.why or why_nothing(held))
    if turned(resource.get("stage")):
        return told.partly("conditions")
    return told


_MORE = frozenset({"severity", "stage", "note"})
"""What may say more than the code of a condition."""


def _state(resource: Resource, verification: str, context: Context) -> State:
    """Tell how a Condition is held: its verification first, then whether it is over."""
    if verification == "refuted":
        return "denied"
    if verification not in {"", "confirmed"}:
        return "doubtful"
    clinical = status(resource.get("clinicalStatus"))
    mark = _certainty(resource.get("code"))
    if mark == "A":
        if verification:
            return "doubtful"
        return "denied"
    if mark not in {"", "G", "Z"}:
        return "doubtful"
    if mark == "Z" and not clinical:
        return "over"
    return _clinical(clinical, resource, context)


def _clinical(clinical: str, resource: Resource, context: Context) -> State:
    """Tell whether a Condition is over, by its status, else by its end."""
    match clinical:
        case "remission":
            return "remission"
        case "inactive" | "resolved":
            return "over"
        case "active" | "recurrence" | "relapse":
            return "now"
        case "" if "abatementString" in resource:
            # In words it may as well say that it goes on.
            return "doubtful"
        case _ if _abated(resource, context):
            return "over"
        case "":
            return "now"
        case _:
            return "doubtful"


def _certainty(code: object) -> str:
    """Return the mark that Germany puts beside a code: G certain, V suspected, A excluded, Z over."""
    for one in parts(part(code).get("coding")):
        if "extension" in one:
            for extension in parts(one["extension"]):
                if text(extension.get("url")).endswith("icd-10-gm-diagnosesicherheit"):
                    return text(part(extension.get("valueCoding")).get("code")).upper()
    return ""


def _abated(resource: Resource, context: Context) -> bool:
    """Tell whether an end is given, which R4 lets stand for a status; one that lies ahead is none."""
    for kind, value in chosen(resource, "abatement"):
        day = days(text(value)) if kind == "DateTime" else None
        if value is not False and (day is None or day.first <= context.as_of):
            return True
    return False


def site_of(resource: Resource) -> Site:
    """Tell whether something is where the remedy would go, as far as its site is named."""
    if "bodySite" not in resource:
        return "unknown"
    names = " ".join(concept(one).names for one in parts(resource.get("bodySite")))
    if _HERE.search(names) and not _WHICH_BACK.search(names):
        return "here"
    if _ELSEWHERE.search(names):
        return "elsewhere"
    return "unknown"


def _stages(resource: Resource, what: Concept) -> Iterator[Concept]:
    """Yield what else may carry how bad it is: the severity and the stage."""
    severity = concept(resource.get("severity"))
    if severity.has({_SEVERE_CODE}) or _SEVERE.search(severity.name):
        yield Concept((), f"severe {what.name}")
    for stage in plain(resource.get("stage")):
        summary = concept(stage.get("summary"))
        if summary.name:
            yield summary
            yield Concept((), f"{what.name} {summary.name}")


def _notes(resource: Resource, context: Context) -> Iterator[Claim]:
    """Yield what free notes name: reasons to ask, since nobody knows how they were meant."""
    for note in parts(resource.get("note")):
        found = judged(Concept((), text(note.get("text"))), "conditions", Held("doubtful"), context.vocabulary)
        if found.understood:
            yield from (claim for claim in found.claims if claim.side == "unknown")


def read_allergy(resource: Resource, context: Context) -> Told:
    """Read an AllergyIntolerance; what caused a reaction counts as well, and so does what happened."""
    what = concept(resource.get("code"))
    verification = status(resource.get("verificationStatus"))
    if verification == "entered-in-error":
        return ignored(what, _ENTERED_IN_ERROR)
    if what.has(NO_INFORMATION) and not says_besides(what, NO_INFORMATION, "allergies", context):
        return ignored(what, _NOT_KNOWN)
    narrow = next((_NARROW[one.code] for one in what.codings if one.code in _NARROW), "")
    if narrow and not says_besides(what, _NARROW, "allergies", context):
        return ignored(what, narrow)
    state = _allergy_state(resource, verification)
    if what.has({_NO_INSECT_ALLERGY}) and state == "now" and verification not in _UNSURE:
        return Told(what.name, tuple(Claim("allergies", "no", fact) for fact in _INSECTS if fact in context.vocabulary))
    if what.name and "reaction" not in resource and verification not in _UNSURE:
        return simply(what, "allergies", Held(state), context)
    if verification in _UNSURE and what.has(NONE_KNOWN):
        return ignored(what, f"it is {verification}, and rules out nothing")
    reactions = plain(resource.get("reaction"))
    substances = [what, *(concept(one.get("substance")) for one in reactions)]
    named = [one for one in substances if one.name]
    if not named:
        return Told(what.name, (Claim("allergies", "yes", NAMELESS),), unclear=True, why="it names no substance")
    found = [judged(one, "allergies", Held(state), context.vocabulary) for one in named]
    happened = list(_happened(reactions, context)) if state != "denied" else []
    told = told_by(named[0].name, [*found, *happened], None)
    claims = dict.fromkeys((*told.claims, *_of_breathing(found, happened, context.vocabulary)))
    told = told._replace(claims=tuple(claims))
    if verification in _UNSURE and state == "now":
        told = told._replace(notes=(*told.notes, f"it is {verification}, and was taken as so"))
    if turned(resource.get("reaction")):
        return told.partly("allergies")
    return told


def _allergy_state(resource: Resource, verification: str) -> State:
    """Tell how an allergy is held; one that is over may come back, and so is asked about."""
    if verification == "refuted":
        return "denied"
    if status(resource.get("clinicalStatus")) in {"inactive", "resolved"}:
        return "over"
    return "now"


_PAINKILLERS, _BREATHING = "nsaid", ("asthma", "bronchospasm-tendency")
_BREATHING_REACTION = "nsaid-respiratory-reaction"


def _of_breathing(found: list[Judged], happened: list[Judged], vocabulary: Vocabulary) -> Iterator[Claim]:
    """Ask about a reaction of the airways to painkillers, where one of them took somebody's breath."""
    names = (_PAINKILLERS, *_BREATHING, _BREATHING_REACTION)
    if all(name in vocabulary for name in names):
        substances = facts_of(found, vocabulary)
        signs = facts_of(happened, vocabulary)
        if substances & vocabulary.mask([_PAINKILLERS]) and signs & vocabulary.mask(_BREATHING):
            yield Claim("conditions", "unknown", _BREATHING_REACTION)


def _happened(reactions: list[Resource], context: Context) -> Iterator[Judged]:
    """Judge what a reaction showed itself in, as an illness that is over."""
    for reaction in reactions:
        for manifestation in parts(reaction.get("manifestation")):
            found = judged(concept(manifestation), "conditions", Held("over"), context.vocabulary)
            if found.understood:
                yield found
