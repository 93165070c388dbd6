"""The steps of a recovery, as the page takes them."""

from typing import Any

from tests.support.authenticator import Authenticator, Lie
from tests.support.browser import ORIGIN, Browser
from tests.support.texts import Texts

TRUTH = Lie(origin=ORIGIN, rp_id="treno.example")


HERS, NOBODYS = "347 123 4567", "347 123 9999"


COOKIE = "__Host-treno_recovery"


async def sign_up(browser: Browser, alias: str) -> Authenticator:
    """Make an account."""
    key = Authenticator()
    form = {"alias": alias, "gender": "female", "phone": HERS}
    options = await browser.json("/auth/passkeys/sign-up/options", form)
    credential = key.create(options.json(), TRUTH)
    answer = await browser.json("/auth/passkeys/sign-up/verify", {"credential": credential})
    assert answer.status_code == 200
    return key


async def prove(browser: Browser, texts: Texts) -> Any:  # noqa: ANN401 -- JSON
    """Ask for a code and give it back."""
    await browser.json("/auth/recover", {"phone": HERS})
    answer = await browser.json("/auth/recover/code", {"code": texts.newest_code()})
    assert answer.status_code == 200
    return answer.json()


async def make_passkey(browser: Browser) -> Any:  # noqa: ANN401 -- JSON
    """Go through the last ceremony."""
    options = await browser.json("/auth/recover/passkey/options", {})
    credential = Authenticator().create(options.json(), TRUTH)
    return await browser.json("/auth/recover/passkey/verify", {"credential": credential})
