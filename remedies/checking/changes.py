"""What differs between two catalogues: what was added, dropped and changed, and for whom the verdict changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from remedies.checking.report import CatalogueStamp
from remedies.checking.situations import VerdictChange, age_words, verdict_changes
from remedies.core.model import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from remedies.knowledge.catalogue import Catalogue

Document = dict[str, Any]

EVERY_AGE = "every age"
"""The ages of numbers of use that hold for everybody."""

_OPAQUE = frozenset({"when", "sources"})
"""Clauses and references are compared as they are; what is inside them is nobody's business here."""

_APART = frozenset({"version", "common", "rules", "substances", "remedies"})
"""What is compared by itself and not with the rest of the catalogue."""


class Difference(Frozen):
    """One value that is not the same in both catalogues; where one has none, it is null."""

    field: str
    """The keys that lead to it, joined by dots."""
    item: str | None = None
    """Which entry of a list it belongs to: a substance, the ages of a dose, the text of an instruction."""
    before: JsonValue
    after: JsonValue


class Record(Frozen):
    """A whole record that only one catalogue has."""

    key: str
    content: dict[str, JsonValue]


class Changed(Frozen):
    """A record that both catalogues have, and what is not the same in it."""

    key: str
    differences: tuple[Difference, ...]


class Part(Frozen):
    """Records of one kind. Their order is no difference."""

    added: tuple[Record, ...] = ()
    dropped: tuple[Record, ...] = ()
    changed: tuple[Changed, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.added or self.dropped or self.changed)


class Changes(Frozen):
    """Everything that differs between two catalogues."""

    before: CatalogueStamp
    after: CatalogueStamp
    remedies: Part
    """Names, texts and ingredients; the rules and the numbers of use of remedies in both are further down."""
    rules: Part
    """By ``remedy/rule``, ``substance/rule`` or ``catalogue/rule``."""
    doses: Part
    """Numbers of use, by remedy."""
    substances: Part
    """Texts that hold for every remedy with a substance."""
    catalogue: Part
    """What holds for every remedy: the article's numbers and texts, warning signs, dimensions."""
    facts: Part
    sources: Part
    verdicts: tuple[VerdictChange, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """All kinds of records."""
        return (self.remedies, self.rules, self.doses, self.substances, self.catalogue, self.facts, self.sources)

    def __bool__(self) -> bool:
        """Tell whether anything but the version and the layout of the files differs."""
        return any(self.parts) or bool(self.verdicts)


def changes(old: Catalogue, new: Catalogue, *, as_of: date) -> Changes:
    """Compare two catalogues record by record, and say for whom the verdict changes from ``as_of`` on.

    >>> from datetime import date
    >>> from remedies import Catalogue
    >>> bool(changes(Catalogue.shipped(), Catalogue.shipped(), as_of=date(2026, 11, 22)))
    False
    """
    remedies = {one.id for one in old.remedies} & {one.id for one in new.remedies}
    substances = {one.id for catalogue in (old, new) for one in catalogue.file.substances}
    before, after = (_records(catalogue, remedies, substances) for catalogue in (old, new))
    parts = {kind: _part(before[kind], after[kind]) for kind in before}
    return Changes(
        before=CatalogueStamp(version=old.version, sha256=old.sha256),
        after=CatalogueStamp(version=new.version, sha256=new.sha256),
        verdicts=verdict_changes(old, new, as_of=as_of),
        **parts,
    )


def _records(catalogue: Catalogue, remedies: set[str], substances: set[str]) -> dict[str, dict[str, Document]]:
    """Return the records of every kind under their keys.

    Args:
        catalogue: where they come from.
        remedies: those that both catalogues have; of the others the whole record is kept.
        substances: those that either catalogue has; one without a record has no texts.
    """
    file = catalogue.file.model_dump(mode="json")
    whole = _by_id(file["remedies"])
    written = _by_id(file["substances"])
    return {
        "remedies": {key: _plain(one) if key in remedies else one for key, one in whole.items()},
        "rules": dict(_rules(file, remedies)),
        "doses": {key: _doses(one) for key, one in whole.items() if key in remedies},
        "substances": {key: _without(written.get(key, {}), {"id", "rules"}) for key in sorted(substances)},
        "catalogue": {"catalogue": _without(file, _APART) | file["common"]},
        "facts": _by_id(fact.model_dump(mode="json") for fact in catalogue.facts),
        "sources": {key: source.model_dump(mode="json") for key, source in catalogue.sources.items()},
    }


def _by_id(records: Iterable[Document]) -> dict[str, Document]:
    return {record["id"]: record for record in records}


def _without(record: Document, keys: Iterable[str]) -> Document:
    return {key: value for key, value in record.items() if key not in keys}


def _rules(file: Document, remedies: Iterable[str]) -> Iterator[tuple[str, Document]]:
    """Yield rules under their keys; those of a remedy that only one catalogue has come with its record."""
    owners = [*(one for one in file["remedies"] if one["id"] in remedies), *file["substances"]]
    for name, rules in (*((one["id"], one["rules"]) for one in owners), ("catalogue", file["rules"])):
        for rule in rules:
            yield f"{name}/{rule['id']}", _without(rule, {"id"})


def _plain(remedy: Document) -> Document:
    """Return a remedy's record without its rules and its numbers of use."""
    return _without(remedy, {"rules", "usage"}) | _without(remedy["usage"] or {}, {"doses"})


def _doses(remedy: Document) -> Document:
    """Return the numbers of use of a remedy, each with its ages in words."""
    doses = (remedy["usage"] or {}).get("doses", [])
    return {
        "doses": [
            {"ages": _ages(dose["from_age"], dose["below_age"]), **_without(dose, {"from_age", "below_age"})}
            for dose in doses
        ]
    }


def _ages(lowest: int | None, below: int | None) -> str:
    if lowest is None:
        return EVERY_AGE if below is None else f"below {age_words(below)}"
    return f"from {age_words(lowest)}" if below is None else f"from {lowest} to below {age_words(below)}"


def _part(before: dict[str, Document], after: dict[str, Document]) -> Part:
    both = [(key, tuple(_between(before[key], after[key], ()))) for key in after if key in before]
    return Part(
        added=tuple(Record(key=key, content=record) for key, record in after.items() if key not in before),
        dropped=tuple(Record(key=key, content=record) for key, record in before.items() if key not in after),
        changed=tuple(Changed(key=key, differences=found) for key, found in both if found),
    )


def _between(
    before: JsonValue, after: JsonValue, path: tuple[str, ...], item: str | None = None
) -> Iterator[Difference]:
    """Yield the differences between two values, as deep as both are made alike."""
    if before == after:
        return
    field = ".".join(path)
    if path and path[-1] in _OPAQUE:
        yield Difference(field=field, item=item, before=before, after=after)
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in {**before, **after}:
            yield from _between(before.get(key), after.get(key), (*path, key), item)
        return
    was, now = _entries(before), _entries(after)
    if was is None or now is None:
        yield Difference(field=field, item=item, before=before, after=after)
        return
    yield from _between_lists(was, now, path)


def _entries(value: JsonValue) -> list[JsonValue] | None:
    """Return the entries of a list, of which no value has none; nothing for what is no list."""
    match value:
        case None:
            return []
        case list():
            return value
        case _:
            return None


def _between_lists(before: list[JsonValue], after: list[JsonValue], path: tuple[str, ...]) -> Iterator[Difference]:
    """Yield what was dropped, added and changed; an entry is known by its name, or by being the only one left."""
    gone = [entry for entry in before if entry not in after]
    fresh = [entry for entry in after if entry not in before]
    for entry in tuple(gone):
        name = _name(entry)
        partner = next((other for other in fresh if name is not None and _name(other) == name), None)
        if partner is not None:
            gone.remove(entry)
            fresh.remove(partner)
            yield from _between(entry, partner, path, name)
    if len(gone) == len(fresh) == 1 and _name(gone[0]) is not None:
        yield from _between(gone[0], fresh[0], path, _name(gone[0]))
        return
    for entry in gone:
        yield Difference(field=".".join(path), before=entry, after=None)
    for entry in fresh:
        yield Difference(field=".".join(path), before=None, after=entry)


def _name(entry: JsonValue) -> str | None:
    """Return what an object calls itself, which its first key holds."""
    if isinstance(entry, dict) and isinstance(first := next(iter(entry.values())), str):
        return first
    return None
