"""What a plan says, and what stands in its place where there is none. Data only."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import WithJsonSchema

from remedies.advice.limits import LimitName, SetBy
from remedies.checking.report import CatalogueStamp, Report
from remedies.core.model import Frozen
from remedies.core.upstairs import upstairs
from remedies.knowledge.sources import Citation, Source
from remedies.knowledge.topics import Verdict
from remedies.knowledge.usage import Grams

if TYPE_CHECKING:
    from remedies.core.resources import MedicationRequest
    from remedies.knowledge.catalogue import Catalogue


LocalTime = Annotated[
    datetime, WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$"})
]
"""A time of the place, as 2026-11-22T08:00:00; a "date-time" of JSON schema would need an offset."""


class Times(Frozen):
    """Uses per day."""

    min: int
    """At least so many."""
    max: int
    """At most so many."""


class Bound(Frozen):
    """One limit of the plan, and who set it."""

    limit: LimitName
    """What is limited."""
    value: int | str
    """The limit: times a day, days, hours, or in the label's words."""
    set_by: tuple[SetBy, ...]
    """What made it as tight as it is."""
    sources: tuple[Citation, ...]
    """Where it stands; empty where the request or the waking hours set it."""


class After(Frozen):
    """What still holds after the last use."""

    text: str
    """What to do or to leave."""
    since: date
    """The first day on which it holds: that of the first use where it holds during use, or the day after the last."""
    until: date
    """The last day on which it holds, that day included."""


class Namesake(Frozen):
    """A product that the remedy is mistaken for."""

    name: str
    """Its name."""
    because: str
    """What makes it another thing."""


class Supply(Frozen):
    """How much the whole course takes."""

    text: str
    """In words."""
    grams_min: float | None = None
    """At least so many grams; null where the label gives no weight."""
    grams_max: float | None = None
    """At most so many grams; null where the label gives no weight."""


class Plan(Frozen):
    """A plan that somebody can follow; the same object feeds every format."""

    patient: str | None
    """The id that the caller gave the patient."""
    remedy: str
    """The id of the remedy."""
    name: str
    """Its name."""
    what: str
    """What it is, in a few words."""
    verdict: Verdict
    """Allowed, ask-pharmacist or ask-doctor; with anything else there is no plan."""
    ask_pharmacist: tuple[str, ...]
    """What to ask the pharmacist first; empty where no label is silent and no pack decides."""
    ask_doctor: tuple[str, ...]
    """What to ask the doctor first; empty where no doctor is needed."""
    not_said: tuple[str, ...]
    """What nobody has said yet and whoever is asked should know as well."""
    as_of: date
    """The day of the check."""
    start: date
    """The first day of use."""
    last_day: date
    """The last day of use."""
    days: int
    """How many days, 1 to 5."""
    times_per_day: Times
    """How often a day."""
    bounds: tuple[Bound, ...]
    """Every limit, and who set it."""
    uses: tuple[LocalTime, ...]
    """Every use, as a time of the place."""
    amount: str | None
    """How much per use, in the label's words."""
    amount_grams: Grams | None = None
    """The same in grams; null where the label gives no weight."""
    how: tuple[str, ...]
    """How to use it."""
    avoid: tuple[str, ...]
    """What to leave."""
    aftercare: tuple[After, ...]
    """What still holds after the last use."""
    stop: tuple[str, ...]
    """When to stop and see a doctor."""
    not_to_confuse: tuple[Namesake, ...]
    """What it is mistaken for, and why that is another thing."""
    supply: Supply
    """How much to buy."""
    advice: tuple[str, ...]
    """What else helps."""
    warnings: tuple[str, ...]
    """What the reader should know besides."""
    cited: tuple[Citation, ...]
    """Where all this stands, one citation per source."""
    sources: dict[str, Source]
    """Every source that is cited, once, by the key that stands before the colon of a citation."""
    catalogue: CatalogueStamp
    """What the plan rests on."""
    review: str
    """Whether a pharmacist has reviewed the record that it rests on, by whom and when, in a few words."""
    program: str
    """The version of the program that made it."""
    disclaimer: str
    """What every plan ends with."""

    def to_medication_request(self, catalogue: "Catalogue | None" = None) -> "MedicationRequest":
        """Write it as a MedicationRequest of FHIR R4: a draft, proposed and not ordered.

        The same as ``remedies.to_medication_request``.

        Args:
            catalogue: the one that the plan rests on, for ATC codes; the shipped one unless given.

        Raises:
            ArgumentError: this is no catalogue.
            CatalogueError: the plan rests on another catalogue.
        """
        request: MedicationRequest = upstairs("to_medication_request")(self, catalogue)
        return request


RefusalKind = Literal["sign", "excluded", "undecided", "no-dose", "together"]
"""What stands against a plan."""


class Refusal(Frozen):
    """Why there is no plan: the verdict, what a shorter course would change, or a missing dose."""

    remedy: str
    """The id of the remedy."""
    name: str
    """Its name."""
    verdict: Verdict
    """What is said of it for this patient."""
    kind: RefusalKind
    """What stands against a plan."""
    because: tuple[str, ...]
    """Why, or what is still to be answered, in plain sentences."""
    shorter: str | None
    """A shorter course with a weaker verdict, if there is one."""
    report: Report
    """The check on which all this rests."""
