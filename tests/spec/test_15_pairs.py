"""Two products on one area: never two with the same active substance, nor two of which a label bars one.

A second product that goes with the first is still not put on the same skin, and one that this person must not use at
all is refused beside any other.
"""

from __future__ import annotations

import pytest
from plans import asked, person, planned, refused

from remedies import PlanError

SHARED = "{} and {} share {}; two such remedies are never used together."


APART = "{} does not go with {} on the same skin: {}"


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (
            "fastum-gel",
            "ibuprofen-gel",
            SHARED.format("Fastum gel", "Ibuprofen gel", "anti-inflammatory painkillers, ibuprofen-type painkillers"),
        ),
        (
            "fastum-gel",
            "diclofenac-gel",
            SHARED.format("Fastum gel", "Diclofenac gel", "anti-inflammatory painkillers"),
        ),
        (
            "turpentine-oil",
            "turpentine-ointment",
            SHARED.format("Turpentine oil", "Turpentine ointment 20%", "essential oils, terpenes, turpentine"),
        ),
        (
            "finalgon",
            "chondroxide",
            APART.format(
                "Chondroxide ointment and gel 5%",
                "Finalgon ointment",
                "DMSO carries other substances through the skin; labels of DMSO gels want nothing else on that area.",
            ),
        ),
        (
            "dolobene",
            "nise-gel",
            APART.format(
                "Dolobene gel",
                "Nise gel",
                "DMSO carries other substances through the skin, so nothing else may be on that area.",
            ),
        ),
    ],
)
def test_two_remedies_that_must_not_meet_are_refused_with_the_reason(first: str, second: str, reason: str) -> None:
    made = refused(first, together=second)

    assert made.kind == "together"
    assert reason in made.because
    assert refused(second, together=first).kind == "together"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("apizartron", "finalgon"),
        ("apizartron", "camphor-oil"),
        ("finalgon", "camphor-oil"),
        ("viprosal-v", "finalgon"),
    ],
)
def test_a_warming_rub_is_refused_beside_a_remedy_with_a_rule_against_warming_rubs(first: str, second: str) -> None:
    assert refused(first, together=second).kind == "together"


def test_a_second_remedy_that_is_excluded_itself_is_refused_with_its_reason() -> None:
    kidneys = person(conditions={"yes": ["kidney-disease"]})
    made = refused("ibuprofen-gel", kidneys, together="turpentine-oil")

    assert made.kind == "together"
    why = "Russian labels bar it in kidney disease; turpentine can harm the kidneys."
    assert made.because == (f"Turpentine oil is excluded for this person. {why}",)


def test_a_remedy_beside_itself_is_an_error() -> None:
    with pytest.raises(PlanError) as caught:
        asked("fastum-gel", together="Фастум гель")

    assert str(caught.value) == "Fastum gel cannot be planned together with itself"


def test_two_remedies_that_may_meet_are_kept_on_different_skin() -> None:
    made = planned("ibuprofen-gel", together="turpentine-oil")

    assert made.warnings == (
        "Turpentine oil is not planned here: keep it off this area, one product at a time on one skin.",
    )
