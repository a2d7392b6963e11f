"""The review sheet of a remedy, for a pharmacist to read, correct and sign."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from remedies.core.words import plural
from remedies.knowledge.clauses import AgeBelow, AgeFrom, AllOf, Always, AnyOf, Breastfeeding, Has, Pregnant
from remedies.knowledge.topics import EFFECTS
from remedies.pages.html import rendered_page
from remedies.pages.layout import Section, as_markdown, capital
from remedies.pages.remedy import EFFECT_TITLES, cited, contents_of, phrase_of, usage_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.clauses import Clause
    from remedies.knowledge.records import ActiveRule, Remedy
    from remedies.knowledge.sources import Citation
    from remedies.knowledge.topics import Effect, Topic

TICKS = "☐ agree ☐ change"
"""What stands beside everything that is to be agreed to."""

FIELDS = ("Name", "Registration number", "Date", "Signature")
"""What the pharmacist fills in."""


class Statement(NamedTuple):
    """One thing to agree to: for whom, what follows and why, and where it stands."""

    whom: str
    because: str
    where: str
    key: str


class Sheet(NamedTuple):
    """Everything that a pharmacist is asked to sign of one remedy."""

    title: str
    what: tuple[str, ...]
    rules: tuple[tuple[str, tuple[Statement, ...]], ...]
    """Statements by effect, under its title."""
    usage: tuple[str, ...]
    """Numbers and instructions of the plan, each with where it stands."""
    sources: tuple[str, ...]
    stamp: str


def sheet_of(remedy: Remedy, catalogue: Catalogue) -> Sheet:
    """Collect what is on record of a remedy, rule by rule, with where it stands."""
    rules = catalogue.rules_of(remedy.id)
    grouped = {effect: list(found) for effect, found in groupby(sorted(rules, key=_strength), key=_effect)}
    used = dict.fromkeys(one.source for one in cited(remedy, rules))
    return Sheet(
        title=remedy.name,
        what=contents_of(remedy, catalogue),
        rules=tuple(
            (EFFECT_TITLES[effect], tuple(_statement(one, catalogue) for one in grouped[effect]))
            for effect in reversed(EFFECTS)
            if effect in grouped
        ),
        usage=tuple(_usage(remedy, catalogue)),
        sources=tuple(_source(catalogue, name) for name in used),
        stamp=(
            f"Catalogue {catalogue.version}, hash {catalogue.sha256}. "
            f"Record {remedy.id}, hash {catalogue.record_hash(remedy)}."
        ),
    )


def _effect(active: ActiveRule) -> Effect:
    return active.rule.effect


def _strength(active: ActiveRule) -> int:
    return -EFFECTS.index(active.rule.effect)


def _statement(active: ActiveRule, catalogue: Catalogue) -> Statement:
    rule = active.rule
    cure = f" What would help: {rule.cure}" if rule.cure else ""
    basis = "" if rule.basis == "own" else f" ({rule.basis})"
    return Statement(
        capital(_whom(rule.when, catalogue)),
        f"{rule.because}{cure}",
        f"{_where(rule.sources, catalogue)}{basis}",
        active.key,
    )


_TOLD: dict[Topic, str] = {"allergies": "allergic to {}", "medicines": "using {}"}
"""How a fact is told of somebody where its label alone names a substance or a product."""


def _whom(clause: Clause, catalogue: Catalogue) -> str:
    """Say of whom a clause is true."""
    match clause:
        case AnyOf(any=parts):
            return ", or ".join(_whom(part, catalogue) for part in parts)
        case AllOf(all=parts):
            return ", and ".join(_whom(part, catalogue) for part in parts)
        case Has(topic=topic, fact=fact):
            return _TOLD.get(topic, "{}").format(catalogue.vocabulary.label(fact))
        case Pregnant():
            return f"pregnant, {phrase_of(clause, catalogue)}"
        case Breastfeeding():
            return "breastfeeding"
        case AgeBelow() | AgeFrom() | Always():
            return phrase_of(clause, catalogue)


def _where(citations: Iterable[Citation], catalogue: Catalogue) -> str:
    """Name sources with country and section."""
    return "; ".join(f"{one.source} ({catalogue.sources[one.source].country}, {one.section})" for one in citations)


def _usage(remedy: Remedy, catalogue: Catalogue) -> Iterator[str]:
    if remedy.usage is None:
        yield "No label gives a dose: there is no plan."
        return
    yield from (f"{text} [{_where(sources, catalogue)}]" for text, sources in usage_lines(remedy.usage))
    guidance = catalogue.guidance(remedy)
    for entry in (*guidance.how, *guidance.avoid, *guidance.stop):
        yield f"{entry.text} [{_where(entry.sources, catalogue)}]"
    for after in guidance.aftercare:
        days = plural(after.days_after_last_use, "day")
        yield f"{after.text} For {days} after the last use. [{_where(after.sources, catalogue)}]"


def _source(catalogue: Catalogue, name: str) -> str:
    source = catalogue.sources[name]
    return f"{name}: {source.title}. {source.publisher}, {source.country}, {source.grade}. {source.url or 'no link'}"


def _sections(sheet: Sheet) -> Iterator[Section]:
    yield Section(f"Review sheet: {sheet.title}", sheet.what)
    for title, statements in sheet.rules:
        items = (f"{TICKS} – {one.whom}: {one.because} [{one.key}; {one.where}]" for one in statements)
        yield Section(title, items=tuple(items))
    yield Section("Use", items=tuple(f"{TICKS} – {line}" for line in sheet.usage))
    yield Section("Signed", items=tuple(f"{field}: ______________________" for field in FIELDS))
    yield Section("Sources", items=sheet.sources)
    yield Section(None, (sheet.stamp,))


def sheets_as_markdown(sheets: Iterable[Sheet]) -> str:
    """Write review sheets as Markdown, one after the other."""
    return "\n\n".join(as_markdown(_sections(sheet)) for sheet in sheets)


def sheets_as_html(sheets: Iterable[Sheet]) -> str:
    """Write review sheets as one HTML page that prints on A4, each on paper of its own.

    Raises:
        MissingExtraError: jinja2 is not installed.
    """
    return rendered_page("sheet.html", sheets=list(sheets), ticks=TICKS, fields=FIELDS)
