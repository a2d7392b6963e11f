"""The records that a catalogue is made of: remedies, rules, substances, warning signs. Data only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from remedies.core.model import FactId, Frozen, Isodate, Many, Text
from remedies.knowledge.clauses import Clause, trusted_clause
from remedies.knowledge.facts import Fact, Label, Name, Naming
from remedies.knowledge.sources import Citations, Source
from remedies.knowledge.topics import Basis, Effect, Origin, Urgency
from remedies.knowledge.usage import NO_USAGE, Aftercare, Instruction, MaxDays, TimesPerDay, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_BECAUSE = 240
"""The longest reason of a rule, in characters."""


class Rule(Frozen):
    """A clause, what follows from it, why, and who says so."""

    id: FactId
    """The name of the rule, which no other rule of the same record has."""
    when: Clause
    """What must be so of the person for the rule to hold."""
    effect: Effect
    """What the rule does where it holds: it excludes the remedy, or a doctor or a pharmacist is asked."""
    because: Annotated[str, Field(min_length=1, max_length=LONGEST_BECAUSE)]
    """Why, in one plain sentence."""
    basis: Basis = "own"
    """Whose evidence: own (label or article), class (others with the ingredient) or systemic (tablets, injections)."""
    cure: Text | None = None
    """What would lift it; null where nothing does."""
    replaces: Many[Annotated[str, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]] = ()
    """Rules of its substances whose place it takes in this remedy, each as "substance/rule"."""
    sources: Citations
    """Where it stands, as "source: section"."""

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


class Ingredient(Frozen):
    """A substance in a remedy; the strength is the label's own wording, such as "2.5%"."""

    substance: FactId
    """The id of the substance, which is a fact of the topic allergies."""
    strength: Text | None = None
    """How strong it is, in the label's own wording; null where that is not known."""
    only_in: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    """Which products of the name contain it, where not all do; null where all do."""
    sources: Citations
    """Where it stands, as "source: section"."""


class Confusable(Frozen):
    """A product that sounds alike and is not the same."""

    name: Text
    """What the other product is called."""
    because: Text
    """How it differs, in plain words."""
    sources: Citations
    """Where it stands, as "source: section"."""


class NoRestriction(Frozen):
    """A dimension on which a label says in so many words that nothing stands against use."""

    dimension: FactId
    """The id of the dimension."""
    because: Text
    """What the label says, in plain words."""
    sources: Citations
    """Where it stands, as "source: section"."""


class Remedy(Frozen):
    """One product, as its labels and the article describe it."""

    id: FactId
    """The id of the remedy."""
    name: Name
    """Its name."""
    short: Annotated[Name, Field(max_length=20)] | None = None
    """A short name for lists, of 20 characters at most; the name itself unless given."""
    aliases: Many[Name] = ()
    """Its other names, in both alphabets."""
    form: Text
    """What form it comes in, such as gel or ointment."""
    atc: Many[Annotated[str, Field(pattern=r"^[A-Z]\d\d[A-Z]{2}\d\d$|^[A-Z]\d\d[A-Z]{1,2}$")]] = ()
    """Its ATC codes, or those of its groups."""
    what: Text
    """What it is, in a few words."""
    counts_as: Many[FactId] = ()
    """Medicines that somebody uses who uses this remedy, as the rules of other remedies name them."""
    label: Literal["own", "class", "none"]
    """Which label was read: the product's own, only that of others with the ingredient, or none."""
    label_note: Instruction | None = None
    """What the reader should know of the labels read; needed where the product's own was not."""
    reviewed: Isodate
    """The day of its last review."""
    ingredients: Many[Ingredient] = ()
    """Its active ingredients."""
    excipients: Many[Ingredient] = ()
    """Its other ingredients."""
    not_to_confuse: Many[Confusable] = ()
    """Products that sound alike and are not the same."""
    helps: Many[Instruction] = ()
    """What it is used for."""
    rules: Rules = ()
    """Its own rules, in the order in which a report names them."""
    no_restriction: Many[NoRestriction] = ()
    """Dimensions on which a label says that nothing stands against use."""
    usage: Usage | None = None
    """How a label says that it is used; null where none does."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called: id, name, short name, other names."""
        return (self.id, self.name, *filter(None, (self.short,)), *self.aliases)

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
    """The id of the substance or class, which is a fact of the topic allergies."""
    rules: Rules = ()
    """The rules of every remedy that contains it."""
    avoid: Many[Instruction] = ()
    """What to avoid while such a remedy is used."""
    aftercare: Many[Aftercare] = ()
    """What still holds after the last use."""
    stop: Many[Instruction] = ()
    """When to stop and see a doctor."""


class WarningSign(Frozen):
    """A sign that sends the patient to a doctor before any remedy."""

    sign: FactId
    """The id of the sign: a fact of the topic signs, or an illness that is an emergency itself."""
    urgency: Urgency
    """How soon a doctor is needed."""
    because: Text
    """Why, in a plain sentence."""
    sources: Citations
    """Where it stands, as "source: section"."""


class Dimension(Frozen):
    """Something that every remedy must speak to, and the rule that stands in where none does."""

    id: FactId
    """The id of the dimension."""
    label: Label
    """What it is called in the middle of a sentence."""
    when: Clause
    """Whom it concerns: for them a pharmacist is asked where no label speaks of it, or a doctor if it is about
    age, pregnancy or breastfeeding."""

    @classmethod
    def trusted(cls, data: Mapping[str, Any]) -> Self:
        """Make a dimension from JSON that has been validated before."""
        return super().trusted({**data, "when": trusted_clause(data["when"])})


class Common(Frozen):
    """What the article says of the use of every remedy."""

    times_per_day: TimesPerDay
    """How often a day."""
    max_days: MaxDays
    """The most days in a row."""
    how: Many[Instruction] = ()
    """How to put it on."""
    stop: Many[Instruction] = ()
    """When to stop and see a doctor."""
    advice: Many[Instruction] = ()
    """What else helps."""
    bath: Instruction | None = None
    """The advice on a warm bath, given unless the remedy does not go with heat."""


class CatalogueFile(Frozen):
    """The content of ``remedies.json``."""

    version: Annotated[str, Field(pattern=r"^\d{4}\.\d{1,2}\.\d{1,2}$")]
    """The day of its last change, as year.month.day."""
    disclaimer: Text
    """What every report ends with."""
    common: Common
    """What the article says of the use of every remedy."""
    dimensions: Many[Dimension]
    """What every remedy must speak to."""
    signs: Many[WarningSign]
    """The warning signs that send the patient to a doctor first."""
    rules: Rules
    """The rules that act on every remedy."""
    substances: Many[Substance]
    """What holds for every remedy with a substance or class."""
    remedies: Annotated[tuple[Remedy, ...], Field(min_length=1, max_length=MOST_REMEDIES, strict=False)]
    """The remedies, in the order in which reports list those with the same verdict."""


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
    words: tuple[Naming, ...]
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
