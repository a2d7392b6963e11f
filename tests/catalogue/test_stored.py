"""A thousand stored patients: what is said of them today is what version 0.1.0 said; see tests/stored/README.md."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from remedies import Catalogue, Patient, check
from remedies.knowledge.topics import ORIGINS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from remedies.checking.report import Reason, RemedyVerdict, Report

STORED = Path(__file__).parents[1] / "stored"

SKIN = {
    "betanicomylon": "betanicomylon/silent-broken-skin",
    "chondroxide": "chondroxide/broken-or-reacting-skin",
}
HEART = {"viprosal-v": "viprosal-v/coronary-circulation"}
PAINKILLERS = {
    "fastum-gel": "fastum-gel/allergy-ketoprofen",
    "diclofenac-gel": "diclofenac-gel/allergy-diclofenac",
    "diclovit": "diclovit/allergy-diclofenac",
    "ketorol-gel": "ketorol-gel/allergy-ketorolac",
    "ibuprofen-gel": "ibuprofen-gel/allergy-ibuprofen",
    "nise-gel": "nise-gel/allergy-nimesulide",
}
OPENED: dict[int, Mapping[str, str | tuple[str, ...]]] = {
    67: SKIN,
    95: SKIN,
    500: SKIN,
    506: HEART,
    604: HEART,
    699: {
        "doctor-mom": "doctor-mom/pneumonia",
        "fastum-gel": "ketoprofen/infection",
        "viprosal-v": ("viprosal-v/lung-tuberculosis", "viprosal-v/feverish-illness"),
        "apizartron": ("apizartron/infection", "salicylates/child-with-viral-illness"),
    },
    720: {"betanicomylon": SKIN["betanicomylon"]},
    878: PAINKILLERS,
    899: SKIN,
    919: PAINKILLERS,
    963: {"betanicomylon": SKIN["betanicomylon"]},
}
"""Patients (by line) and remedies with a reason more than in version 0.1.0, and which: a rule that may hold.

A word of theirs is a reason to ask about a fact (sunburn about a burn, heart failure about poor
circulation of the heart, a code for aspirin and its like about painkillers). Version 0.1.0 closed what
belongs to that fact where another word stood beside it, so that one more problem could rule a reason
out. What a prompt keeps open now stays open whatever else is named. A code of an infected skin (A46) was
looked at in its own list alone; now it is a reason to ask about an infection as well. No verdict, floor or ceiling of
theirs is another one.
"""


IN_THE_MIDDLE = {175: "betanicomylon", 649: "betanicomylon"}
"""Patients and remedies with a reason that holds for certain on a day in the middle of the course alone.

They are in the second trimester on the day of the check, the third of five days; on the first and on the
last day they may be in the first or in the third. Version 0.1.0 looked at no day between.
"""


class Stored(NamedTuple):
    """One patient, and what was said of every remedy: verdict, floor, ceiling, and a hash of the reasons."""

    patient: dict[str, Any]
    start: str
    days: int
    as_of: str
    verdicts: dict[str, list[str]]


def unpacked(name: str) -> bytes:
    return gzip.decompress((STORED / f"{name}.gz").read_bytes())


PATIENTS = [Stored(**json.loads(line)) for line in unpacked("patients.jsonl").decode().splitlines()]


def digest(reasons: list[list[str]]) -> str:
    written = json.dumps(reasons, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:16]


ARCHIVED = Catalogue((unpacked("remedies.json"), unpacked("facts.json"), unpacked("sources.json")))

THEN = {"ask-pharmacist": "ask-doctor"}
"""Version 0.1.0 sent people to a doctor wherever labels were silent."""


def reasons(found: RemedyVerdict) -> list[list[str]]:
    """List rules in the order of version 0.1.0, to which the two kinds of asking were one."""
    compiled = ARCHIVED.rulebook
    place = {compiled.rules[number].key: place for place, number in enumerate(compiled.remedy(found.remedy).rules)}

    def rank(reason: Reason) -> tuple[int, int, int, int]:
        holds, effects = ("yes", "unknown"), ("exclude", "ask-doctor")
        effect = THEN.get(reason.effect, reason.effect)
        return (holds.index(reason.holds), effects.index(effect), ORIGINS.index(reason.origin), place[reason.rule])

    return [[reason.rule, reason.holds] for reason in sorted(found.reasons, key=rank)]


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """Check every stored patient with the archived catalogue."""
    return [
        check(
            Patient.model_validate(stored.patient),
            ARCHIVED,
            start=date.fromisoformat(stored.start),
            days=stored.days,
            as_of=date.fromisoformat(stored.as_of),
        )
        for stored in PATIENTS
    ]


def test_a_thousand_patients_and_every_verdict_are_stored() -> None:
    assert len(PATIENTS) == 1000
    assert {len(stored.verdicts) for stored in PATIENTS} == {21}
    said = [verdict for stored in PATIENTS for verdict, *_ in stored.verdicts.values()]
    assert {verdict: said.count(verdict) for verdict in sorted(set(said))} == {
        "allowed": 1448,
        "ask-doctor": 2410,
        "excluded": 11545,
        "undecided": 5597,
    }


def test_verdict_floor_and_ceiling_of_every_remedy_are_what_they_were(reports: list[Report]) -> None:
    differing = [
        (index, remedy, stored.verdicts[remedy][:3], now)
        for index, (stored, report) in enumerate(zip(PATIENTS, reports, strict=True))
        for remedy, now in said_of(report).items()
        if now != stored.verdicts[remedy][:3]
    ]
    assert differing == []
    assert [set(said_of(report)) for report in reports] == [set(stored.verdicts) for stored in PATIENTS]


def said_of(report: Report) -> dict[str, list[str]]:
    said = {}
    for found in report.verdicts:
        floor, ceiling = (THEN.get(bound, bound) for bound in (found.at_least, found.at_most))
        said[found.remedy] = [floor if floor == ceiling else "undecided", floor, ceiling]
    return said


def test_the_reasons_are_what_they_were_for_all_but_thirteen(reports: list[Report]) -> None:
    differing: dict[int, set[str]] = {}
    for index, (stored, report) in enumerate(zip(PATIENTS, reports, strict=True)):
        for found in report.verdicts:
            if digest(reasons(found)) != stored.verdicts[found.remedy][3]:
                differing.setdefault(index, set()).add(found.remedy)
    opened = {index: set(remedies) for index, remedies in OPENED.items()}
    assert differing == opened | {index: {remedy} for index, remedy in IN_THE_MIDDLE.items()}


@pytest.mark.parametrize(("index", "remedy"), IN_THE_MIDDLE.items())
def test_the_second_trimester_is_certain_on_the_day_of_the_check(
    index: int, remedy: str, reports: list[Report]
) -> None:
    rule = f"{remedy}/silent-second-trimester"
    assert [reason.holds for reason in reports[index][remedy].reasons if reason.rule == rule] == ["yes"]


@pytest.mark.parametrize("index", OPENED)
def test_where_a_prompt_keeps_something_open_reasons_that_may_hold_are_all_that_was_added(
    reports: list[Report], index: int
) -> None:
    for remedy, added in OPENED[index].items():
        now = reasons(reports[index][remedy])
        for rule in (added,) if isinstance(added, str) else added:
            assert now.count([rule, "unknown"]) == 1
            now.remove([rule, "unknown"])
        assert digest(now) == PATIENTS[index].verdicts[remedy][3]
