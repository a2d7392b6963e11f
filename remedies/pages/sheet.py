"""The review sheet of a remedy, for a pharmacist to read, correct and sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from remedies.advice.planning import bath_advice
from remedies.checking.remarks import with_cure
from remedies.core.words import plural
from remedies.knowledge.clauses import AgeBelow, AgeFrom, AllOf, Always, AnyOf, Breastfeeding, Has, Pregnant
from remedies.knowledge.topics import EFFECTS
from remedies.pages.html import rendered_page
from remedies.pages.layout import Section, as_markdown, capital
from remedies.pages.remedy import (
    EFFECT_TITLES,
    age_band,
    content_of,
    contents_of,
    most_in_a_plan,
    phrase_of,
    usage_lines,
)
from remedies.pages.report import cited_in_full

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.clauses import Clause
    from remedies.knowledge.records import ActiveRule, Remedy
    from remedies.knowledge.sources import Citation
    from remedies.knowledge.topics import Topic

TICKS = "☐ agree ☐ change"
"""What stands beside everything that is to be agreed to."""

FIELDS = ("Name", "Registration number", "Date", "Signature")
"""What the pharmacist fills in."""

REMARKS = "Remarks (what to change, by the name in brackets)"
"""Where the pharmacist writes what is wrong."""


class Statement(NamedTuple):
    """One thing to agree to: for whom, what follows and why, and where it stands."""

    whom: str
    because: str
    where: str
    key: str


class Line(NamedTuple):
    """One thing to agree to that is no rule, and where it stands."""

    text: str
    where: str

    def __str__(self) -> str:
        """Write it as one line."""
        return " ".join(filter(None, (self.text, self.where and f"[{self.where}]")))


class Sheet(NamedTuple):
    """Everything that a pharmacist is asked to sign of one remedy."""

    title: str
    what: tuple[str, ...]
    rules: tuple[tuple[str, tuple[Statement, ...]], ...]
    """Statements by effect, under its title."""
    usage: tuple[Line, ...]
    """Numbers and instructions of the plan, each with where it stands."""
    confused: tuple[Line, ...]
    """The products that it is mistaken for."""
    signs: tuple[Line, ...]
    """The warning signs that send anybody to a doctor first."""
    stamp: str


def sheet_of(remedy: Remedy, catalogue: Catalogue) -> Sheet:
    """Collect what is on record of a remedy, rule by rule, with where it stands."""
    rules = catalogue.rules_of(remedy.id)
    grouped = ((effect, [one for one in rules if one.rule.effect == effect]) for effect in reversed(EFFECTS))
    return Sheet(
        title=remedy.name,
        what=(*contents_of(remedy, catalogue), *_excipients(remedy, catalogue)),
        rules=tuple(
            (EFFECT_TITLES[effect], tuple(_statement(one, catalogue) for one in found))
            for effect, found in grouped
            if found
        ),
        usage=tuple(_usage(remedy, catalogue)),
        confused=tuple(
            Line(f"{one.name}: {one.because}", _where(one.sources, catalogue)) for one in remedy.not_to_confuse
        ),
        signs=tuple(
            Line(
                f"{capital(catalogue.vocabulary.label(one.sign))} – a doctor {one.urgency}: {one.because}",
                _where(one.sources, catalogue),
            )
            for one in catalogue.file.signs
        ),
        stamp=(
            f"Catalogue {catalogue.version}, hash {catalogue.sha256}. "
            f"Record {remedy.id}, hash {catalogue.record_hash(remedy)}. "
            f"The sources in full, with links: remedies show {remedy.id} --details."
        ),
    )


def _excipients(remedy: Remedy, catalogue: Catalogue) -> Iterator[str]:
    """Say what else is in it, and what it counts as beside other remedies."""
    label = catalogue.vocabulary.label
    if remedy.excipients:
        others = ", ".join(content_of(one, catalogue) for one in remedy.excipients)
        yield f"Other ingredients that somebody may be allergic to: {others}."
    if remedy.counts_as:
        yield f"Whoever uses it counts as using {', '.join(map(label, remedy.counts_as))}."


def _statement(active: ActiveRule, catalogue: Catalogue) -> Statement:
    rule = active.rule
    basis = "" if rule.basis == "own" else f" ({rule.basis})"
    return Statement(
        capital(_whom(rule.when, catalogue)),
        with_cure(rule.because, rule.cure),
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
    return cited_in_full(citations, catalogue.sources)


def _usage(remedy: Remedy, catalogue: Catalogue) -> Iterator[Line]:
    if remedy.usage is None:
        yield Line("No label gives a dose: there is no plan.", "")
        return
    common = catalogue.common
    for dose in remedy.usage.doses:
        where = _where(dict.fromkeys((*common.times_per_day.sources, *common.max_days.sources)), catalogue)
        yield Line(f"{age_band(dose)}a plan has {most_in_a_plan(dose, common)}, by this label and the article", where)
    yield from (Line(text, _where(sources, catalogue)) for text, sources in usage_lines(remedy.usage))
    guidance = catalogue.guidance(remedy)
    said: dict[str, dict[Citation, None]] = {}
    for entry in (*guidance.how, *guidance.avoid, *guidance.stop):
        said.setdefault(entry.text, {}).update(dict.fromkeys(entry.sources))
    yield from (Line(text, _where(sources, catalogue)) for text, sources in said.items())
    bath = bath_advice(remedy, catalogue, guidance)
    if bath is not None and common.bath is not None:
        yield Line(bath, _where(common.bath.sources, catalogue))
    for after in guidance.aftercare:
        days = plural(after.days_after_last_use, "day")
        yield Line(f"{after.text} For {days} after the last use.", _where(after.sources, catalogue))


def _sections(sheet: Sheet) -> Iterator[Section]:
    yield Section(f"Review sheet: {sheet.title}", sheet.what)
    for title, statements in sheet.rules:
        items = (f"{TICKS} – {one.whom}: {one.because} [{one.key}; {one.where}]" for one in statements)
        yield Section(title, items=tuple(items))
    yield Section("Use", items=tuple(f"{TICKS} – {line}" for line in sheet.usage))
    if sheet.confused:
        yield Section("Not to be confused with", items=tuple(f"{TICKS} – {line}" for line in sheet.confused))
    yield Section("Warning signs, the same for every remedy", items=tuple(f"{TICKS} – {line}" for line in sheet.signs))
    blank = "______________________"
    yield Section("Signed", items=(*(f"{field}: {blank}" for field in FIELDS), f"{REMARKS}: {blank}"))
    yield Section(None, (sheet.stamp,))


def sheets_as_markdown(sheets: Iterable[Sheet]) -> str:
    """Write review sheets as Markdown, one after the other."""
    return "\n\n".join(as_markdown(_sections(sheet)) for sheet in sheets)


def sheets_as_html(sheets: Iterable[Sheet]) -> str:
    """Write review sheets as one HTML page that prints on A4, each on paper of its own.

    Raises:
        MissingExtraError: jinja2 is not installed.
    """
    return rendered_page("sheet.html", sheets=list(sheets), ticks=TICKS, fields=FIELDS, remarks=REMARKS)
