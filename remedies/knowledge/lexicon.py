"""The lexicon: which facts a word or a code means within a topic, and which real things no rule looks at."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from remedies.knowledge import trimming
from remedies.knowledge.code_book import SUBSTANCE_CODE, CodeBook, allergy_meaning, asked_of
from remedies.knowledge.entry import Entry, Later, LexiconParts, NamingEntry
from remedies.knowledge.meaning import NOTHING, Meaning, joined
from remedies.knowledge.name_index import NameIndex
from remedies.knowledge.spelling import base, key, normal, other_keyboard, pieces
from remedies.knowledge.topics import NamingTopic, Topic

_COUPLED = re.compile(r"\s*(?:[/+]|\band\b|\bwith\b|\bи\b|\bс\b)\s*")
_BRACKETS = re.compile(r"[\[(]([^\[\]()]*)[\])]")
_TITLED = re.compile(
    r"([A-Za-zА-Яа-яІ]\d[0-9A-Za-zА-Яа-я]\S*?)\s*[-:–—.,)]?\s+(.+)|(.+?)\s*[\[(]([A-Za-zА-Я]\d\S+)[\])]"
)
"""A code and its title, in either order."""

_TERMED = re.compile(r"\s*(\d{6,18})\s*\|(.+)\|\s*")
"""A SNOMED CT code and its term, as that terminology writes them: 195967001 |Asthma|."""


class Lexicon:
    """Finds what words and codes mean."""

    def __init__(
        self, entries: Sequence[Entry], parts: Later[LexiconParts], finest: Callable[[Sequence[str]], list[str]]
    ) -> None:
        """Take the facts, the compiled words, and what leaves out of some facts what others of them are."""
        self._entries = entries
        self._topics: dict[str, Topic] = {entry.id: entry.topic for entry in entries}
        self.later = parts
        self._codes = CodeBook(entries, parts, finest)
        self.index = lru_cache(16)(self._index)
        """The names of a topic as suggestions look for them."""
        self.base_of = lru_cache(8192)(self._base)
        """The base form of a token."""

    @property
    def parts(self) -> LexiconParts:
        """The words, names and codes."""
        return self.later.part

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Every word of every name."""
        tables = (*self.parts.words.values(), *self.parts.keys.values())
        return frozenset(token for table in tables for name in table for token in name.split())

    def may_name(self, word: str) -> bool:
        """Tell whether a word may be part of anything that means something, at least on the other keyboard."""
        return any(
            token in self.tokens or self.base_of(token) in self.tokens or trimming.stands_around(token)
            for way in (word, other_keyboard(word.casefold()))
            for token in pieces(way)
        )

    def _index(self, topic: NamingTopic) -> NameIndex:
        return NameIndex(self.parts.words[topic], self.parts.keys[topic])

    def _base(self, token: str) -> str:
        return base(token, self.parts.forms)

    def meaning(self, topic: NamingTopic, word: str) -> Meaning | None:
        """Find what a word means within one topic, or nothing."""
        whole = self.exact(topic, word)
        if whole is not None:
            return whole
        for found in self._ways(topic, word):
            if found is not None:
                return found
        return None

    def exact(self, topic: NamingTopic, word: str) -> Meaning | None:
        """Find what a word means as it stands, whatever its order, case and number; nothing is taken from it."""
        if self._topics.get(word) == topic:
            return Meaning((word,), names=(word,))
        return self._named(topic, word) or self._codes.meaning(topic, word) or self._keyed(topic, pieces(word))

    def _ways(self, topic: NamingTopic, word: str) -> Iterator[Meaning | None]:
        """Try to take away what stands around a name, the least of it first."""
        yield self._titled(topic, word)
        match topic:
            case "allergies":
                yield from self._allergen(word)
            case "medicines":
                yield from self._medicine(word)
            case _:
                yield from self._trimmed(topic, trimming.illness(word))

    def _named(self, topic: NamingTopic, word: str) -> Meaning | None:
        return self._numbered(self.parts.words[topic].get(normal(word)))

    def _keyed(self, topic: NamingTopic, tokens: Sequence[str]) -> Meaning | None:
        return self._numbered(self._number(topic, tokens))

    def _number(self, topic: NamingTopic, tokens: Sequence[str]) -> str | None:
        """Find the number of a name that consists of these tokens, whatever their order and form."""
        if not tokens:
            return None
        name = key(tokens, self.base_of)
        return self.parts.keys[topic].get(name) or self.parts.words[topic].get(name)

    def _numbered(self, found: str | None) -> Meaning | None:
        """Say what a number in a table stands for."""
        if found is None:
            return None
        naming = self.naming(int(found))
        if naming is not None:
            single = bool(naming.means) and any(len(code) == SUBSTANCE_CODE for code in naming.atc)
            return Meaning(tuple(naming.means), asked_of(naming, self.parts), known=not naming.means, single=single)
        name = self._entries[int(found) >> 1].id
        if int(found) & 1:
            return Meaning((name,), names=(name,))
        return Meaning((name,))

    def naming(self, number: int) -> NamingEntry | None:
        """Return the naming that a number stands for; nothing where it is that of a fact."""
        if number < 2 * len(self._entries):
            return None
        return self.parts.namings[number - 2 * len(self._entries)]

    def mixed_up_with(self, word: str) -> Sequence[str]:
        """Name what a name is easily taken for."""
        return self.parts.mix_ups.get(normal(word), ())

    def named(self, topic: NamingTopic, name: str) -> str:
        """Name what a name in comparable form stands for."""
        number = int(self.parts.keys[topic].get(name) or self.parts.words[topic].get(name) or 0)
        naming = self.naming(number)
        if naming is not None:
            return naming.label
        return self._entries[number >> 1].label

    def _trimmed(self, topic: NamingTopic, trimmed: Iterable[trimming.Trimmed]) -> Iterator[Meaning | None]:
        for one in trimmed:
            found = self._keyed(topic, one.tokens)
            if found is not None and one.narrower:
                found = found.narrower()
            yield found

    def _titled(self, topic: NamingTopic, word: str) -> Meaning | None:
        """Read a code with its title; both have a say, and the code alone is enough."""
        termed = _TERMED.fullmatch(word)
        if termed is not None:
            return self._codes.meaning(topic, termed[1])
        match = _TITLED.fullmatch(word.strip())
        if match is None:
            return None
        code, title = match[1] or match[4], match[2] or match[3]
        coded = self._codes.meaning(topic, code.rstrip(".:,"))
        if coded is None:
            return None
        said = self.meaning(topic, title) or NOTHING
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
            number = self._number("medicines", one.tokens)
            found = self._numbered(number)
            if number is not None and found is not None:
                if not one.narrower:
                    return found
                return self._placed(found.narrower(), self.naming(int(number)), said.difference(one.tokens))
        return None

    def _placed(self, found: Meaning, naming: NamingEntry | None, beside: set[str]) -> Meaning:
        """Say what a medicine means where it goes, by the words beside its name: on the skin, in the eye."""
        if beside & trimming.ON_SKIN:
            if naming is not None and naming.on_skin:
                return Meaning(tuple(naming.on_skin))
            usual = self.parts.known_prompts.get("on_skin", ())
            return Meaning((), (*found.proves, *found.prompts, *usual), known=found.known)
        if beside & trimming.ELSEWHERE:
            # Drops and sprays hardly reach the blood, but who uses them may take the tablets as well.
            return Meaning((), (*found.proves, *found.prompts), known=found.known)
        return found

    # Allergies ----------------------------------------------------------------------------------

    def _allergen(self, word: str) -> Iterator[Meaning | None]:
        """Read what somebody is allergic to: a thing, or a medicine by any of its names."""
        name = trimming.allergen(word)
        if name != word:
            yield self._named("allergies", name)
            yield self._codes.meaning("allergies", name)
            yield self._keyed("allergies", pieces(name))
        yield from self._trimmed("allergies", trimming.illness(name))
        yield from self._trimmed("allergies", trimming.medicine(name))
        yield self._allergy_to_medicine(name)

    def _allergy_to_medicine(self, word: str) -> Meaning | None:
        """Read an allergy to a medicine; one that is a class of medicines is known as well."""
        tries = (pieces(word), *(one.tokens for one in trimming.medicine(word)))
        number = self.parts.words["medicines"].get(normal(word))
        for tokens in tries:
            number = number or self._number("medicines", tokens)
        if number is None:
            return None
        naming = self.naming(int(number))
        return allergy_meaning(naming.allergy if naming is not None else (), self.parts)
