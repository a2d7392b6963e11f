"""The review sheet that a pharmacist signs: nothing on record of a remedy is missing from it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from support import a_fact, a_remedy, a_rule, run, small_catalogue

from remedies import Catalogue
from remedies.pages.sheet import sheet_of, sheets_as_html, sheets_as_markdown

if TYPE_CHECKING:
    from remedies.knowledge.records import Remedy

CATALOGUE = Catalogue.shipped()
REMEDIES = CATALOGUE.remedies


def flat(text: str) -> str:
    """Return a text without Markdown's backslashes, HTML's tags and line ends."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text.replace("\\", ""))).split())


@pytest.mark.parametrize("remedy", REMEDIES, ids=lambda remedy: remedy.id)
def test_every_rule_is_a_line_to_agree_to_with_its_reason_its_sources_and_their_countries(remedy: Remedy) -> None:
    text = flat(sheets_as_markdown([sheet_of(remedy, CATALOGUE)]))
    for active in CATALOGUE.rules_of(remedy.id):
        assert f"{active.rule.because}" in text
        assert f"[{active.key}; " in text
        for cited in active.rule.sources:
            assert f"{cited.source} ({CATALOGUE.sources[cited.source].country}, {cited.section})" in text


def test_a_rule_is_a_sentence_under_its_effect() -> None:
    text = flat(sheets_as_markdown([sheet_of(CATALOGUE.find("finalgon"), CATALOGUE)]))
    never, rest = text.split("## Ask a doctor first")
    ask, pharmacist = rest.split("## Ask a pharmacist first")
    assert "☐ agree ☐ change – Under 12: Children under 12 must not use it. [finalgon/under-12; " in never
    assert "☐ agree ☐ change – Breastfeeding: The leaflet does not recommend it" in ask
    assert (
        "☐ agree ☐ change – Asthma: The labels on file say nothing about asthma. [finalgon/silent-asthma" in pharmacist
    )
    assert "Allergic to nonivamide: It contains nonivamide." in never


def test_numbers_of_use_and_every_instruction_are_there_with_their_sources() -> None:
    found = CATALOGUE.find("fastum-gel")
    text = flat(sheets_as_markdown([sheet_of(found, CATALOGUE)]))
    assert "from 12 years: at most 7 days without a doctor [fastum-es-smpc (ES, dosage)]" in text
    guidance = CATALOGUE.guidance(found)
    for entry in (*guidance.how, *guidance.avoid, *guidance.stop):
        assert entry.text in text
    assert [after.text for after in guidance.aftercare if after.text not in text] == []
    assert "For 14 days after the last use." in text


def test_a_sheet_has_lines_to_sign_on_and_says_what_is_signed() -> None:
    found = CATALOGUE.find("dolobene")
    sheet = sheet_of(found, CATALOGUE)
    for text in (sheets_as_markdown([sheet]), sheets_as_html([sheet])):
        for field in ("Name", "Registration number", "Date", "Signature"):
            assert field in text
        assert f"Catalogue {CATALOGUE.version}, hash {CATALOGUE.sha256}." in flat(text)
        assert f"Record dolobene, hash {CATALOGUE.record_hash(found)}." in flat(text)


def test_a_remedy_without_a_dose_says_that_there_is_no_plan() -> None:
    text = flat(sheets_as_markdown([sheet_of(CATALOGUE.find("betanicomylon"), CATALOGUE)]))
    assert "☐ agree ☐ change – No label gives a dose: there is no plan." in text


def test_html_and_markdown_say_the_same() -> None:
    sheet = sheet_of(CATALOGUE.find("capsicam"), CATALOGUE)
    page, text = flat(sheets_as_html([sheet])), flat(sheets_as_markdown([sheet]))
    for _, statements in sheet.rules:
        for one in statements:
            assert f"{one.whom} : {one.because}" in page
            assert f"{one.whom}: {one.because}" in text
    for line in (*sheet.usage, *sheet.confused, *sheet.signs):
        assert str(line) in page
        assert str(line) in text


def test_markup_in_a_catalogue_is_shown_and_not_obeyed() -> None:
    gel = a_remedy("gel", [a_rule("ill", {"condition": "illness"}, because="<b>No</b> & no.")])
    small = small_catalogue([a_fact("substance", "allergies"), a_fact("illness")], [gel])
    page = sheets_as_html([sheet_of(small.find("gel"), small)])
    assert "&lt;b&gt;No&lt;/b&gt; &amp; no." in page
    assert "<b>No</b>" not in page


def test_all_remedies_come_in_catalogue_order_each_on_paper_of_its_own() -> None:
    result = run("catalogue", "sheet", "--all", "--format", "html")
    assert re.findall(r"<h1>Review sheet: (.*?)</h1>", result.stdout) == [html.escape(one.name) for one in REMEDIES]
    assert "break-before: page" in result.stdout


@pytest.mark.parametrize("words", [(), ("fastum-gel", "--all")])
def test_a_sheet_is_for_one_remedy_or_for_all(words: tuple[str, ...]) -> None:
    result = run("catalogue", "sheet", *words)
    assert result.exit_code == 2
    assert "Error: name one remedy, or give --all for all of them" in result.stderr


def test_a_remedy_that_does_not_exist_is_named_with_what_comes_near() -> None:
    result = run("catalogue", "sheet", "fastum-jel")
    assert result.exit_code == 2
    assert "no remedy is called 'fastum-jel'. Did you mean" in result.stderr
