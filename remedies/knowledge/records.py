"""The records that a catalogue is made of: remedies, rules, sources, facts and the rest. Data only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from remedies.core.errors import LONGEST_WORD
from remedies.core.model import FactId, Frozen, Isodate, Many, Text
from remedies.knowledge.clauses import Clause, trusted_clause
from remedies.knowledge.sources import Citations, Source
from remedies.knowledge.topics import Basis, Effect, Origin, Topic, Urgency
from remedies.knowledge.usage import NO_USAGE, Aftercare, Instruction, MaxDays, TimesPerDay, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

Name = Annotated[str, Field(min_length=1, max_length=LONGEST_WORD)]
"""A word or a few by which a fact or a remedy is found."""

Label = Annotated[str, Field(min_length=1, max_length=80)]
"""What something is called in the middle of a sentence."""

Code = Annotated[str, Field(min_length=1, max_length=20)]
"""A code of a classification, a range of codes, or the beginning of one."""

LONGEST_BECAUSE = 240
"""The longest reason of a rule, in characters."""


class Rule(Frozen):
    """A clause, what follows from it, why, and who says so."""

    id: FactId
    when: Clause
    effect: Effect
    because: Annotated[str, Field(min_length=1, max_length=LONGEST_BECAUSE)]
    basis: Basis = "own"
    cure: Text | None = None
    replaces: Many[Annotated[str, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]] = ()
    sources: Citations

    @classmethod
    def trusted(cls, data: Mapping[str, Any]) -> Self:
        """Make a rule from JSON that has been validated before."""
        return super().trusted({**data, "when": trusted_clause(data["when"])})

    @model_validator(mode="after")
    def _tablets_only_ask(self) -> Self:
        if self.basis == "systemic" and self.effect == "exclude":
            msg = "evidence from tablets or injections is never more than ask-doctor"
            raise ValueError(msg)
        return self


Rules = Annotated[tuple[Rule, ...], Field(max_length=200, strict=False)]
"""The rules of one record; each is compared with all others, so there is a bound."""

MOST_REMEDIES = 500
"""No catalogue has more remedies than this."""

MOST_FACTS = 5000
"""No catalogue has more facts than this."""


class Ingredient(Frozen):
    """A substance in a remedy; the strength is the label's own wording, such as "2.5%"."""

    substance: FactId
    strength: Text | None = None
    sources: Citations


class Confusable(Frozen):
    """A product that sounds alike and is not the same."""

    name: Text
    because: Text
    sources: Citations


class NoRestriction(Frozen):
    """A dimension on which a label says in so many words that nothing stands against use."""

    dimension: FactId
    because: Text
    sources: Citations


class Remedy(Frozen):
    """One product, as its labels and the article describe it."""

    id: FactId
    name: Name
    aliases: Many[Name] = ()
    form: Text
    atc: Many[Annotated[str, Field(pattern=r"^[A-Z]\d\d[A-Z]{2}\d\d$|^[A-Z]\d\d[A-Z]{1,2}$")]] = ()
    what: Text
    counts_as: Many[FactId] = ()
    """Medicines that somebody uses who uses this remedy, as the rules of other remedies name them."""
    label: Literal["own", "class", "none"]
    label_note: Instruction | None = None
    reviewed: Isodate
    ingredients: Many[Ingredient] = ()
    excipients: Many[Ingredient] = ()
    not_to_confuse: Many[Confusable] = ()
    helps: Many[Instruction] = ()
    rules: Rules = ()
    no_restriction: Many[NoRestriction] = ()
    usage: Usage | None = None

    @property
    def directions(self) -> Usage:
        """How the labels say that it is used; empty where none does."""
        return self.usage or NO_USAGE

    @property
    def substances(self) -> "Iterator[str]":
        """Every active ingredient, then every excipient."""
        return (ingredient.substance for ingredient in (*self.ingredients, *self.excipients))


class Substance(Frozen):
    """What holds for every remedy with this substance, or with one of this class."""

    id: FactId
    rules: Rules = ()
    avoid: Many[Instruction] = ()
    aftercare: Many[Aftercare] = ()
    stop: Many[Instruction] = ()


class WarningSign(Frozen):
    """A sign that sends the patient to a doctor before any remedy."""

    sign: FactId
    urgency: Urgency
    because: Text
    sources: Citations


class Dimension(Frozen):
    """Something that every remedy must speak to, and the rule that stands in where none does."""

    id: FactId
    label: Label
    when: Clause

    @classmethod
    def trusted(cls, data: Mapping[str, Any]) -> Self:
        """Make a dimension from JSON that has been validated before."""
        return super().trusted({**data, "when": trusted_clause(data["when"])})


class Common(Frozen):
    """What the article says of the use of every remedy."""

    times_per_day: TimesPerDay
    max_days: MaxDays
    how: Many[Instruction] = ()
    stop: Many[Instruction] = ()
    advice: Many[Instruction] = ()
    bath: Instruction | None = None
    """A warm bath helps, unless the remedy forbids heat."""


class CatalogueFile(Frozen):
    """The content of ``remedies.json``."""

    version: Annotated[str, Field(pattern=r"^\d{4}\.\d{1,2}\.\d{1,2}$")]
    disclaimer: Text
    common: Common
    dimensions: Many[Dimension]
    signs: Many[WarningSign]
    rules: Rules
    substances: Many[Substance]
    remedies: Annotated[tuple[Remedy, ...], Field(min_length=1, max_length=MOST_REMEDIES, strict=False)]


class Synonyms(Frozen):
    """Other words for a fact."""

    en: Many[Name] = ()
    ru: Many[Name] = ()


class Icd10(Frozen):
    """ICD-10 codes and ranges: those that prove a fact and those that are only a reason to ask."""

    proves: Many[Code] = ()
    prompts: Many[Code] = ()


class Atc(Frozen):
    """ATC code prefixes: those that prove a fact, those that only prompt it, and exceptions."""

    proves: Many[Code] = ()
    prompts: Many[Code] = ()
    exceptions: Annotated[Many[Code], Field(alias="except")] = ()


class Fact(Frozen):
    """One thing that can be yes, no or unknown of a patient."""

    id: FactId
    topic: Topic
    label: Label
    question: Text
    examples: Name | None = None
    """What to think of, where the label alone does not say: “leg ulcer or pressure sore”."""
    synonyms: Synonyms = Synonyms()
    kinds: Synonyms = Synonyms()
    """Words for something narrower: having that is having the fact, not having it says nothing."""
    is_a: Many[FactId] = ()
    icd10: Icd10 = Icd10()
    atc: Atc = Atc()
    snomed: Many[Code] = ()
    cross_reacts_with: Many[FactId] = ()
    prompts: Many[FactId] = ()
    """Facts that this one gives a reason to ask about."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that means the fact as a whole: id, label and synonyms."""
        return (self.id, self.label, *self.synonyms.en, *self.synonyms.ru)


class FactsFile(Frozen):
    """The content of ``facts.json``."""

    facts: Annotated[tuple[Fact, ...], Field(max_length=MOST_FACTS, strict=False)]


class SourcesFile(Frozen):
    """The content of ``sources.json``."""

    sources: dict[FactId, Source]
    """Every source, by its key."""


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule as it acts on one remedy, under a name that is unique in the catalogue."""

    key: str
    origin: Origin
    rule: Rule


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a catalogue without faults."""

    file: CatalogueFile
    facts: tuple[Fact, ...]
    sources: dict[str, Source]


VOCABULARY_SOURCE = "vocabulary"
"""The source that stands for our own list of substances and their relations."""


def bibliography(sources: dict[str, Source]) -> dict[str, Source]:
    """Add what cross-reactions rest on, unless a catalogue names a better source under the same key."""
    own = Source.model_construct(
        title="Vocabulary of the catalogue: substances and their relations (facts.json)",
        publisher="the catalogue itself",
        country="INT",
        year=None,
        url=None,
        read="2026-11-22",
        grade="reference",
    )
    return {VOCABULARY_SOURCE: own} | sources
