"""Counting in moving windows, which know what really happened in the last minute."""

import math
import time

from limits import RateLimitItem
from limits.storage import MovingWindowSupport, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from treno_chat.actions.limits.windows import MemoryWindows
from treno_chat.domain.refusals import TooFast

# A Redis that does not answer is away: nobody waits longer for it.
PATIENCE = 1
Window = tuple[RateLimitItem, str, str]


def storage_at(redis_url: str) -> Storage:
    """Return where hits are counted: in Redis when several processes must count together."""
    if not redis_url:
        return MemoryWindows()
    storage = storage_from_string(
        redis_url,
        wrap_exceptions=True,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
    )
    if not isinstance(storage, Storage):
        raise TypeError("a storage that is asked from an event loop")
    return storage


class Windows:
    """Lets so many through; raises `StorageError` when the storage is away."""

    def __init__(self, storage: Storage) -> None:
        if not isinstance(storage, MovingWindowSupport):
            raise TypeError("a storage without moving windows")
        self._limiter = MovingWindowRateLimiter(storage)

    def count(self, *windows: Window) -> None:
        """Count a hit in each window, or raise TooFast with the seconds until all have room.

        All are asked before any is counted: who is refused by one does not use up another.
        """
        self.require_room(*windows)
        self.hit(*windows)

    def require_room(self, *windows: Window) -> None:
        """Ask whether all windows have room, and count nothing."""
        waits = [self._wait(*window) for window in windows if not self._limiter.test(*window)]
        if waits:
            raise TooFast(seconds=max(waits))

    def hit(self, *windows: Window) -> None:
        """Count a hit in each window."""
        for window in windows:
            # Full by now: somebody else who asked at the same time was faster.
            if not self._limiter.hit(*window):
                raise TooFast(seconds=self._wait(*window))

    def count_all(self, *windows: Window) -> None:
        """Count a hit wherever there is room, and refuse nothing."""
        for window in windows:
            self._limiter.hit(*window)

    def _wait(self, item: RateLimitItem, *key: str) -> int:
        reset_at = self._limiter.get_window_stats(item, *key).reset_time
        return max(1, math.ceil(reset_at - time.time()))
