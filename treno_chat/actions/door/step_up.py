"""Stepping up: it is still you, proven anew by a passkey of this very account."""

from dataclasses import replace

from treno_chat.actions.audit import record
from treno_chat.actions.door.challenges import Begun, give_challenge, take_challenge
from treno_chat.actions.door.refused_ceremonies import noting_refusals
from treno_chat.actions.door.sessions import look_up, rotate_session
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.ceremonies import credential_id_of, refused, verify_authentication
from treno_chat.domain.door.lifetimes import lifetime_of
from treno_chat.domain.door.passkeys import Assertion, Ceremony, Passkey, authentication_options
from treno_chat.domain.door.sessions import Entered, Principal
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.refusals import Forbidden
from treno_chat.stores.door import passkeys, users
from treno_chat.stores.other_ways import passwords


def require_registered(tx: Transaction, principal: Principal) -> Principal:
    """Return the caller as they are now, or refuse: what is asked is for accounts."""
    current = look_up(tx, principal.session.id)
    if current.user.is_anonymous:
        raise Forbidden("account_needed")
    return current


def hold_registered(tx: Transaction, principal: Principal) -> Principal:
    """Do as `require_registered`, and let nobody else change the account until the unit ends.

    It is held first: who was signed out while this waited adds nothing that opens the account.
    """
    users.hold(tx.db, principal.user.id)
    return require_registered(tx, principal)


def require_fresh(tx: Transaction, principal: Principal) -> Principal:
    """Return the caller as they are now, or refuse: the last proof was too long ago."""
    current = require_registered(tx, principal)
    if not is_fresh(tx, current):
        raise Forbidden("step_up_needed")
    return current


def is_fresh(tx: Transaction, current: Principal) -> bool:
    """Say whether who the caller is was proven a moment ago."""
    return tx.now - current.session.authenticated_at <= tx.policy.step_up_freshness


def begin_step_up(tx: Transaction, principal: Principal) -> Begun:
    """Ask for one of the caller's own passkeys."""
    current = require_registered(tx, principal)
    if not passkeys.of_person(tx.db, current.user.id):
        # Another proof, or a new session: both are as good.
        has_password = passwords.of_person(tx.db, current.user.id) is not None
        raise Forbidden("password_needed" if has_password else "login_again")
    handle_token, challenge = give_challenge(
        tx, Ceremony.STEP_UP, session_id=current.session.id, user_id=current.user.id
    )
    options = authentication_options(
        relying_party=tx.policy.relying_party,
        challenge=challenge,
        allowed=passkeys.of_person(tx.db, current.user.id),
    )
    return Begun(handle_token=handle_token, options=options)


def finish_step_up(
    transactions: Transactions, principal: Principal, *, handle_token: str, credential: object
) -> Entered:
    """Take the proof: same session, same sockets, a new token, and freshly authenticated.

    It opens its units itself, for the reasons of `finish_sign_up`.
    """
    with noting_refusals(
        transactions,
        AuthEventKind.STEP_UP_REFUSED,
        whose=lambda: principal.user.id,
        session_id=principal.session.id,
    ):
        passkey, assertion = _prove(transactions, principal, handle_token, credential)
        with transactions.writing() as tx:
            return _go_on(tx, principal, passkey, assertion)


def _go_on(
    tx: Transaction, principal: Principal, passkey: Passkey, assertion: Assertion
) -> Entered:
    current = require_registered(tx, principal)
    if not passkeys.use(tx.db, passkey, assertion, at=tx.now):
        raise refused("A14: the passkey was used or removed meanwhile")
    idle = lifetime_of(tx.policy, is_anonymous=False).idle
    session = replace(
        current.session,
        authenticated_at=tx.now,
        last_seen_at=tx.now,
        idle_ends_at=min(tx.now + idle, current.session.ends_at),
    )
    record(tx, AuthEventKind.STEP_UP_DONE, user_id=current.user.id, session_id=session.id)
    return rotate_session(tx, session)


def _prove(
    transactions: Transactions, principal: Principal, handle_token: str, credential: object
) -> tuple[Passkey, Assertion]:
    challenge = take_challenge(
        transactions,
        handle_token,
        ceremony=Ceremony.STEP_UP,
        session_id=principal.session.id,
        user_id=principal.user.id,
    )
    credential_id = credential_id_of(credential)
    with transactions.reading() as tx:
        own = passkeys.of_person(tx.db, principal.user.id)
        handle = users.handle_of(tx.db, principal.user.id)
    passkey = next((each for each in own if each.credential_id == credential_id), None)
    if passkey is None:
        raise refused("A1: not a passkey of this person")
    assertion = verify_authentication(
        credential,
        expected_challenge=challenge.challenge,
        expected_party=transactions.policy.relying_party,
        expected_handle=handle,
        passkey=passkey,
        allowed=[each.credential_id for each in own],
    )
    return passkey, assertion
