"""PostgreSQL's own programs: found, run, and understood when they fail; no password is shown."""

import os
import re
import shutil
import subprocess

from sqlalchemy.engine import URL, make_url

from treno_chat.running.checks import CannotStart

FAULT = re.compile(r"(?:error|fatal):\s+(.+)", re.IGNORECASE)


def ask(url: str, program: str, *arguments: str) -> str:
    """Run a program on the database of a URL, and return what it printed."""
    named = make_url(url)
    # Whoever lists the processes of the machine reads arguments: the password is none.
    address = URL.create(
        "postgresql",
        username=named.username,
        host=named.host,
        port=named.port,
        database=named.database,
        query=named.query,
    ).render_as_string(hide_password=False)
    secret = {} if named.password is None else {"PGPASSWORD": named.password}
    return _run(program, f"--dbname={address}", *arguments, environment=secret)


def let(program: str, *arguments: str) -> str:
    """Run a program that needs no database, and return what it printed."""
    return _run(program, *arguments, environment={})


def _run(program: str, *arguments: str, environment: dict[str, str]) -> str:
    found = shutil.which(program)
    if found is None:
        message = f"{program} is not installed on this machine (Debian: postgresql-client)."
        raise CannotStart(message)
    done = subprocess.run(  # noqa: S603 -- a program of PostgreSQL, arguments of our own
        [found, *arguments],
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "LC_MESSAGES": "C", **environment},
    )
    if done.returncode:
        message = f"{program} cannot do it: {_reason_in(done.stderr)}"
        raise CannotStart(message)
    return done.stdout


def _reason_in(stderr: str) -> str:
    found = FAULT.search(stderr)
    return found[1] if found else (stderr.strip().splitlines() or ["it does not say why"])[-1]
