"""A person's sheet: everything an operator may know of somebody, and no more."""

from treno_chat.actions.operations.roster import find_person
from treno_chat.actions.recovery.recovery_codes import count_left
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.ids import UserId
from treno_chat.domain.operations.roster import PersonSheet
from treno_chat.domain.other_ways.emails import mask_email
from treno_chat.domain.recovery.phones import mask_phone
from treno_chat.domain.vault import UNREADABLE
from treno_chat.stores.account import accounts, held, leaving
from treno_chat.stores.door import login_sessions, passkeys, users
from treno_chat.stores.operations import staff
from treno_chat.stores.other_ways import external_logins, passwords


def view_person(tx: Transaction, user_id: UserId) -> PersonSheet:
    """Return a person's sheet; what they say and write is counted, never shown."""
    user = find_person(tx, user_id)
    profile = accounts.profile(tx.db, user.id)
    password = passwords.of_person(tx.db, user.id)
    counts = leaving.count(tx.db, user.id)
    return PersonSheet(
        id=user.id,
        alias=user.alias,
        gender=user.gender,
        is_registered=not user.is_anonymous,
        created_at=profile.created_at,
        registered_at=profile.registered_at,
        disabled_at=users.disabled_at(tx.db, user.id),
        erasure_due_at=profile.erasure_due_at,
        phone=_phone(tx, accounts.sealed_phone(tx.db, user.id)),
        email=_email(tx, None if password is None else password.email_sealed),
        is_email_confirmed=password is not None and password.confirmed_at is not None,
        passkeys=tuple(each.name for each in passkeys.of_person(tx.db, user.id)),
        recovery_codes=count_left(tx, user.id),
        providers=tuple(external_logins.of_person(tx.db, user.id)),
        staff_of=staff.places_of(tx.db, user.id),
        sessions=len(login_sessions.live_of(tx.db, user.id, now=tx.now)),
        memberships=counts["memberships"],
        messages=held.count(tx.db, user, now=tx.now).messages,
        tasks=counts["tasks"],
        conversations=counts["conversations"],
    )


def _phone(tx: Transaction, sealed: bytes | None) -> str | None:
    text = _opened(tx, sealed)
    return text if text in (None, UNREADABLE) else mask_phone(text)


def _email(tx: Transaction, sealed: bytes | None) -> str | None:
    text = _opened(tx, sealed)
    return text if text in (None, UNREADABLE) else mask_email(text)


def _opened(tx: Transaction, sealed: bytes | None) -> str | None:
    return None if sealed is None else tx.vault.read(sealed)
