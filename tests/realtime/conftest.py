"""Processes that a test starts, alone or several on one Redis."""

import json
from collections.abc import AsyncGenerator, Collection
from contextlib import AsyncExitStack
from typing import Any, Protocol

import pytest

from tests.conftest import StoppedClock
from tests.realtime.attendance import Told
from tests.support.chat_server import (
    COOKIES,
    ORIGIN,
    Held,
    Namespace,
    PlainEncoder,
    Server,
    serving,
)
from treno_chat.realtime.compose import create_realtime
from treno_chat.realtime.leases import MemoryLeases
from treno_chat.realtime.presence import Presence
from treno_chat.realtime.rules import ServerRules


class StartServer(Protocol):
    """Starts another server with its own settings."""

    async def __call__(  # noqa: D102
        self,
        *,
        redis_url: str = "",
        blocked: dict[str, Collection[str]] | None = None,
        rules: ServerRules | None = None,
        **limits: Any,  # noqa: ANN401
    ) -> Server: ...


@pytest.fixture
async def start(clock: StoppedClock) -> AsyncGenerator[StartServer]:
    """Starts servers, and stops them all in the end."""
    async with AsyncExitStack() as stack:

        async def start_one(
            *,
            redis_url: str = "",
            blocked: dict[str, Collection[str]] | None = None,
            rules: ServerRules | None = None,
            **limits: Any,  # noqa: ANN401
        ) -> Server:
            async def identify(cookie: str | None) -> Held | None:
                return COOKIES.get(cookie or "")

            realtime = create_realtime(
                identify=identify,
                encoder=PlainEncoder(),
                json=json,
                rules=rules or ServerRules(origins=[ORIGIN]),
                redis_url=redis_url,
                clock=clock,
                blocked_with=lambda author_id: (blocked or {}).get(author_id, ()),
                **limits,
            )
            namespace = Namespace()
            realtime.server.register_namespace(namespace)
            return await stack.enter_async_context(serving(realtime, namespace))

        yield start_one


@pytest.fixture
async def server(start: StartServer) -> Server:
    """One process."""
    return await start()


@pytest.fixture
def told() -> Told:
    """Whoever listens."""
    return Told()


@pytest.fixture
def presence(clock: StoppedClock, told: Told) -> Presence:
    """Presence in one process."""
    return Presence(leases=MemoryLeases(), clock=clock, tell=told)
