"""Forms that were filled in: what an answer settles, and what a blank one leaves."""

from intake.pitfalls import EVERYTHING, ME, Case, ago, answers, coding, condition, icd, item, loinc, sct

YES, NO = sct("373066001", "Yes"), sct("373067005", "No")
HL7_YES = coding("http://terminology.hl7.org/CodeSystem/v2-0136", "Y", "Yes")
HL7_NO = coding("http://terminology.hl7.org/CodeSystem/v2-0136", "N", "No")

FORMS = (
    *(
        Case(
            f"An item named after a fact and answered {name} is {expected}",
            "questionnaire",
            (answers(item("asthma", said=given)),),
            facts={"asthma": expected, "epilepsy": "unknown"},
            lines={"QuestionnaireResponse/q1": ("used", "asthma")},
        )
        for name, given, expected in (
            ("true", True, "yes"),
            ("false", False, "no"),
            ("yes of SNOMED", YES, "yes"),
            ("no of SNOMED", NO, "no"),
            ("yes of HL7", HL7_YES, "yes"),
            ("no of HL7", HL7_NO, "no"),
        )
    ),
    *(
        Case(
            f"An item whose text names a fact ({text}) and answered {given} is {expected}",
            "questionnaire",
            (answers(item("q7", text, said=given)),),
            closed=EVERYTHING if given else (),
            facts={"asthma": expected},
        )
        for text, given, expected in (
            ("Do you have asthma?", True, "yes"),
            ("Do you have asthma?", False, "no|unknown"),
            ("Есть ли у вас астма?", True, "yes|unknown"),
        )
    ),
    Case(
        "An item without an answer is unknown",
        "questionnaire",
        (answers(item("asthma", "Do you have asthma?")),),
        facts={"asthma": "unknown"},
        lines={"QuestionnaireResponse/q1": "used|prompting|ignored|known"},
    ),
    *(
        Case(
            f"Not knowing, as {name}, outlives a closed topic",
            "questionnaire",
            (answers(item("asthma", "Do you have asthma?", said=given)),),
            closed=EVERYTHING,
            facts={"asthma": "unknown"},
            lines={"QuestionnaireResponse/q1": "prompting|unclear|used"},
        )
        for name, given in (
            ("a text", "don't know"),
            ("a Russian text", "не знаю"),
            ("a code of SNOMED", sct("261665006", "Unknown")),
            ("a code of HL7", coding("http://terminology.hl7.org/CodeSystem/data-absent-reason", "asked-unknown")),
        )
    ),
    Case(
        "Asked in a form and left blank, it is no when the caller closes the topic",
        "questionnaire",
        (answers(item("asthma", "Do you have asthma?")),),
        closed=EVERYTHING,
        facts={"asthma": "no|unknown", "epilepsy": "no|unknown"},
    ),
    *(
        Case(
            f"A form that is {status} is read",
            "questionnaire",
            (answers(item("asthma", said=True), item("epilepsy", said=False), status=status),),
            facts={"asthma": "yes", "epilepsy": "no"},
        )
        for status in ("completed", "amended")
    ),
    *(
        Case(
            f"A form that is {status} is usable and not the last word",
            "questionnaire",
            (answers(item("asthma", said=True), item("epilepsy", said=False), item("porphyria"), status=status),),
            facts={"asthma": "yes|unknown", "epilepsy": "no|unknown", "porphyria": "unknown"},
            lines={"QuestionnaireResponse/q1": "used|prompting"},
        )
        for status in ("in-progress", "stopped")
    ),
    Case(
        "A yes of a form in progress is no silence",
        "questionnaire",
        (answers(item("asthma", said=True), status="in-progress"),),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown"},
    ),
    Case(
        "A form entered in error says nothing",
        "questionnaire",
        (answers(item("asthma", said=True), item("epilepsy", said=False), status="entered-in-error"),),
        facts={"asthma": "unknown", "epilepsy": "unknown"},
        lines={"QuestionnaireResponse/q1": ("ignored", "error")},
    ),
    Case(
        "An item within an item is read",
        "questionnaire",
        (answers(item("group", "Illnesses", item=[item("asthma", said=True), item("epilepsy", said=False)])),),
        facts={"asthma": "yes", "epilepsy": "no"},
    ),
    Case(
        "An item below an answer is read",
        "questionnaire",
        (
            answers(
                {
                    "linkId": "any-illness",
                    "text": "Any illness?",
                    "answer": [{"valueBoolean": True, "item": [item("asthma", said=True)]}],
                }
            ),
        ),
        facts={"asthma": "yes"},
    ),
    Case(
        "An answer yes and no to one item: the yes acts, and is warned of",
        "questionnaire",
        (answers(item("asthma", said=[True, False])),),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown"},
        warnings=("asthma",),
    ),
    Case(
        "An illness chosen from a list is no silence",
        "questionnaire",
        (answers(item("illnesses", "Which illnesses do you have?", said=sct("195967001", "Asthma"))),),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown"},
        lines={"QuestionnaireResponse/q1": "used|prompting|unclear"},
    ),
    Case(
        "An illness written down is no silence",
        "questionnaire",
        (answers(item("illnesses", "Which illnesses do you have?", said="asthma, epilepsy")),),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown", "epilepsy": "yes|unknown"},
    ),
    Case(
        "A question about the family says nothing of the person",
        "questionnaire",
        (answers(item("q9", "Does anybody in your family have asthma?", said=True)),),
        facts={"asthma": "unknown"},
    ),
    Case(
        "A no to one item clears no other",
        "questionnaire",
        (answers(item("angina", said=False)),),
        facts={"angina": "no", "heart-disease": "unknown", "asthma": "unknown"},
    ),
    Case(
        "An item that nobody understands is said",
        "questionnaire",
        (answers(item("q1", "Which football team?", said="none")),),
        lines={"QuestionnaireResponse/q1": "unclear|known|ignored"},
    ),
    Case(
        "A form of somebody else says nothing",
        "questionnaire",
        (answers(item("asthma", said=True), subject={"reference": "Patient/p2"}),),
        facts={"asthma": "unknown"},
        lines={"QuestionnaireResponse/q1": "ignored"},
    ),
    Case(
        "A form that somebody else filled in is about the person",
        "questionnaire",
        (answers(item("asthma", said=True), source={"reference": "RelatedPerson/mother"}),),
        facts={"asthma": "yes"},
    ),
    Case(
        "What a form says of the skin holds today",
        "questionnaire",
        (answers(item("open-wound", said=False), authored=ago(0)),),
        facts={"open-wound": "no", "burn": "unknown"},
    ),
    Case(
        "What a form of five days ago says of the skin holds no longer",
        "questionnaire",
        (answers(item("open-wound", said=False), authored=ago(5)),),
        facts={"open-wound": "unknown"},
    ),
    Case(
        "What a form of five days ago says of signs holds no longer",
        "questionnaire",
        (answers(item("fever", said=False), authored=ago(5)),),
        facts={"fever": "unknown"},
    ),
    Case(
        "What a form of eight months ago says of medicines holds no longer",
        "questionnaire",
        (answers(item("anticoagulants", said=False), authored=ago(245)),),
        facts={"anticoagulants": "unknown"},
    ),
    Case(
        "A sign in a form of today refers",
        "questionnaire",
        (answers(item("fever", said=True)),),
        facts={"fever": "yes"},
    ),
    Case(
        "Pregnancy and breastfeeding may be items",
        "questionnaire",
        (answers(item("pregnancy", "Are you pregnant?", said=True), item("breastfeeding", said=False)),),
        pregnancy="yes|possible",
        breastfeeding="no",
    ),
    *(
        Case(
            f"No pregnancy in a form of {days} days ago is {expected}",
            "questionnaire",
            (answers(item("pregnancy", "Are you pregnant?", said=False), authored=ago(days)),),
            pregnancy=expected,
        )
        for days, expected in ((2, "no"), (40, "unknown"))
    ),
)

CONFLICTS = (
    Case(
        "An illness in the record and a no in a form: the illness acts",
        "conflict",
        (condition(icd("J45.9")), answers(item("asthma", said=False))),
        facts={"asthma": "yes"},
        warnings=("asthma",),
        lines={"Condition/c1": "used"},
    ),
    Case(
        "A no in a form beside a finer illness: the finer one acts, and with it the wider",
        "conflict",
        (condition(icd("I20.9")), answers(item("heart-disease", said=False))),
        facts={"angina": "yes", "heart-disease": "yes"},
        warnings=("heart|angina",),
    ),
    Case(
        "A no in a form beside a doubt is not known",
        "conflict",
        (condition(icd("J45.9"), verification="provisional"), answers(item("asthma", said=False))),
        facts={"asthma": "unknown|no"},
    ),
    Case(
        "An illness refuted before it was confirmed is there",
        "conflict",
        (
            condition(sct("195967001", "Asthma"), name="c1", verification="refuted", recordedDate="2020-01-01"),
            condition(sct("195967001", "Asthma"), name="c2", recordedDate="2025-01-01"),
        ),
        facts={"asthma": "yes"},
        lines={"Condition/c2": "used"},
    ),
    Case(
        "An illness confirmed and refuted on days that nobody knows is there",
        "conflict",
        (
            condition(sct("195967001", "Asthma"), name="c1", verification="refuted"),
            condition(sct("195967001", "Asthma"), name="c2"),
        ),
        facts={"asthma": "yes"},
        warnings=("asthma",),
    ),
    Case(
        "A resource that comes twice says it once",
        "conflict",
        (condition(icd("J45.9")), condition(icd("J45.9"))),
        facts={"asthma": "yes"},
        quiet=True,
    ),
    Case(
        "An allergy beside a no in a form acts",
        "conflict",
        (
            answers(item("aspirin", "Are you allergic to aspirin?", said=False)),
            {
                "resourceType": "AllergyIntolerance",
                "id": "a1",
                "patient": ME,
                "code": {"text": "Aspirin"},
            },
        ),
        facts={"aspirin": "yes"},
        warnings=("aspirin",),
    ),
    Case(
        "What is over does not contradict what is there",
        "conflict",
        (
            condition(icd("J18.9"), name="c1", clinical="resolved", abatementDateTime="2019"),
            condition(icd("J18.9"), name="c2", recordedDate=ago(3)),
        ),
        facts={"pneumonia": "yes"},
        quiet=True,
    ),
    Case(
        "What was entered in error does not contradict what is there",
        "conflict",
        (
            condition(icd("J45.9"), name="c1", clinical=None, verification="entered-in-error"),
            condition(icd("J45.9"), name="c2"),
        ),
        facts={"asthma": "yes"},
        quiet=True,
    ),
)

DECIDED = (
    Case(
        "An illness refuted after it was confirmed is warned of",
        "conflict",
        (
            condition(sct("195967001", "Asthma"), name="c1", recordedDate="2020-01-01"),
            condition(sct("195967001", "Asthma"), name="c2", verification="refuted", recordedDate="2025-01-01"),
        ),
        facts={"asthma": "yes|unknown"},
        warnings=("asthma",),
        remark="Either the newer, explicit no wins, or the yes acts and the report warns.",
    ),
    Case(
        "A question put the other way round is not read as a yes",
        "questionnaire",
        (answers(item("q3", "Are you free of asthma?", said=True)),),
        facts={"asthma": "no|unknown"},
        remark="Only a linkId that is the id of a fact, or a text that is its question, should settle.",
    ),
    Case(
        "A no to a whole list is a no to its members",
        "questionnaire",
        (answers(item("q4", "Do you have any allergies?", said=False)),),
        facts={"nsaid": "no|unknown", "bee-venom": "no|unknown"},
        remark="“No known allergies” in words closes them in the library; a form's question may be wider or narrower.",
    ),
    Case(
        "A no to an illness holds still after years",
        "questionnaire",
        (answers(item("asthma", said=False), authored=ago(1500)),),
        facts={"asthma": "no"},
        lines={"QuestionnaireResponse/q1": "used"},
        remark="A no of four years ago says little of today; but what is said of illnesses keeps for ever here.",
    ),
    Case(
        "A form without a date holds no skin and no signs",
        "questionnaire",
        (answers(item("open-wound", said=False), item("fever", said=False), authored=None),),
        facts={"open-wound": "unknown", "fever": "unknown"},
        lines={"QuestionnaireResponse/q1": "ignored"},
        remark="What has no date is as old as anything; what a patient types has the day of the check.",
    ),
    Case(
        "An item that carries its question as a code is read",
        "questionnaire",
        (
            answers(
                {
                    "linkId": "/82810-3",
                    "definition": "http://loinc.org/82810-3",
                    "answer": [{"valueCoding": loinc("LA15173-0", "Pregnant")}],
                }
            ),
        ),
        pregnancy="yes|possible",
        remark="LOINC panels are exported with the code as linkId; not mentioned.",
    ),
)

FORM_CASES = (*FORMS, *CONFLICTS, *DECIDED)
