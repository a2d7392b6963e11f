"""Strict loading and lint: every kind of fault, with its whole message and its path."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from remedies import Catalogue, CatalogueError, Patient, check
from remedies.core.model import Frozen
from remedies.knowledge.catalogue import FILES, checksum
from remedies.knowledge.contents import Contents
from remedies.knowledge.reading import read_strictly
from remedies.knowledge.records import Records
from remedies.knowledge.rulebook import read_dump
from remedies.knowledge.trusted import TrustedRecords

Document = dict[str, Any]

FACT_KINDS, OTHER_KINDS = "condition, skin, allergy, taking, circumstance, sign", "breastfeeding, always, all, any"
KINDS = f"{FACT_KINDS}, age_below, age_from, pregnant, {OTHER_KINDS}"
ONE_KEY = f"must be an object with exactly one of the keys {KINDS}"
NEVER = "can never hold of anybody"
DATA = Path(__file__).parents[2] / "data"
WHEN = "remedies[0].rules[0].when"
DOSES = "remedies[1].usage.doses"
REFS = ["label: general"]
TIMES = {"min": 2, "max": 3, "sources": REFS}
NOTE = {"text": "No label was found.", "sources": REFS}


def rule(name: str, when: object, effect: str = "exclude", **more: object) -> Document:
    return {"id": name, "when": when, "effect": effect, "because": "So it says.", "sources": REFS, **more}


def remedy(name: str, **more: object) -> Document:
    plain = {"id": name, "name": name.title(), "form": "gel", "what": "A gel.", "label": "own"}
    ingredients = [{"substance": "ketoprofen", "sources": REFS}]
    return {**plain, "reviewed": "2026-11-22", "ingredients": ingredients, **more}


def fact(name: str, topic: str, **more: object) -> Document:
    return {"id": name, "topic": topic, "label": name.replace("-", " "), "question": f"Any {name}?", **more}


def source(grade: str) -> Document:
    plain = {"title": "A leaflet", "publisher": "A maker", "country": "RU", "year": 2020}
    return {**plain, "url": "https://example.org/leaflet", "read": "2026-11-22", "grade": grade}


FACTS: Document = {
    "facts": [
        fact("asthma", "conditions"),
        fact("heart-disease", "conditions"),
        fact("heart-failure", "conditions", is_a=["heart-disease"]),
        fact("open-wound", "skin"),
        fact("nsaid", "allergies"),
        fact("ketoprofen", "allergies", is_a=["nsaid"]),
        fact("fenofibrate", "allergies"),
        fact("nsaid-tablets", "medicines"),
        fact("fever", "signs"),
    ]
}
SOURCES: Document = {
    "sources": {"label": source("label"), "leaflet": source("label-copy"), "vocabulary": source("reference")}
}
CATALOGUE: Document = {
    "version": "2026.11.22",
    "disclaimer": "Not medical advice.",
    "common": {"times_per_day": TIMES, "max_days": {"days": 5, "sources": REFS}},
    "dimensions": [
        {"id": "age", "label": "use under 18", "when": {"age_below": 18}},
        {"id": "asthma", "label": "asthma", "when": {"condition": "asthma"}},
    ],
    "signs": [{"sign": "fever", "urgency": "soon", "because": "It points to an infection.", "sources": REFS}],
    "rules": [],
    "substances": [{"id": "nsaid", "rules": [rule("tablets", {"taking": "nsaid-tablets"}, "ask-doctor")]}],
    "remedies": [
        remedy("first", rules=[rule("asthma", {"condition": "asthma"})]),
        remedy("second", usage={"doses": [{"below_age": 12, "times_per_day": TIMES}, {"from_age": 12}]}),
    ],
}

REMOVED = object()


def changed(document: Document, *changes: tuple[str, object]) -> Document:
    """Copy a document with other values at some paths; an index one past the end appends."""
    copy = deepcopy(document)
    for path, value in changes:
        steps = [int(number) if number else key for number, key in re.findall(r"\[(\d+)\]|([^.\[\]]+)", path)]
        place: Any = copy
        for step in steps[:-1]:
            place = place[step]
        if value is REMOVED:
            del place[steps[-1]]
        elif isinstance(place, list) and steps[-1] == len(place):
            place.append(deepcopy(value))
        else:
            place[steps[-1]] = deepcopy(value)
    return copy


def content(document: Document | bytes) -> bytes:
    return document if isinstance(document, bytes) else json.dumps(document, ensure_ascii=False).encode()


def load(
    catalogue: Document | bytes = CATALOGUE, facts: Document | bytes = FACTS, sources: Document | bytes = SOURCES
) -> Catalogue:
    found = Catalogue((content(catalogue), content(facts), content(sources)))
    assert found.rulebook.version == found.version
    return found


def faults(
    catalogue: Document | bytes = CATALOGUE, facts: Document | bytes = FACTS, sources: Document | bytes = SOURCES
) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load(catalogue, facts, sources)
    found = [str(fault) for fault in caught.value.faults]
    assert str(caught.value) == "\n".join(found)
    return found


def test_the_catalogue_that_the_faults_are_put_into_has_none() -> None:
    assert [one.id for one in load().remedies] == ["first", "second"]


PAIR = [{"condition": "asthma"}, {"sign": "fever"}]
CLAUSES: list[tuple[object, list[str]]] = [
    ({"condition": "astma"}, [".condition: no fact of the topic conditions is called 'astma'. Did you mean asthma?"]),
    ({"condition": "fever"}, [".condition: no fact of the topic conditions is called 'fever'."]),
    ({"skin": "open-wond"}, [".skin: no fact of the topic skin is called 'open-wond'. Did you mean open-wound?"]),
    ({"allergy": "asthma"}, [".allergy: no fact of the topic allergies is called 'asthma'."]),
    (
        {"taking": "nsaid-gels"},
        [".taking: no fact of the topic medicines is called 'nsaid-gels'. Did you mean nsaid-tablets?"],
    ),
    ({"circumstance": "sun"}, [".circumstance: no fact of the topic circumstances is called 'sun'."]),
    ({"sign": "fevre"}, [".sign: no fact of the topic signs is called 'fevre'. Did you mean fever?"]),
    ({"condition": 3}, [".condition: must be a text, not 3"]),
    ({}, [f": {ONE_KEY}"]),
    ({"condition": "asthma", "skin": "open-wound"}, [f": {ONE_KEY}"]),
    ({"not": {"condition": "asthma"}}, [f": {ONE_KEY}"]),
    (["asthma"], [f": {ONE_KEY}"]),
    ("asthma", [f": {ONE_KEY}, not 'asthma'"]),
    ({"any": []}, [".any: needs at least 2"]),
    ({"all": [{"condition": "asthma"}]}, [".all: needs at least 2"]),
    (
        {"any": [{"sign": "fever"}, {"all": [{"condition": "asthma"}, {"skin": "wound"}]}]},
        [".any[1].all[1].skin: no fact of the topic skin is called 'wound'. Did you mean open-wound?"],
    ),
    (
        {"any": [{"condition": "asthma"}, {"sign": "fever"}, {"all": [{"skin": 3}, *PAIR, {}]}]},
        [".any[2].all[0].skin: must be a text, not 3", f".any[2].all[3]: {ONE_KEY}"],
    ),
    ({"age_below": "five"}, [".age_below: must be an object, not 'five'"]),
    ({"age_below": -1}, [".age_below.years: must be greater than or equal to 0, not -1"]),
    ({"age_below": 121}, [".age_below.years: must be less than or equal to 120, not 121"]),
    (
        {"age_below": {"years": 2, "months": 12}},
        [".age_below.months: must be less than or equal to 11, not 12"],
    ),
    ({"age_below": 0}, [f": {NEVER}"]),
    ({"age_below": {"years": 0, "months": 0}}, [f": {NEVER}"]),
    ({"all": [{"pregnant": {"trimesters": [1]}}, {"pregnant": {"trimesters": [2, 3]}}]}, [f": {NEVER}"]),
    ({"all": [{"pregnant": {"trimesters": [1, 2]}}, {"pregnant": {"from_week": 28}}]}, [f": {NEVER}"]),
    ({"all": [{"pregnant": "any"}, {"age_below": 10}]}, [f": {NEVER}"]),
    ({"all": [{"age_below": {"years": 9, "months": 11}}, {"breastfeeding": True}]}, [f": {NEVER}"]),
    ({"any": [{"age_below": 0}, {"all": [{"pregnant": "any"}, {"age_below": 5}]}]}, [f": {NEVER}"]),
    ({"any": [{"condition": "asthma"}, {"age_below": 0}]}, [f".any[1]: {NEVER}"]),
    (
        {"all": [{"condition": "asthma"}, {"any": [{"sign": "fever"}, {"age_below": 0}]}]},
        [f".all[1].any[1]: {NEVER}"],
    ),
]


@pytest.mark.parametrize(("clause", "expected"), CLAUSES, ids=[json.dumps(clause) for clause, _ in CLAUSES])
def test_a_clause_that_makes_no_sense_is_refused(clause: object, expected: list[str]) -> None:
    assert faults(changed(CATALOGUE, (WHEN, clause))) == [f"{WHEN}{message}" for message in expected]


def test_pregnancy_from_the_age_of_ten_is_possible() -> None:
    clause = {"all": [{"pregnant": "any"}, {"age_below": {"years": 10, "months": 1}}]}
    assert load(changed(CATALOGUE, (WHEN, clause))).remedies


def test_a_trimester_that_does_not_exist_is_one_fault() -> None:
    assert faults(changed(CATALOGUE, (WHEN, {"pregnant": {"trimesters": [4]}}))) == [
        f'{WHEN}.pregnant: must be "any", {{"trimesters": [1, 2, 3]}} or {{"from_week": 0 to 44}}'
    ]


def test_a_word_that_is_no_time_of_pregnancy_is_one_fault() -> None:
    (found,) = faults(changed(CATALOGUE, (WHEN, {"pregnant": "always"})))
    assert found.startswith(f"{WHEN}.pregnant: must be")


FIRST = "remedies[0].rules[0]"
SECOND = "remedies[0].rules[1]"
SHADOWED = "can never decide anything: whenever it holds, {} holds and is at least as strong"
CITATION = (
    'must be "source: section", where section is one of general, indications, composition, contraindications, '
    "precautions, children, pregnancy, breastfeeding, interactions, dosage, side-effects, storage"
)
GRADES = "'article', 'label', 'label-copy', 'regulator', 'reference', 'study' or 'secondary'"
TOPICS = "'conditions', 'skin', 'allergies', 'medicines', 'circumstances' or 'signs'"
NO_ALLERGY = "no fact of the topic allergies is called"
TOO_LONG = f"must have at most 200 characters, not '{'x' * 58}…"
SPOKEN = "says that nothing stands against use,"
ATC_PATTERN = r"^[A-Z]\d\d[A-Z]{2}\d\d$|^[A-Z]\d\d[A-Z]{1,2}$"
ID_PATTERN = "is not written as it must be (^[a-z0-9]+(-[a-z0-9]+)*$)"


def derived_name(name: str) -> str:
    return f"{FIRST}.id: {name} is the name of a rule that loading derives; choose another"


FAULTS: dict[str, tuple[str, object, list[str]]] = {
    "an unknown key of a rule": (f"{FIRST}.colour", "red", [f"{FIRST}.colour: is not a key that belongs here"]),
    "an unknown key of a remedy": ("remedies[1].price", 3, ["remedies[1].price: is not a key that belongs here"]),
    "an unknown key of the file": ("author", "me", ["author: is not a key that belongs here"]),
    "a missing key": ("remedies[1].form", REMOVED, ["remedies[1].form: is missing"]),
    "a value of another kind": ("remedies[1].form", 3, ["remedies[1].form: must be a text, not 3"]),
    "an empty text": ("remedies[1].form", "", ["remedies[1].form: must not be empty"]),
    "no rule list": ("remedies[0].rules", {}, ["remedies[0].rules: must be a list"]),
    "a version that is no date": (
        "version",
        "1",
        [r"version: is not written as it must be (^\d{4}\.\d{1,2}\.\d{1,2}$): '1'"],
    ),
    "no remedy": ("remedies", [], ["remedies: needs at least 1"]),
    "an unknown effect": (
        f"{FIRST}.effect",
        "forbid",
        [f"{FIRST}.effect: must be one of 'ask-pharmacist', 'ask-doctor' or 'exclude', not 'forbid'"],
    ),
    "a bad rule id": (f"{FIRST}.id", "Asthma!", [f"{FIRST}.id: {ID_PATTERN}: 'Asthma!'"]),
    "a bad remedy id": ("remedies[0].id", "the first", [f"remedies[0].id: {ID_PATTERN}: 'the first'"]),
    "a reason that is too long": (
        f"{FIRST}.because",
        "x" * 241,
        [f"{FIRST}.because: must have at most 240 characters, not '{'x' * 58}…"],
    ),
    "a rule without a list of sources": (f"{FIRST}.sources", REMOVED, [f"{FIRST}.sources: is missing"]),
    "a rule with no source": (f"{FIRST}.sources", [], [f"{FIRST}.sources: needs at least 1"]),
    "an unknown source": (
        f"{FIRST}.sources",
        ["lable: general"],
        [f"{FIRST}.sources[0]: no source is called 'lable'. Did you mean label?"],
    ),
    "a source like no other": (
        f"{FIRST}.sources",
        ["hearsay: general"],
        [f"{FIRST}.sources[0]: no source is called 'hearsay'."],
    ),
    "a source without its section": (
        f"{FIRST}.sources",
        [*REFS, {"ref": "label"}],
        [f"{FIRST}.sources[1]: {CITATION}"],
    ),
    "a source that does not exist in the longer form": (
        f"{FIRST}.sources",
        [{"ref": "lable", "section": "general"}],
        [f"{FIRST}.sources[0].ref: no source is called 'lable'. Did you mean label?"],
    ),
    "a section that does not exist": (
        f"{FIRST}.sources",
        ["label: preface"],
        [f"{FIRST}.sources[0]: {CITATION}, not 'label: preface'"],
    ),
    "a section that does not exist in the longer form": (
        f"{FIRST}.sources",
        [{"ref": "label", "section": "preface"}],
        [f"{FIRST}.sources[0]: {CITATION}, not {{'ref': 'label', 'section': 'preface'}}"],
    ),
    "a section without its source": (
        f"{FIRST}.sources",
        [": general"],
        [f"{FIRST}.sources[0]: {CITATION}, not ': general'", f"{FIRST}.sources[0]: no source is called ''."],
    ),
    "a citation with a page": (
        f"{FIRST}.sources",
        [{"ref": "label", "section": "general", "page": 3}],
        [f"{FIRST}.sources[0]: {CITATION}"],
    ),
    "a citation that is a number": (f"{FIRST}.sources", [3], [f"{FIRST}.sources[0]: {CITATION}"]),
    "a rule id twice": (
        SECOND,
        rule("asthma", {"skin": "open-wound"}),
        [f"{FIRST}.id: asthma stands more than once", f"{SECOND}.id: asthma stands more than once"],
    ),
    "a weaker rule behind a stronger one": (
        SECOND,
        rule("ask", {"condition": "asthma"}, "ask-doctor"),
        [f"{SECOND}: {SHADOWED.format('asthma')}"],
    ),
    "the same rule again": (
        SECOND,
        rule("again", {"condition": "asthma"}),
        [f"{SECOND}: {SHADOWED.format('asthma')}"],
    ),
    "a narrower rule before a wider one": (
        SECOND,
        rule("wide", {"any": [{"condition": "asthma"}, {"skin": "open-wound"}]}),
        [f"{FIRST}: {SHADOWED.format('wide')}"],
    ),
    "a narrower rule before a wider one with a conjunction": (
        SECOND,
        rule("wide", {"any": [{"condition": "asthma"}, {"all": [{"skin": "open-wound"}, {"sign": "fever"}]}]}),
        [f"{FIRST}: {SHADOWED.format('wide')}"],
    ),
    "a conjunction behind one of its parts": (
        SECOND,
        rule("both", {"all": [{"condition": "asthma"}, {"skin": "open-wound"}]}, "ask-doctor"),
        [f"{SECOND}: {SHADOWED.format('asthma')}"],
    ),
    "everything behind everybody": (
        SECOND,
        rule("everybody", {"always": True}),
        [f"{FIRST}: {SHADOWED.format('everybody')}"],
    ),
    "the same weeks of pregnancy in other words": (
        "remedies[0].rules",
        [rule("whole", {"pregnant": "any"}), rule("thirds", {"pregnant": {"trimesters": [2, 1, 3]}})],
        [f"{SECOND}: {SHADOWED.format('whole')}"],
    ),
    "the same rule twice more": (
        "remedies[0].rules",
        [rule(name, {"condition": "asthma"}) for name in ("once", "twice", "thrice")],
        [f"{place}: {SHADOWED.format('once')}" for place in (SECOND, "remedies[0].rules[2]")],
    ),
    "a weaker rule before a stronger one": (
        "remedies[0].rules",
        [rule("ask", {"condition": "asthma"}, "ask-doctor"), rule("asthma", {"condition": "asthma"})],
        [f"{FIRST}: {SHADOWED.format('asthma')}"],
    ),
    "a lower limit of age behind one that is a month higher": (
        "remedies[0].rules",
        [rule("higher", {"age_below": {"years": 18, "months": 1}}), rule("lower", {"age_below": 18}, "ask-doctor")],
        [f"{SECOND}: {SHADOWED.format('higher')}"],
    ),
    "the name of a derived rule on an allergy": (
        f"{FIRST}.id",
        "allergy-ketoprofen",
        [derived_name("allergy-ketoprofen")],
    ),
    "the name of a derived rule on a cross reaction": (
        f"{FIRST}.id",
        "cross-allergy-fenofibrate",
        [derived_name("cross-allergy-fenofibrate")],
    ),
    "the name of a derived rule on silence": (f"{FIRST}.id", "silent-asthma", [derived_name("silent-asthma")]),
    "the name of the rule of a remedy without a label": (f"{FIRST}.id", "no-own-label", [derived_name("no-own-label")]),
    "the name of the rule on warning signs": (
        "rules[0]",
        rule("signs", {"age_below": 3}),
        ["rules[0].id: signs is the name of the rule that is derived from the warning signs"],
    ),
    "a remedy called like a substance with rules": (
        "remedies[0].id",
        "nsaid",
        ["remedies[0].id: nsaid is also the name of a substance with rules, and rules are told apart by it"],
    ),
    "a remedy called like the whole catalogue": (
        "remedies[0].id",
        "catalogue",
        ["remedies[0].id: catalogue is also the name of the rules for every remedy, and rules are told apart by it"],
    ),
    "a catalogue-wide rule that never holds": ("rules[0]", rule("x", {"age_below": 0}), [f"rules[0].when: {NEVER}"]),
    "a rule of a substance twice": (
        "substances[0].rules[1]",
        rule("tablets", {"sign": "fever"}),
        [f"substances[0].rules[{place}].id: tablets stands more than once" for place in (0, 1)],
    ),
    "a substance twice": ("substances[1]", {"id": "nsaid"}, ["substances[1].id: nsaid stands more than once"]),
    "a substance of another topic": (
        "substances[0].id",
        "asthma",
        ["substances[0].id: no substance is called 'asthma'"],
    ),
    "a substance that does not exist": (
        "substances[0].id",
        "nsaids",
        ["substances[0].id: no substance is called 'nsaids'"],
    ),
    "a sign of another topic": (
        "signs[0].sign",
        "open-wound",
        ["signs[0].sign: no fact of the topic signs is called 'open-wound'."],
    ),
    "a sign twice": ("signs[1]", CATALOGUE["signs"][0], ["signs[1].sign: fever stands more than once"]),
    "a dimension twice": ("dimensions[2]", CATALOGUE["dimensions"][0], ["dimensions[2].id: age stands more than once"]),
    "a remedy id twice": ("remedies[1].id", "first", ["remedies[1].id: first stands more than once"]),
    "an alias of two remedies": (
        "remedies[1].aliases",
        ["FIRST"],
        ["remedies[1].aliases: 'first' already means first"],
    ),
    "an ingredient twice": (
        "remedies[1].ingredients[1]",
        {"substance": "ketoprofen", "sources": REFS},
        ["remedies[1].ingredients: ketoprofen stands more than once"],
    ),
    "an ingredient that is an excipient as well": (
        "remedies[1].excipients",
        [{"substance": "ketoprofen", "sources": REFS}],
        ["remedies[1].ingredients: ketoprofen stands more than once"],
    ),
    "an unknown ingredient": (
        "remedies[1].ingredients[0].substance",
        "ketoprofin",
        [f"remedies[1].ingredients[0].substance: {NO_ALLERGY} 'ketoprofin'. Did you mean ketoprofen?"],
    ),
    "an ATC code that is none": (
        "remedies[1].atc",
        ["M02AA10", "M02A1"],
        [f"remedies[1].atc[1]: is not written as it must be ({ATC_PATTERN}): 'M02A1'"],
    ),
    "a review that is no date": (
        "remedies[1].reviewed",
        "yesterday",
        ["remedies[1].reviewed: must be a date that exists, such as 2026-11-22, not 'yesterday'"],
    ),
    "a rule replaced that does not reach": (
        f"{FIRST}.replaces",
        ["nsaid/tablets", "nsaid/sun"],
        [f"{FIRST}.replaces[1]: no rule 'nsaid/sun' reaches first"],
    ),
    "a rule replaced that no key names": (
        f"{FIRST}.replaces",
        ["tablets"],
        [f"{FIRST}.replaces[0]: is not written as it must be (^[a-z0-9-]+/[a-z0-9-]+$): 'tablets'"],
    ),
    "no restriction of nothing known": (
        "remedies[1].no_restriction",
        [{"dimension": "astma", "because": "So it says.", "sources": REFS}],
        ["remedies[1].no_restriction[0].dimension: no dimension is called 'astma'. Did you mean asthma?"],
    ),
    "no restriction against a rule": (
        "remedies[0].no_restriction",
        [{"dimension": "asthma", "because": "So it says.", "sources": REFS}],
        [f"remedies[0].no_restriction[0].dimension: {SPOKEN} but a rule of first speaks to it"],
    ),
    "an unknown kind of label": (
        "remedies[1].label",
        "house",
        ["remedies[1].label: must be one of 'own', 'class' or 'none', not 'house'"],
    ),
    "a label of another product without a note": (
        "remedies[1].label",
        "class",
        ["remedies[1].label_note: is missing; a remedy without a label of its own must say so"],
    ),
    "no label and yet a dose": (
        "remedies[1]",
        remedy("second", label="none", label_note=NOTE, usage={"doses": [{}]}),
        ["remedies[1].usage: gives a dose, but no label was read"],
    ),
    "a label and no ingredient": (
        "remedies[1].ingredients",
        [],
        ["remedies[1].ingredients: is empty, but a label was read"],
    ),
    "a note that is too long for a reason": (
        "remedies[1]",
        remedy("second", label="none", label_note={**NOTE, "text": "x" * 241}, ingredients=[]),
        [
            "remedies[1].label_note.text: must have at most 240 characters, since it is the reason of a rule",
        ],
    ),
    "a name that is too long": ("remedies[0].name", "x" * 201, [f"remedies[0].name: {TOO_LONG}"]),
    "an alias that is too long": ("remedies[0].aliases", ["x" * 201], [f"remedies[0].aliases[0]: {TOO_LONG}"]),
    "an alias of marks alone": (
        "remedies[0].aliases",
        ["?!"],
        ["remedies[0].aliases: holds a name without any letter or digit, which nobody could look up"],
    ),
    "too many remedies": (
        "remedies",
        [remedy(f"gel-{number}") for number in range(501)],
        ["remedies: must have at most 500 entries"],
    ),
    "too many rules": (
        "remedies[0].rules",
        [rule(f"rule-{number}", {"condition": "asthma"}) for number in range(201)],
        ["remedies[0].rules: must have at most 200 entries"],
    ),
    "too many rules of a substance": (
        "substances[0].rules",
        [rule(f"rule-{number}", {"condition": "asthma"}) for number in range(201)],
        ["substances[0].rules: must have at most 200 entries"],
    ),
    "too many rules for every remedy": (
        "rules",
        [rule(f"rule-{number}", {"condition": "asthma"}) for number in range(201)],
        ["rules: must have at most 200 entries"],
    ),
    "too many aliases": ("remedies[0].aliases", [""] * 2001, ["remedies[0].aliases: must have at most 2000 entries"]),
    "no dose at all": (DOSES, [], [f"{DOSES}: needs at least 1"]),
    "an age band of no length": (
        DOSES,
        [{"from_age": 12, "below_age": 12}],
        [f"{DOSES}[0]: from age 12 is not before below age 12"],
    ),
    "an age band that runs backwards": (
        DOSES,
        [{"from_age": 12, "below_age": 10}],
        [f"{DOSES}[0]: from age 12 is not before below age 10"],
    ),
    "age bands that overlap": (
        DOSES,
        [{"below_age": 12}, {"from_age": 11}],
        [f"{DOSES}[1]: overlaps the age band before it; bands go from young to old"],
    ),
    "age bands from old to young": (
        DOSES,
        [{"from_age": 12}, {"below_age": 12}],
        [f"{DOSES}[1]: overlaps the age band before it; bands go from young to old"],
    ),
    "a band behind one for all ages": (
        DOSES,
        [{}, {"from_age": 12}],
        [f"{DOSES}[1]: overlaps the age band before it; bands go from young to old"],
    ),
    "more at least than at most": (
        f"{DOSES}[0]",
        {"times_per_day": {"min": 4, "max": 3, "sources": REFS}},
        [f"{DOSES}[0].times_per_day: at least 4 times a day is more than at most 3"],
    ),
    "more grams at least than at most": (
        f"{DOSES}[0]",
        {"amount": {"text": "4 g", "grams": {"min": 4, "max": 2.5}, "sources": REFS}},
        [f"{DOSES}[0].amount.grams: at least 4 g is more than at most 2.5 g"],
    ),
    "no grams": (
        f"{DOSES}[0]",
        {"amount": {"text": "0 g", "grams": {"min": 0, "max": 2}, "sources": REFS}},
        [f"{DOSES}[0].amount.grams.min: must be greater than 0, not 0"],
    ),
    "no time a day": (
        f"{DOSES}[0]",
        {"times_per_day": {"min": 0, "max": 3, "sources": REFS}},
        [f"{DOSES}[0].times_per_day.min: must be greater than or equal to 1, not 0"],
    ),
    "a number as a text": (
        f"{DOSES}[0]",
        {"times_per_day": {"min": 2, "max": "3", "sources": REFS}},
        [f"{DOSES}[0].times_per_day.max: must be a whole number, not '3'"],
    ),
    "an amount without a source": (
        f"{DOSES}[0]",
        {"amount": {"text": "4 g", "sources": []}},
        [f"{DOSES}[0].amount.sources: needs at least 1"],
    ),
    "uses and hours that do not fit a day": (
        DOSES,
        [{"times_per_day": TIMES, "hours_between": {"hours": 13, "sources": REFS}}],
        [f"{DOSES}[0]: 3 uses a day do not fit with 13 hours between them"],
    ),
    "uses and hours whose last use is the first of the next day": (
        DOSES,
        [{"times_per_day": TIMES, "hours_between": {"hours": 12, "sources": REFS}}],
        [f"{DOSES}[0]: 3 uses a day do not fit with 12 hours between them"],
    ),
    "fewer uses at most than at least": (
        DOSES,
        [{"times_per_day": TIMES, "max_per_day": {"text": "once", "uses": 1, "sources": REFS}}],
        [f"{DOSES}[0]: at most 1 uses a day is less than at least 2"],
    ),
    "more grams than the day allows": (
        DOSES,
        [
            {
                "times_per_day": TIMES,
                "amount": {"text": "4 to 5 g", "grams": {"min": 4, "max": 5}, "sources": REFS},
                "max_per_day": {"text": "7.5 g", "grams": 7.5, "sources": REFS},
            }
        ],
        [f"{DOSES}[0]: 2 uses of 4 g exceed 7.5 g a day"],
    ),
}


@pytest.mark.parametrize(("path", "value", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_the_catalogue_is_named_with_its_path(path: str, value: object, expected: list[str]) -> None:
    assert faults(changed(CATALOGUE, (path, value))) == expected


FITTING: dict[str, tuple[str, object]] = {
    "two uses twelve hours apart": (
        DOSES,
        [{"times_per_day": {"min": 2, "max": 2, "sources": REFS}, "hours_between": {"hours": 12, "sources": REFS}}],
    ),
    "six uses four hours apart": (
        DOSES,
        [{"times_per_day": {"min": 3, "max": 6, "sources": REFS}, "hours_between": {"hours": 4, "sources": REFS}}],
    ),
    "age bands with a gap": (DOSES, [{"from_age": 6, "below_age": 12}, {"from_age": 14}]),
    "as many grams as the day allows": (
        DOSES,
        [
            {
                "times_per_day": TIMES,
                "amount": {"text": "4 g", "grams": {"min": 4, "max": 4}, "sources": REFS},
                "max_per_day": {"text": "8 g", "grams": 8, "sources": REFS},
            }
        ],
    ),
    "a wider rule that only asks": (
        SECOND,
        rule("heart", {"any": [{"condition": "asthma"}, {"sign": "fever"}]}, "ask-doctor"),
    ),
    "a finer fact that excludes behind a wider one that asks": (
        "remedies[0].rules",
        [
            rule("heart", {"condition": "heart-disease"}, "ask-doctor"),
            rule("failure", {"condition": "heart-failure"}),
        ],
    ),
    "a limit of age a month higher that only asks": (
        "remedies[0].rules",
        [rule("lower", {"age_below": 18}), rule("higher", {"age_below": {"years": 18, "months": 1}}, "ask-doctor")],
    ),
    "small children with asthma": (WHEN, {"all": [{"age_below": 5}, {"condition": "asthma"}]}),
    "the name of a rule that is derived for another remedy": (f"{FIRST}.id", "allergy-fenofibrate"),
    "a name of 200 characters": ("remedies[0].name", "x" * 200),
    "a note of 240 characters that is a reason": (
        "remedies[1]",
        remedy("second", label="none", label_note={**NOTE, "text": "x" * 240}, ingredients=[]),
    ),
    "a longer note that is none": ("remedies[1].label_note", {**NOTE, "text": "x" * 241}),
    "as many remedies as there may be": ("remedies", [remedy(f"gel-{number}") for number in range(500)]),
    "no label and no dose": (
        "remedies[1]",
        remedy("second", label="none", label_note=NOTE, ingredients=[]),
    ),
    "no restriction where nothing is said": (
        "remedies[1].no_restriction",
        [{"dimension": "asthma", "because": "So it says.", "sources": REFS}],
    ),
}


@pytest.mark.parametrize(("path", "value"), FITTING.values(), ids=FITTING)
def test_what_only_looks_like_a_fault_is_accepted(path: str, value: object) -> None:
    assert load(changed(CATALOGUE, (path, value))).remedies


def test_a_review_on_a_day_that_does_not_exist_is_refused() -> None:
    (found,) = faults(changed(CATALOGUE, ("remedies[1].reviewed", "2026-02-30")))
    assert found.startswith("remedies[1].reviewed: ")


CIRCLE = "is its own kind of thing: the hierarchy runs in a circle"
FACT_FAULTS: dict[str, tuple[str, object, list[str]]] = {
    "an unknown key": ("facts[0].colour", "red", ["facts[0].colour: is not a key that belongs here"]),
    "no label": ("facts[0].label", REMOVED, ["facts[0].label: is missing"]),
    "a bad id": ("facts[0].id", "Asthma", [f"facts[0].id: {ID_PATTERN}: 'Asthma'"]),
    "an unknown topic": (
        "facts[0].topic",
        "lungs",
        [f"facts[0].topic: must be one of {TOPICS}, not 'lungs'"],
    ),
    "an id twice": (
        "facts[8]",
        fact("asthma", "signs"),
        ["facts[0].id: asthma stands more than once", "facts[8].id: asthma stands more than once"],
    ),
    "an unknown parent": ("facts[0].is_a", ["lung"], ["facts[0].is_a[0]: no fact is called 'lung'"]),
    "a parent of another topic": ("facts[0].is_a", ["fever"], ["facts[0].is_a[0]: fever belongs to another topic"]),
    "a fact that is itself": ("facts[0].is_a", ["asthma"], [f"facts[0].is_a: asthma {CIRCLE}"]),
    "a circle of two": (
        "facts[1].is_a",
        ["heart-failure"],
        [f"facts[1].is_a: heart-disease {CIRCLE}", f"facts[2].is_a: heart-failure {CIRCLE}"],
    ),
    "an unknown prompt": ("facts[0].prompts", ["lung"], ["facts[0].prompts[0]: no fact is called 'lung'"]),
    "a cross-reaction with an illness": (
        "facts[5].cross_reacts_with",
        ["fenofibrate", "asthma"],
        ["facts[5].cross_reacts_with[1]: no allergy is called 'asthma'"],
    ),
    "a synonym of two facts": (
        "facts[0].synonyms",
        {"en": ["Heart–Disease"]},
        ["facts[1].synonyms: 'heart disease' already means asthma"],
    ),
    "a narrower word of two facts": (
        "facts[2].kinds",
        {"ru": ["ASTHMA"]},
        ["facts[2].synonyms: 'asthma' already means asthma"],
    ),
    "a synonym that is too long": (
        "facts[0].synonyms",
        {"en": ["x" * 201]},
        [f"facts[0].synonyms.en[0]: {TOO_LONG}"],
    ),
    "a narrower word that is too long": (
        "facts[0].kinds",
        {"ru": ["wheeze", "x" * 201]},
        [f"facts[0].kinds.ru[1]: {TOO_LONG}"],
    ),
    "a label that is too long": (
        "facts[0].label",
        "x" * 81,
        [f"facts[0].label: must have at most 80 characters, not '{'x' * 58}…"],
    ),
    "a synonym of marks alone": (
        "facts[0].synonyms",
        {"en": ["?!"]},
        ["facts[0].synonyms: holds a name without any letter or digit, which nobody could look up"],
    ),
    "too many facts": (
        "facts",
        [fact(f"fact-{number}", "conditions") for number in range(5001)],
        ["facts: must have at most 5000 entries"],
    ),
    "bad ICD-10 codes": (
        "facts[0].icd10",
        {
            "proves": ["J4", "J45", "J45.0", "J45-J46", "J45.01", "M1A", "C7B.00", "S72.001A", "F32.A", "I20-I25.9"],
            "prompts": ["j45", "J45-", "J45.", "J45.00001", "J4C", "J45-J46-J47", "J45 ", "Ж45"],
        },
        [
            f"facts[0].icd10: {code!r} is not an ICD-10 code or range"
            for code in ("J4", "j45", "J45-", "J45.", "J45.00001", "J4C", "J45-J46-J47", "J45 ", "Ж45")
        ],
    ),
    "bad ATC codes": (
        "facts[7].atc",
        {"proves": ["M", "M01", "M01A", "M01AE", "M01AE01", "M0"], "prompts": ["m01"], "except": ["M01AE1"]},
        [f"facts[7].atc: {code!r} is not an ATC code or prefix" for code in ("M0", "m01", "M01AE1")],
    ),
}


@pytest.mark.parametrize(("path", "value", "expected"), FACT_FAULTS.values(), ids=FACT_FAULTS)
def test_a_fault_of_the_facts_is_named_with_its_path(path: str, value: object, expected: list[str]) -> None:
    assert faults(facts=changed(FACTS, (path, value))) == expected


def naming(topic: str = "medicines", **more: object) -> Document:
    """Describe something that is named beside the facts."""
    return {"topic": topic, **more}


WORD_FAULTS: dict[str, tuple[list[Document], list[str]]] = {
    "an unknown key": ([naming(en=["gout"], de=["Gicht"])], ["words[0].de: is not a key that belongs here"]),
    "no topic": ([{"en": ["gout"]}], ["words[0].topic: is missing"]),
    "an unknown topic": (
        [naming("lungs", en=["gout"])],
        [f"words[0].topic: must be one of {TOPICS.replace(' or ', ', ')}, 'pregnancy' or 'breastfeeding', not 'lungs'"],
    ),
    "neither a name nor a code": (
        [naming(), naming(means=["nsaid-tablets"])],
        ["words[0]: has neither a name nor a code", "words[1]: has neither a name nor a code"],
    ),
    "a name that a fact of the topic has": (
        [naming(en=["NSAID–tablets"])],
        ["words[0]: 'NSAID–tablets' already means nsaid-tablets"],
    ),
    "a name of two things": (
        [naming(en=["ketorolac"]), naming(en=["keto"], ru=["КЕТОРОЛ", "Ketorolac"]), naming(ru=["кеторол"])],
        ["words[1]: 'Ketorolac' already means words[0]", "words[2]: 'кеторол' already means words[1]"],
    ),
    "a name without a letter or digit": (
        [naming(en=["keto", "?!"])],
        ["words[0]: holds a name without any letter or digit, which nobody could look up"],
    ),
    "an empty name": ([naming(en=[""])], ["words[0].en[0]: must not be empty"]),
    "a name that is too long": ([naming(ru=["x" * 201])], [f"words[0].ru[0]: {TOO_LONG}"]),
    "facts that do not exist": (
        [
            naming(
                en=["keto"], means=["nsaid-tablets", "lung"], prompts=["lungs"], on_skin=["gel"], allergy=["nsaids"]
            ),
        ],
        [
            "words[0].means[1]: no fact is called 'lung'",
            "words[0].prompts[0]: no fact is called 'lungs'",
            "words[0].on_skin[0]: no fact is called 'gel'",
            "words[0].allergy[0]: no fact is called 'nsaids'",
        ],
    ),
    "an allergy that is none": (
        [naming(en=["keto"], allergy=["nsaid", "asthma"])],
        ["words[0].allergy[1]: asthma is no allergy"],
    ),
    "an allergy to what is no medicine": (
        [naming("conditions", en=["gout"], allergy=["nsaid"])],
        ["words[0]: on_skin and allergy are said of medicines only"],
    ),
    "an illness on the skin": (
        [naming("conditions", en=["gout"], on_skin=["nsaid-tablets"])],
        ["words[0]: on_skin and allergy are said of medicines only"],
    ),
    "bad codes": (
        [naming(icd10=["J4"], atc=["M0", "M01"], en=["keto"])],
        ["words[0].icd10: 'J4' is not an ICD-10 code or range", "words[0].atc: 'M0' is not an ATC code or prefix"],
    ),
    "too many words": (
        [naming(en=[f"word {number}"]) for number in range(10_001)],
        ["words: must have at most 10000 entries"],
    ),
}


@pytest.mark.parametrize(("words", "expected"), WORD_FAULTS.values(), ids=WORD_FAULTS)
def test_a_fault_of_the_words_beside_the_facts_is_named_with_its_path(
    words: list[Document], expected: list[str]
) -> None:
    assert faults(facts={**FACTS, "words": words}) == expected


FITTING_WORDS: dict[str, list[Document]] = {
    "a code without a name": [
        naming(atc=["M01AE03"]),
        naming("conditions", icd10=["M10"]),
        naming(snomed=["90560007"]),
    ],
    "the same name in two topics": [naming(en=["iodine"]), naming("allergies", en=["iodine"])],
    "a fact's name in another topic": [naming(en=["asthma"])],
    "one name in two spellings of one thing": [naming(en=["keto gel", "Keto-Gel"])],
    "facts of another topic": [naming("conditions", en=["gout"], means=["fever"], prompts=["nsaid", "open-wound"])],
    "pregnancy": [naming("pregnancy", en=["expecting"]), naming("medicines", en=["folate"], prompts=["pregnancy"])],
    "all that is said of a medicine": [
        naming(en=["keto"], ru=["кето"], means=["nsaid-tablets"], on_skin=["open-wound"], allergy=["ketoprofen"]),
    ],
}


@pytest.mark.parametrize("words", FITTING_WORDS.values(), ids=FITTING_WORDS)
def test_words_that_only_look_like_a_fault_are_accepted(words: list[Document]) -> None:
    assert load(facts={**FACTS, "words": words}).facts


def test_as_many_words_as_there_may_be_are_accepted() -> None:
    assert load(facts={**FACTS, "words": [naming(en=[f"word {number}"]) for number in range(10_000)]}).facts


def test_faults_of_facts_and_of_words_are_named_together() -> None:
    document = {**changed(FACTS, ("facts[0].is_a", ["lung"])), "words": [naming()]}
    assert faults(facts=document) == [
        "facts[0].is_a[0]: no fact is called 'lung'",
        "words[0]: has neither a name nor a code",
    ]


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("known_prompts", {"on_skin": ["asthma", "lung"]}, ["known_prompts.on_skin[1]: no fact is called 'lung'"]),
        (
            "known_prompts",
            {"skin": []},
            ["known_prompts.skin.[key]: must be one of 'allergies' or 'on_skin', not 'skin'"],
        ),
        ("mix_ups", [["one"]], ["mix_ups[0][1]: is missing"]),
        ("mix_ups", [["one", ""]], ["mix_ups[0][1]: must not be empty"]),
        ("forms", {"астма": 3}, ["forms.астма: must be a text, not 3"]),
    ],
)
def test_a_fault_beside_the_words_is_named_with_its_path(key: str, value: object, expected: list[str]) -> None:
    assert faults(facts={**FACTS, key: value}) == expected


def test_the_same_word_may_mean_facts_of_two_topics() -> None:
    assert load(facts=changed(FACTS, ("facts[0].synonyms", {"en": ["fever"]}))).facts


SOURCE_FAULTS: dict[str, tuple[str, object, list[str]]] = {
    "an unknown key": ("sources.label.author", "me", ["sources.label.author: is not a key that belongs here"]),
    "no country": ("sources.label.country", REMOVED, ["sources.label.country: is missing"]),
    "an unknown grade": ("sources.label.grade", "gold", [f"sources.label.grade: must be one of {GRADES}, not 'gold'"]),
    "a link that is none": (
        "sources.label.url",
        "ftp://example.org",
        [r"sources.label.url: is not written as it must be (^https?://\S+$): 'ftp://example.org'"],
    ),
    "a year in quotes": ("sources.label.year", "2020", ["sources.label.year: must be a whole number, not '2020'"]),
}


@pytest.mark.parametrize(("path", "value", "expected"), SOURCE_FAULTS.values(), ids=SOURCE_FAULTS)
def test_a_fault_of_the_sources_is_named_with_its_path(path: str, value: object, expected: list[str]) -> None:
    assert faults(sources=changed(SOURCES, (path, value))) == expected


BROKEN: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "{}: is empty; JSON was expected"),
    "blank": (b" \n\t", "{}: is empty; JSON was expected"),
    "not UTF-8": ('{"version": "да"}'.encode("cp1251"), "{}: is not text in UTF-8"),
    "binary": (b'{"a"\0}', "{}: is a binary file; JSON was expected"),
    "cut off": (b'{\n  "a": [1, 2', "{}, line 2, column 13: is not JSON: ends too early"),
    "a comma too many": (
        b'{\n  "a": 1,\n}',
        "{}, line 3, column 1: is not JSON: a comma too many before “}}”",
    ),
    "two documents": (b"{}\n{}", "{}, line 2, column 1: is not JSON: cannot be read from '{{}}' on"),
    "too deep": (b"[" * 100_000, "{}: is nested more than 60 levels deep"),
    "too many digits": (b'{"a": ' + b"9" * 5000 + b"}", "{}: holds a number with too many digits"),
    "a list": (b"[]", "{}: must be an object"),
}


@pytest.mark.parametrize(("broken", "message"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_no_json_document_is_named(broken: bytes, message: str) -> None:
    assert faults(broken) == [message.format("remedies.json")]
    assert faults(facts=broken) == [message.format("facts.json")]
    assert faults(sources=broken) == [message.format("sources.json")]


def test_half_of_a_character_is_a_fault_that_is_named() -> None:
    assert faults(content(CATALOGUE).replace(b'"A gel."', rb'"\ud800"', 1)) == [
        "remedies[0].what: must be a text that can be stored; it holds half of a surrogate pair, not '\\ud800'"
    ]


@pytest.mark.parametrize("word", [b"NaN", b"Infinity", b"-Infinity"])
def test_what_json_calls_no_number_is_refused(word: bytes) -> None:
    assert faults(content(CATALOGUE).replace(b'"min": 2', b'"min": ' + word, 1)) == [
        f"remedies.json: holds {word.decode()}, which is not a JSON number"
    ]


ENDLESS = [
    ({"amount": {"text": "4 g", "grams": {"min": 4, "max": 77}, "sources": REFS}}, "amount.grams.max"),
    ({"amount": {"text": "4 g", "grams": {"min": 77, "max": 4}, "sources": REFS}}, "amount.grams.min"),
    ({"max_per_day": {"text": "4 g", "grams": 77, "sources": REFS}}, "max_per_day.grams"),
]


@pytest.mark.parametrize(("dose", "place"), ENDLESS, ids=[place for _, place in ENDLESS])
@pytest.mark.parametrize(("number", "shown"), [(b"1e999", "inf"), (b"-1e999", "-inf")])
def test_an_amount_without_an_end_is_refused(dose: Document, place: str, number: bytes, shown: str) -> None:
    endless = content(changed(CATALOGUE, (f"{DOSES}[0]", dose))).replace(b"77", number)
    assert faults(endless) == [f"{DOSES}[0].{place}: must be a number that is not infinite, not {shown}"]


def test_a_great_many_empty_remedies_are_one_fault() -> None:
    empty = content(changed(CATALOGUE, ("remedies", []))).replace(b'"remedies": []', b'"remedies": [%s]')
    assert faults(empty % b",".join([b"{}"] * 200_000)) == ["remedies: must have at most 500 entries"]


def test_a_great_many_empty_facts_are_one_fault() -> None:
    assert faults(facts=b'{"facts": [%s]}' % b",".join([b"{}"] * 200_000)) == ["facts: must have at most 5000 entries"]


def test_a_list_that_is_too_long_does_not_hide_what_is_wrong_in_the_other_files() -> None:
    assert faults(changed(CATALOGUE, ("signs", [{}] * 2001)), changed(FACTS, ("facts[0].colour", "red"))) == [
        "facts[0].colour: is not a key that belongs here",
        "signs: must have at most 2000 entries",
    ]


def test_as_many_rules_as_a_record_may_have_are_read() -> None:
    many = [fact(f"ill-{number}", "conditions") for number in range(200)]
    rules = [rule(one["id"], {"condition": one["id"]}) for one in many]
    read = load(changed(CATALOGUE, ("remedies[0].rules", rules)), {"facts": [*FACTS["facts"], *many]})
    assert len(read.remedies[0].rules) == 200


def test_a_hierarchy_of_forty_diamonds_is_read() -> None:
    above = ["top"]
    layers = [fact("top", "conditions")]
    for level in range(40):
        pair = [f"left-{level}", f"right-{level}"]
        layers += [fact(name, "conditions", is_a=above) for name in pair]
        above = pair
    vocabulary = load(facts={"facts": [*FACTS["facts"], *layers]}).vocabulary
    assert len(vocabulary.finer("top")) == 80
    assert len(vocabulary.wider("left-39")) == 79
    assert not vocabulary.is_a("left-39", "right-39")


def test_a_circle_below_forty_diamonds_is_found() -> None:
    above = ["top"]
    layers = [fact("top", "conditions", is_a=["left-39"])]
    for level in range(40):
        pair = [f"left-{level}", f"right-{level}"]
        layers += [fact(name, "conditions", is_a=above) for name in pair]
        above = pair
    # Everything but the last fact on the right, which is no kind of what stands above it, lies on the circle.
    circle = [one["id"] for one in layers[:-1]]
    first = len(FACTS["facts"])
    expected = [f"facts[{first + place}].is_a: {name} {CIRCLE}" for place, name in enumerate(circle)]
    assert faults(facts={"facts": [*FACTS["facts"], *layers]}) == [
        *expected[:50],
        f"and {len(expected) - 50} more faults",
    ]


def line(text: str, *replaces: str, about: str | None = None) -> Document:
    told: Document = {"text": text, "sources": REFS}
    return told | ({"replaces": list(replaces)} if replaces else {}) | ({"about": about} if about else {})


NO_LINE = "no other line of the article or of its substances is"
LINES: dict[str, tuple[str, Document, list[str]]] = {
    "its own": ("remedies[0].usage", {"doses": [{}], "stop": [line("Worse: stop.", "Stop.")]}, []),
    "a substance's": ("remedies[0].usage", {"doses": [{}], "avoid": [line("No sun, no heat.", "No sun.")]}, []),
    "of a substance": ("substances[0].avoid[1]", line("No sun, no heat.", "No sun."), []),
    "a line that nobody says": (
        "remedies[0].usage",
        {"doses": [{}], "how": [line("Spread it thinly.", "Spread it.")]},
        [f"remedies[0].usage.how[0].replaces[0]: {NO_LINE} 'Spread it.'"],
    ),
    "a line of a substance that it does not contain": (
        "remedies[0].usage",
        {"doses": [{}], "stop": [line("A rash or fever: stop.", "Fever: stop.")]},
        [f"remedies[0].usage.stop[0].replaces[0]: {NO_LINE} 'Fever: stop.'"],
    ),
    "itself": (
        "remedies[0].usage",
        {"doses": [{}], "stop": [line("Stop.", "Stop.")]},
        [f"remedies[0].usage.stop[0].replaces[0]: {NO_LINE} 'Stop.'"],
    ),
    "a line that replaces another itself": (
        "remedies[0].usage",
        {"doses": [{}], "avoid": [line("No sun ever.", "No direct sun.")]},
        [f"remedies[0].usage.avoid[0].replaces[0]: {NO_LINE} 'No direct sun.'"],
    ),
    "for some people only": (
        "remedies[0].usage",
        {"doses": [{}], "avoid": [line("No sun on the breast.", "No sun.", about="breastfeeding")]},
        ["remedies[0].usage.avoid[0].replaces: would leave out a line for people who are not told this one"],
    ),
}


@pytest.mark.parametrize(("place", "value", "expected"), LINES.values(), ids=LINES)
def test_a_line_replaces_only_what_is_told_beside_it_to_everybody(
    place: str, value: Document, expected: list[str]
) -> None:
    told = changed(
        CATALOGUE,
        ("common.stop", [line("Stop.")]),
        ("substances[0].avoid", [line("No sun."), line("No direct sun.", "No sun.")]),
        ("substances[1]", {"id": "fenofibrate", "stop": [line("Fever: stop.")]}),
    )
    if place == "substances[0].avoid[1]":
        told = changed(told, ("substances[0].avoid", [line("No sun.")]))
    catalogue = changed(told, (place, value))

    if expected:
        assert faults(catalogue) == expected
    else:
        assert load(catalogue).version == "2026.11.22"


TABLETS = {"taking": "nsaid-tablets"}
NO_REMEDY = "acts on no remedy: none with {} is without a rule that is as strict"
IDLE: dict[str, tuple[list[tuple[str, object]], list[str]]] = {
    "since no remedy contains the substance": (
        [("substances[1]", {"id": "fenofibrate", "rules": [rule("fever", {"sign": "fever"})]})],
        [f"substances[1].rules[0]: {NO_REMEDY.format('fenofibrate')}"],
    ),
    "since every remedy has a rule of its own that is as strict": (
        [(SECOND, rule("mine", TABLETS, "ask-doctor")), ("remedies[1].rules", [rule("mine", TABLETS)])],
        [f"substances[0].rules[0]: {NO_REMEDY.format('nsaid')}"],
    ),
    "since every remedy replaces it": (
        [
            (SECOND, rule("mine", {"sign": "fever"}, "ask-doctor", replaces=["nsaid/tablets"])),
            ("remedies[1].rules", [rule("mine", {"skin": "open-wound"}, replaces=["nsaid/tablets"])]),
        ],
        [f"substances[0].rules[0]: {NO_REMEDY.format('nsaid')}"],
    ),
    "while the one beside it does": (
        [
            ("substances[0].rules[1]", rule("wounds", {"skin": "open-wound"})),
            (SECOND, rule("wounds", {"skin": "open-wound"})),
            ("remedies[1].rules", [rule("wounds", {"skin": "open-wound"})]),
        ],
        [f"substances[0].rules[1]: {NO_REMEDY.format('nsaid')}"],
    ),
}


@pytest.mark.parametrize(("changes", "expected"), IDLE.values(), ids=IDLE)
def test_a_rule_of_a_substance_that_acts_on_no_remedy_is_refused(
    changes: list[tuple[str, object]], expected: list[str]
) -> None:
    assert faults(changed(CATALOGUE, *changes)) == expected


@pytest.mark.parametrize(
    "own",
    [
        rule("mine", TABLETS, "ask-doctor"),
        rule("mine", {"sign": "fever"}, "ask-doctor", replaces=["nsaid/tablets"]),
    ],
    ids=["as strict", "replacing"],
)
def test_a_rule_of_a_substance_that_acts_on_one_remedy_is_enough(own: Document) -> None:
    read = load(changed(CATALOGUE, (SECOND, own)))
    acting = {name: [one.key for one in rules] for name, rules in read.rules.items()}
    assert "nsaid/tablets" not in acting["first"]
    assert "nsaid/tablets" in acting["second"]


def test_a_byte_order_mark_is_no_fault() -> None:
    mark = b"\xef\xbb\xbf"
    assert load(mark + content(CATALOGUE), mark + content(FACTS), mark + content(SOURCES)).remedies


def test_a_key_that_stands_twice_is_refused_in_every_file() -> None:
    twice = (b'"label": "own"', b'"label": "own", "label": "own"', 1)
    assert faults(content(CATALOGUE).replace(*twice)) == ["remedies[0].label: stands more than once in the same object"]
    assert faults(facts=content(FACTS).replace(b'"id": "nsaid"', b'"id": "nsaid", "id": "nsaid"', 1)) == [
        "facts[4].id: stands more than once in the same object"
    ]
    assert faults(sources=content(SOURCES).replace(b'"year": 2020', b'"year": 1, "year": 1', 1)) == [
        "sources.label.year: stands more than once in the same object"
    ]


def test_a_key_that_stands_twice_does_not_hide_other_faults() -> None:
    broken = content(changed(CATALOGUE, ("remedies[1].form", 3)))
    assert faults(broken.replace(b'"label": "own"', b'"label": "own", "label": "own"', 1)) == [
        "remedies[0].label: stands more than once in the same object",
        "remedies[1].form: must be a text, not 3",
    ]


def test_a_key_that_stands_twice_beside_an_unknown_fact_is_refused_in_plain_words() -> None:
    broken = content(changed(CATALOGUE, (WHEN, {"condition": "astma"})))
    found = faults(broken.replace(b'"label": "own"', b'"label": "own", "label": "own"', 1))
    assert "remedies[0].label: stands more than once in the same object" in found


def test_faults_of_three_files_are_reported_together() -> None:
    assert faults(
        changed(CATALOGUE, ("remedies[0].form", 3)),
        changed(FACTS, ("facts[0].colour", "red"), ("facts[1].is_a", ["lung"])),
        changed(SOURCES, ("sources.label.year", "2020")),
    ) == [
        "facts[0].colour: is not a key that belongs here",
        "sources.label.year: must be a whole number, not '2020'",
        "remedies[0].form: must be a text, not 3",
    ]


def test_a_broken_hierarchy_does_not_hide_the_shape_of_the_catalogue() -> None:
    assert faults(changed(CATALOGUE, ("remedies[0].form", 3)), changed(FACTS, ("facts[0].is_a", ["lung"]))) == [
        "facts[0].is_a[0]: no fact is called 'lung'",
        "remedies[0].form: must be a text, not 3",
    ]


def test_a_broken_remedy_does_not_hide_what_is_wrong_with_another() -> None:
    assert faults(changed(CATALOGUE, ("remedies[0].form", 3), ("remedies[1].label", "none"))) == [
        "remedies[0].form: must be a text, not 3",
        "remedies[1].label_note: is missing; a remedy without a label of its own must say so",
        "remedies[1].usage: gives a dose, but no label was read",
    ]


def test_an_unknown_fact_does_not_hide_what_is_wrong_with_another_remedy() -> None:
    assert set(faults(changed(CATALOGUE, (WHEN, {"condition": "astma"}), ("remedies[1].label", "class")))) == {
        f"{WHEN}.condition: no fact of the topic conditions is called 'astma'. Did you mean asthma?",
        "remedies[1].label_note: is missing; a remedy without a label of its own must say so",
    }


def test_unknown_facts_and_faults_of_shape_are_reported_together() -> None:
    found = faults(changed(CATALOGUE, (WHEN, {"condition": "astma"}), ("remedies[1].form", 3)))
    assert set(found) == {
        f"{WHEN}.condition: no fact of the topic conditions is called 'astma'. Did you mean asthma?",
        "remedies[1].form: must be a text, not 3",
    }


def test_unknown_names_are_listed_in_the_order_in_which_they_stand() -> None:
    clause = {"any": [{"condition": "astma"}, {"skin": "wond"}, {"sign": "fevre"}]}
    assert [found.partition(": ")[0] for found in faults(changed(CATALOGUE, (WHEN, clause)))] == [
        f"{WHEN}.any[0].condition",
        f"{WHEN}.any[1].skin",
        f"{WHEN}.any[2].sign",
    ]


def test_a_fault_below_a_list_does_not_make_the_list_too_short() -> None:
    alone = changed(CATALOGUE, ("remedies", CATALOGUE["remedies"][:1]), ("remedies[0].form", 3))
    assert faults(alone) == ["remedies[0].form: must be a text, not 3"]


def written(folder: Path, **files: Document) -> Path:
    for name, document in files.items():
        (folder / f"{name}.json").write_bytes(content(document))
    return folder / "remedies.json"


def test_facts_and_sources_beside_the_catalogue_are_used(tmp_path: Path) -> None:
    catalogue = Catalogue.load(written(tmp_path, remedies=CATALOGUE, facts=FACTS, sources=SOURCES))
    assert [one.id for one in catalogue.facts] == [one["id"] for one in FACTS["facts"]]
    assert catalogue.sources.keys() == SOURCES["sources"].keys()


def test_without_facts_and_sources_beside_it_a_catalogue_rests_on_the_shipped_ones(tmp_path: Path) -> None:
    text = content(CATALOGUE).replace(b'"nsaid-tablets"', b'"nsaids-systemic"')
    path = tmp_path / "own.json"
    path.write_bytes(text.replace(b'"label: general"', b'"article: general"'))
    catalogue = Catalogue.load(path)
    assert catalogue.facts == Catalogue.shipped().facts
    assert catalogue.sources == Catalogue.shipped().sources
    assert [one.id for one in catalogue.remedies] == ["first", "second"]


def test_sources_alone_beside_the_catalogue_are_used(tmp_path: Path) -> None:
    text = json.dumps(CATALOGUE).replace('"nsaid-tablets"', '"nsaids-systemic"')
    catalogue = Catalogue.load(written(tmp_path, remedies=json.loads(text), sources=SOURCES))
    assert catalogue.sources.keys() == SOURCES["sources"].keys()
    assert catalogue.facts == Catalogue.shipped().facts


def test_what_cross_reactions_rest_on_is_known_where_the_sources_do_not_name_it(tmp_path: Path) -> None:
    facts = changed(FACTS, ("facts[5].cross_reacts_with", ["fenofibrate"]))
    sources = changed(SOURCES, ("sources.vocabulary", REMOVED))
    catalogue = Catalogue.load(written(tmp_path, remedies=CATALOGUE, facts=facts, sources=sources))
    cross = next(one for one in catalogue.rules["first"] if one.key == "first/cross-allergy-fenofibrate")
    assert cross.rule.sources == ("vocabulary: general",)
    source = catalogue.sources["vocabulary"]
    assert (source.title, source.publisher, source.grade) == (
        "Vocabulary of the catalogue: substances and their relations (facts.json)",
        "the catalogue itself",
        "reference",
    )


def test_the_sources_may_name_another_document_for_cross_reactions() -> None:
    read = load(sources=changed(SOURCES, ("sources.vocabulary.title", "A handbook")))
    assert read.sources["vocabulary"].title == "A handbook"


def test_a_broken_file_is_named_by_its_path(tmp_path: Path) -> None:
    path = written(tmp_path, facts=FACTS, sources=SOURCES)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        Catalogue.load(path)
    assert str(caught.value) == (f"{path}, line 1, column 2: is not JSON: ends too early")


def test_a_catalogue_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        Catalogue.load(str(tmp_path / "none.json"))
    assert str(caught.value) == f"{tmp_path / 'none.json'}: cannot be read: no such file or directory"


def test_a_folder_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        Catalogue.load(tmp_path)
    assert str(caught.value) == f"{tmp_path}: is a directory; give a catalogue file"


def test_the_shipped_catalogue_loads_without_faults() -> None:
    catalogue = Catalogue.load(DATA / "remedies.json")
    assert catalogue.sha256 == Catalogue.shipped().sha256
    assert catalogue.version == catalogue.file.version


def shipped_contents() -> Contents:
    return Contents(*((DATA / name).read_bytes() for name in FILES))


@cache
def read_once(contents: Contents) -> Catalogue:
    """Read a catalogue strictly, once for all tests; it never changes."""
    return Catalogue(contents)


SAID: list[Document] = [
    {},
    {"age": 34, "pregnancy": "possible", "conditions": ["asthma"], "allergies": ["aspirin"]},
    {"age": 70, "sex": "male", "nothing_else": True, "medicines": ["B01AA03"], "skin": ["порез"], "signs": ["fever"]},
    {"born": "2026-01", "nothing_else": True, "conditions": ["J45.0", "I50"]},
    {"age": 30, "pregnancy": {"weeks": 27, "days": 4}, "breastfeeding": True, "circumstances": ["sun exposure"]},
]
"""Patients of the shipped catalogue."""


@pytest.mark.parametrize("said", SAID, ids=str)
def test_a_check_by_a_dumped_rulebook_says_what_one_by_the_records_says(said: Document) -> None:
    contents = shipped_contents()
    strict = read_once(contents)
    rulebook = read_dump(strict.dump().encode(), checksum(contents))
    assert rulebook is not None
    read = Catalogue(contents, rulebook=rulebook)
    patient, day = Patient.model_validate(said), date(2026, 11, 22)
    assert check(patient, read, as_of=day, all_rules=True) == check(patient, strict, as_of=day, all_rules=True)


@pytest.mark.parametrize(
    "contents",
    [shipped_contents(), Contents(content(CATALOGUE), content(FACTS), content(SOURCES))],
    ids=["the shipped data", "a small catalogue"],
)
def test_a_dumped_rulebook_is_the_compiled_one(contents: Contents) -> None:
    strict = read_once(contents)
    rulebook = read_dump(strict.dump().encode(), checksum(contents))
    assert rulebook is not None
    assert rulebook.dump(checksum(contents)) == strict.dump()
    assert rulebook.vocabulary.number == strict.vocabulary.number
    assert list(rulebook.vocabulary.up) == list(strict.vocabulary.up)
    assert rulebook.vocabulary.down == strict.vocabulary.down
    assert rulebook.vocabulary.prompts == strict.vocabulary.prompts
    assert rulebook.vocabulary.topic_mask == strict.vocabulary.topic_mask
    assert rulebook.clauses.pregnancies == strict.rulebook.clauses.pregnancies
    assert rulebook.names == strict.rulebook.names


@pytest.mark.parametrize(
    "contents",
    [shipped_contents(), Contents(content(CATALOGUE), content(FACTS), content(SOURCES))],
    ids=["the shipped data", "a small catalogue"],
)
def test_records_read_on_trust_are_those_read_strictly(contents: Contents) -> None:
    strict = read_once(contents)
    trusted = TrustedRecords(contents)
    records = trusted.all()
    assert records == strict.records
    assert records.file.model_dump_json() == strict.file.model_dump_json()
    assert [fact.model_dump_json() for fact in records.facts] == [fact.model_dump_json() for fact in strict.facts]
    assert kinds(records) == kinds(strict.records)
    assert trusted.common == strict.file.common
    assert trusted.sources == strict.sources
    assert [trusted.remedy(one.id) for one in strict.remedies] == list(strict.remedies)
    wanted = {one.id for one in strict.file.substances}
    assert list(trusted.substances(wanted)) == list(strict.file.substances)
    assert list(trusted.substances(set())) == []


def kinds(value: Any) -> Any:
    """Replace every value of a record by its type, as deep as there are records; 4 and 4.0 are of one kind."""
    match value:
        case Frozen():
            return type(value), {name: kinds(getattr(value, name)) for name in type(value).model_fields}
        case Records():
            return kinds(value.file), kinds(value.facts), kinds(value.sources)
        case tuple() | list():
            return type(value), [kinds(child) for child in value]
        case dict():
            return type(value), {name: kinds(child) for name, child in value.items()}
        case int() | float() if not isinstance(value, bool):
            return float
        case _:
            return type(value)


@pytest.mark.parametrize(
    "contents",
    [shipped_contents(), Contents(content(CATALOGUE), content(FACTS), content(SOURCES))],
    ids=["the shipped data", "a small catalogue"],
)
def test_a_catalogue_with_a_dumped_rulebook_reads_its_records_when_they_are_asked_for(contents: Contents) -> None:
    strict = read_once(contents)
    read = Catalogue(contents, rulebook=read_dump(strict.dump().encode(), checksum(contents)))
    assert read.records == strict.records
    assert read.rules == strict.rules
    assert [read.find(one.name) for one in strict.remedies] == list(strict.remedies)
    assert [read.guidance(one) for one in read.remedies] == [strict.guidance(one) for one in strict.remedies]
    assert (read.sha256, read.version, read.common) == (strict.sha256, strict.version, strict.common)


def longer(document: Any, key: str = "") -> Any:
    """Write every citation of a document in its longer form."""
    match document:
        case dict():
            return {name: longer(child, name) for name, child in document.items()}
        case list():
            return [longer(child, key) for child in document]
        case str() if key == "sources":
            ref, section = document.split(": ")
            return {"ref": ref, "section": section}
        case _:
            return document


@pytest.mark.parametrize(
    "contents",
    [shipped_contents(), Contents(content(CATALOGUE), content(FACTS), content(SOURCES))],
    ids=["the shipped data", "a small catalogue"],
)
def test_both_forms_of_a_citation_give_the_same_rulebook(contents: Contents) -> None:
    written_longer = content(longer(json.loads(contents[0])))
    assert b'{"ref": "' in written_longer
    assert b'{"ref": "' not in contents[0]
    (short, short_book), (long, long_book) = (
        read_strictly(contents._replace(remedies=remedies), "remedies.json", "")
        for remedies in (contents[0], written_longer)
    )
    assert long == short
    assert long_book.dump(0) == short_book.dump(0)


def test_both_forms_of_a_citation_may_stand_side_by_side() -> None:
    both = ["label: children", {"ref": "leaflet", "section": "general"}]
    (rule,) = load(changed(CATALOGUE, (f"{FIRST}.sources", both))).remedies[0].rules
    assert rule.sources == ("label: children", "leaflet: general")
    assert [(cited.source, cited.section) for cited in rule.sources] == [("label", "children"), ("leaflet", "general")]


def test_a_rulebook_of_other_data_is_not_used() -> None:
    catalogue = load()
    again = changed(CATALOGUE, ("remedies[0].form", "ointment"))
    other = checksum(Contents(content(again), content(FACTS), content(SOURCES)))
    assert read_dump(catalogue.dump().encode(), other) is None


def test_a_rulebook_of_another_version_is_not_used() -> None:
    catalogue, same = load(), checksum(Contents(content(CATALOGUE), content(FACTS), content(SOURCES)))
    first, _, rest = catalogue.dump().partition("\x1e")
    dump = json.loads(first)
    newer = dump | {"format": dump["format"] + 1}
    assert read_dump(f"{json.dumps(dump)}\x1e{rest}".encode(), same) is not None
    assert read_dump(f"{json.dumps(newer)}\x1e{rest}".encode(), same) is None


@pytest.mark.parametrize(
    ("catalogue", "facts", "sources"),
    [
        (changed(CATALOGUE, ("remedies[0].form", "ointment")), FACTS, SOURCES),
        (CATALOGUE, changed(FACTS, ("facts[0].question", "Do you wheeze?")), SOURCES),
        (CATALOGUE, FACTS, changed(SOURCES, ("sources.label.year", 2021))),
    ],
    ids=["remedies", "facts", "sources"],
)
def test_every_change_of_the_data_changes_hash_and_rulebook(
    catalogue: Document, facts: Document, sources: Document
) -> None:
    before, after = load(), load(catalogue, facts, sources)
    assert before.sha256 != after.sha256
    assert before.dump() != after.dump()
    assert load().dump() == before.dump()
