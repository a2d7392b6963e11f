"""A rulebook compiled to expressions over the columns of one table: verdicts, contradictions, rules.

Every expression here stands for a pair of answers: whether something is known to be so, and whether it is
ruled out. Where neither is, it may be so. ``null`` counts as "not known" in both.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain, combinations
from typing import TYPE_CHECKING, NamedTuple

from remedies.knowledge.topics import EFFECTS, STRENGTH, TOPICS
from remedies.knowledge.vocabulary import bits
from remedies.screening.nodes import FALSE, TRUE, Column, all_of, no, some, sure
from remedies.screening.openings import ways_from, ways_of_hints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from remedies.knowledge.rulebook import CompiledRemedy, Rulebook
    from remedies.knowledge.topics import Scope, Topic
    from remedies.screening.nodes import Node
    from remedies.screening.openings import Way
    from remedies.screening.statements import Statement


class Pair(NamedTuple):
    """Whether something is known to be so, and whether it is ruled out."""

    holds: Node
    ruled_out: Node


UNKNOWN = Pair(FALSE, FALSE)


class Known:
    """What the statements of a table say of each fact."""

    def __init__(
        self,
        rulebook: Rulebook,
        statements: Sequence[Statement],
        closed: Iterable[Topic],
        person: Mapping[int, Pair],
        days: Sequence[Mapping[int, Pair]],
    ) -> None:
        """Take a table.

        Args:
            rulebook: the catalogue.
            statements: what its columns and words state.
            closed: topics for which it has a column ``closed_…``.
            person: what is known of ages, pregnancy and breastfeeding over the course, by the bit of the clause.
            days: the same on each of its days, as far as conjunctions need it.
        """
        self.rulebook = rulebook
        self.statements = statements
        self.person = person
        self.days = days
        self._vocabulary = rulebook.vocabulary
        self._closed = set(closed)
        self._named: dict[int, Node] = {}

    # What was said ------------------------------------------------------------------------------------

    def so(self, mask: int) -> Node:
        """Tell whether any fact of a mask was said to be so; what several masks ask of one fact is one expression."""
        nodes = dict.fromkeys(self._so(fact) for fact in bits(mask) if not self._wider[fact] & mask)
        return some(nodes, nested=True)

    def _so(self, fact: int) -> Node:
        """Tell whether a fact was said to be so, itself or by what is finer."""
        if fact not in self._named:
            self._named[fact] = some(one.where for one in self.statements if one.effect.yes >> fact & 1)
        return self._named[fact]

    def denied(self, fact: int) -> Node:
        """Tell whether a fact was said not to be so."""
        return self._denials.get(fact, FALSE)

    @cached_property
    def _denials(self) -> dict[int, Node]:
        found: dict[int, list[Node]] = {}
        for one in self.statements:
            for fact in bits(one.effect.no):
                found.setdefault(fact, []).append(one.where)
        return {fact: some(nodes) for fact, nodes in found.items()}

    def contradictions(self) -> Iterator[tuple[str, Node]]:
        """Name each fact that may be said to be so and not so in one row, and where it is."""
        denying: dict[int, list[Node]] = {}
        for one in self.statements:
            for fact in bits(one.effect.denies):
                denying.setdefault(fact, []).append(one.where)
        for fact, where in sorted(denying.items()):
            denial, so = some(where), self._so(fact)
            both = all_of((denial, so))
            # A fact with nothing finer, of which only its own column speaks, cannot contradict itself.
            if FALSE not in {denial, so} and denial != no(so):
                yield self._vocabulary.entries[fact].id, both

    # What is closed -----------------------------------------------------------------------------------

    @cached_property
    def _unclear(self) -> dict[Topic, Node]:
        """Per topic: whether a word keeps it open."""
        return {
            topic: some(one.where for one in self.statements if one.effect.keeps_open and one.effect.topic == topic)
            for topic in TOPICS
        }

    @cached_property
    def _wholly(self) -> dict[Topic, Node]:
        """Per topic: whether it is closed altogether."""
        found = {}
        for topic in TOPICS:
            column = sure(Column(f"closed_{topic}")) if topic in self._closed else FALSE
            words = some(one.where for one in self.statements if (topic, "all") in one.effect.closes)
            found[topic] = all_of((some((column, words)), no(self._unclear[topic])))
        return found

    @cached_property
    def _partly(self) -> dict[tuple[Topic, Scope], Node]:
        """Where a topic is not closed altogether: whether it is as far as a narrower statement goes."""
        found: dict[tuple[Topic, Scope], list[Node]] = {}
        for one in self.statements:
            for topic, scope in one.effect.closes:
                if scope != "all":
                    found.setdefault((topic, scope), []).append(one.where)
        return {
            (topic, scope): all_of((some(where), no(self._unclear[topic]), no(self._wholly[topic])))
            for (topic, scope), where in found.items()
        }

    def _closed_for(self, fact: int) -> Node:
        """Tell whether a fact that was not mentioned is taken as "no"."""
        topic = self._vocabulary.entries[fact].topic
        return some(
            (
                self._wholly[topic],
                *(
                    node
                    for (other, scope), node in self._partly.items()
                    if other == topic and self._vocabulary.scope(topic, scope) >> fact & 1
                ),
            )
        )

    # What stays open all the same ---------------------------------------------------------------------

    @cached_property
    def _kept(self) -> dict[int, Node]:
        """Per fact: whether something that was said, or was not asked, keeps it open."""
        found: dict[int, list[Node]] = {}
        for one in self.statements:
            effect = one.effect
            if effect.named or effect.asked:
                ways = ways_from(effect.named, effect.asked, effect.others, self._vocabulary)
                self._enter(found, one.where, ways)
        for where, start in self._unasked():
            self._enter(found, where, ways_of_hints(start, self._vocabulary))
        return {fact: sure(some(nodes)) for fact, nodes in found.items()}

    def _enter(self, found: dict[int, list[Node]], where: Node, ways: Mapping[int, set[Way]]) -> None:
        """Enter what keeps facts open as long as nothing on the way to them is denied."""
        for fact, every in ways.items():
            # Of ways with one fact each it is enough that not all of those are denied.
            single = [self._sure_denied(only) for way in every if len(way) == 1 for only in way]
            longer = [all_of(no(self._sure_denied(one)) for one in way) for way in every if len(way) != 1]
            free = some((no(all_of(single)) if single else FALSE, *longer))
            found.setdefault(fact, []).append(all_of((where, free)))

    def _sure_denied(self, fact: int) -> Node:
        return sure(self.denied(fact))

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
                states = (self._partly[topic, one] if one in chosen else no(self._partly[topic, one]) for one in scopes)
                if start:
                    yield all_of((no(self._wholly[topic]), *states)), start

    # Clauses ------------------------------------------------------------------------------------------

    def _silent(self, fact: int) -> Node:
        """Tell whether a fact is taken as "no" where nothing is said of it."""
        closed = self._closed_for(fact)
        if closed == FALSE:
            return FALSE
        return all_of((closed, no(self._kept.get(fact, FALSE))))

    def holds(self, mask: int) -> Node:
        """Tell whether any clause of a mask is known to hold."""
        if mask & self.rulebook.clauses.always:
            return TRUE
        return some((self.so(mask & self._facts), *(pair.holds for pair in self._beyond(mask))), nested=True)

    def ruled_out(self, mask: int) -> Node:
        """Tell whether every clause of a mask is ruled out; where one of them holds, the answer means nothing."""
        if mask & self.rulebook.clauses.always:
            return FALSE
        return all_of((*self._facts_ruled_out(mask & self._facts), *(pair.ruled_out for pair in self._beyond(mask))))

    def _facts_ruled_out(self, facts: int) -> Iterator[Node]:
        """Yield what rules facts out, together for those that are silent alike."""
        alike: dict[Node, list[Node]] = {}
        for fact in bits(facts):
            alike.setdefault(self._silent(fact), []).append(no(self.denied(fact)))
        for silent, possible in alike.items():
            # Every fact is denied, or is silent: (a or s) and (b or s) is (a and b) or s.
            yield some((silent, no(some(possible))))

    @cached_property
    def _facts(self) -> int:
        return (1 << len(self._vocabulary.entries)) - 1

    def _beyond(self, mask: int) -> Iterator[Pair]:
        """Yield the clauses of a mask that are no facts."""
        for bit in bits(mask & ~self._facts):
            yield self._conjunctions.get(1 << bit) or self.person.get(1 << bit, UNKNOWN)

    @cached_property
    def _conjunctions(self) -> dict[int, Pair]:
        """The conjunctions by their bit; all parts must hold on one day."""
        found: dict[int, list[Pair]] = {bit: [] for _, bit in self.rulebook.clauses.conjunctions}
        for day in self.days:
            on_day = {**self.person, **day}
            for parts, bit in self.rulebook.clauses.conjunctions:
                pairs = [self._exact(part, on_day) for part in parts]
                on_day[bit] = Pair(all_of(one.holds for one in pairs), some(one.ruled_out for one in pairs))
                found[bit].append(on_day[bit])
        return {
            bit: Pair(some(one.holds for one in pairs), all_of(one.ruled_out for one in pairs))
            for bit, pairs in found.items()
        }

    def _exact(self, mask: int, beyond: Mapping[int, Pair]) -> Pair:
        """Return a pair of which not both are so, whatever else holds."""
        others = [beyond.get(1 << bit, UNKNOWN) for bit in bits(mask & ~self._facts)]
        so = some((self.so(mask & self._facts), *(one.holds for one in others)))
        ruled_out = all_of((*self._facts_ruled_out(mask & self._facts), *(one.ruled_out for one in others)))
        return Pair(so, all_of((ruled_out, no(sure(so)))))

    # Remedies -----------------------------------------------------------------------------------------

    def bounds(self, remedy: CompiledRemedy) -> Iterator[tuple[int, Pair]]:
        """Yield what decides the verdict on a remedy, the strongest effect first, each with its strength.

        A pair speaks only where those before it are ruled out: what they cover is left out of it.
        """
        stronger = 0
        masks = {"exclude": remedy.exclude, "ask-doctor": remedy.ask_doctor, "ask-pharmacist": remedy.ask_pharmacist}
        for effect in reversed(EFFECTS):
            mask = masks[effect]
            widest = 0
            for bit in bits(mask & ~stronger):
                if not self._wider[bit] & (mask | stronger):
                    widest |= 1 << bit
            yield STRENGTH[effect], Pair(self.holds(widest), self.ruled_out(widest))
            stronger |= mask

    @cached_property
    def _wider(self) -> list[int]:
        """Per clause: the others that hold wherever it does, and that cannot be ruled out without it."""
        clauses, vocabulary = self.rulebook.clauses, self._vocabulary
        wider = [0] * clauses.size
        for fact, above in enumerate(vocabulary.up):
            wider[fact] = above & ~(1 << fact)
        limits = [(months, bit) for months, bit in clauses.ages]
        later = [(-months, bit) for months, bit in clauses.later_ages]
        for every in (limits, later):
            for limit, bit in every:
                wider[bit.bit_length() - 1] = sum(other for more, other in every if more > limit)
        for ranges, bit in clauses.pregnancies:
            wider[bit.bit_length() - 1] = sum(
                other
                for more, other in clauses.pregnancies
                if other != bit and all(any(a <= start and end <= z for a, z in more) for start, end in ranges)
            )
        return wider
