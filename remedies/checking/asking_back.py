"""What is asked back of the words of a patient: what could be several things, or nothing that is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from remedies.checking import marks
from remedies.checking.features import may_hold_an_age
from remedies.checking.grammar import read_pregnancy
from remedies.checking.phrases import DENYING, SEX_OR_CODE
from remedies.checking.understood import read_whole
from remedies.core.model import Frozen, Many
from remedies.knowledge.spelling import normal
from remedies.knowledge.topics import TOPICS, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from remedies.checking.patient import Patient
    from remedies.knowledge.rulebook import Rulebook

Why = Literal["things", "scope", "list", "number", "weeks", "unclear"]
"""Why a phrase is asked back: it may be several things; what it denies is not clear; it does not say of which
list it speaks; its number may be an age; its weeks may be those of a pregnancy; it is not understood."""


class AskedBack(Frozen):
    """A phrase that was not taken for anything, since it could be several things, or nothing that is known."""

    words: str
    """The phrase, with a question mark where it may be several things."""
    why: Why
    """What is not clear."""
    topics: Many[Topic]
    """The lists that it may belong to; they stay open as far as it goes."""
    remedy: str | None = None
    """The id of the remedy that it may stand for."""


def asked_back(patient: Patient, rulebook: Rulebook) -> Iterator[AskedBack]:
    """Tell what is to be said more clearly of a patient who was read from words, in the order of the alphabet."""
    places: dict[str, list[Topic]] = {}
    for topic in TOPICS:
        for word in patient.answers(topic).yes:
            places.setdefault(word, []).append(topic)
    aged = patient.age is not None or patient.born is not None
    for word in sorted(places, key=alphabetical):
        why = _why(word, places[word], rulebook)
        if why is None or (aged and why == "number"):
            continue
        remedies = {"things": rulebook.names.get(normal(word))}
        yield AskedBack(words=word, why=why, topics=tuple(places[word]), remedy=remedies.get(why))


def _why(word: str, topics: Sequence[Topic], rulebook: Rulebook) -> Why | None:
    """Tell why a word is asked back; one in every list was not understood."""
    everywhere = len(topics) == len(TOPICS)
    doubted = word.endswith("?")
    name = word.rstrip(" ?")
    whole = None if everywhere else read_whole(word, topics[0], rulebook.vocabulary)
    if (everywhere or doubted) and (marks.says_unknown(word) or marks.says_none(name)):
        return "list"
    if everywhere and doubted and isinstance(read_pregnancy(name), dict):
        return "weeks"
    if whole is None and denies_or_doubts(word):
        return "scope"
    if everywhere:
        return "unclear"
    if doubted and not {"medicines", "allergies"}.isdisjoint(topics):
        return "things"
    exact = any(rulebook.vocabulary.lexicon.exact(topic, word) is not None for topic in TOPICS)
    if SEX_OR_CODE.fullmatch(word) or (may_hold_an_age(word) and not exact):
        return "number"
    return None


def denies_or_doubts(text: str) -> bool:
    """Tell whether a word among others denies, or stands beside them as a doubt or for the family."""
    marked = marks.phrases(text).mark or marks.signs(text).mark
    return bool(marked) or any(normal(word) in DENYING for word in text.split())


def alphabetical(word: str) -> tuple[str, str]:
    """Order words whatever their case."""
    return word.casefold(), word


LABELLED = re.compile(rf"\s*({'|'.join(TOPICS)})\s*:\s*(\S.*)", re.IGNORECASE)
"""A word with the key of its list before it, which is entered as it stands: “medicines: nurofen”."""
