"""Who calls: by the cookie alone, looked up at every request; and from where."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request

from treno_chat.actions.door.sessions import authenticate, note_use
from treno_chat.actions.transaction import Transactions
from treno_chat.api.cookies import VISITOR
from treno_chat.api.door.session_cookie import read_session
from treno_chat.api.house import House
from treno_chat.domain.addresses import client_address
from treno_chat.domain.door.lifetimes import needs_keep_alive
from treno_chat.domain.door.sessions import Device, Principal, hash_token
from treno_chat.domain.refusals import NotSignedIn

MAX_USER_AGENT = 256


def find_principal(transactions: Transactions, cookies: Mapping[str, str]) -> Principal | None:
    """Return who is behind a browser's cookies; None for a stranger or an ended session."""
    token = read_session(cookies)
    if token is None:
        return None
    try:
        with transactions.reading() as tx:
            principal = authenticate(tx, hash_token(token))
    except NotSignedIn:
        return None
    if needs_keep_alive(principal, transactions.clock(), transactions.policy):
        note_use(transactions, principal)
    return principal


def _find(request: Request, house: House) -> Principal | None:
    principal = find_principal(house.transactions, request.cookies)
    # For the log, should something break.
    request.state.principal = principal
    return principal


OptionalCaller = Annotated[Principal | None, Depends(_find)]


async def _require(principal: OptionalCaller) -> Principal:
    if principal is None:
        raise NotSignedIn("not_signed_in")
    return principal


Caller = Annotated[Principal, Depends(_require)]


def _require_calm(caller: Caller, house: House) -> Principal:
    house.limits.check_change(caller)
    return caller


# Who changes what is theirs: counted, whatever comes of it.
Changer = Annotated[Principal, Depends(_require_calm)]


def address_of(request: Request, proxy_hops: int) -> str:
    """Return where a request came from, behind so many proxies of ours."""
    peer = request.client.host if request.client else ""
    forwarded = ", ".join(request.headers.getlist("x-forwarded-for"))
    return client_address(peer, forwarded, proxy_hops=proxy_hops)


async def _device(request: Request, house: House) -> Device:
    return Device(
        address=address_of(request, house.proxy_hops),
        user_agent=request.headers.get("user-agent", "")[:MAX_USER_AGENT],
    )


ClientDevice = Annotated[Device, Depends(_device)]


async def _visitor(request: Request, device: ClientDevice) -> str:
    """Return what a browser's tries are counted by before it is anybody.

    The entry page gave it a cookie; one that keeps none is known by how it shakes hands.
    """
    languages = request.headers.get("accept-language", "")
    known = request.cookies.get(VISITOR) or f"{device.address} {device.user_agent} {languages}"
    return hash_token(known)


Visitor = Annotated[str, Depends(_visitor)]
