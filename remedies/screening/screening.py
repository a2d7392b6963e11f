"""A table of patients in, a verdict on every remedy in every row out, worked out by the caller's own engine."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from remedies.checking.terms import terms_of
from remedies.core.errors import of_type, texts
from remedies.knowledge.topics import MOST_DAYS, VERDICTS
from remedies.knowledge.vocabulary import bits
from remedies.screening.cells import cells_of
from remedies.screening.columns import layout_of
from remedies.screening.compiled import Known
from remedies.screening.door import entered, kinds_of
from remedies.screening.nodes import FALSE, Column, all_of, no, some
from remedies.screening.person import Course, Person
from remedies.screening.stages import Stages
from remedies.screening.statements import statements_of
from remedies.screening.words import counted_words, lexis_of, spoken_in, statements_in, with_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from remedies.checking.terms import Terms
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.rulebook import CompiledRemedy, Rulebook
    from remedies.screening.columns import Layout
    from remedies.screening.compiled import Bounds
    from remedies.screening.door import Frame
    from remedies.screening.nodes import Node
    from remedies.screening.words import Lexis, Unclear


def screen(
    frame: Any,  # noqa: ANN401 - a table of any engine
    catalogue: Catalogue | None = None,
    *,
    start: date | None = None,
    days: int = MOST_DAYS,
    as_of: date | None = None,
    remedies: Iterable[str] | None = None,
    other: Iterable[str] = (),
):
    terms = terms_of(catalogue, start=start, days=days, as_of=as_of, remedies=remedies)
    table = entered(frame)
    vocabulary = terms.rulebook.vocabulary
    layout = layout_of(kinds_of(table), frozenset(other), vocabulary)
    lexis = lexis_of(counted_words(table, layout), vocabulary)
    table = table.select("id", *(name for name, _ in layout.kinds))
    worded = with_words(table, layout, lexis)
    cells = cells_of(layout, vocabulary)
    course = Course(terms.as_of, terms.start, terms.days)
    person = Person(layout, spoken_in(lexis), course)
    begin = (terms.start - terms.as_of).days
    clauses = terms.rulebook.clauses
    known = Known(
        terms.rulebook,
        [*statements_of(layout.facts(vocabulary), vocabulary), *statements_in(lexis)],
        layout.closed,
        person.clauses(clauses, begin, terms.days),
        [person.clauses(clauses, begin+d, 1) for d in range(terms.days)],
    )
    faults = [(m, Column(n)) for n, m in {**worded.faults, **cells.faults}.items()] + list(person.faults())
    for fact, node in known.contradictions():
        faults.append((f"{fact} is given both as yes and as no", node))
    faults = [(m, n) for m, n in faults if n != FALSE]
    rejected = some(n for _, n in faults)
    bounds = {r.id: known.bounds(r) for r in terms.remedies}
    wanted = [rejected]
    cases = {}
    for rid, b in bounds.items():
        x, d, p = b
        cases[rid] = (x.holds, all_of((x.ruled_out, d.holds)), all_of((x.ruled_out, d.ruled_out, p.holds)), all_of((x.ruled_out, d.ruled_out, p.ruled_out)))
        wanted += [x.holds, d.holds, p.holds, x.ruled_out, d.ruled_out, p.ruled_out]
    stages = Stages(wanted)
    t = worded.frame
    for cols in (cells.columns, person.numbers, person.comparisons, *stages.columns):
        if cols: t = t.with_columns(**cols)
    names = ("excluded", "ask-doctor", "ask-pharmacist", "allowed")
    out = {}
    V = nw.Enum(VERDICTS)
    enum = t.implementation.is_polars()
    lit = (lambda s: nw.lit(s, dtype=V)) if enum else nw.lit
    for rid, b in bounds.items():
        x, d, p = b
        w = stages.of
        e = nw.when(w(x.holds)).then(lit("excluded")).when(w(x.ruled_out) & w(d.holds)).then(lit("ask-doctor")).when(w(x.ruled_out)&w(d.ruled_out)&w(p.holds)).then(lit("ask-pharmacist")).when(w(x.ruled_out)&w(d.ruled_out)&w(p.ruled_out)).then(lit("allowed")).otherwise(lit("undecided"))
        out[rid] = e
    good = t.filter(~stages.of(rejected).fill_null(False))
    bad = t.filter(stages.of(rejected).fill_null(False))
    reasons = Stages([n for _, n in faults])
    for cols in reasons.columns:
        pass
    return good.select("id", **out).to_native(), bad.select("id").to_native(), stages, lexis
