"""Whose record it is, the form in which it comes, and faults that real exports have."""

from typing import Any

from intake.pitfalls import (
    EVERYTHING,
    ME,
    Case,
    Json,
    Raw,
    ago,
    allergy,
    answers,
    at,
    coding,
    concept,
    condition,
    extension,
    icd,
    item,
    loinc,
    medication,
    observation,
    patient,
    quantity,
    request,
    statement,
)

OTHER: Json = {"reference": "Patient/p2"}

BABY, MOTHER = patient(id="p1", birthDate="2026-05-01"), patient(id="p2", gender="female", birthDate="1990-05-01")


def first_page(subject: str = "Patient/p1") -> Json:
    """Return the first page of a document about somebody."""
    return {
        "resourceType": "Composition",
        "id": "d1",
        "status": "final",
        "type": concept(loinc("60591-5")),
        "subject": {"reference": subject},
        "date": ago(1),
        "author": [{"display": "a practice"}],
        "title": "Patient summary",
    }


def other(kind: str, name: str = "x1", **more: Any) -> Json:
    """Return a resource of a kind that is not read."""
    return {"resourceType": kind, "id": name, **more}


RELATIVE = other(
    "FamilyMemberHistory",
    status="completed",
    patient=ME,
    relationship=concept(coding("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "MTH", "mother")),
    condition=[{"code": concept(icd("J45.9"))}],
)

WHOSE = (
    Case(
        "An illness of somebody else says nothing of the person",
        "whose record",
        (condition(icd("J45.9"), subject=OTHER),),
        facts={"asthma": "unknown"},
        lines={"Condition/c1": "ignored"},
    ),
    Case(
        "A document is about its subject, whoever stands first",
        "whose record",
        (
            first_page("Patient/p1"),
            MOTHER,
            BABY,
            condition(icd("G40.9"), name="c1"),
            condition(icd("J45.9"), name="c2", subject=OTHER),
        ),
        around={"type": "document"},
        facts={"epilepsy": "yes", "asthma": "unknown"},
        age="6 months",
        lines={"Patient/p1": "used", "Patient/p2": "ignored", "Condition/c1": "used", "Condition/c2": "ignored"},
    ),
    Case(
        "An illness of somebody else keeps nothing open",
        "whose record",
        (first_page(), BABY, MOTHER, condition(icd("J45.9"), subject=OTHER)),
        around={"type": "document"},
        closed=EVERYTHING,
        facts={"asthma": "no"},
    ),
    Case(
        "The pregnancy of the mother is none of the child",
        "whose record",
        (
            first_page(),
            BABY,
            MOTHER,
            observation(loinc("82810-3"), valueCodeableConcept=concept(loinc("LA15173-0")), subject=OTHER, on=ago(2)),
        ),
        around={"type": "document"},
        pregnancy="no",
        lines={"Observation/o1": "ignored"},
    ),
    Case(
        "An observation that focuses on somebody else says nothing of the person",
        "whose record",
        (
            observation(
                loinc("63895-7"),
                valueBoolean=True,
                focus=[{"reference": "RelatedPerson/mother"}],
            ),
        ),
        breastfeeding="unknown",
        lines={"Observation/o1": "ignored|unclear"},
    ),
    *(
        Case(
            f"A {kind} of somebody else says nothing of the person",
            "whose record",
            (resource,),
            facts={"vitamin-k-antagonists": "unknown", "aspirin": "unknown", "asthma": "unknown"},
            lines={f"{kind}/{resource['id']}": "ignored"},
        )
        for kind, resource in (
            ("MedicationStatement", statement(text="Warfarin", subject=OTHER)),
            ("MedicationRequest", request(text="Warfarin", subject=OTHER)),
            ("AllergyIntolerance", allergy(text="Aspirin", patient=OTHER)),
        )
    ),
    Case(
        "A subject that is a group is nobody",
        "whose record",
        (condition(icd("J45.9"), subject={"reference": "Group/g1"}),),
        facts={"asthma": "unknown"},
        lines={"Condition/c1": "ignored|unclear"},
    ),
    Case(
        "The person by a whole address is the person",
        "whose record",
        (
            at("https://example.org/fhir/Patient/p1", patient()),
            condition(icd("J45.9"), subject={"reference": "https://example.org/fhir/Patient/p1"}),
        ),
        facts={"asthma": "yes"},
        lines={"Condition/c1": "used"},
    ),
    Case(
        "The display of a subject changes nothing",
        "whose record",
        (condition(icd("J45.9"), subject={"reference": "Patient/p1", "display": "A. Patient"}),),
        facts={"asthma": "yes"},
    ),
    Case(
        "A subject by an identifier alone is no silence",
        "whose record",
        (condition(icd("J45.9"), subject={"identifier": {"system": "https://example.org/people", "value": "4711"}}),),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown"},
        lines={"Condition/c1": "used|prompting|unclear"},
    ),
    Case(
        "An illness without a subject is no silence",
        "whose record",
        (condition(icd("J45.9"), subject=None),),
        malformed=True,
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown"},
        lines={"Condition/c1": "used|prompting|unclear"},
    ),
    Case(
        "An illness in a record without a patient is no silence",
        "whose record",
        (condition(icd("J45.9")),),
        alone=True,
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown"},
        lines={"Condition/c1": "used|prompting"},
    ),
    Case(
        "A history of the family is counted and no more",
        "whose record",
        (RELATIVE,),
        facts={"asthma": "unknown"},
        lines={"FamilyMemberHistory": ("counted", "1 not read")},
    ),
    Case(
        "A history of the family keeps nothing open",
        "whose record",
        (RELATIVE,),
        closed=EVERYTHING,
        facts={"asthma": "no"},
    ),
    Case(
        "A related person is counted and no more",
        "whose record",
        (other("RelatedPerson", patient=ME, gender="female", birthDate="1960-01-01"), patient(birthDate="2014-05-01")),
        age="12",
        lines={"RelatedPerson": ("counted", "1 not read")},
    ),
)

PAYLOADS = (
    *(
        Case(
            f"A bundle as {form} is read",
            "payloads",
            (patient(birthDate="1985-03-02"), condition(icd("J45.9"))),
            form=form,
            facts={"asthma": "yes"},
            age="41",
            lines={"Condition/c1": ("used", "asthma: yes")},
        )
        for form in ("text", "bytes", "ndjson")
    ),
    Case(
        "Russian survives its bytes",
        "payloads",
        (condition(text="бронхиальная астма"),),
        form="bytes",
        facts={"asthma": "yes"},
    ),
    *(
        Case(
            f"A bundle of the type {kind} is read",
            "payloads",
            (condition(icd("J45.9")),),
            around={"type": kind},
            facts={"asthma": "yes"},
        )
        for kind in ("collection", "searchset", "batch-response", "history")
    ),
    Case(
        "A transaction is read",
        "payloads",
        (
            patient(),
            Raw({"resource": condition(icd("J45.9")), "request": {"method": "POST", "url": "Condition"}}),
        ),
        around={"type": "transaction"},
        facts={"asthma": "yes"},
    ),
    Case(
        "An entry without a resource is passed over",
        "payloads",
        (patient(), Raw({"response": {"status": "201 Created"}}), condition(icd("J45.9"))),
        around={"type": "transaction-response"},
        facts={"asthma": "yes"},
    ),
    Case(
        "A page that has a next one is partial",
        "payloads",
        (condition(icd("J45.9")),),
        around={
            "type": "searchset",
            "total": 80,
            "link": [
                {"relation": "self", "url": "https://example.org/fhir/Condition?patient=p1"},
                {"relation": "next", "url": "https://example.org/fhir/Condition?patient=p1&page=2"},
            ],
        },
        facts={"asthma": "yes", "epilepsy": "unknown"},
        warnings=("page|partial|next",),
    ),
    Case(
        "An outcome that stands for an error is warned of in its own words",
        "payloads",
        (
            condition(icd("J45.9")),
            other(
                "OperationOutcome",
                issue=[{"severity": "error", "code": "forbidden", "diagnostics": "Allergies are withheld"}],
            ),
        ),
        facts={"asthma": "yes", "nsaid": "unknown"},
        lines={"OperationOutcome": "counted"},
        warnings=("allergies are withheld",),
    ),
    Case(
        "Other kinds are counted, each once",
        "payloads",
        (
            *(
                other(
                    "Encounter",
                    f"e{place}",
                    status="finished",
                    **{"class": coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB")},
                )
                for place in range(12)
            ),
            other("Organization", name="x2") | {"name": "A practice"},
        ),
        lines={"Encounter": ("counted", "12 not read"), "Organization": ("counted", "1 not read")},
    ),
    Case(
        "A medicine as R5 writes it is read, and said",
        "payloads",
        (
            {
                "resourceType": "MedicationStatement",
                "id": "m1",
                "status": "recorded",
                "medication": {"concept": concept(text="Warfarin")},
                "subject": ME,
            },
        ),
        malformed=True,
        closed=("medicines",),
        facts={"vitamin-k-antagonists": "yes|unknown"},
        lines={"MedicationStatement/m1": "used|prompting|unclear"},
        warnings=("r5",),
    ),
    Case(
        "A medicine to which R5 refers is read, and said",
        "payloads",
        (
            {
                "resourceType": "MedicationRequest",
                "id": "r1",
                "status": "active",
                "intent": "order",
                "medication": {"reference": {"reference": "Medication/w1"}},
                "subject": ME,
            },
            {"resourceType": "Medication", "id": "w1", "code": concept(text="Warfarin")},
        ),
        malformed=True,
        closed=("medicines",),
        facts={"vitamin-k-antagonists": "yes|unknown"},
        lines={"MedicationRequest/r1": "used|prompting|unclear"},
        warnings=("r5",),
    ),
    Case(
        "An illness with a modifier may mean the opposite",
        "payloads",
        (condition(icd("J45.9"), modifierExtension=extension()),),
        closed=EVERYTHING,
        facts={"asthma": "unknown", "epilepsy": "unknown"},
        lines={"Condition/c1": ("unclear", "modifier")},
    ),
    Case(
        "A medicine with a modifier may mean the opposite",
        "payloads",
        (statement(text="Warfarin", modifierExtension=extension()),),
        closed=("medicines",),
        facts={"vitamin-k-antagonists": "unknown", "lithium": "unknown"},
        lines={"MedicationStatement/m1": ("unclear", "modifier")},
    ),
    Case(
        "A finding of no pregnancy with a modifier is no answer",
        "payloads",
        (
            observation(
                loinc("82810-3"),
                valueCodeableConcept=concept(loinc("LA26683-5")),
                modifierExtension=extension(),
            ),
        ),
        pregnancy="unknown",
        lines={"Observation/o1": ("unclear", "modifier")},
    ),
    Case(
        "A form with a modifier settles nothing",
        "payloads",
        (
            answers(
                {"linkId": "asthma", "answer": [{"valueBoolean": False}]},
                modifierExtension=extension(),
            ),
        ),
        facts={"asthma": "unknown"},
        lines={"QuestionnaireResponse/q1": ("unclear", "modifier")},
    ),
    Case(
        "Rules of reading that nobody knows make a resource unread",
        "payloads",
        (condition(icd("J45.9"), implicitRules="https://example.org/fhir/our-own-rules"),),
        closed=EVERYTHING,
        facts={"asthma": "unknown", "epilepsy": "unknown"},
        lines={"Condition/c1": "unclear"},
    ),
    Case(
        "A plain extension changes nothing",
        "payloads",
        (condition(icd("J45.9"), extension=extension()),),
        facts={"asthma": "yes"},
        lines={"Condition/c1": "used"},
    ),
)

_FAULTY: tuple[tuple[str, Json, str, str], ...] = (
    ("A code that is a text", condition(icd("J45.9"), code="J45.9"), "yes|unknown", "used|prompting|unclear"),
    (
        "A coding outside a list",
        condition(code={"coding": icd("J45.9")}),
        "yes|unknown",
        "used|prompting|unclear",
    ),
    ("A coding that is null", condition(code={"coding": [None]}), "unknown", "unclear"),
    ("A code that is null", condition() | {"code": None}, "unknown", "unclear"),
    ("A coding that is a number", condition(code={"coding": [459]}), "unknown", "unclear"),
    ("A text that is a number", condition(code={"text": 459}), "unknown", "unclear"),
    ("An empty text", condition(code={"text": "  "}), "unknown", "unclear"),
    ("A code that is a number", condition(code={"coding": [{**icd("J45.9"), "code": 459}]}), "unknown", "unclear"),
    (
        "A clinical status that is a text",
        condition(icd("J45.9"), clinicalStatus="active"),
        "yes|unknown",
        "used|prompting|unclear",
    ),
    (
        "A status that is null",
        condition(icd("J45.9")) | {"clinicalStatus": None},
        "yes|unknown",
        "used|prompting|unclear",
    ),
    (
        "A date that does not exist",
        condition(icd("J45.9"), recordedDate="2026-02-31"),
        "yes|unknown",
        "used|prompting|unclear",
    ),
    ("A date that is a number", condition(icd("J45.9"), onsetDateTime=2019), "yes|unknown", "used|prompting|unclear"),
    (
        "An end that is no date",
        condition(icd("J45.9"), abatementDateTime="soon"),
        "yes|unknown",
        "used|prompting|unclear",
    ),
    ("A site that is a text", condition(icd("J45.9"), bodySite="chest"), "yes|unknown", "used|prompting|unclear"),
    ("A note that is a text", condition(icd("J45.9"), note="well"), "yes|unknown", "used|prompting|unclear"),
    (
        "A subject that is a text",
        condition(icd("J45.9"), subject="Patient/p1"),
        "yes|unknown",
        "used|prompting|unclear",
    ),
    ("An element that R4 does not know", condition(icd("J45.9"), colour="blue"), "yes", "used"),
)

FAULTS = (
    *(
        Case(
            f"{what} is never an error and never silence",
            "faults",
            (resource,),
            malformed=True,
            closed=EVERYTHING,
            facts={"asthma": facts},
            lines={"Condition/c1": outcome},
        )
        for what, resource, facts, outcome in _FAULTY
    ),
    Case(
        "A refutation that is a text is no illness",
        "faults",
        (condition(icd("J45.9"), verificationStatus="refuted"),),
        malformed=True,
        facts={"asthma": "no|unknown"},
    ),
    Case(
        "An error that is a text is an error",
        "faults",
        (condition(icd("J45.9"), clinicalStatus=None, verificationStatus="entered-in-error"),),
        malformed=True,
        facts={"asthma": "unknown"},
        lines={"Condition/c1": "ignored|unclear"},
    ),
    Case(
        "An end without a date, as old exports have it, is an end",
        "faults",
        (condition(icd("J18.9"), clinical=None, abatementBoolean=True),),
        malformed=True,
        closed=EVERYTHING,
        facts={"pneumonia": "no|unknown"},
        lines={"Condition/c1": "ignored|prompting|unclear"},
    ),
    Case(
        "An id that is a number is an id",
        "faults",
        (condition(icd("J45.9")) | {"id": 3},),
        malformed=True,
        facts={"asthma": "yes"},
        lines={"Condition/3": "used"},
    ),
    Case(
        "Entries outside a list are read or said",
        "faults",
        (),
        alone=True,
        around={"entry": {"resource": condition(icd("J45.9"))}},
        malformed=True,
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown"},
    ),
    *(
        Case(
            f"An entry that is {what} hides no other",
            "faults",
            (patient(), Raw(entry), condition(icd("G40.9"))),
            malformed=True,
            facts={"epilepsy": "yes"},
            lines={"Condition/c1": "used"},
        )
        for what, entry in (
            ("null", None),
            ("a text", "Condition"),
            ("a resource that is null", {"resource": None}),
            ("a resource that is a text", {"resource": "Condition/c9"}),
            ("a resource without a kind", {"resource": {"id": "nobody"}}),
            ("a resource of a kind that is a number", {"resource": {"resourceType": 7}}),
        )
    ),
    *(
        Case(
            f"A birth date given as {born!r} is no error",
            "faults",
            (patient(birthDate=born), condition(icd("G40.9"))),
            malformed=True,
            facts={"epilepsy": "yes"},
            age=age,
        )
        for born, age in (
            (1985, "40 to 41|unknown"),
            ("85", "unknown"),
            ("1985-13-40", "unknown|40 to 41"),
            ("about 1985", "unknown"),
            ("1985-03-02T00:00:00Z", "41|unknown"),
            ("", "unknown"),
            (["1985-03-02"], "unknown|41"),
        )
    ),
    *(
        Case(
            f"A birth date of {born} is no error",
            "faults",
            (patient(birthDate=born), condition(icd("G40.9"))),
            facts={"epilepsy": "yes"},
            age="unknown",
            lines={"Patient/p1": "unclear|ignored|prompting|known"},
        )
        for born in ("2031-01-01", "1801-01-01")
    ),
    *(
        Case(
            f"A sex given as {gender!r} is no error",
            "faults",
            (patient(gender=gender),),
            malformed=malformed,
            pregnancy="unknown|no",
        )
        for gender, malformed in (("M", False), (1, True), (["male"], True))
    ),
    Case(
        "A list of categories that is a text is read past",
        "faults",
        (allergy(text="Aspirin", category="medication"),),
        malformed=True,
        facts={"aspirin": "yes"},
    ),
    Case(
        "A reaction outside a list is no silence",
        "faults",
        (allergy(reaction={"substance": {"text": "Aspirin"}}),),
        malformed=True,
        closed=("allergies",),
        facts={"aspirin": "yes|unknown"},
        lines={"AllergyIntolerance/a1": "used|prompting|unclear"},
    ),
    Case(
        "A truth that is a text is not true",
        "faults",
        (answers({"linkId": "asthma", "answer": [{"valueBoolean": "false"}]}),),
        malformed=True,
        facts={"asthma": "no|unknown"},
    ),
    Case(
        "An answer outside a list is no error",
        "faults",
        (answers({"linkId": "asthma", "answer": {"valueBoolean": True}}),),
        malformed=True,
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown"},
    ),
    Case(
        "A form whose items are null is no error",
        "faults",
        (answers() | {"item": None},),
        malformed=True,
        facts={"asthma": "unknown"},
        lines={"QuestionnaireResponse/q1": "unclear|ignored|known|used"},
    ),
    *(
        Case(
            f"A filtration given as {value!r} is no error and no silence",
            "faults",
            (observation(loinc("62238-1"), valueQuantity=value),),
            malformed=True,
            closed=EVERYTHING,
            facts={"severe-kidney-disease": "yes|unknown"},
            lines={"Observation/o1": "used|prompting|unclear"},
        )
        for value in (
            {"value": "twenty-two", "unit": "mL/min"},
            {"value": None, "unit": "mL/min"},
            22,
            {"value": [22]},
        )
    ),
    Case(
        "A pregnancy given as a text is no silence",
        "faults",
        (observation(loinc("82810-3"), valueCodeableConcept="LA15173-0"),),
        malformed=True,
        pregnancy="yes|possible|unknown",
    ),
    Case(
        "A medicine given as a text is no silence",
        "faults",
        (statement() | {"medicationCodeableConcept": "Warfarin"},),
        malformed=True,
        closed=("medicines",),
        facts={"vitamin-k-antagonists": "yes|unknown"},
        lines={"MedicationStatement/m1": "used|prompting|unclear"},
    ),
    Case(
        "A status of a medicine that nobody has heard of is no silence",
        "faults",
        (statement(text="Warfarin", status="sometimes"),),
        closed=("medicines",),
        facts={"vitamin-k-antagonists": "yes|unknown"},
        lines={"MedicationStatement/m1": "used|prompting|unclear"},
    ),
    Case(
        "A medicine without a status is no silence",
        "faults",
        (statement(text="Warfarin") | {"status": None},),
        malformed=True,
        closed=("medicines",),
        facts={"vitamin-k-antagonists": "yes|unknown"},
        lines={"MedicationStatement/m1": "used|prompting|unclear"},
    ),
    Case(
        "A reference that is a number is unknown",
        "faults",
        (statement() | {"medicationReference": {"reference": 5}},),
        malformed=True,
        closed=("medicines",),
        facts={"anticoagulants": "unknown"},
        lines={"MedicationStatement/m1": "unclear"},
    ),
    Case(
        "What is contained may be anything",
        "faults",
        (statement(contained="med1", medicationReference={"reference": "#med1"}),),
        malformed=True,
        closed=("medicines",),
        facts={"anticoagulants": "unknown"},
        lines={"MedicationStatement/m1": "unclear"},
    ),
)

DECIDED = (
    Case(
        "Two patients of whom nothing says which is meant are refused",
        "whose record",
        (
            patient(id="p1", birthDate="1990-05-01"),
            patient(id="p2", birthDate="1960-05-01"),
            condition(icd("J45.9"), name="c1"),
            condition(icd("G40.9"), name="c2", subject=OTHER),
        ),
        error="several persons (Patient/p1, Patient/p2)",
        remark="Taking the first and closing what the second has may hide an illness.",
    ),
    Case(
        "A bulk export of two people of whom one alone is spoken of is warned of",
        "whose record",
        (patient(id="p1"), patient(id="p2"), condition(icd("J45.9"), subject=OTHER)),
        form="ndjson",
        closed=EVERYTHING,
        facts={"asthma": "yes"},
        lines={"Patient/p1": ("ignored", "somebody else"), "Patient/p2": "ignored"},
        warnings=("patient/p2",),
        remark="Nothing is recorded of the other, so nothing can be mistaken; who is meant is still a guess.",
    ),
    Case(
        "A record without a patient and with two subjects is refused",
        "whose record",
        (condition(icd("J45.9"), name="c1"), condition(icd("G40.9"), name="c2", subject=OTHER)),
        alone=True,
        error="speaks of several persons (Patient/p1, Patient/p2)",
        remark="Nothing says which of the two is treated.",
    ),
    Case(
        "A person who has died is warned of",
        "whose record",
        (patient(deceasedBoolean=True, birthDate="1985-03-02"),),
        warnings=("dead|deceased|died",),
        remark="No document speaks of it; a verdict for the dead is a sign of the wrong record.",
    ),
    Case(
        "A record that another one has replaced is warned of",
        "whose record",
        (patient(active=False, link=[{"other": OTHER, "type": "replaced-by"}]),),
        warnings=("replaced|another|active|link",),
        remark="Patient.link is not mentioned; the other record holds the rest.",
    ),
    Case(
        "A patient with a modifier is not read",
        "payloads",
        (patient(birthDate="1985-03-02", modifierExtension=extension()),),
        age="unknown",
        lines={"Patient/p1": ("unclear", "modifier")},
        remark="The R4 rule holds for every resource; the age is then unknown and everything is asked.",
    ),
    Case(
        "A modifier within an element makes the element unread",
        "payloads",
        (
            allergy(
                text="Drug allergy",
                reaction=[
                    {
                        "substance": concept(text="Aspirin"),
                        "manifestation": [concept(text="rash")],
                        "modifierExtension": extension(),
                    }
                ],
            ),
        ),
        closed=("allergies",),
        facts={"aspirin": "unknown", "bee-venom": "unknown"},
        lines={"AllergyIntolerance/a1": ("prompting", "modifierExtension")},
        remark="In R4 the elements within a resource may carry modifiers as well.",
    ),
    Case(
        "A dosage with a modifier leaves the medicine, and says nothing of its own",
        "payloads",
        (
            statement(
                text="Diclofenac",
                dosage=[{"route": concept(text="topical route"), "modifierExtension": extension()}],
            ),
        ),
        closed=EVERYTHING,
        facts={"nsaids-systemic": "yes|unknown", "nsaids-topical": "unknown"},
        lines={"MedicationStatement/m1": ("used|prompting", "modifierExtension")},
        remark="What the dosage says may be the opposite; that the medicine is taken stands beside it.",
    ),
    Case(
        "An ingredient with a modifier is no ingredient, and keeps the medicines open",
        "payloads",
        (
            medication(
                text="Home mix",
                ingredient=[
                    {"itemCodeableConcept": concept(text="Warfarin"), "modifierExtension": extension()},
                ],
            ),
            statement(medicationReference={"reference": "Medication/w1"}),
        ),
        closed=EVERYTHING,
        facts={"vitamin-k-antagonists": "unknown"},
        lines={"MedicationStatement/m1": ("unclear", "modifierExtension")},
        remark="As a dosage.",
    ),
    Case(
        "A stage with a modifier says nothing of how bad an illness is",
        "payloads",
        (
            condition(
                text="Chronic kidney disease",
                stage=[{"summary": concept(text="stage 5"), "modifierExtension": extension()}],
            ),
        ),
        closed=EVERYTHING,
        facts={"kidney-disease": "yes", "severe-kidney-disease": "unknown"},
        lines={"Condition/c1": ("used", "modifierExtension")},
        remark="As a dosage.",
    ),
    Case(
        "A component with a modifier leaves the time of a pregnancy open",
        "payloads",
        (
            observation(
                loinc("18185-9"),
                component=[
                    {"code": concept(loinc("49051-6")), "valueQuantity": quantity(20, "wk")},
                    {
                        "code": concept(text="days"),
                        "valueQuantity": quantity(3, "d"),
                        "modifierExtension": extension(),
                    },
                ],
            ),
        ),
        pregnancy="possible|unknown",
        lines={"Observation/o1": ("prompting", "modifierExtension")},
        remark="Half of a number of weeks and days is no number.",
    ),
    Case(
        "An item of a form with a modifier is not read, nor is what stands in it",
        "payloads",
        (
            answers(
                item(
                    "g1",
                    "Illnesses",
                    item=[item("asthma", said=False)],
                    modifierExtension=extension(),
                ),
                item("epilepsy", said=False),
            ),
        ),
        facts={"asthma": "unknown", "epilepsy": "no"},
        lines={"QuestionnaireResponse/q1": ("used", "modifierExtension")},
        remark="The modifier of a group holds for all of it.",
    ),
    Case(
        "A search for what is active alone is warned of",
        "payloads",
        (condition(icd("J45.9")),),
        around={
            "type": "searchset",
            "link": [
                {"relation": "self", "url": "https://example.org/fhir/Condition?patient=p1&clinical-status=active"}
            ],
        },
        closed=EVERYTHING,
        facts={"asthma": "yes", "photosensitivity-history": "unknown"},
        warnings=("active|filter|clinical-status",),
        remark="The filter hides histories that count, and the self link shows it; but closing is explicit.",
    ),
    Case(
        "On a partial page a closed topic is not closed",
        "payloads",
        (condition(icd("J45.9")),),
        around={"type": "searchset", "link": [{"relation": "next", "url": "https://example.org/fhir?page=2"}]},
        closed=EVERYTHING,
        facts={"asthma": "yes", "epilepsy": "unknown"},
        remark="What was not seen is unknown; but closing is the caller's explicit word.",
    ),
    Case(
        "Where a part was withheld a closed topic is not closed",
        "payloads",
        (
            other(
                "OperationOutcome",
                issue=[{"severity": "error", "code": "forbidden", "diagnostics": "Conditions are withheld"}],
            ),
        ),
        closed=EVERYTHING,
        facts={"epilepsy": "unknown"},
        remark="As with the partial page.",
    ),
    Case(
        "A bundle within a bundle is read or at least said",
        "payloads",
        (
            {
                "resourceType": "Bundle",
                "id": "b2",
                "type": "collection",
                "entry": [{"resource": condition(icd("J45.9"))}],
            },
        ),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown"},
        remark="A batch of searches answers with bundles in a bundle; merely counted it would be lost.",
    ),
    Case(
        "An illness that stands within another resource is no silence",
        "payloads",
        (
            {
                "resourceType": "Encounter",
                "id": "x1",
                "status": "finished",
                "class": coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB"),
                "contained": [condition(icd("J45.9"), name="inner")],
            },
        ),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown"},
        remark="Kinds that are only counted may contain kinds that are read.",
    ),
)

RECORDS = (*WHOSE, *PAYLOADS, *FAULTS, *DECIDED)
