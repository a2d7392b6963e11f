"""The OpenAPI document: it is valid, its examples are answered, and the page on HTTP says the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from remedies.pages.schemas import schema_of
from remedies.web.app import create_app
from remedies.web.documenting import EXAMPLES
from remedies.web.openapi import ADDRESS

APP = create_app(hosts=["*"])
CLIENT = TestClient(APP, base_url="http://localhost")
DOCUMENT: dict[str, Any] = CLIENT.get(ADDRESS).json()
OPERATIONS = [
    f"{method.upper()} {path}" for path, methods in DOCUMENT["paths"].items() for method in methods if path != ADDRESS
]


def test_every_shape_of_the_document_is_a_schema_and_every_reference_leads_somewhere() -> None:
    shapes = DOCUMENT["components"]["schemas"]
    for shape in shapes.values():
        Draft202012Validator.check_schema(shape)
    references = {one.split('"')[0] for one in json.dumps(DOCUMENT).split('"$ref": "')[1:]}

    assert references
    assert references <= {f"#/components/schemas/{name}" for name in shapes}


def test_a_report_is_described_as_its_printed_schema_does() -> None:
    printed = json.loads(schema_of("report"))
    described = DOCUMENT["components"]["schemas"]["Report"]

    assert described["properties"].keys() == printed["properties"].keys()
    assert described["description"] == printed["description"]


@pytest.mark.parametrize("path", [path for path, methods in DOCUMENT["paths"].items() if "post" in methods])
def test_every_example_of_the_document_is_answered(path: str) -> None:
    (kind,) = DOCUMENT["paths"][path]["post"]["requestBody"]["content"].values()

    assert kind["example"] in EXAMPLES.values()
    assert CLIENT.post(path, json=kind["example"]).status_code == 200


def test_every_operation_has_a_tag_a_summary_and_documented_problems() -> None:
    operations = [one for methods in DOCUMENT["paths"].values() for one in methods.values()]

    assert all(one["tags"] and one["summary"] and one["description"] for one in operations)
    assert all({"200", "400", "429", "503"} <= one["responses"].keys() for one in operations)


def test_the_page_on_http_lists_every_route_and_no_other() -> None:
    page = (Path(__file__).parents[2] / "docs" / "http.md").read_text("utf-8")
    rows = re.findall(r"^\| `(GET|POST) (/\S*)` \|", page, flags=re.MULTILINE)

    assert sorted(f"{method} {path}" for method, path in rows) == sorted([*OPERATIONS, f"GET {ADDRESS}"])


def test_every_status_that_is_documented_is_explained_on_the_page_on_http() -> None:
    page = (Path(__file__).parents[2] / "docs" / "http.md").read_text("utf-8")
    explained = {status for row in re.findall(r"^\| (4\d\d|5\d\d)(.*?) \|", page, flags=re.MULTILINE) for status in row}
    explained = set(re.findall(r"\d{3}", " ".join(explained)))
    operations = [one for methods in DOCUMENT["paths"].values() for one in methods.values()]

    assert {status for one in operations for status in one["responses"]} - {"200", "304"} == explained - {"405"}
