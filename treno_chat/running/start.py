"""From a fresh clone to a served page: the steps of `run` and `serve`, in order."""

import sys
from collections.abc import Callable

from pydantic import ValidationError

from treno_chat.actions.places import make_demo_place
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.vault import Vault
from treno_chat.running.checks import (
    CannotStart,
    claim_port,
    require_database,
)
from treno_chat.running.frontend import build, is_built
from treno_chat.running.migrations import migrate, require_head
from treno_chat.running.serve import serve, stop_on_signals
from treno_chat.running.soundness import require_sound
from treno_chat.settings import Settings
from treno_chat.stores.database import Database


def run() -> int:
    """Make ready whatever is missing, then serve: database, demo place, front end."""
    return _told(_run)


def serve_only() -> int:
    """Serve what is ready: for production, after `migrate` and `build`."""
    return _told(_serve)


def build_only() -> int:
    """Build the front end, if it is not the one of these sources and settings."""
    return _told(_build_if_needed)


def migrate_only() -> int:
    """Bring the database to the newest revision."""
    return _told(_migrate)


def _run(settings: Settings) -> None:
    require_sound(settings)
    with claim_port(settings.host, settings.port) as claimed:
        _migrate(settings)
        _make_demo_place(settings)
        _build_if_needed(settings)
        serve(settings, claimed)


def _serve(settings: Settings) -> None:
    require_sound(settings)
    with claim_port(settings.host, settings.port) as claimed:
        require_database(settings)
        require_head(settings)
        if not is_built(settings):
            message = "The built front end is not the one of this program: run `make build`."
            raise CannotStart(message)
        serve(settings, claimed)


def _migrate(settings: Settings) -> None:
    require_database(settings)
    migrate(settings)


def _build_if_needed(settings: Settings) -> None:
    if not is_built(settings):
        build(settings)


def _make_demo_place(settings: Settings) -> None:
    database = Database(settings.database)
    vault = Vault(settings.secret())
    with Transactions(database, policy=settings.policy(), vault=vault).writing() as tx:
        make_demo_place(tx)
    database.close()


def _told(step: Callable[[Settings], None]) -> int:
    """Run a step; a reason not to start is one line on stderr and exit 1."""
    stop_on_signals()
    try:
        step(Settings())
    except ValidationError as error:
        wrong = "; ".join(f"{_name(each['loc'])}: {each['msg']}" for each in error.errors())
        print(f"A setting cannot be taken: {wrong}", file=sys.stderr)
        return 1
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


def _name(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location).upper()
