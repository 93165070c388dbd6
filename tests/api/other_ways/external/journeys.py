"""The way to a provider and back, in one browser."""

from urllib.parse import urlencode

from httpx import Response

from tests.support.browser import ORIGIN, Browser
from tests.support.provider_oidc import OidcProvider

START = "/auth/oidc/rail"


GINA = {"alias": "Gina", "gender": "female"}


async def goes_out(browser: Browser, **query: str) -> str:
    """Press the button; return where the browser is sent."""
    answer = await browser.get(f"{START}?{urlencode(query)}")
    assert answer.status_code == 303
    return answer.headers["location"]


async def comes_back(browser: Browser, rail: OidcProvider, **query: str) -> Response:
    """Go there, and come back."""
    back = rail.approve(await goes_out(browser, **query))
    return await browser.get(back.removeprefix(ORIGIN))
