"""The frozen, strict model that all data here is made of."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """Unchangeable, strictly typed, and without room for unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


FactId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""The name of a fact in data: lower case, words joined by hyphens."""


def _real_day(value: str) -> str:
    try:
        real = date.fromisoformat(value).isoformat() == value
    except ValueError:
        real = False
    if not real:
        msg = f"must be a date that exists, such as 2026-11-22, not {value!r}"
        raise ValueError(msg)
    return value


Isodate = Annotated[str, AfterValidator(_real_day)]
"""A day, written as 2026-11-22."""
