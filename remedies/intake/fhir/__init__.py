"""FHIR R4 → patient: what a record says of a person, leniently read, with nothing lost."""

from remedies.intake.fhir.account import Line, Outcome
from remedies.intake.fhir.reading import Intake, patient_from_bundle

__all__ = ["Intake", "Line", "Outcome", "patient_from_bundle"]
