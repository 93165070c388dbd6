"""The page for operators: every query and every command that stands there is executed here."""

import re
import shlex
from collections.abc import Generator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.actions.worlds import PLACE_SLUG, make_staff, register, room_named, say
from tests.commands.house import guest, registered, seed
from tests.support.command_line import command_in
from tests.support.postgres import PostgresServer
from treno_chat.__main__ import main
from treno_chat.actions import jobs
from treno_chat.actions.assistant.conversations import start_conversation
from treno_chat.actions.assistant.tasks import add_task
from treno_chat.actions.assistant.utterances import say_in_conversation
from treno_chat.actions.audit import record_refusal
from treno_chat.actions.operations.disabling import disable_person
from treno_chat.actions.operations.rooms import list_rooms
from treno_chat.actions.operations.roster import list_places
from treno_chat.actions.recovery.recovery_codes import make_codes
from treno_chat.actions.tokens.signing_keys import current_key
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.ids import UserId
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.policy import Policy
from treno_chat.domain.vault import Vault
from treno_chat.stores.database import Database
from treno_chat.stores.door import login_sessions

PAGE = (Path(__file__).parent.parent / "docs" / "operations.md").read_text(encoding="utf-8")
SECRET = "a secret of the tests, long enough"  # noqa: S105 -- shown to nobody else
QUERIES = re.findall(r"^```sql ?(sqlite|postgresql|)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
PLACES, REMOVAL, DRILL = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
GROUPS = "users|sessions|keys|places|rooms|staff|jobs|backup|restore|doctor"
NAMED = re.findall(rf"`((?:{GROUPS}) ?[^`]*)`", PAGE)
PROGRAM = ".venv/bin/python -m treno_chat "
SUBJECTS = ("user", "loginsession", "passkey", "password", "externallogin", "task", "conversation")
HIDDEN = re.compile(r"_(sealed|hash|fingerprint)$|^(handle|public_key|credential_id|body|title)$")


@pytest.fixture
def house(database: Database) -> Transactions:
    """Units of work on a database with somebody and something of every kind."""
    transactions = Transactions(database, policy=Policy(), vault=Vault(SECRET))
    seed(transactions)
    return transactions


@pytest.fixture
def ada(house: Transactions) -> UserId:
    """A registered person who has all that one can have."""
    ada, bruno, chiara = registered(house, "Ada"), guest(house, "Bruno"), guest(house, "Chiara")
    with house.writing() as tx:
        make_staff(tx, ada)
        make_codes(tx, ada)
        add_task(tx, ada, title="Buy a ticket")
        talk = start_conversation(tx, ada)
        say_in_conversation(tx, ada, talk.id, client_id=str(uuid4()), text="When do we arrive?")
        say(tx, ada, room_named(tx, "treno"), "Ciao!")
        current_key(tx)
        register(tx, bruno)
        disable_person(tx, chiara.user.id)
    record_refusal(house, AuthEventKind.LOGIN_REFUSED, address="192.0.2.1")
    jobs.run_due(house, "a test")
    return ada.user.id


def test_every_query_answers_and_shows_no_secret(
    house: Transactions, ada: UserId, database: Database
) -> None:
    here = [query for kind, query in QUERIES if kind in ("", database.engine.dialect.name)]

    for query in here:
        with house.reading() as tx:
            told = tx.db.connection().execute(text(query.replace("'ID'", f"'{ada}'")))
            names, rows = list(told.keys()), told.all()

        assert query.startswith("SELECT ")
        assert rows, query
        assert [name for name in names if HIDDEN.search(name)] == [], query
        assert not any(isinstance(cell, bytes | memoryview) for row in rows for cell in row), query


@pytest.mark.parametrize("table", SUBJECTS)
def test_there_is_a_query_for_each_of_them(table: str) -> None:
    assert any(re.search(rf'(FROM|JOIN) "?{table}"?\b', query) for _, query in QUERIES)


def test_each_database_has_as_many_queries() -> None:
    kinds = [kind for kind, _ in QUERIES]

    assert kinds.count("sqlite") == kinds.count("postgresql") > 0


@pytest.mark.parametrize("command", sorted(set(NAMED)))
def test_every_command_on_the_page_is_one(command: str) -> None:
    assert command_in(command)


def test_a_place_is_made_and_removed_as_it_stands_here(
    house: Transactions,
    *,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRENO_SECRET", SECRET)
    monkeypatch.setenv("DATABASE_URL", database_url)

    for line in PLACES.splitlines():
        assert main(shlex.split(line.removeprefix(PROGRAM))) == 0

    with house.reading() as tx:
        beach = list_places(tx)[-1]
        shown = [(room.slug, room.name) for room in list_rooms(tx, "bagno-62")]
    assert (beach.name, beach.hours_kept) == ("Bagno 62, Viareggio", 24)
    assert shown == [
        ("announcements", "Announcements"),
        ("chat", "Bagno 62, Viareggio"),
        ("bar", "The bar"),
    ]
    assert "The bar" in capsys.readouterr().out

    # Nobody removes the last place: there is the train.
    for line in REMOVAL.splitlines():
        assert main(shlex.split(line.removeprefix(PROGRAM))) == 0
    with house.reading() as tx:
        assert [each.slug for each in list_places(tx)] == [PLACE_SLUG]


@pytest.fixture
def empty_url(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Generator[str]:
    """Another database of the same kind, without any tables."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'drill.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"drill_{uuid4().hex}"
    yield server.create(name)
    server.drop(name)


def test_a_restore_is_practised(
    house: Transactions,
    ada: UserId,
    empty_url: str,
    *,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRENO_SECRET", SECRET)

    # As it is where the role that serves may not change tables.
    for name in ("DATABASE_URL", "MIGRATION_DATABASE_URL"):
        monkeypatch.setenv(name, database_url)
    for line in DRILL.splitlines():
        match line.partition(" "):
            case "export", _, names:
                for name, _, value in (each.partition("=") for each in names.split()):
                    monkeypatch.setenv(name, value.replace("DRILL", empty_url))
            case "unset", _, names:
                for name in names.split():
                    monkeypatch.delenv(name)
            case _:
                assert main(shlex.split(line.removeprefix(PROGRAM))) == 0
    shown = capsys.readouterr().out

    assert ada in shown
    assert "Everybody is signed out: 2 sessions ended." in shown
    with house.reading() as tx:
        assert len(login_sessions.all_of(tx.db, ada)) == 1
