"""Becoming a registered person, whichever proof stands behind it: somebody new, or the guest."""

from dataclasses import replace

from treno_chat.actions.door.sessions import look_up, new_session, open_session, renew_session
from treno_chat.actions.door.visits import let_alias_rest, require_free_alias
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.alias import Alias
from treno_chat.domain.door.sessions import Device, Entered, Principal
from treno_chat.domain.ids import PlaceId, new_id
from treno_chat.domain.people import Gender, User
from treno_chat.domain.refusals import Conflict
from treno_chat.domain.talk.events import SessionUpgraded
from treno_chat.stores.door import users


def require_alias_for(
    tx: Transaction, alias: Alias, *, place_id: PlaceId, current: Principal | None
) -> Principal | None:
    """Refuse an alias that is taken; return the guest that a browser already is, if any."""
    if current is None:
        require_free_alias(tx, place_id, alias)
        return None
    guest = look_up(tx, current.session.id)
    require_guest(guest)
    if users.skeleton_of(tx.db, guest.user.id) != alias.skeleton:
        require_free_alias(tx, place_id, alias)
    return guest


def register_person(
    tx: Transaction,
    *,
    alias: Alias,
    gender: Gender,
    handle: bytes,
    phone: str | None,
    guest: Principal | None,
) -> User:
    """Return the registered person: the guest's own row, or a new one."""
    user = User(id=new_id(), alias=alias.text, gender=gender, is_anonymous=True)
    if guest is None:
        users.add(tx.db, user, skeleton=alias.skeleton, created_at=tx.now)
    else:
        require_guest(guest)
        user = replace(user, id=guest.user.id)
        _let_old_alias_rest(tx, guest, alias)
    is_first = users.register(
        tx.db,
        user.id,
        alias=alias,
        gender=gender,
        handle=handle,
        phone_sealed=None if phone is None else tx.vault.seal(phone),
        phone_fingerprint=None if phone is None else tx.vault.fingerprint(phone),
        at=tx.now,
    )
    if not is_first:
        raise Conflict("already_registered")
    return replace(user, is_anonymous=False)


def begin_registered(
    tx: Transaction, user: User, *, guest: Principal | None, place_id: PlaceId, device: Device
) -> Entered:
    """Sign the new account in: in a session of its own, or in that of the guest."""
    if guest is None:
        return open_session(tx, user, place_id=place_id, device=device)
    # The session's row stays, so that its other tabs are told, and the guest's token dies.
    session = replace(
        new_session(tx, user), id=guest.session.id, created_at=guest.session.created_at
    )
    tx.outbox.append(SessionUpgraded(session_id=session.id))
    return renew_session(tx, user, session=session, place_id=place_id)


def require_guest(principal: Principal) -> None:
    """Refuse whoever has an account already."""
    if not principal.user.is_anonymous:
        raise Conflict("already_registered")


def _let_old_alias_rest(tx: Transaction, guest: Principal, alias: Alias) -> None:
    worn = users.skeleton_of(tx.db, guest.user.id)
    if guest.place_id is not None and worn != alias.skeleton:
        let_alias_rest(tx, guest.place_id, worn)
