"""Rows that hold nonsense: each kind of it by name, written into a row that would be fine without it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from screening.people_bodies import (
    AGE_COLUMNS,
    FIRST_YEAR,
    PREGNANCY_COLUMNS,
    Weeks,
    breastfeeding,
    forget_age,
    plain_pregnancy,
    set_years,
    sex,
    told,
)
from screening.people_columns import AS_OF, FLAGS, Columns, Draft

from remedies.checking.moments import DUE_AFTER
from remedies.checking.patient import MOST_WORDS
from remedies.core.errors import LONGEST_WORD
from remedies.knowledge.topics import TOPICS

Broken = Callable[[Draft], None]

_ABSENT = object()


def _cells(said: object = _ABSENT, key: str = "", **cells: object) -> Broken:
    """Write cells, and what they would be in Patient JSON, if they can be written there."""

    def write(draft: Draft) -> None:
        if cells.keys() & set(AGE_COLUMNS):
            forget_age(draft)
        if cells.keys() & set(PREGNANCY_COLUMNS):
            sex(draft, draft.random.choice([None, "female"]))
            plain_pregnancy(draft, None)
        draft.cells.update(cells)
        if said is _ABSENT:
            draft.writable = False
        else:
            draft.body[key] = said

    return write


def _number(column: str, *numbers: float, key: str = "", beside: dict[str, Any] | None = None) -> Broken:
    """Write one of some numbers into a column of them."""

    def write(draft: Draft) -> None:
        number = draft.random.choice(numbers)
        cell = draft.columns.numbered(int(number)) if number == int(number) else number
        others = {name: draft.columns.numbered(value) for name, value in (beside or {}).items()}
        _cells(number if key else _ABSENT, key, **{column: cell}, **others)(draft)

    return write


def _text(column: str, *texts: str, key: str = "") -> Broken:
    """Write one of some texts into a column of them."""

    def write(draft: Draft) -> None:
        text = draft.random.choice(texts)
        _cells(text if key else _ABSENT, key, **{column: text})(draft)

    return write


def _born(*days: int) -> Broken:
    """Say a birth date so many days after the day of the check."""

    def write(draft: Draft) -> None:
        day = AS_OF + timedelta(days=draft.random.choice(days))
        _cells(day.isoformat(), "born", born=draft.columns.day("born", day))(draft)

    return write


def _age_and_born(draft: Draft) -> None:
    set_years(draft, 34)
    if draft.random.random() < 0.3:
        draft.forget("age_years")
        draft.cells["age_months"] = draft.columns.numbered(34 * 12)
    draft.cells["born"] = draft.columns.day("born", AS_OF.replace(year=1992))
    draft.body["born"] = AS_OF.replace(year=1992).isoformat()


def _weeks_beside(*said: str) -> Broken:
    def write(draft: Draft) -> None:
        told(draft, 27 * 7 + 3, draft.random.choice([Weeks(weeks=True), Weeks(weeks=True, days=True), Weeks(due=True)]))
        sex(draft, None)
        draft.cells["pregnancy"] = draft.random.choice(said)
        draft.writable = False

    return write


def _misfit(which: Weeks, column: str, *others: str | int) -> Broken:
    """Tell a pregnancy in several ways, one of which belongs to another day."""

    def write(draft: Draft) -> None:
        sex(draft, draft.random.choice([None, "female"]))
        told(draft, 27 * 7 + 6, which)
        value = draft.random.choice(others)
        draft.cells[column] = value if isinstance(value, str) else draft.columns.numbered(value)
        draft.writable = False

    return write


def _due(days: int) -> Broken:
    def write(draft: Draft) -> None:
        day = AS_OF + timedelta(days=days)
        _cells({"due": day.isoformat()}, "pregnancy", due=draft.columns.day("due", day))(draft)

    return write


def _pregnant_man(draft: Draft) -> None:
    if draft.random.random() < 0.5:
        plain_pregnancy(draft, draft.random.choice(["yes", "possible"]))
    else:
        told(draft, 150, draft.random.choice([Weeks(weeks=True), Weeks(trimester=True), Weeks(due=True)]))
    sex(draft, "male")


def _breastfeeding_man(draft: Draft) -> None:
    plain_pregnancy(draft, None)
    breastfeeding(draft, so=True)
    sex(draft, "male")


def _flag(kind: str, *cells: object) -> Broken:
    def write(draft: Draft) -> None:
        column = draft.random.choice([name for name in FLAGS if draft.columns.flag[name] == kind])
        draft.cells[column] = draft.random.choice(cells)
        draft.writable = False

    return write


def _word(word: str) -> Broken:
    def write(draft: Draft) -> None:
        # An empty text is an empty cell; only in a list it is a word.
        lists = [topic for topic in TOPICS if word or draft.columns.words[topic] == "list"]
        topic = draft.random.choice(lists)
        draft.speak(topic, [word, *draft.words.get(topic, [])])

    return write


def _many_words(draft: Draft) -> None:
    topic = next(topic for topic in TOPICS if draft.columns.words[topic] == "list")
    draft.speak(topic, ["asthma"] * (MOST_WORDS + 1))


NONSENSE: dict[str, Broken] = {
    "age below zero": _number("age_years", -3, -1, key="age"),
    "age above the greatest": _number("age_years", 300, 121, key="age"),
    "part of a year": _number("age_years", 1.5, 0.25, key="age"),
    "a year of months beside years": _number("age_months", 12, 30, beside={"age_years": 3}),
    "months below zero": _number("age_months", -1),
    "months beyond the greatest age": _number("age_months", 1452),
    "age and birth date": _age_and_born,
    "birth date that does not exist": _text("born", "2001-02-30", "1990-13", "0000", "2025-02-29", key="born"),
    "birth date in another layout": _text("born", "17.05.1990", "1990-5-17", "17 May 1990", "1990-05-17T00:00:00"),
    "born in the future": _born(1, 2, 400),
    "born in a year to come": _text("born", "2027", "2026-12", key="born"),
    "born too long ago": _text("born", str(FIRST_YEAR - 1), "1896-11-25", "1905-12", key="born"),
    "no sex": _text("sex", "x", "femal", "unknown", "?", key="sex"),
    "no pregnancy word": _text("pregnancy", "maybe", "trimester-4", "27 weeks", "trimester"),
    "too many weeks": _number("pregnancy_weeks", 45, 60),
    "weeks below zero": _number("pregnancy_weeks", -1),
    "a week of days": _number("pregnancy_days", 7, 9, beside={"pregnancy_weeks": 27}),
    "days below zero": _number("pregnancy_days", -1, beside={"pregnancy_weeks": 27}),
    "days without weeks": _number("pregnancy_days", 0, 3),
    "weeks beside no": _weeks_beside("no"),
    "weeks beside possible": _weeks_beside("possible"),
    "weeks outside the trimester": _misfit(
        Weeks(trimester=True, weeks=True, days=True), "pregnancy", "trimester-1", "trimester-3"
    ),
    "weeks that the due date does not fit": _misfit(Weeks(weeks=True, due=True), "pregnancy_weeks", 28, 26, 4),
    "days that the due date does not fit": _misfit(Weeks(weeks=True, days=True, due=True), "pregnancy_days", 5, 0),
    "trimester that the due date does not fit": _misfit(
        Weeks(trimester=True, due=True), "pregnancy", "trimester-1", "trimester-3"
    ),
    "due date a year ahead": _due(365),
    "due date a day too far ahead": _due(DUE_AFTER + 1),
    "due date that does not exist": _text("due", "2027-02-30", "2027-13-01"),
    "due date in another layout": _text("due", "20.02.2027", "2027-02"),
    "pregnant man": _pregnant_man,
    "breastfeeding man": _breastfeeding_man,
    "no boolean in a text": _flag("text", "perhaps", "2", "y"),
    "no boolean in a number": _flag("number", 2, -1),
    "empty word": _word(""),
    "word longer than the longest": _word("a" * (LONGEST_WORD + 1)),
    "more words than are read": _many_words,
}
"""Every kind of nonsense."""

_TEXT_BORN = {"birth date that does not exist", "birth date in another layout", "born in a year to come"}


def possible(name: str, columns: Columns, *, words: bool) -> bool:
    """Tell whether the columns of a table can hold such nonsense at all."""
    if name in _TEXT_BORN or name == "born too long ago":
        return columns.born == "text"
    if name.startswith("due date that") or name == "due date in another layout":
        return columns.due == "text"
    if name == "part of a year":
        return columns.number == "float"
    if name in {"more words than are read", "empty word"}:
        return words and "list" in columns.words.values()
    return words or name != "word longer than the longest"
