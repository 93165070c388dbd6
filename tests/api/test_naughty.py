"""S43, S45, S47: whatever is typed into whichever field, nothing breaks and nothing is changed.

The fields are read from the routes themselves: one that is new is tried without being named here.
"""

import unicodedata
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlencode

import pytest
import regex
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from httpx import Response
from pydantic import BaseModel

from tests.api.conftest import OpenBrowser
from tests.support.authenticator import Authenticator, Lie
from tests.support.browser import ORIGIN, Browser
from tests.support.naughty import HARSHEST, NAUGHTY
from treno_chat.actions.account.overview import view_account
from treno_chat.actions.door.sessions import authenticate
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.transaction import Transactions
from treno_chat.api.app import ROUTERS
from treno_chat.api.caller import _require
from treno_chat.domain.account.accounts import AccountView
from treno_chat.domain.door.sessions import Principal, hash_token

TRUTH = Lie(origin=ORIGIN, rp_id="treno.example")
# A form says nothing of its fields, so these are named; and so is what stands in an address.
FORMS = {
    "/auth/enter": ("alias", "gender", "place", "next", "language"),
    "/auth/continue": ("place", "next"),
    "/auth/language": ("language", "next"),
    "/auth/theme": ("theme", "next"),
    "/auth/logout": (),
}
QUERIES = {"/": ("place", "next"), "/door": ("place", "next"), "/auth/place": ("place", "language")}
# What is usually said in a field; one that is not named here is usually empty.
USUAL: dict[str, Any] = {
    "alias": "Dora",
    "gender": "female",
    "phone": "347 123 4567",
    "code": "000000",
    "name": "Laptop",
    "language": "it",
    "credential": {},
}
# Fields that may be filled with anything, because nothing of it is kept.
NOT_KEPT = {"next", "language"}
# What is kept, and where its owner reads it.
KEPT: dict[tuple[str, str], Callable[[AccountView], str]] = {
    ("/auth/enter", "alias"): lambda view: view.user.alias,
    ("/auth/profile", "alias"): lambda view: view.user.alias,
    ("/auth/profile", "status_line"): lambda view: view.profile.status_line,
    ("/auth/passkeys/rename", "name"): lambda view: view.passkeys[0].name,
}
# Read by a rule of its own (domain/test_phones.py), or again when the passkey is there.
ELSEWHERE = {"phone"}
UNDER_WAY = {("/auth/passkeys/sign-up/options", "alias")}


class Boundless(Limits):
    """Counts nothing: nobody is too fast here."""

    def check_entry(self, visitor: str | None, *, address: str) -> None:
        """Let everybody in."""

    def check_ceremony(self, visitor: str | None, *, address: str) -> None:
        """Let everybody begin."""

    def check_sign_in(self, visitor: str | None, *, address: str) -> None:
        """Let everybody try."""

    def check_change(self, principal: Principal) -> None:
        """Let everybody change what is theirs."""

    def check_export(self, principal: Principal) -> None:
        """Let everybody take it along."""

    def check_glance(self, visitor: str | None, *, address: str) -> None:
        """Let everybody look."""

    @contextmanager
    def counting_failures(self, *subjects: str) -> Generator[None]:
        """Let everybody fail."""
        _ = subjects
        yield


def _posts() -> Iterator[APIRoute]:
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute) and "POST" in (route.methods or ()):
                yield route


def _asked(route: APIRoute) -> type[BaseModel] | None:
    asked = None if route.body_field is None else route.body_field.field_info.annotation
    return cast("type[BaseModel] | None", asked)


def _calls(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for each in dependant.dependencies:
        yield from _calls(each)


def _fields() -> list[tuple[str, str]]:
    """Return every field of every post."""
    fields: list[tuple[str, str]] = []
    for route in _posts():
        asked = _asked(route)
        names = FORMS[route.path] if asked is None else asked.model_fields
        fields += [(route.path, name) for name in names]
    return fields


FIELDS = _fields()
ROUTE = {route.path: route for route in _posts()}
# The stricter database everywhere, and the other where something is kept.
CASES = [
    *(("postgres", path) for path in sorted({path for path, _ in FIELDS})),
    *(("sqlite", path) for path in sorted({path for path, _ in KEPT})),
]


@pytest.fixture
def api(api: FastAPI) -> FastAPI:
    """The routes, with nobody counting."""
    api.state.house = replace(api.state.house, limits=Boundless())
    return api


@pytest.fixture
async def dora(open_browser: OpenBrowser) -> Browser:
    """Somebody who has just signed up."""
    browser, key = open_browser(), Authenticator()
    form = {name: USUAL[name] for name in ("alias", "gender", "phone")}
    options = await browser.json("/auth/passkeys/sign-up/options", form)
    body = {"credential": key.create(options.json(), TRUTH)}
    assert (await browser.json("/auth/passkeys/sign-up/verify", body)).status_code == 200
    return browser


@pytest.fixture
async def recovering(open_browser: OpenBrowser, dora: Browser) -> Browser:
    """Somebody who asked for a code, and is in nowhere."""
    browser = open_browser()
    assert (await browser.json("/auth/recover", {"phone": USUAL["phone"]})).status_code == 200
    return browser


@pytest.mark.parametrize(
    ("database_url", "path"), CASES, ids=map(" ".join, CASES), indirect=["database_url"]
)
async def test_s43_and_s47_whatever_is_sent_nothing_breaks_and_nothing_is_changed(
    path: str, transactions: Transactions, dora: Browser, recovering: Browser
) -> None:
    browser = dora if _require in _calls(ROUTE[path].dependant) else recovering
    usual = {field: USUAL.get(field, "") for other, field in FIELDS if other == path}
    if path == "/auth/passkeys/rename":
        usual["id"] = _view(transactions, dora).passkeys[0].id
    for field in usual:
        taken: list[str] = []
        for name in NAUGHTY if (path, field) in {*KEPT, *UNDER_WAY} else HARSHEST:
            text = NAUGHTY[name]
            answer = await _post(browser, path, usual | {field: text})
            if answer.is_error:
                _is_said_well(answer, f"{field}: {name}", fields=set(usual))
                continue
            taken.append(name)
            _leads_home(answer.json().get("next", "/"))
            if (path, field) in KEPT:
                assert KEPT[path, field](_view(transactions, browser)) == _straight(text), name
        is_known = field in NOT_KEPT | ELSEWHERE or (path, field) in {*KEPT, *UNDER_WAY}
        assert not taken or is_known, f"{field} takes {taken}, and nobody says where it goes"


@pytest.mark.parametrize("path", QUERIES)
async def test_s43_whatever_stands_in_an_address_nothing_breaks(
    path: str, stranger: Browser
) -> None:
    for field in QUERIES[path]:
        for name, text in NAUGHTY.items():
            # A longer address is refused before anybody reads it (S13).
            query = urlencode({field: text[:513]}, errors="surrogatepass")
            answer = await stranger.ask(f"{path}?{query}")
            if answer.is_error:
                _is_said_well(answer, name, fields=set())
            else:
                _leads_home(answer.headers.get("location", "/"))


def test_every_form_is_named() -> None:
    reads = {path for path, route in ROUTE.items() if _asked(route) is None}
    assert reads == set(FORMS)


async def _post(browser: Browser, path: str, body: dict[str, Any]) -> Response:
    if path not in FORMS:
        return await browser.json(path, body)
    content = urlencode(body, errors="surrogatepass").encode()
    form = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
    return await browser.send_raw(path, content, **form)


def _view(transactions: Transactions, browser: Browser) -> AccountView:
    with transactions.reading() as tx:
        return view_account(tx, authenticate(tx, hash_token(browser.session or "")))


def _is_said_well(answer: Response, name: str, *, fields: set[str]) -> None:
    """A refusal has a code, and names its field where what was typed is at fault."""
    assert answer.status_code < 500, name
    told = answer.json()
    assert told["code"], name
    assert told["detail"], name
    if answer.status_code == 422 and fields:
        assert told.get("field") in fields, (name, told)


def _leads_home(path: str) -> None:
    assert regex.fullmatch(r"/(?![/\\])[\x21-\x7e]*", path), path


def _straight(text: str) -> str:
    return regex.sub(r"\p{Zs}+", " ", unicodedata.normalize("NFC", text)).strip(" ")
