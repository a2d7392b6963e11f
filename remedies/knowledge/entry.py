"""Facts and names as the rulebook keeps them: what every check needs, and apart from it what is read when asked for."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, NoReturn, TypeVar

from remedies.knowledge.topics import NamingTopic, Topic


class Entry(NamedTuple):
    """A fact, as far as every check needs it."""

    id: str
    topic: Topic
    label: str
    question: str
    examples: str | None
    prompts: Sequence[str]
    implies: Sequence[str] = ()


class FactCodes(NamedTuple):
    """The codes of a fact."""

    icd10_proves: Sequence[str]
    icd10_prompts: Sequence[str]
    atc_proves: Sequence[str]
    atc_prompts: Sequence[str]
    atc_exceptions: Sequence[str]
    snomed: Sequence[str]
    cross_reacts_with: Sequence[str]


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


class Table:
    """A table of words and values as one text, a line each, in which a word is found by searching.

    Thousands of words are there at once that way, without an object for each of them.
    """

    def __init__(self, text: str) -> None:
        """Take the text that ``written`` made."""
        self.text = text

    @classmethod
    def written(cls, rows: Mapping[str, object]) -> "Table":
        """Write words and values as a table; neither holds a line break or a tab."""
        return cls("\n" + "".join(f"{word}\t{value}\n" for word, value in rows.items()))

    def get(self, word: str) -> str | None:
        """Return the value of a word."""
        if "\n" in word or "\t" in word:
            return None
        start = self.text.find(f"\n{word}\t")
        if start < 0:
            return None
        start += len(word) + 2
        return self.text[start : self.text.index("\n", start)]

    def __iter__(self) -> Iterator[str]:
        """Yield every word."""
        return (line.partition("\t")[0] for line in self.text.split("\n")[1:-1])


class LexiconParts(NamedTuple):
    """Everything that says what a word means.

    In the tables a word stands with a number: twice that of its fact, one more if it means the fact as
    a whole, and from twice the number of facts on that of a naming.
    """

    codes: Sequence[FactCodes]
    """By the number of the fact."""
    namings: Sequence[NamingEntry]
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


def lexicon_dumped(parts: LexiconParts) -> Any:  # noqa: ANN401 - as it goes into JSON
    """Turn parts into what JSON can hold."""
    tables = [{topic: table.text for topic, table in some.items()} for some in (parts.words, parts.keys)]
    return (parts.codes, parts.namings, *tables, parts.forms.text, parts.known_prompts, parts.mix_ups)


def lexicon_parts(document: Any) -> LexiconParts:  # noqa: ANN401 - as it comes from JSON
    """Read dumped parts."""
    codes, namings, words, keys, forms, *others = document
    return LexiconParts(
        tuple(map(FactCodes._make, codes)),
        tuple(map(NamingEntry._make, namings)),
        {topic: Table(text) for topic, text in words.items()},
        {topic: Table(text) for topic, text in keys.items()},
        Table(forms),
        *others,
    )


class Details(NamedTuple):
    """What few commands look at."""

    synonyms: Sequence[Sequence[str]]
    """Per fact: its words as a whole."""
    kinds: Sequence[Sequence[str]]
    """Per fact: words for something narrower."""
    clauses: Sequence[dict[str, Any]]
    """The clause of every rule as it is written, by the number of the rule."""


Part = TypeVar("Part")


def _nothing_to_read(document: Any) -> NoReturn:  # noqa: ANN401 - as the others that read a part
    raise AssertionError(document)


class Later(Generic[Part]):
    """A part of the rulebook that is read from its text when it is first asked for: most commands need none of it."""

    def __init__(self, read: Callable[[Any], Part], text: bytes) -> None:
        """Keep its JSON and what reads that."""
        self._read, self._text = read, text
        self._part: Part | None = None

    @classmethod
    def given(cls, part: Part) -> "Later[Part]":
        """Wrap a part that is there already."""
        later = cls(_nothing_to_read, b"")
        later._part = part
        return later

    @property
    def part(self) -> Part:
        """The part itself."""
        if self._part is None:
            # Another thread may be reading as well; both find the same.
            self._part = self._read(json.loads(self._text))
        return self._part
