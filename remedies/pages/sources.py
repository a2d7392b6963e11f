"""Sources as a bibliography names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remedies.knowledge.sources import Source


def in_full(key: str, source: Source) -> str:
    """Write a source whole, behind the key by which it is cited; a link stands last."""
    year = f", {source.year}" if source.year else ""
    link = source.url or "no link"
    return f"[{key}] {source.title}. {source.publisher}, {source.country}{year}, {source.grade}. {link}"
