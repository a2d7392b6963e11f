"""What routes take and give besides the models of the library; their fields are the keys of JSON."""

from typing import Annotated, Any, Literal, NotRequired, TypeAlias

from pydantic import Field
from typing_extensions import TypedDict

from remedies.advice.state import Recap, Screen, State
from remedies.checking.report import CatalogueStamp, Course, Report
from remedies.checking.understood import Kind
from remedies.core.cards import CdsCard
from remedies.core.model import Frozen
from remedies.intake.fhir.account import Outcome
from remedies.knowledge.topics import Topic, Verdict
from remedies.web.problems import FaultSaid
from remedies.web.talking import Answering, Begin, Changing, Standing

_Text = Annotated[str, Field(min_length=1, max_length=2000)]


class HookContext(Frozen, extra="allow"):
    """Whose record is open."""

    user: Annotated[_Text, Field(alias="userId")]
    """Who has opened it; never looked at."""
    patient: Annotated[_Text, Field(alias="patientId")]
    """The id of the patient."""


class HookRequest(Frozen, extra="allow"):
    """A request as CDS Hooks 2.0 has it; the address of a server and its token are never looked at."""

    hook: Literal["patient-view"]
    """The hook that was triggered."""
    instance: Annotated[_Text, Field(alias="hookInstance")]
    """The id of this call; never looked at."""
    context: HookContext
    """Whose record is open."""
    prefetch: dict[str, Any] | None = None
    """What was asked for in the discovery, by its names."""


class HooksAnswer(TypedDict):
    """What is shown beside the record."""

    cards: Annotated[list[CdsCard], Field(min_length=1)]
    """A referral first, then what could not be read, then a card per remedy; never empty."""


class Service(TypedDict):
    """One service."""

    hook: Literal["patient-view"]
    """When it is asked."""
    id: Literal["topical-remedies"]
    """Its id, the last step of its address."""
    title: str
    """What it is called."""
    description: str
    """What it does."""
    prefetch: dict[str, str]
    """What it wants of the record."""
    usageRequirements: str
    """What must be so."""


class Services(TypedDict):
    """All services."""

    services: list[Service]
    """There is one."""


class FeedbackRequest(Frozen, extra="allow"):
    """What became of cards; taken and forgotten."""

    feedback: list[dict[str, Any]]
    """What became of each."""


class PatientVerdicts(TypedDict):
    """The verdicts on every remedy for one patient, or what is wrong with that patient."""

    patient: NotRequired[str | None]
    """The id that the caller gave the patient."""
    refer: NotRequired[list[str]]
    """Warning signs that the patient has: a doctor comes before any remedy. Absent where there are none."""
    verdicts: NotRequired[dict[str, Verdict]]
    """The verdict on each remedy by its id, in catalogue order."""
    unclear: NotRequired[list[str]]
    """Words that were not understood; their topics stay open."""
    faults: NotRequired[list[FaultSaid]]
    """What is wrong with this patient, who then has no verdicts."""


class VerdictsAnswer(TypedDict):
    """Verdicts on many patients."""

    as_of: str
    """The day of the check."""
    course: Course
    """The days that were judged."""
    catalogue: CatalogueStamp
    """What the verdicts rest on."""
    program: str
    """The version of the program."""
    disclaimer: str
    """What every answer says."""
    patients: list[PatientVerdicts]
    """One answer for each patient, in the order in which they were sent."""


class AccountLine(TypedDict):
    """What became of one resource, or of all resources of a kind that is not read."""

    resource: str
    """Condition/c3; the kind alone where it is only counted."""
    outcome: Outcome
    """What became of it."""
    what: str
    """What it names, in the words of the record."""
    says: list[str]
    """What was taken from it."""
    because: str
    """Why nothing was taken, or not all."""


class RecordAnswer(TypedDict):
    """What a record comes to."""

    report: Report
    """The check of its patient."""
    account: list[AccountLine]
    """A line for every resource."""
    warnings: list[str]
    """What the reader should know of the record."""


class InterviewAnswer(TypedDict):
    """Where an interview stands."""

    state: State
    """To be sent with the next request."""
    over: bool
    """Whether nothing is left to ask."""
    screens: list[Screen]
    """What is left to ask; the first is the next to show."""
    summary: list[Recap]
    """What was answered, to be looked through and changed."""
    report: Report | None
    """The report, once nothing is left to ask."""


class Word(TypedDict):
    """A name of the vocabulary."""

    word: str
    """As it is looked up: in lower case, without marks."""
    topic: Topic
    """The list in which it stands."""
    label: str
    """What it stands for, in plain words."""
    kind: Kind
    """What a check makes of it."""
    means: list[str]
    """Facts that it proves."""
    prompts: list[str]
    """Facts that it is only a reason to ask about."""


class ListedRemedy(TypedDict):
    """A remedy in the list."""

    id: str
    """Its id."""
    name: str
    """Its name."""
    what: str
    """What it is, in a few words."""
    form: str
    """Its dosage form."""
    atc: list[str]
    """Its ATC codes."""
    aliases: list[str]
    """What else it is called."""


class Health(TypedDict):
    """That it runs, and on what."""

    status: Literal["ok"]
    """Always ok: what does not run does not answer."""
    program: str
    """The version of the program."""
    catalogue: CatalogueStamp
    """The version and the hash of the catalogue."""


InterviewRequest: TypeAlias = Annotated[Begin | Answering | Changing | Standing, Field(discriminator="action")]
