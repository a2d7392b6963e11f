"""What may have been meant by a word that is not known: never the opposite, a lesser stage, or another medicine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remedies.knowledge.spelling import key, normal, other_keyboard, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from remedies.knowledge.lexicon import Lexicon
    from remedies.knowledge.name_index import NameIndex
    from remedies.knowledge.topics import NamingTopic

_MOST = 3
_SHORTEST = 4
"""Words shorter than this are near to too many others."""

_SLIPS: dict[NamingTopic, int] = {"medicines": 1}
_OPPOSITES = (
    ("hypo", "hyper"),
    ("гипо", "гипер"),
    ("under", "over"),
    ("micro", "macro"),
    ("brady", "tachy"),
    ("бради", "тахи"),
)
_DENIES = re.compile(r"\b(?:no|not|non|without|denies|never|нет|без|не|отрицает|ни)\b")


def suggestions(word: str, topic: NamingTopic, lexicon: Lexicon) -> tuple[str, ...]:
    """Name up to three names of a topic that a word may have been meant for.

    They come from one alphabet, or the same keys of the other keyboard, and lie within a small edit
    distance; numbers must agree, and a medicine is only suggested for a slip of one letter. Then come
    names that stand whole within the word.
    """
    plain = normal(word)
    if not plain:
        return ()
    index = lexicon.index(topic)
    slips = _SLIPS.get(topic, 2)
    mixed = set(map(normal, lexicon.mixed_up_with(word)))
    near = [
        (distance, name)
        for typed in (plain, normal(other_keyboard(word.casefold())))
        for name, distance in _near(typed, index, slips)
        if name not in mixed
    ]
    found = [_shown(name, topic, lexicon) for _, name in sorted(near)]
    if not _DENIES.search(plain):
        found += [_shown(name, topic, lexicon) for name in _within(plain, topic, lexicon)]
    return tuple(dict.fromkeys(found))[:_MOST]


def _shown(name: str, topic: NamingTopic, lexicon: Lexicon) -> str:
    """Name a thing by what it is usually called, if that is of the same alphabet as its name."""
    usual = lexicon.named(topic, name)
    return usual if usual.isascii() == name.isascii() else name


def _near(word: str, index: NameIndex, slips: int) -> Iterable[tuple[str, int]]:
    """Yield the names within a few slips of the fingers; short words allow one, very short ones none."""
    most = min(slips, (len(word) - 1) // _SHORTEST)
    if most < 1:
        return
    digits, ascii_ = re.findall(r"\d+", word), word.isascii()
    for name in index.by_letter.get(word[0], ()):
        if abs(len(name) - len(word)) > most or name.isascii() != ascii_:
            continue
        if re.findall(r"\d+", name) != digits or _opposite(word, name):
            continue
        distance = slips_between(word, name, most)
        if 0 < distance <= most:
            yield name, distance


def names_near(word: str, names: Iterable[str]) -> list[str]:
    """Return the names that are a slip or two away from a word or hold the same parts, the nearest first.

    A short word allows one slip, a very short one none; names of another alphabet are never near.

    >>> names_near("dolobne", ["dolobene", "dolobene gel", "долобене"]), names_near("gel dolobene", ["dolobene gel"])
    (['dolobene'], ['dolobene gel'])
    """
    most = min(2, len(word) // _SHORTEST)
    parts = sorted(word.split())
    near = []
    for name in names:
        if abs(len(name) - len(word)) > most or name.isascii() != word.isascii():
            continue
        distance = slips_between(word, name, most)
        if sorted(name.split()) == parts:
            distance = 0
        if distance <= most:
            near.append((distance, len(name), name))
    return [name for _, _, name in sorted(near)]


def _opposite(word: str, name: str) -> bool:
    return any((one in word) != (one in name) or (other in word) != (other in name) for one, other in _OPPOSITES)


def slips_between(one: str, other: str, most: int) -> int:
    """Count the letters that were left out, added, changed or swapped; beyond ``most`` only that there are more.

    >>> slips_between("asthma", "ashtma", 2), slips_between("asthma", "eczema", 2)
    (1, 3)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for index, char in enumerate(one, 1):
        before, last, row = row, before, [index]
        for place, letter in enumerate(other, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (char != letter))
            if index > 1 and place > 1 and char == other[place - 2] and one[index - 2] == letter:
                cost = min(cost, last[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _within(word: str, topic: NamingTopic, lexicon: Lexicon) -> list[str]:
    """Return the names whose every part stands in a word of several parts, the longest first."""
    said = set(key(pieces(word), lexicon.base_of).split())
    if len(said) < 2:
        return []
    parts = lexicon.index(topic).by_part
    names = {name for part in (*said, *pieces(word)) for name in parts.get(part, ())}
    found = [name for name in names if len(name) >= _SHORTEST and said.issuperset(name.split())]
    found.sort(key=lambda name: (-len(name), name))
    return found[:_MOST]
