"""Medicines: what is taken, was taken, is planned, and where a reference leads."""

from typing import Any

from intake.pitfalls import (
    ME,
    Case,
    Json,
    absent,
    ago,
    at,
    atc,
    concept,
    medication,
    patient,
    request,
    rxnorm,
    sct,
    statement,
)

from remedies.knowledge.topics import Topic

MEDICINES: tuple[Topic, ...] = ("medicines",)

WARFARIN = rxnorm("855332", "Warfarin Sodium 5 MG Oral Tablet")

READ = (
    *(
        Case(
            f"A medicine that is {status} is taken",
            "medicines",
            (statement(WARFARIN, status=status),),
            facts={"vitamin-k-antagonists": "yes", "anticoagulants": "yes"},
            lines={"MedicationStatement/m1": ("used", "vitamin-k-antagonists")},
        )
        for status in ("active", "on-hold", "unknown")
    ),
    Case(
        "A medicine entered in error may have been taken",
        "medicines",
        (statement(WARFARIN, status="entered-in-error"),),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "unknown", "lithium": "no"},
        lines={"MedicationStatement/m1": ("prompting", "error")},
    ),
    Case(
        "A medicine that is planned is not taken for certain",
        "medicines",
        (statement(WARFARIN, status="intended"),),
        facts={"vitamin-k-antagonists": "unknown"},
        lines={"MedicationStatement/m1": "prompting|ignored"},
    ),
    Case(
        "A medicine not taken is no denial of its class",
        "medicines",
        (statement(WARFARIN, status="not-taken"),),
        facts={"anticoagulants": "unknown"},
        lines={"MedicationStatement/m1": ("ignored|used", "taken")},
    ),
    Case(
        "A medicine not taken keeps nothing open",
        "medicines",
        (statement(WARFARIN, status="not-taken"),),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "no", "anticoagulants": "no"},
        lines={"MedicationStatement/m1": "ignored|used"},
    ),
    *(
        Case(
            f"A medicine {status} years ago is past and no denial",
            "medicines",
            (statement(WARFARIN, status=status, effectivePeriod={"start": "2019-01-01", "end": "2020-01-01"}),),
            facts={"vitamin-k-antagonists": "unknown"},
            lines={"MedicationStatement/m1": "ignored"},
        )
        for status in ("stopped", "completed")
    ),
    Case(
        "A medicine stopped years ago keeps nothing open",
        "medicines",
        (statement(WARFARIN, status="stopped", effectivePeriod={"start": "2019-01-01", "end": "2020-01-01"}),),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "no"},
        lines={"MedicationStatement/m1": "ignored"},
    ),
    Case(
        "A medicine stopped on a day that nobody knows is asked about",
        "medicines",
        (statement(WARFARIN, status="stopped"),),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "unknown"},
        lines={"MedicationStatement/m1": "prompting"},
    ),
    Case(
        "A medicine stopped in a year that is not over is asked about",
        "medicines",
        (statement(WARFARIN, status="stopped", effectivePeriod={"start": "2019", "end": "2026"}),),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "unknown"},
        lines={"MedicationStatement/m1": "prompting"},
    ),
    *(
        Case(
            f"{what} stopped {days} days ago still matters",
            "medicines",
            (statement(text=text, status="stopped", effectivePeriod={"start": ago(days + 9), "end": ago(days)}),),
            closed=MEDICINES,
            facts={fact: "unknown|yes"},
            lines={"MedicationStatement/m1": "prompting|used"},
        )
        for what, text, days, fact in (
            ("A gel with ketoprofen", "Ketoprofen 0.025 MG/MG Topical Gel", 5, "nsaids-topical"),
            ("A gel with ketoprofen", "кетопрофен гель", 13, "nsaids-topical"),
            ("Methotrexate", "Methotrexate 2.5 MG Oral Tablet", 5, "methotrexate"),
            ("Warfarin", "варфарин", 2, "vitamin-k-antagonists"),
        )
    ),
    Case(
        "A gel with ketoprofen stopped half a year ago is past",
        "medicines",
        (statement(text="кетопрофен гель", status="stopped", effectivePeriod={"end": ago(190)}),),
        closed=MEDICINES,
        facts={"nsaids-topical": "no"},
        lines={"MedicationStatement/m1": "ignored"},
    ),
    Case(
        "A medicine that begins only next month is asked about",
        "medicines",
        (statement(WARFARIN, effectivePeriod={"start": ago(-30)}),),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "unknown|yes"},
        lines={"MedicationStatement/m1": "prompting|used"},
    ),
    *(
        Case(
            f"The name {text!r} is read",
            "medicines",
            (statement(rxnorm("1", text) if " MG" in text else {"display": text}),),
            facts={fact: "yes"},
            lines={"MedicationStatement/m1": ("used", fact)},
        )
        for text, fact in (
            ("Ibuprofen 200 MG Oral Tablet", "nsaids-systemic"),
            ("Hydrochlorothiazide 25 MG Oral Tablet", "diuretics"),
            ("Ketoprofen 0.025 MG/MG Topical Gel", "nsaids-topical"),
            ("1 ML Enoxaparin sodium 150 MG/ML Prefilled Syringe", "anticoagulants"),
            ("Aspirin 81 MG Oral Tablet", "antiplatelets"),
            ("Варфарин Никомед 2,5 мг", "vitamin-k-antagonists"),
            ("Кардиомагнил", "antiplatelets"),
        )
    ),
    Case(
        "An ATC code of a medicine is read",
        "medicines",
        (statement(atc("B01AF02")),),
        facts={"anticoagulants": "yes"},
        lines={"MedicationStatement/m1": "used"},
    ),
    Case(
        "A known medicine keeps nothing open",
        "medicines",
        (statement(rxnorm("313782", "Acetaminophen 325 MG Oral Tablet")),),
        closed=MEDICINES,
        facts={"anticoagulants": "no", "nsaids-systemic": "no"},
        lines={"MedicationStatement/m1": "known"},
    ),
    Case(
        "A number of RxNorm without a name is not understood",
        "medicines",
        (statement(rxnorm("855332")),),
        closed=MEDICINES,
        facts={"anticoagulants": "unknown"},
        lines={"MedicationStatement/m1": "unclear|used"},
    ),
    Case(
        "A statement without a medicine is not understood",
        "medicines",
        (statement(),),
        closed=MEDICINES,
        malformed=True,
        facts={"anticoagulants": "unknown"},
        lines={"MedicationStatement/m1": "unclear"},
    ),
    *(
        Case(
            f"No known medicines ({name}) clears nothing that is bought without a prescription",
            "medicines",
            (statement(code),),
            facts={
                "nsaids-topical": "unknown",
                "any-other-topical-same-site": "unknown",
                "sunscreens-used": "unknown",
                "vitamin-k-antagonists": "no|unknown",
            },
        )
        for name, code in (("SNOMED", sct("787481004")), ("IPS 1", absent("no-known-medications")))
    ),
    Case(
        "No information on medicines is no answer",
        "medicines",
        (statement(absent("no-medication-info")),),
        facts={"vitamin-k-antagonists": "unknown", "nsaids-systemic": "unknown"},
        lines={"MedicationStatement/m1": "ignored|prompting|known|unclear"},
    ),
    Case(
        "A medicine acts beside no known medicines, and is warned of",
        "medicines",
        (statement(sct("787481004", "No known medications"), name="m1"), statement(WARFARIN, name="m2")),
        facts={"vitamin-k-antagonists": "yes"},
        warnings=("no known|vitamin-k|warfarin|m1",),
    ),
)

ASKED_FOR = (
    *(
        Case(
            f"A prescription that is {status} is taken",
            "medicines",
            (request(WARFARIN, status=status),),
            facts={"vitamin-k-antagonists": "yes"},
            lines={"MedicationRequest/r1": "used"},
        )
        for status in ("active", "on-hold")
    ),
    Case(
        "A prescription of long ago that is active is no silence",
        "medicines",
        (request(WARFARIN, authoredOn="2004-04-30"),),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "yes|unknown"},
        lines={"MedicationRequest/r1": "used|prompting"},
    ),
    Case(
        "A prescription that was cancelled was never taken",
        "medicines",
        (request(WARFARIN, status="cancelled"),),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "no|unknown"},
        lines={"MedicationRequest/r1": "ignored|prompting"},
    ),
    Case(
        "A prescription that was cancelled is no denial",
        "medicines",
        (request(WARFARIN, status="cancelled"),),
        facts={"vitamin-k-antagonists": "unknown"},
    ),
    Case(
        "A draft is not taken for certain",
        "medicines",
        (request(WARFARIN, status="draft"),),
        facts={"vitamin-k-antagonists": "unknown"},
        lines={"MedicationRequest/r1": "ignored|prompting"},
    ),
    *(
        Case(
            f"A prescription that is only a {intent} is not taken for certain",
            "medicines",
            (request(WARFARIN, intent=intent),),
            facts={"vitamin-k-antagonists": "unknown"},
            lines={"MedicationRequest/r1": "ignored|prompting"},
        )
        for intent in ("plan", "proposal")
    ),
    Case(
        "A prescription not to give a medicine is no medicine",
        "medicines",
        (request(WARFARIN, doNotPerform=True),),
        facts={"vitamin-k-antagonists": "unknown"},
        lines={"MedicationRequest/r1": "ignored|prompting"},
    ),
    *(
        Case(
            f"A prescription {status} years ago is past",
            "medicines",
            (request(WARFARIN, status=status, authoredOn="2012-04-30"),),
            closed=MEDICINES,
            facts={"vitamin-k-antagonists": expected},
            lines={"MedicationRequest/r1": outcome},
        )
        for status, expected, outcome in (
            ("completed", "no", "ignored"),
            ("stopped", "no|unknown", "ignored|prompting"),
        )
    ),
    Case(
        "A prescription stopped on a day that nobody knows is no denial",
        "medicines",
        (request(WARFARIN, status="stopped", authoredOn=None),),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "unknown"},
        lines={"MedicationRequest/r1": "prompting"},
    ),
    Case(
        "A prescription that ended this week may still be used",
        "medicines",
        (request(text="кетопрофен гель", status="completed", authoredOn=ago(4)),),
        closed=MEDICINES,
        facts={"nsaids-topical": "unknown|yes"},
        lines={"MedicationRequest/r1": "prompting|used"},
    ),
    Case(
        "A prescription as reported by the patient is read",
        "medicines",
        (request(WARFARIN, reportedBoolean=True),),
        facts={"vitamin-k-antagonists": "yes"},
    ),
)


def _to(reference: str, **more: Any) -> Json:
    return {"medicationReference": {"reference": reference, **more}}


REFERENCES = (
    Case(
        "A medicine within the statement is read",
        "references",
        (statement(contained=[medication(WARFARIN, name="med1")], **_to("#med1")),),
        facts={"vitamin-k-antagonists": "yes"},
        lines={"MedicationStatement/m1": "used"},
    ),
    Case(
        "Two statements with a medicine of the same name within each have their own",
        "references",
        (
            statement(name="m1", contained=[medication(WARFARIN, name="med")], **_to("#med")),
            request(name="r1", contained=[medication(text="Lithium carbonate", name="med")], **_to("#med")),
        ),
        facts={"vitamin-k-antagonists": "yes", "lithium": "yes"},
        lines={"MedicationRequest/r1": ("used", "lithium")},
    ),
    Case(
        "A medicine elsewhere in the bundle is read",
        "references",
        (statement(**_to("Medication/w1")), medication(WARFARIN)),
        facts={"vitamin-k-antagonists": "yes"},
        lines={"MedicationStatement/m1": "used", "Medication/w1": "used|known|ignored"},
    ),
    Case(
        "A medicine is found by its URN",
        "references",
        (
            statement(**_to("urn:uuid:11111111-2222-4333-8444-555555555555")),
            at("urn:uuid:11111111-2222-4333-8444-555555555555", medication(WARFARIN, name=None)),
        ),
        facts={"vitamin-k-antagonists": "yes"},
        lines={"MedicationStatement/m1": "used", "Medication (entry 3)": "used|known|ignored"},
    ),
    Case(
        "A medicine is found by its whole address",
        "references",
        (
            statement(**_to("https://example.org/fhir/Medication/w1")),
            at("https://example.org/fhir/Medication/w1", medication(WARFARIN)),
        ),
        facts={"vitamin-k-antagonists": "yes"},
    ),
    Case(
        "A medicine of a certain version is found",
        "references",
        (statement(**_to("Medication/w1/_history/2")), medication(WARFARIN)),
        facts={"vitamin-k-antagonists": "yes"},
    ),
    Case(
        "A medicine that cannot be found is unknown, not none",
        "references",
        (statement(**_to("Medication/elsewhere")),),
        closed=MEDICINES,
        facts={"anticoagulants": "unknown", "nsaids-systemic": "unknown"},
        lines={"MedicationStatement/m1": "unclear"},
    ),
    Case(
        "A medicine within that is not there is unknown",
        "references",
        (statement(**_to("#gone")),),
        closed=MEDICINES,
        facts={"anticoagulants": "unknown"},
        lines={"MedicationStatement/m1": "unclear"},
    ),
    Case(
        "A reference that leads to no medicine is unknown",
        "references",
        (statement(**_to("Patient/p1")),),
        closed=MEDICINES,
        facts={"anticoagulants": "unknown"},
        lines={"MedicationStatement/m1": "unclear"},
    ),
    Case(
        "The display of a reference that cannot be found is read",
        "references",
        (statement(**_to("Medication/elsewhere", display="Warfarin 5 mg")),),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "yes|unknown"},
        lines={"MedicationStatement/m1": "used|prompting|unclear"},
    ),
    Case(
        "A medicine is read by its ingredients",
        "references",
        (
            request(**_to("Medication/w1")),
            medication(
                ingredient=[
                    {"itemCodeableConcept": concept(text="Ibuprofen")},
                    {"itemCodeableConcept": concept(text="Pseudoephedrine")},
                ]
            ),
        ),
        facts={"nsaids-systemic": "yes|unknown"},
        closed=MEDICINES,
        lines={"MedicationRequest/r1": "used|prompting"},
    ),
    Case(
        "A brand that nobody knows is read by its ingredients",
        "references",
        (
            statement(**_to("Medication/w1")),
            medication(text="Zzqqol", ingredient=[{"itemCodeableConcept": concept(text="Warfarin")}]),
        ),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "yes|unknown"},
    ),
    Case(
        "An ingredient is found by reference",
        "references",
        (
            statement(**_to("Medication/w1")),
            medication(ingredient=[{"itemReference": {"reference": "Medication/w2"}}]),
            medication(text="Warfarin", name="w2"),
        ),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "yes|unknown"},
    ),
    Case(
        "A medicine that contains itself is read to an end",
        "references",
        (
            statement(**_to("Medication/w1")),
            medication(ingredient=[{"itemReference": {"reference": "Medication/w1"}}]),
        ),
        closed=MEDICINES,
        facts={"anticoagulants": "unknown"},
        lines={"MedicationStatement/m1": "unclear"},
    ),
    Case(
        "A medicine to which nobody refers is not taken for certain",
        "references",
        (medication(WARFARIN),),
        facts={"vitamin-k-antagonists": "unknown"},
        lines={"Medication/w1": "ignored|known|prompting"},
    ),
    Case(
        "The patient is found by a URN",
        "references",
        (
            at("urn:uuid:aaaaaaaa-2222-4333-8444-555555555555", patient(id=None, birthDate="1985-03-02")),
            statement(WARFARIN, subject={"reference": "urn:uuid:aaaaaaaa-2222-4333-8444-555555555555"}),
        ),
        facts={"vitamin-k-antagonists": "yes"},
        age="41",
        lines={"Patient (entry 1)": "used"},
    ),
    Case(
        "Resources without an id are called by their place",
        "references",
        (statement(WARFARIN, name=None), request(text="zzqqol", name=None)),
        facts={"vitamin-k-antagonists": "yes"},
        lines={"MedicationStatement (entry 2)": "used", "MedicationRequest (entry 3)": "unclear"},
    ),
)

DECIDED = (
    Case(
        "A medicine that is planned may have been begun",
        "medicines",
        (statement(WARFARIN, status="intended"),),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "unknown"},
        lines={"MedicationStatement/m1": "prompting"},
        remark="No document says what planned means; it may begin within the course, so ask.",
    ),
    Case(
        "A prescription entered in error is none",
        "medicines",
        (request(WARFARIN, status="entered-in-error"),),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "no"},
        lines={"MedicationRequest/r1": ("ignored", "entered in error")},
        remark="R4 warns of doses that may have been taken for statements alone; a request is no dose.",
    ),
    Case(
        "An active medicine whose time ended years ago is asked about",
        "medicines",
        (statement(WARFARIN, effectivePeriod={"start": "2019-01-01", "end": "2020-01-01"}),),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "unknown"},
        lines={"MedicationStatement/m1": "prompting"},
        remark="Status and period contradict each other, so ask.",
    ),
    Case(
        "An active medicine of a statement two years ago is taken",
        "medicines",
        (statement(WARFARIN, dateAsserted=ago(730), effectiveDateTime=ago(730)),),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "yes"},
        lines={"MedicationStatement/m1": "used"},
        remark="What a patient says of medicines keeps six months; a record that calls it active is no such word.",
    ),
    Case(
        "No known medicines leaves painkillers open as well",
        "medicines",
        (statement(sct("787481004")),),
        facts={"nsaids-systemic": "unknown", "antiplatelets": "unknown"},
        remark="Ibuprofen and low-dose aspirin are sold without prescription; which classes are is listed nowhere.",
    ),
    Case(
        "A medicine given in hospital is only counted",
        "medicines",
        (
            {
                "resourceType": "MedicationAdministration",
                "id": "x1",
                "status": "completed",
                "medicationCodeableConcept": concept(WARFARIN),
                "subject": ME,
                "effectiveDateTime": ago(1),
            },
        ),
        closed=MEDICINES,
        facts={"vitamin-k-antagonists": "no"},
        lines={"MedicationAdministration": "counted"},
        remark="Only the named kinds are read; who closes the medicines has to look at what was given.",
    ),
)

MEDICINE_CASES = (*READ, *ASKED_FOR, *REFERENCES, *DECIDED)
