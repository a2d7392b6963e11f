"""What a word or a code means, as facts."""

from collections.abc import Iterable
from typing import NamedTuple


class Meaning(NamedTuple):
    """What a word or a code says: the facts that it proves and those it is a reason to ask about.

    ``names`` are the facts that the word stands for as a whole; only these become "no" where the
    word is denied. A word or code finer than the fact (J45.0 for asthma) proves it but does not deny
    it; a code that is one of several for a fact is finer as well. Where a word is ``known``, it names
    a real thing that no rule looks at, which may be a reason to ask all the same. A ``single`` medicine
    is this one and no other: who takes ibuprofen takes a painkiller that is not sulindac.
    """

    proves: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    known: bool = False
    single: bool = False

    def narrower(self) -> "Meaning":
        """Return the same of a word that is finer than the names."""
        return self._replace(names=())


NOTHING = Meaning()
"""What a word says of which nothing is understood."""


def joined(meanings: Iterable[Meaning]) -> Meaning:
    """Join what several words say together."""
    every = list(meanings)
    proves = tuple(dict.fromkeys(fact for one in every for fact in one.proves))
    prompts = tuple(dict.fromkeys(fact for one in every for fact in one.prompts if fact not in proves))
    names = tuple(dict.fromkeys(fact for one in every for fact in one.names))
    said = [one for one in every if one is not NOTHING]
    return Meaning(proves, prompts, names, all(one.known for one in said), all(one.single for one in said))
