"""What stands in the fields of a question's page, and which answer that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from remedies.advice.interview import detail_of
from remedies.checking.person import Gestation
from remedies.core.errors import AnswerError, Fault
from remedies.knowledge.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.advice.state import Answered, Item, Screen
    from remedies.checking.patient import Patient
    from remedies.web.forms import Form

TICKED, NOT_KNOWN, REST, WORDS = "yes", "not-known", "rest", "words"
"""Fields: what is ticked in a list, what is ticked as not known, all that is not ticked, and words of one's own."""


class Filled(NamedTuple):
    """The fields of a page, as somebody has filled them in; nothing of it need make sense."""

    ticked: tuple[str, ...] = ()
    """What is ticked in a list."""
    rest: str = ""
    """What is said of all that is not ticked."""
    words: str = ""
    """What is written beside a list."""
    values: tuple[tuple[str, str], ...] = ()
    """What is chosen or written for an item by itself."""
    not_known: tuple[str, ...] = ()
    """Which items are ticked as not known."""

    def value(self, fact: str) -> str:
        """Return what is chosen or written for an item."""
        return dict(self.values).get(fact, "")


class Trouble(NamedTuple):
    """Something that cannot be read: the id of the field on the page, and what to do about it."""

    field: str
    message: str


def field_of(fact: str) -> str:
    """Name the field of an item that is answered by itself."""
    return f"is-{fact}"


def from_form(screen: Screen, form: Form) -> Filled:
    """Take what a form holds for a screen."""
    return Filled(
        ticked=form.every(TICKED),
        rest=form.one(REST),
        words=form.one(WORDS),
        values=tuple((item.fact, form.one(field_of(item.fact))) for item in screen.items),
        not_known=form.every(NOT_KNOWN),
    )


def said_in(screen: Screen, filled: Filled) -> dict[str, str]:
    """Return what the fields say, as ``interview.answer`` takes it; what is empty is left out, and never read as no.

    Raises:
        AnswerError: something is answered and said to be unknown as well.
    """
    if screen.kind == "list":
        said = dict.fromkeys(filled.ticked, "yes")
        beside = {REST: filled.rest, WORDS: filled.words}
        return {**said, **{name: value for name, value in beside.items() if value}}
    both = [item.fact for item in screen.items if filled.value(item.fact) and item.fact in filled.not_known]
    if both:
        message = "Give an answer, or tick “I don't know”; not both."
        raise AnswerError([Fault((fact,), message, "contradiction") for fact in both])
    said = dict.fromkeys(filled.not_known, "unknown")
    return said | {item.fact: _value(item, filled) for item in screen.items if filled.value(item.fact)}


def _value(item: Item, filled: Filled) -> str:
    """Read a question mark as not known where something is written."""
    value = filled.value(item.fact)
    if item.kind in {"age", "weeks"}:
        return detail_of(item, value)
    return value


_MISSING = {
    "fact": "Please choose one of the answers.",
    "age": "Please write the age, or tick “I don't know”.",
    "sex": "Please choose one of the answers.",
    "pregnancy": "Please choose one of the answers.",
    "weeks": "Please write the weeks, or tick “I don't know”.",
    "breastfeeding": "Please choose one of the answers.",
}


def troubles(screen: Screen, error: AnswerError) -> Iterator[Trouble]:
    """Say at which field each fault stands, in the order of the page; what is not answered is said once for a list."""
    if screen.kind == "list":
        if any(fault.kind == "missing" for fault in error.faults):
            yield Trouble(REST, "Please say what holds for everything that you did not tick.")
        yield from (Trouble(WORDS, fault.message) for fault in error.faults if fault.kind != "missing")
        return
    fields = {item.fact: item for item in screen.items}
    for fault in error.faults:
        item = fields.get(str(fault.where[0])) if fault.where else None
        message = fault.message
        if item is None:
            item = screen.items[0]
        elif fault.kind == "missing":
            message = _MISSING[item.kind]
        yield Trouble(field_of(item.fact), message)


# Filled in again --------------------------------------------------------------------------------------


def from_answer(screen: Screen, one: Answered | None) -> Filled:
    """Fill in what was answered before, so that whoever goes back need not do it again.

    Where an answer was finer than the page can show, less is filled in: not known, or nothing at all.
    """
    if one is None:
        return Filled()
    match screen.kind:
        case "list":
            return _list(screen, one)
        case "gate":
            return Filled(values=tuple((item.fact, one.gate or "") for item in screen.items))
        case "person" | "pregnancy" | "details":
            values = tuple((item.fact, _written(item, one)) for item in screen.items)
            typed = {item.fact for item in screen.items if item.kind in {"age", "weeks"}}
            return Filled(values=values, not_known=tuple(fact for fact in one.unknown if fact in typed))
        case _:
            assert_never(screen.kind)


def _list(screen: Screen, one: Answered) -> Filled:
    shown = {item.fact for item in screen.items}
    said = [(topic, one.said.answers(topic)) for topic in TOPICS]
    yes = [word for _, answers in said for word in answers.yes]
    left = shown - set(yes)
    rest = ""
    if left <= {word for _, answers in said for word in answers.no}:
        rest = "no"
    elif any(answers.unknown for _, answers in said):
        rest = "unknown"
    words = [word for word in yes if word not in shown]
    words += [f"other: {word}" for _, answers in said for word in answers.other]
    return Filled(ticked=tuple(word for word in yes if word in shown), rest=rest, words=", ".join(words))


def _written(item: Item, one: Answered) -> str:
    match item.kind:
        case "fact":
            return _truth(item.fact, one.said)
        case "breastfeeding":
            return {True: "yes", False: "no", None: "unknown"}[one.said.breastfeeding]
        case "sex":
            return one.said.sex or "unknown"
        case "age":
            return _age(one.said)
        case "pregnancy":
            return _pregnancy(one.said)
        case "weeks":
            return _weeks(one.said)
        case _:
            assert_never(item.kind)


def _truth(fact: str, said: Patient) -> str:
    sides = ("yes", "no", "unknown")
    found = (side for topic in TOPICS for side in sides if fact in getattr(said.answers(topic), side))
    return next(found, "")


def _age(said: Patient) -> str:
    if said.age is None:
        return said.born or ""
    if said.age.months is None:
        return str(said.age.years)
    return f"{said.age.years}y{said.age.months}m"


def _pregnancy(said: Patient) -> str:
    match said.pregnancy:
        case None:
            return "unknown"
        case "no" | "possible":
            return said.pregnancy
        case _:
            return "yes"


def _weeks(said: Patient) -> str:
    match said.pregnancy:
        case Gestation(weeks=weeks, days=None):
            return str(weeks)
        case Gestation(weeks=weeks, days=days):
            return f"{weeks}+{days}"
        case _:
            return ""
