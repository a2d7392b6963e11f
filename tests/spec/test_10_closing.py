"""In a closed topic everything is "no" that was neither said nor left open.

Left open is what a word gives a reason to ask about, the finer facts below one that was named, and
what a named fact prompts; and with every open fact whatever an answer to it could still change: what
is wider, finer or prompted. What the words keep open never depends on what else is so; only a "no"
narrows it.
"""

import pytest
from support import TODAY, Json, a_fact, a_rule, one_remedy

from remedies import CatalogueError, Patient, Report, check
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
    """Close a topic in which something was named."""
    return split(vocabulary, topic, **{topic: {"yes": named, "no": no, "rest": "no"}})


def closed_everything(vocabulary: Vocabulary, **said: object) -> list[str]:
    """List what stays open when every topic is closed."""
    found = known(vocabulary, **said, nothing_else=True)
    return vocabulary.ids(((1 << len(vocabulary.entries)) - 1) & ~found.yes & ~found.no)


def test_of_somebody_who_said_nothing_nothing_is_known(vocabulary: Vocabulary) -> None:
    assert known(vocabulary) == Known(yes=0, no=0, prompted=(), closed=(), notes=(), faults=())


def test_an_empty_closed_topic_is_no_throughout_and_the_others_stay_unknown(vocabulary: Vocabulary) -> None:
    found = known(vocabulary, skin={"rest": "no"})
    assert (found.yes, found.no) == (0, vocabulary.topic_mask["skin"])


def test_nothing_else_closes_every_topic(vocabulary: Vocabulary) -> None:
    found = known(vocabulary, nothing_else=True)
    assert found.no == (1 << len(vocabulary.entries)) - 1


def test_nothing_closes_by_itself(vocabulary: Vocabulary) -> None:
    yes, open_ = split(vocabulary, "conditions", conditions=["diabetes"])
    assert yes == ["diabetes"]
    assert len(open_) == vocabulary.topic_mask["conditions"].bit_count() - 1


def test_closing_leaves_open_how_bad_a_named_illness_is(vocabulary: Vocabulary) -> None:
    assert closed(vocabulary, "conditions", "kidney-disease") == (["kidney-disease"], ["severe-kidney-disease"])


def test_how_bad_a_named_illness_is_gets_asked() -> None:
    report = checked({**MAN, "conditions": ["kidney-disease"], "nothing_else": True})
    assert [question.facts for question in report.questions] == [("severe-kidney-disease",)]
    assert report["capsicam"].verdict == "undecided"
    assert report["capsicam"].at_least == "ask-doctor"
    assert report["capsicam"].ask == ("severe-kidney-disease",)


def test_closing_rules_out_how_bad_it_is_where_that_was_denied(vocabulary: Vocabulary) -> None:
    found = closed(vocabulary, "conditions", "kidney-disease", no=("severe-kidney-disease",))
    assert found == (["kidney-disease"], [])


def test_a_wider_fact_that_is_so_only_through_a_finer_one_leaves_the_others_closed(vocabulary: Vocabulary) -> None:
    assert closed(vocabulary, "allergies", "aspirin") == (["nsaid", "salicylates", "aspirin"], [])
    assert closed(vocabulary, "medicines", "sulindac") == (["nsaids-systemic", "sulindac"], [])


@pytest.mark.parametrize(
    ("topic", "code", "yes"),
    [
        ("allergies", "N02BA01", ["nsaid", "salicylates", "aspirin"]),
        ("allergies", "M01AB05", ["nsaid", "diclofenac"]),
        ("medicines", "M01AB02", ["nsaids-systemic", "sulindac"]),
        ("conditions", "I20.0", ["heart-disease", "ischaemic-heart-disease", "angina"]),
        ("conditions", "D69.3", ["blood-disorder", "bleeding-disorder", "thrombocytopenia"]),
    ],
)
def test_a_code_names_the_finest_fact_that_it_proves_and_leaves_its_kin_closed(
    vocabulary: Vocabulary, topic: Topic, code: str, yes: list[str]
) -> None:
    """The code of a fact says what its name says."""
    assert closed(vocabulary, topic, code) == closed(vocabulary, topic, yes[-1])
    assert closed(vocabulary, topic, code)[0] == yes


def test_what_a_code_proves_is_not_left_open_by_the_same_code(vocabulary: Vocabulary) -> None:
    """D69.3 is a reason to ask about any blood disorder, and proves one: that opens none of the others."""
    assert vocabulary.resolve("conditions", "D69.3").prompts == ("blood-disorder",)
    so, open_ = closed(vocabulary, "conditions", "D69.3")
    assert so == ["blood-disorder", "bleeding-disorder", "thrombocytopenia"]
    assert "g6pd-deficiency" in vocabulary.finer("blood-disorder")
    assert open_ == ["heparin-induced-thrombocytopenia"]


def test_naming_the_wider_fact_as_well_opens_its_finer_facts(vocabulary: Vocabulary) -> None:
    _, open_ = closed(vocabulary, "allergies", "aspirin", "salicylates")
    assert open_ == ["methyl-salicylate", "salicylic-acid"]


def test_what_a_finer_fact_would_prove_cannot_be_ruled_out_before_it(vocabulary: Vocabulary) -> None:
    """Aspirin-sensitive asthma is asthma, and it is a reaction of the airways to painkillers."""
    yes, open_ = closed(vocabulary, "conditions", "asthma")
    assert yes == ["asthma"]
    assert open_ == ["nsaid-respiratory-reaction", "aspirin-sensitive-asthma"]


def test_denying_the_finer_fact_rules_out_what_only_it_left_open(vocabulary: Vocabulary) -> None:
    found = closed(vocabulary, "conditions", "asthma", no=("aspirin-sensitive-asthma",))
    assert found == (["asthma"], [])


def test_what_a_code_prompts_stays_open_in_a_closed_topic(vocabulary: Vocabulary) -> None:
    yes, open_ = closed(vocabulary, "conditions", "K74")
    assert yes == ["liver-disease"]
    assert open_ == ["severe-liver-disease"]
    assert known(vocabulary, conditions=["K74"]).prompted == ("severe-liver-disease",)


def test_what_a_fact_prompts_stays_open_in_a_closed_topic(vocabulary: Vocabulary) -> None:
    yes, open_ = closed(vocabulary, "medicines", "insulins")
    assert (yes, open_) == (["antidiabetics", "insulins"], [])
    yes, open_ = closed(vocabulary, "medicines", "nsaids-topical")
    assert (yes, open_) == (["nsaids-topical"], ["any-other-topical-same-site"])


def test_what_was_denied_is_not_prompted_again(vocabulary: Vocabulary) -> None:
    found = closed(vocabulary, "conditions", "K74", no=("severe-liver-disease",))
    assert found == (["liver-disease"], [])


@pytest.mark.parametrize(
    ("code", "asked", "finer"),
    [
        ("N10", "kidney-disease", "severe-kidney-disease"),
        ("K29", "gi-erosive-disease", "peptic-ulcer"),
        ("Z98", "surgery-recent-or-planned", "heart-surgery-recent"),
        ("Z92.1", "anticoagulants", "vitamin-k-antagonists"),
    ],
)
def test_closing_does_not_rule_out_what_is_finer_than_an_open_fact(
    vocabulary: Vocabulary, code: str, asked: str, finer: str
) -> None:
    """Once the open fact is answered with yes, the finer one is unknown; it cannot have been "no" before."""
    topic = vocabulary[asked].topic
    assert closed(vocabulary, topic, code) == ([], [asked, finer])
    assert closed(vocabulary, topic, code, asked)[1] == [finer]


def test_an_answer_that_opens_a_finer_question_does_not_take_back_a_verdict() -> None:
    """N10 is a reason to ask about kidney disease; viprosal-v is excluded only in its severe form."""
    said: Json = {**MAN, "circumstances": ["heat-planned"], "nothing_else": True}
    before = checked({**said, "conditions": ["N10"]})["viprosal-v"]
    after = checked({**said, "conditions": ["N10", "kidney-disease"]})["viprosal-v"]
    assert (after.verdict, after.at_least) == ("undecided", "ask-doctor")
    assert (before.verdict, before.at_least) == ("undecided", "ask-doctor")


def test_a_code_of_an_illness_of_the_skin_leaves_the_skin_open(vocabulary: Vocabulary) -> None:
    found = known(vocabulary, conditions=["L20"], nothing_else=True)
    assert found.prompted == ("eczema",)
    assert not found.no >> vocabulary.number["eczema"] & 1
    assert not found.no >> vocabulary.number["damaged-skin"] & 1


def test_a_fact_prompts_only_within_its_topic_so_that_no_answer_opens_another_that_was_closed() -> None:
    facts = (a_fact("illness"), a_fact("tablets", "medicines", prompts=["illness"]))
    with pytest.raises(CatalogueError) as refused:
        one_remedy([], facts)
    assert str(refused.value) == "facts[2].prompts[0]: illness belongs to another topic"


def test_prompted_facts_are_asked_first_and_the_report_says_why() -> None:
    report = checked({**MAN, "conditions": ["K74"], "allergies": {"rest": "no"}})
    conditions = next(question for question in report.questions if question.topic == "conditions")
    assert conditions.facts[0] == "severe-liver-disease"
    assert report.warnings == ("What was said is a reason to ask about another illness: severe liver disease.",)


def test_a_settled_fact_is_not_prompted_any_more() -> None:
    assert checked({"conditions": ["K74", "severe-liver-disease"]}).warnings == ()


def test_a_report_says_how_many_facts_a_closed_topic_took_as_no(vocabulary: Vocabulary) -> None:
    report = checked({"skin": {"rest": "no"}, "conditions": {"yes": ["kidney-disease"], "rest": "no"}})
    conditions = vocabulary.topic_mask["conditions"].bit_count()
    assert [(one.topic, one.facts) for one in report.closed] == [
        ("conditions", conditions - 2),
        ("skin", vocabulary.topic_mask["skin"].bit_count()),
    ]
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
