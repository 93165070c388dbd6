"""A person's own passkeys: one more, another name, one less; never none."""

from treno_chat.actions.account.own_sessions import end_others
from treno_chat.actions.audit import record
from treno_chat.actions.door.challenges import Begun, give_challenge, take_challenge
from treno_chat.actions.door.kept_passkeys import keep_passkey
from treno_chat.actions.door.notices import give_notice
from treno_chat.actions.door.refused_ceremonies import noting_refusals
from treno_chat.actions.door.step_up import hold_registered, require_fresh, require_registered
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.ceremonies import verify_registration
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.passkeys import (
    Ceremony,
    Credential,
    Passkey,
    registration_options,
)
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.lines import clean_line
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.refusals import Conflict, NotFound
from treno_chat.stores.door import passkeys, users

MAX_NAME = 40


def begin_addition(tx: Transaction, principal: Principal) -> Begun:
    """Ask for one passkey more, of an authenticator that holds none of this account."""
    user = require_fresh(tx, principal).user
    own = passkeys.of_person(tx.db, user.id)
    _require_room(tx, own)
    handle_token, challenge = give_challenge(
        tx, Ceremony.ADDITION, session_id=principal.session.id, user_id=user.id
    )
    options = registration_options(
        relying_party=tx.policy.relying_party,
        challenge=challenge,
        handle=users.handle_of(tx.db, user.id) or b"",
        alias=user.alias,
        excluded=own,
    )
    return Begun(handle_token=handle_token, options=options)


def finish_addition(
    transactions: Transactions,
    principal: Principal,
    *,
    handle_token: str,
    credential: object,
    name: str,
) -> Passkey:
    """Keep the new passkey for the person of the session, whatever the body says (R19).

    The name is read first: a wrong one costs no challenge, and leaves no passkey on the device
    that opens nothing. Freshness was asked for when the challenge was given, minutes ago.
    """
    name = _clean_name(name)
    with noting_refusals(
        transactions,
        AuthEventKind.PASSKEY_REFUSED,
        whose=lambda: principal.user.id,
        session_id=principal.session.id,
    ):
        challenge = take_challenge(
            transactions,
            handle_token,
            ceremony=Ceremony.ADDITION,
            session_id=principal.session.id,
            user_id=principal.user.id,
        )
        proven = verify_registration(
            credential,
            expected_challenge=challenge.challenge,
            expected_party=transactions.policy.relying_party,
        )
        with transactions.writing() as tx:
            return _keep(tx, principal, proven, name=name)


def rename_passkey(tx: Transaction, principal: Principal, passkey_id: str, name: str) -> None:
    """Call one of the caller's passkeys something else."""
    current = require_registered(tx, principal)
    passkey = _own(passkeys.of_person(tx.db, current.user.id), passkey_id)
    passkeys.rename(tx.db, passkey.id, name=_clean_name(name))
    _record(tx, AuthEventKind.PASSKEY_RENAMED, current)


def remove_passkey(tx: Transaction, principal: Principal, passkey_id: str) -> None:
    """Let one of the caller's passkeys open nothing any more; the last way in stays.

    Whoever came in by it is signed in until then, and nobody knows which session that is: all
    others end (S31).
    """
    current = require_fresh(tx, principal)
    # Two who remove one each at the same moment must not leave none.
    users.hold(tx.db, current.user.id)
    own = passkeys.of_person(tx.db, current.user.id)
    passkey = _own(own, passkey_id)
    if len(own) == 1:
        raise Conflict("last_passkey")
    passkeys.remove(tx.db, passkey.id)
    _record(tx, AuthEventKind.PASSKEY_REMOVED, current)
    end_others(tx, current)
    give_notice(tx, current.user.id, NoticeKind.PASSKEY_REMOVED, passkey.name)


def _keep(tx: Transaction, principal: Principal, proven: Credential, *, name: str) -> Passkey:
    current = hold_registered(tx, principal)
    _require_room(tx, passkeys.of_person(tx.db, current.user.id))
    passkey = keep_passkey(tx, current.user.id, proven, name=name)
    _record(tx, AuthEventKind.PASSKEY_ADDED, current)
    give_notice(tx, current.user.id, NoticeKind.PASSKEY_ADDED, name)
    return passkey


def _own(own: tuple[Passkey, ...], passkey_id: str) -> Passkey:
    passkey = next((each for each in own if each.id == passkey_id), None)
    if passkey is None:
        raise NotFound("not_found")
    return passkey


def _require_room(tx: Transaction, own: tuple[Passkey, ...]) -> None:
    if len(own) >= tx.policy.passkeys_per_person:
        raise Conflict("too_many_passkeys", max=tx.policy.passkeys_per_person)


def _clean_name(name: str) -> str:
    return clean_line(name, field="name", maximum=MAX_NAME)


def _record(tx: Transaction, kind: AuthEventKind, principal: Principal) -> None:
    record(tx, kind, user_id=principal.user.id, session_id=principal.session.id)
