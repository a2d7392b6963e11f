"""Typed words about the person: age and sex, pregnancy and breastfeeding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remedies.advice.answers import AGE_HELP, Entry, age_of
from remedies.advice.choosing import Chosen, chosen_in, parts_of
from remedies.advice.state import Screen
from remedies.advice.told import answer_error
from remedies.checking.grammar import read_pregnancy, read_sex, read_term, read_weeks
from remedies.checking.marks import says_unknown, says_yes
from remedies.core.errors import of_type, quoted
from remedies.knowledge.spelling import normal

if TYPE_CHECKING:
    from remedies.advice.state import Said


_MONTHS_OR_MAN = re.compile(r"\d{1,2} *[mм]\.?", re.IGNORECASE)


def read_person(screen: Screen, words: str, entry: Entry) -> None:
    """Enter age and sex, in any order."""
    asked = [item.fact for item in screen.items]
    if len(asked) == 2 and _MONTHS_OR_MAN.fullmatch(words.strip()):
        raise answer_error(f"{quoted(words)} may be months or a man; write “34, man”, or “7 months, boy”.")
    said = _age_and_sex(words, asked)
    for fact in asked:
        if fact not in said:
            missing = {"age": "the age", "sex": "whether it is a man or a woman"}[fact]
            raise answer_error(f"Please say {missing} as well, such as “34, man”; ? for what you don't know.")
        if said[fact] == "?":
            entry.unknown(fact)
        elif fact == "age":
            entry.set(**age_of(said[fact]))
        else:
            entry.set(sex=said[fact])


def _age_and_sex(words: str, asked: list[str]) -> dict[str, str]:
    """Tell which part is the sex and which the age; a question mark is what the other part is not."""
    parts = parts_of(words)
    if len(parts) == 1 and "sex" in asked and read_sex(words) is None:
        tokens = words.split()
        sexes = [token for token in tokens if read_sex(token)]
        parts = [*sexes[:1], " ".join(token for token in tokens if token not in sexes[:1])]
    said: dict[str, str] = {}
    for part in parts:
        if "sex" in asked and "sex" not in said and read_sex(part):
            said["sex"] = part
        elif part and not says_unknown(part) and "age" in asked and "age" not in said:
            said["age"] = part
        elif not says_unknown(part):
            raise answer_error(_PERSON_HELP[tuple(asked)])
    if any(says_unknown(part) for part in parts):
        said |= {fact: "?" for fact in asked if fact not in said}
    return said


_PERSON_HELP = {
    ("age", "sex"): f"{AGE_HELP[:-1]}, and man or woman: “34, man”.",
    ("age",): AGE_HELP,
    ("sex",): "Please say man or woman; ? if you don't know.",
}


_MOTHERLY = {
    "pregnancy": ("pregnant", "pregnancy", "беременна", "беременность"),
    "possible": ("might be pregnant", "possibly", "possible", "maybe", "возможно", "может быть"),
    "breastfeeding": ("breastfeeding", "nursing", "кормлю", "кормлю грудью", "кормит грудью"),
}
"""Words for what can be chosen about pregnancy and breastfeeding."""


def choices_of(screen: Screen) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen by number about pregnancy and breastfeeding: what is said, and what it is called."""
    of_type(screen, Screen, "screen", "a Screen of an interview")
    labels = {"pregnancy": "pregnant", "possible": "might be pregnant", "breastfeeding": "breastfeeding"}
    asked = {item.fact for item in screen.items}
    names = [name for name in labels if name in asked or (name == "possible" and "pregnancy" in asked)]
    return tuple((name, labels[name]) for name in names)


def read_motherhood(screen: Screen, words: str, entry: Entry) -> None:
    """Enter what is said of both at once; how far a pregnancy has gone may be said right away."""
    asked = [item.fact for item in screen.items]
    names = [name for name, _ in choices_of(screen)]
    time, rest = _time_in(words, len(names))
    if time is not None and "pregnancy" not in asked:
        raise answer_error(f"Please answer with numbers from 1 to {len(names)}, 0 for neither, ? if you don't know.")
    found = Chosen(set(), [], unsure=False)
    if rest or time is None:
        found = chosen_in(rest, len(names))
    chosen = {names[number] for number in found.numbers} | {_motherly(word, names) for word in found.words}
    if "pregnancy" in asked:
        _pregnancy(entry, time, chosen, unsure=found.unsure)
    if "breastfeeding" in asked:
        said: Said = "unknown" if found.unsure else "no"
        entry.breastfeeding("yes" if "breastfeeding" in chosen else said)


def _pregnancy(entry: Entry, time: object, chosen: set[str], *, unsure: bool) -> None:
    if time is not None:
        entry.pregnancy(time)
    elif "pregnancy" in chosen:
        entry.pregnancy("yes")
    elif "possible" in chosen:
        entry.pregnancy("possible")
    elif unsure:
        entry.unknown("pregnancy")
    else:
        entry.pregnancy("no")


def _time_in(words: str, most: int) -> tuple[object, str]:
    """Find a part that says how far a pregnancy has gone, and what is left of the answer."""
    parts = parts_of(words)
    for part in parts:
        # A bare number is a choice, or weeks where it can be nothing else.
        time = read_pregnancy(part) or read_term(part)
        if not part.isdecimal():
            time = read_weeks(part) or time
        elif int(part) <= most:
            continue
        if isinstance(time, dict):
            return time, ", ".join(other for other in parts if other != part)
    return None, words


def _motherly(word: str, asked: list[str]) -> str:
    """Find which choice a word means."""
    if "?" not in word:
        for fact in asked:
            if normal(word) in _MOTHERLY[fact]:
                return fact
        if len(asked) == 1 and says_yes(word):
            return asked[0]
    raise answer_error(f"Please answer with numbers from 1 to {len(asked)}, 0 for neither, ? if you don't know.")
