"""Rules that nobody writes: allergies to what is in a remedy, warning signs, and the order in which rules act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from labels import ARTICLE, FROM_CLASS, GROWN, SIGNS, contains, labelled, rule, rules_on, seen

from remedies import Catalogue
from remedies.knowledge.clauses import Has
from remedies.knowledge.compiler import clause_bits
from remedies.knowledge.derived import rules_of

if TYPE_CHECKING:
    from remedies.knowledge.records import Remedy

SHIPPED = Catalogue.shipped()


def test_an_allergy_to_each_ingredient_and_excipient_excludes() -> None:
    of = labelled(ingredients=contains("alpha", "beta"), excipients=contains("base", sources=ARTICLE))
    assert [
        (key, one.origin, one.rule.effect, one.rule.because, [ref.source for ref in one.rule.sources])
        for key, one in rules_on(of).items()
    ] == [
        ("gel/allergy-alpha", "derived", "exclude", "It contains alpha.", ["label"]),
        ("gel/allergy-beta", "derived", "exclude", "It contains beta.", ["label"]),
        ("gel/allergy-base", "derived", "exclude", "It contains base.", ["article"]),
    ]
    for substance in ("alpha", "beta", "base"):
        assert seen(of, **GROWN, allergies=[substance])["gel"].verdict == "excluded"


def test_an_allergy_rule_stands_although_its_own_rules_exclude_the_whole_class() -> None:
    of = labelled(rules=[rule("class", {"allergy": "painkiller"})])
    assert list(rules_on(of)) == ["gel/class", "gel/allergy-alpha"]


def test_an_allergy_to_the_class_alone_leaves_the_ingredient_open() -> None:
    found = seen(labelled(), **GROWN, allergies=["painkiller"])["gel"]
    assert (found.verdict, found.ask) == ("undecided", ("alpha",))


def test_an_allergy_to_a_member_excludes_a_remedy_that_names_only_the_class() -> None:
    of = labelled(ingredients=contains("painkiller"))
    assert seen(of, **GROWN, allergies=["alpha"])["gel"].verdict == "excluded"


def test_catalogue_wide_rules_and_warning_signs_act_on_every_remedy() -> None:
    of = labelled(everywhere=[rule("pregnancy", {"pregnant": "any"}, "ask-doctor")], signs=SIGNS)
    for remedy in ("gel", "other"):
        *_, pregnancy, signs = rules_on(of, remedy).items()
        assert (pregnancy[0], pregnancy[1].origin) == ("catalogue/pregnancy", "catalogue")
        assert (signs[0], signs[1].origin, signs[1].rule.effect) == ("catalogue/signs", "catalogue", "ask-doctor")
        assert signs[1].rule.because == "A warning sign needs a doctor before any remedy."
        assert [ref.source for ref in signs[1].rule.sources] == ["article", "label"]


def test_any_warning_sign_asks_and_refers_the_urgent_ones_first() -> None:
    report = seen(labelled(signs=SIGNS), **GROWN, signs=["fever", "weakness"])
    assert {entry.verdict for entry in report.verdicts} == {"ask-doctor"}
    assert [(entry.sign, entry.urgency) for entry in report.refer] == [("weakness", "now"), ("fever", "soon")]


def test_a_catalogue_without_signs_has_no_rule_on_them() -> None:
    assert "catalogue/signs" not in rules_on(labelled())


def test_rules_come_from_the_remedy_outwards() -> None:
    of = labelled(
        dimensions=("breastfeeding",),
        cross=True,
        rules=[rule("asthma", {"condition": "asthma"})],
        substances=FROM_CLASS,
        label="class",
        label_note={"text": "No label was found.", "sources": ARTICLE},
        everywhere=[rule("pregnancy", {"pregnant": "any"})],
        signs=SIGNS,
    )
    assert list(rules_on(of)) == [
        "gel/asthma",
        "painkiller/sun",
        "painkiller/tablets",
        "gel/cross-allergy-beta",
        "gel/cross-allergy-gamma",
        "gel/allergy-alpha",
        "gel/silent-breastfeeding",
        "gel/no-own-label",
        "catalogue/pregnancy",
        "catalogue/signs",
    ]


@pytest.mark.parametrize("remedy", SHIPPED.remedies, ids=lambda remedy: remedy.id)
def test_every_shipped_remedy_excludes_allergies_to_all_that_is_in_it_and_asks_where_the_pack_decides(
    remedy: Remedy,
) -> None:
    found = {one.key: one.rule for one in SHIPPED.rules[remedy.id]}
    for ingredient in (*remedy.ingredients, *remedy.excipients):
        derived = found[f"{remedy.id}/allergy-{ingredient.substance}"]
        assert derived.when == Has(topic="allergies", fact=ingredient.substance)
        assert derived.effect == ("exclude" if ingredient.only_in is None else "ask-pharmacist")


def test_no_two_shipped_rules_share_a_name() -> None:
    named: dict[str, set[str]] = {}
    for rules in SHIPPED.rules.values():
        for one in rules:
            named.setdefault(one.key, set()).add(one.rule.model_dump_json())
    assert [key for key, forms in named.items() if len(forms) > 1] == []


@pytest.mark.parametrize("remedy", SHIPPED.remedies, ids=lambda remedy: remedy.id)
def test_the_rules_of_the_rulebook_are_those_that_are_derived_from_the_records(remedy: Remedy) -> None:
    """Which rules a rule replaces is said by the records alone."""
    bits = clause_bits(SHIPPED.file, SHIPPED.vocabulary)
    derived = [
        (one.key, one.origin, one.rule.model_copy(update={"replaces": ()}))
        for one in rules_of(remedy, SHIPPED.file, SHIPPED.sources, bits)
    ]
    assert [(one.key, one.origin, one.rule) for one in SHIPPED.rules_of(remedy.id)] == derived
    assert [(one.key, one.origin, one.rule) for one in SHIPPED.rules[remedy.id]] == derived
