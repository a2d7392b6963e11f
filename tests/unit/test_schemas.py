"""Printed schemas: what each of them carries, and that whatever is printed keeps to its own."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import get_args

import pytest
from jsonschema import Draft202012Validator
from outgoing import many
from support import TODAY, Json

from remedies import Catalogue, Patient, Plan, Refusal, check, interview, plan
from remedies.checking.report import DETAILS
from remedies.core.version import VERSION
from remedies.pages import SchemaName
from remedies.pages.schemas import schema_of

NAMES: tuple[SchemaName, ...] = get_args(SchemaName)


def validator(name: SchemaName) -> Draft202012Validator:
    """Return what validates documents against a printed schema."""
    return Draft202012Validator(json.loads(schema_of(name)), format_checker=Draft202012Validator.FORMAT_CHECKER)


def objects(schema: object) -> Iterator[Json]:
    """Yield every object within a schema that has keys of its own, however deep."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            yield schema
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


def descriptions(schema: object) -> Iterator[str]:
    """Yield every description within a schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("description"), str):
            yield schema["description"]
        for part in schema.values():
            yield from descriptions(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from descriptions(part)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_names_its_dialect_and_the_version_of_the_program(name: SchemaName) -> None:
    schema = json.loads(schema_of(name))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:remedies:schema:{name}:{VERSION}"
    assert schema["description"]


@pytest.mark.parametrize("name", NAMES)
def test_every_key_of_every_object_is_described(name: SchemaName) -> None:
    found = list(objects(json.loads(schema_of(name))))
    assert found
    bare = [
        f"{one['title']}.{key}"
        for one in found
        for key, part in one["properties"].items()
        if not part.get("description")
    ]
    assert bare == []


@pytest.mark.parametrize("name", NAMES)
def test_descriptions_are_plain_words_without_the_marks_of_the_source(name: SchemaName) -> None:
    found = list(descriptions(json.loads(schema_of(name))))
    assert found
    marks = ("``", "Raises:", "Args:", ">>>", "\n")
    assert [text for text in found if any(mark in text for mark in marks)] == []


PEOPLE: list[Json] = [
    {},
    {"age": 34, "sex": "male", "nothing_else": True},
    {"born": "1990-05", "pregnancy": {"weeks": 27}, "conditions": ["asthma", "K74"], "signs": ["fever"]},
    {"id": "p-1", "age": {"years": 0, "months": 7}, "said_on": "2026-10-01", "skin": {"rest": "no"}},
    {"age": 70, "breastfeeding": False, "allergies": {"yes": ["aspirin"], "no": ["dmso"]}},
]


@pytest.mark.parametrize("said", PEOPLE)
def test_fifty_reports_keep_to_the_schema_of_reports(said: Json) -> None:
    """Five people, each with five courses, in every detail, with and without the rules that were ruled out."""
    schema = validator("report")
    for later in range(5):
        for all_rules in (False, True):
            start = TODAY + timedelta(days=later)
            detail = DETAILS[-1 - later % 3]
            report = check(
                Patient(**said),
                start=start,
                days=5 - later,
                as_of=TODAY,
                remedies=None if detail == "first" else ["fastum-gel", "dolobene", "apizartron"],
                detail=detail,
                all_rules=all_rules,
            )
            assert list(schema.iter_errors(json.loads(report.model_dump_json()))) == []


@pytest.mark.slow
def test_five_hundred_reports_keep_to_the_schema_of_reports() -> None:
    schema = validator("report")
    checked = 0
    for report in many(2):
        checked += 1
        assert list(schema.iter_errors(json.loads(report.model_dump_json()))) == []
    assert checked == 500


@pytest.mark.parametrize("name", NAMES)
def test_no_key_has_a_title_of_which_a_generator_of_code_would_make_a_type(name: SchemaName) -> None:
    titled = [
        key
        for one in objects(json.loads(schema_of(name)))
        for key, part in one["properties"].items()
        if "title" in part
    ]
    assert titled == []


def test_plans_refusals_states_and_screens_keep_to_their_schemas() -> None:
    healthy = Patient(age=34, sex="male", nothing_else=True)
    made = plan("fastum-gel", healthy, start=TODAY, as_of=TODAY)
    assert isinstance(made, Plan)
    refused = plan("fastum-gel", Patient(), start=TODAY, as_of=TODAY)
    assert isinstance(refused, Refusal)
    state = interview.answer(interview.begin(as_of=TODAY), "signs", {"fever": "unknown", "rest": "no"})
    state = interview.change(interview.answer(state, "person", "34, man"), "signs")
    assert list(validator("plan").iter_errors(json.loads(made.model_dump_json()))) == []
    assert list(validator("refusal").iter_errors(json.loads(refused.model_dump_json()))) == []
    assert list(validator("state").iter_errors(json.loads(state.model_dump_json()))) == []
    for screen in interview.screens(state):
        assert list(validator("screen").iter_errors(json.loads(screen.model_dump_json()))) == []


def test_the_shipped_files_keep_to_their_schemas() -> None:
    remedies, facts, sources, reviews = map(json.loads, Catalogue.shipped()._contents)
    assert list(validator("catalogue").iter_errors(remedies)) == []
    assert list(validator("facts").iter_errors(facts)) == []
    assert list(validator("sources").iter_errors(sources)) == []
    assert list(validator("reviews").iter_errors(reviews)) == []
