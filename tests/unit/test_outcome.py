"""What a check comes to, in one sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from remedies import Patient, Report, check
from remedies.pages.outcome import BY_CATALOGUE, outcome

TODAY = date(2026, 11, 22)


def report(*remedies: str, **said: Any) -> Report:
    return check(Patient.model_validate(said), as_of=TODAY, remedies=remedies or None)


def counted(sentence: str) -> int:
    """Add up the numbers of a sentence, apart from that of all remedies."""
    words = sentence.replace("of 21", "").replace(",", " ").replace(".", " ").split()
    return sum(int(word) for word in words if word.isdecimal())


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            {"age": 34, "sex": "male", "nothing_else": True},
            f"You may use 19 of 21. A doctor should look at 2. {BY_CATALOGUE}",
        ),
        ({"age": 3, "sex": "male", "nothing_else": True}, "You may use 1 of 21. A doctor should look at 3."),
        ({}, "You may use none of 21. A doctor should look at 1. Of 20 nothing can be said yet."),
    ],
)
def test_the_sentence_counts_what_may_be_used_and_who_should_look(said: dict[str, Any], sentence: str) -> None:
    assert outcome(report(**said)) == sentence


def test_every_remedy_is_counted_or_named_as_excluded() -> None:
    found = report(age=70, sex="female", conditions=["asthma"], medicines=["warfarin"], nothing_else=True)

    assert counted(outcome(found)) + len(found.excluded) == 21


@pytest.mark.parametrize(
    ("remedy", "said", "sentence"),
    [
        ("fastum-gel", {"nothing_else": True}, "You may use Fastum gel: no listed reason against it."),
        ("betanicomylon", {"nothing_else": True}, "Ask a doctor before you use Betanicomylon."),
        ("dolobene", {}, "It cannot be said yet whether you may use Dolobene."),
        ("dolobene", {"conditions": ["asthma"]}, "You must not use Dolobene."),
    ],
)
def test_of_one_remedy_it_says_whether_it_may_be_used(remedy: str, said: dict[str, Any], sentence: str) -> None:
    found = report(remedy, age=34, sex="male", **said)

    assert outcome(found) == sentence
