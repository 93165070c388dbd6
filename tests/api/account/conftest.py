"""Somebody with an account, in two browsers."""

import pytest

from tests.api.account.owning import FORM, TRUTH
from tests.api.conftest import OpenBrowser
from tests.support.authenticator import Authenticator
from tests.support.browser import Browser


@pytest.fixture
def key() -> Authenticator:
    """Dora's authenticator."""
    return Authenticator()


@pytest.fixture
async def dora(open_browser: OpenBrowser, key: Authenticator) -> Browser:
    """The browser of somebody who has just signed up."""
    browser = open_browser()
    options = await browser.json("/auth/passkeys/sign-up/options", FORM)
    credential = key.create(options.json(), TRUTH)
    answer = await browser.json("/auth/passkeys/sign-up/verify", {"credential": credential})
    assert answer.status_code == 200
    return browser


@pytest.fixture
async def doras_other(open_browser: OpenBrowser, dora: Browser, key: Authenticator) -> Browser:
    """A second browser of the same person."""
    browser = open_browser()
    options = await browser.json("/auth/passkeys/login/options", {})
    credential = key.get(options.json(), TRUTH)
    answer = await browser.json("/auth/passkeys/login/verify", {"credential": credential})
    assert answer.status_code == 200
    return browser
