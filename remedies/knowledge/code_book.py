"""What the codes of classifications mean: ICD-10, ATC and SNOMED CT."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from remedies.knowledge.codes import (
    EQUAL,
    WIDER,
    WITHIN,
    alone,
    atc_code,
    atc_lies,
    icd10_code,
    icd_lies,
    nearest,
    snomed_code,
)
from remedies.knowledge.entry import Entry, FactCodes, Later, LexiconParts, NamingEntry
from remedies.knowledge.meaning import Meaning
from remedies.knowledge.topics import NamingTopic, Topic

SUBSTANCE_CODE = 7
"""So many characters has the ATC code of a single substance."""

_SITED: frozenset[NamingTopic] = frozenset({"skin", "signs", "circumstances"})
"""Topics of here and now: a code in another list does not say that it is so today, or there on the skin."""

_LISTS: Mapping[NamingTopic, NamingTopic] = {"allergies": "allergies"}
"""Where a code of a medicine is no medicine in use."""


def asked_of(naming: NamingEntry, parts: LexiconParts) -> tuple[str, ...]:
    """Return what a naming is a reason to ask about; of what no rule looks at, what its topic says as well."""
    if naming.means:
        return tuple(naming.prompts)
    return tuple(dict.fromkeys((*naming.prompts, *parts.known_prompts.get(naming.topic, ()))))


def allergy_meaning(facts: Iterable[str], parts: LexiconParts) -> Meaning:
    """Say what an allergy to a medicine means, of which some substances may be facts."""
    proves = tuple(dict.fromkeys(facts))
    if proves:
        return Meaning(proves)
    return Meaning((), tuple(parts.known_prompts.get("allergies", ())), known=True)


def _letters_of(pattern: str) -> Iterator[str]:
    """Yield the letters with which a code of a range may begin."""
    first, _, last = pattern.partition("-")
    yield from map(chr, range(ord(first[0]), ord((last or first)[0]) + 1))


class CodeBook:
    """Finds what codes mean."""

    def __init__(
        self, entries: Sequence[Entry], parts: Later[LexiconParts], finest: Callable[[Sequence[str]], list[str]]
    ) -> None:
        """Take the facts, the compiled codes, and what leaves out of some facts what others of them are."""
        self._entries = entries
        self._topics: dict[str, Topic] = {entry.id: entry.topic for entry in entries}
        self._parts = parts
        self._finest = finest

    def meaning(self, topic: NamingTopic, word: str) -> Meaning | None:
        """Read a word as a code; one of a classification that does not fit the topic is read as well."""
        atc, icd = atc_code(word), icd10_code(word)
        if atc and (topic in {"medicines", "allergies"} or not icd):
            return self._by_atc(_LISTS.get(topic, "medicines"), atc)
        if icd:
            return self._by_icd(topic, icd)
        code = snomed_code(word)
        if code:
            return self._by_snomed(topic, code)
        return None

    def _facts(self) -> Iterator[tuple[Entry, FactCodes]]:
        return zip(self._entries, self._parts.part.codes, strict=True)

    def _by_icd(self, topic: NamingTopic, code: str) -> Meaning | None:
        lies: dict[str, int] = {}
        for entry, codes in self._facts():
            proving = nearest(icd_lies(code, pattern) for pattern in codes.icd10_proves)
            prompting = nearest(icd_lies(code, pattern) for pattern in codes.icd10_prompts)
            lies[entry.id] = max(alone(proving, codes.icd10_proves), min(prompting, WIDER))
        of_letter = self._icd_namings.get(code[:1], ())
        namings = [(one, nearest(icd_lies(code, pattern) for pattern in one.icd10)) for one in of_letter]
        return self._of_codes(topic, lies, namings)

    @cached_property
    def _icd_namings(self) -> Mapping[str, Sequence[NamingEntry]]:
        """Return the namings that have ICD-10 codes, by the letters of these; hardly any lies near a given code."""
        found: dict[str, list[NamingEntry]] = {}
        for one in self._parts.part.namings:
            letters = {letter for pattern in one.icd10 for letter in _letters_of(pattern)}
            for letter in letters:
                found.setdefault(letter, []).append(one)
        return found

    def _by_atc(self, topic: NamingTopic, code: str) -> Meaning | None:
        lies: dict[str, int] = {}
        closest = 0
        for entry, codes in self._facts():
            if entry.topic != topic or code.startswith(tuple(codes.atc_exceptions)):
                continue
            proving = nearest(atc_lies(code, pattern) for pattern in codes.atc_proves)
            prompting = nearest(atc_lies(code, pattern) for pattern in codes.atc_prompts)
            lies[entry.id] = max(alone(proving, codes.atc_proves), min(prompting, WIDER))
            closest = max(closest, *(len(pattern) for pattern in codes.atc_proves if code.startswith(pattern)), 0)
        namings = self._medicines(code, closest)
        if topic != "allergies":
            found = self._of_codes(topic, lies, namings)
            if found is None or not found.proves or len(code) < SUBSTANCE_CODE:
                return found
            return found._replace(single=True)
        found = self._of_codes(topic, lies, ())
        if found is None:
            return self._allergy([one for one, match in namings if match >= WITHIN])
        if len(self._finest(found.proves)) > 1:
            # One code can stand for several unrelated substances (M02AX10); then it proves none.
            return Meaning((), (*found.proves, *found.prompts))
        return found

    def _medicines(self, code: str, closest: int) -> list[tuple[NamingEntry, int]]:
        """Return the namings of an ATC code: the most exact of those that it lies within, and those within it.

        What is said of a group of medicines does not count where a fact or a name is more exact.
        """
        within: dict[int, list[tuple[NamingEntry, int]]] = {}
        wider = []
        for one in self._parts.part.namings:
            lengths = [len(pattern) for pattern in one.atc if code.startswith(pattern)]
            if lengths:
                within.setdefault(max(lengths), []).append((one, WITHIN))
            elif any(pattern.startswith(code) for pattern in one.atc):
                wider.append((one, WIDER))
        longest = max(within, default=0)
        if longest < closest:
            return wider
        return [*within.get(longest, ()), *wider]

    def _allergy(self, medicines: Sequence[NamingEntry]) -> Meaning | None:
        """Say what an allergy to some medicines means; nothing where there are none."""
        if not medicines:
            return None
        return allergy_meaning((fact for one in medicines for fact in one.allergy), self._parts.part)

    def _by_snomed(self, topic: NamingTopic, code: str) -> Meaning | None:
        lies = {entry.id: alone(EQUAL, codes.snomed) for entry, codes in self._facts() if code in codes.snomed}
        namings = [(one, EQUAL) for one in self._parts.part.namings if code in one.snomed]
        return self._of_codes(topic, lies, namings)

    def _of_codes(
        self, topic: NamingTopic, lies: dict[str, int], namings: Iterable[tuple[NamingEntry, int]]
    ) -> Meaning | None:
        """Join what facts and namings say of a code; nothing if none of them knows it."""
        proves = [fact for fact, match in lies.items() if match >= WITHIN]
        prompts = [fact for fact, match in lies.items() if match == WIDER]
        known, unruled = bool(proves or prompts), not (proves or prompts)
        for naming, match in namings:
            if match >= WITHIN:
                known, unruled = True, unruled and not naming.means
                proves += naming.means
                prompts += asked_of(naming, self._parts.part)
            elif match == WIDER and naming.means:
                known, unruled = True, False
                prompts += naming.means
        if not known:
            return None
        elsewhere = [fact for fact in proves if self._topics.get(fact) in _SITED - {topic}]
        sure = tuple(dict.fromkeys(fact for fact in proves if fact not in elsewhere))
        asked = tuple(dict.fromkeys(fact for fact in (*elsewhere, *prompts) if fact not in sure))
        return Meaning(sure, asked, tuple(fact for fact in sure if lies.get(fact) == EQUAL), unruled)
