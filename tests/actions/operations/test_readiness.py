"""When the database can serve this program."""

from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from tests.conftest import ROOT
from treno_chat.actions.operations.readiness import is_at_revision
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.policy import Policy
from treno_chat.domain.vault import Vault
from treno_chat.stores.database import Database


def test_it_can_at_the_revision_that_the_program_expects(transactions: Transactions) -> None:
    config = Config(toml_file=str(ROOT / "pyproject.toml"))
    head = ScriptDirectory.from_config(config).get_current_head()

    assert head is not None
    assert is_at_revision(transactions, head)
    assert not is_at_revision(transactions, "another")


def test_it_cannot_without_tables_or_without_a_server(tmp_path: Path) -> None:
    empty = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    away = Database("postgresql://nobody@127.0.0.1:1/nothing")

    for database in (empty, away):
        assert not is_at_revision(_transactions(database), "any")
        database.close()


def _transactions(database: Database) -> Transactions:
    return Transactions(database, policy=Policy(), vault=Vault("a secret, long enough for it"))
