"""Codes and texts: which are read, how they are spelled, and what becomes of those that are not understood."""

from intake.pitfalls import EVERYTHING, Case, allergy, cm, coding, condition, icd, mkb, sct, statement

CODINGS = (
    *(
        Case(
            f"A code of {system} is read",
            "codings",
            (condition(coding(system, "J45.9")),),
            facts={"asthma": "yes"},
            lines={"Condition/c1": ("used", "asthma: yes")},
        )
        for system in (
            "http://hl7.org/fhir/sid/icd-10",
            "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
            "urn:oid:1.2.643.5.1.13.13.11.1005",
            "urn:oid:1.2.643.2.69.1.1.1.2",
            "1.2.643.5.1.13.13.11.1005",
        )
    ),
    *(
        Case(
            f"A code written {code!r} is read",
            "codings",
            (condition(mkb(code)),),
            facts={fact: "yes"},
            lines={"Condition/c1": "used"},
        )
        for code, fact in (
            ("J459", "asthma"),
            ("j45.9", "asthma"),
            ("J45.9+", "asthma"),
            ("J45.9†", "asthma"),
            ("N08.3*", "kidney-disease"),
            ("G40. 9", "epilepsy"),
            ("С50.9", "cancer"),
            ("Е11.9", "type-2-diabetes"),
            ("К25.9", "peptic-ulcer"),
            ("М06.9", "autoimmune-disease"),
            ("В18.1", "liver-disease"),
            ("Н36.0", "diabetes"),
            ("А41.9", "infection-systemic"),
        )
    ),
    Case(
        "A code with blanks around it is read",
        "codings",
        (condition(icd(" J45.9 ")),),
        malformed=True,
        facts={"asthma": "yes"},
    ),
    Case(
        "A code of three characters is read",
        "codings",
        (condition(icd("J45")),),
        facts={"asthma": "yes"},
    ),
    Case(
        "A finer American code is never lost",
        "codings",
        (condition(cm("G40.909")),),
        closed=EVERYTHING,
        facts={"epilepsy": "yes|unknown"},
        lines={"Condition/c1": "used|prompting"},
    ),
    Case(
        "An American code that no list holds is asked about by its category",
        "codings",
        (condition(cm("J45.50X")),),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown"},
        lines={"Condition/c1": "used|prompting|unclear"},
    ),
    Case(
        "Platelets lost through heparin have an American code of their own",
        "codings",
        (condition(cm("D75.82")),),
        facts={"heparin-induced-thrombocytopenia": "yes"},
        lines={"Condition/c1": "used"},
    ),
    Case(
        "The WHO's wider code for lost platelets only prompts the one through heparin",
        "codings",
        (condition(icd("D69.5")),),
        closed=EVERYTHING,
        facts={"heparin-induced-thrombocytopenia": "unknown", "thrombocytopenia": "yes"},
    ),
    Case(
        "A code without a system is guessed by its shape",
        "codings",
        (condition(coding(None, "J45.9")),),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown"},
        lines={"Condition/c1": "used|prompting"},
    ),
    Case(
        "A code of a system that nobody knows is not taken for one of ICD",
        "codings",
        (condition(coding("urn:oid:1.2.3.4.5", "J45")),),
        closed=EVERYTHING,
        facts={"asthma": "unknown", "epilepsy": "unknown"},
        lines={"Condition/c1": "unclear|prompting"},
    ),
    Case(
        "The display of a code that nobody knows is read",
        "codings",
        (condition(coding("urn:oid:1.2.3.4.5", "0815", "Bronchial asthma")),),
        facts={"asthma": "yes"},
        lines={"Condition/c1": "used"},
    ),
    Case(
        "A Russian display is read",
        "codings",
        (condition(coding("urn:oid:1.2.3.4.5", "0815", "Бронхиальная астма")),),
        facts={"asthma": "yes"},
    ),
    Case(
        "An old American code is read by its display alone",
        "codings",
        (condition(coding("http://hl7.org/fhir/sid/icd-9-cm", "345.90", "Epilepsy")),),
        closed=EVERYTHING,
        facts={"epilepsy": "yes"},
    ),
    Case(
        "An old American code without a display is not understood",
        "codings",
        (condition(coding("http://hl7.org/fhir/sid/icd-9-cm", "345.90")),),
        closed=EVERYTHING,
        facts={"epilepsy": "unknown"},
        lines={"Condition/c1": "unclear|prompting"},
    ),
    Case(
        "Codings that agree give one fact and no warning",
        "codings",
        (condition(icd("J45.9"), sct("195967001", "Asthma"), text="Asthma"),),
        facts={"asthma": "yes"},
        lines={"Condition/c1": "used"},
        quiet=True,
    ),
    Case(
        "A finer coding beside a wider one is no contradiction",
        "codings",
        (condition(icd("I50.9"), sct("48447003", "Chronic heart failure")),),
        facts={"chronic-heart-failure": "yes", "heart-failure": "yes"},
        quiet=True,
    ),
    Case(
        "Codings of two illnesses are both kept and warned of",
        "codings",
        (condition(icd("J45.9"), sct("84757009", "Epilepsy")),),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown", "epilepsy": "yes|unknown"},
        lines={"Condition/c1": "used|prompting"},
        warnings=("c1|asthma|epilepsy",),
    ),
    Case(
        "A coding beside one of a local list is enough",
        "codings",
        (condition(coding("urn:oid:1.2.3.4.5", "0815"), icd("J45.9")),),
        facts={"asthma": "yes"},
        lines={"Condition/c1": "used"},
    ),
    Case(
        "A known illness and one that counts in one concept: the one that counts acts",
        "codings",
        (condition(icd("M54.5"), sct("84757009")),),
        closed=EVERYTHING,
        facts={"epilepsy": "yes|unknown"},
        lines={"Condition/c1": "used|prompting"},
    ),
    Case(
        "A number that two projects read differently proves no allergy to painkillers",
        "codings",
        (allergy(sct("293637006")),),
        closed=("allergies",),
        facts={"nsaid": "unknown"},
        lines={"AllergyIntolerance/a1": "unclear|prompting"},
    ),
    Case(
        "The display tells what such a number means",
        "codings",
        (allergy(sct("293637006", "Allergy to contrast media")),),
        facts={"nsaid": "unknown"},
    ),
    Case(
        "A breast-fed infant is no mother who breastfeeds",
        "codings",
        (condition(sct("169741004", "Breast fed")),),
        breastfeeding="unknown",
        lines={"Condition/c1": "unclear|known|prompting|ignored"},
    ),
)

TEXTS = (
    *(
        Case(
            f"The text {text!r} is read",
            "text only",
            (condition(text=text),),
            closed=EVERYTHING,
            facts={fact: "yes|unknown"},
            lines={"Condition/c1": "used|prompting"},
        )
        for text, fact in (
            ("Bronchial asthma", "asthma"),
            ("БА, аспириновая триада", "aspirin-sensitive-asthma"),
            ("Гипертоническая болезнь II ст.", "hypertension"),
            ("ХБП 4 стадия", "severe-kidney-disease"),
            ("стенокардия напряжения", "angina"),
        )
    ),
    Case(
        "Text alone in Russian gives both facts that it names",
        "text only",
        (condition(text="БА, аспириновая триада"),),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown", "nsaid-respiratory-reaction": "yes|unknown"},
    ),
    Case(
        "A text in doubt is asked about",
        "text only",
        (condition(text="asthma?"),),
        closed=EVERYTHING,
        facts={"asthma": "unknown"},
        lines={"Condition/c1": "prompting"},
    ),
    Case(
        "A suspicion in Russian is asked about",
        "text only",
        (condition(text="подозрение на астму"),),
        closed=EVERYTHING,
        facts={"asthma": "unknown"},
        lines={"Condition/c1": "prompting"},
    ),
    Case(
        "A code beside a text in doubt does not prove",
        "text only",
        (condition(icd("J45.9"), text="подозрение на бронхиальную астму"),),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown"},
        lines={"Condition/c1": "used|prompting"},
    ),
    Case(
        "A long text is kept and refuses nothing",
        "text only",
        (condition(text="Patient reports a long story that goes on and on. " * 40),),
        closed=EVERYTHING,
        facts={"epilepsy": "unknown"},
        lines={"Condition/c1": "unclear|prompting"},
    ),
    Case(
        "An illness in a long text does not vanish",
        "text only",
        (condition(text="Asthma. " + "Seen at home, drinks tea. " * 40),),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown"},
        lines={"Condition/c1": "unclear|prompting|used"},
    ),
    Case(
        "An illness with neither code nor text is not understood",
        "text only",
        (condition(),),
        closed=EVERYTHING,
        facts={"epilepsy": "unknown"},
        lines={"Condition/c1": "unclear"},
    ),
    Case(
        "An illness told in its narrative alone is not understood",
        "text only",
        (
            condition()
            | {"text": {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">Asthma</div>'}},
        ),
        closed=EVERYTHING,
        facts={"asthma": "unknown|yes"},
        lines={"Condition/c1": "unclear|prompting|used"},
    ),
)

NEGATED = (
    *(
        Case(
            f"The text {text!r} is no asthma",
            "negated text",
            (condition(text=text),),
            facts={"asthma": "no|unknown"},
            lines={"Condition/c1": "used|unclear|ignored|prompting"},
        )
        for text in ("астмы нет", "no asthma", "denies asthma", "астму отрицает", "asthma: no", "asthma ruled out")
    ),
    Case(
        "A denial of one illness clears no other",
        "negated text",
        (condition(text="астмы нет"),),
        facts={"epilepsy": "unknown", "copd": "unknown", "aspirin-sensitive-asthma": "no|unknown"},
    ),
    Case(
        "A code beside a text that denies it is no silence",
        "negated text",
        (condition(icd("J45.9"), text="астмы нет"),),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown"},
        warnings=("c1|asthma|астм",),
    ),
    Case(
        "A denied illness beside one that is there",
        "negated text",
        (condition(text="epilepsy, no asthma"),),
        closed=EVERYTHING,
        facts={"asthma": "no|unknown", "epilepsy": "yes|unknown"},
    ),
    Case(
        "A denial that is refuted proves nothing and clears nothing",
        "negated text",
        (condition(text="no asthma", verification="refuted"),),
        closed=EVERYTHING,
        facts={"asthma": "unknown|yes"},
        lines={"Condition/c1": "prompting|unclear"},
    ),
    Case(
        "No allergy noted in Russian is no allergy to aspirin",
        "negated text",
        (allergy(text="аллергии не отмечено"),),
        facts={"aspirin": "no|unknown", "nsaid": "no|unknown"},
        lines={"AllergyIntolerance/a1": "used|unclear|prompting"},
    ),
    Case(
        "No allergy to penicillin clears no painkiller",
        "negated text",
        (allergy(text="аллергии на пенициллин нет"),),
        facts={"aspirin": "unknown", "nsaid": "unknown"},
    ),
)

KNOWN = (
    Case(
        "A back pain is known and keeps nothing open",
        "known and unclear",
        (condition(icd("M54.5", "Low back pain")),),
        closed=EVERYTHING,
        facts={"epilepsy": "no"},
        lines={"Condition/c1": "known"},
    ),
    Case(
        "Gout is known and prompts a joint that is inflamed",
        "known and unclear",
        (condition(text="gout"),),
        closed=EVERYTHING,
        facts={"acute-arthritis": "unknown", "epilepsy": "no"},
        lines={"Condition/c1": "known|prompting"},
    ),
    Case(
        "What is not understood keeps its topic open",
        "known and unclear",
        (condition(text="zzqq syndrome"),),
        closed=EVERYTHING,
        facts={"asthma": "unknown", "epilepsy": "unknown"},
        lines={"Condition/c1": "unclear"},
    ),
    Case(
        "What is not understood keeps no other topic open",
        "known and unclear",
        (condition(text="zzqq syndrome"),),
        closed=("conditions", "medicines"),
        facts={"asthma": "unknown", "anticoagulants": "no"},
    ),
    Case(
        "A number of SNOMED that no list holds keeps its topic open",
        "known and unclear",
        (condition(sct("999000081")),),
        closed=EVERYTHING,
        facts={"epilepsy": "unknown"},
        lines={"Condition/c1": "unclear"},
    ),
    Case(
        "A medicine that is not understood keeps the medicines open",
        "known and unclear",
        (statement(text="zzqqol 5 mg"),),
        closed=EVERYTHING,
        facts={"anticoagulants": "unknown", "porphyria": "no"},
        lines={"MedicationStatement/m1": "unclear"},
    ),
    Case(
        "An allergen that is not understood keeps the allergies open",
        "known and unclear",
        (allergy(text="zzqq powder"),),
        closed=("allergies",),
        facts={"nsaid": "unknown"},
        lines={"AllergyIntolerance/a1": "unclear"},
    ),
    Case(
        "A finding in the words of a terminology is read",
        "known and unclear",
        (condition(sct("162864005", "Body mass index 30+ - obesity (finding)")),),
        closed=EVERYTHING,
        facts={"epilepsy": "no"},
        lines={"Condition/c1": "known|prompting"},
    ),
    Case(
        "Three hundred illnesses are neither refused nor dropped",
        "known and unclear",
        (
            *(condition(text=f"zzqq syndrome {place}", name=f"u{place}") for place in range(300)),
            condition(icd("G40.9"), name="last"),
        ),
        facts={"epilepsy": "yes"},
        lines={"Condition/u0": "unclear", "Condition/u299": "unclear", "Condition/last": "used"},
    ),
)

DECIDED = (
    Case(
        "A display that names another illness than its code is warned of",
        "codings",
        (condition(sct("195967001", "Epilepsy")),),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown", "epilepsy": "yes|unknown"},
        warnings=("c1|asthma|epilepsy",),
        remark="Displays are decoration by the standard; yet one of the two was meant, and third-party ids are poor.",
    ),
    Case(
        "A text that names another illness than its code is warned of",
        "codings",
        (condition(icd("J45.9"), text="Epilepsy"),),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown", "epilepsy": "yes|unknown"},
        warnings=("c1|asthma|epilepsy",),
        remark="A text is no coding, but it is what a human wrote.",
    ),
    Case(
        "The object identifier of SNOMED is SNOMED",
        "codings",
        (condition(coding("urn:oid:2.16.840.1.113883.6.96", "195967001")),),
        facts={"asthma": "yes"},
        remark="Exports made from CDA carry such identifiers (2.16.840.1.113883.6.90 is ICD-10-CM).",
    ),
    Case(
        "A coding of a local list beside one that is read keeps nothing open",
        "codings",
        (condition(coding("urn:oid:1.2.3.4.5", "0815"), icd("J45.9")),),
        closed=EVERYTHING,
        facts={"epilepsy": "no"},
        remark="Codings of one concept are translations; if each had to be read, almost no record could be closed.",
    ),
)

WORDS = (*CODINGS, *TEXTS, *NEGATED, *KNOWN, *DECIDED)
