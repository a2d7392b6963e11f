"""What words of a sentence say of the person: sex, age, birth date, the term of a pregnancy, nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from remedies.checking.grammar import read_age, read_born, read_sex, read_term
from remedies.checking.phrases import (
    BESIDE,
    CLOSING,
    CODE,
    CONNECTING,
    COUNTED,
    DENYING,
    FEATURES,
    LASTING,
    LONGEST_PHRASE,
    OLD,
    OWNING_A_NUMBER,
    PREGNANT,
    UNITS,
    marker_at,
)
from remedies.core.errors import Fault, quoted
from remedies.knowledge.spelling import normal

if TYPE_CHECKING:
    from collections.abc import Sequence


_CLOSES = {phrase: topic for topic, phrases in CLOSING.items() for phrase in phrases}
"""Which list a phrase closes."""


class Feature(NamedTuple):
    """How many words say something of the person, and what, as keys of Patient JSON."""

    words: int
    said: dict[str, object]
    faults: tuple[Fault, ...] = ()
    """What is wrong with it."""


def feature_at(words: Sequence[str], place: int, *, first: bool) -> Feature | None:
    """Find what a word and those after it say of the person; the longest that says something.

    Args:
        words: those between two commas.
        place: where to look.
        first: whether nothing stands before it to which a number could belong.
    """
    for size in range(min(LONGEST_PHRASE, len(words) - place), 0, -1):
        phrase = " ".join(words[place : place + size])
        if "?" in phrase:
            continue
        said = _said(phrase)
        feature = Feature(size, said) if said else _age(words, place, size, first=first)
        if feature is not None:
            return None if _unsure(words, place, feature) else feature
    return None


def _unsure(words: Sequence[str], place: int, feature: Feature) -> bool:
    """Tell whether the word beside it denies it, doubts it, or says of what list it is: takes nothing else."""
    size = feature.words
    before, after = _beside(words, place, size)
    if feature.said.keys() <= {"age", "sex", "born"} or place + size < len(words) - 1:
        # Nobody denies an age; and in “62, no asthma” without its comma the “no” belongs to what follows it.
        after = ""
    listed = any(
        (found := marker_at(words, start)) is not None and start + found.words == place
        for start in (place - 1, place - 2)
        if start >= 0
    )
    return listed or not (DENYING | BESIDE).isdisjoint((before, after))


def _beside(words: Sequence[str], place: int, size: int) -> tuple[str, str]:
    """Return the words before and behind some, each empty where there is none."""
    before, after = words[max(place - 1, 0) : place], words[place + size : place + size + 1]
    return normal("".join(before)), normal("".join(after))


def _said(phrase: str) -> dict[str, object]:
    closes = _CLOSES.get(normal(phrase))
    if closes is not None:
        return {closes: True}
    born = FEATURES["born"].fullmatch(phrase.casefold())
    said = {
        "sex": read_sex(phrase),
        "pregnancy": read_term(phrase),
        "born": read_born((born[1] or born[2]).strip()) if born else None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _age(words: Sequence[str], place: int, size: int, *, first: bool) -> Feature | None:
    """Read an age; a number is one only where it can belong to no other word: “diabetes 10” may be its years."""
    phrase = " ".join(words[place : place + size])
    named = FEATURES["age"].fullmatch(phrase.casefold())
    text = named[1] if named else phrase
    age = read_age(text)
    if age is None or (not named and size < _with_unit(words, place)):
        return None
    before, after = _beside(words, place, size)
    behind_sex = read_sex(before) is not None and not UNITS.fullmatch(after)
    alone = behind_sex or ((first or read_sex(after) is not None) and stands_alone(words, place, size))
    if not (named or OLD.search(text.casefold()) or alone):
        return None
    if size > 1 and PREGNANT.search("".join(words[place + size : place + size + 1]).casefold()):
        return None
    lone = re.fullmatch(r"(\d+) *[mм]", text)
    if lone:
        message = f"{quoted(text)} may be {lone[1]} months or a man of {lone[1]}; say which"
        return Feature(size, {}, (Fault(("age",), message, "word"),))
    return Feature(size, {"age": age})


def _with_unit(words: Sequence[str], place: int) -> int:
    """Count the words of a number with the unit behind it: 10 years."""
    return 2 if len(words) > place + 1 and read_age(" ".join(words[place : place + 2])) is not None else 1


def stands_alone(words: Sequence[str], place: int, size: int) -> bool:
    """Tell whether a number belongs to no word beside it: type 2, 75 mg, pregnant 27, 5 years ago."""
    before, after = _beside(words, place, size)
    few = int(re.sub(r"\D", "", words[place]) or 0) < 10
    counts = UNITS.fullmatch(after) or (few and COUNTED.fullmatch(after)) or (size > 1 and LASTING.fullmatch(after))
    owned = OWNING_A_NUMBER.fullmatch(before) and not (place > 1 and words[place - 2].isdecimal())
    return not (owned or counts or any(re.match(r"[(\d+]", word) for word in words[place + size : place + size + 1]))


def may_hold_an_age(phrase: str) -> bool:
    """Tell whether a phrase holds a number that may be the age of the person: hypertension 62, diabetes 10 years."""
    words = phrase.rstrip("?").split()
    numbers = (place for place, word in enumerate(words) if re.fullmatch(r"[1-9]\d?|1[01]\d|120", word))
    return any(stands_alone(words, place, _with_unit(words, place)) for place in numbers)


def holds_more(words: Sequence[str]) -> bool:
    """Tell whether words hold more than a phrase: an “and”, or a code beside others."""
    codes = len(words) > 1 and any(CODE.fullmatch(word) for word in words)
    return codes or not CONNECTING.isdisjoint(map(normal, words))
