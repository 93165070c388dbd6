"""The pace of sending: a bucket for each session, in memory or in Redis.

The library of the windows has no buckets, and no window is one: whoever used up five in a window of
five seconds waits for all five, and whoever emptied a bucket for one second.
"""

import time
from threading import Lock
from typing import Protocol, cast

from redis import Redis

from treno_chat.actions.limits.counting import PATIENCE
from treno_chat.domain.buckets import SLACK, Buckets, Rate

PREFIX = "treno-chat:pace:"
# The rule of domain/buckets.py, in one step for all processes. Answers as text: numbers are cut.
TAKE = """
local burst, rate, now, slack = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local kept = redis.call('HMGET', KEYS[1], 'left', 'filled_at')
local left, filled_at = tonumber(kept[1] or burst), tonumber(kept[2] or now)
left = math.min(burst, left + math.max(0, now - filled_at) * rate)
local wait = 0
if left < 1 - slack then wait = (1 - left) / rate else left = left - 1 end
redis.call('HSET', KEYS[1], 'left', string.format('%.9f', left), 'filled_at', ARGV[3])
redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate * 1000))
return string.format('%.9f', wait)
"""


class Pace(Protocol):
    """Lets so many through at once, and then so many a second."""

    def take(self, key: str) -> float:
        """Take one and return 0, or return the seconds until there is one."""
        ...


class MemoryPace:
    """For one process; its threads may ask at once."""

    def __init__(self, rate: Rate) -> None:
        self._lock = Lock()
        self._buckets = Buckets(rate)

    def take(self, key: str) -> float:
        """Take one and return 0, or return the seconds until there is one."""
        with self._lock:
            return self._buckets.take(key, time.time())


class RedisPace:
    """For several processes: a session's tabs may be in any of them."""

    def __init__(self, url: str, rate: Rate) -> None:
        self._rate = rate
        redis = Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self._take = redis.register_script(TAKE)

    def take(self, key: str) -> float:
        """Take one and return 0, or return the seconds until there is one."""
        given = (self._rate.burst, self._rate.per_second, f"{time.time():.6f}", SLACK)
        return float(cast("bytes", self._take(keys=[PREFIX + key], args=given)))
