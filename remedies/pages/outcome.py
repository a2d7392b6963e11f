"""What a check comes to, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedies.knowledge.topics import VERDICTS

if TYPE_CHECKING:
    from remedies.checking.report import Report
    from remedies.knowledge.topics import Verdict

BY_CATALOGUE = "They stand in the order of the catalogue, which ranks nothing."
"""By what a list of remedies goes."""

_OF_ONE: dict[Verdict, str] = {
    "allowed": "You may use {}: no listed reason against it.",
    "ask-pharmacist": "Ask a pharmacist before you use {}.",
    "ask-doctor": "Ask a doctor before you use {}.",
    "undecided": "It cannot be said yet whether you may use {}.",
    "excluded": "You must not use {}.",
}
"""What is said where only one remedy was asked about."""


def outcome(report: Report) -> str:
    """Say in one or two sentences how many remedies may be used, and who should look at how many.

    >>> from remedies import Patient, check
    >>> outcome(check(Patient(age=34, sex="male", nothing_else=True)))
    'You may use 19 of 21. A doctor should look at 2. They stand in the order of the catalogue, which ranks nothing.'
    """
    if len(report.verdicts) == 1:
        (one,) = report.verdicts
        return _OF_ONE[one.verdict].format(one.short)
    whole = len(report.verdicts)
    counts = {verdict: len(report.having(verdict)) for verdict in VERDICTS}
    first = f"You may use {counts['allowed'] or 'none'} of {whole}."
    looks = [
        f"{who} should look at {count}"
        for who, count in (("a pharmacist", counts["ask-pharmacist"]), ("a doctor", counts["ask-doctor"]))
        if count
    ]
    if len(looks) == 2:
        looks = [f"{looks[0]}, {looks[1].replace(' should look at', ' at')}"]
    sentences = [first, *(f"{one[0].upper()}{one[1:]}." for one in looks)]
    if counts["undecided"]:
        sentences.append(f"Of {counts['undecided']} nothing can be said yet.")
    if counts["allowed"] > 1:
        sentences.append(BY_CATALOGUE)
    return " ".join(sentences)
