"""How a FHIR record is misread: each case shows one way, and that it is not taken."""

import json
from typing import Any

import pytest
from intake.cases import READ, REFUSED
from intake.pitfalls import (
    OUTCOMES,
    TODAY,
    Case,
    condition,
    differences,
    facts_of,
    icd,
    known,
    names_of,
    others_of,
    patient,
)

from remedies import InputError, check
from remedies.core.errors import RemediesError
from remedies.intake.fhir import Line, patient_from_bundle


@pytest.mark.parametrize("case", READ, ids=lambda case: case.says)
def test_a_record_is_read_with_care_whatever_its_order_and_every_resource_is_found_again(case: Case) -> None:
    given = case.payload
    found = patient_from_bundle(given, as_of=case.as_of, closed=case.closed)
    assert given == case.payload
    assert differences(case, found) == []
    assert known(found.patient, case.as_of).faults == ()
    check(found.patient, as_of=case.as_of, detail="verdict")
    assert [line for line in found.account if not explained(line)] == []
    if not case.malformed:
        names = [line.resource for line in found.account]
        assert [name for name in names_of(case) if name not in names] == []
        counted = {line.resource: line.says for line in found.account if line.outcome == "counted"}
        assert counted == {kind: (f"{times} not read",) for kind, times in others_of(case).items()}
    if can_be_turned(case):
        turned = {**case.bundle, "entry": case.bundle["entry"][::-1]}
        assert differences(case, patient_from_bundle(turned, as_of=case.as_of, closed=case.closed)) == []


def explained(line: Line) -> bool:
    """Tell whether a line says what became of a resource, and why where nothing did."""
    written = line.outcome in OUTCOMES and str(line).startswith(line.resource)
    return written and all(said in str(line) for said in line.says) and bool(line.because or line.says)


def can_be_turned(case: Case) -> bool:
    """Tell whether the order of its entries says nothing, and no resource is named by it."""
    entries, kind = case.bundle["entry"], case.bundle["type"]
    by_place = any("(entry" in name for name in (*case.lines, *names_of(case)))
    return len(case.resources) > 1 and isinstance(entries, list) and kind != "document" and not by_place


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.says)
def test_a_record_that_may_be_of_anybody_is_refused_and_says_of_whom(case: Case) -> None:
    with pytest.raises(InputError) as refused:
        patient_from_bundle(case.payload, as_of=case.as_of, closed=case.closed)
    assert case.error in str(refused.value)


def test_one_line_of_a_bulk_export_is_one_resource() -> None:
    found = patient_from_bundle(json.dumps(condition(icd("J45.9"))), as_of=TODAY)
    assert [line.resource for line in found.account] == ["Condition/c1"]
    assert facts_of(found.patient, TODAY)["asthma"] == "yes"


def test_blank_lines_and_a_mark_of_byte_order_in_a_bulk_export_are_read_past() -> None:
    lines = "\r\n\r\n".join(json.dumps(one) for one in (patient(), condition(icd("J45.9"))))
    found = patient_from_bundle(b"\xef\xbb\xbf" + lines.encode(), as_of=TODAY)
    assert facts_of(found.patient, TODAY)["asthma"] == "yes"


def test_a_line_reads_as_one_sentence() -> None:
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": condition(icd("J45.9"))}]}
    (line,) = patient_from_bundle(bundle, as_of=TODAY).account
    assert str(line) == "Condition/c1 → asthma: yes (J45.9)"
    assert (line.resource, line.outcome, line.says) == ("Condition/c1", "used", ("asthma: yes",))


@pytest.mark.parametrize("payload", ["", "not JSON", "[1, 2]", "null", "7", b"\xff\xfe\x00", "{", 7, None], ids=repr)
def test_what_is_no_record_is_refused_as_one_of_our_errors(payload: object) -> None:
    with pytest.raises(RemediesError):
        patient_from_bundle(payload, as_of=TODAY)


@pytest.mark.parametrize("closed", [("illnesses",), ("asthma",), ("pregnancy",)], ids=str)
def test_what_is_no_topic_cannot_be_closed(closed: Any) -> None:
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": patient()}]}
    with pytest.raises(RemediesError):
        patient_from_bundle(bundle, as_of=TODAY, closed=closed)


def test_one_unreadable_line_of_a_bulk_export_is_no_silence() -> None:
    lines = '{"resourceType": "Patient", "id": "p1"}\n\n{"resourceType": "Condition", "id": "c1", "code": {"text": "as'
    try:
        found = patient_from_bundle(lines, as_of=TODAY, closed=("conditions",))
    except RemediesError:
        return
    assert found.warnings
    assert known(found.patient, TODAY).no == 0
