"""Silence is no permission: where no label speaks of something that matters, a doctor is asked.

Each dimension of the catalogue (age, pregnancy, a disease of an organ) must be spoken of by a remedy's
own rules, by those of a substance in it, or by a label that says that nothing stands against use. What
only a part is said of is still silent on the rest. Where there is no label at all, nothing is allowed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from labels import ARTICLE, DIMENSIONS, GROWN, LABEL, contains, labelled, rule, rules_on, seen

from remedies import Catalogue
from remedies.cli import main
from remedies.knowledge.catalogue import FILES
from remedies.knowledge.compiler import clause_bits

if TYPE_CHECKING:
    from support import Json

    from remedies.knowledge.records import Remedy

SHIPPED = Catalogue.shipped()
BITS = clause_bits(SHIPPED.file, SHIPPED.vocabulary)
DATA = Path(__file__).parents[2] / "data"


def test_a_silent_label_asks() -> None:
    of = labelled(dimensions=tuple(DIMENSIONS))
    silent = {key: one for key, one in rules_on(of).items() if "/silent-" in key}
    assert {key: one.rule.because for key, one in silent.items()} == {
        "gel/silent-age": "The labels on file say nothing about use under 18.",
        "gel/silent-third-trimester": "The labels on file say nothing about the third trimester of pregnancy.",
        "gel/silent-breastfeeding": "The labels on file say nothing about breastfeeding.",
        "gel/silent-kidney-disease": "The labels on file say nothing about kidney disease.",
    }
    assert {one.origin for one in silent.values()} == {"derived"}
    assert {key.removeprefix("gel/silent-"): one.rule.effect for key, one in silent.items()} == {
        "age": "ask-doctor",
        "third-trimester": "ask-doctor",
        "breastfeeding": "ask-doctor",
        "kidney-disease": "ask-pharmacist",
    }
    assert seen(of, **GROWN)["gel"].verdict == "allowed"
    assert seen(of, **GROWN, conditions=["mild-kidney-disease"])["gel"].verdict == "ask-pharmacist"


def test_silence_rests_on_the_labels_on_file_each_named_once() -> None:
    cited = [{"ref": name, "section": "pregnancy"} for name in ("article", "copy", "label")]
    of = labelled(dimensions=("breastfeeding",), rules=[rule("sun", {"circumstance": "sun"}, sources=cited)])
    found = rules_on(of)["gel/silent-breastfeeding"].rule.sources
    assert [(ref.source, ref.section) for ref in found] == [("copy", "general"), ("label", "general")]


def test_where_no_label_is_on_file_silence_rests_on_what_there_is() -> None:
    of = labelled(dimensions=("breastfeeding",), ingredients=contains("alpha", sources=ARTICLE))
    assert [ref.source for ref in rules_on(of)["gel/silent-breastfeeding"].rule.sources] == ["article"]


def test_a_label_that_speaks_of_the_severe_kind_only_is_partly_silent() -> None:
    of = labelled(dimensions=("kidney-disease",), rules=[rule("severe", {"condition": "severe-kidney-disease"})])
    found = rules_on(of)["gel/silent-kidney-disease"].rule
    assert found.because == "The labels on file speak only of some kinds of kidney disease."
    assert seen(of, **GROWN, conditions=["mild-kidney-disease"])["gel"].verdict == "ask-pharmacist"
    assert seen(of, **GROWN, conditions=["severe-kidney-disease"])["gel"].verdict == "excluded"


@pytest.mark.parametrize(
    ("limit", "said"), [(None, "say nothing about"), (65, None), (64, None), (66, "speak only of some kinds of")]
)
def test_a_label_speaks_of_old_age_wholly_only_where_its_rule_begins_as_early(
    monkeypatch: pytest.MonkeyPatch, limit: int | None, said: str | None
) -> None:
    monkeypatch.setitem(DIMENSIONS, "old-age", ("old age", {"age_from": 65}))
    rules = [rule("old", {"age_from": limit})] if limit else []
    found = rules_on(labelled(dimensions=("old-age",), rules=rules)).get("gel/silent-old-age")
    assert (found and found.rule.because) == (said and f"The labels on file {said} old age.")


def test_a_label_that_speaks_of_every_kind_but_not_of_the_whole_is_still_partly_silent() -> None:
    kinds = [rule(name, {"condition": name}) for name in ("severe-kidney-disease", "mild-kidney-disease")]
    assert "gel/silent-kidney-disease" in rules_on(labelled(dimensions=("kidney-disease",), rules=kinds))


@pytest.mark.parametrize(
    ("dimension", "when"),
    [
        ("kidney-disease", {"condition": "kidney-disease"}),
        ("kidney-disease", {"any": [{"condition": "asthma"}, {"condition": "kidney-disease"}]}),
        ("breastfeeding", {"breastfeeding": True}),
        ("third-trimester", {"pregnant": "any"}),
        ("third-trimester", {"pregnant": {"from_week": 20}}),
        ("age", {"age_below": 18}),
        ("age", {"age_below": 5}),
        ("age", {"age_below": {"years": 0, "months": 6}}),
    ],
)
@pytest.mark.parametrize("effect", ["exclude", "ask-doctor"])
def test_a_label_that_speaks_is_not_silent(dimension: str, when: Json, effect: str) -> None:
    of = labelled(dimensions=(dimension,), rules=[rule("spoken", when, effect)])
    assert list(rules_on(of)) == ["gel/spoken", "gel/allergy-alpha"]


@pytest.mark.parametrize(
    ("dimension", "when", "said"),
    [
        ("kidney-disease", {"condition": "asthma"}, "say nothing about"),
        ("kidney-disease", {"all": [{"condition": "kidney-disease"}, {"circumstance": "sun"}]}, "say nothing about"),
        ("third-trimester", {"pregnant": {"trimesters": [1, 2]}}, "say nothing about"),
        ("third-trimester", {"pregnant": {"from_week": 30}}, "speak only of some kinds of"),
    ],
)
def test_a_label_that_speaks_of_something_else_is_silent(dimension: str, when: Json, said: str) -> None:
    of = labelled(dimensions=(dimension,), rules=[rule("spoken", when)])
    because = rules_on(of)[f"gel/silent-{dimension}"].rule.because
    assert because == f"The labels on file {said} {DIMENSIONS[dimension][0]}."


def test_a_rule_of_the_substance_breaks_the_silence() -> None:
    from_class = [{"id": "painkiller", "rules": [rule("kidney", {"condition": "kidney-disease"}, "ask-doctor")]}]
    of = labelled(dimensions=("kidney-disease",), substances=from_class)
    assert list(rules_on(of)) == ["painkiller/kidney", "gel/allergy-alpha"]
    assert list(rules_on(of, "other")) == ["other/allergy-beta", "other/silent-kidney-disease"]


def test_a_catalogue_wide_rule_does_not_break_the_silence_of_the_labels() -> None:
    of = labelled(dimensions=("breastfeeding",), everywhere=[rule("milk", {"breastfeeding": True}, "ask-doctor")])
    assert list(rules_on(of)) == ["gel/allergy-alpha", "gel/silent-breastfeeding", "catalogue/milk"]


def test_an_explicit_no_restriction_is_not_silence() -> None:
    free = [{"dimension": "kidney-disease", "because": "It says so.", "sources": LABEL}]
    of = labelled(dimensions=("kidney-disease",), no_restriction=free)
    assert seen(of, **GROWN, conditions=["kidney-disease"])["gel"].verdict == "allowed"
    assert seen(of, **GROWN, conditions=["kidney-disease"])["other"].verdict == "ask-pharmacist"


@pytest.mark.parametrize(
    ("born", "verdict"), [("2008-11-23", "ask-doctor"), ("2008-11-22", "allowed"), ("2008", "undecided")]
)
def test_where_no_age_is_said_a_doctor_decides_below_eighteen(born: str, verdict: str) -> None:
    assert seen(labelled(dimensions=("age",)), born=born, sex="male")["gel"].verdict == verdict


@pytest.mark.parametrize("label", ["class", "none"])
def test_a_remedy_without_a_label_of_its_own_is_never_better_than_ask_doctor(label: str) -> None:
    note = {"text": "No label was found.", "sources": ARTICLE}
    ingredients = contains("alpha") if label == "class" else []
    of = labelled(label=label, label_note=note, ingredients=ingredients)
    found = rules_on(of)["gel/no-own-label"]
    assert (found.origin, found.rule.effect, found.rule.because) == ("derived", "ask-doctor", "No label was found.")
    assert [ref.source for ref in found.rule.sources] == ["article"]
    assert seen(of, **GROWN)["gel"].verdict == "ask-doctor"
    assert seen(of, **GROWN)["other"].verdict == "allowed"


def test_a_note_on_a_label_of_its_own_is_no_rule() -> None:
    of = labelled(label_note={"text": "Only a part could be read.", "sources": ARTICLE})
    assert seen(of, **GROWN)["gel"].verdict == "allowed"


LEFT_OUT = (
    "first-trimester, second-trimester, third-trimester, broken-skin, asthma, heart-disease, liver-disease, "
    "kidney-disease"
)


def test_a_catalogue_that_leaves_out_dimensions_says_which_in_every_report() -> None:
    of = labelled(dimensions=("age", "breastfeeding"))
    assert ", ".join(of.rulebook.left_out) == LEFT_OUT
    assert seen(of, **GROWN).warnings == (
        f"This catalogue does not say what holds where the labels are silent on {LEFT_OUT}: silence is no permission.",
    )


def test_a_catalogue_that_leaves_out_dimensions_is_told_so_when_it_is_linted(tmp_path: Path) -> None:
    own = [rule("asthma", {"condition": "asthma"}), rule("sun", {"circumstance": "sun"})]
    of = labelled(dimensions=("age", "breastfeeding"), rules=own)
    for name, content in zip(FILES, of._contents, strict=True):
        (tmp_path / name).write_bytes(content)
    file = str(tmp_path / "remedies.json")
    result = CliRunner().invoke(main, ["catalogue", "lint", file])
    assert result.exit_code == 0
    assert result.output == (
        f"{file}: no faults. 3 remedies with 2 rules of their own, 14 facts, 4 sources; version 2026.11.22.\n"
        f"Not a dimension of this catalogue, so that nothing is derived where labels are silent on it: {LEFT_OUT}.\n"
    )


def test_the_shipped_catalogue_leaves_nothing_out() -> None:
    assert tuple(SHIPPED.rulebook.left_out) == ()
    assert [dimension.id for dimension in SHIPPED.file.dimensions] == [
        "age",
        "first-trimester",
        "second-trimester",
        "third-trimester",
        "breastfeeding",
        "broken-skin",
        "asthma",
        "heart-disease",
        "liver-disease",
        "kidney-disease",
    ]
    assert seen(SHIPPED, **GROWN).warnings == ()
    result = CliRunner().invoke(main, ["catalogue", "lint", str(DATA / "remedies.json")])
    assert result.output.count("\n") == 1


@pytest.mark.parametrize("remedy", SHIPPED.remedies, ids=lambda remedy: remedy.id)
def test_every_shipped_remedy_speaks_to_every_dimension(remedy: Remedy) -> None:
    local = [one.rule.when for one in SHIPPED.rules[remedy.id] if one.origin != "catalogue"]
    free = {entry.dimension for entry in remedy.no_restriction}
    silent = [
        dimension.id
        for dimension in SHIPPED.file.dimensions
        if dimension.id not in free and BITS.speaks(local, dimension.when) != "wholly"
    ]
    assert silent == []
