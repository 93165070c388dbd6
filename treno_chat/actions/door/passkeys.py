"""Passkeys: coming back as oneself."""

import hashlib

from treno_chat.actions.audit import record, tell
from treno_chat.actions.door.challenges import Begun, give_challenge, take_challenge
from treno_chat.actions.door.refused_ceremonies import noting_refusals
from treno_chat.actions.door.sessions import log_out, open_session
from treno_chat.actions.door.sign_up import begin_sign_up, finish_sign_up
from treno_chat.actions.door.visits import find_place, let_alias_rest
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.ceremonies import credential_id_of, refused, verify_authentication
from treno_chat.domain.door.passkeys import Assertion, Ceremony, Passkey, authentication_options
from treno_chat.domain.door.sessions import Device, Entered, Principal
from treno_chat.domain.ids import UserId
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.refusals import Forbidden
from treno_chat.stores.door import passkeys, users

__all__ = [
    "Begun",
    "begin_login",
    "begin_sign_up",
    "claimed_account",
    "finish_login",
    "finish_sign_up",
]


def begin_login(tx: Transaction) -> Begun:
    """Ask for any passkey of ours; the answer says whose it is."""
    handle_token, challenge = give_challenge(tx, Ceremony.AUTHENTICATION)
    tell(tx, AuthEventKind.LOGIN_STARTED)
    options = authentication_options(relying_party=tx.policy.relying_party, challenge=challenge)
    return Begun(handle_token=handle_token, options=options)


def finish_login(
    transactions: Transactions,
    *,
    handle_token: str,
    credential: object,
    place_slug: str,
    device: Device,
    current: Principal | None,
) -> Entered:
    """Sign the owner of a passkey in, in a session of their own; whoever was here is signed out.

    Every refusal is the same (A18), but for `is_unknown` on a passkey that we do not have: the
    page may then tell the device to forget it (S67). Ids are random, so nobody learns whose.
    It opens its units itself, for the reasons of `finish_sign_up`.
    """
    with transactions.reading() as tx:
        place_id = find_place(tx, place_slug)
    with noting_refusals(
        transactions,
        AuthEventKind.LOGIN_REFUSED,
        whose=lambda: claimed_owner(transactions, credential),
        address=device.address,
    ):
        passkey, assertion = _prove(transactions, handle_token, credential)
        with transactions.writing() as tx:
            if not passkeys.use(tx.db, passkey, assertion, at=tx.now):
                raise refused("A14: the passkey was used or removed meanwhile")
            user = users.find(tx.db, passkey.user_id)
            if users.is_disabled(tx.db, user.id):
                raise refused("A16: the person is disabled")
            if current is not None:
                make_way(tx, current)
            entered = open_session(tx, user, place_id=place_id, device=device)
            record(
                tx,
                AuthEventKind.LOGGED_IN,
                user_id=user.id,
                session_id=entered.principal.session.id,
                address=device.address,
            )
    return entered


def claimed_account(transactions: Transactions, credential: object) -> str:
    """Return what the failures of an answer are counted by: the account it claims to be from.

    A passkey that is nobody's is counted alike, or five tries would tell which ones there are.
    What is no answer at all claims nothing.
    """
    owner = claimed_owner(transactions, credential)
    if owner is not None:
        return owner
    try:
        return hashlib.sha256(credential_id_of(credential)).hexdigest()
    except Forbidden:
        return ""


def claimed_owner(transactions: Transactions, credential: object) -> UserId | None:
    """Return whose passkey an answer claims to be from, proven or not; None for none of ours."""
    try:
        credential_id = credential_id_of(credential)
    except Forbidden:
        return None
    with transactions.reading() as tx:
        passkey = passkeys.get(tx.db, credential_id)
    return None if passkey is None else passkey.user_id


def _prove(
    transactions: Transactions, handle_token: str, credential: object
) -> tuple[Passkey, Assertion]:
    challenge = take_challenge(transactions, handle_token, ceremony=Ceremony.AUTHENTICATION)
    credential_id = credential_id_of(credential)
    with transactions.reading() as tx:
        passkey = passkeys.get(tx.db, credential_id)
        handle = None if passkey is None else users.handle_of(tx.db, passkey.user_id)
    if passkey is None:
        raise _unknown()
    assertion = verify_authentication(
        credential,
        expected_challenge=challenge.challenge,
        expected_party=transactions.policy.relying_party,
        expected_handle=handle,
        passkey=passkey,
    )
    return passkey, assertion


def make_way(tx: Transaction, current: Principal) -> None:
    """End the session of before; nobody is to appear under the alias that a guest just left."""
    if current.user.is_anonymous and current.place_id is not None:
        let_alias_rest(tx, current.place_id, users.skeleton_of(tx.db, current.user.id))
    log_out(tx, current)


def _unknown() -> Forbidden:
    refusal = Forbidden("passkey_refused", is_unknown=True)
    refusal.add_note("A3: no such passkey")
    return refusal
