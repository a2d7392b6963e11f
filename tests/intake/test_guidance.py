"""A report as a GuidanceResponse of FHIR R4: every verdict, and what data would settle what is undecided."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from fhir.resources.R4B.guidanceresponse import GuidanceResponse as Model
from jsonschema import Draft202012Validator
from outgoing import PEOPLE, many, of, some, written
from support import TODAY, a_fact, a_rule, one_remedy

from remedies import ArgumentError, Catalogue, CatalogueError, Patient, Report, check, to_guidance_response
from remedies.intake.code_lists import codings_of
from remedies.pages.schemas import schema_of

if TYPE_CHECKING:
    from remedies.core.resources import Coding, DataRequirement, GuidanceResponse, Parameter

TOPICS = {
    "Condition": {"conditions", "skin", "signs"},
    "AllergyIntolerance": {"allergies"},
    "MedicationStatement": {"medicines"},
    "Observation": {"circumstances"},
}
PATHS = {
    "Condition": "code",
    "AllergyIntolerance": "code",
    "MedicationStatement": "medication",
    "Observation": "code",
}
SYSTEMS = {
    "http://hl7.org/fhir/sid/icd-10",
    "http://hl7.org/fhir/sid/icd-10-cm",
    "http://snomed.info/sct",
    "http://www.whocc.no/atc",
}


def codes_of(requirement: DataRequirement) -> list[Coding]:
    """Take the codes of a requirement, of which there is one filter."""
    (one,) = requirement["codeFilter"]
    return one["code"]


def parameters(response: GuidanceResponse, name: str) -> list[Parameter]:
    """Take the parameters of a name."""
    first = response["contained"][0]
    assert first["resourceType"] == "Parameters"
    return [one for one in first["parameter"] if one["name"] == name]


def said(parameter: Parameter, name: str) -> list[str]:
    """Take what a parameter says under a name."""
    found: list[str] = []
    for part in parameter["part"]:
        if part["name"] == name:
            found += [str(value) for key, value in part.items() if key != "name"]
    return found


def messages(response: GuidanceResponse) -> list[tuple[str, str, str]]:
    """Take the contained messages."""
    second = response["contained"][1]
    assert second["resourceType"] == "OperationOutcome"
    return [(one["severity"], one["code"], one["diagnostics"]) for one in second["issue"]]


def test_every_response_is_a_guidance_response_of_r4_and_keeps_to_our_schema() -> None:
    validator = Draft202012Validator(json.loads(schema_of("guidance")))
    for report in some()[::4]:
        response = to_guidance_response(report)
        read = Model.model_validate_json(written(response))
        assert json.loads(read.model_dump_json()) == json.loads(written(response))
        assert list(validator.iter_errors(response)) == []


@pytest.mark.slow
def test_five_hundred_reports_are_guidance_responses_of_r4_and_keep_to_our_schema() -> None:
    validator = Draft202012Validator(json.loads(schema_of("guidance")))
    checked = 0
    for report in many(2):
        checked += 1
        response = to_guidance_response(report)
        Model.model_validate_json(written(response))
        assert list(validator.iter_errors(response)) == []
    assert checked == 500


def test_data_is_required_as_long_as_a_verdict_is_undecided() -> None:
    found = set()
    for report in some():
        response = report.to_guidance_response()
        found.add(response["status"])
        assert (response["status"] == "data-required") == any(entry.verdict == "undecided" for entry in report.verdicts)
        assert ("dataRequirement" in response) == (response["status"] == "data-required")
    assert found == {"success", "data-required"}


def test_every_fact_that_an_undecided_verdict_asks_for_is_required_once_by_the_resource_of_its_topic(
    shipped: Catalogue,
) -> None:
    for report in some():
        asked = {fact for entry in report.undecided for fact in entry.ask} - {"age", "pregnancy", "breastfeeding"}
        found: list[str] = []
        for requirement in to_guidance_response(report).get("dataRequirement", []):
            if requirement["type"] == "Patient" or codes_of(requirement)[0]["system"] == "http://loinc.org":
                continue
            own = codes_of(requirement)[0]
            assert (own["system"], own["version"]) == ("urn:remedies:fact", shipped.version)
            assert own["display"] == shipped.vocabulary[own["code"]].label
            assert shipped.vocabulary[own["code"]].topic in TOPICS[requirement["type"]]
            assert requirement["codeFilter"][0]["path"] == PATHS[requirement["type"]]
            found.append(own["code"])
        assert sorted(found) == sorted(asked)


def test_age_pregnancy_and_breastfeeding_are_required_by_birth_date_and_by_loinc() -> None:
    required = of("nothing is known").to_guidance_response()["dataRequirement"]

    assert [one for one in required if one["type"] == "Patient"] == [{"type": "Patient", "mustSupport": ["birthDate"]}]
    by_loinc = [
        [code["code"] for code in codes_of(one)]
        for one in required
        if one["type"] == "Observation" and codes_of(one)[0]["system"] == "http://loinc.org"
    ]
    assert by_loinc == [["82810-3", "11884-4", "11778-8"], ["63895-7"]]


def test_every_code_of_a_requirement_is_understood_as_its_fact(shipped: Catalogue) -> None:
    """What is asked for by a code is read as the same fact when it comes in; the first and last are tried."""
    vocabulary, systems = shipped.vocabulary, set()
    for requirement in of("nothing is known").to_guidance_response()["dataRequirement"]:
        if requirement["type"] == "Patient" or codes_of(requirement)[0]["system"] == "http://loinc.org":
            continue
        own, *others = codes_of(requirement)
        for code in (*others[:1], *others[-1:]):
            systems.add(code["system"])
            meaning = vocabulary.resolve(vocabulary[own["code"]].topic, code["code"])
            known = {fact for fact in (*meaning.proves, *meaning.prompts) if fact in vocabulary}
            assert any(vocabulary.is_a(fact, own["code"]) for fact in known), (own["code"], code)
    assert systems == SYSTEMS


@pytest.mark.parametrize(
    ("fact", "system", "codes"),
    [
        ("tuberculosis-active", "http://hl7.org/fhir/sid/icd-10", ["A15", "A16", "A17", "A18", "A19"]),
        ("hay-fever", "http://hl7.org/fhir/sid/icd-10", ["J30.1", "J30.2", "J30.3", "J30.4"]),
        ("heparin-induced-thrombocytopenia", "http://hl7.org/fhir/sid/icd-10-cm", ["D75.82"]),
    ],
)
def test_a_range_of_codes_is_spelt_out_and_a_finer_code_is_of_the_clinical_modification(
    shipped: Catalogue, fact: str, system: str, codes: list[str]
) -> None:
    found = [(one["system"], one["code"]) for one in codings_of(fact, shipped) if "/icd-10" in one["system"]]

    assert found == [(system, code) for code in codes]


def test_verdicts_stand_in_the_parameters_in_the_order_of_the_report() -> None:
    for report in some():
        found = parameters(to_guidance_response(report), "verdict")
        assert [
            (said(one, "remedy"), said(one, "verdict"), said(one, "at-least"), said(one, "at-most")) for one in found
        ] == [([entry.remedy], [entry.verdict], [entry.at_least], [entry.at_most]) for entry in report.verdicts]


def test_every_reason_is_one_of_the_report_and_every_source_is_described_once() -> None:
    for report in some():
        response = to_guidance_response(report)
        keys = [key for one in parameters(response, "source") for key in said(one, "key")]
        cited = set()
        for one in [*parameters(response, "verdict"), *parameters(response, "referral")]:
            cited |= {citation.partition(": ")[0] for citation in said(one, "source")}
        assert sorted(keys) == sorted(cited)
        for one in parameters(response, "source"):
            source = report.sources[said(one, "key")[0]]
            assert (said(one, "title"), said(one, "country")) == ([source.title], [source.country])
            assert said(one, "url") == [source.url] * (source.url is not None)
        for one, entry in zip(parameters(response, "verdict"), report.verdicts, strict=True):
            reasons = [reason.because for reason in entry.reasons]
            assert [text for text in said(one, "because") if not text.startswith(tuple(reasons))] == []


def test_a_sign_comes_before_every_verdict_and_its_referral_before_every_note() -> None:
    response = of("an urgent sign").to_guidance_response()
    first = response["contained"][0]
    assert first["resourceType"] == "Parameters"

    assert [one["name"] for one in first["parameter"][:3]] == ["referral", "referral", "verdict"]
    assert [said(one, "sign") + said(one, "urgency") for one in parameters(response, "referral")] == [
        ["limb-weakness", "now"],
        ["fever", "soon"],
    ]
    assert response["note"][0] == {"text": "See a doctor now, before any remedy: weak arms or legs, fever above 37 °C."}


def test_the_last_note_says_that_this_is_no_medical_advice() -> None:
    for report in some():
        assert to_guidance_response(report)["note"][-1]["text"].endswith(report.disclaimer)


def test_words_that_nobody_knew_are_warnings_and_what_was_closed_is_information() -> None:
    found = messages(of("words that nobody knows").to_guidance_response())

    assert found[0] == (
        "warning",
        "code-invalid",
        "'zzqq' was not understood, so nothing is ruled out among the illnesses. Try another word.",
    )
    assert [severity for severity, _, _ in found] == ["warning"] * 3 + ["information"] * (len(found) - 3)
    assert {code for _, code, _ in found[3:]} == {"informational"}
    assert found[3][2].startswith("Taken as “no”, because nothing else was said: 13 skin problems,")


def test_every_warning_of_the_report_is_a_message() -> None:
    for report in some():
        response = to_guidance_response(report)
        if report.warnings:
            told = {text for _, _, text in messages(response)}
            assert {" ".join(warning.split()) for warning in report.warnings} <= told


def test_without_a_message_nothing_points_to_one() -> None:
    response = of("nothing is known").to_guidance_response()

    assert "evaluationMessage" not in response
    assert [one["resourceType"] for one in response["contained"]] == ["Parameters"]


@pytest.mark.parametrize(
    ("known_by", "subject"),
    [
        ("p-1", {"reference": "Patient/p-1"}),
        ("a" * 64, {"reference": f"Patient/{'a' * 64}"}),
        ("a" * 65, {"identifier": {"value": "a" * 65}}),
        ("№ 7/б", {"identifier": {"value": "№ 7/б"}}),
        (None, {"display": "The person who was asked about; no id was given"}),
    ],
)
def test_the_patient_is_pointed_to_by_the_id_that_was_given(known_by: str | None, subject: object) -> None:
    response = to_guidance_response(check(Patient(id=known_by), remedies=["finalgon"]))

    assert response["subject"] == subject


def test_the_response_names_its_day_and_its_catalogue(shipped: Catalogue) -> None:
    response = of("a child").to_guidance_response()

    assert response["occurrenceDateTime"] == f"{TODAY}"
    assert response["moduleUri"] == f"urn:remedies:catalogue:{shipped.version}"


def test_the_same_report_has_the_same_response_and_stays_as_it_is() -> None:
    names = set()
    for who in PEOPLE:
        report = of(who)
        before = report.model_dump_json()
        response = to_guidance_response(report)
        assert written(report.to_guidance_response()) == written(response)
        assert written(to_guidance_response(Report.model_validate_json(before))) == written(response)
        assert report.model_dump_json() == before
        names.add(response["identifier"][0]["value"])
    assert len(names) == len(PEOPLE)


def test_where_the_catalogue_is_not_at_hand_facts_are_required_by_their_ids_alone() -> None:
    fact = a_fact("very-ill", label="a grave illness", icd10={"proves": ["J45"]})
    catalogue = one_remedy([a_rule("ill", {"condition": "very-ill"})], (fact,))
    report = check(Patient(), catalogue)

    assert codes_of(report.to_guidance_response()["dataRequirement"][0]) == [
        {"system": "urn:remedies:fact", "code": "very-ill", "display": "very ill"}
    ]
    assert codes_of(report.to_guidance_response(catalogue)["dataRequirement"][0]) == [
        {"system": "urn:remedies:fact", "code": "very-ill", "display": "a grave illness", "version": "2026.11.22"},
        {"system": "http://hl7.org/fhir/sid/icd-10", "code": "J45"},
    ]


def test_another_catalogue_and_what_is_no_report_are_refused() -> None:
    with pytest.raises(CatalogueError, match="is not the one that this rests on"):
        to_guidance_response(of("a child"), one_remedy([]))
    with pytest.raises(ArgumentError, match="report: must be a Report, not nothing"):
        to_guidance_response(None)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="catalogue: must be a Catalogue"):
        to_guidance_response(of("a child"), "shipped")  # type: ignore[arg-type]
