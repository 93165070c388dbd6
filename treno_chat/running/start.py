"""From a fresh clone to a served page: the steps of `run` and `serve`, in order.

What is not in order is raised as `CannotStart`; the command line says it.
"""

import socket

from treno_chat.actions.operations.places import make_demo_place
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.vault import Vault
from treno_chat.running.checks import (
    CannotStart,
    claim_port,
    require_database,
    require_file,
)
from treno_chat.running.frontend import build, is_built
from treno_chat.running.migrations import migrate, require_head
from treno_chat.running.serve import serve
from treno_chat.running.sole import sole_server
from treno_chat.running.soundness import require_one_database, require_sound
from treno_chat.settings import Settings
from treno_chat.stores.database import Database


def run(settings: Settings) -> None:
    """Make ready whatever is missing, then serve: database, demo place, front end."""
    require_sound(settings)
    with claim_port(settings.host, settings.port) as claimed:
        migrate_only(settings)
        _make_demo_place(settings)
        build_only(settings)
        _serve(settings, claimed)


def serve_only(settings: Settings) -> None:
    """Serve what is ready: for production, after `migrate` and `build`."""
    require_sound(settings)
    with claim_port(settings.host, settings.port) as claimed:
        require_file(settings)
        require_database(settings)
        require_head(settings)
        if not is_built(settings):
            message = "The built front end is not the one of this program: run `make build`."
            raise CannotStart(message)
        _serve(settings, claimed)


def build_only(settings: Settings) -> None:
    """Build the front end, if it is not the one of these sources and settings."""
    if not is_built(settings):
        build(settings)


def migrate_only(settings: Settings) -> None:
    """Bring the database to the newest revision."""
    require_one_database(settings)
    require_database(settings)
    migrate(settings)


def _serve(settings: Settings, claimed: socket.socket) -> None:
    with sole_server(settings):
        serve(settings, claimed)


def _make_demo_place(settings: Settings) -> None:
    database = Database(settings.database)
    vault = Vault(settings.secret())
    with Transactions(database, policy=settings.policy(), vault=vault).writing() as tx:
        make_demo_place(tx)
    database.close()
