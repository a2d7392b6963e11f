"""What several test files build with: small catalogues of one's own, a fixed day, and the one way to run a command."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from click.testing import CliRunner, Result

from remedies import Catalogue, Patient, check
from remedies.cli import main

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


def a_naming(topic: str, *names: str, **more: object) -> Json:
    """Describe a thing by its names, the usual one first; with neither ``means`` nor ``prompts`` it is known."""
    return {"topic": topic, "en": names, **more}


LEXICON = ("gates", "words", "known_prompts", "mix_ups", "forms")
"""What stands beside the facts in their file."""


def small_catalogue(facts: list[Json], remedies: list[Json], **more: object) -> Catalogue:
    """Load a small catalogue strictly; what is more goes beside the remedies, or the facts if it is about words."""
    lexicon = {key: more.pop(key) for key in LEXICON if key in more}
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
    contents = (document, {"facts": facts, **lexicon}, {"sources": SOURCES})
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


def run(
    *words: str,
    input: str | bytes | None = None,  # noqa: A002 - as click calls it
    env: Mapping[str, str | None] | None = None,
) -> Result:
    """Run a command on 80 columns without colour settings or a catalogue from outside; nothing may escape but an exit.

    Args:
        words: the command as it is typed, without the name of the program.
        input: what comes through standard input.
        env: environment variables to set; none unset one.
    """
    clean = {"COLUMNS": "80", "NO_COLOR": None, "REMEDIES_CATALOGUE": None, **(env or {})}
    result = CliRunner(env=clean).invoke(main, list(words), input=input, prog_name="remedies")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result
