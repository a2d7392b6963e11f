"""What the files of a catalogue hold, before anything is read of it."""

from typing import NamedTuple

NO_REVIEWS = b'{"reviews": []}'
"""The content of a ``reviews.json`` that nobody has signed yet."""


class Contents(NamedTuple):
    """The content of remedies.json, facts.json, sources.json and reviews.json."""

    remedies: bytes
    facts: bytes
    sources: bytes
    reviews: bytes = NO_REVIEWS
