"""Work shared among processes: answers in the order of the questions, and never many of them at once.

Each worker is a fresh interpreter that talks through two pipes. It never runs the caller's script a second time,
as the processes of ``multiprocessing`` do, so that it makes no difference how that script is written; and it
ends when its pipes do, whatever becomes of its parent.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any, Generic, TypeVar, cast

from remedies.core.errors import Fault, RemediesError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from concurrent.futures import Future

Question = TypeVar("Question")
Answer = TypeVar("Answer")

WAITING = 2
"""So many questions are under way for each worker."""

_START = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "from remedies.intake.workers import serve; serve()"
)

_GROUP = {"posix": 0}.get(os.name)
_FLAGS: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
"""A worker stands in a group of its own, so that Ctrl-C reaches only the program, which ends its workers itself."""


def in_processes(
    answer: Callable[[Question], Answer], questions: Iterable[Question], jobs: int
) -> Generator[Answer, None, None]:
    """Answer questions in several processes, in order.

    No more than ``WAITING`` questions for each worker are taken before the first of them is answered.

    Args:
        answer: answers one question; it is sent to each worker once.
        questions: what to answer; both ways are cheap for plain tuples and lists.
        jobs: how many workers.

    Raises:
        RemediesError: a worker has ended.
    """
    workers: list[_Worker[Question, Answer]] = []
    idle: SimpleQueue[_Worker[Question, Answer]] = SimpleQueue()
    threads = ThreadPoolExecutor(jobs)

    def turn(question: Question) -> Answer:
        worker = idle.get()
        found = worker.answer(question)
        idle.put(worker)
        return found

    try:
        # What all of them are told is written down once: it may hold a whole catalogue.
        told = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        for _ in range(jobs):
            workers.append(_Worker(told))
            idle.put(workers[-1])
        waiting: deque[Future[Answer]] = deque()
        for question in questions:
            waiting.append(threads.submit(turn, question))
            if len(waiting) >= WAITING * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for worker in workers:
            worker.stop()
        for _ in workers:
            # A thread that waits for a worker finds one that has ended.
            idle.put(workers[0])
        threads.shutdown(cancel_futures=True)
        for worker in workers:
            worker.close()


class _Worker(Generic[Question, Answer]):
    """One process, as its parent sees it."""

    def __init__(self, told: bytes) -> None:
        """Start it, and tell it how to answer, as it was pickled."""
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=_GROUP,
            creationflags=_FLAGS,
        )
        self._questions, self._answers = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        self._send(pickle.dumps(sys.path, pickle.HIGHEST_PROTOCOL))
        self._send(told)

    def answer(self, question: Question) -> Answer:
        """Have a question answered."""
        self._send(pickle.dumps(question, pickle.HIGHEST_PROTOCOL))
        try:
            found: Answer = pickle.load(self._answers)  # noqa: S301 - from a process of our own
        except (EOFError, OSError, pickle.UnpicklingError):
            raise _ended() from None
        return found

    def _send(self, pickled: bytes) -> None:
        try:
            self._questions.write(pickled)
            self._questions.flush()
        except OSError:
            raise _ended() from None

    def stop(self) -> None:
        """End the process at once; it keeps nothing."""
        self._process.kill()

    def close(self) -> None:
        """Close the pipes of a process that was stopped."""
        with suppress(OSError):
            self._questions.close()
        self._answers.close()
        self._process.wait()


def _ended() -> RemediesError:
    message = "a worker process has ended before its work was done; try again with fewer jobs"
    return RemediesError(Fault(("jobs",), message))


def serve() -> None:
    """Answer questions until there are no more: what a worker runs."""
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    # What somebody prints must not come between the answers.
    sys.stdout = sys.stderr
    try:
        answer: Callable[[Any], Any] = pickle.load(questions)  # noqa: S301 - from our parent
        gc.freeze()
        while True:
            question = pickle.load(questions)  # noqa: S301 - as above
            pickle.dump(answer(question), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
    except (EOFError, OSError):
        return
