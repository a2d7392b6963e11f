"""What programs send: JSON, read as strictly as a file, with everything that is wrong at once and where it stands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from fastapi import HTTPException, Request
from pydantic import Field, ValidationError

from remedies.checking.known import WordPolicy, known_of
from remedies.checking.patient import Patient
from remedies.checking.report import Detail
from remedies.checking.terms import Terms, terms_of
from remedies.checking.whole import read_patient
from remedies.core.documents import RepeatedKeyError, parse
from remedies.core.errors import (
    LONGEST_WORD,
    CourseError,
    Fault,
    InputError,
    PatientError,
    UnknownRemedyError,
    did_you_mean,
)
from remedies.core.model import Frozen, Isodate, Many, faults_of
from remedies.knowledge.topics import MOST_DAYS, Topic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from remedies.core.documents import Json
    from remedies.knowledge.catalogue import Catalogue

MOST_PATIENTS = 1000
"""So many patients are answered in one request; larger tables are screened."""

MOST_TERMS = 200
"""So many words are looked up in one request."""

_MOST_NAMED = 200
"""So many remedies are named in one request."""

Name = Annotated[str, Field(min_length=1, max_length=LONGEST_WORD)]
"""A remedy by its id, its name or an alias; or a word."""

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
"""A time of day, as 08:00."""


class Days(Frozen):
    """When; all of it may be left out."""

    start: Isodate | None = None
    """The first day of the course; the day of the check unless given."""
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = MOST_DAYS
    """Length of the course, 1 to 5 days."""
    as_of: Isodate | None = None
    """The day of the check; today unless given."""

    def course(self) -> dict[str, Any]:
        """Return the arguments of the library's functions that say when."""
        return {"start": _day(self.start), "days": self.days, "as_of": _day(self.as_of)}


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    return date.fromisoformat(written)


class Options(Days):
    """What a check may be told besides the patient."""

    remedies: Annotated[Many[Name], Field(min_length=1, max_length=_MOST_NAMED)] | None = None
    """Remedies by any of their names; all of them unless given."""
    words: WordPolicy = "keep"
    """Keep a word that is not understood, and its topic open; or, strict, refuse it."""


class CheckRequest(Options):
    """Whom to check."""

    patient: Patient
    """What is known of the person."""
    detail: Detail = "all"
    """How much is said of each remedy: its verdict, its first reason, or all reasons."""
    all_rules: bool = False
    """Also list the rules that were ruled out."""


class VerdictsRequest(Options):
    """Many patients, of whom verdicts are wanted and no reasons."""

    patients: Annotated[tuple[Patient, ...], Field(strict=False, max_length=MOST_PATIENTS)]
    """At most 1000; one that cannot be checked is answered in its place, and fails no other."""


class PlanRequest(Days):
    """What to plan, and for whom."""

    patient: Patient
    """What is known of the person."""
    remedy: Name
    """The remedy, by any of its names."""
    together: Name | None = None
    """A second remedy that is wanted in the same days."""
    wake: Clock = "08:00"
    """When the day begins."""
    sleep: Clock = "22:00"
    """When it ends, later on the same day."""
    now: Clock | None = None
    """Nothing is planned before this time on the first day; the server's clock if that is today."""
    zone: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    """A time zone such as Europe/Moscow, so that hours between uses are kept over a change of the clock."""
    format: Literal["json", "html", "ics", "text", "markdown"] = "json"
    """How the plan is written; a refusal is always JSON."""


class CombineRequest(Frozen):
    """Two remedies."""

    first: Name
    """A remedy, by any of its names."""
    second: Name
    """Another one."""


class TermsRequest(Frozen):
    """Words to look up."""

    words: Annotated[Many[Name], Field(min_length=1, max_length=MOST_TERMS)]
    """Words or codes, in either language."""


class BundleRequest(Options):
    """A record, with what the caller knows of it; a bare Bundle may be sent as well."""

    bundle: dict[str, Any] | list[Any]
    """A FHIR R4 Bundle of any type, or a list of resources."""
    patient: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    """Whom it is about, as Patient/p1, where it holds several persons."""
    closed: Annotated[Many[Topic], Field(max_length=20)] = ()
    """Topics of which the caller knows that the record holds everything."""


_UNIONS = frozenset({"dict[str,any]", "list[any]", "str"})
"""What pydantic puts into places where one of several types was expected, and no body holds."""

Body = TypeVar("Body", bound=Frozen)


async def body_of(request: Request) -> bytes:
    """Return what was sent, if it is said to be JSON.

    No page from elsewhere can send that type without being asked first whether it may.

    Raises:
        HTTPException: it is said to be something else.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not (kind.startswith("application/") and kind.endswith("json")):
        raise HTTPException(415)
    return await request.body()


def opened(content: bytes) -> tuple[dict[str, Json], list[Fault]]:
    """Read an object, and the keys in it that are repeated, which hide nothing else that is wrong.

    Raises:
        InputError: it is no JSON, or no object.
    """
    faults: list[Fault] = []
    try:
        document = parse(content, "body")
    except RepeatedKeyError as error:
        document, faults = error.document, [*error.faults]
    if not isinstance(document, dict):
        raise InputError([*faults, Fault((), "must be a JSON object", "type")])
    return document, faults


def read(model: type[Body], content: bytes, catalogue: Catalogue) -> Body:
    """Read a body.

    Raises:
        InputError: with everything that is wrong.
    """
    document, faults = opened(content)
    return shaped(model, document, catalogue, faults)


def shaped(model: type[Body], document: dict[str, Any], catalogue: Catalogue, before: list[Fault]) -> Body:
    """Make a request of an object; ``before`` is what was found wrong already.

    Raises:
        InputError: with everything that is wrong.
    """
    before = [*before, *unknown_remedies(document, catalogue)]
    try:
        found = model.model_validate(document)
    except ValidationError as error:
        before += [_hinted(fault, model) for fault in faults_of(error, _UNIONS)]
    else:
        if not before:
            return found
    of_patient = model.model_fields.get("patient")
    if "patient" in document and of_patient is not None and of_patient.annotation is Patient:
        # Those who read patients say more of what is wrong with one, words included.
        before = [fault for fault in before if fault.where[:1] != ("patient",) or fault.kind == "text"]
        before += wrong_with(document["patient"], document.get("words"), catalogue)
    raise InputError(before)


def _hinted(fault: Fault, model: type[Frozen]) -> Fault:
    """Name the key that was probably meant."""
    if fault.kind != "unknown-key" or len(fault.where) > 1:
        return fault
    hint = did_you_mean(str(fault.where[0]), model.model_fields)
    return fault._replace(message=f"{fault.message}.{hint}".removesuffix("."))


def wrong_with(patient: object, words: object, catalogue: Catalogue) -> list[Fault]:
    """List everything that is wrong with a patient, words included."""
    policy: WordPolicy = "keep"
    if words == "strict":
        policy = "strict"
    try:
        read_patient(patient, catalogue.rulebook.vocabulary, policy)
    except PatientError as error:
        return [fault.under("patient") for fault in error.faults]
    return []


_REMEDIES = ("remedy", "together", "first", "second")


def unknown_remedies(document: Mapping[str, Any], catalogue: Catalogue) -> list[Fault]:
    """List the names in a body that no remedy has, each with its place; what is no name is a fault already."""
    named: list[tuple[tuple[str | int, ...], Any]] = [((key,), document.get(key)) for key in _REMEDIES]
    listed = document.get("remedies")
    if isinstance(listed, list):
        named += [(("remedies", place), name) for place, name in enumerate(listed[:_MOST_NAMED])]
    faults: list[Fault] = []
    for where, name in named:
        if not isinstance(name, str) or not 1 <= len(name) <= LONGEST_WORD:
            continue
        try:
            catalogue.rulebook.find(name)
        except UnknownRemedyError as error:
            faults += [fault.under(*where) for fault in error.faults]
    return faults


def settled(request: Options, catalogue: Catalogue, patient: Patient | None = None, **more: Any) -> Terms:  # noqa: ANN401 - the library's arguments
    """Settle the terms of a check.

    Raises:
        InputError: with everything that is wrong with the days, and with the words of the patient.
    """
    try:
        return terms_of(catalogue, **request.course(), remedies=request.remedies, words=request.words, **more)
    except CourseError as error:
        faults = [*error.faults]
    if patient is not None:
        wrong = known_of(patient, catalogue.rulebook.vocabulary, words=request.words).faults
        faults += [fault.under("patient") for fault in wrong]
    raise InputError(faults)
