"""Records → index: gives every distinct clause one bit and every rule a mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedies.knowledge.vocabulary import normal
from remedies.knowledge.rulebook import Clauses, Index, IndexedRemedy, IndexedRule, IndexedSign, citation_data
from remedies.knowledge.clauses import AgeBelow, AllOf, Always, AnyOf, Breastfeeding, Pregnant, fact_of, leaves

if TYPE_CHECKING:
    from collections.abc import Iterable

    from remedies.knowledge.derived import ActiveRule
    from remedies.knowledge.vocabulary import Vocabulary
    from remedies.knowledge.rulebook import Ranges
    from remedies.knowledge.records import CatalogueFile
    from remedies.knowledge.clauses import Clause, Leaf, Source, SourceRef


def compiled(
    file: CatalogueFile,
    rules: dict[str, tuple[ActiveRule, ...]],
    vocabulary: Vocabulary,
    sources: dict[str, Source],
    sha256: str,
) -> Index:
    """Compile a catalogue whose rules have been collected."""
    return _Compiler(vocabulary, sources).index(file, rules, sha256)


def name_of(leaf: Leaf) -> str:
    """Name what a leaf looks at: a fact, or age, pregnancy, breastfeeding."""
    match leaf:
        case AgeBelow():
            return "age"
        case Pregnant():
            return "pregnancy"
        case Breastfeeding():
            return "breastfeeding"
        case Always():
            return "always"
        case _:
            return fact_of(leaf)


class _Compiler:
    def __init__(self, vocabulary: Vocabulary, sources: dict[str, Source]) -> None:
        self._vocabulary = vocabulary
        self._sources = sources
        self._next = len(vocabulary.entries)
        self._bits: dict[Clause, int] = {}
        self._ages: list[tuple[int, int]] = []
        self._pregnancies: list[tuple[Ranges, int]] = []
        self._breastfeeding = self._always = 0
        self._conjunctions: list[tuple[tuple[int, ...], int]] = []
        self._citations: dict[SourceRef, int] = {}
        self._rules: dict[str, int] = {}
        self._indexed: list[IndexedRule] = []

    def index(self, file: CatalogueFile, rules: dict[str, tuple[ActiveRule, ...]], sha256: str) -> Index:
        remedies = []
        for remedy in file.remedies:
            numbers = tuple(map(self._rule, rules[remedy.id]))
            exclude = ask = 0
            for number in numbers:
                rule = self._indexed[number]
                if rule.effect == "exclude":
                    exclude |= rule.mask
                else:
                    ask |= rule.mask
            remedies.append(IndexedRemedy(remedy.id, remedy.name, remedy.what, remedy.reviewed, exclude, ask, numbers))
        signs = tuple(
            IndexedSign(entry.sign, entry.urgency, entry.because, self._cited(entry.sources))
            for entry in sorted(file.signs, key=lambda entry: entry.urgency)
        )
        names = {
            normal(name): remedy.id for remedy in file.remedies for name in (remedy.id, remedy.name, *remedy.aliases)
        }
        clauses = Clauses(
            self._next,
            tuple(self._ages),
            sum(bit for _, bit in self._ages),
            max((months for months, _ in self._ages), default=0),
            tuple(self._pregnancies),
            sum(bit for _, bit in self._pregnancies),
            self._breastfeeding,
            self._always,
            tuple(self._conjunctions),
        )
        citations = tuple(citation_data(ref, self._sources[ref.ref]) for ref in self._citations)
        return Index(
            file.version,
            sha256,
            file.disclaimer,
            self._vocabulary,
            clauses,
            tuple(self._indexed),
            tuple(remedies),
            signs,
            citations,
            [(remedy.id, remedy.exclude, remedy.ask) for remedy in remedies],
            names,
        )

    def _rule(self, active: ActiveRule) -> int:
        """Index a rule once, however many remedies it acts on."""
        if active.key not in self._rules:
            rule = active.rule
            reads: dict[str, int] = {}
            for leaf in leaves(rule.when):
                if not isinstance(leaf, Always):
                    reads[name_of(leaf)] = reads.get(name_of(leaf), 0) | self._mask(leaf)
            self._rules[active.key] = len(self._indexed)
            self._indexed.append(
                IndexedRule(
                    active.key,
                    active.origin,
                    rule.effect,
                    rule.basis,
                    rule.because,
                    rule.cure,
                    self._mask(rule.when),
                    tuple(reads.items()),
                    self._cited(rule.sources),
                )
            )
        return self._rules[active.key]

    def _cited(self, refs: Iterable[SourceRef]) -> tuple[int, ...]:
        return tuple(self._citations.setdefault(ref, len(self._citations)) for ref in refs)

    def _mask(self, clause: Clause) -> int:
        match clause:
            case AnyOf(any=parts):
                mask = 0
                for part in parts:
                    mask |= self._mask(part)
                return mask
            case AgeBelow() | Pregnant() | Breastfeeding() | Always() | AllOf():
                if clause not in self._bits:
                    self._bits[clause] = self._new(clause)
                return self._bits[clause]
            case _:
                return 1 << self._vocabulary.number[fact_of(clause)]

    def _new(self, clause: AgeBelow | Pregnant | Breastfeeding | Always | AllOf) -> int:
        parts = tuple(self._mask(part) for part in clause.all) if isinstance(clause, AllOf) else ()
        bit = 1 << self._next
        self._next += 1
        match clause:
            case AgeBelow():
                self._ages.append((clause.months, bit))
            case Pregnant():
                self._pregnancies.append((clause.days, bit))
            case Breastfeeding():
                self._breastfeeding |= bit
            case Always():
                self._always |= bit
            case AllOf():
                self._conjunctions.append((parts, bit))
        return bit
