"""The yardstick: verdicts on a whole table, as somebody would write them by hand for Polars and for DuckDB.

Of everything that a remedy looks at, two columns without nulls are worked out: whether it is *so*, and whether it is
*settled*, which need only be right where it is not so. A sum of such things is so if any of them is, and settled if all
of them are. Both queries are therefore one network of *or*, *and* and *but not*: each distinct operation is worked out
once, sums that several remedies share are shared, and what is used twice is a column of a stage. No null is carried on,
since operations on columns without nulls are several times as fast as strong Kleene ones.

A row that ``screen`` rejects has no verdict here either. What is not here is not in the table: a sex is written female
or male, facts are booleans. ``benchmarks/proof.py`` compares the answers with the library's, and
``benchmarks/screening.py`` the time.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "1")
sys.path.append(str(Path(__file__).parents[1]))

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from remedies.checking.moments import Moment, Term, completed_months, months_before, within
from remedies.core.truth import Truth
from remedies.knowledge.rulebook import Rulebook
from remedies.knowledge.topics import (
    LONGEST_PREGNANCY_WEEKS,
    OLDEST,
    PAST_PREGNANCY,
    TOPICS,
    TRIMESTER_DAYS,
    VERDICTS,
)
from remedies.knowledge.vocabulary import Vocabulary, bits

NEVER, ALWAYS = 0, 1
"""Nodes of a network that are the same in every row."""


class Network:
    """Operations on columns that are true or false, never null; each distinct one is there once, after its parts."""

    def __init__(self) -> None:
        """Start with what is never and what is always so."""
        self.nodes: list[tuple[Any, ...]] = [("never",), ("always",)]
        self._numbers: dict[tuple[Any, ...], int] = {}

    def node(self, *node: Any) -> int:  # noqa: ANN401 - its kind, then a column with a limit or the nodes it joins
        """Return the number of a node."""
        number = self._numbers.setdefault(node, len(self.nodes))
        if number == len(self.nodes):
            self.nodes.append(node)
        return number

    def any_of(self, parts: Iterable[int]) -> int:
        """Join nodes by *or*."""
        found = sorted({*parts} - {NEVER}) or [NEVER]
        return ALWAYS if ALWAYS in found else found[0] if len(found) == 1 else self.node("or", *found)

    def all_of(self, parts: Iterable[int]) -> int:
        """Join nodes by *and*."""
        found = sorted({*parts} - {ALWAYS}) or [ALWAYS]
        return NEVER if NEVER in found else found[0] if len(found) == 1 else self.node("and", *found)

    def but(self, one: int, other: int) -> int:
        """Return what is so where another thing is not."""
        if other == NEVER:
            return one
        return NEVER if one in {NEVER, other} or other == ALWAYS else self.node("but", one, other)

    def below(self, column: str, limit: int) -> int:
        """Return where a number is known and below a limit."""
        return self.but(self.node("given", column), self.node("from", column, limit))

    def parts(self, number: int) -> tuple[int, ...]:
        """Return the nodes that a node joins."""
        kind, *parts = self.nodes[number]
        return tuple(parts) if kind in {"or", "and", "but"} else ()

    def stages(self, outputs: Iterable[int]) -> list[list[int]]:
        """List the nodes that become columns by their stage: those used twice, or early for a later stage."""
        uses, level = dict.fromkeys(outputs, 2), [0] * len(self.nodes)
        for number in range(len(self.nodes) - 1, ALWAYS, -1):
            for part in self.parts(number) if number in uses else ():
                uses[part] = uses.get(part, 0) + 1
        wanted = sorted(uses.keys() - {NEVER, ALWAYS})
        named: set[int] = set()
        for number in wanted:
            parts = self.parts(number)
            level[number] = max((level[part] + (uses[part] > 1) for part in parts), default=0)
            named.update(part for part in parts if level[part] < level[number] or uses[part] > 1)
        named |= set(outputs)
        found: list[list[int]] = [[] for _ in range(max(level) + 1)]
        for number in sorted(named - {NEVER, ALWAYS}):
            found[level[number]].append(number)
        return found

    def reads(self, number: int, named: Iterable[int]) -> Iterator[str]:
        """List the columns from which a node is worked out."""
        for part in self.parts(number):
            if part in named:
                yield f"#{part}"
            else:
                yield from self.reads(part, named)
        if not self.parts(number) and number > ALWAYS:
            yield self.nodes[number][1]


class Known(NamedTuple):
    """What a table tells of something that a remedy looks at, as nodes."""

    so: int
    settled: int
    shut: int = NEVER
    """Settled as well: something wider was denied, or its topic was closed and nothing keeps it open."""


Ways = dict[int, list[int]]
"""Per fact the ways by which it is kept open, each a mask of facts that must not be denied, see ``left_open``."""


def added(found: Ways, fact: int, needs: int) -> bool:
    """Remember a way to a fact, unless one that needs no more is there already."""
    ways = found.setdefault(fact, [])
    if any(not way & ~needs for way in ways):
        return False
    ways[:] = [*(way for way in ways if needs & ~way), needs]
    return True


def spread(start: int, blocked: int, base: int, above: Sequence[int], vocabulary: Vocabulary) -> Ways:
    """Follow what unknown facts keep open, never through a blocked one."""
    found: Ways = {}
    todo = [(fact, base | above[fact]) for fact in bits(start & ~blocked)]
    while todo:
        fact, needs = todo.pop()
        if added(found, fact, needs):
            near = vocabulary.up[fact] | vocabulary.down[fact] | vocabulary.prompts[fact]
            todo += [(other, needs | above[other]) for other in bits(near & ~blocked)]
    return found


def opened_by(root: int, above: Sequence[int], vocabulary: Vocabulary) -> Ways:
    """Return what a fact that is so keeps open; what it keeps open does the same in its turn."""
    found: Ways = {}
    todo, so = [(root, 0)], vocabulary.up[root]
    while todo:
        fact, base = todo.pop()
        start = vocabulary.down[fact] & ~(1 << fact) | vocabulary.prompts[fact]
        for near, ways in spread(start, vocabulary.up[fact], base, above, vocabulary).items():
            new = [needs & ~so for needs in ways if added(found, near, needs & ~so)]
            todo += [(near, needs) for needs in new if not vocabulary.down[fact] >> near & 1]
    return found


def facts(net: Network, vocabulary: Vocabulary) -> list[Known]:
    """Work out every fact, from the columns of all facts and of the topics that are closed."""
    entries, up, down = vocabulary.entries, vocabulary.up, vocabulary.down
    count = range(len(entries))
    above = [sum(1 << wide for wide in count if down[wide] >> fact & 1) for fact in count]
    yes = [net.node("yes", entry.id) for entry in entries]
    given = [net.node("given", entry.id) for entry in entries]
    no = list(map(net.but, given, yes))
    denied = [net.any_of(no[wide] for wide in bits(above[fact])) for fact in count]
    closed = {topic: net.node("yes", f"closed_{topic}") for topic in TOPICS}
    so = dict[int, int]()
    for fact in sorted(count, key=lambda fact: -up[fact].bit_count()):
        below = [one for one in so if up[one] >> fact & 1]
        nearest = [one for one in below if not any(up[one] >> other & 1 for other in below if other != one)]
        so[fact] = net.any_of([yes[fact], *(so[one] for one in nearest)])

    def blocks(fact: int, ways: Iterable[int]) -> list[int]:
        """Return, per way to a fact, where one of what it needs was denied; of it and what is wider nothing is."""
        needed = [[one for one in bits(way & ~above[fact]) if not way & down[one] & ~(1 << one)] for way in ways]
        return [net.any_of(denied[one] for one in way) for way in needed]

    kept: list[list[int]] = [[] for _ in count]
    locks: list[list[int]] = [[] for _ in count]
    for root in count:
        for fact, ways in opened_by(root, above, vocabulary).items():
            kept[fact].append(net.but(yes[root], net.all_of(blocks(fact, ways))))
    for topic, hinting in vocabulary.hinting.items():
        for fact, ways in spread(hinting, 0, 0, above, vocabulary).items():
            if entries[fact].topic != topic:
                locks[fact].append(net.any_of([closed[topic], net.all_of(blocks(fact, ways))]))
    found = []
    for fact, entry in enumerate(entries):
        wider = (denied[one] for one in bits(above[fact]) if one != fact)
        shut = net.but(net.all_of([closed[entry.topic], *locks[fact]]), net.any_of(kept[fact]))
        found.append(Known(so[fact], given[fact], net.any_of([shut, *wider])))
    return found


def limits(truths: Iterable[Iterable[Truth]]) -> tuple[list[int], list[int]]:
    """List the numbers for which something is so on any day of a course, and those for which it may be."""
    days = [set(each) for each in truths]
    return [number for number, each in enumerate(days) if Truth.YES in each], [
        number for number, each in enumerate(days) if each != {Truth.NO}
    ]


def numbered(clauses: Iterable[tuple[Any, int]]) -> Iterator[tuple[Any, int]]:
    """Number clauses as facts are, by the place of their bit."""
    return ((clause, bit.bit_length() - 1) for clause, bit in clauses)


def ages(net: Network, rulebook: Rulebook, course: Sequence[date]) -> dict[int, Known]:
    """Work out every limit of age, by its number."""
    lives: list[list[Moment]] = []
    for months in range(0, 12 * (OLDEST + 1), 12):
        first, last = months_before(course[0], months + 12) + timedelta(1), months_before(course[0], months)
        lives.append([Moment(completed_months(last, day), completed_months(first, day), (0, 0)) for day in course])
    found: dict[int, Known] = {}
    for months, number in numbered(rulebook.clauses.ages):
        held, may = limits([day.age_below(months) for day in life] for life in lives)
        found[number] = Known(net.below("age_years", len(held)), net.node("from", "age_years", len(may)))
    for months, number in numbered(rulebook.clauses.later_ages):
        held, may = limits([day.age_from(months) for day in life] for life in lives)
        found[number] = Known(net.node("from", "age_years", held[0]), net.below("age_years", may[0]))
    return found


AGE, WEEKS, SAID = "age_years", "pregnancy_weeks", "pregnancy"

TRIMESTERS = ("trimester-1", "trimester-2", "trimester-3")
PREGNANT = {"yes": (0, PAST_PREGNANCY), **dict(zip(TRIMESTERS, TRIMESTER_DAYS.values(), strict=True))}
"""What may be said of a pregnancy beside its weeks: the first of its days and the one past the last."""


def childbearing(net: Network, rulebook: Rulebook, days: int) -> dict[int, Known]:
    """Work out every window of pregnancy, and breastfeeding, by its number; see ``_childless`` for who is not asked."""
    childless = net.any_of([net.node("is", "sex", "male"), net.below(AGE, 10), net.node("from", AGE, 60)])
    unsaid = net.all_of([net.node("null", SAID), childless])
    settled = net.any_of([net.node("given", WEEKS), net.node("is", SAID, "no"), unsaid])
    vague = {word: net.but(net.node("is", SAID, word), net.node("given", WEEKS)) for word in PREGNANT}
    terms = [Term(Truth.YES, 7 * week, 7 * week + 6) for week in range(LONGEST_PREGNANCY_WEEKS + 1)]
    found: dict[int, Known] = {}
    for ranges, number in numbered(rulebook.clauses.pregnancies):
        held, may = (
            net.but(net.node("from", WEEKS, within_[0]), net.node("from", WEEKS, within_[-1] + 1))
            for within_ in limits([within(term.later(day), ranges) for day in range(days)] for term in terms)
        )
        so, ruled_out = [held], [net.but(settled, may)]
        for word, (first, past) in PREGNANT.items():
            term = Term(Truth.YES, first, past - 1)
            surely, maybe = limits([[within(term.later(day), ranges) for day in range(days)]])
            so += [vague[word]] if surely else []
            ruled_out += [] if maybe else [vague[word]]
        found[number] = Known(net.any_of(so), net.any_of(ruled_out))
    feeding = net.any_of([net.node("given", "breastfeeding"), childless])
    return {**found, rulebook.clauses.breastfeeding.bit_length() - 1: Known(net.node("yes", "breastfeeding"), feeding)}


def rejected(net: Network, vocabulary: Vocabulary, known: Mapping[int, Known]) -> int:
    """Work out whether a row contradicts itself or holds nonsense; the table writes a sex as female or male."""
    parts = [net.node("null", "id"), net.but(net.node("given", "sex"), said(net, "sex", ["female", "male"]))]
    for fact, entry in enumerate(vocabulary.entries):
        yes, so = net.node("yes", entry.id), known[fact].so
        parts += [net.all_of([net.but(net.node("given", entry.id), yes), so])] if so != yes else []
    for column, most in ((AGE, OLDEST), (WEEKS, LONGEST_PREGNANCY_WEEKS)):
        parts += [net.below(column, 0), net.node("from", column, most + 1)]
    weeks, male = net.node("given", WEEKS), net.node("is", "sex", "male")
    parts.append(net.but(net.node("given", SAID), said(net, SAID, ["no", "possible", *PREGNANT])))
    parts.append(net.all_of([weeks, said(net, SAID, ["no", "possible"])]))
    for word, (first, past) in PREGNANT.items():
        fits = net.but(net.node("from", WEEKS, first // 7), net.node("from", WEEKS, past // 7))
        parts.append(net.but(net.all_of([weeks, net.node("is", SAID, word)]), fits))
    pregnant = net.any_of([weeks, said(net, SAID, ["possible", *PREGNANT])])
    return net.any_of([*parts, net.all_of([male, net.any_of([pregnant, net.node("yes", "breastfeeding")])])])


def said(net: Network, column: str, words: Iterable[str]) -> int:
    """Return where a column says one of some words."""
    return net.any_of(net.node("is", column, word) for word in words)


class Sum(NamedTuple):
    """The clauses that have one effect on one remedy, and those that change nothing beside them, as masks."""

    needed: int
    free: int


def sums(rulebook: Rulebook) -> Iterator[Sum]:
    """Say what excludes a remedy, calls for a doctor, for a pharmacist, one remedy after the other.

    A kind of something is free beside it, and what has a stronger effect beside what has a weaker one: a sum is only
    looked at where everything stronger is settled and not so.
    """
    down = rulebook.vocabulary.down
    for remedy in rulebook.remedies:
        free = 0
        for mask in (remedy.exclude, remedy.ask_doctor, remedy.ask_pharmacist):
            whole = [fact for fact in bits(mask | free) if fact < len(down)]
            finer = reduce(lambda found, fact: found | down[fact] & ~(1 << fact), whole, 0)
            yield Sum(mask & ~(free | finer), free | finer)
            free |= mask | finer


def joined(net: Network, parts: Sequence[Known]) -> tuple[int, int]:
    """Return whether any of some things is so, and whether all are settled; topics are closed over many at once."""
    by_shut: dict[int, list[int]] = {}
    for part in parts:
        by_shut.setdefault(part.shut, []).append(part.settled)
    settled = net.all_of(net.any_of([shut, net.all_of(each)]) for shut, each in by_shut.items())
    return net.any_of(part.so for part in parts), settled


def summed(net: Network, wanted: Sequence[Sum], known: Sequence[Known]) -> list[tuple[int, int]]:
    """Work out sums: first of what stands in the same sums, then of the two that most sums share, again and again."""
    alike: dict[tuple[bool, ...], list[int]] = {}
    for bit in range(len(known)):
        where = tuple(one.needed >> bit & 1 == 1 for one in wanted)
        if any(where):
            alike.setdefault(where, []).append(bit)
    nodes = [joined(net, [known[bit] for bit in group]) for group in alike.values()]
    needed, free = (np.zeros((3 * len(nodes), len(wanted)), dtype=np.int16) for _ in range(2))
    needed[: len(nodes)] = list(alike)
    free[: len(nodes)] = [[all(one.free >> bit & 1 for bit in group) for one in wanted] for group in alike.values()]
    shared = needed @ needed.T
    np.fill_diagonal(shared, 0)
    while shared.max() > 1:
        one, other = divmod(int(shared.argmax()), len(shared))
        fits = (needed[one] | free[one]) & (needed[other] | free[other])
        both = fits & (needed[one] | needed[other])
        number = len(nodes)
        needed[number], free[number] = both, fits & ~both
        for part in (one, other):
            needed[part], free[part] = needed[part] & ~both, free[part] | both
        for part in (one, other, number):
            shared[part] = shared[:, part] = needed @ needed[part]
            shared[part, part] = 0
        nodes.append(joined(net, [Known(*nodes[one]), Known(*nodes[other])]))
    return [joined(net, [Known(*nodes[one]) for one in np.flatnonzero(column)]) for column in needed.T]


class Verdict(NamedTuple):
    """Where a remedy is excluded, or else decided, then to ask a doctor about, or else a pharmacist."""

    excluded: int
    decided: int
    doctor: int
    pharmacist: int


class Answer(NamedTuple):
    """What is worked out of a table: which rows are rejected, and every remedy; neither holds in a rejected row."""

    net: Network
    rejected: int
    remedies: dict[str, Verdict]


def network(rulebook: Rulebook, as_of: date, days: int) -> Answer:
    """Work out every remedy of a rulebook."""
    net, clauses, vocabulary = Network(), rulebook.clauses, rulebook.vocabulary
    known = dict(enumerate(facts(net, vocabulary)))
    known |= ages(net, rulebook, [as_of + timedelta(day) for day in range(days)])
    known |= childbearing(net, rulebook, days) | {clauses.always.bit_length() - 1: Known(ALWAYS, ALWAYS)}
    for parts, number in numbered(clauses.conjunctions):
        met = [joined(net, [known[one] for one in bits(part)]) for part in parts]
        known[number] = Known(net.all_of(so for so, _ in met), net.any_of(net.but(all_, so) for so, all_ in met))
    total = iter(summed(net, list(sums(rulebook)), [known[number] for number in range(clauses.size)]))
    found, wrong = {}, rejected(net, vocabulary, known)
    for remedy in rulebook.remedies:
        (never, not_never), (doctor, no_doctor), (pharmacist, no_pharmacist) = next(total), next(total), next(total)
        weaker = net.all_of([no_doctor, net.any_of([pharmacist, no_pharmacist])])
        decided = net.all_of([not_never, net.any_of([doctor, weaker])])
        found[remedy.id] = Verdict(
            net.but(never, wrong), net.but(decided, net.any_of([never, wrong])), doctor, pharmacist
        )
    return Answer(net, wrong, found)


def laid_out(net: Network, wrong: int, remedies: dict[str, Verdict]) -> list[tuple[list[str], list[int]]]:
    """List the stages: the columns that each takes over, and the nodes that it makes columns of."""
    outputs = {wrong, *(node for verdict in remedies.values() for node in verdict)} - {NEVER, ALWAYS}
    stages = net.stages(outputs)
    named = {node for stage in stages for node in stage}
    needed = {"id", *(f"#{node}" for node in outputs)}
    found = []
    for stage in reversed(stages):
        taken = needed - {f"#{node}" for node in stage}
        found.append((sorted(taken), stage))
        needed = taken.union(*(net.reads(node, named) for node in stage))
    return found[::-1]


OPERATIONS: dict[str, Callable[..., pl.Expr]] = {
    "never": lambda: pl.lit(value=False),
    "always": lambda: pl.lit(value=True),
    "or": lambda one, *more: pl.any_horizontal(one, *more) if len(more) > 1 else one | more[0],
    "and": lambda one, *more: pl.all_horizontal(one, *more) if len(more) > 1 else one & more[0],
    "but": lambda one, other: one > other,
    "yes": lambda column: pl.col(column).eq_missing(other=True),
    "given": lambda column: pl.col(column).is_not_null(),
    "null": lambda column: pl.col(column).is_null(),
    "from": lambda column, limit: (pl.col(column) >= limit).eq_missing(other=True),
    "is": lambda column, text: (pl.col(column) == text).eq_missing(other=True),
}

SQL = {
    "never": "FALSE",
    "always": "TRUE",
    "but": "({} > {})",
    "yes": '("{0}" AND "{0}" IS NOT NULL)',
    "given": '("{0}" IS NOT NULL)',
    "null": '("{0}" IS NULL)',
    "from": '("{0}" >= {1} AND "{0}" IS NOT NULL)',
    "is": '("{0}" = \'{1}\' AND "{0}" IS NOT NULL)',
}


def polars_query(lf: pl.LazyFrame, rulebook: Rulebook, *, as_of: date, days: int) -> pl.LazyFrame:
    """Return the verdicts on the rows of a table: their id and one Enum column per remedy."""
    net, wrong, remedies = network(rulebook, as_of, days)
    made: dict[int, pl.Expr] = {}

    def worked_out(number: int) -> pl.Expr:
        kind, *parts = net.nodes[number]
        parts = [made[part] if part in made else worked_out(part) for part in net.parts(number)] or parts
        return OPERATIONS[kind](*parts)

    for taken, stage in laid_out(net, wrong, remedies):
        lf = lf.select(*taken, *[worked_out(number).alias(f"#{number}") for number in stage])
        made |= {number: pl.col(f"#{number}") for number in stage}
    kind = pl.Enum(VERDICTS)
    said = {verdict: pl.lit(verdict, dtype=kind) for verdict in VERDICTS}
    lf = lf.with_columns(pl.when(~made[wrong]).then(said["undecided"]).alias("open"))

    def verdict(one: Verdict) -> pl.Expr:
        excluded, decided, doctor, pharmacist = (made[node] if node in made else worked_out(node) for node in one)
        weak = pl.when(pharmacist).then(said["ask-pharmacist"]).otherwise(said["allowed"])
        settled = pl.when(doctor).then(said["ask-doctor"]).otherwise(weak)
        other = pl.when(excluded).then(said["excluded"]).otherwise("open")
        return pl.when(decided).then(settled).otherwise(other)

    return lf.select("id", **{remedy: verdict(one) for remedy, one in remedies.items()})


def duckdb_query(source: str, rulebook: Rulebook, *, as_of: date, days: int, text: bool = True) -> str:
    """Return the same as SQL, for a table or what stands in its place; with one ENUM column per remedy unless text."""
    net, wrong, remedies = network(rulebook, as_of, days)
    made: dict[int, str] = {}

    def worked_out(number: int) -> str:
        kind, *parts = net.nodes[number]
        parts = [made[part] if part in made else worked_out(part) for part in net.parts(number)] or parts
        return f"({f' {kind} '.join(parts)})" if kind in {"or", "and"} else SQL[kind].format(*parts)

    for taken, stage in laid_out(net, wrong, remedies):
        columns = [*(f'"{column}"' for column in taken), *(f'{worked_out(number)} AS "#{number}"' for number in stage)]
        source = f"(SELECT {', '.join(columns)} FROM {source})"  # noqa: S608 - names of the rulebook alone
        made |= {number: f'"#{number}"' for number in stage}
    kind = "ENUM(" + ", ".join(f"'{verdict}'" for verdict in VERDICTS) + ")"
    source = f"(SELECT *, CASE WHEN {made[wrong]} THEN NULL ELSE 'undecided'::{kind} END AS open FROM {source})"  # noqa: S608
    columns = ["id"]
    for remedy, one in remedies.items():
        excluded, decided, doctor, pharmacist = (made[node] if node in made else worked_out(node) for node in one)
        case = (
            f"CASE WHEN {excluded} THEN 'excluded'::{kind} WHEN NOT {decided} THEN open WHEN {doctor} "
            f"THEN 'ask-doctor'::{kind} WHEN {pharmacist} THEN 'ask-pharmacist'::{kind} ELSE 'allowed'::{kind} END"
        )
        columns.append(f'({case}){"::VARCHAR" if text else ""} AS "{remedy}"')
    return f"SELECT {', '.join(columns)} FROM {source}"  # noqa: S608 - as above
