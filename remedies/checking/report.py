"""What a check says: verdicts with reasons, questions, assumptions. Data only."""

from datetime import date
from typing import TYPE_CHECKING, Literal

from remedies.core.model import Frozen
from remedies.knowledge.words import Basis, Effect, Grade, Origin, Section

if TYPE_CHECKING:
    from remedies.knowledge.rulebook import CitationData

Verdict = Literal["allowed", "ask-doctor", "excluded", "undecided"]
"""What is said of one remedy for one patient."""

Strength = Literal["allowed", "ask-doctor", "excluded"]
"""A settled verdict; each is stronger than the one before it."""

STRENGTHS: tuple[Strength, ...] = ("allowed", "ask-doctor", "excluded")

VERDICT_ORDER: tuple[Verdict, ...] = ("allowed", "ask-doctor", "undecided", "excluded")
"""The order in which a report lists remedies."""

EXIT_CODES: dict[Verdict, int] = {"allowed": 0, "ask-doctor": 10, "undecided": 11, "excluded": 12}
"""Exit code per verdict, for scripts."""


class Citation(Frozen):
    """A source as a report shows it."""

    ref: str
    section: Section
    title: str
    country: str
    year: int | None
    url: str | None
    grade: Grade


def citation(data: "CitationData") -> Citation:
    """Make a citation from the index's data."""
    ref, section, title, country, year, url, grade = data
    return Citation.model_construct(
        ref=ref, section=section, title=title, country=country, year=year, url=url, grade=grade
    )


class FactValue(Frozen):
    """A fact that a rule read, and what is known of it in words."""

    fact: str
    value: str


class Reason(Frozen):
    """One rule as it met one patient."""

    rule: str
    effect: Effect
    holds: Literal["yes", "unknown", "no"]
    because: str
    cure: str | None
    origin: Origin
    basis: Basis
    facts: tuple[FactValue, ...]
    sources: tuple[Citation, ...]


class RemedyVerdict(Frozen):
    """The verdict on one remedy.

    ``at_least`` is the floor, below which no answer can bring it, ``at_most`` the ceiling.
    """

    remedy: str
    name: str
    what: str
    verdict: Verdict
    at_least: Strength
    at_most: Strength
    reasons: tuple[Reason, ...]
    ask: tuple[str, ...]
    """Facts that would settle an undecided verdict."""


class Question(Frozen):
    """The facts of one topic that can still change a verdict, most decisive first."""

    topic: str
    facts: tuple[str, ...]
    text: str


class Referral(Frozen):
    """A warning sign that the patient has: a doctor comes before any remedy."""

    sign: str
    label: str
    urgency: Literal["now", "soon"]
    because: str
    sources: tuple[Citation, ...]


class Assumption(Frozen):
    """Something that nobody said and that was settled all the same."""

    fact: str
    value: str
    because: str


class Course(Frozen):
    """The days on which a remedy is to be used."""

    start: date
    days: int


class CatalogueStamp(Frozen):
    """Which catalogue a report rests on."""

    version: str
    sha256: str


class Report(Frozen):
    """Everything that a check found; the same as Report JSON.

    ``report["dolobene"]`` is the verdict on one remedy.
    """

    patient: str | None
    as_of: date
    course: Course
    catalogue: CatalogueStamp
    refer: tuple[Referral, ...]
    assumed: tuple[Assumption, ...]
    verdicts: tuple[RemedyVerdict, ...]
    questions: tuple[Question, ...]
    warnings: tuple[str, ...]
    disclaimer: str

    def __getitem__(self, remedy: str) -> RemedyVerdict:
        """Return the verdict on a remedy; ``KeyError`` if the report does not speak of it."""
        for entry in self.verdicts:
            if entry.remedy == remedy:
                return entry
        raise KeyError(remedy)

    def having(self, verdict: Verdict) -> tuple[RemedyVerdict, ...]:
        """Return the remedies with a verdict, in catalogue order."""
        return tuple(entry for entry in self.verdicts if entry.verdict == verdict)

    @property
    def urgent(self) -> tuple[Referral, ...]:
        """The warning signs that need a doctor now."""
        return tuple(sign for sign in self.refer if sign.urgency == "now")

    @property
    def allowed(self) -> tuple[RemedyVerdict, ...]:
        """The remedies against which there is no listed reason."""
        return self.having("allowed")

    @property
    def ask_doctor(self) -> tuple[RemedyVerdict, ...]:
        """The remedies that need a doctor's word."""
        return self.having("ask-doctor")

    @property
    def undecided(self) -> tuple[RemedyVerdict, ...]:
        """The remedies of which nothing can be said before more is known."""
        return self.having("undecided")

    @property
    def excluded(self) -> tuple[RemedyVerdict, ...]:
        """The remedies that this patient must not use."""
        return self.having("excluded")


def worst_exit_code(report: Report) -> int:
    """Return the highest exit code among the verdicts of a report."""
    return max((EXIT_CODES[entry.verdict] for entry in report.verdicts), default=0)


def open_exit_code(report: Report) -> int:
    """Return the exit code of a report without an allowed remedy: questions first, then a doctor."""
    if report.undecided:
        return EXIT_CODES["undecided"]
    return EXIT_CODES["ask-doctor" if report.ask_doctor else "excluded"]
