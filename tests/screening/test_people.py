"""The people that tables are filled with: drawn alike each time, on both sides of every limit, with nonsense."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from screening.people import COURSES, Facts, Row, drawn, drawn_and_broken, expected
from screening.people_bodies import BOUNDARIES, LIMITS, SPELLINGS, healthy_body
from screening.people_columns import AS_OF, CLOSINGS, FACTS, SHIPPED, Columns, Course, Draft
from screening.people_nonsense import NONSENSE, possible

from remedies import Patient
from remedies.checking.moments import ages_on, term_of
from remedies.checking.understood import read_word
from remedies.core.truth import Truth
from remedies.knowledge.topics import PAST_PREGNANCY, STRENGTHS, TOPICS, Verdict

if TYPE_CHECKING:
    from remedies.knowledge.rulebook import CompiledRemedy

NOW, LATER = COURSES[0], COURSES[5]
PEOPLE = 2000
TABLES = pytest.mark.parametrize("facts", ["wide", "words", "both"])


@cache
def people(facts: Facts, course: Course = NOW, seed: int = 1) -> list[tuple[Row, dict[str, str] | None]]:
    """Draw people and judge them."""
    rows = drawn(PEOPLE, seed, facts=facts, course=course)
    return [(row, expected(row, start=course.start, days=course.days)) for row in rows]


def fine(facts: Facts, course: Course) -> list[Patient]:
    """Draw people who do not contradict themselves."""
    both = [*people(facts, course), *people(facts, course, 2)]
    return [Patient.model_validate(row.patient) for row, found in both if found is not None]


def so(cell: object) -> bool | None:
    """Read a cell that holds yes or no."""
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(str(cell).casefold())


@TABLES
def test_the_same_seed_draws_the_same_people_and_another_one_others(facts: Facts) -> None:
    once = drawn(60, 7, facts=facts, broken=0.3)
    assert drawn(60, 7, facts=facts, broken=0.3) == once
    assert drawn(60, 8, facts=facts, broken=0.3) != once


@TABLES
def test_every_row_has_an_id_of_its_own_and_no_empty_cell(facts: Facts) -> None:
    rows = drawn(PEOPLE, 2, facts=facts, broken=0.3)
    assert len({str(row.cells["id"]) for row in rows}) == PEOPLE
    assert all(cell is not None for row in rows for cell in row.cells.values())


@TABLES
@pytest.mark.parametrize("seed", range(4))
def test_every_column_is_of_one_kind(facts: Facts, seed: int) -> None:
    kinds: dict[str, set[type]] = {}
    for row in drawn(300, seed, facts=facts, broken=0.5):
        for column, cell in row.cells.items():
            kinds.setdefault(column, set()).add(type(cell))
    assert {column: found for column, found in kinds.items() if len(found) > 1} == {}


@pytest.mark.slow
@TABLES
def test_cells_and_patient_say_the_same(facts: Facts) -> None:
    for row, _ in people(facts):
        assert row.patient is not None
        for topic in TOPICS:
            told = row.patient.get(topic, {})
            listed: Any = row.cells.get(topic, [])
            words: list[str] = [listed] if isinstance(listed, str) else [*map(str, listed)]
            facts_of = {fact: so(row.cells[fact]) for fact in FACTS if fact in row.cells and topic_of(fact) == topic}
            assert sorted(told.get("yes", [])) == sorted([*(name for name, one in facts_of.items() if one), *words])
            assert sorted(told.get("no", [])) == sorted(name for name, one in facts_of.items() if one is False)
            assert (told.get("rest") == "no") is (so(row.cells.get(CLOSINGS[topic])) is True)


def topic_of(fact: str) -> str:
    """Return the topic of a fact."""
    return SHIPPED.vocabulary[fact].topic


@pytest.mark.parametrize("facts", ["wide", "both"])
def test_every_fact_is_said_to_be_so_and_not_so_by_somebody_without_a_contradiction(facts: Facts) -> None:
    said = {(fact, so(row.cells[fact])) for row, found in people(facts) if found for fact in FACTS if fact in row.cells}
    assert said == {(fact, answer) for fact in FACTS for answer in (True, False)}


@pytest.mark.slow
def test_words_come_out_as_everything_that_a_word_can_come_out_as() -> None:
    kinds: Counter[str] = Counter()
    bodies = set()
    for row in drawn(PEOPLE, 1, facts="words"):
        for topic in TOPICS:
            for word in (row.patient or {}).get(topic, {}).get("yes", []):
                reading = read_word(word, topic, SHIPPED.vocabulary)
                kinds[reading.kind] += 1
                kinds["moved"] += reading.moved is not None
                kinds["closes"] += bool(reading.closes)
                bodies.add(str(reading.pregnancy))
                bodies.add(f"breastfeeding {reading.breastfeeding}")
    names = ("fact", "known", "unclear", "doubt", "denial", "family", "moved", "closes")
    assert {name: kinds[name] > 20 for name in names} == dict.fromkeys(names, True)
    assert {"None", "no", "possible", "yes", "breastfeeding True", "breastfeeding False"} < bodies


@TABLES
def test_topics_are_closed_in_every_combination(facts: Facts) -> None:
    closed = {tuple(so(row.cells.get(column)) is True for column in CLOSINGS.values()) for row, _ in people(facts)}
    assert len(closed) == 2 ** len(TOPICS)


@TABLES
def test_some_people_contradict_themselves_and_most_do_not(facts: Facts) -> None:
    share = sum(found is None for _, found in people(facts)) / PEOPLE
    assert 0.3 < share < 0.6


def reachable(remedy: CompiledRemedy) -> set[Verdict]:
    """Name the verdicts that a remedy can have: none below what always holds, and undecided where more is possible."""
    masks = (remedy.ask_pharmacist, remedy.ask_doctor, remedy.exclude)
    always = SHIPPED.rulebook.clauses.always
    floor = max([0, *(strength for strength, mask in enumerate(masks, 1) if mask & always)])
    more = {STRENGTHS[strength] for strength, mask in enumerate(masks, 1) if mask & ~always and strength > floor}
    return {STRENGTHS[floor], *more, *({"undecided"} if more else ())}


@TABLES
def test_every_remedy_gets_every_verdict_that_it_can_get(facts: Facts) -> None:
    seen = {item for _, found in people(facts) if found for item in found.items()}
    assert seen == {(remedy.id, verdict) for remedy in SHIPPED.rulebook.remedies for verdict in reachable(remedy)}


@pytest.mark.slow
@pytest.mark.parametrize("course", [NOW, LATER])
@pytest.mark.parametrize("limit", LIMITS)
def test_people_stand_on_both_sides_of_every_limit_of_age_and_pass_it_in_a_course(limit: int, course: Course) -> None:
    spans = set()
    last = course.start + timedelta(days=course.days - 1)
    for patient in fine("wide", course):
        before, after = (ages_on(patient, AS_OF, day) for day in (course.start, last))
        spans |= {("below", before[1]), ("reached", before[0])}
        if before[1] < limit <= after[0]:
            spans.add(("passed", limit))
        if before[0] < limit <= before[1]:
            spans.add(("either", limit))
    assert {("below", limit - 1), ("reached", limit), ("passed", limit), ("either", limit)} <= spans


@pytest.mark.parametrize("course", [NOW, LATER])
@pytest.mark.parametrize("boundary", BOUNDARIES[1:])
def test_people_stand_on_both_sides_of_every_boundary_of_pregnancy(boundary: int, course: Course) -> None:
    known, either, passed = set(), False, False
    for patient in fine("wide", course):
        term = term_of(patient.pregnancy, AS_OF)
        if term.pregnant is Truth.YES:
            low, high = term.later((course.start - AS_OF).days)
            known |= {low} if low == high else set()
            either |= low < boundary <= high
            passed |= low == high and low < boundary <= low + course.days - 1
    assert {boundary - 1, boundary} <= known
    assert passed
    assert either or boundary == PAST_PREGNANCY


def test_a_pregnancy_is_told_in_every_form_and_past_its_longest() -> None:
    forms = {
        (kind if isinstance(kind := row.cells.get("pregnancy"), str) else "", *sorted(row.cells.keys() & PARTS))
        for row, found in people("wide")
        if found is not None
    }
    assert len(forms) >= 20
    past = [patient for patient in fine("wide", NOW) if term_of(patient.pregnancy, AS_OF).low >= PAST_PREGNANCY]
    assert past


PARTS = {"pregnancy_weeks", "pregnancy_days", "due"}


def test_a_sex_is_spelled_in_every_way_and_a_birth_date_as_exact_as_it_is_known() -> None:
    rows = [row for seed in range(3) for row in drawn(PEOPLE, seed)]
    spelled = {row.cells["sex"] for row in rows if "sex" in row.cells}
    assert spelled == {form for forms in SPELLINGS.values() for form in forms}
    born = [row.cells["born"] for row in rows if "born" in row.cells]
    assert {len(day) for day in born if isinstance(day, str)} == {4, 7, 10}
    days = {str(day)[5:] for day in born}
    assert {"02-29", "02-28", "01-31", "11-30"} <= days


@pytest.mark.parametrize("name", NONSENSE)
@pytest.mark.parametrize("seed", range(5))
def test_nonsense_is_the_reason_why_a_row_gets_no_verdict(name: str, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - people, no secrets
    columns = next(one for one in iter(lambda: Columns(random), None) if possible(name, one, words=True))
    draft = Draft(columns, random)
    healthy_body(draft, random)
    rows = []
    for spoil in (lambda _: None, NONSENSE[name]):
        spoil(draft)
        rows.append(Row(dict(draft.cells), draft.patient()))
    assert [expected(row, **NOW._asdict()) is None for row in rows] == [False, True]
    assert rows[0].cells != rows[1].cells


def test_every_kind_of_nonsense_is_drawn_and_none_gets_a_verdict() -> None:
    drawn_kinds = set()
    for seed in range(8):
        for row, kind in drawn_and_broken(400, seed, facts="both", broken=0.5):
            if kind:
                drawn_kinds.add(kind)
                assert expected(row, **NOW._asdict()) is None, kind
    assert drawn_kinds == NONSENSE.keys()


def test_courses_begin_before_the_day_of_the_check_on_it_and_after_it_and_have_every_length() -> None:
    assert {course.days for course in COURSES} == {1, 2, 3, 4, 5}
    ahead = [(course.start - AS_OF).days for course in COURSES]
    assert (min(ahead) < 0, 0 in ahead, max(ahead)) == (True, True, 60)


def test_a_row_that_cannot_be_written_as_a_patient_gets_no_verdict() -> None:
    said: dict[str, Any] = {"id": "1"}
    assert expected(Row({"id": 1}, None), **NOW._asdict()) is None
    assert expected(Row({"id": 1}, said), start=date(2026, 11, 25), days=5) is not None
