"""Signing up: a passkey for somebody new, or for the guest this browser already is."""

import base64
import json
from dataclasses import replace

from treno_chat.actions.audit import record
from treno_chat.actions.challenges import Begun, give_challenge, take_challenge
from treno_chat.actions.kept_passkeys import keep_passkey
from treno_chat.actions.refused_ceremonies import noting_refusals
from treno_chat.actions.sessions import look_up, new_session, open_session, renew_session
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.actions.visits import find_place, let_alias_rest, require_free_alias
from treno_chat.domain.alias import Alias, skeleton_of
from treno_chat.domain.auth_events import AuthEventKind
from treno_chat.domain.ceremonies import verify_registration
from treno_chat.domain.events import SessionUpgraded
from treno_chat.domain.forms import SignUpForm, read_sign_up
from treno_chat.domain.ids import PlaceId, new_id
from treno_chat.domain.passkeys import (
    Ceremony,
    new_handle,
    registration_options,
)
from treno_chat.domain.people import Gender, User
from treno_chat.domain.phones import require_country
from treno_chat.domain.refusals import Conflict
from treno_chat.domain.sessions import Device, Entered, Principal
from treno_chat.stores import users


def begin_sign_up(
    tx: Transaction,
    *,
    place_slug: str,
    alias: str,
    gender: str,
    phone: str,
    region: str,
    current: Principal | None,
) -> Begun:
    """Read the form and ask for a passkey; nothing of the person is stored but sealed, for minutes.

    A phone that another account has is taken too: to refuse it would tell everybody who knows a
    number that its owner is here, and families share one. Recovery sorts that out with proofs.
    """
    place_id = find_place(tx, place_slug)
    form = read_sign_up(alias=alias, gender=gender, phone=phone, region=region)
    # A number that gets no codes would be found out on the day it is needed.
    require_country(form.phone, tx.policy.codes.countries)
    session_id = None
    if current is None:
        require_free_alias(tx, place_id, form.alias)
    else:
        person = look_up(tx, current.session.id)
        _require_guest(person)
        if users.skeleton_of(tx.db, person.user.id) != form.alias.skeleton:
            require_free_alias(tx, place_id, form.alias)
        session_id = person.session.id
    handle = new_handle()
    handle_token, challenge = give_challenge(
        tx, Ceremony.REGISTRATION, session_id=session_id, sign_up=_seal(tx, form, handle)
    )
    options = registration_options(
        relying_party=tx.policy.relying_party,
        challenge=challenge,
        handle=handle,
        alias=form.alias.text,
    )
    return Begun(handle_token=handle_token, options=options)


def finish_sign_up(
    transactions: Transactions,
    *,
    handle_token: str,
    credential: object,
    place_slug: str,
    device: Device,
    current: Principal | None,
) -> Entered:
    """Make the account, once the browser has answered; `current` is the live session, if any.

    It opens its units itself: the challenge is taken for good before anything is verified, and
    nothing is locked while the signature is. All the rest is one unit, so that a failure midway
    leaves the guest and their session as they were.
    """
    with transactions.reading() as tx:
        place_id = find_place(tx, place_slug)
    with noting_refusals(
        transactions,
        AuthEventKind.SIGN_UP_REFUSED,
        whose=lambda: None if current is None else current.user.id,
        session_id=None if current is None else current.session.id,
        address=device.address,
    ):
        challenge = take_challenge(
            transactions,
            handle_token,
            ceremony=Ceremony.REGISTRATION,
            session_id=None if current is None else current.session.id,
        )
        proven = verify_registration(
            credential,
            expected_challenge=challenge.challenge,
            expected_party=transactions.policy.relying_party,
        )
        with transactions.writing() as tx:
            form, handle = _unseal(tx, challenge.sign_up or "")
            guest = None if current is None else look_up(tx, current.session.id)
            user = _register(tx, form, handle=handle, guest=guest)
            keep_passkey(tx, user.id, proven)
            if guest is None:
                entered = open_session(tx, user, place_id=place_id, device=device)
            else:
                entered = _upgrade(tx, guest, user, place_id=place_id)
            _note(tx, entered, device, was_guest=guest is not None)
    return entered


def _register(tx: Transaction, form: SignUpForm, *, handle: bytes, guest: Principal | None) -> User:
    """Return the registered person: the guest's own row, or a new one."""
    user = User(id=new_id(), alias=form.alias.text, gender=form.gender, is_anonymous=True)
    if guest is None:
        users.add(tx.db, user, skeleton=form.alias.skeleton, created_at=tx.now)
    else:
        _require_guest(guest)
        user = replace(user, id=guest.user.id)
        _let_old_alias_rest(tx, guest, form.alias)
    is_first = users.register(
        tx.db,
        user.id,
        alias=form.alias,
        gender=form.gender,
        handle=handle,
        phone_sealed=tx.vault.seal(form.phone),
        phone_fingerprint=tx.vault.fingerprint(form.phone),
        at=tx.now,
    )
    if not is_first:
        raise Conflict("already_registered")
    return replace(user, is_anonymous=False)


def _upgrade(tx: Transaction, guest: Principal, user: User, *, place_id: PlaceId) -> Entered:
    """Keep the session's row, so that its other tabs are told, and let the guest's token die."""
    session = replace(
        new_session(tx, user), id=guest.session.id, created_at=guest.session.created_at
    )
    tx.outbox.append(SessionUpgraded(session_id=session.id))
    return renew_session(tx, user, session=session, place_id=place_id)


def _let_old_alias_rest(tx: Transaction, guest: Principal, alias: Alias) -> None:
    worn = users.skeleton_of(tx.db, guest.user.id)
    if guest.place_id is not None and worn != alias.skeleton:
        let_alias_rest(tx, guest.place_id, worn)


def _note(tx: Transaction, entered: Entered, device: Device, *, was_guest: bool) -> None:
    details = {
        AuthEventKind.SIGNED_UP: "was a guest" if was_guest else "",
        AuthEventKind.PASSKEY_ADDED: "the first",
    }
    for kind, detail in details.items():
        record(
            tx,
            kind,
            user_id=entered.principal.user.id,
            session_id=entered.principal.session.id,
            address=device.address,
            detail=detail,
        )


def _require_guest(principal: Principal) -> None:
    if not principal.user.is_anonymous:
        raise Conflict("already_registered")


def _seal(tx: Transaction, form: SignUpForm, handle: bytes) -> str:
    told = {
        "alias": form.alias.text,
        "gender": form.gender,
        "phone": form.phone,
        "handle": base64.b64encode(handle).decode(),
    }
    return tx.vault.seal(json.dumps(told)).decode()


def _unseal(tx: Transaction, sealed: str) -> tuple[SignUpForm, bytes]:
    told = json.loads(tx.vault.open(sealed.encode()))
    form = SignUpForm(
        alias=Alias(text=told["alias"], skeleton=skeleton_of(told["alias"])),
        gender=Gender(told["gender"]),
        phone=told["phone"],
    )
    return form, base64.b64decode(told["handle"])
