"""What is said of a person: age, birth date, pregnancy, each read strictly and explained where it makes no sense."""

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationError

from remedies.checking.grammar import (
    AGE_PATTERN,
    BORN_PATTERN,
    DAY_PATTERN,
    LONGEST,
    PREGNANCY_PATTERN,
    SEX_PATTERN,
    decimal_weeks,
    read_age,
    read_born,
    read_day,
    read_pregnancy,
    read_sex,
)
from remedies.core.errors import a_type, quoted
from remedies.core.model import Frozen
from remedies.knowledge.topics import LONGEST_PREGNANCY_WEEKS, OLDEST, PAST_PREGNANCY, TRIMESTER_DAYS

AGE_HELP = f'must be a whole number of years from 0 to {OLDEST}, or {{"years": 0, "months": 7}}'
BORN_HELP = "must be a date that exists, as 1990, 1990-05, 1990-05-17 or 17.05.1990"
PREGNANCY_HELP = (
    'must be "no", "possible", "yes", a time such as "27 weeks 3 days", "6 months" or "2nd trimester", '
    '{"trimester": 1 to 3}, {"weeks": 0 to 44, "days": 0 to 6}, {"months": 1 to 10}, {"due": a date} '
    'or {"last_period": a date}'
)
_FORM_HELP = {
    "weeks": f"must be 0 to {LONGEST_PREGNANCY_WEEKS} completed weeks and 0 to 6 days",
    "months": "must be 1 to 10 months",
    "due": "must be a due date, such as 2027-02-20",
    "last_period": "must be the first day of the last period, such as 2026-05-16",
}


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


class Months(Frozen):
    """Pregnant, "in the sixth month" or "six months gone": people mean either, so it is a range."""

    months: Annotated[int, Field(ge=1, le=10), BeforeValidator(_whole)]
    """1 to 10."""


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    read = read_day(value)
    if read is None:
        msg = f"must be a date that exists, such as 2026-11-22, not {quoted(value)}"
        raise ValueError(msg)
    return read


StatedDay = Annotated[str, BeforeValidator(_day, Annotated[str, Field(pattern=DAY_PATTERN, max_length=LONGEST)])]
"""A day as people and records write it; kept as 2026-11-25."""


class Due(Frozen):
    """Pregnant, with a due date: 280 days after the first day of the last period."""

    due: StatedDay
    """The due date."""


class LastPeriod(Frozen):
    """Pregnant, with the first day of the last period."""

    last_period: StatedDay
    """The first day of the last period, from which a pregnancy is counted."""


Pregnancy = Literal["no", "possible", "yes"] | Trimester | Gestation | Months | Due | LastPeriod
"""What is known of pregnancy; ``possible`` reads as unknown."""

_FORMS: dict[str, type[Frozen]] = {
    "trimester": Trimester,
    "weeks": Gestation,
    "months": Months,
    "due": Due,
    "last_period": LastPeriod,
}


def _read_age(value: object) -> object:
    value = _whole(value)
    if isinstance(value, Age) or value is None:
        return value
    read = read_age(value) if isinstance(value, str) else value
    if type(read) is int and 0 <= read <= OLDEST:
        return _completed(read)
    if isinstance(read, dict):
        try:
            return Age.model_validate(read)
        except ValidationError:
            pass
    msg = f"{AGE_HELP}, not {quoted(value)}"
    raise ValueError(msg)


@lru_cache(maxsize=OLDEST + 1)
def _completed(years: int) -> Age:
    """Return an age in years; there is one of each."""
    return Age(years=years)


def _read_born(value: object) -> object:
    if isinstance(value, date):
        msg = f'must be a text such as "1990-05-17", not {a_type(value)}'
        raise ValueError(msg)  # noqa: TRY004 - pydantic turns a ValueError into a fault of the patient
    if value is None:
        return value
    read = read_born(value) if isinstance(value, str) else None
    if read is None:
        msg = f"{BORN_HELP}, not {quoted(value)}"
        raise ValueError(msg)
    return read


def _read_sex(value: object) -> object:
    if value is None:
        return value
    read = read_sex(value) if isinstance(value, str) else None
    if read is None:
        msg = f'must be "female" or "male", not {quoted(value)}'
        raise ValueError(msg)
    return read


def _read_pregnancy(value: object) -> object:
    if value is None or isinstance(value, (Trimester, Gestation, Months, Due, LastPeriod)):
        return value
    if isinstance(value, str) and value in {"no", "possible", "yes"}:
        return value
    read = read_pregnancy(value) if isinstance(value, str) else value
    if isinstance(read, str) and read != value:
        return read
    hint = decimal_weeks(value) if isinstance(value, str) else ""
    if isinstance(read, dict):
        name = next((name for name in _FORMS if name in read), "")
        try:
            return _FORMS[name or "weeks"].model_validate(read)
        except ValidationError:
            hint = _FORM_HELP.get(name, "")
    msg = f"{hint or PREGNANCY_HELP}, not {quoted(value)}" if not hint.startswith(";") else f"{PREGNANCY_HELP}{hint}"
    raise ValueError(msg)


def days_of(said: Trimester | Gestation | Months) -> tuple[int, int]:
    """Return the fewest and the most days of a pregnancy of which was said how far it has gone."""
    match said:
        case Trimester(trimester=number):
            start, end = TRIMESTER_DAYS[number]
            return start, end - 1
        case Gestation(weeks=weeks, days=None):
            return weeks * 7, weeks * 7 + 6
        case Gestation(weeks=weeks, days=days):
            return weeks * 7 + (days or 0), weeks * 7 + (days or 0)
        case Months(months=months):
            # From the beginning of that month of four weeks to the end of that many calendar months.
            return (months - 1) * 28, min((months + 1) * 61 // 2, PAST_PREGNANCY - 1)


def birthdays(born: str) -> tuple[date, date]:
    """Return the first and the last day on which somebody "born" then may have been born: 1990, 1990-05, 1990-05-17."""
    match [int(part) for part in born.split("-")]:
        case [year]:
            return date(year, 1, 1), date(year, 12, 31)
        case [year, month]:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        case whole:
            return date(*whole), date(*whole)


StatedAge = Annotated[
    Age | None,
    BeforeValidator(
        _read_age,
        Annotated[int, Field(ge=0, le=OLDEST)]
        | Annotated[str, Field(pattern=AGE_PATTERN, max_length=LONGEST)]
        | Age
        | None,
    ),
]
"""An age as it may be given: years alone, with months, or as people write it."""

StatedBirth = Annotated[
    str | None, BeforeValidator(_read_born, Annotated[str, Field(pattern=BORN_PATTERN, max_length=LONGEST)] | None)
]
"""A birth date as far as it is known; kept as 1990, 1990-05 or 1990-05-17."""

StatedSex = Annotated[
    Literal["female", "male"] | None,
    BeforeValidator(_read_sex, Annotated[str, Field(pattern=SEX_PATTERN, max_length=LONGEST)] | None),
]
"""A sex as people write it."""

StatedPregnancy = Annotated[
    Pregnancy | None,
    BeforeValidator(
        _read_pregnancy, Pregnancy | Annotated[str, Field(pattern=PREGNANCY_PATTERN, max_length=LONGEST)] | None
    ),
]
"""A pregnancy as it may be given."""
