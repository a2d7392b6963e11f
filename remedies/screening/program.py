"""What an engine is to compute for a table: compiled once for its columns, whatever stands in its rows."""

from __future__ import annotations

from functools import cached_property, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from remedies.checking.reasons import reason_book
from remedies.knowledge.topics import VERDICT, VERDICTS
from remedies.screening.cells import cells_of
from remedies.screening.compiled import Known
from remedies.screening.nodes import FALSE, TRUE, Column, all_of, no, some, sure
from remedies.screening.person import Person
from remedies.screening.stages import Stages
from remedies.screening.statements import statements_of
from remedies.screening.words import spoken_in, statements_in, word_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from remedies.knowledge.rulebook import CompiledRemedy, Rulebook
    from remedies.screening.columns import Layout
    from remedies.screening.compiled import Pair
    from remedies.screening.door import Frame
    from remedies.screening.nodes import Node
    from remedies.screening.person import Course
    from remedies.screening.stages import Stage
    from remedies.screening.statements import Effect


REASON = "reason"
"""The column of a rejected row that says why."""

REJECTED = "rejected"
"""The column that says whether a row is rejected."""


def reason_column(remedy: str) -> str:
    """Name the column of the first reason of a verdict."""
    return f"{remedy}: rule"


class Case(NamedTuple):
    """What is said where something is so, unless an earlier case applies."""

    where: Node
    says: str


class Question(NamedTuple):
    """Something that is asked of every row: the stages in which it is worked out, and the columns of the answer."""

    stages: Sequence[Stage]
    columns: Mapping[str, nw.Expr]

    def asked_of(self, frame: Frame) -> Frame:
        """Ask a table that was prepared; the answers stand beside its ids."""
        for stage in self.stages:
            frame = frame.select("id", *stage.kept, **stage.added)
        return frame.select("id", **self.columns)


class Program:
    """Everything that may be asked of tables with certain columns."""

    def __init__(self, rulebook: Rulebook, layout: Layout, effects: Sequence[Effect], course: Course) -> None:
        """Take the columns of a table, what its words do, and the course."""
        vocabulary = rulebook.vocabulary
        self._rulebook = rulebook
        self._cells = cells_of(layout, vocabulary)
        self._person = Person(layout, spoken_in(effects), course)
        said = [*statements_of(layout.facts(vocabulary), vocabulary), *statements_in(effects)]
        begin = (course.start - course.as_of).days
        person = self._person.clauses(rulebook.clauses, begin, course.days)
        days = list(self._days(begin, course.days))
        self._known = Known(rulebook, said, layout.closed, person, days)
        self._word_faults = word_faults(layout)
        self._verdicts: dict[tuple[object, ...], Question] = {}
        # What is asked of the person adds to the comparisons, so it is asked before any table is prepared.
        self._person_faults = tuple(self._person.faults())

    def _days(self, begin: int, days: int) -> Iterator[Mapping[int, Pair]]:
        """Yield what is known of the person on each day, if a conjunction asks for two things that change with it."""
        clauses = self._rulebook.clauses
        moving = clauses.age | clauses.pregnancy | sum(bit for _, bit in clauses.later_ages)
        if any(sum(bool(part & moving) for part in parts) > 1 for parts, _ in clauses.conjunctions):
            for day in range(begin, begin + days):
                yield self._person.clauses(clauses, day, 1)
        else:
            yield {}

    def prepared(self, frame: Frame) -> Frame:
        """Bring the cells of a table into one form, and compare its numbers."""
        for columns in (self._cells.columns, self._person.numbers, self._person.comparisons):
            if columns:
                frame = frame.with_columns(**columns)
        return frame

    # Rows that cannot be ------------------------------------------------------------------------------

    @cached_property
    def _faults(self) -> Sequence[Case]:
        """What may be wrong with a row."""
        columns = {**self._word_faults, **self._cells.faults}
        cases = [
            *(Case(Column(name), message) for name, message in columns.items()),
            *(Case(where, message) for message, where in self._person_faults),
            *(
                Case(where, f"{fact} is given both as yes and as no")
                for fact, where in self._known.contradictions()
            ),
        ]
        return [case for case in cases if case.where != FALSE]

    @cached_property
    def _rejected(self) -> Node:
        return sure(some(case.where for case in self._faults))

    @cached_property
    def rejects(self) -> Question:
        """Ask whether each row is to be rejected, and all that is wrong with it."""
        stages = Stages([self._rejected, *(case.where for case in self._faults)])
        reasons = [nw.when(stages.of(where)).then(nw.lit(message)) for where, message in self._faults]
        reason = nw.concat_str(nw.lit(""), *reasons, separator="; ", ignore_nulls=True).str.slice(len("; "))
        return Question(stages.stages, {REASON: reason, REJECTED: stages.of(self._rejected)})

    # Verdicts -----------------------------------------------------------------------------------------

    def verdicts(self, remedies: Sequence[CompiledRemedy], *, enum: bool, reasons: bool) -> Question:
        """Ask for the verdict on remedies in every row, and whether the row is to be rejected.

        Args:
            remedies: those that are asked about.
            enum: write verdicts as one of a few values that the engine numbers; some only know texts.
            reasons: add the rule that is the first reason of each verdict.
        """
        key = (tuple(remedy.id for remedy in remedies), enum, reasons)
        if key not in self._verdicts:
            self._verdicts[key] = self._asked(remedies, enum=enum, reasons=reasons)
        return self._verdicts[key]

    def _asked(self, remedies: Sequence[CompiledRemedy], *, enum: bool, reasons: bool) -> Question:
        verdict: nw.dtypes.DType = nw.Enum(VERDICTS) if enum else nw.String()
        cases: dict[str, tuple[Sequence[Case], nw.dtypes.DType]] = {}
        for remedy in remedies:
            cases[remedy.id] = (tuple(self._verdict(remedy)), verdict)
            if reasons:
                cases[reason_column(remedy.id)] = (tuple(self._reasons(remedy)), nw.String())
        stages = Stages([self._rejected, *(case.where for every, _ in cases.values() for case in every)])
        columns = {name: _first(every, stages, dtype) for name, (every, dtype) in cases.items()}
        return Question(stages.stages, {**columns, REJECTED: stages.of(self._rejected)})

    def _verdict(self, remedy: CompiledRemedy) -> Iterator[Case]:
        """Yield the verdicts on a remedy, the strongest first: where floor and ceiling meet, and else undecided."""
        open_to_weaker: Node = TRUE
        for strength, pair in self._known.bounds(remedy):
            yield Case(all_of((open_to_weaker, pair.holds)), VERDICT[strength][strength])
            open_to_weaker = all_of((open_to_weaker, pair.ruled_out))
        yield Case(open_to_weaker, VERDICT[0][0])
        yield Case(TRUE, VERDICT[0][-1])

    def _reasons(self, remedy: CompiledRemedy) -> Iterator[Case]:
        """Yield the rules of a remedy in the order in which a report names them; nothing is said if none is open."""
        book = reason_book(self._rulebook)
        rules = sorted(map(book.rule, remedy.rules), key=attrgetter("rank"))
        for one in rules:
            yield Case(self._known.holds(one.mask), one.rule.key)
        for one in rules:
            yield Case(no(sure(self._known.ruled_out(one.mask))), one.rule.key)

    # Counts -------------------------------------------------------------------------------------------

    def excluding(self, remedies: Iterable[CompiledRemedy]) -> Question:
        """Ask of every rule that may exclude one of some remedies whether it holds, by its name."""
        numbers = dict.fromkeys(number for remedy in remedies for number in remedy.rules)
        rules = [rule for rule in map(self._rulebook.rules.__getitem__, numbers) if rule.effect == "exclude"]
        holding = {rule.key: self._known.holds(rule.mask) for rule in rules}
        nodes = {key: sure(where) for key, where in holding.items() if where != FALSE}
        stages = Stages([self._rejected, *nodes.values()])
        columns = {key: stages.of(node) for key, node in nodes.items()}
        return Question(stages.stages, {**columns, REJECTED: stages.of(self._rejected)})


def _first(cases: Sequence[Case], stages: Stages, dtype: nw.dtypes.DType) -> nw.Expr:
    """Write a column that says what the first case says that applies."""
    *earlier, (last, otherwise) = [case for case in cases if case.where != FALSE] or [Case(FALSE, "")]
    column = nw.lit(None, dtype=dtype)
    if last == TRUE:
        column = nw.lit(otherwise, dtype=dtype)
    else:
        earlier.append(Case(last, otherwise))
    chain: Any = nw
    for where, says in earlier:
        chain = chain.when(stages.of(where)).then(nw.lit(says, dtype=dtype))
    return chain.otherwise(column) if earlier else column


@lru_cache(maxsize=64)
def program_of(rulebook: Rulebook, layout: Layout, effects: tuple[Effect, ...], course: Course) -> Program:
    """Compile what may be asked of tables alike; tables of one kind are screened again and again."""
    return Program(rulebook, layout, effects, course)
