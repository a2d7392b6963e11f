"""A table of patients in, a verdict on every remedy in every row out, worked out by the caller's own engine."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from remedies.checking.terms import terms_of
from remedies.core.errors import of_type, texts
from remedies.knowledge.topics import MOST_DAYS, VERDICTS
from remedies.screening.columns import layout_of
from remedies.screening.door import entered, kinds_of
from remedies.screening.person import Course
from remedies.screening.program import REASON, REJECTED, URGENT, program_of
from remedies.screening.words import counted_words, eager, lexis_of, with_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from remedies.checking.terms import Terms
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.topics import Verdict
    from remedies.screening.asking import Question
    from remedies.screening.door import Frame
    from remedies.screening.program import Program
    from remedies.screening.words import Unclear


_ROWS = "rows"
"""The column of a count that says of how many rows."""

_TOGETHER = 16
"""So many texts are put together at a time."""

_MORE_THAN_ALL = 2**62
"""No table has so many rows."""


class Counts(NamedTuple):
    """How many rows there are of each kind."""

    rows: int
    """All rows of the table."""
    rejected: int
    """Rows that contradict themselves or hold nonsense."""
    verdicts: dict[str, dict[Verdict, int]]
    """Per remedy, how many of the other rows got each verdict."""
    signs: dict[str, int]
    """Per warning sign, how many of the other rows have it; these people need a doctor before any remedy."""
    rules: dict[str, int]
    """Per rule that excludes a remedy, in how many of them it holds; the most frequent first."""


class Screening:
    """What was found in a table of patients; none of it is computed before the caller's engine is asked for it.

    Tables are of the caller's kind, and as lazy as the caller's table. Each row stands in ``verdicts`` or in
    ``rejects``, under its id; rows may come in another order.
    """

    def __init__(
        self,
        table: Frame,
        program: Program,
        terms: Terms,
        *,
        reasons: bool,
        leave: Callable[[Frame], Any],
        plain: bool,
        notes: tuple[str, ...],
        unclear: tuple[Unclear, ...],
    ) -> None:
        """Take a table that was prepared; ``screen`` does all this."""
        self._table = table
        self._program = program
        self._terms = terms
        self._reasons = reasons
        self._leave = leave
        self.as_of, self.start, self.days = terms.as_of, terms.start, terms.days
        self.plain = plain
        """Whether every cell came in the form in which it is asked for, so that nothing is gained by ``kept``."""
        self.notes = notes
        """What the table says of nobody, in a sentence each."""
        self.unclear = unclear
        """Words that were not understood, the most frequent first; each keeps its topic open where it stands."""

    def kept(self, keep: Callable[[Any], Any]) -> Screening:
        """Return the same, without working out anew for every question what the cells and words of the table say.

        Args:
            keep: takes the table as it was prepared, writes it somewhere, and returns it as it is read again.
        """
        table = nw.from_native(keep(self._table.to_native()))
        return Screening(
            table,
            self._program,
            self._terms,
            reasons=self._reasons,
            leave=self._leave,
            plain=True,
            notes=self.notes,
            unclear=self.unclear,
        )

    @cached_property
    def verdicts(self) -> Any:  # noqa: ANN401 - a table of the caller's engine
        """A table of ``id`` and a column per remedy with its verdict.

        With ``reasons`` there is a column such as ``finalgon: rule`` beside each. It names the rule that is the
        first reason of a report, and is null where no rule is against the remedy.
        """
        return self._leave(self._wide(reasons=self._reasons))

    @cached_property
    def long(self) -> Any:  # noqa: ANN401 - as above
        """The verdicts as a table of ``id``, ``remedy`` and ``verdict``: a row for each patient and remedy."""
        names = [remedy.id for remedy in self._terms.remedies]
        wide = self._wide(reasons=False)
        if wide.implementation.is_duckdb():
            # Its own words, since narwhals would ask another connection.
            remedies, columns = (", ".join(f"{quote}{name}{quote}" for name in names) for quote in "'\"")
            return wide.to_native().project(f"id, unnest([{remedies}]) AS remedy, unnest([{columns}]) AS verdict")
        long = wide.unpivot(on=names, index="id", variable_name="remedy", value_name="verdict")
        return self._leave(long)

    @cached_property
    def rejects(self) -> Any:  # noqa: ANN401 - as above
        """A table of ``id`` and ``reason``: rows that contradict themselves or hold nonsense, and all that is wrong."""
        rejected = self._program.rejects.asked_of(self._table).filter(nw.col(REJECTED))
        reason = _listed(self._program.faults)
        return self._leave(rejected.select("id", reason.alias(REASON)))

    @cached_property
    def referrals(self) -> Any:  # noqa: ANN401 - as above
        """A table of ``id``, ``urgent`` and ``signs``: who has a warning sign, and needs a doctor before any remedy.

        ``urgent`` is true where one of the signs needs a doctor now; the signs stand with the urgent ones first.
        """
        question = self._program.signs
        signs = [name for name in question.columns if name != URGENT]
        asked = _worked_out(question.asked_of(self._table))
        who = nw.any_horizontal(*signs, ignore_nulls=False) if signs else nw.col(URGENT)
        found = asked.filter(who).select("id", URGENT, _listed({sign: sign for sign in signs}).alias("signs"))
        return self._leave(found)

    def counts(self) -> Counts:
        """Count rows, rejects, verdicts, and how often each rule excludes. The engine reads the whole table for it."""
        return self.counted(map(nw.to_native, map(eager, map(nw.from_native, self.counting))))

    @cached_property
    def counting(self) -> tuple[Any, Any, Any]:
        """What ``counts`` asks, as tables of one row, for whoever has the engine answer several questions at once."""
        remedies = self._terms.remedies
        asked = _worked_out(self._program.verdicts(remedies, reasons=False).asked_of(self._table))
        cells = {f"{remedy.id}: {verdict}": nw.col(remedy.id) == verdict for remedy in remedies for verdict in VERDICTS}
        cells[REJECTED] = nw.col(remedies[0].id).is_null()
        verdicts = asked.select(_rows(), **{name: _times(where) for name, where in cells.items()})
        signs, rules = self._often(self._program.signs), self._often(self._program.excluding(remedies))
        return verdicts.to_native(), signs.to_native(), rules.to_native()

    def counted(self, tables: Iterable[Any]) -> Counts:
        """Read the counts from the tables of ``counting`` when the engine has computed them."""
        found, signs, rules = map(_only_row, tables)
        return Counts(
            rows=found[_ROWS],
            rejected=found[REJECTED],
            verdicts={
                remedy.id: {verdict: found[f"{remedy.id}: {verdict}"] for verdict in VERDICTS}
                for remedy in self._terms.remedies
            },
            signs=_most_frequent_first(signs),
            rules=_most_frequent_first(rules),
        )

    def _often(self, question: Question) -> Frame:
        """Count the rows in which each thing that a question asks is so."""
        names = [name for name in question.columns if name != URGENT]
        asked = _worked_out(question.asked_of(self._table))
        return asked.select(_rows(), **{name: _times(nw.col(name)) for name in names})

    def _wide(self, *, reasons: bool) -> Frame:
        return self._program.verdicts(self._terms.remedies, reasons=reasons).asked_of(self._table)


def _listed(texts: Mapping[str, str]) -> nw.Expr:
    """Write the texts of the columns that are so, one behind the other."""
    parts = [nw.when(nw.col(name)).then(nw.lit(f"; {text}")).otherwise(nw.lit("")) for name, text in texts.items()]
    # Some engines put the second to the first, the third to both, and so on; hundreds are too deep for their stack.
    while len(parts) > _TOGETHER:
        parts = [nw.concat_str(*parts[at : at + _TOGETHER]) for at in range(0, len(parts), _TOGETHER)]
    return nw.concat_str(nw.lit(""), *parts).str.slice(len("; "))


def _worked_out(frame: Frame) -> Frame:
    """Have each row worked out before rows are counted or chosen.

    DuckDB would write all that a sum or a choice needs into each of its parts.
    """
    if not frame.implementation.is_duckdb():
        return frame
    every: Frame = nw.from_native(frame.to_native().limit(_MORE_THAN_ALL))
    return every


def _times(where: nw.Expr) -> nw.Expr:
    """Count the rows in which something is so."""
    return nw.when(where).then(nw.lit(1)).otherwise(nw.lit(0)).sum()


def _rows() -> nw.Expr:
    return nw.len().alias(_ROWS)


def _only_row(table: object) -> dict[str, int]:
    """Read a table of one row that the engine has computed."""
    frame: nw.DataFrame[Any] = nw.from_native(table, eager_only=True)
    return {name: int(number or 0) for name, number in frame.rows(named=True)[0].items()}


def _most_frequent_first(found: dict[str, int]) -> dict[str, int]:
    return dict(sorted(((name, times) for name, times in found.items() if name != _ROWS), key=lambda one: -one[1]))


def screen(
    frame: Any,  # noqa: ANN401 - a table of whichever engine the caller has
    catalogue: Catalogue | None = None,
    *,
    start: date | None = None,
    days: int = MOST_DAYS,
    as_of: date | None = None,
    remedies: Iterable[str] | None = None,
    other: Iterable[str] = (),
    reasons: bool = False,
) -> Screening:
    """Check every row of a table of patients, as ``check`` would, on the engine that the table is of.

    A column is read by its name: ``id``; ``age_years``, ``age_months`` or ``born``; ``sex``; ``pregnancy``,
    ``pregnancy_weeks``, ``pregnancy_days``, ``due``; ``breastfeeding``; the id of any fact, true or false;
    ``closed_conditions`` and so on, true where nothing else is so in a topic; ``conditions`` and so on, a list of
    words or one text. A null is unknown, and so is for everybody what there is no column for.

    A lazy table stays lazy. Only columns of words are looked at at once, for their distinct words.

    Args:
        frame: a table of Polars, pandas, PyArrow, DuckDB or PySpark.
        catalogue: the shipped one unless given.
        start: first day of the course; the day of the check unless given.
        days: length of the course, 1 to 5 days.
        as_of: the day of the check, on which everything in the table holds; today unless given.
        remedies: ids or names; all remedies unless given.
        other: columns that were looked at and set aside, since they say nothing of what may be used.
        reasons: also name the rule that is the first reason of each verdict.

    Raises:
        ArgumentError: something is of the wrong Python type, or this is no table.
        CourseError: the days or the start cannot be used.
        MissingExtraError: the engine is older than what was tested.
        InputError: there is no ``id``, or a column is not understood or holds something else.
        UnknownRemedyError: a named remedy does not exist.
    """
    terms = terms_of(catalogue, start=start, days=days, as_of=as_of, remedies=remedies)
    aside = texts(other, "other", "a list of columns")
    of_type(reasons, bool, "reasons", "true or false")
    table, leave = entered(frame)
    kinds = kinds_of(table)
    vocabulary = terms.rulebook.vocabulary
    layout = layout_of(kinds, aside, vocabulary)
    read = {"id", *(name for name, _ in layout.kinds)}
    if read != kinds.keys() or kinds["id"] == "empty":
        # Where nobody has an id, or there is nobody, it may be of a type that cannot be joined.
        names = nw.col("id").cast(nw.String) if kinds["id"] == "empty" else nw.col("id")
        table = table.select(names, *(name for name, _ in layout.kinds))
    lexis = lexis_of(counted_words(table, layout), vocabulary)
    course = Course(terms.as_of, terms.start, terms.days)
    program = program_of(terms.rulebook, layout, lexis.effects, course)
    return Screening(
        program.prepared(with_words(table, layout, lexis)),
        program,
        terms,
        reasons=reasons,
        leave=leave,
        plain=layout.plain,
        notes=layout.missing,
        unclear=lexis.unclear,
    )
