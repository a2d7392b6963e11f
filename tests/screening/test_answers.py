"""What comes out of a screening beside verdicts: first reasons, the long table, signs, counts; and other catalogues."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from screening.engines import ENGINES, Engine, columns_of
from screening.people import COURSES, drawn
from screening.people_columns import AS_OF, SHIPPED
from screening.small import DUCKDB, POLARS, PYARROW
from support import a_fact, a_remedy, a_rule, one_remedy, small_catalogue

from remedies import Catalogue, Patient, PatientError, UnknownRemedyError, check, verdicts
from remedies.checking.terms import terms_of
from remedies.checking.verdicts import masks
from remedies.knowledge.topics import VERDICT, VERDICTS, Ranges
from remedies.screening import screen
from remedies.screening.columns import layout_of
from remedies.screening.door import entered, kinds_of
from remedies.screening.person import Course
from remedies.screening.program import program_of

if TYPE_CHECKING:
    from screening.engines import Columns

    from remedies import Report

FEW = (POLARS, PYARROW, DUCKDB)
EVERY = pytest.mark.parametrize(
    "engine",
    [pytest.param(engine, id=str(engine), marks=[pytest.mark.slow] * (engine not in FEW)) for engine in ENGINES],
)
CHOSEN = ["finalgon", "dolobene", "camphor-oil"]

# Beside verdicts -------------------------------------------------------------------------------------

PEOPLE = drawn(150, 81, broken=0.1)
TABLE = columns_of(row.cells for row in PEOPLE)


def reports() -> dict[object, Report | None]:
    """Check each of the people alone, as far as they can be checked."""
    found: dict[object, Report | None] = {}
    for row in PEOPLE:
        found[row.cells["id"]] = None
        if row.patient is None:
            continue
        try:
            found[row.cells["id"]] = check(Patient.model_validate(row.patient), as_of=AS_OF, detail="first")
        except PatientError:
            continue
    return found


REPORTS = reports()


@pytest.mark.parametrize("engine", [POLARS, PYARROW, DUCKDB], ids=str)
def test_the_rule_beside_a_verdict_is_the_first_reason_of_a_report(engine: Engine) -> None:
    found = screen(engine.enter(TABLE), as_of=AS_OF, reasons=True)
    remedies = [remedy.id for remedy in SHIPPED.rulebook.remedies]
    rows = engine.leave(found.verdicts)
    assert list(rows[0]) == ["id", *(name for remedy in remedies for name in (remedy, f"{remedy}: rule"))]
    for row in rows:
        report = REPORTS[row.pop("id")]
        wanted: dict[str, str | None] = dict.fromkeys(row)
        if report is not None:
            for remedy in remedies:
                reasons = report[remedy].reasons
                wanted |= {remedy: report[remedy].verdict, f"{remedy}: rule": reasons[0].rule if reasons else None}
        assert row == wanted
    assert any(row[f"{remedy}: rule"] is None and row[remedy] == "allowed" for row in rows for remedy in remedies)


@EVERY
def test_the_long_table_says_what_the_wide_one_says(engine: Engine) -> None:
    found = screen(engine.enter(TABLE), as_of=AS_OF, remedies=CHOSEN, reasons=True)
    wide = {(row["id"], remedy): row[remedy] for row in engine.leave(found.verdicts) for remedy in CHOSEN}
    long = engine.leave(found.long)
    assert isinstance(found.long, engine.kind)
    assert [list(row) for row in long[:1]] == [["id", "remedy", "verdict"]]
    assert {(row["id"], row["remedy"]): row["verdict"] for row in long} == wide
    assert len(long) == len(wide)


@EVERY
def test_counts_are_what_counting_by_hand_gives(engine: Engine) -> None:
    counts = screen(engine.enter(TABLE), as_of=AS_OF, remedies=CHOSEN).counts()
    fine = [report for report in REPORTS.values() if report is not None]
    assert (counts.rows, counts.rejected) == (len(PEOPLE), len(PEOPLE) - len(fine))
    assert counts.verdicts == {
        remedy: {verdict: sum(report[remedy].verdict == verdict for report in fine) for verdict in VERDICTS}
        for remedy in CHOSEN
    }
    rules: Counter[str] = Counter()
    for row in PEOPLE:
        if REPORTS[row.cells["id"]] is not None:
            report = check(Patient.model_validate(row.patient), as_of=AS_OF, remedies=CHOSEN)
            holding = (reason for remedy in CHOSEN for reason in report[remedy].reasons if reason.holds == "yes")
            rules.update({reason.rule for reason in holding if reason.effect == "exclude"})
    assert {rule: number for rule, number in counts.rules.items() if number} == rules
    assert list(counts.rules.values()) == sorted(counts.rules.values(), reverse=True)


@EVERY
def test_who_has_a_warning_sign_is_referred_with_the_signs_of_the_report(engine: Engine) -> None:
    found = screen(engine.enter(TABLE), as_of=AS_OF)
    signs = {name: report.refer for name, report in REPORTS.items() if report is not None and report.refer}
    rows = engine.leave(found.referrals)
    assert {row["id"]: row["signs"].split("; ") for row in rows} == {
        name: [one.sign for one in each] for name, each in signs.items()
    }
    urgent = {name: any(one.urgency == "now" for one in each) for name, each in signs.items()}
    assert {row["id"]: row["urgent"] for row in rows} == urgent
    assert set(urgent.values()) == {True, False}


@EVERY
def test_only_remedies_that_are_named_are_judged_in_the_order_of_the_catalogue(engine: Engine) -> None:
    frame = engine.enter({"id": [1], "asthma": [True]})
    found = engine.leave(
        screen(frame, as_of=AS_OF, remedies=["Финалгон", "camphor-oil", "finalgon", "dolobene"]).verdicts
    )
    assert [list(row) for row in found] == [["id", *CHOSEN]]
    with pytest.raises(UnknownRemedyError):
        screen(frame, as_of=AS_OF, remedies=["finalgone", "x"])


# Other catalogues ------------------------------------------------------------------------------------


def judged(columns: Columns, catalogue: Catalogue, **terms: Any) -> list[str | None]:
    """Screen a table, which is given an id, by a catalogue of one remedy."""
    table = {"id": list(range(len(next(iter(columns.values()))))), **columns}
    found = screen(POLARS.enter(table), catalogue, as_of=AS_OF, **terms).verdicts
    return list(found.sort("id")["gel"].cast(pl.String))


def test_a_catalogue_of_other_facts_has_other_columns() -> None:
    facts = [a_fact("hiccups"), a_fact("mild-hiccups", is_a=["hiccups"]), a_fact("substance", "allergies")]
    small = small_catalogue(facts, [a_remedy("gel", [a_rule("hiccups", {"condition": "hiccups"}, "ask-doctor")])])
    table = {"mild-hiccups": [True, False, None], "hiccups": [None, None, False], "substance": [False, None, False]}
    assert judged(table, small) == ["ask-doctor", "undecided", "allowed"]


def test_every_floor_and_ceiling_meet_in_the_verdict_that_the_one_table_says() -> None:
    effects = ["ask-pharmacist", "ask-doctor", "exclude"]
    facts = tuple(a_fact(effect) for effect in effects)
    small = one_remedy([a_rule(effect, {"condition": effect}, effect, cure="the pack") for effect in effects], facts)
    rows = list(product([True, False, None], repeat=len(effects)))
    found = judged(
        {"substance": [False] * len(rows), **dict(zip(effects, map(list, zip(*rows, strict=True)), strict=True))}, small
    )
    seen = set()
    for row, verdict in zip(rows, found, strict=True):
        floor = max((place for place, so in enumerate(row, 1) if so), default=0)
        ceiling = max((place for place, so in enumerate(row, 1) if so is not False), default=0)
        assert verdict == VERDICT[floor][ceiling]
        seen.add((floor, ceiling))
    assert seen == {(floor, ceiling) for floor in range(4) for ceiling in range(floor, 4)}


FIRST = {"pregnant": {"trimesters": [1]}}
FORTY = {"age_from": 40}
CONJUNCTIONS: dict[str, dict[str, Any]] = {
    "age and trimester": {"all": [FIRST, FORTY]},
    "young and trimester": {"all": [{"pregnant": {"trimesters": [2]}}, {"age_below": 40}]},
    "nested": {"all": [{"any": [{"all": [FIRST, {"condition": "gout"}]}, {"condition": "asthma"}]}, FORTY]},
    "between": {"all": [FIRST, {"pregnant": {"from_week": 13}}]},
    "from forty": FORTY,
    "three": {"all": [FIRST, FORTY, {"any": [{"condition": "gout"}, {"breastfeeding": True}]}]},
}
"""Clauses of which several parts change within a course."""


def around_forty() -> list[dict[str, Any]]:
    """Draw people who turn 40 while a trimester ends, on every day of a course before and after."""
    birthdays = [AS_OF.replace(year=1986) + timedelta(days=ahead) for ahead in range(-2, 7)]
    rows = [
        {"born": born.isoformat(), "weeks": days // 7, "days": days % 7}
        for born, days in product(birthdays, range(91, 101))
    ]
    rows += [{"born": born.isoformat(), "weeks": weeks, "days": None} for born in birthdays for weeks in (12, 13, 14)]
    rows += [{"born": born, "weeks": 13, "days": None} for born in ("1986", "1986-11", "1986-12", "1990")]
    return rows


@pytest.mark.parametrize("gout", [True, None])
@pytest.mark.parametrize("course", [COURSES[0], COURSES[1], COURSES[3], COURSES[8]], ids=str)
@pytest.mark.parametrize("name", CONJUNCTIONS)
def test_parts_of_a_conjunction_must_hold_on_one_day(name: str, course: Course, *, gout: bool | None) -> None:
    small = one_remedy([a_rule("both", CONJUNCTIONS[name])], (a_fact("gout"), a_fact("asthma")))
    rows = around_forty()
    table = {
        "born": [row["born"] for row in rows],
        "pregnancy_weeks": [row["weeks"] for row in rows],
        "pregnancy_days": [row["days"] for row in rows],
        **{fact: [so] * len(rows) for fact, so in {"substance": False, "gout": gout, "asthma": False}.items()},
    }
    wanted = []
    for row in rows:
        term = {"weeks": row["weeks"], **({} if row["days"] is None else {"days": row["days"]})}
        illnesses = {"no": ["asthma"], "yes": ["gout"] if gout else []}
        told = {"born": row["born"], "pregnancy": term, "conditions": illnesses, "allergies": {"no": ["substance"]}}
        patient = Patient.model_validate(told)
        wanted.append(verdicts(patient, small, as_of=AS_OF, start=course.start, days=course.days)["gel"])
    assert judged(table, small, start=course.start, days=course.days) == wanted
    assert gout or name != "nested" or "excluded" not in wanted


def test_two_windows_that_meet_on_different_days_only_are_not_met() -> None:
    small = one_remedy([a_rule("both", CONJUNCTIONS["age and trimester"])])
    # The first trimester ends with the day of the check; the first turns 40 two days later, the second on that day.
    table = {"born": ["1986-11-27", "1986-11-25"], "pregnancy_weeks": [13, 13], "pregnancy_days": [6, 6]}
    assert judged({**table, "substance": [False, False]}, small) == ["allowed", "excluded"]


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) else None


WINDOWS: list[Ranges] = [((100, 102),), ((102, 106),), ((98, 99),), ((0, 2),), ((5, 7), (100, 101)), ((313, 316),)]


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_a_window_that_is_shorter_than_a_course_is_met_on_its_days(window: Ranges) -> None:
    # No record says such a window, so the compiled one is replaced.
    rulebook = one_remedy([a_rule("pregnant", FIRST)]).rulebook
    ((_, bit),) = rulebook.clauses.pregnancies
    rulebook = rulebook._replace(clauses=rulebook.clauses._replace(pregnancies=((window, bit),)))
    days = [*range(12), *range(90, 110), *range(300, 315)]
    told: list[dict[str, Any]] = [
        *({"pregnancy": {"weeks": day // 7, "days": day % 7}} for day in days),
        *({"pregnancy": {"weeks": week}} for week in (0, 1, 13, 14, 43, 44)),
        *({"pregnancy": one} for one in ("yes", "possible", "no", None)),
        *({"pregnancy": {"trimester": number}} for number in (1, 2, 3)),
    ]
    cells = [one["pregnancy"] for one in told]
    table = {
        "id": list(range(len(told))),
        "pregnancy": [
            f"trimester-{cell['trimester']}" if isinstance(cell, dict) and "trimester" in cell else _text(cell)
            for cell in cells
        ],
        "pregnancy_weeks": [cell.get("weeks") if isinstance(cell, dict) else None for cell in cells],
        "pregnancy_days": [cell.get("days") if isinstance(cell, dict) else None for cell in cells],
        "substance": [False] * len(told),
    }
    for ahead, length in ((0, 5), (2, 3), (-2, 4)):
        course = Course(AS_OF, AS_OF + timedelta(ahead), length)
        frame, leave = entered(POLARS.enter(table))
        program = program_of(rulebook, layout_of(kinds_of(frame), (), rulebook.vocabulary), (), course)
        answer = program.verdicts(rulebook.remedies, reasons=False).asked_of(program.prepared(frame))
        found = leave(answer)["gel"].cast(pl.String).to_list()
        terms = terms_of(as_of=AS_OF, start=course.start, days=course.days)._replace(rulebook=rulebook)
        for one, verdict in zip(told, found, strict=True):
            patient = Patient.model_validate({**one, "allergies": {"no": ["substance"]}})
            assert verdict == rulebook.remedies[0].verdict(*masks(rulebook, terms.situation(patient))), (one, course)


@pytest.mark.parametrize("engine", [POLARS, PYARROW, DUCKDB], ids=str)
def test_an_age_from_which_a_rule_holds_is_reached_within_a_course(engine: Engine) -> None:
    small = one_remedy([a_rule("old", FORTY)])
    born = [date(1986, 11, 25), date(1986, 11, 29), date(1986, 11, 30), date(1980, 1, 1), date(2000, 1, 1), None]
    table = {"id": list(range(6)), "born": born, "substance": [False] * 6}
    rows = engine.leave(screen(engine.enter(table), small, as_of=AS_OF, days=5).verdicts)
    assert {row["id"]: row["gel"] for row in rows} == {
        **dict.fromkeys((0, 1, 3), "excluded"),
        **dict.fromkeys((2, 4), "allowed"),
        5: "undecided",
    }
