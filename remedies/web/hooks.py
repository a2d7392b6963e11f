"""CDS Hooks 2.0: ``/cds-services``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter

if TYPE_CHECKING:
    from remedies.knowledge.catalogue import Catalogue


def routes(catalogue: Catalogue) -> APIRouter:
    """Return the routes of the CDS Hooks service."""
    del catalogue
    return APIRouter()
