"""Which two remedies go together, whoever the patient is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from remedies.core.errors import Fault, PlanError
from remedies.core.model import Frozen, Many
from remedies.knowledge.catalogue import given
from remedies.knowledge.sources import Citation, Source
from remedies.knowledge.spelling import normal
from remedies.knowledge.topics import SAME_SKIN, STRENGTH, Effect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from remedies.checking.report import Report
    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.records import Remedy


class Clash(Frozen):
    """One reason why two remedies do not go together."""

    rule: str | None
    """The name of the rule; null where it is a substance that both contain."""
    effect: Effect
    """How strong it is."""
    same_skin_only: bool
    """Whether it speaks only of the same skin."""
    because: str
    """Why, in a plain sentence."""
    cure: str | None
    """What to do about it."""
    sources: Many[Citation]
    """Where it stands."""


Together = Literal["no", "ask-doctor", "ask-pharmacist", "not-on-file"]
"""Whether two remedies go together: no; whom to ask; or that no label on file says anything."""


class Combination(Frozen):
    """What is known of two remedies together, whoever uses them."""

    first: str
    """The id of one remedy."""
    second: str
    """The id of the other."""
    name: str
    """The name of the first."""
    second_name: str
    """The name of the second."""
    same_area: Literal["no"]
    """Whether they may share an area: one product at a time on one area, whatever the labels say."""
    same_days: Together
    """Whether both may be used in the same days, on different areas."""
    clashes: Many[Clash]
    """Why, the strongest first."""
    advice: Many[str]
    """What to do."""
    sources: dict[str, Source]
    """Every source that is cited, by its key."""

    @property
    def short(self) -> str:
        """The answer in one line."""
        why = f" {self.clashes[0].because}" if self.clashes else ""
        return f"not on the same skin.{why}"


def combine(first: str, second: str, catalogue: Catalogue | None = None) -> Combination:
    """Say whether two remedies may share an area or a day, why, and what to do; no patient is needed.

    Args:
        first: a remedy, by any of its names.
        second: another one.
        catalogue: the shipped one unless given.

    Raises:
        PlanError: both are one and the same.
        UnknownRemedyError: one of them does not exist.

    >>> combine("Finalgon", "camphor oil").same_days
    'ask-doctor'
    """
    catalogue = given(catalogue)
    one, other = catalogue.find(first), catalogue.find(second)
    if one.id == other.id:
        raise PlanError(Fault((), f"both names stand for {one.name}; name two remedies"))
    clashes = sorted(_clashes(one, other, catalogue), key=lambda clash: -STRENGTH[clash.effect])
    days = [clash.effect for clash in clashes if not clash.same_skin_only]
    same_days: Together = "not-on-file"
    if days:
        same_days = "no" if days[0] == "exclude" else days[0]
    cited = dict.fromkeys(citation.source for clash in clashes for citation in clash.sources)
    return Combination(
        first=one.id,
        second=other.id,
        name=one.name,
        second_name=other.name,
        same_area="no",
        same_days=same_days,
        clashes=tuple(clashes),
        advice=tuple(dict.fromkeys(clash.cure for clash in clashes if clash.cure is not None)),
        sources={name: catalogue.sources[name] for name in cited},
    )


def _clashes(one: Remedy, other: Remedy, catalogue: Catalogue) -> Iterator[Clash]:
    """Yield what both contain, and the rules of each that read of the other."""
    shared = shared_substances(one, other, catalogue)
    if shared:
        yield Clash(
            rule=None,
            effect="exclude",
            same_skin_only=False,
            because=shared,
            cure="Choose one of them.",
            sources=tuple(
                dict.fromkeys(
                    citation for entry in (*one.ingredients, *other.ingredients) for citation in entry.sources[:1]
                )
            ),
        )
    rulebook = catalogue.rulebook
    seen: set[str] = set()
    for owner, partner in ((one, other), (other, one)):
        for number in rulebook.remedy(owner.id).rules:
            rule = rulebook.rules[number]
            reads = {name for name, _ in rule.reads}
            if rule.key not in seen and not reads.isdisjoint({SAME_SKIN, *partner.counts_as}):
                seen.add(rule.key)
                yield Clash(
                    rule=rule.key,
                    effect=rule.effect,
                    same_skin_only=reads.isdisjoint(partner.counts_as),
                    because=f"{owner.name}: {rule.because}",
                    cure=rule.cure,
                    sources=tuple(Citation.read(rulebook.citations[place]) for place in rule.sources),
                )


def shared_substances(one: Remedy, other: Remedy, catalogue: Catalogue) -> str:
    """Say which active substances two remedies share; nothing where they share none."""
    shared = catalogue.substances(one, active=True) & catalogue.substances(other, active=True)
    if not shared:
        return ""
    labels = sorted(map(catalogue.vocabulary.label, shared))
    return f"{one.name} and {other.name} share {', '.join(labels)}; two such remedies are never used together."


def apart(first: Remedy, second: Remedy, catalogue: Catalogue) -> Iterator[str]:
    """Say why two remedies are never used together on one area; nothing where no label is against it."""
    shared = shared_substances(first, second, catalogue)
    if shared:
        yield shared
    for one, other in ((first, second), (second, first)):
        rules = (catalogue.rulebook.rule_reading(one.id, fact) for fact in (SAME_SKIN, *other.counts_as))
        rule = next((rule for rule in rules if rule is not None), None)
        if rule is not None:
            yield f"{one.name} does not go with {other.name} on the same skin: {rule.because}"


def in_use(report: Report, catalogue: Catalogue) -> tuple[str, ...]:
    """Name the remedies of the catalogue that the person said to be using already."""
    rulebook = catalogue.rulebook
    used: dict[str, None] = {}
    for word in report.understood:
        remedy = rulebook.names.get(normal(word.word))
        if remedy is None or word.topic != "medicines" or word.kind not in {"fact", "known"}:
            continue
        # “Takes ibuprofen” is the tablets: as a gel it would mean something else.
        gel = rulebook.vocabulary.meaning("medicines", f"{word.word} gel")
        if gel is None or {*gel.proves, *gel.prompts}.issuperset(word.means):
            used[rulebook.remedy(remedy).name] = None
    return tuple(used)
