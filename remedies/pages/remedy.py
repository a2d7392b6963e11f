"""One remedy as a page."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from remedies.advice.limits import limits_of
from remedies.checking.remarks import reviewed
from remedies.core.words import plural, span
from remedies.knowledge.clauses import (
    AgeBelow,
    AgeFrom,
    AllOf,
    Always,
    AnyOf,
    Breastfeeding,
    FromWeek,
    Has,
    Pregnant,
    Trimesters,
    leaves,
    subject_of,
)
from remedies.knowledge.topics import EFFECTS, WORDINGS
from remedies.pages.layout import Section, Table, as_json, capital, in_brackets
from remedies.pages.sources import in_full

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.clauses import Clause, Window, YearsMonths
    from remedies.knowledge.records import ActiveRule, Common, Ingredient, Remedy
    from remedies.knowledge.sources import Citation
    from remedies.knowledge.topics import Effect, Subject
    from remedies.knowledge.usage import Aftercare, Dose, Usage


def page(remedy: Remedy, catalogue: Catalogue) -> Iterator[Section]:
    """Write all that a pharmacist may want to know of one remedy, with every rule and its sources in full.

    Args:
        remedy: the record.
        catalogue: the catalogue that it stands in.
    """
    yield Section(remedy.name, contents_of(remedy, catalogue), mood="bold")
    rules = catalogue.rules_of(remedy.id)
    yield Section(None, table=_who(rules, catalogue))
    yield from _usage(remedy, catalogue)
    if remedy.not_to_confuse:
        confused = tuple(f"{one.name}: {one.because}" for one in remedy.not_to_confuse)
        yield Section("Not to be confused with", items=confused)
    for effect in reversed(EFFECTS):
        sentences = tuple(_sentences(rules, effect))
        if sentences:
            mood = "red" if effect == "exclude" else "yellow"
            yield Section(f"{EFFECT_TITLES[effect]}, rule by rule", items=sentences, mood=mood)
    used = dict.fromkeys(one.source for one in cited(remedy, rules))
    yield Section("Sources", items=tuple(source_line(catalogue, name, details=True) for name in used))
    state = reviewed([catalogue.rulebook.remedy(remedy.id)], date.today())
    line = f"Read against its sources on {remedy.reviewed}; catalogue {catalogue.version}. {capital(state)}."
    yield Section(None, (line, catalogue.rulebook.disclaimer))


def contents_of(remedy: Remedy, catalogue: Catalogue) -> tuple[str, ...]:
    """Say what a remedy is, what it contains, what it is used for and which label was read."""
    contents = "; ".join(content_of(one, catalogue) for one in remedy.ingredients)
    lines = [f"{capital(remedy.what)} ({remedy.form}). Contains {contents or 'nothing that is known'}."]
    if remedy.helps:
        lines.append(f"Used for {', '.join(entry.text for entry in remedy.helps)}.")
    if remedy.label_note is not None:
        lines.append(remedy.label_note.text)
    return tuple(lines)


def content_of(ingredient: Ingredient, catalogue: Catalogue) -> str:
    """Name an ingredient, how strong it is, and which products have it where not all do."""
    name = catalogue.vocabulary[ingredient.substance].label
    return " ".join(filter(None, (name, ingredient.strength, ingredient.only_in and f"({ingredient.only_in})")))


EFFECT_TITLES: dict[Effect, str] = {
    "exclude": "Must not be used",
    "ask-doctor": "Ask a doctor first",
    "ask-pharmacist": "Ask a pharmacist first",
}
"""What stands over the rules of each effect."""

ANY_TIME = "any time"
"""Pregnancy as a whole; no trimester needs to be named beside it."""


Who = dict["Subject | None", dict["Effect", list[str]]]
"""Who must not use a remedy and who asks first, in phrases, by subject; each phrase under its strictest effect."""


def who(rules: Iterable[ActiveRule], catalogue: Catalogue) -> Who:
    """Put into a few words per subject who must not use a remedy and who asks first, the strictest effect first.

    Args:
        rules: those that act on the remedy.
        catalogue: the catalogue that they stand in.
    """
    cells: dict[tuple[Subject | None, Effect], dict[str, None]] = {}
    for active in rules:
        when = active.rule.when
        for part in when.any if isinstance(when, AnyOf) else (when,):
            subject = subject_of(next(leaves(part)))
            phrase = phrase_of(part, catalogue)
            if subject == "signs" and active.origin == "catalogue":
                phrase = "any warning sign"
            cell = cells.setdefault((subject, active.rule.effect), {})
            if phrase == ANY_TIME:
                cell.clear()
            if ANY_TIME not in cell:
                cell[phrase] = None
    found: Who = {}
    for subject in (*WORDINGS, None):
        said: set[str] = set()
        for effect in reversed(EFFECTS):
            phrases = [phrase for phrase in cells.get((subject, effect), {}) if phrase not in said]
            if phrases:
                found.setdefault(subject, {})[effect] = phrases
                said.update(phrases)
    return found


def _who(rules: Iterable[ActiveRule], catalogue: Catalogue) -> Table:
    """Write who must not use a remedy and who asks first, subject by subject."""
    titles: dict[Subject | None, str] = {None: "Anybody"}
    titles |= {subject: wording.title for subject, wording in WORDINGS.items()}
    rows = []
    for subject, cells in who(rules, catalogue).items():
        title = titles[subject]
        for effect, phrases in cells.items():
            rows.append((title, f"{EFFECT_TITLES[effect]}: {', '.join(phrases)}"))
            title = ""  # said once
    return Table(("", "Who must not use it, and who asks first"), tuple(rows), (3, 12))


def phrase_of(clause: Clause, catalogue: Catalogue) -> str:
    """Put a clause into a few words."""
    match clause:
        case AnyOf(any=parts):
            return " or ".join(phrase_of(part, catalogue) for part in parts)
        case AllOf(all=parts):
            return " together with ".join(in_brackets(phrase_of(part, catalogue)) for part in parts)
        case AgeBelow(age_below=limit):
            return f"under {_age(limit)}"
        case AgeFrom(age_from=limit):
            return f"from {_age(limit)}"
        case Pregnant(pregnant=window):
            return _window(window)
        case Breastfeeding():
            return "yes"
        case Always():
            return "everybody"
        case Has(fact=fact):
            return catalogue.vocabulary.label(fact)


def _age(limit: YearsMonths) -> str:
    return f"{limit.years} years {limit.months} months" if limit.months else str(limit.years)


def _window(window: Window) -> str:
    match window:
        case Trimesters(trimesters=numbers):
            return f"trimester {' and '.join(map(str, sorted(numbers)))}"
        case FromWeek(from_week=week):
            return f"from week {week}"
        case "any":
            return ANY_TIME


def _sentences(rules: Iterable[ActiveRule], effect: Effect) -> Iterator[str]:
    """Give the rules of one effect as sentences with their sources."""
    for active in rules:
        if active.rule.effect == effect:
            refs = dict.fromkeys(f"{one.source} ({one.section})" for one in active.rule.sources)
            yield f"{active.rule.because} [{active.key}, {active.rule.basis}; {', '.join(refs)}]"


def _usage(remedy: Remedy, catalogue: Catalogue) -> Iterator[Section]:
    usage, common = remedy.usage, catalogue.common
    if usage is None:
        yield Section("How to use", ("No label gives a dose: ask a doctor or pharmacist.",))
        return
    items = [
        f"{text} [{', '.join(dict.fromkeys(one.source for one in sources[:2]))}]"
        for text, sources in usage_lines(usage)
    ]
    items += [f"{age_band(dose)}with the article's rule: {most_in_a_plan(dose, common)}" for dose in usage.doses]
    yield Section("How to use", items=(*items, *(entry.text for entry in usage.how)), mood="bold")
    guidance = catalogue.guidance(remedy)
    if guidance.avoid:
        yield Section("Avoid", items=tuple(dict.fromkeys(entry.text for entry in guidance.avoid)))
    if guidance.aftercare:
        yield Section("Afterwards", items=tuple(map(_after, guidance.aftercare)))
    yield Section("Stop and see a doctor", items=tuple(dict.fromkeys(entry.text for entry in guidance.stop)))


def _after(entry: Aftercare) -> str:
    return f"{entry.text} ({plural(entry.days_after_last_use, 'day')} after the last use)"


def most_in_a_plan(dose: Dose, common: Common) -> str:
    """Say how often and how long a remedy is used at most: what the article and its label both allow."""
    limits = limits_of(common, dose, common.max_days.days)
    times = plural(span(limits.fewest.value, limits.most.value), "time")
    return f"{times} a day, {plural(limits.days.value, 'day')} at most"


def usage_lines(usage: Usage) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """Say the numbers of every age band, each with where it stands."""
    for dose in usage.doses:
        yield from _dose_lines(dose)


def _dose_lines(dose: Dose) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    band = age_band(dose)
    parts: list[tuple[str, tuple[Citation, ...]]] = []
    if dose.times_per_day:
        times = dose.times_per_day
        parts.append((f"{plural(span(times.min, times.max), 'time')} a day", times.sources))
    if dose.hours_between:
        parts.append((f"at least {plural(dose.hours_between.hours, 'hour')} apart", dose.hours_between.sources))
    if dose.amount:
        parts.append((dose.amount.text, dose.amount.sources))
    if dose.max_per_day:
        parts.append((f"at most {dose.max_per_day.text} a day", dose.max_per_day.sources))
    if dose.max_days:
        parts.append((f"at most {plural(dose.max_days.days, 'day')} without a doctor", dose.max_days.sources))
    for text, sources in parts:
        yield f"{band}{text}", sources


def age_band(dose: Dose) -> str:
    """Name an age band at the start of a line; nothing where there is only one for everybody."""
    if dose.from_age is not None and dose.below_age is not None:
        return f"from {dose.from_age} and below {dose.below_age} years: "
    if dose.from_age is not None:
        return f"from {dose.from_age} years: "
    if dose.below_age is not None:
        return f"below {dose.below_age} years: "
    return ""


def cited(remedy: Remedy, rules: Iterable[ActiveRule]) -> Iterator[Citation]:
    """Yield every source that a remedy rests on, inherited rules included."""
    for ingredient in (*remedy.ingredients, *remedy.excipients):
        yield from ingredient.sources
    for active in rules:
        yield from active.rule.sources
    usage = remedy.directions
    for dose in usage.doses:
        for part in (dose.times_per_day, dose.hours_between, dose.amount, dose.max_days, dose.max_per_day):
            if part is not None:
                yield from part.sources
    for entry in (*usage.how, *usage.avoid, *usage.stop):
        yield from entry.sources
    for after in usage.aftercare:
        yield from after.sources


def source_line(catalogue: Catalogue, name: str, *, details: bool) -> str:
    """Write a source with its link; in detail as a bibliography does."""
    source = catalogue.sources[name]
    if details:
        return in_full(name, source)
    return f"{name} ({source.country}): {source.url or 'no link'}"


def remedy_json(remedy: Remedy, catalogue: Catalogue) -> str:
    """Write one record as JSON, with every rule that acts on it and the sources it rests on."""
    rules = catalogue.rules_of(remedy.id)
    record = remedy.model_dump(mode="json", exclude_defaults=True)
    record["rules"] = [
        {"rule": active.key, "origin": active.origin, **active.rule.model_dump(mode="json", exclude={"id", "replaces"})}
        for active in rules
    ]
    used = dict.fromkeys(one.source for one in cited(remedy, rules))
    record["sources"] = {name: catalogue.sources[name].model_dump(mode="json") for name in used}
    return as_json(json.dumps(record, ensure_ascii=False, indent=2))
