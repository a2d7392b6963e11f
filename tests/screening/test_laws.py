"""The parts of screening against what a check does for one patient: ways, sums, limits of age, and expressions."""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce
from itertools import combinations, product
from operator import or_
from random import Random
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pytest
from screening.engines import ENGINES, Engine
from screening.people import COURSES, drawn
from screening.people_columns import AS_OF, FACTS, SHIPPED, VOCABULARY

from remedies import Patient, PatientError
from remedies.checking.known import saying_of
from remedies.checking.moments import completed_months, months_before
from remedies.checking.openness import hinted, left_open
from remedies.checking.terms import terms_of
from remedies.checking.verdicts import masks
from remedies.knowledge.topics import EFFECTS, STRENGTH, TOPICS, VERDICT, VERDICTS
from remedies.knowledge.vocabulary import bits
from remedies.screening.ages import MOST_MONTHS, limit_on
from remedies.screening.asking import Case, Choice, Question
from remedies.screening.nodes import FALSE, TRUE, Among, AtLeast, Given, Node, Yes, all_of, any_of, but, no
from remedies.screening.openings import Ways, ways_from, ways_of_hints
from remedies.screening.sharing import shared
from remedies.screening.stages import Stages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RULEBOOK = SHIPPED.rulebook

# What stays open -------------------------------------------------------------------------------------


def denials(random: Random) -> int:
    """Deny some facts: none, few or many, and with each what it is wider than."""
    facts = random.sample(range(len(FACTS)), random.choice([0, 1, 2, 4, 12, 40]))
    return reduce(or_, (VOCABULARY.down[fact] for fact in facts), 0)


def open_by(ways: Ways, denied: int) -> int:
    """Return the facts to which a way leads on which nothing is denied."""
    free = (fact for fact, each in ways.items() if any(not any(denied >> one & 1 for one in way) for way in each))
    return sum(1 << fact for fact in free)


def near(fact: int) -> list[int]:
    """List facts that have to do with another one."""
    return list(bits(VOCABULARY.up[fact] | VOCABULARY.down[fact] | VOCABULARY.prompts[fact]))


@pytest.mark.parametrize("fact", FACTS)
def test_what_a_fact_keeps_open_whatever_is_denied_is_what_a_check_keeps_open(fact: str) -> None:
    random = Random(fact)  # noqa: S311 - facts, no secrets
    said = saying_of(fact, VOCABULARY[fact].topic, "yes", VOCABULARY)
    ways = ways_from(said.named, said.asked, said.others, VOCABULARY)
    reached = sorted(ways) or [0]
    for _ in range(30):
        denied = denials(random)
        for _ in range(random.randrange(3)):
            denied |= VOCABULARY.down[random.choice(near(random.choice(reached)))]
        opened = left_open(said.named, said.asked, denied | said.others, VOCABULARY)
        assert open_by(ways, denied) & ~denied == opened & ~denied


def test_what_several_named_asked_and_ruled_out_facts_keep_open_is_what_a_check_keeps_open() -> None:
    random = Random(1)  # noqa: S311 - as above
    for _ in range(300):
        named = tuple(random.sample(range(len(FACTS)), random.randrange(3)))
        asked, others = (sum(1 << fact for fact in random.sample(range(len(FACTS)), random.randrange(4))) for _ in "ab")
        ways = ways_from(named, asked, others, VOCABULARY)
        for _ in range(10):
            denied = denials(random)
            opened = left_open(named, asked, denied | others, VOCABULARY)
            assert open_by(ways, denied) & ~denied == opened & ~denied


def test_what_was_not_asked_keeps_open_what_a_check_keeps_open() -> None:
    random = Random(2)  # noqa: S311 - as above
    for size in range(1, len(TOPICS)):
        for closed in combinations(TOPICS, size):
            closing = sum(VOCABULARY.topic_mask[topic] for topic in closed)
            unasked = [VOCABULARY.hinting[topic] for topic in TOPICS if topic not in closed]
            every = [ways_of_hints(start, VOCABULARY) for start in unasked]
            for _ in range(50):
                denied = denials(random)
                opened = reduce(or_, (open_by(ways, denied) for ways in every), 0)
                assert opened & ~denied == hinted(closing, denied, VOCABULARY) & ~denied


# Sums ------------------------------------------------------------------------------------------------


def test_shared_sums_give_every_verdict_that_the_rulebook_gives() -> None:
    plan = shared(RULEBOOK)
    seen = set()
    for place, course in enumerate(COURSES):
        terms = terms_of(SHIPPED, as_of=AS_OF, start=course.start, days=course.days)
        for row in drawn(150, 50 + place, course=course):
            try:
                yes, may = masks(RULEBOOK, terms.situation(Patient.model_validate(row.patient)))
            except PatientError:
                continue
            so = [bool(yes >> clause & 1) for clause in range(RULEBOOK.clauses.size)]
            settled = [not (may & ~yes) >> clause & 1 for clause in range(RULEBOOK.clauses.size)]
            for parts in plan.joints:
                so.append(any(so[part] for part in parts))
                settled.append(all(settled[part] for part in parts))
            for remedy in RULEBOOK.remedies:
                verdict = VERDICT[0][0]
                for effect in reversed(EFFECTS):
                    parts = plan.sums[remedy.id, effect]
                    if any(so[part] for part in parts):
                        verdict = VERDICT[STRENGTH[effect]][STRENGTH[effect]]
                        break
                    if not all(settled[part] for part in parts):
                        verdict = "undecided"
                        break
                assert verdict == remedy.verdict(yes, may)
                seen.add(verdict)
    assert seen == set(VERDICTS)


# Ages ------------------------------------------------------------------------------------------------

DAYS = [
    *((AS_OF, AS_OF + timedelta(days=ahead)) for ahead in (-4, 0, 4, 60)),
    *((date(2028, 2, 29), date(2028, 2, 29) + timedelta(days=ahead)) for ahead in (-1, 0, 1, 60)),
    (date(2027, 1, 31), date(2027, 3, 1)),
    (date(2027, 2, 27), date(2027, 2, 28)),
    (date(2027, 2, 28), date(2027, 3, 31)),
    (date(2028, 1, 31), date(2028, 2, 29)),
    (date(2026, 12, 31), date(2027, 1, 1)),
]
"""Days of a check, each with a day of a course."""


@pytest.mark.parametrize(("as_of", "day"), DAYS)
def test_limits_of_age_part_those_who_may_be_younger_from_those_who_may_be_older(as_of: date, day: date) -> None:
    # Who has said so many completed months was born at the latest on the first day, at the earliest on the second.
    born = [(months_before(as_of, said), months_before(as_of, said + 1) + timedelta(days=1)) for said in range(400)]
    ages = [(completed_months(latest, day), completed_months(earliest, day)) for latest, earliest in born]
    for months in range(1, 380):
        limit = limit_on(months, day, as_of)
        assert [said >= limit.least for said in range(400)] == [youngest >= months for youngest, _ in ages]
        assert [said < limit.most for said in range(400)] == [oldest < months for _, oldest in ages]


@pytest.mark.parametrize(("as_of", "day"), DAYS)
@pytest.mark.parametrize("months", [1, 2, 12, 24, 36, 216, 480, 720, MOST_MONTHS])
def test_limits_of_age_part_birthdays_on_their_day(months: int, as_of: date, day: date) -> None:
    limit = limit_on(months, day, as_of).born
    around = months_before(day, months)
    for ahead in range(-400, 400):
        born = around + timedelta(days=ahead)
        number = born.year * 10_000 + born.month * 100 + born.day
        assert (number <= limit) == (completed_months(born, day) >= months), born


# Expressions -----------------------------------------------------------------------------------------

CELLS: dict[str, list[Any]] = {
    "a": [True, False, None],
    "b": [True, False, None],
    "number": [None, -3, 17, 18],
    "text": [None, "", "usual", "it's", "rare"],
}
ROWS = [dict(zip(CELLS, row, strict=True)) for row in product(*CELLS.values())]
TABLE = {"id": list(range(len(ROWS))), **{name: [row[name] for row in ROWS] for name in CELLS}}


def leaves(random: Random) -> list[tuple[Node, list[bool]]]:
    """Return one look at a column of each kind, and both constants, with their truth in every row."""
    flag, column, limit = random.choice("ab"), random.choice(list(CELLS)), random.choice([-3, 0, 18, 19])
    texts = tuple(random.sample(["", "usual", "it's", "rare", "nowhere"], random.randint(1, 4)))
    usual = random.choice([(), ("usual",), ("it's", "")])
    return [
        (Yes(flag), [row[flag] is True for row in ROWS]),
        (Given(column), [row[column] is not None for row in ROWS]),
        (AtLeast("number", limit), [row["number"] is not None and row["number"] >= limit for row in ROWS]),
        (Among("text", texts, usual), [row["text"] in texts for row in ROWS]),
        (TRUE, [True] * len(ROWS)),
        (FALSE, [False] * len(ROWS)),
    ]


def grown(random: Random, depth: int) -> tuple[Node, list[bool]]:
    """Grow an expression by the constructors, together with its truth in every row, by what Python says."""
    if depth == 0 or random.random() < 0.2:
        return random.choice(leaves(random))
    parts = [grown(random, depth - 1) for _ in range(random.randrange(4))]
    one, other = grown(random, depth - 1), grown(random, depth - 1)
    truths = list(zip(*(truth for _, truth in parts), strict=True)) if parts else [()] * len(ROWS)
    match random.choice(["any", "all", "but", "no"]):
        case "any":
            return any_of(node for node, _ in parts), [any(truth) for truth in truths]
        case "all":
            return all_of(node for node, _ in parts), [all(truth) for truth in truths]
        case "but":
            return but(one[0], other[0]), [left and not right for left, right in zip(one[1], other[1], strict=True)]
        case _:
            return no(one[0]), [not truth for truth in one[1]]


def expressions(number: int) -> Iterator[tuple[Node, list[bool]]]:
    """Grow a number of different expressions, small and large."""
    random = Random(3)  # noqa: S311 - as above
    for place in range(number):
        yield grown(random, place % 5)


def asked(engine: Engine, columns: Mapping[str, Choice | Node]) -> list[dict[str, Any]]:
    """Ask an engine about every row."""
    answer = Question([], columns).asked_of(nw.from_native(engine.enter(TABLE))).to_native()
    return sorted(engine.leave(answer), key=lambda row: row["id"])


WRITERS = [engine for engine in ENGINES if engine.name in {"polars", "polars-lazy", "pyarrow", "duckdb"}]


@pytest.mark.parametrize("engine", WRITERS, ids=str)
def test_every_engine_finds_what_python_finds(engine: Engine) -> None:
    grown_ones = [(node, truth) for node, truth in expressions(150) if node not in {TRUE, FALSE}]
    found = asked(engine, {f"e{place}": node for place, (node, _) in enumerate(grown_ones)})
    for place, (node, truth) in enumerate(grown_ones):
        assert [row[f"e{place}"] for row in found] == truth, node


@pytest.mark.parametrize(("copies", "most"), [(-(10**6), 99), (0, 99), (30, 3), (10**6, 2)])
@pytest.mark.parametrize("engine", WRITERS, ids=str)
def test_expressions_over_columns_of_earlier_stages_are_the_same_however_many_stages_are_put_together(
    engine: Engine, copies: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("remedies.screening.stages._COPIES", copies)
    grown_ones = [(node, truth) for node, truth in expressions(150) if node not in {TRUE, FALSE}]
    stages = Stages(node for node, _ in grown_ones)
    assert 2 <= len(stages.stages) <= most
    assert len(stages.stages) > 2 or copies > 0
    question = Question(stages.stages, {f"e{place}": stages.of(node) for place, (node, _) in enumerate(grown_ones)})
    answer = question.asked_of(nw.from_native(engine.enter(TABLE))).to_native()
    found = sorted(engine.leave(answer), key=lambda row: row["id"])
    for place, (node, truth) in enumerate(grown_ones):
        assert [row[f"e{place}"] for row in found] == truth, node


@pytest.mark.parametrize("verdict", [True, False])
@pytest.mark.parametrize("engine", WRITERS, ids=str)
def test_the_first_case_that_applies_is_said_on_every_engine(engine: Engine, *, verdict: bool) -> None:
    random = Random(4)  # noqa: S311 - as above
    pool = list(expressions(60))
    choices, wanted = {}, {}
    for place in range(40):
        cases = [(*random.choice(pool), random.choice([None, *VERDICTS])) for _ in range(random.randrange(5))]
        last = random.choice([None, *VERDICTS])
        name = f"c{place}"
        every = [*(Case(node, says) for node, _, says in cases), Case(TRUE, last)]
        # Some as one choice, some with the later cases in a choice of their own.
        inner = Choice(every[2:], verdict=verdict)
        choices[name] = Choice([*every[:2], Case(TRUE, inner)] if place % 2 else every, verdict=verdict)
        wanted[name] = [next((says for _, truth, says in cases if truth[row]), last) for row in range(len(ROWS))]
    found = asked(engine, choices)
    for name, says in wanted.items():
        assert [row[name] for row in found] == says, choices[name]


def test_a_text_with_a_quote_in_it_stays_a_text_in_sql() -> None:
    choices = {"says": Choice([Case(Yes("a"), "it's; drop table patients"), Case(TRUE, "''")])}
    for engine in WRITERS:
        assert {row["says"] for row in asked(engine, choices)} == {"it's; drop table patients", "''"}


def test_constructors_fold_what_is_always_or_never_so() -> None:
    a, b = Yes("a"), Given("b")
    assert (any_of([]), all_of([]), any_of([FALSE, a, a]), all_of([TRUE, b, b])) == (FALSE, TRUE, a, b)
    assert (any_of([a, TRUE]), all_of([a, FALSE])) == (TRUE, FALSE)
    assert (but(a, FALSE), but(a, TRUE), but(a, a), but(FALSE, a), no(no(a))) == (a, FALSE, FALSE, FALSE, a)
