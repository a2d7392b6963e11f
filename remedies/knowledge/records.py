"""The records that a catalogue is made of: remedies, substances, signs and the rest. Data only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from remedies.core.model import FactId, Frozen, Isodate
from remedies.knowledge.vocabulary import Topic
from remedies.knowledge.clauses import Clause, Instruction, Refs, Rule, Source, Text

if TYPE_CHECKING:
    from collections.abc import Iterator


class Ingredient(Frozen):
    """A substance in a remedy; the strength is the label's own wording, such as "2.5%"."""

    substance: FactId
    strength: Text | None = None
    sources: Refs


class Confusable(Frozen):
    """A product that sounds alike and is not the same."""

    name: Text
    because: Text
    sources: Refs


class NoRestriction(Frozen):
    """A dimension on which a label says in so many words that nothing stands against use."""

    dimension: FactId
    because: Text
    sources: Refs


class TimesPerDay(Frozen):
    """How often a day: at least and at most."""

    min: Annotated[int, Field(ge=1, le=12)]
    max: Annotated[int, Field(ge=1, le=12)]
    sources: Refs

    @model_validator(mode="after")
    def _in_order(self) -> TimesPerDay:
        if self.min > self.max:
            msg = f"at least {self.min} times a day is more than at most {self.max}"
            raise ValueError(msg)
        return self


class HoursBetween(Frozen):
    """The fewest hours between two uses."""

    hours: Annotated[int, Field(ge=1, le=24)]
    sources: Refs


class Grams(Frozen):
    """An amount in grams: at least and at most."""

    min: Annotated[float, Field(gt=0, strict=False)]
    max: Annotated[float, Field(gt=0, strict=False)]

    @model_validator(mode="after")
    def _in_order(self) -> Grams:
        if self.min > self.max:
            msg = f"at least {self.min:g} g is more than at most {self.max:g} g"
            raise ValueError(msg)
        return self


class Amount(Frozen):
    """How much per use: the label's measure, and grams where it gives them."""

    text: Text
    grams: Grams | None = None
    sources: Refs


class MaxDays(Frozen):
    """The most days in a row without a doctor."""

    days: Annotated[int, Field(ge=1, le=366)]
    sources: Refs


class MaxPerDay(Frozen):
    """The most in one day, in grams or uses where the label counts so."""

    text: Text
    grams: Annotated[float, Field(gt=0, strict=False)] | None = None
    uses: Annotated[int, Field(ge=1, le=12)] | None = None
    sources: Refs


class Dose(Frozen):
    """Numbers of use for one age band, in years; an open end is null."""

    from_age: Annotated[int, Field(ge=0, le=120)] | None = None
    below_age: Annotated[int, Field(ge=1, le=120)] | None = None
    times_per_day: TimesPerDay | None = None
    hours_between: HoursBetween | None = None
    amount: Amount | None = None
    max_days: MaxDays | None = None
    max_per_day: MaxPerDay | None = None


class Aftercare(Frozen):
    """What still holds after the last use, and for how many days."""

    text: Text
    days_after_last_use: Annotated[int, Field(ge=0, le=366)]
    sources: Refs


class Usage(Frozen):
    """How a label says that a remedy is used."""

    doses: Annotated[tuple[Dose, ...], Field(min_length=1)]
    how: tuple[Instruction, ...] = ()
    avoid: tuple[Instruction, ...] = ()
    aftercare: tuple[Aftercare, ...] = ()
    stop: tuple[Instruction, ...] = ()


class Remedy(Frozen):
    """One product, as its labels and the article describe it."""

    id: FactId
    name: Text
    aliases: tuple[Text, ...] = ()
    form: Text
    atc: tuple[Annotated[str, Field(pattern=r"^[A-Z]\d\d[A-Z]{2}\d\d$|^[A-Z]\d\d[A-Z]{1,2}$")], ...] = ()
    what: Text
    counts_as: tuple[FactId, ...] = ()
    """Medicines that somebody uses who uses this remedy, as the rules of other remedies name them."""
    label: Literal["own", "class", "none"]
    label_note: Instruction | None = None
    reviewed: Isodate
    ingredients: tuple[Ingredient, ...] = ()
    excipients: tuple[Ingredient, ...] = ()
    not_to_confuse: tuple[Confusable, ...] = ()
    helps: tuple[Instruction, ...] = ()
    rules: tuple[Rule, ...] = ()
    no_restriction: tuple[NoRestriction, ...] = ()
    usage: Usage | None = None

    @property
    def substances(self) -> Iterator[str]:
        """Every active ingredient, then every excipient."""
        return (ingredient.substance for ingredient in (*self.ingredients, *self.excipients))


class Substance(Frozen):
    """What holds for every remedy with this substance, or with one of this class."""

    id: FactId
    rules: tuple[Rule, ...] = ()
    avoid: tuple[Instruction, ...] = ()
    aftercare: tuple[Aftercare, ...] = ()
    stop: tuple[Instruction, ...] = ()


class WarningSign(Frozen):
    """A sign that sends the patient to a doctor before any remedy."""

    sign: FactId
    urgency: Literal["now", "soon"]
    because: Text
    sources: Refs


class Dimension(Frozen):
    """Something that every remedy must speak to, and the rule that stands in where none does."""

    id: FactId
    label: Text
    when: Clause


class Common(Frozen):
    """What the article says of the use of every remedy."""

    times_per_day: TimesPerDay
    max_days: MaxDays
    how: tuple[Instruction, ...] = ()
    stop: tuple[Instruction, ...] = ()
    advice: tuple[Instruction, ...] = ()
    bath: Instruction | None = None
    """A warm bath helps, unless the remedy forbids heat."""


class CatalogueFile(Frozen):
    """The content of ``remedies.json``."""

    version: Annotated[str, Field(pattern=r"^\d{4}\.\d{1,2}\.\d{1,2}$")]
    disclaimer: Text
    common: Common
    dimensions: tuple[Dimension, ...]
    signs: tuple[WarningSign, ...]
    rules: tuple[Rule, ...]
    substances: tuple[Substance, ...]
    remedies: Annotated[tuple[Remedy, ...], Field(min_length=1)]


class Synonyms(Frozen):
    """Other words for a fact."""

    en: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()


class Icd10(Frozen):
    """ICD-10 codes and ranges: those that prove a fact and those that are only a reason to ask."""

    proves: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()


class Atc(Frozen):
    """ATC code prefixes: those that prove a fact, those that only prompt it, and exceptions."""

    proves: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    exceptions: Annotated[tuple[str, ...], Field(alias="except")] = ()


class Fact(Frozen):
    """One thing that can be yes, no or unknown of a patient."""

    id: FactId
    topic: Topic
    label: Annotated[str, Field(min_length=1)]
    question: Annotated[str, Field(min_length=1)]
    synonyms: Synonyms = Synonyms()
    kinds: Synonyms = Synonyms()
    """Words for something narrower: having that is having the fact, not having it says nothing."""
    is_a: tuple[FactId, ...] = ()
    icd10: Icd10 = Icd10()
    atc: Atc = Atc()
    snomed: tuple[str, ...] = ()
    cross_reacts_with: tuple[FactId, ...] = ()
    prompts: tuple[FactId, ...] = ()
    """Facts that this one gives a reason to ask about."""


class FactsFile(Frozen):
    """The content of ``facts.json``."""

    facts: tuple[Fact, ...]


class SourcesFile(Frozen):
    """The content of ``sources.json``."""

    sources: dict[FactId, Source]
