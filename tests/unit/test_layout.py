"""The layout of the data files: texts written out by hand, and laws for every document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from remedies.core.documents import parse
from remedies.knowledge.layout import WIDTH, laid_out

if TYPE_CHECKING:
    from remedies.core.documents import Json

DATA = Path(__file__).parents[2] / "data"

CATALOGUE: Json = {
    "remedies": [
        {
            "name": "Alpha gel",
            "id": "alpha-gel",
            "label_note": None,
            "aliases": [],
            "ingredients": [
                {
                    "substance": "camphor",
                    "sources": [{"ref": "x", "section": "composition"}],
                    "strength": "10%",
                }
            ],
            "rules": [
                {
                    "sources": [
                        {"ref": "x", "section": "contraindications"},
                        {"ref": "y", "section": "precautions"},
                    ],
                    "id": "young-with-asthma",
                    "effect": "exclude",
                    "when": {"all": [{"condition": "asthma"}, {"age_below": 12}]},
                    "cure": None,
                    "because": "So it says.",
                }
            ],
            "usage": {
                "doses": [
                    {
                        "from_age": 12,
                        "below_age": None,
                        "amount": {
                            "text": "a pea",
                            "grams": {"min": 0.5, "max": 1},
                            "sources": [{"ref": "x", "section": "dosage"}],
                        },
                    }
                ],
                "how": [{"text": "Rub it in.", "sources": [{"ref": "x", "section": "dosage"}]}],
            },
        }
    ],
    "dimensions": [
        {"id": "early", "label": "the first trimester", "when": {"pregnant": {"trimesters": [1]}}},
    ],
    "version": "2026.1.2",
}

CATALOGUE_TEXT = """\
{
  "version": "2026.1.2",
  "dimensions": [
    {"id": "early", "label": "the first trimester", "when": {"pregnant": {"trimesters": [1]}}}
  ],
  "remedies": [
    {
      "id": "alpha-gel",
      "name": "Alpha gel",
      "aliases": [],
      "ingredients": [
        {"substance": "camphor", "strength": "10%", "sources": ["x: composition"]}
      ],
      "rules": [
        {
          "id": "young-with-asthma",
          "when": {"all": [{"condition": "asthma"}, {"age_below": 12}]},
          "effect": "exclude",
          "because": "So it says.",
          "sources": ["x: contraindications", "y: precautions"]
        }
      ],
      "usage": {
        "doses": [
          {
            "from_age": 12,
            "amount": {"text": "a pea", "grams": {"min": 0.5, "max": 1}, "sources": ["x: dosage"]}
          }
        ],
        "how": [
          {"text": "Rub it in.", "sources": ["x: dosage"]}
        ]
      }
    }
  ]
}
"""

FACTS: Json = {
    "facts": [
        {
            "synonyms": {"ru": ["насморк"], "en": ["runny nose"]},
            "id": "cold",
            "question": "Do you have a cold?",
            "topic": "conditions",
            "snomed": None,
            "label": "a cold",
        },
        {"id": "flu", "topic": "conditions", "label": "flu", "question": "Do you have flu?"},
    ],
    "forms": {"ячмень": "ячмен: ь я", "астма": "астм: а ы"},
    "mix_ups": [["one", "other"]],
    "known_prompts": {"on_skin": ["cold"], "allergies": []},
    "words": [{"ru": ["подагра"], "prompts": ["flu"], "en": ["gout"], "topic": "conditions", "means": None}],
}

FACTS_TEXT = """\
{
  "facts": [
    {
      "id": "cold",
      "topic": "conditions",
      "label": "a cold",
      "question": "Do you have a cold?",
      "synonyms": {"en": ["runny nose"], "ru": ["насморк"]}
    },
    {
      "id": "flu",
      "topic": "conditions",
      "label": "flu",
      "question": "Do you have flu?"
    }
  ],
  "words": [
    {"topic": "conditions", "en": ["gout"], "ru": ["подагра"], "prompts": ["flu"]}
  ],
  "known_prompts": {"allergies": [], "on_skin": ["cold"]},
  "mix_ups": [
    ["one", "other"]
  ],
  "forms": {"астма": "астм: а ы", "ячмень": "ячмен: ь я"}
}
"""

SOURCES: Json = {"sources": {"x": {"url": None, "title": "Leaflet", "publisher": "P", "year": None, "note": None}}}

SOURCES_TEXT = """\
{
  "sources": {
    "x": {
      "title": "Leaflet",
      "publisher": "P",
      "year": null,
      "url": null
    }
  }
}
"""


@pytest.mark.parametrize(
    ("document", "text"), [(CATALOGUE, CATALOGUE_TEXT), (FACTS, FACTS_TEXT), (SOURCES, SOURCES_TEXT)]
)
def test_each_file_has_one_layout(document: Json, text: str) -> None:
    assert laid_out(document) == text


@pytest.mark.parametrize("name", ["remedies.json", "facts.json", "sources.json"])
def test_the_shipped_files_stand_in_the_layout(name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    assert laid_out(parse(text, name)) == text


def backwards(document: Json) -> Json:
    """Turn round the keys of every object, but not those of a clause or of the list of sources."""
    match document:
        case list():
            return [backwards(child) for child in document]
        case dict():
            keys = document if {"years", "article"} & document.keys() else reversed(document)
            return {key: backwards(document[key]) for key in keys}
        case _:
            return document


@pytest.mark.parametrize("name", ["remedies.json", "facts.json", "sources.json"])
def test_every_key_of_the_shipped_files_has_its_place_however_it_was_written(name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    turned = backwards(parse(text, name))
    assert json.dumps(turned) != json.dumps(parse(text, name))
    assert laid_out(turned) == text


def test_unknown_keys_come_last_in_the_order_in_which_they_stand() -> None:
    document: Json = {"facts": [{"zeta": 1, "label": "a cold", "alpha": 2, "id": "cold"}]}
    assert '{"id": "cold", "label": "a cold", "zeta": 1, "alpha": 2}' in laid_out(document)


def test_the_order_of_a_list_stays() -> None:
    assert laid_out(["b", "a", None, "c"]) == '["b", "a", null, "c"]\n'


def test_a_line_holds_120_columns_with_its_margin_key_and_comma() -> None:
    fitting = "x" * (WIDTH - len('  "a": ["", "y"],'))
    assert laid_out({"a": [fitting, "y"], "b": [[]]}) == f'{{\n  "a": ["{fitting}", "y"],\n  "b": [\n    []\n  ]\n}}\n'
    longer = f"{fitting}x"
    assert laid_out({"a": [longer, "y"], "b": 1}) == f'{{\n  "a": [\n    "{longer}",\n    "y"\n  ],\n  "b": 1\n}}\n'


def test_a_clause_that_does_not_fit_has_a_line_per_part() -> None:
    parts: list[Json] = [{"condition": letter * 40} for letter in "abc"]
    assert laid_out({"when": {"all": [{"any": parts}, {"age_below": 12}]}}) == (
        "{\n"
        '  "when": {\n'
        '    "all": [\n'
        "      {\n"
        '        "any": [\n'
        f'          {{"condition": "{"a" * 40}"}},\n'
        f'          {{"condition": "{"b" * 40}"}},\n'
        f'          {{"condition": "{"c" * 40}"}}\n'
        "        ]\n"
        "      },\n"
        '      {"age_below": 12}\n'
        "    ]\n"
        "  }\n"
        "}\n"
    )


@pytest.mark.parametrize(
    "other",
    [
        {"ref": "x", "section": "general", "page": 3},
        {"ref": "x"},
        {"ref": "x", "section": 4},
        {"ref": "x: y", "section": "general"},
    ],
)
def test_only_a_source_and_a_section_become_a_citation(other: dict[str, Json]) -> None:
    assert laid_out(other) == f"{json.dumps(other)}\n"


KEYS = [
    *("remedies", "facts", "sources", "rules", "when", "because", "all", "topic", "question", "label"),
    *("title", "publisher", "year", "url", "ref", "section", "usage", "doses", "amount", "grams", "*", "id"),
]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["a", "a: b", "x" * 60])
)
DOCUMENTS: st.SearchStrategy[Json] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner, max_size=5)
        | st.fixed_dictionaries({"ref": inner, "section": inner}, optional={"page": inner})
        | st.fixed_dictionaries({"sources": st.dictionaries(st.text(max_size=3), inner, max_size=3)})
    ),
    max_leaves=40,
)


def told(document: Json) -> Json:
    """Say a document without nulls in objects and without citations, for a comparison."""
    if isinstance(document, list):
        return [told(child) for child in document]
    if not isinstance(document, dict):
        return document
    kept = {key: told(child) for key, child in document.items() if child is not None}
    match kept:
        case {"ref": str(source), "section": str(section), **more} if not more and ": " not in source:
            return f"{source}: {section}"
        case _:
            return kept


def plain(document: Json) -> str:
    """Write a document in a form in which only equal documents are equal; 1, 1.0 and true are not."""
    return json.dumps(document, sort_keys=True)


@given(DOCUMENTS)
@example({"remedies": None, "sources": {"x": {"year": 2020, "title": "Leaflet"}}})
@example({"ref": "x", "section": {"ref": "y", "section": "general"}, "page": None})
def test_a_second_time_changes_no_byte(document: Json) -> None:
    once = laid_out(document)
    assert laid_out(parse(once, "once")) == once


@given(DOCUMENTS)
def test_nothing_changes_but_nulls_and_citations(document: Json) -> None:
    assert plain(told(parse(laid_out(document), "laid out"))) == plain(told(document))


@given(DOCUMENTS)
def test_only_a_single_value_is_wider_than_a_line(document: Json) -> None:
    for line in laid_out(document).split("\n"):
        if len(line) > WIDTH:
            assert not isinstance(value_on(line), (list, dict))


def value_on(line: str) -> Json:
    """Return what stands whole on a line, with a key or without; nothing where a bracket opens or is empty."""
    text = line.strip(" ").removesuffix(",")
    for whole in (text, f"{{{text}}}"):
        try:
            value: Json = json.loads(whole)
        except ValueError:
            continue
        if whole != text and isinstance(value, dict):
            (value,) = value.values()
        return value or None
    return None
