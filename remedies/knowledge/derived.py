"""Rules that nobody writes: silence, allergies to ingredients, missing labels, and what is inherited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from remedies.knowledge.clauses import (
    AgeBelow,
    Allergy,
    AllOf,
    Always,
    AnyOf,
    Breastfeeding,
    Pregnant,
    Rule,
    Sign,
    SourceRef,
    fact_of,
)
from remedies.knowledge.words import STRENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.knowledge.vocabulary import Vocabulary
    from remedies.knowledge.records import CatalogueFile, Dimension, Remedy
    from remedies.knowledge.clauses import Clause, Source
    from remedies.knowledge.words import Origin

NO_OWN_LABEL = "no-own-label"
"""The rule of a remedy without a label of its own."""

VOCABULARY_SOURCE = "vocabulary"
"""The source that stands for our own list of substances and their relations."""

_MONTHS = 121 * 12
_DAYS = 316


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule as it acts on one remedy, under a name that is unique in the catalogue."""

    key: str
    origin: Origin
    rule: Rule


class Coverage:
    """In which plain situations a clause holds, as a bit mask: implication is then set inclusion.

    A situation is a fact that the person has, a month of age, a day of pregnancy, or breastfeeding.
    A conjunction has no plain situation of its own; it is handled by its parts.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Lay the situations out after the facts of a vocabulary."""
        self.vocabulary = vocabulary
        self._age = len(vocabulary.entries)
        self._pregnancy = self._age + _MONTHS
        self._breastfeeding = self._pregnancy + _DAYS
        self._known: dict[int, tuple[Clause, list[tuple[Clause, int]]]] = {}
        self._everything = (1 << (self._breastfeeding + 1)) - 1

    def of(self, clause: Clause) -> int:  # noqa: PLR0911 - one line per kind of clause
        """Return the plain situations in which a clause holds on its own."""
        match clause:
            case AnyOf(any=parts):
                return _union(map(self.of, parts))
            case AllOf():
                return 0
            case AgeBelow():
                return ((1 << clause.months) - 1) << self._age
            case Pregnant():
                return _union(((1 << (end - start)) - 1) << (self._pregnancy + start) for start, end in clause.days)
            case Breastfeeding():
                return 1 << self._breastfeeding
            case Always():
                return self._everything
            case _:
                return self.vocabulary.down[self.vocabulary.number[fact_of(clause)]]

    def implied(self, clause: Clause, *others: Clause) -> bool:
        """Tell whether a clause can be known to hold only where one of the others is known to hold as well.

        Each alternative must be covered by one alternative of another clause: several that cover it
        together (three trimesters and any pregnancy) do not, since each may stay unknown.
        """
        alternatives = [one for other in others for one in self._alternatives(other)]
        return all(self._covered(part, mask, alternatives) for part, mask in self._alternatives(clause))

    def _alternatives(self, clause: Clause) -> list[tuple[Clause, int]]:
        """List the clauses each of which alone is enough, with what they cover; worked out once per clause."""
        if id(clause) not in self._known:
            # The clause is kept as well, so that its number cannot pass to another one.
            found = [(part, self.of(part)) for part in _alternatives(clause)]
            self._known[id(clause)] = (clause, found)
        return self._known[id(clause)][1]

    def _covered(self, part: Clause, mask: int, alternatives: list[tuple[Clause, int]]) -> bool:
        if isinstance(part, AllOf):
            wider = any(
                isinstance(one, AllOf) and all(piece in part.all for piece in one.all) for one, _ in alternatives
            )
            return wider or any(self._covered(piece, self.of(piece), alternatives) for piece in part.all)
        return mask != 0 and any(not mask & ~covered for _, covered in alternatives)

    def possible(self, clause: Clause) -> bool:
        """Tell whether anybody could ever fulfil a clause."""
        match clause:
            case AnyOf(any=parts):
                return any(self.possible(part) for part in parts)
            case AllOf(all=parts):
                days = [self.of(part) for part in parts if isinstance(part, Pregnant)]
                common = days[0] if days else 1
                for mask in days[1:]:
                    common &= mask
                child = any(isinstance(part, AgeBelow) and part.months <= 120 for part in parts)
                motherly = days or any(isinstance(part, Breastfeeding) for part in parts)
                return common != 0 and not (child and motherly) and all(self.possible(part) for part in parts)
            case _:
                return self.of(clause) != 0

    def speaks(self, clauses: Iterable[Clause], dimension: Clause) -> Literal["wholly", "partly", "not"]:
        """Tell whether clauses are about a dimension, on their own and not only in a conjunction.

        A rule on severe kidney disease speaks of kidney disease only partly: the milder kinds are
        not ruled out by it. Any age limit speaks of age wholly, since ages below it are said.
        """
        wanted = self.of(dimension)
        said = _union(map(self.of, clauses))
        if not wanted & said:
            return "not"
        return "wholly" if not wanted & ~said or isinstance(dimension, AgeBelow) else "partly"


def _union(masks: Iterable[int]) -> int:
    whole = 0
    for mask in masks:
        whole |= mask
    return whole


def rules_of(
    remedy: Remedy, file: CatalogueFile, vocabulary: Vocabulary, sources: dict[str, Source], coverage: Coverage
) -> tuple[ActiveRule, ...]:
    """Collect every rule that acts on a remedy: own, inherited, derived, catalogue-wide."""
    own = [ActiveRule(f"{remedy.id}/{rule.id}", "own", rule) for rule in remedy.rules]
    replaced = {key for rule in remedy.rules for key in rule.replaces}
    spoken = list(own)

    def add(rules: Iterable[ActiveRule]) -> None:
        for new in rules:
            strong = [one.rule.when for one in spoken if STRENGTH[one.rule.effect] >= STRENGTH[new.rule.effect]]
            if new.key not in replaced and not coverage.implied(new.rule.when, *strong):
                spoken.append(new)

    add(inherited(remedy, file, vocabulary))
    add(_cross_reactions(remedy, vocabulary))
    labels = _labels(remedy, sources)
    spoken += _allergies(remedy, vocabulary)
    spoken += _silence(remedy, file.dimensions, [one.rule.when for one in spoken], labels, coverage)
    if remedy.label != "own" and remedy.label_note is not None:
        spoken.append(
            _derived(remedy, NO_OWN_LABEL, Always(always=True), remedy.label_note.text, remedy.label_note.sources)
        )
    return (*spoken, *catalogue_rules(file))


def inherited(remedy: Remedy, file: CatalogueFile, vocabulary: Vocabulary) -> Iterator[ActiveRule]:
    """Yield the rules that reach a remedy through its substances and their classes."""
    contained = _union(vocabulary.up[vocabulary.number[name]] for name in remedy.substances)
    for substance in file.substances:
        if substance.id in vocabulary and contained >> vocabulary.number[substance.id] & 1:
            for rule in substance.rules:
                yield ActiveRule(f"{substance.id}/{rule.id}", "substance", rule)


def catalogue_rules(file: CatalogueFile) -> Iterator[ActiveRule]:
    """Yield the rules that act on every remedy, the warning signs among them."""
    for rule in file.rules:
        yield ActiveRule(f"catalogue/{rule.id}", "catalogue", rule)
    signs = tuple(Sign.model_construct(sign=entry.sign) for entry in file.signs)
    if signs:
        yield ActiveRule(
            "catalogue/signs",
            "catalogue",
            Rule.model_construct(
                id="signs",
                when=AnyOf.model_construct(any=signs),
                effect="ask-doctor",
                because="A warning sign needs a doctor before any remedy.",
                basis="own",
                cure=None,
                replaces=(),
                sources=tuple(dict.fromkeys(ref for entry in file.signs for ref in entry.sources)),
            ),
        )


def _derived(
    remedy: Remedy, name: str, when: Clause, because: str, sources: tuple[SourceRef, ...], *, exclude: bool = False
) -> ActiveRule:
    rule = Rule.model_construct(
        id=name,
        when=when,
        effect="exclude" if exclude else "ask-doctor",
        because=because,
        basis="own",
        cure=None,
        replaces=(),
        sources=sources,
    )
    return ActiveRule(f"{remedy.id}/{name}", "derived", rule)


def _allergies(remedy: Remedy, vocabulary: Vocabulary) -> Iterator[ActiveRule]:
    for ingredient in (*remedy.ingredients, *remedy.excipients):
        substance = ingredient.substance
        yield _derived(
            remedy,
            f"allergy-{substance}",
            Allergy.model_construct(allergy=substance),
            f"It contains {vocabulary[substance].label}.",
            ingredient.sources,
            exclude=True,
        )


def _cross_reactions(remedy: Remedy, vocabulary: Vocabulary) -> Iterator[ActiveRule]:
    contained = set(remedy.substances)
    seen: set[str] = set()
    for ingredient in remedy.ingredients:
        fact = vocabulary[ingredient.substance]
        others = [other for other in fact.cross_reacts_with if other in vocabulary]
        others += [other.id for other in vocabulary.entries if fact.id in other.cross_reacts_with]
        for other in others:
            if other not in contained and other not in seen:
                seen.add(other)
                yield _derived(
                    remedy,
                    f"cross-allergy-{other}",
                    Allergy.model_construct(allergy=other),
                    f"An allergy to {vocabulary[other].label} can go together with one to {fact.label}.",
                    (SourceRef.model_construct(ref=VOCABULARY_SOURCE, section="general"),),
                )


def reserved(remedy: Remedy, file: CatalogueFile, vocabulary: Vocabulary) -> set[str]:
    """Name the rules that loading may derive for a remedy; its own rules must be called otherwise."""
    names = {f"allergy-{substance}" for substance in remedy.substances}
    names |= {f"cross-allergy-{entry.id}" for entry in vocabulary.entries}
    names |= {f"silent-{dimension.id}" for dimension in file.dimensions}
    return {NO_OWN_LABEL, *names}


def _labels(remedy: Remedy, sources: dict[str, Source]) -> tuple[SourceRef, ...]:
    """Collect the labels on which a record rests, each once; whatever else it rests on if there are none."""
    cited = [ref for rule in remedy.rules for ref in rule.sources]
    cited += [ref for ingredient in remedy.ingredients for ref in ingredient.sources]
    cited += remedy.label_note.sources if remedy.label_note else ()
    names = dict.fromkeys(ref.ref for ref in cited)
    labels = [name for name in names if name in sources and sources[name].grade in {"label", "label-copy"}]
    return tuple(SourceRef.model_construct(ref=name, section="general") for name in labels or names)


def _silence(
    remedy: Remedy,
    dimensions: tuple[Dimension, ...],
    clauses: list[Clause],
    labels: tuple[SourceRef, ...],
    coverage: Coverage,
) -> Iterator[ActiveRule]:
    unrestricted = {entry.dimension for entry in remedy.no_restriction}
    for dimension in dimensions:
        spoken = "wholly" if dimension.id in unrestricted else coverage.speaks(clauses, dimension.when)
        if spoken == "wholly":
            continue
        said = "say nothing about" if spoken == "not" else "speak only of some kinds of"
        because = f"The labels on file {said} {dimension.label}."
        yield _derived(remedy, f"silent-{dimension.id}", dimension.when, because, labels)


def shadowed(rules: tuple[Rule, ...], coverage: Coverage) -> Iterator[tuple[int, str]]:
    """Yield the rules (by index) that can never decide anything, with the id of one that is always there first.

    Of two rules that say the same, the later one is yielded.
    """
    for index, rule in enumerate(rules):
        first = [
            other
            for place, other in enumerate(rules)
            if place != index and _comes_first(other, rule, coverage, earlier=place < index)
        ]
        if coverage.implied(rule.when, *(other.when for other in first)):
            alone = (other for other in first if coverage.implied(rule.when, other.when))
            yield index, next(alone, first[0]).id


def _comes_first(other: Rule, rule: Rule, coverage: Coverage, *, earlier: bool) -> bool:
    """Tell whether a rule may make another one needless."""
    if STRENGTH[other.effect] != STRENGTH[rule.effect]:
        return STRENGTH[other.effect] > STRENGTH[rule.effect]
    return earlier or not coverage.implied(other.when, rule.when)


def _alternatives(clause: Clause) -> Iterator[Clause]:
    """Yield the clauses each of which alone is enough."""
    if isinstance(clause, AnyOf):
        for part in clause.any:
            yield from _alternatives(part)
    else:
        yield clause
