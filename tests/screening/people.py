"""People as rows of a table and as Patient JSON, as nasty as can be, with the verdicts that each must get."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from screening.people_bodies import body, healthy_body, pregnancy, sex
from screening.people_columns import AS_OF, FACTS, Columns, Course, Draft
from screening.people_facts import closings, disagree, healthy_facts, some_facts
from screening.people_nonsense import NONSENSE, possible
from screening.people_words import Words, disagree_in_words, few_words, some_words, speak_of_a_body

from remedies import Patient, PatientError, verdicts
from remedies.knowledge.topics import MOST_DAYS, TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator

Facts = Literal["wide", "words", "both"]
"""How the facts of a table are told: a column each, words in a column per topic, or both."""

COURSES = (
    *(Course(AS_OF, MOST_DAYS), Course(AS_OF, 1), Course(AS_OF + timedelta(1), 2), Course(AS_OF + timedelta(3), 4)),
    *(Course(AS_OF + timedelta(59), 3), Course(AS_OF + timedelta(60), MOST_DAYS), Course(date(2026, 12, 30), 5)),
    *(Course(AS_OF - timedelta(1), 2), Course(AS_OF - timedelta(4), 5), Course(date(2026, 2, 26), 5)),
    *(Course(date(2024, 2, 27), 3), Course(date(2021, 11, 28), 4)),
)
"""Courses that begin on the day of the check, before it and up to sixty days after it, of every length."""


_DISAGREE: dict[Facts, float] = {"wide": 0.6, "words": 0.85, "both": 0.05}
"""How many people are made to contradict themselves; denied facts and words do so by themselves often enough."""


class Row(NamedTuple):
    """One person."""

    cells: dict[str, object]
    """The cells of the row that are not null."""
    patient: dict[str, Any] | None
    """The same as Patient JSON; nothing where a cell cannot be written there."""


def drawn(
    number: int, seed: int, *, facts: Facts = "wide", broken: float = 0.0, course: Course = COURSES[0]
) -> list[Row]:
    """Draw people of one table, in which every column is of one kind.

    Args:
        number: how many.
        seed: what they depend on.
        facts: how facts are told.
        broken: the share of rows with nonsense.
        course: close to whose days limits of age and of pregnancy are passed.
    """
    return [row for row, _ in drawn_and_broken(number, seed, facts=facts, broken=broken, course=course)]


def drawn_and_broken(
    number: int, seed: int, *, facts: Facts = "wide", broken: float = 0.0, course: Course = COURSES[0]
) -> Iterator[tuple[Row, str]]:
    """Draw the same people, each with the kind of nonsense in its row; "" if there is none."""
    random = Random(f"{seed} {facts}")  # noqa: S311 - people, no secrets
    columns = Columns(random)
    pool = Words(random, number) if facts != "wide" else None
    kinds = [name for name in NONSENSE if possible(name, columns, words=pool is not None)]
    order = random.sample(FACTS, len(FACTS))
    for place in range(number):
        draft = Draft(columns, random)
        _identify(draft, place)
        _tell(draft, facts, pool, course, order[place % len(order)])
        kind = ""
        if random.random() < broken:
            kind = random.choice(kinds)
            NONSENSE[kind](draft)
        yield Row(draft.cells, draft.patient()), kind


def _identify(draft: Draft, place: int) -> None:
    """Give a row an id that no other one has."""
    forms = ("p-{}", "{}", "0{}", "пациент {}", '"{}", a; b', " {}")
    draft.cells["id"] = place if draft.columns.id == "number" else forms[place % len(forms)].format(place)
    draft.body["id"] = str(draft.cells["id"])


def _tell(draft: Draft, told: Facts, pool: Words | None, course: Course, focus: str) -> None:
    """Tell something of a person, without nonsense."""
    random = draft.random
    if random.random() < 0.2:
        healthy_body(draft, random)
        if told != "words":
            healthy_facts(draft, random)
        else:
            for topic in TOPICS:
                draft.close(topic, so=True)
        if pool is not None and random.random() < 0.7:
            few_words(draft, random, pool)
        return
    body(draft, course)
    closings(draft, random)
    if told != "words":
        some_facts(draft, random, focus)
    if pool is not None:
        some_words(draft, random, pool, focus)
    if random.random() < _DISAGREE[told]:
        _contradict(draft, told, pool, course)


def _contradict(draft: Draft, told: Facts, pool: Words | None, course: Course) -> None:
    """Let a person say something that probably contradicts something else."""
    random = draft.random
    ways = ["body", *(["facts"] * 4 if told != "words" else []), *(["words", "words", "words", "said"] if pool else [])]
    match random.choice(ways):
        case "facts":
            disagree(draft, random)
        case "words":
            disagree_in_words(draft, random)
        case "said":
            speak_of_a_body(draft, random)
        case _:
            pregnancy(draft, course)
            sex(draft, "male")


def expected(row: Row, *, as_of: date = AS_OF, start: date, days: int) -> dict[str, str] | None:
    """Return the verdicts that a person must get; nothing where the row must be rejected."""
    if row.patient is None:
        return None
    try:
        return {**verdicts(Patient.model_validate(row.patient), as_of=as_of, start=start, days=days)}
    except PatientError:
        return None
