"""What stands before every request: which host it asks for, how much it sends and takes, and how many there are.

It also puts the headers on every answer that keep pages from being framed, sniffed, kept or sent elsewhere. Nothing
of a request is ever written down.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""What this host calls itself."""

LARGE = ("/api/fhir/", "/cds-services/")
"""Where whole bundles are sent."""

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""On every answer that has no such header of its own."""


class Limits(NamedTuple):
    """How much a request may be."""

    body: int = 1_000_000
    """The most bytes that a request may send."""
    bundle: int = 20_000_000
    """The most bytes where a whole record may be sent."""
    seconds: float = 30.0
    """How long a request may take to arrive, and how long to be answered."""
    at_once: int = 16
    """How many requests are worked on at a time."""


USUAL = Limits()
"""Enough for a counter, and for the records that are sent to it."""


class _Problem(NamedTuple):
    """Why a request is refused."""

    status: int
    title: str
    detail: str


class _Refused(Exception):  # noqa: N818 - no error of ours, but of whoever asks
    def __init__(self, status: int, title: str, detail: str) -> None:
        super().__init__(title)
        self.problem = _Problem(status, title, detail)


_BUSY = (429, "Too many at once", "Other requests are being answered; try again in a second.")

_MOST_HELD = 10
"""So many of the largest requests may have arrived and wait for an answer, whatever they are; so memory is bounded."""


class Guard:
    """An ASGI application before another one."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str], limits: Limits) -> None:
        """Take what is guarded, the names of this host, and the limits."""
        self._app = app
        self._hosts = {host.lower() for host in hosts}
        self._limits = limits
        self._running = 0
        self._held = 0
        """So many bytes have arrived of requests that are not answered yet."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1003})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(send)
        parts: list[bytes] = []
        try:
            self._known_host(scope)
            await self._arrived(scope, receive, parts)
            await self._answered(scope, _replayed(b"".join(parts), receive), answer)
        except _Refused as refused:
            await answer.refuse(refused.problem)
        finally:
            self._held -= sum(map(len, parts))

    def _known_host(self, scope: Scope) -> None:
        """See that a request means this host; a page from elsewhere could call it by a name of its own."""
        named = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
        if "*" in self._hosts:
            return
        if len(named) != 1 or _without_port(named[0]) not in self._hosts:
            raise _Refused(400, "Unknown host", "This service answers only to the names that it was started for.")

    async def _arrived(self, scope: Scope, receive: Receive, parts: list[bytes]) -> None:
        """Take in what is sent, and no more than that."""
        most = self._limits.body
        if own_path(scope).startswith(LARGE):
            most = self._limits.bundle
        too_much = (413, "Too much", f"A request may send at most {most:,} bytes here.")
        said = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if said.isdigit() and int(said) > most:
            raise _Refused(*too_much)
        left = most
        try:
            async with asyncio.timeout(self._limits.seconds):
                async for part in _sent(receive):
                    parts.append(part)
                    left -= len(part)
                    self._held += len(part)
                    if left < 0:
                        raise _Refused(*too_much)
                    if self._held > _MOST_HELD * self._limits.bundle:
                        raise _Refused(*_BUSY)
        except TimeoutError:
            raise _Refused(408, "Too slow", "The request took too long to arrive.") from None

    async def _answered(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        """Have a request answered in time; one that is late holds its place until it is done all the same."""
        if self._running >= self._limits.at_once:
            raise _Refused(*_BUSY)
        self._running += 1
        task = asyncio.ensure_future(self._app(scope, receive, answer))
        task.add_done_callback(self._done)
        try:
            done, _ = await asyncio.wait({task}, timeout=self._limits.seconds)
        except asyncio.CancelledError:
            task.cancel()
            raise
        if done:
            task.result()
            return
        task.cancel()
        raise _Refused(503, "Took too long", f"This took longer than {self._limits.seconds:g} seconds.")

    def _done(self, task: asyncio.Future[None]) -> None:
        self._running -= 1
        if not task.cancelled():
            # Looked at, so that an error of a request that was given up is not reported by the loop.
            task.exception()


class _Answer:
    """Sends an answer with all headers, and nothing more once the request was refused."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._begun = False
        self._refused = False

    async def __call__(self, message: Message) -> None:
        if self._refused:
            return
        if message["type"] == "http.response.start":
            self._begun = True
            headers = list(message.get("headers", ()))
            there = {name.lower() for name, _ in headers}
            added = [(name.encode(), value.encode()) for name, value in _HEADERS.items() if name.encode() not in there]
            message = {**message, "headers": [*headers, *added]}
        await self._send(message)

    async def refuse(self, problem: _Problem) -> None:
        """Send a problem in place of an answer, if none has begun."""
        if self._begun:
            self._refused = True
            return
        body = json.dumps({"type": "about:blank", **problem._asdict()}).encode()
        headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
        if problem.status in {429, 503}:
            headers.append((b"retry-after", b"1"))
        # Who has gone hears nothing.
        with suppress(OSError):
            await self({"type": "http.response.start", "status": problem.status, "headers": headers})
            await self({"type": "http.response.body", "body": body})
        self._refused = True


async def _sent(receive: Receive) -> AsyncIterator[bytes]:
    """Yield what is sent, part by part."""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Refused(400, "Broken off", "The request was not sent to its end.")
        yield message.get("body", b"")
        more = message.get("more_body", False)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Give a body once more to whoever asks for it."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return messages.pop() if messages else await receive()

    return again


def own_path(scope: Scope) -> str:
    """Return what a request asks for, as seen from where this application is mounted."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def _without_port(host: str) -> str:
    """Return a host without its port.

    >>> _without_port("localhost:8000"), _without_port("[::1]:8000"), _without_port("[::1]")
    ('localhost', '[::1]', '[::1]')
    """
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
