"""Records → rulebook: every distinct clause becomes one bit, every rule a mask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from remedies.knowledge.clause_bits import ClauseBits
from remedies.knowledge.clauses import Always, leaves, name_of
from remedies.knowledge.derived import DIMENSIONS, rules_of
from remedies.knowledge.entry import Details, Entry, GateEntry, Later
from remedies.knowledge.reviews import record_hash, signatures
from remedies.knowledge.rulebook import Clauses, CompiledRemedy, CompiledRule, CompiledSign, Rulebook, Signature
from remedies.knowledge.spelling import normal
from remedies.knowledge.vocabulary import Vocabulary
from remedies.knowledge.wordlist import lexicon_parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from remedies.knowledge.clauses import Clause
    from remedies.knowledge.facts import Fact, FactsFile, Gate
    from remedies.knowledge.records import ActiveRule, CatalogueFile, Records
    from remedies.knowledge.reviews import Review
    from remedies.knowledge.sources import Citation, Source
    from remedies.knowledge.topics import Effect


def compiled_vocabulary(file: FactsFile) -> Vocabulary:
    """Compile facts and words that have been checked: unique ids, known parents, no circles."""
    number = {fact.id: index for index, fact in enumerate(file.facts)}
    parents = [[number[parent] for parent in fact.is_a] for fact in file.facts]
    return Vocabulary(tuple(map(_entry, file.facts)), parents, Later(lambda _: lexicon_parts_of(file), ()))


def _entry(fact: Fact) -> Entry:
    """Take what is needed from a fact's record."""
    return Entry(
        id=fact.id,
        topic=fact.topic,
        label=fact.label,
        question=fact.question,
        examples=fact.examples,
        prompts=fact.prompts,
        implies=fact.implies,
        cross_reacts_with=fact.cross_reacts_with,
        may_hold=fact.may_hold,
        past=fact.past,
        history=fact.history,
        over_the_counter=fact.over_the_counter,
        short=fact.short or fact.label,
    )


def clause_bits(file: CatalogueFile, vocabulary: Vocabulary) -> ClauseBits:
    """Give every clause of a catalogue its bit."""
    return ClauseBits(vocabulary, _clauses(file))


def _clauses(file: CatalogueFile) -> Iterator[Clause]:
    """Yield every clause that stands in a catalogue; those of derived rules are among them, or about facts."""
    yield from (dimension.when for dimension in file.dimensions)
    yield from (rule.when for rule in file.rules)
    yield from (rule.when for substance in file.substances for rule in substance.rules)
    yield from (rule.when for remedy in file.remedies for rule in remedy.rules)


def active_rules(file: CatalogueFile, sources: dict[str, Source], bits: ClauseBits) -> dict[str, Sequence[ActiveRule]]:
    """Collect every rule that acts on each remedy, by remedy id."""
    return {remedy.id: rules_of(remedy, file, sources, bits) for remedy in file.remedies}


def compiled(
    records: Records,
    rules: dict[str, Sequence[ActiveRule]],
    bits: ClauseBits,
    sha256: str,
    *,
    reviews: Iterable[Review],
    gates: Iterable[Gate],
) -> Rulebook:
    """Compile a catalogue whose rules have been collected."""
    file, sources = records.file, records.sources
    signed = _signed(records, rules, bits.vocabulary, reviews)
    compiler = _Compiler(bits)
    remedies = tuple(
        CompiledRemedy(
            id=remedy.id,
            name=remedy.name,
            short=remedy.short or remedy.name,
            what=remedy.what,
            form=remedy.form,
            atc=remedy.atc,
            aliases=remedy.aliases,
            counts_as=remedy.counts_as,
            reviewed=remedy.reviewed,
            planned=remedy.usage is not None,
            signed=signed.get(remedy.id, ()),
            exclude=compiler.union(rules[remedy.id], "exclude"),
            ask_doctor=compiler.union(rules[remedy.id], "ask-doctor"),
            ask_pharmacist=compiler.union(rules[remedy.id], "ask-pharmacist"),
            rules=tuple(map(compiler.rule, rules[remedy.id])),
        )
        for remedy in file.remedies
    )
    signs = tuple(
        CompiledSign(entry.sign, entry.urgency, entry.because, compiler.cited(entry.sources))
        for entry in sorted(file.signs, key=lambda entry: entry.urgency)
    )
    return Rulebook(
        version=file.version,
        sha256=sha256,
        disclaimer=file.disclaimer,
        vocabulary=bits.vocabulary,
        details=Later.given(
            Details(
                synonyms=[(*fact.synonyms.en, *fact.synonyms.ru) for fact in records.facts],
                kinds=[(*fact.kinds.en, *fact.kinds.ru) for fact in records.facts],
                clauses=compiler.clauses,
            )
        ),
        clauses=_layout(bits),
        rules=tuple(compiler.rules),
        remedies=remedies,
        signs=signs,
        citations=tuple(compiler.citations),
        sources={name: sources[name].model_dump() for name in dict.fromkeys(one.source for one in compiler.citations)},
        gates=tuple(GateEntry(**dict(gate)) for gate in gates),
        left_out=tuple(name for name in DIMENSIONS if name not in {entry.id for entry in file.dimensions}),
        names={normal(name): remedy.id for remedy in file.remedies for name in remedy.names},
    )


def _layout(bits: ClauseBits) -> Clauses:
    """Write the bits beyond the facts as the rulebook keeps them."""
    return Clauses(
        size=bits.size,
        ages=tuple(bits.ages.items()),
        age=sum(bits.ages.values()),
        later_ages=tuple(bits.later_ages.items()),
        pregnancies=tuple(bits.windows.items()),
        pregnancy=sum(bits.windows.values()),
        breastfeeding=bits.breastfeeding,
        always=bits.always,
        conjunctions=tuple((tuple(map(bits.mask, clause.all)), bit) for clause, bit in bits.conjunctions.items()),
    )


def _signed(
    records: Records, rules: dict[str, Sequence[ActiveRule]], vocabulary: Vocabulary, reviews: Iterable[Review]
) -> dict[str, list[Signature]]:
    """Find the reviews that count; nothing is hashed that nobody has signed."""
    reviews = list(reviews)
    wanted = {review.remedy for review in reviews}
    hashes = {
        one.id: record_hash(one, rules[one.id], records, vocabulary)
        for one in records.file.remedies
        if one.id in wanted
    }
    return signatures(reviews, hashes)


class _Compiler:
    """Numbers rules and citations, each once, however many remedies they act on."""

    def __init__(self, bits: ClauseBits) -> None:
        self._bits = bits
        self._numbers: dict[str, int] = {}
        self.rules: list[CompiledRule] = []
        self.clauses: list[dict[str, Any]] = []
        self.citations: dict[Citation, int] = {}

    def union(self, rules: Iterable[ActiveRule], effect: Effect) -> int:
        """Join the masks of all rules of one effect."""
        mask = 0
        for active in rules:
            if active.rule.effect == effect:
                mask |= self._bits.mask(active.rule.when)
        return mask

    def rule(self, active: ActiveRule) -> int:
        """Return the number of a rule."""
        if active.key not in self._numbers:
            self._numbers[active.key] = len(self.rules)
            self.clauses.append(active.rule.when.model_dump(mode="json", exclude_defaults=True))
            self.rules.append(self._compiled(active))
        return self._numbers[active.key]

    def _compiled(self, active: ActiveRule) -> CompiledRule:
        rule = active.rule
        reads: dict[str, int] = {}
        for leaf in leaves(rule.when):
            if not isinstance(leaf, Always):
                reads[name_of(leaf)] = reads.get(name_of(leaf), 0) | self._bits.mask(leaf)
        return CompiledRule(
            key=active.key,
            origin=active.origin,
            effect=rule.effect,
            basis=rule.basis,
            because=rule.because,
            cure=rule.cure,
            mask=self._bits.mask(rule.when),
            reads=tuple(reads.items()),
            sources=self.cited(rule.sources),
        )

    def cited(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """Return the numbers of citations."""
        return tuple(self.citations.setdefault(one, len(self.citations)) for one in citations)
