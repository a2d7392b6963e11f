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

_REMEDY, _FACT, _KIND, _PROMPT, _KNOWN = range(0, 500, 100)
"""What is shown first among words that begin alike: remedies, facts, what means one or is a reason to ask, and last
what no rule looks at. Of what means a fact that comes first which more remedies look at."""


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
    rulebook = catalogue.rulebook
    readers: dict[str, set[str]] = defaultdict(set)
    for remedy in rulebook.remedies:
        for number in remedy.rules:
            for fact, _ in rulebook.rules[number].reads:
                readers[fact].add(remedy.id)
    things = [*_closings(), *_remedies(catalogue)]
    # Of one name as a medicine and as an allergy the medicine comes first.
    for topic in sorted(NAMING_TOPICS, key="medicines".__ne__):
        things += _things(topic, catalogue.vocabulary, readers)
    return json.dumps(things, ensure_ascii=False, separators=(",", ":")).encode()


def _closings() -> Iterator[Thing]:
    for topic, said in CLOSING.items():
        label = "every list, the warning signs too"
        if topic != "nothing_else":
            label = WORDINGS[topic].title.lower()
        yield Thing(label, "nothing else", "{}", _REMEDY, tuple(map(normal, said)))


def _remedies(catalogue: Catalogue) -> Iterator[Thing]:
    for remedy in catalogue.rulebook.remedies:
        names = dict.fromkeys(normal(name) for name in (remedy.name, *remedy.aliases, remedy.id))
        said = in_words(Patient(), (remedy.id,), catalogue)
        yield Thing(remedy.name, "remedy", said, _REMEDY, tuple(names))


def _things(topic: NamingTopic, vocabulary: Vocabulary, readers: dict[str, set[str]]) -> Iterator[Thing]:
    names: dict[int, list[str]] = defaultdict(list)
    parts = vocabulary.lexicon.parts
    for row in parts.words[topic].text.split("\n")[1:-1]:
        name, _, place = row.partition("\t")
        names[int(place)].append(name)
    said = f"{topic}: {{}}"
    if topic in {"pregnancy", "breastfeeding"}:
        said = "{}"
    substances = {normal(entry.label) for entry in vocabulary.entries if entry.topic == "allergies"}
    for number, known in names.items():
        facts: tuple[str, ...] = ()
        naming = vocabulary.lexicon.naming(number)
        if naming is None:
            entry = vocabulary.entries[number >> 1]
            label = entry.label
            tier = _KIND - (_KIND - _FACT) * (number & 1)
        else:
            label, facts, tier = naming.label, (*naming.means, *naming.prompts), _KNOWN
            if naming.means:
                tier = _KIND
            elif naming.prompts:
                tier = _PROMPT
            if naming.means and topic == "medicines" and known[0] in substances:
                tier = _FACT
        wider = vocabulary.ids(vocabulary.spread_up(fact for fact in facts if fact in vocabulary))
        looking = {remedy for fact in wider for remedy in readers[fact]}
        yield Thing(label, WORDINGS[topic].noun, said, tier - len(looking), tuple(known))
