"""Providers over HTTP: out to them, back from them, and the alias of somebody new."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from anyio import to_thread
from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from treno_chat.actions.door.doors import Door
from treno_chat.actions.other_ways.external_attempts import Started, begin_external
from treno_chat.actions.other_ways.external_entry import (
    Vouched,
    finish_external,
    remove_external,
    welcome_newcomer,
)
from treno_chat.api.answers import NO_STORE, Json
from treno_chat.api.caller import Caller, Changer, ClientDevice, OptionalCaller, Visitor
from treno_chat.api.cookies import (
    EXTERNAL,
    clear_external,
    set_external,
    set_language,
)
from treno_chat.api.door.entry import let_in, look_through
from treno_chat.api.door.passkeys import Asked
from treno_chat.api.door.session_cookie import set_session
from treno_chat.api.forms import require_json
from treno_chat.api.house import House, HttpHouse, Spoken, language_named
from treno_chat.api.other_ways.password_forms import Short, Somewhere
from treno_chat.api.paths import path_into, safe_next
from treno_chat.domain.other_ways.providers import Provider, Voucher, refused
from treno_chat.domain.refusals import NotFound

T = TypeVar("T")
ACCOUNT = "/account"
router = APIRouter(prefix="/auth")
POSTED = [Depends(require_json)]


class Newcomer(Somewhere):
    """Who somebody new is to the others."""

    alias: Short
    gender: Short = ""


class Nothing(Asked):
    """Nothing needs to be said: the path says which provider."""


def _named(provider: str, house: House) -> Provider:
    found = house.providers.get(provider)
    if found is None:
        raise NotFound("not_found")
    return found


Named = Annotated[Provider, Depends(_named)]


@router.get("/oidc/{provider}")
async def go_out(
    request: Request,
    provider: Named,
    *,
    house: House,
    device: ClientDevice,
    visitor: Visitor,
) -> Response:
    """Send somebody to a provider."""
    query = request.query_params

    def work() -> Started:
        house.limits.check_ceremony(visitor=visitor, address=device.address)
        return begin_external(
            house.transactions,
            provider,
            _voucher(house),
            place_slug=look_through(house, query.get("place", "")).place.slug,
            wish=safe_next(query.get("next", ""), otherwise=""),
        )

    started = await _apart(house, work)
    response = _led(started.address)
    set_external(response, started.handle_token)
    language = language_named(query.get("language", ""))
    if language is not None:
        set_language(response, language)
    return response


@router.post("/oidc/{provider}/link", dependencies=POSTED)
async def link(
    _asked: Nothing, provider: Named, *, house: House, device: ClientDevice, caller: Caller
) -> Response:
    """Send somebody who is signed in to a provider, for one more way in."""

    def work() -> Started:
        house.limits.check_ceremony(visitor=caller.session.id, address=device.address)
        return begin_external(
            house.transactions,
            provider,
            _voucher(house),
            place_slug=house.default_place,
            wish=ACCOUNT,
            linking=caller,
        )

    started = await _apart(house, work)
    response = Json({"next": started.address})
    set_external(response, started.handle_token)
    return response


@router.get("/oidc/{provider}/callback")
async def come_back(
    request: Request,
    provider: Named,
    *,
    house: House,
    words: Spoken,
    device: ClientDevice,
    visitor: Visitor,
    current: OptionalCaller,
) -> Response:
    """Take what a provider says of whoever comes back from it."""
    query = request.query_params

    def work() -> tuple[Vouched, Door]:
        house.limits.check_sign_in(visitor=visitor, address=device.address)
        # A code of another provider is not to be shown to this one (RFC 9207).
        if query.get("iss", provider.issuer) != provider.issuer or "error" in query:
            raise refused("the provider said no")
        vouched = finish_external(
            house.transactions,
            provider,
            _voucher(house),
            handle_token=request.cookies.get(EXTERNAL, ""),
            state=query.get("state", ""),
            code=query.get("code", ""),
            device=device,
            current=current,
        )
        return vouched, look_through(house, vouched.attempt.place_slug)

    vouched, door = await _apart(house, work)
    if vouched.handle_token:
        response = _led(f"/{words.language}/welcome")
        set_external(response, vouched.handle_token)
        return response
    response = _led(safe_next(vouched.attempt.wish, otherwise=path_into(door)))
    if vouched.entered is not None:
        set_session(response, vouched.entered, now=house.transactions.clock())
    clear_external(response)
    return response


@router.post("/welcome", dependencies=POSTED)
def finish(
    request: Request,
    asked: Newcomer,
    *,
    house: House,
    device: ClientDevice,
    visitor: Visitor,
    current: OptionalCaller,
) -> Response:
    """Make the account of somebody new."""
    house.limits.check_sign_in(visitor=visitor, address=device.address)
    vouched = welcome_newcomer(
        house.transactions,
        house.providers,
        handle_token=request.cookies.get(EXTERNAL, ""),
        alias=asked.alias,
        gender=asked.gender,
        device=device,
        current=current,
    )
    if vouched.entered is None:
        raise refused("nobody came in")
    door = look_through(house, vouched.attempt.place_slug)
    response = let_in(request, house, vouched.entered, wish=vouched.attempt.wish, door=door)
    clear_external(response)
    return response


@router.post("/oidc/{provider}/remove", dependencies=POSTED)
def remove(_asked: Nothing, provider: Named, *, house: House, caller: Changer) -> Response:
    """Let a provider let the caller in no more."""
    with house.transactions.writing() as tx:
        remove_external(tx, caller, provider, vouching=house.vouching_issuers)
    return Json({})


def _voucher(house: HttpHouse) -> Voucher:
    if house.voucher is None:
        raise NotFound("not_found")
    return house.voucher


async def _apart(house: HttpHouse, work: Callable[[], T]) -> T:
    """Wait for a provider in one of the few threads for it: a slow one holds up nobody else."""
    return await to_thread.run_sync(work, limiter=house.vouching)


def _led(address: str) -> Response:
    return RedirectResponse(address, status_code=303, headers=NO_STORE)
