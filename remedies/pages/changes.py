"""What differs between two catalogues, for whoever reviews a change."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from remedies.checking.changes import EVERY_AGE
from remedies.checking.situations import HEALTHY, age_words, limit_months
from remedies.core.words import plural
from remedies.pages.layout import Section, Table, capital, in_brackets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import JsonValue

    from remedies.checking.changes import Changes, Difference, Part
    from remedies.checking.situations import VerdictChange

    Content = dict[str, JsonValue]


class _Kind(NamedTuple):
    """Records of one kind: under what title they come, how they are counted, and how a whole one is told."""

    title: str
    part: Part
    one: str
    many: str
    told: Callable[[Content], str]


def sections(changes: Changes) -> Iterator[Section]:
    """Say what differs: a summary, for whom the verdict changes, and then record by record."""
    lines = [_summary(changes)]
    if changes.before.version != changes.after.version:
        lines.append(f"Version {changes.before.version} → {changes.after.version}.")
    yield Section(None, tuple(lines))
    if changes.verdicts:
        rows = tuple((one.remedy, f"{one.before} → {one.after}", _whom(one)) for one in changes.verdicts)
        table = Table(("Remedy", "Verdict", "For whom"), rows, (2, 3, 5))
        yield Section("For whom the verdict changes", table=table, mood="bold")
    for kind in _kinds(changes):
        if kind.part:
            yield Section(kind.title, items=tuple(_lines(kind)), mood="bold")


def _kinds(changes: Changes) -> tuple[_Kind, ...]:
    common = "what holds for every remedy"
    return (
        _Kind("Rules", changes.rules, "{} rule", "{} rules", _rule),
        _Kind("Numbers of use", changes.doses, "numbers of use of {} remedy", "numbers of use of {} remedies", _value),
        _Kind("Remedies", changes.remedies, "{} remedy", "{} remedies", _remedy),
        _Kind("Substances", changes.substances, "texts of {} substance", "texts of {} substances", _value),
        _Kind("Every remedy", changes.catalogue, common, common, _value),
        _Kind("Facts", changes.facts, "{} fact", "{} facts", _fact),
        _Kind("Sources", changes.sources, "{} source", "{} sources", _source),
    )


def _summary(changes: Changes) -> str:
    if changes.before == changes.after:
        return "Nothing changed."
    if not changes:
        but = "the order or the layout of the files"
        if changes.before.version != changes.after.version:
            but = "the version"
        return f"Nothing changed but {but}."
    phrases = [_counted(kind) for kind in _kinds(changes) if kind.part]
    phrases.append(_verdicts(changes.verdicts))
    return capital(f"{'; '.join(phrases)}.")


def _counted(kind: _Kind) -> str:
    """Count records of one kind by what became of them; what they are is said once."""
    counts = ((kind.part.changed, "changed"), (kind.part.added, "added"), (kind.part.dropped, "dropped"))
    (first, fate), *rest = ((len(records), fate) for records, fate in counts if records)
    noun = kind.one if first == 1 else kind.many
    return ", ".join([f"{noun.format(first)} {fate}", *(f"{count} {fate}" for count, fate in rest)])


def _verdicts(found: tuple[VerdictChange, ...]) -> str:
    if not found:
        return "no verdict changes in any situation tried"
    situations = len({words for one in found for words in one.situations})
    remedies = len({one.remedy for one in found})
    return f"verdicts change for {plural(situations, 'situation')} in {plural(remedies, 'remedy', 'remedies')}"


def _whom(change: VerdictChange) -> str:
    """List the situations; where a healthy adult is among them, the others only follow."""
    if HEALTHY not in change.situations or len(change.situations) == 1:
        return "; ".join(change.situations)
    return f"{HEALTHY} and {len(change.situations) - 1} more"


def _lines(kind: _Kind) -> Iterator[str]:
    for changed in kind.part.changed:
        for difference in changed.differences:
            yield _difference(changed.key, difference)
    for record in kind.part.added:
        yield f"{record.key}: added: {kind.told(record.content)}"
    for record in kind.part.dropped:
        yield f"{record.key}: dropped: {kind.told(record.content)}"


_NUMBERS = {
    "times_per_day.min": ("at least", "times a day"),
    "times_per_day.max": ("at most", "times a day"),
    "hours_between.hours": ("at least", "hours apart"),
    "amount.grams.min": ("at least", "g each time"),
    "amount.grams.max": ("at most", "g each time"),
    "max_days.days": ("at most", "days"),
    "max_per_day.grams": ("at most", "g a day"),
    "max_per_day.uses": ("at most", "uses a day"),
}
"""What stands before and after a number."""

_ONE = re.compile(r"s\b")
"""What a unit loses where there is one of it."""

_STEPS = {
    "when": "clause",
    "synonyms": "words",
    "kinds": "narrower words",
    "is_a": "is a kind of",
    "icd10": "ICD-10",
    "atc": "ATC",
    "snomed": "SNOMED CT",
}
"""Keys that are no words."""

_BARE = frozenset({"effect", "basis", "ages"})
"""Keys whose values stand without quotation marks."""


def _difference(key: str, difference: Difference) -> str:
    """Say one difference on one line."""
    field, item, before, after = difference.field, difference.item, difference.before, difference.after
    path = re.sub(r"^doses(\.|$)", "", field)
    place = [_step(step) for step in field.split(".") if step != "text"]
    if path in {"effect", *_NUMBERS}:
        place = []
    if path != field:
        place = [step for step in (item, *place[1:]) if step not in (None, EVERY_AGE)]
    elif item not in (None, before):
        place.insert(1, f"“{item}”")
    return f"{', '.join([key, *place])}: {_from_to(path, before, after)}"


def _step(step: str) -> str:
    return _STEPS.get(step, step.replace("_", " "))


def _from_to(path: str, before: JsonValue, after: JsonValue) -> str:
    """Say what a value was and is."""
    if isinstance(before, list) and isinstance(after, list):
        return _references(before, after)
    if before is None:
        return f"added {_value(after, path)}"
    if after is None:
        return f"dropped {_value(before, path)}"
    if path in _NUMBERS:
        return f"{_value(before, path)} → {_NUMBERS[path][0]} {_value(after)}"
    return f"{_value(before, path)} → {_value(after, path)}"


def _references(before: list[JsonValue], after: list[JsonValue]) -> str:
    """Say which references were added and dropped; the first one is what a report shows, so order counts."""
    fresh = [_reference(one) for one in after if one not in before]
    gone = [_reference(one) for one in before if one not in after]
    said = [f"{fate} {', '.join(some)}" for fate, some in (("added", fresh), ("dropped", gone)) if some]
    return "; ".join(said) or f"in another order, {_reference(after[0])} first"


def _reference(reference: JsonValue) -> str:
    if isinstance(reference, dict) and "ref" in reference:
        return f"{reference['ref']} ({reference['section']})"
    return str(reference)


def _value(value: JsonValue, path: str = "") -> str:
    """Say a value in words; where in which source it stands is left out."""
    key = path.rpartition(".")[2]
    match value:
        case dict() if key == "when":
            return _clause(value)
        case dict():
            said = {name: entry for name, entry in value.items() if name != "sources" and entry not in (None, [])}
            return ", ".join(_entry(name, entry, f"{path}.{name}".lstrip(".")) for name, entry in said.items())
        case str() if key in _BARE:
            return value
        case str():
            return f"“{value}”"
        case float():
            number = f"{value:g}"
        case _:
            number = json.dumps(value)
    if path not in _NUMBERS:
        return number
    least, unit = _NUMBERS[path]
    return f"{least} {number} {_ONE.sub('', unit, count=1) if value == 1 else unit}"


def _entry(name: str, value: JsonValue, path: str) -> str:
    """Say one entry of an object; texts, ages and numbers of use need no name."""
    said = _value(value, path)
    if name in {"text", "ages"} or path in _NUMBERS:
        return said
    if isinstance(value, dict):
        return f"{_step(name)} ({said})"
    return f"{_step(name)} {said}"


_CLAUSES = {"allergy": "allergy to {}", "taking": "using {}", "breastfeeding": "breastfeeding", "always": "everybody"}
"""Clauses whose value alone would not say what they are."""


def _clause(clause: dict[str, Any]) -> str:
    """Say a clause in words, with the ids of its facts."""
    match clause:
        case {"all": list(parts)}:
            return " and ".join(in_brackets(_clause(part)) for part in parts)
        case {"any": list(parts)}:
            return " or ".join(map(_clause, parts))
        case {"age_below": limit}:
            return f"below {age_words(*divmod(limit_months(limit), 12))}"
        case {"age_from": limit}:
            return f"from {age_words(*divmod(limit_months(limit), 12))}"
        case {"pregnant": {"trimesters": list(numbers)}}:
            return f"pregnant (trimester {', '.join(map(str, numbers))})"
        case {"pregnant": {"from_week": week}}:
            return f"pregnant (from week {week})"
        case {"pregnant": _}:
            return "pregnant"
        case _:
            kind, fact = next(iter(clause.items()))
            return _CLAUSES.get(kind, "{}").format(fact)


def _rule(rule: Content) -> str:
    return f"{rule['effect']}: {_value(rule['when'], 'when')}: {_value(rule['because'])}"


def _remedy(remedy: Content) -> str:
    rules: Any = remedy["rules"]
    return f"{_value(remedy['name'])}, {plural(len(rules), 'rule')} of its own"


def _fact(fact: Content) -> str:
    return f"{_value(fact['label'])} ({fact['topic']})"


def _source(source: Content) -> str:
    return f"{_value(source['title'])} ({source['country']}, {source['grade']})"
