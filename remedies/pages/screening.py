"""What was found in a table of patients, on one page; and the schema of a row of such a table."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

from remedies.checking.patient import MOST_WORDS
from remedies.checking.remarks import reviewed
from remedies.core.errors import LONGEST_WORD, printable
from remedies.core.words import plural
from remedies.knowledge.topics import VERDICTS
from remedies.pages.layout import Mood, as_json, plain
from remedies.screening.columns import PREGNANCIES, WRITTEN_NO, WRITTEN_YES, Cell, template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from remedies.knowledge.catalogue import Catalogue
    from remedies.knowledge.rulebook import CompiledRule, Rulebook
    from remedies.knowledge.topics import Verdict
    from remedies.knowledge.vocabulary import Vocabulary
    from remedies.screening.files import Screened
    from remedies.screening.words import Unclear

_MOST_RULES = 5
_MOST_SIGNS = 5
_MOST_UNCLEAR = 10
"""How many of each are shown; the first ones are the most frequent."""

_HEADERS: dict[Verdict, str] = {
    "allowed": "May be used",
    "ask-pharmacist": "Pharmacist",
    "ask-doctor": "Doctor",
    "undecided": "Not yet said",
    "excluded": "Must not",
}


def text(found: Screened, catalogue: Catalogue, *, width: int = 80, style: Callable[[str, Mood], str] = plain) -> str:
    """Write what was found for a terminal of so many columns."""
    counts, rulebook = found.counts, catalogue.rulebook
    parts = [
        f"{plural(f'{counts.rows:,}', 'row')}, {_thousands(counts.rejected)} rejected.",
        _verdicts(found, rulebook, width, style),
        _block("Warning signs: these people need a doctor before any remedy", _signs(found, rulebook), width, style),
        _block("What excludes most", _rules(found, rulebook), width, style),
        _block("Not understood; each keeps its list open", _unclear(found), width, style),
        *(_wrapped(note, width) for note in found.notes),
        _wrapped(f"{_basis(found, rulebook)} {rulebook.disclaimer}", width),
    ]
    return "\n\n".join(part for part in parts if part)


def _basis(found: Screened, rulebook: Rulebook) -> str:
    told = reviewed([remedy for remedy in rulebook.remedies if remedy.id in found.counts.verdicts], found.as_of)
    return f"{plural(found.days, 'day')} from {found.start}; catalogue {rulebook.version}, {told}."


def _thousands(number: int) -> str:
    return f"{number:,}"


def _wrapped(sentence: str, width: int, indent: str = "") -> str:
    return "\n".join(textwrap.wrap(printable(sentence), width, subsequent_indent=indent, break_on_hyphens=False))


def _block(title: str, lines: Iterator[str], width: int, style: Callable[[str, Mood], str]) -> str:
    """Write a heading with a line for everything below it; nothing where there is nothing."""
    written = [_wrapped(f"- {line}", width, "  ") for line in lines]
    if not written:
        return ""
    return "\n".join([*(style(line, "bold") for line in textwrap.wrap(title, width)), *written])


def _verdicts(found: Screened, rulebook: Rulebook, width: int, style: Callable[[str, Mood], str]) -> str:
    """Write how many rows got each verdict, in a row for each remedy."""
    short = {remedy.id: remedy.short for remedy in rulebook.remedies}
    verdicts = found.counts.verdicts
    first = max(map(len, [short[remedy] for remedy in verdicts]))
    widths = {
        one: max(len(_HEADERS[one]), *(len(_thousands(times[one])) for times in verdicts.values())) for one in VERDICTS
    }
    heading = "  ".join([f"{'Remedy':{first}}", *(f"{_HEADERS[one]:>{widths[one]}}" for one in VERDICTS)])
    if len(heading) > width:
        # As a list, since no column can do with less.
        return "\n".join(
            "\n".join([short[remedy], *(f"  {_HEADERS[one].lower()}: {times[one]:,}" for one in VERDICTS)])
            for remedy, times in verdicts.items()
        )
    rows = [
        "  ".join([f"{short[remedy]:{first}}", *(f"{times[one]:>{widths[one]},}" for one in VERDICTS)])
        for remedy, times in verdicts.items()
    ]
    return "\n".join([style(heading, "bold"), *rows])


def _signs(found: Screened, rulebook: Rulebook) -> Iterator[str]:
    often = {sign: times for sign, times in found.counts.signs.items() if times}
    for sign, times in list(often.items())[:_MOST_SIGNS]:
        yield f"{_thousands(times)}: {rulebook.vocabulary[sign].short}"
    if len(often) > _MOST_SIGNS:
        yield f"and {plural(len(often) - _MOST_SIGNS, 'more sign')}"


def _rules(found: Screened, rulebook: Rulebook) -> Iterator[str]:
    """Name the rules that exclude most rows; those that say the same of as many share a line."""
    rules = _rules_of(rulebook)
    shared: dict[tuple[int, str], list[str]] = {}
    for key, times in found.counts.rules.items():
        if times:
            shared.setdefault((times, rules[key].because), []).append(key)
    for (times, because), keys in list(shared.items())[:_MOST_RULES]:
        yield f"{_thousands(times)}: {because} [{', '.join(keys)}]"


def _rules_of(rulebook: Rulebook) -> Mapping[str, CompiledRule]:
    return {rule.key: rule for rule in rulebook.rules}


def _unclear(found: Screened) -> Iterator[str]:
    for one in found.unclear[:_MOST_UNCLEAR]:
        yield f"{_thousands(one.times)}: “{one.word}” among {one.topic}{_meant(one)}"
    more = len(found.unclear) - _MOST_UNCLEAR
    if more > 0:
        yield f"and {plural(_thousands(more), 'more word')}"


def _meant(one: Unclear) -> str:
    if not one.suggestions:
        return ""
    return f". Did you mean {' or '.join(one.suggestions)}?"


def as_document(found: Screened, catalogue: Catalogue) -> str:
    """Write everything that was found as JSON."""
    counts, rules = found.counts, _rules_of(catalogue.rulebook)
    document = {
        "catalogue": catalogue.version,
        "as_of": found.as_of.isoformat(),
        "start": found.start.isoformat(),
        "days": found.days,
        "rows": counts.rows,
        "rejected": counts.rejected,
        "verdicts": counts.verdicts,
        "signs": {sign: times for sign, times in counts.signs.items() if times},
        "rules": [
            {"rule": key, "because": rules[key].because, "rows": times} for key, times in counts.rules.items() if times
        ],
        "unclear": [one._asdict() for one in found.unclear],
        "notes": found.notes,
        "output": found.output and str(found.output),
        "rejects": found.rejects and str(found.rejects),
    }
    return as_json(json.dumps(document, indent=2, ensure_ascii=False))


# The schema of a row --------------------------------------------------------------------------------


def row_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """Describe one row of a table of patients; see ``template``."""
    columns = {
        column.name: {**_cell_schema(column.name, column.cell), "description": column.help}
        for column in template(vocabulary)
    }
    id_ = {"type": ["string", "integer"], "minLength": 1, "description": "By this the verdicts of a row are found."}
    return {
        "title": "Patients",
        "description": "One row of a table of patients; a column that is missing, and a null, is unknown.",
        "type": "object",
        "properties": {"id": id_, **columns},
        "required": ["id"],
        "additionalProperties": False,
    }


def _cell_schema(name: str, cell: Cell) -> dict[str, Any]:
    word = {"type": "string", "maxLength": LONGEST_WORD}
    match cell:
        case "yes or no":
            return {"anyOf": [{"type": ["boolean", "null"]}, {"enum": [0, 1]}, _one_of(*WRITTEN_YES, *WRITTEN_NO)]}
        case "whole number":
            text_ = {"type": "string", "pattern": r"^\s*([0-9]{1,5}(\.0+)?)?\s*$"}
            return {"anyOf": [{"type": "null"}, {"type": "integer", "minimum": 0}, text_]}
        case "text" if name == "pregnancy":
            return {"anyOf": [{"type": "null"}, _one_of(*PREGNANCIES)]}
        case "text":
            return {"type": ["string", "null"]}
        case "day":
            shorter = "?" if name == "born" else ""
            pattern = rf"^\s*([0-9]{{4}}(-[0-9]{{2}}(-[0-9]{{2}}){shorter}){shorter})?\s*$"
            return {"type": ["string", "null"], "pattern": pattern}
        case "words":
            several = {"type": "array", "items": {**word, "minLength": 1}, "maxItems": MOST_WORDS}
            return {"anyOf": [{"type": "null"}, word, several]}


def _one_of(*words: str) -> dict[str, Any]:
    """Describe a text that is one of some words in any case, or empty, with spaces around."""
    either = "|".join("".join(f"[{char}{char.upper()}]" if char.isalpha() else char for char in word) for word in words)
    return {"type": "string", "pattern": rf"^\s*({either})?\s*$"}
