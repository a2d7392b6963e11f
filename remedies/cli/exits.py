"""Exit codes, for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remedies.advice.plan import Refusal
    from remedies.checking.report import Report
    from remedies.knowledge.topics import Verdict

EXIT_CODES: dict[Verdict, int] = {
    "allowed": 0,
    "ask-pharmacist": 9,
    "ask-doctor": 10,
    "undecided": 11,
    "excluded": 12,
}
"""Exit code per verdict."""


def worst_exit_code(report: Report) -> int:
    """Return the highest exit code among the verdicts of a report."""
    return max((EXIT_CODES[entry.verdict] for entry in report.verdicts), default=0)


def open_exit_code(report: Report) -> int:
    """Return the exit code of a report without an allowed remedy: questions first, then somebody to ask."""
    if report.undecided:
        return EXIT_CODES["undecided"]
    return EXIT_CODES["ask-doctor"] if report.ask_pharmacist or report.ask_doctor else EXIT_CODES["excluded"]


def refusal_exit_code(refusal: Refusal) -> int:
    """Return 12 for excluded remedies and pairs, 11 for open questions, 10 for a referral or a missing dose."""
    match refusal.kind:
        case "excluded" | "together":
            return EXIT_CODES["excluded"]
        case "undecided":
            return EXIT_CODES["undecided"]
        case "sign" | "no-dose":
            return EXIT_CODES["ask-doctor"]
