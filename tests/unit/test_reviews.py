"""Reviews signed by pharmacists: what they are signed for, what makes them void, and what a report says of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import CITED, SOURCES, TODAY, Json, a_fact, a_remedy, a_rule, run, small_catalogue

from remedies import Catalogue, CatalogueError, Patient, check
from remedies.knowledge.contents import Contents
from remedies.knowledge.layout import laid_out

DATA = Path(__file__).parents[2] / "data"

FACTS = [a_fact("substance", "allergies"), a_fact("illness")]
ILL = a_rule("ill", {"condition": "illness"})
REMEDIES = [a_remedy("gel", [ILL]), a_remedy("cream", [])]
COMMON = {
    "times_per_day": {"min": 2, "max": 3, "sources": CITED},
    "max_days": {"days": 5, "sources": CITED},
}
TWO = small_catalogue(FACTS, REMEDIES)


def a_review(remedy: str = "gel", of: Catalogue = TWO, **more: object) -> Json:
    """Sign the record of a remedy as it stands in a catalogue."""
    record = of.record_hash(of.find(remedy))
    signed = {"reviewer": "A. Petrova", "registration": "RU 12345", "date": "2026-11-20", "catalogue": of.version}
    return {"remedy": remedy, **signed, "record": record, **more}


def with_reviews(*reviews: Json, of: Catalogue = TWO) -> Catalogue:
    """Load the same catalogue with reviews beside it."""
    return Catalogue(of._contents._replace(reviews=json.dumps({"reviews": reviews}).encode()))


def said_by(catalogue: Catalogue, *remedies: str) -> str:
    """Say what a report on some remedies, or on all, says of reviews."""
    return check(Patient(), catalogue, as_of=TODAY, remedies=remedies or None).review


def test_nobody_has_reviewed_the_shipped_catalogue_and_every_report_says_so() -> None:
    assert json.loads((DATA / "reviews.json").read_text("utf-8")) == {"reviews": []}
    assert check(Patient(), as_of=TODAY).review == "not yet reviewed by a pharmacist"
    text = " ".join(run("check", "--age", "34", "--sex", "male", "--nothing-else").stdout.split())
    assert f"catalogue {Catalogue.shipped().version}, not yet reviewed by a pharmacist. Not medical advice" in text


def test_a_report_on_a_reviewed_remedy_says_by_whom_and_when() -> None:
    assert said_by(with_reviews(a_review()), "gel") == "reviewed on 2026-11-20 by the pharmacist A. Petrova"
    assert said_by(with_reviews(a_review()), "cream") == "not yet reviewed by a pharmacist"


def test_a_report_on_several_remedies_counts_the_reviewed_ones_and_names_the_last_reviewer() -> None:
    later = a_review("cream", reviewer="B. Sidorov", date="2026-11-21")
    assert said_by(with_reviews(a_review())) == (
        "1 of 2 remedies reviewed by a pharmacist, last on 2026-11-20 by A. Petrova"
    )
    assert said_by(with_reviews(a_review(), later)) == (
        "2 of 2 remedies reviewed by a pharmacist, last on 2026-11-21 by B. Sidorov"
    )
    assert said_by(with_reviews(a_review(), a_review("cream"))) == "reviewed on 2026-11-20 by the pharmacist A. Petrova"


def test_the_newest_signature_under_a_record_is_the_one_that_is_named() -> None:
    newer = a_review(reviewer="B. Sidorov", registration="RU 6", date="2026-11-21")
    for both in ((a_review(), newer), (newer, a_review())):
        assert said_by(with_reviews(*both), "gel") == "reviewed on 2026-11-21 by the pharmacist B. Sidorov"


def test_remarks_are_told_and_a_later_signature_without_any_takes_their_place() -> None:
    remarked = a_review(remarks="The sun rule goes too far.")
    agreed = a_review(date="2026-11-21")
    assert said_by(with_reviews(remarked), "gel") == "reviewed on 2026-11-20 by the pharmacist A. Petrova, with remarks"
    assert said_by(with_reviews(remarked)) == (
        "1 of 2 remedies reviewed by a pharmacist, last on 2026-11-20 by A. Petrova, with remarks"
    )
    assert said_by(with_reviews(remarked, agreed), "gel") == "reviewed on 2026-11-21 by the pharmacist A. Petrova"


def test_a_signature_counts_from_its_own_day_on() -> None:
    assert said_by(with_reviews(a_review(date="2026-11-22")), "gel").startswith("reviewed on 2026-11-22")
    assert said_by(with_reviews(a_review(date="2026-11-23")), "gel") == "not yet reviewed by a pharmacist"


def test_lint_says_how_many_reviews_there_are_and_how_many_count(tmp_path: Path) -> None:
    for name, content in zip(("remedies", "facts", "sources"), TWO._contents, strict=False):
        (tmp_path / f"{name}.json").write_bytes(content)
    old = a_review("cream", record="0" * 64)
    (tmp_path / "reviews.json").write_text(json.dumps({"reviews": [a_review(), old]}), "utf-8")
    told = run("catalogue", "lint", str(tmp_path / "remedies.json")).stdout.splitlines()
    assert told[1] == "2 reviews by pharmacists, 1 of them of a record as it is now."


@pytest.mark.parametrize(
    "changed",
    [
        [a_remedy("gel", [{**ILL, "effect": "ask-doctor"}]), REMEDIES[1]],
        [a_remedy("gel", [{**ILL, "because": "Another reason."}]), REMEDIES[1]],
        [a_remedy("gel", [ILL], what="another gel"), REMEDIES[1]],
    ],
    ids=["an effect", "a reason", "the record"],
)
def test_a_review_is_void_once_the_record_is_another_one(changed: list[Json]) -> None:
    renewed = small_catalogue(FACTS, changed)
    assert said_by(with_reviews(a_review(), a_review("cream"), of=renewed), "gel") == "not yet reviewed by a pharmacist"
    assert "A. Petrova" in said_by(with_reviews(a_review(), a_review("cream"), of=renewed), "cream")


def test_the_hash_that_the_sheet_of_a_shipped_remedy_shows_is_the_one_that_counts() -> None:
    shipped = Catalogue.shipped()
    signed = [a_review(remedy.id, shipped) for remedy in shipped.remedies]
    assert [one.id for one in with_reviews(*signed, of=shipped).rulebook.remedies if len(one.signed) != 1] == []


def test_a_rule_for_every_remedy_is_part_of_what_is_signed() -> None:
    renewed = small_catalogue(FACTS, REMEDIES, rules=[a_rule("nursing", {"breastfeeding": True}, "ask-doctor")])
    assert said_by(with_reviews(a_review(), of=renewed), "gel") == "not yet reviewed by a pharmacist"


SHARED = {"id": "substance", "avoid": [{"text": "Not in the sun.", "sources": CITED}]}


@pytest.mark.parametrize(
    ("facts", "more"),
    [
        ([FACTS[0], {**FACTS[1], "label": "another illness"}], {}),
        ([*FACTS, a_fact("finer", is_a=["illness"])], {}),
        (FACTS, {"substances": [SHARED]}),
        (FACTS, {"signs": [{"sign": "illness", "urgency": "now", "because": "Now.", "sources": CITED}]}),
        (FACTS, {"common": {**COMMON, "max_days": {"days": 4, "sources": CITED}}}),
        (FACTS, {"common": {**COMMON, "how": [{"text": "Drink it.", "sources": CITED}]}}),
    ],
    ids=["a label", "a finer fact", "a substance", "a sign", "the days", "an instruction"],
)
def test_whatever_the_sheet_shows_is_part_of_what_is_signed(facts: list[Json], more: Json) -> None:
    renewed = small_catalogue(facts, REMEDIES, **more)
    assert said_by(with_reviews(a_review(), of=renewed), "gel") == "not yet reviewed by a pharmacist"


def test_the_sources_that_are_cited_are_part_of_what_is_signed_and_others_are_not() -> None:
    for name, said in (("leaflet", "not yet reviewed"), ("vocabulary", "reviewed on")):
        sources = {**SOURCES, name: {**SOURCES[name], "title": "Another one"}}
        renewed = Catalogue(TWO._contents._replace(sources=json.dumps({"sources": sources}).encode()))
        assert said_by(with_reviews(a_review(), of=renewed), "gel").startswith(said)


def test_a_word_for_a_fact_is_not_part_of_what_is_signed() -> None:
    renewed = small_catalogue([FACTS[0], {**FACTS[1], "synonyms": {"en": ["an ill"]}}], REMEDIES)
    assert said_by(with_reviews(a_review(), of=renewed), "gel").startswith("reviewed")


def test_a_signature_does_not_change_the_hash_of_the_catalogue() -> None:
    assert with_reviews(a_review()).sha256 == TWO.sha256


@pytest.mark.parametrize(
    ("reviews", "faults"),
    [
        ([a_review(remedy="gel", record="0" * 63)], ["reviews[0].record: "]),
        ([a_review() | {"remedy": "paste"}], ["reviews[0].remedy: no remedy is called 'paste'"]),
        ([a_review(), a_review()], ["reviews[1]: A. Petrova has signed this record of gel that day"]),
        ([a_review(date="yesterday")], ["reviews[0].date: "]),
        ([a_review(reviewer=" ")], ["reviews[0].reviewer: must be one line without spaces around it, not ' '"]),
        ([a_review(reviewer="A\nB")], ["reviews[0].reviewer: must be one line"]),
        ([a_review(registration="1 ")], ["reviews[0].registration: must be one line"]),
        ([a_review(signature="X")], ["reviews[0].signature: "]),
        ([{"remedy": "gel"}], ["reviews[0].reviewer: ", "reviews[0].registration: ", "reviews[0].date: "]),
    ],
)
def test_what_is_wrong_with_a_review_is_said_with_its_place(reviews: list[Json], faults: list[str]) -> None:
    with pytest.raises(CatalogueError) as refused:
        with_reviews(*reviews)
    said = [str(fault) for fault in refused.value.faults]
    assert [fault for fault in faults if not any(one.startswith(fault) for one in said)] == []


def test_reviews_are_read_from_beside_a_catalogue_and_never_from_the_shipped_one(tmp_path: Path) -> None:
    for name, content in zip(("remedies", "facts", "sources"), TWO._contents, strict=False):
        (tmp_path / f"{name}.json").write_bytes(content)
    assert said_by(Catalogue.load(tmp_path / "remedies.json"), "gel") == "not yet reviewed by a pharmacist"
    (tmp_path / "reviews.json").write_text(json.dumps({"reviews": [a_review()]}), "utf-8")
    assert "A. Petrova" in said_by(Catalogue.load(tmp_path / "remedies.json"), "gel")


def test_reviews_have_one_layout_with_their_keys_in_order() -> None:
    shuffled = dict(reversed(a_review().items()))
    written = laid_out({"reviews": [shuffled]})
    assert list(json.loads(written)["reviews"][0]) == [
        *("remedy", "reviewer", "registration", "date", "catalogue", "record")
    ]


def test_contents_without_reviews_are_those_of_a_catalogue_that_nobody_has_signed() -> None:
    assert json.loads(Contents(b"", b"", b"").reviews) == {"reviews": []}
