"""How a remedy is used: numbers by age, and what to do before, during and after. Data only."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from remedies.core.model import Frozen, Many, Text
from remedies.knowledge.sources import Citations


class Instruction(Frozen):
    """One thing to do or not to do, with its sources.

    ``about`` marks what says when a bath may be taken, which goes with the article's advice on baths, and
    what is said to those who breastfeed, which is left out of the plan of anybody who does not.
    """

    text: Text
    """What is said, in plain words."""
    about: Literal["bath", "breastfeeding"] | None = None
    """Bath, where it says when a bath may be taken; breastfeeding, where it concerns that alone; otherwise null."""
    replaces: Many[Text] = ()
    """Lines of the article or of a substance, word for word, that it says as well; they are left out beside it."""
    sources: Citations
    """Where it stands, as "source: section"."""


class TimesPerDay(Frozen):
    """How often a day: at least and at most."""

    min: Annotated[int, Field(ge=1, le=12)]
    """The fewest uses a day, 1 to 12."""
    max: Annotated[int, Field(ge=1, le=12)]
    """The most uses a day, 1 to 12."""
    sources: Citations
    """Where it stands, as "source: section"."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            msg = f"at least {self.min} times a day is more than at most {self.max}"
            raise ValueError(msg)
        return self


class HoursBetween(Frozen):
    """The fewest hours between two uses."""

    hours: Annotated[int, Field(ge=1, le=24)]
    """The fewest hours from one use to the next, 1 to 24."""
    sources: Citations
    """Where it stands, as "source: section"."""


class Grams(Frozen):
    """An amount in grams: at least and at most."""

    min: Annotated[float, Field(gt=0, strict=False)]
    """The least, in grams."""
    max: Annotated[float, Field(gt=0, strict=False)]
    """The most, in grams."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            msg = f"at least {self.min:g} g is more than at most {self.max:g} g"
            raise ValueError(msg)
        return self


class Amount(Frozen):
    """How much per use: the label's measure, and grams where it gives them."""

    text: Text
    """How much for one use, in the label's own measure."""
    grams: Grams | None = None
    """The same in grams; null where no weight is given."""
    sources: Citations
    """Where it stands, as "source: section"."""


class MaxDays(Frozen):
    """The most days in a row without a doctor."""

    days: Annotated[int, Field(ge=1, le=366)]
    """The most days in a row without a doctor, 1 to 366."""
    sources: Citations
    """Where it stands, as "source: section"."""


class MaxPerDay(Frozen):
    """The most in one day, in grams or uses where the label counts so."""

    text: Text
    """The most in one day, in the label's own measure."""
    grams: Annotated[float, Field(gt=0, strict=False)] | None = None
    """The most grams of the remedy in one day; null where it is not counted so."""
    uses: Annotated[int, Field(ge=1, le=12)] | None = None
    """The most uses in one day, 1 to 12; null where it is not counted so."""
    sources: Citations
    """Where it stands, as "source: section"."""


class Dose(Frozen):
    """Numbers of use for one age band, in years; an open end is null."""

    from_age: Annotated[int, Field(ge=0, le=120)] | None = None
    """The youngest age of the band, in years; null if it has no lower end."""
    below_age: Annotated[int, Field(ge=1, le=120)] | None = None
    """The age in years at which the band is over; null if it has no upper end."""
    times_per_day: TimesPerDay | None = None
    """How often a day; null where the label does not say."""
    hours_between: HoursBetween | None = None
    """The fewest hours between two uses; null where the label does not say."""
    amount: Amount | None = None
    """How much for one use; null where the label does not say."""
    max_days: MaxDays | None = None
    """The most days in a row; null where the label does not say."""
    max_per_day: MaxPerDay | None = None
    """The most in one day; null where the label does not say."""


class Aftercare(Frozen):
    """What still holds after the last use, and for how many days."""

    text: Text
    """What to do or not to do, in plain words."""
    days_after_last_use: Annotated[int, Field(ge=0, le=366)]
    """How many days it still holds after the last day of use, 0 to 366."""
    during_use: bool = False
    """Whether it holds from the first use on, not only from the day after the last one."""
    sources: Citations
    """Where it stands, as "source: section"."""


class Usage(Frozen):
    """How a label says that a remedy is used."""

    doses: Annotated[tuple[Dose, ...], Field(min_length=1, max_length=20, strict=False)]
    """The numbers of use by age band, from young to old."""
    how: Many[Instruction] = ()
    """How to put it on."""
    avoid: Many[Instruction] = ()
    """What to avoid while it is used."""
    aftercare: Many[Aftercare] = ()
    """What still holds after the last use."""
    stop: Many[Instruction] = ()
    """When to stop and see a doctor."""


NO_USAGE = Usage.model_construct(doses=())
"""What holds of a remedy of whose use no label speaks."""
