"""What a phone would have received: the outbox of the running server, read as an operator does."""

import re
import subprocess
import sys

from tests.support.server import ROOT, Server

CODE = re.compile(r"#(\d{6})\b")


def newest_code(server: Server) -> str:
    """Return the code that was sent last."""
    shown = subprocess.run(
        [sys.executable, "-m", "treno_chat", "outbox"],
        cwd=ROOT,
        env=server.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return CODE.findall(shown.stdout)[-1]
