"""How a screened table is compared with what ``verdicts`` says of each of its rows alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from screening.engines import columns_of
from screening.people import drawn, expected
from screening.people_columns import AS_OF, SHIPPED

from remedies.screening import screen

if TYPE_CHECKING:
    from screening.engines import Engine
    from screening.people import Facts, Row
    from screening.people_columns import Course

REMEDIES = [remedy.id for remedy in SHIPPED.rulebook.remedies]

BROKEN = 0.15
"""The share of rows with nonsense; many more contradict themselves."""


Verdicts = dict[str, Any]
"""The verdict on each remedy."""

NONE: Verdicts = dict.fromkeys(REMEDIES)
"""What a row gets that is rejected."""


def people(number: int, seed: int, facts: Facts, course: Course) -> list[Row]:
    """Draw people of whom some hold nonsense."""
    return drawn(number, seed, facts=facts, broken=BROKEN, course=course)


def alone(rows: list[Row], course: Course) -> dict[object, Verdicts]:
    """Return what ``verdicts`` says of each row alone, by its id."""
    return {row.cells["id"]: expected(row, start=course.start, days=course.days) or NONE for row in rows}


def differences(engine: Engine, rows: list[Row], course: Course, wanted: dict[object, Verdicts]) -> list[str]:
    """Screen rows on an engine, and describe each of them that gets something else than is wanted."""
    found = screen(
        engine.enter(columns_of(row.cells for row in rows)), as_of=AS_OF, start=course.start, days=course.days
    )
    assert isinstance(found.verdicts, engine.kind)
    assert isinstance(found.rejects, engine.kind)
    answers = engine.leave(found.verdicts)
    judged = {row.pop("id"): row for row in answers}
    reasons = {row["id"]: row["reason"] for row in engine.leave(found.rejects)}
    assert len(answers) == len(judged) == len(rows)
    assert all(reasons.values()), "every reject has a reason"
    different = [
        f"{engine}, {course}: {row.cells}: {_unlike(judged[row.cells['id']], wanted[row.cells['id']])}"
        for row in rows
        if judged[row.cells["id"]] != wanted[row.cells["id"]]
    ]
    rejected = {name for name, verdicts in wanted.items() if verdicts is NONE}
    different += [f"{engine}, {course}: {name} is rejected in one place only" for name in rejected ^ reasons.keys()]
    return different


def _unlike(judged: Verdicts, wanted: Verdicts) -> dict[str, tuple[object, object]]:
    """Keep the remedies on which two do not agree: what was found, and what was wanted."""
    names = dict.fromkeys([*judged, *wanted])
    return {name: (judged.get(name), wanted.get(name)) for name in names if judged.get(name) != wanted.get(name)}
