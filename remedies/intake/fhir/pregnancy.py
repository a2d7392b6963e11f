"""Pregnancy and breastfeeding of a record: what was said last, how far it has gone today, what is too old."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from remedies.checking.moments import KEPT_DAYS, KEPT_MONTHS, term_of
from remedies.checking.person import Gestation, Trimester
from remedies.core.words import plural
from remedies.knowledge.topics import LONGEST_PREGNANCY_WEEKS, TRIMESTER_DAYS

if TYPE_CHECKING:
    from remedies.checking.person import Pregnancy
    from remedies.intake.fhir.told import Context, Dating, Told

_STALE = "it is too old to hold still"
_LONGEST = LONGEST_PREGNANCY_WEEKS * 7
"""A record of a pregnancy holds for so many days; what gives more than 44 weeks today was not kept up to date."""

_AHEAD = "its day lies ahead"
_REPLACED = "{} said that there is a pregnancy, and {} says later that there is none: it was taken as none."
_CONTRADICTED = "{} says that there is a pregnancy, {} that there is none: it was taken as so."
_CONTRADICTED_DATE = "{} gives the time of a pregnancy, and something else says that there is none: pregnancy is asked."
_UNDATED = "nobody knows on which day it was so"


class Expecting(NamedTuple):
    """What a record comes to."""

    pregnancy: Pregnancy | None
    breastfeeding: bool | None
    unused: dict[str, str]
    """Why what a resource says of it is not used, by the name of the resource."""
    notes: tuple[str, ...]


def expecting(told: dict[str, Told], context: Context) -> Expecting:
    """Join what the resources of a record say of pregnancy and breastfeeding.

    Args:
        told: what each resource says, by its name.
        context: what they were read with.
    """
    unused: dict[str, str] = {}
    notes: list[str] = []
    said: dict[str, Pregnancy] = {}
    for name, one in told.items():
        if one.pregnancy is not None:
            held = _held(one.pregnancy, one, context, unused, name)
            if held is not None:
                said[name] = held
    pregnancy = _latest(said, told, context, unused, notes)
    pregnancy = _dated(told, pregnancy, context, unused, notes)
    if pregnancy is None and any(one.pregnancy not in {None, "no"} for one in told.values()):
        # A pregnancy that was recorded some time ago is to be asked about, whatever the age of the person is.
        pregnancy = "possible"
    return Expecting(pregnancy, _nursing(told, context, unused), unused, tuple(notes))


def _held(said: Pregnancy, told: Told, context: Context, unused: dict[str, str], name: str) -> Pregnancy | None:
    """Return what was said of pregnancy as it is today, if it holds still; what has no date is as old as anything."""
    if said == "possible":
        return said
    since = context.since(told.day)
    if since is None or told.day is None:
        unused[name] = _UNDATED
        return None
    if since < 0:
        unused[name] = _AHEAD
        return None
    longest = _LONGEST
    if said == "no":
        longest = KEPT_DAYS["pregnancy"]
    if since > longest:
        unused[name] = _STALE
        return None
    if isinstance(said, str):
        return said
    term = term_of(said, told.day.first)
    low, high = term.low + (context.as_of - told.day.last).days, term.high + since
    if low > _LONGEST:
        unused[name] = _STALE
        return None
    if since == 0:
        return said
    return _span(low, high)


def _span(low: int, high: int) -> Pregnancy:
    """Say how far a pregnancy has gone, between so many days, as exactly as can be said."""
    if low == high:
        return Gestation(weeks=low // 7, days=low % 7)
    for number, (start, end) in TRIMESTER_DAYS.items():
        if start <= low and high < end:
            return Trimester(trimester=number)
    return "yes"


def _latest(
    said: dict[str, Pregnancy], told: dict[str, Told], context: Context, unused: dict[str, str], notes: list[str]
) -> Pregnancy | None:
    """Return what was said last; of sources that contradict each other, that there is a pregnancy.

    A newer observation replaces an older one. A condition is often not brought up to date, and a "no" beside it is
    a contradiction, in which the pregnancy acts.
    """
    order = sorted(said, key=lambda name: _age(told[name], context))
    yes = [name for name in order if said[name] not in {"no", "possible"}]
    no = [name for name in order if said[name] == "no"]
    chosen = (yes or order or [""])[0]
    if yes and no:
        older = _age(told[yes[0]], context) - _age(told[no[0]], context)
        if older > 0 and not told[yes[0]].loose:
            chosen = no[0]
            notes.append(_REPLACED.format(yes[0], no[0]))
        else:
            unused[no[0]] = f"{yes[0]} contradicts it"
            if older >= 0:
                notes.append(_CONTRADICTED.format(yes[0], no[0]))
    for name in order:
        if name != chosen and said[name] != said[chosen]:
            unused.setdefault(name, f"{chosen} says more, or says it later")
    return said.get(chosen)


def _dated(
    told: dict[str, Told], pregnancy: Pregnancy | None, context: Context, unused: dict[str, str], notes: list[str]
) -> Pregnancy | None:
    """Count a pregnancy on to today, from what was said last of when it began; it may say that there is one."""
    usable: list[tuple[int, int, str, Dating]] = []
    for name, one in told.items():
        if one.dating is None:
            continue
        low = (context.as_of - one.dating.first.last).days
        if not 0 <= low <= _LONGEST or (context.since(one.day) or 0) < 0:
            unused[name] = "counted on, it gives no pregnancy that lasts today"
        elif not one.dating.alone and pregnancy in {None, "no", "possible"}:
            unused[name] = "a last period alone says nothing of a pregnancy"
        else:
            usable.append((_age(one, context), -low, name, one.dating))
    if not usable or isinstance(pregnancy, Gestation):
        return pregnancy
    _, _, name, dating = min(usable, key=lambda one: one[:3])
    if pregnancy == "no":
        notes.append(_CONTRADICTED_DATE.format(name))
        unused |= {other: f"{name} contradicts it" for other, one in told.items() if one.pregnancy == "no"}
        unused[name] = "something else says that there is no pregnancy"
        return "possible"
    return _span((context.as_of - dating.first.last).days, (context.as_of - dating.first.first).days)


def _age(told: Told, context: Context) -> int:
    """Count the days since something was said; what has no date is oldest."""
    since = context.since(told.day)
    if since is None:
        return 10**6
    return since


def _nursing(told: dict[str, Told], context: Context, unused: dict[str, str]) -> bool | None:
    """Return what was said last of breastfeeding within six months; of one day, that it is so."""
    kept: list[tuple[int, bool]] = []
    for name, one in told.items():
        if one.breastfeeding is None:
            continue
        if one.day is None:
            unused[name] = _UNDATED
        elif not context.within_months(one.day, KEPT_MONTHS["breastfeeding"]):
            unused[name] = _STALE
        else:
            kept.append((_age(one, context), not one.breastfeeding))
    if kept:
        return not min(kept)[1]
    return None


def in_words(pregnancy: Pregnancy | None) -> str:
    """Say a pregnancy in a few words."""
    match pregnancy:
        case Gestation(weeks=weeks, days=days):
            return f"{plural(weeks, 'week')} + {plural(days or 0, 'day')}"
        case Trimester(trimester=number):
            return f"trimester {number}"
        case "possible":
            return "ask"
        case str():
            return pregnancy
        case _:
            return "yes"
