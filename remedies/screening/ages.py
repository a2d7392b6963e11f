"""Days and limits of age as numbers, found by the same counting that a check does."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from remedies.checking.moments import completed_months, months_before
from remedies.knowledge.topics import OLDEST

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_MONTHS = (OLDEST + 1) * 12 - 1
"""The most completed months of life that are believed."""

NEVER = MOST_MONTHS + 1
"""More months than anybody says."""


class Limit(NamedTuple):
    """Who has reached an age on a day."""

    least: int
    """Who said that so many completed months have passed, or more, has reached it."""
    most: int
    """Who said that fewer months than this have passed, at most, has not reached it."""
    born: int
    """Who was born on this day, written as 19900517, or before it, has reached it."""


@lru_cache(maxsize=1024)
def limit_on(months: int, day: date, as_of: date) -> Limit:
    """Find who has completed so many months of life on a day.

    Args:
        months: the age, in completed months of life.
        day: the day that is asked about.
        as_of: the day on which ages are said.
    """
    return Limit(
        least=_fewest(lambda said: completed_months(months_before(as_of, said), day) >= months),
        most=_fewest(lambda said: completed_months(months_before(as_of, said + 1) + timedelta(days=1), day) >= months),
        born=_last_birthday(months, day),
    )


def _fewest(reached: Callable[[int], bool]) -> int:
    """Return the fewest months for which something is so; it stays so for more of them."""
    return next((said for said in range(NEVER) if reached(said)), NEVER)


def _last_birthday(months: int, day: date) -> int:
    """Return the last day of birth of those who have completed so many months."""
    born = months_before(day, months) + timedelta(days=4)
    while completed_months(born, day) < months:
        born -= timedelta(days=1)
    return day_number(born)


def day_number(day: date) -> int:
    """Write a day as a number that grows with it, such as 19900517.

    The last day of a month counts as its 31st, which is how the last possible birthday of somebody born "1990-06"
    is written: 19900631.

    >>> day_number(date(1990, 5, 17)), day_number(date(1990, 6, 30))
    (19900517, 19900631)
    """
    last = (day + timedelta(days=1)).day == 1
    return day.year * 10_000 + day.month * 100 + (31 if last else day.day)


def day_count(day: date) -> int:
    """Count the days up to a day, as the column of due dates does.

    >>> day_count(date(2026, 3, 1)) - day_count(date(2026, 2, 27))
    2
    """
    return day.toordinal() + 305
