"""Walking in as a guest."""

from treno_chat.actions.audit import record
from treno_chat.actions.door.sessions import log_out, open_session
from treno_chat.actions.door.visits import find_place, require_free_alias
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.forms import read_entry
from treno_chat.domain.door.sessions import Device, Entered, Principal
from treno_chat.domain.ids import new_id
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.people import User
from treno_chat.stores.door import users


def enter_as_guest(
    tx: Transaction,
    *,
    place_slug: str,
    alias: str,
    gender: str,
    device: Device,
    current: Principal | None,
) -> Entered:
    """Come to a place under an alias; whoever this browser was before is signed out first."""
    place_id = find_place(tx, place_slug)
    form = read_entry(alias=alias, gender=gender)
    if current is not None:
        log_out(tx, current)
    require_free_alias(tx, place_id, form.alias)
    user = User(id=new_id(), alias=form.alias.text, gender=form.gender, is_anonymous=True)
    users.add(tx.db, user, skeleton=form.alias.skeleton, created_at=tx.now)
    entered = open_session(tx, user, place_id=place_id, device=device)
    record(
        tx,
        AuthEventKind.ENTERED,
        user_id=user.id,
        session_id=entered.principal.session.id,
        address=device.address,
    )
    return entered
