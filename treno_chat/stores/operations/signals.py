"""Signals in the database: what another process did, in the order in which it was done."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, func, select, text

from treno_chat.stores import tables

PAGE_SIZE = 500
BEFORE_ALL = f"{0:020d}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """What kind of thing happened, and the ids of what it happened to."""

    kind: str
    payload: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Signal:
    """A word that was sent; its id is its place in the line."""

    id: str
    word: Word


def newest_id(db: Session) -> str:
    """Return the id of the newest signal, or one before all when there is none."""
    return db.exec(select(func.max(tables.Signal.id))).one() or BEFORE_ALL


def page_after(db: Session, signal_id: str) -> tuple[Signal, ...]:
    """Return the next signals, in their order."""
    query = (
        select(tables.Signal)
        .where(tables.Signal.id > signal_id)
        .order_by(col(tables.Signal.id))
        .limit(PAGE_SIZE)
    )
    return tuple(_to_signal(row) for row in db.exec(query).all())


def add(db: Session, words: Sequence[Word], *, sent_at: datetime) -> None:
    """Store words at the end of the line."""
    _hold_the_line(db)
    for number, word in enumerate(words, start=int(newest_id(db)) + 1):
        payload = json.dumps(word.payload)
        row = tables.Signal(id=f"{number:020d}", kind=word.kind, payload=payload, sent_at=sent_at)
        db.add(row)
    db.flush()


def remove_sent_before(db: Session, moment: datetime) -> int:
    """Delete old signals and say how many; the newest stays, so that the count goes on."""
    query = delete(tables.Signal).where(
        col(tables.Signal.sent_at) < moment, col(tables.Signal.id) < newest_id(db)
    )
    return db.exec(query.execution_options(synchronize_session=False)).rowcount


def _hold_the_line(db: Session) -> None:
    # A reader goes on from the last id it saw: a lower id that is committed later would never
    # be heard. SQLite lets one unit write at a time anyway.
    if db.get_bind().dialect.name == "postgresql":
        db.connection().execute(text("LOCK TABLE signal IN SHARE ROW EXCLUSIVE MODE"))


def _to_signal(row: tables.Signal) -> Signal:
    return Signal(id=row.id, word=Word(kind=row.kind, payload=json.loads(row.payload)))
