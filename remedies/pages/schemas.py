"""JSON schemas of everything that goes in and out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from remedies.core.model import Frozen

SchemaName = Literal["patient", "report", "plan", "refusal", "catalogue", "facts", "sources"]


def schema_of(name: SchemaName) -> str:
    """Return a JSON schema as text."""
    return json.dumps(_model(name).model_json_schema(mode="validation"), indent=2, ensure_ascii=False)


def _model(name: SchemaName) -> type[Frozen]:  # noqa: PLR0911 - one per schema
    from remedies.advice import plan
    from remedies.checking import patient, report
    from remedies.knowledge import records  # noqa: PLC0415 - slow, and only this needs all of them

    match name:
        case "patient":
            return patient.Patient
        case "report":
            return report.Report
        case "plan":
            return plan.Plan
        case "refusal":
            return plan.Refusal
        case "catalogue":
            return records.CatalogueFile
        case "facts":
            return records.FactsFile
        case "sources":
            return records.SourcesFile
