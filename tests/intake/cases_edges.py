"""Edges: days at which something lapses, the same id twice, numbers that cannot be, and words of a pregnancy."""

from typing import Any

from intake.pitfalls import (
    EVERYTHING,
    Case,
    ago,
    allergy,
    answers,
    coding,
    concept,
    condition,
    extension,
    item,
    loinc,
    medication,
    observation,
    patient,
    quantity,
    request,
    sct,
    statement,
)

STATUS = loinc("82810-3", "Pregnancy status")
PREGNANT, NOT_PREGNANT = loinc("LA15173-0", "Pregnant"), loinc("LA26683-5", "Not pregnant")


def _pregnant(answer: Any, on: str, **more: Any) -> Any:
    return observation(STATUS, on=on, valueCodeableConcept=concept(answer), **more)


LAPSING = (
    Case(
        "An end in words may be none",
        "statuses",
        (condition(sct("195967001", "Asthma"), clinical=None, abatementString="ongoing"),),
        closed=EVERYTHING,
        facts={"asthma": "unknown"},
        lines={"Condition/c1": "prompting"},
    ),
    *(
        Case(
            f"A pregnancy that is {days} days old today is {said}",
            "gestation",
            (observation(loinc("18185-9"), on=ago(days - 70), valueQuantity=quantity(10, "wk")),),
            pregnancy=said,
        )
        for days, said in ((308, "yes"), (309, "unknown"))
    ),
    *(
        Case(
            f"No pregnancy of {days} days ago is {said}",
            "dates",
            (_pregnant(NOT_PREGNANT, ago(days)),),
            pregnancy=said,
        )
        for days, said in ((-1, "unknown"), (0, "no"), (28, "no"), (29, "unknown"))
    ),
    *(
        Case(
            f"A pregnancy of {days} days ago is {said}",
            "dates",
            (_pregnant(PREGNANT, ago(days)),),
            pregnancy=said,
        )
        for days, said in ((0, "yes"), (308, "yes"), (309, "possible"))
    ),
    *(
        Case(
            f"No breastfeeding on {day} is {said}",
            "dates",
            (observation(loinc("63895-7"), on=day, valueCodeableConcept=concept(loinc("LA29253-4"))),),
            breastfeeding=said,
        )
        for day, said in (("2026-05-22", "no"), ("2026-05-21", "unknown"), ("2026-11-23", "unknown"))
    ),
    *(
        Case(
            f"A medicine that was stopped {days} days ago is {said}",
            "dates",
            (statement(text="Warfarin", status="stopped", effectivePeriod={"end": ago(days)}),),
            closed=EVERYTHING,
            facts={"vitamin-k-antagonists": said},
        )
        for days, said in ((-3, "unknown"), (14, "unknown"), (15, "no"))
    ),
    *(
        Case(
            f"A medicine that was completed nobody knows when, and last spoken of on {day}, is {said}",
            "dates",
            (
                statement(
                    text="Warfarin", status="completed", effectivePeriod={"start": "2019-01-01"}, dateAsserted=day
                ),
            ),
            closed=EVERYTHING,
            facts={"vitamin-k-antagonists": said},
        )
        for day, said in (
            ("2026-11-23", "unknown"),
            ("2026-05-22", "unknown"),
            ("2026-05-21", "no"),
            ("2026", "unknown"),
        )
    ),
    *(
        Case(
            f"A prescription written on {day} and completed is {said}",
            "dates",
            (request(text="Warfarin", status="completed", authoredOn=day),),
            closed=EVERYTHING,
            facts={"vitamin-k-antagonists": said},
        )
        for day, said in (("2026-05-22", "unknown"), ("2026-05-21", "no"))
    ),
    *(
        Case(
            f"An age given in a form on {day} is {said}",
            "dates",
            (answers(item("age", said="9"), authored=day),),
            age=said,
        )
        for day, said in (("2026-11-22", "9"), ("2026-10-21", "unknown"), (None, "unknown"))
    ),
)

TWICE = (
    Case(
        "Two illnesses under one id are both read",
        "faults",
        (condition(text="asthma"), condition(text="epilepsy")),
        facts={"asthma": "yes", "epilepsy": "yes"},
        lines={"Condition/c1": ("used", "asthma"), "Condition/c1 (entry 3)": ("used", "epilepsy")},
        malformed=True,
    ),
    Case(
        "A person whose resource comes twice is one person",
        "whose record",
        (patient(birthDate="1986-03-02"), patient(gender="female"), condition(text="asthma")),
        facts={"asthma": "yes"},
        age="40",
        lines={"Patient/p1": "used", "Patient/p1 (entry 2)": "used"},
        malformed=True,
    ),
)

NUMBERS = (
    *(
        Case(
            f"A filtration of {value} rules out nothing",
            "kidney",
            (observation(loinc("62238-1"), valueQuantity={"value": value, "unit": "mL/min"}),),
            facts={"severe-kidney-disease": "unknown"},
            lines={"Observation/o1": "prompting"},
            malformed=True,
        )
        for value in (float("nan"), float("inf"))
    ),
    *(
        Case(
            f"A pregnancy of {value} {unit} is asked about",
            "gestation",
            (observation(loinc("18185-9"), valueQuantity=quantity(value, unit)),),
            pregnancy="possible",
            lines={"Observation/o1": "prompting"},
        )
        for value, unit in ((1e308, "wk"), (10**9, "d"), (-1, "d"))
    ),
    Case(
        "A due date in the year 1 is none, and a reason to ask",
        "gestation",
        (observation(loinc("11778-8"), valueDateTime="0001-01-01"),),
        pregnancy="possible",
        lines={"Observation/o1": "prompting"},
    ),
    Case(
        "A medicine that ended in the year 1 has not ended",
        "medicines",
        (statement(text="Warfarin", effectivePeriod={"start": "2026-01-01", "end": "0001-01-01"}),),
        facts={"vitamin-k-antagonists": "yes"},
    ),
    *(
        Case(
            f"An answer about the person that cannot be is said and not used: {name} {said}",
            "questionnaire",
            (answers(item(name, said=said)),),
            age="unknown",
            warnings=(name,),
        )
        for name, said in (("age", "²"), ("age", "900"), ("date of birth", "2030-01-01"), ("sex", "zzqq"))
    ),
    Case(
        "A name that holds half of a character keeps its list open",
        "faults",
        (condition(text="zzqq \ud83d"),),
        closed=EVERYTHING,
        facts={"asthma": "unknown"},
        lines={"Condition/c1": "unclear"},
        malformed=True,
    ),
)

IN_WORDS = (
    *(
        Case(
            f"A word for no pregnancy among the illnesses holds no longer than another: {day}",
            "pregnancy",
            (condition(text="Not pregnant", recordedDate=day),),
            pregnancy=said,
        )
        for day, said in (("2026-11-20", "no"), ("2020-01-01", "unknown"))
    ),
    Case(
        "A word for no breastfeeding among the illnesses holds no longer than another",
        "breastfeeding",
        (condition(text="Not breastfeeding", recordedDate="2020-01-01"),),
        breastfeeding="unknown",
    ),
    Case(
        "A word for no pregnancy beside a pregnancy is a conflict and no error",
        "conflict",
        (_pregnant(PREGNANT, ago(2)), condition(text="Not pregnant", recordedDate=ago(2))),
        pregnancy="yes",
        warnings=("pregnancy",),
    ),
    Case(
        "What a word for no pregnancy denies besides is kept",
        "negated text",
        (condition(text="Not pregnant, no asthma", recordedDate="2020-01-01"),),
        facts={"asthma": "no"},
        pregnancy="unknown",
    ),
    *(
        Case(
            f"A pregnancy in a list of illnesses of a form is as old as the form: {said}, {day}",
            "questionnaire",
            (answers(item("conditions", said=said), authored=day),),
            pregnancy=expected,
        )
        for said, day, expected in (
            ("pregnant", "2026-11-20", "yes"),
            ("pregnant", "2020-01-01", "possible"),
            ("not pregnant", "2026-11-20", "no"),
            ("not pregnant", "2020-01-01", "unknown"),
        )
    ),
)

MARKED = (
    Case(
        "A Medication that may mean the opposite names nothing and keeps the medicines open",
        "payloads",
        (
            medication(text="Warfarin", modifierExtension=extension()),
            statement(medicationReference={"reference": "Medication/w1"}),
        ),
        closed=EVERYTHING,
        facts={"vitamin-k-antagonists": "unknown"},
        lines={"MedicationStatement/m1": ("unclear", "modifierExtension")},
    ),
    *(
        Case(
            f"No insect allergy that is {verification} rules out nothing",
            "no known allergy",
            (allergy(sct("428197003", "No known insect allergy"), verification=verification),),
            facts={"bee-venom": "unknown"},
        )
        for verification in ("refuted", "unconfirmed")
    ),
)


def _composition(**more: Any) -> Any:
    section = {
        "title": "Allergies",
        "code": concept(loinc("48765-2")),
        "emptyReason": concept(coding("http://terminology.hl7.org/CodeSystem/list-empty-reason", "nilknown")),
    }
    return {
        "resourceType": "Composition",
        "status": "final",
        "type": concept(loinc("60591-5")),
        "subject": {"reference": "Patient/p1"},
        "date": "2026-11-01",
        "author": [{"reference": "Practitioner/x"}],
        "title": "Summary",
        "section": [section],
        **more,
    }


OLD_DENIALS = (
    *(
        Case(
            f"A {name} that was not there on {day} is {said} today, by an observation",
            "signs",
            (observation(code=concept(text=name), on=day, valueBoolean=False),),
            facts={fact: said},
        )
        for name, fact in (("fever", "fever"), ("open wound", "open-wound"))
        for day, said in (("2026-11-22", "no"), ("2026-11-21", "no"), ("2026-11-20", "unknown"), (None, "unknown"))
    ),
    *(
        Case(
            f"A {name} that was {how} on {day} is {said} today",
            "signs",
            (condition(text=text, verification=verification, recordedDate=day),),
            facts={fact: said},
        )
        for name, fact in (("fever", "fever"), ("open wound", "open-wound"))
        for how, text, verification in (("refuted", name, "refuted"), ("denied in words", f"no {name}", "confirmed"))
        for day, said in (("2026-11-21", "no"), ("2026-11-20", "unknown"))
    ),
    *(
        Case(
            f"A list of illnesses of a form that says “no fever” on {day} leaves it {said}",
            "signs",
            (answers(item("conditions", said="no fever"), authored=day),),
            facts={"fever": said},
        )
        for day, said in (("2026-11-21", "no"), ("2026-11-20", "unknown"))
    ),
    *(
        Case(
            f"A medicine that was not taken on {day} is {said} today",
            "medicines",
            (statement(text="vitamin K antagonists", status="not-taken", dateAsserted=day),),
            facts={"vitamin-k-antagonists": said},
        )
        for day, said in (("2026-05-22", "no"), ("2026-05-21", "unknown"))
    ),
    *(
        Case(
            f"No known medicines on {day} leave them {said} today",
            "medicines",
            (statement(sct("787481004"), dateAsserted=day),),
            facts={"vitamin-k-antagonists": said},
        )
        for day, said in (("2026-05-22", "no"), ("2026-05-21", "unknown"))
    ),
    *(
        Case(
            f"A filtration that is {status} rules out nothing",
            "observations",
            (observation(loinc("62238-1"), status=status, valueQuantity=quantity(90, "mL/min")),),
            facts={"severe-kidney-disease": "unknown"},
            lines={"Observation/o1": ("prompting", status)},
        )
        for status in ("unknown", "preliminary", "registered")
    ),
    *(
        Case(
            f"A summary that says that no allergies are known, but {how}, rules out nothing",
            "no known allergy",
            (_composition(**more), patient()),
            facts={"nsaid": "unknown"},
        )
        for how, more in (
            ("was entered in error", {"status": "entered-in-error"}),
            ("is about somebody else", {"subject": {"reference": "Patient/p2"}}),
            ("may mean the opposite", {"modifierExtension": extension()}),
        )
    ),
)

NO_ID = (
    Case(
        "A patient without an id is the one of whom all resources speak",
        "whose record",
        (patient(id=None, birthDate="1986-03-02"), condition(text="asthma")),
        facts={"asthma": "yes"},
        age="40",
    ),
    Case(
        "A patient without an id among resources about two persons is refused",
        "whose record",
        (
            patient(id=None),
            condition(text="asthma"),
            condition(text="epilepsy", name="c2", subject={"reference": "Patient/p2"}),
        ),
        error="several persons (Patient/p1, Patient/p2)",
    ),
)

AT_ONCE = (
    Case(
        "A refuted illness whose codings disagree rules out neither",
        "codings",
        (condition(sct("195967001", "Asthma"), sct("84757009", "Epilepsy"), verification="refuted"),),
        facts={"asthma": "unknown", "epilepsy": "unknown"},
        warnings=("disagree",),
    ),
    Case(
        "A due date that is no day is a reason to ask about a pregnancy",
        "gestation",
        (observation(loinc("11778-8"), valuePeriod={"start": "2027-01-01", "end": "2027-01-20"}),),
        pregnancy="possible",
        lines={"Observation/o1": "prompting"},
    ),
    *(
        Case(
            f"A name beside a code that says little is read: {code}",
            "codings",
            (allergy(sct(code), text="Aspirin"),),
            closed=EVERYTHING,
            facts={"aspirin": "yes"},
            lines={"AllergyIntolerance/a1": "used"},
        )
        for code in ("716184000", "429625007", "1287211007")
    ),
    Case(
        "No information about an illness beside its name is the illness",
        "codings",
        (condition(sct("1287211007"), text="asthma"),),
        facts={"asthma": "yes"},
    ),
    *(
        Case(
            f"Of answers that disagree about a pregnancy the careful one is taken: {expected}",
            "pregnancy",
            (observation(STATUS, on=ago(1), valueCodeableConcept=concept(NOT_PREGNANT, other)),),
            pregnancy=expected,
        )
        for other, expected in ((PREGNANT, "yes"), (sct("146799005"), "possible"))
    ),
    Case(
        "Of answers that disagree about breastfeeding the careful one is taken",
        "breastfeeding",
        (
            observation(
                loinc("63895-7"), on=ago(1), valueCodeableConcept=concept(loinc("LA29253-4"), loinc("LA29252-6"))
            ),
        ),
        breastfeeding="yes",
    ),
    Case(
        "A form of which one answer is contradicted is used for the others",
        "conflict",
        (answers(item("asthma", said=False), item("epilepsy", said=True)), condition(text="asthma")),
        facts={"asthma": "yes", "epilepsy": "yes"},
        lines={"QuestionnaireResponse/q1": ("used", "epilepsy: yes; condition/c1 contradicts")},
    ),
    Case(
        "A form whose answer about pregnancy is too old is used for the others",
        "conflict",
        (answers(item("pregnancy", said=False), item("epilepsy", said=True), authored=ago(60)),),
        facts={"epilepsy": "yes"},
        pregnancy="unknown",
        lines={"QuestionnaireResponse/q1": ("used", "epilepsy: yes; it is too old")},
    ),
)

EDGES = (*AT_ONCE, *OLD_DENIALS, *NO_ID, *LAPSING, *TWICE, *NUMBERS, *IN_WORDS, *MARKED)
