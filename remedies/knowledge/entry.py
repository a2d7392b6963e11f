"""A fact as the rulebook keeps it: what every check needs, and apart from it what few commands look at."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from remedies.knowledge.topics import Topic


class Entry(NamedTuple):
    """A fact, as far as every check needs it."""

    id: str
    topic: Topic
    label: str
    question: str
    examples: str | None
    prompts: Sequence[str]


class FactDetails(NamedTuple):
    """The words and codes of a fact."""

    synonyms: Sequence[str]
    kinds: Sequence[str]
    icd10_proves: Sequence[str]
    icd10_prompts: Sequence[str]
    atc_proves: Sequence[str]
    atc_prompts: Sequence[str]
    atc_exceptions: Sequence[str]
    snomed: Sequence[str]
    cross_reacts_with: Sequence[str]


class Details:
    """Words and codes of every fact and the clause of every rule, read when they are first asked for.

    They are many small things, and most commands need none of them.
    """

    def __init__(
        self, facts: Sequence[FactDetails] = (), clauses: Sequence[dict[str, Any]] = (), text: bytes = b""
    ) -> None:
        """Take them as they are, or as the text that ``dump`` wrote."""
        self._text = text
        self._facts = facts
        self._clauses = clauses

    def _read(self) -> None:
        text = self._text
        if text:
            # Another thread may be reading as well; both find the same.
            facts, clauses = json.loads(text)
            self._facts, self._clauses = tuple(map(FactDetails._make, facts)), tuple(clauses)
            self._text = b""

    @property
    def facts(self) -> Sequence[FactDetails]:
        """The words and codes of every fact, by its number."""
        self._read()
        return self._facts

    @property
    def clauses(self) -> Sequence[dict[str, Any]]:
        """The clause of every rule as it is written, by the number of the rule."""
        self._read()
        return self._clauses

    def dump(self) -> str:
        """Write everything as one text."""
        return json.dumps([self.facts, self.clauses], ensure_ascii=False, separators=(",", ":"))
