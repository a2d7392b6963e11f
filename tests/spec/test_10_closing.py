"""In a closed topic everything is "no" that was neither said nor left open.

Left open is what a word gives a reason to ask about, the finer facts below one that was named, and
what a named fact prompts; and every fact of a topic that is not closed. With every open fact stays
open whatever an answer to it could still change, in any topic: what is wider or implied, finer, or
prompted. What is kept open never depends on what else is so; only a "no" narrows it. A topic with a
word that is not understood, or of which somebody does not know, is not closed, whatever closes it.
"""

from typing import Any

import pytest
from support import TODAY, Json, a_fact, a_naming, a_rule, one_remedy

from remedies import Patient, Report, check
from remedies.checking.known import Known, known_of
from remedies.knowledge.topics import TOPICS, Topic
from remedies.knowledge.vocabulary import Vocabulary

MAN: Json = {"age": 34, "sex": "male"}


def known(vocabulary: Vocabulary, **said: object) -> Known:
    """Work out what is known of a patient."""
    found = known_of(Patient.model_validate(said), vocabulary)
    assert found.faults == ()
    return found


def checked(said: Json) -> Report:
    """Check a patient against the shipped catalogue."""
    return check(Patient.model_validate(said))


def split(vocabulary: Vocabulary, topic: Topic, **said: object) -> tuple[list[str], list[str]]:
    """List the facts of a topic that are so, and those that nobody has settled."""
    found = known(vocabulary, **said)
    open_ = vocabulary.topic_mask[topic] & ~found.yes & ~found.no
    return vocabulary.ids(found.yes & vocabulary.topic_mask[topic]), vocabulary.ids(open_)


def closed(vocabulary: Vocabulary, topic: Topic, *named: str, no: tuple[str, ...] = ()) -> tuple[list[str], list[str]]:
    """Close everything where something was named in a topic, and look at that topic."""
    return split(vocabulary, topic, **{topic: {"yes": named, "no": no}}, nothing_else=True)


def open_in(vocabulary: Vocabulary, **said: Any) -> list[str]:
    """List what nobody has settled, in every topic."""
    found = known(vocabulary, **said)
    return vocabulary.ids(((1 << len(vocabulary.entries)) - 1) & ~found.yes & ~found.no)


def test_of_somebody_who_said_nothing_nothing_is_known(vocabulary: Vocabulary) -> None:
    assert known(vocabulary) == Known(
        yes=0,
        no=0,
        words=(),
        prompted=(),
        closed=(),
        pregnancy=None,
        breastfeeding=None,
        unsure=0,
        dropped=frozenset(),
        notes=(),
        faults=(),
    )


def test_an_empty_closed_topic_is_no_throughout_and_the_others_stay_unknown() -> None:
    small = one_remedy([], SCALE).vocabulary
    found = known(small, skin={"rest": "no"})
    assert (found.yes, small.ids(found.no)) == (0, ["rash"])


def test_nothing_else_closes_every_topic(vocabulary: Vocabulary) -> None:
    found = known(vocabulary, nothing_else=True)
    assert found.no == (1 << len(vocabulary.entries)) - 1


SCALE = (
    a_fact("kidneys", icd10={"prompts": ["N10"]}),
    a_fact("severe-kidneys", is_a=["kidneys"]),
    a_fact("liver", icd10={"proves": ["K74"]}),
    a_fact("severe-liver", is_a=["liver"], icd10={"prompts": ["K74"]}),
    a_fact("rash", "skin", icd10={"proves": ["L20"]}),
)
"""Two illnesses that can be severe, and a skin disease."""


def test_nothing_closes_by_itself(vocabulary: Vocabulary) -> None:
    yes, open_ = split(vocabulary, "conditions", conditions=["diabetes"])
    assert yes == ["diabetes"]
    assert len(open_) == vocabulary.topic_mask["conditions"].bit_count() - 1


def test_closing_leaves_open_how_bad_a_named_illness_is() -> None:
    small = one_remedy([], SCALE).vocabulary
    assert closed(small, "conditions", "kidneys") == (["kidneys"], ["severe-kidneys"])


def test_how_bad_a_named_illness_is_gets_asked() -> None:
    report = checked({**MAN, "conditions": ["kidney-disease"], "nothing_else": True})
    assert [question.facts for question in report.questions] == [("severe-kidney-disease",)]
    assert report["capsicam"].verdict == "undecided"
    assert (report["capsicam"].at_least, report["capsicam"].at_most) == ("ask-pharmacist", "ask-doctor")
    assert report["capsicam"].ask == ("severe-kidney-disease",)


def test_closing_rules_out_how_bad_it_is_where_that_was_denied() -> None:
    small = one_remedy([], SCALE).vocabulary
    assert closed(small, "conditions", "kidneys", no=("severe-kidneys",)) == (["kidneys"], [])


PAINKILLERS = (
    a_fact("painkillers", "allergies"),
    a_fact("salicylates", "allergies", is_a=["painkillers"], atc={"proves": ["N02BA"]}),
    a_fact("aspirin", "allergies", is_a=["salicylates"], atc={"proves": ["N02BA01"]}),
    a_fact("salicylic-acid", "allergies", is_a=["salicylates"]),
    a_fact("ibuprofen", "allergies", is_a=["painkillers"]),
)


def test_a_wider_fact_that_is_so_only_through_a_finer_one_leaves_the_others_closed() -> None:
    small = one_remedy([], PAINKILLERS).vocabulary
    assert closed(small, "allergies", "aspirin") == (["painkillers", "salicylates", "aspirin"], [])
    assert closed(small, "allergies", "salicylates")[1] == ["aspirin", "salicylic-acid"]


def test_a_code_names_the_finest_fact_that_it_proves_and_leaves_its_kin_closed() -> None:
    """The code of a fact says what its name says."""
    small = one_remedy([], PAINKILLERS).vocabulary
    assert closed(small, "allergies", "N02BA01") == closed(small, "allergies", "aspirin")
    assert closed(small, "allergies", "N02BA02") == closed(small, "allergies", "salicylates")


def test_what_a_code_proves_is_not_left_open_by_the_same_code() -> None:
    """D69 is a reason to ask about any blood disorder, and proves one: that opens none of the others."""
    facts = (
        a_fact("blood", icd10={"prompts": ["D69"]}),
        a_fact("bleeding", is_a=["blood"], icd10={"proves": ["D69"]}),
        a_fact("bruises", is_a=["bleeding"]),
        a_fact("anaemia", is_a=["blood"]),
    )
    small = one_remedy([], facts).vocabulary
    assert small.resolve("conditions", "D69").prompts == ("blood",)
    assert closed(small, "conditions", "D69") == (["blood", "bleeding"], ["bruises"])


def test_naming_the_wider_fact_as_well_opens_its_finer_facts() -> None:
    small = one_remedy([], PAINKILLERS).vocabulary
    assert closed(small, "allergies", "aspirin", "salicylates")[1] == ["salicylic-acid"]


BREATH = (
    a_fact("asthma"),
    a_fact("reaction"),
    a_fact("aspirin-asthma", is_a=["asthma", "reaction"]),
)
"""Asthma from aspirin is asthma, and it is a reaction."""


def test_what_a_finer_fact_would_prove_cannot_be_ruled_out_before_it() -> None:
    small = one_remedy([], BREATH).vocabulary
    assert closed(small, "conditions", "asthma") == (["asthma"], ["reaction", "aspirin-asthma"])


def test_denying_the_finer_fact_rules_out_what_only_it_left_open() -> None:
    small = one_remedy([], BREATH).vocabulary
    assert closed(small, "conditions", "asthma", no=("aspirin-asthma",)) == (["asthma"], [])


def test_what_a_code_prompts_stays_open_in_a_closed_topic() -> None:
    small = one_remedy([], SCALE).vocabulary
    assert closed(small, "conditions", "K74") == (["liver"], ["severe-liver"])
    assert known(small, conditions=["K74"]).prompted == ("severe-liver",)


def test_what_a_fact_prompts_stays_open_in_a_closed_topic() -> None:
    facts = (a_fact("cream", "medicines", prompts=["other"]), a_fact("other", "medicines"), a_fact("pill", "medicines"))
    small = one_remedy([], facts).vocabulary
    assert closed(small, "medicines", "cream") == (["cream"], ["other"])
    assert closed(small, "medicines", "pill") == (["pill"], [])


def test_what_was_denied_is_not_prompted_again() -> None:
    small = one_remedy([], SCALE).vocabulary
    assert closed(small, "conditions", "K74", no=("severe-liver",)) == (["liver"], [])


@pytest.mark.parametrize("word", ["N10", "kidneys?"])
def test_closing_does_not_rule_out_what_is_finer_than_an_open_fact(word: str) -> None:
    """Once the open fact is answered with yes, the finer one is unknown; it cannot have been "no" before."""
    small = one_remedy([], SCALE).vocabulary
    assert closed(small, "conditions", word) == ([], ["kidneys", "severe-kidneys"])
    assert closed(small, "conditions", word, "kidneys") == (["kidneys"], ["severe-kidneys"])


def test_an_answer_that_opens_a_finer_question_does_not_take_back_a_verdict() -> None:
    """N10 is a reason to ask about the kidneys; the remedy is excluded only where they are severely ill."""
    small = one_remedy([a_rule("severe", {"condition": "severe-kidneys"})], SCALE)
    found = [
        check(Patient(conditions=words, nothing_else=True), small, as_of=TODAY)["gel"].verdict
        for words in (["N10"], ["N10", "kidneys"], ["N10", "severe-kidneys"])
    ]
    assert found == ["undecided", "undecided", "excluded"]


def test_a_code_of_an_illness_of_the_skin_leaves_the_skin_open() -> None:
    small = one_remedy([], SCALE).vocabulary
    found = known(small, conditions=["L20"], nothing_else=True)
    assert found.prompted == ("rash",)
    assert open_in(small, conditions=["L20"], nothing_else=True) == ["rash"]


def test_prompted_facts_are_asked_first_and_the_report_says_why() -> None:
    rules = [a_rule(name, {"condition": name}) for name in ("kidneys", "severe-liver")]
    small = one_remedy(rules, SCALE)
    report = check(Patient(conditions=["K74"], allergies={"rest": "no"}), small, as_of=TODAY)
    assert [question.facts for question in report.questions] == [("severe-liver", "kidneys")]
    assert report.warnings[0] == "What was said is a reason to ask about the illnesses: severe-liver."


def test_a_settled_fact_is_not_prompted_any_more() -> None:
    small = one_remedy([], SCALE)
    for answers in ({"yes": ["K74", "severe-liver"]}, {"yes": ["K74"], "no": ["severe-liver"]}):
        warnings = check(Patient(conditions=answers), small, as_of=TODAY).warnings
        assert [warning for warning in warnings if "reason to ask" in warning] == []


def test_a_report_says_how_many_facts_a_closed_topic_took_as_no() -> None:
    small = one_remedy([], SCALE)
    said: Json = {"skin": {"rest": "no"}, "conditions": {"yes": ["kidneys"], "rest": "no"}}
    report = check(Patient(**said), small, as_of=TODAY)
    assert [(one.topic, one.facts) for one in report.closed] == [("conditions", 2), ("skin", 1)]
    assert checked({}).closed == ()
    assert [one.topic for one in checked({"nothing_else": True}).closed] == list(TOPICS)


FAMILY = (
    a_fact("heart"),
    a_fact("failure", is_a=["heart"]),
    a_fact("late", is_a=["failure"], prompts=["lungs"]),
    a_fact("breath", prompts=["heart"]),
    a_fact("lungs"),
    a_fact("cold", is_a=["lungs"]),
    a_fact("apart"),
)
"""Late failure is failure is a heart disease; breathlessness prompts the heart, late failure the lungs."""


def left_open(*yes: str, no: tuple[str, ...] = ()) -> list[str]:
    """List what stays open in a closed topic of that family."""
    small = one_remedy([], FAMILY).vocabulary
    return closed(small, "conditions", *yes, no=no)[1]


@pytest.mark.parametrize(
    ("yes", "no", "open_"),
    [
        ((), (), []),
        (("apart",), (), []),
        (("heart",), (), ["failure", "late", "lungs", "cold"]),
        (("failure",), (), ["late", "lungs", "cold"]),
        (("late",), (), ["lungs", "cold"]),
        (("lungs",), (), ["cold"]),
        (("breath",), (), ["heart", "failure", "late", "lungs", "cold"]),
        (("heart",), ("late",), ["failure"]),
        (("heart",), ("lungs",), ["failure", "late"]),
        (("heart",), ("cold",), ["failure", "late", "lungs"]),
        (("breath",), ("heart",), []),
        (("breath",), ("failure",), ["heart"]),
    ],
)
def test_open_stays_what_an_answer_could_still_change(
    yes: tuple[str, ...], no: tuple[str, ...], open_: list[str]
) -> None:
    assert left_open(*yes, no=no) == open_


def test_one_more_fact_never_closes_what_stood_open_beside_it() -> None:
    """Breathlessness opens the heart and the lungs; that the lungs are ill as well leaves the heart open."""
    assert left_open("breath", "lungs") == ["heart", "failure", "late", "cold"]
    assert left_open("breath", "late") == ["lungs", "cold"]
    assert left_open("lungs", "heart") == ["failure", "late", "cold"]


def test_each_fact_that_is_left_open_keeps_open_in_its_turn_what_it_would_if_it_were_named() -> None:
    """The left knee opens dizziness, and that would open any knee, so that the right one is open at once."""
    facts = (
        a_fact("knee"),
        a_fact("left", is_a=["knee"], prompts=["dizzy"]),
        a_fact("right", is_a=["knee"]),
        a_fact("dizzy", prompts=["knee"]),
    )
    small = one_remedy([], facts).vocabulary
    assert closed(small, "conditions", "left") == (["knee", "left"], ["right", "dizzy"])
    assert closed(small, "conditions", "left", "dizzy") == (["knee", "left", "dizzy"], ["right"])
    assert closed(small, "conditions", "left", no=("dizzy",)) == (["knee", "left"], [])


def test_what_a_word_keeps_open_does_not_depend_on_a_word_beside_it() -> None:
    """Pain is a reason to ask about the heart; heart failure is known besides, and the valves stay open."""
    facts = (
        a_fact("heart", icd10={"prompts": ["R07"]}),
        a_fact("failure", is_a=["heart"]),
        a_fact("valves", is_a=["heart"]),
        a_fact("pain", prompts=["heart"]),
    )
    small = one_remedy([], facts).vocabulary
    assert closed(small, "conditions", "pain") == (["pain"], ["heart", "failure", "valves"])
    assert closed(small, "conditions", "failure") == (["heart", "failure"], [])
    assert closed(small, "conditions", "pain", "failure") == (["heart", "failure", "pain"], ["valves"])
    assert closed(small, "conditions", "R07") == ([], ["heart", "failure", "valves"])
    assert closed(small, "conditions", "R07", "failure") == (["heart", "failure"], ["valves"])


def test_one_more_illness_never_makes_a_remedy_more_allowed() -> None:
    """The remedy is excluded with a cold; breathlessness leaves that open, and late failure does not close it."""
    small = one_remedy([a_rule("cold", {"condition": "cold"})], FAMILY)
    said: Json = {"conditions": {"yes": ["breath"], "rest": "no"}, "allergies": {"rest": "no"}}
    worse: Json = {**said, "conditions": {"yes": ["breath", "heart"], "rest": "no"}}
    for one in (said, worse):
        found = check(Patient.model_validate(one), small, as_of=TODAY)["gel"]
        assert (found.at_least, found.at_most) == ("allowed", "excluded")


# Words that close, and words that keep open ---------------------------------------------------------

LISTED = (
    a_fact("asthma"),
    a_fact("stroke"),
    a_fact("penicillin", "allergies", atc={"proves": ["J01C"]}),
    a_fact("latex", "allergies"),
    a_fact("pills", "medicines"),
)
SUBSTANCE = "substance"
"""The allergy to what the remedy contains, which no code makes a medicine."""


def taken(**said: Any) -> list[str]:
    """List what is not so in that catalogue."""
    small = one_remedy([], LISTED).vocabulary
    return small.ids(known(small, **said).no)


@pytest.mark.parametrize("word", ["none", "None known", "nil", "нет", "ничего", "0", "-", "no medical problems"])
def test_a_word_that_says_that_nothing_is_so_closes_its_topic(word: str) -> None:
    assert taken(conditions=[word]) == ["asthma", "stroke"]


def test_what_is_so_beside_none_is_so_all_the_same() -> None:
    small = one_remedy([], LISTED).vocabulary
    found = known(small, conditions=["asthma", "none"])
    assert (small.ids(found.yes), small.ids(found.no)) == (["asthma"], ["stroke"])


@pytest.mark.parametrize("word", ["none?", "?none", "not none"])
def test_doubt_beside_none_closes_nothing(word: str) -> None:
    assert taken(conditions=[word]) == []


def test_none_under_no_or_set_aside_closes_nothing_and_keeps_the_topic_open() -> None:
    for side in ("no", "other"):
        assert taken(conditions={side: ["none"], "rest": "no"}) == []


@pytest.mark.parametrize("topic", ["allergies", "conditions"])
@pytest.mark.parametrize("word", ["no known allergies", "NKA", "no allergies", "аллергии нет", "716186003"])
def test_no_known_allergies_closes_the_allergies_wherever_it_stands(topic: str, word: str) -> None:
    assert taken(**{topic: [word]}) == [SUBSTANCE, "penicillin", "latex"]


@pytest.mark.parametrize("word", ["NKDA", "no known drug allergies", "409137002", "нет аллергии на лекарства"])
def test_no_known_allergies_to_medicines_closes_only_those(word: str) -> None:
    assert taken(allergies=[word]) == ["penicillin"]
    assert taken(allergies=[word, "no known allergies"]) == [SUBSTANCE, "penicillin", "latex"]


@pytest.mark.parametrize("word", ["no known food allergies", "428607008"])
def test_no_known_allergies_to_food_closes_nothing(word: str) -> None:
    assert taken(allergies=[word]) == []


def test_no_known_allergies_to_medicines_keeps_open_what_another_allergy_could_open() -> None:
    """Balsam has fragrances in it, and so has a cream that is a medicine; who is allergic to those may be to it."""
    facts = (
        a_fact("fragrance", "allergies"),
        a_fact("cream", "allergies", is_a=["fragrance"], atc={"proves": ["D02"]}),
        a_fact("penicillin", "allergies", atc={"proves": ["J01C"]}),
    )
    small = one_remedy([], facts).vocabulary
    assert open_in(small, allergies=["NKDA"]) == [SUBSTANCE, "fragrance", "cream"]
    assert open_in(small, allergies=["NKDA", "fragrance"]) == [SUBSTANCE, "cream"]
    assert open_in(small, allergies={"yes": ["NKDA"], "no": ["fragrance"]}) == [SUBSTANCE]


@pytest.mark.parametrize("closing", [{"rest": "no"}, {"nothing_else": True}, {"word": "none"}])
@pytest.mark.parametrize("word", ["qqqq", "asthna", "?", "don't know", "не знаю", "asthma, qqqq"])
def test_a_topic_with_a_word_that_is_not_understood_or_not_known_is_not_closed(word: str, closing: Json) -> None:
    """Whatever closes it; the other topics are closed all the same."""
    words = [word, closing["word"]] if "word" in closing else [word]
    rest = closing.get("rest", "unknown")
    found = taken(conditions={"yes": words, "rest": rest}, nothing_else=closing.get("nothing_else", False))
    assert not {"asthma", "stroke"} & set(found)
    assert ("pills" in found) is ("nothing_else" in closing)


@pytest.mark.parametrize("side", ["yes", "no"])
def test_an_unclear_word_keeps_its_topic_open_on_either_side_until_it_is_set_aside(side: str) -> None:
    assert taken(conditions={side: ["qqqq"], "rest": "no"}) == []
    assert taken(conditions={side: ["qqqq"], "other": ["QQQQ"], "rest": "no"}) == ["asthma", "stroke"]
    assert taken(conditions={"other": ["qqqq"], "rest": "no"}) == ["asthma", "stroke"]


def test_what_is_known_or_of_the_family_keeps_nothing_open() -> None:
    small = one_remedy([], LISTED, words=[a_naming("conditions", "flat feet")]).vocabulary
    found = known(small, conditions={"yes": ["flat feet", "mother: stroke"], "rest": "no"})
    assert small.ids(found.no) == ["asthma", "stroke"]


def test_a_remedy_is_not_allowed_before_what_was_not_understood_is_cleared_up() -> None:
    small = one_remedy([a_rule("asthma", {"condition": "asthma"})], LISTED)
    said: Json = {"conditions": {"yes": ["asthna"]}, "nothing_else": True}
    assert check(Patient(**said), small, as_of=TODAY)["gel"].verdict == "undecided"
    found = [
        check(Patient(**{**said, "conditions": answers}), small, as_of=TODAY)["gel"].verdict
        for answers in (["asthma"], ["stroke"], {"yes": ["asthna"], "other": ["asthna"]})
    ]
    assert found == ["excluded", "allowed", "allowed"]


# Across topics --------------------------------------------------------------------------------------

ACROSS = (
    a_fact("diabetes"),
    a_fact("treated", is_a=["diabetes"]),
    a_fact("nerves", is_a=["diabetes"]),
    a_fact("kidneys"),
    a_fact("severe-kidneys", is_a=["kidneys"]),
    a_fact("insulin", "medicines", implies=["treated"]),
    a_fact("fast-insulin", "medicines", is_a=["insulin"]),
    a_fact("binder", "medicines", prompts=["kidneys"]),
    a_fact("new-binder", "medicines", is_a=["binder"]),
    a_fact("vitamins", "medicines"),
)
"""Insulin implies diabetes that is treated; a binder is a reason to ask about the kidneys."""


@pytest.fixture(scope="module")
def across() -> Vocabulary:
    """Return medicines that speak of illnesses."""
    return one_remedy([], ACROSS).vocabulary


@pytest.mark.parametrize(
    ("medicine", "open_"),
    [
        ("binder", ["kidneys", "severe-kidneys", "new-binder"]),
        ("new-binder", ["kidneys", "severe-kidneys"]),
        ("insulin", ["fast-insulin"]),
        ("fast-insulin", []),
        ("vitamins", []),
        ("insulin?", ["diabetes", "treated", "nerves", "insulin", "fast-insulin"]),
        ("new-binder?", ["kidneys", "severe-kidneys", "binder", "new-binder"]),
    ],
)
def test_a_closed_illness_stays_open_where_a_medicine_prompts_it_or_may_imply_it(
    across: Vocabulary, medicine: str, open_: list[str]
) -> None:
    """A finer medicine prompts what a wider one does. What is implied is so, and opens nothing beside it."""
    assert open_in(across, medicines=[medicine], nothing_else=True) == open_


def test_closed_illnesses_stay_open_that_medicines_may_speak_of_which_nobody_has_ruled_out(across: Vocabulary) -> None:
    said: Json = {"conditions": {"rest": "no"}, "allergies": {"rest": "no"}}
    medicines = across.ids(across.topic_mask["medicines"])
    conditions = across.ids(across.topic_mask["conditions"])
    assert open_in(across, **said) == [*conditions, *medicines]
    assert open_in(across, **said, medicines={"no": ["insulin"]}) == [
        *("kidneys", "severe-kidneys"),
        *("binder", "new-binder", "vitamins"),
    ]
    assert open_in(across, **said, medicines={"no": ["insulin", "binder"]}) == ["vitamins"]
    assert open_in(across, **said, medicines={"rest": "no"}) == []


def test_naming_a_medicine_closes_no_illness_that_stood_open_before(across: Vocabulary) -> None:
    """Insulin alone would leave the nerves closed; while medicines are open, they were not."""
    said: Json = {"conditions": {"rest": "no"}, "medicines": {"yes": [], "no": ["binder"]}}
    assert "nerves" in open_in(across, **said)
    assert "nerves" in open_in(across, **{**said, "medicines": {"yes": ["insulin"], "no": ["binder"]}})
    assert "nerves" not in open_in(across, medicines=["insulin"], nothing_else=True)


def test_an_unclear_medicine_keeps_open_the_illnesses_that_it_may_speak_of(across: Vocabulary) -> None:
    found = open_in(across, medicines=["qqqq"], nothing_else=True)
    assert found == [*across.ids(across.topic_mask["conditions"]), *across.ids(across.topic_mask["medicines"])]
    assert open_in(across, medicines={"yes": ["qqqq"], "other": ["qqqq"]}, nothing_else=True) == []
    assert open_in(across, medicines=["vitamins"], nothing_else=True) == []


def test_an_unclear_illness_keeps_no_medicine_open(across: Vocabulary) -> None:
    found = open_in(across, conditions=["qqqq"], nothing_else=True)
    assert found == across.ids(across.topic_mask["conditions"])


def test_what_is_implied_by_a_closed_medicine_is_closed_with_it(across: Vocabulary) -> None:
    found = known(across, conditions=["diabetes"], nothing_else=True)
    assert across.ids(found.yes) == ["diabetes"]
    assert across.ids(across.topic_mask["conditions"] & ~found.yes & ~found.no) == ["treated", "nerves"]
    assert across.topic_mask["medicines"] & ~found.no == 0


def test_an_answer_in_another_topic_takes_back_no_verdict() -> None:
    """The remedy is excluded with severe kidney disease, and not yet allowed before binders are ruled out."""
    small = one_remedy([a_rule("kidneys", {"condition": "severe-kidneys"})], ACROSS)
    said: Json = {"conditions": {"rest": "no"}, "allergies": {"rest": "no"}}
    found = [
        check(Patient(**said, medicines=medicines), small, as_of=TODAY)["gel"].verdict
        for medicines in ([], ["binder"], {"no": ["binder"]}, {"rest": "no"})
    ]
    assert found == ["undecided", "undecided", "allowed", "allowed"]


TABLETS = (
    a_fact("tablets", "medicines", kinds={"en": ["painkiller injections"]}),
    a_fact("odd-tablets", "medicines", is_a=["tablets"], atc={"proves": ["M01AB02"]}),
)
NAMED = [
    a_naming("medicines", "ibuprofen", atc=["M01AE01"], means=["tablets"]),
    a_naming("medicines", "painkillers of that kind", atc=["M01AE"], means=["tablets"]),
]


@pytest.mark.parametrize(
    ("word", "open_"),
    [
        ("tablets", ["odd-tablets"]),
        ("painkiller injections", ["odd-tablets"]),
        ("painkillers of that kind", ["odd-tablets"]),
        ("ibuprofen", []),
        ("M01AE01", []),
        ("ibuprofen 200 mg tablets", []),
        ("odd-tablets", []),
    ],
)
def test_a_medicine_of_one_substance_is_none_of_the_finer_ones_and_a_class_may_be(word: str, open_: list[str]) -> None:
    small = one_remedy([], TABLETS, words=NAMED).vocabulary
    assert closed(small, "medicines", word)[1] == open_


# What was asked and is not known


@pytest.mark.parametrize("rest", [{"rest": "no"}, {}])
@pytest.mark.parametrize("nothing_else", [True, False])
def test_what_is_not_known_stays_unknown_even_where_its_topic_is_closed(
    vocabulary: Vocabulary, rest: dict[str, str], *, nothing_else: bool
) -> None:
    found = known(vocabulary, conditions={"unknown": ["heart-failure"], **rest}, nothing_else=nothing_else)

    for fact in ("heart-failure", "chronic-heart-failure", "heart-disease"):
        assert not (found.yes | found.no) >> vocabulary.number[fact] & 1
    assert vocabulary.ids(found.unsure) == ["heart-failure"]


def test_what_is_both_so_and_not_known_is_so(vocabulary: Vocabulary) -> None:
    """The cautious reading: what somebody said to be so acts."""
    found = known(vocabulary, conditions={"yes": ["asthma"], "unknown": ["asthma"], "rest": "no"})

    assert found.yes >> vocabulary.number["asthma"] & 1
    assert found.unsure == 0


@pytest.mark.parametrize("denied", ["heart-failure", "heart-disease"])
def test_what_is_both_not_so_and_not_known_is_not_known(vocabulary: Vocabulary, denied: str) -> None:
    found = known(vocabulary, conditions={"no": [denied], "unknown": ["heart-failure"], "rest": "no"})

    for fact in ("heart-disease", "heart-failure", "chronic-heart-failure"):
        assert not (found.yes | found.no) >> vocabulary.number[fact] & 1
    assert found.faults == ()


def test_a_finer_fact_that_is_not_so_stays_so_beside_a_wider_one_that_is_not_known(vocabulary: Vocabulary) -> None:
    found = known(vocabulary, conditions={"no": ["heart-failure"], "unknown": ["heart-disease"]})

    assert found.no >> vocabulary.number["heart-failure"] & 1
    assert not found.no >> vocabulary.number["heart-disease"] & 1


def test_a_word_in_doubt_or_not_understood_under_unknown_proves_nothing(vocabulary: Vocabulary) -> None:
    found = known(vocabulary, conditions={"unknown": ["asthma?", "no diabetes", "astmma"], "rest": "no"})

    assert found.yes == 0
    assert not found.no & vocabulary.mask(["asthma", "diabetes", "epilepsy"])
    assert [word.kind for word in found.words] == ["doubt", "doubt", "unclear"]
    assert vocabulary.ids(found.unsure) == ["asthma"]


def test_facts_that_a_plain_question_closed_are_no_but_for_what_was_said_to_lead_to_them(
    vocabulary: Vocabulary,
) -> None:
    closing = 0
    for fact in ("diabetes", "thyroid-disorder"):
        closing |= vocabulary.down[vocabulary.number[fact]]
    patient = Patient(medicines={"yes": ["metformin"], "rest": "no"})

    found = known_of(patient, vocabulary, closing=closing)

    assert vocabulary.ids(found.no & closing) == ["thyroid-disorder", "hyperthyroidism"]
