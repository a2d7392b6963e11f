"""Propose the cases that a changed catalogue lacks.

    python tests/catalogue/make_cases.py

prints, for each file in ``tests/catalogue/cases``, one line of JSON for every missing case: for each
rule a patient for whom it holds, one for whom it does not, and one of whom too little is known. A
proposal is made from the clause of the rule, so it only says what the rule says now: read each line
against the label, correct it, and put it into the file by hand.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from remedies import Catalogue
from remedies.patient import months_before
from remedies.rules import AgeBelow, AllOf, Always, AnyOf, Breastfeeding, FactClause, Pregnant, fact_of, leaves
from remedies.words import TRIMESTER_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.facts import Vocabulary
    from remedies.rules import Clause, Leaf

AS_OF = date(2026, 11, 22)
DAYS = 5
MANY = 3
LAST_DAY = TRIMESTER_DAYS[3][1] - 1
CASES = Path(__file__).parent / "cases"

Patient = dict[str, Any]
Proposal = tuple[str, Patient]
"""What is so, in a sentence, and the patient of whom it is so."""

SAYINGS = {
    "conditions": ("Has {}", "Does not have {}", "Nothing is said of {}"),
    "skin": ("The skin there: {}", "The skin there is free of this: {}", "Nothing is said of the skin: {}"),
    "allergies": ("Is allergic to {}", "Is not allergic to {}", "Nothing is said of an allergy to {}"),
    "medicines": ("Uses {}", "Does not use {}", "Nothing is said of {}"),
    "circumstances": ("It is so: {}", "It is not so: {}", "Nothing is said of this: {}"),
    "signs": ("Has the sign: {}", "Does not have the sign: {}", "Nothing is said of the sign: {}"),
}


def propose(clause: Clause, holds: str, vocabulary: Vocabulary) -> list[Proposal]:
    """List patients for whom a clause is so, is not so, or is unknown."""
    match clause:
        case AnyOf(any=parts):
            return alternatives(clause, parts, holds, vocabulary)
        case AllOf(all=parts):
            yes = [propose(part, "yes", vocabulary) for part in parts]
            if holds == "yes":
                return [joined((one, *(rest[0] for rest in yes[1:]))) for one in yes[0]]
            return [
                joined((*(other[0] for other in (*yes[:place], *yes[place + 1 :])), one))
                for place, part in enumerate(parts)
                for one in propose(part, holds, vocabulary)[:1]
            ]
        case _:
            return alone(clause, holds, vocabulary)


def alternatives(clause: AnyOf, parts: tuple[Clause, ...], holds: str, vocabulary: Vocabulary) -> list[Proposal]:
    """List a patient for each alternative that is so, or one of whom none is."""
    if holds == "yes":
        return list(chain.from_iterable(propose(part, holds, vocabulary) for part in parts))
    each = [propose(part, holds, vocabulary)[0] for part in parts if not included(part, parts, vocabulary)]
    if len(each) <= MANY:
        return [joined(each)]
    topics = dict.fromkeys(leaf.topic for leaf in leaves(clause) if isinstance(leaf, FactClause))
    if holds == "no":
        return [(f"Nothing at all under {' and '.join(topics)}", {topic: {"rest": "no"} for topic in topics})]
    return [(f"Nothing is said under {' and '.join(topics)}", {})]


def included(part: Clause, parts: tuple[Clause, ...], vocabulary: Vocabulary) -> bool:
    """Tell whether one of several alternatives is only a kind of another one."""
    return isinstance(part, FactClause) and any(
        isinstance(other, FactClause) and fact_of(other) in vocabulary.wider(fact_of(part)) for other in parts
    )


def alone(clause: Leaf, holds: str, vocabulary: Vocabulary) -> list[Proposal]:
    """List patients for a clause that holds no other clause."""
    match clause:
        case AgeBelow():
            return [age(clause, holds)]
        case Pregnant():
            return list(pregnancy(clause, holds))
        case Breastfeeding():
            said: dict[str, Proposal] = {
                "yes": ("Breastfeeds", {"breastfeeding": True}),
                "no": ("Does not breastfeed", {"breastfeeding": False}),
                "unknown": ("Nothing is said of breastfeeding", {}),
            }
            return [said[holds]]
        case Always():
            return [("Nothing is known of the person", {})] if holds == "yes" else []
        case _:
            return [fact(clause, holds, vocabulary)]


def fact(clause: FactClause, holds: str, vocabulary: Vocabulary) -> Proposal:
    """Propose a patient with or without a fact, or with something wider that leaves it open."""
    name, topic = fact_of(clause), clause.topic
    yes, no, unknown = SAYINGS[topic]
    label = vocabulary[name].label
    match holds:
        case "yes":
            return yes.format(label), {topic: {"yes": [name]}}
        case "no":
            return no.format(label), {topic: {"no": [name]}}
        case _:
            wider = [one for one in vocabulary.wider(name) if vocabulary[one].topic == topic]
            if not wider:
                return unknown.format(label), {}
            said = yes.format(vocabulary[wider[0]].label)
            return f"{said}, which leaves this open: {label}", {topic: {"yes": [wider[0]]}}


def age(clause: AgeBelow, holds: str) -> Proposal:
    """Propose births at the edge of an age: the birthday is the day of the check, or the day after it."""
    birthday = months_before(AS_OF, clause.months)
    limit = f"{clause.months // 12} years" + (f" and {clause.months % 12} months" if clause.months % 12 else "")
    match holds:
        case "yes":
            return f"Tomorrow {limit} old", {"born": str(birthday + timedelta(days=1))}
        case "no":
            return f"Today {limit} old", {"born": str(birthday)}
        case _:
            return f"This month {limit} old, nobody says on which day", {"born": str(birthday)[:7]}


def pregnancy(clause: Pregnant, holds: str) -> Iterator[Proposal]:
    """Propose pregnancies at the edges of what is meant; the last day of the course counts as well."""
    ((start, end),) = clause.days
    last = end - 1
    match holds:
        case "yes" if clause.pregnant == "any":
            yield "Is pregnant", {"pregnancy": "yes"}
        case "yes":
            if start:
                yield weeks("The last day of the course reaches the weeks meant", start - DAYS + 1)
            yield weeks("The first day meant", start)
            if last < LAST_DAY:
                yield weeks("The last day meant", last)
        case "no":
            yield "Is not pregnant", {"pregnancy": "no"}
            if start:
                yield weeks("The course ends a day too early", start - DAYS)
            if last < LAST_DAY:
                yield weeks("A day too late", last + 1)
        case _:
            if clause.pregnant != "any":
                yield "Is pregnant, nobody says since when", {"pregnancy": "yes"}
            yield "May be pregnant", {"pregnancy": "possible"}


def weeks(saying: str, day: int) -> Proposal:
    """Write a day of pregnancy as weeks and days."""
    number, odd = divmod(day, 7)
    return f"{saying} ({number}w{odd}d)", {"pregnancy": {"weeks": number, "days": odd}}


def joined(proposals: Iterable[Proposal]) -> Proposal:
    """Make one patient of several."""
    sayings: dict[str, None] = {}
    patient: Patient = {}
    for saying, part in proposals:
        sayings[saying] = None
        for key, value in part.items():
            if isinstance(value, dict) and isinstance(patient.get(key), dict):
                for side, words in value.items():
                    patient[key][side] = [*dict.fromkeys([*patient[key].get(side, []), *words])]
            else:
                patient[key] = {**value} if isinstance(value, dict) else value
    return "; ".join(sayings), patient


def file_of(rule: str, catalogue: Catalogue) -> str:
    """Name the file that the cases of a rule belong to: its remedy, or the group that it comes from."""
    owner = rule.partition("/")[0]
    return owner if owner in catalogue.rules or owner == "catalogue" else "substances"


def main() -> None:
    """Print what is missing."""
    catalogue = Catalogue.load(Path(__file__).parents[2] / "data" / "remedies.json")
    known = {
        (case["rule"], case["holds"])
        for path in CASES.glob("*.json")
        for case in json.loads(path.read_text(encoding="utf-8"))
    }
    active = {one.key: one.rule for rules in catalogue.rules.values() for one in rules}
    lines: dict[str, list[str]] = {}
    for key, rule in active.items():
        for holds in ("yes", "no", "unknown"):
            if (key, holds) in known:
                continue
            for saying, patient in propose(rule.when, holds, catalogue.vocabulary):
                case = {"name": f"{saying}.", "rule": key, "patient": patient, "holds": holds}
                lines.setdefault(file_of(key, catalogue), []).append(json.dumps(case, ensure_ascii=False))
    for name, proposed in lines.items():
        sys.stdout.write(f"{CASES / name}.json\n" + "".join(f"  {line}\n" for line in proposed))
    if not lines:
        sys.stdout.write("Every rule has its cases.\n")


if __name__ == "__main__":
    main()
