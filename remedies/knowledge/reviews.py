"""Reviews of a catalogue's records, signed by pharmacists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from remedies.core.errors import Fault, quoted
from remedies.core.model import FactId, Frozen, Isodate, Many, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from remedies.knowledge.records import ActiveRule, Remedy


class Review(Frozen):
    """One record as a pharmacist has signed it, on the sheet that shows it."""

    remedy: FactId
    """The id of the remedy."""
    reviewer: Text
    """The name of the pharmacist."""
    registration: Text
    """The number under which the pharmacist is registered, and where."""
    date: Isodate
    """The day of the signature."""
    catalogue: Annotated[str, Field(pattern=r"^\d{4}\.\d{1,2}\.\d{1,2}$")]
    """The version of the catalogue that the sheet was made from."""
    record: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """The hash of the record, as the sheet shows it; a review counts for this record alone."""
    remarks: Text | None = None
    """What the pharmacist noted; null where everything was agreed to."""


class ReviewsFile(Frozen):
    """The content of ``reviews.json``."""

    reviews: Many[Review]
    """Every review, the oldest first."""


def record_hash(remedy: Remedy, rules: Iterable[ActiveRule]) -> str:
    """Hash a record with every rule that acts on it, in hexadecimal; it changes with any of them."""
    acting = [(active.key, active.rule.model_dump(mode="json")) for active in rules]
    import hashlib  # noqa: PLC0415 - slow to import, and a compiled rulebook knows what was signed

    written = json.dumps([remedy.model_dump(mode="json"), acting], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def review_faults(file: ReviewsFile, remedies: Iterable[str]) -> Iterator[Fault]:
    """Find reviews of remedies that do not exist, and the same review twice."""
    known, seen = set(remedies), set[tuple[str, str, str]]()
    for index, review in enumerate(file.reviews):
        if review.remedy not in known:
            yield Fault(("reviews", index, "remedy"), f"no remedy is called {quoted(review.remedy)}")
        signed = (review.remedy, review.registration, review.record)
        if signed in seen:
            yield Fault(("reviews", index), f"{review.reviewer} has signed this record of {review.remedy} before")
        seen.add(signed)


def signatures(reviews: Iterable[Review], hashes: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Name who has signed each record as it is now, and when last, by remedy id; older records do not count."""
    current = (review for review in reviews if hashes.get(review.remedy) == review.record)
    newest = sorted(current, key=lambda review: review.date)
    return {review.remedy: (review.reviewer, review.date) for review in newest}
