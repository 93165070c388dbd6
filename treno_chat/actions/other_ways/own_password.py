"""A person's own password: set, changed, removed, and asked for again."""

from collections.abc import Collection
from dataclasses import replace

from treno_chat.actions.audit import record
from treno_chat.actions.door.notices import give_notice
from treno_chat.actions.door.refused_ceremonies import noting_refusals
from treno_chat.actions.door.sessions import rotate_session
from treno_chat.actions.door.signing_in import not_proven
from treno_chat.actions.door.step_up import is_fresh, require_fresh, require_registered
from treno_chat.actions.other_ways.mail_links import end_sessions
from treno_chat.actions.other_ways.password_entry import (
    CountMail,
    claim_address,
    fingerprint_of,
    uncounted,
)
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.lifetimes import lifetime_of
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.sessions import Entered, Principal
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.other_ways.emails import parse_email
from treno_chat.domain.other_ways.hashing import Hasher
from treno_chat.domain.other_ways.passwords import KeptPassword, own_words, read_password
from treno_chat.domain.refusals import Conflict, Forbidden, NotFound
from treno_chat.domain.words import Words
from treno_chat.stores.door import passkeys, users
from treno_chat.stores.other_ways import external_logins, mail_links, passwords


def add_password(
    transactions: Transactions,
    principal: Principal,
    *,
    email: str,
    password: str,
    words: Words,
    count_mail: CountMail = uncounted,
) -> None:
    """Give the caller a second way in; it opens once a mail proved whose the address is."""
    address = parse_email(email)
    policy = transactions.policy.passwords
    with transactions.reading() as tx:
        user = require_fresh(tx, principal).user
        tx.mail.require_open()
        if passwords.of_person(tx.db, user.id) is not None:
            raise Conflict("password_exists")
        has_passkey = bool(passkeys.of_person(tx.db, user.id))
    own = own_words(alias=user.alias, address=address.address)
    new = read_password(password, policy, has_passkey=has_passkey, own=own)
    count_mail(fingerprint_of(transactions.vault, address))
    password_hash = Hasher(policy).hash(new)
    with transactions.writing() as tx:
        current = require_registered(tx, principal)
        claim_address(tx, current.user.id, address, password_hash=password_hash, words=words)
        _tell(tx, current, AuthEventKind.PASSWORD_ADDED, NoticeKind.PASSWORD_ADDED)


def change_password(
    transactions: Transactions, principal: Principal, *, password: str, current_password: str
) -> None:
    """Store another password; it takes the current one, or a proof of a moment ago (S18).

    Whoever is signed in elsewhere is so no longer.
    """
    policy = transactions.policy.passwords
    with transactions.reading() as tx:
        current = require_registered(tx, principal)
        kept = _own(tx, current)
        needs_proof = not is_fresh(tx, current)
        has_passkey = bool(passkeys.of_person(tx.db, current.user.id))
        address = tx.vault.peek(kept.email_sealed) or ""
    if current_password or needs_proof:
        _prove(transactions, current, kept, current_password, field="current_password")
    own = own_words(alias=current.user.alias, address=address)
    new = read_password(password, policy, has_passkey=has_passkey, own=own)
    password_hash = Hasher(policy).hash(new)
    with transactions.writing() as tx:
        current = require_registered(tx, principal)
        is_same = passwords.change(
            tx.db,
            current.user.id,
            was=kept.password_hash,
            password_hash=password_hash,
            at=tx.now,
        )
        if not is_same:
            raise Conflict("password_changed")
        mail_links.remove_of(tx.db, current.user.id)
        end_sessions(tx, current.user.id, detail="password changed", but=current)
        _tell(tx, current, AuthEventKind.PASSWORD_CHANGED, NoticeKind.PASSWORD_CHANGED)


def remove_password(
    tx: Transaction, principal: Principal, *, vouching: Collection[str] = ()
) -> None:
    """Let the caller's password open nothing any more; the last way in stays.

    `vouching` are the issuers that let people in: one that is gone from the settings does not.
    """
    current = require_fresh(tx, principal)
    # Two who remove one way each at the same moment must not leave none.
    users.hold(tx.db, current.user.id)
    _own(tx, current)
    vouched = set(external_logins.of_person(tx.db, current.user.id)) & set(vouching)
    if not vouched and not passkeys.of_person(tx.db, current.user.id):
        raise Conflict("last_way_in")
    passwords.remove(tx.db, current.user.id)
    mail_links.remove_of(tx.db, current.user.id)
    _tell(tx, current, AuthEventKind.PASSWORD_REMOVED, NoticeKind.PASSWORD_REMOVED)


def step_up_by_password(
    transactions: Transactions, principal: Principal, *, password: str
) -> Entered:
    """Prove anew who one is, where there is no passkey to do it with."""
    with transactions.reading() as tx:
        current = require_registered(tx, principal)
        if passkeys.of_person(tx.db, current.user.id):
            raise Forbidden("step_up_needed")
        kept = _own(tx, current)
    _prove(transactions, current, kept, password, field="password")
    with transactions.writing() as tx:
        current = require_registered(tx, principal)
        idle = lifetime_of(tx.policy, is_anonymous=False).idle
        session = replace(
            current.session,
            authenticated_at=tx.now,
            last_seen_at=tx.now,
            idle_ends_at=min(tx.now + idle, current.session.ends_at),
        )
        record(
            tx,
            AuthEventKind.STEP_UP_DONE,
            user_id=current.user.id,
            session_id=session.id,
            detail="password",
        )
        return rotate_session(tx, session)


def _prove(
    transactions: Transactions, current: Principal, kept: KeptPassword, typed: str, *, field: str
) -> None:
    with noting_refusals(
        transactions,
        AuthEventKind.STEP_UP_REFUSED,
        whose=lambda: current.user.id,
        session_id=current.session.id,
    ):
        if not Hasher(transactions.policy.passwords).is_right(kept.password_hash, typed):
            raise not_proven("wrong password", code="password_wrong", field=field)


def _own(tx: Transaction, current: Principal) -> KeptPassword:
    kept = passwords.of_person(tx.db, current.user.id)
    if kept is None:
        raise NotFound("password_none")
    return kept


def _tell(tx: Transaction, current: Principal, kind: AuthEventKind, notice: NoticeKind) -> None:
    record(tx, kind, user_id=current.user.id, session_id=current.session.id)
    give_notice(tx, current.user.id, notice)
