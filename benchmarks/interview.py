"""What the interview shows to ten typical people: screens, items to read, rows of a terminal of 80 columns.

Each of them answers every screen truly. Run it with ``python benchmarks/interview.py``.
"""

import contextlib
import io
import os
from datetime import date
from typing import NamedTuple

from remedies import Catalogue, Patient, interview
from remedies.advice.state import Item, Screen, State
from remedies.cli import dialogue

TODAY = date(2026, 11, 22)


class Person(NamedTuple):
    """Somebody who answers."""

    name: str
    age: str
    sex: str = "female"
    facts: tuple[str, ...] = ()
    weeks: str | None = None
    breastfeeding: bool = False
    knows: bool = True
    words: tuple[tuple[str, str], ...] = ()
    """What is typed at a question in place of a choice."""


TEN = (
    Person("healthy man 34", "34", "male"),
    Person("healthy woman 30", "30"),
    Person("pregnant 27+3", "30", weeks="27+3"),
    Person("breastfeeding 30", "30", breastfeeding=True),
    Person("boy of 11", "11", "male"),
    Person("child of 3", "3"),
    Person(
        "woman 70, blood pressure, diabetes",
        "70",
        facts=("hypertension", "type-2-diabetes", "antidiabetics", "ace-inhibitors-arbs"),
        words=(("medicines", "metformin, enalapril"),),
    ),
    Person("man 60, asthma from aspirin", "60", "male", facts=("aspirin-sensitive-asthma", "aspirin", "atopy")),
    Person("all “don't know”", "unknown", "unknown", knows=False),
    Person("penicillin allergy, eczema", "45", facts=("eczema", "atopy"), words=(("reactions", "penicillin"),)),
)


def said_of(item: Item, person: Person, catalogue: Catalogue) -> str:
    """Answer one item."""
    if not person.knows:
        return "unknown"
    match item.kind:
        case "age":
            return person.age if item.label == "age" else f"{TODAY.year - int(person.age)}-05-22"
        case "sex":
            return person.sex
        case "pregnancy":
            return person.weeks or "no"
        case "weeks":
            return person.weeks or "unknown"
        case "breastfeeding":
            return "yes" if person.breastfeeding else "no"
        case "fact":
            return "yes" if has(person, item.fact, catalogue) else "no"


def has(person: Person, name: str, catalogue: Catalogue) -> bool:
    """Tell whether a fact is so, or any of those that a plain question covers."""
    vocabulary = catalogue.vocabulary
    names = next((gate.facts for gate in catalogue.rulebook.gates if gate.id == name), (name,))
    return any(vocabulary.is_a(fact, wide) for fact in person.facts for wide in names)


def items_of(screen: Screen) -> int:
    """Count the choices that are shown; "might be pregnant" is one of them."""
    if screen.kind == "pregnancy":
        return len(interview.choices_of(screen))
    return len(screen.items)


def rows_of(state: State, catalogue: Catalogue) -> int:
    """Count the rows of the next question on a terminal, with its pages and the lines for the answers."""
    screen = interview.screens(state, catalogue)[0]
    printed = io.StringIO()
    pages = iter(["m"] * len(screen.items))

    def read(_: str) -> str:
        print()
        if screen.kind == "list" and "Enter: more" in printed.getvalue().rpartition("\n\n")[2]:
            return next(pages)
        raise EOFError

    with contextlib.redirect_stdout(printed):
        dialogue.interview(state, catalogue, read)
    details = len(screen.items) - 1 if screen.kind == "details" else 0
    return printed.getvalue().count("\n") - 1 + 2 * details


class Taken(NamedTuple):
    """What an interview took."""

    screens: tuple[str, ...]
    items: int
    rows: int
    left: int
    """Verdicts that are still open at the end."""


def taken_by(person: Person, catalogue: Catalogue) -> Taken:
    """Let a person answer everything."""
    state = interview.begin(Patient(), catalogue, start=TODAY, as_of=TODAY)
    shown: list[Screen] = []
    rows = 0
    words = dict(person.words)
    while left := interview.screens(state, catalogue):
        screen = left[0]
        shown.append(screen)
        rows += rows_of(state, catalogue)
        said = words.get(screen.id) or {item.fact: said_of(item, person, catalogue) for item in screen.items}
        state = interview.answer(state, screen.id, said, catalogue)
    report = interview.report_of(state, catalogue)
    return Taken(tuple(screen.id for screen in shown), sum(map(items_of, shown)), rows, len(report.undecided))


def main() -> None:
    """Print one line for each of the ten."""
    os.environ |= {"COLUMNS": "80", "LINES": "24"}
    catalogue = Catalogue.shipped()
    print(f"{'person':<36}{'screens':>8}{'items':>7}{'rows':>6}{'open':>6}")
    for person in TEN:
        took = taken_by(person, catalogue)
        counts = f"{len(took.screens):>8}{took.items:>7}{took.rows:>6}{took.left:>6}"
        print(f"{person.name:<36}{counts}  {' '.join(took.screens)}")


if __name__ == "__main__":
    main()
