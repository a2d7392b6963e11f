"""What a concept means: its codes, its names and its text, each read as a word, the more cautious of them together."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from remedies.checking.known import saying_of
from remedies.checking.understood import read_whole
from remedies.core.errors import LONGEST_WORD, quoted
from remedies.knowledge.spelling import normal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.checking.known import Saying
    from remedies.intake.fhir.elements import Coding, Concept
    from remedies.knowledge.topics import Topic
    from remedies.knowledge.vocabulary import Vocabulary

_READ = frozenset(
    {
        "http://snomed.info/sct",
        "http://www.whocc.no/atc",
        "http://hl7.org/fhir/sid/icd-10",
        "http://hl7.org/fhir/sid/icd-10-cm",
        "http://fhir.de/codesystem/bfarm/icd-10-gm",
        "http://fhir.de/codesystem/bfarm/atc",
        "1.2.643.5.1.13.13.11.1005",
        "1.2.643.2.69.1.1.1.2",
        "2.16.840.1.113883.6.96",
        "2.16.840.1.113883.6.3",
        "2.16.840.1.113883.6.90",
        "2.16.840.1.113883.6.73",
    }
)
"""Systems whose codes are read, by address or OID: SNOMED CT, ATC, and ICD-10 of the WHO, the USA, Germany, Russia."""

_ABSENT = "absent-unknown-uv-ips"
ABSENT_WORDS = {
    "no-known-allergies": "716186003",
    "no-known-medication-allergies": "409137002",
    "no-known-environmental-allergies": "428607008",
    "no-known-food-allergies": "429625007",
    "no-known-problems": "160245001",
    "no-known-medications": "787481004",
}
"""Codes of the older patient summaries by which a record says that there is nothing, in SNOMED CT."""

NONE_KNOWN = frozenset((*ABSENT_WORDS, *ABSENT_WORDS.values()))
"""All codes by which a record says that there is nothing."""

NO_INFORMATION = frozenset({"no-allergy-info", "no-problem-info", "no-medication-info", "1287211007"})
"""Codes by which a record says that it does not know."""


class Meant(NamedTuple):
    """What a concept comes out as: words that a check reads, as few as say all of it."""

    words: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    """Codes without a system, which are only a reason to ask."""
    disagree: str = ""
    """What its codings say that is not the same thing; nothing where they agree."""


@lru_cache(maxsize=16384)
def meant(concept: Concept, topic: Topic, vocabulary: Vocabulary) -> Meant:
    """Read every code and name of a concept, and keep those that add something to the ones before.

    What is not understood is kept only where nothing else of the concept is: beside a code that is known, the
    title that somebody's software gives it says no more.
    """
    chosen: dict[str, Saying] = {}
    for word in _words(concept):
        saying = _read(word, topic, vocabulary)
        if saying is not None and (not chosen or _adds(saying, list(chosen.values()))):
            chosen[word] = saying
    guessed = []
    for code in (one.code for one in concept.codings if one.code and not one.system):
        saying = _read(code, topic, vocabulary)
        if saying is not None and (not chosen or _adds(saying, list(chosen.values()))):
            guessed.append(code)
    if not chosen and not guessed:
        return Meant((_unread(concept),) if concept.name else ())
    return Meant(tuple(chosen), tuple(guessed), _disagreement(concept, topic, vocabulary))


def readable(words: str) -> str:
    """Return a text that a check takes; a longer one is shown by its beginning, and is not understood.

    Half of a pair of surrogates, such as is left of a picture that was cut, is no character and is marked.
    """
    words = words.encode("utf-8", "replace").decode("utf-8")
    if len(words) <= LONGEST_WORD:
        return words
    return f"“{words[: LONGEST_WORD // 2]}…”, a text of {len(words)} characters"


def _unread(concept: Concept) -> str:
    """Return what stands for a concept of which nothing was understood; a code of no system that is read is no word."""
    name = concept.name
    if any(name == one.code for one in concept.codings):
        return readable(f"an entry with the code “{name}” alone")
    return readable(name)


def _words(concept: Concept) -> Iterator[str]:
    """Yield what may be read: names before codes, since a reader of the report has to recognise them."""
    if concept.text:
        yield concept.text
    for one in concept.codings:
        if one.display:
            yield one.display
    for one in concept.codings:
        code = _code(one)
        if code:
            yield from _titled(code, one)


def _titled(code: str, coding: Coding) -> Iterator[str]:
    """Yield a code with its title, so that a reader recognises it, and the code alone."""
    if (
        coding.display
        and code == coding.code
        and len(coding.display) <= LONGEST_WORD // 2
        and "|" not in coding.display
    ):
        yield f"{code} |{coding.display}|" if code.isdigit() else f"{code} {coding.display}"
    yield code


def _code(coding: Coding) -> str:
    """Return the code of a system that is read, or what stands for it there."""
    system = coding.system.lower().removeprefix("urn:oid:").rstrip("/")
    if system.endswith(_ABSENT):
        return ABSENT_WORDS.get(coding.code, "")
    if system in _READ:
        return coding.code
    return ""


def _read(word: str, topic: Topic, vocabulary: Vocabulary) -> Saying | None:
    """Read a word; nothing if it is not understood, or too long to be one."""
    if len(word) > LONGEST_WORD or not normal(word) or read_whole(word, topic, vocabulary) is None:
        return None
    return saying_of(word, topic, "yes", vocabulary)


def _adds(saying: Saying, others: list[Saying]) -> bool:
    """Tell whether a word says anything that the others do not."""
    yes = asked = no = 0
    for one in others:
        yes, asked, no = yes | one.yes, asked | one.asked, no | one.no
    reading = saying.reading
    subjects = {(one.reading.pregnancy, one.reading.breastfeeding) for one in others} | {(None, None)}
    return bool(
        saying.yes & ~yes
        or saying.asked & ~(yes | asked)
        or saying.no & ~no
        or reading.closes
        or (reading.pregnancy, reading.breastfeeding) not in subjects
    )


def _disagreement(concept: Concept, topic: Topic, vocabulary: Vocabulary) -> str:
    """Say which names and codes of a concept prove facts of which neither is the other."""
    words = dict.fromkeys((*(_code(one) for one in concept.codings), *_names(concept)))
    said = {word: saying for word in words if word and (saying := _read(word, topic, vocabulary)) and saying.named}
    for first, second in combinations(said, 2):
        if not _related(said[first], said[second]):
            return f"{quoted(first)} and {quoted(second)}"
    return ""


def _names(concept: Concept) -> tuple[str, ...]:
    return (*(one.display for one in concept.codings), concept.text)


def _related(first: Saying, second: Saying) -> bool:
    """Tell whether two words prove the same thing, or one of them a finer one."""
    return all(second.yes >> fact & 1 for fact in first.named) or all(first.yes >> fact & 1 for fact in second.named)
