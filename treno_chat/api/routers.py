"""How routers become an app: their routes are handed over as they are.

FastAPI's own `include_router` builds each route a second time, at the first request that comes
by: a tenth of a second for every app, and a longer way to every answer.
"""

from collections.abc import Iterable

from fastapi import APIRouter, FastAPI


def take_over(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    """Serve the routes of some routers, each of which knows everything about its own."""
    for router in routers:
        app.router.routes.extend(router.routes)
