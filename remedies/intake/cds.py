"""A report as cards of CDS Hooks 2.0, for whoever shows them beside a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from remedies.checking.remarks import REFERRALS, with_cure
from remedies.checking.report import Report
from remedies.core.errors import of_type, printable, unmarked
from remedies.core.words import plural
from remedies.intake.outward import (
    MOST_REASONS,
    REMEDY_SYSTEM,
    SIGN_SYSTEM,
    besides,
    catalogue_behind,
    content_uuid,
    label_of,
    on_one_line,
    told,
)
from remedies.knowledge.topics import VERDICTS, WORDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from remedies.checking.report import Reason, Referral, RemedyVerdict
    from remedies.core.cards import CdsCard, CdsSource, CdsSuggestion
    from remedies.core.resources import Coding
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.sources import Citation
    from remedies.knowledge.topics import Effect, Verdict
    from remedies.knowledge.vocabulary import Vocabulary

Indicator = Literal["info", "warning", "critical"]
"""How much a card matters."""

INDICATORS: dict[Verdict, Indicator] = {
    "allowed": "info",
    "ask-pharmacist": "warning",
    "ask-doctor": "warning",
    "undecided": "warning",
    "excluded": "critical",
}
"""How much the card of a verdict matters."""

MOST_SUMMARY = 139
"""A summary has fewer than 140 characters."""

_MOST_NAME = 60
"""A name is cut to so many characters, so that the verdict stands beside it."""

_MOST_SOURCES = 3
"""So many sources of a reason are named before it is said how many more there are."""

_MOST_FACTS = 8
"""So many open facts are named before it is said how many more there are."""

_SUMMARIES: dict[Verdict, str] = {
    "allowed": "{} may be used: no listed reason against it.",
    "ask-pharmacist": "Ask a pharmacist before {} is used",
    "ask-doctor": "Ask a doctor before {} is used",
    "undecided": "It cannot be said yet whether {} may be used",
    "excluded": "{} must not be used",
}

_EFFECTS: dict[Effect, str] = {
    "exclude": "Must not be used",
    "ask-doctor": "Ask a doctor",
    "ask-pharmacist": "Ask a pharmacist",
}


def to_cds_cards(report: Report, catalogue: Catalogue | None = None) -> list[CdsCard]:
    """Write a report as CDS Hooks 2.0 cards: a referral first, then a card per remedy, what weighs most first.

    Excluded is ``critical``; undecided, ask-doctor and ask-pharmacist are ``warning``; allowed is ``info``.
    Cards of remedies that may not simply be used suggest those that may, unless a warning sign stands. The
    report is not changed, and the same report has the same cards, their UUIDs among it.

    Args:
        report: what a check found; one with ``detail="verdict"`` has cards without reasons.
        catalogue: the one that the report rests on, for plain words; where that is neither given nor the
            shipped one, facts are named by their ids.

    Raises:
        ArgumentError: something is of the wrong Python type.
        CatalogueError: the report rests on another catalogue than the one that was given.

    >>> from remedies import Patient, check
    >>> cards = to_cds_cards(check(Patient(age=11), remedies=["finalgon"]))
    >>> cards[0]["indicator"], cards[0]["summary"]
    ('critical', 'Finalgon ointment must not be used: Children under 12 must not use it.')
    """
    of_type(report, Report, "report", "a Report")
    behind = catalogue_behind(report.catalogue, catalogue)
    writer = _Writer(report, None if behind is None else behind.vocabulary)
    return list(writer.cards())


class _Writer:
    """Writes the cards of one report."""

    def __init__(self, report: Report, vocabulary: Vocabulary | None) -> None:
        self._report = report
        self._vocabulary = vocabulary
        self._sign = _sign_line(report)
        self._closing = tuple(self._remarks())

    def cards(self) -> Iterator[CdsCard]:
        report = self._report
        if report.refer:
            yield self._referral()
        for entry in sorted(report.verdicts, key=lambda entry: -VERDICTS.index(entry.verdict)):
            yield self._remedy(entry)

    def _referral(self) -> CdsCard:
        """Write the card that comes before every remedy, with all signs on it."""
        signs, first = self._report.refer, self._report.refer[0]
        items = [
            f"**{unmarked(one.label)}** ({one.urgency}): {unmarked(one.because)} {self._cited(one.sources)}"
            for one in signs
        ]
        topic: Coding = {"system": SIGN_SYSTEM, "code": first.sign, "display": on_one_line(first.label)}
        return self._card(self._sign, "critical", self._source(first, topic), items)

    def _remedy(self, entry: RemedyVerdict) -> CdsCard:
        reasons = told(entry)
        topic: Coding = {"system": REMEDY_SYSTEM, "code": entry.remedy, "display": on_one_line(entry.name)}
        items = [self._reason(reason) for reason in reasons[:MOST_REASONS]]
        more = len(reasons) - len(items)
        if more:
            items.append(f"And {plural(more, 'more reason')}, in the report.")
        if entry.ask:
            items.append(f"To be answered first: {unmarked(_listed(self._labels(entry), _MOST_FACTS))}.")
        main = next(iter(reasons), None)
        head = (unmarked(self._sign), unmarked(entry.what))
        summary, source = self._summary(entry, main), self._source(main, topic)
        card = self._card(summary, INDICATORS[entry.verdict], source, items, *head)
        suggestions = list(self._suggestions(entry, card["uuid"]))
        if suggestions:
            card["suggestions"] = suggestions
            card["selectionBehavior"] = "at-most-one"
        return card

    def _card(self, summary: str, indicator: Indicator, source: CdsSource, items: Sequence[str], *head: str) -> CdsCard:
        short = _cut(on_one_line(summary), MOST_SUMMARY)
        blocks = (*head, "\n".join(f"- {item}" for item in items), *self._closing)
        detail = "\n\n".join(filter(None, blocks))
        report = self._report
        named = content_uuid(
            report.patient, f"{report.as_of}", report.catalogue.sha256, short, detail, indicator, source
        )
        return {"uuid": named, "summary": short, "detail": detail, "indicator": indicator, "source": source}

    def _summary(self, entry: RemedyVerdict, main: Reason | None) -> str:
        name = _cut(entry.name, _MOST_NAME)
        if entry.verdict == "allowed" and self._sign:
            return f"A doctor comes before {name} and any other remedy, because of a warning sign."
        said = _SUMMARIES[entry.verdict].format(name)
        if entry.verdict == "undecided":
            return _fitted(f"{said}. Not known: ", self._labels(entry))
        if main is None:
            return f"{said.rstrip('.')}."
        return f"{said}: {main.because}"

    def _reason(self, reason: Reason) -> str:
        held = "" if reason.holds == "yes" else ", if it is so"
        because = unmarked(with_cure(reason.because, reason.cure))
        return f"**{_EFFECTS[reason.effect]}{held}:** {because} {self._cited(reason.sources)}"

    def _labels(self, entry: RemedyVerdict) -> list[str]:
        return [label_of(fact, self._vocabulary) for fact in entry.ask]

    def _cited(self, citations: Iterable[Citation]) -> str:
        """Name sources with links, country and section; each source once."""
        first: dict[str, Citation] = {}
        for one in citations:
            first.setdefault(one.source, one)
        links = []
        for one in list(first.values())[:_MOST_SOURCES]:
            source = self._report.sources[one.source]
            title = unmarked(source.title)
            if source.url is not None:
                title = f"[{title}](<{_address(source.url)}>)"
            links.append(f"{title} ({unmarked(source.country)}, {one.section})")
        more = len(first) - len(links)
        return f"*{'; '.join(links)}{f'; and {more} more' if more else ''}*"

    def _source(self, main: Reason | Referral | None, topic: Coding) -> CdsSource:
        """Name what the main reason rests on: the first document with an address, or else the first of all."""
        if main is None:
            label = f"remedies {self._report.program}, catalogue {self._report.catalogue.version}"
            return {"label": on_one_line(label), "topic": topic}
        found = [self._report.sources[one.source] for one in main.sources]
        source = next((one for one in found if one.url is not None), found[0])
        said: CdsSource = {"label": on_one_line(f"{source.title} ({source.country})"), "topic": topic}
        if source.url is not None:
            said["url"] = _address(source.url)
        return said

    def _suggestions(self, entry: RemedyVerdict, card: str) -> Iterator[CdsSuggestion]:
        """Name what may be used instead; nothing while a warning sign stands."""
        if entry.verdict == "allowed" or self._sign:
            return
        for other in self._report.allowed:
            label = on_one_line(_SUMMARIES["allowed"].format(other.name))
            yield {"label": label, "uuid": content_uuid(card, other.remedy)}

    def _remarks(self) -> Iterator[str]:
        """Say on every card, which may be the only one that is shown, what its verdict leaves open or takes as said."""
        report = self._report
        if report.unclear:
            words = ", ".join(f"{_code(word.word)} ({WORDINGS[word.topic].nouns})" for word in report.unclear)
            yield f"**Not understood, so nothing is ruled out there:** {words}."
        lines = [unmarked(line) for line in besides(report, self._vocabulary)]
        if lines:
            yield "\n".join(f"- {line}" for line in lines)
        course = report.course
        yield unmarked(
            f"For a course of {plural(course.days, 'day')} from {course.start}; catalogue {report.catalogue.version}, "
            f"{report.review}. {report.disclaimer}"
        )


def _sign_line(report: Report) -> str:
    """Say which doctor's visit comes first, and for which signs; nothing without a sign."""
    if not report.refer:
        return ""
    return _fitted(f"{REFERRALS[report.refer[0].urgency]}: ", [sign.label for sign in report.refer])


def _fitted(head: str, names: Sequence[str]) -> str:
    """Name as many as fit into a summary behind a head, and say how many more there are."""
    for count in range(len(names), 0, -1):
        line = f"{head}{_listed(names, count)}."
        if len(line) <= MOST_SUMMARY:
            return line
    return _cut(f"{head}{_listed(names, 1)}", MOST_SUMMARY)


def _listed(names: Sequence[str], most: int) -> str:
    """Name some of many, and say how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _cut(text: str, most: int) -> str:
    """Cut a text between words."""
    if len(text) <= most:
        return text
    room = text[: most - 1]
    return f"{room.rpartition(' ')[0] or room}…"


def _code(word: str) -> str:
    """Show a word of the patient as nothing but letters: neither markup nor a link."""
    plain = on_one_line(word).replace("`", "'")
    return f"`{plain}`"


def _address(url: str) -> str:
    """Write an address so that it can stand between angle brackets."""
    return printable(url).replace("<", "%3C").replace(">", "%3E")
