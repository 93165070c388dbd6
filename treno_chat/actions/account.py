"""The account page: everything a person is shown of what is held about them."""

import base64

from treno_chat.actions.sessions import look_up
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.accounts import AccountView, PasskeyView
from treno_chat.domain.ids import UserId
from treno_chat.domain.passkeys import Passkey
from treno_chat.domain.phones import mask_phone
from treno_chat.domain.seals import seal_of
from treno_chat.domain.sessions import Principal
from treno_chat.stores import accounts, held, passkeys


def view_account(tx: Transaction, principal: Principal) -> AccountView:
    """Return what the account page shows the caller, guest or registered."""
    current = look_up(tx, principal.session.id)
    user = current.user
    return AccountView(
        user=user,
        seal=seal_of(user.id),
        profile=accounts.profile(tx.db, user.id),
        phone=_masked_phone(tx, user.id),
        codes_left=0,
        passkeys=tuple(_view(each) for each in passkeys.of_person(tx.db, user.id)),
        sessions=accounts.sessions(tx.db, user.id, this=current.session.id, now=tx.now),
        held=held.count(tx.db, user, now=tx.now),
        notices=(),
        recovery=None,
    )


def _masked_phone(tx: Transaction, user_id: UserId) -> str | None:
    sealed = accounts.sealed_phone(tx.db, user_id)
    return None if sealed is None else mask_phone(tx.vault.open(sealed))


def _view(passkey: Passkey) -> PasskeyView:
    encoded = base64.urlsafe_b64encode(passkey.credential_id).decode().rstrip("=")
    return PasskeyView(
        id=passkey.id,
        name=passkey.name,
        credential_id=encoded,
        created_at=passkey.created_at,
        used_at=passkey.used_at,
        is_synced=passkey.is_backed_up,
    )
