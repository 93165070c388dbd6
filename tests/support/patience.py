"""How long a test waits before it says that something never comes; it measures nothing.

A busy machine of two cores has been seen to take ten times as long as an idle one.
"""

import asyncio
from collections.abc import Callable

PATIENCE = 60


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop run until something holds."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 -- what is waited for knows of no waiting
            await asyncio.sleep(0)
