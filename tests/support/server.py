"""The real server as a process of its own, started and stopped as an operator does."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

ROOT = Path(__file__).parent.parent.parent
# The origin is written into the pages: the same port as last time needs no new build.
USUAL_PORT = 3999
START_SECONDS = 240
STOP_SECONDS = 40


@dataclass(kw_only=True)
class Server:
    """`python -m treno_chat run` on a port, with a data folder of its own."""

    port: int
    data: Path
    database_url: str
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    # Several have one origin, so that one build serves them all; this is what tells them apart.
    host: str = "127.0.0.1"
    said: list[str] = field(default_factory=list[str])
    _process: subprocess.Popen[str] | None = None
    _listener: Thread = field(default_factory=Thread)

    @property
    def origin(self) -> str:
        """The address that people open."""
        return f"http://localhost:{self.port}"

    @property
    def address(self) -> str:
        """Where it is reached by whoever does not come through a person's line."""
        return f"http://{self.host}:{self.port}"

    @property
    def pid(self) -> int:
        """The id of its process, while it runs."""
        if self._process is None:
            raise ProcessLookupError
        return self._process.pid

    def start(self) -> None:
        """Start, and return as soon as it says that it is open."""
        process = subprocess.Popen(
            [sys.executable, "-m", "treno_chat", "run"],
            cwd=ROOT,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        opened = Event()
        self._listener = Thread(target=self._listen, args=(process, opened), daemon=True)
        self._listener.start()
        self._process = process
        if not opened.wait(START_SECONDS) or process.poll() is not None:
            process.kill()
            message = "the server did not start:\n" + "\n".join(self.said[-40:])
            raise RuntimeError(message)

    def stop(self) -> int:
        """Ask it to stop, as an operator does, and return its exit code."""
        return self._end(signal.SIGTERM)

    def restart(self, settings: Mapping[str, str]) -> None:
        """Stop it and start it with other settings."""
        assert self.stop() == 0
        self.settings = settings
        self.start()

    def kill(self) -> int:
        """End it with no chance to tidy up."""
        return self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> int:
        if self._process is None:
            return 0
        process, self._process = self._process, None
        if process.poll() is not None:
            message = f"the server ended by itself ({process.returncode}):\n"
            raise RuntimeError(message + "\n".join(self.said[-40:]))
        process.send_signal(how)
        code = process.wait(STOP_SECONDS)
        self._listener.join()
        return code

    def environment(self) -> dict[str, str]:
        """Return the settings it runs with, as variables."""
        return {
            **os.environ,
            "HOST": self.host,
            "PORT": str(self.port),
            "PUBLIC_ORIGIN": self.origin,
            "DATA_DIR": str(self.data),
            "DATABASE_URL": self.database_url,
            "REFLEX_WEB_WORKDIR": ".web-e2e",
            "PYTHONUNBUFFERED": "1",
            **self.settings,
        }

    def _listen(self, process: subprocess.Popen[str], opened: Event) -> None:
        with process.stdout or nullcontext(()) as output:
            for line in output:
                self.said.append(line.rstrip())
                if "Treno Chat is at" in line:
                    opened.set()
        opened.set()
