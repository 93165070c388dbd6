"""What somebody does with an account of theirs over HTTP, as the tests do it."""

import json
from typing import Any

from httpx import Response

from tests.support.authenticator import Authenticator, Lie
from tests.support.browser import ORIGIN, Browser

TRUTH = Lie(origin=ORIGIN, rp_id="treno.example")


FORM = {"alias": "Dora", "gender": "female", "phone": "347 123 4567"}


PROFILE = {"alias": "Dora", "gender": "female"}


async def step_up(browser: Browser, key: Authenticator, lie: Lie = TRUTH) -> Response:
    options = await browser.json("/auth/step-up/options", {})
    credential = key.get(options.json(), lie)
    return await browser.json("/auth/step-up/verify", {"credential": credential})


async def add(browser: Browser, key: Authenticator, name: str = "Laptop") -> Response:
    options = await browser.json("/auth/passkeys/add/options", {})
    credential = key.create(options.json(), TRUTH)
    body = {"credential": credential, "name": name}
    return await browser.json("/auth/passkeys/add/verify", body)


async def told(browser: Browser) -> Any:  # noqa: ANN401 -- JSON
    return json.loads((await browser.ask("/auth/export")).text)
