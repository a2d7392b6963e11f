"""The fixed words and numbers that records, patients and reports share."""

from typing import Literal

Effect = Literal["ask-doctor", "exclude"]
"""What a rule that holds does to a remedy."""

STRENGTH: dict[Effect, int] = {"ask-doctor": 1, "exclude": 2}
"""How strong an effect is; an allowed remedy has strength 0."""

Basis = Literal["own", "class", "systemic"]
"""Whose evidence a rule is: the product's own label (or the article), other products with the same
ingredient, or tablets and injections of it."""


Origin = Literal["own", "substance", "derived", "catalogue"]
"""Who brings a rule to a remedy: its own record, a substance in it, the loader, or the whole catalogue."""

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


SetBy = Literal["article", "label", "request", "waking hours"]
"""What made a bound of a plan as tight as it is."""

LimitName = Literal["times_per_day_min", "times_per_day_max", "days", "hours_between", "max_per_day"]
"""What a bound of a plan limits."""

TRIMESTER_DAYS: dict[int, tuple[int, int]] = {1: (0, 98), 2: (98, 196), 3: (196, 316)}
"""First and past-the-last day of pregnancy per trimester: to 13w6d, to 27w6d, and from 28w0d on."""

LONGEST_PREGNANCY_WEEKS = 44
