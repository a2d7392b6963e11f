"""Two hundred wrong inputs at every public function and method: each ends in a value or in an error of the library."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import fractions
import inspect
import io
import pathlib
import re
import uuid
from types import MappingProxyType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from support import TODAY

import remedies
from remedies import Catalogue, Patient, RemediesError, Truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CATALOGUE = Catalogue.shipped()
PATIENT = Patient(age=34)
REPORT = remedies.check(PATIENT, as_of=TODAY)
STATE = remedies.interview.begin(PATIENT, as_of=TODAY)
MADE = remedies.plan("fastum-gel", Patient(age=34, sex="male", nothing_else=True), as_of=TODAY)
TOLD: Any = remedies

RIGHT: dict[str, Any] = {
    "patient": PATIENT,
    "catalogue": CATALOGUE,
    "report": REPORT,
    "state": STATE,
    "remedy": "fastum-gel",
    "first": "fastum-gel",
    "second": "finalgon",
    "words": "man 34",
    "lines": ['{"age": 34}'],
    "bundle": {"resourceType": "Patient", "id": "p"},
    "content": "{}",
    "obj": {},
    "json_data": "{}",
    "path": "none.json",
    "question": "signs",
    "item": remedies.interview.screens(STATE)[0].items[0],
    "screen": remedies.interview.screens(STATE)[0],
    "said": {},
    "plan": MADE,
    "verdict": "allowed",
    "frame": pl.DataFrame({"id": [1], "asthma": [True]}),
}
"""What a parameter takes that has to be given while another one is wrong."""

QUICK: dict[str, Any] = {"remedies": ["finalgon"], "detail": "verdict"}
"""What makes an answer short where a function takes it."""


class Kind(enum.Enum):
    """An enumeration that is none of ours."""

    ONE = 1


def _numbers() -> Iterator[object]:
    yield from (-1, 0, 1, 2, 6, 34, 340, 10**9, -(10**18), 10**400, True, False)
    yield from (0.0, -0.5, 2.5, 1e308, float("nan"), float("inf"), float("-inf"), 3 + 4j)
    yield from (decimal.Decimal("1.5"), decimal.Decimal("NaN"), fractions.Fraction(1, 3))


def _texts() -> Iterator[str | bytes]:
    yield from (
        "",
        " ",
        "\n",
        "\x00",
        "\ud800",
        "a" * 10_000,
        "ё" * 300,
        "null",
        "[]",
        "{}",
        '{"age": -1}',
        "[[[[",
        '"',
    )
    yield from (
        "fastum",
        "asthma?",
        "нет",
        "no",
        "yes",
        "2026-11-22",
        "1 OR 1=1",
        "../../etc/passwd",
        "%s%n",
        "{0.__class__}",
    )
    yield from ("🙂", "a\u0301", "\u202eabc", "١٢", "signs", "all", "keep", "verdict", "not a topic", "-", "--help")
    yield from (b"", b"\xff\xfe", b"{}", b'{"age": 34}', b"\xef\xbb\xbf{}", b"a" * 10_000)


def _collections() -> Iterator[object]:
    yield from (
        [],
        [[]],
        [None],
        [1, "a", None],
        ["asthma"],
        [""],
        [b"x"],
        [float("nan")],
        list(range(300)),
        ["a" * 500],
    )
    yield from ((), (1,), ("conditions",), ("conditions", 5), {}, {"age": 34}, {"age": None}, {1: 2}, {None: None})
    yield from ({"conditions": "asthma"}, {"yes": 5}, {"resourceType": 5}, {"resourceType": "Bundle", "entry": 5})
    yield from ({"resourceType": "Bundle", "entry": [None, 5, {}, {"resource": []}]}, {"a": {"b": {"c": {}}}})
    yield from (
        set(),
        {"asthma"},
        frozenset({1}),
        range(3),
        iter([1]),
        (one for one in "ab"),
        memoryview(b"a"),
        bytearray(b"{}"),
    )
    yield from (MappingProxyType({"age": 34}), {"id": ["x"]}, [{"age": 34}], [PATIENT], [REPORT], {"rest": "no"})
    deep: list[object] = []
    for _ in range(500):
        deep = [deep]
    yield deep


def _objects() -> Iterator[object]:
    yield from (None, Ellipsis, object(), object, int, print, len, re, lambda: None, Kind.ONE, Kind)
    yield from (
        dt.date(2026, 11, 22),
        dt.date.min,
        dt.date.max,
        dt.datetime(2026, 11, 22),
        dt.time(8),
        dt.timedelta(days=1),
    )
    yield from (dt.datetime(2026, 11, 22, tzinfo=dt.UTC), uuid.UUID(int=1), pathlib.Path("none.json"))
    yield from (pathlib.Path(), io.StringIO("{}"), io.BytesIO(b"\xff"), SimpleNamespace(age=34), re.compile("a"))
    yield from (
        Patient,
        PATIENT,
        REPORT,
        STATE,
        MADE,
        CATALOGUE,
        Catalogue,
        Truth.YES,
        Truth,
        RemediesError,
        ValueError("x"),
    )
    yield from (remedies, remedies.check, Patient.read, super, type("Fake", (), {"id": "fastum-gel"})(), __builtins__)


def wrong() -> list[object]:
    """Make the inputs anew, since some of them can be read only once."""
    return [
        *_numbers(),
        *_texts(),
        *_collections(),
        *_objects(),
        *(10**n for n in range(1, 20)),
        *("x" * n for n in range(30, 66)),
    ]


def functions() -> Iterator[tuple[str, Callable[..., object]]]:
    """Name every public function, and every public method of what they give."""
    for name in remedies.__all__:
        thing = getattr(TOLD, name)
        if inspect.isfunction(thing) or thing in {remedies.Patient, remedies.Answers}:
            yield name, thing
    for owner in ("interview",):
        module = getattr(TOLD, owner)
        for name in module.__all__:
            if inspect.isfunction(getattr(module, name)):
                yield f"{owner}.{name}", getattr(module, name)
    for name in ("read", "model_validate", "model_validate_json"):
        yield f"Patient.{name}", getattr(Patient, name)
    for name in ("model_copy", "answers", "closed"):
        yield f"patient.{name}", getattr(PATIENT, name)
    yield from (("Catalogue.load", Catalogue.load), ("catalogue.find", CATALOGUE.find))
    yield from (("report.having", REPORT.having), ("report[...]", REPORT.__getitem__))


FUNCTIONS = dict(functions())


def parameters(function: Callable[..., object]) -> list[str]:
    """Name the parameters of a function that a caller may give."""
    kinds = {inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL}
    return [name for name, one in inspect.signature(function).parameters.items() if one.kind not in kinds]


def given(function: Callable[..., object], name: str, value: object) -> dict[str, object]:
    """Give every parameter that has to be given, one of them wrongly."""
    needed = {}
    for one, parameter in inspect.signature(function).parameters.items():
        if one in QUICK and parameter.default is not inspect.Parameter.empty:
            needed[one] = QUICK[one]
        elif one in RIGHT and parameter.default is inspect.Parameter.empty:
            needed[one] = RIGHT[one]
    return {**needed, name: value}


def test_there_are_two_hundred_of_them() -> None:
    assert len(wrong()) >= 200


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_wrong_input_ends_in_a_value_or_in_an_error_of_the_library(name: str) -> None:
    function = FUNCTIONS[name]
    leaks = []
    for parameter in parameters(function):
        for value in wrong():
            if parameter == "jobs" and type(value) is int and 1 < value < 100:
                # A right number of processes, which are slow to start.
                continue
            try:
                result = function(**given(function, parameter, value))
                if inspect.isgenerator(result):
                    list(result)
            except RemediesError as error:
                if not str(error) or not error.faults:
                    leaks.append((parameter, repr(value)[:60], type(error).__name__, "says nothing"))
            except Exception as error:  # noqa: BLE001 - that is what is looked for
                leaks.append((parameter, repr(value)[:60], type(error).__name__, str(error)[:100]))
    assert leaks == []
