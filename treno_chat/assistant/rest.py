"""Leaving an endpoint alone for a while after it failed several times: nobody waits for it then."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

FAILURES = 3
REST_SECONDS = 30.0


class Rest:
    """Counts failures in a row; a success, or the end of a rest, begins anew."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._until = 0.0

    def is_on(self) -> bool:
        """Say whether the endpoint is left alone now."""
        with self._lock:
            return self._clock() < self._until

    def note_success(self) -> None:
        """Take note that it answered."""
        with self._lock:
            self._failures = 0

    def note_failure(self) -> None:
        """Take note that it did not."""
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES:
                self._failures = 0
                self._until = self._clock() + REST_SECONDS
