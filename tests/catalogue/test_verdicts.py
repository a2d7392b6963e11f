"""The shipped catalogue against verdict tables written from the labels, by hand and without sight of its rules.

Under verdicts/ stands one table per remedy, for a pharmacist to read: situation, verdict, and from what
that was taken. Every table covers each exclusion, both sides of each limit of age and pregnancy, and what
is allowed. That the tables would see a rule weakened is a test of its own.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, get_args

import pytest
from support import TODAY
from tables import TABLES, patient_json, rows_of

from remedies import Catalogue, Patient, check
from remedies.knowledge.clauses import alternatives
from remedies.knowledge.compiler import clause_bits
from remedies.knowledge.topics import STRENGTH, STRENGTHS, VERDICT, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tables import Row

    from remedies import Report
    from remedies.checking.report import Reason
    from remedies.knowledge.records import ActiveRule

CATALOGUE = Catalogue.shipped()
REMEDIES = [remedy.id for remedy in CATALOGUE.remedies]


@cache
def report_on(situation: str) -> Report:
    """Check every remedy in a situation."""
    patient = Patient.model_validate(patient_json(situation, CATALOGUE.vocabulary))
    return check(patient, CATALOGUE, as_of=TODAY)


VERDICTS = {*get_args(Verdict), *(f"undecided, at least {floor}" for floor in STRENGTHS[1:])}
"""What a table may say."""


def decided(reasons: Iterable[Reason], strength: Callable[[Reason], int]) -> str:
    """Decide by the strongest reason that holds and the strongest that may hold, and say it as a table does."""
    floor = ceiling = 0
    for reason in reasons:
        ceiling = max(ceiling, strength(reason))
        if reason.holds == "yes":
            floor = max(floor, strength(reason))
    verdict = VERDICT[floor][ceiling]
    return f"undecided, at least {STRENGTHS[floor]}" if verdict == "undecided" and floor else verdict


def as_written(reason: Reason) -> int:
    return STRENGTH[reason.effect]


def of_itself(row: Row) -> list[Reason]:
    """List the reasons that the situation gives beyond those that hold of everybody."""
    everybody = {reason.rule for reason in report_on("healthy")[row.remedy].reasons if reason.holds == "yes"}
    return [reason for reason in report_on(row.situation)[row.remedy].reasons if reason.rule not in everybody]


def test_there_is_a_table_for_every_remedy() -> None:
    assert {path.stem for path in TABLES.iterdir()} == set(REMEDIES)


@pytest.mark.parametrize("remedy", REMEDIES)
def test_no_situation_stands_twice_in_a_table(remedy: str) -> None:
    situations = [row.situation for row in rows_of(remedy)]
    assert len(situations) == len(set(situations))
    assert {said for row in rows_of(remedy) for said in (row.verdict, row.of_itself)} <= VERDICTS


@pytest.mark.parametrize("remedy", REMEDIES)
def test_every_table_speaks_of_ages_pregnancy_organs_skin_and_bleeding(remedy: str) -> None:
    situations = {row.situation for row in rows_of(remedy)}
    assert situations >= {
        *("healthy", "age 17", "age 18", "age 70", "woman, breastfeeding"),
        *("woman, pregnant 10 weeks", "woman, pregnant 20 weeks", "woman, pregnant 28 weeks"),
        *("woman, pregnant 27 weeks 2 days", "woman, pregnant 27 weeks 3 days"),
        *("asthma", "heart-disease", "hypertension", "liver-disease", "kidney-disease", "seizure-disorder"),
        *("gi-bleeding", "gi-erosive-disease", "bleeding-disorder", "skin open-wound", "skin eczema"),
        *("takes anticoagulants", "takes nsaids-systemic", "takes other-topical-analgesics"),
        *("planned large-area-or-long-use", "planned heat-planned", "planned sun-exposure-planned"),
    }


@pytest.mark.parametrize("remedy", REMEDIES)
def test_every_remedy_is_judged_as_its_table_says(remedy: str) -> None:
    rows = list(rows_of(remedy))
    found = {row.situation: decided(report_on(row.situation)[remedy].reasons, as_written) for row in rows}
    assert {row.situation: report_on(row.situation)[remedy].verdict for row in rows} == {
        row.situation: row.verdict.partition(",")[0] for row in rows
    }
    assert found == {row.situation: row.verdict for row in rows}


@pytest.mark.parametrize("remedy", REMEDIES)
def test_a_situation_gives_of_itself_the_reasons_that_its_table_says(remedy: str) -> None:
    rows = list(rows_of(remedy))
    found = {row.situation: decided(of_itself(row), as_written) for row in rows}
    assert found == {row.situation: row.of_itself for row in rows}


def weakened(rule: ActiveRule, rules: Iterable[ActiveRule]) -> set[str]:
    """Name a rule, and with it whatever says as much wherever it holds, which hides that it is gone."""
    bits = clause_bits(CATALOGUE.file, CATALOGUE.vocabulary)
    as_strong = [one for one in rules if one is not rule and STRENGTH[one.rule.effect] >= STRENGTH[rule.rule.effect]]
    if not bits.implied(rule.rule.when, *(one.rule.when for one in as_strong)):
        return {rule.key}
    parts = list(alternatives(rule.rule.when))
    return {rule.key, *(one.key for one in as_strong if any(bits.implied(part, one.rule.when) for part in parts))}


def unseen(remedy: str) -> Iterator[str]:
    """Name the rules of a remedy that may be weakened by one step without any line of its table failing."""
    rules = CATALOGUE.rules_of(remedy)
    rows = [(row, report_on(row.situation)[remedy].reasons, of_itself(row)) for row in rows_of(remedy)]
    for rule in rules:
        names, below = weakened(rule, rules), STRENGTH[rule.rule.effect] - 1

        def strength(reason: Reason, names: set[str] = names, below: int = below) -> int:
            return min(below, as_written(reason)) if reason.rule in names else as_written(reason)

        changed = (
            decided(reasons, strength) != row.verdict or decided(own, strength) != row.of_itself
            for row, reasons, own in rows
        )
        if not any(changed):
            yield rule.key


@pytest.mark.parametrize("remedy", REMEDIES)
def test_a_rule_weakened_by_one_step_makes_a_table_fail(remedy: str) -> None:
    """Every exclusion becomes asking a doctor, that asking a pharmacist, that nothing: one rule at a time."""
    assert list(unseen(remedy)) == []
