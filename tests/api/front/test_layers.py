"""The front: what Reflex brings along is neither seen nor heard from outside."""

from collections.abc import AsyncGenerator

import httpx
import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

from tests.support.browser import ORIGIN, Browser
from treno_chat.actions.transaction import Transactions
from treno_chat.api.front.layers import in_front_of
from treno_chat.domain.words import LANGUAGES
from treno_chat.locales import words_in

FRIEND = "https://friend.example"
FOREIGN = ["https://evil.example", "null", f"{FRIEND}.evil.example", f"{FRIEND}/", ""]
REFLEX_CORS = Middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)


async def _serve(request: Request) -> Response:
    """Stand in for what Reflex serves: it tells everything."""
    return PlainTextResponse(f"reached {request.headers.get('origin')}", headers={"Vary": "Accept"})


@pytest.fixture
async def program(api: FastAPI, transactions: Transactions) -> AsyncGenerator[Browser]:
    """A stranger's browser at the whole program, with a CORS layer around as Reflex puts it."""
    everything = Route("/{path:path}", _serve, methods=["GET", "POST"])
    api.mount("", Starlette(routes=[everything]))
    front = in_front_of(
        Starlette(routes=[Mount("", api)], middleware=[REFLEX_CORS, REFLEX_CORS]),
        transactions=transactions,
        words={language: words_in(language) for language in LANGUAGES},
        policy="default-src 'self'",
        origins=(ORIGIN, FRIEND),
    )
    browser = Browser(front)
    yield browser
    await browser.client.aclose()


async def ask_beforehand(browser: Browser, origin: str, path: str = "/auth/me") -> httpx.Response:
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    return await browser.client.options(path, headers=headers)


def permissions(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name.startswith("access-")}


@pytest.mark.parametrize("path", ["/auth/me", "/health", "/styles/tokens.css"])
async def test_s6_a_listed_page_may_read_and_is_told_so_once(program: Browser, path: str) -> None:
    answer = await program.ask(path, Origin=FRIEND)

    assert permissions(answer) == {
        "access-control-allow-origin": FRIEND,
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": "ETag, Location, Retry-After, WWW-Authenticate",
    }
    assert [one for one in answer.headers["vary"].split(", ") if one == "Origin"] == ["Origin"]


@pytest.mark.parametrize("origin", FOREIGN)
async def test_s6_to_any_other_page_nothing_is_said(program: Browser, origin: str) -> None:
    answers = (
        await program.ask("/auth/me", Origin=origin),
        await program.ask("/styles/tokens.css", Origin=origin),
        await ask_beforehand(program, origin),
    )

    for answer in answers:
        assert permissions(answer) == {}
        assert "Origin" in answer.headers["vary"]
    assert answers[2].status_code == 403


async def test_two_origins_are_none(program: Browser) -> None:
    headers = [("Origin", FRIEND), ("Origin", "https://evil.example")]

    answer = await program.client.get("/health", headers=headers)

    assert permissions(answer) == {}


async def test_a_listed_page_asks_beforehand(program: Browser) -> None:
    answer = await ask_beforehand(program, FRIEND)

    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == FRIEND
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert answer.headers["access-control-allow-headers"] == "Authorization, Content-Type"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_what_an_answer_varies_by_stays(program: Browser) -> None:
    answer = await program.ask("/styles/tokens.css")

    assert answer.headers["vary"] == "Accept, Origin"


async def test_nobody_behind_the_front_hears_the_origin(program: Browser) -> None:
    read = await program.ask("/styles/tokens.css", Origin=FRIEND)
    changed = await program.client.post("/anything", headers={"Origin": FRIEND})

    assert (read.text, changed.text) == ("reached None", "reached None")


@pytest.mark.parametrize(
    "path",
    [
        "/ping",
        "/ping/",
        "//ping",
        "/./ping",
        "/_health",
        "/_upload",
        "/_upload/a.txt",
        "/_all_routes",
        "/auth-codespace",
        "/_whatever_comes_next",
    ],
)
async def test_what_reflex_opens_besides_does_not_exist(program: Browser, path: str) -> None:
    request = program.client.build_request("GET", "/", headers={"Accept": "application/json"})
    request.url = request.url.copy_with(raw_path=path.encode())
    asked = await program.client.send(request)
    posted = await program.send(path.replace("//", "/"), {}, Accept="application/json")

    for answer in (asked, posted):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/health", "/_event/", "/pinguin.svg"])
async def test_what_only_looks_like_it_is_there(program: Browser, path: str) -> None:
    assert (await program.ask(path)).status_code == 200
