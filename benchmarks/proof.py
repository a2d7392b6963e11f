"""The proof that the hand-written queries answer what the library does: with ``verdicts``, one patient after the other.

Half of the rows are as ``tables.py`` draws them; over cells of the other half faults are written. ``screen`` is
compared as well. It exits with 1 where any row differs.

    python benchmarks/proof.py ROWS
"""

import sys
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1]))

import duckdb
import numpy as np
import polars as pl

from benchmarks.handwritten import PREGNANT, TRIMESTERS, duckdb_query, polars_query
from benchmarks.tables import SEED, block
from remedies import Catalogue, Patient, PatientError, verdicts
from remedies.knowledge.topics import TOPICS
from remedies.knowledge.vocabulary import Vocabulary
from remedies.screening import screen

COURSES = (date(2026, 11, 22), 5), (date(2028, 2, 29), 1)
"""The courses for which verdicts are compared."""


def patient(row: dict[str, Any], vocabulary: Vocabulary) -> Patient:
    """Write a row as a patient."""
    said: dict[str, Any] = {"age": row["age_years"], **{key: row[key] for key in ("sex", "pregnancy", "breastfeeding")}}
    word, weeks = row["pregnancy"], row["pregnancy_weeks"]
    if word in TRIMESTERS:
        said["pregnancy"] = {"trimester": TRIMESTERS.index(word) + 1}
    if weeks is not None:
        fits = word in {None, "yes"} or (word in PREGNANT and PREGNANT[word][0] <= 7 * weeks < PREGNANT[word][1])
        # What no patient says at once is no patient.
        said["pregnancy"] = {"weeks": weeks} if fits else {"weeks": -1}
    for topic in TOPICS:
        names = [entry.id for entry in vocabulary.entries if entry.topic == topic and row[entry.id] is not None]
        sides = {side: [name for name in names if row[name] is so] for side, so in (("yes", True), ("no", False))}
        said[topic] = {**sides, "rest": "no" if row[f"closed_{topic}"] else "unknown"}
    return Patient.model_validate(said)


FAULTS: dict[str, tuple[Any, ...]] = {
    "id": (None,),
    "sex": ("x", "", "male"),
    "age_years": (-3, 121, 500),
    "pregnancy": ("x", "trimester-4", "no", "possible", "yes", "trimester-1", "trimester-2", "trimester-3"),
    "pregnancy_weeks": (-1, 45, 13, 14, 27, 28),
    "breastfeeding": (True, False),
}
"""What is written over a cell, which is a fault by itself or beside something else in its row."""


def with_faults(people: pl.DataFrame) -> pl.DataFrame:
    """Write over cells of most rows: of a person, or of up to three facts, what may contradict the rest of the row."""
    draw = np.random.default_rng(SEED)
    vocabulary = Catalogue.shipped().vocabulary
    rows = people.to_dicts()
    for row in rows:
        kind = draw.choice(["none", "person", "facts"])
        if kind == "person":
            column = draw.choice([*FAULTS])
            row[column] = FAULTS[column][draw.integers(len(FAULTS[column]))]
        elif kind == "facts":
            for fact in draw.choice([entry.id for entry in vocabulary.entries], 3):
                row[fact] = bool(draw.integers(2))
    return pl.DataFrame(rows, schema=people.schema)


def expected(row: dict[str, Any], vocabulary: Vocabulary, as_of: date, days: int) -> dict[str, str] | None:
    """Return the verdicts that the library gives one patient; nothing where it takes the patient for none."""
    if row["id"] is None:
        return None
    try:
        return {**verdicts(patient(row, vocabulary), as_of=as_of, days=days)}
    except PatientError:
        return None


def prove(rows: int) -> int:
    """Compare both queries with one check after the other, and with a screening; return how many rows differ."""
    rulebook, different, seen = Catalogue.shipped().rulebook, 0, Counter[str]()
    nothing = (None,) * len(rulebook.remedies)
    shut = [pl.lit(value=True).alias(f"closed_{topic}") for topic in TOPICS]
    for number, (dense, faults, (as_of, days)) in enumerate(product((False, True), (False, True), COURSES)):
        people = block(1000 + number, rows, rulebook.vocabulary, dense=dense)
        people = people.with_columns(shut) if number % 3 == 0 else people
        people = with_faults(people) if faults else people
        right = [expected(row, rulebook.vocabulary, as_of, days) for row in people.to_dicts()]
        wanted = [(id_, *(one.values() if one else nothing)) for id_, one in zip(people["id"], right, strict=True)]
        by_polars = polars_query(people.lazy(), rulebook, as_of=as_of, days=days).collect()
        by_duckdb = duckdb.execute(duckdb_query("people", rulebook, as_of=as_of, days=days)).fetchall()
        for found in (by_polars.rows(), by_duckdb, screen(people, as_of=as_of, days=days).verdicts.rows()):
            different += sum(row != one for row, one in zip(found, wanted, strict=True))
        seen.update(verdict or "rejected" for row in wanted for verdict in row[1:])
    print(f"{different} rows differ; {8 * rows} rows, verdicts {dict(seen)}")
    return different


if __name__ == "__main__":
    sys.exit(prove(int(sys.argv[1])) > 0)
