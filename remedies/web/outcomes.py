"""What an interview comes to, as a page: a sentence, then the remedies by verdict, then why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from remedies.advice.interview import report_of
from remedies.checking.check import NOTHING_ELSE
from remedies.checking.remarks import REFERRALS, with_cure
from remedies.knowledge.topics import VERDICTS
from remedies.pages.layout import capital
from remedies.pages.outcome import outcome
from remedies.pages.sources import in_full
from remedies.pages.summary import HEADINGS
from remedies.web.rendering import page
from remedies.web.stated import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.responses import Response

    from remedies.advice.state import State
    from remedies.checking.report import Question, RemedyVerdict, Report
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.topics import Verdict


class Row(NamedTuple):
    """A remedy as it stands in the outcome."""

    remedy: str
    """Its id."""
    name: str
    what: str
    holds: tuple[str, ...]
    """Reasons against it that hold."""
    open: tuple[str, ...]
    """Reasons against it that nobody has ruled out."""
    planned: bool
    """Whether a plan for it can be asked for."""


class Group(NamedTuple):
    """All remedies with one verdict."""

    verdict: Verdict
    title: str
    rows: tuple[Row, ...]


class Outcomes:
    """Writes outcomes for one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the catalogue."""
        self._catalogue = catalogue

    def page(self, request: Request, state: State) -> Response:
        """Show what an interview comes to; a warning sign stands above it, and nothing is planned then."""
        report = report_of(state, self._catalogue)
        settled = "" if report.questions else f"{capital(NOTHING_ELSE)}."
        return page(
            request,
            "ask_outcome.html",
            state=written(state),
            report=report,
            referrals=REFERRALS,
            outcome=outcome(report),
            settled=settled,
            groups=tuple(self._groups(report)),
            questions=tuple(map(self._open, report.questions)),
            sources=tuple(in_full(key, source) for key, source in report.sources.items()),
        )

    def _groups(self, report: Report) -> Iterator[Group]:
        for verdict in VERDICTS:
            rows = tuple(self._row(entry, report) for entry in report.having(verdict))
            if rows:
                yield Group(verdict, HEADINGS[verdict].title, rows)

    def _row(self, entry: RemedyVerdict, report: Report) -> Row:
        against = {
            holds: tuple(with_cure(one.because, one.cure) for one in entry.reasons if one.holds == holds)
            for holds in ("yes", "unknown")
        }
        settled = entry.verdict in {"allowed", "ask-pharmacist", "ask-doctor"}
        planned = settled and not report.refer and self._catalogue.rulebook.remedy(entry.remedy).planned
        return Row(entry.remedy, entry.name, entry.what, against["yes"], against["unknown"], planned)

    def _open(self, question: Question) -> tuple[str, tuple[str, ...]]:
        """Return a question that is still open, and what it asks about where that is a list."""
        vocabulary = self._catalogue.vocabulary
        facts = tuple(vocabulary.label(fact) for fact in question.facts if fact in vocabulary)
        return question.text, facts if len(facts) > 1 else ()
