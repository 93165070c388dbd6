"""The database's shape: bringing it to the newest, or saying that it is another."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from treno_chat.running.checks import CannotStart, revision_of
from treno_chat.settings import Settings
from treno_chat.stores.database import Database

ROOT = Path(__file__).parent.parent.parent


def migrate(settings: Settings) -> None:
    """Bring the database to the newest revision, unless it is one that we do not know."""
    config = _config(settings.migration_url)
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise CannotStart(_wrong_revision(settings, config)) from error


def require_head(settings: Settings) -> None:
    """Refuse to serve on a database of another shape than ours."""
    config = _config(settings.database)
    if _revision(settings) != _head(config):
        raise CannotStart(_wrong_revision(settings, config))


def require_known(revision: str, settings: Settings) -> None:
    """Refuse a backup of a shape that none of our migrations leads to."""
    script = ScriptDirectory.from_config(_config(settings.database))
    if revision not in {each.revision for each in script.walk_revisions()}:
        message = (
            f"The backup is at revision {revision}, which this program does not know: restore it"
            " with the program that made it."
        )
        raise CannotStart(message)


def _config(url: str) -> Config:
    config = Config(toml_file=str(ROOT / "pyproject.toml"))
    config.set_main_option("script_location", str(ROOT / "alembic"))
    config.attributes["database_url"] = url
    return config


def _head(config: Config) -> str | None:
    return ScriptDirectory.from_config(config).get_current_head()


def _revision(settings: Settings) -> str | None:
    database = Database(settings.database)
    try:
        return revision_of(database)
    finally:
        database.close()


def _wrong_revision(settings: Settings, config: Config) -> str:
    return (
        f"The database is at revision {_revision(settings) or 'none'}, this program needs"
        f" {_head(config)}: run `make migrate`, or start the program that fits the database."
    )
