"""The outbox of development in the database, sealed as everything with a number in it."""

from datetime import datetime

from sqlmodel import Session, col, select

from treno_chat.domain.ids import new_id
from treno_chat.stores import tables

SMS = "sms"
MAIL = "mail"


def add(
    db: Session, *, channel: str, recipient_sealed: bytes, body_sealed: bytes, at: datetime
) -> None:
    """Store a message that nobody sends."""
    row = tables.Outbox(
        id=new_id(),
        channel=channel,
        recipient_sealed=recipient_sealed,
        body_sealed=body_sealed,
        made_at=at,
    )
    db.add(row)
    db.flush()


def newest(db: Session, *, limit: int) -> list[tuple[bytes, bytes, datetime]]:
    """Return the newest messages, recipient and body sealed, the newest first."""
    query = select(
        tables.Outbox.recipient_sealed, tables.Outbox.body_sealed, tables.Outbox.made_at
    ).order_by(col(tables.Outbox.made_at).desc(), col(tables.Outbox.id).desc())
    return [
        (recipient, body, made_at) for recipient, body, made_at in db.exec(query.limit(limit)).all()
    ]
