"""Remedies of substance alpha or beta and their labels: what tests of silence and of derived rules build with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from support import TODAY, Json

from remedies import Catalogue, Patient, check

if TYPE_CHECKING:
    from remedies import Report
    from remedies.knowledge.records import ActiveRule

LABEL = ["label: composition"]
ARTICLE = ["article: general"]

TOPICS = {
    "asthma": "conditions",
    "kidney-disease": "conditions",
    "severe-kidney-disease": "conditions",
    "mild-kidney-disease": "conditions",
    "open-wound": "skin",
    "painkiller": "allergies",
    "alpha": "allergies",
    "beta": "allergies",
    "gamma": "allergies",
    "base": "allergies",
    "tablets": "medicines",
    "sun": "circumstances",
    "fever": "signs",
    "weakness": "signs",
}
"""The facts, each with its topic."""

PARENTS = {
    "severe-kidney-disease": ["kidney-disease"],
    "mild-kidney-disease": ["kidney-disease"],
    "alpha": ["painkiller"],
}
CROSS = {"alpha": ["beta"], "gamma": ["alpha"]}
"""Which allergies can go together, where a catalogue is made with ``cross=True``."""

DIMENSIONS = {
    "age": ("use under 18", {"age_below": 18}),
    "third-trimester": ("the third trimester of pregnancy", {"pregnant": {"trimesters": [3]}}),
    "breastfeeding": ("breastfeeding", {"breastfeeding": True}),
    "kidney-disease": ("kidney disease", {"condition": "kidney-disease"}),
}
"""What the labels should speak of, where a catalogue is made with it."""

SIGNS = [
    {"sign": "fever", "urgency": "soon", "because": "It may be an infection.", "sources": ARTICLE},
    {"sign": "weakness", "urgency": "now", "because": "It may be a nerve.", "sources": [*ARTICLE, *LABEL]},
]

GROWN = {"age": 34, "sex": "male"}
"""A grown man, to whom no limit of age and no pregnancy applies."""


def rule(name: str, when: Json, effect: str = "exclude", **more: object) -> Json:
    """Describe a rule that rests on the label."""
    return {"id": name, "when": when, "effect": effect, "because": "So it says.", "sources": LABEL, **more}


FROM_CLASS = [
    {"id": "painkiller", "rules": [rule("sun", {"circumstance": "sun"}), rule("tablets", {"taking": "tablets"})]}
]
"""Two rules for every remedy with a painkiller in it."""


def contains(*substances: str, sources: list[str] = LABEL) -> list[Json]:
    """Describe ingredients."""
    return [{"substance": substance, "sources": sources} for substance in substances]


def labelled(
    *,
    dimensions: tuple[str, ...] = (),
    cross: bool = False,
    everywhere: list[Json] | None = None,
    signs: list[Json] | None = None,
    substances: list[Json] | None = None,
    **gel: object,
) -> Catalogue:
    """Load a catalogue of "gel" (substance alpha), "other" (substance beta) and "balm" (alpha as well).

    Only the gel has anything of its own; every rule of a substance that the gel may do without acts on the balm.

    Args:
        dimensions: what the labels should speak of.
        cross: whether allergies go together as ``CROSS`` says.
        everywhere: rules that act on every remedy.
        signs: warning signs.
        substances: rules of substances and their classes.
        gel: keys of the record of the gel.
    """
    facts = [
        {
            "id": name,
            "topic": topic,
            "label": name.replace("-", " "),
            "question": f"Any {name}?",
            "is_a": PARENTS.get(name, []),
            "cross_reacts_with": CROSS.get(name, []) if cross else [],
        }
        for name, topic in TOPICS.items()
    ]
    source = {"title": "T", "publisher": "P", "country": "RU", "year": 2020, "url": None, "read": "2026-11-22"}
    grades = {"label": "label", "copy": "label-copy", "article": "article", "vocabulary": "reference"}
    plain = {"form": "gel", "what": "A gel.", "label": "own", "reviewed": "2026-11-22"}
    file = {
        "version": "2026.11.22",
        "disclaimer": "Not medical advice.",
        "common": {
            "times_per_day": {"min": 2, "max": 3, "sources": ARTICLE},
            "max_days": {"days": 5, "sources": ARTICLE},
        },
        "dimensions": [{"id": name, "label": DIMENSIONS[name][0], "when": DIMENSIONS[name][1]} for name in dimensions],
        "signs": signs or [],
        "rules": everywhere or [],
        "substances": substances or [],
        "remedies": [
            {"id": "gel", "name": "Gel", **plain, "ingredients": contains("alpha"), **gel},
            {"id": "other", "name": "Other", **plain, "ingredients": contains("beta")},
            {"id": "balm", "name": "Balm", **plain, "ingredients": contains("alpha")},
        ],
    }
    sources = {"sources": {name: {**source, "grade": grade} for name, grade in grades.items()}}
    documents = (file, {"facts": facts}, sources)
    first, second, third = (json.dumps(document).encode() for document in documents)
    return Catalogue((first, second, third))


def rules_on(of: Catalogue, remedy: str = "gel") -> dict[str, ActiveRule]:
    """Return every rule that acts on a remedy, by its name, closest first."""
    found = {active.key: active for active in of.rules[remedy]}
    assert len(found) == len(of.rules[remedy])
    return found


def seen(of: Catalogue, **said: object) -> Report:
    """Check all remedies for somebody with nothing else but what is said."""
    return check(Patient.model_validate({"nothing_else": True, **said}), of, as_of=TODAY)
