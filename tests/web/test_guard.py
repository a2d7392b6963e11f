"""What stands before every request, tried with an application that only says what it was sent."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from remedies.web.app import create_app
from remedies.web.guard import LOOPBACK, Guard, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Message, Receive, Scope, Send

SMALL = Limits(body=10, bundle=20, seconds=0.05, at_once=2)


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the body that was sent."""
    del scope
    body = (await receive())["body"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


async def never(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer nothing."""
    del scope, receive, send
    await asyncio.Event().wait()


class Sent(list["Message"]):
    """What was answered."""

    async def __call__(self, message: Message) -> None:
        self.append(message)

    @property
    def status(self) -> int:
        """The status of the answer."""
        return int(self[0]["status"])

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the answer."""
        return {name.decode(): value.decode() for name, value in self[0]["headers"]}

    @property
    def body(self) -> bytes:
        """The whole body."""
        return b"".join(message.get("body", b"") for message in self[1:])


async def asked(
    guard: Guard,
    *,
    path: str = "/api/check",
    host: str | None = "localhost",
    parts: Iterable[bytes] = (b"",),
    length: str | None = None,
    root: str = "",
) -> Sent:
    """Ask a guard."""
    headers = [(b"host", host.encode())] if host is not None else []
    headers += [(b"content-length", length.encode())] if length is not None else []
    waiting = [*parts]
    sent = Sent()

    async def receive() -> dict[str, Any]:
        if not waiting:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    await guard({"type": "http", "path": path, "root_path": root, "headers": headers}, receive, sent)
    return sent


def guarded(app: Any = echo, limits: Limits = SMALL, hosts: tuple[str, ...] = LOOPBACK) -> Guard:
    """Put a guard before an application."""
    return Guard(app, hosts=hosts, limits=limits)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8086", "127.0.0.1:1", "127.0.0.1", "[::1]:8086", "[::1]"])
def test_this_computer_is_known_by_its_names(host: str) -> None:
    answer = asyncio.run(asked(guarded(), host=host, parts=[b"hello"]))
    assert (answer.status, answer.body) == (200, b"hello")


@pytest.mark.parametrize(
    "host", [None, "", "localhost:", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8086"]
)
def test_a_request_for_another_host_is_refused(host: str | None) -> None:
    answer = asyncio.run(asked(guarded(), host=host))
    assert answer.status == 400
    assert json.loads(answer.body)["title"] == "Unknown host"
    assert "evil" not in answer.body.decode()


def test_any_host_is_fine_where_the_caller_says_so() -> None:
    assert asyncio.run(asked(guarded(hosts=("*",)), host="anything.example")).status == 200


@pytest.mark.parametrize(
    ("path", "root", "most"),
    [
        ("/api/check", "", 10),
        ("/api/fhir/check", "", 20),
        ("/cds-services/topical-remedies", "", 20),
        ("/mounted/api/fhir/check", "/mounted", 20),
        ("/mounted/api/check", "/mounted", 10),
    ],
)
def test_so_much_may_be_sent_and_not_a_byte_more(path: str, root: str, most: int) -> None:
    for parts in ([b"x" * most], [b"x"] * most):
        assert asyncio.run(asked(guarded(), path=path, root=root, parts=parts)).body == b"x" * most
    for parts in ([b"x" * (most + 1)], [b"x"] * (most + 1)):
        answer = asyncio.run(asked(guarded(), path=path, root=root, parts=parts))
        assert (answer.status, json.loads(answer.body)["detail"]) == (
            413,
            f"A request may send at most {most} bytes here.",
        )


def test_what_says_that_it_is_too_long_is_not_read_at_all() -> None:
    assert asyncio.run(asked(guarded(), parts=[], length="11")).status == 413
    assert asyncio.run(asked(guarded(), parts=[b"x"], length="10")).status == 200


def test_what_does_not_arrive_in_time_is_refused() -> None:
    assert asyncio.run(asked(guarded(), parts=[])).status == 408


def test_what_is_not_answered_in_time_is_given_up_and_asked_to_come_again() -> None:
    answer = asyncio.run(asked(guarded(never)))
    assert (answer.status, answer.headers["retry-after"]) == (503, "1")


def test_no_more_are_answered_at_a_time_than_there_may_be() -> None:
    gate = asyncio.Event()

    async def waits(scope: Scope, receive: Receive, send: Send) -> None:
        await gate.wait()
        await echo(scope, receive, send)

    async def three() -> tuple[Sent, list[Sent], Sent]:
        guard = guarded(waits, SMALL._replace(seconds=60))
        two = [asyncio.ensure_future(asked(guard)) for _ in range(2)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        third = await asked(guard)
        gate.set()
        return third, [await one for one in two], await asked(guard)

    third, two, later = asyncio.run(three())
    assert (third.status, third.headers["retry-after"]) == (429, "1")
    assert [one.status for one in two] == [200, 200]
    assert later.status == 200


def test_a_request_that_was_given_up_holds_its_place_until_it_is_done() -> None:
    held = asyncio.Event()

    async def stubborn(scope: Scope, receive: Receive, send: Send) -> None:
        while not held.is_set():
            try:
                await held.wait()
            except asyncio.CancelledError:
                continue
        await echo(scope, receive, send)

    async def one_after_the_other() -> list[int]:
        guard = guarded(stubborn, SMALL._replace(at_once=1))
        late = await asked(guard)
        busy = await asked(guard)
        held.set()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        free = await asked(guard)
        assert len(late) == 2, "nothing is sent behind a refusal"
        return [late.status, busy.status, free.status]

    assert asyncio.run(one_after_the_other()) == [503, 429, 200]


def test_no_more_bytes_wait_than_ten_of_the_largest_requests_have() -> None:
    gate = asyncio.Event()

    async def waits(scope: Scope, receive: Receive, send: Send) -> None:
        await gate.wait()
        await echo(scope, receive, send)

    async def many() -> tuple[list[int], Sent, Sent]:
        guard = guarded(waits, Limits(body=10, bundle=20, seconds=60, at_once=99))
        path, part = "/api/fhir/check", b"x" * 20
        ten = [asyncio.ensure_future(asked(guard, path=path, parts=[part])) for _ in range(10)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        one_more = await asked(guard, parts=[b"x"])
        gate.set()
        statuses = [(await one).status for one in ten]
        return statuses, one_more, await asked(guard, path=path, parts=[part])

    statuses, one_more, later = asyncio.run(many())
    assert statuses == [200] * 10
    assert one_more.status == 429
    assert later.status == 200


@pytest.mark.parametrize(("parts", "length"), [([], None), ([b"x" * 11], None)])
def test_what_is_refused_is_held_no_longer(parts: list[bytes], length: str | None) -> None:
    async def refused_and_then_asked() -> list[int]:
        guard = guarded(limits=SMALL._replace(bundle=1))
        refused = [(await asked(guard, parts=parts, length=length)).status for _ in range(3)]
        return [*refused, (await asked(guard, parts=[b"x" * 9])).status]

    assert asyncio.run(refused_and_then_asked())[-1] == 200


def test_a_request_that_breaks_off_reaches_nobody() -> None:
    sent = Sent()

    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "path": "/", "headers": [(b"host", b"localhost")]}
    asyncio.run(guarded(never)(scope, gone, sent))
    assert sent.status == 400


def test_there_are_no_web_sockets() -> None:
    sent = Sent()
    asyncio.run(guarded()({"type": "websocket", "path": "/", "headers": []}, never, sent))  # type: ignore[arg-type]
    assert sent == [{"type": "websocket.close", "code": 1003}]


HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}


@pytest.mark.parametrize("path", ["/", "/ask", "/static/base.css", "/nowhere", "/api/openapi.json", "/healthz"])
def test_every_answer_says_that_it_is_not_to_be_framed_sniffed_kept_or_told(path: str) -> None:
    client = TestClient(create_app(), base_url="http://localhost")
    found = client.get(path).headers
    assert {name: found[name] for name in HEADERS} == HEADERS
    assert "set-cookie" not in found


def test_a_refusal_has_the_same_headers() -> None:
    client = TestClient(create_app(), base_url="http://evil.example")
    found = client.get("/")
    assert found.status_code == 400
    assert {name: found.headers[name] for name in HEADERS} == HEADERS
