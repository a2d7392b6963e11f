"""The printed handout: one sheet of A4, in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from remedies import Catalogue, Patient, Plan, plan
from remedies.pages.plan import as_html
from remedies.pages.sheet import sheet_of, sheets_as_html

if TYPE_CHECKING:
    from pathlib import Path

    from remedies.knowledge.records import Remedy

pytestmark = pytest.mark.browser

TODAY = date(2026, 11, 22)
HEALTHY = Patient.model_validate({"age": 34, "sex": "male", "nothing_else": True})
A4 = (595, 842)
"""An A4 sheet in points."""


@pytest.fixture(scope="module")
def browser() -> str:
    """Find Chromium; this test cannot say anything without it."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.fail("no Chromium on the PATH; install one, for example with: apt-get install chromium", pytrace=False)
    return found


def printed(browser: str, made: Plan, folder: Path) -> bytes:
    """Print a plan to PDF the way that a person would, and return the PDF."""
    return printed_page(browser, as_html(made), folder)


def printed_page(browser: str, html: str, folder: Path) -> bytes:
    """Print a page to PDF."""
    page, sheet = folder / "page.html", folder / "page.pdf"
    page.write_text(html, "utf-8")
    flags = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--user-data-dir={folder / 'profile'}",
        "--no-pdf-header-footer",
        f"--print-to-pdf={sheet}",
    )
    subprocess.run([browser, *flags, page.as_uri()], check=True, capture_output=True, timeout=120)
    return sheet.read_bytes()


def pages(pdf: bytes) -> int:
    """Count the page objects of a PDF."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def size(pdf: bytes) -> tuple[int, int]:
    """Return width and height of the first page in whole points."""
    match = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    assert match is not None
    return round(float(match[1])), round(float(match[2]))


def healthy_plan(remedy: str) -> Plan:
    made = plan(remedy, HEALTHY, start=TODAY, as_of=TODAY)
    assert isinstance(made, Plan), remedy
    return made


def wordiest_plan_for_a_doctor() -> Plan:
    """Find the longest plan that needs a doctor's word, over every remedy and every single fact."""
    catalogue = Catalogue.shipped()
    answers: list[dict[str, object]] = [
        {entry.topic: {"yes": [entry.id], "rest": "no"}}
        for entry in catalogue.vocabulary.entries
        if entry.topic != "signs"
    ]
    answers += [{"sex": "female", "pregnancy": {"trimester": number}} for number in (1, 2, 3)]
    answers += [{"sex": "female", "pregnancy": "no", "breastfeeding": True}]
    found: list[Plan] = []
    for said in answers:
        patient = Patient.model_validate({"age": 34, "sex": "male", "nothing_else": True} | said)
        made = [plan(remedy.id, patient, catalogue, start=TODAY, as_of=TODAY) for remedy in catalogue.remedies]
        found += [one for one in made if isinstance(one, Plan) and one.verdict == "ask-doctor"]
    return max(found, key=lambda one: len(as_html(one)))


@pytest.mark.parametrize(
    "remedy", [one.id for one in Catalogue.shipped().remedies if one.usage is not None], ids=lambda one: one
)
def test_the_handout_of_a_remedy_prints_on_exactly_one_a4_sheet(browser: str, remedy: str, tmp_path: Path) -> None:
    pdf = printed(browser, healthy_plan(remedy), tmp_path)

    assert size(pdf) == A4
    assert pages(pdf) == 1


@pytest.mark.parametrize("remedy", Catalogue.shipped().remedies, ids=lambda one: one.id)
def test_the_review_sheet_of_a_remedy_prints_on_one_or_two_a4_sheets(
    browser: str, remedy: Remedy, tmp_path: Path
) -> None:
    pdf = printed_page(browser, sheets_as_html([sheet_of(remedy, Catalogue.shipped())]), tmp_path)

    assert size(pdf) == A4
    assert pages(pdf) in {1, 2}


def test_the_wordiest_plan_that_needs_a_doctor_prints_on_exactly_one_a4_sheet(browser: str, tmp_path: Path) -> None:
    made = wordiest_plan_for_a_doctor()

    pdf = printed(browser, made, tmp_path)

    assert size(pdf) == A4
    assert pages(pdf) == 1, made.remedy
