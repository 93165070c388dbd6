"""One server to a SQLite database: a second one would tell its people nothing of the first's."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from treno_chat.running.checks import CannotStart
from treno_chat.settings import Settings

SQLITE = "sqlite:///"


@contextmanager
def sole_server(settings: Settings) -> Generator[None]:
    """Hold the database's file as long as we serve; the system lets go of it, however we end.

    Commands of the operator need no leave: what they do is announced by signals.
    """
    if not settings.database.startswith(SQLITE):
        yield
        return
    file = Path(f"{settings.database.removeprefix(SQLITE)}.served")
    with file.open("w") as claimed:
        try:
            fcntl.flock(claimed, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = (
                f"Another server works on {file.with_suffix('')}, and SQLite is for one: stop it,"
                " or set DATABASE_URL to a postgresql:// database and REDIS_URL."
            )
            raise CannotStart(message) from error
        yield
