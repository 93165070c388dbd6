"""Signing a person in who has proven who they are, whichever way that was."""

from treno_chat.actions.audit import record
from treno_chat.actions.door.passkeys import make_way
from treno_chat.actions.door.sessions import open_session
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Device, Entered, Principal
from treno_chat.domain.ids import PlaceId, UserId
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.refusals import NotProven
from treno_chat.stores.door import users


def sign_in(
    tx: Transaction,
    user_id: UserId,
    *,
    place_id: PlaceId,
    device: Device,
    current: Principal | None,
    way: str,
) -> Entered:
    """Open a session of their own; whoever was here before is signed out."""
    user = users.find_admitted(tx.db, user_id)
    if user is None:
        raise not_proven("the person is disabled")
    if current is not None:
        make_way(tx, current)
    entered = open_session(tx, user, place_id=place_id, device=device)
    record(
        tx,
        AuthEventKind.LOGGED_IN,
        user_id=user_id,
        session_id=entered.principal.session.id,
        address=device.address,
        detail=way,
    )
    return entered


def not_proven(why: str, *, code: str = "login_refused", field: str | None = None) -> NotProven:
    """Return the one refusal of a sign-in (row 23); why is for the log alone."""
    refusal = NotProven(code, field=field)
    refusal.add_note(why)
    return refusal
