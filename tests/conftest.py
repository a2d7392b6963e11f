"""What several test files share: the shipped catalogue, a fixed day, and small catalogues of one's own."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import settings

from remedies import Catalogue
from remedies.knowledge.vocabulary import Vocabulary

settings.register_profile("remedies", derandomize=True, max_examples=100, deadline=None, print_blob=False)
settings.load_profile("remedies")

Json = dict[str, Any]

CITED = [{"ref": "leaflet", "section": "contraindications"}]

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


def fact(name: str, topic: str = "conditions", **more: object) -> Json:
    """Describe a fact of a small catalogue."""
    return {"id": name, "topic": topic, "label": name, "question": f"Is it so: {name}?", **more}


def rule(name: str, when: Json, effect: str = "exclude", **more: object) -> Json:
    """Describe a rule of a small catalogue."""
    return {"id": name, "when": when, "effect": effect, "because": f"{name}.", "sources": CITED, **more}


def remedy(name: str, rules: list[Json], ingredients: tuple[str, ...] = ("substance",), **more: object) -> Json:
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


def catalogue_of(facts: list[Json], remedies: list[Json], **more: object) -> Catalogue:
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


def loaded_with_rules(
    rules: list[Json], facts: tuple[Json, ...] = (), ingredients: tuple[str, ...] = ("substance",), **more: object
) -> Catalogue:
    """Load a catalogue of one remedy, "gel", with these rules; "substance" is the allergy to its ingredient."""
    known = [fact("substance", "allergies"), *facts]
    return catalogue_of(known, [remedy("gel", rules, ingredients)], **more)


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    """Return the catalogue that comes with the package."""
    return Catalogue.shipped()


@pytest.fixture(scope="session")
def vocabulary(shipped: Catalogue) -> Vocabulary:
    """Return the facts of the shipped catalogue."""
    return shipped.vocabulary


@pytest.fixture(scope="session")
def today() -> date:
    """Return the day on which the tests take place."""
    return date(2026, 11, 22)


@pytest.fixture(scope="session")
def one_remedy() -> Callable[..., Catalogue]:
    """Return a function that loads a catalogue of one remedy: ``one_remedy(rules, facts, ingredients, **rest)``."""
    return loaded_with_rules


@pytest.fixture(scope="session")
def small_catalogue() -> Callable[..., Catalogue]:
    """Return a function that loads a small catalogue: ``small_catalogue(facts, remedies, **rest)``."""
    return catalogue_of


@pytest.fixture(scope="session")
def a_fact() -> Callable[..., Json]:
    """Return a function that describes a fact: ``a_fact(name, topic, **rest)``."""
    return fact


@pytest.fixture(scope="session")
def a_rule() -> Callable[..., Json]:
    """Return a function that describes a rule: ``a_rule(name, when, effect, **rest)``."""
    return rule


@pytest.fixture(scope="session")
def a_remedy() -> Callable[..., Json]:
    """Return a function that describes a remedy: ``a_remedy(name, rules, ingredients, **rest)``."""
    return remedy
