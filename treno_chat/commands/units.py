"""Units of work for a command: on the database of the settings, heard by the running servers."""

from collections.abc import Generator
from contextlib import contextmanager

from treno_chat.actions.operations.signals import announce_by_signal
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.vault import Vault
from treno_chat.running.checks import require_database, require_file
from treno_chat.running.log import configure_log
from treno_chat.running.migrations import require_head
from treno_chat.running.soundness import require_sound
from treno_chat.settings import Settings
from treno_chat.stores.database import Database


@contextmanager
def opened_transactions() -> Generator[Transactions]:
    """Open the database, unless something is not in order: that is said in one line."""
    settings = Settings()
    configure_log(settings.log_level, is_production=settings.is_production)
    require_sound(settings)
    require_file(settings)
    require_database(settings)
    require_head(settings)
    database = Database(settings.database)
    try:
        yield Transactions(
            database,
            policy=settings.policy(),
            vault=Vault(settings.secret()),
            announce=announce_by_signal(database),
        )
    finally:
        database.close()
