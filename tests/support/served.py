"""A program of the tests on a real port of this machine, served as the product is."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp

from treno_chat.running.checks import claim_port
from treno_chat.running.serve import serving_config


@asynccontextmanager
async def serving(make: Callable[[str], ASGIApp]) -> AsyncGenerator[str]:
    """Serve in this very loop what is made for an origin, and yield that origin."""
    # Of a socket made otherwise asyncio does not know that it is TCP: each answer takes 40 ms more.
    listening = claim_port("127.0.0.1", 0)
    origin = f"http://localhost:{listening.getsockname()[1]}"
    config = serving_config(make(origin))
    config.lifespan = "off"
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listening])
    yield origin
    server.force_exit = True
    await server.shutdown(sockets=[listening])
