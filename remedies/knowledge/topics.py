"""The fixed words: topics and what they are called, effects and verdicts and how strong they are."""

from typing import Literal, NamedTuple, get_args

Topic = Literal["conditions", "skin", "allergies", "medicines", "circumstances", "signs"]
"""The group that a fact is asked in."""

TOPICS: tuple[Topic, ...] = get_args(Topic)

NamingTopic = Literal[Topic, "pregnancy", "breastfeeding"]
"""Where a word belongs: to a topic, or to one of the two subjects that have words and no list."""

NAMING_TOPICS: tuple[NamingTopic, ...] = (*TOPICS, "pregnancy", "breastfeeding")

Scope = Literal["all", "medicines", "current", "recorded"]
"""How far a denial closes a topic: altogether, allergies as far as they are to medicines, illnesses of which only
a current one counts, or medicines that a record holds, which are those on prescription."""

History = Literal["counts", "asked", "nothing"]
"""What an illness says once it is over: what it said before, that it is to be asked about, or nothing."""

Subject = Literal[
    "signs",
    "age",
    "pregnancy",
    "breastfeeding",
    "skin",
    "conditions",
    "allergies",
    "medicines",
    "circumstances",
]
"""What may be asked about: a topic, or age, pregnancy and breastfeeding, which belong to none."""


class Wording(NamedTuple):
    """What a subject is called: over a list, in a sentence about one of its facts, in a question, and for several."""

    title: str
    noun: str
    question: str
    nouns: str = ""
    """Several of its facts; age, pregnancy and breastfeeding have only one."""


WORDINGS: dict[Subject, Wording] = {
    "signs": Wording(
        "Warning signs", "warning sign", "Does the person have any of these warning signs?", "warning signs"
    ),
    "age": Wording("Age", "age", "How old is the person who will use it?"),
    "pregnancy": Wording("Pregnancy", "pregnancy", "Is the person pregnant, or could they be? Since when?"),
    "breastfeeding": Wording("Breastfeeding", "breastfeeding", "Is the person breastfeeding?"),
    "skin": Wording(
        "Skin where it would go", "skin problem", "Is the skin where it would go like this?", "skin problems"
    ),
    "conditions": Wording("Illnesses", "illness", "Does the person have any of these illnesses?", "illnesses"),
    "allergies": Wording("Allergies", "allergy", "Is the person allergic to any of these?", "allergies"),
    "medicines": Wording("Medicines", "medicine", "Does the person use any of these?", "medicines"),
    "circumstances": Wording(
        "Plans and circumstances", "circumstance", "Is any of this so, or planned?", "circumstances"
    ),
}
"""Every subject, in the order in which they are asked: warning signs come before any remedy."""

BORN_WHEN = "When exactly was the person born? (for example 2008-05-17)"
"""The question about the age of somebody whose age was given and is not exact enough."""

Effect = Literal["ask-pharmacist", "ask-doctor", "exclude"]
"""What a rule that holds does to a remedy."""

EFFECTS: tuple[Effect, ...] = get_args(Effect)
"""Every effect, each stronger than the one before it."""

Strength = Literal["allowed", "ask-pharmacist", "ask-doctor", "excluded"]
"""A settled verdict; each is stronger than the one before it.

What makes it stronger is who may lift it: nobody needs to; a pharmacist, who reads the pack or weighs a
silent label; a doctor; nobody.
"""

STRENGTHS: tuple[Strength, ...] = get_args(Strength)

STRENGTH: dict[Effect, int] = {"ask-pharmacist": 1, "ask-doctor": 2, "exclude": 3}
"""How strong an effect is, as a place in ``STRENGTHS``; what nothing stands against has strength 0."""

Verdict = Literal["allowed", "ask-pharmacist", "ask-doctor", "undecided", "excluded"]
"""What is said of one remedy for one patient."""

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""Every verdict, in the order in which a report lists remedies."""

VERDICT: tuple[tuple[Verdict, ...], ...] = (
    ("allowed", "undecided", "undecided", "undecided"),
    ("undecided", "ask-pharmacist", "undecided", "undecided"),
    ("undecided", "undecided", "ask-doctor", "undecided"),
    ("undecided", "undecided", "undecided", "excluded"),
)
"""The one law: floor (row) against ceiling (column). Where they meet, that is the verdict.

The half below the diagonal cannot occur, since a floor is never above its ceiling.
"""

Basis = Literal["own", "class", "systemic"]
"""Whose evidence a rule is: the product's own label (or the article), other products with the same
ingredient, or tablets and injections of it."""

Origin = Literal["own", "substance", "derived", "catalogue"]
"""Who brings a rule to a remedy, closest first: its own record, a substance in it, the loader, or the
whole catalogue."""

ORIGINS: tuple[Origin, ...] = get_args(Origin)

Urgency = Literal["now", "soon"]
"""How soon a warning sign needs a doctor."""

Section = Literal[
    "general",
    "indications",
    "composition",
    "contraindications",
    "precautions",
    "children",
    "pregnancy",
    "breastfeeding",
    "interactions",
    "dosage",
    "side-effects",
    "storage",
]
"""The part of a label where a fact stands, as far as the copy that was read shows it."""

Grade = Literal["article", "label", "label-copy", "regulator", "reference", "study", "secondary"]
"""How close a source is to the product's own label."""

Ranges = tuple[tuple[int, int], ...]
"""Half-open ranges of days of pregnancy."""

TRIMESTER_DAYS: dict[int, tuple[int, int]] = {1: (0, 98), 2: (98, 196), 3: (196, 316)}
"""First and past-the-last day of pregnancy per trimester: to 13w6d, to 27w6d, and from 28w0d on."""

PAST_PREGNANCY = TRIMESTER_DAYS[3][1]
"""The first day, counted from 0, on which no pregnancy is believed any more."""

LONGEST_PREGNANCY_WEEKS = 44
"""The most completed weeks of pregnancy that are believed."""

SAME_SKIN = "any-other-topical-same-site"
"""The fact that stands for another product on the same skin."""

OLDEST = 120
"""The greatest age that is believed, in years."""

MOST_DAYS = 5
"""The article lets a remedy be used for five days at most."""
