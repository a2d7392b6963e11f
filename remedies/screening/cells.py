"""Cells in one form: what is written as text or number becomes what it says, and nonsense is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from remedies.screening.columns import WRITTEN, WRITTEN_NO, WRITTEN_YES, template

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from remedies.knowledge.vocabulary import Vocabulary
    from remedies.screening.columns import Kind, Layout

FAULT = "fault: "
"""Begins the name of a column that says where another one holds nonsense."""

FIRST, LAST = "born: first", "born: last"
"""The first and the last possible birthday, as numbers such as 19900517; see ``day_number``."""

DUE = "due: day"
"""The due date as a number of days, see ``day_count``."""

BEGUN_FIRST, BEGUN_LAST = "begun: first", "begun: last"
"""The due date and the days that weeks say are gone, added up: the fewest and the most."""

_MOST = 100_000
"""No number in a table of patients is as large as this."""


class Read(NamedTuple):
    """What becomes of a column."""

    columns: dict[str, nw.Expr]
    nonsense: nw.Expr
    message: str
    """What is wrong where it is nonsense."""


class Cells(NamedTuple):
    """The cells of a table in one form."""

    columns: dict[str, nw.Expr]
    """Facts and closings become booleans, ages, weeks and days become whole numbers."""
    faults: dict[str, str]
    """Columns that say where a cell is nonsense, each with its message."""


def cells_of(layout: Layout, vocabulary: Vocabulary) -> Cells:
    """Bring the cells of a table into one form; nothing is computed for a column that has it already."""
    columns: dict[str, nw.Expr] = {}
    faults: dict[str, str] = {}
    cell_of = {column.name: column.cell for column in template(vocabulary)}
    for name, kind in layout.kinds:
        match cell_of[name]:
            case "yes or no" if kind != "boolean":
                read = _yes_or_no(name, kind)
            case "whole number" if kind != "whole":
                read = _whole_number(name, kind)
            case "text" if kind == "category":
                columns[name] = nw.col(name).cast(nw.String)
                continue
            case "day":
                read = _born(name, kind) if name == "born" else _day(name, kind)
            case _:
                continue
        columns |= {**read.columns, FAULT + name: read.nonsense}
        faults[FAULT + name] = f"{name} {read.message}"
    if layout.kind("due") and layout.kind("pregnancy_weeks"):
        columns |= _begun(columns, {name for name, _ in layout.kinds})
    return Cells(columns, faults)


def _begun(columns: Mapping[str, nw.Expr], has: Collection[str]) -> dict[str, nw.Expr]:
    """Add up what is still to come of a pregnancy and what is gone, which says when it began."""
    weeks, days = (columns.get(name, _small(name)) for name in ("pregnancy_weeks", "pregnancy_days"))
    gone = weeks * 7 + columns[DUE]
    if "pregnancy_days" not in has:
        return {BEGUN_FIRST: gone, BEGUN_LAST: gone + 6}
    return {BEGUN_FIRST: gone + days.fill_null(0), BEGUN_LAST: gone + days.fill_null(6)}


def _written(name: str) -> nw.Expr:
    """Return a text without the spaces around it; an empty one is unknown."""
    text = nw.col(name).cast(nw.String).str.strip_chars()
    return nw.when(text != "").then(text)


def _number(name: str) -> nw.Expr:
    """Return a fraction that is a number at all."""
    value = nw.col(name).cast(nw.Float64)
    return nw.when(~value.is_nan()).then(value)


def _small(name: str) -> nw.Expr:
    """Return a whole number that can be counted with; nothing in place of one that is too large."""
    value = nw.col(name)
    return nw.when((value >= 0) & (value < _MOST)).then(value).cast(nw.Int64)


def _yes_or_no(name: str, kind: Kind) -> Read:
    if kind in WRITTEN:
        value = _written(name).str.to_lowercase()
        so, not_so = value.is_in(WRITTEN_YES), value.is_in(WRITTEN_NO)
    else:
        value = _number(name) if kind == "fraction" else nw.col(name)
        so, not_so = value == 1, value == 0
    read = nw.when(so).then(nw.lit(value=True)).when(not_so).then(nw.lit(value=False))
    return Read({name: read}, ~(so | not_so), "must be true, false or empty")


def _whole_number(name: str, kind: Kind) -> Read:
    message = "must be a whole number"
    if kind in WRITTEN:
        text = _written(name).str.replace_all(r"\.0+$", "")
        sound = text.str.contains("^[0-9]{1,5}$")
        return Read({name: nw.when(sound).then(text).cast(nw.Int64)}, ~sound, message)
    value = _number(name)
    sound = ((value >= 0) & (value < _MOST) & (value == value.floor())).fill_null(value=False)
    return Read({name: nw.when(sound).then(value).cast(nw.Int64)}, ~sound & ~value.is_null(), message)


# Days -----------------------------------------------------------------------------------------------


class _Parts(NamedTuple):
    """Year, month and day; month and day are null where they are not said."""

    year: nw.Expr
    month: nw.Expr
    day: nw.Expr
    nonsense: nw.Expr


def _parts(name: str, kind: Kind, pattern: str) -> _Parts:
    if kind == "day":
        date = nw.col(name).dt
        year, month, day = (part.cast(nw.Int64) for part in (date.year(), date.month(), date.day()))
        # Some engines have days that lie in no year, such as infinity.
        return _Parts(year, month, day, (year < 1) | (year.is_null() & ~nw.col(name).is_null()))
    text = _written(name)
    shaped = text.str.contains(pattern)
    sound = nw.when(shaped).then(text)
    length = sound.str.len_chars()
    year = sound.str.slice(0, 4).cast(nw.Int64)
    month = nw.when(length >= len("1990-05")).then(sound.str.slice(5, 2)).cast(nw.Int64)
    day = nw.when(length >= len("1990-05-17")).then(sound.str.slice(8, 2)).cast(nw.Int64)
    wrong = (month < 1) | (month > 12) | (day < 1) | (day > _days_of(year, month))
    return _Parts(year, month, day, ~shaped | (year < 1) | wrong.fill_null(value=False))


def _days_of(year: nw.Expr, month: nw.Expr) -> nw.Expr:
    """Return how many days a month has."""
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    february = nw.when(leap).then(nw.lit(29)).otherwise(nw.lit(28))
    thirty = month.is_in([4, 6, 9, 11])
    return nw.when(month == 2).then(february).when(thirty).then(nw.lit(30)).otherwise(nw.lit(31))


def _born(name: str, kind: Kind) -> Read:
    parts = _parts(name, kind, "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")
    return Read(
        {
            FIRST: parts.year * 10_000 + parts.month.fill_null(1) * 100 + parts.day.fill_null(1),
            LAST: parts.year * 10_000 + parts.month.fill_null(12) * 100 + parts.day.fill_null(31),
        },
        parts.nonsense,
        "must be a date that exists, as 1990, 1990-05 or 1990-05-17",
    )


def _day(name: str, kind: Kind) -> Read:
    parts = _parts(name, kind, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    # The months of a year that begins in March, so that the leap day comes last: their days are (153 m + 2) / 5.
    early = (parts.month < 3).cast(nw.Int64)
    year, month = parts.year - early, parts.month + early * 12 - 3
    days = (month * 153 + 2) // 5 + parts.day - 1
    count = days + year * 365 + year // 4 - year // 100 + year // 400
    return Read({DUE: count}, parts.nonsense, "must be a date that exists, such as 2027-02-20")
