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
    from remedies.knowledge.catalogue import Catalogue
    from remedies.checking.check import check, verdicts
    from remedies.core.errors import (
        CatalogueError,
        CourseError,
        InputError,
        MissingExtraError,
        PatientError,
        PlanError,
        RemediesError,
        UnknownRemedyError,
    )
    from remedies.checking.patient import Patient
    from remedies.checking.report import Report
    from remedies.core.truth import Truth

__version__ = "0.1.0"

_HOMES = {
    "Catalogue": "knowledge.catalogue",
    "CatalogueError": "core.errors",
    "CourseError": "core.errors",
    "InputError": "core.errors",
    "MissingExtraError": "core.errors",
    "Patient": "checking.patient",
    "PatientError": "core.errors",
    "PlanError": "core.errors",
    "RemediesError": "core.errors",
    "Report": "checking.report",
    "Truth": "core.truth",
    "UnknownRemedyError": "core.errors",
    "check": "checking.check",
    "verdicts": "checking.check",
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
