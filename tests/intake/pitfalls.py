"""What the cases of the FHIR reader are written with: small resources, the case itself, and what is compared."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from remedies import Catalogue, Patient, Truth, check
from remedies.checking.known import Known, known_of
from remedies.checking.moments import lapsed_of, situation_of
from remedies.knowledge.topics import TOPICS, Topic

Json = dict[str, Any]

TODAY = date(2026, 11, 22)
"""The day on which the cases take place, unless one says otherwise."""

EVERYTHING: tuple[Topic, ...] = TOPICS
"""Closed as a whole: a fact of one topic may be kept open by what is open in another."""

READ_KINDS = (
    "Patient",
    "Condition",
    "AllergyIntolerance",
    "MedicationStatement",
    "MedicationRequest",
    "Medication",
    "Observation",
    "QuestionnaireResponse",
)
"""The kinds of which each resource has a line of its own."""

OUTCOMES = ("used", "prompting", "known", "unclear", "ignored", "counted")

KEYS = (
    "missing is not no",
    "age and sex",
    "statuses",
    "dates",
    "situations",
    "severity",
    "site",
    "codings",
    "text only",
    "negated text",
    "known and unclear",
    "closing",
    "no known allergy",
    "allergies",
    "medicines",
    "references",
    "pregnancy",
    "gestation",
    "breastfeeding",
    "kidney",
    "observations",
    "signs",
    "questionnaire",
    "conflict",
    "whose record",
    "payloads",
    "faults",
)
"""What a case may be about."""

Week = tuple[int, int]
"""Completed weeks and days of a pregnancy."""


class Weeks(NamedTuple):
    """How far a pregnancy may be: all that is known lies between two points, and each of some is possible."""

    first: Week
    last: Week
    possible: tuple[Week, ...] = ()


class Raw(NamedTuple):
    """Something that is to be an entry itself, and not the resource of one."""

    entry: Any


@dataclass(frozen=True)
class Case:
    """One bundle and what has to be made of it.

    Where several readings can be defended, they stand side by side: ``"yes|unknown"``.
    """

    says: str
    """What the case shows, as a sentence."""
    about: str
    """One of ``KEYS``."""
    resources: tuple[Any, ...]
    """What is in the bundle; a plain patient is put before it unless there is one."""
    _: KW_ONLY
    facts: Mapping[str, str] = field(default_factory=dict)
    """Fact → yes, no or unknown."""
    lines: Mapping[str, str | tuple[str, str]] = field(default_factory=dict)
    """Resource → outcome, and a text that stands in what its line says or why."""
    warnings: tuple[str, ...] = ()
    """Texts, in lower case, each of which stands in some warning."""
    quiet: bool = False
    """Nothing is to be warned of."""
    age: str = ""
    pregnancy: str = ""
    """No, possible, unknown, or yes, whatever more is known of it."""
    weeks: Weeks | None = None
    breastfeeding: str = ""
    closed: tuple[Topic, ...] = ()
    as_of: date = TODAY
    malformed: bool = False
    """The models of R4 refuse it, rightly."""
    alone: bool = False
    """No patient is put before it."""
    around: Mapping[str, Any] = field(default_factory=dict)
    """What the bundle holds beside its entries."""
    form: Literal["dict", "text", "bytes", "ndjson"] = "dict"
    error: str = ""
    """A text of the InputError with which it is refused; nothing else can then be expected of it."""
    remark: str = ""
    """Why it was decided so, where the documents let other readings be defended."""

    @property
    def entries(self) -> tuple[Any, ...]:
        """The resources, a patient among them."""
        there = any(kind_of(one) == "Patient" for one in self.resources)
        return self.resources if there or self.alone else (patient(), *self.resources)

    @property
    def bundle(self) -> Json:
        """The bundle as an object."""
        entries = [one.entry if isinstance(one, Raw) else {"resource": one} for one in self.entries]
        return {"resourceType": "Bundle", "type": "collection", "entry": entries, **self.around}

    @property
    def payload(self) -> Any:
        """The bundle in the form in which it comes."""
        match self.form:
            case "dict":
                return self.bundle
            case "text":
                return json.dumps(self.bundle, ensure_ascii=False)
            case "bytes":
                return json.dumps(self.bundle, ensure_ascii=False).encode()
            case "ndjson":
                return "\n".join(json.dumps(one, ensure_ascii=False) for one in self.entries) + "\n"


def at(url: str, resource: Json) -> Raw:
    """Give a resource the address by which others refer to it."""
    return Raw({"fullUrl": url, "resource": resource})


def resource_of(one: Any) -> Json:
    """Return the resource of a well-formed entry; nothing where there is none."""
    found = one.entry.get("resource") if isinstance(one, Raw) and isinstance(one.entry, dict) else one
    return found if isinstance(found, dict) else {}


def kind_of(one: Any) -> Any:
    """Return the kind of the resource of an entry."""
    return resource_of(one).get("resourceType")


def ago(days: int) -> str:
    """Return the day so many days before the cases take place; of a negative number, after."""
    return (TODAY - timedelta(days=days)).isoformat()


def coding(system: str | None, code: str | None = None, display: str | None = None) -> Json:
    """Return a coding of what is given."""
    parts = {"system": system, "code": code, "display": display}
    return {key: part for key, part in parts.items() if part is not None}


def icd(code: str, display: str | None = None) -> Json:
    """Return a code of the WHO's ICD-10."""
    return coding("http://hl7.org/fhir/sid/icd-10", code, display)


def cm(code: str, display: str | None = None) -> Json:
    """Return a code of the American ICD-10-CM."""
    return coding("http://hl7.org/fhir/sid/icd-10-cm", code, display)


def mkb(code: str, display: str | None = None) -> Json:
    """Return a code of the Russian МКБ-10."""
    return coding("urn:oid:1.2.643.5.1.13.13.11.1005", code, display)


def sct(code: str, display: str | None = None) -> Json:
    """Return a code of SNOMED CT."""
    return coding("http://snomed.info/sct", code, display)


def loinc(code: str, display: str | None = None) -> Json:
    """Return a code of LOINC."""
    return coding("http://loinc.org", code, display)


def atc(code: str, display: str | None = None) -> Json:
    """Return a code of the ATC."""
    return coding("http://www.whocc.no/atc", code, display)


def rxnorm(code: str, display: str | None = None) -> Json:
    """Return a code of RxNorm."""
    return coding("http://www.nlm.nih.gov/research/umls/rxnorm", code, display)


def absent(code: str, display: str | None = None) -> Json:
    """Return a code of IPS 1.x that says that there is nothing, or nothing known."""
    return coding("http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", code, display)


def concept(*codings: Json, text: str | None = None) -> Json:
    """Return a CodeableConcept."""
    return {**({"coding": list(codings)} if codings else {}), **({"text": text} if text is not None else {})}


def _status(kind: str, code: str | None) -> Json | None:
    return None if code is None else concept(coding(f"http://terminology.hl7.org/CodeSystem/{kind}", code))


def _given(**parts: Any) -> Json:
    """Keep what is given; what is ``None`` is left out."""
    return {key: part for key, part in parts.items() if part is not None}


ME: Json = {"reference": "Patient/p1"}


def patient(**more: Any) -> Json:
    """Return a patient of whom little is said."""
    return {"resourceType": "Patient", **_given(**{"id": "p1", **more})}


def condition(
    *codings: Json,
    text: str | None = None,
    name: str | None = "c1",
    clinical: str | None = "active",
    verification: str | None = "confirmed",
    **more: Any,
) -> Json:
    """Return an illness."""
    parts = {
        "resourceType": "Condition",
        "id": name,
        "clinicalStatus": _status("condition-clinical", clinical),
        "verificationStatus": _status("condition-ver-status", verification),
        "code": concept(*codings, text=text) or None,
        "subject": ME,
    }
    return _given(**{**parts, **more})


def allergy(
    *codings: Json,
    text: str | None = None,
    name: str | None = "a1",
    clinical: str | None = "active",
    verification: str | None = "confirmed",
    **more: Any,
) -> Json:
    """Return an allergy."""
    parts = {
        "resourceType": "AllergyIntolerance",
        "id": name,
        "clinicalStatus": _status("allergyintolerance-clinical", clinical),
        "verificationStatus": _status("allergyintolerance-verification", verification),
        "code": concept(*codings, text=text) or None,
        "patient": ME,
    }
    return _given(**{**parts, **more})


def statement(
    *codings: Json, text: str | None = None, name: str | None = "m1", status: str = "active", **more: Any
) -> Json:
    """Return a medicine that somebody says is taken."""
    parts = {
        "resourceType": "MedicationStatement",
        "id": name,
        "status": status,
        "medicationCodeableConcept": concept(*codings, text=text) or None,
        "subject": ME,
    }
    return _given(**{**parts, **more})


def request(
    *codings: Json, text: str | None = None, name: str | None = "r1", status: str = "active", **more: Any
) -> Json:
    """Return a prescription."""
    parts = {
        "resourceType": "MedicationRequest",
        "id": name,
        "status": status,
        "intent": "order",
        "medicationCodeableConcept": concept(*codings, text=text) or None,
        "subject": ME,
        "authoredOn": ago(20),
    }
    return _given(**{**parts, **more})


def medication(*codings: Json, text: str | None = None, name: str | None = "w1", **more: Any) -> Json:
    """Return a medicine by itself."""
    return _given(resourceType="Medication", id=name, code=concept(*codings, text=text) or None, **more)


def observation(
    *codings: Json, on: str | None = "2026-11-20", name: str | None = "o1", status: str = "final", **more: Any
) -> Json:
    """Return an observation; what was found stands in ``valueQuantity`` and the like."""
    parts = {
        "resourceType": "Observation",
        "id": name,
        "status": status,
        "code": concept(*codings),
        "subject": ME,
        "effectiveDateTime": on,
    }
    return _given(**{**parts, **more})


def answers(
    *items: Json, name: str | None = "q1", status: str = "completed", authored: str | None = "2026-11-22", **more: Any
) -> Json:
    """Return a form that was filled in."""
    parts = {
        "resourceType": "QuestionnaireResponse",
        "id": name,
        "status": status,
        "subject": ME,
        "authored": authored,
        "item": list(items),
    }
    return _given(**{**parts, **more})


def item(link: str, text: str | None = None, *, said: Any = None, **more: Any) -> Json:
    """Return an item of a form with its answer: truth, text or a coding, or a list of answers."""
    given = said if isinstance(said, list) else [] if said is None else [said]
    return _given(linkId=link, text=text, answer=[_answer(one) for one in given] or None, **more)


def _answer(value: Any) -> Json:
    match value:
        case bool():
            return {"valueBoolean": value}
        case str():
            return {"valueString": value}
        case _:
            return {"valueCoding": value}


def quantity(value: float, unit: str, code: str | None = None) -> Json:
    """Return an amount with a unit of UCUM."""
    units = {"unit": unit, "system": "http://unitsofmeasure.org", "code": code or unit}
    return {"value": value, **units}


def extension(url: str = "https://example.org/fhir/StructureDefinition/not-so") -> list[Json]:
    """Return extensions as they stand in ``modifierExtension``: they may turn the meaning round."""
    return [{"url": url, "valueBoolean": True}]


def known(patient: Patient, day: date) -> Known:
    """Work out what is known of a patient on a day, with the facts that are shipped."""
    return known_of(patient, Catalogue.shipped().vocabulary, lapsed_of(patient, day))


def facts_of(patient: Patient, day: date) -> dict[str, str]:
    """Return every fact with yes, no or unknown."""
    found = known(patient, day)
    number = Catalogue.shipped().vocabulary.number
    return {
        fact: "yes" if found.yes >> bit & 1 else "no" if found.no >> bit & 1 else "unknown"
        for fact, bit in number.items()
    }


def person_of(patient: Patient, day: date) -> tuple[str, str, str, tuple[int, int]]:
    """Return age, pregnancy and breastfeeding as a report shows them, and the days of a pregnancy.

    Of pregnancy only no, possible, unknown or yes is returned.
    """
    person = check(patient, as_of=day).person
    said = situation_of(patient, known(patient, day), as_of=day, start=day, days=1, lapsed=lapsed_of(patient, day))
    pregnant = "yes" if said.pregnant is Truth.YES else person.pregnancy
    return person.age, pregnant, person.breastfeeding, said.first.pregnancy


def names_of(case: Case) -> list[str]:
    """Return how each resource of a well-formed case is called in the account, contained ones too."""
    names = []
    for place, entry in enumerate(case.entries, start=1):
        resource, kind = resource_of(entry), kind_of(entry)
        if kind in READ_KINDS:
            name = f"{kind}/{resource['id']}" if "id" in resource else f"{kind} (entry {place})"
            inner = [one for one in resource.get("contained", ()) if kind_of(one) in READ_KINDS]
            names += [name, *(f"{name}#{one['id']}" for one in inner)]
    return names


def others_of(case: Case) -> dict[str, int]:
    """Count the resources of other kinds; bundles are opened."""
    kinds = [kind_of(entry) for entry in case.entries]
    return dict(Counter(kind for kind in kinds if kind is not None and kind not in (*READ_KINDS, "Bundle")))


def differences(case: Case, found: Any) -> list[str]:
    """Say in which points what was found is not what the case expects."""
    wrong = []
    facts = facts_of(found.patient, case.as_of)
    for fact, expected in case.facts.items():
        if facts[fact] not in expected.split("|"):
            wrong.append(f"{fact} is {facts[fact]}, not {expected}")
    lines = {line.resource: line for line in found.account}
    for resource, expectation in case.lines.items():
        outcome, text = (expectation, "") if isinstance(expectation, str) else expectation
        line = lines.get(resource)
        if line is None:
            wrong.append(f"{resource} has no line")
        elif line.outcome not in outcome.split("|"):
            wrong.append(f"{resource} is {line.outcome}, not {outcome}: {line}")
        elif text.lower() not in f"{line} {line.because}".lower():
            wrong.append(f"{resource} does not speak of {text}: {line} ({line.because})")
    warned = [warning.lower() for warning in found.warnings]
    wrong += [
        f"no warning speaks of {expected}: {found.warnings}"
        for expected in case.warnings
        if not any(choice in warning for choice in expected.split("|") for warning in warned)
    ]
    if case.quiet and warned:
        wrong.append(f"warned of {found.warnings}")
    return wrong + _personal(case, found.patient)


def _personal(case: Case, patient: Patient) -> list[str]:
    age, pregnancy, breastfeeding, (low, high) = person_of(patient, case.as_of)
    told = (
        ("age", age, case.age),
        ("pregnancy", pregnancy, case.pregnancy),
        ("breastfeeding", breastfeeding, case.breastfeeding),
    )
    wrong = [
        f"{name} is {shown}, not {expected}"
        for name, shown, expected in told
        if expected and shown not in expected.split("|")
    ]
    if case.weeks is not None:
        first, last, *possible = (
            weeks * 7 + days for weeks, days in (case.weeks.first, case.weeks.last, *case.weeks.possible)
        )
        vague = pregnancy != "yes" and pregnancy in case.pregnancy.split("|")
        if not vague and (
            pregnancy != "yes" or low < first or high > last or not all(low <= day <= high for day in possible)
        ):
            wrong.append(f"pregnancy is {pregnancy}, days {low} to {high}, not {case.weeks}")
    return wrong
