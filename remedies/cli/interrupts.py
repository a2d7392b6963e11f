"""Ctrl-C where it may not come at any moment."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import FrameType


class Interrupts:
    """Takes Ctrl-C over for a while; whoever inherits says what becomes of it."""

    _before: Any = None

    def __enter__(self) -> Self:
        """Take over; threads other than the first are never interrupted."""
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(self, *_: object) -> None:
        """Hand back."""
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _interrupt(self, _: int, __: FrameType | None) -> None:
        """Act on Ctrl-C.

        Raises:
            KeyboardInterrupt: it is to be felt here and now.
        """
        raise NotImplementedError
