"""A report as CDS Hooks cards: what weighs most first, nothing lost, nothing recommended while a sign stands."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from outgoing import PEOPLE, many, of, some, written
from support import CITED, SOURCES, TODAY, a_fact, a_remedy, a_rule, one_remedy, small_catalogue

from remedies import ArgumentError, Catalogue, CatalogueError, Patient, Report, check, to_cds_cards
from remedies.pages.schemas import schema_of

if TYPE_CHECKING:
    from remedies.core.cards import CdsCard

INDICATORS = {
    "excluded": "critical",
    "undecided": "warning",
    "ask-doctor": "warning",
    "ask-pharmacist": "warning",
    "allowed": "info",
}
"""Verdicts in the order of their cards, with how much each card matters."""

SCHEMAS = {
    "the specification's": json.loads(Path(__file__).with_name("cds-hooks-2.0-card.schema.json").read_text("utf-8")),
    "our own": json.loads(schema_of("cds-card")),
}


def about(cards: list[CdsCard], remedy: str) -> CdsCard:
    """Find the card of one remedy."""
    return next(card for card in cards if card["source"]["topic"]["code"] == remedy)


def remedies_of(cards: list[CdsCard]) -> list[CdsCard]:
    """Leave out the referral."""
    return [card for card in cards if card["source"]["topic"]["system"] == "urn:remedies:remedy"]


def own(name: str = "Gel") -> Catalogue:
    """Make a catalogue of two gels, one excluded for an illness, one never."""
    facts = [a_fact("substance", "allergies"), a_fact("ill", label=f"{'a very ' * 11}ill"), a_fact("bad-sign", "signs")]
    ruled = a_remedy("gel", [a_rule("ill", {"condition": "ill"})]) | {"name": name}
    return small_catalogue(
        facts,
        [ruled, a_remedy("free", [])],
        signs=[{"sign": "bad-sign", "urgency": "now", "because": "It is bad.", "sources": CITED}],
    )


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_every_card_keeps_to_the_schema(schema: dict[str, object]) -> None:
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error for report in some() for card in to_cds_cards(report) for error in validator.iter_errors(card)] == []


@pytest.mark.slow
def test_the_cards_of_five_hundred_reports_keep_to_both_schemas() -> None:
    validators = [
        Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER) for schema in SCHEMAS.values()
    ]
    checked = 0
    for report in many(2):
        checked += 1
        for card in to_cds_cards(report):
            assert [error for validator in validators for error in validator.iter_errors(card)] == []
    assert checked == 500


def test_every_remedy_has_one_card_that_matters_as_much_as_its_verdict() -> None:
    for report in some():
        cards = remedies_of(to_cds_cards(report))
        found = {card["source"]["topic"]["code"]: card["indicator"] for card in cards}
        assert len(cards) == len(report.verdicts)
        assert found == {entry.remedy: INDICATORS[entry.verdict] for entry in report.verdicts}


def test_cards_come_with_the_weightiest_verdict_first_and_in_the_order_of_the_report_within_each() -> None:
    for report in some():
        wanted = [entry.remedy for verdict in INDICATORS for entry in report.verdicts if entry.verdict == verdict]
        assert [card["source"]["topic"]["code"] for card in remedies_of(to_cds_cards(report))] == wanted


def test_a_referral_is_the_first_card_and_critical_and_names_every_sign_with_why_and_source() -> None:
    report = of("an urgent sign")
    first, *others = to_cds_cards(report)

    assert first["summary"] == ("See a doctor now, before any remedy: weak arms or legs, fever above 37 °C.")
    assert first["indicator"] == "critical"
    assert first["source"]["topic"] == {
        "system": "urn:remedies:sign",
        "code": "limb-weakness",
        "display": "weak arms or legs",
    }
    for sign in report.refer:
        assert sign.because in first["detail"]
        assert report.sources[sign.sources[0].source].title in first["detail"]
    assert len(others) == len(report.verdicts)


@pytest.mark.parametrize("who", ["an urgent sign", "a sign and nothing else known"])
def test_no_card_recommends_a_remedy_while_a_sign_stands(who: str) -> None:
    cards = of(who).to_cds_cards()

    assert [card for card in cards if "suggestions" in card or "selectionBehavior" in card] == []
    assert [card for card in cards if "may be used: " in f"{card['summary']}{card['detail']}"] == []
    assert {card["detail"].partition(",")[0] for card in cards[1:]} <= {"See a doctor now", "See a doctor soon"}


def test_nor_does_one_of_a_report_in_which_a_remedy_is_allowed_beside_a_sign() -> None:
    """No check finds that; whoever changes a report has such cards all the same."""
    signs = of("an urgent sign").refer
    cards = of("all is ruled out").model_copy(update={"refer": signs}).to_cds_cards()

    assert about(cards, "dolobene")["summary"] == (
        "A doctor comes before Dolobene gel and any other remedy, because of a warning sign."
    )
    assert about(cards, "dolobene")["indicator"] == "info"
    assert [card for card in cards if "suggestions" in card or "may be used: " in written(card)] == []


def test_without_a_sign_the_other_cards_suggest_what_may_be_used_at_most_one_of_it() -> None:
    looked_at = set()
    for report in some():
        if report.refer:
            continue
        names = [entry.name for entry in report.allowed]
        for card in to_cds_cards(report):
            labels = [one["label"] for one in card.get("suggestions", [])]
            if card["indicator"] == "info" or not names:
                assert "suggestions" not in card
                continue
            assert labels == [f"{name} may be used: no listed reason against it." for name in names]
            assert card["selectionBehavior"] == "at-most-one"
            looked_at.add(card["indicator"])
    assert looked_at == {"warning", "critical"}


LONG = {"a long name": "Gel " * 50, "a long name without a space": "G" * 200}


@pytest.mark.parametrize("name", LONG.values(), ids=LONG)
@pytest.mark.parametrize("said", [{}, {"conditions": ["ill"]}, {"nothing_else": True}, {"signs": ["bad-sign"]}])
def test_a_summary_is_shorter_than_140_characters_however_long_the_names_are(
    name: str, said: dict[str, object]
) -> None:
    catalogue = own(name=name.strip())
    cards = to_cds_cards(check(Patient.model_validate(said), catalogue), catalogue)

    assert max(len(card["summary"]) for card in cards) < 140
    assert about(cards, "gel")["summary"].strip("…. ") != ""


def test_a_long_reason_is_cut_between_words() -> None:
    catalogue = one_remedy([a_rule("long", {"always": True}, because="Because of this. " * 13)])
    (card,) = to_cds_cards(check(Patient(), catalogue), catalogue)

    assert card["summary"] == (
        "Gel must not be used: Because of this. Because of this. Because of this. "
        "Because of this. Because of this. Because of this. Because of…"
    )
    assert 130 < len(card["summary"]) < 140


def test_what_is_undecided_says_what_it_depends_on_in_plain_words() -> None:
    report = of("nothing is known", remedies=["dolobene"])
    (card,) = to_cds_cards(report)

    assert card["summary"] == (
        "It cannot be said yet whether Dolobene gel may be used. Not known: asthma, heart disease and 49 more."
    )


def test_words_that_nobody_knew_stand_on_every_card_and_are_neither_markup_nor_link() -> None:
    cards = of("words that nobody knows").to_cds_cards()

    told = (
        "**Not understood, so nothing is ruled out there:** `zzqq` (illnesses), "
        "`<b>[x](http://e.example)</b> 'y' # z` (illnesses), `qwrtp` (medicines)."
    )
    assert [card["source"]["topic"]["code"] for card in cards if told not in card["detail"]] == []


def test_what_was_closed_and_assumed_and_every_warning_stands_on_every_card() -> None:
    report = of("words that nobody knows")
    closed = "Taken as “no”, because nothing else was said: 13 skin problems, 96 allergies, 5 circumstances"
    assert {one.topic for one in report.closed if one.facts} >= {"skin", "allergies", "circumstances"}

    for card in to_cds_cards(report):
        assert closed in card["detail"]
        assert "- The warning signs: fever above 37 °C, neck pain that is getting worse," in card["detail"]
        assert "- Assumed that pregnancy is “no”: sex is male." in card["detail"]
        assert card["detail"].endswith(report.disclaimer)


def test_a_warning_of_the_report_stands_on_every_card() -> None:
    report = of("some of all")
    warning = "'hypertension' is easily mixed up with 'hypotension': make sure which it is."
    assert warning in report.warnings
    assert [card for card in to_cds_cards(report) if warning not in card["detail"]] == []


REASON = re.compile(
    r"^- \*\*(Must not be used|Ask a doctor|Ask a pharmacist)(, if it is so)?:\*\* (.+?) \*(.+)\*$", flags=re.MULTILINE
)
EFFECTS = {"exclude": "Must not be used", "ask-doctor": "Ask a doctor", "ask-pharmacist": "Ask a pharmacist"}


def test_every_reason_on_a_card_is_one_of_the_report_with_its_effect_and_its_first_source() -> None:
    found = 0
    for report in some():
        for card in remedies_of(to_cds_cards(report)):
            entry = report[card["source"]["topic"]["code"]]
            for effect, open_, because, cited in REASON.findall(card["detail"]):
                found += 1
                (reason,) = (
                    one
                    for one in entry.reasons
                    if because.startswith(one.because)
                    and (one.holds == "yes") == (not open_)
                    and EFFECTS[one.effect] == effect
                    and because.removeprefix(one.because) == ((one.cure and f" What would help: {one.cure}") or "")
                )
                assert report.sources[reason.sources[0].source].title in cited.replace("\\", "")
    assert found > 1000


def test_a_settled_verdict_names_the_first_three_reasons_that_decide_it_and_counts_the_others() -> None:
    for report in some():
        for card in remedies_of(to_cds_cards(report)):
            entry = report[card["source"]["topic"]["code"]]
            if entry.verdict in {"allowed", "undecided"}:
                continue
            holding = [reason.because for reason in entry.reasons if reason.holds == "yes"]
            assert [because for _, _, because, _ in REASON.findall(card["detail"])][:1] != []
            assert card["detail"].count("\n- **") + card["detail"].startswith("- **") == min(len(holding), 3)
            more = len(holding) - 3
            plural = "reason" if more == 1 else "reasons"
            assert (f"And {more} more {plural}, in the report." in card["detail"]) == (more > 0)


def test_the_source_of_a_card_is_the_first_with_a_link_that_its_main_reason_rests_on() -> None:
    report = of("a child", remedies=["finalgon"])
    cited = [report.sources[one.source] for one in report["finalgon"].reasons[0].sources]
    (card,) = report.to_cds_cards()

    assert cited[0].url is None
    assert cited[1].url == card["source"]["url"]
    assert card["source"]["label"] == f"{cited[1].title} ({cited[1].country})"


def test_where_it_has_no_link_there_is_none() -> None:
    catalogue = own()
    card = about(to_cds_cards(check(Patient(conditions=["ill"]), catalogue), catalogue), "gel")

    assert SOURCES["leaflet"]["url"] is None
    assert card["source"] == {
        "label": "Leaflet (RU)",
        "topic": {"system": "urn:remedies:remedy", "code": "gel", "display": "Gel"},
    }


def test_a_remedy_against_which_nothing_stands_rests_on_the_catalogue() -> None:
    report = of("all is ruled out", remedies=["dolobene"])
    (card,) = to_cds_cards(report)

    assert card["summary"] == "Dolobene gel may be used: no listed reason against it."
    assert card["source"]["label"] == f"remedies {report.program}, catalogue {report.catalogue.version}"
    assert "url" not in card["source"]


def test_a_report_of_bare_verdicts_has_cards_without_reasons() -> None:
    report = of("a child", remedies=["finalgon"], detail="verdict")
    (card,) = to_cds_cards(report)

    assert card["summary"] == "Finalgon ointment must not be used."
    assert REASON.findall(card["detail"]) == []
    assert card["source"]["label"].startswith("remedies ")


def test_the_same_report_has_the_same_cards_and_stays_as_it_is() -> None:
    for who in PEOPLE:
        report = of(who)
        before = report.model_dump_json()
        cards = written(to_cds_cards(report))
        assert written(report.to_cds_cards()) == cards
        assert written(to_cds_cards(Report.model_validate_json(before))) == cards
        assert report.model_dump_json() == before


def test_every_card_and_suggestion_has_a_name_of_its_own_and_another_one_for_another_person() -> None:
    said = PEOPLE["a child"]
    names: list[str] = []
    for one in ("p-1", "p-2"):
        cards = to_cds_cards(check(Patient.model_validate(said | {"id": one}), start=TODAY, as_of=TODAY))
        names += [card["uuid"] for card in cards]
        names += [one["uuid"] for card in cards for one in card.get("suggestions", [])]

    assert len(names) > 42
    assert len(set(names)) == len(names)


def test_where_the_catalogue_is_not_at_hand_facts_are_named_by_their_ids() -> None:
    catalogue = one_remedy([a_rule("ill", {"condition": "very-ill"})], (a_fact("very-ill", label="a grave illness"),))
    report = check(Patient(), catalogue)

    (bare,), (labelled,) = report.to_cds_cards(), report.to_cds_cards(catalogue)

    assert bare["summary"] == "It cannot be said yet whether Gel may be used. Not known: very ill, substance."
    assert labelled["summary"] == (
        "It cannot be said yet whether Gel may be used. Not known: a grave illness, substance."
    )


def test_another_catalogue_than_that_of_the_report_is_refused() -> None:
    with pytest.raises(CatalogueError) as caught:
        to_cds_cards(of("a child"), own())

    version = Catalogue.shipped().version
    assert str(caught.value) == (
        f"catalogue: is not the one that this rests on ({version}); hand in that one, or none to do without labels"
    )


def test_what_is_no_report_is_refused() -> None:
    with pytest.raises(ArgumentError) as caught:
        to_cds_cards({"age": 34})  # type: ignore[arg-type]

    assert str(caught.value) == "report: must be a Report, not a dict"


def test_nothing_of_it_is_imported_before_it_is_asked_for() -> None:
    program = (
        "import sys\n"
        "from remedies import Patient, check\n"
        "report = check(Patient(age=11), remedies=['finalgon'])\n"
        "before = [name for name in sys.modules if name.startswith('remedies.intake')]\n"
        "print(before, report.to_cds_cards()[0]['indicator'])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[] critical\n"
