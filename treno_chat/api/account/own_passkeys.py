"""The caller's own passkeys over HTTP; every answer says what a device is to offer now (S67)."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from treno_chat.actions.account.overview import view_accepted
from treno_chat.actions.account.own_passkeys import (
    begin_addition,
    finish_addition,
    remove_passkey,
    rename_passkey,
)
from treno_chat.actions.transaction import Transaction
from treno_chat.api.answers import Json
from treno_chat.api.caller import Caller, Changer, ClientDevice
from treno_chat.api.cookies import CEREMONY, clear_ceremony, set_ceremony
from treno_chat.api.door.passkeys import Asked, Short
from treno_chat.api.forms import require_json
from treno_chat.api.house import House
from treno_chat.domain.door.sessions import Principal

router = APIRouter(prefix="/auth/passkeys")
CHANGES = [Depends(require_json)]


class AdditionBegins(Asked):
    """Nothing needs to be said: the session says whose it will be."""


class AdditionEnds(Asked):
    """The authenticator's answer, and what to call the passkey."""

    credential: Any
    name: Short


class PasskeyNamed(Asked):
    """One of the caller's passkeys, and its new name."""

    id: Short
    name: Short


class PasskeyMeant(Asked):
    """One of the caller's passkeys."""

    id: Short


@router.get("/accepted")
def tell_accepted(house: House, caller: Caller) -> Response:
    """Tell which passkeys open the caller's account, for the device that keeps them."""
    with house.transactions.reading() as tx:
        return Json({"accepted": accepted(tx, caller)})


@router.post("/add/options", dependencies=CHANGES)
def ask_for_another_passkey(
    _asked: AdditionBegins, *, house: House, device: ClientDevice, caller: Caller
) -> Response:
    """Ask an authenticator for one passkey more."""
    house.limits.check_ceremony(visitor=caller.session.id, address=device.address)
    with house.transactions.writing() as tx:
        begun = begin_addition(tx, caller)
    response = Json(begun.options)
    set_ceremony(response, begun.handle_token)
    return response


@router.post("/add/verify", dependencies=CHANGES)
def add(request: Request, asked: AdditionEnds, *, house: House, caller: Caller) -> Response:
    """Keep it, for the person of the session (R19)."""
    passkey = finish_addition(
        house.transactions,
        caller,
        handle_token=request.cookies.get(CEREMONY, ""),
        credential=asked.credential,
        name=asked.name,
    )
    with house.transactions.reading() as tx:
        response = Json({"id": passkey.id, "accepted": accepted(tx, caller)})
    clear_ceremony(response)
    return response


@router.post("/rename", dependencies=CHANGES)
def rename(asked: PasskeyNamed, *, house: House, caller: Changer) -> Response:
    """Call it something else."""
    with house.transactions.writing() as tx:
        rename_passkey(tx, caller, asked.id, asked.name)
        return Json({"accepted": accepted(tx, caller)})


@router.post("/remove", dependencies=CHANGES)
def remove(asked: PasskeyMeant, *, house: House, caller: Changer) -> Response:
    """Let it open nothing any more."""
    with house.transactions.writing() as tx:
        remove_passkey(tx, caller, asked.id)
        return Json({"accepted": accepted(tx, caller)})


def accepted(tx: Transaction, caller: Principal) -> dict[str, Any]:
    """Return what `signalAllAcceptedCredentials` and `signalCurrentUserDetails` are told."""
    view = view_accepted(tx, caller)
    return {
        "rp_id": view.relying_party,
        "user_id": view.handle,
        "name": view.alias,
        "credential_ids": list(view.credential_ids),
    }
