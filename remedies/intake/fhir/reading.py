"""From a FHIR R4 record to a patient, with an account in which every resource is found again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from remedies.checking.known import saying_of
from remedies.checking.patient import MOST_WORDS, Patient
from remedies.core.errors import ArgumentError, Fault, a_type, did_you_mean, of_type, quoted, texts
from remedies.intake.fhir.account import Line, account_of
from remedies.intake.fhir.answers import read_form
from remedies.intake.fhir.concepts import readable
from remedies.intake.fhir.conditions import read_allergy, read_condition
from remedies.intake.fhir.contradictions import settled
from remedies.intake.fhir.elements import concept, parts, plain, references, text, turned
from remedies.intake.fhir.judging import Claim
from remedies.intake.fhir.medicines import read_medicine
from remedies.intake.fhir.observations import read_observation
from remedies.intake.fhir.people import read_person
from remedies.intake.fhir.pregnancy import expecting
from remedies.intake.fhir.record import record_of
from remedies.intake.fhir.told import NAMELESS, Context, Told
from remedies.knowledge.catalogue import given
from remedies.knowledge.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from remedies.intake.fhir.elements import Resource
    from remedies.intake.fhir.record import Entry, Record
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.topics import Topic
    from remedies.knowledge.vocabulary import Vocabulary


class Intake(NamedTuple):
    """What a record comes to."""

    patient: Patient
    """What is known of the person, for a check; its notes are the warnings."""
    account: tuple[Line, ...]
    """A line for every resource that is read, and one for every other kind, in the order of the record."""
    warnings: tuple[str, ...]
    """What the reader should know: sources that contradict each other, codings that disagree, missing pages."""


_READERS: Mapping[str, Callable[[Resource, Context], Told]] = {
    "Patient": read_person,
    "Condition": read_condition,
    "AllergyIntolerance": read_allergy,
    "MedicationStatement": read_medicine,
    "MedicationRequest": read_medicine,
    "Observation": read_observation,
    "QuestionnaireResponse": read_form,
}

_MODIFIED = "it carries a modifierExtension or implicit rules that are not understood"

_EMPTY_SECTIONS = {"48765-2": "716186003", "11450-4": "160245001", "10160-0": "787481004"}
"""LOINC codes of the sections of a summary, and what it says where one of them is empty because nothing is known to be
there: no allergies, no problems, no medicines."""

_SECTION_TOPICS: Mapping[str, Topic] = {"48765-2": "allergies", "11450-4": "conditions", "10160-0": "medicines"}


def patient_from_bundle(
    bundle: object,
    *,
    as_of: date | None = None,
    closed: Iterable[Topic] = (),
    patient: str | None = None,
    catalogue: Catalogue | None = None,
) -> Intake:
    """Read a patient from a FHIR R4 record.

    Nothing closes by itself: what a record does not hold is unknown.

    Args:
        bundle: a Bundle of any type, as a dict or as JSON; lines of a bulk export of one patient; or resources.
        as_of: the day on which it is read; ages, weeks and statements are counted to it. Today unless given.
        closed: topics of which the caller knows that the record holds everything.
        patient: whom it is about, as Patient/p1, where it holds several persons.
        catalogue: the shipped one unless given.

    Raises:
        ArgumentError: something is of the wrong Python type, or a topic does not exist.
        InputError: it is no JSON, holds no resource, or holds several persons and does not say which is meant.
    """
    day = _day(as_of)
    of_type(patient, str | None, "patient", "a reference, such as Patient/p1")
    topics = _topics(closed)
    record = record_of(bundle, patient)
    context = Context(record, given(catalogue).vocabulary, day)
    told = {entry.name: _told(entry, context) for entry in record.entries}
    told |= _sections(record)
    states = expecting(told, context)
    resolved = settled(told, context)
    document, notes = _document(record, told, resolved.claims, context)
    if topics and not record.partial:
        for topic in topics:
            document.setdefault(topic, {})["rest"] = "no"
    notes = [
        *record.notes,
        *(f"{name}: {note}." for name, one in told.items() for note in one.notes),
        *states.notes,
        *resolved.notes,
        *notes,
    ]
    if states.pregnancy is not None:
        document["pregnancy"] = states.pregnancy
    if states.breastfeeding is not None:
        document["breastfeeding"] = states.breastfeeding
    notes += _corrected(document)
    document["notes"] = list(dict.fromkeys(map(readable, notes)))[:MOST_WORDS]
    told |= {name: told[name].without(*lost) for name, lost in resolved.contradicted.items()}
    told |= {name: told[name].expecting_nothing(why) for name, why in states.unused.items()}
    account = account_of(record, told, context)
    return Intake(Patient.model_validate(document), tuple(account), tuple(document["notes"]))


def _day(as_of: object) -> date:
    if as_of is None:
        return date.today()
    if type(as_of) is not date:
        raise ArgumentError(Fault(("as_of",), f"must be a datetime.date, not {a_type(as_of)}", "type"))
    return as_of


def _topics(closed: Iterable[Topic]) -> tuple[Topic, ...]:
    """Return the topics that a caller closes.

    Raises:
        ArgumentError: one of them does not exist.
    """
    found = texts(closed, "closed", 'a list of topics, such as ["conditions"]')
    faults = [
        Fault(("closed",), f"must be topics ({', '.join(TOPICS)}), not {quoted(one)}.{did_you_mean(str(one), TOPICS)}")
        for one in found
        if one not in TOPICS
    ]
    if faults:
        raise ArgumentError(faults)
    return tuple(topic for topic in TOPICS if topic in found)


def _told(entry: Entry, context: Context) -> Told:
    """Read a resource, if it may be used and is about the person."""
    resource = entry.resource
    if resource["resourceType"] == "Medication":
        return _medication(entry, context)
    if resource["resourceType"] == "Patient":
        if context.record.is_another(entry):
            return Told(why="it is somebody else")
    else:
        other = context.record.about(resource) or _focus(resource, context)
        if other:
            return Told(what_of(resource), why=f"it is about {other}, who is somebody else")
    told = _READERS[resource["resourceType"]](resource, context)
    if ("modifierExtension" in resource or "implicitRules" in resource) and told.says_something:
        return told.unread(_MODIFIED)
    return told


def _focus(resource: Resource, context: Context) -> str:
    """Name on whom an Observation focuses, such as the child of a mother; nothing where it is the person."""
    if "focus" not in resource:
        return ""
    every = (context.record.about({"subject": one}) for one in parts(resource["focus"]))
    return next(filter(None, every), "")


def what_of(resource: Resource) -> str:
    """Name what a resource is about, in its own words."""
    return concept(resource.get("code") or resource.get("medicationCodeableConcept")).name


def _medication(entry: Entry, context: Context) -> Told:
    """Say who refers to a Medication; alone it does not say that anybody takes it."""
    for other in context.record.entries:
        reference = references(other.resource.get("medicationReference"))
        if reference and context.record.find(reference, other.resource) is entry.resource:
            return Told(what_of(entry.resource), known=True, why=f"it is what {other.name} names")
    return Told(what_of(entry.resource), why="nothing says that it is taken")


def _sections(record: Record) -> dict[str, Told]:
    """Read the sections of a summary that say that nothing is known to be there."""
    found: dict[str, Told] = {}
    for composition in record.compositions:
        for section in _sections_of(composition, record):
            code = next((one.code for one in concept(section.get("code")).codings if one.code in _EMPTY_SECTIONS), "")
            reason = concept(section.get("emptyReason"))
            if code and reason.codings and not section.get("entry"):
                topic = _SECTION_TOPICS[code]
                name = f"Composition/{text(composition.get('id'))}".rstrip("/") + f" ({topic})"
                why = f"the section is empty: {reason.codings[0].code}"
                claims = (Claim(topic, "yes", _EMPTY_SECTIONS[code]),)
                found[name] = Told("nothing known", claims, why=why) if reason.has({"nilknown"}) else Told(why=why)
    return found


def _sections_of(composition: Resource, record: Record) -> list[Resource]:
    """List the sections of a summary that is about the person and may be read."""
    modified = turned(composition) or "implicitRules" in composition
    if modified or text(composition.get("status")) == "entered-in-error" or record.about(composition):
        return []
    return plain(composition.get("section"))


def _document(
    record: Record, told: Mapping[str, Told], claims: Iterable[Claim], context: Context
) -> tuple[dict[str, Any], list[str]]:
    """Write what was told as Patient JSON; the resource Patient goes before a form."""
    notes: list[str] = []
    document: dict[str, Any] = {"said_on": context.as_of.isoformat()}
    if record.person is not None:
        document["id"] = readable(text(record.person.resource.get("id"))) or None
    for name in ("born", "sex", "age"):
        given_by = {one: getattr(what, name) for one, what in told.items() if getattr(what, name)}
        for resource, value in given_by.items():
            if document.setdefault(name, value) != value:
                notes.append(f"{resource} gives another {name} than the resources before it; theirs was taken.")
    if "born" in document:
        document.pop("age", None)
    lists: dict[Topic, dict[str, dict[str, None]]] = {}
    for claim in claims:
        lists.setdefault(claim.topic, {}).setdefault(claim.side, {})[claim.word] = None
    for topic, sides in lists.items():
        document[topic] = {side: _few(words, topic, side, context.vocabulary) for side, words in sides.items()}
    return document, notes


_WEIGHT = {"doubt": 1, "unclear": 2, "known": 3}
"""Which words are left out first of a list that is too long."""


def _few(words: Iterable[str], topic: Topic, side: str, vocabulary: Vocabulary) -> list[str]:
    """Return no more words than a list takes: what rules look at first; a list that is cut stays open."""
    every = list(words)
    if len(every) <= MOST_WORDS:
        return every
    every.sort(key=lambda word: _WEIGHT.get(saying_of(word, topic, side, vocabulary).reading.kind, 0))
    return [*every[: MOST_WORDS - 1], NAMELESS]


def _corrected(document: dict[str, Any]) -> Iterator[str]:
    """Leave out a sex that contradicts a pregnancy or breastfeeding: the yes acts."""
    expects = document.get("pregnancy") not in {None, "no"} or document.get("breastfeeding") is True
    if document.get("sex") == "male" and expects:
        del document["sex"]
        yield "The record says male, and speaks of pregnancy or breastfeeding: the sex was left out."
