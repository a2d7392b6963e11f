"""A person in one line of words: “woman 62, hypertension, takes Eliquis, no asthma, nothing else”.

The grammar is written down in ``docs/words.md``. In short: phrases stand in any order, with commas between
them or without; the longest phrase that means something wins. What could be two things is kept as a
question of both, what is not understood keeps every list open, and nothing is dropped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remedies.checking import marks
from remedies.checking.asking_back import LABELLED, AskedBack, asked_back
from remedies.checking.features import feature_at
from remedies.checking.patient import Patient
from remedies.checking.phrase_reader import PhraseReader
from remedies.checking.phrases import BREASTFEEDING, marker_at
from remedies.checking.said import Said
from remedies.checking.splitting import Splitter, without_empty
from remedies.core.errors import Fault, InputError, texts
from remedies.core.model import Frozen, Many
from remedies.knowledge.catalogue import given
from remedies.knowledge.spelling import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.rulebook import Rulebook

LONGEST_SENTENCE = 2000
"""No sentence with more characters is read."""


class Sentence(Frozen):
    """What was understood of a line of words."""

    patient: Patient
    """The person; what was not understood stands in every list that it may belong to."""
    remedies: Many[str] = ()
    """The ids of the remedies that were named, in catalogue order."""
    asked_back: Many[AskedBack] = ()
    """The phrases that are to be said more clearly."""


def read_sentence(words: str | Iterable[str], catalogue: Catalogue | None = None) -> Sentence:
    """Read a person, and remedies to look at, from words in any order, in English or Russian.

    Args:
        words: one text, or several that stand beside each other, such as the words of a command line.
        catalogue: whose words and remedies; the shipped one unless given.

    Raises:
        ArgumentError: something is of the wrong Python type.
        InputError: it is too long to be read.
        PatientError: two ages, sexes or pregnancies are given, or a number that may be two things.

    >>> said = read_sentence("ж 62, гипертония, Эликвис, больше ничего")
    >>> said.patient.age.years, said.patient.sex, said.patient.medicines.yes, said.patient.nothing_else
    (62, 'female', ('Эликвис',), True)
    """
    text = words if isinstance(words, str) else " ".join(texts(words, "words", "a text, or a list of words"))
    if len(text) > LONGEST_SENTENCE:
        message = f"has {len(text)} characters; at most {LONGEST_SENTENCE} are read"
        raise InputError(Fault(("words",), message))
    rulebook = given(catalogue).rulebook
    reader = _Reader(rulebook)
    for chunk in _chunks(text):
        labelled = LABELLED.fullmatch(chunk)
        if labelled is None:
            reader.read(chunk.split())
        else:
            reader.said.enter(" ".join(labelled[2].split()), (labelled[1].casefold(),))
    patient = reader.said.patient()
    remedies = tuple(one.id for one in rulebook.remedies if one.id in reader.said.remedies)
    return Sentence(patient=patient, remedies=remedies, asked_back=tuple(asked_back(patient, rulebook)))


_SPELLED = tuple(
    (re.compile(written, re.IGNORECASE), parted)
    for written, parted in (
        (r"[“”„«»\"]", " "),
        (r"(?<![\w-])(\d+)-(?=(?:years?|months?|weeks?|yrs?|yo|y/o|old|лет|год|мес|нед)\b)", r"\1 "),
        (r"(?<=[^\W\d_])-(?=old\b)", " "),
        (r"(?<=\d)[- ]*(?:летн\w+|х лет)\b", " полных лет"),
        (r"\b(woman|man|female|male|girl|boy|ж|жен|муж|женщина|мужчина|age|aged|возраст)[:./]?(?=\d{1,3}\b)", r"\1 "),
        (r"\b([fmжм])/(?=\d{1,3}\b)", r"\1 "),
        (r"\b(\d{1,3})/(?=[fmжм]\b)", r"\1 "),
        (r"\b(\d{1,3})(?=(?-i:[FfЖжMМ])\b)", r"\1 "),
    )
)
"""How what people write in one is parted: 62-year-old, ж62, 62/F, 62F."""

_BETWEEN = re.compile(r"(?<!\d),|,(?!\d)|[;\n]|!(?=\s)|[.!]+(?=\s*(?:$|[,;\n]))|\.(?=\s+[A-ZА-ЯЁ])")
"""What parts phrases; a comma within a number does not, nor the dot of an abbreviation (бронх. астма)."""


def _chunks(text: str) -> Iterator[str]:
    """Split a text into the words between its commas."""
    for written, parted in _SPELLED:
        text = written.sub(parted, text)
    for chunk in _BETWEEN.split(text):
        if chunk.strip():
            yield chunk


class _Reader:
    """Reads the words between two commas after each other."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Take the rulebook whose words and remedies are read."""
        self.said = Said()
        self._split = Splitter(rulebook)
        self._phrases = PhraseReader(rulebook, self._split, self.said)

    def read(self, words: list[str]) -> None:
        """Read the words between two commas: what they say of the person first, then the rest between that."""
        husband = normal(words[0]) == "муж" and words[1:2] and words[1][:1].isdigit()
        if marks.phrases(" ".join(words)).mark == "family" and not (husband or words in (["муж"], ["муж."])):
            self._phrases.read(words)
            return
        rest: list[str] = []
        place = 0
        while place < len(words):
            before = [word for word in without_empty(rest) if not BREASTFEEDING.match(word.casefold())]
            cut = feature_at(words, place, first=not before)
            if cut is None or self._split.within_name(words, place, cut.words):
                rest.append(words[place])
                place += 1
                continue
            self._phrases.read(rest)
            phrase = " ".join(words[place : place + cut.words])
            self.said.faults += cut.faults
            for name, value in cut.said.items():
                if value is True:
                    self.said.close(self._what_else(rest) if name == "nothing_else" else name)
                else:
                    self.said.state(name, value, phrase)
            rest = []
            place += cut.words
        self._phrases.read(rest)

    @staticmethod
    def _what_else(before: list[str]) -> str:
        """Name what “nothing else” closes: behind “takes warfarin” the medicines, else everything."""
        topics = [marker.topic for place in range(len(before)) if (marker := marker_at(before, place)) is not None]
        return next(reversed(topics), "nothing_else")
