"""Small catalogues of one's own, and a fixed day: what several test files build with."""

import json
from datetime import date
from typing import Any

from remedies import Catalogue, Patient, check

Json = dict[str, Any]

TODAY = date(2026, 11, 22)
"""The day on which the tests take place."""

CITED = ["leaflet: contraindications"]

SOURCES = {
    name: {
        "title": title,
        "publisher": "a publisher",
        "country": "RU",
        "year": 2024,
        "url": None,
        "read": "2026-11-22",
        "grade": grade,
    }
    for name, title, grade in (("leaflet", "Leaflet", "label"), ("vocabulary", "Vocabulary", "reference"))
}


def a_fact(name: str, topic: str = "conditions", **more: object) -> Json:
    """Describe a fact of a small catalogue."""
    return {"id": name, "topic": topic, "label": name, "question": f"Is it so: {name}?", **more}


def a_rule(name: str, when: Json, effect: str = "exclude", **more: object) -> Json:
    """Describe a rule of a small catalogue."""
    return {"id": name, "when": when, "effect": effect, "because": f"{name}.", "sources": CITED, **more}


def a_remedy(name: str, rules: list[Json], ingredients: tuple[str, ...] = ("substance",), **more: object) -> Json:
    """Describe a remedy of a small catalogue."""
    return {
        "id": name,
        "name": name.capitalize(),
        "form": "gel",
        "what": "a gel",
        "label": "own",
        "reviewed": "2026-11-22",
        "ingredients": [{"substance": substance, "sources": CITED} for substance in ingredients],
        "rules": rules,
        **more,
    }


def small_catalogue(facts: list[Json], remedies: list[Json], **more: object) -> Catalogue:
    """Load a small catalogue strictly."""
    document = {
        "version": "2026.11.22",
        "disclaimer": "Not medical advice.",
        "common": {
            "times_per_day": {"min": 2, "max": 3, "sources": CITED},
            "max_days": {"days": 5, "sources": CITED},
        },
        "dimensions": [],
        "signs": [],
        "rules": [],
        "substances": [],
        "remedies": remedies,
        **more,
    }
    contents = (document, {"facts": facts}, {"sources": SOURCES})
    first, second, third = (json.dumps(content).encode() for content in contents)
    return Catalogue((first, second, third))


def one_remedy(
    rules: list[Json], facts: tuple[Json, ...] = (), ingredients: tuple[str, ...] = ("substance",), **more: object
) -> Catalogue:
    """Load a catalogue of one remedy, "gel", with these rules; "substance" is the allergy to its ingredient."""
    known = [a_fact("substance", "allergies"), *facts]
    return small_catalogue(known, [a_remedy("gel", rules, ingredients)], **more)


def holds(when: Json, said: Json, start: date = TODAY, days: int = 1, as_of: date = TODAY) -> str:
    """Tell whether a clause holds of a patient over a course."""
    small = one_remedy([a_rule("looked-at", when)])
    report = check(Patient(**said), small, start=start, days=days, as_of=as_of, all_rules=True)
    return next(reason.holds for reason in report["gel"].reasons if reason.rule == "gel/looked-at")
