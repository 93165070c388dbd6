"""Who calls the API: by a token, or by the cookie of a session; looked up at every request.

A request that carries an `Authorization` header is judged by it alone: its cookies do not come as
far as here (`api/front/guard.py`), and are not looked at.
"""

import re
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie, HTTPBearer
from starlette.datastructures import Headers

from treno_chat.actions.tokens.access_tokens import read_token
from treno_chat.api.caller import find_principal
from treno_chat.api.door.session_cookie import SESSION
from treno_chat.api.house import House
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import UserId
from treno_chat.domain.refusals import Forbidden, NotSignedIn

MAX_TOKEN = 4096
_BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/=-]+) *", re.IGNORECASE)
# For the documents alone: what counts is read below, more strictly.
_TOKEN = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    bearerFormat="JWT",
    description="An access token of `POST /api/v1/auth/token`",
)
_COOKIE = APIKeyCookie(
    name=SESSION,
    auto_error=False,
    scheme_name="session",
    description="The session of a browser; what changes something must come from our own pages",
)


def token_in(headers: Headers) -> str | None:
    """Return the token that was sent; None without an `Authorization` header."""
    given = headers.getlist("authorization")
    if not given:
        return None
    sent = _BEARER.fullmatch(given[0]) if len(given) == 1 else None
    if sent is None or len(sent[1]) > MAX_TOKEN:
        raise NotSignedIn("invalid_token")
    return sent[1]


def _by_cookie(request: Request, house: House) -> Principal:
    principal = find_principal(house.transactions, request.cookies)
    if principal is None:
        raise NotSignedIn("not_signed_in")
    # For the log, should something break.
    request.state.principal = principal
    return principal


def _require(request: Request, house: House) -> Principal:
    token = token_in(request.headers)
    if token is None:
        return _by_cookie(request, house)
    principal = read_token(house.transactions, token, trusted=house.trusted)
    request.state.principal = principal
    return principal


def _require_session(request: Request, house: House) -> Principal:
    if "authorization" in request.headers:
        raise Forbidden("session_needed")
    return _by_cookie(request, house)


_SCHEMES = (Security(_TOKEN), Security(_COOKIE))


# Awaited, as in `api/house.py`: what only looks at what was found needs no thread.
async def _either(
    principal: Annotated[Principal, Depends(_require)],
    _token: Annotated[object, _SCHEMES[0]],
    _cookie: Annotated[object, _SCHEMES[1]],
) -> Principal:
    return principal


async def _cookie_alone(
    principal: Annotated[Principal, Depends(_require_session)],
    _cookie: Annotated[object, _SCHEMES[1]],
) -> Principal:
    return principal


ApiCaller = Annotated[Principal, Depends(_either)]
SessionCaller = Annotated[Principal, Depends(_cookie_alone)]


async def _registered(caller: ApiCaller) -> Principal:
    if caller.user.is_anonymous:
        raise Forbidden("registered_only")
    return caller


RegisteredCaller = Annotated[Principal, Depends(_registered)]


def _require_calm(caller: ApiCaller, house: House) -> Principal:
    house.limits.check_change(caller)
    return caller


def _registered_and_calm(caller: RegisteredCaller, house: House) -> Principal:
    house.limits.check_change(caller)
    return caller


ApiChanger = Annotated[Principal, Depends(_require_calm)]
RegisteredChanger = Annotated[Principal, Depends(_registered_and_calm)]


def require_self(caller: Principal, user_id: UserId) -> None:
    """Refuse a path that names somebody else, whoever that is and whether they exist or not."""
    if user_id != caller.user.id:
        raise Forbidden("user_id_mismatch")
