"""Passkey ceremonies over HTTP: options out, the authenticator's answer in."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from treno_chat.actions.door.claims import read_claim
from treno_chat.actions.door.passkeys import (
    Begun,
    begin_login,
    begin_sign_up,
    finish_login,
    finish_sign_up,
)
from treno_chat.api.answers import Json
from treno_chat.api.caller import ClientDevice, OptionalCaller, Visitor
from treno_chat.api.cookies import CEREMONY, clear_ceremony, set_ceremony
from treno_chat.api.door.entry import let_in, look_through
from treno_chat.api.forms import require_json
from treno_chat.api.house import House
from treno_chat.domain.door.sessions import Entered

router = APIRouter(prefix="/auth/passkeys", dependencies=[Depends(require_json)])

Finish = Callable[..., Entered]
Short = Annotated[str, Field(max_length=512)]


class Asked(BaseModel):
    """What a route accepts: exactly this, nothing converted, nothing besides."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LoginBegins(Asked):
    """Nothing needs to be said: the passkey says who it is."""


class SignUpBegins(Asked):
    """The sign-up form."""

    alias: Short
    gender: Short = ""
    phone: Short
    region: Short = ""
    place: Short = ""


class CeremonyEnds(Asked):
    """The authenticator's answer, in the form that `toJSON` gives it."""

    credential: Any
    place: Short = ""
    next: Short = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """The end of a ceremony, whichever it was: somebody is in."""

    request: Request
    asked: CeremonyEnds
    house: House
    device: ClientDevice
    visitor: Visitor
    current: OptionalCaller

    def by(self, finish: Finish, *, claimed: str = "") -> Response:
        """Finish it, and let the person in; failures count for `claimed` as for the browser."""
        limits = self.house.limits
        limits.check_sign_in(visitor=self.visitor, address=self.device.address)
        door = look_through(self.house, self.asked.place)
        with limits.counting_failures(self.visitor, claimed):
            entered = finish(
                self.house.transactions,
                handle_token=self.request.cookies.get(CEREMONY, ""),
                place_slug=door.place.slug,
                device=self.device,
                current=self.current,
            )
        response = let_in(self.request, self.house, entered, wish=self.asked.next, door=door)
        clear_ceremony(response)
        return response


CeremonyEnd = Annotated[Ending, Depends()]


@router.post("/sign-up/options")
def ask_for_new_passkey(
    asked: SignUpBegins,
    *,
    house: House,
    device: ClientDevice,
    visitor: Visitor,
    current: OptionalCaller,
) -> Response:
    """Read the form and begin a registration."""
    house.limits.check_ceremony(visitor=visitor, address=device.address)
    with house.transactions.writing() as tx:
        begun = begin_sign_up(
            tx,
            place_slug=asked.place or house.default_place,
            alias=asked.alias,
            gender=asked.gender,
            phone=asked.phone,
            region=asked.region or tx.policy.default_phone_region,
            current=current,
        )
    return _begun(begun)


@router.post("/sign-up/verify")
def sign_up(end: CeremonyEnd) -> Response:
    """Make the account, for somebody new or for the guest this browser is."""
    return end.by(partial(finish_sign_up, credential=end.asked.credential))


@router.post("/login/options")
def ask_for_passkey(
    _asked: LoginBegins, *, house: House, device: ClientDevice, visitor: Visitor
) -> Response:
    """Begin an authentication; the options never say whose passkeys exist."""
    house.limits.check_ceremony(visitor=visitor, address=device.address)
    # A challenge that a power cut loses is asked for again.
    with house.transactions.writing(is_durable=False) as tx:
        begun = begin_login(tx)
    return _begun(begun)


@router.post("/login/verify")
def log_in(end: CeremonyEnd) -> Response:
    """Sign the owner of a passkey in."""
    claim = read_claim(end.house.transactions, end.asked.credential)
    return end.by(partial(finish_login, claim=claim), claimed=claim.account)


def _begun(begun: Begun) -> Response:
    response = Json(begun.options)
    set_ceremony(response, begun.handle_token)
    return response
