"""The port and the names of this computer."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from remedies import InputError
from remedies.web.serving import PORT, address_of, bound, is_loopback, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def free() -> Iterator[int]:
    """Find a port that is free, and hold it."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield held.getsockname()[1]


def test_a_port_that_is_taken_is_refused_where_it_was_asked_for(free: int) -> None:
    with pytest.raises(InputError) as caught:
        bound("127.0.0.1", free)
    assert str(caught.value) == f"port: {free} is used by another program; 0 takes any that is free"


def test_any_free_port_will_do_where_the_usual_one_is_taken(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr("remedies.web.serving.PORT", free)
    with bound("127.0.0.1", None) as taken:
        assert taken.getsockname()[1] not in {free, PORT}


@pytest.mark.parametrize(
    ("host", "port", "message"),
    [
        ("203.0.113.5", 0, "host: 203.0.113.5, port 0, cannot be used: Cannot assign requested address"),
        ("127.0.0.1", 65536, "port: must be 0 to 65535, not 65536"),
        ("\udc80x", 0, "host: '\\udc80x' is no name of a computer"),
        ("", 0, "host: is empty; 127.0.0.1 is this computer alone"),
    ],
)
def test_what_is_no_place_to_listen_is_said(host: str, port: int, message: str) -> None:
    with pytest.raises(InputError) as caught:
        bound(host, port)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("host", "only_here"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.4", False),
        ("counter.example", False),
    ],
)
def test_only_loopback_is_out_of_the_reach_of_others(host: str, *, only_here: bool) -> None:
    assert is_loopback(host) is only_here


def test_names_are_those_of_the_address_and_those_that_were_said() -> None:
    assert names_of("127.0.0.1") == ("127.0.0.1", "localhost", "[::1]")
    assert names_of("192.168.1.4", ["Counter.example"])[3:] == ("192.168.1.4", "counter.example")
    assert socket.gethostname().lower() in names_of("0.0.0.0")
    assert names_of("fe80::1")[3] == "[fe80::1]"


def test_a_link_names_a_computer_that_can_be_reached() -> None:
    with bound("127.0.0.1", 0) as taken:
        assert address_of(taken) == f"http://127.0.0.1:{taken.getsockname()[1]}/"
    with bound("0.0.0.0", 0) as taken:
        assert address_of(taken) == f"http://{socket.gethostname()}:{taken.getsockname()[1]}/"


def held(process: int) -> int:
    """Return the megabytes that a process holds."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) // 1000


def asked_often(address: str) -> bool:
    """Ask for two hundred pages of which each is thirty kilobytes and leaves some of that behind."""
    for _ in range(200):
        with urllib.request.urlopen(address, b"text=man+34%2C+asthma&do=add") as answer:  # noqa: S310 - as below
            assert answer.status == 200
    return True


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_it_is_told_to_end(end: signal.Signals) -> None:
    command = [sys.executable, "-m", "remedies", "serve", "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first, *more = (process.stdout.readline() for _ in range(3))
        found = re.fullmatch(r"Counter: (http://127\.0\.0\.1:\d+/)\n", first)
        assert found, first
        with urllib.request.urlopen(f"{found[1]}static/base.css") as answer:  # noqa: S310 - our own address
            assert answer.status == 200
        after = [held(process.pid) for _ in range(3) if asked_often(found[1])]
        process.send_signal(end)
        _, errors = process.communicate(timeout=20)
    assert more == [f"Step by step: {found[1]}ask\n", "Ctrl-C ends it; nothing is kept.\n"]
    assert errors in {"", "Ended.\n"}
    assert after[-1] - after[0] < 10, after
