"""Every rule of the shipped catalogue, with a patient for whom it holds, one for whom it does not, and one unknown.

The cases are data, in ``cases/*.json``. Patients are small: what triggers the rule and nothing else.
``python tests/catalogue/make_cases.py`` proposes the cases that are missing.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest

from remedies import Catalogue, Patient, check
from remedies.base import Frozen

AS_OF = date(2026, 11, 22)
FOLDER = Path(__file__).parent / "cases"

EXCEPTIONS = {
    ("zhivokost/no-own-label", "no"),
    ("zhivokost/no-own-label", "unknown"),
    ("betanicomylon/no-own-label", "no"),
    ("betanicomylon/no-own-label", "unknown"),
}
"""Rules that hold of everybody: nobody is free of them, and nothing need be known."""

ACTING: dict[str, list[str]] = {}
"""The remedies on which each rule acts."""
for _remedy, _rules in Catalogue.shipped().rules.items():
    for _rule in _rules:
        ACTING.setdefault(_rule.key, []).append(_remedy)


class Case(Frozen):
    name: str
    rule: str
    patient: dict[str, Any]
    holds: Literal["yes", "no", "unknown"]


def read(path: Path) -> list[Case]:
    return [Case.model_validate(case) for case in json.loads(path.read_text(encoding="utf-8"))]


FILES = {path.stem: read(path) for path in sorted(FOLDER.glob("*.json"))}
CASES = [case for cases in FILES.values() for case in cases]


def found(case: Case) -> set[str]:
    """Tell what the rule of a case says, on every remedy on which it acts."""
    report = check(Patient.model_validate(case.patient), as_of=AS_OF, remedies=ACTING[case.rule], all_rules=True)
    return {
        next((reason.holds for reason in verdict.reasons if reason.rule == case.rule), "no such rule")
        for verdict in report.verdicts
    }


def run(case: Case) -> None:
    assert case.rule in ACTING, f"{case.rule} acts on no remedy; was it renamed? ({case.name})"
    assert found(case) == {case.holds}, f"{case.rule} should be {case.holds}: {case.name}"


def missing(cases: list[Case], acting: dict[str, list[str]]) -> list[str]:
    """Name each case that a rule lacks."""
    known = {(case.rule, case.holds) for case in cases}
    return [
        f"{rule} has no case “{holds}”"
        for rule in acting
        for holds in ("yes", "no", "unknown")
        if (rule, holds) not in known and (rule, holds) not in EXCEPTIONS
    ]


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.rule} {case.holds}: {case.name}") for case in CASES])
def test_a_rule_holds_as_its_case_says(case: Case) -> None:
    run(case)


def test_every_rule_has_a_case_of_yes_of_no_and_of_unknown() -> None:
    lacking = missing(CASES, ACTING)
    advice = "python tests/catalogue/make_cases.py proposes them"
    assert not lacking, f"{len(lacking)} cases are missing ({advice}):\n" + "\n".join(lacking)


def test_no_case_speaks_of_a_rule_that_is_gone() -> None:
    assert [f"{case.rule}: {case.name}" for case in CASES if case.rule not in ACTING] == []


def test_a_lacking_case_is_named() -> None:
    rule = "dolobene/asthma"
    others = [case for case in CASES if (case.rule, case.holds) != (rule, "unknown")]
    assert missing(others, ACTING) == ["dolobene/asthma has no case “unknown”"]
    assert missing([], {"zhivokost/no-own-label": ["zhivokost"]}) == ["zhivokost/no-own-label has no case “yes”"]


def test_the_exceptions_are_rules_that_hold_of_everybody() -> None:
    always = {
        one.key for rules in Catalogue.shipped().rules.values() for one in rules if hasattr(one.rule.when, "always")
    }
    assert {rule for rule, _ in EXCEPTIONS} == always


@pytest.mark.parametrize("wrong", ["no", "unknown"])
def test_a_wrong_expectation_fails(wrong: str) -> None:
    case = Case.model_validate(
        {"name": "Has asthma.", "rule": "dolobene/asthma", "patient": {"conditions": ["asthma"]}, "holds": wrong}
    )
    with pytest.raises(AssertionError, match=rf"dolobene/asthma should be {wrong}: Has asthma\."):
        run(case)


def test_an_expectation_of_a_rule_that_does_not_exist_fails() -> None:
    case = Case(name="Has asthma.", rule="dolobene/asthmma", patient={"conditions": ["asthma"]}, holds="yes")
    with pytest.raises(AssertionError, match=r"dolobene/asthmma acts on no remedy; was it renamed\? \(Has asthma\.\)"):
        run(case)


def test_no_two_cases_are_the_same() -> None:
    counts = Counter((case.rule, case.holds, case.name) for case in CASES)
    assert [key for key, count in counts.items() if count > 1] == []


def test_cases_lie_in_the_file_of_their_remedy_or_group() -> None:
    remedies = {remedy.id for remedy in Catalogue.shipped().remedies}
    homes = {
        case.rule: case.rule.partition("/")[0]
        if case.rule.partition("/")[0] in {*remedies, "catalogue"}
        else "substances"
        for case in CASES
    }
    assert [case.rule for name, cases in FILES.items() for case in cases if homes[case.rule] != name] == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_a_file_of_cases_has_one_case_on_each_line(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [lines[0], lines[-1]] == ["[", "]"]
    cases = [json.loads(line.removesuffix(",")) for line in lines[1:-1]]
    assert all(list(case) == ["name", "rule", "patient", "holds"] for case in cases)
