"""The words of the shipped catalogue: what people and records write comes out as what it must, and as nothing else."""

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from remedies import Catalogue, Patient, check, verdicts
from remedies.checking.understood import read_word
from remedies.knowledge.forms import with_forms
from remedies.knowledge.spelling import normal, pieces
from remedies.knowledge.topics import TOPICS, Topic
from remedies.knowledge.vocabulary import Vocabulary

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return Catalogue.shipped().vocabulary


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("understanding", ROOT / "benchmarks" / "understanding.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_everyday_word_comes_out_wrong_and_hardly_any_is_missed(words: Vocabulary, benchmark: ModuleType) -> None:
    found = benchmark.outcomes(ROOT / "benchmarks" / "words.tsv", words)

    assert len(found) >= 600
    assert [one[:3] for one in found if one.verdict == "wrong"] == []
    missed = [one[:3] for one in found if one.verdict == "missed"]
    assert len(missed) <= 0.09 * len(found), missed


# Codes and words of one thing --------------------------------------------------------------------

SAME = [
    ("COPD", "J44.9", "copd"),
    ("anaemia", "D64.9", "blood-disorder"),
    ("hay fever", "J30.1", "chronic-rhinitis"),
    ("Parkinson's disease", "G20", "neurological-disease"),
    ("asthma", "J45.909", "asthma"),
    ("high blood pressure", "I10", "hypertension"),
    ("type 2 diabetes", "E11.9", "type-2-diabetes"),
    ("epilepsy", "G40.9", "epilepsy"),
    ("depression", "F32.A", "depression"),
    ("coronary bypass", "Z95.1", "ischaemic-heart-disease"),
    ("end-stage renal disease", "N18.6", "severe-kidney-disease"),
    ("heparin-induced thrombocytopenia", "D75.82", "heparin-induced-thrombocytopenia"),
    ("atrial fibrillation", "I48.91", "arrhythmia"),
    ("stroke", "I63.9", "cerebrovascular-disease"),
    ("breast cancer", "C50.911", "cancer"),
]


@pytest.mark.parametrize(("word", "code", "fact"), SAME, ids=[word for word, _, _ in SAME])
def test_the_word_and_the_code_of_one_thing_say_the_same(words: Vocabulary, word: str, code: str, fact: str) -> None:
    for said in (word, code):
        assert words.spread_up(read_word(said, "conditions", words).proves) >> words.number[fact] & 1, said


@pytest.mark.parametrize("word", ["B01AC06", "aspirin 75 mg", "Кардиомагнил", "low dose aspirin"])
def test_low_dose_aspirin_is_two_things_at_once_however_it_is_written(words: Vocabulary, word: str) -> None:
    assert {"antiplatelets", "nsaids-systemic"} <= set(read_word(word, "medicines", words).proves)


@pytest.mark.parametrize("number", range(100))
def test_every_category_of_the_musculoskeletal_chapter_is_understood_or_known(words: Vocabulary, number: int) -> None:
    exists = number not in {4, 27, 28, 29, 37, 38, 39, 44, 55, 56, 57, 58, 59, 64, 69, 74, 78, 97, 98}
    assert read_word(f"M{number:02}", "conditions", words).kind != "unclear" or not exists


OF_NO_SYSTEM = [("D25", "medicines"), ("I10", "medicines"), ("M54.5", "medicines")]


@pytest.mark.parametrize(("code", "topic"), OF_NO_SYSTEM, ids=[code for code, _ in OF_NO_SYSTEM])
def test_a_diagnosis_among_the_medicines_is_no_medicine(words: Vocabulary, code: str, topic: Topic) -> None:
    reading = read_word(code, topic, words)
    assert {words[fact].topic for fact in (*reading.proves, *reading.prompts)} <= {"conditions", "skin"}


def test_a_code_that_stands_on_no_list_is_not_called_known(words: Vocabulary) -> None:
    assert read_word("U99.9", "conditions", words).kind == "unclear"
    assert read_word("M1234567", "conditions", words).kind == "unclear"
    assert read_word("999999999", "conditions", words).kind == "unclear"


# Marks -------------------------------------------------------------------------------------------

MARKED = {
    "doubt": [
        *("asthma?", "?asthma", "? asthma", "asthma (?)", "-asthma", "- asthma", "☐ asthma", "[ ] asthma", "±asthma"),
        *("possible asthma", "r/o asthma", "rule out asthma", "suspected asthma", "asthma suspected", "asthma, maybe"),
        *("подозрение на астму", "возможно астма", "астма под вопросом", "астма?", "не исключена астма", "asthma -"),
    ],
    "denial": [
        *("no asthma", "asthma (-)", "¬asthma", "denies asthma", "never had asthma", "asthma: no", "asthma denied"),
        *("without asthma", "no history of asthma", "I don't have asthma", "asthma negative", "✗ asthma"),
        *("астмы нет", "нет астмы", "отрицает астму", "астма - нет", "астмой не болею", "не было астмы"),
    ],
    "family": [
        *("family history of asthma", "FH: asthma", "mother has asthma", "asthma in the family", "у матери астма"),
        *("семейный анамнез: астма", "астма у отца", "наследственность: астма"),
    ],
}


@pytest.mark.parametrize(("kind", "word"), [(kind, word) for kind, found in MARKED.items() for word in found])
def test_a_mark_is_read_before_the_word_and_the_word_is_never_so(words: Vocabulary, kind: str, word: str) -> None:
    reading = read_word(word, "conditions", words)

    assert reading.kind == kind
    assert reading.proves == ()
    assert reading.denies == (("asthma",) if kind == "denial" else ())
    assert reading.prompts == (("asthma",) if kind == "doubt" else ())


@pytest.mark.parametrize(
    "word", ["☑ asthma", "[x] asthma", "asthma (+)", "• asthma", "1. asthma", "asthma: yes", "+asthma"]
)
def test_a_tick_says_what_a_list_says_already(words: Vocabulary, word: str) -> None:
    assert read_word(word, "conditions", words).proves == ("asthma",)


@pytest.mark.parametrize("word", ["no asthma, COPD", "asthma but no", "mother and I have asthma", "no spa asthma"])
def test_a_mark_that_may_hold_for_a_part_only_makes_the_whole_unclear(words: Vocabulary, word: str) -> None:
    reading = read_word(word, "conditions", words)
    assert (reading.kind, reading.denies) == ("unclear", ())


def test_a_comparison_is_part_of_what_is_said() -> None:
    assert normal("GFR ≥15") != normal("GFR <15")
    assert normal("GFR <15") == normal("gfr < 15")


# Grammar -----------------------------------------------------------------------------------------


def every_form(words: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield every form on the list with its base form."""
    for line in words.lexicon.parts.forms.text.split("\n")[1:-1]:
        stem, _, entries = line.partition("\t")
        for entry in entries.split(";"):
            endings, _, whole = entry.partition("=")
            for ending in endings.split(" "):
                yield stem + ending, whole


def test_every_form_leads_to_its_own_base_form_and_to_no_other(words: Vocabulary) -> None:
    assert [(form, whole) for form, whole in every_form(words) if words.lexicon.base_of(form) != whole] == []


OWN = {("гепарины", "гепарин")}
"""Names that are forms of each other and finer than each other all the same, so that both stand on the list."""


def test_no_form_of_a_name_reaches_what_the_name_itself_does_not(words: Vocabulary) -> None:
    forms: dict[str, list[str]] = {}
    for form, whole in every_form(words):
        forms.setdefault(whole, []).append(form)
    wrong = []
    for topic, table in words.lexicon.parts.words.items():
        numbers = dict(line.split("\t") for line in table.text.split("\n")[1:-1])
        for name, number in numbers.items():
            tokens = name.split(" ")
            for place, token in enumerate(tokens):
                if token.isascii():
                    continue
                for form in forms.get(words.lexicon.base_of(token), ()):
                    other = " ".join([*tokens[:place], form, *tokens[place + 1 :]])
                    if (name, other) not in OWN and _meant(words, numbers, other) - _meant(words, numbers, name):
                        wrong.append((topic, name, other, number))
    assert wrong == []


def _meant(words: Vocabulary, numbers: dict[str, str], name: str) -> set[str]:
    """Return the facts that an exact name proves."""
    number = int(numbers.get(name, "-1"))
    if number < 0:
        return set()
    if number >> 1 < len(words.entries):
        return set(words.ids(words.up[number >> 1]))
    naming = words.lexicon.naming(number)
    assert naming is not None
    return set(words.ids(words.spread_up(fact for fact in naming.means if fact in words)))


@pytest.mark.slow
def test_the_list_of_forms_is_up_to_date() -> None:
    pytest.importorskip("pymorphy3")
    document = json.loads((ROOT / "data" / "facts.json").read_bytes())
    assert with_forms(document)["forms"] == document["forms"]


CASES = [
    ("conditions", "бронхиальной астмой", "asthma"),
    ("conditions", "почечная недостаточность хроническая", "kidney-disease"),
    ("conditions", "недостаточностью сердечной", "heart-failure"),
    ("conditions", "варикозе вен", "venous-disease"),
    ("conditions", "stomach ulcers", "peptic-ulcer"),
    ("conditions", "fcnvf", "asthma"),
    ("conditions", "АСТМА", "asthma"),
    ("medicines", "варфарином", "anticoagulants"),
    ("medicines", "beta-blockers", "antihypertensives"),
]


@pytest.mark.parametrize(("topic", "word", "fact"), CASES, ids=[word for _, word, _ in CASES])
def test_case_number_order_and_keyboard_do_not_matter(words: Vocabulary, topic: Topic, word: str, fact: str) -> None:
    assert words.spread_up(read_word(word, topic, words).proves) >> words.number[fact] & 1


# Medicines ---------------------------------------------------------------------------------------

SPEAKS_OF_NOTHING = {
    "other-topical-analgesics": "a rub is for what the person comes with",
    "nsaids-topical": "a gel is for what the person comes with",
    "sunscreens-used": "worn by anybody",
    "topical-antiseptics": "for a scratch as for a wound, which the list of the skin asks about",
    "any-other-topical-same-site": "may be anything; the skin is asked about",
    "corticosteroids-topical": "for a disease of the skin, which the list of the skin asks about",
    "topical-retinoids-acne": "for acne, which the list of the skin asks about",
    "nsaids-systemic": "taken for any pain",
    "sulindac": "taken for any pain",
}
"""Medicines that say nothing of an illness, and why."""


def test_every_medicine_speaks_of_an_illness_or_it_is_said_why_not(words: Vocabulary) -> None:
    silent = {
        entry.id
        for entry in words.entries
        if entry.topic == "medicines"
        and not (words.prompts[words.number[entry.id]] | words.up[words.number[entry.id]])
        & words.topic_mask["conditions"]
    }
    assert silent <= set(SPEAKS_OF_NOTHING)


PROMPTED = [
    ("digoxin", "heart-disease"),
    ("clopidogrel", "heart-disease"),
    ("nitroglycerin", "heart-disease"),
    ("metformin", "diabetes"),
    ("carbamazepine", "seizure-disorder"),
    ("salbutamol", "asthma"),
    ("tacrolimus", "kidney-disease"),
    ("lisinopril", "hypertension"),
]


@pytest.mark.parametrize(("medicine", "illness"), PROMPTED, ids=[medicine for medicine, _ in PROMPTED])
def test_what_a_medicine_is_taken_for_is_not_ruled_out_by_closing_the_lists(medicine: str, illness: str) -> None:
    man = Patient(age=70, sex="male", medicines=[medicine], nothing_else=True)
    report = check(man)
    asked = {fact for entry in report.understood for fact in entry.prompts}
    vocabulary = Catalogue.shipped().vocabulary
    facts = [fact for entry in report.understood for fact in entry.means]
    for fact in facts:
        asked |= set(vocabulary.ids(vocabulary.prompts[vocabulary.number[fact]]))
    assert any(vocabulary.is_a(fact, illness) or fact == illness for fact in asked if fact in vocabulary)


def test_insulin_is_diabetes() -> None:
    taking = verdicts(Patient(age=70, sex="male", medicines=["инсулин"], nothing_else=True))
    having = verdicts(
        Patient(age=70, sex="male", conditions=["insulin-treated-diabetes"], medicines=["инсулин"], nothing_else=True)
    )
    assert taking == having


WRITTEN = [
    ("Ibuprofen 200 MG Oral Tablet", "nsaids-systemic"),
    ("24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet", "antidiabetics"),
    ("amlodipine 5 MG / valsartan 160 MG Oral Tablet", "ace-inhibitors-arbs"),
    ("Warfarin Sodium 5 MG Oral Tablet [Coumadin]", "vitamin-k-antagonists"),
    ("ибупрофен 400", "nsaids-systemic"),
    ("Диклофенак гель 5%", "nsaids-topical"),
    ("Voltaren Emulgel 1%", "nsaids-topical"),
    ("таб. эналаприл 10 мг 2 раза в день", "ace-inhibitors-arbs"),
    ("Hydrocortisone 1% cream", "corticosteroids-topical"),
]


@pytest.mark.parametrize(("word", "fact"), WRITTEN, ids=[word for word, _ in WRITTEN])
def test_a_medicine_is_understood_as_records_write_it(words: Vocabulary, word: str, fact: str) -> None:
    assert words.spread_up(read_word(word, "medicines", words).proves) >> words.number[fact] & 1


def test_a_gel_is_not_taken_for_tablets(words: Vocabulary) -> None:
    assert "nsaids-systemic" not in read_word("ibuprofen gel", "medicines", words).proves


def test_a_known_medicine_with_an_unknown_one_is_not_understood(words: Vocabulary) -> None:
    reading = read_word("paracetamol / qwertzol 5 mg", "medicines", words)
    assert reading.kind == "unclear"


# Known without a rule ----------------------------------------------------------------------------


def test_at_least_four_hundred_everyday_things_are_known_without_a_rule(words: Vocabulary) -> None:
    known = [
        one
        for one in words.lexicon.parts.namings
        if not one.means and not one.label.startswith(("other ", "medicines for"))
    ]
    assert len(known) >= 400


@pytest.mark.parametrize("word", ["penicillin", "пыльца березы", "latex", "nuts", "Z88.0", "cats", "house dust mite"])
def test_any_other_allergy_asks_about_a_tendency_to_allergies(words: Vocabulary, word: str) -> None:
    assert "atopy" in read_word(word, "allergies", words).prompts


# Suggestions -------------------------------------------------------------------------------------


def test_no_suggestion_leads_to_a_name_that_is_easily_mixed_up(words: Vocabulary) -> None:
    for name, others in words.lexicon.parts.mix_ups.items():
        for topic in TOPICS:
            hints = set(map(normal, read_word(name + "ъ", topic, words).suggestions))
            assert name in hints or not hints & set(map(normal, others)), (topic, name)


@pytest.mark.parametrize(
    ("topic", "word", "never"),
    [
        ("medicines", "бисопрол", "лизиноприл"),
        ("conditions", "гипотирез", "гипертиреоз"),
        ("conditions", "hypothyroidsm", "hyperthyroidism"),
        ("allergies", "penicilin", "chilli"),
    ],
)
def test_a_suggestion_never_means_the_opposite_or_another_thing(
    words: Vocabulary, topic: Topic, word: str, never: str
) -> None:
    assert never not in read_word(word, topic, words).suggestions


def test_naming_one_of_two_that_are_easily_mixed_up_warns_of_the_other() -> None:
    report = check(Patient(age=34, sex="male", medicines=["Кетонал"]))
    assert [line for line in report.warnings if "mixed up" in line] == [
        "'Кетонал' is easily mixed up with 'Кеторол' or 'Кетанов': look at the pack."
    ]


def test_the_words_hold_no_line_breaks_that_would_break_their_tables(words: Vocabulary) -> None:
    for table in words.lexicon.parts.words.values():
        assert all(re.fullmatch(r"[^\t]+\t\d+", line) for line in table.text.split("\n")[1:-1])
    assert pieces("a\nb") == ["a", "b"]
