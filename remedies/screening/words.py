"""Columns of words: each distinct word is read once, and where it stands becomes a column of what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from remedies.checking.known import saying_of
from remedies.checking.patient import MOST_WORDS
from remedies.checking.person import Gestation, Months, Trimester, days_of
from remedies.core.errors import LONGEST_WORD
from remedies.screening.columns import WRITTEN
from remedies.screening.compiled import Known
from remedies.screening.door import is_eager
from remedies.screening.nodes import Yes, any_of
from remedies.screening.numbers import Words
from remedies.screening.person import Spoken
from remedies.screening.statements import Statement, effect_of
from remedies.screening.versions import new_enough

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from remedies.knowledge.topics import Topic
    from remedies.knowledge.vocabulary import Vocabulary
    from remedies.screening.columns import Layout
    from remedies.screening.door import Frame
    from remedies.screening.statements import Effect

WORD = "word"
_TOPIC = "topic"
_LANE = "lane"
_ROWS = "rows with this id"
"""Names of columns that no table of patients has."""


class Unclear(NamedTuple):
    """A word that was not understood, which keeps its topic open wherever it stands."""

    topic: Topic
    word: str
    times: int
    """How often it stands there."""
    suggestions: tuple[str, ...]


class Lexis(NamedTuple):
    """The distinct words of a table, by what they do: words of one effect stand in one lane."""

    effects: tuple[Effect, ...] = ()
    """What the words of each lane do."""
    lanes: tuple[tuple[Topic, str, int], ...] = ()
    """Each word in its topic, and the number of its lane."""
    unclear: tuple[Unclear, ...] = ()


def lexis_of(counted: Iterable[tuple[Topic, str, int]], vocabulary: Vocabulary) -> Lexis:
    """Read each distinct word once.

    Args:
        counted: words with the topics in whose columns they stand, and how often.
        vocabulary: what they mean.
    """
    numbers: dict[Effect, int] = {}
    lanes = []
    unclear = []
    for topic, word, times in sorted(counted):
        said = saying_of(word, topic, "yes", vocabulary)
        effect = effect_of(said, topic, vocabulary)
        lanes.append((topic, word, numbers.setdefault(effect, len(numbers))))
        if said.reading.kind == "unclear":
            unclear.append(Unclear(topic, word, times, said.reading.suggestions))
    unclear.sort(key=lambda one: (-one.times, one.topic, one.word))
    return Lexis(tuple(numbers), tuple(lanes), tuple(unclear))


def lane(number: int) -> str:
    """Name the column of a lane."""
    return f"word {number}"


def _faulty(topic: Topic) -> str:
    return f"fault: {topic}"


def word_faults(layout: Layout) -> dict[str, str]:
    """Name the columns that say where words are wrong, each with its message."""
    if not layout.words:
        return {}
    most = f"at most {MOST_WORDS} words of 1 to {LONGEST_WORD} characters"
    faults = {_faulty(topic): f"{topic} must hold {most}" for topic in layout.words}
    return {**faults, _ROWS: "the id stands in more than one row"}


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
    table: Any = frame
    if is_eager(frame):
        eager_table: nw.DataFrame[Any] = table
        return eager_table
    if frame.implementation.is_polars():
        # Never the whole of the caller's table at once.
        return frame.collect(engine="streaming")
    new_enough("pyarrow")
    return frame.collect("pyarrow")


def with_words(frame: Frame, layout: Layout, lexis: Lexis) -> Frame:
    """Add a column for every lane of words, and for what is wrong with them.

    Rows are told apart by their ids; a row whose id is not unique is rejected.
    """
    if not layout.words:
        return frame
    letters = nw.col(WORD).str.len_chars()
    wrong = (letters == 0) | (letters > LONGEST_WORD)
    columns = {lane(number): nw.col(_LANE) == number for number in range(len(lexis.effects))}
    columns |= {_faulty(topic): (nw.col(_TOPIC) == topic) & wrong for topic in layout.words}
    numbered = _words(frame, layout).join(_lanes(frame, lexis), on=[_TOPIC, WORD], how="left")
    # As numbers, since before version 25 PyArrow takes the "any" of one row for that of another.
    counted = numbered.select("id", **{name: column.cast(nw.Int8) for name, column in columns.items()})
    by_id = counted.group_by("id").agg(*(nw.col(name).max() for name in columns))
    rows = frame.group_by("id").agg(nw.len().alias(_ROWS))
    lists = [topic for topic in layout.words if layout.kind(topic) == "texts"]
    if lists:
        frame = frame.with_columns(**{_odd(topic): _odd_list(topic) for topic in lists})
    # Some engines do not carry lists through a join.
    joined = frame.drop(*layout.words).join(by_id, on="id", how="left").join(rows, on="id", how="left")
    found = {name: (nw.col(name) == 1).fill_null(value=False) for name in columns}
    for topic in lists:
        found[_faulty(topic)] = found[_faulty(topic)] | nw.col(_odd(topic))
    return joined.with_columns(**found, **{_ROWS: (nw.col(_ROWS) > 1).fill_null(value=False)})


def _odd(topic: Topic) -> str:
    return f"odd: {topic}"


def _odd_list(topic: Topic) -> nw.Expr:
    """Tell whether a list is too long or holds a null."""
    words = nw.col(topic).list
    return ((words.len() > MOST_WORDS) | words.contains(None)).fill_null(value=False)


def _lanes(frame: Frame, lexis: Lexis) -> Frame:
    """Return a table of the words and their lanes, in the engine of another table."""
    lanes: tuple[tuple[Any, ...], ...] = lexis.lanes or (("signs", "", -1),)
    columns = dict(zip((_TOPIC, WORD, _LANE), map(list, zip(*lanes, strict=True)), strict=True))
    if frame.implementation.is_polars() or frame.implementation.is_pyarrow():
        table: Any = nw.from_dict(columns, backend=frame.implementation)
        same: Frame = table if is_eager(frame) else table.lazy()
        return same
    # Engines that only know tables of their own session: a row of the table itself is given a list of them.
    rows = (
        nw.struct(nw.lit(one).alias(_TOPIC), nw.lit(word).alias(WORD), nw.lit(at).alias(_LANE))
        for one, word, at in lanes
    )
    listed = frame.select("id").head(1).select(nw.list(*rows).alias(WORD)).explode(WORD)
    return listed.select(**{name: nw.col(WORD).struct.field(name) for name in columns})


def _words(frame: Frame, layout: Layout) -> Frame:
    """Return a table of every word with its topic and the id of its row."""
    every = [_of_topic(frame, topic, layout) for topic in layout.words]
    return nw.concat(every) if len(every) > 1 else every[0]


def _of_topic(frame: Frame, topic: Topic, layout: Layout) -> Frame:
    named = frame.select("id", nw.lit(topic).alias(_TOPIC), nw.col(topic).alias(WORD))
    if layout.kind(topic) == "texts":
        named = _unpacked(named) if named.implementation.is_pyarrow() else named.explode(WORD)
    words = named.select("id", _TOPIC, nw.col(WORD).cast(nw.String)).filter(~nw.col(WORD).is_null())
    if layout.kind(topic) in WRITTEN:
        # An empty cell is no word.
        return words.filter(nw.col(WORD) != "")
    return words


def _unpacked(frame: Frame) -> Frame:
    """Give each text of a list a row of its own, which PyArrow cannot do by itself."""
    import pyarrow.compute as pc  # noqa: PLC0415 - only where the caller's table is one of PyArrow

    table = frame.to_native().combine_chunks()
    lists = table.column(WORD)
    rows = table.drop_columns(WORD).take(pc.list_parent_indices(lists))
    unpacked: Frame = nw.from_native(rows.append_column(WORD, pc.list_flatten(lists)))
    return unpacked


def statements_in(effects: Sequence[Effect]) -> Iterator[Statement]:
    """Return what the words of a table state."""
    for number, effect in enumerate(effects):
        yield Statement(Yes(lane(number)), effect)


def spoken_in(effects: Sequence[Effect]) -> Spoken:
    """Collect what words say of pregnancy and breastfeeding."""
    lanes = [(Yes(lane(number)), effect) for number, effect in enumerate(effects)]
    plain = {
        answer: any_of(column for column, effect in lanes if effect.pregnancy == answer)
        for answer in ("no", "possible", "yes")
    }
    nursing = {
        answer: any_of(column for column, effect in lanes if effect.breastfeeding is answer) for answer in (True, False)
    }
    times = [
        Words(column.column, *days_of(effect.pregnancy))
        for column, effect in lanes
        if isinstance(effect.pregnancy, Trimester | Gestation | Months)
    ]
    times.sort(key=lambda time: time[1:], reverse=True)
    return Spoken(**plain, times=tuple(times), breastfeeding=Known(nursing[True], nursing[False]))
