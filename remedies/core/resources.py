"""What the resources of FHIR R4 that go out look like; plain dicts."""

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
"""A day, as 2026-11-22."""


class Coding(TypedDict):
    """A code of a code system."""

    system: str
    """The code system; those that begin with urn:remedies: are this program's own."""
    version: NotRequired[str]
    """The version of the code system, for codes of the catalogue."""
    code: str
    """The code."""
    display: NotRequired[str]
    """What it is called."""


class CodeableConcept(TypedDict):
    """Something in words, with codes where there are any."""

    coding: NotRequired[list[Coding]]
    """Codes for it."""
    text: str
    """What it is, in words."""


class Identifier(TypedDict):
    """A name for something."""

    system: NotRequired[str]
    """What kind of name it is."""
    value: str
    """The name."""


class Reference(TypedDict):
    """A resource that is pointed to: by address, by name, or in words."""

    reference: NotRequired[str]
    """The address: Patient/ and the id that the caller gave, or # and the id of a contained resource."""
    identifier: NotRequired[Identifier]
    """The id that the caller gave, where it can be no part of an address."""
    display: NotRequired[str]
    """Who or what it is, where no id was given."""


class Annotation(TypedDict):
    """A note."""

    text: str
    """What it says, in Markdown."""


class Period(TypedDict):
    """Days from first to last, both included."""

    start: Day
    """The first day."""
    end: Day
    """The last day, which still counts."""


class Quantity(TypedDict):
    """An amount."""

    value: float
    """The number."""
    unit: str
    """The unit in words."""
    system: Literal["http://unitsofmeasure.org"]
    """The system of units, UCUM."""
    code: str
    """The unit as UCUM writes it."""


# GuidanceResponse


class CodeFilter(TypedDict):
    """Which codes speak of what is asked."""

    path: str
    """The element of the resource that holds the code."""
    code: list[Coding]
    """The fact as this program names it, then every code that its vocabulary has for it."""


class DataRequirement(TypedDict):
    """One fact that is still to be known."""

    type: Literal["Patient", "Condition", "AllergyIntolerance", "MedicationStatement", "Observation"]
    """The kind of resource that would say it."""
    mustSupport: NotRequired[list[str]]
    """The element that says it, where no code does."""
    codeFilter: NotRequired[list[CodeFilter]]
    """The codes that would say it."""


class ParameterPart(TypedDict):
    """One thing that is said."""

    name: str
    """What it is."""
    valueCode: NotRequired[str]
    """An id or a fixed word."""
    valueString: NotRequired[str]
    """A text."""
    valueUri: NotRequired[str]
    """An address."""


class Parameter(TypedDict):
    """A warning sign, the verdict on one remedy, or a source that one of these names."""

    name: Literal["referral", "verdict", "source"]
    """Which of the three it is."""
    part: list[ParameterPart]
    """What is said of it."""


class Parameters(TypedDict):
    """All verdicts, warning signs before them, and what they rest on."""

    resourceType: Literal["Parameters"]
    """Always this."""
    id: Literal["verdicts"]
    """By which the response points to it."""
    parameter: list[Parameter]
    """One per warning sign, then one per remedy in the order of the report, then one per source that they name."""


class Issue(TypedDict):
    """Something that the reader should know besides."""

    severity: Literal["warning", "information"]
    """A warning for what was not understood; otherwise information."""
    code: Literal["code-invalid", "informational"]
    """Code-invalid for a word that was not understood; otherwise informational."""
    diagnostics: str
    """What it is."""


class OperationOutcome(TypedDict):
    """What was not understood, what was taken as "no", and other warnings."""

    resourceType: Literal["OperationOutcome"]
    """Always this."""
    id: Literal["messages"]
    """By which the response points to it."""
    issue: list[Issue]
    """The messages, in the order of the report."""


class GuidanceResponse(TypedDict):
    """A GuidanceResponse of FHIR R4: the whole of a report, and what data would settle what is undecided."""

    resourceType: Literal["GuidanceResponse"]
    """Always this."""
    contained: list[Parameters | OperationOutcome]
    """The verdicts, and the messages where there are any."""
    identifier: list[Identifier]
    """A UUID made from the content: the same report has the same one."""
    moduleUri: str
    """The catalogue that was asked, with its version."""
    status: Literal["success", "data-required"]
    """Data-required while any verdict is undecided."""
    subject: Reference
    """Who was asked about."""
    occurrenceDateTime: Day
    """The day of the check."""
    reasonCode: list[CodeableConcept]
    """What a remedy was wanted for."""
    note: list[Annotation]
    """A referral first, where a warning sign stands; last, that this is no medical advice."""
    evaluationMessage: NotRequired[list[Reference]]
    """Points to the messages."""
    outputParameters: Reference
    """Points to the verdicts."""
    dataRequirement: NotRequired[list[DataRequirement]]
    """One per fact that would settle something undecided, in the order in which it is asked."""


# MedicationRequest


class TimingRepeat(TypedDict):
    """How often, from when until when."""

    boundsPeriod: Period
    """The days of use."""
    frequency: int
    """At least so many times a day."""
    frequencyMax: NotRequired[int]
    """At most so many times a day, where that is more."""
    period: Literal[1]
    """Always one."""
    periodUnit: Literal["d"]
    """Always a day."""


class Timing(TypedDict):
    """When to use it."""

    repeat: TimingRepeat
    """How often, from when until when."""


class DoseRange(TypedDict):
    """At least and at most."""

    low: Quantity
    """At least."""
    high: Quantity
    """At most."""


class DoseAndRate(TypedDict):
    """How much for one use."""

    doseQuantity: NotRequired[Quantity]
    """In grams, where the label gives one weight."""
    doseRange: NotRequired[DoseRange]
    """In grams, where the label gives two."""


class Instruction(TypedDict):
    """A line of how to use it."""

    text: str
    """The line."""


class Dosage(TypedDict):
    """How it is used."""

    text: str
    """How often, for how long and how much, in one line."""
    additionalInstruction: list[Instruction]
    """Every other limit, how to use it, what to leave, what holds afterwards, and when to stop."""
    timing: Timing
    """When to use it."""
    site: CodeableConcept
    """Where on the body."""
    route: CodeableConcept
    """By which way."""
    doseAndRate: NotRequired[list[DoseAndRate]]
    """How much for one use, where the label gives a weight."""


class DispenseRequest(TypedDict):
    """How much to hand out."""

    validityPeriod: Period
    """The days of use, for which alone the verdict was given."""
    numberOfRepeatsAllowed: Literal[0]
    """Always none: after the last day a new check is due."""
    quantity: NotRequired[Quantity]
    """What the whole course takes at most, where the label gives a weight."""


class Substitution(TypedDict):
    """Whether another product may take its place."""

    allowedBoolean: Literal[False]
    """Never: the verdict is about this product."""


class MedicationRequest(TypedDict):
    """A MedicationRequest of FHIR R4: a plan as a proposal, a draft until somebody with the right to has signed it."""

    resourceType: Literal["MedicationRequest"]
    """Always this."""
    identifier: list[Identifier]
    """A UUID made from the content: the same plan has the same one."""
    instantiatesUri: list[str]
    """The catalogue that the plan rests on, with its version."""
    status: Literal["draft"]
    """Always a draft."""
    intent: Literal["proposal"]
    """Always a proposal."""
    medicationCodeableConcept: CodeableConcept
    """The remedy, with its ATC codes where it has any."""
    subject: Reference
    """Who it is for."""
    authoredOn: Day
    """The day of the check."""
    reasonCode: list[CodeableConcept]
    """What it is for."""
    note: list[Annotation]
    """What to ask a doctor or a pharmacist first; what nobody has said; warnings; that this is no medical advice."""
    dosageInstruction: list[Dosage]
    """How it is used; there is exactly one."""
    dispenseRequest: DispenseRequest
    """How much to hand out."""
    substitution: Substitution
    """Whether another product may take its place."""
