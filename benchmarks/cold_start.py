"""Cold start of every command against importing what it stands on. Prints ratios.

Run it where the package was installed from a wheel (``pip install .``), so that it carries its
compiled rulebook: ``python benchmarks/cold_start.py [RUNS]``. Imports and command are timed in turn,
and the median of the paired ratios is printed.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BASE = [sys.executable, "-c", "import click, tabulate; from pydantic import BaseModel"]
MAN = ("--age", "34", "--sex", "male", "--nothing-else")
COMMANDS: dict[str, tuple[tuple[str, ...], float]] = {
    "check": (("check", *MAN, "--has", "asthma"), 1.5),
    "list": (("list",), 1.8),
    "terms": (("terms", "J45.0"), 1.8),
    "show": (("show", "fastum-gel"), 1.8),
    "plan": (("plan", "fastum-gel", *MAN), 1.8),
    "ask": (("ask", *MAN, "--remedy", "fastum-gel"), 1.8),
    "schema": (("schema", "patient"), 1.8),
    "completion": ((), 1.8),
}
"""Every command with its goal: what it may cost, as a multiple of the imports."""


def seconds(command: list[str], folder: str, **more: str) -> float:
    """Run a command once and return how long it took."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")} | more
    begin = time.perf_counter()
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, cwd=folder, env=environment
    )
    return time.perf_counter() - begin


def main() -> None:
    """Time every command in turn with the imports and print the ratios beside their goals."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    program = str(Path(sys.executable).with_name("remedies"))
    shell = {"_REMEDIES_COMPLETE": "bash_complete", "COMP_WORDS": "remedies show f", "COMP_CWORD": "2"}
    with tempfile.TemporaryDirectory() as folder:
        for name, (words, goal) in COMMANDS.items():
            more = {} if words else shell
            seconds(BASE, folder), seconds([program, *words], folder, **more)
            pairs = [(seconds(BASE, folder), seconds([program, *words], folder, **more)) for _ in range(runs)]
            ratio = statistics.median(ours / base for base, ours in pairs)
            base, ours = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
            print(f"{name:<10} {ours:4.0f} ms, imports alone {base:4.0f} ms: ratio {ratio:.2f} (goal {goal:.2f})")


if __name__ == "__main__":
    main()
