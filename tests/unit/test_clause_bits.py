"""Which clauses imply which others, and which can hold of somebody; written as a catalogue writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter

from remedies import Catalogue
from remedies.knowledge.clause_bits import ClauseBits
from remedies.knowledge.clauses import Clause

if TYPE_CHECKING:
    from support import Json

CLAUSE: TypeAdapter[Clause] = TypeAdapter(Clause)

FIVE = {"age_below": 5}
EIGHTEEN = {"age_below": 18}
A_MONTH_LATER = {"age_below": {"years": 18, "months": 1}}
ASTHMA = {"condition": "asthma"}
WIDE, FINE = {"condition": "heart-disease"}, {"condition": "chronic-heart-failure"}
PREGNANT, LATE = {"pregnant": "any"}, {"pregnant": {"trimesters": [3]}}
MILK = {"breastfeeding": True}
ALWAYS = {"always": True}


def implied(clause: Json, *others: Json) -> bool:
    one, *more = (CLAUSE.validate_python(written) for written in (clause, *others))
    return ClauseBits(Catalogue.shipped().vocabulary, [one, *more]).implied(one, *more)


def possible(clause: Json) -> bool:
    one = CLAUSE.validate_python(clause)
    return ClauseBits(Catalogue.shipped().vocabulary, [one]).possible(one)


IMPLIED = [
    (FIVE, EIGHTEEN),
    (EIGHTEEN, A_MONTH_LATER),
    ({"age_below": {"years": 1, "months": 6}}, {"age_below": {"years": 1, "months": 7}}),
    (FINE, WIDE),
    (LATE, PREGNANT),
    ({"pregnant": {"from_week": 29}}, LATE),
    (LATE, {"pregnant": {"from_week": 27}}),
    (MILK, ALWAYS),
    ({"all": [ASTHMA, FIVE]}, ASTHMA),
    ({"all": [ASTHMA, FIVE]}, EIGHTEEN),
    ({"all": [ASTHMA, FIVE, MILK]}, {"all": [FIVE, ASTHMA]}),
    (ASTHMA, {"any": [FIVE, ASTHMA]}),
    ({"all": [MILK, {"any": [ASTHMA, FINE]}]}, {"any": [ASTHMA, WIDE]}),
]
"""The first holds only where the second does, and not the other way round."""


@pytest.mark.parametrize(("clause", "wider"), IMPLIED, ids=str)
def test_a_clause_implies_a_wider_one_and_not_the_other_way_round(clause: Json, wider: Json) -> None:
    assert implied(clause, wider)
    assert not implied(wider, clause)


def test_week_28_and_later_is_the_third_trimester() -> None:
    assert implied(LATE, {"pregnant": {"from_week": 28}})
    assert implied({"pregnant": {"from_week": 28}}, LATE)


@pytest.mark.parametrize("clause", [FIVE, EIGHTEEN, ASTHMA, FINE, LATE, MILK, ALWAYS, {"all": [ASTHMA, FIVE]}], ids=str)
def test_a_clause_implies_itself_and_nothing_implies_nothing(clause: Json) -> None:
    assert implied(clause, clause)
    assert not implied(clause)


@pytest.mark.parametrize(
    ("clause", "other"),
    [(ASTHMA, WIDE), (ASTHMA, FIVE), (PREGNANT, MILK), ({"any": [ASTHMA, FINE]}, WIDE), (ALWAYS, ASTHMA)],
    ids=str,
)
def test_clauses_on_different_things_do_not_imply_each_other(clause: Json, other: Json) -> None:
    assert not implied(clause, other)


def test_each_alternative_may_be_implied_by_another_clause() -> None:
    assert implied({"any": [ASTHMA, FINE]}, WIDE, ASTHMA)
    assert not implied({"any": [ASTHMA, FINE]}, WIDE, MILK)


def test_windows_that_cover_a_wider_one_together_do_not_imply_it() -> None:
    thirds = [{"pregnant": {"trimesters": [number]}} for number in (1, 2, 3)]
    assert not implied(PREGNANT, *thirds)
    assert implied(PREGNANT, {"pregnant": {"trimesters": [3, 1, 2]}})


@pytest.mark.parametrize(
    "clause",
    [
        {"all": [FIVE, ASTHMA]},
        {"all": [FIVE, {"age_below": 2}]},
        {"all": [PREGNANT, EIGHTEEN]},
        {"all": [PREGNANT, {"age_below": {"years": 10, "months": 1}}]},
        {"all": [MILK, {"age_below": {"years": 10, "months": 1}}]},
        {"all": [PREGNANT, MILK]},
        {"all": [LATE, {"pregnant": {"from_week": 44}}]},
        {"all": [{"pregnant": {"trimesters": [1, 2]}}, {"pregnant": {"from_week": 27}}]},
        {"age_below": {"years": 0, "months": 1}},
        {"any": [{"age_below": 0}, ASTHMA]},
        ALWAYS,
    ],
    ids=str,
)
def test_a_clause_that_somebody_can_meet_is_possible(clause: Json) -> None:
    assert possible(clause)


@pytest.mark.parametrize(
    "clause",
    [
        {"age_below": 0},
        {"all": [ASTHMA, {"age_below": 0}]},
        {"any": [{"age_below": 0}, {"all": [PREGNANT, FIVE]}]},
        {"all": [PREGNANT, {"age_below": 10}]},
        {"all": [MILK, {"age_below": 10}]},
        {"all": [LATE, {"pregnant": {"trimesters": [1, 2]}}]},
        {"all": [{"pregnant": {"trimesters": [1, 2]}}, {"pregnant": {"from_week": 28}}]},
    ],
    ids=str,
)
def test_a_clause_that_nobody_can_meet_is_not_possible(clause: Json) -> None:
    assert not possible(clause)
