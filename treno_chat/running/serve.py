"""The server: pages, HTTP and websocket from one port, in one process."""

import gc
import logging
import os
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Any

import uvicorn

from treno_chat.realtime.straight import StraightProtocol
from treno_chat.running.lines import is_news
from treno_chat.running.log import configure_log
from treno_chat.running.protocol import BoundedProtocol
from treno_chat.settings import Settings

# Read by Reflex when the app is made: serve what is built, compile nothing.
PRODUCTION = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
    "__REFLEX_SKIP_COMPILE": "true",
}
MAX_FRAME_BYTES = 64 * 1024
FINISH_SECONDS = 30


def serve(settings: Settings, claimed: socket.socket) -> None:
    """Serve on the claimed port until told to stop; what is under way is finished first."""
    os.environ.update(PRODUCTION)
    configure_log(settings.log_level, is_production=settings.is_production)
    logging.getLogger("uvicorn.error").addFilter(is_news)
    config = serving_config("treno_chat.treno_chat:program", factory=True)
    server = _Server(config, opening=f"Treno Chat is at {settings.public_origin}")
    server.run(sockets=[claimed])


def stop_on_signals() -> None:
    """Let SIGTERM and Ctrl-C end the program with exit 0, whatever it is doing.

    While uvicorn serves, it takes the signals itself and raises them again when it is done.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)


class _Server(uvicorn.Server):
    """Says that it is open when it is, and not before."""

    def __init__(self, config: uvicorn.Config, *, opening: str) -> None:
        super().__init__(config)
        self.opening = opening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the port, then say so."""
        await super().startup(sockets)
        # What the app is made of lives as long as the process: never looked through again.
        gc.collect()
        gc.freeze()
        if self.started:
            print(f"{self.opening}  (Ctrl-C stops it)", flush=True)


def serving_config(app: Callable[..., Any] | str, *, factory: bool = False) -> uvicorn.Config:
    """Return how an app is served here: what is taken from the line, and how much."""
    return uvicorn.Config(
        app,
        factory=factory,
        loop="uvloop",
        http=BoundedProtocol,
        ws=StraightProtocol,
        lifespan="on",
        # Reflex's socket pings by itself; deflating costs 30 to 88 KB a connection.
        ws_ping_interval=None,
        ws_per_message_deflate=False,
        ws_max_size=MAX_FRAME_BYTES,
        # Addresses behind proxies are read by our own rule; URLs of sockets carry tokens.
        proxy_headers=False,
        access_log=False,
        server_header=False,
        log_config=None,
        timeout_graceful_shutdown=FINISH_SECONDS,
    )


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
