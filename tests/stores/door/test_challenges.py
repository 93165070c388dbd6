"""Challenges in the database."""

from datetime import UTC, datetime, timedelta

from tests.support.races import at_once
from treno_chat.domain.door.passkeys import Ceremony, Challenge
from treno_chat.domain.refusals import Conflict
from treno_chat.stores.database import Database
from treno_chat.stores.door import challenges

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)


def a_challenge(name: str = "handle") -> Challenge:
    return Challenge(
        id=name,
        handle_hash=name,
        ceremony=Ceremony.REGISTRATION,
        challenge=b"\x00nonce",
        session_id="session",
        user_id="user",
        sign_up="sealed",
        expires_at=NOW + timedelta(minutes=5),
    )


def test_what_is_taken_is_what_was_given_and_is_gone(database: Database) -> None:
    with database.writing() as db:
        challenges.add(db, a_challenge())
    with database.writing() as db:
        assert challenges.take(db, "handle") == a_challenge()

    with database.writing() as db:
        assert challenges.take(db, "handle") is None


def test_s49_a_challenge_is_taken_by_one(database: Database) -> None:
    with database.writing() as db:
        challenges.add(db, a_challenge())

    def take() -> None:
        with database.writing() as db:
            if challenges.take(db, "handle") is None:
                raise Conflict("too_late")

    assert sorted(at_once(take, take, take)) == ["in", "too_late", "too_late"]


def test_what_has_expired_is_forgotten_and_nothing_else(database: Database) -> None:
    with database.writing() as db:
        challenges.add(db, a_challenge())
        challenges.remove_expired(db, now=NOW + timedelta(minutes=5) - timedelta(seconds=1))
        assert challenges.take(db, "handle")
        challenges.add(db, a_challenge())

        challenges.remove_expired(db, now=NOW + timedelta(minutes=5))

        assert challenges.take(db, "handle") is None
