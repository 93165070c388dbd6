"""Who writes next in a SQLite file: one at a time, and what a room hears before the rest.

SQLite itself lets those who wait sleep and try again, in no order: with forty at it the file is
idle half of the time, and whoever has no luck waits for seconds.
"""

from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock


class Pen:
    """Handed from one thread to the next; whoever waits too long asks the file itself."""

    def __init__(self, *, patience: float) -> None:
        self._patience = patience
        self._pen = Lock()
        # Of those who are in no hurry one alone stands before the pen: the others queue for that.
        self._queue = Lock()

    @contextmanager
    def held(self, *, is_urgent: bool) -> Generator[None]:
        """Hold the pen."""
        if is_urgent:
            with self._taken(self._pen):
                yield
        else:
            with self._taken(self._queue), self._taken(self._pen):
                yield

    @contextmanager
    def _taken(self, lock: Lock) -> Generator[None]:
        is_taken = lock.acquire(timeout=self._patience)
        try:
            yield
        finally:
            if is_taken:
                lock.release()
