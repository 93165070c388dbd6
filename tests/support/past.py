"""What was before a journey begins: written straight into the database of the server."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, delete, insert, select, update

from tests.support.server import Server
from treno_chat.domain.assistant.open_questions import OpenQuestion, QuestionKind
from treno_chat.domain.door.alias import skeleton_of
from treno_chat.domain.ids import new_id
from treno_chat.domain.seals import Seal, seal_of
from treno_chat.stores import tables
from treno_chat.stores.assistant import open_questions
from treno_chat.stores.database import Database

ROOM_SLUG = "treno"


def has_said(server: Server, alias: str, count: int) -> int:
    """Let somebody who is there have said "1", "2" … in the room; return the first seq."""
    now = datetime.now(UTC)
    with _database(server) as db:
        user = db.exec(select(tables.User).where(tables.User.alias == alias)).one()
        visit = db.exec(select(tables.Visit).where(tables.Visit.user_id == user.id)).one()
        room = db.exec(select(tables.Room).where(tables.Room.slug == ROOM_SLUG)).one()
        rows = [
            {
                "id": new_id(),
                "room_id": room.id,
                "seq": room.last_seq + number,
                "rev": room.last_rev + number,
                "client_id": new_id(),
                "kind": "words",
                "author_id": user.id,
                "visit_id": visit.id,
                "author_alias": alias,
                "author_gender": user.gender,
                "author_is_anonymous": True,
                "author_is_staff": False,
                "body": f"{number}",
                # Groups of some minutes, and two days.
                "sent_at": now - timedelta(minutes=2 * (count - number)),
                "expires_at": now + timedelta(hours=48),
            }
            for number in range(1, count + 1)
        ]
        first = room.last_seq + 1
        db.exec(insert(tables.Message), params=rows)
        room.last_seq += count
        room.last_rev += count
    return first


def wears(server: Server, alias: str, another: str) -> None:
    """Let somebody be registered under another alias, be it somebody's who is there."""
    values = {"alias": another, "alias_skeleton": skeleton_of(another), "is_anonymous": False}
    with _database(server) as db:
        query = update(tables.User).where(col(tables.User.alias) == alias)
        db.exec(query.values(**values, registered_at=datetime.now(UTC)))


def seals_of(server: Server, alias: str) -> list[Seal]:
    """Return the seals of everybody who carries an alias."""
    with _database(server) as db:
        ids = db.exec(select(tables.User.id).where(tables.User.alias == alias)).all()
    return [seal_of(user_id) for user_id in ids]


def proved_it_long_ago(server: Server) -> None:
    """Let everybody's last proof be older than what weighs asks for."""
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    with _database(server) as db:
        db.exec(update(tables.LoginSession).values(authenticated_at=long_ago))


def has_waited(server: Server) -> None:
    """Let the wait of every recovery be over."""
    with _database(server) as db:
        db.exec(update(tables.Recovery).values(effective_at=datetime.now(UTC)))


def nobody_answered(server: Server, question: str) -> None:
    """Let a question wait for the staff of the train, and no other; no page of theirs is there."""
    with _database(server) as db:
        place = db.exec(select(tables.Place)).one()
        db.exec(delete(tables.OpenQuestion))
        db.exec(delete(tables.GuidePage))
        waiting = OpenQuestion(
            id=new_id(),
            kind=QuestionKind.UNANSWERED,
            body=question,
            language="it",
            times=1,
            asked_at=datetime.now(UTC),
        )
        open_questions.add(db, place.id, waiting)


def asked_long_ago(server: Server, title: str) -> None:
    """Let nothing have been said in a conversation for ten days."""
    long_ago = datetime.now(UTC) - timedelta(days=10)
    with _database(server) as db:
        query = update(tables.Conversation).where(col(tables.Conversation.title) == title)
        db.exec(query.values(updated_at=long_ago))


@contextmanager
def _database(server: Server) -> Generator[Session]:
    database = Database(server.database_url)
    try:
        with database.writing() as db:
            yield db
    finally:
        database.close()
