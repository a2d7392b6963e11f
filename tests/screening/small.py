"""Small tables that are asked about one remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from screening.engines import ENGINES
from screening.people_columns import AS_OF

from remedies import Patient, verdicts
from remedies.screening import screen

if TYPE_CHECKING:
    from screening.engines import Columns, Engine

    from remedies.screening import Screening

BY_NAME = {engine.name: engine for engine in ENGINES}
POLARS, LAZY, CLASSIC, PYARROW, DUCKDB = (
    BY_NAME[name] for name in ("polars", "polars-lazy", "pandas-classic", "pyarrow", "duckdb")
)

REMEDY = "dolobene"
"""A remedy that people with asthma must not use, nor children under five."""


def found_in(columns: Columns, engine: Engine = POLARS, **terms: Any) -> Screening:
    """Screen a table for one remedy."""
    return screen(engine.enter(columns), as_of=AS_OF, **{"remedies": [REMEDY], **terms})


def judged(columns: Columns, engine: Engine = POLARS, **terms: Any) -> dict[object, str | None]:
    """Return the verdict on the remedy by id."""
    return {row["id"]: row[REMEDY] for row in engine.leave(found_in(columns, engine, **terms).verdicts)}


def rejected(columns: Columns, engine: Engine = POLARS, **terms: Any) -> dict[object, str]:
    """Return why rows are rejected, by id."""
    return {row["id"]: row["reason"] for row in engine.leave(found_in(columns, engine, **terms).rejects)}


def alone(**said: Any) -> str:
    """Return the verdict on the remedy that one patient gets."""
    return verdicts(Patient.model_validate(said), as_of=AS_OF)[REMEDY]
