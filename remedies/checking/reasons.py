"""Why: what each rule read of a patient and what follows, put together as cheaply as a long list allows."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from remedies.checking.report import Detail, FactValue, Reason, Referral, RemedyVerdict
from remedies.checking.verdicts import truth
from remedies.knowledge.rulebook import CompiledRemedy, CompiledRule, Rulebook
from remedies.knowledge.sources import Citation, Source
from remedies.knowledge.topics import ORIGINS, STRENGTH, STRENGTHS, VERDICT
from remedies.knowledge.vocabulary import bits

_REMEMBERED = 20_000
"""So many reasons are kept; then the memory starts anew."""

_HOLDS, _MAY_HOLD, _RULED_OUT = 0, 100, 200
"""What holds comes before what may hold, whatever else ranks a rule."""

_PERSONAL = {"age", "pregnancy"}
"""What a reason says more of than yes, no or unknown."""


class _Prepared(NamedTuple):
    """What a reason says of a rule whoever the patient is."""

    number: int
    rule: CompiledRule
    mask: int
    """The clauses that trigger the rule."""
    rank: int
    """Stronger effects first, then what is closer to the remedy."""
    reads: int
    """All bits that the rule looks at."""
    personal: tuple[str, ...]
    """Age and pregnancy, where the rule looks at them."""
    sources: tuple[Citation, ...]
    cited: int
    """The sources, as a mask."""


class ReasonBook:
    """The rules of one rulebook, made ready for explaining; there is one per process and rulebook.

    A reason depends on the patient only through what its rule reads, so most reasons of one patient
    have been those of another, and each is built once.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        """Take a rulebook; what is needed of it is prepared when it is first asked for."""
        self.rulebook = rulebook
        self._names = tuple(rulebook.sources)
        self._order = {name: 1 << number for number, name in enumerate(self._names)}
        self._citations = tuple(map(Citation, rulebook.citations))
        self._sources: dict[int, Source] = {}
        self._rules: dict[int, _Prepared] = {}
        self._made: dict[tuple[object, ...], Reason] = {}

    def rule(self, number: int) -> _Prepared:
        """Return a rule by its number, prepared when it is first asked for."""
        found = self._rules.get(number)
        if found is None:
            found = self._rules[number] = self._prepared(number, self.rulebook.rules[number])
        return found

    def _prepared(self, number: int, rule: CompiledRule) -> _Prepared:
        reads = 0
        for _, mask in rule.reads:
            reads |= mask
        sources, cited = self.cite(rule.sources)
        return _Prepared(
            number=number,
            rule=rule,
            mask=rule.mask,
            rank=10 * (len(STRENGTHS) - STRENGTH[rule.effect]) + ORIGINS.index(rule.origin),
            reads=reads,
            personal=tuple(name for name, _ in rule.reads if name in _PERSONAL),
            sources=sources,
            cited=cited,
        )

    def cite(self, numbers: Sequence[int]) -> tuple[tuple[Citation, ...], int]:
        """Return citations by number, and their sources as a mask."""
        found = tuple(self._citations[number] for number in numbers)
        cited = 0
        for citation in found:
            cited |= self._order[citation.source]
        return found, cited

    def cited(self, mask: int) -> dict[str, Source]:
        """Return the sources of a mask by their keys."""
        return {self._names[number]: self._source(number) for number in bits(mask)}

    def _source(self, number: int) -> Source:
        found = self._sources.get(number)
        if found is None:
            row = self.rulebook.sources[self._names[number]]
            found = self._sources[number] = Source.model_construct(**row)
        return found

    def reason(self, prepared: _Prepared, yes: int, may: int, words: dict[str, str]) -> Reason:
        """Return the reason of a rule for the clauses that hold and may hold.

        ``words`` says what is known of age and pregnancy, which is more than yes or no.
        """
        key: tuple[object, ...] = (prepared.number, yes & prepared.reads, may & prepared.reads)
        if prepared.personal:
            key += tuple(words[name] for name in prepared.personal)
        made = self._made
        if key in made:
            return made[key]
        if len(made) >= _REMEMBERED:
            # Another thread may still read the full memory, so it is left to it.
            made = self._made = {}
        made[key] = found = _reason(prepared, yes, may, words)
        return found


@lru_cache(maxsize=8)
def reason_book(rulebook: Rulebook) -> ReasonBook:
    """Return the prepared rules of a rulebook."""
    return ReasonBook(rulebook)


def _reason(prepared: _Prepared, yes: int, may: int, words: dict[str, str]) -> Reason:
    rule = prepared.rule
    return Reason.model_construct(
        rule=rule.key,
        effect=rule.effect,
        holds=truth(rule.mask, yes, may).value,
        because=rule.because,
        cure=rule.cure,
        origin=rule.origin,
        basis=rule.basis,
        facts=tuple(
            FactValue.model_construct(fact=name, value=words.get(name) or truth(mask, yes, may).value)
            for name, mask in rule.reads
        ),
        sources=prepared.sources,
    )


class Explainer:
    """Says why, for one patient; ``cited`` grows to the mask of all sources that it has named."""

    def __init__(self, book: ReasonBook, yes: int, may: int, words: dict[str, str]) -> None:
        """Take the clauses that hold and may hold, and what is known of age and pregnancy in words."""
        self._book = book
        self._yes = yes
        self._may = may
        self._words = words
        self.cited = 0

    def verdict(self, remedy: CompiledRemedy, detail: Detail, *, all_rules: bool) -> RemedyVerdict:
        """Explain the verdict on one remedy."""
        floor, ceiling = remedy.bounds(self._yes, self._may)
        return RemedyVerdict.model_construct(
            remedy=remedy.id,
            name=remedy.name,
            aliases=tuple(remedy.aliases),
            short=remedy.short,
            what=remedy.what,
            verdict=VERDICT[floor][ceiling],
            at_least=STRENGTHS[floor],
            at_most=STRENGTHS[ceiling],
            reasons=self._reasons(remedy, detail, all_rules=all_rules),
            ask=() if floor == ceiling else self._ask(remedy, floor),
        )

    def _reasons(self, remedy: CompiledRemedy, detail: Detail, *, all_rules: bool) -> tuple[Reason, ...]:
        if detail == "verdict":
            return ()
        yes, may, book, compiled = self._yes, self._may, self._book, self._book.rulebook.rules
        shown: list[tuple[int, _Prepared]] = []
        for number in remedy.rules:
            mask = compiled[number].mask
            if yes & mask:
                certainty = _HOLDS
            elif may & mask:
                certainty = _MAY_HOLD
            elif all_rules:
                certainty = _RULED_OUT
            else:
                continue
            prepared = book.rule(number)
            shown.append((certainty + prepared.rank, prepared))
        shown.sort(key=itemgetter(0))
        if detail == "first":
            del shown[1:]
        reasons = []
        for _, prepared in shown:
            self.cited |= prepared.cited
            reasons.append(book.reason(prepared, yes, may, self._words))
        return tuple(reasons)

    def _ask(self, remedy: CompiledRemedy, floor: int) -> tuple[str, ...]:
        """Name the unknown facts that the open rules read, each once."""
        yes, may = self._yes, self._may
        found: dict[str, None] = {}
        for rule in map(self._book.rulebook.rules.__getitem__, remedy.rules):
            if yes & rule.mask or not may & rule.mask or STRENGTH[rule.effect] <= floor:
                continue
            for name, mask in rule.reads:
                if may & mask and not yes & mask:
                    found[name] = None
        return tuple(found)

    def referrals(self, known: int) -> Iterator[Referral]:
        """Name the warning signs among the facts that are so, the urgent ones first."""
        vocabulary = self._book.rulebook.vocabulary
        for sign in self._book.rulebook.signs_in(known):
            sources, cited = self._book.cite(sign.sources)
            self.cited |= cited
            yield Referral.model_construct(
                sign=sign.fact,
                label=vocabulary.label(sign.fact),
                urgency=sign.urgency,
                because=sign.because,
                sources=sources,
            )
