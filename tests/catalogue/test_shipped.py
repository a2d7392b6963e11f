"""The shipped catalogue: its form, the article's own rules, and the dangers that it must never miss."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from remedies import Catalogue, Patient, UnknownRemedyError, check
from remedies.knowledge.compiler import clause_bits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.checking.report import RemedyVerdict
    from remedies.knowledge.facts import Fact
    from remedies.knowledge.topics import Topic

TODAY = date(2026, 11, 22)
CATALOGUE = Catalogue.shipped()
DATA = Path(__file__).parents[2] / "data"

IDS = [
    "fastum-gel",
    "finalgon",
    "dolobene",
    "camphor-oil",
    "zvezdochka",
    "viprosal-v",
    "doctor-mom",
    "zhivokost",
    "turpentine-oil",
    "turpentine-ointment",
    "capsicam",
    "formic-alcohol",
    "nicotinic-acid",
    "apizartron",
    "diclofenac-gel",
    "chondroxide",
    "diclovit",
    "betanicomylon",
    "ketorol-gel",
    "ibuprofen-gel",
    "nise-gel",
]
NSAID_GELS = ["fastum-gel", "diclofenac-gel", "diclovit", "ketorol-gel", "ibuprofen-gel", "nise-gel"]
WITH_CAMPHOR = ["camphor-oil", "zvezdochka", "viprosal-v", "doctor-mom", "capsicam"]
WITH_TURPENTINE = ["viprosal-v", "doctor-mom", "turpentine-oil", "turpentine-ointment", "capsicam"]
WITH_DMSO = ["dolobene", "capsicam", "chondroxide", "ketorol-gel"]
WITHOUT_LABEL = ["zhivokost", "betanicomylon"]
STRENGTH = ["allowed", "ask-doctor", "excluded"]


def strings(document: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a document with its path."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield from strings(value, f"{path}.{key}")
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from strings(value, f"{path}[{index}]")
    elif isinstance(document, str):
        yield path, document


TEXTS = list(strings(json.loads((DATA / "remedies.json").read_text(encoding="utf-8"))))


def seen(remedy: str, **said: object) -> RemedyVerdict:
    """Check one remedy for a man of 34 with nothing else, unless something is said."""
    person: dict[str, object] = {"age": 34, "sex": "male"}
    if "born" in said:
        del person["age"]
    if "pregnancy" in said or "breastfeeding" in said:
        person |= {"sex": "female", "pregnancy": "no", "breastfeeding": False}
    patient = Patient.model_validate({**person, "nothing_else": True, **said})
    return check(patient, CATALOGUE, as_of=TODAY, remedies=[remedy])[remedy]


def verdict(remedy: str, **said: object) -> str:
    return seen(remedy, **said).verdict


def at_least_asks(remedy: str, **said: object) -> bool:
    return STRENGTH.index(seen(remedy, **said).at_least) >= STRENGTH.index("ask-doctor")


def guidance(remedy: str) -> str:
    """Join everything that is said on how a remedy is used."""
    found = CATALOGUE.guidance(CATALOGUE.find(remedy))
    said = [*found.how, *found.avoid, *found.stop]
    return "\n".join([*(entry.text for entry in said), *(entry.text for entry in found.aftercare)])


def confusable(remedy: str) -> str:
    """Join the names of what a remedy may be confused with, and why it is another thing."""
    return "\n".join(f"{entry.name}: {entry.because}" for entry in CATALOGUE.find(remedy).not_to_confuse)


def test_the_catalogue_holds_the_article_s_remedies_in_order() -> None:
    assert [remedy.id for remedy in CATALOGUE.remedies] == IDS
    assert list(CATALOGUE.rules) == IDS


@pytest.mark.parametrize("remedy", IDS)
def test_every_active_rule_rests_on_sources_that_exist(remedy: str) -> None:
    for active in CATALOGUE.rules[remedy]:
        assert active.rule.sources, active.key
        assert [cited for cited in active.rule.sources if cited.source not in CATALOGUE.sources] == [], active.key


def test_no_text_promises_safety() -> None:
    spoken = [*TEXTS, *strings(json.loads((DATA / "facts.json").read_text(encoding="utf-8")))]
    assert [
        (path, text) for path, text in spoken if re.search(r"\b(safe|safer|safest|safely)\b", text, re.IGNORECASE)
    ] == []


def test_every_reason_is_a_short_sentence() -> None:
    reasons = [(path, text) for path, text in TEXTS if path.endswith(".because")]
    assert len(reasons) > 300
    assert [(path, text) for path, text in reasons if len(text) > 140] == []
    assert [(path, text) for path, text in reasons if not text.endswith(".") or not text[0].isupper()] == []


def test_every_derived_reason_is_a_short_sentence() -> None:
    reasons = {active.rule.because for rules in CATALOGUE.rules.values() for active in rules}
    assert [text for text in reasons if len(text) > 140 or not text.endswith(".")] == []


def test_every_instruction_and_cure_ends_with_a_full_stop() -> None:
    spoken = re.compile(r"\.(how|avoid|aftercare|stop|advice)\[\d+\]\.text$|\.(bath|label_note)\.text$|\.cure$")
    sentences = [(path, text) for path, text in TEXTS if spoken.search(path)]
    assert len(sentences) > 200
    assert [(path, text) for path, text in sentences if not text.endswith(".")] == []


def test_no_text_has_stray_spaces() -> None:
    assert [(path, text) for path, text in TEXTS if text != text.strip() or "  " in text] == []


@pytest.mark.parametrize("remedy", CATALOGUE.remedies, ids=lambda remedy: remedy.id)
def test_every_remedy_has_names_in_both_alphabets(remedy: Any) -> None:
    names = (remedy.name, *remedy.aliases)
    assert any(re.search("[A-Za-z]", name) for name in names)
    assert any(re.search("[А-Яа-яЁё]", name) for name in names)
    assert {CATALOGUE.find(name).id for name in names} == {remedy.id}


def test_every_source_can_be_looked_up_but_the_article_and_the_vocabulary() -> None:
    assert {name for name, source in CATALOGUE.sources.items() if source.url is None} == {"article", "vocabulary"}


def test_every_source_is_used() -> None:
    cited = {text.partition(": ")[0] for path, text in TEXTS if re.search(r"\.sources\[\d+\]$", path)}
    assert len(cited) > 100
    assert set(CATALOGUE.sources) - {"vocabulary"} - cited == set()


@pytest.mark.parametrize("fact", CATALOGUE.facts, ids=lambda fact: fact.id)
def test_every_fact_can_be_asked_and_understood_in_two_languages(fact: Fact) -> None:
    assert fact.label
    assert fact.question.endswith("?")
    assert fact.question[0].isupper()
    named = {word for one in CATALOGUE.words if fact.id in (*one.means, *one.on_skin) for word in one.ru}
    assert any(re.search("[А-Яа-яЁё]", word) for word in (*fact.synonyms.ru, *fact.kinds.ru, *named))


def test_every_fact_is_used_by_a_rule_or_linked_to_one() -> None:
    vocabulary = CATALOGUE.vocabulary
    kinds = {"condition", "skin", "allergy", "taking", "circumstance", "sign", "substance"}
    used = {text for path, text in TEXTS if path.rpartition(".")[2] in kinds}
    used |= {substance.id for substance in CATALOGUE.file.substances}
    linked = {other for fact in CATALOGUE.facts for other in (*fact.prompts, *fact.cross_reacts_with)}
    useless = [
        fact.id
        for fact in CATALOGUE.facts
        if not {fact.id, *vocabulary.wider(fact.id), *vocabulary.finer(fact.id)} & used
        and fact.id not in linked
        and not fact.prompts
        and not fact.cross_reacts_with
    ]
    assert useless == []


def test_a_healthy_man_may_use_all_but_what_no_label_was_found_for() -> None:
    patient = Patient.model_validate({"age": 34, "sex": "male", "nothing_else": True})
    report = check(patient, as_of=TODAY)
    assert [entry.remedy for entry in report.allowed] == [name for name in IDS if name not in WITHOUT_LABEL]
    assert [entry.remedy for entry in report.ask_doctor] == WITHOUT_LABEL
    assert report.questions == ()


def test_a_person_of_whom_nothing_is_known_is_allowed_nothing() -> None:
    report = check(Patient(), as_of=TODAY)
    assert report.allowed == ()
    assert [entry.remedy for entry in report.ask_doctor] == ["betanicomylon"]
    assert [entry.remedy for entry in report.undecided] == [name for name in IDS if name != "betanicomylon"]
    assert {entry.at_least for entry in report.undecided if entry.remedy not in WITHOUT_LABEL} == {"allowed"}


@pytest.mark.parametrize("remedy", WITHOUT_LABEL)
def test_a_remedy_without_a_label_is_never_allowed_for_anybody(remedy: str) -> None:
    assert check(Patient(), as_of=TODAY)[remedy].at_least == "ask-doctor"
    assert CATALOGUE.find(remedy).label != "own"
    assert [active.rule.effect for active in CATALOGUE.rules[remedy] if hasattr(active.rule.when, "always")] == [
        "ask-doctor"
    ]


def test_betanicomylon_has_no_directions_for_use() -> None:
    remedy = CATALOGUE.find("betanicomylon")
    assert (remedy.label, remedy.usage, remedy.ingredients) == ("none", None, ())
    assert [other.id for other in CATALOGUE.remedies if other.usage is None] == ["betanicomylon"]


def test_the_article_s_own_usage_stands_in_the_common_part() -> None:
    common = CATALOGUE.file.common
    assert (common.times_per_day.min, common.times_per_day.max, common.max_days.days) == (2, 3, 5)


PREGNANT: list[dict[str, object]] = [
    {"pregnancy": "yes"},
    {"pregnancy": {"trimester": 1}},
    {"pregnancy": {"trimester": 2}},
    {"pregnancy": {"trimester": 3}},
    {"pregnancy": {"weeks": 0, "days": 0}},
    {"pregnancy": {"weeks": 41}},
]


@pytest.mark.parametrize("remedy", ["fastum-gel", "finalgon", "dolobene"])
@pytest.mark.parametrize("said", PREGNANT, ids=str)
def test_the_article_bars_its_three_main_remedies_throughout_pregnancy(remedy: str, said: dict[str, object]) -> None:
    assert verdict(remedy, **said) == "excluded"
    found = seen(remedy, pregnancy="possible")
    assert (found.verdict, found.ask) == ("undecided", ("pregnancy",))


@pytest.mark.parametrize("skin", ["open-wound", "eczema"])
def test_the_article_bars_fastum_on_wounds_and_eczema(skin: str) -> None:
    assert verdict("fastum-gel", skin=[skin]) == "excluded"


@pytest.mark.parametrize("word", ["cut", "scratch", "порез", "царапина", "экзема", "открытая рана"])
def test_the_article_s_words_for_broken_skin_are_understood(word: str) -> None:
    assert verdict("fastum-gel", skin=[word]) == "excluded"


def test_the_article_bars_fastum_in_an_allergy_to_ketoprofen() -> None:
    assert verdict("fastum-gel", allergies=["ketoprofen"]) == "excluded"
    assert verdict("fastum-gel", allergies=["кетопрофен"]) == "excluded"


@pytest.mark.parametrize("component", ["nonivamide", "nicoboxil"])
def test_the_article_bars_finalgon_in_an_allergy_to_its_components(component: str) -> None:
    assert verdict("finalgon", allergies=[component]) == "excluded"


AGES = [
    ("finalgon", "2014-11-23", "excluded"),
    ("finalgon", "2014-11-22", "ask-doctor"),
    ("finalgon", "2008-11-23", "ask-doctor"),
    ("finalgon", "2008-11-22", "allowed"),
    ("dolobene", "2021-11-23", "excluded"),
    ("dolobene", "2021-11-22", "ask-doctor"),
    ("dolobene", "2008-11-23", "ask-doctor"),
    ("dolobene", "2008-11-22", "allowed"),
]


@pytest.mark.parametrize(("remedy", "born", "expected"), AGES)
def test_the_article_s_age_limits_end_on_the_birthday(remedy: str, born: str, expected: str) -> None:
    assert verdict(remedy, born=born) == expected


@pytest.mark.parametrize(("remedy", "year"), [("finalgon", "2014"), ("dolobene", "2021")])
def test_a_year_of_birth_on_the_limit_settles_nothing(remedy: str, year: str) -> None:
    found = seen(remedy, born=year)
    assert (found.verdict, found.at_least, found.ask) == ("undecided", "ask-doctor", ("age",))


DOLOBENE = ["asthma", "heart-disease", "heart-failure", "chronic-heart-failure", "arrhythmia", "angina"]
DOLOBENE += ["liver-disease", "severe-liver-disease", "kidney-disease", "severe-kidney-disease"]


@pytest.mark.parametrize("condition", DOLOBENE)
def test_the_article_bars_dolobene_in_asthma_and_disease_of_heart_liver_or_kidneys(condition: str) -> None:
    found = seen("dolobene", conditions=[condition])
    assert found.verdict == "excluded"
    assert "article" in {cited.source for cited in found.reasons[0].sources}


# What must never be missed: anti-inflammatory gels.


def test_fastum_bars_sun_and_keeps_the_skin_covered_for_two_weeks_after() -> None:
    assert verdict("fastum-gel", circumstances=["sun-exposure-planned"]) == "excluded"
    aftercare = CATALOGUE.guidance(CATALOGUE.find("fastum-gel")).aftercare
    assert [(entry.text, entry.days_after_last_use) for entry in aftercare] == [
        ("Keep the treated skin covered by clothing, out of the sun, even hazy sun, and off sunbeds.", 14)
    ]


def test_fastum_bars_anybody_whose_skin_ever_reacted_to_light() -> None:
    assert verdict("fastum-gel", conditions=["photosensitivity-history"]) == "excluded"


@pytest.mark.parametrize(
    "allergy",
    ["fenofibrate", "tiaprofenic-acid", "uv-filter", "octocrylene", "oxybenzone", "fragrance", "ibuprofen", "aspirin"],
)
def test_fastum_bars_its_cross_allergies(allergy: str) -> None:
    assert verdict("fastum-gel", allergies=[allergy]) == "excluded"


def test_fastum_warns_that_sunscreen_does_not_help() -> None:
    assert "Do not count on sunscreen instead of clothing" in guidance("fastum-gel")
    assert at_least_asks("fastum-gel", medicines=["sunscreens-used"])


@pytest.mark.parametrize("remedy", ["diclofenac-gel", "diclovit"])
def test_diclofenac_keeps_out_of_the_sun_for_two_weeks_after(remedy: str) -> None:
    assert [entry.days_after_last_use for entry in CATALOGUE.guidance(CATALOGUE.find(remedy)).aftercare] == [14]


@pytest.mark.parametrize("remedy", [*NSAID_GELS, "apizartron"])
@pytest.mark.parametrize(
    ("topic", "fact"),
    [
        ("conditions", "aspirin-sensitive-asthma"),
        ("conditions", "nsaid-respiratory-reaction"),
        ("allergies", "nsaid"),
        ("allergies", "aspirin"),
    ],
)
def test_a_reaction_to_aspirin_bars_every_anti_inflammatory(remedy: str, topic: Topic, fact: str) -> None:
    assert verdict(remedy, **{topic: [fact]}) == "excluded"


@pytest.mark.parametrize("remedy", NSAID_GELS)
def test_asthma_alone_is_never_overlooked_in_an_anti_inflammatory_gel(remedy: str) -> None:
    assert at_least_asks(remedy, conditions=["asthma"])
    found = seen(remedy, conditions={"rest": "unknown"}, nothing_else=False)
    assert "asthma" in found.ask


@pytest.mark.parametrize("remedy", [*NSAID_GELS, "apizartron"])
def test_the_last_third_of_pregnancy_bars_every_anti_inflammatory(remedy: str) -> None:
    assert verdict(remedy, pregnancy={"trimester": 3}) == "excluded"
    assert verdict(remedy, pregnancy={"weeks": 28, "days": 0}) == "excluded"
    assert verdict(remedy, pregnancy={"weeks": 27, "days": 3}) == "excluded"
    assert seen(remedy, pregnancy={"weeks": 27, "days": 2}).at_least in {"ask-doctor", "excluded"}


@pytest.mark.parametrize("remedy", ["diclofenac-gel", "diclovit", "ketorol-gel", "ibuprofen-gel"])
def test_a_course_that_ends_in_week_27_is_left_to_a_doctor(remedy: str) -> None:
    assert verdict(remedy, pregnancy={"weeks": 27, "days": 2}) == "ask-doctor"


@pytest.mark.parametrize("remedy", IDS)
def test_no_remedy_is_allowed_in_pregnancy_or_while_breastfeeding(remedy: str) -> None:
    assert at_least_asks(remedy, pregnancy="yes")
    assert at_least_asks(remedy, breastfeeding=True)


@pytest.mark.parametrize("remedy", NSAID_GELS)
@pytest.mark.parametrize(
    "medicine", ["nsaids-systemic", "sulindac", "nsaids-topical", "anticoagulants", "vitamin-k-antagonists"]
)
def test_other_painkillers_and_blood_thinners_are_never_overlooked(remedy: str, medicine: str) -> None:
    assert at_least_asks(remedy, medicines=[medicine])


@pytest.mark.parametrize("remedy", ["fastum-gel", "nise-gel"])
def test_another_product_on_the_same_skin_bars_ketoprofen_and_nimesulide(remedy: str) -> None:
    assert verdict(remedy, medicines=["any-other-topical-same-site"]) == "excluded"


def test_ketorolac_asks_before_surgery_and_in_dehydration() -> None:
    assert verdict("ketorol-gel", circumstances=["surgery-recent-or-planned"]) == "ask-doctor"
    assert verdict("ketorol-gel", conditions=["dehydration"]) == "ask-doctor"
    assert verdict("ketorol-gel", conditions=["bleeding-disorder"]) == "ask-doctor"


def test_strengths_that_share_a_name_are_told_apart() -> None:
    assert "The 1%, 2% and 5% strengths" in confusable("diclofenac-gel")
    assert "Ibuprofen 10% gel" in confusable("ibuprofen-gel")
    assert "Nimesulide 3% gels" in confusable("nise-gel")


def test_nise_is_told_from_its_namesakes() -> None:
    found = confusable("nise-gel")
    assert "Nise Activgel" in found
    assert "Nise Plus" in found
    assert "methyl salicylate, menthol and capsaicin" in found


@pytest.mark.parametrize(
    "name", ["Ketonal", "Кетонал", "Nise Plus", "Chondroxide Forte", "Radian B", "Salvisar", "Vicks"]
)
def test_the_name_of_another_product_finds_no_remedy(name: str) -> None:
    with pytest.raises(UnknownRemedyError):
        CATALOGUE.find(name)


def test_ibuprofen_gel_warns_of_fire() -> None:
    assert "Do not smoke or go near a naked flame" in guidance("ibuprofen-gel")


@pytest.mark.parametrize("remedy", ["diclofenac-gel", "diclovit", "ibuprofen-gel"])
def test_children_are_kept_from_treated_skin(remedy: str) -> None:
    assert "Do not let children touch the treated skin." in guidance(remedy)


@pytest.mark.parametrize("remedy", NSAID_GELS)
def test_no_anti_inflammatory_gel_goes_under_an_airtight_dressing(remedy: str) -> None:
    assert "No airtight dressing over the treated skin." in guidance(remedy)


# What must never be missed: irritants, venoms and DMSO.


@pytest.mark.parametrize("condition", ["heparin-induced-thrombocytopenia", "bleeding-disorder", "thrombocytopenia"])
def test_dolobene_bars_a_past_platelet_fall_and_bleeding(condition: str) -> None:
    assert verdict("dolobene", conditions=[condition]) == "excluded"


@pytest.mark.parametrize("medicine", ["anticoagulants", "vitamin-k-antagonists", "antiplatelets", "nsaids-systemic"])
def test_dolobene_asks_before_it_joins_blood_thinners(medicine: str) -> None:
    healthy = ["heart-disease", "cerebrovascular-disease", "arterial-disease", "venous-disease", "diabetes"]
    assert verdict("dolobene", medicines=[medicine], conditions={"no": healthy, "rest": "no"}) == "ask-doctor"


def test_dolobene_bars_heparin_allergy_and_lupus() -> None:
    assert verdict("dolobene", allergies=["heparin"]) == "excluded"
    assert verdict("dolobene", conditions=["systemic-lupus"]) == "excluded"


@pytest.mark.parametrize("remedy", WITH_DMSO)
def test_nothing_else_goes_on_the_same_skin_as_dmso(remedy: str) -> None:
    assert verdict(remedy, medicines=["any-other-topical-same-site"]) == "excluded"
    assert verdict(remedy, allergies=["dmso"]) == "excluded"
    assert "Put no cream, cosmetic or other medicine on the same skin just before or just after." in guidance(remedy)


def test_every_remedy_with_dmso_is_among_those() -> None:
    assert [one.id for one in CATALOGUE.remedies if "dmso" in CATALOGUE.substances(one)] == WITH_DMSO


@pytest.mark.parametrize("condition", ["ischaemic-heart-disease", "angina", "cerebrovascular-disease", "vessel-spasm"])
def test_viprosal_bars_poor_circulation_of_heart_and_brain_and_spasm(condition: str) -> None:
    assert verdict("viprosal-v", conditions=[condition]) == "excluded"


def test_finalgon_is_told_from_the_pack_for_blood_sampling() -> None:
    assert "Finalgon sold for blood sampling" in confusable("finalgon")


@pytest.mark.parametrize(
    "condition", ["severe-kidney-disease", "cancer", "bone-marrow-disorder", "infection-systemic", "acute-arthritis"]
)
def test_apizartron_bars_what_its_label_names(condition: str) -> None:
    assert verdict("apizartron", conditions=[condition]) == "excluded"


def test_apizartron_bars_bee_venom_allergy_and_asks_with_warfarin() -> None:
    assert verdict("apizartron", allergies=["bee-venom"]) == "excluded"
    assert at_least_asks("apizartron", allergies=["wasp-venom"])
    assert at_least_asks("apizartron", medicines=["vitamin-k-antagonists"])
    assert "hives, fainting, convulsions, heart pain" in guidance("apizartron")


TRAPS = [
    ("nicotinic-acid", "Deep Heat Rub"),
    ("nicotinic-acid", "Radian B"),
    ("chondroxide", "Chondroxide Forte"),
    ("chondroxide", "Chondrofen"),
    ("viprosal-v", "Salvisar"),
    ("dolobene", "Hepathrombin (Hepatrombin) 500 IU/g gel"),
    ("zvezdochka", "Zvezdochka universal balm"),
    ("doctor-mom", "Doctor MOM Rubon"),
    ("zhivokost", "Traumaplant"),
    ("zhivokost", "Larkspur"),
    ("turpentine-oil", "Crude gum turpentine or paint thinner"),
    ("formic-alcohol", "Concentrated formic acid"),
]


@pytest.mark.parametrize(("remedy", "trap"), TRAPS)
def test_products_that_only_sound_alike_are_named(remedy: str, trap: str) -> None:
    assert trap in confusable(remedy)


@pytest.mark.parametrize(
    ("name", "remedy"), [("Deep Heat Heat Spray", "nicotinic-acid"), ("Hepatrombin C", "dolobene")]
)
def test_products_that_are_the_same_are_found(name: str, remedy: str) -> None:
    assert CATALOGUE.find(name).id == remedy


# What must never be missed: camphor, turpentine, comfrey.


def test_every_remedy_with_camphor_or_turpentine_is_among_those() -> None:
    contained = {one.id: CATALOGUE.substances(one) for one in CATALOGUE.remedies}
    assert [name for name in IDS if "camphor" in contained[name]] == WITH_CAMPHOR
    assert [name for name in IDS if "turpentine" in contained[name]] == WITH_TURPENTINE


@pytest.mark.parametrize("remedy", WITH_CAMPHOR)
@pytest.mark.parametrize("condition", ["seizure-disorder", "epilepsy"])
def test_camphor_is_barred_with_seizures(remedy: str, condition: str) -> None:
    assert verdict(remedy, conditions=[condition]) == "excluded"


@pytest.mark.parametrize("remedy", WITH_CAMPHOR)
@pytest.mark.parametrize("born", ["2026-11-22", "2026-04-22", "2024-05-23"])
def test_camphor_is_barred_for_small_children(remedy: str, born: str) -> None:
    assert verdict(remedy, born=born) == "excluded"
    assert "Keep it and the treated skin away from babies and small children" in guidance(remedy)


@pytest.mark.parametrize("remedy", WITH_CAMPHOR)
def test_camphor_and_heat_or_tight_bandages_do_not_go_together(remedy: str) -> None:
    assert at_least_asks(remedy, circumstances=["heat-planned"])
    assert "Put no tight or airtight bandage over it." in guidance(remedy)
    assert "never warm it in hot water or a microwave" in guidance(remedy)
    assert "Stop and get urgent care for pain, swelling or blistering where it was put." in guidance(remedy)


def test_the_camphor_of_a_tin_of_zvezdochka_is_named_as_dangerous() -> None:
    assert "a 4 g tin holds 0.9 to 1 g of camphor, an amount linked with fits and death" in guidance("zvezdochka")


@pytest.mark.parametrize("remedy", ["camphor-oil", "zvezdochka", "doctor-mom"])
def test_asthma_bars_strong_camphor_rubs(remedy: str) -> None:
    assert verdict(remedy, conditions=["asthma"]) == "excluded"


@pytest.mark.parametrize("remedy", WITH_TURPENTINE)
def test_turpentine_goes_on_small_areas_and_never_to_children(remedy: str) -> None:
    assert "spread widely, turpentine can harm the kidneys and nerves" in guidance(remedy)
    assert "Never swallow it and keep it from children" in guidance(remedy)
    assert ("15 ml of turpentine oil can kill a child" in guidance(remedy)) == (remedy == "turpentine-oil")


@pytest.mark.parametrize("remedy", ["turpentine-oil", "turpentine-ointment", "viprosal-v"])
@pytest.mark.parametrize("condition", ["severe-liver-disease", "severe-kidney-disease"])
def test_turpentine_is_barred_in_severe_disease_of_liver_or_kidneys(remedy: str, condition: str) -> None:
    assert verdict(remedy, conditions=[condition]) == "excluded"


@pytest.mark.parametrize("remedy", ["turpentine-oil", "turpentine-ointment"])
def test_turpentine_rubs_are_for_adults(remedy: str) -> None:
    assert verdict(remedy, born="2008-11-23") == "excluded"
    assert verdict(remedy, born="2008-11-22") == "allowed"


def test_comfrey_goes_on_whole_skin_only_and_is_no_food() -> None:
    assert verdict("zhivokost", skin=["open-wound"]) == "excluded"
    assert verdict("zhivokost", pregnancy="yes") == "excluded"
    assert "Never swallow comfrey" in guidance("zhivokost")


@pytest.mark.parametrize("remedy", ["zhivokost", "camphor-oil"])
def test_peanut_allergy_is_never_overlooked_where_a_base_may_be_peanut_oil(remedy: str) -> None:
    asks = {"zhivokost": "ask-doctor", "camphor-oil": "ask-pharmacist"}
    assert verdict(remedy, allergies=["peanut-soya-oil"]) == asks[remedy]


# What must never be missed: signs and skin.

URGENT = [
    "loss-of-bladder-or-bowel-control",
    "limb-weakness",
    "limb-numbness",
    "neck-pain-worsening-48h",
    "severe-headache",
    "gi-bleeding",
    "intracranial-bleeding",
]
EMERGENCIES = {"gi-bleeding", "intracranial-bleeding"}
"""Illnesses that are an emergency themselves."""


def test_every_sign_sends_to_a_doctor_before_any_remedy() -> None:
    signs = [entry.sign for entry in CATALOGUE.file.signs]
    assert set(signs) - EMERGENCIES == {entry.id for entry in CATALOGUE.facts if entry.topic == "signs"}
    assert len(signs) == 15
    for sign in signs:
        topic = "conditions" if sign in EMERGENCIES else "signs"
        patient = Patient.model_validate({"age": 34, "sex": "male", "nothing_else": True, topic: [sign]})
        report = check(patient, as_of=TODAY)
        assert report.allowed == ()
        assert [(entry.sign, entry.urgency) for entry in report.refer] == [(sign, "now" if sign in URGENT else "soon")]


@pytest.mark.parametrize("remedy", IDS)
def test_no_remedy_is_allowed_on_an_open_wound(remedy: str) -> None:
    expected = "ask-doctor" if remedy == "betanicomylon" else "excluded"
    assert verdict(remedy, skin=["open-wound"]) == expected


@pytest.mark.parametrize("remedy", IDS)
def test_no_remedy_is_allowed_for_a_baby(remedy: str) -> None:
    assert at_least_asks(remedy, born="2026-08-22")


LEFT_OUT = {
    ("viprosal-v", "nsaid/stomach"): "1 % salicylic acid: labels of salicylate rubs bar large areas and long use only",
    ("viprosal-v", "nsaid/nsaid-tablets"): "1 % salicylic acid: labels of salicylate rubs name blood thinners only",
}
"""Rules of a class that a remedy replaces without one of its own on all that they speak of, and why."""


def test_what_replaces_a_rule_speaks_of_all_that_it_spoke_of() -> None:
    bits = clause_bits(CATALOGUE.file, CATALOGUE.vocabulary)
    owners = {"catalogue": CATALOGUE.file.rules, **{one.id: one.rules for one in CATALOGUE.file.substances}}
    shared = {f"{owner}/{rule.id}": rule.when for owner, rules in owners.items() for rule in rules}
    replaced = {
        (remedy.id, key): (shared[key], [one.when for one in remedy.rules])
        for remedy in CATALOGUE.remedies
        for rule in remedy.rules
        for key in rule.replaces
    }
    assert len(replaced) > 10
    assert {where for where, (when, own) in replaced.items() if not bits.implied(when, *own)} == set(LEFT_OUT)
