"""Stepping up over HTTP: a passkey of the caller's own, and a new cookie."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from treno_chat.actions.door.step_up import begin_step_up, finish_step_up
from treno_chat.api.answers import Json
from treno_chat.api.caller import Caller, ClientDevice
from treno_chat.api.cookies import CEREMONY, clear_ceremony, set_ceremony
from treno_chat.api.door.passkeys import Asked
from treno_chat.api.door.session_cookie import set_session
from treno_chat.api.forms import require_json
from treno_chat.api.house import House

router = APIRouter(prefix="/auth/step-up", dependencies=[Depends(require_json)])


class StepUpBegins(Asked):
    """Nothing needs to be said: the session says who it is."""


class StepUpEnds(Asked):
    """The authenticator's answer."""

    credential: Any


@router.post("/options")
def ask_for_own_passkey(
    _asked: StepUpBegins, *, house: House, device: ClientDevice, caller: Caller
) -> Response:
    """Ask for one of the caller's passkeys."""
    house.limits.check_ceremony(visitor=caller.session.id, address=device.address)
    with house.transactions.writing() as tx:
        begun = begin_step_up(tx, caller)
    response = Json(begun.options)
    set_ceremony(response, begun.handle_token)
    return response


@router.post("/verify")
def step_up(request: Request, asked: StepUpEnds, *, house: House, caller: Caller) -> Response:
    """Take the proof, and hand the new token over."""
    # By session: whoever fails in a stolen one does not lock the owner's others.
    with house.limits.counting_failures(f"step-up {caller.session.id}"):
        entered = finish_step_up(
            house.transactions,
            caller,
            handle_token=request.cookies.get(CEREMONY, ""),
            credential=asked.credential,
        )
    response = Json({})
    set_session(response, entered, now=house.transactions.clock())
    clear_ceremony(response)
    return response
