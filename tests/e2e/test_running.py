"""`make run`, as the README says it: one command, a page, and a clean end."""

import os
import signal
import subprocess
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.support.postgres import free_port
from tests.support.server import ROOT, Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def test_make_run_serves_and_ends_cleanly_on_ctrl_c(server: Server, tmp_path: Path) -> None:
    # The origin stays the built one, so that nothing is built again: only the port is another.
    port, host = free_port(), server.origin.removeprefix("http://")
    environment = {**server.environment(), "PORT": str(port), "DATA_DIR": str(tmp_path)}
    environment["DATABASE_URL"] = ""
    with subprocess.Popen(
        ["make", "--no-print-directory", "run"],  # noqa: S607 -- as an operator types it
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as make:
        assert make.stdout is not None
        said = [next(make.stdout)]
        while "Treno Chat is at" not in said[-1]:
            said.append(next(make.stdout))
        # Whoever asks for another name than the origin's is sent away.
        with closing(HTTPConnection(server.host, port)) as visitor:
            visitor.request("GET", "/it", headers={"Host": host})
            assert visitor.getresponse().status == 200
        os.killpg(make.pid, signal.SIGINT)
        rest = make.stdout.read()

    assert "Traceback" not in rest
    assert "Error" not in rest
    # The program ends with 0; make itself passes on that it was interrupted.
    assert make.returncode in {0, 130, -signal.SIGINT}
