"""A token bucket: so many at once, then so many a second."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """How much a bucket holds, and how fast it fills again."""

    burst: int
    per_second: float


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
        """Take one, or say that there is none; `now` in seconds of a clock that only goes on."""
        refill = max(0.0, now - self._filled_at) * self.rate.per_second
        self._left = min(float(self.rate.burst), self._left + refill)
        self._filled_at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
