"""Waiting for what other tasks of the loop are about to do, without guessing how long it takes."""

import asyncio
from collections.abc import Callable

PATIENCE = 10


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop run until something holds."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 -- what is waited for knows of no waiting
            await asyncio.sleep(0)
