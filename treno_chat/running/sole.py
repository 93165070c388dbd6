"""One server to a SQLite database: a second one would tell its people nothing of the first's."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager

from treno_chat.running.checks import CannotStart, sqlite_file
from treno_chat.settings import Settings


@contextmanager
def sole_server(settings: Settings) -> Generator[None]:
    """Hold the database's file as long as we serve; the system lets go of it, however we end.

    Commands of the operator need no leave: what they do is announced by signals.
    """
    file = sqlite_file(settings)
    if file is None:
        yield
        return
    with file.with_name(f"{file.name}.served").open("w") as claimed:
        try:
            fcntl.flock(claimed, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = (
                f"Another server works on {file}, and SQLite is for one: stop it,"
                " or set DATABASE_URL to a postgresql:// database and REDIS_URL."
            )
            raise CannotStart(message) from error
        yield
