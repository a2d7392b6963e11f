"""Pregnancy and breastfeeding of a record: what was said last, how far it has gone today, what is too old."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from remedies.checking.moments import KEPT_DAYS, KEPT_MONTHS
from remedies.checking.person import Gestation, Trimester
from remedies.core.words import plural
from remedies.knowledge.topics import PAST_PREGNANCY

if TYPE_CHECKING:
    from remedies.checking.person import Pregnancy
    from remedies.intake.fhir.told import Context, Dating, Told

_STALE = "it is too old to hold still"
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
    said = {name: one for name, one in told.items() if one.pregnancy is not None}
    held = {name: _held(one, context, unused, name) for name, one in said.items()}
    pregnancy = _latest({name: one for name, one in said.items() if held[name]}, context, unused, notes)
    if pregnancy is None and any(one.pregnancy != "no" for one in said.values()):
        # A pregnancy that was recorded some time ago is to be asked about, whatever the age of the person is.
        pregnancy = "possible"
    dating = _dating(told, pregnancy, context, unused)
    if dating is not None:
        pregnancy = _counted(dating, context)
    return Expecting(pregnancy, _nursing(told, context, unused), unused, tuple(notes))


def _held(told: Told, context: Context, unused: dict[str, str], name: str) -> bool:
    """Tell whether what was said of pregnancy holds still; what has no date is as old as anything."""
    if told.pregnancy == "possible":
        return True
    since = context.since(told.day)
    if since is None:
        unused[name] = _UNDATED
        return False
    longest = KEPT_DAYS["pregnancy"] if told.pregnancy == "no" else PAST_PREGNANCY - 1
    if since > longest:
        unused[name] = _STALE
    return since <= longest


def _latest(said: dict[str, Told], context: Context, unused: dict[str, str], notes: list[str]) -> Pregnancy | None:
    """Return what was said last; of sources that contradict each other, that there is a pregnancy.

    A newer observation replaces an older one. A condition is often not brought up to date, and a "no" beside it is
    a contradiction, in which the pregnancy acts.
    """
    order = sorted(said, key=lambda name: (_age(said[name], context), said[name].pregnancy == "no"))
    if not order:
        return None
    first = order[0]
    yes = [name for name in order if said[name].pregnancy not in {"no", "possible"}]
    if (
        said[first].pregnancy == "no"
        and yes
        and (said[yes[0]].loose or _age(said[yes[0]], context) == _age(said[first], context))
    ):
        notes.append(f"{yes[0]} says that there is a pregnancy, {first} that there is none: it was taken as so.")
        unused[first] = f"{yes[0]} contradicts it"
        return said[yes[0]].pregnancy
    if said[first].pregnancy == "possible" and yes:
        first = yes[0]
    for name in order:
        if name != first and said[name].pregnancy != said[first].pregnancy:
            unused.setdefault(name, f"{first} says more, or says it later")
    return said[first].pregnancy


def _age(told: Told, context: Context) -> int:
    """Count the days since something was said; what has no date is oldest."""
    since = context.since(told.day)
    return 10**6 if since is None else since


def _dating(
    told: dict[str, Told], pregnancy: Pregnancy | None, context: Context, unused: dict[str, str]
) -> Dating | None:
    """Choose from when a pregnancy is counted: what was said last, if it is not too long ago."""
    dated = {name: one.dating for name, one in told.items() if one.dating is not None}
    usable: list[tuple[int, int, Dating]] = []
    for name, dating in dated.items():
        gone = (context.as_of - dating.first).days
        if not 0 <= gone < PAST_PREGNANCY:
            unused[name] = "counted on, it gives no pregnancy that lasts today"
        elif pregnancy == "no":
            unused[name] = "there is no pregnancy now"
        elif not dating.alone and not _sure(pregnancy):
            unused[name] = "a last period alone says nothing of a pregnancy"
        else:
            usable.append((_age(told[name], context), -gone, dating))
    if isinstance(pregnancy, Gestation):
        return None
    return min(usable, key=lambda one: one[:2])[2] if usable else None


def _sure(pregnancy: Pregnancy | None) -> bool:
    return pregnancy not in {None, "no", "possible"}


def _counted(dating: Dating, context: Context) -> Gestation:
    gone = (context.as_of - dating.first).days
    return Gestation(weeks=gone // 7, days=gone % 7)


def _nursing(told: dict[str, Told], context: Context, unused: dict[str, str]) -> bool | None:
    """Return what was said last of breastfeeding within six months; of one day, that it is so."""
    kept: list[tuple[int, bool]] = []
    for name, one in told.items():
        if one.breastfeeding is None:
            continue
        if one.day is None or not context.within_months(one.day, KEPT_MONTHS["breastfeeding"]):
            unused[name] = _UNDATED if one.day is None else _STALE
        else:
            kept.append((_age(one, context), not one.breastfeeding))
    return not min(kept)[1] if kept else None


def in_words(pregnancy: Pregnancy | None) -> str:
    """Say a pregnancy in a few words."""
    match pregnancy:
        case Gestation(weeks=weeks, days=days):
            return f"{plural(weeks, 'week')} + {plural(days or 0, 'day')}"
        case Trimester(trimester=number):
            return f"trimester {number}"
        case str():
            return pregnancy
        case _:
            return "yes"
