"""Buckets: so many at once, then so many a second."""

from dataclasses import dataclass, field

from treno_chat.domain.fading import Fading

SLACK = 1e-6  # of a token: the rest that seconds written as fractions leave


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """How much a bucket holds, and how fast it fills again."""

    burst: int
    per_second: float

    @property
    def seconds_to_fill(self) -> float:
        """How long an empty bucket takes to be full."""
        return self.burst / self.per_second


@dataclass(slots=True)
class Bucket:
    """Starts full."""

    rate: Rate
    _filled_at: float = 0.0
    _left: float = field(init=False)

    def __post_init__(self) -> None:
        """Fill it."""
        self._left = float(self.rate.burst)

    def take(self, now: float) -> bool:
        """Take one, or say that there is none; `now` in seconds."""
        # A clock that steps back gives nothing and takes nothing.
        refill = max(0.0, now - self._filled_at) * self.rate.per_second
        self._left = min(float(self.rate.burst), self._left + refill)
        self._filled_at = now
        if self._left < 1 - SLACK:
            return False
        self._left -= 1
        return True

    @property
    def wait(self) -> float:
        """The seconds from the last try until one more can be taken."""
        return max(0.0, 1 - self._left) / self.rate.per_second


class Buckets:
    """A bucket for each key; those that are full again by themselves are forgotten."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._buckets = Fading(lambda: Bucket(rate))

    def take(self, key: str, now: float) -> float:
        """Take one and return 0, or return the seconds until there is one."""
        bucket = self._buckets.touch(key, now=now, seconds=self._rate.seconds_to_fill)
        return 0.0 if bucket.take(now) else bucket.wait

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self._buckets)
