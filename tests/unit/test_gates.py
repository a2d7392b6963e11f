"""Plain questions before the lists: what each covers, and which of them are refused."""

from __future__ import annotations

from typing import Any

import pytest
from support import a_fact, a_remedy, a_rule, small_catalogue

from remedies import Catalogue, CatalogueError
from remedies.knowledge.catalogue import checksum
from remedies.knowledge.layout import laid_out
from remedies.knowledge.rulebook import read_dump
from remedies.knowledge.topics import TOPICS

SHIPPED = Catalogue.shipped()
FACTS = [
    a_fact("asthma"),
    a_fact("heart-disease"),
    a_fact("heart-failure", is_a=["heart-disease"]),
    a_fact("substance", "allergies"),
    a_fact("fever", "signs"),
    a_fact("sauna", "circumstances"),
]


def a_gate(name: str, *facts: str, **more: object) -> dict[str, Any]:
    return {"id": name, "topic": "conditions", "title": name, "text": "Any?", "which": "Which?", "facts": facts, **more}


def loaded(*gates: dict[str, Any]) -> Catalogue:
    remedies = [a_remedy("gel", [a_rule("one", {"condition": "asthma"})])]
    return small_catalogue(FACTS, remedies, gates=list(gates))


def faults(*gates: dict[str, Any]) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        loaded(*gates)
    return [str(fault) for fault in caught.value.faults]


ILLNESS = a_gate("illness", "asthma", "heart-disease")
ALLERGY = a_gate("allergy", "substance", topic="allergies")


def test_a_catalogue_may_have_none_or_cover_everything() -> None:
    assert loaded().rulebook.gates == ()
    assert [gate.id for gate in loaded(ILLNESS, ALLERGY).rulebook.gates] == ["illness", "allergy"]


@pytest.mark.parametrize(
    ("gates", "messages"),
    [
        ([ILLNESS], ["facts[3].id: no plain question under gates covers substance"]),
        ([a_gate("illness", "asthma"), ALLERGY], ["facts[1].id: no plain question under gates covers heart-disease"]),
        (
            [a_gate("illness", "asthma", "heart-disease", "heart-failure"), ALLERGY],
            ["gates[0].facts[2]: heart-failure is covered with heart-disease, which is wider; name that"],
        ),
        ([ILLNESS, ALLERGY, a_gate("lungs", "asthma")], ["gates[2].facts[0]: asthma is covered by illness already"]),
        (
            [a_gate("illness", "asthma", "heart-disease", "asthma"), ALLERGY],
            ["gates[0].facts[2]: asthma is covered by illness already"],
        ),
        (
            [a_gate("illness", "asthma", "heart-disease", "gout", "fever", "sauna"), ALLERGY],
            [
                "gates[0].facts[2]: no fact is called 'gout'",
                "gates[0].facts[3]: fever is a warning sign, which is asked outright",
                "gates[0].facts[4]: sauna is a circumstance, which is asked outright",
            ],
        ),
        ([ILLNESS, ALLERGY | {"id": "illness"}], ["gates[1].id: illness is the id of another question"]),
        ([ILLNESS | {"id": "person"}, ALLERGY], ["gates[0].id: person is the id of another question"]),
        ([ILLNESS | {"id": "illness-list"}, ALLERGY], ["gates[0].id: illness-list is the id of another question"]),
        ([ILLNESS | {"id": "illness-2"}, ALLERGY], ["gates[0].id: illness-2 is the id of another question"]),
        ([a_gate("illness")], ["gates[0].facts: needs at least 1"]),
    ],
)
def test_what_no_plain_question_can_be_is_refused(gates: list[dict[str, Any]], messages: list[str]) -> None:
    assert faults(*gates) == messages


def test_every_widest_fact_of_the_shipped_lists_is_covered_by_one_plain_question() -> None:
    covered = [fact for gate in SHIPPED.rulebook.gates for fact in gate.facts]
    widest = [fact.id for fact in SHIPPED.facts if not fact.is_a and fact.topic not in {"signs", "circumstances"}]

    assert sorted(covered) == sorted(widest)


@pytest.mark.parametrize(
    ("gate", "fact", "words"),
    [
        ("illness", "alcohol-dependence", "drinking a lot of alcohol"),
        ("illness", "multiple-joints", "several sore ones"),
        ("illness", "acute-arthritis", "a hot joint"),
        ("illness", "bleeding", "now: a cold or other infection, bleeding"),
        ("illness", "infection-systemic", "a cold or other infection"),
        ("illness", "dehydration", "dehydration"),
        ("illness", "cachexia", "great weight loss"),
        ("illness", "venous-disease", "veins"),
        ("illness", "blood-disorder", "the blood or its clotting (in the past too)"),
        ("reactions", "photosensitivity-history", "sunlight"),
        ("reactions", "nsaid-respiratory-reaction", "aspirin or another painkiller"),
        ("reactions", "atopy", "allergies that come easily"),
        ("reactions", "uv-filter", "a sun cream"),
        ("reactions", "venoms", "sting"),
        ("reactions", "colophony", "plaster"),
        ("skin", "sensitive-skin", "very sensitive skin"),
        ("skin", "tumour", "a lump"),
        ("medicines", "any-other-topical-same-site", "any cream, gel, rub, plaster or antiseptic on the skin"),
        ("medicines", "sunscreens-used", "sunscreen or a cosmetic on the skin to be treated"),
        ("medicines", "topical-antiseptics", "antiseptic"),
    ],
)
def test_the_words_of_a_plain_question_cover_its_facts(gate: str, fact: str, words: str) -> None:
    one = next(one for one in SHIPPED.rulebook.gates if one.id == gate)

    assert fact in one.facts
    assert words in " ".join((one.text, *one.lines))


def test_plain_questions_go_through_the_compiled_rulebook() -> None:
    again = read_dump(SHIPPED.dump().encode(), checksum(SHIPPED._contents))

    assert again is not None
    assert [gate._asdict() | {"facts": [*gate.facts], "lines": [*gate.lines]} for gate in again.gates] == [
        gate._asdict() | {"facts": [*gate.facts], "lines": [*gate.lines]} for gate in SHIPPED.rulebook.gates
    ]


def test_a_plain_question_belongs_to_a_list_that_there_is() -> None:
    assert faults(ILLNESS | {"topic": "lungs"}, ALLERGY)[0].startswith("gates[0].topic: must be one of 'conditions'")
    assert {gate.topic for gate in SHIPPED.rulebook.gates} <= {*TOPICS}


def test_plain_questions_have_one_layout() -> None:
    document: Any = {"gates": [dict(reversed(ILLNESS.items()))], "facts": FACTS}
    written = laid_out(document)

    assert written.index('"facts"') < written.index('"gates"')
    assert written.index('"title"') < written.index('"text"') < written.index('"which"')
