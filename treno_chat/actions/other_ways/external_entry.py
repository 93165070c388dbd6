"""Coming in because a provider vouches: somebody known, somebody new, or one more way in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from treno_chat.actions.audit import record
from treno_chat.actions.door.notices import give_notice
from treno_chat.actions.door.refused_ceremonies import noting_refusals
from treno_chat.actions.door.registering import begin_registered, register_person, require_alias_for
from treno_chat.actions.door.sessions import look_up
from treno_chat.actions.door.signing_in import sign_in
from treno_chat.actions.door.step_up import hold_registered, require_fresh
from treno_chat.actions.door.visits import find_place
from treno_chat.actions.other_ways.external_attempts import (
    keep_newcomer,
    place_of,
    redirect_of,
    take_attempt,
    take_newcomer,
)
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.forms import read_entry
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.passkeys import new_handle
from treno_chat.domain.door.sessions import Device, Entered, Principal
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.other_ways.providers import Attempt, Provider, Voucher, refused, subject_of
from treno_chat.domain.refusals import Conflict, NotFound
from treno_chat.stores.door import passkeys, users
from treno_chat.stores.other_ways import external_logins, passwords


@dataclass(frozen=True, kw_only=True, slots=True)
class Vouched:
    """What came of it: somebody is in, or (`handle_token`) somebody new chooses an alias."""

    attempt: Attempt
    entered: Entered | None = None
    handle_token: str = field(default="", repr=False)


def finish_external(
    transactions: Transactions,
    provider: Provider,
    voucher: Voucher,
    *,
    handle_token: str,
    state: str,
    code: str,
    device: Device,
    current: Principal | None,
) -> Vouched:
    """Take what a provider says, in the browser that asked it."""
    with noting_refusals(
        transactions,
        AuthEventKind.EXTERNAL_REFUSED,
        whose=lambda: None if current is None else current.user.id,
        address=device.address,
    ):
        attempt = take_attempt(transactions, handle_token, provider, state=state)
        id_token = voucher.redeem(
            provider,
            code=code,
            verifier=attempt.verifier,
            redirect=redirect_of(transactions, provider),
        )
        subject = subject_of(
            id_token,
            provider,
            keys=voucher.keys(provider),
            nonce=attempt.nonce,
            now=transactions.clock(),
        )
        if attempt.session_id is not None:
            return _link(transactions, provider, attempt, subject=subject, current=current)
        with transactions.writing() as tx:
            user_id = external_logins.owner(tx.db, provider.issuer, subject)
            if user_id is None:
                kept = keep_newcomer(tx, attempt, subject=subject)
                return Vouched(attempt=attempt, handle_token=kept)
            if not external_logins.touch(tx.db, provider.issuer, subject, at=tx.now):
                raise refused("removed meanwhile")
            entered = sign_in(
                tx,
                user_id,
                place_id=find_place(tx, attempt.place_slug),
                device=device,
                current=current,
                way=provider.name,
            )
    return Vouched(attempt=attempt, entered=entered)


def welcome_newcomer(
    transactions: Transactions,
    providers: Mapping[str, Provider],
    *,
    handle_token: str,
    alias: str,
    gender: str,
    device: Device,
    current: Principal | None,
) -> Vouched:
    """Make an account for somebody whom a provider vouched for, or for the guest they are."""
    form = read_entry(alias=alias, gender=gender)
    with transactions.writing() as tx:
        # What will not do is refused before the vouching is used up.
        place_id = find_place(tx, place_of(tx, handle_token))
        require_alias_for(tx, form.alias, place_id=place_id, current=current)
    attempt, subject = take_newcomer(transactions, handle_token)
    provider = providers.get(attempt.provider)
    if provider is None:
        raise refused("the provider is gone")
    with transactions.writing() as tx:
        guest = None if current is None else look_up(tx, current.session.id)
        user = register_person(
            tx,
            alias=form.alias,
            gender=form.gender,
            handle=new_handle(),
            phone=None,
            guest=guest,
        )
        if not _add(tx, user.id, provider, subject):
            raise refused("somebody was faster")
        entered = begin_registered(tx, user, guest=guest, place_id=place_id, device=device)
        for kind in (AuthEventKind.SIGNED_UP, AuthEventKind.EXTERNAL_ADDED):
            record(
                tx,
                kind,
                user_id=user.id,
                session_id=entered.principal.session.id,
                address=device.address,
                detail=provider.name,
            )
    return Vouched(attempt=attempt, entered=entered)


def remove_external(
    tx: Transaction,
    principal: Principal,
    provider: Provider,
    *,
    vouching: Collection[str] = (),
) -> None:
    """Let a provider let the caller in no more; the last way in stays.

    `vouching` are the issuers that let people in: one that is gone from the settings does not.
    """
    current = require_fresh(tx, principal)
    user_id = current.user.id
    # Two who remove one way each at the same moment must not leave none.
    users.hold(tx.db, user_id)
    others = set(external_logins.of_person(tx.db, user_id)) & set(vouching) - {provider.issuer}
    kept = passwords.of_person(tx.db, user_id)
    has_password = kept is not None and kept.confirmed_at is not None
    if not (others or has_password or passkeys.of_person(tx.db, user_id)):
        raise Conflict("last_way_in")
    if not external_logins.remove(tx.db, user_id, provider.issuer):
        raise NotFound("not_found")
    _tell(tx, current, provider, AuthEventKind.EXTERNAL_REMOVED, NoticeKind.EXTERNAL_REMOVED)


def _link(
    transactions: Transactions,
    provider: Provider,
    attempt: Attempt,
    *,
    subject: str,
    current: Principal | None,
) -> Vouched:
    """Give whoever is signed in one more way in; nobody else's browser can finish it."""
    if current is None or current.session.id != attempt.session_id:
        raise refused("begun in another session")
    with transactions.writing() as tx:
        caller = hold_registered(tx, current)
        if not _add(tx, caller.user.id, provider, subject):
            raise Conflict("external_taken")
        _tell(tx, caller, provider, AuthEventKind.EXTERNAL_ADDED, NoticeKind.EXTERNAL_ADDED)
    return Vouched(attempt=attempt)


def _add(tx: Transaction, user_id: str, provider: Provider, subject: str) -> bool:
    return external_logins.add(tx.db, user_id, issuer=provider.issuer, subject=subject, at=tx.now)


def _tell(
    tx: Transaction,
    current: Principal,
    provider: Provider,
    kind: AuthEventKind,
    notice: NoticeKind,
) -> None:
    user_id = current.user.id
    record(tx, kind, user_id=user_id, session_id=current.session.id, detail=provider.name)
    give_notice(tx, user_id, notice, provider.label)
