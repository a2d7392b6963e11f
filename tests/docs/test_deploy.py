"""What ``docs/deploy.md`` says, tried as far as a machine without containers allows."""

from __future__ import annotations

import configparser
import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from starlette.testclient import TestClient

from remedies.cli import main
from remedies.web.app import create_app
from remedies.web.guard import USUAL, Limits

if TYPE_CHECKING:
    from fastapi import FastAPI

PAGE = (Path(__file__).parents[2] / "docs" / "deploy.md").read_text("utf-8")


def block(language: str) -> str:
    """Return the first block of the page in a language."""
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found, language
    return found[1]


def options_of(line: list[str]) -> dict[str, Any]:
    """Read a line that begins with the program, as the program reads it."""
    assert line[0].rpartition("/")[2] == "remedies"
    parent = click.Context(main, **main.context_settings)
    command = main.get_command(parent, line[1])
    assert command is not None
    return command.make_context(line[1], line[2:], parent).params


def test_the_unit_starts_a_command_that_there_is() -> None:
    unit = configparser.RawConfigParser()
    unit.read_string(block("ini"))
    assert unit.sections() == ["Unit", "Service", "Install"]
    params = options_of(shlex.split(unit["Service"]["ExecStart"]))
    assert (params["host"], params["port"], params["no_open"]) == ("127.0.0.1", 8086, True)


def test_the_container_starts_a_command_that_there_is_on_the_port_that_it_names() -> None:
    lines = dict(line.split(" ", 1) for line in block("dockerfile").splitlines())
    params = options_of([*json.loads(lines["ENTRYPOINT"]), "--name", "remedies.example"])
    assert (params["host"], params["port"], params["no_open"]) == ("0.0.0.0", 8086, True)
    assert lines["EXPOSE"] == "8086"
    check = json.loads(lines["HEALTHCHECK"].removeprefix("CMD "))
    compile(check[-1], "HEALTHCHECK", "exec")
    assert "/healthz" in check[-1]


def test_an_application_around_it_finds_every_page_below_its_own_path() -> None:
    names: dict[str, Any] = {}
    exec(block("python"), names)  # noqa: S102 - the page's own example
    yours: FastAPI = names["yours"]
    client = TestClient(yours, base_url="http://anything.example")
    assert client.get("/remedies/static/base.css").status_code == 200
    assert client.get("/static/base.css").status_code == 404


@pytest.mark.parametrize(
    ("sentence", "limit"),
    [
        ("A request may send 1 MB", USUAL.body == 10**6),
        ("a record 20 MB", USUAL.bundle == 2 * 10**7),
        ("arrive within 30 seconds (408) and be answered within\n  30 (503)", USUAL.seconds == 30),
        ("16 are answered at a time (429)", USUAL.at_once == 16),
    ],
)
def test_the_limits_are_those_that_the_page_names(sentence: str, *, limit: bool) -> None:
    assert sentence in PAGE
    assert limit


def test_limits_are_those_of_the_caller() -> None:
    client = TestClient(create_app(limits=Limits(body=3)), base_url="http://localhost")
    assert client.post("/api/check", content=b"1234").status_code == 413
