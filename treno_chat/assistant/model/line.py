"""The line between the thread that asks and the loop on which a model is listened to."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue


@dataclass(frozen=True, kw_only=True, slots=True)
class Grew:
    """There is more text; this is all of it so far."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A model asks for something to be done, and waits for what it is told."""

    name: str
    arguments: Mapping[str, str]
    told: "Future[str]"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """It said all that it had to say; `is_cut` when it ran out of tokens before."""

    text: str
    is_cut: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Broke:
    """Nothing more comes; the reason holds no secret."""

    reason: str


Heard = Grew | Wanted | Ended | Broke


class Line:
    """Carries what a model says to the thread that asked, and back what it is told."""

    def __init__(self) -> None:
        self._heard: SimpleQueue[Heard] = SimpleQueue()
        self._next: Heard | None = None

    def say(self, heard: Heard) -> None:
        """Hand something over, from any thread."""
        self._heard.put(heard)

    async def want(self, name: str, **arguments: str) -> str:
        """Have something done by the thread that asked, and return what it says."""
        wanted = Wanted(name=name, arguments=arguments, told=Future())
        self._heard.put(wanted)
        return await asyncio.wrap_future(wanted.told)

    def hear(self, *, seconds: float) -> Heard | None:
        """Return the next thing, None when nothing came; of a growing text only the latest.

        What stands behind that text is heard next: when it broke off, the text is all there is.
        """
        heard = self._next or self._take(seconds)
        self._next = None
        while isinstance(heard, Grew):
            self._next = self._take(0)
            if not isinstance(self._next, Grew):
                break
            heard = self._next
        return heard

    def _take(self, seconds: float) -> Heard | None:
        try:
            return self._heard.get(block=seconds > 0, timeout=seconds)
        except Empty:
            return None
