"""A throwaway Redis server: its own folder, its own free port, gone after the run."""

import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry

from tests.support.patience import PATIENCE
from tests.support.postgres import free_port


@dataclass(kw_only=True)
class RedisServer:
    """A running server; `restart` loses everything, as a crash without a disk does."""

    program: str
    folder: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://localhost:{self.port}/0"

    def client(self) -> Redis:
        """Return a client that waits until the server answers."""
        patience = Retry(ConstantBackoff(0.02), retries=PATIENCE * 50)
        return Redis(port=self.port, retry=patience, retry_on_error=[RedisConnectionError])

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = {"port": self.port, "dir": self.folder, "save": "", "bind": "127.0.0.1 ::1"}
        arguments = [text for name, value in options.items() for text in (f"--{name}", str(value))]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen([self.program, *arguments], stdout=log, stderr=log)  # noqa: S603 -- our own fixed arguments
        with self.client() as client:
            client.ping()

    def stop(self) -> None:
        """Stop it at once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def restart(self) -> None:
        """Stop and start it."""
        self.stop()
        self.start()

    def flush(self) -> None:
        """Forget everything."""
        with self.client() as client:
            client.flushall()


def redis_program() -> str | None:
    """Return the server's program, None when it is not installed."""
    return shutil.which("redis-server")


@contextmanager
def running_redis(program: str) -> Generator[RedisServer]:
    """Start a server in a temporary folder."""
    folder = Path(tempfile.mkdtemp(prefix="treno-redis-"))
    server = RedisServer(program=program, folder=folder, port=free_port())
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
