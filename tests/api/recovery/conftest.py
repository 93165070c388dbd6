"""Somebody who has an account, and recovery codes."""

import pytest

from tests.api.conftest import OpenBrowser
from tests.api.recovery.steps import sign_up
from tests.support.browser import Browser


@pytest.fixture
async def chiara(open_browser: OpenBrowser) -> Browser:
    """The browser of somebody who has signed up."""
    browser = open_browser()
    await sign_up(browser, "Chiara")
    return browser


@pytest.fixture
async def codes(chiara: Browser) -> list[str]:
    """Chiara's recovery codes."""
    answer = await chiara.json("/auth/recovery-codes", {})
    assert answer.status_code == 200
    return answer.json()["codes"]
