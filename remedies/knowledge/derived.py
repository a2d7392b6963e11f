"""Rules that nobody writes: silence, allergies to ingredients, missing labels, and what is inherited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedies.knowledge.clauses import Always, AnyOf, Has, leaves
from remedies.knowledge.records import VOCABULARY_SOURCE, ActiveRule, Rule
from remedies.knowledge.sources import Citation
from remedies.knowledge.topics import STRENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.knowledge.clause_bits import ClauseBits
    from remedies.knowledge.clauses import Clause
    from remedies.knowledge.records import CatalogueFile, Dimension, Ingredient, Remedy, Substance
    from remedies.knowledge.sources import Source
    from remedies.knowledge.topics import Effect
    from remedies.knowledge.vocabulary import Vocabulary

NO_OWN_LABEL = "no-own-label"
"""The rule of a remedy without a label of its own."""


DIMENSIONS = (
    "age",
    "first-trimester",
    "second-trimester",
    "third-trimester",
    "breastfeeding",
    "broken-skin",
    "asthma",
    "heart-disease",
    "liver-disease",
    "kidney-disease",
)
"""What every catalogue should make its remedies speak to; a report says which of them its catalogue leaves out."""


def rules_of(
    remedy: Remedy, file: CatalogueFile, sources: dict[str, Source], bits: ClauseBits
) -> tuple[ActiveRule, ...]:
    """Collect every rule that acts on a remedy: own, inherited, derived, catalogue-wide."""
    vocabulary = bits.vocabulary
    own = [ActiveRule(f"{remedy.id}/{rule.id}", "own", rule) for rule in remedy.rules]
    replaced = {key for rule in remedy.rules for key in rule.replaces}
    spoken = list(own)

    def add(rules: Iterable[ActiveRule]) -> None:
        for new in rules:
            strong = [one.rule.when for one in spoken if STRENGTH[one.rule.effect] >= STRENGTH[new.rule.effect]]
            if new.key not in replaced and not bits.implied(new.rule.when, *strong):
                spoken.append(new)

    add(inherited(remedy, file, vocabulary))
    add(_cross_reactions(remedy, vocabulary))
    add(_mixtures(remedy, vocabulary))
    labels = _labels(remedy, sources)
    spoken += _allergies(remedy, vocabulary)
    spoken += _silence(remedy, file.dimensions, [one.rule.when for one in spoken], labels, bits)
    if remedy.label != "own" and remedy.label_note is not None:
        spoken.append(
            _derived(remedy, NO_OWN_LABEL, Always(always=True), remedy.label_note.text, remedy.label_note.sources)
        )
    return (*spoken, *catalogue_rules(file, vocabulary))


def inherited(remedy: Remedy, file: CatalogueFile, vocabulary: Vocabulary) -> Iterator[ActiveRule]:
    """Yield the rules that reach a remedy through its substances and their classes."""
    for substance in substances_in(remedy, file, vocabulary):
        for rule in substance.rules:
            yield ActiveRule(f"{substance.id}/{rule.id}", "substance", rule)


def substances_in(remedy: Remedy, file: CatalogueFile, vocabulary: Vocabulary) -> Iterator[Substance]:
    """Yield the records of the substances in a remedy, and of their classes, in catalogue order."""
    contained = vocabulary.spread_up(remedy.substances)
    for substance in file.substances:
        if substance.id in vocabulary and contained >> vocabulary.number[substance.id] & 1:
            yield substance


def catalogue_rules(file: CatalogueFile, vocabulary: Vocabulary) -> Iterator[ActiveRule]:
    """Yield the rules that act on every remedy, the warning signs among them."""
    for rule in file.rules:
        yield ActiveRule(f"catalogue/{rule.id}", "catalogue", rule)
    signs = tuple(Has(topic=vocabulary[entry.sign].topic, fact=entry.sign) for entry in file.signs)
    if signs:
        rule = Rule(
            id="signs",
            when=_one_of(signs),
            effect="ask-doctor",
            because="A warning sign needs a doctor before any remedy.",
            sources=tuple(dict.fromkeys(ref for entry in file.signs for ref in entry.sources)),
        )
        yield ActiveRule("catalogue/signs", "catalogue", rule)


def _derived(
    remedy: Remedy,
    name: str,
    when: Clause,
    because: str,
    sources: tuple[Citation, ...],
    *,
    effect: Effect = "ask-doctor",
    cure: str | None = None,
) -> ActiveRule:
    rule = Rule(id=name, when=when, effect=effect, because=because, cure=cure, sources=sources)
    return ActiveRule(f"{remedy.id}/{name}", "derived", rule)


def _allergies(remedy: Remedy, vocabulary: Vocabulary) -> Iterator[ActiveRule]:
    """Yield who is allergic to something in a remedy, for certain or as the pack decides."""
    for ingredient in (*remedy.ingredients, *remedy.excipients):
        substance, only_in = ingredient.substance, ingredient.only_in
        contained = vocabulary[substance]
        allergic = Has(topic="allergies", fact=substance)
        if only_in is None:
            holds = f"It contains {contained.label}"
            because = f"{holds}."
            yield _derived(remedy, f"allergy-{substance}", allergic, because, ingredient.sources, effect="exclude")
        else:
            holds = f"Some products of this name contain {contained.label}"
            because = f"{holds}: {only_in}."
            yield _derived(
                remedy,
                f"allergy-{substance}",
                allergic,
                because,
                ingredient.sources,
                effect="ask-pharmacist",
                cure="Take one without it: read the composition on the pack.",
            )
        kinds = (substance, *vocabulary.wider(substance))
        parts = dict.fromkeys(part for kind in kinds for part in vocabulary[kind].may_hold)
        if parts:
            yield _derived(
                remedy,
                f"allergy-within-{substance}",
                _one_of(tuple(Has(topic="allergies", fact=part) for part in parts)),
                f"{holds}, and the label does not say of what they are made.",
                ingredient.sources,
                effect=_unsure(ingredient),
            )


def _unsure(ingredient: Ingredient) -> Effect:
    """Say who is asked about what may be in an ingredient: a doctor, or a pharmacist if the pack tells."""
    if ingredient.only_in is None:
        return "ask-doctor"
    return "ask-pharmacist"


def _one_of(found: tuple[Has, ...]) -> Clause:
    """Join facts, one of which is enough."""
    return AnyOf(any=found) if len(found) > 1 else found[0]


def _mixtures(remedy: Remedy, vocabulary: Vocabulary) -> Iterator[ActiveRule]:
    """Yield allergies to mixtures, such as perfumes, that may be allergies to a substance of a remedy."""
    for mixture in vocabulary.entries:
        held = (
            one
            for one in _surest_first(*remedy.ingredients, *remedy.excipients)
            if any(vocabulary.is_a(one.substance, part) for part in mixture.may_hold)
        )
        ingredient = next(held, None)
        if ingredient is not None and mixture.id not in _asked(remedy, ingredient):
            yield _derived(
                remedy,
                f"cross-allergy-{mixture.id}",
                Has(topic="allergies", fact=mixture.id),
                f"An allergy to {mixture.label} can be one to {vocabulary.label(ingredient.substance)}: "
                "if you know the substance, name it.",
                (Citation(f"{VOCABULARY_SOURCE}: general"),),
                effect=_unsure(ingredient),
            )


def _surest_first(*ingredients: Ingredient) -> list[Ingredient]:
    """Put what is in every product of a name before what is only in some."""
    return sorted(ingredients, key=lambda one: one.only_in is not None)


def _asked(remedy: Remedy, ingredient: Ingredient) -> set[str]:
    """Name the substances an allergy to which asks as much already as one beside an ingredient would.

    An allergy to what only some products contain asks a pharmacist, which is not enough beside what all contain.
    """
    everything = (*remedy.ingredients, *remedy.excipients)
    return {one.substance for one in everything if one.only_in is None or ingredient.only_in is not None}


def _cross_reactions(remedy: Remedy, vocabulary: Vocabulary) -> Iterator[ActiveRule]:
    """Yield allergies to the relatives of active ingredients; those of excipients are not on file."""
    seen: set[str] = set()
    for ingredient in _surest_first(*remedy.ingredients):
        fact = vocabulary[ingredient.substance]
        others = [other for other in fact.cross_reacts_with if other in vocabulary]
        others += [entry.id for entry in vocabulary.entries if fact.id in entry.cross_reacts_with]
        for other in others:
            if other not in _asked(remedy, ingredient) and other not in seen:
                seen.add(other)
                yield _derived(
                    remedy,
                    f"cross-allergy-{other}",
                    Has(topic="allergies", fact=other),
                    f"An allergy to {vocabulary[other].label} can go together with one to {fact.label}.",
                    (Citation(f"{VOCABULARY_SOURCE}: general"),),
                    effect=_unsure(ingredient),
                )


def reserved(remedy: Remedy, file: CatalogueFile, vocabulary: Vocabulary) -> set[str]:
    """Name the rules that loading may derive for a remedy; its own rules must be called otherwise."""
    names = {f"allergy-{substance}" for substance in remedy.substances}
    names |= {f"allergy-within-{substance}" for substance in remedy.substances}
    names |= {f"cross-allergy-{entry.id}" for entry in vocabulary.entries}
    names |= {f"silent-{dimension.id}" for dimension in file.dimensions}
    return {NO_OWN_LABEL, *names}


def _labels(remedy: Remedy, sources: dict[str, Source]) -> tuple[Citation, ...]:
    """Collect the labels on which a record rests, each once; whatever else it rests on if there are none."""
    cited = [ref for rule in remedy.rules for ref in rule.sources]
    cited += [ref for ingredient in remedy.ingredients for ref in ingredient.sources]
    if remedy.label_note is not None:
        cited += remedy.label_note.sources
    names = dict.fromkeys(ref.source for ref in cited)
    labels = [name for name in names if name in sources and sources[name].grade in {"label", "label-copy"}]
    return tuple(Citation(f"{name}: general") for name in labels or names)


_SILENCE = {"not": "say nothing about", "partly": "speak only of some kinds of"}
"""What labels do that do not wholly speak of something."""


def _silence(
    remedy: Remedy,
    dimensions: tuple[Dimension, ...],
    clauses: list[Clause],
    labels: tuple[Citation, ...],
    bits: ClauseBits,
) -> Iterator[ActiveRule]:
    unrestricted = {entry.dimension for entry in remedy.no_restriction}
    for dimension in dimensions:
        said = _SILENCE.get(bits.speaks(clauses, dimension.when))
        if said and dimension.id not in unrestricted:
            because = f"The labels on file {said} {dimension.label}."
            yield _derived(
                remedy, f"silent-{dimension.id}", dimension.when, because, labels, effect=_on_silence(dimension.when)
            )


def _on_silence(dimension: Clause) -> Effect:
    """Say who weighs the silence of labels: a pharmacist on illnesses and skin, a doctor on age and motherhood."""
    return "ask-pharmacist" if all(isinstance(leaf, Has) for leaf in leaves(dimension)) else "ask-doctor"


def shadowed(rules: tuple[Rule, ...], bits: ClauseBits) -> Iterator[tuple[int, str]]:
    """Yield the rules (by index) that can never decide anything, with the id of one that is always there first.

    Of two rules that say the same, the later one is yielded.
    """
    for index, rule in enumerate(rules):
        first = [
            other
            for place, other in enumerate(rules)
            if place != index and _comes_first(other, rule, bits, earlier=place < index)
        ]
        if bits.implied(rule.when, *(other.when for other in first)):
            alone = (other for other in first if bits.implied(rule.when, other.when))
            yield index, next(alone, first[0]).id


def _comes_first(other: Rule, rule: Rule, bits: ClauseBits, *, earlier: bool) -> bool:
    """Tell whether a rule may make another one needless."""
    if STRENGTH[other.effect] != STRENGTH[rule.effect]:
        return STRENGTH[other.effect] > STRENGTH[rule.effect]
    return earlier or not bits.implied(other.when, rule.when)
