"""Whose word counts: the product's own label first; what other products or tablets tell only fills in or asks.

A rule of a substance reaches every remedy that contains it. A remedy's own rule takes its place where it
is at least as strict; a laxer one must name the rule that it replaces. What is told of tablets, and a
cross reaction that no label names, never excludes: it asks.
"""

from __future__ import annotations

from typing import Any

import pytest
from labels import FROM_CLASS, GROWN, contains, labelled, rule, rules_on, seen

from remedies import Catalogue, CatalogueError

SHIPPED = Catalogue.shipped()


def test_a_cross_reaction_of_the_vocabulary_only_asks() -> None:
    of = labelled(cross=True)
    found = rules_on(of)["gel/cross-allergy-beta"]
    assert (found.origin, found.rule.effect) == ("derived", "ask-doctor")
    assert found.rule.because == "An allergy to beta can go together with one to alpha."
    assert [(ref.source, ref.section) for ref in found.rule.sources] == [("vocabulary", "general")]
    assert seen(of, **GROWN, allergies=["beta"])["gel"].verdict == "ask-doctor"


def test_a_cross_reaction_counts_from_either_side() -> None:
    of = labelled(cross=True)
    assert rules_on(of)["gel/cross-allergy-gamma"].rule.because == (
        "An allergy to gamma can go together with one to alpha."
    )
    assert rules_on(of, "other")["other/cross-allergy-alpha"].rule.because == (
        "An allergy to alpha can go together with one to beta."
    )


def test_an_excipient_brings_no_cross_reaction() -> None:
    of = labelled(cross=True, ingredients=contains("base"), excipients=contains("alpha"))
    assert list(rules_on(of)) == ["gel/allergy-base", "gel/allergy-alpha"]


@pytest.mark.parametrize("effect", ["exclude", "ask-doctor"])
def test_a_rule_of_its_own_stands_in_the_place_of_a_cross_reaction(effect: str) -> None:
    of = labelled(cross=True, rules=[rule("beta", {"allergy": "beta"}, effect)])
    assert list(rules_on(of)) == ["gel/beta", "gel/cross-allergy-gamma", "gel/allergy-alpha"]


def test_no_shipped_cross_reaction_of_the_vocabulary_excludes() -> None:
    derived = [one for rules in SHIPPED.rules.values() for one in rules if "/cross-allergy-" in one.key]
    assert {one.rule.effect for one in derived} == {"ask-doctor"}
    assert {ref.source for one in derived for ref in one.rule.sources} == {"vocabulary"}


def test_a_rule_of_a_class_reaches_every_remedy_with_a_member_of_it() -> None:
    of = labelled(substances=FROM_CLASS)
    assert list(rules_on(of)) == ["painkiller/sun", "painkiller/tablets", "gel/allergy-alpha"]
    assert {one.origin for key, one in rules_on(of).items() if key.startswith("painkiller")} == {"substance"}
    assert list(rules_on(of, "other")) == ["other/allergy-beta"]


def test_a_rule_of_a_substance_reaches_a_remedy_with_the_substance_as_an_excipient() -> None:
    of = labelled(substances=FROM_CLASS, ingredients=contains("base"), excipients=contains("alpha"))
    assert list(rules_on(of))[:2] == ["painkiller/sun", "painkiller/tablets"]


def test_a_rule_of_a_member_does_not_reach_a_remedy_that_names_only_the_class() -> None:
    from_class = [{"id": "alpha", "rules": [rule("sun", {"circumstance": "sun"})]}]
    assert list(rules_on(labelled(substances=from_class, ingredients=contains("painkiller")))) == [
        "gel/allergy-painkiller"
    ]


def test_a_replaced_rule_does_not_act() -> None:
    own = rule("mild-sun", {"circumstance": "sun"}, "ask-doctor", replaces=["painkiller/sun"])
    of = labelled(substances=FROM_CLASS, rules=[own])
    assert list(rules_on(of)) == ["gel/mild-sun", "painkiller/tablets", "gel/allergy-alpha"]
    assert seen(of, **GROWN, circumstances=["sun"])["gel"].verdict == "ask-doctor"


@pytest.mark.parametrize(
    ("own", "inherited", "superseded"),
    [
        ("exclude", "exclude", True),
        ("exclude", "ask-doctor", True),
        ("ask-doctor", "ask-doctor", True),
        ("ask-doctor", "exclude", False),
    ],
)
def test_a_rule_of_its_own_supersedes_an_inherited_one_that_is_not_stronger(
    own: str, inherited: str, *, superseded: bool
) -> None:
    from_class = [{"id": "painkiller", "rules": [rule("kidney", {"condition": "severe-kidney-disease"}, inherited)]}]
    of = labelled(substances=from_class, rules=[rule("kidney", {"condition": "kidney-disease"}, own)])
    assert ("painkiller/kidney" not in rules_on(of)) is superseded


def test_a_limit_of_age_that_ends_a_month_earlier_does_not_supersede_a_later_one() -> None:
    from_class = [{"id": "painkiller", "rules": [rule("age", {"age_below": {"years": 18, "months": 1}}, "ask-doctor")]}]
    assert "painkiller/age" in rules_on(labelled(substances=from_class, rules=[rule("young", {"age_below": 18})]))
    later = {"age_below": {"years": 18, "months": 1}}
    assert "painkiller/age" not in rules_on(labelled(substances=from_class, rules=[rule("young", later)]))


def test_a_narrower_rule_of_its_own_does_not_supersede_a_wider_one() -> None:
    from_class = [{"id": "painkiller", "rules": [rule("kidney", {"condition": "kidney-disease"}, "ask-doctor")]}]
    of = labelled(substances=from_class, rules=[rule("severe", {"condition": "severe-kidney-disease"})])
    assert list(rules_on(of)) == ["gel/severe", "painkiller/kidney", "gel/allergy-alpha"]


def test_several_rules_together_supersede_one() -> None:
    from_class = [{"id": "painkiller", "rules": [rule("both", {"any": [{"condition": "asthma"}, {"sign": "fever"}]})]}]
    own = [rule("asthma", {"condition": "asthma"}), rule("fever", {"sign": "fever"})]
    assert "painkiller/both" not in rules_on(labelled(substances=from_class, rules=own))
    assert "painkiller/both" in rules_on(labelled(substances=from_class, rules=own[:1]))


def test_a_conjunction_is_superseded_by_itself_or_by_one_of_its_parts() -> None:
    both = {"all": [{"condition": "asthma"}, {"circumstance": "sun"}]}
    from_class = [{"id": "painkiller", "rules": [rule("both", both, "ask-doctor")]}]
    assert "painkiller/both" not in rules_on(labelled(substances=from_class, rules=[rule("own", both)]))
    assert "painkiller/both" not in rules_on(
        labelled(substances=from_class, rules=[rule("own", {"condition": "asthma"})])
    )
    apart = {"all": [{"condition": "asthma"}, {"taking": "tablets"}]}
    assert "painkiller/both" in rules_on(labelled(substances=from_class, rules=[rule("own", apart)]))


def test_a_conjunction_supersedes_nothing_plain() -> None:
    both = {"all": [{"condition": "asthma"}, {"circumstance": "sun"}]}
    from_class = [{"id": "painkiller", "rules": [rule("asthma", {"condition": "asthma"}, "ask-doctor")]}]
    assert "painkiller/asthma" in rules_on(labelled(substances=from_class, rules=[rule("own", both)]))


@pytest.mark.parametrize("basis", ["own", "class"])
def test_a_label_of_the_product_or_of_one_with_the_same_substance_can_exclude_and_is_named(basis: str) -> None:
    of = labelled(rules=[rule("asthma", {"condition": "asthma"}, basis=basis)])
    found = seen(of, **GROWN, conditions=["asthma"])["gel"]
    assert (found.verdict, [(reason.rule, reason.basis) for reason in found.reasons]) == (
        "excluded",
        [("gel/asthma", basis)],
    )


def test_what_is_told_of_tablets_asks_and_says_so() -> None:
    of = labelled(rules=[rule("asthma", {"condition": "asthma"}, "ask-doctor", basis="systemic")])
    found = seen(of, **GROWN, conditions=["asthma"])["gel"]
    assert (found.verdict, [(reason.rule, reason.basis) for reason in found.reasons]) == (
        "ask-doctor",
        [("gel/asthma", "systemic")],
    )


STRICT = rule("asthma", {"condition": "asthma"}, basis="systemic")


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        ("remedies[0].rules[0]", {"rules": [STRICT]}),
        ("substances[0].rules[0]", {"substances": [{"id": "alpha", "rules": [STRICT]}]}),
        ("rules[0]", {"everywhere": [STRICT]}),
    ],
    ids=["the remedy", "a substance", "every remedy"],
)
def test_what_is_told_of_tablets_never_excludes_wherever_it_stands(place: str, parts: dict[str, Any]) -> None:
    with pytest.raises(CatalogueError) as caught:
        labelled(**parts)
    assert str(caught.value) == f"{place}: evidence from tablets or injections is never more than ask-doctor"


@pytest.mark.parametrize(
    "within",
    [{"ingredients": contains("alpha", "beta")}, {"ingredients": contains("alpha"), "excipients": contains("beta")}],
    ids=["as an ingredient", "as an excipient"],
)
def test_no_cross_reaction_is_told_of_what_is_itself_in_the_remedy(within: dict[str, Any]) -> None:
    of = labelled(cross=True, **within)
    assert list(rules_on(of)) == ["gel/cross-allergy-gamma", "gel/allergy-alpha", "gel/allergy-beta"]
    assert "balm/cross-allergy-beta" in rules_on(of, "balm")
    assert seen(of, **GROWN, allergies=["beta"])["gel"].verdict == "excluded"
    assert seen(of, **GROWN, allergies=["beta"])["balm"].verdict == "ask-doctor"


def test_a_rule_of_the_class_stands_in_the_place_of_a_cross_reaction() -> None:
    of = labelled(cross=True, substances=[{"id": "painkiller", "rules": [rule("beta", {"allergy": "beta"})]}])
    assert list(rules_on(of)) == ["painkiller/beta", "gel/cross-allergy-gamma", "gel/allergy-alpha"]
    assert seen(of, **GROWN, allergies=["beta"])["gel"].verdict == "excluded"


def test_a_laxer_rule_of_its_own_that_replaces_nothing_leaves_the_stricter_one_in_force() -> None:
    of = labelled(substances=FROM_CLASS, rules=[rule("mild-sun", {"circumstance": "sun"}, "ask-doctor")])
    assert list(rules_on(of)) == ["gel/mild-sun", "painkiller/sun", "painkiller/tablets", "gel/allergy-alpha"]
    assert seen(of, **GROWN, circumstances=["sun"])["gel"].verdict == "excluded"
