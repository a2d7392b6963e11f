"""Cold start of ``remedies check`` against importing what it stands on. Prints a ratio.

Run it where the package was installed from a wheel (``pip install .``), so that it carries its
compiled index: ``python benchmarks/cold_start.py``.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

BASE = [sys.executable, "-c", "import click, tabulate; from pydantic import BaseModel"]
OURS = [
    sys.executable,
    "-c",
    "from remedies.cli import main; main()",
    *("check", "--age", "34", "--sex", "male", "--has", "asthma", "--nothing-else"),
]
RUNS = 41


def seconds(command: list[str], folder: str) -> float:
    """Run a command once and return how long it took."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, env=environment)
    return time.perf_counter() - begin


def main() -> None:
    """Run both in turn and print the ratio of the medians and the median of the paired ratios."""
    with tempfile.TemporaryDirectory() as folder:
        seconds(BASE, folder), seconds(OURS, folder)
        pairs = [(seconds(BASE, folder), seconds(OURS, folder)) for _ in range(RUNS)]
    base, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    paired = statistics.median(ours / base for base, ours in pairs)
    print(f"imports alone {base * 1000:.0f} ms, remedies check {ours * 1000:.0f} ms: ratio {paired:.2f} (goal 1.50)")


if __name__ == "__main__":
    main()
