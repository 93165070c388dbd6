"""People who ask the API: by their browsers, and by programs that hold nothing but a token."""

import json
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient, Response
from starlette.types import ASGIApp

from tests.api.conftest import OpenBrowser
from tests.support.authenticator import Authenticator, Lie
from tests.support.browser import ORIGIN, Browser
from treno_chat.api.front.guard import Guard

TRUTH = Lie(origin=ORIGIN, rp_id="treno.example")


@dataclass(frozen=True, slots=True)
class Program:
    """A program: no cookies, no origin, perhaps a token."""

    client: AsyncClient
    token: str | None = None

    async def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,  # noqa: ANN401 -- whatever JSON can be
        **headers: str,
    ) -> Response:
        """Ask under `/api/v1`."""
        shown = {} if self.token is None else {"Authorization": f"Bearer {self.token}"}
        content = None if body is None else json.dumps(body).encode()
        kind = {} if body is None else {"Content-Type": "application/json"}
        return await self.client.request(
            method, f"/api/v1{path}", content=content, headers={**shown, **kind, **headers}
        )


OpenProgram = Callable[[str | None], Program]


def program_on(app: ASGIApp, token: str | None) -> Program:
    """Return a program that talks to this application."""
    transport = ASGITransport(app, raise_app_exceptions=False, client=("192.0.2.9", 4321))
    headers = {"Accept-Language": "en"}
    return Program(AsyncClient(transport=transport, base_url=ORIGIN, headers=headers), token)


@pytest.fixture
async def open_program(guarded: Guard) -> AsyncGenerator[OpenProgram]:
    """Starts a program that holds a token, or nothing."""
    opened: list[Program] = []

    def fresh(token: str | None) -> Program:
        opened.append(program_on(guarded, token))
        return opened[-1]

    yield fresh
    for program in opened:
        await program.client.aclose()


async def token_of(browser: Browser) -> str:
    """Return a token for the session of a browser."""
    answer = await browser.json("/api/v1/auth/token", {})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


@pytest.fixture
async def dora(open_browser: OpenBrowser) -> Browser:
    """The browser of somebody who has an account."""
    browser, key = open_browser(), Authenticator()
    form = {"alias": "Dora", "gender": "female", "phone": "347 123 4567"}
    options = await browser.json("/auth/passkeys/sign-up/options", form)
    credential = key.create(options.json(), TRUTH)
    answer = await browser.json("/auth/passkeys/sign-up/verify", {"credential": credential})
    assert answer.status_code == 200
    return browser


@pytest.fixture
async def doras_token(dora: Browser) -> str:
    """A token of Dora's session."""
    return await token_of(dora)


@pytest.fixture
def doras_program(open_program: OpenProgram, doras_token: str) -> Program:
    """A program that holds Dora's token."""
    return open_program(doras_token)


@pytest.fixture
async def adas_program(open_program: OpenProgram, ada: Browser) -> Program:
    """A program that holds the token of a guest."""
    return open_program(await token_of(ada))


@pytest.fixture
def nobodys_program(open_program: OpenProgram) -> Program:
    """A program that holds nothing."""
    return open_program(None)
