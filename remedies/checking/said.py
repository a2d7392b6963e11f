"""What the phrases of a sentence have said so far."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from remedies.checking.asking_back import alphabetical
from remedies.checking.patient import Patient
from remedies.core.errors import LONGEST_WORD, Fault, PatientError, quoted
from remedies.knowledge.topics import TOPICS, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


LONG_WEEKS = 12
"""What lasts so long and is no pregnancy is counted in months."""


class Said:
    """Gathers what phrases say, and makes a patient of it whatever their order."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self.remedies: set[str] = set()
        """The ids of remedies that were named."""
        self.faults: list[Fault] = []
        self._stated: dict[str, dict[str, object]] = {}
        self._weeks: dict[str, object] = {}
        self._words: dict[Topic, set[str]] = {topic: set() for topic in TOPICS}
        self._closed: set[str] = set()

    def state(self, name: str, value: object, phrase: str) -> None:
        """Enter something that can be said only once: age, born, sex, pregnancy, breastfeeding."""
        self._stated.setdefault(name, {})[phrase] = value

    def weeks(self, phrase: str, value: object) -> None:
        """Enter weeks that are those of a pregnancy if one is spoken of elsewhere."""
        self._weeks[phrase] = value

    def close(self, topic: str) -> None:
        """Close a list, or with ``nothing_else`` all of them."""
        self._closed.add(topic)

    def enter(self, phrase: str, topics: Iterable[str]) -> None:
        """Enter a phrase in lists; one that is not understood keeps them open."""
        if len(phrase) > LONGEST_WORD:
            message = f"{quoted(phrase)} is longer than {LONGEST_WORD} characters; put commas between its parts"
            self.faults.append(Fault(("words",), message, "word"))
        for topic in TOPICS:
            if topic in topics:
                self._words[topic].add(phrase)

    def ask(self, phrase: str, topics: Iterable[str]) -> None:
        """Enter a phrase with a question mark, since it could be several things."""
        self.enter(f"{phrase.removesuffix('?')}?", topics)

    def patient(self) -> Patient:
        """Make a patient of what was said.

        Raises:
            PatientError: it contradicts itself.
        """
        self._place_weeks()
        document: dict[str, object] = {name: self._only(name) for name in sorted(self._stated)}
        self.faults += _months_of_either(document.get("pregnancy"), self._stated.get("age", {}))
        if self.faults:
            raise PatientError(sorted(set(self.faults)))
        for topic in TOPICS:
            words = sorted(self._words[topic], key=alphabetical)
            if words or topic in self._closed:
                document[topic] = {"yes": words, "rest": "no" if topic in self._closed else "unknown"}
        document["nothing_else"] = "nothing_else" in self._closed
        return Patient.model_validate(document)

    def _place_weeks(self) -> None:
        """Take weeks for those of a pregnancy that is spoken of, or where nothing else lasts so long; else ask."""
        pregnancies = [*self._stated.get("pregnancy", {}).values()]
        for phrase, weeks in self._weeks.items():
            long = "male" not in self._stated.get("sex", {}).values() and _weeks_of(weeks) >= LONG_WEEKS
            if "yes" in pregnancies or weeks in pregnancies or (long and not pregnancies):
                self.state("pregnancy", weeks, phrase)
            else:
                self.ask(phrase, TOPICS)

    def _only(self, name: str) -> object:
        """Return what was said of something that is said once."""
        said = self._stated[name]
        values = [value for value in said.values() if isinstance(value, dict)]
        if name == "pregnancy" and values:
            said = {phrase: value for phrase, value in said.items() if value != "yes"}
        if name == "born":
            said = {**said, **self._stated.get("age", {})}
        phrases = sorted(said, key=alphabetical)
        other = next((phrase for phrase in phrases if said[phrase] != said[phrases[0]]), None)
        if other is not None:
            message = f"was said twice, as {quoted(phrases[0])} and as {quoted(other)}; say it once"
            self.faults.append(Fault((name,), message, "contradiction"))
        return said[phrases[0]]


def _weeks_of(said: object) -> int:
    """Return the weeks of what was said of a pregnancy."""
    match said:
        case {"weeks": int(weeks)}:
            return weeks
        case _:
            return 0


def _months_of_either(pregnancy: object, ages: Iterable[str]) -> Iterator[Fault]:
    """Refuse months that may be those of a life or of a pregnancy."""
    if pregnancy in (None, "no"):
        return
    for phrase in ages:
        if re.fullmatch(r"\d+ *(?:mo?s?|mths?|months?|мес\w*)\.?", phrase.casefold()):
            message = f"{quoted(phrase)} may be the age or the time of pregnancy; add “old” or “pregnant”"
            yield Fault(("age",), message, "word")
