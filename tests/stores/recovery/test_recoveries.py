"""Recoveries in the database: used by one, called off for all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.races import at_once
from treno_chat.domain.door.sessions import Device
from treno_chat.domain.people import Gender, User
from treno_chat.domain.recovery.recoveries import Recovery
from treno_chat.domain.refusals import Conflict
from treno_chat.stores.database import Database
from treno_chat.stores.door import users
from treno_chat.stores.recovery import recoveries

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def a_recovery(name: str, user_id: str = "ada") -> Recovery:
    return Recovery(
        id=name,
        user_id=user_id,
        handle_hash=name,
        device=Device(address="192.0.2.7", user_agent="a browser"),
        asked_at=NOW,
        effective_at=NOW + HOUR,
        expires_at=NOW + 2 * HOUR,
    )


@pytest.fixture(autouse=True)
def asked(database: Database) -> None:
    """Two recoveries for Ada and one for Bruno."""
    with database.writing() as db:
        for name in ("ada", "bruno"):
            user = User(id=name, alias=name, gender=Gender.OTHER, is_anonymous=False)
            users.add(db, user, skeleton=name, created_at=NOW)
        for name, user_id in (("one", "ada"), ("two", "ada"), ("his", "bruno")):
            recoveries.add(db, a_recovery(name, user_id))


def test_what_was_stored_is_read(database: Database) -> None:
    with database.reading() as db:
        assert recoveries.get(db, "one") == a_recovery("one")
        assert recoveries.get(db, "nothing") is None
        assert recoveries.pending(db, "ada", now=NOW) == [a_recovery("one"), a_recovery("two")]
        assert recoveries.pending(db, "ada", now=NOW + 2 * HOUR) == []


@pytest.mark.parametrize(
    ("at", "is_used"),
    [(NOW, False), (NOW + HOUR, True), (NOW + 2 * HOUR, False)],
)
def test_it_is_used_while_it_is_in_force(
    database: Database, at: datetime, *, is_used: bool
) -> None:
    with database.writing() as db:
        assert recoveries.use(db, "one", at=at) is is_used
        assert not recoveries.use(db, "one", at=at)


def test_calling_off_is_for_one_person_and_for_good(database: Database) -> None:
    with database.writing() as db:
        assert recoveries.cancel(db, "ada", at=NOW) == ["one", "two"]
        assert recoveries.cancel(db, "ada", at=NOW) == []

        assert not recoveries.use(db, "one", at=NOW + HOUR)
        assert recoveries.get(db, "one") == replace(a_recovery("one"), cancelled_at=NOW)
        assert recoveries.use(db, "his", at=NOW + HOUR)


def test_s49_it_is_used_by_one(database: Database) -> None:
    def use() -> None:
        with database.writing() as db:
            if not recoveries.use(db, "one", at=NOW + HOUR):
                raise Conflict("too_late")

    assert sorted(at_once(use, use, use)) == ["in", "too_late", "too_late"]
