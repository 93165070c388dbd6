"""What a phone would have received: the outbox of the running server, read as an operator does."""

import re
import subprocess
import sys
from time import monotonic

from tests.support.patience import PATIENCE
from tests.support.server import ROOT, Server

CODE = re.compile(r"#(\d{6})\b")


def newest_code(server: Server) -> str:
    """Return the code that was sent last: it is on its way when the page says so, not there yet."""
    until = monotonic() + PATIENCE
    while not (codes := CODE.findall(_outbox(server))):
        assert monotonic() < until, "no code was sent"
    return codes[-1]


def _outbox(server: Server) -> str:
    shown = subprocess.run(
        [sys.executable, "-m", "treno_chat", "outbox"],
        cwd=ROOT,
        env=server.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return shown.stdout
