"""A report of verdicts as sections, rows and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from remedies.checking.remarks import REFERRALS, not_understood, referral_line, taken_as_no, with_cure
from remedies.core.errors import printable
from remedies.core.words import plural
from remedies.knowledge.topics import WORDINGS
from remedies.pages.layout import Section, Table, as_csv, capital

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.checking.report import Question, Reason, RemedyVerdict, Report, Understood
    from remedies.checking.understood import Kind
    from remedies.knowledge.sources import Citation, Source
    from remedies.knowledge.topics import Strength
    from remedies.knowledge.vocabulary import Vocabulary

Depth = Literal["first", "deciding", "all", "details"]
"""The first reason of each remedy; those that decide; all of them; all, with what a professional checks:
rules, source sections and countries, values."""

ASK_PHARMACIST = "Ask a pharmacist first: the label is silent, or the pack decides"
ASK_DOCTOR = "Ask a doctor first"

MOST_FACTS, FEW_FACTS = 8, 3
"""How many facts a question and a table cell name before they say how many more there are."""

_AT_LEAST: dict[Strength, str] = {
    "allowed": "",
    "ask-pharmacist": "needs a pharmacist's word in any case; ",
    "ask-doctor": "needs a doctor's word in any case; ",
    "excluded": "",
}
"""What is certain of a remedy of which nothing can be said yet."""

_HOLDS = {"yes": "holds", "unknown": "not ruled out", "no": "ruled out"}


def sections(report: Report, vocabulary: Vocabulary, *, depth: Depth = "first") -> Iterator[Section]:
    """Write a report in the order in which it is read: doctor first, allowed, ask, open, excluded.

    Args:
        report: what was found.
        vocabulary: the facts of the catalogue that it rests on, for plain words.
        depth: how much is said of each remedy.
    """
    yield from _referrals(report, details=depth == "details")
    yield from _words(report, vocabulary)
    if report.allowed and depth in {"all", "details"}:
        yield _reasoned(
            "May be used: no listed reason against it", report.allowed, "green", depth=depth, sources=report.sources
        )
    elif report.allowed:
        yield Section(
            "May be used: no listed reason against it",
            table=_table(("Remedy", "What it is"), [(v.name, v.what) for v in report.allowed], (2, 5)),
            mood="green",
        )
    for title, found in ((ASK_PHARMACIST, report.ask_pharmacist), (ASK_DOCTOR, report.ask_doctor)):
        if found:
            yield _reasoned(title, found, "yellow", depth=depth, sources=report.sources)
    if report.undecided:
        yield from _open(report, vocabulary, depth=depth)
    if report.excluded:
        yield _reasoned("Must not be used", report.excluded, "red", depth=depth, sources=report.sources)
    yield from _closing(report, vocabulary, details=depth == "details")
    yield from _last(report)


def referral(report: Report) -> Iterator[Section]:
    """Write only the signs that need a doctor, without naming any remedy."""
    yield from _referrals(report, details=False)
    yield Section(None, sentences=(report.disclaimer,))
    yield from _last(report)


def _last(report: Report) -> Iterator[Section]:
    """Repeat a referral as the last line, which is what a terminal shows of a long answer."""
    line = referral_line(report)
    if line:
        yield Section(None, sentences=(line,), mood="red")


def _referrals(report: Report, *, details: bool) -> Iterator[Section]:
    for urgency, title in REFERRALS.items():
        found = [entry for entry in report.refer if entry.urgency == urgency]
        if found:
            lines = tuple(
                f"{capital(entry.label)}: {entry.because} [{_cited(entry.sources, report.sources, details=details)}]"
                for entry in found
            )
            yield Section(title, items=lines, mood="red")


_SAID_OF: dict[Kind, str] = {
    "fact": "Understood",
    "known": "Known, and no rule looks at it",
    "doubt": "Said in doubt, and asked",
    "denial": "Said to be not so",
    "family": "Said of the family only",
    "other": "Set aside",
}


def _words(report: Report, vocabulary: Vocabulary) -> Iterator[Section]:
    """Write what was made of every word; what was not understood comes first."""
    lines = [not_understood(word.word, word.topic, word.suggestions) for word in report.unclear]
    for kind, title in _SAID_OF.items():
        said = dict.fromkeys(
            _word(word, vocabulary)
            for word in report.understood
            # Choices from a list that was answered are no words of the person.
            if word.kind == kind and not (kind in {"denial", "doubt"} and word.word in vocabulary)
        )
        if said:
            lines.append(f"{title}: {'; '.join(said)}.")
    if lines:
        yield Section(None, sentences=tuple(lines), mood="yellow" if report.unclear else None)


def _word(word: Understood, vocabulary: Vocabulary) -> str:
    """Write a word with what it was taken for, where that is not the word itself."""
    facts = word.means or word.prompts
    labels = ", ".join(vocabulary.label(fact) for fact in facts)
    if not labels or word.kind == "known" or labels.casefold() == word.word.casefold():
        return printable(word.word)
    if word.word in vocabulary:
        return labels
    return f"{printable(word.word)} ({labels})"


def _reasoned(
    title: str, found: Iterable[RemedyVerdict], mood: str, *, depth: Depth, sources: dict[str, Source]
) -> Section:
    details = depth == "details"
    rows = []
    for entry in found:
        name = _named(entry, details=details)
        for reason in _shown(entry, depth):
            why = f"{_reason(reason, entry, details=details)}{_more(entry, depth)}"
            rows.append((name, why, _cited(reason.sources, sources, details=details)))
            name = ""  # said once
    return Section(title, table=_table(("Remedy", "Why", "Source"), rows, (3, 7, 4)), mood=mood)


def _more(entry: RemedyVerdict, depth: Depth) -> str:
    """Say how many more reasons are as strong as the first one, where that is the only one shown."""
    first = entry.reasons[0]
    more = sum(one.holds == "yes" and one.effect == first.effect for one in entry.reasons) - 1
    if more < 1 or depth != "first":
        return ""
    return f" ({plural(more, 'more reason')})"


def _named(entry: RemedyVerdict, *, details: bool) -> str:
    return f"{entry.name} (floor {entry.at_least}, ceiling {entry.at_most})" if details else entry.name


def _shown(entry: RemedyVerdict, depth: Depth) -> tuple[Reason, ...]:
    """Pick the reasons to show; what cannot change a settled verdict is left to the fuller depths."""
    match depth:
        case "first":
            return entry.reasons[:1]
        case "deciding":
            return tuple(one for one in entry.reasons if one.holds == "yes" or entry.verdict == "undecided")
        case "all" | "details":
            return entry.reasons


def _reason(reason: Reason, entry: RemedyVerdict, *, details: bool) -> str:
    text = reason.because
    settled = entry.verdict != "undecided" and reason.holds == "yes"
    if not settled or details:
        text = f"{text} ({_HOLDS[reason.holds]})"
    if reason.holds != "no":
        text = with_cure(text, reason.cure)
    if details:
        values = ", ".join(f"{value.fact}: {value.value}" for value in reason.facts)
        text = f"{text} [{'; '.join(filter(None, (reason.rule, reason.effect, reason.basis, values)))}]"
    return text


def _open(report: Report, vocabulary: Vocabulary, *, depth: Depth) -> Iterator[Section]:
    rows = []
    for entry in report.undecided:
        floor = _AT_LEAST[entry.at_least]
        rows.append((_named(entry, details=depth == "details"), f"{floor}{_listed(vocabulary, entry.ask, FEW_FACTS)}"))
        if depth != "first":
            rows += [("", _reason(reason, entry, details=depth == "details")) for reason in _shown(entry, depth)]
    yield Section("Cannot be said yet", table=_table(("Remedy", "What it depends on"), rows, (2, 5)), mood="yellow")
    yield Section(
        "Questions that would settle it",
        items=tuple(
            f"{WORDINGS[question.topic].title}: {_asked(question, vocabulary)}" for question in report.questions
        ),
    )


def _asked(question: Question, vocabulary: Vocabulary) -> str:
    if question.topic in {"age", "pregnancy", "breastfeeding"} or len(question.facts) == 1:
        return question.text
    return f"{question.text} {_listed(vocabulary, question.facts)}"


def _listed(vocabulary: Vocabulary, facts: tuple[str, ...], most: int = MOST_FACTS) -> str:
    names = [vocabulary.label(fact) for fact in facts[:most]]
    more = len(facts) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def _closing(report: Report, vocabulary: Vocabulary, *, details: bool) -> Iterator[Section]:
    before = [not_understood(word.word, word.topic, word.suggestions) for word in report.unclear]
    lines = [warning for warning in report.warnings if warning not in before]
    lines += taken_as_no(report, vocabulary)
    if report.assumed:
        named = " and ".join(f"{entry.fact} ({entry.because})" for entry in report.assumed)
        lines.append(f"Assumed to be “no”: {named}.")
    course = report.course
    lines.append(
        f"For a course of {plural(course.days, 'day')} from {course.start}, catalogue {report.catalogue.version}."
    )
    if details:
        lines.append(f"Catalogue hash {report.catalogue.sha256}.")
    lines += [f"{capital(report.review)}.", report.disclaimer]
    yield Section(None, sentences=tuple(lines))


def cited_in_full(citations: Iterable[Citation], sources: dict[str, Source]) -> str:
    """Name sources with country and section."""
    return "; ".join(f"{one.source} ({sources[one.source].country}, {one.section})" for one in citations)


def cited_briefly(citations: Iterable[Citation]) -> str:
    """Name the first source and how many more there are."""
    first, *others = dict.fromkeys(one.source for one in citations)
    return f"{first} +{len(others)}" if others else first


def _cited(citations: Iterable[Citation], sources: dict[str, Source], *, details: bool) -> str:
    return cited_in_full(citations, sources) if details else cited_briefly(citations)


def _table(headers: tuple[str, ...], rows: Iterable[tuple[str, ...]], shares: tuple[int, ...]) -> Table:
    return Table(headers, tuple(rows), shares)


def _first(entry: RemedyVerdict) -> tuple[str, str, str]:
    """Give rule, sentence and sources of the first reason; nothing where there is none."""
    for reason in entry.reasons:
        return reason.rule, reason.because, " ".join(one.source for one in reason.sources)
    return "", "", ""


def csv_of(report: Report) -> str:
    """Write one line per remedy."""
    headers = ("remedy", "name", "verdict", "at_least", "rule", "because", "sources", "ask", "not_understood")
    unclear = "; ".join(word.word for word in report.unclear)
    rows = [
        (entry.remedy, entry.name, entry.verdict, entry.at_least, *_first(entry), " ".join(entry.ask), unclear)
        for entry in report.verdicts
    ]
    return as_csv(headers, rows)
