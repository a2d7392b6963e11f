"""Age and sex, pregnancy and how far it is, breastfeeding, the kidneys, and other observations."""

from datetime import date
from typing import Any

from intake.pitfalls import (
    EVERYTHING,
    Case,
    Json,
    Weeks,
    ago,
    coding,
    concept,
    condition,
    icd,
    loinc,
    observation,
    patient,
    quantity,
    sct,
)

STATUS = loinc("82810-3", "Pregnancy status")
PREGNANT, NOT_PREGNANT = loinc("LA15173-0", "Pregnant"), loinc("LA26683-5", "Not pregnant")
NURSING = loinc("63895-7", "Breastfeeding status")
FILTRATION = loinc("62238-1", "GFR/1.73 sq M.predicted")

_ABSENT = [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]


def status(answer: Json, on: str | None = "2026-11-12", **more: Any) -> Json:
    """Return an observation of the status of pregnancy."""
    return observation(STATUS, on=on, valueCodeableConcept=concept(answer), **more)


def weeks(value: float, on: str | None = "2026-11-22", unit: str = "wk", code: str = "18185-9", **more: Any) -> Json:
    """Return a gestational age."""
    return observation(loinc(code), on=on, name="g1", valueQuantity=quantity(value, unit), **more)


def due(day: str, on: str = "2026-10-22", code: str = "11778-8", **more: Any) -> Json:
    """Return a due date."""
    return observation(loinc(code, "Delivery date"), on=on, name="d1", valueDateTime=day, **more)


def filtration(value: float, on: str | None = "2026-11-02", **more: Any) -> Json:
    """Return an estimated rate of filtration of the kidneys."""
    return observation(FILTRATION, on=on, valueQuantity=quantity(value, "mL/min/{1.73_m2}"), **more)


AGES = (
    *(
        Case(
            f"Who was born in {born} is {age} on {day}",
            "age and sex",
            (patient(birthDate=born),),
            as_of=date.fromisoformat(day),
            age=age,
            lines={"Patient/p1": "used"},
        )
        for born, day, age in (
            ("2014", "2026-11-22", "11 to 12"),
            ("2014", "2026-12-31", "12"),
            ("2014", "2026-01-01", "11 to 12"),
            ("2014-11", "2026-11-22", "11 to 12"),
            ("2014-12", "2026-11-22", "11"),
            ("2014-11-22", "2026-11-22", "12"),
            ("2014-11-23", "2026-11-22", "11"),
            ("1985", "2026-11-22", "40 to 41"),
        )
    ),
    Case(
        "A birth date that is absent for a reason is unknown",
        "age and sex",
        (patient(_birthDate={"extension": _ABSENT}),),
        age="unknown",
        lines={"Patient/p1": "used|ignored|known|unclear"},
    ),
    Case(
        "A birth date with a time of birth beside it is read",
        "age and sex",
        (
            patient(
                birthDate="1985-03-02",
                _birthDate={
                    "extension": [
                        {
                            "url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime",
                            "valueDateTime": "1985-03-02T14:35:45-05:00",
                        }
                    ]
                },
            ),
        ),
        age="41",
    ),
    Case("Without a patient no age is known", "age and sex", (condition(icd("J45.9")),), alone=True, age="unknown"),
    Case(
        "The sex of a woman settles no pregnancy",
        "age and sex",
        (patient(gender="female", birthDate="1990-05-01"),),
        pregnancy="unknown",
        breastfeeding="unknown",
    ),
    *(
        Case(
            f"A sex given as {gender} settles nothing",
            "age and sex",
            (patient(gender=gender, birthDate="1990-05-01"),),
            pregnancy="unknown",
            breastfeeding="unknown",
        )
        for gender in ("other", "unknown")
    ),
    Case(
        "A man is taken not to be pregnant",
        "age and sex",
        (patient(gender="male", birthDate="1990-05-01"),),
        pregnancy="no",
        breastfeeding="no",
    ),
    Case(
        "A small child is taken not to be pregnant",
        "age and sex",
        (patient(gender="female", birthDate="2020-05-01"),),
        pregnancy="no",
    ),
    Case(
        "An infant is counted in months",
        "age and sex",
        (patient(birthDate="2026-01-10"),),
        age="10 months",
    ),
)

PREGNANCIES = (
    *(
        Case(
            f"Pregnant is read in the words of {name}",
            "pregnancy",
            (status(answer),),
            pregnancy="yes",
            lines={"Observation/o1": ("used", "pregnan")},
        )
        for name, answer in (("LOINC", PREGNANT), ("SNOMED", sct("77386006", "Pregnant")))
    ),
    *(
        Case(
            f"Not pregnant ten days ago is read in the words of {name}",
            "pregnancy",
            (status(answer),),
            pregnancy="no",
            lines={"Observation/o1": ("used", "pregnan")},
        )
        for name, answer in (("LOINC", NOT_PREGNANT), ("SNOMED", sct("60001007", "Not pregnant")))
    ),
    *(
        Case(
            f"A pregnancy that is {display} is possible and not certain",
            "pregnancy",
            (status(sct(code, display)),),
            pregnancy="possible",
            lines={"Observation/o1": "prompting|used"},
        )
        for code, display in (
            ("152231000119106", "Pregnancy not yet confirmed"),
            ("146799005", "Possible pregnancy"),
            ("102874004", "Possible pregnancy of old"),
        )
    ),
    Case(
        "A pregnancy that is not known is not known",
        "pregnancy",
        (status(loinc("LA4489-6", "Unknown")),),
        pregnancy="unknown|possible",
        lines={"Observation/o1": "ignored|prompting|known|used|unclear"},
    ),
    *(
        Case(
            f"Not pregnant {days} days ago is {shown}",
            "pregnancy",
            (status(NOT_PREGNANT, on=ago(days)),),
            pregnancy=shown,
            lines={"Observation/o1": outcome},
        )
        for days, shown, outcome in (
            (27, "no", "used"),
            (29, "unknown", "ignored|prompting"),
            (400, "unknown", "ignored|prompting"),
        )
    ),
    Case(
        "Not pregnant on a day that nobody knows is no answer",
        "pregnancy",
        (status(NOT_PREGNANT, on=None),),
        pregnancy="unknown",
    ),
    Case(
        "Not pregnant this month is an answer of this month",
        "pregnancy",
        (status(NOT_PREGNANT, on="2026-11"),),
        pregnancy="no",
    ),
    Case(
        "Not pregnant this year may be long ago",
        "pregnancy",
        (status(NOT_PREGNANT, on="2026"),),
        pregnancy="unknown",
    ),
    Case(
        "Not pregnant on a day to come is no answer",
        "pregnancy",
        (status(NOT_PREGNANT, on="2027-03-01"),),
        pregnancy="unknown",
    ),
    Case(
        "Pregnant thirty weeks ago may still be so",
        "pregnancy",
        (status(PREGNANT, on=ago(210)),),
        pregnancy="yes|possible",
    ),
    Case(
        "Pregnant a year ago says nothing of today",
        "pregnancy",
        (status(PREGNANT, on=ago(365)),),
        pregnancy="unknown|possible",
        lines={"Observation/o1": "ignored|prompting"},
    ),
    Case(
        "Pregnant on a day that nobody knows is no silence",
        "pregnancy",
        (status(PREGNANT, on=None),),
        pregnancy="yes|possible",
    ),
    *(
        Case(
            f"Pregnant with the status {code} says nothing",
            "pregnancy",
            (status(PREGNANT, status=code),),
            pregnancy="unknown",
            lines={"Observation/o1": "ignored"},
        )
        for code in ("entered-in-error", "cancelled")
    ),
    Case(
        "Not pregnant in a preliminary finding is no answer",
        "pregnancy",
        (status(NOT_PREGNANT, status="preliminary"),),
        pregnancy="unknown",
    ),
    *(
        Case(
            f"Pregnant in a finding that is {code} acts",
            "pregnancy",
            (status(PREGNANT, status=code),),
            pregnancy="yes",
        )
        for code in ("amended", "corrected")
    ),
    Case(
        "A status that is absent for a reason is unknown",
        "pregnancy",
        (observation(STATUS, dataAbsentReason=concept(text="declined to answer")),),
        pregnancy="unknown",
        lines={"Observation/o1": "ignored|prompting|known|unclear"},
    ),
    *(
        Case(
            f"A status of pregnancy may be {name}",
            "pregnancy",
            (observation(STATUS, **value),),
            pregnancy=shown,
        )
        for name, value, shown in (
            ("true", {"valueBoolean": True}, "yes"),
            ("false", {"valueBoolean": False}, "no"),
            ("a text", {"valueCodeableConcept": concept(text="Pregnant")}, "yes|possible"),
            ("a Russian text", {"valueString": "не беременна"}, "no|unknown"),
            ("a text that is not understood", {"valueString": "see chart"}, "unknown|possible"),
        )
    ),
    Case(
        "Of two findings the newer one that says yes acts",
        "pregnancy",
        (status(NOT_PREGNANT, on=ago(20), name="o1"), status(PREGNANT, on=ago(2), name="o2")),
        pregnancy="yes",
    ),
    Case(
        "Of two findings of one day the yes acts, and is warned of",
        "pregnancy",
        (status(PREGNANT, name="o1"), status(NOT_PREGNANT, name="o2")),
        pregnancy="yes|possible",
        warnings=("pregnan",),
    ),
    Case(
        "Not pregnant beside a due date to come is no answer",
        "pregnancy",
        (status(NOT_PREGNANT, on=ago(3)), due("2027-02-20")),
        pregnancy="yes|possible|unknown",
        warnings=("pregnan",),
    ),
    Case(
        "A man who is recorded as pregnant is warned of and not refused",
        "pregnancy",
        (patient(gender="male", birthDate="1990-05-01"), status(PREGNANT)),
        pregnancy="yes|possible|unknown",
        warnings=("male|sex|gender|pregnan",),
    ),
    *(
        Case(
            f"A condition of pregnancy ({name}) of last month is one",
            "pregnancy",
            (condition(code, recordedDate=ago(30)),),
            pregnancy="yes|possible",
            lines={"Condition/c1": "used|prompting"},
        )
        for name, code in (("ICD", icd("Z34.0")), ("SNOMED", sct("77386006", "Pregnancy")))
    ),
    Case(
        "A code of pregnancy stays in the record after birth",
        "pregnancy",
        (condition(icd("Z34.0"), recordedDate="2022-04-01", onsetDateTime="2022-04-01"),),
        pregnancy="unknown|possible",
        lines={"Condition/c1": "ignored|prompting"},
    ),
    Case(
        "A pregnancy that is over is past",
        "pregnancy",
        (condition(sct("77386006"), clinical="resolved", abatementDateTime=ago(60)),),
        pregnancy="unknown|possible",
        lines={"Condition/c1": "ignored|prompting"},
    ),
    *(
        Case(
            f"{what} is no pregnancy of today",
            "pregnancy",
            (condition(icd(code), recordedDate=ago(60)),),
            pregnancy="unknown|possible",
        )
        for what, code in (("A miscarriage", "O03.9"), ("A birth", "O80"), ("An ectopic one", "O00.1"))
    ),
    Case(
        "A pregnancy refuted this week is at most a no of this week",
        "pregnancy",
        (condition(sct("77386006"), verification="refuted", recordedDate=ago(3)),),
        pregnancy="no|unknown",
    ),
    Case(
        "A pregnancy refuted years ago says nothing of today",
        "pregnancy",
        (condition(sct("77386006"), verification="refuted", recordedDate="2020-01-01"),),
        pregnancy="unknown",
    ),
    Case(
        "A first trimester of three months ago is no first trimester today",
        "pregnancy",
        (condition(sct("57630001", "First trimester pregnancy"), recordedDate=ago(91)),),
        pregnancy="yes|possible",
        weeks=Weeks((0, 0), (45, 0), possible=((14, 0), (26, 6))),
    ),
)

GESTATION = (
    *(
        Case(
            f"The weeks of LOINC {code} are counted on to today",
            "gestation",
            (weeks(12, on=ago(28), code=code),),
            weeks=Weeks((16, 0), (16, 6), possible=((16, 0),)),
            lines={"Observation/g1": "used"},
        )
        for code in ("11884-4", "11885-1", "18185-9", "49051-6")
    ),
    Case(
        "A gestational age in days is read in days",
        "gestation",
        (weeks(140, unit="d"),),
        weeks=Weeks((20, 0), (20, 0)),
    ),
    Case(
        "A gestational age in days is counted on",
        "gestation",
        (weeks(135, on=ago(4), unit="d"),),
        weeks=Weeks((19, 6), (19, 6)),
    ),
    Case(
        "Weeks and days may stand in components",
        "gestation",
        (
            observation(
                loinc("18185-9"),
                name="g1",
                on=ago(3),
                component=[
                    {"code": concept(loinc("49051-6")), "valueQuantity": quantity(19, "wk")},
                    {"code": concept(loinc("49052-4")), "valueQuantity": quantity(5, "d")},
                ],
            ),
        ),
        weeks=Weeks((20, 1), (20, 1)),
    ),
    Case(
        "Part of a week is days",
        "gestation",
        (weeks(27.5),),
        weeks=Weeks((27, 0), (27, 6), possible=((27, 3),)),
    ),
    Case(
        "A unit in words is read",
        "gestation",
        (observation(loinc("49051-6"), name="g1", on=ago(0), valueQuantity={"value": 12, "unit": "weeks"}),),
        weeks=Weeks((12, 0), (12, 6), possible=((12, 0),)),
    ),
    Case(
        "A number without a unit is never a hundred and forty weeks",
        "gestation",
        (observation(loinc("18185-9"), name="g1", on=ago(0), valueQuantity={"value": 140}),),
        pregnancy="yes|possible|unknown",
        lines={"Observation/g1": "unclear|prompting|used"},
    ),
    Case(
        "A gestational age in years is not understood",
        "gestation",
        (weeks(12, unit="a"),),
        pregnancy="yes|possible|unknown",
        lines={"Observation/g1": "unclear|prompting"},
    ),
    Case(
        "A gestational age that would be past 44 weeks is stale",
        "gestation",
        (weeks(30, on=ago(110)),),
        pregnancy="unknown|possible",
        lines={"Observation/g1": "ignored|prompting"},
    ),
    Case(
        "A gestational age on a day that nobody knows is no age of today",
        "gestation",
        (weeks(12, on=None),),
        pregnancy="yes|possible|unknown",
        lines={"Observation/g1": "prompting|unclear|ignored|used"},
    ),
    Case(
        "A gestational age of a day to come is not counted back without a word",
        "gestation",
        (weeks(30, on=ago(-60)),),
        pregnancy="yes|possible|unknown",
    ),
    Case(
        "How far the own birth came is no pregnancy of a newborn",
        "gestation",
        (patient(birthDate="2026-05-01", gender="female"), weeks(38, on="2026-05-01")),
        pregnancy="no|unknown",
    ),
    Case(
        "How far the own birth came is no pregnancy of a man",
        "gestation",
        (patient(birthDate="2004-05-01", gender="male"), weeks(38, on="2004-05-01")),
        pregnancy="no|unknown",
    ),
    *(
        Case(
            f"A due date by LOINC {code} gives the weeks of today",
            "gestation",
            (due("2027-02-20", code=code),),
            weeks=Weeks((27, 1), (27, 1)),
            lines={"Observation/d1": "used"},
        )
        for code in ("11778-8", "11779-6", "11780-4")
    ),
    Case(
        "A due date with a time is a day",
        "gestation",
        (due("2027-02-20T00:00:00+03:00"),),
        weeks=Weeks((27, 0), (27, 2)),
    ),
    Case(
        "A due date two weeks ago is week 42",
        "gestation",
        (due(ago(14), on=ago(100)),),
        weeks=Weeks((42, 0), (42, 0)),
    ),
    Case(
        "A due date of two months ago is stale",
        "gestation",
        (due(ago(60), on=ago(200)),),
        pregnancy="unknown|possible",
        lines={"Observation/d1": "ignored|prompting"},
    ),
    Case(
        "A due date of a month alone is a range",
        "gestation",
        (due("2027-02"),),
        pregnancy="yes|possible",
        weeks=Weeks((0, 0), (45, 0), possible=((26, 0), (29, 6))),
        lines={"Observation/d1": "used|prompting"},
    ),
    Case(
        "A due date too far ahead is not understood and not refused",
        "gestation",
        (due("2028-06-01"),),
        pregnancy="yes|possible|unknown",
        lines={"Observation/d1": "unclear|prompting|ignored"},
    ),
    Case(
        "Two due dates of one pregnancy leave a pregnancy",
        "gestation",
        (due("2027-02-20", code="11779-6"), {**due("2027-02-10", code="11778-8"), "id": "d2"}),
        weeks=Weeks((27, 1), (28, 4)),
    ),
    Case(
        "A status that points to its due date is read with it",
        "gestation",
        (status(PREGNANT, hasMember=[{"reference": "Observation/d1"}]), due("2027-02-20")),
        weeks=Weeks((27, 1), (27, 1)),
        lines={"Observation/o1": "used", "Observation/d1": "used"},
        quiet=True,
    ),
    Case(
        "A status that points to a due date elsewhere is read",
        "gestation",
        (status(PREGNANT, hasMember=[{"reference": "Observation/elsewhere"}]),),
        pregnancy="yes",
    ),
    Case(
        "A last period with a pregnancy gives its weeks",
        "gestation",
        (
            status(PREGNANT),
            observation(loinc("8665-2", "Last menstrual period start date"), name="l1", valueDateTime="2026-05-16"),
        ),
        weeks=Weeks((27, 1), (27, 1)),
    ),
    Case(
        "A last period alone is no pregnancy",
        "gestation",
        (observation(loinc("8665-2"), name="l1", valueDateTime="2026-11-01"),),
        pregnancy="unknown|possible",
        lines={"Observation/l1": "known|ignored|prompting"},
    ),
    Case(
        "A last period beside no pregnancy is no contradiction",
        "gestation",
        (status(NOT_PREGNANT), observation(loinc("8665-2"), name="l1", valueDateTime="2026-11-01")),
        pregnancy="no",
        quiet=True,
    ),
    Case(
        "The newest of several gestational ages counts",
        "gestation",
        (weeks(12, on=ago(70)), {**weeks(22, on=ago(7)), "id": "g2"}),
        weeks=Weeks((22, 0), (23, 6), possible=((23, 0),)),
    ),
    Case(
        "Twenty weeks are not rounded to",
        "gestation",
        (weeks(133, on=ago(6), unit="d"),),
        weeks=Weeks((19, 6), (19, 6)),
    ),
)

BREASTFEEDING = (
    *(
        Case(
            f"Breastfeeding is read as {name}",
            "breastfeeding",
            (observation(code, **value),),
            breastfeeding=shown,
            lines={"Observation/o1": "used"},
        )
        for name, code, value, shown in (
            ("currently", NURSING, {"valueCodeableConcept": concept(loinc("LA29252-6"))}, "yes"),
            ("not currently", NURSING, {"valueCodeableConcept": concept(loinc("LA29253-4"))}, "no"),
            ("true", NURSING, {"valueBoolean": True}, "yes"),
            ("false", NURSING, {"valueBoolean": False}, "no"),
            ("true of SNOMED", sct("413712001", "Breastfeeding (mother)"), {"valueBoolean": True}, "yes"),
            ("false of SNOMED", sct("413712001", "Breastfeeding (mother)"), {"valueBoolean": False}, "no"),
        )
    ),
    Case(
        "Breastfeeding that is not known is not known",
        "breastfeeding",
        (observation(NURSING, valueCodeableConcept=concept(loinc("LA4489-6"))),),
        breastfeeding="unknown",
    ),
    *(
        Case(
            f"An answer on breastfeeding ({name}) of nine months ago is stale",
            "breastfeeding",
            (observation(NURSING, on=ago(270), valueCodeableConcept=concept(loinc(answer))),),
            breastfeeding="unknown",
            lines={"Observation/o1": "ignored|prompting"},
        )
        for name, answer in (("yes", "LA29252-6"), ("no", "LA29253-4"))
    ),
    Case(
        "No breastfeeding on a day that nobody knows is no answer",
        "breastfeeding",
        (observation(NURSING, on=None, valueBoolean=False),),
        breastfeeding="unknown",
    ),
    *(
        Case(
            f"A finding of a mother who breastfeeds ({code}) is read",
            "breastfeeding",
            (condition(sct(code, display), recordedDate=ago(20)),),
            breastfeeding="yes|unknown",
            lines={"Condition/c1": "used|prompting"},
        )
        for code, display in (
            ("866041003", "Mother currently breastfeeding (situation)"),
            ("1260078007", "Maternal breastfeeding (finding)"),
        )
    ),
    Case(
        "Care of a nursing mother last week is no silence on breastfeeding",
        "breastfeeding",
        (condition(icd("Z39.1"), recordedDate=ago(7)),),
        breastfeeding="yes",
        lines={"Condition/c1": "used"},
    ),
    Case(
        "Care after a birth two years ago is no breastfeeding of today",
        "breastfeeding",
        (condition(icd("Z39.1"), recordedDate=ago(730)),),
        breastfeeding="unknown",
        pregnancy="unknown|possible",
    ),
    Case(
        "An observation of a breast-fed infant is no mother",
        "breastfeeding",
        (observation(sct("169741004", "Breast fed"), valueBoolean=True),),
        breastfeeding="unknown",
        lines={"Observation/o1": "known|ignored|unclear|prompting"},
    ),
)

KIDNEY = (
    *(
        Case(
            f"A filtration of 22 by LOINC {code} is a severe disease",
            "kidney",
            (observation(loinc(code), on=ago(20), valueQuantity=quantity(22, "mL/min/{1.73_m2}")),),
            closed=EVERYTHING,
            facts={"severe-kidney-disease": "yes|unknown", "kidney-disease": "yes|unknown"},
            lines={"Observation/o1": "used|prompting"},
        )
        for code in ("62238-1", "33914-3", "98979-8", "48642-3", "69405-9")
    ),
    Case(
        "A filtration of 95 does not clear the kidneys as a whole",
        "kidney",
        (filtration(95),),
        facts={"severe-kidney-disease": "no|unknown", "kidney-disease": "unknown"},
    ),
    Case(
        "A filtration of 45 keeps the kidneys open",
        "kidney",
        (filtration(45),),
        closed=EVERYTHING,
        facts={"kidney-disease": "unknown|yes"},
    ),
    Case(
        "A filtration of 75 beside a diagnosis leaves the diagnosis",
        "kidney",
        (filtration(75), condition(icd("N18.3"))),
        facts={"kidney-disease": "yes", "severe-kidney-disease": "no|unknown"},
    ),
    Case(
        "A filtration of ten years ago clears nothing",
        "kidney",
        (filtration(95, on="2016-01-01"),),
        facts={"severe-kidney-disease": "unknown", "kidney-disease": "unknown"},
    ),
    Case(
        "A filtration on a day that nobody knows clears nothing",
        "kidney",
        (filtration(95, on=None),),
        facts={"severe-kidney-disease": "unknown", "kidney-disease": "unknown"},
    ),
    Case(
        "A poor filtration of years ago is no silence",
        "kidney",
        (filtration(18, on="2021-01-01"),),
        closed=EVERYTHING,
        facts={"severe-kidney-disease": "yes|unknown"},
    ),
    Case(
        "Below fifteen is read as a severe disease",
        "kidney",
        (observation(FILTRATION, on=ago(9), valueQuantity={**quantity(15, "mL/min/{1.73_m2}"), "comparator": "<"}),),
        closed=EVERYTHING,
        facts={"severe-kidney-disease": "yes|unknown"},
    ),
    Case(
        "Below sixty may be anything below",
        "kidney",
        (observation(FILTRATION, on=ago(9), valueQuantity={**quantity(60, "mL/min/{1.73_m2}"), "comparator": "<"}),),
        closed=EVERYTHING,
        facts={"severe-kidney-disease": "unknown|yes", "kidney-disease": "unknown|yes"},
    ),
    Case(
        "Above sixty in words is no severe disease",
        "kidney",
        (observation(FILTRATION, on=ago(9), valueString=">60"),),
        facts={"severe-kidney-disease": "no|unknown", "kidney-disease": "unknown"},
    ),
    Case(
        "A filtration in words is no silence",
        "kidney",
        (observation(FILTRATION, on=ago(9), valueString="22 ml/min"),),
        closed=EVERYTHING,
        facts={"severe-kidney-disease": "yes|unknown"},
        lines={"Observation/o1": "used|prompting|unclear"},
    ),
    *(
        Case(
            f"A filtration that is {code} says nothing",
            "kidney",
            (filtration(22, status=code),),
            facts={"severe-kidney-disease": "unknown", "kidney-disease": "unknown"},
            lines={"Observation/o1": "ignored"},
        )
        for code in ("entered-in-error", "cancelled")
    ),
    Case(
        "A filtration that is absent for a reason says nothing",
        "kidney",
        (observation(FILTRATION, dataAbsentReason=concept(text="sample lost")),),
        facts={"severe-kidney-disease": "unknown", "kidney-disease": "unknown"},
        lines={"Observation/o1": "ignored|prompting|known|unclear"},
    ),
    Case(
        "A diagnosis without a number leaves the severe one open",
        "kidney",
        (condition(sct("709044004", "Chronic kidney disease")),),
        closed=EVERYTHING,
        facts={"kidney-disease": "yes", "severe-kidney-disease": "unknown"},
    ),
)

OBSERVATIONS = (
    *(
        Case(
            f"{what} is nothing that a rule looks at",
            "observations",
            (observation(loinc(code), **value),),
            closed=EVERYTHING,
            facts={"epilepsy": "no"},
            lines={"Observation/o1": "known|ignored"},
        )
        for what, code, value in (
            ("A height", "8302-2", {"valueQuantity": quantity(170, "cm")}),
            ("A panel without a value", "24323-8", {"hasMember": [{"reference": "Observation/elsewhere"}]}),
            ("A value of a kind seldom seen", "72166-2", {"valueRange": {"low": quantity(1, "1")}}),
        )
    ),
    Case(
        "A blood pressure in components is no error",
        "observations",
        (
            observation(
                loinc("85354-9"),
                component=[
                    {"code": concept(loinc("8480-6")), "valueQuantity": quantity(128, "mm[Hg]")},
                    {"code": concept(loinc("8462-4")), "valueQuantity": quantity(81, "mm[Hg]")},
                ],
            ),
        ),
        lines={"Observation/o1": "known|ignored|prompting"},
    ),
    Case(
        "An observation of a code of one's own is no error",
        "observations",
        (observation(coding("urn:oid:1.2.3.4.5", "0815", "Mood of the week"), valueString="fine"),),
        lines={"Observation/o1": "known|ignored|unclear"},
    ),
    Case(
        "An observation in text alone is no error",
        "observations",
        (observation(code={"text": "Pulse"}, valueInteger=70),),
        lines={"Observation/o1": "known|ignored|unclear"},
    ),
)

DECIDED = (
    Case(
        "Not pregnant after a pregnancy holds, and is warned of",
        "pregnancy",
        (status(PREGNANT, on=ago(70), name="o1"), status(NOT_PREGNANT, on=ago(5), name="o2")),
        pregnancy="no",
        lines={"Observation/o1": ("ignored", "o2"), "Observation/o2": "used"},
        warnings=("pregnan",),
        remark="Births and losses make the newer, explicit no right; who knows better has to be told of it.",
    ),
    Case(
        "A number of weeks in words is read",
        "gestation",
        (observation(loinc("18185-9"), name="g1", on=ago(0), valueString="20w3d"),),
        weeks=Weeks((20, 3), (20, 3)),
        remark="No document speaks of weeks as text; the words of the library read “20 weeks 3 days”.",
    ),
    Case(
        "A poor filtration of last year and a good one of this month are both kept",
        "kidney",
        (
            {**filtration(22, on=ago(400)), "id": "o1"},
            {**filtration(88, on=ago(10)), "id": "o2"},
        ),
        closed=EVERYTHING,
        facts={"kidney-disease": "unknown|yes"},
        remark="The newest measurement clears the severe disease of today; the kidneys are still to be asked about.",
    ),
    Case(
        "A grade of the liver stands in an observation",
        "kidney",
        (observation(code={"text": "Child-Pugh class"}, valueString="C"),),
        closed=EVERYTHING,
        facts={"severe-liver-disease": "unknown|yes"},
        remark="Such a grade is not among the observations that are read, yet it settles the severity.",
    ),
)

PERSON = (*AGES, *PREGNANCIES, *GESTATION, *BREASTFEEDING, *KIDNEY, *OBSERVATIONS, *DECIDED)
