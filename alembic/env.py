"""Runs the migrations on the database of the settings, or on the one the caller names."""

from alembic import context
from sqlalchemy import create_engine

from treno_chat.settings import Settings
from treno_chat.stores.database import driver_url
from treno_chat.stores.tables import metadata


def database_url() -> str:
    """Return the caller's URL, else the settings' own."""
    named: str | None = context.config.attributes.get("database_url")
    return named or Settings().migration_url


def run() -> None:
    """Run inside one transaction per migration; SQLite alters tables by copying them."""
    engine = create_engine(driver_url(database_url()))
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
