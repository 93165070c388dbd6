"""The audit: what happened around accounts, as a row that stays and as a line in the log.

A detail never holds a code, a token, a phone number or the text of a message.
"""

from datetime import timedelta

import structlog
from structlog.contextvars import get_contextvars

from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.ids import SessionId, UserId, new_id
from treno_chat.domain.operations.auth_events import AuthEvent, AuthEventKind, Outcome
from treno_chat.stores.operations import auth_events

log = structlog.get_logger(__name__)

KEPT_FOR = timedelta(days=30)
MAX_DETAIL = 200


def record(
    tx: Transaction,
    kind: AuthEventKind,
    *,
    user_id: UserId | None = None,
    session_id: SessionId | None = None,
    address: str = "",
    outcome: Outcome = Outcome.OK,
    detail: str = "",
) -> None:
    """Write down what happened, if the unit is committed; the address is the request's if known."""
    event = AuthEvent(
        id=new_id(),
        at=tx.now,
        kind=kind,
        outcome=outcome,
        user_id=user_id,
        session_id=session_id,
        address=address or str(get_contextvars().get("address", "")),
        # Half a surrogate pair or a NUL would be an error of the database.
        detail=detail[:MAX_DETAIL].encode("utf-8", "replace").decode().replace("\0", "\ufffd"),
    )
    auth_events.add(tx.db, event)
    # Not before the commit: a line must not tell of what did not come to pass.
    tx.afterwards.append(lambda: _say(event))


def tell(tx: Transaction, kind: AuthEventKind) -> None:
    """Write a line alone, of what any stranger may cause at will: rows would be theirs to pile."""
    tx.afterwards.append(lambda: log.info(kind.value, outcome=Outcome.OK.value))


def record_refusal(
    transactions: Transactions,
    kind: AuthEventKind,
    *,
    user_id: UserId | None = None,
    session_id: SessionId | None = None,
    address: str = "",
    detail: str = "",
) -> None:
    """Write down what was refused, in a unit of its own: that of the deed is undone."""
    with transactions.writing() as tx:
        record(
            tx,
            kind,
            user_id=user_id,
            session_id=session_id,
            address=address,
            outcome=Outcome.REFUSED,
            detail=detail,
        )


def forget_old(tx: Transaction) -> int:
    """Delete the events that are kept no longer, and return how many those were.

    The database refuses to lose a younger one, by its own clock: the later of the two decides.
    """
    return auth_events.remove_before(tx.db, min(tx.now, auth_events.clock(tx.db)) - KEPT_FOR)


def _say(event: AuthEvent) -> None:
    known = {
        "user": event.user_id,
        "session": event.session_id,
        "address": event.address,
        "detail": event.detail,
    }
    say = log.info if event.outcome is Outcome.OK else log.warning
    say(event.kind.value, outcome=event.outcome.value, **{k: v for k, v in known.items() if v})
