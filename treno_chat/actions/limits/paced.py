"""What people do all the time, sending and opening rooms: some at once, then so many a second.

Each has a pace by session or by person, and perhaps a window by person. While Redis is away every
process goes on by itself: people keep talking, and nobody may hammer.
"""

import math
import time
from dataclasses import dataclass

from limits import RateLimitItem
from limits.errors import StorageError
from limits.storage import Storage
from redis import RedisError

from treno_chat.actions.limits.counting import Windows
from treno_chat.actions.limits.pace import MemoryPace, Pace, RedisPace
from treno_chat.actions.limits.windows import MemoryWindows
from treno_chat.domain.buckets import Rate
from treno_chat.domain.door.sessions import Holder
from treno_chat.domain.refusals import TooFast

# After Redis failed, so long nobody waits for it again.
RESPITE = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """How often something may be done; `name` keeps its counts apart from those of others.

    The rate is that of a session; `is_of_person`, of all the sessions of a person together.
    """

    name: str
    rate: Rate
    is_of_person: bool = False
    by_person: RateLimitItem | None = None


class Paced:
    """Counts in Redis if there is one, and for itself while that is away."""

    def __init__(self, measure: Measure, *, redis_url: str, storage: Storage) -> None:
        self._measure = measure
        self._own = MemoryPace(measure.rate), Windows(MemoryWindows())
        self._shared = self._own
        if redis_url:
            self._shared = RedisPace(redis_url, measure.rate), Windows(storage)
        self._away_until = 0.0

    def check(self, holder: Holder) -> None:
        """Count one; raises TooFast with the seconds until the next."""
        if time.monotonic() < self._away_until:
            self._take(*self._own, holder)
            return
        try:
            self._take(*self._shared, holder)
        except (StorageError, RedisError):
            self._away_until = time.monotonic() + RESPITE
            self._take(*self._own, holder)

    def _take(self, pace: Pace, windows: Windows, holder: Holder) -> None:
        name, item = self._measure.name, self._measure.by_person
        by_person = ((item, f"{name}-person", holder.user_id),) if item else ()
        # The window first: its waits are whole seconds, those of the pace are shorter.
        windows.require_room(*by_person)
        paced = holder.user_id if self._measure.is_of_person else holder.session_id
        if wait := pace.take(f"{name} {paced}"):
            raise TooFast(seconds=math.ceil(wait))
        windows.hit(*by_person)
