"""What a CDS Hooks client sends with a request: the parts of a record that it was asked for, to a patient."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from remedies.core.errors import Fault, InputError, a_type, unmarked
from remedies.core.version import VERSION
from remedies.core.words import plural
from remedies.intake.fhir import patient_from_bundle
from remedies.intake.fhir.elements import part, parts, text
from remedies.intake.fhir.record import KINDS
from remedies.intake.outward import content_uuid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from typing import Any

    from remedies.core.cards import CdsCard
    from remedies.intake.fhir import Intake
    from remedies.knowledge.catalogue import Catalogue

_OF = "patient={{context.patientId}}"
_LOINC = "http://loinc.org|"

TEMPLATES: Mapping[str, str] = {
    "patient": "Patient/{{context.patientId}}",
    "conditions": f"Condition?{_OF}",
    "allergies": f"AllergyIntolerance?{_OF}",
    "medicationStatements": f"MedicationStatement?{_OF}",
    "medicationRequests": f"MedicationRequest?{_OF}&status=active,on-hold",
    "pregnancy": f"Observation?{_OF}&code={_LOINC}82810-3&_sort=-date&_count=5",
    "gestation": f"Observation?{_OF}&code="
    + ",".join(
        f"{_LOINC}{code}" for code in ("11884-4", "11885-1", "18185-9", "49051-6", "11778-8", "11779-6", "11780-4")
    )
    + "&_sort=-date&_count=10",
    "breastfeeding": f"Observation?{_OF}&code={_LOINC}63895-7,http://snomed.info/sct|413712001&_sort=-date&_count=5",
    "intake": f"QuestionnaireResponse?{_OF}&_sort=-authored&_count=1",
}
"""What is asked for, without a filter of status: what is over, refuted or denied says something as well."""

_NAMES: Mapping[str, str] = {
    "patient": "the person (age and sex)",
    "conditions": "illnesses",
    "allergies": "allergies",
    "medicationStatements": "medicines in use",
    "medicationRequests": "prescriptions",
    "pregnancy": "pregnancy",
    "gestation": "weeks of pregnancy",
    "breastfeeding": "breastfeeding",
    "intake": "answers to a form",
}
"""What each of them would have told, in plain words."""


_MOST_UNUSED = 10
"""So many resources that were not used are named before it is said how many more there are."""


class Prefetched(NamedTuple):
    """What came of the parts of a record."""

    intake: Intake
    """The patient, and what became of every resource."""
    unread: tuple[str, ...]
    """What did not come, not whole, or could not be used, in plain words; all of it is unknown."""


def patient_from_prefetch(
    prefetch: Mapping[str, Any], person: str, *, as_of: date | None = None, catalogue: Catalogue | None = None
) -> Prefetched | None:
    """Read a patient from what a client sent; nothing where nothing of it can be read.

    No list is ever closed: what did not come, came empty, in part or as an error is unknown.

    Args:
        prefetch: resources and bundles by the names of ``TEMPLATES``; null is what the client has no data on.
        person: the id of the patient whose record is open.
        as_of: the day on which it is read; today unless given.
        catalogue: the shipped one unless given.

    Raises:
        InputError: something in it is no resource, or it is of another person.
    """
    faults = [fault for key, value in prefetch.items() for fault in _faults(key, value)]
    if faults:
        raise InputError(faults)
    found = list(_resources(prefetch))
    if not any(text(one.get("resourceType")) in KINDS for one in found):
        return None
    own = person.removeprefix("Patient/")
    came = [one for one in found if text(one.get("resourceType")) == "Patient"]
    record: dict[str, Any] = {**prefetch}
    if not came:
        # Without a person every resource would be taken as the right one's.
        record = {"": {"resourceType": "Patient", "id": own}, **prefetch}
    elif all(text(one.get("id")) != own for one in came):
        message = "is not the Patient that came in the prefetch; nothing was read"
        raise InputError(Fault(("context", "patientId"), message, "contradiction"))
    intake = patient_from_bundle(record, as_of=as_of, patient=f"Patient/{own}", catalogue=catalogue)
    return Prefetched(intake, (*_unread(prefetch), *_unused(intake)))


def _faults(key: str, value: object) -> Iterator[Fault]:
    if value is not None and not (isinstance(value, dict) and text(value.get("resourceType"))):
        yield Fault(("prefetch", key), f"must be a FHIR resource or null, not {a_type(value)}", "type")


def _resources(prefetch: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every resource that came, those of bundles one by one."""
    for value in prefetch.values():
        yield from _opened(part(value))


def _opened(resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if text(resource.get("resourceType")) == "Bundle":
        for entry in parts(resource.get("entry")):
            yield from _opened(part(entry.get("resource")))
    else:
        yield resource


def _unread(prefetch: Mapping[str, Any]) -> Iterator[str]:
    """Say what did not come, or not whole."""
    for key, name in _NAMES.items():
        why = "not sent"
        if key in prefetch:
            why = _why(prefetch[key])
        if why:
            yield f"{name}: {why}"


def _unused(intake: Intake) -> Iterator[str]:
    """Say which resources came and were not used, and why."""
    unused = [f"{line.resource}: {line.because}" for line in intake.account if line.outcome in {"ignored", "unclear"}]
    yield from unused[:_MOST_UNUSED]
    more = len(unused) - _MOST_UNUSED
    if more > 0:
        yield f"{plural(more, 'more resource')}, not used either"


def _why(value: dict[str, Any] | None) -> str:
    """Say why an answer is not the whole of what was asked for; nothing where it is."""
    match value:
        case None:
            return "the record system has no data"
        case {"resourceType": "OperationOutcome"}:
            return "the record system sent an error"
        case {"resourceType": "Bundle"}:
            links = {text(link.get("relation")) for link in parts(value.get("link"))}
            if "next" in links:
                return "only the first page came"
            resources = [part(entry.get("resource")) for entry in parts(value.get("entry"))]
            if any(text(one.get("resourceType")) == "OperationOutcome" for one in resources):
                return "the record system reported an error or a warning"
            if not resources:
                return "nothing is on record, which does not say that there is nothing"
            return ""
        case _:
            return ""


def unread_card(found: Prefetched, catalogue: Catalogue) -> CdsCard | None:
    """Write a card that says what could not be read; nothing where everything came."""
    if not found.unread:
        return None
    number = len(found.unread)
    summary = f"Not everything of the record could be used ({plural(number, 'part')}): what is missing is unknown."
    lines = "\n".join(f"- {unmarked(one)}" for one in found.unread)
    detail = f"Nothing was taken as “no” because of that.\n\n{lines}"
    label = f"remedies {VERSION}, catalogue {catalogue.rulebook.version}"
    return {
        "uuid": content_uuid(summary, detail, label),
        "summary": summary,
        "detail": detail,
        "indicator": "warning",
        "source": {"label": label, "topic": {"system": "urn:remedies:notice", "code": "unread", "display": "Not read"}},
    }
