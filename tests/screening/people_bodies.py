"""How old somebody is, of which sex, and whether pregnant: in every form, and close to every limit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from screening.people_columns import AS_OF, SHIPPED

from remedies.checking.grammar import SEXES
from remedies.checking.moments import DUE_AFTER, completed_months, months_before
from remedies.knowledge.topics import PAST_PREGNANCY, TRIMESTER_DAYS

if TYPE_CHECKING:
    from random import Random

    from screening.people_columns import Course, Draft

_CLAUSES = SHIPPED.rulebook.clauses
LIMITS = tuple(sorted({*(months for months, _ in (*_CLAUSES.ages, *_CLAUSES.later_ages)), 10 * 12, 60 * 12}))
"""Every age in months on which something depends."""

BOUNDARIES = tuple(sorted({day for ranges, _ in _CLAUSES.pregnancies for window in ranges for day in window}))
"""Every day of pregnancy on which something begins or ends."""

AGE_COLUMNS = ("age_years", "age_months", "born")
PREGNANCY_COLUMNS = ("pregnancy", "pregnancy_weeks", "pregnancy_days", "due")

FIRST_YEAR = AS_OF.year - 120
"""The first year in which somebody may have been born."""

_LAST_WEEKS_DAY = 44 * 7 + 6
_LONGEST_SAID = PAST_PREGNANCY - 1
_ODD_DAYS = (date(2024, 2, 29), date(2008, 2, 29), date(1966, 2, 28), date(2012, 1, 31), date(2021, 11, 30))

SPELLINGS: dict[str, list[str]] = {
    sex: [form for word, read in SEXES.items() if read == sex for form in (word, word.upper(), word.capitalize())]
    for sex in ("female", "male")
}


class Weeks(NamedTuple):
    """Which parts of a pregnancy a row tells beside each other."""

    yes: bool = False
    trimester: bool = False
    weeks: bool = False
    days: bool = False
    due: bool = False


_TOLD = (
    *(Weeks(trimester=True), Weeks(weeks=True), Weeks(weeks=True, days=True), Weeks(due=True)),
    *(Weeks(yes=True, weeks=True), Weeks(yes=True, weeks=True, days=True), Weeks(yes=True, due=True)),
    *(Weeks(trimester=True, weeks=True), Weeks(trimester=True, weeks=True, days=True)),
    *(Weeks(trimester=True, due=True), Weeks(weeks=True, due=True), Weeks(weeks=True, days=True, due=True)),
    *(Weeks(yes=True, weeks=True, due=True), Weeks(trimester=True, weeks=True, days=True, due=True)),
)


def trimester_of(day: int) -> int:
    """Return the trimester of a day of pregnancy."""
    return next(number for number, (first, past) in TRIMESTER_DAYS.items() if first <= day < past)


def _some_day(draft: Draft, course: Course) -> date:
    """Choose the day of the check, a day of the course, or one beside it."""
    beside = course.start + timedelta(days=draft.random.randint(-1, course.days))
    return draft.random.choice([AS_OF, beside, beside])


def _birthday(draft: Draft, course: Course) -> date:
    """Choose a birthday: one on which a limit is reached about now, one that only some years have, or any."""
    random = draft.random
    way = random.random()
    if way < 0.65:
        reached = months_before(_some_day(draft, course), random.choice(LIMITS))
        found = reached + timedelta(days=random.choice([-40, -31, -2, -1, 0, 0, 1, 2, 30]))
    elif way < 0.75:
        found = random.choice(_ODD_DAYS)
    else:
        found = date(FIRST_YEAR, 1, 1) + timedelta(days=random.randint(0, (AS_OF - date(FIRST_YEAR, 1, 1)).days))
    return min(found, AS_OF)


def age(draft: Draft, course: Course) -> None:
    """Say how old somebody is: not at all, in years, in years and months, in months alone, or by the birth date."""
    random = draft.random
    form = random.choice(["nothing", "years", "years and months", "months", "born", "born"])
    born = _birthday(draft, course)
    months = min(max(completed_months(born, AS_OF) + random.choice([-1, 0, 0, 1]), 0), 1451)
    match form:
        case "years":
            set_years(draft, months // 12)
        case "years and months":
            set_months(draft, months, alone=False)
        case "months":
            set_months(draft, months, alone=True)
        case "born":
            exact = draft.columns.born == "date"
            text = born.isoformat()[: 10 if exact else random.choice([4, 7, 10])]
            draft.cells["born"] = born if exact else text
            draft.body["born"] = text
        case _:
            pass


def set_years(draft: Draft, years: int) -> None:
    """Say an age in years."""
    forget_age(draft)
    draft.cells["age_years"] = draft.columns.numbered(years)
    draft.body["age"] = years


def set_months(draft: Draft, months: int, *, alone: bool) -> None:
    """Say an age in years and months, or in months alone."""
    forget_age(draft)
    years, beyond = divmod(months, 12)
    if not alone:
        draft.cells["age_years"] = draft.columns.numbered(years)
    draft.cells["age_months"] = draft.columns.numbered(months if alone else beyond)
    draft.body["age"] = {"years": years, "months": beyond}


def forget_age(draft: Draft) -> None:
    """Say nothing of the age."""
    draft.forget(*AGE_COLUMNS)
    draft.body.pop("age", None)
    draft.body.pop("born", None)


def sex(draft: Draft, wanted: str | None) -> None:
    """Say of which sex somebody is, in any spelling."""
    draft.forget("sex")
    draft.body.pop("sex", None)
    if wanted is not None:
        draft.cells["sex"] = draft.body["sex"] = draft.random.choice([wanted, *SPELLINGS[wanted]])


def breastfeeding(draft: Draft, *, so: bool | None) -> None:
    """Say whether somebody breastfeeds."""
    draft.forget("breastfeeding")
    draft.body.pop("breastfeeding", None)
    if so is not None:
        draft.cells["breastfeeding"] = draft.columns.flagged("breastfeeding", so, draft.random)
        draft.body["breastfeeding"] = so


def pregnancy(draft: Draft, course: Course) -> None:
    """Say something of pregnancy, mostly with a day close to where a window begins or ends."""
    random = draft.random
    form = random.choice(["no", "possible", "yes", *["told"] * 6, "past"])
    if form in {"no", "possible", "yes"}:
        plain_pregnancy(draft, form)
        return
    if form == "past":
        told(draft, PAST_PREGNANCY + random.choice([0, 0, 0, 1, 2, 40, 80]), Weeks(yes=random.random() < 0.5, due=True))
        return
    day = random.randint(0, _LONGEST_SAID)
    if random.random() < 0.75:
        ahead = (_some_day(draft, course) - AS_OF).days
        day = random.choice(BOUNDARIES) - ahead + random.choice([-7, -1, -1, 0, 0, 0, 1, 6])
    which = random.choice(_TOLD)
    told(draft, min(max(day, 0), _LAST_WEEKS_DAY if which.weeks else _LONGEST_SAID), which)


def plain_pregnancy(draft: Draft, said: str | None) -> None:
    """Say no, possible or yes, or nothing."""
    draft.forget(*PREGNANCY_COLUMNS)
    draft.body.pop("pregnancy", None)
    if said is not None:
        draft.cells["pregnancy"] = draft.body["pregnancy"] = said


def told(draft: Draft, day: int, which: Weeks) -> None:
    """Say in one or several ways on which day of pregnancy somebody is; the patient gets the most exact one."""
    plain_pregnancy(draft, None)
    cells, columns = draft.cells, draft.columns
    weeks, days = divmod(day, 7)
    said: object = "yes"
    if which.yes:
        cells["pregnancy"] = "yes"
    if which.trimester:
        cells["pregnancy"] = f"trimester-{trimester_of(day)}"
        said = {"trimester": trimester_of(day)}
    if which.weeks:
        cells["pregnancy_weeks"] = columns.numbered(weeks)
        said = {"weeks": weeks}
    if which.days:
        cells["pregnancy_days"] = columns.numbered(days)
        said = {"weeks": weeks, "days": days}
    if which.due:
        due = AS_OF + timedelta(days=DUE_AFTER - day)
        cells["due"] = columns.day("due", due)
        said = {"due": due.isoformat()}
    draft.body["pregnancy"] = said


def body(draft: Draft, course: Course) -> None:
    """Say something of age, sex, pregnancy and breastfeeding that does not contradict itself."""
    random = draft.random
    age(draft, course)
    wanted = random.choice([None, "female", "female", "male"])
    sex(draft, wanted)
    if wanted == "male":
        plain_pregnancy(draft, random.choice([None, None, "no"]))
        breastfeeding(draft, so=random.choice([None, None, False]))
        return
    if random.random() < 0.85:
        pregnancy(draft, course)
    breastfeeding(draft, so=random.choice([None, False, True]))


def healthy_body(draft: Draft, random: Random) -> None:
    """Say of a grown person what leaves nothing open."""
    set_years(draft, random.randint(18, 64))
    wanted = random.choice(["male", "female", "female", None])
    sex(draft, wanted)
    settled = random.random() < 0.9
    if wanted != "male":
        plain_pregnancy(draft, "no" if settled else None)
        breastfeeding(draft, so=False if settled else None)
