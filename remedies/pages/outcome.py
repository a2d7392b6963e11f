"""What a check comes to, in one sentence and a line per verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remedies.checking.report import Report
    from remedies.knowledge.topics import Verdict

BY_CATALOGUE = "The remedies stand in the order of the catalogue, not by how well they work."
"""By what a list of remedies goes."""

_TITLES: dict[Verdict, str] = {
    "allowed": "No listed reason against",
    "ask-pharmacist": "Ask a pharmacist",
    "ask-doctor": "Ask a doctor",
    "undecided": "Cannot be said yet",
    "excluded": "Must not be used",
}


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
    'You may use 19 of 21. A doctor should look at 2.'
    """
    if len(report.verdicts) == 1:
        (one,) = report.verdicts
        return _OF_ONE[one.verdict].format(one.short)
    whole = len(report.verdicts)
    counts = {verdict: len(report.having(verdict)) for verdict in _TITLES}
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
    return " ".join(sentences)


def by_verdict(report: Report) -> tuple[str, ...]:
    """Name the remedies of each verdict on a line, and by what they are in order; nothing where there is one."""
    if len(report.verdicts) == 1:
        return ()
    lines = tuple(
        f"{title}: {', '.join(entry.short for entry in report.having(verdict))}."
        for verdict, title in _TITLES.items()
        if report.having(verdict)
    )
    return (*lines, BY_CATALOGUE)
