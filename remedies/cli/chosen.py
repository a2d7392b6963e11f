"""The catalogue that the user chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

    from remedies.knowledge.catalogue import Catalogue


def catalogue_of(ctx: click.Context) -> Catalogue:
    """Load the catalogue that the user chose, or the shipped one."""
    from remedies.knowledge.catalogue import Catalogue

    path = ctx.find_root().params.get("catalogue")
    return Catalogue.shipped() if path is None else Catalogue.load(path)
