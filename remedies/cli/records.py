"""What became of a record that was read, on standard error: the answer on standard output stays what it is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from remedies.core.words import plural

if TYPE_CHECKING:
    from remedies.intake.fhir import Intake


def tell(found: Intake, *, every: bool) -> None:
    """Count what became of the resources; name every one where that is wanted."""
    if every:
        for line in found.account:
            click.echo(str(line), err=True)
        return
    outcomes = Counter(line.outcome for line in found.account)
    read = sum(number for outcome, number in outcomes.items() if outcome != "counted")
    counts = ", ".join(f"{outcomes[one]} {one}" for one in outcomes if one != "counted")
    click.echo(
        f"Record: {plural(read, 'resource')} read ({counts or 'nothing to read'}); --account names each.", err=True
    )
