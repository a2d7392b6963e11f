"""Illnesses: what silence means, statuses and dates, situations, how severe and where."""

from intake.pitfalls import (
    EVERYTHING,
    Case,
    Json,
    ago,
    coding,
    concept,
    condition,
    icd,
    loinc,
    observation,
    sct,
    statement,
)

SEVERE: Json = {"severity": concept(sct("24484000", "Severe"))}


def certain(mark: str) -> Json:
    """Return asthma in the German ICD-10, marked as certain (G), suspected (V), excluded (A) or over (Z)."""
    url = "http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit"
    value = coding("https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_ICD_DIAGNOSESICHERHEIT", mark)
    code = coding("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "J45.9")
    return {**code, "extension": [{"url": url, "valueCoding": value}]}


MISSING = (
    Case(
        "An empty bundle says nothing",
        "missing is not no",
        (),
        alone=True,
        facts={"asthma": "unknown", "nsaid": "unknown", "anticoagulants": "unknown", "fever": "unknown"},
        age="unknown",
        pregnancy="unknown",
        breastfeeding="unknown",
    ),
    Case(
        "A bundle with no entry at all says nothing",
        "missing is not no",
        (),
        alone=True,
        around={"entry": None},
        malformed=True,
        facts={"asthma": "unknown"},
    ),
    Case(
        "A record with one illness is silent on every other",
        "missing is not no",
        (condition(icd("J45.9")),),
        facts={"asthma": "yes", "epilepsy": "unknown", "open-wound": "unknown", "nsaid": "unknown"},
        lines={"Condition/c1": ("used", "asthma: yes"), "Patient/p1": "used|ignored|known"},
        quiet=True,
    ),
    Case(
        "A search with no match is silent",
        "missing is not no",
        (),
        around={"type": "searchset", "total": 0},
        facts={"asthma": "unknown", "nsaid": "unknown"},
    ),
    Case(
        "What the caller closes is no",
        "closing",
        (condition(icd("J45.9")),),
        closed=EVERYTHING,
        facts={"asthma": "yes", "epilepsy": "no", "heart-disease": "no"},
    ),
    Case(
        "Closing one topic closes no other",
        "closing",
        (condition(icd("J45.9")),),
        closed=("conditions",),
        facts={
            "porphyria": "no",
            "nsaid": "unknown",
            "anticoagulants": "unknown",
            "open-wound": "unknown",
            "fever": "unknown",
        },
        pregnancy="unknown",
        breastfeeding="unknown",
    ),
    Case(
        "Several topics may be closed",
        "closing",
        (),
        closed=EVERYTHING,
        facts={"epilepsy": "no", "anticoagulants": "no", "nsaid": "no", "open-wound": "no", "fever": "no"},
        pregnancy="unknown",
    ),
    Case(
        "The finer illness below one that is there stays open",
        "closing",
        (condition(icd("J45.9")),),
        closed=EVERYTHING,
        facts={"aspirin-sensitive-asthma": "unknown"},
    ),
    Case(
        "A medicine keeps the illness open that it is taken for",
        "closing",
        (statement(text="Digoxin 0.25 MG Oral Tablet"),),
        closed=EVERYTHING,
        facts={"heart-failure": "unknown", "epilepsy": "no", "cardiac-glycosides": "yes"},
    ),
)

STATUSES = (
    Case(
        "Neither status given means that it is so",
        "statuses",
        (condition(icd("G40.9"), clinical=None, verification=None),),
        facts={"epilepsy": "yes"},
        lines={"Condition/c1": ("used", "epilepsy: yes")},
    ),
    *(
        Case(
            f"An illness in {clinical} is there",
            "statuses",
            (condition(icd("J44.9"), clinical=clinical),),
            facts={"copd": "yes"},
            lines={"Condition/c1": "used"},
        )
        for clinical in ("recurrence", "relapse")
    ),
    *(
        Case(
            f"A {doubt} illness is asked about, whatever is closed",
            "statuses",
            (condition(icd("J45.9"), verification=doubt),),
            closed=EVERYTHING,
            facts={"asthma": "unknown", "epilepsy": "no"},
            lines={"Condition/c1": ("prompting", "asthma: ask")},
        )
        for doubt in ("unconfirmed", "provisional", "differential")
    ),
    Case(
        "An illness entered in error is no denial",
        "statuses",
        (condition(icd("J45.9"), clinical=None, verification="entered-in-error"),),
        facts={"asthma": "unknown"},
        lines={"Condition/c1": ("ignored", "error")},
    ),
    Case(
        "An illness entered in error keeps nothing open",
        "statuses",
        (condition(icd("J45.9"), clinical=None, verification="entered-in-error"),),
        closed=EVERYTHING,
        facts={"asthma": "no"},
        lines={"Condition/c1": "ignored"},
    ),
    Case(
        "A refuted illness is not there",
        "statuses",
        (condition(sct("195967001", "Asthma"), verification="refuted"),),
        facts={"asthma": "no", "aspirin-sensitive-asthma": "no"},
        lines={"Condition/c1": ("used", "asthma: no")},
    ),
    Case(
        "A refuted illness clears no other",
        "statuses",
        (condition(text="angina", verification="refuted"),),
        facts={"angina": "no", "heart-disease": "unknown", "ischaemic-heart-disease": "unknown", "asthma": "unknown"},
    ),
    Case(
        "A refuted illness by a code that says no kind clears at most its own fact",
        "statuses",
        (condition(icd("J45.9"), verification="refuted"),),
        facts={"asthma": "no|unknown", "copd": "unknown"},
        lines={"Condition/c1": "used|ignored|known"},
    ),
    Case(
        "Refuting one kind does not refute the whole",
        "statuses",
        (condition(icd("J45.1"), verification="refuted"),),
        facts={"asthma": "unknown", "aspirin-sensitive-asthma": "unknown"},
    ),
    Case(
        "A code too coarse for a fact refutes nothing wider",
        "statuses",
        (condition(icd("K74.6"), verification="refuted"),),
        facts={"liver-disease": "unknown", "severe-liver-disease": "unknown"},
    ),
    Case(
        "A refuted illness that is not understood keeps nothing open",
        "statuses",
        (condition(text="zzqq syndrome", verification="refuted"),),
        closed=EVERYTHING,
        facts={"epilepsy": "no"},
        lines={"Condition/c1": "ignored|known"},
    ),
    Case(
        "An illness that is over and not understood may be one whose past counts",
        "statuses",
        (condition(text="zzqq syndrome", clinical="resolved"),),
        closed=EVERYTHING,
        facts={"epilepsy": "unknown"},
        lines={"Condition/c1": "unclear"},
    ),
    Case(
        "A verification that nobody has heard of proves nothing",
        "statuses",
        (condition(icd("J45.9"), verification="presumed-elsewhere"),),
        closed=EVERYTHING,
        facts={"asthma": "unknown|yes"},
        lines={"Condition/c1": "prompting|used|unclear"},
    ),
    Case(
        "A clinical status that nobody has heard of ends nothing",
        "statuses",
        (condition(icd("J45.9"), clinical="dormant"),),
        closed=EVERYTHING,
        facts={"asthma": "unknown|yes"},
        lines={"Condition/c1": "prompting|used|unclear"},
    ),
    Case(
        "A status may stand as text alone",
        "statuses",
        (condition(sct("195967001", "Asthma"), verificationStatus=concept(text="Refuted")),),
        closed=EVERYTHING,
        facts={"asthma": "no|unknown"},
        lines={"Condition/c1": "used|prompting|unclear"},
    ),
    *(
        Case(
            f"{what} counts when it is over",
            "statuses",
            (condition(icd(code), clinical="resolved", abatementDateTime="2019-05-01"),),
            closed=EVERYTHING,
            facts={fact: "yes"},
            lines={"Condition/c1": "used"},
        )
        for what, code, fact in (
            ("Epilepsy", "G40.9", "epilepsy"),
            ("Anaphylaxis", "T78.2", "anaphylaxis-history"),
            ("A rash from light", "L56.2", "photosensitivity-history"),
            ("A swelling of Quincke", "T78.3", "angioedema"),
            ("Porphyria", "E80.2", "porphyria"),
            ("An infarction", "I21.9", "ischaemic-heart-disease"),
        )
    ),
    Case(
        "Platelets lost through heparin count when it is over",
        "statuses",
        (condition(sct("73397007"), clinical="resolved", abatementDateTime="2019-05-01"),),
        closed=EVERYTHING,
        facts={"heparin-induced-thrombocytopenia": "yes"},
        lines={"Condition/c1": "used"},
    ),
    *(
        Case(
            f"{what} that is over is past, and no denial",
            "statuses",
            (condition(icd(code), clinical="resolved", abatementDateTime="2019-05-01"),),
            facts={fact: "unknown"},
            lines={"Condition/c1": "ignored"},
        )
        for what, code, fact in (
            ("Pneumonia", "J18.9", "pneumonia"),
            ("A cold", "J06.9", "arvi"),
            ("Chickenpox", "B01.9", "chickenpox-or-flu"),
        )
    ),
    Case(
        "Pneumonia that is over keeps nothing open",
        "statuses",
        (condition(icd("J18.9"), clinical="resolved", abatementDateTime="2019-05-01"),),
        closed=EVERYTHING,
        facts={"pneumonia": "no", "infection-systemic": "no"},
        lines={"Condition/c1": "ignored"},
    ),
    Case(
        "An illness whose past may count is asked about when it is over",
        "statuses",
        (condition(icd("K25.9"), clinical="resolved", abatementDateTime="2021-05-01"),),
        closed=EVERYTHING,
        facts={"peptic-ulcer": "unknown|yes"},
        lines={"Condition/c1": "prompting|used"},
    ),
    Case(
        "A bleeding of the stomach that is over is a past one",
        "statuses",
        (condition(sct("74474003"), clinical="resolved", abatementDateTime="2021-05-01"),),
        closed=EVERYTHING,
        facts={"past-gi-bleeding": "yes|unknown"},
        lines={"Condition/c1": "prompting|used"},
    ),
    Case(
        "Asthma that is inactive is asked about",
        "statuses",
        (condition(icd("J45.9"), clinical="inactive"),),
        closed=EVERYTHING,
        facts={"asthma": "unknown|yes"},
        lines={"Condition/c1": "prompting|used"},
    ),
    Case(
        "Epilepsy in remission counts",
        "statuses",
        (condition(icd("G40.9"), clinical="remission"),),
        closed=EVERYTHING,
        facts={"epilepsy": "yes"},
        lines={"Condition/c1": "used"},
    ),
    Case(
        "An illness in remission whose past does not count is asked about",
        "statuses",
        (condition(icd("M06.9"), clinical="remission"),),
        closed=EVERYTHING,
        facts={"autoimmune-disease": "unknown|yes"},
        lines={"Condition/c1": "prompting|used"},
    ),
)

DATES = (
    Case(
        "An illness that ended and has no status is over",
        "dates",
        (condition(icd("J18.9"), clinical=None, abatementDateTime="2019"),),
        closed=EVERYTHING,
        facts={"pneumonia": "no"},
        lines={"Condition/c1": "ignored"},
    ),
    Case(
        "An end in words is an end",
        "dates",
        (condition(icd("J18.9"), clinical=None, abatementString="весной 2019 года"),),
        closed=EVERYTHING,
        facts={"pneumonia": "no|unknown"},
        lines={"Condition/c1": "ignored|prompting"},
    ),
    Case(
        "An illness that ends only in the future is there",
        "dates",
        (condition(icd("J18.9"), clinical=None, abatementDateTime=ago(-30)),),
        closed=EVERYTHING,
        facts={"pneumonia": "yes|unknown"},
        lines={"Condition/c1": "used|prompting"},
    ),
    Case(
        "An illness that is active and has ended is asked about at least",
        "dates",
        (condition(icd("J44.9"), clinical="active", abatementDateTime="2019-05-01"),),
        closed=EVERYTHING,
        facts={"copd": "yes|unknown"},
        lines={"Condition/c1": "used|prompting"},
    ),
    Case(
        "An illness without any date is there",
        "dates",
        (condition(icd("J44.9"), recordedDate=None),),
        facts={"copd": "yes"},
    ),
    *(
        Case(
            f"Thinned blood recorded {days} days ago is {expected}",
            "dates",
            (condition(icd("Z92.1"), recordedDate=ago(days)),),
            closed=EVERYTHING,
            facts={"anticoagulants": expected},
            lines={"Condition/c1": outcome},
        )
        for days, expected, outcome in ((20, "yes|unknown", "used|prompting"), (800, "unknown", "prompting"))
    ),
    Case(
        "An illness of a year alone is there",
        "dates",
        (condition(icd("J44.9"), onsetDateTime="1998", recordedDate="2001-03"),),
        facts={"copd": "yes"},
    ),
)

SITUATIONS = (
    Case(
        "A history of asthma through aspirin counts",
        "situations",
        (condition(sct("429258006", "History of aspirin exacerbated respiratory disease (situation)")),),
        closed=EVERYTHING,
        facts={"aspirin-sensitive-asthma": "yes|unknown"},
        lines={"Condition/c1": "used|prompting"},
    ),
    Case(
        "A history of a thrombosis is asked about and is no thrombosis of today",
        "situations",
        (condition(sct("161508001", "H/O: deep vein thrombosis (situation)")),),
        closed=EVERYTHING,
        facts={"deep-vein-thrombosis": "unknown|yes"},
        lines={"Condition/c1": "prompting|used"},
    ),
    Case(
        "A history known by its code alone is kept",
        "situations",
        (condition(sct("161508001")),),
        closed=EVERYTHING,
        facts={"deep-vein-thrombosis": "unknown|yes"},
        lines={"Condition/c1": "prompting|used|unclear"},
    ),
    Case(
        "A situation that nobody has heard of is never lost",
        "situations",
        (condition(sct("999000091", "Quiet spells of the third kind (situation)")),),
        closed=EVERYTHING,
        facts={"epilepsy": "unknown"},
        lines={"Condition/c1": "unclear"},
    ),
    Case(
        "A history in the family says nothing of the person",
        "situations",
        (condition(sct("160347007", "Family history: Glaucoma (situation)")),),
        closed=EVERYTHING,
        facts={"asthma": "no"},
        lines={"Condition/c1": ("ignored", "family")},
    ),
    Case(
        "Asthma in the family is no asthma",
        "situations",
        (condition(text="Family history of asthma (situation)"),),
        facts={"asthma": "unknown"},
        lines={"Condition/c1": ("ignored", "family")},
    ),
    Case(
        "Asthma of the mother is no asthma",
        "situations",
        (condition(text="астма у матери"),),
        facts={"asthma": "unknown"},
        lines={"Condition/c1": "ignored"},
    ),
    Case(
        "No current problems clears neither histories nor skin nor pregnancy",
        "situations",
        (condition(sct("160245001", "No current problems or disability (situation)"), recordedDate=ago(3)),),
        facts={
            "copd": "no|unknown",
            "epilepsy": "unknown",
            "photosensitivity-history": "unknown",
            "anaphylaxis-history": "unknown",
            "open-wound": "unknown",
            "fever": "unknown",
        },
        pregnancy="unknown",
        lines={"Condition/c1": "used|prompting|known|ignored"},
    ),
    Case(
        "No known problems in the words of IPS 1 clears neither histories nor skin",
        "situations",
        (
            condition(
                coding("http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "no-known-problems"),
                clinical=None,
                verification=None,
            ),
        ),
        facts={"copd": "no|unknown", "epilepsy": "unknown", "porphyria": "unknown", "eczema": "unknown"},
        lines={"Condition/c1": "used|prompting|known|ignored"},
    ),
    Case(
        "No information on problems is no answer",
        "situations",
        (condition(coding("http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "no-problem-info")),),
        facts={"copd": "unknown", "asthma": "unknown"},
        lines={"Condition/c1": "ignored|prompting|known|unclear"},
    ),
    Case(
        "No current problems beside an illness lets the illness act",
        "situations",
        (condition(sct("160245001"), name="c1"), condition(icd("J44.9"), name="c2")),
        facts={"copd": "yes"},
        warnings=("no current problems|no known problems|contradict|conflict|copd|c2",),
    ),
    Case(
        "A diagnosis of one visit is there, or asked about, never lost",
        "situations",
        (
            condition(
                icd("J45.9"),
                clinical=None,
                verification=None,
                category=[
                    concept(coding("http://terminology.hl7.org/CodeSystem/condition-category", "encounter-diagnosis"))
                ],
            ),
        ),
        closed=EVERYTHING,
        facts={"asthma": "yes|unknown"},
        lines={"Condition/c1": "used|prompting"},
    ),
)

SEVERITY = (
    Case(
        "How severe it is may stand in the severity alone",
        "severity",
        (condition(icd("I10"), **SEVERE),),
        closed=EVERYTHING,
        facts={"hypertension": "yes", "severe-hypertension": "yes|unknown"},
    ),
    Case(
        "How severe it is may stand in the stage alone",
        "severity",
        (condition(sct("709044004", "Chronic kidney disease"), stage=[{"summary": concept(text="CKD stage 4")}]),),
        closed=EVERYTHING,
        facts={"kidney-disease": "yes", "severe-kidney-disease": "yes|unknown"},
    ),
    Case(
        "How severe it is may stand in a note alone",
        "severity",
        (condition(icd("N18.9"), note=[{"text": "терминальная стадия, гемодиализ"}]),),
        closed=EVERYTHING,
        facts={"kidney-disease": "yes", "severe-kidney-disease": "yes|unknown"},
    ),
    Case(
        "A note on aspirin keeps asthma through aspirin open",
        "severity",
        (condition(icd("J45.9"), note=[{"text": "attacks after aspirin"}]),),
        closed=EVERYTHING,
        facts={"asthma": "yes", "aspirin-sensitive-asthma": "yes|unknown"},
    ),
    Case(
        "The stage in the code is enough",
        "severity",
        (condition(icd("N18.4")),),
        facts={"severe-kidney-disease": "yes", "kidney-disease": "yes"},
        lines={"Condition/c1": "used"},
    ),
    Case(
        "A diagnosis without a stage leaves the severe one open",
        "severity",
        (condition(icd("N18.9")),),
        closed=EVERYTHING,
        facts={"kidney-disease": "yes", "severe-kidney-disease": "unknown"},
    ),
    Case(
        "A code that is too coarse only prompts",
        "severity",
        (condition(icd("K74.6")),),
        closed=EVERYTHING,
        facts={"liver-disease": "yes", "severe-liver-disease": "unknown"},
    ),
)

SITE = (
    Case(
        "Psoriasis without a site is asked about",
        "site",
        (condition(icd("L40.0")),),
        closed=("skin",),
        facts={"other-skin-disease": "unknown", "open-wound": "unknown|no"},
        lines={"Condition/c1": "prompting"},
    ),
    Case(
        "Psoriasis on the back is asked about",
        "site",
        (condition(icd("L40.0"), bodySite=[concept(sct("77568009", "Structure of back of trunk"))]),),
        closed=("skin",),
        facts={"other-skin-disease": "unknown|yes"},
        lines={"Condition/c1": "prompting|used"},
    ),
    Case(
        "Psoriasis of the scalp is away from the back",
        "site",
        (condition(icd("L40.0"), bodySite=[concept(sct("41695006", "Scalp structure"))]),),
        closed=("skin",),
        facts={"other-skin-disease": "no", "damaged-skin": "no"},
        lines={"Condition/c1": "ignored|known"},
    ),
    Case(
        "Psoriasis of the scalp denies nothing on the back",
        "site",
        (condition(icd("L40.0"), bodySite=[concept(text="scalp")]),),
        facts={"other-skin-disease": "unknown"},
    ),
    Case(
        "A site in Russian is read",
        "site",
        (condition(icd("L40.0"), bodySite=[concept(text="поясница")]),),
        closed=("skin",),
        facts={"other-skin-disease": "unknown|yes"},
        lines={"Condition/c1": "prompting|used"},
    ),
    Case(
        "One of two sites is the back",
        "site",
        (condition(icd("L40.0"), bodySite=[concept(text="left elbow"), concept(text="lower back")]),),
        closed=("skin",),
        facts={"other-skin-disease": "unknown|yes"},
    ),
    Case(
        "A site that is not understood may be the back",
        "site",
        (condition(icd("L40.0"), bodySite=[concept(text="see drawing")]),),
        closed=("skin",),
        facts={"other-skin-disease": "unknown"},
        lines={"Condition/c1": "prompting"},
    ),
    Case(
        "Eczema that is over leaves the tendency to allergies",
        "site",
        (condition(icd("L20.9"), clinical="resolved", abatementDateTime="2010"),),
        closed=EVERYTHING,
        facts={"eczema": "no|unknown", "atopy": "unknown|yes"},
    ),
    Case(
        "A burn of two years ago without an end is asked about",
        "site",
        (condition(icd("T21.2"), onsetDateTime=ago(700)),),
        closed=("skin",),
        facts={"burn": "unknown|yes"},
        lines={"Condition/c1": "prompting|used"},
    ),
)

SIGNS = (
    Case(
        "A fever recorded today is no silence",
        "signs",
        (condition(sct("386661006", "Fever"), recordedDate=ago(0)),),
        closed=("signs",),
        facts={"fever": "yes|unknown"},
        lines={"Condition/c1": "used|prompting"},
    ),
    Case(
        "A fever of three weeks ago is asked about again",
        "signs",
        (condition(icd("R50.9"), recordedDate=ago(21), onsetDateTime=ago(21)),),
        closed=("signs",),
        facts={"fever": "unknown"},
        lines={"Condition/c1": "prompting"},
    ),
    Case(
        "A fever that is over is past",
        "signs",
        (condition(icd("R50.9"), clinical="resolved", abatementDateTime="2019-03-05"),),
        closed=("signs",),
        facts={"fever": "no"},
        lines={"Condition/c1": "ignored"},
    ),
    Case(
        "Numbness where one sits is a reason to ask",
        "signs",
        (condition(text="saddle anaesthesia", recordedDate=ago(1)),),
        closed=("signs",),
        facts={"loss-of-bladder-or-bowel-control": "unknown|yes", "limb-numbness": "unknown|yes"},
        lines={"Condition/c1": "prompting|used"},
    ),
    Case(
        "Numbness of the groin in Russian is a reason to ask",
        "signs",
        (condition(text="онемение в паху", recordedDate=ago(1)),),
        closed=("signs",),
        facts={"loss-of-bladder-or-bowel-control": "unknown|yes"},
    ),
    Case(
        "A cauda equina is a reason to ask for its signs",
        "signs",
        (condition(icd("G83.4", "Cauda equina syndrome")),),
        closed=("signs",),
        facts={"loss-of-bladder-or-bowel-control": "unknown|yes", "limb-weakness": "unknown|yes"},
    ),
    Case(
        "A planned operation that stands among the illnesses is a circumstance",
        "signs",
        (condition(text="surgery planned"),),
        closed=("circumstances",),
        facts={"surgery-recent-or-planned": "yes|unknown"},
        lines={"Condition/c1": "used|prompting"},
    ),
    Case(
        "A code of after-care is a reason to ask for an operation",
        "signs",
        (condition(icd("Z47.8"), recordedDate=ago(10)),),
        closed=("circumstances",),
        facts={"surgery-recent-or-planned": "unknown"},
        lines={"Condition/c1": "prompting"},
    ),
    Case(
        "A sign found by a nurse is no silence",
        "signs",
        (observation(sct("386661006", "Fever"), on=ago(0), valueBoolean=True),),
        closed=("signs",),
        facts={"fever": "yes|unknown"},
        lines={"Observation/o1": "used|prompting|unclear"},
    ),
)

DECIDED = (
    Case(
        "Platelets lost through heparin are an illness, and say nothing of an allergy",
        "statuses",
        (condition(sct("73397007")),),
        closed=EVERYTHING,
        facts={"heparin-induced-thrombocytopenia": "yes", "heparins": "no"},
        lines={"Condition/c1": "used"},
        remark="An intolerance of heparin as well; but the illness itself keeps from every remedy with heparin.",
    ),
    Case(
        "A diabetes that is said to be over says nothing of today",
        "statuses",
        (condition(icd("E11.9"), clinical="resolved", abatementDateTime="2019-05-01"),),
        closed=EVERYTHING,
        facts={"diabetes": "no"},
        lines={"Condition/c1": ("ignored", "only a current one counts")},
        remark="A lifelong illness hardly ends; but only a current one counts, and the caller closed the list.",
    ),
    Case(
        "A lung disease that is inactive says nothing of today",
        "statuses",
        (condition(icd("J44.9"), clinical="inactive"),),
        closed=EVERYTHING,
        facts={"copd": "no"},
        lines={"Condition/c1": ("ignored", "only a current one counts")},
        remark="Inactive is wider than resolved; R4 sets both against active, and so they are read alike.",
    ),
    Case(
        "A cold of a visit three years ago is so while nobody says that it is over",
        "dates",
        (condition(icd("J06.9"), clinical=None, onsetDateTime=ago(1100)),),
        closed=EVERYTHING,
        facts={"arvi": "yes"},
        lines={"Condition/c1": "used"},
        remark="Nobody has a cold for three years; but no status at all is read as active, whatever its age.",
    ),
    Case(
        "A temperature of 39 measured today is a reason to ask about fever",
        "signs",
        (observation(loinc("8310-5"), on=ago(0), valueQuantity={"value": 39.2, "unit": "Cel", "code": "Cel"}),),
        closed=("signs",),
        facts={"fever": "unknown"},
        lines={"Observation/o1": "prompting"},
        remark="A measured temperature says less than a patient who is asked.",
    ),
    *(
        Case(
            f"A temperature of {value} {unit} measured today is {what}",
            "signs",
            (observation(loinc("8310-5"), on=ago(0), valueQuantity={"value": value, "unit": unit, "code": unit}),),
            closed=("signs",),
            facts={"fever": fever},
            lines={"Observation/o1": outcome},
        )
        for value, unit, what, fever, outcome in (
            (37.1, "Cel", "above the limit of the warning sign", "unknown", "prompting"),
            (37.0, "Cel", "at the limit of the warning sign", "no", "known"),
            (98.7, "[degF]", "above the limit of the warning sign", "unknown", "prompting"),
            (98.6, "[degF]", "at the limit of the warning sign", "no", "known"),
        )
    ),
    Case(
        "An operation of last week that stands among the procedures is only counted",
        "signs",
        (
            {
                "resourceType": "Procedure",
                "id": "x1",
                "status": "completed",
                "code": concept(text="appendectomy"),
                "subject": {"reference": "Patient/p1"},
                "performedDateTime": ago(6),
            },
        ),
        closed=("circumstances",),
        facts={"surgery-recent-or-planned": "no"},
        lines={"Procedure": "counted"},
        remark="Only the named kinds are read; who closes the circumstances has to look at the procedures.",
    ),
    *(
        Case(
            f"A German mark that a diagnosis is {said} beside the code is read ({clinical}, {verification})",
            "statuses",
            (condition(certain(mark), clinical=clinical, verification=verification),),
            closed=EVERYTHING,
            facts={"asthma": fact},
            lines={"Condition/c1": outcome},
            remark="A plain extension, which R4 lets be passed over; in Germany it stands for the verification.",
        )
        for mark, said, clinical, verification, fact, outcome in (
            ("G", "certain", "active", None, "yes", "used"),
            ("G", "certain", "active", "provisional", "unknown", "prompting"),
            ("V", "suspected", "active", None, "unknown", "prompting"),
            ("V", "suspected", "active", "confirmed", "unknown", "prompting"),
            ("A", "excluded", "active", None, "no", "ignored"),
            ("A", "excluded", "active", "confirmed", "unknown", "prompting"),
            ("Z", "over", None, None, "unknown", "prompting"),
            ("Z", "over", "active", None, "yes", "used"),
            ("X", "of no known kind", "active", None, "unknown", "prompting"),
        )
    ),
    Case(
        "A German mark of one of several codes is read",
        "statuses",
        (condition(certain("V"), sct("195967001", "Asthma"), verification=None),),
        closed=EVERYTHING,
        facts={"asthma": "unknown"},
        remark="A mark stands at a code, and is meant of the illness.",
    ),
    Case(
        "An unknown family history keeps nothing open",
        "situations",
        (condition(text="Family history unknown"),),
        closed=EVERYTHING,
        facts={"asthma": "no|unknown"},
        lines={"Condition/c1": "ignored|unclear"},
        remark="Says nothing of the person; unclear keeps conditions open, which is careful and useless.",
    ),
)

ILLNESSES = (*MISSING, *STATUSES, *DATES, *SITUATIONS, *SEVERITY, *SITE, *SIGNS, *DECIDED)
