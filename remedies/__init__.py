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

if TYPE_CHECKING:
    from remedies.catalogue import Catalogue
    from remedies.checker import check, verdicts
    from remedies.errors import (
        CatalogueError,
        CourseError,
        InputError,
        MissingExtraError,
        PatientError,
        PlanError,
        RemediesError,
        UnknownRemedyError,
    )
    from remedies.patient import Patient
    from remedies.report import Report
    from remedies.truth import Truth

__version__ = "0.1.0"

_HOMES = {
    "Catalogue": "catalogue",
    "CatalogueError": "errors",
    "CourseError": "errors",
    "InputError": "errors",
    "MissingExtraError": "errors",
    "Patient": "patient",
    "PatientError": "errors",
    "PlanError": "errors",
    "RemediesError": "errors",
    "Report": "report",
    "Truth": "truth",
    "UnknownRemedyError": "errors",
    "check": "checker",
    "verdicts": "checker",
}

__all__ = [
    "Catalogue",
    "CatalogueError",
    "CourseError",
    "InputError",
    "MissingExtraError",
    "Patient",
    "PatientError",
    "PlanError",
    "RemediesError",
    "Report",
    "Truth",
    "UnknownRemedyError",
    "check",
    "verdicts",
]


def __getattr__(name: str) -> object:
    """Import a public name on first use, so that a command pays only for what it needs."""
    if name in _HOMES:
        return getattr(import_module(f"remedies.{_HOMES[name]}"), name)
    msg = f"module 'remedies' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    """List the public names."""
    return [*__all__, "__version__"]
