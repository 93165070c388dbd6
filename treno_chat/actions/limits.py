"""How often: limits on the session and the account first, on the address last and generously.

A moving window counts what really happened in the last seconds, so nobody who types normally is
ever hit, and the wait that is told is the true one.
"""

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from treno_chat.domain.refusals import TooFast
from treno_chat.domain.sessions import Principal

ENTRIES_PER_VISITOR = 5
CEREMONIES_PER_VISITOR = 20


class Limits:
    """Counts in memory, or in Redis when several processes must count together."""

    def __init__(
        self,
        storage_url: str = "",
        *,
        send_burst: int = 5,
        sends_per_minute: int = 30,
        entries_per_minute: int = 60,
    ) -> None:
        self._windows = MovingWindowRateLimiter(storage_from_string(storage_url or "memory://"))
        # Five at once, then one a second on average: the same bucket, seen as a window.
        self._send_session = RateLimitItemPerSecond(send_burst, send_burst)
        self._send_person = RateLimitItemPerMinute(sends_per_minute)
        self._enter_visitor = RateLimitItemPerMinute(ENTRIES_PER_VISITOR)
        self._enter_address = RateLimitItemPerMinute(entries_per_minute)
        self._ceremony_visitor = RateLimitItemPerMinute(CEREMONIES_PER_VISITOR)
        self._ceremony_address = RateLimitItemPerMinute(entries_per_minute * 4)

    def check_send(self, principal: Principal) -> None:
        """Count a message; raises TooFast with the seconds until the next may be sent."""
        self._count(
            (self._send_session, "send-session", principal.session.id),
            (self._send_person, "send-person", principal.user.id),
        )

    def check_entry(self, visitor: str | None, *, address: str) -> None:
        """Count an entry; `visitor` is the pre-session cookie, None before there is one."""
        by_visitor = ((self._enter_visitor, "enter-visitor", visitor),) if visitor else ()
        self._count(*by_visitor, (self._enter_address, "enter-address", address))

    def check_ceremony(self, visitor: str | None, *, address: str) -> None:
        """Count the start of a passkey ceremony."""
        by_visitor = ((self._ceremony_visitor, "ceremony-visitor", visitor),) if visitor else ()
        self._count(*by_visitor, (self._ceremony_address, "ceremony-address", address))

    def _count(self, *windows: tuple[RateLimitItem, str, str]) -> None:
        # All are asked before any is counted: who is refused by one does not use up another.
        waits = [self._wait(*window) for window in windows if not self._windows.test(*window)]
        if waits:
            raise TooFast(seconds=max(waits))
        for window in windows:
            self._windows.hit(*window)

    def _wait(self, item: RateLimitItem, *key: str) -> int:
        reset_at = self._windows.get_window_stats(item, *key).reset_time
        return max(1, math.ceil(reset_at - time.time()))
