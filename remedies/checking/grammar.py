"""How people and records write ages, sexes, dates and pregnancies, in English and in Russian.

Each form is a regular expression, which the JSON schema prints as well, so that the schema accepts exactly
what is read here. Options, interview and JSON all read with these.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from remedies.core.words import plural
from remedies.knowledge.topics import LONGEST_PREGNANCY_WEEKS, OLDEST

LONGEST = 60
"""No age, date or pregnancy is written with more characters than this."""


def _cased(word: str) -> str:
    """Write a word as a pattern that holds in any case, which not every dialect of JSON schema can say."""
    letters = {"ё": "[ЁёЕе]", "е": "[ЁёЕе]", " ": " +", ".": r"\."}
    return "".join(letters.get(char, f"[{char.upper()}{char}]" if char.upper() != char else char) for char in word)


def _any(words: Iterable[str]) -> str:
    """Write words as one pattern."""
    return f"(?:{'|'.join(map(_cased, words))})"


@cache
def _whole(pattern: str) -> str:
    """Let a pattern stand alone, among spaces; “$” alone would let some programs read a line break behind it."""
    return rf"^ *{pattern} *$(?!\n)"


def _fits(pattern: str, words: str) -> bool:
    return len(words) <= LONGEST and _found(pattern, words)


@lru_cache(maxsize=4096)
def _found(pattern: str, words: str) -> bool:
    """Tell whether short words fit a pattern; most are written as somebody else's have been."""
    return re.search(pattern, words) is not None


@lru_cache(maxsize=4096)
def _said(words: str) -> str:
    """Bring words that fit a pattern into the form in which the tables hold them."""
    return " ".join(words.casefold().replace("ё", "е").split())


# Sex ------------------------------------------------------------------------------------------------

SEXES = {
    **dict.fromkeys(
        ("female", "f", "woman", "girl", "lady", "жен", "жен.", "ж", "женский", "женщина", "девушка"), "female"
    ),
    **dict.fromkeys(("девочка", "бабушка"), "female"),
    **dict.fromkeys(("male", "m", "man", "boy", "муж", "муж.", "м", "мужской", "мужчина", "мальчик", "парень"), "male"),
    **dict.fromkeys(("юноша", "дедушка"), "male"),
}
SEX_PATTERN = _whole(_any(SEXES))
MALE_PATTERN = _whole(_any(word for word, sex in SEXES.items() if sex == "male"))
"""The words that are read as male, for what only a schema of the whole patient can say."""


def read_sex(words: str) -> str | None:
    """Read a sex: ``female`` or ``male``; nothing where it is neither.

    >>> read_sex("Женщина"), read_sex("m"), read_sex("?")
    ('female', 'male', None)
    """
    return SEXES[_said(words)] if _fits(SEX_PATTERN, words) else None


# Age ------------------------------------------------------------------------------------------------

_YEARS = f"(?:{'|'.join(map(str, range(100, OLDEST + 1)))}|0?[0-9]{{1,2}})"
_YEAR_UNIT = _any(
    (
        *("y", "y.", "yr", "yrs", "year", "years", "years old", "year old", "y/o", "yo", "y.o."),
        *("г", "г.", "год", "года", "лет", "л", "л.", "полных лет"),
    )
)
_MONTH_UNIT = _any(
    (
        *("m", "mo", "mos", "mth", "mths", "month", "months", "months old", "month old"),
        *("м", "м.", "мес", "мес.", "месяц", "месяца", "месяцев"),
    )
)
_MONTHS_ALONE = f"(?:[1-3]?[0-9]) *(?![MМ][. ]*$){_MONTH_UNIT}"
"""Up to 39 months; but 34M is a man of 34, so a lone capital is no unit."""

_AND = f"(?: *,| *{_any(('and', 'и'))})?"
AGE_PATTERN = _whole(
    f"(?:{_YEARS} *{_YEAR_UNIT}?|{_MONTHS_ALONE}|{_YEARS} *{_YEAR_UNIT}{_AND} *(?:1[01]|[0-9]) *{_MONTH_UNIT})"
)


def read_age(words: str) -> int | dict[str, int] | None:
    """Read an age: 34, 34 years, 34 года, 7m, 1y6m, 2 years 7 months; nothing where it is none.

    >>> read_age("34 года"), read_age("2 years 7 months"), read_age("18 мес"), read_age("old")
    (34, {'years': 2, 'months': 7}, {'years': 1, 'months': 6}, None)
    """
    if not _fits(AGE_PATTERN, words):
        return None
    numbers = [int(number) for number in re.findall(r"[0-9]+", words)]
    if len(numbers) == 2:
        return {"years": numbers[0], "months": numbers[1]}
    if re.search(rf"[0-9] *{_MONTH_UNIT} *$", words):
        years, months = divmod(numbers[0], 12)
        return {"years": years, "months": months}
    return numbers[0]


# Days -----------------------------------------------------------------------------------------------

_MONTHS = (
    ("january", "jan", "января", "январь", "янв"),
    ("february", "feb", "февраля", "февраль", "фев"),
    ("march", "mar", "марта", "март", "мар"),
    ("april", "apr", "апреля", "апрель", "апр"),
    ("may", "мая", "май"),
    ("june", "jun", "июня", "июнь", "июн"),
    ("july", "jul", "июля", "июль", "июл"),
    ("august", "aug", "августа", "август", "авг"),
    ("september", "sep", "sept", "сентября", "сентябрь", "сен"),
    ("october", "oct", "октября", "октябрь", "окт"),
    ("november", "nov", "ноября", "ноябрь", "ноя"),
    ("december", "dec", "декабря", "декабрь", "дек"),
)
_YEAR = r"(?!0000)[0-9]{4}"
_LEAP = r"(?!0000)(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_SUFFIX = f"(?: *{_any(('г', 'г.', 'года', 'год'))})?"
_TIME = r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"


def _real(day: str, month: dict[str, str], order: str, *, two_digits: bool) -> str:
    """Write the days that exist in one layout: 31 days, 30 days, 28 days, or 29 in a leap year."""
    zero = "0" if two_digits else "0?"
    lengths = (
        (f"(?:{zero}[1-9]|1[0-9]|2[0-8])", month["any"], _YEAR),
        ("(?:29|30)", month["not february"], _YEAR),
        ("31", month["long"], _YEAR),
        ("29", month["february"], _LEAP),
    )
    return "(?:" + "|".join(order.format(d=day.format(number), m=name, y=year) for number, name, year in lengths) + ")"


def _named(numbers: Iterable[int]) -> str:
    names = (name for number in numbers for name in _MONTHS[number - 1])
    return f"(?:{'|'.join(f'[{name[0].upper()}{name[0]}]{name[1:]}' for name in names)})[.]?"


_NUMBERED = {"any": "(?:{z}[1-9]|1[0-2])", "not february": "(?:{z}[13-9]|1[0-2])", "long": "(?:{z}[13578]|1[02])"}
_ISO_MONTH = {name: pattern.replace("{z}", "0") for name, pattern in _NUMBERED.items()} | {"february": "02"}
_DOT_MONTH = {name: pattern.replace("{z}", "0?") for name, pattern in _NUMBERED.items()} | {"february": "0?2"}
_WORD_MONTH = {
    "any": _named(range(1, 13)),
    "not february": _named((1, *range(3, 13))),
    "long": _named((1, 3, 5, 7, 8, 10, 12)),
    "february": _named((2,)),
}
_ISO = _real("{}", _ISO_MONTH, "{y}-{m}-{d}", two_digits=True)
_DAY = (
    f"(?:{_ISO}{_TIME}|{_real('{}', _DOT_MONTH, '{d}[.]{m}[.]{y}', two_digits=False)}{_SUFFIX}"
    f"|{_real('{}(?:st|nd|rd|th)?', _WORD_MONTH, '{d} +{m} +{y}', two_digits=False)}{_SUFFIX}"
    f"|{_real('{}(?:st|nd|rd|th)?', _WORD_MONTH, '{m} +{d},? +{y}', two_digits=False)})"
)
DAY_PATTERN = _whole(_DAY)
"""A day that exists: 2026-11-25, with a time behind it or not, 25.11.2026, 25 November 2026, 25 ноября 2026."""

BORN_PATTERN = _whole(
    f"(?:{_DAY}|{_YEAR}{_SUFFIX}|{_YEAR}-{_ISO_MONTH['any']}|{_DOT_MONTH['any']}[.]{_YEAR}"
    f"|{_WORD_MONTH['any']},? +{_YEAR}{_SUFFIX})"
)
"""A year, a month or a day that exists."""


def read_day(words: str) -> str | None:
    """Read a day into the form 2026-11-25; nothing where it is none.

    >>> read_day("25.11.2026"), read_day("1956-10-14T00:00:00.000Z"), read_day("25 ноября 2026"), read_day("31.11.2026")
    ('2026-11-25', '1956-10-14', '2026-11-25', None)
    """
    return _date(words) if _fits(DAY_PATTERN, words) else None


def read_born(words: str) -> str | None:
    """Read a birth date as far as it is known: 1990, 1990-05 or 1990-05-17; nothing where it is none.

    >>> read_born("май 1990"), read_born("17.05.1990"), read_born("1990 г.")
    ('1990-05', '1990-05-17', '1990')
    """
    return _date(words) if _fits(BORN_PATTERN, words) else None


@lru_cache(maxsize=4096)
def _date(words: str) -> str:
    """Write a date that fits one of the patterns in ISO order, without its time."""
    text = _said(words)
    if re.match(r"[0-9]{4}-", text):
        return text[:10] if len(text) >= 10 else text
    month = next((index for index, names in enumerate(_MONTHS, 1) if any(name in text for name in names)), 0)
    numbers = [int(number) for number in re.findall(r"[0-9]+", text)]
    *rest, year = numbers
    rest = [month, *rest] if month else rest[::-1]
    return "-".join((f"{year:04}", *(f"{number:02}" for number in rest)))


# Pregnancy ------------------------------------------------------------------------------------------

_PREGNANT = {
    **dict.fromkeys(("no", "n", "not pregnant", "нет", "н", "не беременна", "isn't pregnant"), "no"),
    **dict.fromkeys(
        ("possible", "possibly", "maybe", "perhaps", "not sure", "unsure", "may be", "don't know"), "possible"
    ),
    **dict.fromkeys(("возможно", "возможна", "может быть", "не знаю", "не уверена", "unknown"), "possible"),
    **dict.fromkeys(("yes", "y", "pregnant", "expecting", "да", "д", "беременна", "беременная", "жду ребенка"), "yes"),
}
_FIRSTS = {
    1: ("1", "1st", "first", "1-й", "1й", "первый", "первом", "i"),
    2: ("2", "2nd", "second", "2-й", "2й", "второй", "втором", "ii"),
    3: ("3", "3rd", "third", "3-й", "3й", "третий", "третьем", "iii"),
}
_TRIMESTER = _any(("trimester", "триместр", "триместре", "трим", "трим."))
_ORDINAL = _any(sorted((word for words in _FIRSTS.values() for word in words), key=len, reverse=True))
"""The longest first, since a search that finds “I” in “III” would take the third for the first."""

_TRIMESTERS = f"(?:{_cased('in')} +|{_cased('the')} +|[Вв]о? +)*(?:{_ORDINAL} *{_TRIMESTER}|{_TRIMESTER} *{_ORDINAL})"
_WEEK = "(?:4[0-4]|[0-3]?[0-9])"
_WEEK_UNIT = _any(("w", "wk", "wks", "week", "weeks", "нед", "нед.", "неделя", "недели", "недель", "недел"))
_DAY_UNIT = _any(("d", "day", "days", "д", "дн", "дн.", "день", "дня", "дней"))
_WEEKS = (
    f"(?:{_WEEK} *{_WEEK_UNIT}|{_WEEK} *[+] *[0-6](?: *(?:{_DAY_UNIT}|{_WEEK_UNIT}))?"
    f"|{_WEEK} *{_WEEK_UNIT}{_AND} *[+]? *[0-6] *{_DAY_UNIT}|{_WEEK}[Ww][0-6][Dd]?)"
)
_BARE_WEEKS = "(?:4[0-4]|[23][0-9]|1[1-9])"
"""A number without a unit that can only be weeks; a smaller one may be a trimester or months as well."""

_PREGNANT_MONTHS = f"(?:10|[1-9]) *{_any(('month', 'months', 'mo', 'мес', 'мес.', 'месяц', 'месяца', 'месяцев'))}"
_DUE = f"(?:{_any(('due', 'due date', 'due on', 'edd', 'пдр', 'пдр:'))}[ :]*{_DAY})"
_LAST_PERIOD = f"(?:{_any(('last period', 'lmp', 'last menstrual period', 'пдм', 'последние месячные'))}[ :]*{_DAY})"
_SAYING = _any(
    (
        *("pregnant", "pregnancy", "of pregnancy", "gestation"),
        *("беременности", "беременна", "беременная", "беременной", "беременность", "срок"),
    )
)
WEEKS_PATTERN = _whole(f"(?:{_WEEKS}|{_WEEK})")
PREGNANCY_PATTERN = _whole(
    f"(?:{_any(_PREGNANT)}"
    f"|(?:{_SAYING}[ ,:]*)?(?:{_TRIMESTERS}|{_WEEKS}|{_BARE_WEEKS}|{_PREGNANT_MONTHS})(?: *{_SAYING})?)"
)
"""No, possible, yes, a trimester, weeks and days, or months."""

NO_PREGNANCY_PATTERN = _whole(_any(word for word, said in _PREGNANT.items() if said == "no"))
"""The words that are read as no pregnancy, which may be said of a man."""

Stated = str | dict[str, int] | dict[str, str]


def read_pregnancy(words: str) -> Stated | None:
    """Read what is said of pregnancy, in the form of Patient JSON; nothing where it cannot be read.

    >>> read_pregnancy("27 weeks 3 days"), read_pregnancy("2 триместр"), read_pregnancy("6 months")
    ({'weeks': 27, 'days': 3}, {'trimester': 2}, {'months': 6})
    >>> read_pregnancy("да"), read_pregnancy("27.6 weeks")
    ('yes', None)
    """
    if not _fits(PREGNANCY_PATTERN, words):
        return None
    text = _said(words)
    if text in _PREGNANT:
        return _PREGNANT[text]
    match = re.search(_TRIMESTERS, words)
    if match is not None:
        ordinal = re.sub(_TRIMESTER, "", re.sub(f"^(?:{_cased('in')} +|{_cased('the')} +|[Вв]о? +)+", "", match[0]))
        said = _said(ordinal)
        return {"trimester": next(number for number, names in _FIRSTS.items() if said in names)}
    numbers = [int(number) for number in re.findall(r"[0-9]+", text)]
    if re.search(_PREGNANT_MONTHS, words):
        return {"months": numbers[0]}
    return dict(zip(("weeks", "days"), numbers, strict=False))


def read_term(words: str) -> dict[str, str] | None:
    """Read a due date or the first day of the last period, said as such.

    >>> read_term("ПДР 20.02.2027"), read_term("last period 16 May 2026")
    ({'due': '2027-02-20'}, {'last_period': '2026-05-16'})
    """
    for name, pattern in (("due", _DUE), ("last_period", _LAST_PERIOD)):
        if _fits(_whole(pattern), words):
            day = re.search(_DAY, words)
            return {name: _date(day[0])} if day else None
    return None


def read_weeks(words: str) -> dict[str, int] | None:
    """Read weeks of pregnancy: 27, 27+6, 27w6d, 27 недель; nothing where they cannot be read."""
    if not _fits(WEEKS_PATTERN, words):
        return None
    return dict(zip(("weeks", "days"), map(int, re.findall(r"[0-9]+", words)), strict=False))


def decimal_weeks(words: str) -> str:
    """Ask back where weeks are written with a decimal, which some read as days and some as a fraction."""
    match = re.search(r"(?<![0-9.,])([0-9]{1,2})[.,]([0-6])(?![0-9.,])", words)
    if match is None:
        return ""
    weeks, days = match.groups()
    said = f"{plural(weeks, 'week')} and {plural(days, 'day')}"
    return f"; {match[0]} may be {said} ({weeks}+{days}) or a fraction of a week"


assert LONGEST_PREGNANCY_WEEKS == 44, "the pattern of weeks names the longest pregnancy"  # noqa: S101 - a bond of two constants
