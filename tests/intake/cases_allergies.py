"""Allergies, and the statements that there is none, each in its own scope."""

from intake.pitfalls import (
    EVERYTHING,
    ME,
    Case,
    Json,
    absent,
    ago,
    allergy,
    atc,
    coding,
    concept,
    extension,
    loinc,
    patient,
    sct,
)

from remedies.knowledge.topics import Topic

ALLERGIES: tuple[Topic, ...] = ("allergies",)

NONE_KNOWN = sct("716186003", "No known allergy")
NO_DRUG = sct("409137002", "No known drug allergy")

_SECTIONS = {"allergies": "48765-2", "problems": "11450-4", "medicines": "10160-0"}


def summary(section: str, reason: str | None, *entries: str) -> Json:
    """Return the first page of a patient summary with one section, which is empty for a reason or holds entries."""
    part: Json = {"title": section, "code": concept(loinc(_SECTIONS[section]))}
    if reason is not None:
        part["emptyReason"] = concept(coding("http://terminology.hl7.org/CodeSystem/list-empty-reason", reason))
    if entries:
        part["entry"] = [{"reference": entry} for entry in entries]
    return {
        "resourceType": "Composition",
        "id": "d1",
        "status": "final",
        "type": concept(loinc("60591-5")),
        "subject": ME,
        "date": ago(1),
        "author": [{"display": "a practice"}],
        "title": "Patient summary",
        "section": [part],
    }


def _none(case: str, *codings: Json, **facts: str) -> Case:
    named = {fact.replace("_", "-"): value for fact, value in facts.items()}
    return Case(case, "no known allergy", (allergy(*codings),), facts=named)


NO_KNOWN = (
    _none("No known allergy is no allergy of any kind", NONE_KNOWN, nsaid="no", bee_venom="no", fragrance="no"),
    _none(
        "No known allergy in the words of IPS 1 is no allergy of any kind",
        absent("no-known-allergies"),
        nsaid="no",
        bee_venom="no",
        fragrance="no",
        colophony="no",
    ),
    Case(
        "No known allergy says nothing of illnesses",
        "no known allergy",
        (allergy(NONE_KNOWN),),
        facts={"atopy": "unknown", "anaphylaxis-history": "unknown", "nsaid-respiratory-reaction": "unknown"},
        lines={"AllergyIntolerance/a1": "used"},
        quiet=True,
    ),
    *(
        _none(
            f"No known drug allergy ({name}) leaves all but medicines open",
            code,
            nsaid="no",
            ketoprofen="no",
            heparin="no",
            bee_venom="unknown",
            fragrance="unknown",
            colophony="unknown",
            peanut_soya_oil="unknown",
            beeswax="unknown",
        )
        for name, code in (("SNOMED", NO_DRUG), ("IPS 1", absent("no-known-medication-allergies")))
    ),
    *(
        _none(
            f"No known food allergy ({name}) leaves medicines and venoms open",
            code,
            nsaid="unknown",
            bee_venom="unknown",
            fragrance="unknown",
            colophony="unknown",
            peanut_soya_oil="no|unknown",
        )
        for name, code in (("SNOMED", sct("429625007")), ("IPS 1", absent("no-known-food-allergies")))
    ),
    *(
        _none(
            f"No known environmental allergy ({name}) leaves medicines and food open",
            code,
            nsaid="unknown",
            ketoprofen="unknown",
            fragrance="no|unknown",
            peanut_soya_oil="unknown",
            bee_venom="no|unknown",
        )
        for name, code in (("SNOMED", sct("428607008")), ("IPS 1", absent("no-known-environmental-allergies")))
    ),
    _none("No known insect allergy leaves medicines open", sct("428197003"), nsaid="unknown", fragrance="unknown"),
    _none(
        "No known latex allergy denies nothing that is asked", sct("716184000"), nsaid="unknown", bee_venom="unknown"
    ),
    _none("No known allergy to animals denies no medicine", sct("716220001"), nsaid="unknown", fragrance="unknown"),
    *(
        Case(
            f"No information on allergies ({name}) is no answer",
            "no known allergy",
            (allergy(code),),
            facts={"nsaid": "unknown", "bee-venom": "unknown"},
            lines={"AllergyIntolerance/a1": "ignored|prompting|known|unclear"},
        )
        for name, code in (("SNOMED", sct("1287211007")), ("IPS 1", absent("no-allergy-info")))
    ),
    *(
        Case(
            f"No known allergy that is {what} denies nothing",
            "no known allergy",
            (allergy(NONE_KNOWN, **status),),
            facts={"nsaid": "unknown", "bee-venom": "unknown"},
        )
        for what, status in (
            ("entered in error", {"clinical": None, "verification": "entered-in-error"}),
            ("refuted", {"verification": "refuted"}),
            ("no longer so", {"clinical": "inactive"}),
            ("unconfirmed", {"verification": "unconfirmed"}),
            ("turned round by a modifier", {"modifierExtension": extension()}),
            ("said of somebody else", {"patient": {"reference": "Patient/p2"}}),
        )
    ),
    Case(
        "An allergy acts beside no known allergy, and is warned of",
        "no known allergy",
        (allergy(NONE_KNOWN, name="a1"), allergy(text="Aspirin", name="a2")),
        facts={"aspirin": "yes", "nsaid": "yes"},
        lines={"AllergyIntolerance/a2": ("used", "aspirin: yes")},
        warnings=("no known|aspirin",),
    ),
    Case(
        "An allergy to a medicine acts beside no known drug allergy, and is warned of",
        "no known allergy",
        (allergy(text="Ibuprofen", name="a2"), allergy(NO_DRUG, name="a1")),
        facts={"ibuprofen": "yes", "bee-venom": "unknown"},
        warnings=("no known|ibuprofen",),
    ),
    Case(
        "An allergy to bees is no contradiction of no known drug allergy",
        "no known allergy",
        (allergy(NO_DRUG, name="a1"), allergy(text="Bee venom", name="a2")),
        facts={"bee-venom": "yes", "nsaid": "no"},
        quiet=True,
    ),
    Case(
        "An allergy that was refuted is no contradiction of no known allergy",
        "no known allergy",
        (allergy(NONE_KNOWN, name="a1"), allergy(text="Aspirin", name="a2", verification="refuted")),
        facts={"aspirin": "no", "nsaid": "no"},
        quiet=True,
    ),
    Case(
        "An allergen that is not understood beside no known allergy keeps the allergies open",
        "no known allergy",
        (allergy(NONE_KNOWN, name="a1"), allergy(text="zzqq powder", name="a2")),
        facts={"nsaid": "unknown", "bee-venom": "unknown"},
        lines={"AllergyIntolerance/a2": "unclear"},
    ),
    Case(
        "An allergy that is over beside no known allergy stays asked about",
        "no known allergy",
        (allergy(NONE_KNOWN, name="a1"), allergy(text="Aspirin", name="a2", clinical="resolved")),
        facts={"aspirin": "unknown|yes"},
    ),
    Case(
        "Two statements of different scope add up and no further",
        "no known allergy",
        (allergy(NO_DRUG, name="a1"), allergy(sct("429625007"), name="a2")),
        facts={"nsaid": "no", "bee-venom": "unknown", "fragrance": "unknown"},
    ),
    Case(
        "An empty section of nothing known is no allergy",
        "no known allergy",
        (summary("allergies", "nilknown"), patient()),
        around={"type": "document"},
        facts={"nsaid": "no|unknown", "atopy": "unknown"},
        lines={"Patient/p1": "used|ignored|known"},
    ),
    *(
        Case(
            f"An empty section that is {reason} is no answer",
            "no known allergy",
            (summary("allergies", reason), patient()),
            around={"type": "document"},
            facts={"nsaid": "unknown", "bee-venom": "unknown"},
        )
        for reason in ("unavailable", "notasked", "withheld", "notstarted", "closed")
    ),
    Case(
        "An empty section without a reason is no answer",
        "no known allergy",
        (summary("allergies", None), patient()),
        around={"type": "document"},
        facts={"nsaid": "unknown"},
    ),
    Case(
        "An empty section of illnesses clears no history",
        "no known allergy",
        (summary("problems", "nilknown"), patient()),
        around={"type": "document"},
        facts={"copd": "no|unknown", "epilepsy": "unknown", "nsaid": "unknown", "open-wound": "unknown"},
        pregnancy="unknown",
    ),
    Case(
        "An empty section of medicines clears no remedy from the shelf",
        "no known allergy",
        (summary("medicines", "nilknown"), patient()),
        around={"type": "document"},
        facts={"nsaids-topical": "unknown", "anticoagulants": "no|unknown", "sunscreens-used": "unknown"},
    ),
    Case(
        "Nothing known in a section beside an allergy lets the allergy act",
        "no known allergy",
        (summary("allergies", "nilknown"), patient(), allergy(text="Aspirin")),
        around={"type": "document"},
        facts={"aspirin": "yes"},
        warnings=("aspirin|nilknown|empty|no known",),
    ),
)

LIVE = (
    *(
        Case(
            f"An allergy that is {verification or 'said without a verification'} acts or is asked about",
            "allergies",
            (allergy(text="Ibuprofen", verification=verification),),
            closed=ALLERGIES,
            facts={"ibuprofen": expected, "nsaid": expected},
            lines={"AllergyIntolerance/a1": "used|prompting"},
        )
        for verification, expected in (
            ("confirmed", "yes"),
            (None, "yes"),
            ("presumed", "yes|unknown"),
            ("unconfirmed", "yes|unknown"),
            ("likely", "yes|unknown"),
        )
    ),
    Case(
        "A refuted allergy clears its own substance alone",
        "allergies",
        (allergy(text="Aspirin", verification="refuted"),),
        facts={"aspirin": "no", "nsaid": "unknown", "ibuprofen": "unknown", "salicylates": "unknown"},
        lines={"AllergyIntolerance/a1": ("used", "aspirin: no")},
    ),
    Case(
        "A refuted allergy to a whole class clears its members",
        "allergies",
        (allergy(text="NSAID", verification="refuted"),),
        facts={"nsaid": "no", "ketoprofen": "no", "bee-venom": "unknown"},
    ),
    Case(
        "An allergy entered in error is no denial",
        "allergies",
        (allergy(text="Aspirin", clinical=None, verification="entered-in-error"),),
        facts={"aspirin": "unknown"},
        lines={"AllergyIntolerance/a1": ("ignored", "error")},
    ),
    *(
        Case(
            f"An allergy that is {clinical} keeps a caution",
            "allergies",
            (allergy(text="Aspirin", clinical=clinical),),
            closed=ALLERGIES,
            facts={"aspirin": "unknown|yes"},
            lines={"AllergyIntolerance/a1": "prompting|used"},
        )
        for clinical in ("inactive", "resolved")
    ),
    Case(
        "An allergy without a clinical status acts",
        "allergies",
        (allergy(text="Aspirin", clinical=None),),
        facts={"aspirin": "yes"},
    ),
    Case(
        "An intolerance acts like an allergy",
        "allergies",
        (allergy(text="Aspirin", type="intolerance"),),
        closed=ALLERGIES,
        facts={"aspirin": "yes"},
    ),
    *(
        Case(
            f"{what} is read",
            "allergies",
            (allergy(*codings, text=text, category=category),),
            facts={fact: "yes"},
            lines={"AllergyIntolerance/a1": ("used", fact)},
        )
        for what, codings, text, fact, category in (
            ("A substance", (sct("387458008", "Aspirin"),), None, "aspirin", ["medication"]),
            ("A finding", (sct("293586001", "Allergy to aspirin"),), None, "aspirin", None),
            ("A class", (sct("372665008", "Non-steroidal anti-inflammatory agent"),), None, "nsaid", None),
            ("An ATC code", (atc("M01AE03"),), None, "ketoprofen", None),
            ("A product", (), "Diclofenac sodium 50 MG Oral Tablet", "diclofenac", None),
            ("A Russian name", (), "диклофенак", "diclofenac", None),
            ("A food", (), "Peanut", "peanut-soya-oil", ["food"]),
            ("A venom", (sct("288328004", "Bee venom"),), None, "bee-venom", ["environment"]),
            ("A biologic", (sct("372877000", "Heparin"),), None, "heparin", ["biologic"]),
        )
    ),
    Case(
        "The category does not narrow what the code says",
        "allergies",
        (allergy(text="Aspirin", category=["food"]),),
        facts={"aspirin": "yes"},
    ),
    *(
        Case(
            f"An allergy to {what} is known and prompts a tendency",
            "allergies",
            (allergy(text=what, category=[category]),),
            closed=EVERYTHING,
            facts={"nsaid": "no", "atopy": "unknown"},
            lines={"AllergyIntolerance/a1": "known|prompting"},
        )
        for what, category in (
            ("Penicillin", "medication"),
            ("House dust mite", "environment"),
            ("Shellfish", "food"),
        )
    ),
    Case(
        "The substance of a reaction may be narrower than the code",
        "allergies",
        (
            allergy(
                sct("372665008", "Non-steroidal anti-inflammatory agent"),
                reaction=[{"substance": concept(text="Ketoprofen"), "manifestation": [concept(text="rash")]}],
            ),
        ),
        facts={"nsaid": "yes", "ketoprofen": "yes"},
    ),
    Case(
        "The substance of a reaction may be all that is said",
        "allergies",
        (
            allergy(
                sct("416098002", "Allergy to drug"),
                reaction=[{"substance": concept(text="Ibuprofen"), "manifestation": [concept(text="hives")]}],
            ),
        ),
        facts={"ibuprofen": "yes"},
        lines={"AllergyIntolerance/a1": ("used", "ibuprofen")},
    ),
    Case(
        "An allergy without a code is read by its reaction",
        "allergies",
        (
            allergy(
                reaction=[{"substance": concept(text="Aspirin"), "manifestation": [concept(text="wheezing")]}],
            ),
        ),
        facts={"aspirin": "yes"},
    ),
    Case(
        "An allergy with neither code nor substance is not understood",
        "allergies",
        (allergy(),),
        closed=ALLERGIES,
        facts={"nsaid": "unknown"},
        lines={"AllergyIntolerance/a1": "unclear"},
    ),
    *(
        Case(
            f"A reaction of {display} to aspirin is no silence on illnesses",
            "allergies",
            (allergy(text="Aspirin", reaction=[{"manifestation": [concept(sct(code, display))]}]),),
            closed=EVERYTHING,
            facts={"aspirin": "yes", fact: "unknown|yes"},
        )
        for code, display, fact in (
            ("4386001", "Bronchospasm", "nsaid-respiratory-reaction"),
            ("39579001", "Anaphylaxis", "anaphylaxis-history"),
            ("41291007", "Angioedema", "angioedema"),
        )
    ),
    Case(
        "A rash of light after ketoprofen is no silence on light",
        "allergies",
        (allergy(text="Ketoprofen", reaction=[{"manifestation": [concept(sct("90128006", "Photodermatitis"))]}]),),
        closed=EVERYTHING,
        facts={"ketoprofen": "yes", "photosensitivity-history": "unknown|yes"},
    ),
    Case(
        "Several allergies are each read",
        "allergies",
        (
            allergy(text="Aspirin", name="a1"),
            allergy(text="Bee venom", name="a2"),
            allergy(text="Lanolin", name="a3", verification="refuted"),
        ),
        facts={"aspirin": "yes", "bee-venom": "yes", "lanolin": "no", "heparin": "unknown"},
        quiet=True,
    ),
)

DECIDED = (
    Case(
        "No known allergy that is contradicted closes nothing",
        "no known allergy",
        (allergy(NONE_KNOWN, name="a1"), allergy(text="Aspirin", name="a2")),
        facts={"aspirin": "yes", "bee-venom": "unknown"},
        remark="“Unless contradicted” may mean for that substance or altogether; a statement once wrong is weak.",
    ),
    Case(
        "A list that is empty because nothing is known is a statement as well",
        "no known allergy",
        (
            {
                "resourceType": "List",
                "id": "l1",
                "status": "current",
                "mode": "working",
                "code": concept(sct("886921000000105", "Allergies and adverse reactions")),
                "subject": ME,
                "emptyReason": concept(coding("http://terminology.hl7.org/CodeSystem/list-empty-reason", "nilknown")),
            },
        ),
        facts={"nsaid": "unknown|no"},
        remark="Only Composition.section is named; a List holds the same element. Unknown is careful.",
    ),
    Case(
        "An empty section of allergies that says nothing known closes them",
        "no known allergy",
        (summary("allergies", "nilknown"), patient()),
        around={"type": "document"},
        facts={"nsaid": "no", "bee-venom": "no"},
        remark="That nilknown means none was not confirmed by a source; unknown is allowed in the settled case.",
    ),
    Case(
        "No known allergy of ten years ago holds still",
        "no known allergy",
        (allergy(NONE_KNOWN, recordedDate=ago(3650)),),
        facts={"nsaid": "no"},
        lines={"AllergyIntolerance/a1": "used"},
        remark="People do get new ones; but what is said of allergies keeps for ever here, in a record as elsewhere.",
    ),
)

ALLERGY_CASES = (*NO_KNOWN, *LIVE, *DECIDED)
