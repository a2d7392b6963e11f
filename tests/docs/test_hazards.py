"""The hazard log: every entry is complete, and every test that it names exists."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOG = (ROOT / "docs" / "hazards.md").read_text("utf-8")
ENTRIES: dict[str, str] = dict(re.findall(r"^## \d+\. (.+)\n\n((?:.+\n)+)", LOG, re.MULTILINE))
PARTS = ["Cause", "Harm", "Control", "Shown by", "Remains"]
MOST = 24
"""More entries than this nobody reads."""


@cache
def named_in(path: str) -> set[str]:
    """Name the test functions of a file."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_the_log_has_about_twenty_entries_numbered_in_order() -> None:
    assert 18 <= len(ENTRIES) <= MOST
    assert [int(number) for number in re.findall(r"^## (\d+)\.", LOG, re.MULTILINE)] == list(range(1, len(ENTRIES) + 1))


def test_the_log_says_that_no_clinical_safety_officer_and_no_pharmacist_has_reviewed_it() -> None:
    said = " ".join(LOG.split())
    assert "It has not been reviewed by a clinical safety officer" in said
    assert "the catalogue has not been reviewed by a pharmacist" in said


@pytest.mark.parametrize("title", ENTRIES)
def test_an_entry_names_cause_harm_control_proof_and_what_remains(title: str) -> None:
    parts = re.findall(r"^- \*\*(.+?):\*\* (.+)$", ENTRIES[title], re.MULTILINE)
    assert [name for name, _ in parts] == PARTS
    assert [name for name, text in parts if len(text) < len("a few words of text")] == []


@pytest.mark.parametrize("title", ENTRIES)
def test_the_tests_that_show_a_control_exist(title: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", ENTRIES[title])
    assert named
    assert [(path, name) for path, name in named if name not in named_in(path)] == []
