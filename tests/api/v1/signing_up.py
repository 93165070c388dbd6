"""Further people with accounts, and the programs that speak for them."""

from tests.api.conftest import OpenBrowser
from tests.api.v1.conftest import TRUTH, OpenProgram, Program, token_of
from tests.support.authenticator import Authenticator
from tests.support.browser import Browser


async def registered(
    open_browser: OpenBrowser, *, alias: str, phone: str, place: str = ""
) -> Browser:
    """Return the browser of somebody who has just made an account at a place, or on the train."""
    browser, key = open_browser(), Authenticator()
    form = {"alias": alias, "gender": "other", "phone": phone, "place": place}
    options = await browser.json("/auth/passkeys/sign-up/options", form)
    ended = {"credential": key.create(options.json(), TRUTH), "place": place}
    answer = await browser.json("/auth/passkeys/sign-up/verify", ended)
    assert answer.status_code == 200
    return browser


async def speaking_for(browser: Browser, open_program: OpenProgram) -> Program:
    """Return a program that holds a token of this browser's session."""
    return open_program(await token_of(browser))


async def id_of(program: Program) -> str:
    """Return the id of whoever the program speaks for."""
    return str((await program("GET", "/users/me")).json()["id"])
