"""JSON for programs: what the library says, word for word, and every fault in its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient
from support import TODAY, Json

from remedies import Catalogue, Patient, Plan, Refusal, Report, check, check_lines, combine, interview, plan
from remedies.pages.remedies import list_json
from remedies.pages.remedy import remedy_json
from remedies.pages.schemas import schema_of
from remedies.pages.terms import terms_json, terms_of
from remedies.web.app import create_app

CLIENT = TestClient(create_app(), base_url="http://localhost")
DAY = f"{TODAY}"
PERSON: Json = {
    "id": "17",
    "age": 62,
    "sex": "female",
    "conditions": {"yes": ["hypertension", "астма?"], "rest": "no"},
    "medicines": {"yes": ["Eliquis"], "rest": "no"},
    "allergies": ["zzz"],
}
HEALTHY: Json = {"age": 34, "sex": "male", "nothing_else": True}


def asked(path: str, body: object, status: int = 200) -> Any:
    """Send a body as JSON, and return what is answered with the status that is expected."""
    answer = CLIENT.post(path, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def faults(path: str, body: object, status: int = 422) -> dict[str, str]:
    """Return the faults of a request by their paths."""
    found = asked(path, body, status)
    assert found["status"] == status
    return {fault["path"]: fault["message"] for fault in found["faults"]}


# Check ------------------------------------------------------------------------------------------


def test_a_check_answers_with_the_very_report_of_the_library() -> None:
    answer = CLIENT.post("/api/check", json={"patient": PERSON, "start": DAY, "as_of": DAY})

    assert answer.headers["content-type"] == "application/json"
    assert answer.text == check(Patient.model_validate(PERSON), start=TODAY, as_of=TODAY).model_dump_json()


def test_every_option_of_a_check_counts() -> None:
    body = {
        "patient": PERSON | {"allergies": []},
        "remedies": ["Долобене", "Finalgon"],
        "start": "2026-11-24",
        "days": 2,
        "as_of": DAY,
        "words": "strict",
        "detail": "first",
        "all_rules": True,
    }
    found = Report.model_validate_json(CLIENT.post("/api/check", json=body).content)

    assert found.asked.remedies == ("finalgon", "dolobene")
    assert (f"{found.course.start}", found.course.days, found.as_of) == ("2026-11-24", 2, TODAY)
    assert (found.asked.words, found.asked.detail, found.asked.all_rules) == ("strict", "first", True)


def test_a_large_patient_is_answered_as_a_small_one_is() -> None:
    words = [f"unheard of {number}" for number in range(150)]
    found = asked("/api/check", {"patient": {"conditions": words, "nothing_else": True}, "as_of": DAY})

    assert [word["word"] for word in found["understood"]] == words
    assert {entry["verdict"] for entry in found["verdicts"]} <= {"undecided", "ask-doctor"}


def test_everything_that_is_wrong_is_said_at_once_and_with_its_place() -> None:
    body = {
        "patient": {"age": 300, "conditions": {"yes": ["asthma"], "no": ["asthma"]}, "alergies": []},
        "remedies": ["dolobene", "dolobine"],
        "days": 9,
        "wrods": "strict",
    }
    found = faults("/api/check", body)

    assert found == {
        "remedies[1]": "no remedy is called 'dolobine'. Did you mean dolobene?",
        "days": "must be less than or equal to 5, not 9",
        "wrods": "is not a key that belongs here. Did you mean words?",
        "patient.age": 'must be a whole number of years from 0 to 120, or {"years": 0, "months": 7}, not 300',
        "patient.conditions": "asthma (asthma) is given both as yes and as no",
        "patient.alergies": "is not a key that belongs here. Did you mean allergies?",
    }


def test_days_and_words_that_cannot_be_are_said_together() -> None:
    body = {"patient": {"conditions": ["zzz"]}, "words": "strict", "start": "2027-11-22", "as_of": DAY}

    assert set(faults("/api/check", body)) == {"start", "patient.conditions.yes[0]"}
    assert set(faults("/api/check", body | {"start": DAY})) == {"patient.conditions.yes[0]"}


def test_a_fault_says_what_kind_it_is_and_its_place_step_by_step() -> None:
    (fault,) = asked("/api/check", {"patient": {"conditions": {"yes": [7]}}}, 422)["faults"]

    assert fault == {
        "path": "patient.conditions.yes[0]",
        "where": ["patient", "conditions", "yes", 0],
        "message": "must be a text, not 7",
        "kind": "type",
    }


@pytest.mark.parametrize(
    ("content", "path", "message"),
    [
        (b"", "body", "is empty; JSON was expected"),
        (b'{"patient": ', "body, line 1, column 13", "is not JSON: ends too early"),
        (b'{"patient": {"age": NaN}}', "body", "holds NaN, which is not a JSON number"),
        (b'{"patient": {"age": 3, "age": 4}}', "patient.age", "stands more than once in the same object"),
        (b'{"patient": "\xff"}', "body", "is not text in UTF-8"),
        (b"[" * 100 + b"]" * 100, "body", "is nested more than 60 levels deep"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(content: bytes, path: str, message: str) -> None:
    answer = CLIENT.post("/api/check", content=content, headers={"content-type": "application/json"})
    (fault,) = answer.json()["faults"]

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert (fault["path"], fault["message"], fault["kind"]) == (path, message, "text")


def test_a_repeated_key_hides_no_other_fault() -> None:
    content = b'{"patient": {"age": 3, "age": 400}, "days": 0}'
    answer = CLIENT.post("/api/check", content=content, headers={"content-type": "application/json"})

    assert answer.status_code == 422
    assert sorted(fault["path"] for fault in answer.json()["faults"]) == ["days", "patient.age", "patient.age"]


@pytest.mark.parametrize("body", [[], "text", 7, False])
def test_what_is_no_object_is_refused(body: object) -> None:
    assert faults("/api/check", body) == {"": "must be a JSON object"}


def test_a_patient_must_be_there() -> None:
    assert faults("/api/check", {}) == {"patient": "is missing"}
    assert faults("/api/check", {"patient": None}) == {"patient": "must be an object, not null"}


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/xml", "text/json"]
)
def test_only_what_is_said_to_be_json_is_read(kind: str) -> None:
    answer = CLIENT.post("/api/check", content=b'{"patient": {}}', headers={"content-type": kind})

    assert answer.status_code == 415
    assert answer.json()["title"] == "Not JSON"


@pytest.mark.parametrize("kind", ["application/json", "APPLICATION/JSON; charset=utf-8", "application/fhir+json"])
def test_json_by_any_of_its_names_is_read(kind: str) -> None:
    answer = CLIENT.post("/api/check", content=b'{"patient": {}}', headers={"content-type": kind})

    assert answer.status_code == 200


# Verdicts ---------------------------------------------------------------------------------------


def test_many_patients_are_answered_in_order_as_a_stream_of_them_is() -> None:
    people = [PERSON, HEALTHY, {"id": "s", "signs": ["fever"]}, {}]
    lines = check_lines(map(json.dumps, people), summary=True, as_of=TODAY, start=TODAY)
    found = asked("/api/verdicts", {"patients": people, "as_of": DAY, "start": DAY})

    assert found["patients"] == [json.loads(line.text) for line in lines]
    assert found["course"] == {"start": DAY, "days": 5}
    assert found["catalogue"] == {"version": Catalogue.shipped().rulebook.version, "sha256": Catalogue.shipped().sha256}


def test_a_patient_that_cannot_be_read_is_answered_in_its_place_and_fails_no_other() -> None:
    content = (
        b'{"patients": [{"age": 34}, {"id": "b", "age": 300, "zzz": 1}, 7, {"age": 3, "age": 3}, {"age": 35}],'
        b'"remedies": ["finalgon"]}'
    )
    answer = CLIENT.post("/api/verdicts", content=content, headers={"content-type": "application/json"})
    first, *wrong, last = answer.json()["patients"]

    assert answer.status_code == 200
    assert first == last == {"patient": None, "verdicts": {"finalgon": "undecided"}, "unclear": []}
    assert [one.get("patient") for one in wrong] == ["b", None, None]
    assert [[fault["path"] for fault in one["faults"]] for one in wrong] == [["age", "zzz"], [""], ["age"]]
    assert all("verdicts" not in one for one in wrong)


def test_strict_words_are_faults_of_their_patient_alone() -> None:
    people = [{"conditions": ["zzz"]}, {"conditions": ["asthma"]}]
    first, second = asked("/api/verdicts", {"patients": people, "words": "strict"})["patients"]

    assert [fault["path"] for fault in first["faults"]] == ["conditions.yes[0]"]
    assert "faults" not in second


def test_a_thousand_patients_are_answered_and_one_more_is_refused() -> None:
    body: Json = {"patients": [{}] * 1000, "remedies": ["finalgon"]}

    assert len(asked("/api/verdicts", body)["patients"]) == 1000
    assert faults("/api/verdicts", {"patients": [{}] * 1001}) == {"patients": "must have at most 1000 entries"}


def test_a_key_that_stands_twice_beside_the_patients_fails_the_request() -> None:
    content = b'{"patients": [{}], "days": 1, "days": 2}'
    answer = CLIENT.post("/api/verdicts", content=content, headers={"content-type": "application/json"})

    assert answer.status_code == 400
    assert [fault["path"] for fault in answer.json()["faults"]] == ["days"]


@pytest.mark.parametrize("people", [None, {}, "x"])
def test_patients_that_are_no_list_are_refused(people: object) -> None:
    assert set(faults("/api/verdicts", {"patients": people})) == {"patients"}


# Plan -------------------------------------------------------------------------------------------


def test_a_plan_is_the_very_plan_of_the_library() -> None:
    body = {
        "patient": HEALTHY,
        "remedy": "Фастум гель",
        "start": DAY,
        "as_of": DAY,
        "now": "09:00",
        "zone": "Europe/Moscow",
    }
    answer = CLIENT.post("/api/plan", json=body)
    made = Plan.model_validate_json(answer.content)

    assert answer.status_code == 200
    expected = plan("fastum-gel", Patient.model_validate(HEALTHY), start=TODAY, as_of=TODAY)
    assert isinstance(expected, Plan)
    assert (made.remedy, made.last_day, made.how, made.bounds) == (
        expected.remedy,
        expected.last_day,
        expected.how,
        expected.bounds,
    )
    assert made.uses[0].hour >= 9


def test_where_there_must_be_no_plan_the_answer_is_a_refusal_and_no_success_in_every_format() -> None:
    for kind in ("json", "html", "ics", "text", "markdown"):
        body = {"patient": {"age": 3}, "remedy": "finalgon", "format": kind, "as_of": DAY}
        answer = CLIENT.post("/api/plan", json=body)

        assert answer.status_code == 409
        assert answer.headers["content-type"] == "application/json"
        assert Refusal.model_validate_json(answer.content).kind == "excluded"


def test_while_a_sign_stands_there_is_no_plan() -> None:
    body = {"patient": HEALTHY | {"signs": ["fever"]}, "remedy": "fastum-gel"}

    assert asked("/api/plan", body, 409)["kind"] == "sign"


@pytest.mark.parametrize(
    ("kind", "media_type", "within"),
    [
        ("html", "text/html; charset=utf-8", "<title>Plan: Fastum gel</title>"),
        ("ics", "text/calendar; charset=utf-8", "BEGIN:VCALENDAR"),
        ("text", "text/plain; charset=utf-8", "Plan: Fastum gel"),
        ("markdown", "text/markdown; charset=utf-8", "## Plan: Fastum gel"),
    ],
)
def test_a_plan_comes_in_other_formats(kind: str, media_type: str, within: str) -> None:
    answer = CLIENT.post("/api/plan", json={"patient": HEALTHY, "remedy": "fastum-gel", "format": kind})

    assert answer.headers["content-type"] == media_type
    assert within in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"remedy": "dolobine"}, "remedy"),
        ({"together": "dolobine"}, "together"),
        ({"together": "Fastum gel"}, ""),
        ({"wake": "23:00"}, ""),
        ({"wake": "25:00"}, "wake"),
        ({"zone": "../../etc/passwd"}, ""),
        ({"zone": "Europe/Nowhere"}, ""),
        ({"format": "pdf"}, "format"),
        ({"patient": {"pregnancy": "yes", "sex": "male"}}, "patient.pregnancy"),
        ({"patient": {"conditions": {"yes": ["asthma"], "no": ["asthma"]}}}, "patient.conditions"),
        ({"start": "2026-13-01"}, "start"),
        ({"start": "1800-01-01"}, "start"),
    ],
)
def test_a_plan_that_cannot_be_asked_for_is_refused_with_its_place(change: Json, path: str) -> None:
    assert set(faults("/api/plan", {"patient": HEALTHY, "remedy": "fastum-gel"} | change)) == {path}


# Two remedies -----------------------------------------------------------------------------------


def test_two_remedies_are_answered_as_the_library_does() -> None:
    answer = CLIENT.post("/api/combine", json={"first": "Finalgon", "second": "camphor oil"})

    assert answer.text == combine("finalgon", "camphor-oil").model_dump_json()


def test_two_remedies_that_are_one_or_none_are_refused() -> None:
    assert set(faults("/api/combine", {"first": "Finalgon", "second": "финалгон"})) == {""}
    assert set(faults("/api/combine", {"first": "zzz", "second": "yyy"})) == {"first", "second"}
    assert set(faults("/api/combine", {"first": "Finalgon"})) == {"second"}


# Records ----------------------------------------------------------------------------------------

BUNDLE: Json = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [
        {"resource": {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1964-03-02"}},
        {
            "resource": {
                "resourceType": "Condition",
                "id": "c1",
                "subject": {"reference": "Patient/p1"},
                "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "J45.0"}]},
            }
        },
        {"resource": {"resourceType": "Condition", "id": "c2", "subject": {"reference": "Patient/p2"}}},
    ],
}


@pytest.mark.parametrize("body", [BUNDLE, {"bundle": BUNDLE}], ids=["bare", "within a request"])
def test_a_record_is_answered_with_a_report_and_an_account_of_every_resource(body: Json) -> None:
    found = asked("/api/fhir/check", body)
    report = Report.model_validate_json(json.dumps(found["report"]))

    assert report.patient == "p1"
    assert report["dolobene"].verdict == "excluded"
    assert [(line["resource"], line["outcome"], line["says"]) for line in found["account"]] == [
        ("Patient/p1", "used", ["born: 1964-03-02", "sex: female"]),
        ("Condition/c1", "used", ["asthma: yes"]),
        ("Condition/c2", "ignored", []),
    ]
    assert report.closed == ()


def test_lines_of_a_bulk_export_are_a_record() -> None:
    lines = "\n".join(json.dumps(entry["resource"]) for entry in BUNDLE["entry"])
    answer = CLIENT.post("/api/fhir/check", content=lines, headers={"content-type": "application/fhir+ndjson"})

    assert answer.json()["report"]["patient"] == "p1"


def test_topics_that_the_caller_closes_are_closed_unless_the_record_is_a_part() -> None:
    whole = asked("/api/fhir/check", {"bundle": BUNDLE, "closed": ["medicines"]})
    part = BUNDLE | {"link": [{"relation": "next", "url": "http://there"}]}
    some = asked("/api/fhir/check", {"bundle": part, "closed": ["medicines"]})

    assert [one["topic"] for one in whole["report"]["closed"]] == ["medicines"]
    assert some["report"]["closed"] == []
    assert some["warnings"][0].startswith("The bundle is only a part of the record")


def test_a_person_is_named_where_a_record_holds_several() -> None:
    other = {"resource": {"resourceType": "Patient", "id": "p2", "birthDate": "2020-01-01"}}
    several = BUNDLE | {"entry": [*BUNDLE["entry"], other]}

    assert set(faults("/api/fhir/check", {"bundle": several})) == {"bundle"}
    assert asked("/api/fhir/check", {"bundle": several, "patient": "Patient/p2"})["report"]["patient"] == "p2"


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "bundle"),
        ([], "bundle"),
        (7, "bundle"),
        ({"resourceType": 7}, "bundle"),
        ({"bundle": BUNDLE, "closed": ["illnesses"]}, "closed[0]"),
        ({"bundle": BUNDLE, "patient": "Patient/p9"}, "patient"),
        ({"bundle": BUNDLE, "remedies": ["zzz"]}, "remedies[0]"),
        ({"bundle": 7}, "bundle"),
    ],
)
def test_what_is_no_record_is_refused_with_its_place(body: object, path: str) -> None:
    assert path in {one.partition(".")[0] for one in faults("/api/fhir/check", body)}


# Interview --------------------------------------------------------------------------------------


def test_an_interview_is_led_to_its_end_and_comes_to_what_the_library_comes_to() -> None:
    here = asked("/api/interview", {"action": "begin", "as_of": DAY, "start": DAY})
    there = interview.begin(start=TODAY, as_of=TODAY)
    rounds = 0
    while not here["over"]:
        screen = here["screens"][0]
        said: Any = {item["fact"]: "no" for item in screen["items"]}
        if screen["kind"] in {"list", "gate"}:
            said = "0"
        if screen["kind"] == "person":
            said = {"age": 34, "sex": "male"}
        there = interview.answer(there, screen["id"], said)
        here = asked(
            "/api/interview", {"action": "answer", "state": here["state"], "question": screen["id"], "said": said}
        )
        rounds += 1

    assert rounds > 3
    assert interview.State.read(json.dumps(here["state"])) == there
    assert here["report"] == json.loads(interview.report_of(there).model_dump_json())
    assert [one["question"] for one in here["summary"]] == [one.question for one in interview.summary(there)]


def test_an_answer_can_be_changed_and_taken_back() -> None:
    begun = asked("/api/interview", {"action": "begin"})
    body = {"action": "answer", "state": begun["state"], "question": "signs", "said": {"rest": "no"}}
    first = asked("/api/interview", body)
    changed = asked("/api/interview", {"action": "change", "state": first["state"], "question": "signs"})
    looked = asked("/api/interview", {"action": "look", "state": changed["state"]})
    undone = asked("/api/interview", {"action": "back", "state": changed["state"]})
    back = asked("/api/interview", {"action": "back", "state": undone["state"]})

    assert first["screens"][0]["id"] == "person"
    assert changed["screens"][0]["id"] == "signs"
    assert looked == changed
    assert undone == first
    assert back == begun


def test_an_urgent_sign_ends_an_interview() -> None:
    begun = asked("/api/interview", {"action": "begin"})
    sign = next(item["fact"] for item in begun["screens"][0]["items"] if item["urgency"] == "now")
    body = {"action": "answer", "state": begun["state"], "question": "signs", "said": {sign: "yes", "rest": "no"}}
    found = asked("/api/interview", body)

    assert found["over"]
    assert found["report"]["refer"][0]["sign"] == sign


def test_steps_that_make_no_sense_are_refused_with_their_places() -> None:
    state = asked("/api/interview", {"action": "begin"})["state"]
    answering = {"action": "answer", "state": state, "question": "signs"}

    assert set(faults("/api/interview", {"action": "jump"})) == {"action"}
    assert set(faults("/api/interview", {})) == {"action"}
    assert set(faults("/api/interview", {"action": "back"})) == {"state"}
    assert set(faults("/api/interview", {"action": "back", "state": state})) == {""}
    assert set(faults("/api/interview", {"action": "change", "state": state, "question": "signs"})) == {"question"}
    assert set(faults("/api/interview", answering | {"said": {"zzz": "no"}})) == {"said.zzz"}
    assert set(faults("/api/interview", answering | {"said": 7})) == {"said"}
    assert set(faults("/api/interview", answering | {"said": "", "question": "zzz"})) == {"question"}
    assert set(faults("/api/interview", {"action": "back", "state": state | {"days": 9}, "x": 1})) == {
        "state.days",
        "x",
    }
    assert set(faults("/api/interview", {"action": "begin", "patient": {"age": 300}})) == {"patient.age"}
    twice = {"conditions": {"yes": ["asthma"], "no": ["asthma"]}}
    assert set(faults("/api/interview", {"action": "begin", "patient": twice})) == {"patient.conditions"}


def test_a_state_of_another_catalogue_is_refused_as_such() -> None:
    state = asked("/api/interview", {"action": "begin"})["state"] | {"catalogue": "0" * 64}

    assert set(faults("/api/interview", {"action": "look", "state": state}, 409)) == {"catalogue"}


# Looking up -------------------------------------------------------------------------------------


def test_remedies_are_listed_and_shown_by_any_of_their_names(shipped: Catalogue) -> None:
    assert CLIENT.get("/api/remedies").text == list_json(shipped.rulebook)
    for name in ("dolobene", "Долобене", "Dolobene gel"):
        assert CLIENT.get(f"/api/remedies/{name}").text == remedy_json(shipped.find("dolobene"), shipped)


def test_a_remedy_that_nobody_knows_is_not_found_and_what_comes_near_is_named() -> None:
    answer = CLIENT.get("/api/remedies/dolobine")

    assert answer.status_code == 404
    assert answer.json()["detail"] == "no remedy is called 'dolobine'. Did you mean dolobene?"


def test_every_word_is_listed_with_what_a_check_makes_of_it() -> None:
    words = {(one["topic"], one["word"]): one for one in CLIENT.get("/api/terms").json()}

    assert len(words) > 30_000
    assert words["conditions", "бронхиальная астма"]["means"] == ["asthma"]
    assert words["medicines", "эликвис"] | {"label": ""} == {
        "word": "эликвис",
        "topic": "medicines",
        "label": "",
        "kind": "fact",
        "means": ["anticoagulants"],
        "prompts": words["medicines", "эликвис"]["prompts"],
    }
    assert {one["kind"] for one in words.values()} <= {"fact", "known", "denial", "doubt", "family"}


def test_words_are_looked_up_as_the_command_line_does(shipped: Catalogue) -> None:
    answer = CLIENT.post("/api/terms", json={"words": ["Кардиомагнил", "zzz"]})
    expected = [term for word in ("Кардиомагнил", "zzz") for term in terms_of(shipped.rulebook, word)]

    assert answer.text == terms_json(expected)
    assert set(faults("/api/terms", {"words": []})) == {"words"}
    assert set(faults("/api/terms", {"words": ["x"] * 201})) == {"words"}


def test_what_somebody_types_has_no_place_in_an_address() -> None:
    assert CLIENT.get("/api/terms?q=asthma").content == CLIENT.get("/api/terms").content


def test_schemas_are_those_that_are_printed(shipped: Catalogue) -> None:
    names = CLIENT.get("/api/schema").json()

    assert "patient" in names
    for name in names:
        answer = CLIENT.get(f"/api/schema/{name}")
        assert answer.headers["content-type"] == "application/schema+json"
        assert answer.text == schema_of(name, shipped)
    assert CLIENT.get("/api/schema/zzz").status_code == 404


@pytest.mark.parametrize("path", ["/api/remedies", "/api/remedies/dolobene", "/api/terms", "/api/schema/report"])
def test_what_depends_on_the_catalogue_alone_may_be_kept_until_that_changes(path: str) -> None:
    first = CLIENT.get(path)
    again = CLIENT.get(path, headers={"if-none-match": first.headers["etag"]})
    other = CLIENT.get(path, headers={"if-none-match": '"another"'})

    assert first.headers["cache-control"] == "no-cache"
    assert Catalogue.shipped().sha256 in first.headers["etag"]
    assert (again.status_code, again.content) == (304, b"")
    assert (other.status_code, other.content) == (200, first.content)


def test_an_answer_about_a_patient_is_never_kept() -> None:
    assert CLIENT.post("/api/check", json={"patient": {}}).headers["cache-control"] == "no-store"


def test_health_names_program_and_catalogue(shipped: Catalogue) -> None:
    assert CLIENT.get("/healthz").json() == {
        "status": "ok",
        "program": check(Patient()).program,
        "catalogue": {"version": shipped.rulebook.version, "sha256": shipped.sha256},
    }


# Text that is none ------------------------------------------------------------------------------

HALF = '"\\ud800"'
"""Half of a surrogate pair: JSON can say it, and no text can hold it."""


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/check", f'{{"patient": {{"id": {HALF}, {HALF}: 1}}, {HALF}: 2}}', 422),
        ("/api/verdicts", f'{{"patients": [{{"id": {HALF}}}, {{{HALF}: 1}}, {HALF}]}}', 200),
        ("/api/plan", f'{{"patient": {{}}, "remedy": {HALF}, "zone": {HALF}}}', 422),
        ("/api/terms", f'{{"words": [{HALF}]}}', 422),
        ("/api/interview", f'{{"action": "look", "state": {{"patient": {{"id": "secret"}}, {HALF}: 1}}}}', 400),
        ("/api/fhir/check", f'{{"resourceType": "Condition", "id": {HALF}, "code": {{"text": {HALF}}}}}', 200),
        ("/api/fhir/check", f'{{"resourceType": {HALF}, "id": {HALF}}}', 200),
        ("/api/fhir/check", f'{{"resourceType": "Patient", "id": {HALF}, "gender": {HALF}, "birthDate": {HALF}}}', 200),
        ("/api/fhir/check", f'{{"resourceType": "OperationOutcome", "issue": [{{"diagnostics": {HALF}}}]}}', 200),
    ],
)
def test_half_of_a_surrogate_pair_is_answered_like_any_other_nonsense(path: str, body: str, status: int) -> None:
    answer = CLIENT.post(path, content=body, headers={"content-type": "application/json"})

    assert answer.status_code == status
    assert answer.json()
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("/api/verdicts", {"patient": {"age": 34}}, "Did you mean patients?"),
        ("/api/combine", {"first": "finalgon", "second": "fastum gel", "patient": {}}, "is not a key"),
        ("/api/terms", {"words": ["x"], "patient": 1}, "is not a key"),
        ("/api/interview", {"action": "look", "patient": {}}, "is not a key"),
    ],
)
def test_a_patient_where_none_belongs_is_a_key_that_nobody_knows(path: str, body: Json, message: str) -> None:
    answer = CLIENT.post(path, json=body)

    assert answer.status_code == 422
    assert any(message in fault["message"] for fault in answer.json()["faults"] if fault["path"] == "patient")
