"""An operator at a terminal, with a temporary database in place of the real one."""

import shutil
import signal
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

import pytest

from treno_chat.__main__ import main
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.policy import Policy
from treno_chat.domain.vault import Vault
from treno_chat.settings import Settings
from treno_chat.stores.database import Database

SECRET = "a secret of the tests, which no terminal shows"  # noqa: S105 -- shown to nobody else


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What the terminal shows after a command."""

    code: int
    out: str
    err: str


Order = Callable[..., Told]


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder without `.env`, and only the settings of the test."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRENO_SECRET", SECRET)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture
def database_file(clean_environment: Path, sqlite_template: Path) -> Path:
    """A migrated database where the settings look for it."""
    file = clean_environment / "data" / "treno.db"
    file.parent.mkdir()
    shutil.copy(sqlite_template, file)
    return file


@pytest.fixture
def transactions(
    clean_environment: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Generator[Transactions]:
    """The units of work of a server that runs on the same database, one of each kind."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    database = Database(database_url)
    yield Transactions(database, policy=Policy(), vault=Vault(SECRET))
    database.close()


@pytest.fixture
def order(clean_environment: Path, capsys: pytest.CaptureFixture[str]) -> Order:
    """Give a command, and read what the terminal says."""

    def order(*arguments: str) -> Told:
        capsys.readouterr()
        try:
            code = main(arguments)
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 1
        shown = capsys.readouterr()
        assert SECRET not in shown.out + shown.err
        return Told(code=code, out=shown.out, err=shown.err)

    return order


@pytest.fixture(autouse=True)
def own_signals() -> Generator[None]:
    """Give back the signals that a command took."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
