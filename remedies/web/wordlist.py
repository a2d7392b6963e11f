"""Every word that may be typed, for a box that completes it; no word of it is about anybody."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from remedies.checking.in_words import in_words
from remedies.checking.patient import Patient
from remedies.checking.phrases import CLOSING
from remedies.knowledge.spelling import normal
from remedies.knowledge.topics import NAMING_TOPICS, WORDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.topics import NamingTopic
    from remedies.knowledge.vocabulary import Vocabulary

_REMEDY, _FACT, _KIND, _KNOWN = range(4)
"""What is shown first among words that begin alike: remedies, facts, what means one, what no rule looks at."""


class Thing(NamedTuple):
    """Something that has names."""

    label: str
    """What it is called."""
    what: str
    """What it is, in a word or two."""
    said: str
    """How it is said so that it is read as just this; a name takes the place of the brackets."""
    tier: int
    """The lower, the sooner it is shown."""
    names: tuple[str, ...]
    """Its names in the form in which they are compared, the most usual first."""


def word_list(catalogue: Catalogue) -> bytes:
    """Write every thing that has a name as JSON."""
    things = [*_closings(), *_remedies(catalogue)]
    for topic in NAMING_TOPICS:
        things += _things(topic, catalogue.vocabulary)
    return json.dumps(things, ensure_ascii=False, separators=(",", ":")).encode()


def _closings() -> Iterator[Thing]:
    for topic, said in CLOSING.items():
        label = "every list, the warning signs too"
        if topic != "nothing_else":
            label = WORDINGS[topic].title.lower()
        yield Thing(label, "nothing else", "{}", _FACT, tuple(map(normal, said)))


def _remedies(catalogue: Catalogue) -> Iterator[Thing]:
    for remedy in catalogue.rulebook.remedies:
        names = dict.fromkeys(normal(name) for name in (remedy.name, *remedy.aliases, remedy.id))
        said = in_words(Patient(), (remedy.id,), catalogue)
        yield Thing(remedy.name, "remedy", said, _REMEDY, tuple(names))


def _things(topic: NamingTopic, vocabulary: Vocabulary) -> Iterator[Thing]:
    names: dict[int, list[str]] = defaultdict(list)
    parts = vocabulary.lexicon.parts
    for row in parts.words[topic].text.split("\n")[1:-1]:
        name, _, place = row.partition("\t")
        names[int(place)].append(name)
    said = f"{topic}: {{}}"
    if topic in {"pregnancy", "breastfeeding"}:
        said = "{}"
    for number, known in names.items():
        naming = vocabulary.lexicon.naming(number)
        tier = _KIND
        if naming is None:
            label = vocabulary.entries[number >> 1].label
            if number & 1:
                tier = _FACT
        else:
            label = naming.label
            if not (naming.means or naming.prompts):
                tier = _KNOWN
        yield Thing(label, WORDINGS[topic].noun, said, tier, tuple(known))
