"""Facts and names as the rulebook keeps them: what every check needs, and apart from it what is read when asked for."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, NoReturn, TypeVar, overload

from remedies.knowledge.topics import NAMING_TOPICS, History, NamingTopic, Topic


class Entry(NamedTuple):
    """A fact, as far as every check needs it."""

    id: str
    topic: Topic
    label: str
    question: str
    examples: str | None
    prompts: Sequence[str]
    implies: Sequence[str] = ()
    cross_reacts_with: Sequence[str] = ()
    may_hold: Sequence[str] = ()
    past: str | None = None
    history: History = "asked"
    over_the_counter: bool = False
    short: str = ""
    """A few words for lists of many; the label where it is short enough."""


class GateEntry(NamedTuple):
    """A plain question that stands before a list, see ``facts.Gate``."""

    id: str
    topic: Topic
    title: str
    text: str
    lines: Sequence[str]
    which: str
    facts: Sequence[str]
    """What "no" denies, each together with its finer ones."""


class FactCodes(NamedTuple):
    """The codes of a fact."""

    icd10_proves: Sequence[str]
    icd10_prompts: Sequence[str]
    atc_proves: Sequence[str]
    atc_prompts: Sequence[str]
    atc_exceptions: Sequence[str]
    snomed: Sequence[str]


class NamingEntry(NamedTuple):
    """One real thing that is not simply one fact, by all its names."""

    topic: NamingTopic
    label: str
    means: Sequence[str]
    prompts: Sequence[str]
    on_skin: Sequence[str]
    allergy: Sequence[str]
    icd10: Sequence[str]
    atc: Sequence[str]
    snomed: Sequence[str]


_FEW = 30
"""So many searches are made in a text before a dictionary is made of it."""


class Table:
    """A table of words and values as one text, a line each.

    A few words are found by searching the text, which costs less than making an object of each of
    thousands; whoever looks up many gets a dictionary.
    """

    def __init__(self, text: str) -> None:
        """Take the text that ``written`` made."""
        self.text = text
        self._searches = 0
        self._rows: dict[str, str] | None = None

    @classmethod
    def written(cls, rows: Mapping[str, object]) -> "Table":
        """Write words and values as a table; neither holds a line break or a tab."""
        return cls("\n" + "".join(f"{word}\t{value}\n" for word, value in rows.items()))

    def get(self, word: str) -> str | None:
        """Return the value of a word."""
        if self._rows is not None:
            return self._rows.get(word)
        if "\n" in word or "\t" in word:
            return None
        self._searches += 1
        if self._searches > _FEW:
            self._rows = dict(line.split("\t") for line in self.text.split("\n")[1:-1])
        start = self.text.find(f"\n{word}\t")
        if start < 0:
            return None
        start += len(word) + 2
        return self.text[start : self.text.index("\n", start)]

    def beginning(self, letters: str) -> Iterator[tuple[str, str]]:
        """Yield every word that begins with some letters, with its value."""
        start = self.text.find(f"\n{letters}")
        while 0 <= start < len(self.text) - 1:
            end = self.text.index("\n", start + 1)
            word, _, value = self.text[start + 1 : end].partition("\t")
            yield word, value
            start = self.text.find(f"\n{letters}", end)

    def __iter__(self) -> Iterator[str]:
        """Yield every word."""
        return (line.partition("\t")[0] for line in self.text.split("\n")[1:-1])


class Namings(Sequence[NamingEntry]):
    """All namings, each read from its own line of JSON when it is first asked for."""

    def __init__(self, text: str) -> None:
        """Take the text that ``written`` made."""
        self.text = text
        self._lines = text.split("\n")
        self._read: dict[int, NamingEntry] = {}

    @classmethod
    def written(cls, entries: Iterable[NamingEntry]) -> "Namings":
        """Write namings, a line each."""
        return cls("\n".join(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in entries))

    def __len__(self) -> int:
        """Count them."""
        return len(self._lines) if self.text else 0

    @overload
    def __getitem__(self, index: int) -> NamingEntry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[NamingEntry]: ...
    def __getitem__(self, index: int | slice) -> NamingEntry | Sequence[NamingEntry]:
        """Return one of them, or some."""
        if isinstance(index, slice):
            return [self[place] for place in range(len(self))[index]]
        if index not in self._read:
            if not 0 <= index < len(self):
                raise IndexError(index)
            self._read[index] = NamingEntry._make(json.loads(self._lines[index]))
        return self._read[index]


class LexiconParts(NamedTuple):
    """Everything that says what a word means.

    In the tables a word stands with a number: twice that of its fact, one more if it means the fact as
    a whole, and from twice the number of facts on that of a naming.
    """

    codes: Sequence[FactCodes]
    """By the number of the fact."""
    namings: Namings
    words: dict[NamingTopic, Table]
    """Every name, by topic."""
    keys: dict[NamingTopic, Table]
    """Names in a form that does not depend on order, number or case, where that is another and not ambiguous."""
    forms: Table
    """Grammatical forms by their stem: endings and the base form."""
    known_prompts: dict[str, Sequence[str]]
    """What is to be asked about a known word of which no naming says more, by topic, or ``on_skin``."""
    mix_ups: dict[str, Sequence[str]]
    """Names that are easily taken for another, in comparable form, with those others as they are written."""


def lexicon_sections(parts: LexiconParts) -> list[str]:
    """Write parts as texts: what is small as JSON, the namings and the tables as they are."""
    small = json.dumps((parts.codes, parts.known_prompts, parts.mix_ups), ensure_ascii=False, separators=(",", ":"))
    tables = [some[topic].text for topic in NAMING_TOPICS for some in (parts.words, parts.keys)]
    return [small, parts.namings.text, parts.forms.text, *tables]


def lexicon_parts(sections: Sequence[bytes]) -> LexiconParts:
    """Read what ``lexicon_sections`` wrote."""
    small, namings, forms, *tables = (section.decode() for section in sections)
    codes, known_prompts, mix_ups = json.loads(small)
    return LexiconParts(
        codes=tuple(map(FactCodes._make, codes)),
        namings=Namings(namings),
        words={topic: Table(text) for topic, text in zip(NAMING_TOPICS, tables[::2], strict=True)},
        keys={topic: Table(text) for topic, text in zip(NAMING_TOPICS, tables[1::2], strict=True)},
        forms=Table(forms),
        known_prompts=known_prompts,
        mix_ups=mix_ups,
    )


class Details(NamedTuple):
    """What few commands look at."""

    synonyms: Sequence[Sequence[str]]
    """Per fact: its words as a whole."""
    kinds: Sequence[Sequence[str]]
    """Per fact: words for something narrower."""
    clauses: Sequence[dict[str, Any]]
    """The clause of every rule as it is written, by the number of the rule."""


def details_read(sections: Sequence[bytes]) -> Details:
    """Read dumped details."""
    return Details._make(json.loads(sections[0]))


Part = TypeVar("Part")


def _nothing_to_read(sections: Sequence[bytes]) -> NoReturn:
    raise AssertionError(sections)


class Later(Generic[Part]):
    """A part of the rulebook that is read from its texts when it is first asked for: most commands need none of it."""

    def __init__(self, read: Callable[[Sequence[bytes]], Part], sections: Sequence[bytes]) -> None:
        """Keep the texts and what reads them."""
        self._read, self._sections = read, sections
        self._part: Part | None = None

    @classmethod
    def given(cls, part: Part) -> "Later[Part]":
        """Wrap a part that is there already."""
        later = cls(_nothing_to_read, ())
        later._part = part
        return later

    @property
    def part(self) -> Part:
        """The part itself."""
        if self._part is None:
            # Another thread may be reading as well; both find the same.
            self._part = self._read(self._sections)
        return self._part
