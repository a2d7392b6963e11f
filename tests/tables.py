"""The verdict tables under tests/catalogue/verdicts: what labels make of a person, read and looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.knowledge.topics import Topic
    from remedies.knowledge.vocabulary import Vocabulary

TABLES = Path(__file__).with_name("catalogue") / "verdicts"

_TOPICS: dict[str, Topic] = {
    "skin": "skin",
    "allergy": "allergies",
    "takes": "medicines",
    "planned": "circumstances",
    "sign": "signs",
}
"""The word before a fact of each topic; an illness has none."""

_AGE = re.compile(r"age (\d+)(?: years? (\d+) months?)?")
_PREGNANT = re.compile(r"pregnant (\d+) weeks?(?: (\d+) days?)?")
_OF_ITSELF = "of itself "


@dataclass(frozen=True)
class Row:
    """One line of a table: a situation and the verdict on one remedy."""

    remedy: str
    situation: str
    verdict: str
    """The verdict; where it is undecided, with what is certain at least if that is more than nothing."""
    of_itself: str
    """What the situation asks for apart from what holds of everybody."""

    def __str__(self) -> str:
        """Name the line in a test."""
        return f"{self.remedy}: {self.situation}"


def rows_of(remedy: str) -> Iterator[Row]:
    """Read the table of a remedy."""
    for line in (TABLES / f"{remedy}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            situation, *cells = re.split(r"\s{2,}", line.strip())
            of_itself = cells[1].removeprefix(_OF_ITSELF) if cells[1].startswith(_OF_ITSELF) else cells[0]
            yield Row(remedy, situation, cells[0], of_itself)


def patient_json(situation: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """Write a situation as a patient: a healthy man of 34 who has answered every other question with "no"."""
    said: dict[str, Any] = {"age": 34, "sex": "male"}
    so: list[str] = []
    unknown: list[str] = []
    for item in re.split(r",\s*", situation):
        if item == "healthy":
            continue
        if item == "woman":
            said |= {"sex": "female", "pregnancy": "no", "breastfeeding": False}
        elif item == "breastfeeding":
            said["breastfeeding"] = True
        elif item == "pregnant":
            said["pregnancy"] = "yes"
        elif found := _PREGNANT.fullmatch(item):
            said["pregnancy"] = {"weeks": int(found[1]), "days": int(found[2] or 0)}
        elif found := _AGE.fullmatch(item):
            said["age"] = int(found[1]) if found[2] is None else {"years": int(found[1]), "months": int(found[2])}
        elif item.startswith("? "):
            unknown.append(_fact(item.removeprefix("? "), vocabulary))
        else:
            so.append(_fact(item, vocabulary))
    open_ = vocabulary.spread_up((*so, *unknown))
    for topic in vocabulary.topic_mask:
        said[topic] = {
            "yes": [fact for fact in so if vocabulary[fact].topic == topic],
            "no": vocabulary.ids(vocabulary.topic_mask[topic] & ~open_),
        }
    return said


def _fact(item: str, vocabulary: Vocabulary) -> str:
    """Read the name of a fact, with the word of its topic before it unless it is an illness."""
    before, _, name = item.rpartition(" ")
    topic = _TOPICS[before] if before else "conditions"
    if name not in vocabulary or vocabulary[name].topic != topic:
        message = f"no fact of {topic} is called {name!r}"
        raise ValueError(message)
    return name
