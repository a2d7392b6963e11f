"""Everything that is printed: text, Markdown, HTML, calendar, CSV, JSON schemas."""

from typing import Literal

SchemaName = Literal[
    "patient",
    "report",
    "plan",
    "refusal",
    "state",
    "screen",
    "screening",
    "cds-card",
    "guidance",
    "medication-request",
    "catalogue",
    "facts",
    "sources",
    "reviews",
]
"""What there is a JSON schema of."""
