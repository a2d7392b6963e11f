"""The one law of screening: on every engine each row gets what ``verdicts`` gives the same patient alone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, get_args

import pytest
from screening.agreeing import alone, differences, people
from screening.engines import ENGINES
from screening.people import COURSES, Facts

if TYPE_CHECKING:
    from screening.agreeing import Verdicts
    from screening.engines import Engine
    from screening.people import Row
    from screening.people_columns import Course

MODES: tuple[Facts, ...] = get_args(Facts)

TABLES: dict[Facts, tuple[int, Course]] = {"wide": (1, COURSES[0]), "words": (2, COURSES[7]), "both": (3, COURSES[3])}
"""For each way of telling facts the seed of its people, and a course: of today, begun before, and to begin."""

SLOW_TO_PLAN = {"duckdb": ("wide",)}
"""Where an engine takes seconds for each table, whatever its size, one table must do."""

ALIKE = {"pandas-nullable", "pandas-arrow"}
"""Engines of which the door makes what another one is; they wait for the slow run, which has them all."""

# Tables alike stand beside each other, so that one process draws their people and compiles their questions once.
SMALL = [
    (facts, engine)
    for facts in MODES
    for engine in ENGINES
    if engine.name not in ALIKE and facts in SLOW_TO_PLAN.get(engine.name, MODES)
]


@cache
def small(facts: Facts) -> tuple[list[Row], dict[object, Verdicts]]:
    """Draw people, and judge each alone."""
    seed, course = TABLES[facts]
    rows = people(150, seed, facts, course)
    return rows, alone(rows, course)


@pytest.mark.parametrize(("facts", "engine"), SMALL, ids=str)
def test_every_row_gets_what_it_would_alone(facts: Facts, engine: Engine) -> None:
    rows, wanted = small(facts)
    assert differences(engine, rows, TABLES[facts][1], wanted) == []


@pytest.mark.slow
@pytest.mark.parametrize("course", COURSES, ids=lambda course: f"{course.days} days from {course.start}")
@pytest.mark.parametrize("facts", MODES)
def test_every_row_of_twenty_thousand_gets_what_it_would_alone(facts: Facts, course: Course) -> None:
    rows = people(600, 1000 + COURSES.index(course), facts, course)
    wanted = alone(rows, course)
    for engine in ENGINES:
        assert differences(engine, rows, course, wanted) == []
