"""A throwaway PostgreSQL server: its own folder, its own free port, gone after the run."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from treno_chat.stores.database import driver_url

UNPRIVILEGED = "nobody"


@dataclass(frozen=True, kw_only=True, slots=True)
class PostgresServer:
    """A running server that trusts everybody on its port."""

    port: int

    def url(self, database: str) -> str:
        """Return the URL of one of its databases."""
        return f"postgresql://treno@localhost:{self.port}/{database}"

    def create(self, database: str, *, template: str = "template1") -> str:
        """Create a database as a copy of another, and return its URL."""
        self._admin(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        """Drop a database, whoever is connected."""
        self._admin(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    @contextmanager
    def away(self, database: str) -> Generator[None]:
        """Cut everybody off a database and let nobody in, as while a server starts anew."""
        self._admin(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS false')
        # The name is one of the tests' own.
        self._admin(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"  # noqa: S608
        )
        try:
            yield
        finally:
            self._admin(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS true')

    def _admin(self, statement: str) -> None:
        engine = create_engine(driver_url(self.url("postgres")), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


def postgres_programs() -> Path | None:
    """Return the folder of initdb and pg_ctl, the newest version first."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if versions:
        return versions[0].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def free_port() -> int:
    """Return a port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_postgres(programs: Path, *, is_durable: bool = True) -> Generator[PostgresServer]:
    """Start a server in a temporary folder; PostgreSQL refuses root, so root steps down.

    Where it need not be durable, it does not wait for the disk.
    """
    folder = Path(tempfile.mkdtemp(prefix="treno-postgres-"))
    demoted = UNPRIVILEGED if os.geteuid() == 0 else None
    if demoted:
        owner = pwd.getpwnam(demoted)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data, port = folder / "data", free_port()

    def run(program: str, *arguments: str) -> None:
        with (folder / "log").open("ab") as log:
            subprocess.run(  # noqa: S603 -- our own fixed arguments
                [programs / program, *arguments],
                check=True,
                user=demoted,
                cwd=folder,
                stdout=log,
                stderr=log,
            )

    run("initdb", "-D", str(data), "-U", "treno", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -k {folder} -c listen_addresses=localhost -c max_connections=200"
    if not is_durable:
        options += " -c fsync=off -c full_page_writes=off"
    run("pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(folder / "server.log"), "start")
    try:
        yield PostgresServer(port=port)
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)
