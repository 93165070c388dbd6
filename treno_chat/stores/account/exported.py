"""Everything that is held about a person, for their own eyes; the messages are in `held`.

Left out is what opens something (hashes, keys, tokens), and whatever is somebody else's.
"""

from typing import Any

from sqlalchemy import ColumnElement, Executable, FromClause, select
from sqlmodel import Session

from treno_chat.domain.ids import UserId
from treno_chat.stores import tables

Rows = list[dict[str, Any]]

_tables = tables.metadata.tables
_place, _room = _tables["place"], _tables["room"]
# What is told of each kind of row, in the order of the table's own times.
_TOLD: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "passkeys": (
        "passkey",
        "created_at",
        ("name", "created_at", "used_at", "is_backed_up", "transports", "aaguid", "sign_count"),
    ),
    "recovery_codes": ("recoverycode", "created_at", ("created_at", "used_at")),
    "recoveries": (
        "recovery",
        "asked_at",
        ("asked_at", "effective_at", "expires_at", "cancelled_at", "address", "user_agent"),
    ),
    "codes_by_sms": ("verification", "sent_at", ("purpose", "sent_at", "proven_at")),
    "passwords": ("password", "changed_at", ("changed_at",)),
    "links_by_mail": ("maillink", "made_at", ("purpose", "made_at", "expires_at", "used_at")),
    "external_logins": (
        "externallogin",
        "created_at",
        ("issuer", "subject", "created_at", "used_at"),
    ),
    "tasks": (
        "task",
        "created_at",
        ("title", "description", "created_at", "updated_at", "done_at"),
    ),
    "conversations": (
        "conversation",
        "created_at",
        ("id", "title", "created_at", "updated_at"),
    ),
    "questions_and_answers": (
        "utterance",
        "said_at",
        (
            "conversation_id",
            "role",
            "body",
            "sources",
            "status",
            "engine",
            "latency_ms",
            "is_degraded",
            "is_refusal",
            "is_truncated",
            "rating",
            "said_at",
        ),
    ),
    "questions_handed_over": (
        "openquestion",
        "asked_at",
        ("body", "language", "asked_at", "settled_at"),
    ),
    "notices": ("notice", "made_at", ("kind", "subject", "made_at", "read_at")),
    "events": ("authevent", "at", ("at", "kind", "outcome", "address", "detail")),
}
_AT_A_PLACE: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "sessions": (
        "loginsession",
        "created_at",
        (
            "id",
            "address",
            "user_agent",
            "created_at",
            "authenticated_at",
            "last_seen_at",
            "idle_ends_at",
            "ends_at",
        ),
    ),
    "visits": ("visit", "entered_at", ("entered_at", "ends_at", "left_at")),
    "staff_roles": ("staffrole", "granted_at", ("role", "granted_at")),
}
_PERSON = (
    "id",
    "alias",
    "gender",
    "is_anonymous",
    "status_line",
    "language",
    "theme",
    "phone_uses",
    "created_at",
    "registered_at",
    "erasure_due_at",
)


def person(db: Session, user_id: UserId) -> dict[str, Any]:
    """Return what somebody said of themselves, but for the phone, which only the vault opens."""
    user = _tables["user"]
    query = select(*(user.c[name] for name in _PERSON)).where(user.c.id == user_id)
    (row,) = _rows(db, query)
    return row


def sealed_email(db: Session, user_id: UserId) -> bytes | None:
    """Return a person's address of mail as it is kept; None without one."""
    password = _tables["password"].c
    query = select(password.email_sealed).where(password.user_id == user_id)
    return db.connection().execute(query).scalar_one_or_none()


def belongings(db: Session, user_id: UserId) -> dict[str, Rows]:
    """Return all the rest, kind by kind, the oldest first."""
    told = {kind: _rows(db, _of_person(user_id, *what)) for kind, what in _TOLD.items()}
    told |= {
        kind: _rows(db, _of_person_at_place(user_id, *what)) for kind, what in _AT_A_PLACE.items()
    }
    return told | {"rooms": _rows(db, _memberships(user_id))}


def _of_person(user_id: UserId, name: str, at: str, columns: tuple[str, ...]) -> Executable:
    table = _tables[name]
    query = select(*_columns(table, columns)).where(table.c.user_id == user_id)
    return query.order_by(table.c[at])


def _of_person_at_place(
    user_id: UserId, name: str, at: str, columns: tuple[str, ...]
) -> Executable:
    table = _tables[name]
    return (
        select(_place.c.name.label("place"), *_columns(table, columns))
        .select_from(table.outerjoin(_place, _place.c.id == table.c.place_id))
        .where(table.c.user_id == user_id)
        .order_by(table.c[at])
    )


def _memberships(user_id: UserId) -> Executable:
    table = _tables["membership"]
    return (
        select(
            _place.c.name.label("place"),
            _room.c.name.label("room"),
            table.c.joined_at,
            table.c.last_read_seq,
        )
        .join(_room, _room.c.id == table.c.room_id)
        .join(_place, _place.c.id == _room.c.place_id)
        .where(table.c.user_id == user_id)
        .order_by(table.c.joined_at)
    )


def _columns(table: FromClause, names: tuple[str, ...]) -> list[ColumnElement[Any]]:
    return [table.c[name] for name in names]


def _rows(db: Session, query: Executable) -> Rows:
    return [dict(row) for row in db.connection().execute(query).mappings()]
