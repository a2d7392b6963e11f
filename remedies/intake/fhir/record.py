"""A record: the resources of a bundle, what refers to what, and whom they are about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from remedies.core.documents import parse
from remedies.core.errors import Fault, InputError, a_type, quoted
from remedies.intake.fhir.elements import Resource, part, parts, references, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kind = Literal[
    "Patient",
    "Condition",
    "AllergyIntolerance",
    "MedicationStatement",
    "MedicationRequest",
    "Medication",
    "Observation",
    "QuestionnaireResponse",
]
"""The resources that are read one by one; of all others there is a count."""

KINDS: frozenset[Kind] = frozenset(get_args(Kind))

_DEEPEST = 5
"""Bundles within bundles are opened so many levels deep."""

MOST_BYTES = 64 * 1024 * 1024
"""The largest record that is read, in bytes."""

PARTIAL = (
    "The bundle is only a part of the record (a page before others, a search for what is active, or without what could "
    "not be sent): what does not stand here is unknown, so no list was closed."
)


class Entry(NamedTuple):
    """A resource where it stands."""

    resource: Resource
    name: str
    """What the account calls it: Condition/c3, or Condition (entry 3) where it has no id."""
    url: str
    """Under which other resources may refer to it."""


@dataclass(frozen=True)
class Record:
    """Everything that a bundle holds about one person."""

    entries: tuple[Entry, ...]
    """The resources that are read."""
    rest: tuple[Entry, ...]
    """The resources of other kinds."""
    person: Entry | None
    """The patient resource, if there is one."""
    notes: tuple[str, ...]
    partial: bool
    """Whether it is only a part of more."""

    @cached_property
    def others(self) -> dict[str, int]:
        """How many resources of each other kind there are."""
        return dict(Counter(text(one.resource["resourceType"]) for one in self.rest))

    @property
    def compositions(self) -> tuple[Resource, ...]:
        """The tables of contents of summaries."""
        return tuple(one.resource for one in self.rest if one.resource["resourceType"] == "Composition")

    @cached_property
    def named(self) -> dict[str, Entry]:
        """The resources by what a reference may call them."""
        return {name: entry for entry in (*self.rest, *self.entries) for name in (entry.url, entry.name) if name}

    @cached_property
    def _subjects(self) -> dict[str, str]:
        """What is known of each reference to a person: nothing where it is the one whom the record is about."""
        return {"": ""}

    def find(self, reference: str, within: Resource) -> Resource | None:
        """Follow a reference to a resource of the bundle, or contained in another one."""
        if reference.startswith("#"):
            return next((one for one in parts(within.get("contained")) if text(one.get("id")) == reference[1:]), None)
        found = self.named.get(reference) or self.named.get(_local(reference))
        if found is None:
            return None
        return found.resource

    def is_another(self, entry: Entry) -> bool:
        """Tell whether a Patient is another one than the person; the same id twice is the same person."""
        if self.person is None or entry.name == self.person.name:
            return False
        number = text(entry.resource.get("id"))
        return not number or number != text(self.person.resource.get("id"))

    def about(self, resource: Resource) -> str:
        """Name whom a resource is about, if that is somebody else than the person; else nothing."""
        reference = _subject(resource)
        known = self._subjects.get(reference)
        if known is not None:
            return known
        if self.person is None or not (self.person.url or text(self.person.resource.get("id"))):
            return ""
        if reference.startswith("#"):
            found = self.find(reference, resource)
            same = found is not None and text(found.get("id")) in {"", text(self.person.resource.get("id"))}
            if same and found is not None and found.get("resourceType") == "Patient":
                return ""
            return reference
        self._subjects[reference] = "" if _is(reference, self.person) else reference
        return self._subjects[reference]


def record_of(bundle: object, patient: str | None = None) -> Record:
    """Open a bundle: a Bundle of any type, an IPS document, a searchset, lines of a bulk export, or resources.

    Raises:
        InputError: it is no JSON, holds no resource, or holds several persons and does not say which is meant.
    """
    notes: list[str] = []
    partial: list[bool] = []
    read: list[Entry] = []
    rest: list[Entry] = []
    seen: dict[str, Resource] = {}
    for place, (resource, url) in enumerate(_opened(_documents(bundle), notes, partial, 0), 1):
        kind, number = resource["resourceType"], text(resource.get("id"))
        name = f"{kind}/{number}" if number else f"{kind} (entry {place})"
        if seen.setdefault(name, resource) is not resource:
            if seen[name] == resource:
                continue
            name = f"{name} (entry {place})"
        entry = Entry(resource, name, url)
        (read if kind in KINDS else rest).append(entry)
        if "contained" in resource:
            read += _contained(entry)
    if not read and not rest and not partial:
        raise InputError(Fault(("bundle",), "holds no FHIR resource: each has a resourceType, such as Patient"))
    if any(partial):
        notes.append(PARTIAL)
    return Record(
        entries=tuple(read),
        rest=tuple(rest),
        person=_person(read, rest, patient, notes),
        notes=tuple(dict.fromkeys(notes)),
        partial=any(partial),
    )


def _documents(bundle: object) -> Iterator[object]:
    """Yield what is given: JSON, one document per line, a list of resources, or a document."""
    match bundle:
        case bytes() | str():
            yield from _parsed(bundle)
        case dict():
            yield bundle
        case list() | tuple():
            yield from bundle
        case _:
            raise InputError(
                Fault(("bundle",), f"must be a FHIR bundle as a dict or as JSON, not {a_type(bundle)}", "type")
            )


def _parsed(content: bytes | str) -> Iterator[object]:
    """Read JSON, or newline-delimited JSON where the first line is a whole document and more follow."""
    if len(content) > MOST_BYTES:
        message = f"is larger than {MOST_BYTES // 1024 // 1024} MB; give one patient at a time"
        raise InputError(Fault(("bundle",), message, "text"))
    whole = content.decode("utf-8-sig", errors="replace") if isinstance(content, bytes) else content
    lines = [line for line in whole.splitlines() if line.strip()]
    if len(lines) > 1 and all(line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in lines):
        yield from (parse(line, f"line {number}") for number, line in enumerate(lines, 1))
    else:
        document = parse(content, "bundle")
        if not isinstance(document, dict | list):
            raise InputError(Fault(("bundle",), "must be a JSON object with a resourceType", "type"))
        yield from _documents(document)


def _opened(
    documents: Iterable[object], notes: list[str], partial: list[bool], depth: int
) -> Iterator[tuple[Resource, str]]:
    """Yield the resources of documents with their full URLs, those of bundles one by one."""
    for document in documents:
        if not isinstance(document, dict):
            notes.append(f"An entry of the bundle is {a_type(document)}, no resource; it was not read.")
            continue
        match document.get("resourceType"):
            case "Bundle":
                links = {text(link.get("relation")): text(link.get("url")) for link in parts(document.get("link"))}
                partial.append("next" in links or "clinical-status=" in links.get("self", ""))
                entries = parts(document.get("entry")) if depth < _DEEPEST else []
                yield from _entries(entries, notes, partial, depth)
            case "OperationOutcome":
                _reported(document, notes, partial)
                yield document, ""
            case str() as kind if kind:
                yield document, ""
            case _ if document and all(isinstance(one, dict | None) for one in document.values()):
                # The answer to a prefetch: resources and bundles under names; null is nothing that the client has.
                inner = [one for one in document.values() if one]
                yield from _opened([one for one in inner if "resourceType" in one], notes, partial, depth + 1)
            case _:
                notes.append("An entry of the bundle has no resourceType; it was not read.")


def _entries(
    entries: list[Resource], notes: list[str], partial: list[bool], depth: int
) -> Iterator[tuple[Resource, str]]:
    for entry in entries:
        outcome = part(part(entry.get("response")).get("outcome"))
        if outcome:
            _reported(outcome, notes, partial)
        if "resource" not in entry:
            continue
        url, resource = text(entry.get("fullUrl")), entry["resource"]
        kind = resource.get("resourceType") if isinstance(resource, dict) else None
        if isinstance(kind, str) and kind in KINDS:
            yield resource, url
            continue
        for resource, inner in _opened([entry["resource"]], notes, partial, depth + 1):
            yield resource, inner or url


def _reported(outcome: Resource, notes: list[str], partial: list[bool]) -> None:
    """Note what a server reports instead of data; after an error the record is only a part of more."""
    issues = parts(outcome.get("issue"))
    said = [
        text(issue.get("diagnostics")) or text(part(issue.get("details")).get("text")) or text(issue.get("code"))
        for issue in issues
    ]
    why = "; ".join(filter(None, said)) or "no reason given"
    notes.append(f"The server sent an OperationOutcome ({why}): what it could not send is unknown.")
    partial += [text(issue.get("severity")) in {"error", "fatal"} for issue in issues]


def _contained(entry: Entry) -> Iterator[Entry]:
    """Yield what is contained in a resource, but for persons, who are only referred to."""
    for one in parts(entry.resource.get("contained")):
        if _kind(one) in KINDS - {"Patient"}:
            yield Entry(one, f"{entry.name}#{text(one.get('id'))}", "")


def _kind(resource: Resource) -> str:
    kind = resource.get("resourceType")
    if isinstance(kind, str):
        return kind
    return ""


def _subject(resource: Resource) -> str:
    """Return the reference to whom a resource is about."""
    return references(resource.get("subject") or resource.get("patient"))


def _local(reference: str) -> str:
    """Shorten an absolute or versioned reference to its type and id."""
    plain, _, _ = reference.partition("/_history/")
    return "/".join(plain.rsplit("/", 2)[-2:])


def _is(reference: str, entry: Entry) -> bool:
    """Tell whether a reference leads to an entry."""
    return bool(reference) and (reference in {entry.url, entry.name} or _local(reference) == entry.name)


def _person(entries: Iterable[Entry], rest: Iterable[Entry], wanted: str | None, notes: list[str]) -> Entry | None:
    """Find the person whom a record is about.

    Raises:
        InputError: there are several, and nothing says which is meant.
    """
    people: dict[str, Entry] = {}
    for entry in entries:
        if entry.resource["resourceType"] == "Patient":
            people.setdefault(text(entry.resource.get("id")) or entry.name, entry)
    persons = list(people.values())
    if wanted is None and len(persons) == 1:
        if not (persons[0].url or text(persons[0].resource.get("id"))):
            _one_subject(entries)
        return persons[0]
    subjects = [wanted] if wanted is not None else _subjects_of(rest)
    for subject in filter(None, subjects):
        for person in persons:
            if _is(subject, person) or subject == text(person.resource.get("id")):
                return person
    names = ", ".join(person.name for person in persons)
    if wanted is not None:
        raise InputError(Fault(("patient",), f"the bundle holds no {quoted(wanted)}; it holds {names or 'no Patient'}"))
    if not persons:
        _one_subject(entries)
        return None
    only = _only_subject(entries, persons, names)
    notes.append(f"The record holds several persons ({names}); only {only.name} is spoken of, and was taken as meant.")
    return only


def _one_subject(entries: Iterable[Entry]) -> None:
    """See that resources without a Patient, or with one to whom nothing can refer, are all about the same person.

    Raises:
        InputError: they are about several.
    """
    subjects = dict.fromkeys(_subject(one.resource) for one in entries)
    named = [one for one in subjects if one and not one.startswith("#")]
    if len(named) > 1:
        message = f"speaks of several persons ({', '.join(named[:5])}), and holds none of them; give those of one"
        raise InputError(Fault(("bundle",), message))


def _subjects_of(entries: Iterable[Entry]) -> list[str]:
    """List whom the tables of contents of summaries name."""
    return [references(one.resource.get("subject")) for one in entries if one.resource["resourceType"] == "Composition"]


def _only_subject(entries: Iterable[Entry], persons: list[Entry], names: str) -> Entry:
    """Return the one of several persons of whom the resources speak."""
    spoken: set[int] = set()
    for entry in entries:
        reference = _subject(entry.resource)
        spoken |= {number for number, person in enumerate(persons) if _is(reference, person)}
    if len(spoken) != 1:
        message = f"holds several persons ({names}), and nothing says whom it is about; name the one that is meant"
        raise InputError(Fault(("bundle",), message))
    return persons[spoken.pop()]
