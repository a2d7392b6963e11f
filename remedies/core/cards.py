"""What a card of CDS Hooks 2.0 looks like; a plain dict."""

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from remedies.core.resources import Coding

Summary = Annotated[str, Field(min_length=1, max_length=139)]
"""CDS Hooks wants fewer than 140 characters."""

Uuid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
"""A UUID in lower case, made from the content: the same content has the same one."""


class CdsSource(TypedDict):
    """What the main reason on a card rests on."""

    label: str
    """What the document is called, or the catalogue where nothing stands against the remedy."""
    url: NotRequired[str]
    """Where it was read; absent where the document has no address."""
    topic: Coding
    """The remedy, or the sign, that the card is about."""


class CdsSuggestion(TypedDict):
    """A remedy that may be used instead; it changes nothing in a record by itself."""

    label: str
    """The remedy, in words."""
    uuid: Uuid
    """Made from the content, for feedback."""


class CdsCard(TypedDict):
    """A card of CDS Hooks 2.0: the verdict on one remedy, or the referral that comes before all of them."""

    uuid: Uuid
    """Made from the content: the same report has the same cards."""
    summary: Summary
    """The verdict in one line, shorter than 140 characters."""
    detail: str
    """Why, with sources, and what was not understood or taken as "no"; GitHub Flavored Markdown."""
    indicator: Literal["info", "warning", "critical"]
    """Critical: a referral or excluded; warning: undecided, ask-doctor or ask-pharmacist; info: allowed."""
    source: CdsSource
    """What the main reason rests on."""
    suggestions: NotRequired[list[CdsSuggestion]]
    """The remedies that may be used, in catalogue order, which ranks nothing; absent while a warning sign stands."""
    selectionBehavior: NotRequired[Literal["at-most-one"]]
    """At most one, since only one product goes on one area; stands wherever there are suggestions."""
