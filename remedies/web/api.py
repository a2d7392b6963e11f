"""JSON for programs, under ``/api``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter

if TYPE_CHECKING:
    from remedies.knowledge.catalogue import Catalogue


def routes(catalogue: Catalogue) -> APIRouter:
    """Return the routes of the JSON interface."""
    del catalogue
    return APIRouter()
