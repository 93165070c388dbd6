"""Signing up: a passkey for somebody new, or for the guest this browser already is."""

import base64
import json

from treno_chat.actions.audit import record
from treno_chat.actions.door.challenges import Begun, give_challenge, take_challenge
from treno_chat.actions.door.kept_passkeys import keep_passkey
from treno_chat.actions.door.refused_ceremonies import noting_refusals
from treno_chat.actions.door.registering import begin_registered, register_person, require_alias_for
from treno_chat.actions.door.sessions import look_up
from treno_chat.actions.door.visits import find_place
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.alias import Alias, skeleton_of
from treno_chat.domain.door.ceremonies import verify_registration
from treno_chat.domain.door.forms import SignUpForm, read_sign_up
from treno_chat.domain.door.passkeys import (
    Ceremony,
    new_handle,
    registration_options,
)
from treno_chat.domain.door.sessions import Device, Entered, Principal
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.people import Gender
from treno_chat.domain.recovery.phones import require_country


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
    guest = require_alias_for(tx, form.alias, place_id=place_id, current=current)
    session_id = None if guest is None else guest.session.id
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
            user = register_person(
                tx,
                alias=form.alias,
                gender=form.gender,
                handle=handle,
                phone=form.phone,
                guest=guest,
            )
            keep_passkey(tx, user.id, proven)
            entered = begin_registered(tx, user, guest=guest, place_id=place_id, device=device)
            _note(tx, entered, device, was_guest=guest is not None)
    return entered


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
