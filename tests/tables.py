"""The verdict tables under tests/catalogue/verdicts: what labels make of a person, read and looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from remedies.knowledge.topics import STRENGTHS, Strength, Topic, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    verdict: Verdict
    of_itself: Verdict
    """What the situation asks for apart from what holds of everybody."""

    def __str__(self) -> str:
        """Name the line in a test."""
        return f"{self.remedy}: {self.situation}"


def rows_of(remedy: str) -> Iterator[Row]:
    """Read the table of a remedy."""
    for line in (TABLES / f"{remedy}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            situation, *cells = re.split(r"\s{2,}", line.strip())
            verdicts = [cell.removeprefix(_OF_ITSELF) for cell in cells[:2] if cell.removeprefix(_OF_ITSELF) in _ALL]
            verdict, of_itself = verdicts[0], verdicts[-1]
            yield Row(remedy, situation, _ALL[verdict], _ALL[of_itself])


_ALL: dict[str, Verdict] = {verdict: verdict for verdict in get_args(Verdict)}


def patient_json(situation: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """Write a situation as a patient: a healthy man of 34 who has answered every other question with "no"."""
    said: dict[str, Any] = {"age": 34, "sex": "male"}
    so: list[str] = []
    unknown: list[str] = []
    for item in re.split(r",\s*", situation):
        if item == "healthy":
            continue
        if item in {"woman", "breastfeeding"} or item.startswith("pregnant"):
            mother = {"sex": "female", "pregnancy": "no", "breastfeeding": False}
            said = mother | said | {"sex": "female"}
        if item == "breastfeeding":
            said["breastfeeding"] = True
        elif found := _PREGNANT.fullmatch(item):
            said["pregnancy"] = {"weeks": int(found[1]), "days": int(found[2] or 0)}
        elif found := _AGE.fullmatch(item):
            said["age"] = int(found[1]) if found[2] is None else {"years": int(found[1]), "months": int(found[2])}
        elif item.startswith("? "):
            unknown.append(_fact(item.removeprefix("? "), vocabulary))
        elif item != "woman":
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


def strength(verdict: Strength) -> int:
    """Return how strong a settled verdict is."""
    return STRENGTHS.index(verdict)
