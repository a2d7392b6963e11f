"""Elements of FHIR R4 as records hold them: read leniently, nothing guessed, nothing refused."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

Resource: TypeAlias = dict[str, Any]
"""A resource or a part of one, as JSON."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?")


_FIRST_YEAR = 1800
"""No date of a person who lives, or of what is recorded of one, lies before."""


class Coding(NamedTuple):
    """A code of a system, with the name that the sender gave it."""

    system: str
    code: str
    display: str


class Concept(NamedTuple):
    """A CodeableConcept: one thing, by codes and by name."""

    codings: tuple[Coding, ...] = ()
    text: str = ""

    @property
    def name(self) -> str:
        """What a reader calls it: the text, or the first name or code that there is."""
        if self.text:
            return self.text
        named = (part for one in self.codings for part in (one.display, one.code))
        return next(filter(None, named), "")

    @property
    def names(self) -> str:
        """Everything that it is called, in one text."""
        return " ".join(filter(None, (self.text, *(one.display for one in self.codings))))

    def has(self, codes: Container[str]) -> bool:
        """Tell whether it carries one of these codes."""
        if len(self.codings) == 1:
            return self.codings[0].code in codes
        return any(one.code in codes for one in self.codings)


class Days(NamedTuple):
    """The first and the last day that a date may mean: 1990 is all of that year."""

    first: date
    last: date


def text(value: object) -> str:
    """Return a text without spaces around it; a number as a text; nothing of anything else."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""


def part(value: object) -> Resource:
    """Return an object; an empty one of anything else."""
    if isinstance(value, dict):
        return value
    return {}


def parts(value: object) -> list[Resource]:
    """Return the objects of a list; a lone object counts as a list of one."""
    if isinstance(value, list):
        return [one for one in value if isinstance(one, dict)]
    if isinstance(value, dict):
        return [value]
    return []


def plain(value: object) -> list[Resource]:
    """Return the objects of a list that mean what they say; one with a modifierExtension may mean the opposite."""
    return [one for one in parts(value) if "modifierExtension" not in one]


def turned(*values: object) -> bool:
    """Tell whether an object of a list carries a modifierExtension, and so may mean the opposite of what it says."""
    return any("modifierExtension" in one for value in values for one in parts(value))


def concept(value: object) -> Concept:
    """Read a CodeableConcept, a lone Coding, or a plain text in its place."""
    if isinstance(value, dict):
        codings = value.get("coding")
        if type(codings) is list and len(codings) == 1 and type(codings[0]) is dict:
            return Concept((_coding(codings[0]),), text(value.get("text")))
        if codings is None and isinstance(value.get("code"), str | int):
            return Concept((_coding(value),))
        return Concept(tuple(map(_coding, parts(codings))), text(value.get("text")))
    if isinstance(value, list):
        every = [concept(one) for one in value]
        return Concept(tuple(coding for one in every for coding in one.codings), " ".join(one.text for one in every))
    if value:
        return Concept((), text(value))
    return _NOTHING


_NOTHING = Concept()


def _coding(value: Resource) -> Coding:
    system, code, display = value.get("system"), value.get("code"), value.get("display")
    if type(system) is type(code) is type(display) is str:
        return Coding(system.strip(), code.strip(), display.strip())
    return Coding(text(system), text(code), text(display))


def status(value: object) -> str:
    """Read a status, which R4 codes as a concept in some resources and as a plain code in others."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip().lower()
    whole = part(value)
    codings = whole.get("coding")
    for coding in codings if isinstance(codings, list) else [codings]:
        code = text(coding.get("code")) if isinstance(coding, dict) else ""
        if code:
            return code.lower()
    return text(whole.get("text")).lower()


@lru_cache(maxsize=4096)
def days(value: str) -> Days | None:
    """Read a date as far as it is known: 1990, 1990-05, 1990-05-17, or a time of that day.

    A year long ago, such as 0001, stands in much software for no date at all.

    >>> days("2019-02")
    Days(first=datetime.date(2019, 2, 1), last=datetime.date(2019, 2, 28))
    """
    found = _DATE.fullmatch(value.strip())
    if found is None:
        return None
    year, month, day = (int(one or 0) for one in found.groups())
    if year < _FIRST_YEAR:
        return None
    try:
        if not month:
            return Days(date(year, 1, 1), date(year, 12, 31))
        if not day:
            return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return Days(date(year, month, day), date(year, month, day))
    except ValueError:
        return None


def day_of(resource: Resource, *names: str) -> Days | None:
    """Return the first date that an element of these names holds; of a period its end, else its start."""
    for name in names:
        value = resource.get(name)
        if value is None:
            continue
        if isinstance(value, dict):
            value = value.get("end") or value.get("start")
        found = days(text(value))
        if found is not None:
            return found
    return None


def chosen(resource: Resource, name: str) -> Iterator[tuple[str, Any]]:
    """Yield what stands under a choice of types: onset[x] is onsetDateTime, onsetAge and so on."""
    for key, value in resource.items():
        if key.startswith(name) and value is not None and key[len(name) : len(name) + 1].isupper():
            yield key[len(name) :], value


def references(value: object) -> str:
    """Return where a reference leads."""
    return text(part(value).get("reference"))
