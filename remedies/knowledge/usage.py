"""How a remedy is used: numbers by age, and what to do before, during and after. Data only."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from remedies.core.model import Frozen, Many, Text
from remedies.knowledge.sources import Citations


class Instruction(Frozen):
    """One thing to do or not to do, with its sources.

    ``about`` marks what says when a bath may be taken; it goes with the article's advice on baths.
    """

    text: Text
    about: Literal["bath"] | None = None
    sources: Citations


class TimesPerDay(Frozen):
    """How often a day: at least and at most."""

    min: Annotated[int, Field(ge=1, le=12)]
    max: Annotated[int, Field(ge=1, le=12)]
    sources: Citations

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            msg = f"at least {self.min} times a day is more than at most {self.max}"
            raise ValueError(msg)
        return self


class HoursBetween(Frozen):
    """The fewest hours between two uses."""

    hours: Annotated[int, Field(ge=1, le=24)]
    sources: Citations


class Grams(Frozen):
    """An amount in grams: at least and at most."""

    min: Annotated[float, Field(gt=0, strict=False)]
    max: Annotated[float, Field(gt=0, strict=False)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            msg = f"at least {self.min:g} g is more than at most {self.max:g} g"
            raise ValueError(msg)
        return self


class Amount(Frozen):
    """How much per use: the label's measure, and grams where it gives them."""

    text: Text
    grams: Grams | None = None
    sources: Citations


class MaxDays(Frozen):
    """The most days in a row without a doctor."""

    days: Annotated[int, Field(ge=1, le=366)]
    sources: Citations


class MaxPerDay(Frozen):
    """The most in one day, in grams or uses where the label counts so."""

    text: Text
    grams: Annotated[float, Field(gt=0, strict=False)] | None = None
    uses: Annotated[int, Field(ge=1, le=12)] | None = None
    sources: Citations


class Dose(Frozen):
    """Numbers of use for one age band, in years; an open end is null."""

    from_age: Annotated[int, Field(ge=0, le=120)] | None = None
    below_age: Annotated[int, Field(ge=1, le=120)] | None = None
    times_per_day: TimesPerDay | None = None
    hours_between: HoursBetween | None = None
    amount: Amount | None = None
    max_days: MaxDays | None = None
    max_per_day: MaxPerDay | None = None


class Aftercare(Frozen):
    """What still holds after the last use, and for how many days."""

    text: Text
    days_after_last_use: Annotated[int, Field(ge=0, le=366)]
    sources: Citations


class Usage(Frozen):
    """How a label says that a remedy is used."""

    doses: Annotated[tuple[Dose, ...], Field(min_length=1, max_length=20, strict=False)]
    how: Many[Instruction] = ()
    avoid: Many[Instruction] = ()
    aftercare: Many[Aftercare] = ()
    stop: Many[Instruction] = ()


NO_USAGE = Usage.model_construct(doses=())
"""What holds of a remedy of whose use no label speaks."""
