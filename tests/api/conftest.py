"""The HTTP part on both databases, and browsers that talk to it without a network."""

from collections.abc import AsyncGenerator, Callable

import pytest
from fastapi import FastAPI

from tests.support.assistant import assistant_at
from tests.support.browser import ORIGIN, Browser
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.operations.places import make_demo_place
from treno_chat.actions.transaction import Transactions
from treno_chat.api.app import create_api
from treno_chat.api.front.guard import Guard
from treno_chat.domain.places import Place
from treno_chat.domain.policy import Policy, RelyingParty
from treno_chat.domain.words import LANGUAGES
from treno_chat.locales import words_in

OpenBrowser = Callable[[], Browser]
PLACE = "treno-lucca-aulla"
ROOM = f"/p/{PLACE}/treno"


@pytest.fixture
def policy() -> Policy:
    """The defaults of the product, at the origin of these tests."""
    return Policy(relying_party=RelyingParty(id="treno.example", origins=(ORIGIN,)))


@pytest.fixture
def place(transactions: Transactions) -> Place:
    """The train from Lucca to Aulla with its two rooms."""
    with transactions.writing() as tx:
        return make_demo_place(tx)


@pytest.fixture
def api(transactions: Transactions, place: Place) -> FastAPI:
    """The routes."""
    return create_api(
        transactions,
        words={language: words_in(language) for language in LANGUAGES},
        limits=Limits(),
        origins=(ORIGIN,),
        default_place=place.slug,
        count_here=lambda _door: 3,
        is_ready=lambda: True,
        assistant=assistant_at(transactions),
        has_passwords=True,
    )


@pytest.fixture
def guarded(api: FastAPI) -> Guard:
    """The routes behind their guard."""
    return Guard(
        api, origins=(ORIGIN,), words={language: words_in(language) for language in LANGUAGES}
    )


@pytest.fixture
async def open_browser(guarded: Guard) -> AsyncGenerator[OpenBrowser]:
    """Opens a fresh browser, with no cookies."""
    opened: list[Browser] = []

    def fresh() -> Browser:
        opened.append(Browser(guarded))
        return opened[-1]

    yield fresh
    for browser in opened:
        await browser.client.aclose()


@pytest.fixture
def stranger(open_browser: OpenBrowser) -> Browser:
    """A browser that nobody has come in with."""
    return open_browser()


@pytest.fixture
async def ada(open_browser: OpenBrowser) -> Browser:
    """The browser of a guest who is in."""
    browser = open_browser()
    await browser.script("/auth/enter", alias="Ada", gender="female")
    assert browser.session is not None
    return browser
