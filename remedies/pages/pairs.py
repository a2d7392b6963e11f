"""Two remedies together, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedies.pages.layout import Section, as_json
from remedies.pages.report import cited_briefly, cited_in_full

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.advice.pairs import Combination, Together

_DAYS: dict[Together, str] = {
    "no": "no: choose one of them",
    "ask-doctor": "ask a doctor first",
    "ask-pharmacist": "ask a pharmacist first",
    "not-on-file": "no label on file says anything about it",
}
_HOUR = "no label on file says how long to wait; use one of them for the whole course"


def sections(found: Combination, *, details: bool = False) -> Iterator[Section]:
    """Write whether two remedies share an area, an hour or a day, why, and what to do.

    Args:
        found: what is known of the two.
        details: name rules and every source.
    """
    yield Section(
        f"{found.name} and {found.second_name}",
        items=(
            "On the same skin: no, one product at a time on one area.",
            f"One soon after the other there: {_HOUR}.",
            f"In the same days, on another area: {_DAYS[found.same_days]}.",
        ),
        mood="yellow" if found.same_days == "not-on-file" else "red",
    )
    if found.clashes:
        reasons = []
        for clash in found.clashes:
            cited = cited_briefly(clash.sources)
            if details:
                cited = "; ".join(filter(None, (clash.rule, clash.effect, cited_in_full(clash.sources, found.sources))))
            reasons.append(f"{clash.because} [{cited}]")
        yield Section("Why", items=tuple(reasons))
    if found.advice:
        yield Section("What to do", items=found.advice)


def pair_json(found: Combination) -> str:
    """Write a combination as JSON."""
    return as_json(found.model_dump_json(indent=2))
