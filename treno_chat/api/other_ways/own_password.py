"""The caller's own password over HTTP: set, changed, removed, asked for again."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from treno_chat.actions.other_ways.own_password import (
    add_password,
    change_password,
    remove_password,
    step_up_by_password,
)
from treno_chat.api.answers import Json
from treno_chat.api.caller import Caller, Changer
from treno_chat.api.door.passkeys import Asked, Short
from treno_chat.api.door.session_cookie import set_session
from treno_chat.api.forms import require_json
from treno_chat.api.house import House, Spoken
from treno_chat.api.other_ways.password import ON, hashing
from treno_chat.api.other_ways.password_forms import Secret

router = APIRouter(prefix="/auth", dependencies=[Depends(require_json)])


class PasswordAdded(Asked):
    """An address, and the password that goes with it."""

    email: Short
    password: Secret


class PasswordChanged(Asked):
    """Another password; the current one, unless who one is was proven a moment ago."""

    password: Secret
    current_password: Secret = ""


class PasswordRemoved(Asked):
    """Nothing needs to be said: there is at most one."""


class StepUpTyped(Asked):
    """The current password."""

    password: Secret


@router.post("/password", dependencies=ON)
async def add(asked: PasswordAdded, *, house: House, words: Spoken, caller: Changer) -> Response:
    """Keep a password, and write to the address."""

    def work() -> None:
        add_password(
            house.transactions,
            caller,
            email=asked.email,
            password=asked.password,
            words=words,
            count_mail=house.limits.check_mail,
        )

    await hashing(house, work)
    return Json({})


@router.post("/password/change", dependencies=ON)
async def change(asked: PasswordChanged, *, house: House, caller: Changer) -> Response:
    """Keep another one; every other session ends."""

    def work() -> None:
        with house.limits.counting_failures(f"step-up {caller.session.id}"):
            change_password(
                house.transactions,
                caller,
                password=asked.password,
                current_password=asked.current_password,
            )

    await hashing(house, work)
    return Json({})


@router.post("/password/remove")
def remove(_asked: PasswordRemoved, *, house: House, caller: Changer) -> Response:
    """Let it open nothing any more; also where passwords are not in use any longer."""
    with house.transactions.writing() as tx:
        remove_password(tx, caller, vouching=house.vouching_issuers)
    return Json({})


@router.post("/step-up/password", dependencies=ON)
async def step_up(asked: StepUpTyped, *, house: House, caller: Caller) -> Response:
    """Take the password for a proof, and hand the new token over."""

    def work() -> Response:
        # By session: whoever fails in a stolen one does not lock the owner's others.
        with house.limits.counting_failures(f"step-up {caller.session.id}"):
            entered = step_up_by_password(house.transactions, caller, password=asked.password)
        response = Json({})
        set_session(response, entered, now=house.transactions.clock())
        return response

    return await hashing(house, work)
