"""A rule looks at clauses: facts, age, pregnancy, breastfeeding, always; "all" and "any" join them as Kleene says.

No clause negates. Of two clauses one may imply the other: below 5 years implies below 12, the finer
fact implies the wider one.
"""

import pytest
from support import Json, a_fact, a_rule, holds, one_remedy

from remedies import Patient, check
from remedies.knowledge.clause_bits import ClauseBits
from remedies.knowledge.clauses import CLAUSE_KEYS, AgeBelow, AgeFrom, Has, Pregnant


@pytest.mark.parametrize(
    ("when", "said", "expected"),
    [
        ({"always": True}, {}, "yes"),
        ({"any": [{"age_below": 18}, {"breastfeeding": True}]}, {"age": 5}, "yes"),
        ({"any": [{"age_below": 18}, {"breastfeeding": True}]}, {"age": 34}, "unknown"),
        ({"any": [{"age_below": 18}, {"breastfeeding": True}]}, {"age": 34, "breastfeeding": False}, "no"),
        ({"all": [{"age_below": 18}, {"breastfeeding": True}]}, {"age": 34}, "no"),
        ({"all": [{"age_below": 18}, {"breastfeeding": True}]}, {"age": 15}, "unknown"),
        ({"all": [{"age_below": 18}, {"breastfeeding": True}]}, {"age": 15, "breastfeeding": True}, "yes"),
        (
            {"all": [{"any": [{"allergy": "substance"}, {"breastfeeding": True}]}, {"age_below": 18}]},
            {"age": 15, "breastfeeding": True},
            "yes",
        ),
        (
            {"any": [{"all": [{"allergy": "substance"}, {"age_below": 18}]}, {"breastfeeding": True}]},
            {"age": 34, "breastfeeding": False},
            "no",
        ),
    ],
)
def test_all_and_any_join_as_kleene_says(when: Json, said: Json, expected: str) -> None:
    assert holds(when, said) == expected


@pytest.mark.parametrize(
    ("key", "topic"),
    [
        ("condition", "conditions"),
        ("skin", "skin"),
        ("allergy", "allergies"),
        ("taking", "medicines"),
        ("circumstance", "circumstances"),
        ("sign", "signs"),
    ],
)
@pytest.mark.parametrize(("side", "expected"), [("yes", "yes"), ("no", "no"), ("other", "unknown")])
def test_a_clause_about_a_fact_holds_where_the_fact_is_so(key: str, topic: str, side: str, expected: str) -> None:
    small = one_remedy([a_rule("looked-at", {key: "it"})], (a_fact("it", topic), a_fact("another", topic)))
    said: Json = {topic: {"no": ["another"]} if side == "other" else {side: ["it"]}}
    (reason,) = (
        reason
        for reason in check(Patient(**said), small, all_rules=True)["gel"].reasons
        if reason.rule == "gel/looked-at"
    )
    assert (reason.holds, [(fact.fact, fact.value) for fact in reason.facts]) == (expected, [("it", expected)])


def test_no_kind_of_clause_negates() -> None:
    facts = {"condition", "skin", "allergy", "taking", "circumstance", "sign"}
    assert set(CLAUSE_KEYS) == facts | {"age_below", "age_from", "pregnant", "breastfeeding", "always", "all", "any"}


def implies(narrow: Json, wide: Json) -> bool:
    """Tell whether one clause implies another, where both stand in a catalogue of two facts."""
    read: dict[str, type[Has | AgeBelow | AgeFrom | Pregnant]] = {
        "age_below": AgeBelow,
        "age_from": AgeFrom,
        "pregnant": Pregnant,
        "condition": Has,
    }
    first, second = (read[next(iter(clause))].model_validate(clause) for clause in (narrow, wide))
    vocabulary = one_remedy([], (a_fact("wide"), a_fact("fine", is_a=["wide"]))).vocabulary
    return ClauseBits(vocabulary, [first, second]).implied(first, second)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ({"age_below": 5}, {"age_below": 12}),
        ({"age_below": {"years": 11, "months": 11}}, {"age_below": 12}),
        ({"age_from": 65}, {"age_from": 60}),
        ({"age_from": {"years": 60, "months": 1}}, {"age_from": 60}),
        ({"condition": "fine"}, {"condition": "wide"}),
        ({"pregnant": {"trimesters": [2]}}, {"pregnant": "any"}),
        ({"pregnant": {"trimesters": [3]}}, {"pregnant": {"from_week": 28}}),
        ({"pregnant": {"from_week": 28}}, {"pregnant": {"from_week": 20}}),
        ({"pregnant": {"trimesters": [1]}}, {"pregnant": {"trimesters": [1, 3]}}),
    ],
)
def test_the_narrower_clause_implies_the_wider_one_and_not_the_other_way_round(narrow: Json, wide: Json) -> None:
    assert implies(narrow, wide)
    assert implies(wide, narrow) == (narrow == {"pregnant": {"trimesters": [3]}})
