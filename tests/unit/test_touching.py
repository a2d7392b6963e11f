"""Which remedies one thing touches: what the table says agrees with a check of somebody of whom just that is so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support import a_fact, a_remedy, a_rule, small_catalogue

from remedies import ArgumentError, Catalogue, Patient, PatientError, UnknownWordError, check
from remedies.advice.touching import Touching, touching
from remedies.knowledge.topics import TOPICS

CATALOGUE = Catalogue.shipped()
FACTS = [entry.id for entry in CATALOGUE.vocabulary.entries]
GROWN_MAN = {"age": 34, "sex": "male"}


Verdicts = dict[str, tuple[str, bool]]
"""What is certain of every remedy, and whether more would be if more were known of the very thing."""


def verdicts(found: Touching) -> Verdicts:
    return {
        one.verdict.remedy: (one.verdict.verdict, any(part.kind == "finer" for part in one.apart))
        for one in found.remedies
    }


def checked(said: dict[str, Any], facts: tuple[str, ...] = ()) -> Verdicts:
    """Check somebody of whom some facts are so and every other one has been ruled out, by name."""
    vocabulary = CATALOGUE.vocabulary
    so = set(vocabulary.ids(vocabulary.spread_up(facts)))
    answers = {
        topic: {
            "yes": [fact for fact in facts if vocabulary[fact].topic == topic],
            "no": [entry.id for entry in vocabulary.entries if entry.topic == topic and entry.id not in so],
        }
        for topic in TOPICS
    }
    report = check(Patient.model_validate(said | answers), CATALOGUE)
    return {entry.remedy: (entry.at_least, entry.verdict == "undecided") for entry in report.verdicts}


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_touches_as_a_check_says_of_somebody_of_whom_it_alone_is_so(fact: str) -> None:
    start = {"allergies": "allergy to ", "medicines": "taking "}.get(CATALOGUE.vocabulary[fact].topic, "")

    found = touching(f"{start}{fact}", CATALOGUE)

    assert found.facts == (fact,)
    settled = {remedy: (verdict, False) for remedy, (verdict, _) in verdicts(found).items()}
    assert settled == checked(GROWN_MAN, (fact,))


@pytest.mark.parametrize(
    ("word", "said"),
    [
        *((f"age {age}", {"age": age, "sex": "male"}) for age in (2, 4, 5, 11, 12, 17, 18, 64, 65, 80)),
        ("11 лет", {"age": 11, "sex": "male"}),
        ("возраст 70", {"age": 70, "sex": "male"}),
        ("7 months", {"age": "7m", "sex": "male"}),
        ("27 weeks", {"age": 34, "pregnancy": "27 weeks", "breastfeeding": False}),
        ("2nd trimester", {"age": 34, "pregnancy": "2nd trimester", "breastfeeding": False}),
        ("35 недель", {"age": 34, "pregnancy": "35 weeks", "breastfeeding": False}),
        ("breastfeeding", {"age": 34, "sex": "female", "pregnancy": "no", "breastfeeding": True}),
        ("кормлю грудью", {"age": 34, "sex": "female", "pregnancy": "no", "breastfeeding": True}),
    ],
)
def test_an_age_a_time_of_pregnancy_and_breastfeeding_touch_as_a_check_says(word: str, said: dict[str, Any]) -> None:
    assert verdicts(touching(word, CATALOGUE)) == checked(said)


def test_a_pregnancy_of_which_no_more_is_said_touches_at_least_as_its_mildest_time() -> None:
    found = touching("беременность", CATALOGUE)
    assert found.facts == ("pregnancy",)
    by_name = {one.verdict.remedy: one for one in found.remedies}
    assert by_name["finalgon"].verdict.verdict == "excluded"
    diclofenac = by_name["diclofenac-gel"]
    assert diclofenac.verdict.verdict == "ask-doctor"
    assert {(one.kind, one.effect) for one in diclofenac.apart} == {("finer", "exclude")}


@pytest.mark.parametrize(
    ("word", "facts"),
    [
        ("asthma", ("asthma",)),
        ("Астма", ("asthma",)),
        ("J45.0", ("asthma",)),
        ("Eliquis", ("anticoagulants",)),
        ("takes aspirin", ("nsaids-systemic", "antiplatelets")),
        ("принимает варфарин", ("vitamin-k-antagonists",)),
        ("allergic to aspirin", ("aspirin",)),
        ("аллергия на камфору", ("camphor",)),
        ("fever", ("fever",)),
        ("eczema", ("eczema",)),
        ("taking paracetamol", ()),
    ],
)
def test_a_word_is_taken_for_what_it_means_where_it_is_at_home(word: str, facts: tuple[str, ...]) -> None:
    assert touching(word, CATALOGUE).facts == facts


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("aspirin", "'aspirin' may be an allergy or a medicine; write “allergy to aspirin” or “taking aspirin”"),
        (
            "penicillin",
            "'penicillin' may be an allergy or a medicine; write “allergy to penicillin” or “taking penicillin”",
        ),
        ("11", "'11' may be an age or a week; write “age 11” or “11 weeks pregnant”"),
        ("no asthma", "'no asthma' does not say that something is so; write the thing alone, such as asthma"),
        ("asthma?", "'asthma?' does not say that something is so; write the thing alone, such as asthma"),
        ("none", "'none' does not say that something is so; write the thing alone, such as asthma"),
    ],
)
def test_what_may_be_two_things_or_says_that_nothing_is_so_is_asked_back(word: str, message: str) -> None:
    with pytest.raises(PatientError) as error:
        touching(word, CATALOGUE)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("word", "hint"), [("astmma", " Did you mean asthma?"), ("xyzzy", " Try another word."), ("", " Try another word.")]
)
def test_a_word_that_is_not_understood_is_refused_with_what_may_have_been_meant(word: str, hint: str) -> None:
    with pytest.raises(UnknownWordError) as error:
        touching(word, CATALOGUE)
    assert str(error.value) == f"{word!r} is not known.{hint}"


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(ArgumentError):
        touching(11)  # type: ignore[arg-type]


# A small catalogue, in which every case is alone

SMALL = small_catalogue(
    [
        a_fact("heart"),
        a_fact("weak-heart", is_a=["heart"]),
        a_fact("polyps"),
        a_fact("substance", "allergies"),
    ],
    [
        a_remedy("untouched", [a_rule("other", {"condition": "polyps"})]),
        a_remedy("whole", [a_rule("whole", {"condition": "heart"}, "ask-doctor")]),
        a_remedy("finer", [a_rule("finer", {"condition": "weak-heart"})]),
        a_remedy(
            "both",
            [
                a_rule("mild", {"condition": "heart"}, "ask-pharmacist", cure="Look."),
                a_rule("joined", {"all": [{"condition": "heart"}, {"condition": "polyps"}]}),
            ],
        ),
        a_remedy(
            "strict",
            [a_rule("strict", {"condition": "heart"})],
        ),
    ],
)


def told(word: str) -> list[tuple[str, str, list[tuple[str, str, tuple[str, ...]]]]]:
    found = touching(word, SMALL, as_of=date(2026, 11, 22))
    return [
        (one.verdict.remedy, one.verdict.verdict, [(part.kind, part.effect, part.facts) for part in one.apart])
        for one in found.remedies
    ]


def test_rules_that_read_the_thing_decide_and_finer_or_joined_ones_are_said_apart() -> None:
    assert told("heart") == [
        ("strict", "excluded", []),
        ("whole", "ask-doctor", []),
        ("both", "ask-pharmacist", [("together", "exclude", ("polyps",))]),
        ("finer", "allowed", [("finer", "exclude", ("weak-heart",))]),
        ("untouched", "allowed", []),
    ]


def test_a_finer_thing_is_touched_by_what_reads_the_wider_one() -> None:
    assert [(name, verdict) for name, verdict, _ in told("weak-heart")] == [
        ("finer", "excluded"),
        ("strict", "excluded"),
        ("whole", "ask-doctor"),
        ("both", "ask-pharmacist"),
        ("untouched", "allowed"),
    ]


def test_what_was_found_is_data_that_comes_back_from_its_json() -> None:
    found = touching("asthma", CATALOGUE)
    assert Touching.model_validate_json(found.model_dump_json()) == found
