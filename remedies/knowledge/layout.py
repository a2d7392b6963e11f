"""The one layout of the data files: a rule is a block with a key per line, and what is small stands on one line.

A file that is written anew differs from the old one only in what has changed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.core.documents import Json

WIDTH = 120
"""The most columns of a line, unless a single text is longer."""

_INDENT = "  "

_KINDS: dict[str, dict[str, str]] = {
    "catalogue": {
        "version": "",
        "disclaimer": "",
        "common": "common",
        "dimensions": "dimension",
        "signs": "sign",
        "rules": "rule",
        "substances": "substance",
        "remedies": "remedy",
    },
    "common": {
        "times_per_day": "range",
        "max_days": "days",
        "how": "instruction",
        "stop": "instruction",
        "advice": "instruction",
        "bath": "instruction",
    },
    "dimension": {"id": "", "label": "", "when": ""},
    "sign": {"sign": "", "urgency": "", "because": "", "sources": ""},
    "rule": {
        "id": "",
        "when": "",
        "effect": "",
        "because": "",
        "basis": "",
        "cure": "",
        "replaces": "",
        "sources": "",
    },
    "substance": {
        "id": "",
        "rules": "rule",
        "avoid": "instruction",
        "stop": "instruction",
        "aftercare": "aftercare",
    },
    "remedy": {
        "id": "",
        "name": "",
        "short": "",
        "aliases": "",
        "form": "",
        "atc": "",
        "what": "",
        "counts_as": "",
        "label": "",
        "label_note": "instruction",
        "reviewed": "",
        "ingredients": "ingredient",
        "excipients": "ingredient",
        "not_to_confuse": "confusable",
        "helps": "instruction",
        "rules": "rule",
        "no_restriction": "no restriction",
        "usage": "usage",
    },
    "ingredient": {"substance": "", "strength": "", "only_in": "", "sources": ""},
    "confusable": {"name": "", "because": "", "sources": ""},
    "no restriction": {"dimension": "", "because": "", "sources": ""},
    "usage": {
        "doses": "dose",
        "how": "instruction",
        "avoid": "instruction",
        "aftercare": "aftercare",
        "stop": "instruction",
    },
    "dose": {
        "from_age": "",
        "below_age": "",
        "times_per_day": "range",
        "hours_between": "hours",
        "amount": "amount",
        "max_days": "days",
        "max_per_day": "amount",
    },
    "hours": {"hours": "", "sources": ""},
    "days": {"days": "", "sources": ""},
    "range": {"min": "", "max": "", "sources": ""},
    "amount": {"text": "", "grams": "range", "uses": "", "sources": ""},
    "instruction": {"text": "", "about": "", "replaces": "", "sources": ""},
    "aftercare": {"text": "", "days_after_last_use": "", "during_use": "", "sources": ""},
    "reviews file": {"reviews": "review"},
    "review": {
        "remedy": "",
        "reviewer": "",
        "registration": "",
        "date": "",
        "catalogue": "",
        "record": "",
        "remarks": "",
    },
    "facts file": {
        "facts": "fact",
        "gates": "gate",
        "words": "naming",
        "known_prompts": "known prompts",
        "mix_ups": "",
        "forms": "forms",
    },
    "gate": {"id": "", "topic": "", "title": "", "text": "", "lines": "", "which": "", "facts": ""},
    "fact": {
        "id": "",
        "topic": "",
        "label": "",
        "short": "",
        "question": "",
        "examples": "",
        "synonyms": "words",
        "kinds": "words",
        "is_a": "",
        "icd10": "codes",
        "atc": "codes",
        "snomed": "",
        "cross_reacts_with": "",
        "may_hold": "",
        "past": "",
        "history": "",
        "over_the_counter": "",
        "prompts": "",
        "implies": "",
    },
    "naming": {
        "topic": "",
        "en": "",
        "ru": "",
        "icd10": "",
        "atc": "",
        "snomed": "",
        "means": "",
        "prompts": "",
        "on_skin": "",
        "allergy": "",
    },
    "known prompts": {"allergies": "", "on_skin": ""},
    "words": {"en": "", "ru": ""},
    "codes": {"proves": "", "prompts": "", "except": ""},
    "sources file": {"sources": "sources by name"},
    "sources by name": {"*": "source"},
    "source": {"title": "", "publisher": "", "country": "", "year": "", "url": "", "read": "", "grade": ""},
}
"""Every kind of record: its keys in their order, each with the kind of the records under it ("*": under any key)."""

_FILES = {"remedies": "catalogue", "facts": "facts file", "sources": "sources file", "reviews": "reviews file"}
"""The kind of a whole file, by the key that tells it."""

_SORTED = {"forms"}
"""Kinds of record whose keys are words, which stand in their own order."""

_KEPT_NULLS = {"source": {"year", "url"}}
"""Keys that must be there even where nothing is known, by kind of record."""

_BLOCKS: tuple[set[str], ...] = ({"when", "because"}, {"topic", "question"}, {"title", "publisher"})
"""What tells a rule, a fact and a source, which always have a line per key."""


def laid_out(document: Json) -> str:
    """Write a document of the catalogue in its one layout.

    Nulls that say no more than an absent key are left out, a citation becomes one text, and the keys
    of every known kind of record stand in the same order. Nothing else changes.

    >>> print(laid_out({"when": {"age_below": 12}, "because": "So it says.", "cure": None}), end="")
    {
      "when": {"age_below": 12},
      "because": "So it says."
    }
    """
    tidied = _tidied(document, _kind_of(document))
    return "".join(f"{line}\n" for line in _lines(tidied))


def _kind_of(document: Json) -> str:
    """Tell which of the files a document is."""
    if isinstance(document, dict):
        for key, kind in _FILES.items():
            if document.get(key) is not None:
                return kind
    return ""


def _tidied(value: Json, kind: str) -> Json:
    """Return a value without needless nulls, with citations as texts and keys in order."""
    match value:
        case list():
            return [_tidied(child, kind) for child in value]
        case dict():
            return _tidied_record(value, kind)
        case _:
            return value


def _tidied_record(record: dict[str, Json], kind: str) -> Json:
    kinds = _KINDS.get(kind, {})
    kept = _KEPT_NULLS.get(kind, set())
    tidied: dict[str, Json] = {}
    for key in sorted(record) if kind in _SORTED else _in_order(record, kinds):
        if record[key] is not None or key in kept:
            tidied[key] = _tidied(record[key], kinds.get(key, kinds.get("*", "")))
    return _as_citation(tidied)


def _in_order(keys: Iterable[str], known: Iterable[str]) -> list[str]:
    """Put known keys first, in their order, and the others after them as they stand."""
    places = {key: place for place, key in enumerate(known)}
    return sorted(keys, key=lambda key: places.get(key, len(places)))


def _as_citation(record: dict[str, Json]) -> Json:
    """Return a citation as one text, and any other record as it is."""
    if record.keys() == {"ref", "section"}:
        source, section = record["ref"], record["section"]
        if isinstance(source, str) and isinstance(section, str) and ": " not in source:
            return f"{source}: {section}"
    return record


def _lines(value: Json, margin: str = "", head: str = "", *, clause: bool = False) -> Iterator[str]:
    """Yield the lines of a value, the first of them with its key; no comma follows the last."""
    line = f"{margin}{head}{json.dumps(value, ensure_ascii=False, allow_nan=False)}"
    if not isinstance(value, (list, dict)) or not value:
        yield line
        return
    if (clause or _is_small(value)) and len(f"{line},") <= WIDTH:
        yield line
        return
    if isinstance(value, dict):
        opening, closing = "{", "}"
    else:
        opening, closing = "[", "]"
    yield f"{margin}{head}{opening}"
    *others, last = _parts(value, margin + _INDENT, clause=clause)
    for part in others:
        part[-1] += ","
        yield from part
    yield from last
    yield f"{margin}{closing}"


def _parts(value: list[Json] | dict[str, Json], margin: str, *, clause: bool) -> Iterator[list[str]]:
    """Yield the lines of each thing that an object or a list holds."""
    if isinstance(value, dict):
        for key, child in value.items():
            head = f"{json.dumps(key, ensure_ascii=False)}: "
            yield list(_lines(child, margin, head, clause=clause or key == "when"))
    else:
        for child in value:
            yield list(_lines(child, margin, clause=clause))


def _is_small(value: list[Json] | dict[str, Json]) -> bool:
    """Tell whether a value may stand on one line where it fits; a clause counts as a word."""
    if isinstance(value, dict):
        return not _is_block(value) and all(key == "when" or _is_flat(child) for key, child in value.items())
    return _is_flat(value)


def _is_flat(value: Json) -> bool:
    """Tell whether a value holds no other object or list."""
    match value:
        case list():
            children = value
        case dict():
            if _is_block(value):
                return False
            children = list(value.values())
        case _:
            return True
    return not any(isinstance(child, (list, dict)) for child in children)


def _is_block(record: dict[str, Json]) -> bool:
    """Tell whether a record has a line per key even where it is short."""
    return any(record.keys() >= marks for marks in _BLOCKS)
