"""What is said of the person: months of life and days of pregnancy as numbers, and a sex."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from remedies.checking.grammar import SEXES
from remedies.checking.moments import DUE_AFTER
from remedies.knowledge.topics import PAST_PREGNANCY, TRIMESTER_DAYS
from remedies.screening.ages import day_count
from remedies.screening.cells import DUE
from remedies.screening.columns import TRIMESTERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date


def _spellings(sex: str) -> list[str]:
    """List how a sex is written, beside its plain word."""
    written = {form for word, read in SEXES.items() if read == sex for form in (word, word.capitalize(), word.upper())}
    return sorted(written - {sex})


_MALE, _FEMALE = _spellings("male"), _spellings("female")


class Range(NamedTuple):
    """The fewest and the most that a number may be."""

    least: nw.Expr
    most: nw.Expr


def months_of_life(has: Collection[str]) -> Range | None:
    """Return the completed months that columns say."""
    years, months = nw.col("age_years"), nw.col("age_months")
    if "age_years" not in has:
        return Range(months, months) if "age_months" in has else None
    if "age_months" not in has:
        return Range(years * 12, years * 12 + 11)
    least, most = (
        nw.when(years.is_null()).then(months).otherwise(years * 12 + months.fill_null(unsaid)) for unsaid in (0, 11)
    )
    return Range(least, most)


def days_of_pregnancy(has: Collection[str], named: Sequence[tuple[str, int, int]], as_of: date) -> Range | None:
    """Return the days on the day of the check that fit every time that was said; all there are if none was.

    Where times do not fit each other, the fewest are more than the most.

    Args:
        has: the columns of the table.
        named: columns of words that say a time, with its days; the first that is so counts, if no column says one.
        as_of: the day of the check.
    """
    said = list(_said(has, as_of))
    if not said and not named:
        return None
    words = [(_where(name, low), _where(name, high)) for name, low, high in named]
    least = [*([nw.max_horizontal(*(low for low, _ in said))] if said else []), *(low for low, _ in words)]
    most = [*([nw.min_horizontal(*(high for _, high in said))] if said else []), *(high for _, high in words)]
    return Range(nw.coalesce(*least, nw.lit(0)), nw.coalesce(*most, nw.lit(PAST_PREGNANCY - 1)))


def _said(has: Collection[str], as_of: date) -> Iterator[tuple[nw.Expr, nw.Expr]]:
    """Yield the fewest and the most days of each time that columns may say."""
    if "due" in has:
        gone = nw.lit(day_count(as_of) + DUE_AFTER).cast(nw.Int64) - nw.col(DUE)
        yield gone, gone
    if "pregnancy_weeks" in has:
        begin = nw.col("pregnancy_weeks") * 7
        if "pregnancy_days" in has:
            yield begin + nw.col("pregnancy_days").fill_null(0), begin + nw.col("pregnancy_days").fill_null(6)
        else:
            yield begin, begin + 6
    if "pregnancy" in has:
        first, second, third = (nw.col("pregnancy") == name for name in TRIMESTERS)
        low, high = (
            nw.when(first)
            .then(nw.lit(one))
            .when(second)
            .then(nw.lit(two))
            .when(third)
            .then(nw.lit(three))
            .otherwise(nw.lit(None))
            .cast(nw.Int64)
            for one, two, three in zip(*((start, end - 1) for start, end in TRIMESTER_DAYS.values()), strict=True)
        )
        yield low, high


def _where(name: str, number: int) -> nw.Expr:
    return nw.when(nw.col(name)).then(nw.lit(number)).otherwise(nw.lit(None)).cast(nw.Int64)


# Only what is no plain word is looked for among the spellings; null is neither so nor not so.


def is_male() -> nw.Expr:
    """Tell whether a sex is male, as people and records write it."""
    said = nw.col("sex")
    return nw.when(said == "male").then(nw.lit(value=True)).when(said != "female").then(said.is_in(_MALE))


def is_no_sex() -> nw.Expr:
    """Tell whether a sex is neither male nor female; an empty text says nothing."""
    said = nw.col("sex")
    return nw.when((said != "male") & (said != "female")).then(~said.is_in(["", *_MALE, *_FEMALE]))
