"""What tests of everything that goes out share: many reports, and a few that each show one thing."""

import gzip
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from support import TODAY

from remedies import Patient, Report, check

STORED = Path(__file__).parent / "stored" / "patients.jsonl.gz"

PEOPLE: dict[str, dict[str, Any]] = {
    "nothing is known": {},
    "all is ruled out": {"age": 34, "sex": "male", "nothing_else": True},
    "some of all": {"id": "p-1", "age": 62, "conditions": {"yes": ["hypertension"], "rest": "no"}, "sex": "female"},
    "an urgent sign": {"age": 34, "sex": "male", "signs": ["limb-weakness", "fever"], "nothing_else": True},
    "a sign and nothing else known": {"id": "№ 7/б", "signs": ["fever"]},
    "words that nobody knows": {
        "age": 40,
        "sex": "male",
        "conditions": ["zzqq", "<b>[x](http://e.example)</b> `y`\n# z"],
        "medicines": {"yes": ["qwrtp"], "rest": "no"},
        "nothing_else": True,
    },
    "a child": {"age": 11, "sex": "male", "nothing_else": True},
    "a pregnancy": {"age": 30, "sex": "female", "pregnancy": {"weeks": 27}, "nothing_else": True},
}


def of(who: str, **more: Any) -> Report:
    """Check one of the people."""
    return check(Patient.model_validate(PEOPLE[who]), start=TODAY, as_of=TODAY, **more)


@cache
def some() -> tuple[Report, ...]:
    """Check all of the people, and each twentieth of the stored patients."""
    return (*map(of, PEOPLE), *many(20))


def many(step: int) -> Iterator[Report]:
    """Check stored patients, one of so many, with the course that is stored with each."""
    lines = gzip.decompress(STORED.read_bytes()).splitlines()
    for line in lines[::step]:
        row = json.loads(line)
        yield check(
            Patient.model_validate(row["patient"]),
            start=date.fromisoformat(row["start"]),
            days=row["days"],
            as_of=date.fromisoformat(row["as_of"]),
        )


def written(what: object) -> str:
    """Write JSON as it would be sent."""
    return json.dumps(what, ensure_ascii=False)
