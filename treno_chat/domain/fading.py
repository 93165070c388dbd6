"""What fades: values that are kept by key for a while after they were last touched."""

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Fading(Generic[Value]):
    """Forgets in passing: no thread, no look through everything.

    Keys stand in the order of their last touch, so whoever is over stands in front; behind one
    that is kept longer the others wait their turn.
    """

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make = make
        self._kept: dict[str, tuple[Value, float]] = {}

    def touch(self, key: str, *, now: float, seconds: float) -> Value:
        """Return the value of a key, new if there is none; kept at least so long."""
        self._forget(now)
        value, _ = self._kept.pop(key, None) or (self._make(), 0.0)
        self._kept[key] = value, now + seconds
        return value

    def get(self, key: str) -> Value | None:
        """Return the value of a key, None if there is none."""
        value, _ = self._kept.get(key, (None, 0.0))
        return value

    def drop(self, key: str) -> None:
        """Forget a key at once."""
        self._kept.pop(key, None)

    def _forget(self, now: float) -> None:
        while self._kept:
            key = next(iter(self._kept))
            if self._kept[key][1] > now:
                return
            del self._kept[key]

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self._kept)
