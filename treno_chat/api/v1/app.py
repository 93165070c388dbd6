"""Makes the API: every router in one list, one shape of errors, one description of it all."""

from collections.abc import Iterable, Iterator
from http import HTTPStatus

from fastapi import APIRouter, FastAPI, Request
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from treno_chat.api.house import HttpHouse
from treno_chat.api.routers import take_over
from treno_chat.api.v1 import (
    accounts,
    agents,
    conversations,
    desk,
    me,
    messages,
    places,
    sessions,
    tasks,
    tokens,
    utterances,
)
from treno_chat.api.v1.docs import documents_of
from treno_chat.api.v1.errors import answer_api_refusals

PREFIX = "/api/v1"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
DESCRIPTION = """Talk, accounts, conversations and tasks, for programs.

Sign in with a browser, ask `POST /api/v1/auth/token` for an access token, and send it as
`Authorization: Bearer …`. It lives ten minutes, and never longer than the session behind it.
Everything refused has one body: `detail` for a person, `code` for a program."""
ROUTERS: tuple[APIRouter, ...] = (
    tokens.router,
    accounts.router,
    sessions.router,
    me.router,
    places.router,
    messages.router,
    conversations.router,
    utterances.router,
    agents.router,
    tasks.router,
    desk.router,
)


def create_v1(house: HttpHouse) -> FastAPI:
    """Return the API, ready to be mounted under its prefix."""
    api = FastAPI(
        title="Treno Chat",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        servers=[{"url": PREFIX}],
        redirect_slashes=False,
    )
    api.state.house = house
    answer_api_refusals(api)
    routers = (*ROUTERS, documents_of(api)) if house.has_docs else ROUTERS
    take_over(api, (*routers, _the_rest(routers)))
    return api


def _the_rest(routers: Iterable[APIRouter]) -> APIRouter:
    """Refuse the wrong method, naming the right ones, and the unknown path."""
    routes = tuple(_routes_of(routers))
    rest = APIRouter()

    @rest.api_route("/{path:path}", methods=METHODS, include_in_schema=False)
    async def refuse(request: Request) -> Response:
        allowed = {
            method
            for route in routes
            if route.matches(request.scope)[0] is not Match.NONE
            for method in route.methods or ()
        }
        if not allowed:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        headers = {"Allow": ", ".join(sorted(allowed))}
        raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, headers=headers)

    return rest


def _routes_of(routers: Iterable[APIRouter]) -> Iterator[APIRoute]:
    for router in routers:
        for route in router.routes:
            if isinstance(route, APIRoute):
                yield route
