"""One event loop in a thread of its own: connections to an endpoint live as long as it does."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future
from threading import Thread
from typing import Any

CLOSING_SECONDS = 2.0


class LoopThread:
    """Runs what is asynchronous for threads that are not."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="model", daemon=True)
        self._thread.start()

    def start(self, work: Coroutine[Any, Any, None]) -> "Future[None]":
        """Begin something; cancelling what is returned ends it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def close(self) -> None:
        """End whatever is under way."""
        self.start(_cancel_others()).result(CLOSING_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _cancel_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
