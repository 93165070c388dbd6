"""Another number for recovery, over HTTP: a code to the new one, typed in the same session."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from treno_chat.actions.account.phone_change import (
    begin_phone_change,
    finish_phone_change,
    resend_phone_code,
)
from treno_chat.actions.recovery.verification import CodeSent
from treno_chat.api.answers import Json
from treno_chat.api.caller import Caller, Changer, ClientDevice
from treno_chat.api.cookies import PHONE_CHANGE, clear_phone_change, set_phone_change
from treno_chat.api.door.passkeys import Asked, Short
from treno_chat.api.forms import require_json
from treno_chat.api.house import House, HttpHouse, Spoken

router = APIRouter(prefix="/auth/phone", dependencies=[Depends(require_json)])


class NumberAsked(Asked):
    """The number that is to be kept."""

    phone: Short
    region: Short = ""


class CodeAgain(Asked):
    """Nothing needs to be said: the cookie says which number."""


class CodeTyped(Asked):
    """The code that came by SMS."""

    code: Short


@router.post("/change")
def change(
    asked: NumberAsked, *, house: House, words: Spoken, device: ClientDevice, caller: Caller
) -> Response:
    """Send a code to the new number."""
    house.limits.check_ceremony(visitor=caller.session.id, address=device.address)
    with house.transactions.writing() as tx:
        sent = begin_phone_change(
            tx,
            caller,
            phone=asked.phone,
            region=asked.region,
            words=words,
            address=device.address,
        )
    return _sent(house, sent)


@router.post("/resend")
def resend(
    request: Request,
    _asked: CodeAgain,
    *,
    house: House,
    words: Spoken,
    device: ClientDevice,
    caller: Changer,
) -> Response:
    """Send another code to the same number."""
    with house.transactions.writing() as tx:
        handle_token = request.cookies.get(PHONE_CHANGE, "")
        sent = resend_phone_code(tx, caller, handle_token, words=words, address=device.address)
    return _sent(house, sent)


@router.post("/confirm")
def confirm(
    request: Request, asked: CodeTyped, *, house: House, words: Spoken, caller: Changer
) -> Response:
    """Keep the new number, and nothing of the old one."""
    masked = finish_phone_change(
        house.transactions,
        caller,
        handle_token=request.cookies.get(PHONE_CHANGE, ""),
        code=asked.code,
        words=words,
    )
    response = Json({"masked": masked})
    clear_phone_change(response)
    return response


def _sent(house: HttpHouse, sent: CodeSent) -> Response:
    response = Json(
        {
            "masked": sent.masked,
            "resend_after": sent.resend_after,
            "expires_in": sent.expires_in,
            "tries": sent.tries,
        }
    )
    # As long as another code may be sent in its place.
    set_phone_change(response, sent.handle_token, lasts=house.transactions.policy.codes.attempt)
    return response
