"""The whole program with its shell, around what stands in for the pages."""

from collections.abc import AsyncGenerator

import httpx
import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.support.browser import Browser
from treno_chat.actions.transaction import Transactions
from treno_chat.api.front.shell import Shell
from treno_chat.domain.words import LANGUAGES
from treno_chat.locales import words_in

POLICY = "default-src 'self'"
PAGE = "<!doctype html><title>the room</title>"


async def _serve(request: Request) -> Response:
    """Stand in for what Reflex serves."""
    path = request.url.path
    if path.startswith("/assets/missing"):
        return PlainTextResponse("no", status_code=404)
    if path.endswith((".js", ".css", ".svg")):
        return PlainTextResponse("a file", headers={"Cache-Control": "max-age=5"})
    return HTMLResponse(PAGE)


@pytest.fixture
def with_pages(api: FastAPI) -> FastAPI:
    """The routes, and below them what stands in for the pages."""
    api.mount("", Starlette(routes=[Route("/{path:path}", _serve)]))
    return api


@pytest.fixture
async def shelled(with_pages: FastAPI, transactions: Transactions) -> AsyncGenerator[Browser]:
    """A stranger's browser at the whole program."""
    browser = Browser(shell_on(with_pages, transactions))
    yield browser
    await browser.client.aclose()


def shell_on(api: FastAPI, transactions: Transactions, *, is_production: bool = False) -> Shell:
    """Return the whole program: the routes, and around them the shell."""
    return Shell(
        app=api,
        transactions=transactions,
        words={language: words_in(language) for language in LANGUAGES},
        policy=POLICY,
        is_production=is_production,
    )


async def come_in(browser: Browser) -> None:
    """Let Ada come in."""
    assert (await browser.script("/auth/enter", alias="Ada", gender="female")).status_code == 200


async def raw(browser: Browser, path: str) -> httpx.Response:
    """Ask for a path as it is: a client of good manners would tidy it up."""
    request = browser.client.build_request("GET", "/", headers={"Accept": "text/html"})
    request.url = request.url.copy_with(raw_path=path.encode())
    return await browser.client.send(request)
