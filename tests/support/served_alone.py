"""The composed program in a process of its own, without built pages: one of several on one place.

`python -m tests.support.served_alone PORT LEASE_SECONDS`; its settings come from the environment.
"""

import importlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn

from tests.support.postgres import free_port
from tests.support.server import ROOT
from treno_chat.realtime import presence
from treno_chat.running.log import configure_log
from treno_chat.running.serve import serving_config, stop_on_signals

OPEN = "open"


@dataclass(frozen=True, kw_only=True, slots=True)
class Process:
    """A running process; `address` is where it listens, whatever origin it goes by."""

    port: int
    running: "subprocess.Popen[str]"

    @property
    def address(self) -> str:
        """Where it is asked."""
        return f"http://localhost:{self.port}"

    @property
    def holder(self) -> str:
        """What it signs its jobs with."""
        return f"{socket.gethostname()}:{self.running.pid}"

    def kill(self) -> None:
        """End it with no chance to tidy up."""
        self.running.send_signal(signal.SIGKILL)
        self.running.wait()

    def stop(self) -> None:
        """Tell it to stop, as an operator does, and leave it to that."""
        self.running.send_signal(signal.SIGTERM)


@contextmanager
def process(settings: Mapping[str, str], *, lease: float) -> Generator[Process]:
    """Start a process, wait until it listens, and end it if nobody did."""
    port = free_port()
    running = subprocess.Popen(  # noqa: S603 -- our own fixed arguments
        [sys.executable, "-m", __name__, str(port), str(lease)],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        text=True,
    )
    with running:
        assert running.stdout is not None
        try:
            assert OPEN in [line.strip() for line in _until_open(running.stdout)]
            yield Process(port=port, running=running)
        finally:
            running.kill()


def _until_open(said: Iterable[str]) -> Iterator[str]:
    for line in said:
        yield line
        if line.strip() == OPEN:
            return


def _serve(port: int, lease: float) -> None:
    stop_on_signals()
    # To standard error: nobody reads what stands behind the word on the other line.
    configure_log("WARNING", is_production=True)
    presence.LEASE_SECONDS = presence.GRACE_SECONDS = lease
    composed = importlib.import_module("treno_chat.treno_chat")
    composed.app._compile = _nothing
    config = serving_config(composed.program())
    server = _Server(config)
    server.run(sockets=[socket.create_server(("localhost", port))])


def _nothing(**_options: object) -> None:
    """Stands for the compiler: nobody asks for pages."""


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        sys.stdout.write(f"{OPEN}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve(int(sys.argv[1]), float(sys.argv[2]))
