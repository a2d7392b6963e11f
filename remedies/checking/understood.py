"""What is made of one word: a fact, something known, doubt, denial, family, or not understood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from remedies.checking import marks
from remedies.checking.denials import (
    FAMILY_CODE,
    NARROW_DENIALS,
    NO_ALLERGIES,
    NOTHING_RECORDED,
    list_named,
    of_lasting_illnesses,
)
from remedies.checking.grammar import read_pregnancy
from remedies.checking.person import Gestation, Months, Trimester
from remedies.knowledge.meaning import Meaning, joined
from remedies.knowledge.spelling import normal, other_keyboard
from remedies.knowledge.suggestions import suggestions
from remedies.knowledge.topics import LONGEST_PREGNANCY_WEEKS
from remedies.knowledge.trimming import allergen, says_nothing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from remedies.checking.person import Pregnancy
    from remedies.knowledge.topics import NamingTopic, Scope, Topic
    from remedies.knowledge.vocabulary import Vocabulary

Kind = Literal["fact", "known", "unclear", "doubt", "denial", "family", "other"]
"""What a word comes out as."""


class Reading(NamedTuple):
    """What one word says."""

    kind: Kind
    proves: tuple[str, ...] = ()
    """Facts that are so."""
    prompts: tuple[str, ...] = ()
    """Facts that it is a reason to ask about."""
    names: tuple[str, ...] = ()
    """Facts that the word stands for as a whole, which are not so where it is denied."""
    single: bool = False
    """Whether it names a single medicine, and so none of the finer ones below what it is."""
    denies: tuple[str, ...] = ()
    """Facts that are not so."""
    closes: tuple[tuple[Topic, Scope], ...] = ()
    """Topics in which nothing else is so."""
    keeps_open: bool = False
    """Whether its topic cannot be closed."""
    pregnancy: Pregnancy | None = None
    breastfeeding: bool | None = None
    moved: NamingTopic | None = None
    """The topic to which it was taken, if that is another one than it was given in."""
    suggestions: tuple[str, ...] = ()

    @property
    def means(self) -> tuple[str, ...]:
        """What a reader is told that it means: for a denial, what it denies."""
        subjects = (("pregnancy", self.pregnancy), ("breastfeeding", self.breastfeeding))
        said = tuple(name for name, value in subjects if value not in {None, "possible"})
        return (*(self.denies if self.kind == "denial" else self.proves), *said)


_UNCLEAR = Reading("unclear", keeps_open=True)
_OTHERS: dict[Topic, tuple[NamingTopic, ...]] = {
    "conditions": ("skin", "signs", "pregnancy", "breastfeeding", "circumstances", "medicines"),
    "skin": ("conditions", "signs", "circumstances", "pregnancy", "breastfeeding", "medicines"),
    "allergies": ("conditions", "skin", "pregnancy", "breastfeeding", "signs"),
    "medicines": ("conditions", "circumstances", "skin", "signs", "pregnancy", "breastfeeding"),
    "circumstances": ("conditions", "skin", "signs", "medicines", "pregnancy", "breastfeeding"),
    "signs": ("skin", "conditions", "circumstances", "pregnancy", "breastfeeding", "medicines"),
}
"""Where else a word may belong, the likeliest list first. What people take is no allergy unless they say so."""

_MOST_PARTS = 20
_LIST = re.compile(r"\s*(?:[,;/\n|&]|[.:](?=\s)|\s[-–—+]\s|\b(?:and|plus|with|on|for|и|а также|с|на фоне)\b)\s*")
_HEADING = re.compile(
    r"^\s*(?:pmhx?|past medical history|medical history|diagnos[ie]s|dx|comorbidities|medications?|meds|"
    r"problems|диагноз|ds|основной(?: диагноз)?|сопутствующий(?: диагноз)?|анамнез|принимает|лечение)\s*:\s*|"
    r"\s*\((?:disorder|finding|situation|procedure|substance|product|event|observable entity|morphologic abnormality)"
    r"\)\s*$",
    re.IGNORECASE,
)
"""What stands over a list, and the tag behind a SNOMED CT description."""

_EITHER = re.compile(r"\s*(?:[,;/]|\bor\b|\bnor\b|\bили\b|\bни\b|\band\b|\bи\b)\s*")


def read_word(word: str, topic: Topic, vocabulary: Vocabulary) -> Reading:
    """Make of a word what can be made of it, in the topic in which it was given or where it belongs.

    A word never becomes a fact that it merely resembles: what is left over makes it unclear.
    """
    found = read_whole(word, topic, vocabulary)
    if found is not None:
        return found
    return _UNCLEAR._replace(suggestions=suggestions(word, topic, vocabulary.lexicon))


def read_whole(word: str, topic: Topic, vocabulary: Vocabulary) -> Reading | None:
    """Read a word with its marks, or a list of words; nothing if any part of it is not understood."""
    if (answer := read_answer(word, topic) or read_answer(other_keyboard(word.casefold()), topic)) is not None:
        return answer
    sign = marks.signs(_HEADING.sub("", word))
    found = _marked_word(sign.word, topic, vocabulary)
    if found is None:
        return _several(word, topic, vocabulary)
    return _marked(_over(found, sign.word, vocabulary), sign.mark)


def _over(found: Reading, word: str, vocabulary: Vocabulary) -> Reading:
    """Tell what is over from what is there now, where a fact has a past of its own; a year may be this one."""
    facts = (*found.proves, *found.prompts, *found.denies)
    pasts = {fact: past for fact in facts if (past := vocabulary[fact].past) is not None}
    time = marks.over(word) if pasts else None
    if time is None:
        return found
    proves, prompts, names = (
        tuple(pasts.get(fact, fact) for fact in said) for said in (found.proves, found.prompts, found.names)
    )
    asked = tuple(fact for fact in (*found.proves, *found.prompts) if fact in pasts and time == "dated")
    denies = (*found.denies, *(pasts[fact] for fact in found.denies if fact in pasts))
    return found._replace(proves=proves, prompts=(*prompts, *asked), names=names, denies=denies)


def _marked_word(word: str, topic: Topic, vocabulary: Vocabulary) -> Reading | None:
    """Read a word that may be denied, doubted, or said of the family.

    Where it is, nothing is taken from it before the mark: “r/o MI” is not MI with two letters before it.
    """
    whole = vocabulary.lexicon.exact(topic, word)
    if whole is not None:
        return _meaning(whole, None, word)
    if marks.phrases(word).mark is None:
        return bare(word, topic, vocabulary)
    for other in _OTHERS[topic]:
        whole = vocabulary.lexicon.exact(other, word)
        if whole is not None:
            return _meaning(whole, other, word)
    return _phrased(word, topic, vocabulary)


def read_answer(word: str, topic: Topic) -> Reading | None:
    """Read what is no word for a fact, but an answer: none, don't know, no known allergies."""
    plain = normal(word)
    if marks.says_unknown(word):
        return Reading("doubt", keeps_open=True)
    if marks.says_none(word):
        return Reading("denial", closes=((topic, "all"),))
    if "?" not in word and plain in NO_ALLERGIES:
        return Reading("denial", closes=(("allergies", NO_ALLERGIES[plain]),))
    if plain in NOTHING_RECORDED:
        return Reading("denial", closes=(NOTHING_RECORDED[plain],))
    if plain in NARROW_DENIALS:
        return Reading("denial")
    if FAMILY_CODE.fullmatch(word):
        return Reading("family")
    return None


def bare(word: str, topic: Topic, vocabulary: Vocabulary) -> Reading | None:
    """Read a bare word: in its own topic, else where it belongs, else as if typed on the other keyboard."""
    for name in dict.fromkeys((word, other_keyboard(word.casefold()))):
        meaning = vocabulary.meaning(topic, name)
        if meaning is not None and meaning.known and topic != "allergies":
            # A sign is never overlooked because the word is also a name that no rule looks at.
            sign = vocabulary.lexicon.exact("signs", name)
            if sign is not None and sign.proves and topic != "signs":
                return _meaning(sign, "signs", name)
        if meaning is not None:
            return _meaning(meaning, None, name)
        pregnancy = pregnancy_in(name)
        if pregnancy is not None:
            return Reading("fact", pregnancy=pregnancy, moved="pregnancy")
        if topic != "allergies" and normal(allergen(name)) != normal(name):
            meaning = vocabulary.meaning("allergies", name)
            if meaning is not None:
                return _meaning(meaning, "allergies", name)
        for other in _OTHERS[topic]:
            meaning = vocabulary.meaning(other, name)
            if meaning is not None:
                return _meaning(meaning, other, name)
    return None


_PREGNANT = re.compile(r"pregnan|gestat|беремен|z3a", re.IGNORECASE)
_WEEKS_CODE = re.compile(r"\s*Z3A[.,]?(\d\d)\s*", re.IGNORECASE)
"""ICD-10-CM: weeks of gestation."""


def pregnancy_in(word: str) -> Pregnancy | None:
    """Read how far a pregnancy has gone from a word that names one; nothing where it does not say."""
    if not _PREGNANT.search(word):
        return None
    code = _WEEKS_CODE.fullmatch(word)
    said = {"weeks": int(code[1])} if code else read_pregnancy(word)
    match said:
        case {"weeks": int(weeks), "days": int(days)}:
            return Gestation(weeks=weeks, days=days)
        case {"weeks": int(weeks)} if weeks <= LONGEST_PREGNANCY_WEEKS:
            return Gestation(weeks=weeks)
        case {"trimester": int(number)}:
            return Trimester(trimester=number)
        case {"months": int(months)}:
            return Months(months=months)
        case _:
            return None


def _meaning(meaning: Meaning, moved: NamingTopic | None, word: str) -> Reading:
    """Turn a meaning into a reading; pregnancy and breastfeeding are no facts of a list."""
    pregnancy: Pregnancy | None = None
    breastfeeding: bool | None = None
    if "pregnancy" in meaning.proves:
        pregnancy = pregnancy_in(word) or "yes"
    elif "pregnancy" in meaning.prompts:
        pregnancy = "possible"
    if "breastfeeding" in meaning.proves:
        breastfeeding = True
    subjects = {"pregnancy", "breastfeeding"}
    return Reading(
        "known" if meaning.known and pregnancy is None and breastfeeding is None else "fact",
        tuple(fact for fact in meaning.proves if fact not in subjects),
        tuple(fact for fact in meaning.prompts if fact not in subjects),
        names=tuple(fact for fact in meaning.names if fact not in subjects),
        single=meaning.single,
        pregnancy=pregnancy,
        breastfeeding=breastfeeding,
        moved=moved,
    )


def _phrased(word: str, topic: Topic, vocabulary: Vocabulary) -> Reading | None:
    """Read a word with the words around it that deny it, doubt it, or say it of the family."""
    mark, rest = marks.phrases(word)
    if mark is None:
        return None
    if mark == "family" and marks.of_the_family(word):
        return Reading("family")
    if mark == "denial":
        if of_lasting_illnesses(rest):
            return Reading("denial")
        closed = list_named(rest)
        if closed is not None:
            return Reading("denial", closes=(closed,))
    found = _marked_word(rest, topic, vocabulary)
    if found is None and mark == "denial":
        found = _either(rest, topic, vocabulary)
    return None if found is None else _marked(found, mark)


def _either(words: str, topic: Topic, vocabulary: Vocabulary) -> Reading | None:
    """Read what follows one denial: “asthma or COPD”, each of which it denies."""
    parts = [part for part in _EITHER.split(words) if part]
    found = [bare(part, topic, vocabulary) for part in parts]
    joins = re.search(r"\b(?:or|nor|и|или|ни)\b", words)
    if len(parts) < 2 or joins is None:
        # “No asthma, COPD” may well mean that there is COPD.
        return None
    readings = [one for one in found if one is not None]
    return _together(readings) if len(readings) == len(parts) else None


def _marked(found: Reading, mark: marks.Mark | None) -> Reading:
    """Apply a mark to what a word would say without it."""
    match mark, found.kind:
        case None, _:
            return found
        case "family", _:
            return Reading("family")
        case _, "family":
            return found
        case "doubt", _:
            return doubted(found)
        case "denial", "denial" | "doubt":
            # Twice denied may be anything.
            return doubted(found)
        case "denial", _ if found.proves and not found.names:
            # “No severe asthma”, “not controlled asthma”: it may be there all the same.
            return denied(found)._replace(prompts=found.proves)
        case "denial", _:
            return denied(found)


def denied(found: Reading) -> Reading:
    """Return what a word says where it is denied: no to what it names as a whole, and nothing else."""
    pregnancy: Pregnancy | None = "no" if found.pregnancy == "yes" else None
    breastfeeding = False if found.breastfeeding else None
    return Reading("denial", denies=found.names, pregnancy=pregnancy, breastfeeding=breastfeeding, moved=found.moved)


def doubted(found: Reading) -> Reading:
    """Return what a word says where it is doubted: it is a reason to ask."""
    asked = tuple(dict.fromkeys((*found.proves, *found.prompts, *found.denies)))
    possible: Pregnancy | None = None if found.pregnancy is None else "possible"
    return Reading("doubt", prompts=asked, pregnancy=possible, moved=found.moved, keeps_open=bool(found.closes))


def _several(word: str, topic: Topic, vocabulary: Vocabulary) -> Reading | None:
    """Read a list in one word, each part with its own marks; what is not understood keeps the topic open."""
    every = [part for part in _LIST.split(word) if part.strip()]
    parts = [part for part in every if not says_nothing(part)]
    if not 2 <= len(every) <= _MOST_PARTS:
        return None
    readings = [read_whole(part, topic, vocabulary) for part in parts]
    understood = [one for one in readings if one is not None]
    if not understood:
        return None
    marked = [one is not None and one.kind in {"denial", "family"} for one in readings]
    if any(marked) and not all(marked):
        # “No asthma, COPD”, “tuberculosis, HIV denied”: it is not said for which of them the mark holds.
        return None
    if understood[0].kind == "doubt" and any(one is None or one.kind != "doubt" for one in readings):
        return None
    whole = _together(understood)
    if len(parts) < len(every):
        # What was left away, such as a stage, made it narrower.
        whole = whole._replace(names=())
    if len(understood) == len(readings):
        return whole
    missed = [part for part, one in zip(parts, readings, strict=True) if one is None]
    hints = tuple(dict.fromkeys(hint for part in missed for hint in suggestions(part, topic, vocabulary.lexicon)))
    return whole._replace(kind="unclear", keeps_open=True, suggestions=hints)


def _together(readings: Iterable[Reading]) -> Reading:
    """Join what several words say."""
    every = list(readings)
    kinds = {one.kind for one in every}
    meaning = joined(Meaning(one.proves, one.prompts, one.names, single=one.single) for one in every)
    return Reading(
        kind=next(kind for kind in _BY_WEIGHT if kind in kinds),
        proves=meaning.proves,
        prompts=meaning.prompts,
        names=meaning.names,
        single=meaning.single,
        denies=tuple(dict.fromkeys(fact for one in every for fact in one.denies)),
        closes=tuple(dict.fromkeys(closed for one in every for closed in one.closes)),
        keeps_open=any(one.keeps_open for one in every),
        pregnancy=next((one.pregnancy for one in every if one.pregnancy is not None), None),
        breastfeeding=next((one.breastfeeding for one in every if one.breastfeeding is not None), None),
        moved=next((one.moved for one in every if one.moved is not None), None),
    )


_BY_WEIGHT: tuple[Kind, ...] = ("unclear", "doubt", "fact", "known", "denial", "family", "other")
