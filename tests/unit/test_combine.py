"""Two remedies together, without a patient: on one area, in the same days, why, and what to do."""

from __future__ import annotations

import itertools

import pytest
from click.testing import CliRunner

from remedies import Catalogue, Patient, PlanError, UnknownRemedyError, check
from remedies.advice.pairs import apart, combine, in_use
from remedies.cli import main

IDS = [remedy.id for remedy in Catalogue.shipped().remedies]
PAIRS = list(itertools.combinations(IDS, 2))


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("fastum-gel", "ibuprofen-gel", "no"),
        ("diclofenac-gel", "diclovit", "no"),
        ("turpentine-oil", "turpentine-ointment", "no"),
        ("finalgon", "camphor-oil", "ask-doctor"),
        ("apizartron", "fastum-gel", "no"),
        ("camphor-oil", "fastum-gel", "ask-doctor"),
        ("zhivokost", "formic-alcohol", "ask-doctor"),
        ("finalgon", "fastum-gel", "not-on-file"),
        ("finalgon", "dolobene", "not-on-file"),
    ],
)
def test_two_remedies_in_the_same_days(first: str, second: str, days: str) -> None:
    assert combine(first, second).same_days == days
    assert combine(second, first).same_days == days


def test_two_remedies_never_share_an_area_and_every_reason_has_a_source() -> None:
    for first, second in PAIRS:
        found = combine(first, second)

        assert found.same_area == "no"
        assert all(clash.sources for clash in found.clashes)
        assert {citation.source for clash in found.clashes for citation in clash.sources} == set(found.sources)


def test_what_keeps_two_remedies_from_being_planned_together_is_among_the_reasons() -> None:
    for first, second in PAIRS:
        catalogue = Catalogue.shipped()
        reasons = list(apart(catalogue.find(first), catalogue.find(second), catalogue))
        found = " ".join(clash.because for clash in combine(first, second).clashes)

        assert bool(reasons) is bool(found)
        for reason in reasons:
            assert reason.rpartition("on the same skin: ")[2] in found


def test_a_rule_of_the_same_skin_says_nothing_about_another_area() -> None:
    found = combine("finalgon", "dolobene")

    assert [clash.rule for clash in found.clashes] == ["dolobene/other-product-on-skin"]
    assert found.clashes[0].same_skin_only


def test_one_remedy_is_no_pair() -> None:
    with pytest.raises(PlanError, match="both names stand for Fastum gel; name two remedies"):
        combine("fastum-gel", "Фастум гель")
    with pytest.raises(UnknownRemedyError):
        combine("fastum-gel", "qwertz")


@pytest.mark.parametrize(
    "words", [("finalgon", "fastum-gel"), ("finalgon,", "fastum", "gel"), ("финалгон,", "фастум", "гель")]
)
def test_the_command_takes_two_names_in_any_words(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, ["combine", *words])

    assert result.exit_code == 0
    lines = " ".join(result.output.split())
    assert "- On the same skin: no, one product at a time on one area." in lines
    assert "- In the same days, on another area: no label on file says anything about it." in lines
    assert "Fastum gel: It must not share a patch of skin with any other product. [fastum-es]" in lines


@pytest.mark.parametrize("words", [("finalgon",), ("finalgon,", "fastum,", "dolobene")])
def test_the_command_wants_two_remedies(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, ["combine", *words])

    assert result.exit_code == 2
    assert result.output == "Error: two remedies are to be named, such as: remedies combine finalgon, fastum gel\n"


@pytest.mark.parametrize(
    ("word", "used"),
    [
        ("ibuprofen gel", ("Ibuprofen gel",)),
        ("ибупрофен гель", ("Ibuprofen gel",)),
        ("Betanicomylon", ("Betanicomylon",)),
        ("fastum gel", ("Fastum gel",)),
        ("Никофлекс", ("Nicotinic-acid rub (nicotinate ester)",)),
        ("Доктор Мом мазь", ("Doctor MOM Phyto ointment",)),
        ("Voltaren", ("Diclofenac gel",)),
        ("ibuprofen", ()),
        ("кеторол", ()),
        ("warfarin", ()),
    ],
)
def test_a_remedy_is_in_use_where_its_gel_is_and_not_where_tablets_of_its_name_are(
    word: str, used: tuple[str, ...]
) -> None:
    assert in_use(check(Patient(medicines=[word])), Catalogue.shipped()) == used
