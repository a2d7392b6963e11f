"""A word means a fact by its id, a name in either alphabet or a code; a word that means nothing is an error that helps.

A word or code finer than a fact proves the fact and does not deny it; a code that is wider, or near,
is a reason to ask. Words are compared without case, hyphens and spaces.
"""

import pytest
from support import a_fact, one_remedy

from remedies import Catalogue, Patient, PatientError, UnknownWordError, check, verdicts
from remedies.checking.known import read_patient
from remedies.knowledge.codes import atc_code, icd10_code
from remedies.knowledge.topics import Topic
from remedies.knowledge.vocabulary import Meaning, Vocabulary, normal

ASTHMA = Meaning(("asthma",), (), ("asthma",))
KIND_OF_ASTHMA = Meaning(("asthma",), (), ())


@pytest.mark.parametrize(
    "word",
    [
        "asthma",
        "Asthma",
        "  ASTHMA ",
        "bronchial asthma",
        "bronchial-asthma",
        "bronchial_asthma",
        "астма",
        "АСТМА",
        "Бронхиальная   астма",
        "БА",
        "asthmatic",
    ],
)
def test_an_id_and_every_synonym_in_both_alphabets_name_the_fact(vocabulary: Vocabulary, word: str) -> None:
    assert vocabulary.resolve("conditions", word) == ASTHMA


@pytest.mark.parametrize("word", ["allergic asthma", "атопическая астма", "Status asthmaticus", "J46", "J45.0"])
def test_a_kind_of_a_fact_proves_it_and_denying_it_denies_nothing(vocabulary: Vocabulary, word: str) -> None:
    assert vocabulary.resolve("conditions", word) == KIND_OF_ASTHMA


@pytest.mark.parametrize("word", ["врождённый порок сердца", "врожденный порок сердца"])
def test_the_letter_yo_does_not_matter(vocabulary: Vocabulary, word: str) -> None:
    assert vocabulary.resolve("conditions", word).proves == ("heart-disease",)


@pytest.mark.parametrize(
    ("code", "proves", "prompts", "names"),
    [
        ("J45", ["asthma"], ["aspirin-sensitive-asthma"], []),
        ("J45.9", ["asthma"], [], []),
        ("J459", ["asthma"], [], []),
        ("j459", ["asthma"], [], []),
        (" j45.90 ", ["asthma"], [], []),
        ("J45.1", ["asthma"], ["aspirin-sensitive-asthma"], []),
        ("E05", ["thyroid-disorder", "hyperthyroidism"], [], ["hyperthyroidism"]),
        ("E05.9", ["thyroid-disorder", "hyperthyroidism"], [], []),
        ("K74", ["liver-disease"], ["severe-liver-disease"], []),
        ("K74.6", ["liver-disease"], ["severe-liver-disease"], []),
        ("K70.4", ["liver-disease", "severe-liver-disease"], [], []),
        ("K704", ["liver-disease", "severe-liver-disease"], [], []),
        ("K92", [], ["gi-bleeding"], []),
        ("K92.1", ["gi-bleeding"], [], []),
        ("Z99", [], ["severe-kidney-disease"], []),
        ("D68.4", ["bleeding-disorder"], ["blood-disorder"], []),
        ("E10.5†", ["diabetes", "diabetic-microangiopathy"], ["insulin-treated-diabetes"], []),
        ("G63.2*", [], ["neurological-disease"], []),
        ("С50", ["cancer"], [], []),
        ("К70.4", ["liver-disease", "severe-liver-disease"], [], []),
    ],
)
def test_an_icd_10_code_proves_what_it_is_within_and_prompts_what_it_is_near(
    vocabulary: Vocabulary, code: str, proves: list[str], prompts: list[str], names: list[str]
) -> None:
    """Among them a Cyrillic С and К, daggers and asterisks, and codes typed without their point."""
    assert vocabulary.resolve("conditions", code) == Meaning(tuple(proves), tuple(prompts), tuple(names))


@pytest.mark.parametrize(
    ("topic", "code", "meaning"),
    [
        ("conditions", "L20", Meaning((), ("eczema",), ())),
        ("skin", "L20", Meaning((), ("eczema",), ())),
        ("conditions", "125643001", Meaning((), ("open-wound",), ())),
        ("skin", "125643001", Meaning(("open-wound",), (), ())),
    ],
)
def test_a_diagnosis_of_a_skin_disease_only_prompts_because_it_may_be_elsewhere(
    vocabulary: Vocabulary, topic: Topic, code: str, meaning: Meaning
) -> None:
    assert vocabulary.resolve(topic, code) == meaning


@pytest.mark.parametrize(
    ("topic", "code", "proves", "names"),
    [
        ("medicines", "B01AA", ["vitamin-k-antagonists"], ["vitamin-k-antagonists"]),
        ("medicines", "B01AA03", ["vitamin-k-antagonists"], []),
        ("medicines", "M01AB02", ["nsaids-systemic", "sulindac"], ["sulindac"]),
        ("medicines", "m01ab05", ["nsaids-systemic"], []),
        ("medicines", "М01АВ05", ["nsaids-systemic"], []),
        ("allergies", "M01AE03", ["nsaid", "arylpropionic-nsaid", "ketoprofen"], []),
        ("allergies", "M01AX05", ["glucosamine"], ["glucosamine"]),
        ("allergies", "M01AX17", ["nsaid", "nimesulide"], []),
        ("allergies", "D02BA", ["uv-filter"], ["uv-filter"]),
    ],
)
def test_an_atc_code_proves_what_it_is_within_except_the_exceptions(
    vocabulary: Vocabulary, topic: Topic, code: str, proves: list[str], names: list[str]
) -> None:
    """M01AX05, glucosamine, stands among the NSAIDs and is none."""
    found = vocabulary.resolve(topic, code)
    assert (found.proves, found.names) == (tuple(proves), tuple(names))


def test_an_atc_code_of_a_group_prompts_what_lies_below_it(vocabulary: Vocabulary) -> None:
    assert vocabulary.resolve("allergies", "C05BA") == Meaning(("heparins",), ("heparin", "heparinoid"), ())


def test_an_atc_code_of_unlike_substances_proves_none_of_them_in_allergies(vocabulary: Vocabulary) -> None:
    assert vocabulary.resolve("allergies", "M02AX10") == Meaning((), ("nonivamide", "nicoboxil", "snake-venom"), ())


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
    assert small.resolve("medicines", "M02AX10") == Meaning(("rub", "balm"), (), ("rub",))


ELSEWHERE = "; say it with “pregnancy”"
LOOK_UP = " Try another word."


@pytest.mark.parametrize(
    ("topic", "word", "message"),
    [
        ("conditions", "asthna", "'asthna' is not known as an illness. Did you mean asthma or asthmatic or wasting?"),
        ("conditions", "fcnvf", "'fcnvf' is not known as an illness. Did you mean астма or астматик?"),
        ("allergies", "fcgbhby", "'fcgbhby' is not known as an allergy. Did you mean аспирин or спирт or пиретрин?"),
        ("conditions", "qqqqqq", f"'qqqqqq' is not known as an illness.{LOOK_UP}"),
        ("skin", "qqqqqq", f"'qqqqqq' is not known as a skin problem.{LOOK_UP}"),
        ("signs", "qqqqqq", f"'qqqqqq' is not known as a warning sign.{LOOK_UP}"),
        ("circumstances", "qqqqqq", f"'qqqqqq' is not known as a circumstance.{LOOK_UP}"),
        ("medicines", "", f"'' is not known as a medicine.{LOOK_UP}"),
        ("conditions", "!?", f"'!?' is not known as an illness.{LOOK_UP}"),
        ("conditions", "aspirin", "'aspirin' is not known as an illness; “aspirin” (aspirin) belongs to allergies"),
        ("medicines", "asthma", "'asthma' is not known as a medicine; “asthma” (asthma) belongs to conditions"),
        ("conditions", "pregnancy", f"'pregnancy' is not given as an illness{ELSEWHERE}"),
        ("medicines", "Беременность", f"'Беременность' is not given as a medicine{ELSEWHERE}"),
        (
            "circumstances",
            "лактация",
            "'лактация' is not given as a circumstance; say it with “breastfeeding”",
        ),
        (
            "conditions",
            "H40",
            "the code 'H40' says nothing about an illness that any remedy depends on; leave it out",
        ),
        (
            "medicines",
            "V03AB",
            "the code 'V03AB' says nothing about a medicine that any remedy depends on; leave it out",
        ),
    ],
)
def test_a_word_that_means_nothing_is_an_error_that_helps(
    vocabulary: Vocabulary, topic: Topic, word: str, message: str
) -> None:
    with pytest.raises(UnknownWordError) as refused:
        vocabulary.resolve(topic, word)
    assert str(refused.value) == message


def test_one_word_can_mean_something_in_several_topics(vocabulary: Vocabulary) -> None:
    assert list(vocabulary.meanings("aspirin")) == [
        ("allergies", Meaning(("aspirin",), (), ("aspirin",))),
        ("medicines", Meaning(("nsaids-systemic",), (), ())),
    ]


def test_every_id_label_and_synonym_of_the_shipped_facts_means_its_fact(shipped: Catalogue) -> None:
    for fact in shipped.facts:
        for word in (fact.id, fact.label, *fact.synonyms.en, *fact.synonyms.ru):
            assert shipped.vocabulary.resolve(fact.topic, word) == Meaning((fact.id,), (), (fact.id,)), word
        for word in (*fact.kinds.en, *fact.kinds.ru):
            assert shipped.vocabulary.resolve(fact.topic, word).proves == (fact.id,), word


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


def test_every_unknown_word_of_a_patient_is_a_fault_of_the_check_with_its_place() -> None:
    said = Patient(conditions=["asthma", "asthna"], allergies={"no": ["qqqqqq"]}, signs=["asthma"])
    for judge in (check, verdicts):
        with pytest.raises(PatientError) as refused:
            judge(said)
        assert str(refused.value).splitlines() == [
            "conditions.yes[1]: 'asthna' is not known as an illness. Did you mean asthma or asthmatic or wasting?",
            "allergies.no[0]: 'qqqqqq' is not known as an allergy. Try another word.",
            "signs.yes[0]: 'asthma' is not known as a warning sign; “asthma” (asthma) belongs to conditions",
        ]
        assert {fault.kind for fault in refused.value.faults} == {"word"}


def test_a_word_of_another_catalogue_is_refused_in_the_check_against_this_one() -> None:
    patient = Patient(conditions=["asthma"])
    assert check(patient)["dolobene"].verdict == "excluded"
    with pytest.raises(PatientError) as refused:
        check(patient, one_remedy([]))
    assert str(refused.value) == "conditions.yes[0]: 'asthma' is not known as an illness. Try another word."


def test_a_copy_with_other_words_is_judged_by_those() -> None:
    free = Patient(age=34, sex="male", nothing_else=True)
    ill = free.model_copy(update={"conditions": ["asthma"]})
    again = ill.model_copy(update={"conditions": []})
    found = [check(patient)["dolobene"].verdict for patient in (free, ill, again)]
    assert found == ["allowed", "excluded", "allowed"]


def test_faults_of_shape_and_unknown_words_come_together_where_a_document_is_read(vocabulary: Vocabulary) -> None:
    words = {"sex": "male", "pregnancy": "yes", "conditions": ["asthna"], "skin": {"rest": "x"}}
    with pytest.raises(PatientError) as refused:
        read_patient({**words, "allergies": {"no": ["qqqqqq"]}}, vocabulary)
    assert str(refused.value).splitlines() == [
        "skin.rest: must be one of 'unknown' or 'no', not 'x'",
        "conditions.yes[0]: 'asthna' is not known as an illness. Did you mean asthma or asthmatic or wasting?",
        "allergies.no[0]: 'qqqqqq' is not known as an allergy. Try another word.",
    ]


def test_ten_unknown_words_get_suggestions_and_the_others_only_their_places() -> None:
    with pytest.raises(PatientError) as refused:
        check(Patient(conditions=["asthna"] * 12))
    hints = ["Did you mean" in fault.message for fault in refused.value.faults]
    assert hints == [True] * 10 + [False] * 2


@pytest.mark.parametrize("word", ["x\x1b[31mx", "x\x07x", "x\u202ex", "x\x9bx", "x\rx"])
def test_control_characters_in_a_word_are_escaped(word: str) -> None:
    with pytest.raises(PatientError) as refused:
        check(Patient(conditions=[word]))
    message = str(refused.value)
    assert all(char.isprintable() for char in message)
    assert message == f"conditions.yes[0]: {word!r} is not known as an illness. Try another word."
