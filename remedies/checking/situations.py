"""For whom a verdict changes: the plain situations of two catalogues, judged by both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from remedies.checking.check import verdicts
from remedies.checking.patient import Patient
from remedies.core.model import Frozen
from remedies.core.words import plural
from remedies.knowledge.topics import TOPICS, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from pydantic import JsonValue

    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.entry import Entry
    from remedies.knowledge.topics import Topic

NotAsked = Literal["not asked"]
"""Stands for a verdict where a catalogue does not know the fact that makes the situation."""

_NOT_ASKED: NotAsked = "not asked"

HEALTHY = "a healthy adult"
"""The situation that every other one is built on."""

_MAN: dict[str, Any] = {"age": 34, "sex": "male", "nothing_else": True}
_WOMAN: dict[str, Any] = {
    "age": 34,
    "sex": "female",
    "pregnancy": "no",
    "breastfeeding": False,
    "nothing_else": True,
}
_ELDER_MONTHS = 60 * 12
_TURNING_DAYS = {week * 7 + day for week, day in ((12, 6), (13, 6), (14, 0), (27, 6), (28, 0))}
"""Days of pregnancy near the ends of the trimesters; a course that starts at 13+6 runs from one into the next."""

_WORDS: dict[Topic, str] = {"allergies": "allergy to {}", "medicines": "using {}"}
"""How a fact is told where the label alone names a substance or a product."""


class VerdictChange(Frozen):
    """The situations in which the verdict on one remedy goes from one to another."""

    remedy: str
    before: Verdict | NotAsked
    after: Verdict | NotAsked
    situations: tuple[str, ...]
    """In plain words."""


class _Situation(NamedTuple):
    """What makes somebody differ from a healthy adult, in words, and what is known of them."""

    words: str
    said: dict[str, Any]
    fact: str | None = None
    """The one fact that is so; each catalogue is told under the topic that it has there."""


def verdict_changes(old: Catalogue, new: Catalogue, *, as_of: date) -> tuple[VerdictChange, ...]:
    """Judge plain situations by two catalogues, over the longest course from ``as_of`` on.

    The base is a healthy man, and a healthy woman who is not pregnant, both 34 years old. A situation
    is the base itself, the base and one fact, an age or a week of pregnancy on either side of a limit,
    or breastfeeding. What is the same for the man and the woman is said once.

    Only the remedies of both catalogues are judged. A fact that one catalogue does not know is "not
    asked" there, which is left out where the other one says what it says of a healthy adult anyway.
    """
    usual_old, usual_new = (_judged(_Situation(HEALTHY, _MAN), one, as_of) for one in (old, new))
    groups: dict[str, dict[tuple[Verdict | NotAsked, Verdict | NotAsked], dict[str, None]]] = {
        remedy: {} for remedy in usual_new if remedy in usual_old
    }
    for situation in _situations(old, new):
        was, now = (_judged(situation, one, as_of) for one in (old, new))
        for remedy, group in groups.items():
            before, after = was.get(remedy, _NOT_ASKED), now.get(remedy, _NOT_ASKED)
            unasked = (not was and after == usual_new[remedy]) or (not now and before == usual_old[remedy])
            if before != after and not unasked:
                group.setdefault((before, after), {})[situation.words] = None
    return tuple(
        VerdictChange(remedy=remedy, before=before, after=after, situations=tuple(words))
        for remedy, group in groups.items()
        for (before, after), words in group.items()
    )


def _judged(situation: _Situation, catalogue: Catalogue, as_of: date) -> Mapping[str, Verdict | NotAsked]:
    """Return the verdict on every remedy; none if the catalogue does not know the fact."""
    vocabulary, said = catalogue.vocabulary, situation.said
    if situation.fact is not None:
        if situation.fact not in vocabulary:
            return {}
        said = {**said, vocabulary[situation.fact].topic: [situation.fact]}
    patient = Patient.model_validate(said, context={"vocabulary": vocabulary})
    return verdicts(patient, catalogue, as_of=as_of)


def _situations(old: Catalogue, new: Catalogue) -> Iterator[_Situation]:
    """Yield every situation that is judged: facts by topic, then ages and days of pregnancy, lowest first."""
    documents = [catalogue.file.model_dump(mode="json") for catalogue in (old, new)]
    for base in (_MAN, _WOMAN):
        yield _Situation(HEALTHY, base)
    known = {entry.id: entry for catalogue in (old, new) for entry in catalogue.vocabulary.entries}
    for entry in sorted(known.values(), key=lambda entry: TOPICS.index(entry.topic)):
        for base in (_MAN, _WOMAN):
            yield _Situation(_told(entry), base, entry.id)
    limits = {
        limit_months(limit)
        for document in documents
        for key in ("age_below", "age_from")
        for limit in _values_of(key, document)
    }
    for months in sorted({_ELDER_MONTHS, *limits, *(limit - 1 for limit in limits if limit)}):
        age = {"years": months // 12, "months": months % 12}
        yield _Situation(f"at {age_words(**age)}", {**_MAN, "age": age})
    weeks = [week for document in documents for week in _values_of("from_week", document) if isinstance(week, int)]
    starts = {week * 7 for week in weeks}
    yield _Situation("possibly pregnant", {**_WOMAN, "pregnancy": "possible"})
    for day in sorted({*_TURNING_DAYS, *starts, *(start - 1 for start in starts if start)}):
        week = {"weeks": day // 7, "days": day % 7}
        yield _Situation(f"in week {day // 7}+{day % 7}", {**_WOMAN, "pregnancy": week})
    yield _Situation("breastfeeding", {**_WOMAN, "breastfeeding": True})


def _told(entry: Entry) -> str:
    return _WORDS.get(entry.topic, "{}").format(entry.label)


def _values_of(key: str, document: JsonValue) -> Iterator[JsonValue]:
    """Yield every value under a key, however deep."""
    if isinstance(document, dict):
        if key in document:
            yield document[key]
        for value in document.values():
            yield from _values_of(key, value)
    elif isinstance(document, list):
        for value in document:
            yield from _values_of(key, value)


def limit_months(limit: Any) -> int:  # noqa: ANN401 - JSON that was checked when it was loaded
    """Return an age limit of a clause, which is years or years and months, in months.

    >>> limit_months(12), limit_months({"years": 12}), limit_months({"years": 1, "months": 6})
    (144, 144, 18)
    """
    parts = limit if isinstance(limit, dict) else {"years": limit}
    months: int = parts["years"] * 12 + parts.get("months", 0)
    return months


def age_words(years: int, months: int = 0) -> str:
    """Say an age in years and months.

    >>> age_words(11, 11), age_words(1), age_words(0)
    ('11 years 11 months', '1 year', '0 months')
    """
    parts = [plural(number, unit) for number, unit in ((years, "year"), (months, "month")) if number]
    return " ".join(parts) or "0 months"
