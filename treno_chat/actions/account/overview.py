"""The account page: everything a person is shown of what is held about them."""

import base64

from treno_chat.actions.door.notices import unread
from treno_chat.actions.door.sessions import look_up
from treno_chat.actions.door.step_up import require_registered
from treno_chat.actions.recovery.recovery_codes import count_left
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.account.accounts import (
    Accepted,
    AccountView,
    NoticesView,
    PasskeyView,
    PendingRecovery,
)
from treno_chat.domain.door.passkeys import Passkey
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import UserId
from treno_chat.domain.other_ways.emails import mask_email
from treno_chat.domain.recovery.phones import mask_phone
from treno_chat.domain.seals import seal_of
from treno_chat.stores.account import accounts, held
from treno_chat.stores.door import passkeys, users
from treno_chat.stores.other_ways import external_logins, passwords
from treno_chat.stores.recovery import recoveries
from treno_chat.stores.talk import places


def view_account(tx: Transaction, principal: Principal) -> AccountView:
    """Return what the account page shows the caller, guest or registered."""
    current = look_up(tx, principal.session.id)
    user = current.user
    phone, kept = phone_of(tx, user.id), passwords.of_person(tx.db, user.id)
    return AccountView(
        user=user,
        seal=seal_of(user.id),
        place=None if current.place_id is None else places.find(tx.db, current.place_id),
        profile=accounts.profile(tx.db, user.id),
        phone=None if phone is None else mask_phone(phone),
        codes_left=count_left(tx, user.id),
        passkeys=tuple(_view(each) for each in passkeys.of_person(tx.db, user.id)),
        sessions=accounts.sessions(tx.db, user.id, this=current.session.id, now=tx.now),
        held=held.count(tx.db, user, now=tx.now),
        email=None if kept is None else _masked(tx.vault.peek(kept.email_sealed)),
        is_email_confirmed=kept is not None and kept.confirmed_at is not None,
        issuers=tuple(external_logins.of_person(tx.db, user.id)),
    )


def view_notices(tx: Transaction, principal: Principal) -> NoticesView:
    """Return what every page tells the caller: what was not put away, and what nobody can."""
    return NoticesView(
        notices=tuple(unread(tx, principal)),
        recovery=_pending_recovery(tx, principal.user.id),
    )


def view_accepted(tx: Transaction, principal: Principal) -> Accepted:
    """Return which passkeys open the caller's account, and the name it goes by."""
    current = require_registered(tx, principal)
    own = passkeys.of_person(tx.db, current.user.id)
    return Accepted(
        relying_party=tx.policy.relying_party.id,
        handle=_encode(users.handle_of(tx.db, current.user.id) or b""),
        alias=current.user.alias,
        credential_ids=tuple(_encode(each.credential_id) for each in own),
    )


def phone_of(tx: Transaction, user_id: UserId) -> str | None:
    """Return a person's own number in clear; None for a guest, or sealed with another secret."""
    sealed = accounts.sealed_phone(tx.db, user_id)
    return None if sealed is None else tx.vault.peek(sealed)


def _masked(address: str | None) -> str:
    # There is one, though nobody can read it any more.
    return "•••" if address is None else mask_email(address)


def _pending_recovery(tx: Transaction, user_id: UserId) -> PendingRecovery | None:
    pending = recoveries.pending(tx.db, user_id, now=tx.now)
    if not pending:
        return None
    # Of several the one that comes into force first: it is the one to hurry about.
    first = min(pending, key=lambda recovery: recovery.effective_at)
    return PendingRecovery(id=first.id, asked_at=first.asked_at, effective_at=first.effective_at)


def _view(passkey: Passkey) -> PasskeyView:
    return PasskeyView(
        id=passkey.id,
        name=passkey.name,
        credential_id=_encode(passkey.credential_id),
        created_at=passkey.created_at,
        used_at=passkey.used_at,
        is_synced=passkey.is_backed_up,
    )


def _encode(data: bytes) -> str:
    # As browsers write bytes in the JSON of WebAuthn.
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
