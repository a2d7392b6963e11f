"""Numbers that are known only roughly, against every number that they may be."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING, assert_never

import pytest

from remedies.knowledge.topics import PAST_PREGNANCY, TRIMESTER_DAYS
from remedies.screening.ages import day_count
from remedies.screening.cells import BEGUN_FIRST, BEGUN_LAST, DUE
from remedies.screening.columns import TRIMESTERS
from remedies.screening.nodes import Among, AtLeast, But, Every, Given, Made, Node, Some, Yes
from remedies.screening.numbers import Term, Words, months_of_life

if TYPE_CHECKING:
    from collections.abc import Iterator

AS_OF = date(2026, 11, 26)
FAR_OFF = 10_000
"""More days than lie between a check and a course."""

FULL_TERM = 280
"""Days of pregnancy on the due date."""

Row = dict[str, int | str | bool | None]


def so(node: Node, row: Row) -> bool:
    """Work out an expression for one row."""
    match node:
        case Yes(column=name) | Made(column=name):
            return row[name] is True
        case Given(column=name):
            return row[name] is not None
        case AtLeast(column=name, number=number):
            value = row[name]
            return isinstance(value, int) and value >= number
        case Among(column=name, texts=texts):
            return row[name] in texts
        case Some(parts=parts):
            return any(so(part, row) for part in parts)
        case Every(parts=parts):
            return all(so(part, row) for part in parts)
        case But(one=one, other=other):
            return so(one, row) and not so(other, row)
        case _:
            assert_never(node)


# Months of life ---------------------------------------------------------------------------------------


def months_that_fit(row: Row) -> set[int]:
    """Return every number of months that the columns of an age leave possible."""
    years, months = row.get("age_years"), row.get("age_months")
    if isinstance(years, int):
        return {years * 12 + months} if isinstance(months, int) else set(range(years * 12, years * 12 + 12))
    return {months} if isinstance(months, int) else set()


@pytest.mark.parametrize("columns", [("age_years",), ("age_months",), ("age_years", "age_months")], ids=str)
def test_an_age_has_reached_a_limit_if_all_that_it_may_be_has(columns: tuple[str, ...]) -> None:
    number = months_of_life(columns)
    cells = {"age_years": [None, 0, 1, 11, 12], "age_months": [None, 0, 1, 5, 11]}
    for row in (dict(zip(columns, row, strict=True)) for row in product(*map(cells.__getitem__, columns))):
        fit = months_that_fit(dict(row))
        assert so(number.given, dict(row)) == bool(fit)
        for limit in range(200):
            reached, short = so(number.reached(limit), dict(row)), so(number.short(limit), dict(row))
            assert reached == (bool(fit) and min(fit) >= limit), (row, limit)
            assert short == (bool(fit) and max(fit) < limit), (row, limit)


# Days of pregnancy ------------------------------------------------------------------------------------

WORDS = (Words("far", 196, 315), Words("exactly", 94, 94), Words("month", 90, 120))


def rows(columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield rows of some columns, with what the cells make of the due date and the weeks."""
    cells: dict[str, list[int | str | bool | None]] = {
        "due": [None, 0, 98, 186, 279],
        "pregnancy_weeks": [None, 0, 13, 14, 27, 44],
        "pregnancy_days": [None, 0, 3, 6],
        "pregnancy": [None, "yes", *TRIMESTERS],
        **{word.column: [False, True] for word in WORDS},
    }
    for values in product(*map(cells.__getitem__, columns)):
        row = dict(zip(columns, values, strict=True))
        due, weeks, days = row.get("due"), row.get("pregnancy_weeks"), row.get("pregnancy_days")
        count = day_count(AS_OF) + due if isinstance(due, int) else None
        begun = count + weeks * 7 if count is not None and isinstance(weeks, int) else None
        row[DUE] = count
        row[BEGUN_FIRST], row[BEGUN_LAST] = (
            None if begun is None else begun + (days if isinstance(days, int) else unsaid) for unsaid in (0, 6)
        )
        yield row


def days_that_fit(row: Row) -> set[int]:
    """Return every day of pregnancy that all times leave possible; all there are if none is said."""
    every = set(range(PAST_PREGNANCY))
    said = []
    due, weeks, days = row.get("due"), row.get("pregnancy_weeks"), row.get("pregnancy_days")
    if isinstance(due, int):
        said.append({FULL_TERM - due})
    if isinstance(weeks, int):
        said.append({weeks * 7 + day for day in (range(7) if days is None else [days]) if isinstance(day, int)})
    if row.get("pregnancy") in TRIMESTERS:
        said.append(set(range(*TRIMESTER_DAYS[TRIMESTERS.index(str(row["pregnancy"])) + 1])))
    if not said:
        spoken = [set(range(word.least, word.most + 1)) for word in WORDS if row.get(word.column)]
        said = spoken[:1]
    return every.intersection(*said)


COLUMNS: list[tuple[str, ...]] = [
    (),
    ("due",),
    ("pregnancy",),
    ("pregnancy_weeks",),
    ("pregnancy_weeks", "pregnancy_days"),
    ("due", "pregnancy_weeks", "pregnancy_days", "pregnancy"),
    ("far", "exactly", "month"),
    ("pregnancy", "pregnancy_weeks", "far", "exactly"),
]


@pytest.mark.parametrize("columns", COLUMNS, ids=str)
def test_a_pregnancy_is_within_some_days_if_every_day_that_fits_is(columns: tuple[str, ...]) -> None:
    term = Term(columns, [word for word in WORDS if word.column in columns], AS_OF)
    windows = [
        (start, end, begin, until)
        for start, end in [(0, 98), (98, 196), (196, PAST_PREGNANCY), (140, PAST_PREGNANCY), (0, 196), (96, 99)]
        for begin, until in [(0, 0), (0, 4), (3, 3), (10, 12), (-4, -1), (-1800, -1796)]
    ]
    asked = {window: term.within(*window) for window in windows}
    for row in rows(columns):
        fit = days_that_fit(row)
        assert so(term.unfit, row) == (not fit), row
        if not fit:
            continue
        for (start, end, begin, until), (within, near) in asked.items():
            days = range(begin, until + 1)
            first, last = (-FAR_OFF if start == 0 else start), (FAR_OFF if end == PAST_PREGNANCY else end)
            surely = any(all(first <= day + ahead < last for day in fit) for ahead in days)
            maybe = any(first <= day + ahead < last for day in fit for ahead in days)
            assert (so(within, row), so(near, row)) == (surely, maybe), (row, start, end, begin, until)


@pytest.mark.parametrize("columns", COLUMNS, ids=str)
def test_a_pregnancy_has_reached_a_day_if_every_day_that_fits_has(columns: tuple[str, ...]) -> None:
    term = Term(columns, [word for word in WORDS if word.column in columns], AS_OF)
    for row in rows(columns):
        if fit := days_that_fit(row):
            for limit in (0, 1, 94, 95, 98, 196, 315):
                assert so(term.reached(limit), row) == (min(fit) >= limit), (row, limit)
