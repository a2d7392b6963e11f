"""Columns of words: each distinct word is read once, and where it stands becomes a column of what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from remedies.checking.known import saying_of
from remedies.checking.patient import MOST_WORDS
from remedies.checking.person import days_of
from remedies.core.errors import LONGEST_WORD
from remedies.screening.compiled import Pair
from remedies.screening.door import Frame
from remedies.screening.nodes import FALSE, Column, some
from remedies.screening.person import Spoken
from remedies.screening.statements import Statement, effect_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from remedies.knowledge.topics import Topic
    from remedies.knowledge.vocabulary import Vocabulary
    from remedies.screening.columns import Layout
    from remedies.screening.statements import Effect

WORD = "word"
_TOPIC = "topic"
_ROWS = "rows with this id"
"""Names of columns that no table of patients has."""


class Unclear(NamedTuple):
    """A word that was not understood, which keeps its topic open wherever it stands."""

    topic: Topic
    word: str
    rows: int
    """In how many rows it stands."""
    suggestions: tuple[str, ...]


class Lexis(NamedTuple):
    """The distinct words of a table, by what they do."""

    lanes: tuple[tuple[Effect, tuple[str, ...]], ...] = ()
    """What words do, and which words do it; the number of a lane is its place."""
    unclear: tuple[Unclear, ...] = ()


def lexis_of(counted: Iterable[tuple[Topic, str, int]], vocabulary: Vocabulary) -> Lexis:
    """Read each distinct word once.

    Args:
        counted: words with the topics in whose columns they stand, and in how many rows.
        vocabulary: what they mean.
    """
    lanes: dict[Effect, list[str]] = {}
    unclear = []
    for topic, word, rows in sorted(counted):
        said = saying_of(word, topic, "yes", vocabulary)
        effect = effect_of(said, topic, vocabulary)
        lanes.setdefault(effect, []).append(word)
        if said.reading.kind == "unclear":
            unclear.append(Unclear(topic, word, rows, said.reading.suggestions))
    unclear.sort(key=lambda one: (-one.rows, one.topic, one.word))
    return Lexis(tuple((effect, tuple(words)) for effect, words in lanes.items()), tuple(unclear))


def lane(number: int) -> str:
    """Name the column of a lane."""
    return f"word {number}"


def _faulty(topic: Topic) -> str:
    return f"fault: {topic}"


class WordColumns(NamedTuple):
    """What is added to a table for its words, and what may be wrong with them."""

    frame: Frame
    faults: dict[str, str]
    """Columns that say where something is wrong, each with the message."""


def counted_words(frame: Frame, layout: Layout) -> Iterator[tuple[Topic, str, int]]:
    """Count each distinct word of a table, which the engine is asked for at once; nothing else of it is read."""
    if not layout.words:
        return
    counted = _words(frame, layout).group_by(_TOPIC, WORD).agg(nw.len().alias("times"))
    for topic, word, times in eager(counted).select(_TOPIC, WORD, "times").iter_rows():
        if 0 < len(word) <= LONGEST_WORD:
            yield topic, word, times


def eager(frame: Frame) -> nw.DataFrame[Any]:
    """Read a small table from its engine."""
    if isinstance(frame, nw.DataFrame):
        return frame
    if frame.implementation.is_polars():
        return frame.collect()
    return frame.collect("pyarrow")


def with_words(frame: Frame, layout: Layout, lexis: Lexis) -> WordColumns:
    """Add a column for everything that words do. Rows are told apart by their ids, which must be unique."""
    if not layout.words:
        return WordColumns(frame, {})
    long = _words(frame, layout)
    lanes = {
        lane(number): (nw.col(_TOPIC) == effect.topic) & nw.col(WORD).is_in(words)
        for number, (effect, words) in enumerate(lexis.lanes)
    }
    letters = nw.col(WORD).str.len_chars()
    lanes |= {
        _faulty(topic): (nw.col(_TOPIC) == topic) & ((letters == 0) | (letters > LONGEST_WORD))
        for topic in layout.words
    }
    by_id = long.select("id", **lanes).group_by("id").agg(*(nw.col(name).any() for name in lanes))
    rows = frame.group_by("id").agg(nw.len().alias(_ROWS))
    joined = frame.join(by_id, on="id", how="left").join(rows, on="id", how="left")
    found = {name: nw.col(name).fill_null(value=False) for name in lanes}
    for topic in layout.words:
        if layout.kind(topic) == "texts":
            words = nw.col(topic).list
            wrong = ((words.len() > MOST_WORDS) | words.contains(None)).fill_null(value=False)
            found[_faulty(topic)] = found[_faulty(topic)] | wrong
    found[_ROWS] = nw.col(_ROWS) > 1
    faults = {
        _faulty(topic): f"{topic} must hold at most {MOST_WORDS} words of 1 to {LONGEST_WORD} characters"
        for topic in layout.words
    }
    return WordColumns(joined.with_columns(**found), {**faults, _ROWS: "id stands in more than one row"})


def _words(frame: Frame, layout: Layout) -> Frame:
    """Return a table of every word with its topic and the id of its row."""
    every = [_of_topic(frame, topic, layout) for topic in layout.words]
    return nw.concat(every) if len(every) > 1 else every[0]


def _of_topic(frame: Frame, topic: Topic, layout: Layout) -> Frame:
    named = frame.select("id", nw.lit(topic).alias(_TOPIC), nw.col(topic).alias(WORD))
    if layout.kind(topic) == "texts":
        named = _unpacked(named) if named.implementation.is_pyarrow() else named.explode(WORD)
    words = named.select("id", _TOPIC, nw.col(WORD).cast(nw.String)).filter(~nw.col(WORD).is_null())
    if layout.kind(topic) == "text":
        # An empty cell is no word.
        return words.filter(nw.col(WORD) != "")
    return words


def _unpacked(frame: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """Give each text of a list a row of its own, which PyArrow cannot do by itself."""
    import pyarrow.compute as pc  # noqa: PLC0415 - only where the caller's table is one of PyArrow

    table = frame.to_native().combine_chunks()
    lists = table.column(WORD)
    rows = table.drop_columns(WORD).take(pc.list_parent_indices(lists))
    return nw.from_native(rows.append_column(WORD, pc.list_flatten(lists)))


def statements_in(lexis: Lexis) -> Iterator[Statement]:
    """Return what the words of a table state."""
    for number, (effect, _) in enumerate(lexis.lanes):
        yield Statement(Column(lane(number)), effect)


def spoken_in(lexis: Lexis) -> Spoken:
    """Collect what words say of pregnancy and breastfeeding."""
    said: dict[object, list[Column]] = {}
    times: list[tuple[str, int, int]] = []
    for number, (effect, _) in enumerate(lexis.lanes):
        said.setdefault(("breastfeeding", effect.breastfeeding), []).append(Column(lane(number)))
        match effect.pregnancy:
            case None:
                continue
            case str():
                said.setdefault(effect.pregnancy, []).append(Column(lane(number)))
            case exact:
                times.append((lane(number), *days_of(exact)))
    times.sort(key=lambda time: time[1:], reverse=True)
    return Spoken(
        no=some(said.get("no", [])),
        possible=some(said.get("possible", [])),
        yes=some(said.get("yes", [])),
        times=tuple(times),
        breastfeeding=Pair(
            some(said.get(("breastfeeding", True), [])), some(said.get(("breastfeeding", False), []))
        ),
    )
