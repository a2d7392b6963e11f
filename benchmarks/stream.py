"""A stream of patients against the JSON codec alone, and two processes against one. Prints ratios beside their bounds.

Several hundred made-up patients, each different and fully described: age or birth date, sex, pregnancy, and up to
three illnesses, one allergy, three medicines, one thing about the skin in the words and codes of ``words.tsv``
that come out as something, with every list closed. All that is written goes nowhere (the null device).

The first two ratios are of the best of several rounds that take turns in one process. The third needs a machine
with two idle cores: it compares whole runs, the start of the processes and their first look at each word included.
It exits with 1 where a bound is missed. ``--quick`` leaves the processes out.

    python benchmarks/stream.py [--quick]
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from remedies import check_lines

DAY = date(2026, 11, 22)
PATIENTS, ROUNDS, REPORTS = 600, 15, 5
SUMMARIES_SHARED, REPORTS_SHARED = 300_000, 12_000
"""Lines that one process and two processes answer; the same patients over and over."""

SUMMARY_BOUND, REPORT_BOUND, JOBS_BOUND = 12, 5, 1.8

NOWHERE = Path(os.devnull)
WORDS = Path(__file__).with_name("words.tsv")
NO_FACTS = {"NONE", "NEG", "FH", "UNKNOWN", "UNCLEAR", "PREGNANCY", "BREASTFEEDING"}
MOST = {"conditions": 3, "allergies": 1, "medicines": 3, "skin": 1, "circumstances": 0, "signs": 0}


def people() -> list[str]:
    """Make up the lines, the same in every run."""
    chance = random.Random(10)  # noqa: S311 - it draws no secrets
    words: dict[str, list[str]] = {topic: [] for topic in MOST}
    for row in WORDS.read_text("utf-8").splitlines():
        if not row.startswith("#"):
            _, topic, word, expected = row.split("\t")
            if expected not in NO_FACTS and not expected.startswith("?"):
                words[topic].append(word)
    lines = []
    for number in range(PATIENTS):
        age, sex = chance.randint(18, 90), chance.choice(["male", "female"])
        said: dict[str, object] = {"id": f"patient-{number}", "sex": sex}
        said |= {"age": age} if number % 2 else {"born": f"{DAY.year - age}-{chance.randint(1, 9):02}-17"}
        if sex == "female":
            said |= {"pregnancy": "no", "breastfeeding": False}
        for topic, most in MOST.items():
            said[topic] = {"yes": chance.sample(words[topic], chance.randint(0, most)), "rest": "no"}
        lines.append(json.dumps(said, ensure_ascii=False))
    return lines


def best(calls: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the best CPU time of each of some calls that take turns, in seconds."""
    taken = dict.fromkeys(calls, float("inf"))
    for _ in range(rounds):
        for name, call in calls.items():
            begin = time.process_time()
            call()
            taken[name] = min(taken[name], time.process_time() - begin)
    return taken


def answer(lines: list[str], *, summary: bool, jobs: int = 1, times: int = 1) -> None:
    """Check every line and write what comes of it."""
    repeated = (line for _ in range(times) for line in lines)
    with NOWHERE.open("w", encoding="utf-8") as out:
        for checked in check_lines(repeated, start=DAY, as_of=DAY, summary=summary, jobs=jobs):
            if checked.failed:
                raise ValueError(checked.text)
            out.write(f"{checked.text}\n")


def codec(lines: list[str]) -> None:
    """Read and write the same lines as JSON."""
    with NOWHERE.open("w", encoding="utf-8") as out:
        for line in lines:
            out.write(f"{json.dumps(json.loads(line))}\n")


def encode(documents: list[object]) -> None:
    """Write reports that lie ready as dicts."""
    with NOWHERE.open("w", encoding="utf-8") as out:
        for document in documents:
            out.write(f"{json.dumps(document)}\n")


def shared(lines: list[str], total: int, *, summary: bool) -> tuple[float, float]:
    """Return the seconds that one process and two processes take."""
    taken = []
    for jobs in (1, 2):
        begin = time.perf_counter()
        answer(lines, summary=summary, jobs=jobs, times=total // len(lines))
        taken.append(time.perf_counter() - begin)
    one, two = taken
    return one, two


def show(name: str, ratio: float, bound: str, *, kept: bool, more: str) -> bool:
    """Print a row, and tell whether the bound is kept."""
    print(f"{name:<34} {ratio:6.2f}   {bound:<14} {'kept' if kept else 'MISSED'}   {more}")
    return kept


def main() -> int:
    """Print the ratios, and tell whether every bound is kept."""
    lines = people()
    reports: list[object] = [
        json.loads(checked.text) for checked in check_lines(lines, start=DAY, as_of=DAY, summary=False)
    ]
    print(f"{len(lines)} patients, {sum(map(len, lines)) / len(lines):.0f} characters each")
    small = best({"codec": lambda: codec(lines), "ours": lambda: answer(lines, summary=True)}, ROUNDS)
    large = best({"codec": lambda: encode(reports), "ours": lambda: answer(lines, summary=False)}, REPORTS)
    kept = []
    for name, taken, bound in (
        ("summaries : json.loads+dumps", small, SUMMARY_BOUND),
        ("reports : json.dumps of them", large, REPORT_BOUND),
    ):
        ratio = taken["ours"] / taken["codec"]
        each = " and ".join(f"{taken[one] / len(lines) * 1e6:.0f}" for one in ("ours", "codec"))
        kept.append(show(name, ratio, f"at most {bound}", kept=ratio <= bound, more=f"{each} µs a line"))
    if "--quick" not in sys.argv:
        for name, total, summary in (("summaries", SUMMARIES_SHARED, True), ("reports", REPORTS_SHARED, False)):
            one, two = shared(lines, total, summary=summary)
            more = f"{one:.1f} and {two:.1f} s for {total:,} lines"
            title, least = f"{name}: one process : two", f"at least {JOBS_BOUND}"
            kept.append(show(title, one / two, least, kept=one / two >= JOBS_BOUND, more=more))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
