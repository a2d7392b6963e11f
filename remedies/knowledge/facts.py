"""Facts as ``facts.json`` keeps them: what may be asked, with its words and codes. Data only."""

from typing import Annotated, Literal

from pydantic import Field

from remedies.core.errors import LONGEST_WORD
from remedies.core.model import FactId, Frozen, Many, Text
from remedies.knowledge.topics import History, NamingTopic, Topic

Name = Annotated[str, Field(min_length=1, max_length=LONGEST_WORD)]
"""A word or a few by which a fact or a remedy is found."""

Label = Annotated[str, Field(min_length=1, max_length=80)]
"""What something is called in the middle of a sentence."""

Code = Annotated[str, Field(min_length=1, max_length=20)]
"""A code of a classification, a range of codes, or the beginning of one."""

MOST_FACTS = 5000
"""No catalogue has more facts than this."""


class Synonyms(Frozen):
    """Other words for a fact."""

    en: Many[Name] = ()
    """Words in English."""
    ru: Many[Name] = ()
    """Words in Russian."""


class Icd10(Frozen):
    """ICD-10 codes and ranges: those that prove a fact and those that are only a reason to ask."""

    proves: Many[Code] = ()
    """Codes and ranges that prove the fact."""
    prompts: Many[Code] = ()
    """Codes and ranges that are only a reason to ask about the fact."""


class Atc(Frozen):
    """ATC code prefixes: those that prove a fact, those that only prompt it, and exceptions."""

    proves: Many[Code] = ()
    """Beginnings of codes that prove the fact."""
    prompts: Many[Code] = ()
    """Beginnings of codes that are only a reason to ask about the fact."""
    exceptions: Annotated[Many[Code], Field(alias="except")] = ()
    """Beginnings of codes that say nothing of the fact, although they start like one that does."""

    @property
    def all(self) -> tuple[str, ...]:
        """Every code."""
        return (*self.proves, *self.prompts, *self.exceptions)


class Fact(Frozen):
    """One thing that can be yes, no or unknown of a patient."""

    id: FactId
    """The id of the fact."""
    topic: Topic
    """The group that it is asked in."""
    label: Label
    """What it is called in the middle of a sentence."""
    short: Name | None = None
    """A few words for lists of many, where the label is long."""
    question: Text
    """The question that asks about it alone."""
    examples: Name | None = None
    """What to think of, where the label alone does not say: “leg ulcer or pressure sore”."""
    synonyms: Synonyms = Synonyms()
    """Other words for the fact as a whole."""
    kinds: Synonyms = Synonyms()
    """Words for something narrower: having that is having the fact, not having it says nothing."""
    is_a: Many[FactId] = ()
    """Wider facts of the same topic: having this one is having them."""
    icd10: Icd10 = Icd10()
    """The ICD-10 codes that speak of it."""
    atc: Atc = Atc()
    """The ATC codes that speak of it."""
    snomed: Many[Code] = ()
    """The SNOMED CT codes that speak of it, each for itself alone."""
    cross_reacts_with: Many[FactId] = ()
    """Allergies that can go together with this one, and this one with them."""
    may_hold: Many[FactId] = ()
    """Allergens of which it may be made without a label saying which, as a perfume of scented oils."""
    past: FactId | None = None
    """What it is once it is over, where that is another fact: a bleed years ago is no emergency."""
    history: History = "asked"
    """What a record of it says once it is over: it still counts, it is to be asked about, or it says nothing."""
    over_the_counter: bool = False
    """Whether it may be bought without a prescription, so that a record of medicines need not hold it."""
    prompts: Many[FactId] = ()
    """Facts that this one gives a reason to ask about, of any topic."""
    implies: Many[FactId] = ()
    """Facts of other topics that are so where this one is; their being not so says nothing of this one."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that means the fact as a whole: id, label, short name and synonyms."""
        return (self.id, self.label, *filter(None, (self.short,)), *self.synonyms.en, *self.synonyms.ru)


class Naming(Frozen):
    """One real thing by all its names, where these are not simply the names of one fact.

    With neither ``means`` nor ``prompts`` it is known: a real thing that no rule looks at.
    """

    topic: NamingTopic
    """The list in which such a word belongs; or pregnancy or breastfeeding, which have a place of their own."""
    en: Many[Name] = ()
    """Names in English, the usual one first."""
    ru: Many[Name] = ()
    """Names in Russian, the usual one first."""
    icd10: Many[Code] = ()
    """ICD-10 codes and ranges that stand for it."""
    atc: Many[Code] = ()
    """Beginnings of ATC codes that stand for it."""
    snomed: Many[Code] = ()
    """SNOMED CT codes that stand for it."""
    means: Many[FactId] = ()
    """Facts of any topic that are so."""
    prompts: Many[FactId] = ()
    """Facts of any topic, or pregnancy, that it is only a reason to ask about."""
    on_skin: Many[FactId] = ()
    """What a medicine means instead where it is a gel, a cream or a plaster."""
    allergy: Many[FactId] = ()
    """What an allergy to a medicine means."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, in both languages."""
        return (*self.en, *self.ru)


MixUp = Annotated[tuple[Name, Name], Field(strict=False)]
"""Two names that are easily taken for each other."""

MOST_NAMINGS = 10_000
"""No catalogue names more things than this beside its facts."""


MOST_GATES = 20
"""No catalogue asks more plain questions than this before its lists."""


class Gate(Frozen):
    """A plain question that stands before a list: who says no to it is not shown the list."""

    id: FactId
    """The id of the question; that of its list is the same with "-list" after it."""
    topic: Topic
    """The list in which a word that is typed there belongs."""
    title: Label
    """What it is about, over the question."""
    text: Text
    """The question in plain words; together with the lines it names whatever it covers."""
    lines: Many[Text] = ()
    """What it covers, a line each, where one question cannot hold it."""
    which: Text
    """The question over the list, after a yes."""
    facts: Annotated[Many[FactId], Field(min_length=1)]
    """The facts that "no" denies, of any topic, each together with its finer ones."""


class FactsFile(Frozen):
    """The content of ``facts.json``."""

    facts: Annotated[tuple[Fact, ...], Field(max_length=MOST_FACTS, strict=False)]
    """Every fact that may be asked about."""
    gates: Annotated[tuple[Gate, ...], Field(max_length=MOST_GATES, strict=False)] = ()
    """The plain questions before the lists, in the order in which they are asked."""
    words: Annotated[tuple[Naming, ...], Field(max_length=MOST_NAMINGS, strict=False)] = ()
    """What people and records name beside the facts themselves."""
    known_prompts: dict[Literal["allergies", "on_skin"], Many[FactId]] = Field(default_factory=dict)
    """What is to be asked about an allergy, or a medicine on the skin, of which no naming says more."""
    mix_ups: Many[MixUp] = ()
    """Names that are easily taken for each other; naming one of them warns."""
    forms: dict[Name, Name] = Field(default_factory=dict)
    """Grammatical forms of Russian words by their base form: the stem, then the endings, as written by
    ``remedies catalogue forms``."""
