"""One remedy as a page, the list of remedies, and what a word means."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from remedies.core.model import Frozen
from remedies.knowledge.vocabulary import TOPIC_NOUNS, Topic
from remedies.advice.limits import limits_of
from remedies.knowledge.records import Atc, Icd10
from remedies.pages.layout import Section, Table, as_json, capital
from remedies.knowledge.clauses import (
    AgeBelow,
    AllOf,
    Always,
    AnyOf,
    Breastfeeding,
    FromWeek,
    Pregnant,
    Sign,
    Trimesters,
    fact_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.derived import ActiveRule
    from remedies.knowledge.records import Dose, Ingredient, Remedy
    from remedies.knowledge.clauses import Clause, SourceRef
    from remedies.knowledge.words import Effect

ListRow = tuple[str, str, str, str]
LIST_HEADERS = ("Id", "Name", "What it is", "Also called")


def list_rows(catalogue: Catalogue) -> list[ListRow]:
    """Give id, name, description and aliases of every remedy."""
    return [(one.id, one.name, one.what, ", ".join(one.aliases)) for one in catalogue.remedies]


def list_section(catalogue: Catalogue) -> Section:
    """List every remedy with its id."""
    rows = tuple((one.id, one.name, one.what) for one in catalogue.remedies)
    return Section(None, table=Table(LIST_HEADERS[:3], rows, (3, 3, 5)))


def page(remedy: Remedy, catalogue: Catalogue, *, details: bool = False) -> Iterator[Section]:
    """Write what a pharmacist needs of one remedy, on one page.

    Args:
        remedy: the record.
        catalogue: the catalogue that it stands in.
        details: give every rule as a sentence with its sources, and the sources in full.
    """
    contents = "; ".join(_content(one, catalogue) for one in remedy.ingredients)
    lines = [f"{capital(remedy.what)} ({remedy.form}). Contains {contents or 'nothing that is known'}."]
    if remedy.helps:
        lines.append(f"Used for {', '.join(entry.text for entry in remedy.helps)}.")
    if remedy.label_note is not None:
        lines.append(remedy.label_note.text)
    yield Section(remedy.name, tuple(lines), mood="bold")
    rules = catalogue.rules[remedy.id]
    if details:
        yield Section("Must not be used", items=tuple(_sentences(rules, "exclude")), mood="red")
        yield Section("Ask a doctor first", items=tuple(_sentences(rules, "ask-doctor")), mood="yellow")
    else:
        yield Section(None, table=_who(rules, catalogue))
    yield from _usage(remedy, catalogue)
    if remedy.not_to_confuse:
        confused = tuple(f"{one.name}: {one.because}" for one in remedy.not_to_confuse)
        yield Section("Not to be confused with", items=confused)
    used = dict.fromkeys(ref.ref for ref in cited(remedy, rules))
    yield Section("Sources", items=tuple(source_line(catalogue, name, details=details) for name in used))
    yield Section(None, (f"Reviewed {remedy.reviewed}; catalogue {catalogue.version}.", catalogue.file.disclaimer))


def _content(ingredient: Ingredient, catalogue: Catalogue) -> str:
    name = catalogue.vocabulary[ingredient.substance].label
    return f"{name} {ingredient.strength}" if ingredient.strength else name


_ROWS = {
    "age": "Age",
    "pregnancy": "Pregnancy",
    "breastfeeding": "Breast-feeding",
    "conditions": "Illnesses",
    "skin": "Skin there",
    "allergies": "Allergies",
    "medicines": "Medicines",
    "circumstances": "Plans",
    "signs": "Signs",
    "always": "Anybody",
}


_ANY_TIME = "any time"
"""Pregnancy as a whole; no trimester needs to be named beside it."""


def _who(rules: Iterable[ActiveRule], catalogue: Catalogue) -> Table:
    """Say in a few words per topic who must not use a remedy and who asks first."""
    cells: dict[tuple[str, Effect], dict[str, None]] = {}
    for active in rules:
        when = active.rule.when
        for part in when.any if isinstance(when, AnyOf) else (when,):
            topic, phrase = _phrase(part, catalogue)
            if isinstance(part, Sign) and active.origin == "catalogue":
                phrase = "any warning sign"
            cell = cells.setdefault((topic, active.rule.effect), {})
            if phrase == _ANY_TIME:
                cell.clear()
            if _ANY_TIME not in cell:
                cell[phrase] = None
    rows = []
    for topic, title in _ROWS.items():
        never, ask = cells.get((topic, "exclude"), {}), cells.get((topic, "ask-doctor"), {})
        if never or ask:
            rows.append((title, ", ".join(never), ", ".join(phrase for phrase in ask if phrase not in never)))
    return Table(("", "Must not be used", "Ask a doctor first"), tuple(rows), (2, 5, 5))


def _phrase(clause: Clause, catalogue: Catalogue) -> tuple[str, str]:  # noqa: PLR0911 - one per kind
    """Put a clause into a few words, with the topic under which a reader looks for it."""
    match clause:
        case AnyOf(any=parts):
            phrases = [_phrase(part, catalogue) for part in parts]
            return phrases[0][0], " or ".join(phrase for _, phrase in phrases)
        case AllOf(all=parts):
            phrases = [_phrase(part, catalogue) for part in parts]
            return phrases[0][0], " together with ".join(
                f"({phrase})" if " or " in phrase else phrase for _, phrase in phrases
            )
        case AgeBelow(age_below=limit):
            return "age", f"under {limit.years}" + (f" years {limit.months} months" if limit.months else "")
        case Pregnant(pregnant=window):
            return "pregnancy", _window(window)
        case Breastfeeding():
            return "breastfeeding", "yes"
        case Always():
            return "always", "everybody"
        case _:
            return clause.topic, catalogue.vocabulary.label(fact_of(clause))


def _window(window: Literal["any"] | Trimesters | FromWeek) -> str:
    match window:
        case Trimesters(trimesters=numbers):
            return f"trimester {' and '.join(map(str, sorted(numbers)))}"
        case FromWeek(from_week=week):
            return f"from week {week}"
        case "any":
            return _ANY_TIME


def _sentences(rules: Iterable[ActiveRule], effect: Effect) -> Iterator[str]:
    """Give the rules of one effect as sentences with their sources."""
    for active in rules:
        if active.rule.effect == effect:
            refs = dict.fromkeys(f"{ref.ref} ({ref.section})" for ref in active.rule.sources)
            yield f"{active.rule.because} [{active.key}, {active.rule.basis}; {', '.join(refs)}]"


def _usage(remedy: Remedy, catalogue: Catalogue) -> Iterator[Section]:
    usage, common = remedy.usage, catalogue.file.common
    if usage is None:
        yield Section("How to use", ("No label gives a dose: ask a doctor or pharmacist.",))
        return
    items = [line for dose in usage.doses for line in _dose_lines(dose)]
    for dose in usage.doses:
        limits = limits_of(common, dose, common.max_days.days)
        low, high = limits.fewest.value, limits.most.value
        times = f"{low} to {high}" if low < high else f"{high}"
        items.append(f"{age_band(dose)}with the article's rule: {times} times a day, {limits.days.value} days at most")
    yield Section("How to use", items=(*items, *(entry.text for entry in usage.how)), mood="bold")
    guidance = catalogue.guidance(remedy)
    if guidance.avoid:
        yield Section("Avoid", items=tuple(dict.fromkeys(entry.text for entry in guidance.avoid)))
    if guidance.aftercare:
        after = tuple(f"{one.text} ({one.days_after_last_use} days after the last use)" for one in guidance.aftercare)
        yield Section("Afterwards", items=after)
    yield Section("Stop and see a doctor", items=tuple(dict.fromkeys(entry.text for entry in guidance.stop)))


def _dose_lines(dose: Dose) -> Iterator[str]:
    """Say the numbers of one age band, each with where it stands."""
    band = age_band(dose)
    parts: list[tuple[str, tuple[SourceRef, ...]]] = []
    if dose.times_per_day:
        low, high = dose.times_per_day.min, dose.times_per_day.max
        parts.append(
            (f"{low} to {high} times a day" if low != high else f"{low} times a day", dose.times_per_day.sources)
        )
    if dose.hours_between:
        parts.append((f"at least {dose.hours_between.hours} hours apart", dose.hours_between.sources))
    if dose.amount:
        parts.append((dose.amount.text, dose.amount.sources))
    if dose.max_per_day:
        parts.append((f"at most {dose.max_per_day.text} a day", dose.max_per_day.sources))
    if dose.max_days:
        parts.append((f"at most {dose.max_days.days} days without a doctor", dose.max_days.sources))
    for text, sources in parts:
        yield f"{band}{text} [{', '.join(dict.fromkeys(ref.ref for ref in sources[:2]))}]"


def age_band(dose: Dose) -> str:
    """Name an age band at the start of a line; nothing where there is only one for everybody."""
    if dose.from_age is not None and dose.below_age is not None:
        return f"from {dose.from_age} and below {dose.below_age} years: "
    if dose.from_age is not None:
        return f"from {dose.from_age} years: "
    return f"below {dose.below_age} years: " if dose.below_age is not None else ""


def cited(remedy: Remedy, rules: Iterable[ActiveRule]) -> Iterator[SourceRef]:
    """Yield every source that a remedy rests on, inherited rules included."""
    for ingredient in (*remedy.ingredients, *remedy.excipients):
        yield from ingredient.sources
    for active in rules:
        yield from active.rule.sources
    if remedy.usage is None:
        return
    for dose in remedy.usage.doses:
        for part in (dose.times_per_day, dose.hours_between, dose.amount, dose.max_days, dose.max_per_day):
            if part is not None:
                yield from part.sources
    for entry in (*remedy.usage.how, *remedy.usage.avoid, *remedy.usage.stop):
        yield from entry.sources
    for after in remedy.usage.aftercare:
        yield from after.sources


def source_line(catalogue: Catalogue, name: str, *, details: bool) -> str:
    """Write a source with its link; in detail as a bibliography does."""
    source = catalogue.sources[name]
    link = source.url or "no link"
    if not details:
        return f"{name} ({source.country}): {link}"
    year = f", {source.year}" if source.year else ""
    return f"[{name}] {source.title}. {source.publisher}, {source.country}{year}, {source.grade}. {link}"


class Term(Frozen):
    """What one word or code says of one fact."""

    fact: str
    topic: Topic
    given_as: Topic
    says: Literal["proves", "prompts"]
    """Proves: the fact is so. Prompts: a reason to ask, no more."""
    denies: bool
    """Under "no" the word makes the fact "no"; a narrower word does not."""
    label: str
    question: str
    synonyms: tuple[str, ...]
    kinds: tuple[str, ...]
    """Narrower words, which prove the fact and do not deny it."""
    is_a: tuple[str, ...]
    finer: tuple[str, ...]
    icd10: Icd10
    atc: Atc
    snomed: tuple[str, ...]


def terms_of(catalogue: Catalogue, word: str) -> list[Term]:
    """Find everything that a word or a code says, topic by topic."""
    vocabulary = catalogue.vocabulary
    found = []
    for topic, meaning in vocabulary.meanings(word):
        for name in (*meaning.proves, *meaning.prompts):
            fact = catalogue.facts[vocabulary.number[name]]
            found.append(
                Term(
                    fact=fact.id,
                    topic=fact.topic,
                    given_as=topic,
                    says="proves" if name in meaning.proves else "prompts",
                    denies=name in meaning.names,
                    label=fact.label,
                    question=fact.question,
                    synonyms=(*fact.synonyms.en, *fact.synonyms.ru),
                    kinds=(*fact.kinds.en, *fact.kinds.ru),
                    is_a=tuple(vocabulary.wider(name)),
                    finer=tuple(vocabulary.finer(name)),
                    icd10=fact.icd10,
                    atc=fact.atc,
                    snomed=fact.snomed,
                )
            )
    return found


def term_sections(word: str, terms: Iterable[Term]) -> Iterator[Section]:
    """Write what a word or code says for a reader."""
    for term in terms:
        verb = "means" if term.says == "proves" else "is only a reason to ask about"
        lines = [f"{word} {verb}: {term.label}."]
        if term.says == "proves" and not term.denies:
            lines.append("Not having it does not rule the whole out: the word is narrower.")
        items = [
            f"{name}: {', '.join(values)}"
            for name, values in (
                ("also called", term.synonyms),
                ("narrower words", term.kinds),
                ("is a kind of", term.is_a),
                ("finer", term.finer),
                ("ICD-10 proves", term.icd10.proves),
                ("ICD-10 prompts", term.icd10.prompts),
                ("ATC proves", term.atc.proves),
                ("ATC prompts", term.atc.prompts),
                ("SNOMED CT", term.snomed),
            )
            if values
        ]
        yield Section(f"{term.fact} ({TOPIC_NOUNS[term.topic]})", tuple(lines), tuple(items), mood="bold")


def list_json(catalogue: Catalogue) -> str:
    """Write the list of remedies as JSON."""
    rows = [
        {"id": one.id, "name": one.name, "what": one.what, "form": one.form, "atc": one.atc, "aliases": one.aliases}
        for one in catalogue.remedies
    ]
    return as_json(json.dumps(rows, ensure_ascii=False, indent=2))


def remedy_json(remedy: Remedy, catalogue: Catalogue) -> str:
    """Write one record as JSON, with every rule that acts on it and the sources it rests on."""
    rules = catalogue.rules[remedy.id]
    record = remedy.model_dump(mode="json", exclude_defaults=True)
    record["rules"] = [
        {"rule": active.key, "origin": active.origin, **active.rule.model_dump(mode="json", exclude={"id"})}
        for active in rules
    ]
    used = dict.fromkeys(ref.ref for ref in cited(remedy, rules))
    record["sources"] = {name: catalogue.sources[name].model_dump(mode="json") for name in used}
    return as_json(json.dumps(record, ensure_ascii=False, indent=2))


def terms_json(terms: Iterable[Term]) -> str:
    """Write what a word means as JSON."""
    return as_json(json.dumps([term.model_dump(mode="json") for term in terms], ensure_ascii=False, indent=2))
