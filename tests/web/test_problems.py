"""What goes wrong is said to whoever asked, in their form, and nothing of it is kept anywhere else."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, Any

import pytest
from fastapi import FastAPI, HTTPException
from starlette.testclient import TestClient

from remedies import (
    ArgumentError,
    CatalogueError,
    CourseError,
    Fault,
    InputError,
    MissingExtraError,
    PatientError,
    RemediesError,
    UnknownRemedyError,
)
from remedies.web import problems
from remedies.web.app import create_app
from remedies.web.guard import Limits
from remedies.web.problems import status_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.types import Message, Receive, Scope, Send
    from support import Json

APP = create_app()
CLIENT = TestClient(APP, base_url="http://localhost")
PAGE = {"accept": "text/html,application/xhtml+xml"}


def broken(error: Exception) -> TestClient:
    """Make an application that fails in one way."""
    app = FastAPI(openapi_url=None)
    problems.handle(app)

    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive, send
        raise error

    app.mount("/", fail)

    return TestClient(app, base_url="http://localhost")


# Which status -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InputError(Fault(("body",), "is no JSON", "text")), 400),
        (InputError([Fault((), "is no JSON", "text"), Fault(("age",), "must be less")]), 422),
        (InputError(Fault(("bundle",), "holds several persons")), 422),
        (PatientError(Fault(("age",), "must be less")), 422),
        (CourseError(Fault(("days",), "must be less")), 422),
        (ArgumentError(Fault(("days",), "must be a number", "type")), 422),
        (UnknownRemedyError(Fault((), "no remedy is called so", "word")), 404),
        (CatalogueError(Fault(("catalogue",), "is another one")), 409),
        (MissingExtraError(Fault((), "needs an extra package")), 501),
    ],
)
def test_every_error_of_the_library_has_a_status_and_says_its_faults(error: RemediesError, status: int) -> None:
    answer = broken(error).get("/api/x")

    assert status_of(error) == status
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert [fault["message"] for fault in answer.json()["faults"]] == [fault.message for fault in error.faults]


def test_an_address_that_leads_nowhere_and_a_method_that_is_not_asked_are_problems() -> None:
    nowhere, method = CLIENT.get("/api/zzz"), CLIENT.delete("/api/check")

    assert nowhere.json() == {
        "type": "about:blank",
        "title": "Not found",
        "status": 404,
        "detail": "There is nothing at this address.",
    }
    assert (method.status_code, method.headers["allow"]) == (405, "POST")
    assert method.headers["content-type"] == "application/problem+json"


def test_a_parameter_of_an_address_that_cannot_be_read_is_a_fault_with_its_place() -> None:
    app = FastAPI(openapi_url=None)
    problems.handle(app)

    @app.get("/api/x")
    def numbered(number: int) -> int:
        return number

    client = TestClient(app, base_url="http://localhost")
    answer = client.get("/api/x", params={"number": "many"})

    assert client.get("/api/x", params={"number": "7"}).json() == 7
    assert answer.status_code == 422
    assert [fault["path"] for fault in answer.json()["faults"]] == ["number"]


def test_a_status_without_words_of_ours_has_the_usual_ones() -> None:
    answer = broken(HTTPException(410)).get("/api/x")

    assert (answer.status_code, answer.json()["title"], answer.json()["detail"]) == (410, "Gone", "Gone")


# For people -------------------------------------------------------------------------------------


def test_a_browser_that_shows_pages_is_shown_a_page_and_programs_never_are() -> None:
    shown = CLIENT.get("/zzz", headers=PAGE)

    assert (shown.status_code, shown.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<h1>Not found</h1>" in shown.text
    for path in ("/api/zzz", "/cds-services/zzz"):
        assert CLIENT.get(path, headers=PAGE).headers["content-type"] == "application/problem+json"


def test_a_page_names_every_fault_and_escapes_it() -> None:
    error = InputError([Fault(("<b>",), "is <script>alert(1)</script>"), Fault((), "two & three")])
    shown = broken(error).get("/zzz", headers=PAGE)

    assert shown.status_code == 422
    assert "&lt;b&gt;</strong>: is &lt;script&gt;alert(1)&lt;/script&gt;" in shown.text
    assert "two &amp; three" in shown.text
    assert "<script" not in shown.text


# What nobody expected ---------------------------------------------------------------------------


def test_an_error_that_nobody_expected_is_answered_and_logged_without_a_word_of_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = broken(KeyError("Plantedname")).get("/api/x")

    assert answer.status_code == 500
    assert answer.json()["title"] == "Our fault"
    assert "Plantedname" not in answer.text
    assert "Plantedname" not in caplog.text
    (record,) = [one for one in caplog.records if one.name == "remedies.web"]
    assert record.getMessage().startswith(f"KeyError at {__file__}:")
    assert record.exc_info is None


def test_an_error_in_the_middle_of_an_answer_ends_it_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    async def half(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ValueError("Plantedname")

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    app = FastAPI(openapi_url=None)
    problems.handle(app)
    app.mount("/", half)

    async def ask() -> None:
        scope: Any = {
            "type": "http",
            "method": "GET",
            "path": "/x",
            "headers": [],
            "query_string": b"",
            "root_path": "",
        }
        await app(scope, receive, send)

    asyncio.run(ask())

    assert [one["type"] for one in sent] == ["http.response.start"]
    assert "Plantedname" not in caplog.text


# Nothing is kept --------------------------------------------------------------------------------

NAME = "Plantedname"
WRONG: Json = {"zzz": NAME}
STATE: Json = CLIENT.post("/api/interview", json={"action": "begin", "patient": {"id": NAME}}).json()["state"]
RECORD: Json = {
    "resourceType": "Bundle",
    "id": NAME,
    "entry": [
        {"resource": {"resourceType": "Patient", "id": "p1", "name": [{"family": NAME}], "birthDate": "1990"}},
        {"resource": {"resourceType": "Condition", "id": "c", "code": {"text": NAME}, "note": [{"text": NAME}]}},
        {"resource": {"resourceType": NAME, "id": NAME}},
    ],
}
SENT: dict[str, list[Any]] = {
    "/api/check": [
        {"patient": {"id": NAME, "notes": [NAME], "conditions": {"yes": [NAME], "no": [NAME]}, "age": 3}},
        {"patient": {"age": NAME, "born": NAME, "sex": NAME, NAME: NAME, "skin": [NAME]}, "words": "strict"},
        {"patient": {"medicines": [NAME]}, "words": "strict", "remedies": [NAME], "start": NAME},
    ],
    "/api/verdicts": [{"patients": [{"id": NAME}, {"id": NAME, "age": NAME}, NAME], "as_of": "2026-11-22"}, WRONG],
    "/api/plan": [
        {"patient": {"id": NAME, "age": 34, "sex": "male", "nothing_else": True}, "remedy": "fastum-gel", "format": one}
        for one in ("json", "html", "ics", "text")
    ]
    + [{"patient": {"id": NAME, "age": 3}, "remedy": "finalgon", "format": "html"}]
    + [{"patient": {"id": NAME}, "remedy": NAME, "zone": NAME}, {"patient": {}, "remedy": "finalgon", "zone": NAME}],
    "/api/combine": [{"first": NAME, "second": "finalgon"}],
    "/api/terms": [{"words": [NAME]}, WRONG],
    "/api/fhir/check": [RECORD, {"bundle": RECORD, "patient": NAME}, {"bundle": [NAME]}, {"resourceType": NAME}],
    "/api/interview": [
        {"action": "answer", "state": STATE, "question": "signs", "said": NAME},
        {"action": "answer", "state": STATE, "question": NAME, "said": {NAME: NAME}},
        {"action": NAME},
        {"action": "look", "state": {"patient": NAME}},
    ],
    "/cds-services/topical-remedies": [
        {
            "hook": "patient-view",
            "hookInstance": NAME,
            "fhirServer": f"https://{NAME}.example",
            "fhirAuthorization": {"access_token": NAME},
            "context": {"userId": NAME, "patientId": "p1", "encounterId": NAME},
            "prefetch": {"patient": RECORD["entry"][0]["resource"], "conditions": RECORD},
        },
        {"hook": NAME, "hookInstance": NAME, "context": {"userId": NAME, "patientId": NAME}, "prefetch": {NAME: NAME}},
    ],
    "/cds-services/topical-remedies/feedback": [{"feedback": [{"card": NAME, "userComment": NAME}]}, WRONG],
}
"""Good and bad bodies with the name in every place where one fits."""

ELSEWHERE = {
    "user-agent": NAME,
    "referer": f"http://localhost/{NAME}",
    "cookie": f"a={NAME}",
    "authorization": f"Bearer {NAME}",
    "x-forwarded-for": NAME,
    "accept-language": NAME,
    "content-disposition": f'attachment; filename="{NAME}.json"',
}


def test_a_name_that_stands_in_every_field_and_header_is_found_in_no_log_no_output_and_no_file(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    caplog.set_level(logging.DEBUG)
    statuses = []
    for path, bodies in SENT.items():
        for body in bodies:
            answer = CLIENT.post(path, json=body, headers=ELSEWHERE)
            statuses.append(answer.status_code)
            assert NAME not in str(answer.headers), path
        content = f'{{"patient": {{"id": "{NAME}"'.encode()
        for kind in ("application/json", f"text/{NAME}", f'multipart/form-data; boundary="{NAME}"'):
            answer = CLIENT.post(path, content=content, headers=ELSEWHERE | {"content-type": kind})
            statuses.append(answer.status_code)
            assert NAME not in answer.text.replace(f'"{NAME}"', ""), path
    for path in ("/healthz", "/api/remedies", "/api/schema", "/cds-services", f"/{NAME}", f"/api/schema/{NAME}"):
        answer = CLIENT.get(path, params={"q": NAME}, headers=ELSEWHERE)
        statuses.append(answer.status_code)
        assert NAME not in answer.text, path
        assert NAME not in str(answer.headers), path
    output = "".join(capfd.readouterr())
    logged = [f"{record.getMessage()} {record.exc_text} {record.args}" for record in caplog.records]
    logged = [one for one in logged if not one.startswith("HTTP Request:")]

    assert {200, 400, 404, 409, 415, 422} <= set(statuses)
    assert max(statuses) < 500
    assert NAME not in output
    assert NAME not in "".join(logged)
    assert list(tmp_path.rglob("*")) == []


PROGRAM = """
import logging, socket, sys, threading, uvicorn
from remedies.web.app import create_app
logging.basicConfig(level=logging.DEBUG)
listening = socket.socket()
listening.bind(("127.0.0.1", 0))
listening.listen()
print(listening.getsockname()[1], flush=True)
threading.Thread(target=lambda: sys.exit(sys.stdin.read()), daemon=True).start()
uvicorn.Server(uvicorn.Config(create_app(), access_log=False, log_level="debug")).run(sockets=[listening])
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Serve in a process of its own, with everything logged, in a folder that shall stay empty."""
    errors = (tmp_path / "errors").open("wb")
    folder = tmp_path / "folder"
    folder.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env={**os.environ, "TMPDIR": str(folder)},
        cwd=folder,
    )
    assert process.stdout
    assert process.stdin
    with errors, process:
        yield process, int(process.stdout.readline())
        process.kill()


@pytest.mark.slow
def test_a_server_that_is_killed_in_mid_request_has_said_and_left_nothing(
    server: tuple[subprocess.Popen[bytes], int], tmp_path: Path
) -> None:
    process, port = server
    good = json.dumps({"patient": {"id": NAME, "notes": [NAME]}}).encode()
    head = f"POST /api/check HTTP/1.1\r\nHost: localhost\r\nX-Name: {NAME}\r\nContent-Type: application/json\r\n"
    whole = f"{head}Content-Length: {len(good)}\r\n\r\n".encode() + good
    for sent in (
        whole,
        f"{NAME} /{NAME} HTTP/9\r\n\r\n".encode(),
        b"GET /\x00\r\n\r\n",
        whole.replace(b'"id"', b"  id"),
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            line.sendall(sent)
            assert line.recv(20).startswith(b"HTTP/1.1 ")
    with socket.create_connection(("127.0.0.1", port)) as half, socket.create_connection(("127.0.0.1", port)) as many:
        half.sendall(whole[: len(whole) // 2])
        many.sendall(whole * 20)
        many.recv(20)
        process.kill()
        process.wait()

    said = (tmp_path / "errors").read_text("utf-8")
    assert "Started server process" in said
    assert NAME not in said
    assert process.stdout
    assert NAME.encode() not in process.stdout.read()
    assert list((tmp_path / "folder").rglob("*")) == []


@pytest.mark.parametrize(
    "body",
    [
        {"patient": {"id": NAME, "notes": [NAME], "conditions": ["asthma"], "age": 300}},
        {"patient": {"id": NAME, "conditions": {"yes": ["asthma"], "no": ["asthma"]}}},
        {"patient": {"id": NAME}, "remedies": ["zzz"]},
        {"patient": {"id": NAME}, "days": 9},
    ],
)
def test_an_error_tells_nothing_of_a_patient_beyond_the_value_that_is_wrong(body: Json) -> None:
    answer = CLIENT.post("/api/check", json=body)

    assert answer.status_code == 422
    assert NAME not in answer.text


# The guard says the same ------------------------------------------------------------------------


def test_what_the_guard_refuses_is_a_problem_as_well() -> None:
    small = TestClient(create_app(limits=Limits(body=10, bundle=20)), base_url="http://localhost")
    for path, size in (("/api/check", 11), ("/api/fhir/check", 21), ("/cds-services/topical-remedies", 21)):
        answer = small.post(path, content=b"x" * size, headers={"content-type": "application/json"})
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == 413
        below = small.post(path, content=b"x" * (size - 1), headers={"content-type": "application/json"})
        assert below.status_code == 400


async def statuses(app: FastAPI, bodies: list[bytes | None]) -> list[int]:
    """Send checks at once, each body whole; none of it where it is None, for ever. Return the statuses, sorted."""
    found: list[int] = []

    async def ask(body: bytes | None) -> None:
        parts: list[Message] = []
        if body is not None:
            parts.append({"type": "http.request", "body": body})

        async def receive() -> Message:
            if parts:
                return parts.pop()
            await asyncio.Event().wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                found.append(message["status"])
                assert (b"content-type", b"application/problem+json") in message["headers"] or message["status"] == 200

        headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
        scope: Any = {"type": "http", "method": "POST", "path": "/api/check", "headers": headers}
        await app({**scope, "query_string": b"", "root_path": "", "http_version": "1.1"}, receive, send)

    await asyncio.gather(*map(ask, bodies))
    return sorted(found)


def test_what_never_arrives_is_given_up() -> None:
    app = create_app(limits=Limits(seconds=0.05))

    assert asyncio.run(statuses(app, [None])) == [408]


def test_what_takes_too_long_is_given_up_and_what_is_too_many_at_once_is_refused() -> None:
    slow = json.dumps({"patient": {"conditions": [f"unheard of illness {number}" for number in range(200)]}}).encode()
    app = create_app(limits=Limits(seconds=0.001, at_once=1))

    assert asyncio.run(statuses(app, [slow])) == [503]
    assert asyncio.run(statuses(app, [slow, slow, slow])) == [429, 429, 503]


def test_as_many_as_are_allowed_are_answered_at_once() -> None:
    body = json.dumps({"patient": {"conditions": [f"unheard of {number}" for number in range(150)]}}).encode()

    assert asyncio.run(statuses(create_app(limits=Limits(at_once=3)), [body] * 3)) == [200] * 3


def test_an_application_that_is_mounted_in_another_one_answers_below_its_address() -> None:
    outer = FastAPI()
    outer.mount("/back", create_app())
    client = TestClient(outer, base_url="http://localhost")

    assert client.get("/back/healthz").status_code == 200
    assert client.post("/back/api/check", json={"patient": {}}).status_code == 200
    assert client.get("/back/api/openapi.json").json()["servers"] == [{"url": "/back"}]
    assert client.get("/back/api/zzz", headers=PAGE).headers["content-type"] == "application/problem+json"
    assert 'href="/back/"' in client.get("/back/zzz", headers=PAGE).text
