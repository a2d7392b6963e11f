"""Examples of every command, as they are typed; those that end otherwise than with 0 say so behind a “#”."""

EXAMPLES: dict[str, tuple[str, ...]] = {
    "list": (
        "remedies list",
        "remedies list --for asthma",
        "remedies list --for Eliquis --for 'age 11' --for pregnancy",
        "remedies list --for 'allergy to aspirin' --format csv",
    ),
    "show": (
        "remedies show dolobene",
        "remedies show Долобене",
        "remedies show 'Doctor MOM' --details",
    ),
    "check": (
        "remedies check woman 62, hypertension, takes Eliquis, nothing else",
        "remedies check ж 62 гипертония Эликвис больше ничего",
        "remedies check --patients people.jsonl --summary",
        "remedies check --age 11 --remedy finalgon --exit-code   # exits 12",
    ),
    "screen": (
        "remedies screen patients.csv",
        "remedies screen patients.parquet -o verdicts.parquet --reasons",
        "remedies screen patients.ndjson -o verdicts.csv --long --remedy finalgon",
        "remedies screen patients.csv --engine duckdb --format json",
    ),
    "why": (
        "remedies why dolobene, man 34, asthma",
        "remedies why фастум, ж 62, Эликвис",
        "remedies why nise gel, man 60, takes lithium --details",
    ),
    "combine": (
        "remedies combine finalgon fastum-gel",
        "remedies combine Финалгон, Фастум гель",
        "remedies combine camphor, apizartron --details",
    ),
    "ask": (
        "remedies ask",
        "remedies ask --remedy fastum-gel --save me.json",
    ),
    "plan": (
        "remedies plan fastum gel, man 34, nothing else",
        "remedies plan fastum-gel --patient me.json --output plan.ics",
        "remedies plan finalgon --patient me.json --start tomorrow --days 3",
        "remedies plan finalgon --age 11   # exits 12",
    ),
    "serve": (
        "remedies serve",
        "remedies serve --port 8000 --no-open",
    ),
    "terms": (
        "remedies terms asthma",
        "remedies terms варфарин",
        "remedies terms J45.0 --format json",
    ),
    "schema": (
        "remedies schema patient",
        "remedies schema report",
        "remedies schema cds-card",
        "remedies schema screening",
    ),
    "help": (
        "remedies help",
        "remedies help check",
        "remedies help catalogue lint",
    ),
    "catalogue lint": (
        "remedies catalogue lint my-remedies.json",
        "remedies catalogue lint data/remedies.json",
    ),
    "catalogue format": (
        "remedies catalogue format data/remedies.json",
        "remedies catalogue format data/facts.json --check",
    ),
    "catalogue forms": (
        "remedies catalogue forms data/facts.json",
        "remedies catalogue forms data/facts.json --check",
    ),
    "catalogue sheet": (
        "remedies catalogue sheet fastum-gel",
        "remedies catalogue sheet --all --format html",
    ),
    "catalogue diff": (
        "remedies catalogue diff old/remedies.json data/remedies.json",
        "remedies catalogue diff old/remedies.json data/remedies.json --format markdown",
    ),
}
"""Two to four lines of each command, by its path without the name of the program."""
