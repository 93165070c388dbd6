"""How often: limits on the session and the account first, on the address last and generously.

Sending has a pace: some at once, then one a second. Everything else is counted in moving windows,
which know what really happened in the last minute. The wait that is told is the true one.
"""

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from treno_chat.actions.pace import MemoryPace, Pace, RedisPace
from treno_chat.actions.windows import MemoryWindows
from treno_chat.domain.addresses import network_of
from treno_chat.domain.buckets import Rate
from treno_chat.domain.refusals import TooFast
from treno_chat.domain.sessions import Principal

ENTRIES_PER_VISITOR = 5
CEREMONIES_PER_VISITOR = 20
Window = tuple[RateLimitItem, str, str]


class Limits:
    """Counts in memory, or in Redis when several processes must count together."""

    def __init__(
        self,
        redis_url: str = "",
        *,
        send_burst: int = 5,
        sends_per_second: int = 1,
        sends_per_minute: int = 30,
        entries_per_minute: int = 60,
    ) -> None:
        storage = storage_from_string(redis_url) if redis_url else MemoryWindows()
        self._windows = MovingWindowRateLimiter(storage)
        rate = Rate(burst=send_burst, per_second=sends_per_second)
        self._pace: Pace = RedisPace(redis_url, rate) if redis_url else MemoryPace(rate)
        self._send_person = RateLimitItemPerMinute(sends_per_minute)
        self._enter_visitor = RateLimitItemPerMinute(ENTRIES_PER_VISITOR)
        self._enter_address = RateLimitItemPerMinute(entries_per_minute)
        self._ceremony_visitor = RateLimitItemPerMinute(CEREMONIES_PER_VISITOR)
        self._ceremony_address = RateLimitItemPerMinute(entries_per_minute * 4)

    def check_send(self, principal: Principal) -> None:
        """Count a message; raises TooFast with the seconds until the next may be sent."""
        by_person = self._send_person, "send-person", principal.user.id
        # The window first: its waits are whole seconds, those of the pace are shorter.
        self._require_room(by_person)
        if wait := self._pace.take(principal.session.id):
            raise TooFast(seconds=math.ceil(wait))
        self._hit(by_person)

    def check_entry(self, visitor: str | None, *, address: str) -> None:
        """Count an entry; `visitor` is the pre-session cookie, None before there is one."""
        by_visitor = ((self._enter_visitor, "enter-visitor", visitor),) if visitor else ()
        self._count(*by_visitor, (self._enter_address, "enter-address", network_of(address)))

    def check_ceremony(self, visitor: str | None, *, address: str) -> None:
        """Count the start of a passkey ceremony."""
        by_visitor = ((self._ceremony_visitor, "ceremony-visitor", visitor),) if visitor else ()
        self._count(*by_visitor, (self._ceremony_address, "ceremony-address", network_of(address)))

    def _count(self, *windows: Window) -> None:
        # All are asked before any is counted: who is refused by one does not use up another.
        self._require_room(*windows)
        self._hit(*windows)

    def _require_room(self, *windows: Window) -> None:
        waits = [self._wait(*window) for window in windows if not self._windows.test(*window)]
        if waits:
            raise TooFast(seconds=max(waits))

    def _hit(self, *windows: Window) -> None:
        for window in windows:
            # Full by now: somebody else who asked at the same time was faster.
            if not self._windows.hit(*window):
                raise TooFast(seconds=self._wait(*window))

    def _wait(self, item: RateLimitItem, *key: str) -> int:
        reset_at = self._windows.get_window_stats(item, *key).reset_time
        return max(1, math.ceil(reset_at - time.time()))
