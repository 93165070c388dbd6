"""Passkeys: coming back as oneself."""

from treno_chat.actions.audit import record, tell
from treno_chat.actions.door.challenges import Begun, give_challenge, take_challenge
from treno_chat.actions.door.claims import Claim
from treno_chat.actions.door.refused_ceremonies import noting_refusals
from treno_chat.actions.door.sessions import log_out, open_session
from treno_chat.actions.door.sign_up import begin_sign_up, finish_sign_up
from treno_chat.actions.door.visits import find_place, let_alias_rest
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.ceremonies import (
    credential_id_of,
    refused,
    require_own_words,
    verify_authentication,
)
from treno_chat.domain.door.passkeys import Assertion, Ceremony, Passkey, authentication_options
from treno_chat.domain.door.sessions import Device, Entered, Principal
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.refusals import Forbidden
from treno_chat.stores.door import passkeys, users

__all__ = [
    "Begun",
    "begin_login",
    "begin_sign_up",
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
    claim: Claim,
    place_slug: str,
    device: Device,
    current: Principal | None,
) -> Entered:
    """Sign the owner of a passkey in, in a session of their own; whoever was here is signed out.

    Every refusal is the same (A18), but for what came too late, whosever it is; and for
    `is_unknown` on a passkey that we do not have: the page may then tell the device to forget it
    (S67). Ids are random, so nobody learns whose.
    It opens its units itself, for the reasons of `finish_sign_up`.
    """
    with transactions.reading() as tx:
        place_id = find_place(tx, place_slug)
    with noting_refusals(
        transactions,
        AuthEventKind.LOGIN_REFUSED,
        whose=lambda: claim.owner,
        address=device.address,
    ):
        passkey, assertion = _prove(transactions, handle_token, claim)
        with transactions.writing() as tx:
            if not passkeys.use(tx.db, passkey, assertion, at=tx.now):
                raise refused("A14: the passkey was used or removed meanwhile")
            user = users.find_admitted(tx.db, passkey.user_id)
            if user is None:
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


def _prove(
    transactions: Transactions, handle_token: str, claim: Claim
) -> tuple[Passkey, Assertion]:
    challenge = take_challenge(transactions, handle_token, ceremony=Ceremony.AUTHENTICATION)
    # Before anything that depends on whose passkey it is.
    require_own_words(claim.credential, challenge.challenge)
    if claim.passkey is None:
        # Refused for its form, if it names no passkey at all.
        credential_id_of(claim.credential)
        raise _unknown()
    assertion = verify_authentication(
        claim.credential,
        expected_challenge=challenge.challenge,
        expected_party=transactions.policy.relying_party,
        expected_handle=claim.handle,
        passkey=claim.passkey,
    )
    return claim.passkey, assertion


def make_way(tx: Transaction, current: Principal) -> None:
    """End the session of before; nobody is to appear under the alias that a guest just left."""
    if current.user.is_anonymous and current.place_id is not None:
        let_alias_rest(tx, current.place_id, users.skeleton_of(tx.db, current.user.id))
    log_out(tx, current)


def _unknown() -> Forbidden:
    refusal = Forbidden("passkey_refused", is_unknown=True)
    refusal.add_note("A3: no such passkey")
    return refusal
