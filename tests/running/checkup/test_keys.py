"""The signing key, as the check-up sees it."""

from collections.abc import Generator
from datetime import UTC, datetime, timedelta

import pytest

from tests.running.checkup.conftest import Deploy
from treno_chat.domain.tokens.signing_keys import Algorithm, StoredKey, make_pair
from treno_chat.domain.vault import Vault
from treno_chat.running.checkup.finding import Finding, Level
from treno_chat.running.checkup.keys import look_at_keys
from treno_chat.running.checkup.stores import look_at_stores
from treno_chat.settings import Settings
from treno_chat.stores.database import Database
from treno_chat.stores.operations import signing_keys

SECRET, OTHER = "a secret of the tests, long enough", "another one, as long as that was"
NOW = datetime.now(UTC)


@pytest.fixture
def settings(deploy: Deploy, database_url: str) -> Settings:
    """A deployment with a secret."""
    return deploy(database_url=database_url, treno_secret=SECRET)


@pytest.fixture
def database(database_url: str) -> Generator[Database]:
    """Its database."""
    database = Database(database_url)
    yield database
    database.close()


def keep(database: Database, *, days: int = 3, secret: str = SECRET, retired: bool = False) -> str:
    """Keep a key that was made some days ago; return its id."""
    pair = make_pair(Algorithm.ES256)
    at = NOW - timedelta(days=days)
    key = StoredKey(
        kid=pair.kid,
        algorithm=pair.algorithm,
        public_jwk=pair.public_jwk,
        private_sealed=Vault(secret).seal(pair.private_pem),
        created_at=at,
        retired_at=at if retired else None,
    )
    with database.writing() as db:
        signing_keys.add(db, key)
    return pair.kid


def look(database: Database, settings: Settings) -> Finding:
    """Return the only finding."""
    with database.reading() as db:
        (finding,) = look_at_keys(db, settings, now=NOW)
    return finding


def test_a_key_in_order_is_said_with_its_age(database: Database, settings: Settings) -> None:
    keep(database, days=120, retired=True)
    keep(database)

    found = look(database, settings)

    assert found.level is Level.OK
    assert "opens the signing key, which is 3 days old" in found.text
    assert found in list(look_at_stores(settings))


@pytest.mark.parametrize("was_there", [True, False])
def test_that_none_signs_is_said(
    database: Database,
    settings: Settings,
    was_there: bool,  # noqa: FBT001 -- a parameter
) -> None:
    if was_there:
        keep(database, retired=True)

    found = look(database, settings)

    assert (found.level, "no signing key" in found.text) == (Level.WARNING, True)


def test_a_key_that_the_secret_does_not_open_is_a_fault(
    database: Database, settings: Settings
) -> None:
    kid = keep(database, secret=OTHER)

    found = look(database, settings)

    assert found.level is Level.FAULT
    assert kid in found.text
    assert SECRET not in found.text


def test_an_old_key_is_said(database: Database, settings: Settings) -> None:
    keep(database, days=92)

    found = look(database, settings)

    assert (found.level, "92 days old" in found.text) == (Level.WARNING, True)


def test_looking_makes_no_secret(deploy: Deploy, database: Database, database_url: str) -> None:
    settings = deploy(database_url=database_url)
    keep(database)

    found = look(database, settings)

    assert found.level is Level.WARNING
    assert not settings.data_dir.exists()
