"""What no schema can say of a catalogue: known ids, sources, reachable rules, usage that makes sense."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from remedies.core.errors import Fault, did_you_mean, quoted
from remedies.knowledge.clauses import FACT_KEYS, AllOf, AnyOf
from remedies.knowledge.derived import inherited, reserved, shadowed, substances_in
from remedies.knowledge.records import LONGEST_BECAUSE
from remedies.knowledge.spelling import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from remedies.core.documents import Json
    from remedies.core.errors import Where
    from remedies.knowledge.clause_bits import ClauseBits
    from remedies.knowledge.clauses import Clause
    from remedies.knowledge.records import ActiveRule, CatalogueFile, Remedy, Rule, Substance
    from remedies.knowledge.sources import Source
    from remedies.knowledge.usage import Dose, Instruction
    from remedies.knowledge.vocabulary import Vocabulary

_TOPICS = FACT_KEYS | {"substance": "allergies"}
"""The topic of the facts that stand under a key."""

_HOURS = 24
_NAMELESS = "holds a name without any letter or digit, which nobody could look up"


def reference_faults(document: Json, vocabulary: Vocabulary, sources: Mapping[str, Source]) -> Iterator[Fault]:
    """Find facts and sources that do not exist, by walking the raw document.

    The raw document is walked, not the records, so that these faults are reported together with
    faults of shape.
    """
    for where, value in _texts(document, ()):
        key = where[-1]
        if key == "ref" or "sources" in where[-2:]:
            source = value.partition(": ")[0]
            if source not in sources:
                hint = did_you_mean(source, sources)
                yield Fault(where, f"no source is called {quoted(source)}.{hint}")
            continue
        topic = _TOPICS.get(str(key))
        if where[0] == "signs" and value in vocabulary and vocabulary[value].topic == "conditions":
            continue
        if topic and (value not in vocabulary or vocabulary[value].topic != topic):
            hint = did_you_mean(value, (entry.id for entry in vocabulary.entries if entry.topic == topic))
            yield Fault(where, f"no fact of the topic {topic} is called {quoted(value)}.{hint}")


def _texts(document: Json, where: Where) -> Iterator[tuple[Where, str]]:
    """Yield every text of a document with its path; texts in lists only where they are citations."""
    match document:
        case list():
            for index, child in enumerate(document):
                if not isinstance(child, str) or where[-1:] == ("sources",):
                    yield from _texts(child, (*where, index))
        case dict():
            for key, child in document.items():
                yield from _texts(child, (*where, key))
        case str() if where:
            yield where, document
        case _:
            return


def catalogue_faults(file: CatalogueFile, remedies: Iterable[tuple[int, Remedy]], bits: ClauseBits) -> Iterator[Fault]:
    """Find what is wrong between records whose shape is right and whose references exist."""
    yield from _shared_faults(file, bits)
    numbered = list(remedies)
    yield from _name_faults(file, numbered)
    for index, remedy in numbered:
        where: Where = ("remedies", index)
        yield from _rule_faults((*where, "rules"), remedy.rules, bits)
        yield from _remedy_faults(where, remedy, file, bits)


def _shared_faults(file: CatalogueFile, bits: ClauseBits) -> Iterator[Fault]:
    """Find what is wrong in what stands once for all remedies."""
    yield from _rule_faults(("rules",), file.rules, bits)
    for index, rule in enumerate(file.rules):
        if rule.id == "signs":
            yield Fault(("rules", index, "id"), "signs is the name of the rule that is derived from the warning signs")
    for name, place in _repeated(sign.sign for sign in file.signs):
        yield Fault(("signs", place, "sign"), f"{name} stands more than once")
    for name, place in _repeated(dimension.id for dimension in file.dimensions):
        yield Fault(("dimensions", place, "id"), f"{name} stands more than once")
    for name, place in _repeated(substance.id for substance in file.substances):
        yield Fault(("substances", place, "id"), f"{name} stands more than once")
    for index, substance in enumerate(file.substances):
        where: Where = ("substances", index)
        if substance.id not in bits.vocabulary or bits.vocabulary[substance.id].topic != "allergies":
            yield Fault((*where, "id"), f"no substance is called {quoted(substance.id)}")
        yield from _rule_faults((*where, "rules"), substance.rules, bits)
        yield from _line_faults(
            where, {"avoid": substance.avoid, "stop": substance.stop}, _shared_lines(file, file.substances)
        )


def _shared_lines(file: CatalogueFile, substances: Iterable[Substance]) -> set[str]:
    """Collect the lines of the article and of substances that another line may stand in for."""
    lines = [*file.common.how, *file.common.stop]
    lines += [entry for one in substances for entry in (*one.avoid, *one.stop)]
    # What stands in for something else cannot be left out itself, so that no circle swallows both.
    return {entry.text for entry in lines if not entry.replaces}


def _line_faults(where: Where, told: Mapping[str, Sequence[Instruction]], shared: set[str]) -> Iterator[Fault]:
    """Find lines that stand in for a line that is not there, or that not everybody is told."""
    for key, entries in told.items():
        for index, entry in enumerate(entries):
            place: Where = (*where, key, index, "replaces")
            if entry.replaces and entry.about == "breastfeeding":
                yield Fault(place, "would leave out a line for people who are not told this one")
            for number, text in enumerate(entry.replaces):
                if text == entry.text or text not in shared:
                    message = f"no other line of the article or of its substances is {quoted(text)}"
                    yield Fault((*place, number), message)


def unreached_faults(file: CatalogueFile, rules: Mapping[str, Sequence[ActiveRule]]) -> Iterator[Fault]:
    """Find rules of substances that act on no remedy, given all that act on each."""
    acting = {active.key for found in rules.values() for active in found}
    for index, substance in enumerate(file.substances):
        for place, rule in enumerate(substance.rules):
            if f"{substance.id}/{rule.id}" not in acting:
                message = f"acts on no remedy: none with {substance.id} is without a rule that is as strict"
                yield Fault(("substances", index, "rules", place), message)


def _name_faults(file: CatalogueFile, remedies: list[tuple[int, Remedy]]) -> Iterator[Fault]:
    """Find names that two records claim."""
    taken = {substance.id: "a substance with rules" for substance in file.substances}
    taken["catalogue"] = "the rules for every remedy"
    owners: dict[str, str] = {}
    places = [index for index, _ in remedies]
    for name, place in _repeated(remedy.id for _, remedy in remedies):
        yield Fault(("remedies", places[place], "id"), f"{name} stands more than once")
    for index, remedy in remedies:
        where: Where = ("remedies", index)
        if remedy.id in taken:
            message = f"{remedy.id} is also the name of {taken[remedy.id]}, and rules are told apart by it"
            yield Fault((*where, "id"), message)
        for name in sorted({normal(name) for name in remedy.names}):
            if not name:
                yield Fault((*where, "aliases"), _NAMELESS)
                continue
            owner = owners.setdefault(name, remedy.id)
            if owner != remedy.id:
                yield Fault((*where, "aliases"), f"{quoted(name)} already means {owner}")


def _repeated(names: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield what stands again, with its place."""
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            yield name, place
        seen.add(name)


def _rule_faults(where: Where, rules: tuple[Rule, ...], bits: ClauseBits) -> Iterator[Fault]:
    counts = Counter(rule.id for rule in rules)
    for index, rule in enumerate(rules):
        if counts[rule.id] > 1:
            yield Fault((*where, index, "id"), f"{rule.id} stands more than once")
        yield from _impossible((*where, index, "when"), rule.when, bits)
    for index, other in shadowed(rules, bits):
        yield Fault(
            (*where, index), f"can never decide anything: whenever it holds, {other} holds and is at least as strong"
        )


def _impossible(where: Where, clause: Clause, bits: ClauseBits) -> Iterator[Fault]:
    if not bits.possible(clause):
        yield Fault(where, "can never hold of anybody")
        return
    match clause:
        case AnyOf(any=parts):
            for index, part in enumerate(parts):
                yield from _impossible((*where, "any", index), part, bits)
        case AllOf(all=parts):
            for index, part in enumerate(parts):
                yield from _impossible((*where, "all", index), part, bits)
        case _:
            return


def _remedy_faults(where: Where, remedy: Remedy, file: CatalogueFile, bits: ClauseBits) -> Iterator[Fault]:
    """Find what is wrong within one remedy."""
    reaching = {rule.key for rule in inherited(remedy, file, bits.vocabulary)}
    for place, fact in enumerate(remedy.counts_as):
        if fact not in bits.vocabulary or bits.vocabulary[fact].topic != "medicines":
            yield Fault((*where, "counts_as", place), f"no fact of the topic medicines is called {quoted(fact)}")
    taken = reserved(remedy, file, bits.vocabulary)
    for index, rule in enumerate(remedy.rules):
        if rule.id in taken:
            message = f"{rule.id} is the name of a rule that loading derives; choose another"
            yield Fault((*where, "rules", index, "id"), message)
        for place, key in enumerate(rule.replaces):
            if key not in reaching:
                yield Fault((*where, "rules", index, "replaces", place), f"no rule {quoted(key)} reaches {remedy.id}")
    yield from _unrestricted_faults(where, remedy, file, bits)
    for substance, count in Counter(remedy.substances).items():
        if count > 1:
            yield Fault((*where, "ingredients"), f"{substance} stands more than once")
    yield from _label_faults(where, remedy)
    if remedy.usage is not None:
        yield from _dose_faults((*where, "usage"), remedy.usage.doses)
        usage, shared = remedy.usage, _shared_lines(file, substances_in(remedy, file, bits.vocabulary))
        told = {"how": usage.how, "avoid": usage.avoid, "stop": usage.stop}
        yield from _line_faults((*where, "usage"), told, shared)


def _label_faults(where: Where, remedy: Remedy) -> Iterator[Fault]:
    """Find records that say more than the label that was read, or less."""
    if remedy.label != "own" and remedy.label_note is None:
        yield Fault((*where, "label_note"), "is missing; a remedy without a label of its own must say so")
    if remedy.label != "own" and remedy.label_note is not None and len(remedy.label_note.text) > LONGEST_BECAUSE:
        message = f"must have at most {LONGEST_BECAUSE} characters, since it is the reason of a rule"
        yield Fault((*where, "label_note", "text"), message)
    if remedy.label == "none" and remedy.usage is not None:
        yield Fault((*where, "usage"), "gives a dose, but no label was read")
    if remedy.label != "none" and not remedy.ingredients:
        yield Fault((*where, "ingredients"), "is empty, but a label was read")


def _unrestricted_faults(where: Where, remedy: Remedy, file: CatalogueFile, bits: ClauseBits) -> Iterator[Fault]:
    """Find dimensions that are called unrestricted and do not exist, or are restricted all the same."""
    dimensions = {dimension.id: dimension for dimension in file.dimensions}
    for index, entry in enumerate(remedy.no_restriction):
        place: Where = (*where, "no_restriction", index, "dimension")
        dimension = dimensions.get(entry.dimension)
        if dimension is None:
            hint = did_you_mean(entry.dimension, dimensions)
            yield Fault(place, f"no dimension is called {quoted(entry.dimension)}.{hint}")
        elif bits.speaks([rule.when for rule in remedy.rules], dimension.when) != "not":
            yield Fault(place, f"says that nothing stands against use, but a rule of {remedy.id} speaks to it")


def _dose_faults(where: Where, doses: tuple[Dose, ...]) -> Iterator[Fault]:
    last: int | None = 0
    for index, dose in enumerate(doses):
        place: Where = (*where, "doses", index)
        start, end = dose.from_age or 0, dose.below_age
        if end is not None and start >= end:
            yield Fault(place, f"from age {start} is not before below age {end}")
        if last is None or start < last:
            yield Fault(place, "overlaps the age band before it; bands go from young to old")
        last = end
        times, hours, most = dose.times_per_day, dose.hours_between, dose.max_per_day
        if times and hours and times.max * hours.hours > _HOURS:
            yield Fault(place, f"{times.max} uses a day do not fit with {hours.hours} hours between them")
        if most and most.uses and times and most.uses < times.min:
            yield Fault(place, f"at most {most.uses} uses a day is less than at least {times.min}")
        if most and most.grams and dose.amount and dose.amount.grams and times:
            least = dose.amount.grams.min * times.min
            if least > most.grams:
                yield Fault(place, f"{times.min} uses of {dose.amount.grams.min:g} g exceed {most.grams:g} g a day")
