"""One catalogue for all threads and forks of a process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def ran(program: str) -> str:
    """Run a program in a fresh interpreter, where nothing is loaded yet."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, timeout=60, check=False
    )
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout


RACE = """
import sys
import threading
from remedies import Catalogue

sys.setswitchinterval(1e-6)
together = threading.Barrier(16)
found = []

def load():
    together.wait()
    found.append(Catalogue.shipped())

threads = [threading.Thread(target=load) for _ in range(16)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(found), len(set(map(id, found))))
"""


def test_sixteen_threads_that_race_for_the_shipped_catalogue_get_one_and_the_same() -> None:
    assert ran(RACE) == "16 1\n"


def test_sixteen_threads_that_race_for_its_records_get_one_and_the_same() -> None:
    assert ran(RACE.replace("Catalogue.shipped()", "Catalogue.shipped().file")) == "16 1\n"


FORK = """
import os
import threading
import warnings

warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons warn of just what is tried here
from remedies import Catalogue, Patient, check
from remedies.knowledge.catalogue import _Once

held, done = threading.Event(), threading.Event()

def hold():
    with _Once.lock:
        held.set()
        done.wait()

threading.Thread(target=hold, daemon=True).start()
held.wait()
child = os.fork()
if child == 0:
    verdict = check(Patient(conditions=["asthma"]))["dolobene"].verdict
    os._exit(0 if verdict == "excluded" else 1)
for _ in range(300):
    ended, status = os.waitpid(child, os.WNOHANG)
    if ended:
        print("ended", os.waitstatus_to_exitcode(status))
        break
    threading.Event().wait(0.1)
else:
    os.kill(child, 9)
    print("hangs")
done.set()
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where processes fork")
def test_a_child_that_was_forked_while_the_lock_was_held_still_works() -> None:
    assert ran(FORK) == "ended 0\n"
