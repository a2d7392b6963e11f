"""Rules that nobody writes: allergies, silence, missing labels, and what is inherited or left out."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from remedies import Catalogue, Patient, check
from remedies.knowledge.derived import Coverage, rules_of
from remedies.knowledge.clauses import AgeBelow, Allergy, Condition

if TYPE_CHECKING:
    from remedies.knowledge.derived import ActiveRule
    from remedies.knowledge.records import Remedy
    from remedies.checking.report import Report

Document = dict[str, Any]
Rules = dict[str, "ActiveRule"]

TODAY = date(2026, 11, 22)
LABEL = [{"ref": "label", "section": "composition"}]
ARTICLE = [{"ref": "article", "section": "general"}]

TOPICS = {
    "asthma": "conditions",
    "kidney-disease": "conditions",
    "severe-kidney-disease": "conditions",
    "mild-kidney-disease": "conditions",
    "open-wound": "skin",
    "painkiller": "allergies",
    "alpha": "allergies",
    "beta": "allergies",
    "gamma": "allergies",
    "base": "allergies",
    "tablets": "medicines",
    "sun": "circumstances",
    "fever": "signs",
    "weakness": "signs",
}
PARENTS = {
    "severe-kidney-disease": ["kidney-disease"],
    "mild-kidney-disease": ["kidney-disease"],
    "alpha": ["painkiller"],
}
CROSS = {"alpha": ["beta"], "gamma": ["alpha"]}
DIMENSIONS = {
    "age": ("use under 18", {"age_below": 18}),
    "third-trimester": ("the third trimester of pregnancy", {"pregnant": {"trimesters": [3]}}),
    "breastfeeding": ("breastfeeding", {"breastfeeding": True}),
    "kidney-disease": ("kidney disease", {"condition": "kidney-disease"}),
}


def rule(name: str, when: Document, effect: str = "exclude", **more: object) -> Document:
    return {"id": name, "when": when, "effect": effect, "because": "So it says.", "sources": LABEL, **more}


def contains(*substances: str, sources: object = LABEL) -> list[Document]:
    return [{"substance": substance, "sources": sources} for substance in substances]


def catalogue(*, dimensions: tuple[str, ...] = (), cross: bool = False, **parts: Any) -> Catalogue:
    """Make a catalogue with one remedy of substance alpha; parts of remedy and catalogue can be given."""
    facts = [
        {
            "id": name,
            "topic": topic,
            "label": name.replace("-", " "),
            "question": f"Any {name}?",
            "is_a": PARENTS.get(name, []),
            "cross_reacts_with": CROSS.get(name, []) if cross else [],
        }
        for name, topic in TOPICS.items()
    ]
    source = {"title": "T", "publisher": "P", "country": "RU", "year": 2020, "url": None, "read": "2026-11-22"}
    grades = {"label": "label", "copy": "label-copy", "article": "article", "vocabulary": "reference"}
    remedy: Document = {
        "id": "gel",
        "name": "Gel",
        "form": "gel",
        "what": "A gel.",
        "label": "own",
        "reviewed": "2026-11-22",
    }
    remedy["ingredients"] = contains("alpha")
    keys = ("ingredients", "excipients", "rules", "no_restriction", "label", "label_note")
    remedy |= {key: parts.pop(key) for key in keys if key in parts}
    other = {**remedy, "id": "other", "name": "Other", "ingredients": contains("beta"), "rules": [], "label": "own"}
    common = {"times_per_day": {"min": 2, "max": 3, "sources": ARTICLE}, "max_days": {"days": 5, "sources": ARTICLE}}
    file = {
        "version": "2026.11.22",
        "disclaimer": "Not medical advice.",
        "common": common,
        "dimensions": [{"id": name, "label": DIMENSIONS[name][0], "when": DIMENSIONS[name][1]} for name in dimensions],
        "signs": parts.pop("signs", []),
        "rules": parts.pop("everywhere", []),
        "substances": parts.pop("substances", []),
        "remedies": [
            remedy,
            {key: value for key, value in other.items() if key not in {"excipients", "no_restriction"}},
        ],
    }
    assert parts == {}
    sources = {"sources": {name: {**source, "grade": grade} for name, grade in grades.items()}}
    documents = (file, {"facts": facts}, sources)
    remedies, fact_file, source_file = (json.dumps(document).encode() for document in documents)
    return Catalogue((remedies, fact_file, source_file))


def rules(of: Catalogue, remedy: str = "gel") -> Rules:
    found = {active.key: active for active in of.rules[remedy]}
    assert len(found) == len(of.rules[remedy])
    return found


def seen(of: Catalogue, **said: object) -> Report:
    patient = Patient.model_validate({"nothing_else": True, **said}, context={"vocabulary": of.vocabulary})
    return check(patient, of, as_of=TODAY)


GROWN = {"age": 34, "sex": "male"}


def test_an_allergy_to_each_ingredient_and_excipient_excludes() -> None:
    of = catalogue(ingredients=contains("alpha", "beta"), excipients=contains("base", sources=ARTICLE))
    assert [
        (key, one.origin, one.rule.effect, one.rule.because, [ref.ref for ref in one.rule.sources])
        for key, one in rules(of).items()
    ] == [
        ("gel/allergy-alpha", "derived", "exclude", "It contains alpha.", ["label"]),
        ("gel/allergy-beta", "derived", "exclude", "It contains beta.", ["label"]),
        ("gel/allergy-base", "derived", "exclude", "It contains base.", ["article"]),
    ]
    for substance in ("alpha", "beta", "base"):
        assert seen(of, **GROWN, allergies=[substance])["gel"].verdict == "excluded"


def test_an_allergy_rule_stands_although_its_own_rules_exclude_the_whole_class() -> None:
    of = catalogue(rules=[rule("class", {"allergy": "painkiller"})])
    assert list(rules(of)) == ["gel/class", "gel/allergy-alpha"]


def test_an_allergy_to_the_class_alone_leaves_the_ingredient_open() -> None:
    found = seen(catalogue(), **GROWN, allergies=["painkiller"])["gel"]
    assert (found.verdict, found.ask) == ("undecided", ("alpha",))


def test_an_allergy_to_a_member_excludes_a_remedy_that_names_only_the_class() -> None:
    of = catalogue(ingredients=contains("painkiller"))
    assert seen(of, **GROWN, allergies=["alpha"])["gel"].verdict == "excluded"


def test_a_cross_reaction_of_the_vocabulary_only_asks() -> None:
    of = catalogue(cross=True)
    found = rules(of)["gel/cross-allergy-beta"]
    assert (found.origin, found.rule.effect) == ("derived", "ask-doctor")
    assert found.rule.because == "An allergy to beta can go together with one to alpha."
    assert [(ref.ref, ref.section) for ref in found.rule.sources] == [("vocabulary", "general")]
    assert seen(of, **GROWN, allergies=["beta"])["gel"].verdict == "ask-doctor"


def test_a_cross_reaction_counts_from_either_side() -> None:
    of = catalogue(cross=True)
    assert rules(of)["gel/cross-allergy-gamma"].rule.because == (
        "An allergy to gamma can go together with one to alpha."
    )
    assert rules(of, "other")["other/cross-allergy-alpha"].rule.because == (
        "An allergy to alpha can go together with one to beta."
    )


def test_a_substance_that_is_in_the_remedy_needs_no_cross_reaction() -> None:
    of = catalogue(cross=True, ingredients=contains("alpha", "beta"))
    assert list(rules(of)) == ["gel/cross-allergy-gamma", "gel/allergy-alpha", "gel/allergy-beta"]


def test_an_excipient_brings_no_cross_reaction() -> None:
    of = catalogue(cross=True, ingredients=contains("base"), excipients=contains("alpha"))
    assert list(rules(of)) == ["gel/allergy-base", "gel/allergy-alpha"]


@pytest.mark.parametrize("effect", ["exclude", "ask-doctor"])
def test_a_rule_of_its_own_stands_in_the_place_of_a_cross_reaction(effect: str) -> None:
    of = catalogue(cross=True, rules=[rule("beta", {"allergy": "beta"}, effect)])
    assert list(rules(of)) == ["gel/beta", "gel/cross-allergy-gamma", "gel/allergy-alpha"]


def test_a_silent_label_asks() -> None:
    of = catalogue(dimensions=tuple(DIMENSIONS))
    silent = {key: one for key, one in rules(of).items() if "/silent-" in key}
    assert {key: one.rule.because for key, one in silent.items()} == {
        "gel/silent-age": "The labels on file say nothing about use under 18.",
        "gel/silent-third-trimester": "The labels on file say nothing about the third trimester of pregnancy.",
        "gel/silent-breastfeeding": "The labels on file say nothing about breastfeeding.",
        "gel/silent-kidney-disease": "The labels on file say nothing about kidney disease.",
    }
    assert {(one.origin, one.rule.effect) for one in silent.values()} == {("derived", "ask-doctor")}
    assert seen(of, **GROWN)["gel"].verdict == "allowed"
    assert seen(of, **GROWN, conditions=["mild-kidney-disease"])["gel"].verdict == "ask-doctor"


def test_silence_rests_on_the_labels_on_file_each_named_once() -> None:
    cited = [{"ref": name, "section": "pregnancy"} for name in ("article", "copy", "label")]
    of = catalogue(dimensions=("breastfeeding",), rules=[rule("sun", {"circumstance": "sun"}, sources=cited)])
    found = rules(of)["gel/silent-breastfeeding"].rule.sources
    assert [(ref.ref, ref.section) for ref in found] == [("copy", "general"), ("label", "general")]


def test_where_no_label_is_on_file_silence_rests_on_what_there_is() -> None:
    of = catalogue(dimensions=("breastfeeding",), ingredients=contains("alpha", sources=ARTICLE))
    assert [ref.ref for ref in rules(of)["gel/silent-breastfeeding"].rule.sources] == ["article"]


def test_a_label_that_speaks_of_the_severe_kind_only_is_partly_silent() -> None:
    of = catalogue(dimensions=("kidney-disease",), rules=[rule("severe", {"condition": "severe-kidney-disease"})])
    found = rules(of)["gel/silent-kidney-disease"].rule
    assert found.because == "The labels on file speak only of some kinds of kidney disease."
    assert seen(of, **GROWN, conditions=["mild-kidney-disease"])["gel"].verdict == "ask-doctor"
    assert seen(of, **GROWN, conditions=["severe-kidney-disease"])["gel"].verdict == "excluded"


def test_a_label_that_speaks_of_every_kind_but_not_of_the_whole_is_still_partly_silent() -> None:
    kinds = [rule(name, {"condition": name}) for name in ("severe-kidney-disease", "mild-kidney-disease")]
    assert "gel/silent-kidney-disease" in rules(catalogue(dimensions=("kidney-disease",), rules=kinds))


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
def test_a_label_that_speaks_is_not_silent(dimension: str, when: Document, effect: str) -> None:
    of = catalogue(dimensions=(dimension,), rules=[rule("spoken", when, effect)])
    assert list(rules(of)) == ["gel/spoken", "gel/allergy-alpha"]


@pytest.mark.parametrize(
    ("dimension", "when", "said"),
    [
        ("kidney-disease", {"condition": "asthma"}, "say nothing about"),
        ("kidney-disease", {"all": [{"condition": "kidney-disease"}, {"circumstance": "sun"}]}, "say nothing about"),
        ("third-trimester", {"pregnant": {"trimesters": [1, 2]}}, "say nothing about"),
        ("third-trimester", {"pregnant": {"from_week": 30}}, "speak only of some kinds of"),
    ],
)
def test_a_label_that_speaks_of_something_else_is_silent(dimension: str, when: Document, said: str) -> None:
    of = catalogue(dimensions=(dimension,), rules=[rule("spoken", when)])
    because = rules(of)[f"gel/silent-{dimension}"].rule.because
    assert because == f"The labels on file {said} {DIMENSIONS[dimension][0]}."


def test_a_rule_of_the_substance_breaks_the_silence() -> None:
    from_class = [{"id": "painkiller", "rules": [rule("kidney", {"condition": "kidney-disease"}, "ask-doctor")]}]
    of = catalogue(dimensions=("kidney-disease",), substances=from_class)
    assert list(rules(of)) == ["painkiller/kidney", "gel/allergy-alpha"]
    assert list(rules(of, "other")) == ["other/allergy-beta", "other/silent-kidney-disease"]


def test_a_catalogue_wide_rule_does_not_break_the_silence_of_the_labels() -> None:
    of = catalogue(dimensions=("breastfeeding",), everywhere=[rule("milk", {"breastfeeding": True}, "ask-doctor")])
    assert list(rules(of)) == ["gel/allergy-alpha", "gel/silent-breastfeeding", "catalogue/milk"]


def test_an_explicit_no_restriction_is_not_silence() -> None:
    free = [{"dimension": "kidney-disease", "because": "It says so.", "sources": LABEL}]
    of = catalogue(dimensions=("kidney-disease",), no_restriction=free)
    assert seen(of, **GROWN, conditions=["kidney-disease"])["gel"].verdict == "allowed"
    assert seen(of, **GROWN, conditions=["kidney-disease"])["other"].verdict == "ask-doctor"


@pytest.mark.parametrize(
    ("born", "verdict"), [("2008-11-23", "ask-doctor"), ("2008-11-22", "allowed"), ("2008", "undecided")]
)
def test_where_no_age_is_said_a_doctor_decides_below_eighteen(born: str, verdict: str) -> None:
    assert seen(catalogue(dimensions=("age",)), born=born, sex="male")["gel"].verdict == verdict


@pytest.mark.parametrize("label", ["class", "none"])
def test_a_remedy_without_a_label_of_its_own_is_never_better_than_ask_doctor(label: str) -> None:
    note = {"text": "No label was found.", "sources": ARTICLE}
    ingredients = contains("alpha") if label == "class" else []
    of = catalogue(label=label, label_note=note, ingredients=ingredients)
    found = rules(of)["gel/no-own-label"]
    assert (found.origin, found.rule.effect, found.rule.because) == ("derived", "ask-doctor", "No label was found.")
    assert [ref.ref for ref in found.rule.sources] == ["article"]
    assert seen(of, **GROWN)["gel"].verdict == "ask-doctor"
    assert seen(of, **GROWN)["other"].verdict == "allowed"


def test_a_note_on_a_label_of_its_own_is_no_rule() -> None:
    of = catalogue(label_note={"text": "Only a part could be read.", "sources": ARTICLE})
    assert seen(of, **GROWN)["gel"].verdict == "allowed"


FROM_CLASS = [
    {"id": "painkiller", "rules": [rule("sun", {"circumstance": "sun"}), rule("tablets", {"taking": "tablets"})]}
]


def test_a_rule_of_a_class_reaches_every_remedy_with_a_member_of_it() -> None:
    of = catalogue(substances=FROM_CLASS)
    assert list(rules(of)) == ["painkiller/sun", "painkiller/tablets", "gel/allergy-alpha"]
    assert {one.origin for key, one in rules(of).items() if key.startswith("painkiller")} == {"substance"}
    assert list(rules(of, "other")) == ["other/allergy-beta"]


def test_a_rule_of_a_substance_reaches_a_remedy_with_the_substance_as_an_excipient() -> None:
    of = catalogue(substances=FROM_CLASS, ingredients=contains("base"), excipients=contains("alpha"))
    assert list(rules(of))[:2] == ["painkiller/sun", "painkiller/tablets"]


def test_a_rule_of_a_member_does_not_reach_a_remedy_that_names_only_the_class() -> None:
    from_class = [{"id": "alpha", "rules": [rule("sun", {"circumstance": "sun"})]}]
    assert list(rules(catalogue(substances=from_class, ingredients=contains("painkiller")))) == [
        "gel/allergy-painkiller"
    ]


def test_a_replaced_rule_does_not_act() -> None:
    own = rule("mild-sun", {"circumstance": "sun"}, "ask-doctor", replaces=["painkiller/sun"])
    of = catalogue(substances=FROM_CLASS, rules=[own])
    assert list(rules(of)) == ["gel/mild-sun", "painkiller/tablets", "gel/allergy-alpha"]
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
    of = catalogue(substances=from_class, rules=[rule("kidney", {"condition": "kidney-disease"}, own)])
    assert ("painkiller/kidney" not in rules(of)) is superseded


def test_a_narrower_rule_of_its_own_does_not_supersede_a_wider_one() -> None:
    from_class = [{"id": "painkiller", "rules": [rule("kidney", {"condition": "kidney-disease"}, "ask-doctor")]}]
    of = catalogue(substances=from_class, rules=[rule("severe", {"condition": "severe-kidney-disease"})])
    assert list(rules(of)) == ["gel/severe", "painkiller/kidney", "gel/allergy-alpha"]


def test_several_rules_together_supersede_one() -> None:
    from_class = [{"id": "painkiller", "rules": [rule("both", {"any": [{"condition": "asthma"}, {"sign": "fever"}]})]}]
    own = [rule("asthma", {"condition": "asthma"}), rule("fever", {"sign": "fever"})]
    assert "painkiller/both" not in rules(catalogue(substances=from_class, rules=own))
    assert "painkiller/both" in rules(catalogue(substances=from_class, rules=own[:1]))


def test_a_conjunction_is_superseded_by_itself_or_by_one_of_its_parts() -> None:
    both = {"all": [{"condition": "asthma"}, {"circumstance": "sun"}]}
    from_class = [{"id": "painkiller", "rules": [rule("both", both, "ask-doctor")]}]
    assert "painkiller/both" not in rules(catalogue(substances=from_class, rules=[rule("own", both)]))
    assert "painkiller/both" not in rules(
        catalogue(substances=from_class, rules=[rule("own", {"condition": "asthma"})])
    )
    apart = {"all": [{"condition": "asthma"}, {"taking": "tablets"}]}
    assert "painkiller/both" in rules(catalogue(substances=from_class, rules=[rule("own", apart)]))


def test_a_conjunction_supersedes_nothing_plain() -> None:
    both = {"all": [{"condition": "asthma"}, {"circumstance": "sun"}]}
    from_class = [{"id": "painkiller", "rules": [rule("asthma", {"condition": "asthma"}, "ask-doctor")]}]
    assert "painkiller/asthma" in rules(catalogue(substances=from_class, rules=[rule("own", both)]))


SIGNS = [
    {"sign": "fever", "urgency": "soon", "because": "It may be an infection.", "sources": ARTICLE},
    {"sign": "weakness", "urgency": "now", "because": "It may be a nerve.", "sources": [*ARTICLE, *LABEL]},
]


def test_catalogue_wide_rules_and_warning_signs_act_on_every_remedy() -> None:
    of = catalogue(everywhere=[rule("pregnancy", {"pregnant": "any"}, "ask-doctor")], signs=SIGNS)
    for remedy in ("gel", "other"):
        *_, pregnancy, signs = rules(of, remedy).items()
        assert (pregnancy[0], pregnancy[1].origin) == ("catalogue/pregnancy", "catalogue")
        assert (signs[0], signs[1].origin, signs[1].rule.effect) == ("catalogue/signs", "catalogue", "ask-doctor")
        assert signs[1].rule.because == "A warning sign needs a doctor before any remedy."
        assert [ref.ref for ref in signs[1].rule.sources] == ["article", "label"]


def test_any_warning_sign_asks_and_refers_the_urgent_ones_first() -> None:
    report = seen(catalogue(signs=SIGNS), **GROWN, signs=["fever", "weakness"])
    assert {entry.verdict for entry in report.verdicts} == {"ask-doctor"}
    assert [(entry.sign, entry.urgency) for entry in report.refer] == [("weakness", "now"), ("fever", "soon")]


def test_a_catalogue_without_signs_has_no_rule_on_them() -> None:
    assert "catalogue/signs" not in rules(catalogue())


def test_rules_come_from_the_remedy_outwards() -> None:
    of = catalogue(
        dimensions=("breastfeeding",),
        cross=True,
        rules=[rule("asthma", {"condition": "asthma"})],
        substances=FROM_CLASS,
        label="class",
        label_note={"text": "No label was found.", "sources": ARTICLE},
        everywhere=[rule("pregnancy", {"pregnant": "any"})],
        signs=SIGNS,
    )
    assert list(rules(of)) == [
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


SHIPPED = Catalogue.shipped()


@pytest.mark.parametrize("remedy", SHIPPED.remedies, ids=lambda remedy: remedy.id)
def test_every_shipped_remedy_excludes_allergies_to_all_that_is_in_it(remedy: Remedy) -> None:
    found = {one.key: one.rule for one in SHIPPED.rules[remedy.id]}
    for substance in remedy.substances:
        derived = found[f"{remedy.id}/allergy-{substance}"]
        assert (derived.effect, derived.when) == ("exclude", Allergy(allergy=substance))


@pytest.mark.parametrize("remedy", SHIPPED.remedies, ids=lambda remedy: remedy.id)
def test_every_shipped_remedy_speaks_to_every_dimension(remedy: Remedy) -> None:
    coverage = Coverage(SHIPPED.vocabulary)
    local = [one.rule.when for one in SHIPPED.rules[remedy.id] if one.origin != "catalogue"]
    free = {entry.dimension for entry in remedy.no_restriction}
    silent = [
        dimension.id
        for dimension in SHIPPED.file.dimensions
        if dimension.id not in free and coverage.speaks(local, dimension.when) != "wholly"
    ]
    assert silent == []


def test_no_shipped_cross_reaction_of_the_vocabulary_excludes() -> None:
    derived = [one for rules in SHIPPED.rules.values() for one in rules if "/cross-allergy-" in one.key]
    assert {one.rule.effect for one in derived} == {"ask-doctor"}
    assert {ref.ref for one in derived for ref in one.rule.sources} == {"vocabulary"}


def test_no_two_shipped_rules_share_a_name() -> None:
    named: dict[str, set[str]] = {}
    for rules in SHIPPED.rules.values():
        for one in rules:
            named.setdefault(one.key, set()).add(one.rule.model_dump_json())
    assert [key for key, forms in named.items() if len(forms) > 1] == []


def test_rules_can_be_collected_for_one_remedy_alone() -> None:
    coverage = Coverage(SHIPPED.vocabulary)
    for remedy in SHIPPED.remedies[:3]:
        found = rules_of(remedy, SHIPPED.file, SHIPPED.vocabulary, SHIPPED.sources, coverage)
        assert found == SHIPPED.rules[remedy.id]


def test_an_age_limit_covers_the_months_below_it_and_no_more() -> None:
    coverage = Coverage(SHIPPED.vocabulary)
    five, six = (AgeBelow.model_validate({"age_below": years}) for years in (5, 6))
    assert coverage.implied(five, six)
    assert not coverage.implied(six, five)


def test_a_fact_covers_its_kinds() -> None:
    coverage = Coverage(SHIPPED.vocabulary)
    wide, fine = (Condition(condition=name) for name in ("heart-disease", "chronic-heart-failure"))
    assert coverage.implied(fine, wide)
    assert not coverage.implied(wide, fine)
