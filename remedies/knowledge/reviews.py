"""Reviews of a catalogue's records, signed by pharmacists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, Field

from remedies.core.errors import Fault, quoted
from remedies.core.model import FactId, Frozen, Isodate, Text
from remedies.knowledge.clauses import Has, leaves
from remedies.knowledge.derived import substances_in
from remedies.knowledge.rulebook import Signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from remedies.knowledge.records import ActiveRule, Records, Remedy
    from remedies.knowledge.vocabulary import Vocabulary

MOST_REVIEWS = 100_000
"""The most reviews in one file; none is ever taken out."""


def _one_line(value: str) -> str:
    if value != value.strip() or not value.isprintable():
        msg = f"must be one line without spaces around it, not {quoted(value)}"
        raise ValueError(msg)
    return value


Signed = Annotated[
    str,
    AfterValidator(_one_line),
    Field(min_length=1, max_length=200, json_schema_extra={"pattern": r"^\S(.*\S)?$"}),
]
"""What a pharmacist signs with, on one line."""


class Review(Frozen):
    """One record as a pharmacist has signed it, on the sheet that shows it."""

    remedy: FactId
    """The id of the remedy."""
    reviewer: Signed
    """The name of the pharmacist."""
    registration: Signed
    """The number under which the pharmacist is registered, and where."""
    date: Isodate
    """The day of the signature."""
    catalogue: Annotated[str, Field(pattern=r"^\d{4}\.\d{1,2}\.\d{1,2}$")]
    """The version of the catalogue that the sheet was made from."""
    record: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", max_length=64)]
    """The hash of the record, as the sheet shows it; a review counts for this record alone."""
    remarks: Text | None = None
    """What the pharmacist wants changed; null where everything was agreed to. A report says that there are some."""


class ReviewsFile(Frozen):
    """The content of ``reviews.json``."""

    reviews: Annotated[tuple[Review, ...], Field(strict=False, max_length=MOST_REVIEWS)]
    """Every review, the oldest first."""


def record_hash(remedy: Remedy, rules: Iterable[ActiveRule], records: Records, vocabulary: Vocabulary) -> str:
    """Hash all that a review sheet shows of a remedy, in hexadecimal; it changes with any of it.

    That is its record and every rule that acts on it, what the article and its substances add to a plan, the
    warning signs, the facts that all of these read, with their labels and finer facts, and the cited sources.
    """
    import hashlib  # noqa: PLC0415 - slow to import, and a compiled rulebook knows what was signed

    rules = list(rules)
    shared = substances_in(remedy, records.file, vocabulary)
    read = {leaf.fact for active in rules for leaf in leaves(active.rule.when) if isinstance(leaf, Has)}
    signed: dict[str, Any] = {
        "remedy": remedy.model_dump(mode="json"),
        # Which rules a rule replaces stands in the records themselves; a compiled rulebook does not know it.
        "rules": [(active.key, active.rule.model_dump(mode="json", exclude={"replaces"})) for active in rules],
        "common": records.file.common.model_dump(mode="json"),
        "signs": [sign.model_dump(mode="json") for sign in records.file.signs],
        "substances": [one.model_dump(mode="json") for one in shared],
        "facts": {name: _meaning(name, vocabulary) for name in sorted(read | set(remedy.substances))},
    }
    cited = sorted({one.partition(": ")[0] for one in _citations(signed)})
    signed["sources"] = {name: records.sources[name].model_dump(mode="json") for name in cited}
    written = json.dumps(signed, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def _meaning(name: str, vocabulary: Vocabulary) -> list[str]:
    """Say what a fact stands for: its label and question, and those that are it as well."""
    return [vocabulary.label(name), vocabulary[name].question, *sorted(vocabulary.finer(name))]


def _citations(record: object) -> Iterator[str]:
    """Find every citation in a record, however deep."""
    match record:
        case dict():
            yield from record.get("sources", ())
            yield from (one for part in record.values() for one in _citations(part))
        case list() | tuple():
            yield from (one for part in record for one in _citations(part))
        case _:
            pass


def review_faults(file: ReviewsFile, remedies: Iterable[str]) -> Iterator[Fault]:
    """Find reviews of remedies that do not exist, and the same review twice."""
    known, seen = set(remedies), set[tuple[str, str, str, str]]()
    for index, review in enumerate(file.reviews):
        if review.remedy not in known:
            yield Fault(("reviews", index, "remedy"), f"no remedy is called {quoted(review.remedy)}")
        signed = (review.remedy, review.registration, review.record, review.date)
        if signed in seen:
            yield Fault(("reviews", index), f"{review.reviewer} has signed this record of {review.remedy} that day")
        seen.add(signed)


def signatures(reviews: Iterable[Review], hashes: Mapping[str, str]) -> dict[str, list[Signature]]:
    """List who has signed each record as it is now, the oldest first, by remedy id; older records do not count."""
    found: dict[str, list[Signature]] = {}
    for review in sorted(reviews, key=lambda review: review.date):
        if hashes.get(review.remedy) == review.record:
            signature = Signature(review.date, review.reviewer, remarks=review.remarks is not None)
            found.setdefault(review.remedy, []).append(signature)
    return found
