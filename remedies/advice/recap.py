"""Answers read back: what was said, and what a plain "no" has closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedies.advice.replay import widest
from remedies.advice.screens import screen_of
from remedies.advice.state import Recap
from remedies.checking.person import Due, Gestation, LastPeriod, Months, Trimester
from remedies.core.words import plural
from remedies.knowledge.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.advice.replay import Replayed
    from remedies.advice.state import Answered
    from remedies.checking.patient import Patient
    from remedies.checking.person import Pregnancy
    from remedies.knowledge.rulebook import Rulebook


def recaps(told: Replayed, rulebook: Rulebook) -> Iterator[Recap]:
    """Read back every answer that counts."""
    return (_recap(one, told, rulebook) for one in told.answers)


def _recap(one: Answered, told: Replayed, rulebook: Rulebook) -> Recap:
    vocabulary = rulebook.vocabulary
    labels: dict[str, list[str]] = {side: [] for side in ("yes", "no", "unknown")}
    for topic in TOPICS:
        answers = one.said.answers(topic)
        for side, found in labels.items():
            found += [vocabulary.label(word) for word in getattr(answers, side)]
        labels["yes"] += [f"{word} (set aside)" for word in answers.other]
    closed = told.closed.get(one.question, 0)
    return Recap(
        question=one.question,
        title=screen_of(one.question, one.asked, told.patient, rulebook).title,
        yes=(*_person(one.said), *labels["yes"]),
        no=(*_not_so(one.said), *labels["no"]),
        unknown=(*one.unknown, *labels["unknown"]),
        gate=one.gate,
        closed=tuple(map(vocabulary.label, widest(closed, vocabulary))),
        facts=closed.bit_count(),
    )


def _person(said: Patient) -> Iterator[str]:
    """Say what was said of the person in a few words each."""
    if said.age is not None:
        months = said.age.months
        yield plural(said.age.years, "year") + (f" and {plural(months, 'month')}" if months else "")
    if said.born is not None:
        yield f"born {said.born}"
    if said.sex is not None:
        yield {"male": "man", "female": "woman"}[said.sex]
    if said.pregnancy not in {None, "no"}:
        yield _pregnant(said.pregnancy)
    if said.breastfeeding:
        yield "breastfeeding"


def _not_so(said: Patient) -> Iterator[str]:
    if said.pregnancy == "no":
        yield "pregnant"
    if said.breastfeeding is False:
        yield "breastfeeding"


def _pregnant(said: Pregnancy | None) -> str:
    match said:
        case "possible":
            return "might be pregnant"
        case Trimester(trimester=number):
            return f"pregnant, trimester {number}"
        case Gestation(weeks=weeks, days=days):
            return f"pregnant, {plural(weeks, 'week')}" + (f" and {plural(days, 'day')}" if days is not None else "")
        case Months(months=months):
            return f"pregnant, month {months}"
        case Due(due=day):
            return f"pregnant, due on {day}"
        case LastPeriod(last_period=day):
            return f"pregnant, last period on {day}"
        case _:
            return "pregnant"
