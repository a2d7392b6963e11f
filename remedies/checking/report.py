"""What a check says: verdicts with reasons, questions, assumptions. Data only."""

from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

from remedies.checking.known import WordPolicy
from remedies.checking.patient import Patient
from remedies.checking.understood import Kind
from remedies.core.errors import ArgumentError, Fault, UnknownRemedyError, did_you_mean, of_type, quoted
from remedies.core.model import Frozen
from remedies.core.upstairs import upstairs
from remedies.knowledge.sources import Citation, Source
from remedies.knowledge.spelling import normal
from remedies.knowledge.topics import VERDICTS, Basis, Effect, Origin, Strength, Subject, Topic, Urgency, Verdict

if TYPE_CHECKING:
    from remedies.core.cards import CdsCard
    from remedies.core.resources import GuidanceResponse
    from remedies.knowledge.catalogue import Catalogue

Detail = Literal["verdict", "first", "all"]
"""How much is said of each remedy: the verdict alone, its first reason, or all reasons."""

DETAILS: tuple[Detail, ...] = get_args(Detail)


class FactValue(Frozen):
    """A fact that a rule read, and what is known of it."""

    fact: str
    """The id of a fact, or age, pregnancy, breastfeeding."""
    value: str
    """Yes, no or unknown; for age and pregnancy what was said of them, in years, months or weeks."""


class Reason(Frozen):
    """One rule as it met one patient."""

    rule: str
    """The name of the rule: whose it is, a slash, and its own id."""
    effect: Effect
    """What the rule does where it holds."""
    holds: Literal["yes", "unknown", "no"]
    """Whether it holds on any day of the course."""
    because: str
    """Why, in a plain sentence."""
    cure: str | None
    """What would lift it, where something does."""
    origin: Origin
    """Who brings the rule to the remedy."""
    basis: Basis
    """Whose evidence it is."""
    facts: tuple[FactValue, ...]
    """What the rule looked at."""
    sources: tuple[Citation, ...]
    """Where it stands, as "source: section"; the sources themselves are those of the report."""


class RemedyVerdict(Frozen):
    """The verdict on one remedy."""

    remedy: str
    """The id of the remedy."""
    name: str
    """Its name."""
    short: str
    """A short name for lists; the name itself where the catalogue gives no other."""
    aliases: tuple[str, ...]
    """Its other names, in both alphabets."""
    what: str
    """What it is, in a few words."""
    verdict: Verdict
    """What is said of it for this patient."""
    at_least: Strength
    """The floor, below which no answer can bring it."""
    at_most: Strength
    """The ceiling, above which no answer can bring it."""
    reasons: tuple[Reason, ...]
    """The rules that hold or may hold, weightiest first; with all rules also those that were ruled out."""
    ask: tuple[str, ...]
    """Facts that would settle an undecided verdict."""


class Question(Frozen):
    """The facts of one subject that can still change a verdict, most decisive first."""

    topic: Subject
    """A topic, or age, pregnancy, breastfeeding."""
    facts: tuple[str, ...]
    """The ids of the facts."""
    text: str
    """The question in plain words."""


class Referral(Frozen):
    """A warning sign that the patient has: a doctor comes before any remedy."""

    sign: str
    """The id of the sign."""
    label: str
    """What it is called."""
    urgency: Urgency
    """How soon a doctor is needed."""
    because: str
    """Why, in a plain sentence."""
    sources: tuple[Citation, ...]
    """Where it stands."""


class Assumption(Frozen):
    """Something that nobody said and that was settled all the same."""

    fact: Literal["pregnancy", "breastfeeding"]
    """What was assumed."""
    value: Literal["no"]
    """How it was settled."""
    because: str
    """Why."""


class Closed(Frozen):
    """A topic that was closed."""

    topic: Topic
    """The topic."""
    facts: int
    """How many facts that took as "no"."""


class Course(Frozen):
    """The days on which a remedy is to be used."""

    start: date
    """The first day."""
    days: int
    """How many days, 1 to 5."""


class CatalogueStamp(Frozen):
    """Which catalogue a report rests on."""

    version: str
    """The day of its last change, as year.month.day."""
    sha256: str
    """The hash of its three files, in hexadecimal."""


class Person(Frozen):
    """What was understood of the person, in words."""

    age: str
    """On the first day of the course: years, or months below two years; "unknown" if nobody said it."""
    sex: Literal["female", "male", "unknown"]
    """Sex, as it was said."""
    pregnancy: str
    """No, possible, yes, a trimester, or weeks and days as they were said; or "unknown"."""
    breastfeeding: Literal["yes", "no", "unknown"]
    """Whether the person breastfeeds."""


class Understood(Frozen):
    """One word of the patient, and what was made of it."""

    topic: Topic
    """The list in which it was given."""
    word: str
    """The word exactly as it came."""
    kind: Kind
    """Fact, known (a real thing that no rule looks at), unclear (not understood, and kept), doubt, denial,
    family (says nothing of the patient), or other (set aside)."""
    means: tuple[str, ...]
    """The facts that it means; for a denial those that it denies. They may belong to another topic."""
    prompts: tuple[str, ...]
    """The facts that it is only a reason to ask about."""
    suggestions: tuple[str, ...]
    """What may have been meant by a word that was not understood."""


class Asked(Frozen):
    """What was asked for, so that the report can be run again."""

    patient: Patient
    """Everything that was said of the patient, in the words in which it was said."""
    remedies: tuple[str, ...] | None
    """The ids of the remedies that were asked for; all of them if null."""
    detail: Detail
    """How much was to be said of each remedy."""
    all_rules: bool
    """Whether rules that were ruled out were to be listed as well."""
    words: WordPolicy
    """Whether a word that is not understood was to be kept or refused."""


class Report(Frozen):
    """Everything that a check found; the same as Report JSON.

    ``report["dolobene"]`` is the verdict on one remedy, by any of its names.
    """

    patient: str | None
    """The id that the caller gave the patient."""
    as_of: date
    """The day of the check."""
    course: Course
    """The days that were judged."""
    catalogue: CatalogueStamp
    """What the report rests on."""
    program: str
    """The version of the program that wrote it."""
    asked: Asked
    """What was asked for."""
    person: Person
    """What was understood of the person."""
    understood: tuple[Understood, ...]
    """Every word of the patient, in the order given."""
    closed: tuple[Closed, ...]
    """The topics that were closed: "nothing else here"."""
    refer: tuple[Referral, ...]
    """The warning signs that the patient has, urgent ones first."""
    assumed: tuple[Assumption, ...]
    """What was settled without anybody having said it."""
    verdicts: tuple[RemedyVerdict, ...]
    """One per remedy: allowed, ask-pharmacist, ask-doctor, undecided, excluded, in catalogue order within each."""
    sources: dict[str, Source]
    """Every source that is cited, once, by the key that stands before the colon of a citation."""
    questions: tuple[Question, ...]
    """What would settle undecided verdicts, in the order in which it is asked."""
    warnings: tuple[str, ...]
    """What the reader should know besides."""
    review: str
    """Whether a pharmacist has reviewed the records that it rests on, by whom and when, in a few words."""
    disclaimer: str
    """What every report ends with."""

    def __getitem__(self, remedy: str) -> RemedyVerdict:
        """Return the verdict on a remedy, by its id, its name or an alias in either alphabet.

        Raises:
            UnknownRemedyError: the report does not speak of it; the message says what comes near.
        """
        of_type(remedy, str, "remedy", "the name of a remedy")
        wanted = normal(remedy)
        names: dict[str, RemedyVerdict] = {}
        for entry in self.verdicts:
            names |= dict.fromkeys(map(normal, (entry.remedy, entry.name, *entry.aliases)), entry)
        if wanted not in names:
            hint = did_you_mean(wanted, names)
            raise UnknownRemedyError(Fault((), f"the report does not speak of {quoted(remedy)}.{hint}", "word"))
        return names[wanted]

    def having(self, verdict: Verdict) -> tuple[RemedyVerdict, ...]:
        """Return the remedies with a verdict, in catalogue order.

        Raises:
            ArgumentError: there is no such verdict.
        """
        if verdict not in VERDICTS:
            hint = did_you_mean(str(verdict), VERDICTS)
            message = f"must be one of {', '.join(VERDICTS)}, not {quoted(verdict)}.{hint}"
            raise ArgumentError(Fault(("verdict",), message))
        return tuple(entry for entry in self.verdicts if entry.verdict == verdict)

    def to_cds_cards(self, catalogue: "Catalogue | None" = None) -> "list[CdsCard]":
        """Write it as CDS Hooks 2.0 cards: a referral first, then a card per remedy, what weighs most first.

        The same as ``remedies.to_cds_cards``.

        Args:
            catalogue: the one that the report rests on, for plain words; the shipped one unless given.

        Raises:
            ArgumentError: this is no catalogue.
            CatalogueError: the report rests on another catalogue than the one that was given.
        """
        cards: list[CdsCard] = upstairs("to_cds_cards")(self, catalogue)
        return cards

    def to_guidance_response(self, catalogue: "Catalogue | None" = None) -> "GuidanceResponse":
        """Write it as a GuidanceResponse of FHIR R4, with what data would settle what is undecided.

        The same as ``remedies.to_guidance_response``.

        Args:
            catalogue: the one that the report rests on, for labels and codes; the shipped one unless given.

        Raises:
            ArgumentError: this is no catalogue.
            CatalogueError: the report rests on another catalogue than the one that was given.
        """
        response: GuidanceResponse = upstairs("to_guidance_response")(self, catalogue)
        return response

    @property
    def unclear(self) -> tuple[Understood, ...]:
        """The words that were not understood; the topic of each stays open."""
        return tuple(word for word in self.understood if word.kind == "unclear")

    @property
    def urgent(self) -> tuple[Referral, ...]:
        """The warning signs that need a doctor now."""
        return tuple(sign for sign in self.refer if sign.urgency == "now")

    @property
    def allowed(self) -> tuple[RemedyVerdict, ...]:
        """The remedies against which there is no listed reason."""
        return self.having("allowed")

    @property
    def ask_pharmacist(self) -> tuple[RemedyVerdict, ...]:
        """The remedies that need a pharmacist's word: the label is silent, or the pack decides."""
        return self.having("ask-pharmacist")

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
