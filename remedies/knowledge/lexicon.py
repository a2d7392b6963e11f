"""The lexicon: which facts a word or a code means within a topic, and which real things no rule looks at."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from remedies.knowledge import trimming
from remedies.knowledge.codes import (
    APART,
    EQUAL,
    WIDER,
    WITHIN,
    alone,
    atc_code,
    atc_lies,
    icd10_code,
    icd_lies,
    nearest,
    snomed_code,
)
from remedies.knowledge.entry import Entry, FactCodes, Later, LexiconParts, NamingEntry
from remedies.knowledge.spelling import base, key, normal, pieces
from remedies.knowledge.topics import NamingTopic, Topic


class Meaning(NamedTuple):
    """What a word or a code says: the facts that it proves and those it is a reason to ask about.

    ``names`` are the facts that the word stands for as a whole; only these become "no" where the
    word is denied. A word or code finer than the fact (J45.0 for asthma) proves it but does not deny
    it; a code that is one of several for a fact is finer as well. Where a word is ``known``, it names
    a real thing that no rule looks at, which may be a reason to ask all the same.
    """

    proves: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    known: bool = False

    def narrower(self) -> "Meaning":
        """Return the same of a word that is finer than the names."""
        return self._replace(names=())


_SITED: frozenset[NamingTopic] = frozenset({"skin", "signs", "circumstances"})
"""Topics of here and now: a code in another list does not say that it is so today, or there on the skin."""

_COUPLED = re.compile(r"\s*(?:[/+]|\band\b|\bwith\b|\bи\b|\bс\b)\s*")
_BRACKETS = re.compile(r"[\[(]([^\[\]()]*)[\])]")
_TITLED = re.compile(
    r"([A-Za-zА-Яа-яІ]\d[0-9A-Za-zА-Яа-я]\S*?)\s*[-:–—.,)]?\s+(.+)|(.+?)\s*[\[(]([A-Za-zА-Я]\d\S+)[\])]"
)
"""A code and its title, in either order."""

_NOTHING = Meaning()


class Lexicon:
    """Finds what words and codes mean."""

    def __init__(
        self, entries: Sequence[Entry], parts: Later[LexiconParts], finest: Callable[[Sequence[str]], list[str]]
    ) -> None:
        """Take the facts, the compiled words, and what leaves out of some facts what others of them are."""
        self._entries = entries
        self._finest = finest
        self._topics: dict[str, Topic] = {entry.id: entry.topic for entry in entries}
        self.later = parts
        self.base_of = lru_cache(8192)(self._base)
        """The base form of a token."""

    @property
    def parts(self) -> LexiconParts:
        """The words, names and codes."""
        return self.later.part

    def _base(self, token: str) -> str:
        return base(token, self.parts.forms)

    def meaning(self, topic: NamingTopic, word: str) -> Meaning | None:
        """Find what a word means within one topic, or nothing."""
        if self._topics.get(word) == topic:
            return Meaning((word,), names=(word,))
        for found in self._ways(topic, word):
            if found is not None:
                return found
        return None

    def _ways(self, topic: NamingTopic, word: str) -> Iterator[Meaning | None]:
        """Try one way of reading after the other, the most exact first."""
        yield self._named(topic, word)
        yield self._coded(topic, word)
        yield self._keyed(topic, pieces(word))
        yield self._titled(topic, word)
        match topic:
            case "allergies":
                yield from self._allergen(word)
            case "medicines":
                yield from self._medicine(word)
            case _:
                yield from self._trimmed(topic, trimming.illness(word))

    def _named(self, topic: NamingTopic, word: str) -> Meaning | None:
        number = self._number(topic, word)
        return None if number is None else self._numbered(number)

    def _number(self, topic: NamingTopic, word: str) -> int | None:
        """Return the number of an exact name."""
        number = self.parts.words[topic].get(normal(word))
        return None if number is None else int(number)

    def _keyed(self, topic: NamingTopic, tokens: Sequence[str]) -> Meaning | None:
        number = self._key_number(topic, tokens)
        return None if number is None else self._numbered(number)

    def _key_number(self, topic: NamingTopic, tokens: Sequence[str]) -> int | None:
        if not tokens:
            return None
        name = key(tokens, self.base_of)
        number = self.parts.keys[topic].get(name) or self.parts.words[topic].get(name)
        return None if number is None else int(number)

    def _numbered(self, number: int) -> Meaning:
        """Say what a number stands for."""
        fact = number >> 1
        if fact < len(self._entries):
            name = self._entries[fact].id
            return Meaning((name,), names=(name,) if number & 1 else ())
        naming = self.naming(number)
        prompts = naming.prompts
        if not (naming.means or prompts):
            prompts = self.parts.known_prompts.get(naming.topic, ())
        return Meaning(tuple(naming.means), tuple(prompts), known=not naming.means)

    def naming(self, number: int) -> NamingEntry:
        """Return the naming that a number stands for."""
        return self.parts.namings[number - 2 * len(self._entries)]

    def mixed_up_with(self, word: str) -> Sequence[str]:
        """Name what a name is easily taken for."""
        return self.parts.mix_ups.get(normal(word), ())

    def named(self, topic: NamingTopic, name: str) -> str:
        """Name what a name in comparable form stands for."""
        number = int(self.parts.keys[topic].get(name) or self.parts.words[topic].get(name) or 0)
        fact = number >> 1
        return self._entries[fact].label if fact < len(self._entries) else self.naming(number).label

    def _trimmed(self, topic: NamingTopic, trimmed: Iterable[trimming.Trimmed]) -> Iterator[Meaning | None]:
        for one in trimmed:
            found = self._keyed(topic, one.tokens)
            yield found.narrower() if found is not None and one.narrower else found

    def _titled(self, topic: NamingTopic, word: str) -> Meaning | None:
        """Read a code with its title; both have a say, and the code alone is enough."""
        match = _TITLED.fullmatch(word.strip())
        if match is None:
            return None
        code, title = match[1] or match[4], match[2] or match[3]
        coded = self._coded(topic, code.rstrip(".:,"))
        if coded is None:
            return None
        said = self.meaning(topic, title) or _NOTHING
        return joined((coded, said)).narrower()

    # Medicines ----------------------------------------------------------------------------------

    def _medicine(self, word: str) -> Iterator[Meaning | None]:
        """Read a medicine as records write it; each ingredient of a combination counts."""
        bare = _BRACKETS.sub(" ", word)
        yield self._one_medicine(bare)
        parts = [part for part in _COUPLED.split(bare.casefold()) if part.strip()]
        if len(parts) > 1:
            found = [self._named("medicines", part) or self._one_medicine(part) for part in parts]
            whole = [one for one in found if one is not None]
            # A part such as “ML” is left of a strength; whatever else is not known makes the whole unknown.
            if whole and not any(
                one is None and trimming.says_more(part) for one, part in zip(found, parts, strict=True)
            ):
                yield joined(whole).narrower()
        for inner in _BRACKETS.findall(word):
            yield self._named("medicines", inner) or self._one_medicine(inner)

    def _one_medicine(self, word: str) -> Meaning | None:
        said = set(pieces(word))
        for one in (trimming.Trimmed(pieces(word), narrower=False), *trimming.medicine(word)):
            number = self._key_number("medicines", one.tokens)
            if number is not None:
                return self._placed(number, said) if one.narrower else self._numbered(number)
        return None

    def _placed(self, number: int, said: set[str]) -> Meaning:
        """Say what a medicine means where it goes: swallowed, on the skin, or elsewhere."""
        found = self._numbered(number).narrower()
        if said & trimming.ON_SKIN:
            naming = self.naming(number) if number >> 1 >= len(self._entries) else None
            if naming is not None and naming.on_skin:
                return Meaning(tuple(naming.on_skin))
            return Meaning((), (*found.proves, *self.parts.known_prompts.get("on_skin", ())), known=found.known)
        if said & trimming.ELSEWHERE:
            # Drops and sprays hardly reach the blood, but who uses them may take the tablets as well.
            return Meaning((), (*found.proves, *found.prompts), known=found.known)
        return found

    # Allergies ----------------------------------------------------------------------------------

    def _allergen(self, word: str) -> Iterator[Meaning | None]:
        """Read what somebody is allergic to: a thing, or a medicine by any of its names."""
        name = trimming.allergen(word)
        if name != word:
            yield self._named("allergies", name)
            yield self._coded("allergies", name)
            yield self._keyed("allergies", pieces(name))
        yield from self._trimmed("allergies", trimming.illness(name))
        yield self._allergy_to_medicine(name)

    def _allergy_to_medicine(self, word: str) -> Meaning | None:
        number = self._number("medicines", word)
        tokens: Iterable[Sequence[str]] = (pieces(word), *(one.tokens for one in trimming.medicine(word)))
        for some in tokens:
            number = self._key_number("medicines", some) if number is None else number
        if number is None:
            return None
        return self._allergy(self.naming(number).allergy if number >> 1 >= len(self._entries) else ())

    def _allergy(self, facts: Iterable[str]) -> Meaning:
        """Say what an allergy to a medicine means, of which some substances may be facts."""
        proves = tuple(dict.fromkeys(facts))
        if proves:
            return Meaning(proves)
        return Meaning((), tuple(self.parts.known_prompts.get("allergies", ())), known=True)

    # Codes --------------------------------------------------------------------------------------

    def _coded(self, topic: NamingTopic, word: str) -> Meaning | None:
        """Read a word as a code; one of a classification that does not fit the topic is read as well."""
        atc, icd = atc_code(word), icd10_code(word)
        if atc and (topic in {"medicines", "allergies"} or not icd):
            return self._by_atc("allergies" if topic == "allergies" else "medicines", atc)
        if icd:
            return self._by_icd(topic, icd)
        code = snomed_code(word)
        return self._by_snomed(topic, code) if code else None

    def _facts(self) -> Iterator[tuple[Entry, FactCodes]]:
        return zip(self._entries, self.parts.codes, strict=True)

    def _by_icd(self, topic: NamingTopic, code: str) -> Meaning | None:
        lies: dict[str, int] = {}
        for entry, codes in self._facts():
            proving = nearest(icd_lies(code, pattern) for pattern in codes.icd10_proves)
            prompting = nearest(icd_lies(code, pattern) for pattern in codes.icd10_prompts)
            lies[entry.id] = max(alone(proving, codes.icd10_proves), min(prompting, WIDER))
        namings = [(one, nearest(icd_lies(code, pattern) for pattern in one.icd10)) for one in self.parts.namings]
        return self._of_codes(topic, lies, namings)

    def _by_atc(self, topic: NamingTopic, code: str) -> Meaning | None:
        lies: dict[str, int] = {}
        for entry, codes in self._facts():
            if entry.topic != topic or code.startswith(tuple(codes.atc_exceptions)):
                continue
            proving = nearest(atc_lies(code, pattern) for pattern in codes.atc_proves)
            prompting = nearest(atc_lies(code, pattern) for pattern in codes.atc_prompts)
            lies[entry.id] = max(alone(proving, codes.atc_proves), min(prompting, WIDER))
        namings = [(one, nearest(atc_lies(code, pattern) for pattern in one.atc)) for one in self.parts.namings]
        if topic != "allergies":
            return self._of_codes(topic, lies, namings)
        found = self._of_codes(topic, lies, ())
        if found is None:
            known = [one for one, match in namings if match >= WITHIN]
            return self._allergy(fact for one in known for fact in one.allergy) if known else None
        # One code can stand for several unrelated substances (M02AX10); then it proves none.
        return found if len(self._finest(found.proves)) <= 1 else Meaning((), (*found.proves, *found.prompts))

    def _by_snomed(self, topic: NamingTopic, code: str) -> Meaning | None:
        lies = {
            entry.id: alone(EQUAL, codes.snomed) if code in codes.snomed else APART for entry, codes in self._facts()
        }
        namings = [(one, EQUAL if code in one.snomed else APART) for one in self.parts.namings]
        return self._of_codes(topic, lies, namings)

    def _of_codes(
        self, topic: NamingTopic, lies: dict[str, int], namings: Iterable[tuple[NamingEntry, int]]
    ) -> Meaning | None:
        """Join what facts and namings say of a code; nothing if none of them knows it."""
        proves = [fact for fact, match in lies.items() if match >= WITHIN]
        prompts = [fact for fact, match in lies.items() if match == WIDER]
        known, unruled = bool(proves or prompts), not (proves or prompts)
        for naming, match in namings:
            if match >= WITHIN:
                known, unruled = True, unruled and not naming.means
                proves += naming.means
                prompts += naming.prompts
            elif match == WIDER and naming.means:
                known, unruled = True, False
                prompts += naming.means
        if not known:
            return None
        elsewhere = [fact for fact in proves if self._topics.get(fact) in _SITED - {topic}]
        sure = tuple(dict.fromkeys(fact for fact in proves if fact not in elsewhere))
        asked = tuple(dict.fromkeys(fact for fact in (*elsewhere, *prompts) if fact not in sure))
        return Meaning(sure, asked, tuple(fact for fact in sure if lies.get(fact) == EQUAL), unruled)


def joined(meanings: Iterable[Meaning]) -> Meaning:
    """Join what several words say together."""
    every = list(meanings)
    proves = tuple(dict.fromkeys(fact for one in every for fact in one.proves))
    prompts = tuple(dict.fromkeys(fact for one in every for fact in one.prompts if fact not in proves))
    names = tuple(dict.fromkeys(fact for one in every for fact in one.names))
    return Meaning(proves, prompts, names, all(one.known for one in every if one is not _NOTHING))
