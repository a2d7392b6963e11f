"""A word comes out as a fact, known, unclear, doubt, denial, family or other, and comes out of every check.

A word means a fact by its id, a name in either alphabet or a code. One that is finer than the fact
proves it and does not deny it; a code that is wider, or near, is a reason to ask. Case, hyphens,
spaces, order, number and grammatical form do not matter. What stands in the wrong list is taken to
the right one. A word is never taken for a fact that it merely resembles: what is not understood is
kept, or refused where that is wanted.
"""

from typing import Any

import pytest
from support import TODAY, Json, a_fact, a_naming, a_rule, one_remedy

from remedies import ArgumentError, Catalogue, CatalogueError, Patient, PatientError, UnknownWordError, check, verdicts
from remedies.checking.known import Known, known_of
from remedies.checking.understood import Reading, read_word
from remedies.checking.whole import read_patient
from remedies.knowledge.codes import atc_code, icd10_code
from remedies.knowledge.meaning import Meaning
from remedies.knowledge.spelling import normal
from remedies.knowledge.topics import Topic
from remedies.knowledge.vocabulary import Vocabulary

FACTS = (
    a_fact(
        "asthma",
        synonyms={"en": ["bronchial asthma"], "ru": ["астма", "бронхиальная астма"]},
        kinds={"en": ["allergic asthma", "asthma attack"], "ru": ["атопическая астма"]},
        icd10={"proves": ["J45"], "prompts": ["J98"]},
        snomed=["195967001"],
    ),
    a_fact("veins", label="varicose veins", synonyms={"en": [], "ru": ["варикозное расширение вен"]}),
    a_fact("diabetes", synonyms={"en": [], "ru": ["сахарный диабет"]}, icd10={"proves": ["E10-E14"]}),
    a_fact("insulin-diabetes", is_a=["diabetes"], icd10={"proves": ["E10"]}),
    a_fact("aspirin", "allergies", synonyms={"en": [], "ru": ["аспирин"]}, atc={"proves": ["N02BA01"]}),
    a_fact("bee-venom", "allergies", synonyms={"en": ["bees"], "ru": ["пчелиный яд"]}),
    a_fact("blood-thinners", "medicines", atc={"proves": ["B01"], "except": ["B01AC06"]}),
    a_fact("insulin", "medicines", implies=["insulin-diabetes"], atc={"proves": ["A10A"]}),
    a_fact("other-gel", "medicines"),
    a_fact("rash", "skin", icd10={"proves": ["L20"]}),
    a_fact("fever", "signs"),
    a_fact("sun", "circumstances"),
)
WORDS = [
    a_naming("medicines", "warfarin", "coumadin", ru=["варфарин"], means=["blood-thinners"], atc=["B01AA03"]),
    a_naming("medicines", "metformin", prompts=["diabetes"]),
    a_naming("medicines", "paracetamol", "acetaminophen", ru=["парацетамол"], atc=["N02BE01"]),
    a_naming("medicines", "acetylsalicylic acid", means=["blood-thinners"], on_skin=["other-gel"], allergy=["aspirin"]),
    a_naming("conditions", "flat feet", ru=["плоскостопие"], icd10=["M21"]),
    a_naming("conditions", "hay fever", prompts=["asthma"]),
    a_naming("conditions", "type 1", means=["insulin-diabetes"]),
    a_naming("pregnancy", "pregnancy", "pregnant", ru=["беременность"]),
    a_naming("breastfeeding", "breastfeeding", ru=["лактация"]),
]
FORMS = {
    "астма": "астм: а е у ой",
    "бронхиальный": "бронхиальн: ый ая ой ую",
    "варикозный": "варикозн: ый ое ого",
    "расширение": "расширени: е я ем",
}
SMALL = one_remedy(
    [a_rule("asthma", {"condition": "asthma"}), a_rule("bleeding", {"taking": "blood-thinners"})],
    FACTS,
    words=WORDS,
    forms=FORMS,
    mix_ups=[["warfarin", "metformin"]],
)


def reading(topic: Topic, word: str) -> Reading:
    """Read a word of the small catalogue."""
    return read_word(word, topic, SMALL.vocabulary)


def known(**said: Any) -> Known:
    """Work out what is known of a patient of the small catalogue."""
    found = known_of(Patient(**said), SMALL.vocabulary)
    assert found.faults == ()
    return found


def so(**said: Any) -> list[str]:
    """List what is so."""
    return SMALL.vocabulary.ids(known(**said).yes)


def not_so(**said: Any) -> list[str]:
    """List what is not so."""
    return SMALL.vocabulary.ids(known(**said).no)


# Facts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [
        "asthma",
        "Asthma",
        "  ASTHMA ",
        "bronchial asthma",
        "bronchial-asthma",
        "bronchial_asthma",
        "Asthma, bronchial",
        "астма",
        "АСТМА",
        "Бронхиальная   астма",
        "астма бронхиальная",
        "бронхиальной астмой",
        "астму",
        "fcnvf",
        "фыерьф",
        "history of asthma",
        "I have asthma",
        "диагноз: бронхиальная астма",
        "• asthma",
        "1. asthma",
        "[x] asthma",
        "asthma (+)",
        "J45",
        "195967001",
    ],
)
def test_a_fact_is_named_by_its_id_every_synonym_and_a_code_that_is_exactly_it(word: str) -> None:
    """In any order and grammatical form, on either keyboard, ticked or not, with words around it that say nothing."""
    assert reading("conditions", word) == Reading("fact", ("asthma",), names=("asthma",))


@pytest.mark.parametrize(
    "word",
    [
        *("allergic asthma", "attacks of asthma", "атопическая астма", "severe asthma", "asthma since 1990"),
        *("asthma, mild", "астма легкой степени", "J45.0", "j459", "J45.0 - Allergic asthma", "Asthma [J45.9]"),
    ],
)
def test_a_kind_of_a_fact_proves_it_and_denying_it_denies_nothing(word: str) -> None:
    assert reading("conditions", word) == Reading("fact", ("asthma",))
    assert known(conditions={"no": [word]}).no == 0


@pytest.mark.parametrize(
    "word",
    ["varicose veins", "veins, varicose", "varicose vein", "варикозного расширения вен", "ВАРИКОЗНОЕ расширение вен"],
)
def test_order_number_and_grammatical_case_do_not_matter(word: str) -> None:
    assert reading("conditions", word).proves == ("veins",)


def test_a_name_of_something_else_is_not_found_by_what_it_shares_with_a_fact() -> None:
    for word in ("cardiac asthma", "diabetes insipidus", "varicose", "вены", "bees wax", "insulin resistance"):
        assert reading("conditions", word).kind == "unclear", word


@pytest.mark.parametrize(
    ("word", "proves", "prompts"),
    [
        ("E11.5", ["diabetes"], []),
        ("E10", ["diabetes", "insulin-diabetes"], []),
        ("E10.1†", ["diabetes", "insulin-diabetes"], []),
        ("Е10", ["diabetes", "insulin-diabetes"], []),
        ("J98.0", [], ["asthma"]),
        ("L20", [], ["rash"]),
    ],
)
def test_an_icd_10_code_proves_what_it_is_within_and_prompts_what_it_is_near(
    word: str, proves: list[str], prompts: list[str]
) -> None:
    """Among them a Cyrillic Е and a dagger; a diagnosis of a skin disease does not say where it is."""
    found = reading("conditions", word)
    assert (list(found.proves), list(found.prompts)) == (proves, prompts)


def test_a_diagnosis_of_the_skin_proves_it_where_it_is_said_of_that_skin() -> None:
    assert reading("skin", "L20") == Reading("fact", ("rash",), names=("rash",))


def test_one_name_of_several_things_joins_what_they_say() -> None:
    assert so(conditions=["type 1"]) == ["diabetes", "insulin-diabetes"]
    assert reading("conditions", "type 1") == Reading("fact", ("insulin-diabetes",))


@pytest.mark.parametrize(
    "word",
    [
        "warfarin",
        "Coumadin",
        "варфарин",
        "B01AA03",
        "Warfarin 5 mg tablets",
        "warfarin sodium 3mg od",
        "варфарин 2,5 мг",
    ],
)
def test_a_medicine_is_found_by_any_of_its_names_whatever_its_strength_and_form(word: str) -> None:
    assert reading("medicines", word) == Reading("fact", ("blood-thinners",), single=True)


def test_a_medicine_means_something_else_where_it_goes_on_the_skin() -> None:
    assert reading("medicines", "acetylsalicylic acid tablets").proves == ("blood-thinners",)
    assert reading("medicines", "acetylsalicylic acid gel").proves == ("other-gel",)


def test_each_ingredient_of_a_combination_counts_and_one_that_is_not_known_makes_it_unclear() -> None:
    assert reading("medicines", "warfarin / metformin") == Reading("fact", ("blood-thinners",), ("diabetes",))
    assert reading("medicines", "paracetamol + qqqq").kind == "unclear"


@pytest.mark.parametrize("word", ["aspirin", "allergy to aspirin", "аллергия на аспирин", "N02BA01", "aspirin allergy"])
def test_an_allergy_is_found_by_what_it_is_to(word: str) -> None:
    assert reading("allergies", word) == Reading("fact", ("aspirin",), names=("aspirin",))


def test_an_allergy_to_a_medicine_is_not_the_medicine() -> None:
    assert reading("allergies", "acetylsalicylic acid") == Reading("fact", ("aspirin",))
    assert reading("allergies", "warfarin") == Reading("known")


# Known ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("topic", "word"),
    [
        ("conditions", "flat feet"),
        ("conditions", "Плоскостопие"),
        ("conditions", "M21.4"),
        ("medicines", "acetaminophen 500 mg"),
        ("medicines", "N02BE01"),
        ("allergies", "парацетамол"),
    ],
)
def test_what_no_rule_looks_at_is_known_and_keeps_nothing_open(topic: Topic, word: str) -> None:
    assert reading(topic, word) == Reading("known")
    assert known(**{topic: {"yes": [word]}}, nothing_else=True).no == (1 << len(SMALL.vocabulary.entries)) - 1


def test_what_is_known_may_be_a_reason_to_ask() -> None:
    assert reading("medicines", "metformin") == Reading("known", prompts=("diabetes",))
    assert reading("conditions", "hay fever") == Reading("known", prompts=("asthma",))


# Unclear --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("topic", "word", "suggested"),
    [
        ("conditions", "asthna", ("asthma",)),
        ("conditions", "астмв", ("астма",)),
        ("conditions", "fcnvd", ("астма",)),
        ("conditions", "cardiac asthma", ("asthma",)),
        ("conditions", "qqqqqq", ()),
        ("conditions", "!?", ()),
        ("conditions", "H40", ()),
        ("medicines", "warfarim", ("warfarin",)),
        ("medicines", "warfarims", ()),
        ("medicines", "V03AB", ()),
        ("allergies", "aspirine", ("aspirin",)),
    ],
)
def test_a_word_that_is_not_understood_is_unclear_with_what_may_have_been_meant(
    topic: Topic, word: str, suggested: tuple[str, ...]
) -> None:
    assert reading(topic, word) == Reading("unclear", keeps_open=True, suggestions=suggested)


def test_an_unclear_word_is_no_fact_and_keeps_its_topic_open() -> None:
    found = known(conditions={"yes": ["asthna"], "rest": "no"}, skin={"rest": "no"})
    assert found.yes == 0
    assert SMALL.vocabulary.ids(found.no) == ["rash"]


def test_a_list_in_one_word_is_unclear_where_a_part_of_it_is_and_the_other_parts_count() -> None:
    found = reading("conditions", "asthma, qqqq")
    assert (found.kind, found.proves, found.keeps_open) == ("unclear", ("asthma",), True)
    assert so(conditions=["asthma, qqqq"]) == ["asthma"]
    assert not_so(conditions={"no": ["asthma, qqqq"]}) == ["asthma"]
    assert so(conditions=["asthma; diabetes"]) == ["asthma", "diabetes"]


@pytest.mark.parametrize("word", ["x\x1b[31mx", "x\x07x", "x\u202ex", "x\x9bx", "x\rx"])
def test_control_characters_in_a_word_are_escaped(word: str) -> None:
    report = check(Patient(conditions=[word]), SMALL, as_of=TODAY)
    warning = f"{word!r} was not understood, so nothing is ruled out among the illnesses. Try another word."
    assert report.warnings[0] == warning
    assert warning.isprintable()


# Doubt, denial, family ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [
        *("asthma?", "?asthma", "asthma (?)", "[ ] asthma", "possible asthma", "suspected asthma", "asthma, probably"),
        *("подозрение на астму", "возможно астма", "астма под вопросом", "not no asthma", "unlikely asthma"),
    ],
)
def test_a_doubted_word_is_a_reason_to_ask_and_proves_nothing(word: str) -> None:
    assert reading("conditions", word) == Reading("doubt", prompts=("asthma",))
    assert known(conditions={"yes": [word], "rest": "no"}).prompted == ("asthma",)


@pytest.mark.parametrize("word", ["?", "???", "don't know", "Не знаю", "unsure", "not recorded", "нет данных"])
def test_who_does_not_know_says_nothing_and_keeps_the_topic_open(word: str) -> None:
    assert reading("conditions", word) == Reading("doubt", keeps_open=True)


@pytest.mark.parametrize(
    "word",
    [
        *("no asthma", "asthma (-)", "asthma: no", "denies asthma", "does not have asthma", "no history of asthma"),
        *("астмы нет", "нет астмы", "без астмы", "❌ asthma", "never had asthma"),
    ],
)
def test_a_denied_word_is_not_so(word: str) -> None:
    forms = {**FORMS, "астма": "астм: а ы е у ой"}
    vocabulary = one_remedy([], FACTS, words=WORDS, forms=forms).vocabulary
    assert read_word(word, "conditions", vocabulary) == Reading("denial", denies=("asthma",))


def test_one_denial_holds_for_what_is_joined_by_or_and_not_for_what_a_comma_parts() -> None:
    assert not_so(conditions=["no asthma or diabetes"]) == ["asthma", "diabetes", "insulin-diabetes"]
    assert reading("conditions", "no asthma, diabetes").kind == "unclear"
    found = known(conditions=["no asthma, no diabetes"])
    assert SMALL.vocabulary.ids(found.no) == ["asthma", "diabetes", "insulin-diabetes"]


def test_what_is_denied_under_no_may_be_anything() -> None:
    found = known(conditions={"no": ["no asthma"]})
    assert (found.yes, found.no, found.prompted) == (0, 0, ("asthma",))


def test_what_is_doubted_under_no_is_not_denied() -> None:
    found = known(conditions={"no": ["asthma?"]})
    assert (found.yes, found.no, found.prompted) == (0, 0, ("asthma",))


@pytest.mark.parametrize(
    "word",
    [
        *("family history of asthma", "FHx: asthma", "mother had asthma", "asthma in the family", "у мамы астма"),
        *("семейный анамнез: астма", "Z82.5", "family history of qqqq"),
    ],
)
def test_what_is_said_of_the_family_says_nothing_of_the_patient(word: str) -> None:
    assert reading("conditions", word) == Reading("family")
    assert known(conditions=[word], nothing_else=True).no == (1 << len(SMALL.vocabulary.entries)) - 1


@pytest.mark.parametrize("word", ["mother: qqqq", "mother of two, asthma", "wife reports asthma"])
def test_a_relative_beside_what_is_not_understood_may_tell_of_the_patient(word: str) -> None:
    assert reading("conditions", word).kind == "unclear"


@pytest.mark.parametrize("word", ["no allergic asthma", "not controlled asthma"])
def test_what_is_narrower_than_a_fact_leaves_it_open_where_it_is_denied(word: str) -> None:
    assert reading("conditions", word) == Reading("denial", prompts=("asthma",))
    assert not known(conditions=[word], nothing_else=True).no & SMALL.vocabulary.mask(["asthma"])


def test_the_family_and_the_patient_are_not_the_family_alone() -> None:
    assert reading("conditions", "my mother and I have asthma").kind == "unclear"


# Where a word belongs ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "word", "proves", "moved"),
    [
        ("conditions", "warfarin", ("blood-thinners",), "medicines"),
        ("conditions", "fever", ("fever",), "signs"),
        ("conditions", "allergy to bees", ("bee-venom",), "allergies"),
        ("conditions", "rash", ("rash",), "skin"),
        ("medicines", "астма", ("asthma",), "conditions"),
        ("signs", "sun", ("sun",), "circumstances"),
        ("skin", "asthma", ("asthma",), "conditions"),
        ("allergies", "asthma", ("asthma",), "conditions"),
    ],
)
def test_a_word_in_the_wrong_list_is_taken_to_the_right_one(
    given: Topic, word: str, proves: tuple[str, ...], moved: str
) -> None:
    found = reading(given, word)
    assert (found.kind, found.proves, found.moved) == ("fact", proves, moved)


def test_a_report_says_which_word_was_taken_where() -> None:
    report = check(Patient(conditions=["warfarin"]), SMALL, as_of=TODAY)
    assert report.warnings[0] == "'warfarin' was taken from the illnesses to the medicines."
    assert report["gel"].verdict == "excluded"
    assert [(one.topic, one.word, one.means) for one in report.understood] == [
        ("conditions", "warfarin", ("blood-thinners",))
    ]


def test_what_people_take_is_no_allergy_and_the_other_way_round() -> None:
    assert reading("allergies", "insulin") == Reading("known")
    assert reading("medicines", "bees").kind == "unclear"
    assert reading("medicines", "allergy to bees").moved == "allergies"


@pytest.mark.parametrize(
    ("word", "pregnancy"),
    [
        ("pregnant", "yes"),
        ("Беременность", "yes"),
        ("no pregnancy", "no"),
        ("pregnant?", "possible"),
        ("pregnancy, 20 weeks", "20 weeks"),
        ("2nd trimester of pregnancy", "trimester 2"),
    ],
)
def test_pregnancy_among_the_illnesses_is_taken_to_where_it_belongs(word: str, pregnancy: str) -> None:
    report = check(Patient(age=34, sex="female", conditions=[word]), SMALL, as_of=TODAY)
    assert report.person.pregnancy.replace("week 20", "20 weeks") == pregnancy


def test_breastfeeding_among_the_medicines_is_taken_to_where_it_belongs() -> None:
    found = [
        check(Patient(age=34, sex="female", medicines=[word]), SMALL, as_of=TODAY).person.breastfeeding
        for word in ("лактация", "no breastfeeding", "qqqq")
    ]
    assert found == ["yes", "no", "unknown"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            {"pregnancy": "no", "conditions": ["pregnant"]},
            "conditions.yes[0]: 'pregnant' says that there is a pregnancy, and pregnancy is given as no",
        ),
        (
            {"pregnancy": "yes", "conditions": ["no pregnancy"]},
            "conditions.yes[0]: 'no pregnancy' says that there is no pregnancy, and one is given",
        ),
        (
            {"breastfeeding": False, "conditions": ["лактация"]},
            "conditions.yes[0]: 'лактация' contradicts what is given for breastfeeding",
        ),
    ],
)
def test_a_word_cannot_contradict_what_is_given_for_pregnancy_and_breastfeeding(said: Json, message: str) -> None:
    with pytest.raises(PatientError) as refused:
        check(Patient(**said), SMALL, as_of=TODAY)
    assert str(refused.value) == message
    assert [fault.kind for fault in refused.value.faults] == ["contradiction"]


# What comes out ---------------------------------------------------------------------------------------

EVERYTHING: Json = {
    "conditions": {"yes": ["flat feet", "asthna", "asthma?", "asthna"], "no": ["diabetes"], "other": ["stars"]},
    "allergies": ["no known allergies"],
    "medicines": ["mother: warfarin", "warfarin"],
}


def test_every_word_comes_out_once_in_order_with_what_was_made_of_it() -> None:
    report = check(Patient(**EVERYTHING), SMALL, as_of=TODAY)
    assert [(one.topic, one.word, one.kind, one.means, one.prompts) for one in report.understood] == [
        ("conditions", "flat feet", "known", (), ()),
        ("conditions", "asthna", "unclear", (), ()),
        ("conditions", "asthma?", "doubt", (), ("asthma",)),
        ("conditions", "asthna", "unclear", (), ()),
        ("conditions", "diabetes", "denial", ("diabetes",), ()),
        ("conditions", "stars", "other", (), ()),
        ("allergies", "no known allergies", "denial", (), ()),
        ("medicines", "mother: warfarin", "family", (), ()),
        ("medicines", "warfarin", "fact", ("blood-thinners",), ()),
    ]
    assert [one.suggestions for one in report.unclear] == [("asthma",), ("asthma",)]


def test_a_report_warns_of_what_needs_a_second_look() -> None:
    report = check(Patient(conditions=["asthna", "hay fever"], medicines=["warfarin"]), SMALL, as_of=TODAY)
    assert report.warnings[:3] == (
        "'asthna' was not understood, so nothing is ruled out among the illnesses. Did you mean asthma?",
        "'warfarin' is easily mixed up with 'metformin': look at the pack.",
        "What was said is a reason to ask about the illnesses: asthma.",
    )


@pytest.mark.parametrize(
    ("word", "kind", "prompts"),
    [("qqqq", "other", ()), ("asthma", "other", ("asthma",)), ("no asthma", "other", ("asthma",)), ("?", "other", ())],
)
def test_only_what_is_not_understood_can_be_set_aside_and_the_rest_stays_a_reason_to_ask(
    word: str, kind: str, prompts: tuple[str, ...]
) -> None:
    found = known(conditions={"other": [word]})
    assert [(one.kind, one.prompts) for one in found.words] == [(kind, prompts)]
    assert (found.yes, found.no) == (0, 0)


def test_a_word_stays_where_it_came_in_when_it_is_set_aside() -> None:
    found = known(conditions={"yes": ["Qqqq", "asthma"], "other": ["qqqq", "asthma"]}, nothing_else=True)
    assert [(one.side, one.word, one.kind) for one in found.words] == [
        ("yes", "Qqqq", "other"),
        ("yes", "asthma", "fact"),
        ("other", "qqqq", "other"),
        ("other", "asthma", "other"),
    ]
    assert SMALL.vocabulary.ids(found.yes) == ["asthma"]
    assert SMALL.vocabulary.ids(found.no & SMALL.vocabulary.topic_mask["conditions"]) == [
        "veins",
        "diabetes",
        "insulin-diabetes",
    ]


def test_setting_a_list_aside_forgets_nothing_that_was_understood_of_it() -> None:
    assert so(conditions={"yes": ["asthma, qqqq"], "other": ["asthma, qqqq"]}) == ["asthma"]
    assert known(conditions={"other": ["asthma, qqqq"]}).prompted == ("asthma",)


# Strict ---------------------------------------------------------------------------------------------


def test_where_words_are_taken_strictly_every_one_that_is_not_understood_is_a_fault_with_its_place() -> None:
    said = Patient(conditions=["asthma", "asthna"], allergies={"no": ["qqqqqq"]}, signs=["asthma"], skin=["rash?"])
    for judge in (check, verdicts):
        with pytest.raises(PatientError) as refused:
            judge(said, SMALL, words="strict")
        assert str(refused.value).splitlines() == [
            "conditions.yes[1]: 'asthna' is not known as an illness. Did you mean asthma?",
            "allergies.no[0]: 'qqqqqq' is not known as an allergy. Try another word.",
        ]
        assert {fault.kind for fault in refused.value.faults} == {"word"}


def test_what_was_set_aside_is_no_fault_where_words_are_taken_strictly() -> None:
    said = Patient(conditions={"yes": ["qqqq"], "other": ["qqqq"]})
    assert check(said, SMALL, as_of=TODAY, words="strict").unclear == ()


def test_words_are_kept_or_taken_strictly_and_nothing_else() -> None:
    with pytest.raises(ArgumentError) as refused:
        check(Patient(), SMALL, words="drop")  # type: ignore[arg-type]
    assert str(refused.value) == "words: must be keep or strict, not 'drop'"


def test_faults_of_shape_and_unclear_words_come_together_where_a_document_is_read_strictly() -> None:
    words = {"sex": "male", "pregnancy": "yes", "conditions": ["asthna"], "skin": {"rest": "x"}}
    with pytest.raises(PatientError) as refused:
        read_patient({**words, "allergies": {"no": ["qqqqqq"]}}, SMALL.vocabulary, "strict")
    assert str(refused.value).splitlines() == [
        "skin.rest: must be one of 'unknown' or 'no', not 'x'",
        "conditions.yes[0]: 'asthna' is not known as an illness. Did you mean asthma?",
        "allergies.no[0]: 'qqqqqq' is not known as an allergy. Try another word.",
    ]


# Catalogues -------------------------------------------------------------------------------------------


def test_a_word_of_another_catalogue_is_not_understood_in_the_check_against_this_one() -> None:
    patient = Patient(conditions=["asthma"])
    assert check(patient, SMALL)["gel"].verdict == "excluded"
    assert [one.word for one in check(patient, one_remedy([])).unclear] == ["asthma"]


def test_a_copy_with_other_words_is_judged_by_those() -> None:
    free = Patient(age=34, sex="male", nothing_else=True)
    ill = free.model_copy(update={"conditions": ["asthma"]})
    again = ill.model_copy(update={"conditions": []})
    assert [check(patient, SMALL)["gel"].verdict for patient in (free, ill, again)] == [
        "allowed",
        "excluded",
        "allowed",
    ]


def test_every_id_label_and_synonym_of_the_shipped_facts_means_its_fact(shipped: Catalogue) -> None:
    for fact in shipped.facts:
        for word in (fact.id, fact.label, *fact.synonyms.en, *fact.synonyms.ru):
            assert shipped.vocabulary.resolve(fact.topic, word) == Meaning((fact.id,), (), (fact.id,)), word
        for word in (*fact.kinds.en, *fact.kinds.ru):
            assert shipped.vocabulary.resolve(fact.topic, word).proves == (fact.id,), word


def test_a_word_that_means_nothing_in_a_topic_cannot_be_resolved_there(vocabulary: Vocabulary) -> None:
    with pytest.raises(UnknownWordError) as refused:
        vocabulary.resolve("conditions", "qqqqqq")
    assert str(refused.value) == "'qqqqqq' is not known as an illness"


def test_one_word_can_mean_something_in_several_topics() -> None:
    assert list(SMALL.vocabulary.meanings("acetylsalicylic acid")) == [
        ("allergies", Meaning(("aspirin",))),
        ("medicines", Meaning(("blood-thinners",))),
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            [a_naming("conditions", "Asthma", means=["veins"])],
            "words[0]: 'Asthma' already means asthma",
        ),
        (
            [a_naming("conditions", "one"), a_naming("conditions", "ONE")],
            "words[1]: 'ONE' already means words[0]",
        ),
        ([a_naming("conditions", "one", means=["none"])], "words[0].means[0]: no fact is called 'none'"),
        ([a_naming("conditions")], "words[0]: has neither a name nor a code"),
        (
            [a_naming("medicines", "one", allergy=["asthma"])],
            "words[0].allergy[0]: asthma is no allergy",
        ),
        (
            [a_naming("conditions", "one", on_skin=["rash"])],
            "words[0]: on_skin and allergy are said of medicines only",
        ),
    ],
)
def test_a_name_stands_for_one_thing_and_leads_to_facts_that_exist(words: list[Json], message: str) -> None:
    with pytest.raises(CatalogueError) as refused:
        one_remedy([], FACTS, words=words)
    assert str(refused.value) == message


# Codes and spelling -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("B01", Meaning(("blood-thinners",), (), ("blood-thinners",))),
        ("B01AB", Meaning(("blood-thinners",))),
        ("b01ab01", Meaning(("blood-thinners",))),
        ("В01АВ", Meaning(("blood-thinners",))),
        ("A10", Meaning((), ("insulin",))),
        ("B01AC06", None),
        ("N02BE", None),
    ],
)
def test_an_atc_code_proves_what_it_is_within_except_the_exceptions(code: str, meaning: Meaning | None) -> None:
    """A group prompts what lies below it; Cyrillic letters are taken for the Latin ones that look like them."""
    assert without_single(SMALL.vocabulary.meaning("medicines", code)) == meaning


def without_single(meaning: Meaning | None) -> Meaning | None:
    return meaning and meaning._replace(single=False)


@pytest.mark.parametrize(("code", "single"), [("A10AB01", True), ("A10AB", False)])
def test_only_the_code_of_a_single_substance_says_which_medicine_it_is(code: str, single: bool) -> None:  # noqa: FBT001 - a case
    meaning = SMALL.vocabulary.meaning("medicines", code)
    assert meaning is not None
    assert meaning.single == single


def test_an_atc_code_that_proves_two_unrelated_allergies_proves_neither() -> None:
    facts = (
        a_fact("wide", "allergies", atc={"proves": ["M02A"]}),
        a_fact("first", "allergies", is_a=["wide"], atc={"proves": ["M02AX10"]}),
        a_fact("second", "allergies", is_a=["wide"], atc={"proves": ["M02AX10"]}),
        a_fact("rub", "medicines", atc={"proves": ["M02AX10"]}),
        a_fact("balm", "medicines", atc={"proves": ["M02AX"]}),
    )
    small = one_remedy([], facts).vocabulary
    assert small.resolve("allergies", "M02AX10") == Meaning((), ("wide", "first", "second"), ())
    assert small.resolve("allergies", "M02AX") == Meaning(("wide",), ("first", "second"), ())
    assert small.resolve("medicines", "M02AX10") == Meaning(("rub", "balm"), (), ("rub",), single=True)


@pytest.mark.parametrize(
    ("word", "code"),
    [("j459", "J45.9"), ("J45", "J45"), ("С50.1", "C50.1"), ("G63.2*", "G63.2"), ("A17.0†", "A17.0"), ("J4", None)],
)
def test_icd_10_codes_are_read_as_people_type_them(word: str, code: str | None) -> None:
    assert icd10_code(word) == code


@pytest.mark.parametrize(
    ("word", "code"),
    [("m01ae03", "M01AE03"), ("М01А", "M01A"), ("B01", "B01"), ("M01AE0", None), ("M", None), ("aspirin", None)],
)
def test_atc_codes_are_read_from_the_second_level_to_the_fifth(word: str, code: str | None) -> None:
    assert atc_code(word) == code


def test_words_are_compared_without_case_hyphens_and_spaces() -> None:
    assert normal("  Ёлка-палка__x  ") == "елка палка x"
    assert normal("Ａｓｔｈｍａ") == "asthma"


@pytest.mark.parametrize("word", ["ё", "ъъъъъ", "`", "Ё" * 200])
def test_a_word_of_keys_that_have_no_letter_on_the_other_keyboard_is_not_understood(word: str) -> None:
    report = check(Patient(conditions={"yes": [word], "rest": "no"}), as_of=TODAY)
    assert [(one.word, one.kind) for one in report.understood] == [(word, "unclear")]
