"""Turns: what must be announced in the order of the commits is done one after the other."""

from collections.abc import Collection, Generator
from contextlib import ExitStack, contextmanager
from threading import Lock

LOCKS = 64


class Turns:
    """Locks by name; so many and no more, whatever names are sent to us."""

    def __init__(self) -> None:
        self._locks = tuple(Lock() for _ in range(LOCKS))

    @contextmanager
    def of(self, names: Collection[str]) -> Generator[None]:
        """Hold the turns of all these names, taken in one order: nobody waits in a ring."""
        with ExitStack() as held:
            for number in sorted({hash(name) % LOCKS for name in names}):
                held.enter_context(self._locks[number])
            yield
