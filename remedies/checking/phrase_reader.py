"""Reading the words between what a sentence says of the person: facts, medicines, allergies, remedies."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from remedies.checking import marks
from remedies.checking.grammar import read_pregnancy
from remedies.checking.phrases import (
    BEGINNING,
    BESIDE,
    CLOSING,
    DENYING,
    PAIN,
    PREGNANT,
    SIDED,
    Marker,
    marker_at,
    there,
)
from remedies.checking.splitting import TAKEN_OR_NOT, Splitter, parts, without_empty
from remedies.checking.understood import Reading, read_answer, read_whole
from remedies.knowledge.spelling import normal
from remedies.knowledge.topics import SAME_SKIN, TOPICS, Topic

if TYPE_CHECKING:
    from remedies.checking.said import Said
    from remedies.knowledge.rulebook import Rulebook


class PhraseReader:
    """Finds the phrases among words, and enters each where it belongs."""

    def __init__(self, rulebook: Rulebook, splitter: Splitter, said: Said) -> None:
        """Take the rulebook whose words and remedies are read, and where to enter what they say."""
        self._rulebook = rulebook
        self._vocabulary = rulebook.vocabulary
        self._split = splitter
        self._said = said

    def read(self, words: list[str]) -> None:
        """Read what is left between commas and words about the person: facts, medicines, allergies, remedies."""
        mark = marks.phrases(" ".join(words)).mark
        if not (mark or self._split.exact(" ".join(words))):
            words = without_empty(words)
        if not words:
            return
        markers = _markers(words)
        if markers and normal(words[0]) in _ONLY_NEXT and self._denial(words[: markers[-1][0]]):
            # “No asthma takes aspirin”: it is not said that nothing is taken.
            self._one(words[: markers[-1][0]], _list_of(words[: markers[-1][0]]))
            self.read(words[markers[-1][0] :])
            return
        first, *denied = self._parted(words, mark)
        if denied:
            self.read(first)
            for one in denied:
                self._one(one, _list_of(one))
            return
        if not markers or self._split.personal(" ".join(words)):
            self._plain(words)
            return
        place, marker = markers[0]
        if len(markers) == 1 and place == 0 and self._answered(words[marker.words :], marker.topic):
            return
        if mark or _denies(words):
            # “Not taking warfarin”, “no allergy to aspirin”: the whole of it, and of one list only.
            self._one(words, _list_of(words))
            return
        self._plain(words[:place])
        ends = [*(place for place, _ in markers[1:]), len(words)]
        for (place, marker), end in zip(markers, ends, strict=True):
            self._listed(words[place + marker.words : end], marker.topic)

    def _parted(self, words: list[str], mark: marks.Mark | None) -> list[list[str]]:
        """Part words before each “no” that denies what follows it and nothing else; else leave them together."""
        starts = [
            place
            for place, word in enumerate(words)
            if place and normal(word) in BEGINNING and normal(words[place - 1]) not in BESIDE | DENYING
        ]
        taken = {place + marker.words for place, marker in _markers(words)}
        starts = [place for place in starts if place not in taken]
        if mark in {"family", "doubt"} or not starts:
            return [words]
        parted = [words[start:end] for start, end in pairwise([0, *starts, len(words)])]
        return parted if all(map(self._denial, parted[1:])) else [words]

    def _denial(self, words: list[str]) -> bool:
        """Tell whether words deny what they name, and nothing beside it."""
        text = " ".join(words)
        reading = read_whole(there(text) or text, _list_of(words) or "conditions", self._vocabulary)
        if len(words) == 1 or reading is None or reading.kind != "denial":
            return False
        return not reading.closes or normal(words[0]) in _ONLY_NEXT

    def _answered(self, words: list[str], topic: Topic) -> bool:
        """Read what answers for a whole list or denies something of it: takes none, allergic to nothing else."""
        text = " ".join(words)
        if normal(text) in CLOSING["nothing_else"] and "?" not in text:
            self._said.close(topic)
            return True
        reading = read_whole(text, topic, self._vocabulary)
        begins = normal(words[0]) in DENYING or read_answer(text, topic) is not None
        if reading is None or not (reading.kind == "doubt" or (reading.kind == "denial" and begins)):
            return False
        self._said.enter(text, (topic,))
        return True

    def _listed(self, words: list[str], topic: Topic) -> None:
        """Read what follows “takes” or “allergic to”."""
        if self._split.coupled(words, topic) is not None:
            self._said.enter(" ".join(words), (topic,))
            return
        for part in parts(without_empty(words), self._split.exact):
            for phrase, reading in self._split.longest(part, topic):
                if reading is None and read_answer(phrase, topic) is not None:
                    self._said.ask(phrase, (topic,))
                elif reading is None and not " ".join(part).startswith(phrase):
                    # “Takes warfarin xyz”: it may be anything.
                    self._said.enter(phrase, TOPICS)
                else:
                    self._said.enter(phrase, (topic,))

    def _plain(self, words: list[str]) -> None:
        """Read words that no marker stands before."""
        text = " ".join(words)
        if not (marks.phrases(text).mark or self._split.exact(text)):
            words = without_empty(words)
            text = " ".join(words)
        if not words:
            return
        if marks.says_unknown(text) or marks.says_none(text.rstrip(" ?")):
            # As it stands, “none” would close each of the lists.
            self._said.ask(text, TOPICS)
            return
        if self._pregnancy(text):
            return
        answers = marks.phrases(text).mark or marks.signs(text).mark or read_answer(text, "conditions")
        if not self._split.exact(text) and (_denies(words) or answers):
            self._one(words, None)
            return
        coupled = self._split.coupled(words, "conditions")
        if coupled is not None:
            self._enter(text, coupled)
            return
        for part in parts(words, self._split.exact):
            for phrase, reading in self._split.longest(part, None):
                self._enter(phrase, reading)

    def _pregnancy(self, text: str) -> bool:
        """Read a time of pregnancy; weeks alone may be those of anything."""
        said = read_pregnancy(text.rstrip(" ?")) if re.search(r"\d", text) else None
        if not isinstance(said, dict) or re.fullmatch(SIDED, text.casefold()):
            return False
        sure = said.keys() != {"weeks"} or PREGNANT.search(text.casefold())
        if sure and text.endswith("?"):
            return False
        if sure:
            self._said.state("pregnancy", said, text)
        elif text.endswith("?"):
            self._said.enter(text, TOPICS)
        else:
            self._said.weeks(text, said)
        return True

    def _one(self, words: list[str], topic: Topic | None) -> None:
        """Read a phrase that denies or doubts, which stands alone between its commas."""
        text = " ".join(words)
        on_skin = there(text)
        if topic is None and on_skin is not None:
            text, topic = on_skin, "skin"
        reading = read_whole(text, topic or "conditions", self._vocabulary)
        if reading is None:
            self._said.enter(text, (topic,) if topic else TOPICS)
        elif topic and reading.moved is None:
            self._said.enter(text, (topic,))
        else:
            self._enter(text, reading)

    def _enter(self, phrase: str, reading: Reading | None) -> None:
        """Enter a phrase where it belongs; one that could be two things is asked about in both."""
        phrase = self._placed(phrase, reading)
        remedy = self._rulebook.names.get(normal(phrase))
        if remedy is not None and self._for_skin(remedy, phrase):
            self._said.remedies.add(remedy)
            return
        reading = reading or self._spelt_out(phrase)
        if reading is None:
            return
        if reading.closes and reading != read_whole(phrase, "signs", self._vocabulary):
            # It would close whatever list it stands in.
            self._said.ask(phrase, TOPICS)
            return
        if reading.keeps_open:
            self._said.enter(phrase, TOPICS)
            return
        if reading.pregnancy is not None:
            self._said.state("pregnancy", _stated(reading.pregnancy), phrase)
        if reading.breastfeeding is not None:
            self._said.state("breastfeeding", reading.breastfeeding, phrase)
        if reading.pregnancy is not None or reading.breastfeeding is not None:
            if re.search(r"\d", phrase) and isinstance(reading.pregnancy, str | None):
                # “Pregnant 5”: nobody knows five of what.
                self._said.enter(re.sub(r"^\D+", "", phrase), TOPICS)
            return
        also = self._split.taken_or_allergic(marks.phrases(marks.signs(phrase).word).word)
        if reading.moved == "medicines" and (also or remedy is not None):
            self._said.ask(phrase, TAKEN_OR_NOT if also else ("medicines",))
            return
        places = [topic for topic in TOPICS if topic == reading.moved] or [topic for topic, _ in reading.closes]
        self._said.enter(phrase, places or ("conditions",))

    def _placed(self, phrase: str, reading: Reading | None) -> str:
        """Return what is said to be where the remedy would go; no name of the skin, it may be skin all the same."""
        name = there(phrase)
        if name is None or reading is None:
            return phrase
        if reading.moved in {"conditions", "medicines", "allergies"} and not PAIN.match(name.casefold()):
            # “Skin cancer there” is an illness, and nobody has said that the skin there is whole.
            self._said.enter(f"{name} (skin there?)", ("skin",))
        return name

    def _spelt_out(self, phrase: str) -> Reading | None:
        """Read a phrase that is no name, such as “diabetes on insulin”; where that fails, ask back."""
        reading = read_whole(phrase, "conditions", self._vocabulary)
        if reading is not None and not any(map(self._split.taken_or_allergic, phrase.split())):
            return reading
        if reading is not None:
            self._said.ask(phrase, ("conditions", *TAKEN_OR_NOT))
        elif read_whole(phrase, "allergies", self._vocabulary) is not None:
            self._said.ask(phrase, ("allergies",))
        else:
            self._said.enter(phrase, TOPICS)
        return None

    def _for_skin(self, remedy: str, phrase: str) -> bool:
        """Tell whether a name stands for the remedy alone, and not for tablets of that name as well."""
        medicine = self._vocabulary.lexicon.exact("medicines", phrase)
        if medicine is None:
            return True
        facts = medicine.proves or medicine.prompts
        return bool(facts) and {SAME_SKIN, *self._rulebook.remedy(remedy).counts_as}.issuperset(facts)


_ONLY_NEXT = frozenset({"no", "без"})
"""Words that deny what stands next, and may so deny a whole list: no allergies."""


def _stated(pregnancy: Any) -> object:  # noqa: ANN401 - every form of it
    return pregnancy if isinstance(pregnancy, str) else pregnancy.model_dump(mode="json", exclude_none=True)


def _denies(words: list[str]) -> bool:
    return any(normal(word) in DENYING for word in words)


def _markers(words: list[str]) -> list[tuple[int, Marker]]:
    marked = ((place, marker_at(words, place)) for place in range(len(words)))
    return [(place, marker) for place, marker in marked if marker is not None]


def _list_of(words: list[str]) -> Topic | None:
    """Name the one list of which the markers among words speak."""
    topics = {marker.topic for _, marker in _markers(words)}
    return topics.pop() if len(topics) == 1 else None
