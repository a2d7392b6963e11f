"""How much of what people and records write is understood. Prints shares, the words that came out otherwise, and sizes.

Each line of a list is a language, the list that the word was typed into, the word, and what it must come out as:
a fact (surely so), a fact with “?” (at least asked), “-” (known, no rule looks at it), NONE, NEG, FH, UNKNOWN,
DOUBT (“?fact”), PREGNANCY, BREASTFEEDING, UNCLEAR.

    python benchmarks/understanding.py [FILE …]
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple, get_args

from remedies import Catalogue
from remedies.checking.understood import Reading, read_word
from remedies.knowledge.rulebook import read_dump
from remedies.knowledge.topics import Topic
from remedies.knowledge.vocabulary import Vocabulary

LISTS = (Path(__file__).with_name("words.tsv"),)


class Outcome(NamedTuple):
    """A word, what it must come out as, and what it came out as."""

    topic: Topic
    word: str
    expected: str
    reading: Reading
    verdict: str
    """As expected, missed (unclear, or less sure than it might be), or wrong (something that it must not be)."""


def admitted(reading: Reading, vocabulary: Vocabulary) -> set[str]:
    """Return everything that a reading makes so."""
    return set(vocabulary.ids(vocabulary.spread_up(reading.proves)))


def as_expected(expected: str, reading: Reading, vocabulary: Vocabulary) -> bool:
    """Tell whether a word came out as it must."""
    so = admitted(reading, vocabulary)
    simple = {
        "-": reading.kind == "known",
        "NONE": reading.kind == "denial" and bool(reading.closes),
        "NEG": reading.kind == "denial",
        "FH": reading.kind == "family",
        "UNKNOWN": reading.kind == "doubt" and reading.keeps_open,
        "UNCLEAR": reading.kind == "unclear",
        "PREGNANCY": reading.pregnancy not in {None, "no", "possible"},
        "BREASTFEEDING": reading.breastfeeding is True,
    }
    if expected in simple:
        return simple[expected]
    if expected.startswith("?"):
        return reading.kind == "doubt" and expected[1:] in reading.prompts
    if expected.endswith("?"):
        return expected[:-1] in so | set(reading.prompts)
    return expected in so


def judged(expected: str, reading: Reading, vocabulary: Vocabulary) -> str:
    """Tell a word that was missed from one that came out wrong: as a fact that nobody named, or denied."""
    if as_expected(expected, reading, vocabulary):
        return "as expected"
    fact = expected.strip("?")
    harmless = admitted(reading, vocabulary) <= ({fact} | set(reading.prompts)) and fact not in reading.denies
    if reading.kind == "unclear" or (harmless and reading.kind not in {"denial", "family"}):
        return "missed"
    return "wrong"


def outcomes(path: Path, vocabulary: Vocabulary) -> list[Outcome]:
    """Read a list and look up each of its words."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            _, listed, word, expected = line.split("\t")
            topic = next(name for name in get_args(Topic) if name == listed)
            reading = read_word(word, topic, vocabulary)
            found.append(Outcome(topic, word, expected, reading, judged(expected, reading, vocabulary)))
    return found


def main() -> None:
    """Print the shares per list, then every word that came out otherwise."""
    catalogue = Catalogue.shipped()
    vocabulary = catalogue.vocabulary
    for path in [Path(name) for name in sys.argv[1:]] or LISTS:
        begin = time.process_time()
        found = outcomes(path, vocabulary)
        each = (time.process_time() - begin) / len(found) * 1e6
        kinds = Counter(one.reading.kind for one in found)
        verdicts = Counter(one.verdict for one in found)
        print(f"{path.name}: {len(found)} words, {each:.0f} µs each the first time")
        for title, counts in (("come out as", kinds), ("judged", verdicts)):
            shares = ", ".join(f"{name} {count} ({count / len(found):.1%})" for name, count in counts.most_common())
            print(f"  {title}: {shares}")
        for one in found:
            if one.verdict != "as expected":
                print(f"  {one.verdict}: {one.topic} {one.word!r}: {one.expected}, is {one.reading}")
    parts = vocabulary.lexicon.parts
    names = sum(len(list(table)) for table in parts.words.values())
    dump = catalogue.dump().encode()
    checksum = json.loads(dump.partition(b"\x1e")[0])["checksum"]
    begin = time.process_time()
    book = read_dump(dump, checksum)
    head = time.process_time() - begin
    words = book.vocabulary.lexicon.parts if book else None
    load = time.process_time() - begin - head
    print(f"{len(vocabulary.entries)} facts, {len(words.namings) if words else 0} namings, {names} names")
    print(f"rulebook {len(dump) / 1e6:.1f} MB, read in {head * 1000:.1f} ms, its words in {load * 1000:.1f} ms more")


if __name__ == "__main__":
    main()
