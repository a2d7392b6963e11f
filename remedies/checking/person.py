"""What is said of a person: age, birth date, pregnancy, each read strictly and explained where it makes no sense."""

import re
from calendar import monthrange
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationError

from remedies.core.errors import a_type, quoted
from remedies.core.model import Frozen
from remedies.knowledge.topics import LONGEST_PREGNANCY_WEEKS, OLDEST

_AGE_HELP = f'must be a whole number of years from 0 to {OLDEST}, or {{"years": 0, "months": 7}}'
_BORN_HELP = "must be a date that exists, as 1990, 1990-05 or 1990-05-17"
_WEEKS_HELP = f"must be 0 to {LONGEST_PREGNANCY_WEEKS} completed weeks and 0 to 6 days"
_PREGNANCY_HELP = 'must be "no", "possible", "yes", {"trimester": 1 to 3} or {"weeks": 0 to 44, "days": 0 to 6}'

_LEAP = r"[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00"
_DAY = (
    r"[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    rf"|02-(?:0[1-9]|1[0-9]|2[0-8]))|(?:{_LEAP})-02-29"
)
DAY_PATTERN = f"^(?!0000)(?:{_DAY})$"
"""A day that exists, as a regular expression that every dialect of JSON schema reads."""

BORN_PATTERN = f"^(?!0000)(?:[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]))?|{_DAY})$"
"""A year, a month or a day that exists."""


def _whole(value: object) -> object:
    """Read 34.0 as 34: JSON does not tell them apart."""
    return int(value) if type(value) is float and value.is_integer() else value


class Age(Frozen):
    """An age in completed years, with completed months where they are known."""

    years: Annotated[int, Field(ge=0, le=OLDEST), BeforeValidator(_whole)]
    """Completed years of life, 0 to 120."""
    months: Annotated[Annotated[int, Field(ge=0, le=11)] | None, BeforeValidator(_whole)] = None
    """Completed months since the last birthday, 0 to 11; for children under two."""


class Trimester(Frozen):
    """Pregnant, in this trimester."""

    trimester: Annotated[int, Field(ge=1, le=3), BeforeValidator(_whole)]
    """1 to 13 weeks + 6 days, 2 to 27 weeks + 6 days, 3 from 28 weeks on."""


class Gestation(Frozen):
    """Pregnant, so many completed weeks, and days where they are known."""

    weeks: Annotated[int, Field(ge=0, le=LONGEST_PREGNANCY_WEEKS), BeforeValidator(_whole)]
    """Completed weeks of pregnancy, 0 to 44."""
    days: Annotated[Annotated[int, Field(ge=0, le=6)] | None, BeforeValidator(_whole)] = None
    """Completed days since the last whole week, 0 to 6."""


Pregnancy = Literal["no", "possible", "yes"] | Trimester | Gestation
"""What is known of pregnancy; ``possible`` reads as unknown."""


def _read_age(value: object) -> object:
    value = _whole(value)
    if isinstance(value, Age) or value is None:
        return value
    if type(value) is int and 0 <= value <= OLDEST:
        return Age(years=value)
    if isinstance(value, dict):
        try:
            return Age.model_validate(value)
        except ValidationError:
            pass
    msg = f"{_AGE_HELP}, not {quoted(value)}"
    raise ValueError(msg)


def _read_born(value: object) -> object:
    if isinstance(value, date):
        msg = f'must be a text such as "1990-05-17", not {a_type(value)}'
        raise ValueError(msg)  # noqa: TRY004 - pydantic turns a ValueError into a fault of the patient
    if value is not None:
        birthdays(value)
    return value


def _read_pregnancy(value: object) -> object:
    if value is None or isinstance(value, Trimester | Gestation):
        return value
    if isinstance(value, str) and value in {"no", "possible", "yes"}:
        return value
    help_text = _PREGNANCY_HELP
    if isinstance(value, dict):
        if "weeks" in value:
            help_text = _WEEKS_HELP
        model = Trimester if "trimester" in value else Gestation
        try:
            return model.model_validate(value)
        except ValidationError:
            pass
    msg = f"{help_text}, not {quoted(value)}"
    raise ValueError(msg)


def birthdays(born: object) -> tuple[date, date]:
    """Return the first and the last day on which somebody "born" then may have been born.

    Raises:
        ValueError: it is no year, month or day.
    """
    if isinstance(born, str) and re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", born):
        try:
            match [int(part) for part in born.split("-")]:
                case [year]:
                    return date(year, 1, 1), date(year, 12, 31)
                case [year, month]:
                    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
                case whole:
                    return date(*whole), date(*whole)
        except ValueError:
            pass
    msg = f"{_BORN_HELP}, not {quoted(born)}"
    raise ValueError(msg)


StatedAge = Annotated[Age | None, BeforeValidator(_read_age, Annotated[int, Field(ge=0, le=OLDEST)] | Age | None)]
"""An age as it may be given: years alone, or with months."""

StatedBirth = Annotated[str | None, BeforeValidator(_read_born, Annotated[str, Field(pattern=BORN_PATTERN)] | None)]
"""A birth date as far as it is known."""

StatedPregnancy = Annotated[Pregnancy | None, BeforeValidator(_read_pregnancy, Pregnancy | None)]
"""A pregnancy as it may be given."""
