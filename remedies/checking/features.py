"""What words of a sentence say of the person: sex, age, birth date, the term of a pregnancy, nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from remedies.checking.grammar import read_age, read_born, read_sex, read_term
from remedies.checking.phrases import (
    CLOSING,
    CODE,
    CONNECTING,
    COUNTED,
    FEATURES,
    LONGEST_PHRASE,
    OWNING_A_NUMBER,
    UNITS,
)
from remedies.core.errors import Fault, quoted
from remedies.knowledge.spelling import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

_PREGNANT = re.compile(r"pregnan|gestat|беремен|срок")


class Feature(NamedTuple):
    """How many words say something of the person, and what, as keys of Patient JSON."""

    words: int
    said: dict[str, object]
    fault: Fault | None = None
    """What is wrong with it."""


def feature_at(words: Sequence[str], place: int) -> Feature | None:
    """Find what a word and those after it say of the person; the longest that says something."""
    for size in range(min(LONGEST_PHRASE, len(words) - place), 0, -1):
        said = _said(" ".join(words[place : place + size]))
        if said:
            return Feature(size, said)
        age = _age(words, place, size)
        if age is not None:
            return age
    return None


def _said(phrase: str) -> dict[str, object]:
    plain = normal(phrase)
    for topic, closings in CLOSING.items():
        if plain in closings:
            return {topic: True}
    born = FEATURES["born"].fullmatch(phrase.casefold())
    said = {
        "sex": read_sex(phrase),
        "pregnancy": read_term(phrase),
        "born": read_born((born[1] or born[2]).strip()) if born else None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _age(words: Sequence[str], place: int, size: int) -> Feature | None:
    """Read an age; a bare number is one only where it belongs to no other word."""
    phrase = " ".join(words[place : place + size])
    named = FEATURES["age"].fullmatch(phrase.casefold())
    text = named[1] if named else phrase
    age = read_age(text)
    if age is None or (place and size > 1 and _PREGNANT.search(words[place - 1].casefold())):
        return None
    if text.isdecimal() and not (named or stands_alone(words, place, size)):
        return None
    lone = re.fullmatch(r"(\d+) *[mм]", text)
    if lone and (int(lone[1]) > 24 or " " in text):
        message = f"{quoted(text)} may be {lone[1]} months or a man of {lone[1]}; say which"
        return Feature(size, {}, Fault(("age",), message, "word"))
    return Feature(size, {"age": age})


def stands_alone(words: Sequence[str], place: int, size: int) -> bool:
    """Tell whether a bare number belongs to no word beside it: type 2, 75 mg, pregnant 27."""
    before = normal(words[place - 1]) if place else ""
    after = normal(words[place + size]) if place + size < len(words) else ""
    few = int(re.sub(r"\D", "", words[place]) or 0) < 10
    return not (OWNING_A_NUMBER.search(before) or UNITS.fullmatch(after) or (few and COUNTED.fullmatch(after)))


def holds_more(words: Sequence[str]) -> bool:
    """Tell whether words hold more than a phrase: an “and”, a code, or a bare number that may be an age."""
    numbers = (place for place, word in enumerate(words) if re.fullmatch(r"\d{1,3}", word))
    codes = len(words) > 1 and any(CODE.fullmatch(word) for word in words)
    joined = not CONNECTING.isdisjoint(map(normal, words))
    return joined or codes or any(stands_alone(words, place, 1) for place in numbers)
