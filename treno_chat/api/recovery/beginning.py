"""Recovery over HTTP: a number, its code, and a second proof or a wait.

What a browser has proven so far hangs on one cookie, whose secret changes with every step taken.
"""

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from treno_chat.actions.recovery.beginning import (
    Opened,
    add_recovery_code,
    find_recovery,
    prove_number,
    wait_instead,
)
from treno_chat.actions.recovery.verification import CodeSent, resend_code, send_code
from treno_chat.api.answers import Json
from treno_chat.api.caller import ClientDevice, Visitor
from treno_chat.api.cookies import (
    RECOVERY,
    set_recovery,
)
from treno_chat.api.door.passkeys import Asked, Short
from treno_chat.api.forms import require_json
from treno_chat.api.house import House, HttpHouse, Spoken
from treno_chat.domain.people import User
from treno_chat.domain.recovery.codes import Purpose
from treno_chat.domain.seals import seal_of


def _count(house: House, visitor: Visitor, device: ClientDevice) -> None:
    house.limits.check_ceremony(visitor=visitor, address=device.address)


def _count_proof(house: House, visitor: Visitor, device: ClientDevice) -> None:
    house.limits.check_sign_in(visitor=visitor, address=device.address)


def _count_glance(house: House, visitor: Visitor, device: ClientDevice) -> None:
    house.limits.check_glance(visitor=visitor, address=device.address)


router = APIRouter(prefix="/auth", dependencies=[Depends(require_json)])
COUNTED = [Depends(_count)]
PROOF_COUNTED = [Depends(_count_proof)]


class Nothing(Asked):
    """Nothing needs to be said."""


class NumberAsked(Asked):
    """The number that somebody named when they signed up."""

    phone: Short
    region: Short = ""


class CodeTyped(Asked):
    """The code that came by SMS."""

    code: Short


class RecoveryCodeTyped(Asked):
    """One of the codes that were kept."""

    recovery_code: Short


class WaitAsked(Asked):
    """Which of the accounts of a number, if there are several."""

    account: Short = ""


@router.post("/recover", dependencies=COUNTED)
def ask_for_code(
    asked: NumberAsked, *, house: House, words: Spoken, device: ClientDevice
) -> Response:
    """Send a code; whether the number is anybody's cannot be told from the answer."""
    with house.transactions.writing() as tx:
        sent = send_code(
            tx,
            Purpose.RECOVERY,
            phone=asked.phone,
            region=asked.region or tx.policy.default_phone_region,
            words=words,
            address=device.address,
        )
    return _sent(house, sent)


@router.post("/recover/resend", dependencies=COUNTED)
def ask_again(
    request: Request, _asked: Nothing, *, house: House, words: Spoken, device: ClientDevice
) -> Response:
    """Send another code to the same number."""
    with house.transactions.writing() as tx:
        sent = resend_code(
            tx,
            handle_of(request),
            purpose=Purpose.RECOVERY,
            words=words,
            address=device.address,
        )
    return _sent(house, sent)


@router.post("/recover/code", dependencies=PROOF_COUNTED)
def give_code(request: Request, asked: CodeTyped, *, house: House) -> Response:
    """Take the code, and say how to go on; several accounts are named to be chosen from."""
    ways = prove_number(house.transactions, handle_of(request), asked.code)
    body: dict[str, Any] = {
        "may_use_code": ways.may_use_code,
        "delay_hours": round(ways.delay.total_seconds() / 3600),
    }
    if ways.choices:
        body["accounts"] = [_account(person) for person in ways.choices]
    return Json(body)


@router.post("/recover/proof", dependencies=PROOF_COUNTED)
def give_recovery_code(
    request: Request, asked: RecoveryCodeTyped, *, house: House, device: ClientDevice
) -> Response:
    """Take a recovery code: the passkey can be made at once."""
    opened = add_recovery_code(
        house.transactions, handle_of(request), asked.recovery_code, device=device
    )
    return _opened(house, opened, {"alias": opened.user.alias})


@router.post("/recover/wait", dependencies=COUNTED)
def choose_to_wait(
    request: Request, asked: WaitAsked, *, house: House, device: ClientDevice
) -> Response:
    """Begin the wait: whoever is signed in as this person is told, and can call it off."""
    with house.transactions.writing() as tx:
        opened = wait_instead(tx, handle_of(request), account=asked.account, device=device)
    return _opened(house, opened, {"effective_at": opened.recovery.effective_at.isoformat()})


@router.post("/recover/status", dependencies=[Depends(_count_glance)])
def tell_status(request: Request, _asked: Nothing, *, house: House) -> Response:
    """Say what became of the recovery that this browser asked for."""
    with house.transactions.reading() as tx:
        recovery = find_recovery(tx, handle_of(request))
        state = recovery.state(tx.now)
    return Json({"state": state, "effective_at": recovery.effective_at.isoformat()})


def handle_of(request: Request) -> str:
    """Return the secret of what this browser has proven so far, "" if it has nothing."""
    return request.cookies.get(RECOVERY, "")


def _sent(house: HttpHouse, sent: CodeSent) -> Response:
    response = Json(
        {
            "masked": sent.masked,
            "resend_after": sent.resend_after,
            "expires_in": sent.expires_in,
            "tries": sent.tries,
        }
    )
    policy = house.transactions.policy.codes
    set_recovery(response, sent.handle_token, lasts=policy.attempt + policy.proof_lifetime)
    return response


def _opened(house: HttpHouse, opened: Opened, body: dict[str, Any]) -> Response:
    response = Json(body)
    lasts = opened.recovery.expires_at - house.transactions.clock()
    set_recovery(response, opened.handle_token, lasts=lasts)
    return response


def _account(person: User) -> dict[str, Any]:
    # People of one family may go by the same alias: the seal tells them apart.
    seal = seal_of(person.id)
    shown = {"shape": seal.shape, "ink": seal.ink, "number": seal.number}
    return {"id": person.id, "alias": person.alias, "seal": shown}
