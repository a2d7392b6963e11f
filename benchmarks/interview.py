"""What the interview asks of ten typical patients, against asking everything.

Each patient answers every prompt truly. Run it with ``python benchmarks/interview.py``.
"""

from datetime import date
from typing import NamedTuple

from remedies import Catalogue, Patient, answer, check, next_questions
from remedies.advice.interview import Prompt

TODAY = date(2026, 11, 22)
PLAIN_QUESTIONS = 3
"""Age, pregnancy and breastfeeding are asked beside the facts of the vocabulary."""


class Person(NamedTuple):
    """Somebody who answers."""

    name: str
    age: str = "34"
    facts: tuple[str, ...] = ()
    weeks: str | None = None
    breastfeeding: bool = False


TEN = (
    Person("healthy man"),
    Person("healthy woman"),
    Person("pregnant, week 20", "29", weeks="20+0"),
    Person("breastfeeding", "29", breastfeeding=True),
    Person("child of 7", "7"),
    Person("asthma", facts=("asthma",)),
    Person("kidney disease", "58", facts=("kidney-disease",)),
    Person("warfarin", "67", facts=("vitamin-k-antagonists",)),
    Person("aspirin allergy", facts=("aspirin",)),
    Person("eczema where it would go", facts=("eczema",)),
)


def reply(person: Person, prompt: Prompt, catalogue: Catalogue) -> str:
    """Answer one prompt."""
    if prompt.kind == "age":
        return person.age
    if prompt.kind == "weeks":
        return person.weeks or "?"
    said = {"pregnancy": person.weeks is not None, "breastfeeding": person.breastfeeding}
    vocabulary = catalogue.vocabulary
    numbers = [
        str(number)
        for number, choice in enumerate(prompt.choices, start=1)
        if said.get(choice.fact)
        or (prompt.kind == "list" and any(vocabulary.is_a(fact, choice.fact) for fact in person.facts))
    ]
    return ",".join(numbers) or "0"


def asked(person: Person, catalogue: Catalogue) -> tuple[int, int, int]:
    """Count prompts, facts that were asked, and verdicts that are still open at the end."""
    patient = Patient(sex="male") if person.name == "healthy man" else Patient()
    unknown: list[str] = []
    prompts = facts = 0
    while True:
        report = check(patient, catalogue, start=TODAY, as_of=TODAY)
        open_ = next_questions(report, catalogue, unknown)
        if not open_:
            return prompts, facts, len(report.undecided)
        prompts += 1
        # "Might be pregnant" is one more answer to the same question, not one more fact.
        facts += len([fact for fact in open_[0].facts if fact != "possible"])
        given = answer(open_[0], reply(person, open_[0], catalogue), patient, catalogue)
        patient, unknown = given.patient, [*unknown, *given.unknown]


def main() -> None:
    """Print one line for each of the ten."""
    catalogue = Catalogue.shipped()
    everything = len(catalogue.vocabulary.entries) + PLAIN_QUESTIONS
    print(f"{'patient':<26}{'prompts':>8}{'facts':>7}{'of all':>8}{'open':>6}")
    for person in TEN:
        prompts, facts, left = asked(person, catalogue)
        print(f"{person.name:<26}{prompts:>8}{facts:>7}{facts / everything:>8.0%}{left:>6}")
    print(f"{'asking everything':<26}{'':>8}{everything:>7}{1:>8.0%}{0:>6}")


if __name__ == "__main__":
    main()
