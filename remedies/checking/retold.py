"""What was said of a patient on one day, said again on a later one as far as it still holds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from remedies.checking.moments import KEPT_DAYS, KEPT_MONTHS, ages_on, lapsed_of, term_of
from remedies.checking.patient import NOTHING_SAID
from remedies.checking.person import Age, Due, Gestation, LastPeriod, Trimester
from remedies.core.truth import Truth
from remedies.knowledge.topics import LONGEST_PREGNANCY_WEEKS, TOPICS, TRIMESTER_DAYS

if TYPE_CHECKING:
    from remedies.checking.patient import Answers, Patient
    from remedies.checking.person import Pregnancy
    from remedies.knowledge.topics import Topic

_ELDER_YEARS = 60


def retold(patient: Patient, as_of: date) -> Patient:
    """Say again on a day what was said of a patient before, so that more can be said beside it.

    What keeps only for a while (signs, skin, medicines, breastfeeding, no pregnancy) is left out once a
    day has passed, since with the new day it would keep for longer than it does. Ages and weeks are
    counted on; where they have become a range that no single statement holds, less is said: nothing of
    the age, only that there is a pregnancy. So a check of the retold patient never knows more than one
    of the first.

    Args:
        patient: what was said, on ``said_on``.
        as_of: the day on which it is said again.

    Returns:
        The patient as of that day; the same one where nothing was said before it.

    Raises:
        PatientError: it was said after that day, or the birth date lies after it.
    """
    lapsed_of(patient, as_of)
    if patient.said_on is None or patient.said_on == as_of.isoformat():
        return patient
    said_on = date.fromisoformat(patient.said_on)
    changes: dict[str, object] = {topic: _still(patient, topic) for topic in TOPICS}
    changes |= {
        "said_on": as_of.isoformat(),
        "nothing_else": False,
        "age": _age(patient, as_of),
        "pregnancy": _pregnancy(patient.pregnancy, said_on, as_of),
        "breastfeeding": None,
    }
    return patient.model_copy(update=changes)


def _still(patient: Patient, topic: Topic) -> Answers:
    """Return what still holds within a topic; who has nothing else to say has closed each of them."""
    if topic in KEPT_DAYS or topic in KEPT_MONTHS:
        return NOTHING_SAID
    answers = patient.answers(topic)
    return answers.model_copy(update={"rest": "no"}) if patient.closed(topic) else answers


def _age(patient: Patient, day: date) -> Age | None:
    """Return the age on a day, if all that it may be is one statement; one said below 60 never becomes 60."""
    if patient.age is None or patient.said_on is None:
        return None
    youngest, oldest = ages_on(patient, day, day)
    if patient.age.years < _ELDER_YEARS <= oldest // 12:
        return None
    if youngest == oldest and patient.age.months is not None:
        return Age(years=youngest // 12, months=youngest % 12)
    if youngest // 12 == oldest // 12:
        return Age(years=youngest // 12)
    return None


def _pregnancy(said: Pregnancy | None, said_on: date, as_of: date) -> Pregnancy | None:
    """Count a pregnancy on to a day; one that is known by a date needs no counting until it is over."""
    term = term_of(said, said_on)
    if term.pregnant is Truth.NO:
        return None
    if term.pregnant is Truth.UNKNOWN:
        return said
    low, high = term.later((as_of - said_on).days)
    weeks, days = divmod(low, 7)
    if weeks > LONGEST_PREGNANCY_WEEKS:
        # It has ended since; what came after nobody has said.
        return None
    if isinstance(said, Due | LastPeriod):
        return said
    if low == high:
        return Gestation(weeks=weeks, days=days)
    if high - low == 6 and days == 0:
        return Gestation(weeks=weeks)
    for number, (start, end) in TRIMESTER_DAYS.items():
        if start <= low and high < end:
            return Trimester(trimester=number)
    return "yes"
