"""The world of the tests: real databases, a clock that stands still until it is moved."""

import os
import shutil
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pydantic_ai.models
import pytest
from alembic import command
from alembic.config import Config

from tests.support.log import speak_plainly
from tests.support.post import Post
from tests.support.postgres import PostgresServer, postgres_programs, running_postgres
from tests.support.postgres_reused import ReusedDatabase
from tests.support.redis import RedisServer, redis_program, running_redis
from tests.support.texts import Texts
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.policy import Policy
from treno_chat.domain.talk.events import Event
from treno_chat.domain.vault import Vault
from treno_chat.stores.database import Database

# No test asks a language model that is not its own; `language_model.speaking` opens the way to one.
pydantic_ai.models.ALLOW_MODEL_REQUESTS = False

speak_plainly()

ROOT = Path(__file__).parent.parent
TEMPLATE = "treno_template"


@dataclass
class StoppedClock:
    """Says the same time until a test moves it."""

    now: datetime = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def pass_(self, span: timedelta) -> None:
        """Let some time pass."""
        self.now += span


@dataclass
class Heard:
    """Everything that was announced, in order."""

    events: list[Event] = field(default_factory=list[Event])

    def __call__(self, events: Sequence[Event]) -> None:
        """Take note."""
        self.events.extend(events)


def migrate(url: str, revision: str = "head") -> None:
    """Bring a database to a revision, as a deployment does."""
    config = Config(toml_file=str(ROOT / "pyproject.toml"))
    # Wherever the test stands that is the first to ask for a database.
    config.set_main_option("script_location", str(ROOT / "alembic"))
    config.attributes["database_url"] = url
    command.upgrade(config, revision)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that every test copies."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres() -> Generator[PostgresServer]:
    """A throwaway server, with a migrated template database."""
    programs = postgres_programs()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is missing")
        pytest.skip("PostgreSQL is not installed (package: postgresql)")
    with running_postgres(programs, is_durable=False) as server:
        migrate(server.create(TEMPLATE))
        yield server


@pytest.fixture(scope="session")
def postgres_database(postgres: PostgresServer) -> ReusedDatabase:
    """A migrated database that every test finds empty."""
    return ReusedDatabase(postgres, template=TEMPLATE)


@pytest.fixture(scope="session")
def redis_server() -> Generator[RedisServer]:
    """A throwaway Redis."""
    program = redis_program()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("Redis is missing")
        pytest.skip("Redis is not installed (package: redis-server)")
    with running_redis(program) as server:
        yield server


@pytest.fixture
def redis(redis_server: RedisServer) -> RedisServer:
    """The throwaway Redis, empty."""
    redis_server.flush()
    return redis_server


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[str]:
    """The URL of a fresh, migrated database of each kind."""
    if request.param == "sqlite":
        file = tmp_path / "treno.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    database: ReusedDatabase = request.getfixturevalue("postgres_database")
    yield database.url
    database.renew()


@pytest.fixture
def database(database_url: str) -> Generator[Database]:
    """A fresh database of each kind."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def clock() -> StoppedClock:
    """The time, which only the test moves."""
    return StoppedClock()


@pytest.fixture
def policy() -> Policy:
    """The defaults of the product."""
    return Policy()


@pytest.fixture
def heard() -> Heard:
    """What the listeners would have heard."""
    return Heard()


@pytest.fixture
def texts() -> Texts:
    """What people got on their phones."""
    return Texts()


@pytest.fixture
def post() -> Post:
    """What people got in their mailboxes."""
    return Post()


@pytest.fixture
def transactions(
    database: Database,
    policy: Policy,
    clock: StoppedClock,
    heard: Heard,
    *,
    texts: Texts,
    post: Post,
) -> Transactions:
    """Units of work on the fresh database."""
    vault = Vault("a secret of the tests, long enough")
    return Transactions(
        database, policy=policy, vault=vault, clock=clock, announce=heard, sms=texts, mail=post
    )


@pytest.fixture
def tx(transactions: Transactions) -> Generator[Transaction]:
    """One open unit of work that writes."""
    with transactions.writing() as tx:
        yield tx
