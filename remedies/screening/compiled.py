"""What the columns of a table tell of every clause of a rulebook, and what follows for every remedy.

Of each clause it is worked out whether it is *so* and whether it is *settled*, which is only to be looked at where
it is not so: settled and not so is ruled out, and what is neither may be so. Of several clauses any is so if one
is, and all are settled if each is.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain, combinations
from typing import TYPE_CHECKING, NamedTuple

from remedies.knowledge.topics import TOPICS
from remedies.knowledge.vocabulary import bits
from remedies.screening.nodes import FALSE, TRUE, But, Some, Yes, all_of, any_of, but
from remedies.screening.openings import ways_from, ways_of_hints
from remedies.screening.sharing import shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from remedies.knowledge.rulebook import Rulebook
    from remedies.knowledge.topics import Effect, Scope, Topic
    from remedies.knowledge.vocabulary import Vocabulary
    from remedies.screening.nodes import Node
    from remedies.screening.openings import Ways
    from remedies.screening.statements import Statement


class Known(NamedTuple):
    """What is known of something: whether it is so, and, where it is not, whether it is ruled out."""

    so: Node
    settled: Node
    shut: Node = FALSE
    """Settled as well, together with much else: its topic is closed, or something wider is denied."""


UNKNOWN = Known(FALSE, FALSE)
CERTAIN = Known(TRUE, TRUE)


def joined(parts: Iterable[Known]) -> Known:
    """Return whether any of several things is so, and whether all of them are settled."""
    every = list(parts)
    alike: dict[Node, list[Node]] = {}
    for part in every:
        alike.setdefault(part.shut, []).append(part.settled)
    # What is shut alike is shut at once: (a or s) and (b or s) is (a and b) or s.
    settled = all_of(any_of((shut, all_of(each))) for shut, each in alike.items())
    return Known(any_of(part.so for part in every), settled)


class Facts:
    """What the statements of a table say of each fact."""

    def __init__(self, vocabulary: Vocabulary, statements: Sequence[Statement], closed: Iterable[Topic]) -> None:
        """Take what columns and words state, and the topics for which there is a column ``closed_…``."""
        self._vocabulary = vocabulary
        self._statements = statements
        self._closed = set(closed)
        self._facts = range(len(vocabulary.entries))

    def known(self) -> list[Known]:
        """Return every fact, by its number."""
        return [
            Known(
                self._so[fact],
                self._settled(fact),
                any_of((self._silent(fact), *(self._not_so[wide] for wide in self._above[fact] if wide != fact))),
            )
            for fact in self._facts
        ]

    def _settled(self, fact: int) -> Node:
        """Tell whether it was itself said not to be so, which is only to be looked at where it is not so.

        Of a column that says "given, but not yes" only "given" is left to look at then.
        """
        so = self._so[fact]
        implied = {so, *so.parts} if isinstance(so, Some) else {so}
        return any_of(
            part.one if isinstance(part, But) and part.other in implied else part for part in self._said_not[fact]
        )

    def contradictions(self) -> Iterator[tuple[str, Node]]:
        """Name each fact that may be said to be so and not so in one row, and where it is."""
        for fact in self._facts:
            so, denied = self._so[fact], self._not_so[fact]
            # A fact with nothing finer, of which only its own column speaks, cannot contradict itself.
            if FALSE not in {so, denied} and not (isinstance(denied, But) and denied.other == so):
                yield self._vocabulary.entries[fact].id, all_of((denied, so))

    @cached_property
    def _above(self) -> list[list[int]]:
        """Per fact: itself and everything wider, of which a denial is one of it as well."""
        down = self._vocabulary.down
        return [[wide for wide in self._facts if down[wide] >> fact & 1] for fact in self._facts]

    # What was said ------------------------------------------------------------------------------------

    @cached_property
    def _so(self) -> dict[int, Node]:
        """Per fact: whether it was said to be so, itself or by what is finer or implies it."""
        up = self._vocabulary.up
        found: dict[int, Node] = {}
        # What is finer comes first, so that it can be a part of what is wider.
        for fact in sorted(self._facts, key=lambda fact: -up[fact].bit_count()):
            finer = [one for one in found if up[one] >> fact & 1]
            nearest = [one for one in finer if not any(up[one] >> other & 1 for other in finer if other != one)]
            named = (one.where for one in self._statements if fact in one.effect.named)
            found[fact] = any_of((*named, *(found[one] for one in nearest)))
        return found

    @cached_property
    def _said_not(self) -> list[list[Node]]:
        """Per fact: where it was itself said not to be so; what is wider may have been as well."""
        found: list[list[Node]] = [[] for _ in self._facts]
        for one in self._statements:
            for fact in bits(one.effect.denied):
                found[fact].append(one.where)
        return found

    @cached_property
    def _not_so(self) -> list[Node]:
        """Per fact: whether it was itself said not to be so."""
        return list(map(any_of, self._said_not))

    @cached_property
    def _denied(self) -> list[Node]:
        """Per fact: whether it or what is wider was said not to be so."""
        return [any_of(self._not_so[wide] for wide in above) for above in self._above]

    # What is closed -----------------------------------------------------------------------------------

    @cached_property
    def _unclear(self) -> dict[Topic, Node]:
        """Per topic: whether a word keeps it open."""
        return {
            topic: any_of(one.where for one in self._statements if one.effect.keeps_open and one.effect.topic == topic)
            for topic in TOPICS
        }

    @cached_property
    def _wholly(self) -> dict[Topic, Node]:
        """Per topic: whether it is closed altogether."""
        found = {}
        for topic in TOPICS:
            words = (one.where for one in self._statements if (topic, "all") in one.effect.closes)
            columns = [Yes(f"closed_{topic}")] if topic in self._closed else []
            found[topic] = but(any_of((*columns, *words)), self._unclear[topic])
        return found

    @cached_property
    def _partly(self) -> dict[tuple[Topic, Scope], Node]:
        """Where a topic is not closed altogether: whether it is as far as a narrower statement goes."""
        found: dict[tuple[Topic, Scope], list[Node]] = {}
        for one in self._statements:
            for topic, scope in one.effect.closes:
                if scope != "all":
                    found.setdefault((topic, scope), []).append(one.where)
        return {
            (topic, scope): but(any_of(where), any_of((self._unclear[topic], self._wholly[topic])))
            for (topic, scope), where in found.items()
        }

    def _silent(self, fact: int) -> Node:
        """Tell whether a fact is taken as "no" where nothing is said of it."""
        topic = self._vocabulary.entries[fact].topic
        partly = (
            node
            for (other, scope), node in self._partly.items()
            if other == topic and self._vocabulary.scope(topic, scope) >> fact & 1
        )
        return but(any_of((self._wholly[topic], *partly)), self._kept.get(fact, FALSE))

    # What stays open all the same ---------------------------------------------------------------------

    @cached_property
    def _kept(self) -> dict[int, Node]:
        """Per fact: whether something that was said, or was not asked, keeps it open."""
        found: dict[int, list[Node]] = {}
        for one in self._statements:
            effect = one.effect
            if effect.named or effect.asked:
                ways = ways_from(effect.named, effect.asked, effect.others, self._vocabulary)
                self._enter(found, one.where, ways)
        for where, start in self._unasked():
            self._enter(found, where, ways_of_hints(start, self._vocabulary))
        return {fact: any_of(nodes) for fact, nodes in found.items()}

    def _enter(self, found: dict[int, list[Node]], where: Node, ways: Ways) -> None:
        """Enter what keeps facts open unless something was denied on each way to them."""
        for fact, every in ways.items():
            barred = all_of(any_of(self._denied[one] for one in sorted(way)) for way in sorted(every, key=sorted))
            found.setdefault(fact, []).append(but(where, barred))

    def _unasked(self) -> Iterator[tuple[Node, int]]:
        """Yield each way in which a topic may not be closed, with the facts that hint at others then."""
        for topic, mask in self._vocabulary.topic_mask.items():
            scopes = [scope for other, scope in self._partly if other == topic]
            every = chain.from_iterable(combinations(scopes, size) for size in range(len(scopes) + 1))
            for chosen in every:
                inside = 0
                for scope in chosen:
                    inside |= self._vocabulary.scope(topic, scope)
                start = mask & ~inside if inside else self._vocabulary.hinting[topic]
                others = any_of(self._partly[topic, one] for one in scopes if one not in chosen)
                so = all_of(self._partly[topic, one] for one in chosen)
                if start:
                    yield but(so, any_of((self._wholly[topic], others))), start


class Clauses:
    """What is known of every clause of a rulebook."""

    def __init__(
        self, rulebook: Rulebook, facts: Facts, person: Mapping[int, Known], days: Sequence[Mapping[int, Known]]
    ) -> None:
        """Take what is known of facts, and of the person.

        Args:
            rulebook: the catalogue.
            facts: what the table says of them.
            person: ages, pregnancy and breastfeeding over the course, by the number of the clause.
            days: the same on each of its days, as far as conjunctions need it.
        """
        self._rulebook = rulebook
        clauses = rulebook.clauses
        self._known = [*facts.known(), *([UNKNOWN] * (clauses.size - len(rulebook.vocabulary.entries)))]
        for number, known in {**person, clauses.always.bit_length() - 1: CERTAIN}.items():
            self._known[number] = known
        self._add_conjunctions(days)

    def _add_conjunctions(self, days: Sequence[Mapping[int, Known]]) -> None:
        """Work out the conjunctions: all parts must hold on one day."""
        conjunctions = self._rulebook.clauses.conjunctions
        found: dict[int, list[Known]] = {bit.bit_length() - 1: [] for _, bit in conjunctions}
        for day in days:
            on_day = dict(enumerate(self._known)) | dict(day)
            for parts, bit in conjunctions:
                met = [joined(on_day[one] for one in bits(part)) for part in parts]
                so, failed = all_of(one.so for one in met), any_of(but(one.settled, one.so) for one in met)
                on_day[bit.bit_length() - 1] = Known(so, failed)
                found[bit.bit_length() - 1].append(Known(so, failed))
        for number, each in found.items():
            self._known[number] = joined(each)

    def of(self, mask: int) -> Known:
        """Return what is known of any clause of a mask."""
        return joined(self._known[number] for number in bits(mask))

    @cached_property
    def sums(self) -> dict[tuple[str, Effect], Known]:
        """What has one effect on one remedy; only to be looked at where every stronger effect is ruled out."""
        plan = shared(self._rulebook)
        known = list(self._known)
        for parts in plan.joints:
            known.append(joined(known[part] for part in parts))
        return {name: joined(known[part] for part in parts) for name, parts in plan.sums.items()}
