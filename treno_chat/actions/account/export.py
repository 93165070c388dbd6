"""The export: everything held about the caller, as one readable file, written while it is read."""

import json
from collections.abc import Generator, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from treno_chat.actions.account.overview import phone_of
from treno_chat.actions.audit import record
from treno_chat.actions.door.sessions import look_up
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import MessageId, UserId
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.people import User
from treno_chat.stores.account import exported, held
from treno_chat.stores.account.held import HeldMessage
from treno_chat.stores.talk import places

BATCH = 200


def begin_export(tx: Transaction, principal: Principal) -> dict[str, Any]:
    """Return everything but the messages, and note that it was asked for."""
    current = look_up(tx, principal.session.id)
    user_id = current.user.id
    record(tx, AuthEventKind.EXPORTED, user_id=user_id, session_id=current.session.id)
    return {
        "exported_at": tx.now,
        "person": {
            **exported.person(tx.db, user_id),
            "phone": phone_of(tx, user_id),
            "email": _email_of(tx, user_id),
        },
        **exported.belongings(tx.db, user_id),
    }


def write_export(
    transactions: Transactions, user: User, held_otherwise: dict[str, Any]
) -> Generator[str]:
    """Yield the file piece by piece: one object, its messages last and from short units.

    However slowly it is fetched, no transaction waits for that.
    """
    yield _json(held_otherwise).removesuffix("\n}") + ',\n  "messages": ['
    separator = "\n"
    for message in _messages(transactions, user):
        yield f"{separator}{_json(asdict(message))}"
        separator = ",\n"
    yield "\n  ]\n}\n"


def _email_of(tx: Transaction, user_id: UserId) -> str | None:
    sealed = exported.sealed_email(tx.db, user_id)
    return None if sealed is None else tx.vault.read(sealed)


def _messages(transactions: Transactions, user: User) -> Iterable[HeldMessage]:
    with transactions.reading() as tx:
        everywhere = places.all_places(tx.db)
    for place in everywhere:
        after: MessageId = ""
        while True:
            with transactions.reading() as tx:
                page = held.page_after(tx.db, user, place, after=after, now=tx.now, limit=BATCH)
            yield from page
            if len(page) < BATCH:
                break
            after = page[-1].id


def _json(value: dict[str, Any]) -> str:
    # What a person wrote stays readable; half a surrogate pair was never stored.
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
