"""The end of a recovery: a new passkey, and nobody else signed in as this person any more."""

from treno_chat.actions.audit import record
from treno_chat.actions.door.challenges import Begun, give_challenge, take_challenge
from treno_chat.actions.door.kept_passkeys import keep_passkey
from treno_chat.actions.door.notices import give_notice
from treno_chat.actions.door.passkeys import make_way
from treno_chat.actions.door.sessions import end_session, open_session
from treno_chat.actions.door.visits import find_place
from treno_chat.actions.recovery.beginning import find_recovery, settle
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.ceremonies import verify_registration
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.passkeys import Ceremony, Credential, registration_options
from treno_chat.domain.door.sessions import Device, Entered, Principal
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.recovery.recoveries import Recovery, RecoveryState
from treno_chat.domain.refusals import Conflict, Forbidden
from treno_chat.stores.door import login_sessions, passkeys, users
from treno_chat.stores.recovery import recoveries


def begin_new_passkey(tx: Transaction, handle_token: str) -> Begun:
    """Ask for a passkey, of an authenticator that holds none of this account."""
    recovery = _in_force(tx, handle_token)
    ceremony_token, challenge = give_challenge(tx, Ceremony.RECOVERY, user_id=recovery.user_id)
    options = registration_options(
        relying_party=tx.policy.relying_party,
        challenge=challenge,
        handle=users.handle_of(tx.db, recovery.user_id) or b"",
        alias=users.find(tx.db, recovery.user_id).alias,
        excluded=passkeys.of_person(tx.db, recovery.user_id),
    )
    return Begun(handle_token=ceremony_token, options=options)


def finish_new_passkey(
    transactions: Transactions,
    handle_token: str,
    *,
    ceremony_token: str,
    credential: object,
    place_slug: str,
    device: Device,
    current: Principal | None,
) -> Entered:
    """Keep the passkey and sign its owner in; the old passkeys stay, the old sessions do not.

    It opens its units itself, for the reasons of `finish_sign_up`. Whatever fails, the recovery
    is as it was, and the ceremony can be begun again.
    """
    with transactions.reading() as tx:
        place_id = find_place(tx, place_slug)
        recovery = _in_force(tx, handle_token)
    challenge = take_challenge(
        transactions, ceremony_token, ceremony=Ceremony.RECOVERY, user_id=recovery.user_id
    )
    proven = verify_registration(
        credential,
        expected_challenge=challenge.challenge,
        expected_party=transactions.policy.relying_party,
    )
    with transactions.writing() as tx:
        if current is not None:
            make_way(tx, current)
        return _recover(tx, recovery, proven, place_id=place_id, device=device)


def _recover(
    tx: Transaction, recovery: Recovery, proven: Credential, *, place_id: PlaceId, device: Device
) -> Entered:
    user_id = recovery.user_id
    # Whoever calls it off, or uses another one, at this very moment is before us or after us.
    users.hold(tx.db, user_id)
    if not recoveries.use(tx.db, recovery.id, at=tx.now):
        raise Conflict("code_gone")
    keep_passkey(tx, user_id, proven)
    for other_id in (recovery.id, *recoveries.cancel(tx.db, user_id, at=tx.now)):
        settle(tx, user_id, other_id)
    entered = open_session(tx, users.find(tx.db, user_id), place_id=place_id, device=device)
    session_id = entered.principal.session.id
    for other_id in login_sessions.all_of(tx.db, user_id):
        if other_id != session_id:
            end_session(tx, user_id, other_id, why=AuthEventKind.SESSION_REVOKED, detail="recovery")
    users.count_phone_use(tx.db, user_id)
    give_notice(tx, user_id, NoticeKind.RECOVERED)
    for kind in (AuthEventKind.PASSKEY_ADDED, AuthEventKind.RECOVERED):
        record(tx, kind, user_id=user_id, session_id=session_id, address=device.address)
    return entered


def _in_force(tx: Transaction, handle_token: str) -> Recovery:
    recovery = find_recovery(tx, handle_token)
    if users.is_disabled(tx.db, recovery.user_id):
        raise Conflict("code_gone")
    match recovery.state(tx.now):
        case RecoveryState.READY:
            return recovery
        case RecoveryState.WAITING:
            raise Forbidden("recovery_waits")
        case RecoveryState.CANCELLED:
            raise Conflict("recovery_cancelled")
        case RecoveryState.EXPIRED:
            raise Conflict("code_gone")
