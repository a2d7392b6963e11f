"""Looking up on one screen: a remedy, and which remedies a fact touches."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from support import run

from remedies import Catalogue
from remedies.pages.remedy import who

CATALOGUE = Catalogue.shipped()
IDS = [remedy.id for remedy in CATALOGUE.rulebook.remedies]
DISCLAIMER = "Not medical advice: read the leaflet in the pack and ask a pharmacist."


def printed(*words: str, width: int = 80) -> str:
    result = run(*words, env={"COLUMNS": str(width)})
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def flat(text: str) -> str:
    return " ".join(text.split())


# show


@pytest.mark.parametrize(("width", "most"), [(80, 24), (120, 24), (60, 40), (40, 40)])
@pytest.mark.parametrize("remedy", IDS)
def test_a_remedy_fits_one_screen(remedy: str, width: int, most: int) -> None:
    lines = printed("show", remedy, width=width).splitlines()
    assert len(lines) <= most
    assert max(map(len, lines)) <= width
    assert flat(lines[0]) == CATALOGUE.find(remedy).name
    assert flat(" ".join(lines)).endswith(f"remedies show {remedy} --details {DISCLAIMER}")


NOUNS: dict[str | None, str] = {
    "conditions": "illness",
    "allergies": "allerg",
    "medicines": "medicine",
    "skin": "skin",
    "circumstances": "circumstance",
}
LABELS = {"exclude": "Must not use it: ", "ask-doctor": "Ask a doctor: ", "ask-pharmacist": "Ask a pharmacist: "}


@pytest.mark.parametrize("width", [80, 40])
@pytest.mark.parametrize("remedy", IDS)
def test_nothing_of_who_must_not_use_it_or_asks_is_left_out_uncounted(remedy: str, width: int) -> None:
    """Every phrase of a topic is said, or counted in “and 3 more” or “9 illnesses”."""
    text = flat(printed("show", remedy, width=width))
    everything = who(CATALOGUE.rules_of(remedy), CATALOGUE)
    for effect, label in LABELS.items():
        cells = {subject: found[effect] for subject, found in everything.items() if effect in found}
        assert (label in text) == bool(cells)
        # The next label begins with a capital letter behind a full stop.
        said = re.split(r"\. (?=Ask a|How: )", text.partition(label)[2])[0]
        for subject in cells.keys() & NOUNS.keys():
            phrases = cells[subject]
            counted = [int(number) for number in re.findall(r"and (\d+) more", said)]
            left = sum(phrase not in said for phrase in phrases)
            assert f"{len(phrases)} {NOUNS[subject]}" in said or not left or max(counted) >= left


def test_a_remedy_at_a_glance_says_what_matters_most() -> None:
    text = flat(printed("show", "dolobene"))
    assert (
        "Must not use it: under 5 years; pregnancy; breastfeeding; damaged, inflamed or diseased skin; asthma" in text
    )
    assert "How: From 5 years: 2 to 3 times a day, 5 days at most" in text
    assert "Not the same as: Hepathrombin" in text


def test_a_remedy_of_which_nothing_is_known_asks_for_everybody_and_says_no_dose() -> None:
    text = flat(printed("show", "betanicomylon"))
    assert "Ask a doctor: everybody; any warning sign" in text
    assert "How: No label gives a dose: ask a doctor or pharmacist. Stop" in text


def test_sun_that_stays_barred_is_on_the_screen_of_every_remedy_of_which_it_is_so() -> None:
    barred = [one.id for one in CATALOGUE.remedies if CATALOGUE.guidance(one).aftercare]
    assert barred
    for remedy in barred:
        assert "After the last use: " in flat(printed("show", remedy))


def test_a_remedy_at_a_glance_as_markdown_has_every_list_in_full() -> None:
    text = printed("show", "diclofenac-gel", "--format", "markdown")
    assert text.startswith("## Diclofenac gel\n\n- Diclofenac anti-inflammatory gel")
    assert not re.search(r"and \d+ more", text, re.IGNORECASE)
    assert text.endswith(f"{DISCLAIMER}\n")


def test_the_long_page_has_who_how_every_rule_and_every_source() -> None:
    lines = printed("show", "dolobene", "--details").splitlines()
    titles = ["How to use", "Avoid", "Stop and see a doctor", "Must not be used, rule by rule", "Sources"]
    assert [line for line in lines if line in titles] == titles
    assert len(lines) > 200


@pytest.mark.parametrize("words", [("Doctor", "MOM"), ("Доктор", "МОМ"), ("camphor", "oil")], ids=" ".join)
def test_a_name_of_several_words_needs_no_quotes(words: tuple[str, ...]) -> None:
    assert printed("show", *words) == printed("show", " ".join(words))


# list --for


COMMON = [
    *("asthma", "heart disease", "kidney disease", "liver disease", "hypertension", "diabetes", "epilepsy", "eczema"),
    *("pregnancy", "27 weeks", "breastfeeding", "age 11", "age 1", "age 70", "Eliquis", "taking warfarin", "fever"),
    *("allergy to aspirin", "allergy to camphor", "open wound", "stomach ulcer", "гипертония", "taking paracetamol"),
]


@pytest.mark.parametrize("thing", COMMON)
def test_what_a_common_fact_touches_fits_one_screen(thing: str) -> None:
    lines = printed("list", "--for", thing).splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    assert lines[-1] == DISCLAIMER


@pytest.mark.parametrize("thing", COMMON)
@pytest.mark.parametrize("width", [80, 40])
def test_every_remedy_is_named_once_by_what_a_fact_does_to_it(thing: str, width: int) -> None:
    text = flat(printed("list", "--for", thing, width=width))
    assert all(remedy.short in text for remedy in CATALOGUE.rulebook.remedies)


def test_remedies_stand_in_the_order_of_verdicts_with_the_reason_that_decides() -> None:
    lines = printed("list", "--for", "asthma").splitlines()
    assert lines[0] == "Asthma: must not 5, doctor 14, pharmacist 2, not touched 0"
    assert lines[1] == "must not use    Dolobene            People with asthma must not use it."
    assert [line[:14].strip() for line in lines[1:22]] == [
        *["must not use"] * 5,
        *["ask doctor"] * 14,
        *["ask pharmacist"] * 2,
    ]
    assert lines[22] == "+ Together with polyps in the nose, must not use: Diclofenac gel, Diclovit."


def test_several_facts_make_a_grid_with_a_row_per_remedy() -> None:
    lines = printed("list", "--for", "asthma", "--for", "pregnancy").splitlines()
    assert lines[0].split() == ["Remedy", "asthma", "pregnancy"]
    rows = [re.split(r" {2,}", line) for line in lines[2:23]]
    assert len(rows) == 21
    assert ["Dolobene", "must not", "must not"] in rows
    assert ["Diclofenac gel", "doctor+", "doctor+"] in rows
    assert ["Finalgon", "pharmacist", "must not"] in rows
    assert "+: stricter for some kinds of it" in flat(" ".join(lines))


def test_what_a_fact_touches_comes_as_json_csv_and_markdown_too() -> None:
    (found,) = json.loads(printed("list", "--for", "asthma", "--format", "json"))
    assert (found["word"], found["facts"], len(found["remedies"])) == ("asthma", ["asthma"], 21)
    assert found["remedies"][0]["verdict"]["reasons"][0]["sources"]

    rows = list(csv.DictReader(io.StringIO(printed("list", "--for", "asthma", "--for", "fever", "--format", "csv"))))
    assert len(rows) == 42
    assert {row["for"] for row in rows} == {"asthma", "fever"}
    assert (rows[0]["remedy"], rows[0]["verdict"], rows[0]["rule"]) == ("dolobene", "excluded", "dolobene/asthma")

    text = printed("list", "--for", "asthma", "--format", "markdown")
    assert "| Dolobene gel | must not use | People with asthma must not use it. |" in text
    assert "- Together with polyps in the nose, must not use: Diclofenac gel, Diclovit." in text
    grid = printed("list", "--for", "asthma", "--for", "fever", "--format", "markdown")
    assert grid.startswith("| Remedy | asthma | fever (fever above 37 °C) |\n")


def test_a_thing_that_is_not_understood_is_refused() -> None:
    result = run("list", "--for", "astmma")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: 'astmma' is not known. Did you mean asthma?\n"
