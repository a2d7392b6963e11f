"""The interview, at ``/ask``: one question a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter

if TYPE_CHECKING:
    from remedies.knowledge.catalogue import Catalogue


def routes(catalogue: Catalogue) -> APIRouter:
    """Return the routes of the interview."""
    del catalogue
    return APIRouter()
