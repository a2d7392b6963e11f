"""What may be asked of a table: compiled once for its columns, whatever stands in its rows."""

from __future__ import annotations

from functools import cached_property, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from remedies.checking.reasons import reason_book
from remedies.knowledge.topics import EFFECTS, STRENGTH, VERDICT
from remedies.screening.asking import Case, Choice, Question
from remedies.screening.cells import cells_of
from remedies.screening.compiled import Clauses, Facts
from remedies.screening.nodes import FALSE, TRUE, Given, Yes, all_of, any_of, but, no
from remedies.screening.person import Person
from remedies.screening.stages import Stages
from remedies.screening.statements import statements_of
from remedies.screening.words import spoken_in, statements_in, word_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from remedies.knowledge.rulebook import CompiledRemedy, Rulebook
    from remedies.screening.columns import Layout
    from remedies.screening.compiled import Known
    from remedies.screening.door import Frame
    from remedies.screening.nodes import Node
    from remedies.screening.person import Course
    from remedies.screening.statements import Effect

REASON = "reason"
"""The column of a rejected row that says why."""

REJECTED = "rejected"
"""The column that says whether a row is rejected."""

URGENT = "urgent"
"""The column that says whether a warning sign needs a doctor now."""


def reason_column(remedy: str) -> str:
    """Name the column of the first reason of a verdict."""
    return f"{remedy}: rule"


class Program:
    """Everything that may be asked of tables with certain columns."""

    def __init__(self, rulebook: Rulebook, layout: Layout, effects: Sequence[Effect], course: Course) -> None:
        """Take the columns of a table, what its words do, and the course."""
        vocabulary = rulebook.vocabulary
        self._rulebook = rulebook
        self._cells = cells_of(layout, vocabulary)
        self._person = Person(layout, spoken_in(effects), course)
        said = [*statements_of(layout.facts(vocabulary), vocabulary), *statements_in(effects)]
        facts = Facts(vocabulary, said, layout.closed)
        begin = (course.start - course.as_of).days
        person = self._person.clauses(rulebook.clauses, begin, course.days)
        self._clauses = Clauses(rulebook, facts, person, list(self._days(begin, course.days)))
        columns = {**word_faults(layout), **self._cells.faults}
        wrong = [
            ("the id is missing", no(Given("id"))),
            *((message, Yes(name)) for name, message in columns.items()),
            *self._person.faults(),
            *((f"{fact} is given both as yes and as no", where) for fact, where in facts.contradictions()),
        ]
        self._faults = [Case(where, message) for message, where in wrong if where != FALSE]
        self._rejected = any_of(case.where for case in self._faults)
        self._verdicts: dict[tuple[object, ...], Question] = {}

    def _days(self, begin: int, days: int) -> Iterator[Mapping[int, Known]]:
        """Yield what is known of the person on each day, if a conjunction asks for two things that change with it."""
        clauses = self._rulebook.clauses
        moving = clauses.age | clauses.pregnancy | sum(bit for _, bit in clauses.later_ages)
        several = False
        for parts, bit in clauses.conjunctions:
            # Inner ones come first, so that one that changes is known to by those that look at it.
            changing = sum(bool(part & moving) for part in parts)
            several |= changing > 1
            moving |= bit if changing else 0
        if several:
            for day in range(begin, begin + days):
                yield self._person.clauses(clauses, day, 1)
        else:
            yield {}

    def prepared(self, frame: Frame) -> Frame:
        """Bring the cells of a table into one form."""
        return frame.with_columns(**self._cells.columns) if self._cells.columns else frame

    @cached_property
    def rejects(self) -> Question:
        """Ask whether each row is to be rejected, and for each thing that may be wrong whether it is."""
        stages = Stages([self._rejected, *(case.where for case in self._faults)])
        faults = zip(self.faults, (stages.of(case.where) for case in self._faults), strict=True)
        return Question(stages.stages, {REJECTED: stages.of(self._rejected), **dict(faults)})

    @property
    def faults(self) -> dict[str, str]:
        """What may be wrong, in words, by the columns of ``rejects``."""
        return {f"fault {number}": str(case.says) for number, case in enumerate(self._faults)}

    @cached_property
    def signs(self) -> Question:
        """Ask of each warning sign whether somebody has it, by its name, the urgent ones first; rejects have none."""
        number = self._rulebook.vocabulary.number
        signs = {
            sign.fact: but(self._clauses.of(1 << number[sign.fact]).so, self._rejected) for sign in self._rulebook.signs
        }
        found = {sign: where for sign, where in signs.items() if where != FALSE}
        urgent = any_of(found.get(sign.fact, FALSE) for sign in self._rulebook.signs if sign.urgency == "now")
        stages = Stages([*found.values(), urgent])
        return Question(
            stages.stages,
            {URGENT: stages.of(urgent), **{sign: stages.of(where) for sign, where in found.items()}},
        )

    def verdicts(self, remedies: Sequence[CompiledRemedy], *, reasons: bool) -> Question:
        """Ask for the verdict on remedies in every row, which is null where the row is rejected.

        Args:
            remedies: those that are asked about.
            reasons: add the rule that is the first reason of each verdict.
        """
        key = (tuple(remedy.id for remedy in remedies), reasons)
        if key not in self._verdicts:
            columns: dict[str, Choice] = {}
            for remedy in remedies:
                columns[remedy.id] = self._verdict(remedy)
                if reasons:
                    columns[reason_column(remedy.id)] = Choice(list(self._reasons(remedy)))
            self._verdicts[key] = self._asked(columns)
        return self._verdicts[key]

    def _asked(self, columns: Mapping[str, Choice]) -> Question:
        stages = Stages([node for column in columns.values() for node in column.nodes()])
        return Question(stages.stages, {name: column.over(stages) for name, column in columns.items()})

    def _verdict(self, remedy: CompiledRemedy) -> Choice:
        """Return the verdict on a remedy: where floor and ceiling meet, the strongest first, and else undecided.

        An effect counts where every stronger one is ruled out, which is asked once for all of them.
        """
        sums = [(STRENGTH[effect], self._clauses.sums[remedy.id, effect]) for effect in reversed(EFFECTS)]
        decided: Node = TRUE
        for _, known in reversed(sums):
            decided = any_of((known.so, all_of((known.settled, decided))))
        strongest, *weaker = sums
        # Few rows come as far as the inner choice, and for the others an engine may leave it out.
        weak = [Case(known.so, VERDICT[strength][strength]) for strength, known in weaker]
        cases = [
            Case(self._rejected, None),
            Case(strongest[1].so, VERDICT[strongest[0]][strongest[0]]),
            Case(decided, Choice([*weak, Case(TRUE, VERDICT[0][0])], verdict=True)),
            Case(TRUE, VERDICT[0][-1]),
        ]
        return Choice(cases, verdict=True)

    def _reasons(self, remedy: CompiledRemedy) -> Iterator[Case]:
        """Yield the rules of a remedy in the order of a report: those that hold, then those that may."""
        yield Case(self._rejected, None)
        book = reason_book(self._rulebook)
        rules = sorted(map(book.rule, remedy.rules), key=attrgetter("rank"))
        known = [(one.rule.key, self._clauses.of(one.mask)) for one in rules]
        for key, rule in known:
            yield Case(rule.so, key)
        for key, rule in known:
            yield Case(no(rule.settled), key)

    def excluding(self, remedies: Sequence[CompiledRemedy]) -> Question:
        """Ask of every rule that may exclude one of some remedies whether it holds in a row that is not rejected."""
        numbers = dict.fromkeys(number for remedy in remedies for number in remedy.rules)
        rules = [rule for rule in map(self._rulebook.rules.__getitem__, numbers) if rule.effect == "exclude"]
        holding = {rule.key: but(self._clauses.of(rule.mask).so, self._rejected) for rule in rules}
        stages = Stages(holding.values())
        return Question(stages.stages, {key: stages.of(where) for key, where in holding.items() if where != FALSE})


@lru_cache(maxsize=64)
def program_of(rulebook: Rulebook, layout: Layout, effects: tuple[Effect, ...], course: Course) -> Program:
    """Compile what may be asked of tables alike; tables of one kind are screened again and again."""
    return Program(rulebook, layout, effects, course)
