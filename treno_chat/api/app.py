"""Makes the HTTP part; as an `api_transformer` of Reflex it gets the pages mounted below."""

from collections.abc import Callable, Iterable
from http import HTTPStatus

from fastapi import APIRouter, FastAPI, Request
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response

from treno_chat.actions.assistant.answering import Assistant
from treno_chat.actions.door.doors import Door
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.transaction import Transactions
from treno_chat.api import health, jwks, outbox
from treno_chat.api.account import leaving, own_passkeys, phone
from treno_chat.api.account import profile as account
from treno_chat.api.door import entry, passkeys, session, step_up, ways
from treno_chat.api.errors import answer_refusals
from treno_chat.api.house import Catalogues, HttpHouse
from treno_chat.api.other_ways import external, own_password, password
from treno_chat.api.recovery import beginning as recovery
from treno_chat.api.recovery import recovered
from treno_chat.api.routers import take_over
from treno_chat.api.v1.app import PREFIX, create_v1
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.other_ways.providers import Provider, Voucher
from treno_chat.domain.people import PeopleHere
from treno_chat.domain.tokens.access_tokens import TrustedIssuer

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
ROUTERS = (
    entry.router,
    passkeys.router,
    external.router,
    password.router,
    recovery.router,
    recovered.router,
    step_up.router,
    ways.router,
    own_passkeys.router,
    own_password.router,
    account.router,
    phone.router,
    leaving.router,
    session.router,
    health.router,
    jwks.router,
    outbox.router,
)


def create_api(
    transactions: Transactions,
    *,
    words: Catalogues,
    limits: Limits,
    assistant: Assistant,
    origins: tuple[str, ...],
    default_place: str,
    count_here: Callable[[Door], int],
    is_ready: Callable[[], bool],
    people_here: Callable[[PlaceId], PeopleHere] = lambda _place_id: PeopleHere(),
    proxy_hops: int = 0,
    has_outbox: bool = False,
    has_docs: bool = False,
    has_passwords: bool = False,
    providers: Iterable[Provider] = (),
    voucher: Voucher | None = None,
    trusted: TrustedIssuer | None = None,
) -> FastAPI:
    """Return the routes, ready to be mounted; only the API is described, nothing is global.

    `count_here` and `people_here` are asked on the event loop, where presence lives; `is_ready`
    in a worker thread.
    """
    api = FastAPI(title="Treno Chat", docs_url=None, redoc_url=None, openapi_url=None)
    api.state.house = HttpHouse(
        transactions=transactions,
        words=words,
        limits=limits,
        origins=origins,
        default_place=default_place,
        proxy_hops=proxy_hops,
        count_here=count_here,
        is_ready=is_ready,
        people_here=people_here,
        assistant=assistant,
        has_outbox=has_outbox,
        has_docs=has_docs,
        has_passwords=has_passwords,
        providers={one.name: one for one in providers},
        voucher=voucher,
        trusted=trusted,
    )
    answer_refusals(api)
    # First, because what is asked most should not be compared with every other route before.
    api.mount(PREFIX, create_v1(api.state.house))
    take_over(api, (*ROUTERS, _the_rest(ROUTERS)))
    return api


def _the_rest(routers: tuple[APIRouter, ...]) -> APIRouter:
    """Refuse the wrong method and the unknown route here: Reflex would answer with a page."""
    methods: dict[str, set[str]] = {}
    for router in routers:
        for route in router.routes:
            if isinstance(route, APIRoute):
                methods.setdefault(route.path, set()).update(route.methods or ())
    rest = APIRouter()

    @rest.api_route("/auth/{path:path}", methods=METHODS)
    @rest.api_route("/api/{path:path}", methods=METHODS)
    @rest.api_route("/.well-known/{path:path}", methods=METHODS)
    async def refuse(request: Request) -> Response:
        allowed = methods.get(request.url.path)
        if allowed is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        headers = {"Allow": ", ".join(sorted(allowed))}
        raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, headers=headers)

    return rest
