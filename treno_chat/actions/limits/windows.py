"""Moving windows in memory, for a program that is one process.

The library's own memory starts a thread at a hit, which looks through everything that is kept: with
5,000 people on board that costs 8 ms of processor time a message. Here nothing runs beside.
"""

import time
from bisect import bisect_right
from threading import Lock

from limits.storage import MovingWindowSupport, Storage

from treno_chat.domain.fading import Fading


class MemoryWindows(Storage, MovingWindowSupport):
    """Keeps the times of the last hits; any number of threads may ask at once."""

    STORAGE_SCHEME = None

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self._hits = Fading(list[float])

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """What may fail here: nothing."""
        return ()

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count a hit, or say that the window is full."""
        now = time.time()
        with self._lock:
            hits = self._hits.touch(key, now=now, seconds=expiry)
            hits[:] = _within(hits, now=now, seconds=expiry)
            if len(hits) + amount > limit:
                return False
            hits += [now] * amount
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """Return the time of the oldest hit that counts, and how many do."""
        _ = limit
        now = time.time()
        with self._lock:
            hits = _within(self._hits.get(key) or [], now=now, seconds=expiry)
        return (hits[0] if hits else now), len(hits)

    def clear(self, key: str) -> None:
        """Forget the hits of a key."""
        with self._lock:
            self._hits.drop(key)

    def reset(self) -> None:
        """Forget every hit."""
        with self._lock:
            self._hits = Fading(list[float])

    def check(self) -> bool:
        """Say that memory is there."""
        return True

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Refuse: only moving windows are kept here, no counters."""
        raise NotImplementedError

    def get(self, key: str) -> int:
        """Refuse: only moving windows are kept here, no counters."""
        raise NotImplementedError

    def get_expiry(self, key: str) -> float:
        """Refuse: only moving windows are kept here, no counters."""
        raise NotImplementedError


def _within(hits: list[float], *, now: float, seconds: int) -> list[float]:
    # A clock that was set back does not lock anybody out until it is again as late as it was: what
    # is later than now goes before a hit is added, and so the times are always in order.
    return hits[bisect_right(hits, now - seconds) : bisect_right(hits, now)]
