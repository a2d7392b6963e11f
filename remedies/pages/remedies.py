"""The list of all remedies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from remedies.pages.layout import Section, Table, as_json

if TYPE_CHECKING:
    from remedies.knowledge.rulebook import Rulebook

ListRow = tuple[str, str, str, str]
LIST_HEADERS = ("Id", "Name", "What it is", "Also called")


def list_rows(rulebook: Rulebook) -> list[ListRow]:
    """Give id, name, description and aliases of every remedy."""
    return [(one.id, one.name, one.what, ", ".join(one.aliases)) for one in rulebook.remedies]


def list_section(rulebook: Rulebook) -> Section:
    """List every remedy with its id."""
    rows = tuple((one.id, one.name, one.what) for one in rulebook.remedies)
    return Section(None, table=Table(LIST_HEADERS[:3], rows, (3, 3, 5)))


def list_json(rulebook: Rulebook) -> str:
    """Write the list of remedies as JSON."""
    rows = [
        {
            "id": one.id,
            "name": one.name,
            "what": one.what,
            "form": one.form,
            "atc": list(one.atc),
            "aliases": list(one.aliases),
        }
        for one in rulebook.remedies
    ]
    return as_json(json.dumps(rows, ensure_ascii=False, indent=2))
