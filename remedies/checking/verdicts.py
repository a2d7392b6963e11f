"""Verdicts as bit masks: every distinct clause of a catalogue is evaluated once per patient.

Each plain clause is one bit. A patient becomes two integers, the clauses that hold and those that
may hold; the floor and the ceiling of a remedy are then a handful of ``&``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from remedies.checking.moments import Moment, within
from remedies.core.truth import Truth

if TYPE_CHECKING:
    from remedies.checking.moments import Situation
    from remedies.knowledge.rulebook import Rulebook
    from remedies.knowledge.topics import Ranges


def masks(rulebook: Rulebook, situation: Situation) -> tuple[int, int]:
    """Evaluate every clause of a catalogue once: those that hold, and those that may hold.

    A clause is judged on each day of the course, and holds if it holds on any; days on which the same
    limits are passed need only one look.
    """
    held = possible = 0
    for plain in {_plain(day, rulebook, situation) for day in situation.days}:
        yes, may = _joined(*plain, rulebook)
        held, possible = held | yes, possible | may
    return held, possible


def _plain(day: Moment, rulebook: Rulebook, situation: Situation) -> tuple[int, int]:
    """Tell which clauses about one thing hold on one day, and which do not."""
    clauses = rulebook.clauses
    yes, no = situation.known.yes | clauses.always, situation.known.no
    below, reached = _age_masks(rulebook, day.youngest, day.oldest)
    yes, no = yes | below, no | reached
    match situation.pregnant:
        case Truth.NO:
            no |= clauses.pregnancy
        case Truth.YES:
            inside, outside = _pregnancy_masks(clauses.pregnancies, day.pregnancy)
            yes, no = yes | inside, no | outside
        case Truth.UNKNOWN:
            pass
    return _settled(situation.breastfeeding, clauses.breastfeeding, yes, no)


def _joined(yes: int, no: int, rulebook: Rulebook) -> tuple[int, int]:
    """Add the conjunctions: which clauses hold, and which may hold."""
    clauses = rulebook.clauses
    may = ((1 << clauses.size) - 1) & ~no
    # Inner conjunctions come first, so that the bit of each is settled before a wider one reads it.
    for parts, bit in clauses.conjunctions:
        # Kleene's *and* on bits: every part holds, or one of them cannot.
        if all(yes & part for part in parts):
            yes |= bit
        elif not all(may & part for part in parts):
            may &= ~bit
    return yes, may


@lru_cache(maxsize=4096)
def _age_masks(rulebook: Rulebook, youngest: int, oldest: int) -> tuple[int, int]:
    """Say which limits of age hold, those to be below and those to have reached, and which do not."""
    clauses, age = rulebook.clauses, Moment(youngest, oldest, (0, 0))
    yes = no = 0
    for months, bit in clauses.ages:
        yes, no = _settled(age.age_below(months), bit, yes, no)
    for months, bit in clauses.later_ages:
        yes, no = _settled(age.age_from(months), bit, yes, no)
    return yes, no


@lru_cache(maxsize=4096)
def _pregnancy_masks(windows: tuple[tuple[Ranges, int], ...], span: tuple[int, int]) -> tuple[int, int]:
    """Say which windows of pregnancy hold and which do not; there are only so many weeks and days."""
    yes = no = 0
    for ranges, bit in windows:
        yes, no = _settled(within(span, ranges), bit, yes, no)
    return yes, no


def _settled(holds: Truth, bit: int, yes: int, no: int) -> tuple[int, int]:
    """Enter one truth into the masks of what is so and what is not."""
    match holds:
        case Truth.YES:
            return yes | bit, no
        case Truth.NO:
            return yes, no | bit
        case Truth.UNKNOWN:
            return yes, no


def truth(mask: int, yes: int, may: int) -> Truth:
    """Tell whether any clause of a mask holds."""
    if yes & mask:
        return Truth.YES
    return Truth.UNKNOWN if may & mask else Truth.NO
