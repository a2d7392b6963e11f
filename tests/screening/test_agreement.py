"""The one law of screening: on every engine each row gets what ``verdicts`` gives the same patient alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from screening.agreeing import alone, differences, people
from screening.engines import ENGINES
from screening.people import COURSES, Facts

if TYPE_CHECKING:
    from screening.engines import Engine
    from screening.people_columns import Course

MODES: tuple[Facts, ...] = get_args(Facts)


@pytest.mark.parametrize("facts", MODES)
@pytest.mark.parametrize("engine", ENGINES, ids=str)
def test_every_row_gets_what_it_would_alone(engine: Engine, facts: Facts) -> None:
    # Each engine and way of telling facts has a course and people of its own, so that together they see all.
    seed = ENGINES.index(engine) * len(MODES) + MODES.index(facts)
    course = COURSES[seed % len(COURSES)]
    rows = people(150, seed, facts, course)
    assert differences(engine, rows, course, alone(rows, course)) == []


@pytest.mark.slow
@pytest.mark.parametrize("course", COURSES, ids=lambda course: f"{course.days} days from {course.start}")
@pytest.mark.parametrize("facts", MODES)
def test_every_row_of_twenty_thousand_gets_what_it_would_alone(facts: Facts, course: Course) -> None:
    rows = people(600, 1000 + COURSES.index(course), facts, course)
    wanted = alone(rows, course)
    for engine in ENGINES:
        assert differences(engine, rows, course, wanted) == []
