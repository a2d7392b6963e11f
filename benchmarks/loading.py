"""How long it takes to load the shipped catalogue: from the records, and from the compiled index.

Each time is taken inside a fresh process, after ``remedies`` and what loading imports are there,
and the best of several is printed. A checkout carries no index, so one is made in a folder of its own.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import remedies
from remedies import Catalogue

RUNS = 15
GOAL = 60

CHECKOUT = Path(remedies.__file__).parents[1]

TIMED = """
import time
import remedies.knowledge.catalogue, remedies.knowledge.compiler, remedies.knowledge.loading
begin = time.perf_counter()
catalogue = remedies.knowledge.catalogue.Catalogue.shipped()
assert len(catalogue.index.remedies) == 21
print(time.perf_counter() - begin, "_loaded" in vars(catalogue))
"""

COLD = TIMED.replace(
    "import remedies.knowledge.catalogue, remedies.knowledge.compiler, remedies.knowledge.loading",
    "import remedies.knowledge.catalogue",
)
"""The same without the imports that only the records need: what a first check in a process pays."""


def milliseconds(script: str, folder: Path, *, records: bool) -> float:
    """Return the best time of several fresh processes.

    Raises:
        RuntimeError: the catalogue was loaded in another way than meant.
    """
    best = float("inf")
    for _ in range(RUNS):
        done = subprocess.run(
            [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(folder)!r})\n{script}"],
            check=True,
            capture_output=True,
            text=True,
            cwd=folder,
        )
        taken, loaded = done.stdout.split()
        if (loaded == "True") is not records:
            message = f"the records were {'' if loaded == 'True' else 'not '}loaded"
            raise RuntimeError(message)
        best = min(best, float(taken) * 1000)
    return best


def install(folder: Path, *, index: bool) -> None:
    """Lay the package out as a wheel does, with or without its index."""
    shutil.copytree(Path(remedies.__file__).parent, folder / "remedies", ignore=shutil.ignore_patterns("__pycache__"))
    data = folder / "remedies" / "_data"
    if not data.is_dir():
        shutil.copytree(CHECKOUT / "data", data)
    (data / "index.json").unlink(missing_ok=True)
    if index:
        compiled = Catalogue.load(data / "remedies.json").index_file()
        (data / "index.json").write_text(compiled, encoding="utf-8")


def main() -> None:
    """Time both ways and print them beside the goal."""
    with tempfile.TemporaryDirectory() as folder:
        with_index, without = Path(folder) / "index", Path(folder) / "records"
        install(with_index, index=True)
        install(without, index=False)
        for name, place, records in (("index", with_index, False), ("records", without, True)):
            taken = milliseconds(TIMED, place, records=records)
            cold = milliseconds(COLD, place, records=records)
            print(f"{name:<8} {taken:6.1f} ms, with its imports {cold:6.1f} ms (goal {GOAL} ms)")


if __name__ == "__main__":
    main()
