"""Which gels and ointments may this person use on a sore back, and how?

A remedy is allowed only when every reason against it has been ruled out.

>>> from remedies import Patient, check
>>> report = check(Patient(age=34, sex="male", conditions=["asthma"]))
>>> report["dolobene"].verdict
'excluded'
>>> report.allowed
()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from remedies.core.upstairs import leave_word
from remedies.core.version import VERSION

if TYPE_CHECKING:
    from remedies.advice import interview
    from remedies.advice.asking import next_questions
    from remedies.advice.pairs import Combination, combine
    from remedies.advice.plan import Plan, Refusal
    from remedies.advice.planning import plan
    from remedies.checking.check import check, check_again, verdicts
    from remedies.checking.in_words import in_words
    from remedies.checking.patient import Answers, Patient
    from remedies.checking.report import Report
    from remedies.checking.sentence import Sentence, read_sentence
    from remedies.core.errors import (
        AnswerError,
        ArgumentError,
        CatalogueError,
        CourseError,
        Fault,
        FrozenError,
        InputError,
        MissingExtraError,
        PatientError,
        PlanError,
        RemediesError,
        UnknownRemedyError,
        UnknownWordError,
    )
    from remedies.core.truth import Truth
    from remedies.intake.cds import to_cds_cards
    from remedies.intake.fhir import patient_from_bundle
    from remedies.intake.guidance import to_guidance_response
    from remedies.intake.lines import CheckedLine, check_lines
    from remedies.intake.order import to_medication_request
    from remedies.knowledge.catalogue import Catalogue
    from remedies.screening.files import Screened, screen_file
    from remedies.screening.screening import Screening, screen

__version__ = VERSION

_HOMES = {
    "AnswerError": "core.errors",
    "Answers": "checking.patient",
    "ArgumentError": "core.errors",
    "Catalogue": "knowledge.catalogue",
    "CatalogueError": "core.errors",
    "CheckedLine": "intake.lines",
    "Combination": "advice.pairs",
    "CourseError": "core.errors",
    "Fault": "core.errors",
    "FrozenError": "core.errors",
    "InputError": "core.errors",
    "MissingExtraError": "core.errors",
    "Patient": "checking.patient",
    "PatientError": "core.errors",
    "Plan": "advice.plan",
    "PlanError": "core.errors",
    "Refusal": "advice.plan",
    "RemediesError": "core.errors",
    "Report": "checking.report",
    "Screened": "screening.files",
    "Screening": "screening.screening",
    "Sentence": "checking.sentence",
    "Truth": "core.truth",
    "UnknownRemedyError": "core.errors",
    "UnknownWordError": "core.errors",
    "check": "checking.check",
    "check_again": "checking.check",
    "check_lines": "intake.lines",
    "combine": "advice.pairs",
    "in_words": "checking.in_words",
    "interview": "advice",
    "next_questions": "advice.asking",
    "patient_from_bundle": "intake.fhir",
    "plan": "advice.planning",
    "read_sentence": "checking.sentence",
    "screen": "screening.screening",
    "screen_file": "screening.files",
    "to_cds_cards": "intake.cds",
    "to_guidance_response": "intake.guidance",
    "to_medication_request": "intake.order",
    "verdicts": "checking.check",
}
"""Where each public name lives; it is imported on first use, so that a command pays only for what it needs."""

__all__ = [
    "AnswerError",
    "Answers",
    "ArgumentError",
    "Catalogue",
    "CatalogueError",
    "CheckedLine",
    "Combination",
    "CourseError",
    "Fault",
    "FrozenError",
    "InputError",
    "MissingExtraError",
    "Patient",
    "PatientError",
    "Plan",
    "PlanError",
    "Refusal",
    "RemediesError",
    "Report",
    "Screened",
    "Screening",
    "Sentence",
    "Truth",
    "UnknownRemedyError",
    "UnknownWordError",
    "check",
    "check_again",
    "check_lines",
    "combine",
    "in_words",
    "interview",
    "next_questions",
    "patient_from_bundle",
    "plan",
    "read_sentence",
    "screen",
    "screen_file",
    "to_cds_cards",
    "to_guidance_response",
    "to_medication_request",
    "verdicts",
]


def __getattr__(name: str) -> object:
    """Import a public name on first use."""
    if name == "interview":
        return import_module("remedies.advice.interview")
    if name in _HOMES:
        return getattr(import_module(f"remedies.{_HOMES[name]}"), name)
    msg = f"module 'remedies' has no attribute {name!r}"
    raise AttributeError(msg)


leave_word(__getattr__)


def __dir__() -> list[str]:
    """List the public names."""
    return [*__all__, "__version__"]
