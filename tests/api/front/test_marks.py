"""The shell: what a browser is marked with, and the taste that follows a person."""

import httpx
from fastapi import FastAPI

from tests.api.conftest import ROOM
from tests.api.front.conftest import come_in, shell_on
from tests.support.authenticator import Authenticator, Lie
from tests.support.browser import ORIGIN, Browser
from treno_chat.actions.transaction import Transactions


async def test_the_entry_marks_a_browser_once(shelled: Browser) -> None:
    first = await shelled.get("/en")
    second = await shelled.get("/en")

    (cookie,) = [one for one in first.headers.get_list("set-cookie") if "visitor" in one]
    assert cookie.startswith("__Host-treno_visitor=")
    assert "httponly" in cookie.lower()
    assert "secure" in cookie.lower()
    assert "max-age" not in cookie.lower()
    assert "set-cookie" not in second.headers
    assert (first.headers["cache-control"], second.headers["cache-control"]) == (
        "private, no-cache",
        "no-cache",
    )


async def test_the_page_that_is_looked_at_is_the_language_that_is_spoken(shelled: Browser) -> None:
    await shelled.get("/it")
    refused = await shelled.form("/auth/enter", alias="A", gender="female")
    await shelled.get("/en/account")
    again = await shelled.get("/en/account")

    assert '<html lang="it">' in refused.text
    assert shelled.client.cookies.get("treno_language") == "en"
    assert "set-cookie" not in again.headers


async def test_inside_the_language_is_set_where_none_was_chosen(shelled: Browser) -> None:
    await come_in(shelled)
    shelled.client.cookies.delete("treno_language")

    page = await shelled.get(ROOM, **{"Accept-Language": "it"})

    assert "treno_language=it" in page.headers["set-cookie"]


async def test_what_was_chosen_on_one_device_is_there_on_the_other(
    shelled: Browser, api: FastAPI, transactions: Transactions
) -> None:
    key, truth = Authenticator(), Lie(origin=ORIGIN, rp_id="treno.example")
    form = {"alias": "Dora", "gender": "female", "phone": "347 123 4567"}
    options = await shelled.json("/auth/passkeys/sign-up/options", form)
    await shelled.json(
        "/auth/passkeys/sign-up/verify", {"credential": key.create(options.json(), truth)}
    )
    other = Browser(shell_on(api, transactions))
    options = await other.json("/auth/passkeys/login/options", {})
    await other.json("/auth/passkeys/login/verify", {"credential": key.get(options.json(), truth)})
    before = await other.get(ROOM)

    await shelled.form("/auth/language", language="it")
    await shelled.form("/auth/theme", theme="dark")
    after = await other.get(ROOM)
    again = await other.get(ROOM)

    assert tastes(before) == {"treno_language": "en"}
    assert tastes(after) == {"treno_language": "it", "treno_theme": "dark"}
    assert tastes(again) == {}
    await other.client.aclose()


async def test_what_a_guest_chooses_is_this_browsers_alone(shelled: Browser) -> None:
    await come_in(shelled)
    await shelled.form("/auth/language", language="it")
    await shelled.form("/auth/theme", theme="dark")

    assert tastes(await shelled.get(ROOM)) == {}
    assert shelled.client.cookies["treno_theme"] == "dark"


def tastes(answer: httpx.Response) -> dict[str, str]:
    """Return the cookies of an answer that say how pages look."""
    given = (one.partition(";")[0] for one in answer.headers.get_list("set-cookie"))
    return dict(one.split("=", 1) for one in given if one.startswith("treno_"))
