"""Having the finer is having the wider, and not having the wider is not having the finer; nothing else follows.

A word or a code that is finer than any fact proves the fact and does not deny it. A fact cannot be
so and not so, neither directly nor through the hierarchy. A fact of one topic can imply one of another:
then that one is so as well, but its not being so does not rule out the first.
"""

import pytest
from support import a_fact, one_remedy

from remedies import CatalogueError, Patient, PatientError, check, verdicts
from remedies.checking.known import Known, known_of
from remedies.knowledge.vocabulary import Vocabulary


def known(vocabulary: Vocabulary, **said: object) -> Known:
    """Work out what is known of a patient."""
    found = known_of(Patient.model_validate(said), vocabulary)
    assert found.faults == ()
    return found


def test_having_the_finer_is_having_the_wider(vocabulary: Vocabulary) -> None:
    found = known(vocabulary, conditions=["chronic-heart-failure"])
    assert vocabulary.ids(found.yes) == ["heart-disease", "heart-failure", "chronic-heart-failure"]
    assert found.no == 0


def test_not_having_the_wider_is_not_having_the_finer(vocabulary: Vocabulary) -> None:
    found = known(vocabulary, conditions={"no": ["heart-disease"]})
    assert vocabulary.ids(found.no) == [
        "heart-disease",
        "heart-failure",
        "chronic-heart-failure",
        "ischaemic-heart-disease",
        "angina",
        "arrhythmia",
    ]
    assert found.yes == 0


def test_having_the_wider_or_not_having_the_finer_settles_nothing_else(vocabulary: Vocabulary) -> None:
    found = known(vocabulary, conditions={"yes": ["heart-disease"], "no": ["heart-failure"]})
    assert vocabulary.ids(found.yes) == ["heart-disease"]
    assert vocabulary.ids(found.no) == ["heart-failure", "chronic-heart-failure"]


@pytest.mark.parametrize("word", ["J45.0", "allergic asthma"])
def test_denying_something_narrower_than_a_fact_is_noted_and_rules_nothing_out(
    vocabulary: Vocabulary, word: str
) -> None:
    found = known(vocabulary, conditions={"no": [word]})
    assert found.no == 0
    assert found.notes == (f"'{word}' under “no” is narrower than any fact here, so it rules nothing out.",)


def test_denying_a_code_that_is_exactly_a_fact_denies_the_fact(vocabulary: Vocabulary) -> None:
    found = known(vocabulary, conditions={"no": ["E05"]}, medicines={"no": ["B01AA"]})
    assert vocabulary.ids(found.no) == ["hyperthyroidism", "vitamin-k-antagonists"]
    assert found.notes == ()


def test_the_hierarchy_goes_through_every_step(vocabulary: Vocabulary) -> None:
    assert vocabulary.is_a("chronic-heart-failure", "heart-disease")
    assert not vocabulary.is_a("heart-disease", "chronic-heart-failure")
    assert vocabulary.wider("chronic-heart-failure") == ["heart-disease", "heart-failure"]
    assert vocabulary.finer("liver-disease") == ["severe-liver-disease"]
    assert vocabulary.wider("aspirin-sensitive-asthma") == ["asthma", "nsaid-respiratory-reaction"]


ASTHMA_BOTH = ["conditions: asthma (asthma) is given both as yes and as no"]


@pytest.mark.parametrize(
    ("conditions", "messages"),
    [
        ({"yes": ["asthma"], "no": ["asthma"]}, ASTHMA_BOTH),
        ({"yes": ["астма"], "no": ["asthma"]}, ASTHMA_BOTH),
        ({"yes": ["астма"], "no": ["бронхиальная астма"]}, ASTHMA_BOTH),
        ({"yes": ["J45.0"], "no": ["asthma"]}, ASTHMA_BOTH),
        (
            {"yes": ["heart-failure"], "no": ["heart-disease"]},
            [
                "conditions: heart-disease (heart disease) is given both as yes and as no",
                "conditions: heart-failure (heart failure) is given both as yes and as no",
            ],
        ),
        (
            {"yes": ["сердечная недостаточность"], "no": ["heart-disease"]},
            [
                "conditions: heart-disease (heart disease) is given both as yes and as no",
                "conditions: heart-failure (heart failure) is given both as yes and as no",
            ],
        ),
        ({"yes": ["no asthma", "астма"]}, ASTHMA_BOTH),
        (
            {"yes": ["chronic-heart-failure"], "no": ["heart-failure"]},
            [
                "conditions: heart-failure (heart failure) is given both as yes and as no",
                "conditions: chronic-heart-failure (long-lasting heart failure) is given both as yes and as no",
            ],
        ),
    ],
)
def test_a_fact_cannot_be_both_so_and_not_so(conditions: dict[str, list[str]], messages: list[str]) -> None:
    """Named are the facts that were meant, in whatever words; what is so only through them is not."""
    patient = Patient(conditions=conditions)
    for judge in (check, verdicts):
        with pytest.raises(PatientError) as refused:
            judge(patient)
        assert str(refused.value).splitlines() == messages
        assert {(fault.path, fault.kind) for fault in refused.value.faults} == {("conditions", "contradiction")}


def test_having_the_wider_fact_without_the_finer_one_is_no_contradiction(vocabulary: Vocabulary) -> None:
    found = known(vocabulary, conditions={"yes": ["heart-disease"], "no": ["heart-failure"]})
    assert vocabulary.ids(found.yes & found.no) == []


def test_denying_a_kind_of_a_fact_does_not_contradict_it(vocabulary: Vocabulary) -> None:
    found = known(vocabulary, conditions={"yes": ["asthma"], "no": ["J45.0"]})
    assert (vocabulary.ids(found.yes), found.no) == (["asthma"], 0)


TREATED = (
    a_fact("diabetes"),
    a_fact("treated", is_a=["diabetes"]),
    a_fact("insulin", "medicines", implies=["treated"]),
    a_fact("fast-insulin", "medicines", is_a=["insulin"]),
)
"""Insulin is not diabetes; whoever uses it has diabetes that is treated."""


def test_what_a_fact_implies_is_so_with_everything_that_it_is() -> None:
    small = one_remedy([], TREATED).vocabulary
    found = known(small, medicines=["fast-insulin"])
    assert small.ids(found.yes) == ["diabetes", "treated", "insulin", "fast-insulin"]
    assert found.no == 0


def test_not_having_what_is_implied_does_not_rule_out_what_implies_it() -> None:
    small = one_remedy([], TREATED).vocabulary
    found = known(small, conditions={"no": ["diabetes"]})
    assert small.ids(found.no) == ["diabetes", "treated"]
    assert small.ids(known(small, medicines={"no": ["insulin"]}).no) == ["insulin", "fast-insulin"]


def test_what_implies_a_fact_that_is_denied_contradicts_it_across_topics() -> None:
    small = one_remedy([], TREATED)
    with pytest.raises(PatientError) as refused:
        check(Patient(conditions={"no": ["diabetes"]}, medicines=["fast-insulin"]), small)
    assert str(refused.value) == "conditions: diabetes (diabetes) is given both as yes and as no"


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        (
            (a_fact("one"), a_fact("two", implies=["one"])),
            "facts[2].implies[0]: one belongs to the same topic; say is_a",
        ),
        ((a_fact("one", implies=["none"]),), "facts[1].implies[0]: no fact is called 'none'"),
        (
            (a_fact("one", implies=["pill"]), a_fact("pill", "medicines", implies=["one"])),
            "\n".join(
                f"facts[{place}].is_a: {name} is its own kind of thing: the hierarchy runs in a circle"
                for place, name in ((1, "one"), (2, "pill"))
            ),
        ),
    ],
)
def test_a_fact_implies_only_facts_of_other_topics_and_never_itself(
    facts: tuple[dict[str, object], ...], message: str
) -> None:
    with pytest.raises(CatalogueError) as refused:
        one_remedy([], facts)
    assert str(refused.value) == message
