"""A full check, reasons and all, against ``verdicts`` alone. Prints ratios, on one core.

Two patients: one who has answered everything, and one of whom only age and sex are known, so that
nearly every rule of every remedy may hold.
"""

import statistics
import time
from collections.abc import Callable
from datetime import date

from remedies import Patient, check, verdicts

DAY = date(2026, 11, 22)
PATIENTS = {
    "everything answered": (
        Patient(
            age=34,
            sex="female",
            pregnancy="no",
            breastfeeding=False,
            conditions=["asthma"],
            allergies=["аспирин"],
            medicines=["варфарин"],
            nothing_else=True,
        ),
        8,
    ),
    "age and sex alone": (Patient(age=34, sex="female"), 40),
}
"""Each patient with the goal: so many times slower than ``verdicts`` at most."""

ROUNDS = 15


def seconds(call: Callable[[], object], times: int) -> float:
    """Return the CPU time of one call, over some of them."""
    begin = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - begin) / times


def main() -> None:
    """Time both in turn and print the medians and their ratio beside the goal."""
    for name, (patient, goal) in PATIENTS.items():

        def short(patient: Patient = patient) -> object:
            return verdicts(patient, start=DAY, as_of=DAY)

        def full(patient: Patient = patient) -> object:
            return check(patient, start=DAY, as_of=DAY)

        short(), full()
        pairs = [(seconds(short, 200), seconds(full, 40)) for _ in range(ROUNDS)]
        ratio = statistics.median(long / quick for quick, long in pairs)
        quick, long = (statistics.median(times) * 1e6 for times in zip(*pairs, strict=True))
        report = check(patient, start=DAY, as_of=DAY)
        size = len(report.model_dump_json()) / 1000
        print(f"{name}: verdicts {quick:.0f} µs, check {long:.0f} µs, {size:.0f} kB: ratio {ratio:.1f} (goal {goal})")


if __name__ == "__main__":
    main()
