"""JSON for programs, under ``/api``: patients in, what the library says of them out."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from remedies.advice.pairs import combine
from remedies.advice.plan import Refusal
from remedies.advice.planning import plan
from remedies.advice.schedule import WakingHours, not_before, zone_of
from remedies.checking.check import report_on
from remedies.checking.patient import Patient
from remedies.core.documents import parse
from remedies.core.errors import Fault, InputError, PatientError
from remedies.core.version import VERSION
from remedies.intake.fhir import patient_from_bundle
from remedies.intake.lines import summary_of
from remedies.pages.plan import CHAT_WIDTH, as_html, rendered
from remedies.web import lookups, openapi, talking
from remedies.web.bodies import (
    MOST_PATIENTS,
    BundleRequest,
    CheckRequest,
    CombineRequest,
    PlanRequest,
    VerdictsRequest,
    body_of,
    opened,
    read,
    settled,
    shaped,
    wrong_with,
)
from remedies.web.documenting import SENT, answers, described, plan_answers
from remedies.web.problems import json_of, said_of
from remedies.web.rendering import styled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from remedies.checking.terms import Terms
    from remedies.core.documents import Json
    from remedies.knowledge.catalogue import Catalogue

Content = Annotated[bytes, Depends(body_of)]
"""What was sent."""

SMALL = 2_000
"""So few bytes are checked at once, which takes less time than to hand them to another thread: one person, of whom
some dozen words are said."""

_TYPES = {
    "json": "application/json",
    "ics": "text/calendar",
    "text": "text/plain",
    "markdown": "text/markdown",
}


def routes(catalogue: Catalogue) -> APIRouter:
    """Return the routes of the JSON interface."""
    router = APIRouter()
    desk = _Desk(catalogue)

    @router.post(
        "/api/check",
        tags=["Patients"],
        summary="Check one patient",
        **described("CheckRequest", answers("Report"), SENT),
    )
    async def check_one(content: Content) -> Response:
        """Answer with a report: every remedy, or those that are named, with reasons. The same as `remedies check`."""
        if len(content) <= SMALL:
            return desk.check(content)
        return await run_in_threadpool(desk.check, content)

    @router.post(
        "/api/verdicts",
        tags=["Patients"],
        summary="Verdicts on many patients",
        **described("VerdictsRequest", answers("VerdictsAnswer"), SENT),
    )
    def check_many(content: Content) -> Response:
        """Answer every patient in its place: verdicts, or what is wrong with it. None fails the others."""
        return desk.verdicts(content)

    @router.post(
        "/api/plan",
        tags=["Patients"],
        summary="Plan a remedy for a patient",
        **described("PlanRequest", plan_answers(), (*SENT, 501)),
    )
    def plan_one(content: Content) -> Response:
        """Answer with a plan; 409 and a refusal, in JSON whatever the format, where there must be none."""
        return desk.plan(content)

    @router.post(
        "/api/combine",
        tags=["Remedies"],
        summary="Two remedies together",
        **described("CombineRequest", answers("Combination"), SENT),
    )
    def combine_two(content: Content) -> Response:
        """Say whether two remedies may share an area or a day, why, and what to do; no patient is needed."""
        return desk.combine(content)

    @router.post(
        "/api/fhir/check",
        tags=["Patients"],
        summary="Check the patient of a FHIR R4 record",
        **described("BundleRequest", answers("RecordAnswer"), SENT, bare="Resource"),
    )
    def check_record(content: Content) -> Response:
        """Answer with a report, an account of every resource, and warnings. Nothing closes by itself."""
        return desk.record(content)

    talking.add_to(router, catalogue)
    lookups.add_to(router, catalogue)
    openapi.add_to(router)
    return router


def raw(content: str | bytes, status: int = 200, media_type: str = "application/json") -> Response:
    """Answer with JSON that is written already."""
    return Response(content, status, media_type=media_type)


class _Desk:
    """Answers requests about patients and remedies."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def check(self, content: bytes) -> Response:
        request = read(CheckRequest, content, self._catalogue)
        terms = settled(request, self._catalogue, request.patient, detail=request.detail, all_rules=request.all_rules)
        try:
            return raw(report_on(request.patient, terms).model_dump_json())
        except PatientError as error:
            raise _below(error, "patient") from None

    def verdicts(self, content: bytes) -> Response:
        document, faults = opened(content)
        people: Any = document.get("patients")
        repeated: dict[int, list[Fault]] = {}
        if isinstance(people, list) and len(people) <= MOST_PATIENTS:
            document["patients"] = []
            for fault in list(faults):
                match fault.where:
                    case ("patients", int(place), *rest):
                        faults.remove(fault)
                        repeated.setdefault(place, []).append(fault._replace(where=tuple(rest)))
                    case _:
                        continue
        terms = settled(shaped(VerdictsRequest, document, self._catalogue, faults), self._catalogue, detail="verdict")
        stamp = {"version": terms.rulebook.version, "sha256": terms.rulebook.sha256}
        head = {
            "as_of": terms.as_of,
            "course": {"start": terms.start, "days": terms.days},
            "catalogue": stamp,
            "program": VERSION,
            "disclaimer": terms.rulebook.disclaimer,
        }
        found = [self._verdict(one, terms, repeated.get(place, ())) for place, one in enumerate(people)]
        return raw(json_of({**head, "patients": found}))

    def _verdict(self, document: Json, terms: Terms, repeated: Sequence[Fault]) -> dict[str, object]:
        """Say the verdicts on one of many, or what is wrong with it."""
        faults = [*repeated]
        try:
            patient = Patient.model_validate(document)
            if not faults:
                return summary_of(patient, terms)
        except PatientError:
            pass
        faults += [
            fault._replace(where=fault.where[1:]) for fault in wrong_with(document, terms.words, self._catalogue)
        ]
        found: dict[str, object] = {}
        match document:
            case {"id": str(name)} if all(fault.where != ("id",) for fault in faults):
                found["patient"] = name
            case _:
                pass
        return {**found, "faults": list(map(said_of, faults))}

    def plan(self, content: bytes) -> Response:
        request = read(PlanRequest, content, self._catalogue)
        course = request.course()
        now = None if request.now is None else time.fromisoformat(request.now)
        try:
            made = plan(
                request.remedy,
                request.patient,
                self._catalogue,
                **course,
                day=WakingHours(time.fromisoformat(request.wake), time.fromisoformat(request.sleep)),
                now=not_before(course["start"], now),
                zone=zone_of(request.zone),
                together=request.together,
            )
        except PatientError as error:
            raise _below(error, "patient") from None
        if isinstance(made, Refusal):
            return raw(made.model_dump_json(), 409)
        if request.format == "json":
            return raw(made.model_dump_json())
        if request.format == "html":
            return styled(as_html(made))
        return raw(rendered(made, request.format, CHAT_WIDTH), media_type=_TYPES[request.format])

    def combine(self, content: bytes) -> Response:
        request = read(CombineRequest, content, self._catalogue)
        return raw(combine(request.first, request.second, self._catalogue).model_dump_json())

    def record(self, content: bytes) -> Response:
        request = self._record_request(content)
        terms = settled(request, self._catalogue)
        found = patient_from_bundle(
            request.bundle,
            as_of=terms.as_of,
            closed=request.closed,
            patient=request.patient,
            catalogue=self._catalogue,
        )
        report = report_on(found.patient, terms).model_dump_json()
        beside = json_of({"account": [line._asdict() for line in found.account], "warnings": found.warnings})
        return raw(b'{"report":' + report.encode() + b"," + beside[1:])

    def _record_request(self, content: bytes) -> BundleRequest:
        """Read a record: within a request, or bare."""
        try:
            document = parse(content, "body")
        except InputError:
            # Lines of a bulk export are no JSON as a whole.
            return BundleRequest.model_construct(bundle=content)
        if isinstance(document, dict) and "bundle" in document and "resourceType" not in document:
            return shaped(BundleRequest, document, self._catalogue, [])
        return BundleRequest.model_construct(bundle=document)


def _below(error: PatientError, step: str) -> InputError:
    """Move the faults of a patient to where it stands in a body."""
    return InputError([fault.under(step) for fault in error.faults])
