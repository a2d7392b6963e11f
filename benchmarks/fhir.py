"""What reading a FHIR record costs, as a ratio to ``json.loads`` of the same bytes, in one run.

The records are made up here: each holds a person, encounters, illnesses, medicines, allergies and measurements, in
the shape in which record systems export them. Every record is read several times, and its best time counts. Run it
with ``python benchmarks/fhir.py``; it exits with 1 where a bound is missed.
"""

import json
import random
import sys
import time
from datetime import date, timedelta
from typing import Any

from remedies.intake.fhir import patient_from_bundle

TODAY = date(2026, 11, 22)
RECORDS, TIMES, MOST = 60, 40, 3.0
"""How many records, how often each is read, and how many times the time of json.loads reading one may take."""

SNOMED, RXNORM, LOINC = (
    "http://snomed.info/sct",
    "http://www.nlm.nih.gov/research/umls/rxnorm",
    "http://loinc.org",
)
ILLNESSES = (
    ("38341003", "Hypertension"),
    ("195967001", "Asthma"),
    ("44054006", "Type 2 diabetes mellitus"),
    ("90560007", "Gout"),
    ("49436004", "Atrial fibrillation"),
    ("10509002", "Acute bronchitis (disorder)"),
    ("195662009", "Acute viral pharyngitis (disorder)"),
    ("68496003", "Polyp of colon"),
)
MEDICINES = (
    ("855332", "Warfarin Sodium 5 MG Oral Tablet"),
    ("313782", "Acetaminophen 325 MG Oral Tablet"),
    ("316049", "Hydrochlorothiazide 25 MG"),
    ("310965", "Ibuprofen 200 MG Oral Tablet"),
    ("316672", "Simvistatin 10 MG"),
    ("308182", "Amoxicillin 250 MG Oral Capsule"),
)
ALLERGIES = (("424213003", "Allergy to bee venom"), ("300916003", "Latex allergy"), ("91934008", "Allergy to nut"))
MEASURED = (("8302-2", "Body Height", "cm"), ("29463-7", "Body Weight", "kg"), ("39156-5", "Body Mass Index", "kg/m2"))


def concept(system: str, code: str, name: str) -> dict[str, Any]:
    """Write a CodeableConcept."""
    return {"coding": [{"system": system, "code": code, "display": name}], "text": name}


def status(name: str, code: str) -> dict[str, Any]:
    """Write a status of a condition or an allergy."""
    return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/{name}", "code": code}]}


def record(number: int) -> str:
    """Write the record of one made-up person."""
    chance = random.Random(number)  # noqa: S311 - made-up people

    def day() -> str:
        return f"{TODAY - timedelta(days=chance.randrange(20, 6000))}T09:30:00+00:00"

    def common(kind: str, place: int) -> dict[str, Any]:
        reference = {"reference": f"urn:uuid:p{number}"}
        return {
            "resourceType": kind,
            "id": f"{kind.lower()}-{number}-{place}",
            "meta": {
                "lastUpdated": day(),
                "versionId": "1",
                "profile": [f"http://hl7.org/fhir/StructureDefinition/{kind}"],
            },
            "text": {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{kind} {place}</div>'},
            "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{chance.getrandbits(128):032x}"}],
            "patient" if kind == "AllergyIntolerance" else "subject": reference,
            "encounter": {"reference": f"urn:uuid:e{place}"},
        }

    person = {
        "resourceType": "Patient",
        "id": f"p{number}",
        "gender": chance.choice(["female", "male"]),
        "birthDate": f"{TODAY - timedelta(days=chance.randrange(9000, 30000))}",
        "address": [{"city": "Testville", "country": "XX"}],
    }
    resources: list[dict[str, Any]] = [person]
    resources += [{**common("Encounter", place), "status": "finished", "class": {"code": "AMB"}} for place in range(2)]
    for place in range(chance.randrange(2, 10)):
        illness = {"code": concept(SNOMED, *chance.choice(ILLNESSES)), "recordedDate": day()}
        clinical = status("condition-clinical", chance.choice(["active", "resolved"]))
        verified = status("condition-ver-status", "confirmed")
        resources.append(
            {**common("Condition", place), **illness, "clinicalStatus": clinical, "verificationStatus": verified}
        )
    for place in range(chance.randrange(2, 14)):
        medicine = {"medicationCodeableConcept": concept(RXNORM, *chance.choice(MEDICINES)), "authoredOn": day()}
        held = {"status": chance.choice(["active", "stopped"]), "intent": "order"}
        dosage = {"dosageInstruction": [{"sequence": 1, "asNeededBoolean": True}]}
        resources.append({**common("MedicationRequest", place), **held, **medicine, **dosage})
    for place in range(chance.randrange(0, 4)):
        allergy = {"code": concept(SNOMED, *chance.choice(ALLERGIES)), "category": ["environment"]}
        clinical = status("allergyintolerance-clinical", "active")
        resources.append({**common("AllergyIntolerance", place), **allergy, "clinicalStatus": clinical})
    for place, (code, name, unit) in enumerate(MEASURED):
        value = {"value": chance.randrange(20, 200), "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
        found = {"code": concept(LOINC, code, name), "valueQuantity": value, "effectiveDateTime": day()}
        resources.append({**common("Observation", place), "status": "final", **found})
    entries = [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})


def measured(text: str) -> tuple[float, float]:
    """Time one record: the best of several readings, in seconds, of its JSON and of what it says."""
    parsed = read = float("inf")
    for _ in range(TIMES):
        begin = time.perf_counter()
        bundle = json.loads(text)
        between = time.perf_counter()
        patient_from_bundle(bundle, as_of=TODAY)
        end = time.perf_counter()
        parsed, read = min(parsed, between - begin), min(read, end - between)
    return parsed, read


def main() -> int:
    """Measure all records, say what came of it, and fail where it took too long."""
    texts = [record(number) for number in range(RECORDS)]
    times = [measured(text) for text in texts]
    parsed, read = (sum(column) for column in zip(*times, strict=True))
    worst = max(one / other for other, one in times)
    size = sum(map(len, texts)) / RECORDS / 1000
    print(f"{RECORDS} records of {size:.0f} kB, the best of {TIMES} readings of each")
    print(f"json.loads  {parsed / RECORDS * 1e6:7.0f} us a record")
    print(f"reading it  {read / RECORDS * 1e6:7.0f} us a record")
    print(f"ratio       {read / parsed:7.2f} (at most {MOST}); of one record at worst {worst:.2f}")
    return int(read / parsed > MOST)


if __name__ == "__main__":
    sys.exit(main())
