"""The counter, at ``/``: words in, verdicts beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter

if TYPE_CHECKING:
    from remedies.knowledge.catalogue import Catalogue


def routes(catalogue: Catalogue) -> APIRouter:
    """Return the routes of the counter."""
    del catalogue
    return APIRouter()
