"""What the pack decides: ingredients of only some products, and mixtures of which a label says no more.

An allergy to what every product of a name contains excludes it. What only some of them contain is for a
pharmacist, who reads the pack; the cure is to take one without it. Where a label names only a mixture (perfume),
an allergy to the mixture excludes, and one to a part of it asks a doctor, since no pack tells; and whoever is
allergic to the mixture is asked where a remedy contains such a part by name.
"""

from __future__ import annotations

import pytest
from support import CITED, TODAY, Json, a_fact, a_remedy, small_catalogue

from remedies import Catalogue, CatalogueError, Patient, check
from remedies.core.errors import quoted

FACTS = [
    a_fact("perfume", "allergies", may_hold=["scented-oil", "balsam"]),
    a_fact("scented-oil", "allergies"),
    a_fact("lavender", "allergies", is_a=["scented-oil"]),
    a_fact("balsam", "allergies"),
    a_fact("preservative", "allergies"),
    a_fact("active", "allergies"),
]


def with_excipient(substance: str, **more: object) -> Catalogue:
    """Load a catalogue of one gel with an active substance and an excipient."""
    excipient = {"substance": substance, "sources": CITED, **more}
    return small_catalogue(FACTS, [a_remedy("gel", [], ("active",), excipients=[excipient])])


def judged(of: Catalogue, *allergies: str) -> tuple[str, list[tuple[str, str, str | None]]]:
    """Say the verdict for somebody with some allergies and no others, and why."""
    patient = Patient(age=34, sex="male", allergies={"yes": allergies, "rest": "no"})
    found = check(patient, of, as_of=TODAY)["gel"]
    return found.verdict, [(one.rule, one.because, one.cure) for one in found.reasons if one.holds == "yes"]


def test_an_allergy_to_what_every_product_contains_excludes() -> None:
    assert judged(with_excipient("preservative"), "preservative") == (
        "excluded",
        [("gel/allergy-preservative", "It contains preservative.", None)],
    )


def test_an_allergy_to_what_only_some_products_contain_asks_a_pharmacist_with_the_cure() -> None:
    assert judged(with_excipient("preservative", only_in="the cream"), "preservative") == (
        "ask-pharmacist",
        [
            (
                "gel/allergy-preservative",
                "Some products of this name contain preservative: the cream.",
                "Take one without it: read the composition on the pack.",
            )
        ],
    )


def test_an_active_substance_of_only_some_products_asks_as_well() -> None:
    active = {"substance": "active", "only_in": "the forte gel", "sources": CITED}
    of = small_catalogue(FACTS, [{**a_remedy("gel", []), "ingredients": [active]}])
    assert judged(of, "active")[0] == "ask-pharmacist"


@pytest.mark.parametrize("part", ["scented-oil", "lavender", "balsam"])
def test_where_the_label_names_only_a_mixture_a_part_of_it_asks_a_doctor(part: str) -> None:
    verdict, reasons = judged(with_excipient("perfume"), part)
    assert (verdict, [rule for rule, *_ in reasons]) == ("ask-doctor", ["gel/allergy-within-perfume"])
    assert reasons[0][1] == "It contains perfume, and the label does not say of what they are made."


def test_where_only_some_products_hold_the_mixture_a_part_of_it_asks_a_pharmacist() -> None:
    of = with_excipient("perfume", only_in="the cream")
    verdict, reasons = judged(of, "lavender")
    assert verdict == "ask-pharmacist"
    assert reasons[0][1] == (
        "Some products of this name contain perfume, and the label does not say of what they are made."
    )
    assert judged(of, "perfume")[0] == "ask-pharmacist"


def test_a_finer_mixture_may_hold_whatever_the_wider_one_may() -> None:
    facts = [*FACTS, a_fact("cologne", "allergies", is_a=["perfume"])]
    excipient = {"substance": "cologne", "sources": CITED}
    of = small_catalogue(facts, [a_remedy("gel", [], ("active",), excipients=[excipient])])
    assert judged(of, "balsam")[0] == "ask-doctor"


def test_what_only_some_products_contain_as_well_takes_nothing_back_of_a_mixture() -> None:
    """Lavender is in every gel, perfume in some: whoever is allergic to perfume still asks a doctor."""
    parts: list[Json] = [
        {"substance": "lavender", "sources": CITED},
        {"substance": "perfume", "only_in": "the cream", "sources": CITED},
    ]
    of = small_catalogue(FACTS, [a_remedy("gel", [], ("active",), excipients=parts)])
    assert judged(of, "perfume")[0] == "ask-doctor"


def test_a_relative_of_what_all_and_of_what_some_products_contain_asks_a_doctor() -> None:
    kin = [a_fact(name, "allergies", cross_reacts_with=["two"]) for name in ("one", "three")]
    parts = [
        {"substance": "one", "sources": CITED, "only_in": "the forte gel"},
        {"substance": "three", "sources": CITED},
    ]
    of = small_catalogue([*kin, a_fact("two", "allergies")], [{**a_remedy("gel", []), "ingredients": parts}])
    assert judged(of, "two")[0] == "ask-doctor"


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ({}, None, "ask-doctor"),
        ({"only_in": "the forte gel"}, None, "ask-pharmacist"),
        ({}, {"only_in": "the forte gel"}, "ask-doctor"),
        ({"only_in": "the forte gel"}, {}, "excluded"),
    ],
)
def test_a_relative_asks_whoever_its_substance_asks_and_what_some_products_contain_weakens_nothing(
    first: Json, second: Json | None, verdict: str
) -> None:
    facts = [a_fact("one", "allergies", cross_reacts_with=["two"]), a_fact("two", "allergies")]
    parts = [{"substance": "one", "sources": CITED, **first}]
    parts += [] if second is None else [{"substance": "two", "sources": CITED, **second}]
    of = small_catalogue(facts, [{**a_remedy("gel", []), "ingredients": parts}])
    assert judged(of, "two")[0] == verdict


def test_an_allergy_to_the_mixture_itself_excludes() -> None:
    assert judged(with_excipient("perfume"), "perfume")[0] == "excluded"


@pytest.mark.parametrize(("only_in", "verdict"), [(None, "ask-doctor"), ("the cream", "ask-pharmacist")])
def test_an_allergy_to_a_mixture_asks_where_a_part_of_it_is_contained_by_name(
    only_in: str | None, verdict: str
) -> None:
    found, reasons = judged(with_excipient("lavender", only_in=only_in), "perfume")
    assert (found, [rule for rule, *_ in reasons]) == (verdict, ["gel/cross-allergy-perfume"])
    assert reasons[0][1] == "An allergy to perfume can be one to lavender: if you know the substance, name it."


def test_what_is_in_every_product_decides_over_what_is_only_in_some() -> None:
    parts: list[Json] = [
        {"substance": "lavender", "only_in": "the cream", "sources": CITED},
        {"substance": "balsam", "sources": CITED},
    ]
    of = small_catalogue(FACTS, [a_remedy("gel", [], ("active",), excipients=parts)])
    verdict, reasons = judged(of, "perfume")
    assert verdict == "ask-doctor"
    assert reasons[0][1] == "An allergy to perfume can be one to balsam: if you know the substance, name it."


def test_somebody_allergic_to_nothing_in_it_is_allowed() -> None:
    assert judged(with_excipient("perfume"), "preservative")[0] == "allowed"
    assert judged(with_excipient("preservative"), "perfume", "lavender")[0] == "allowed"


def test_a_mixture_of_what_is_no_allergy_is_refused() -> None:
    facts = [
        a_fact("perfume", "allergies", may_hold=["illness", "nothing", "perfume"]),
        a_fact("illness", may_hold=["substance", "substance"]),
    ]
    with pytest.raises(CatalogueError) as refused:
        small_catalogue([*facts, a_fact("substance", "allergies")], [a_remedy("gel", [])])
    assert str(refused.value).splitlines() == [
        "facts[0].may_hold[0]: no allergy is called 'illness'",
        "facts[0].may_hold[1]: no allergy is called 'nothing'",
        "facts[0].may_hold[2]: perfume cannot be said of itself",
        "facts[1].may_hold: is said of allergies only",
        "facts[1].may_hold: names something twice",
    ]


def test_a_note_on_products_too_long_for_a_reason_is_refused_where_it_stands() -> None:
    with pytest.raises(CatalogueError) as refused:
        with_excipient("preservative", only_in="x" * 101)
    assert str(refused.value) == (
        f"remedies[0].excipients[0].only_in: must have at most 100 characters, not {quoted('x' * 101)}"
    )
