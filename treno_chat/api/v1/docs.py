"""The description of the API: as OpenAPI for machines, and as a page without a script."""

from functools import partial

from fastapi import APIRouter, FastAPI
from starlette.responses import Response

from treno_chat.api.answers import Page
from treno_chat.api.house import Spoken
from treno_chat.api.v1.docs_page import docs_page
from treno_chat.api.v1.shapes import ApiJson


def documents_of(api: FastAPI) -> APIRouter:
    """Return the routes that describe the others."""
    router = APIRouter()
    router.add_api_route("/openapi.json", partial(_openapi, api), include_in_schema=False)

    @router.get("/docs", include_in_schema=False)
    def read_docs(words: Spoken) -> Response:
        return Page(docs_page(api.openapi(), words))

    return router


def _openapi(api: FastAPI) -> Response:
    return ApiJson(api.openapi())
