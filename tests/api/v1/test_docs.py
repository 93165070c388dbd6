"""The description of the API: whole, true to the routes, and not for production unless asked."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from tests.api.v1.conftest import program_on
from tests.support.assistant import assistant_at
from tests.support.browser import ORIGIN, Browser
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.transaction import Transactions
from treno_chat.api.app import create_api
from treno_chat.api.v1.app import ROUTERS
from treno_chat.domain.door.forms import THEMES
from treno_chat.domain.people import Gender
from treno_chat.domain.places import Place
from treno_chat.domain.words import LANGUAGES
from treno_chat.locales import words_in

Make = Callable[..., FastAPI]
Json = dict[str, Any]


@pytest.fixture
def make(transactions: Transactions, place: Place) -> Make:
    """Makes the routes, described or not."""

    def make(*, has_docs: bool) -> FastAPI:
        return create_api(
            transactions,
            assistant=assistant_at(transactions),
            words={language: words_in(language) for language in LANGUAGES},
            limits=Limits(),
            origins=(ORIGIN,),
            default_place=place.slug,
            count_here=lambda _door: 3,
            is_ready=lambda: True,
            has_docs=has_docs,
        )

    return make


@pytest.fixture
async def openapi(make: Make) -> Json:
    """What machines are told."""
    program = program_on(make(has_docs=True), None)
    answer = await program("GET", "/openapi.json")
    await program.client.aclose()
    assert answer.status_code == 200
    return answer.json()


def operations(openapi: Json) -> Iterator[tuple[str, Json]]:
    """Yield every operation under its method and path."""
    for path, item in openapi["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


def test_every_route_is_described_and_no_other(openapi: Json) -> None:
    routes = {
        f"{method} {route.path}"
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }

    assert routes
    assert {name for name, _ in operations(openapi)} == routes
    assert openapi["servers"] == [{"url": "/api/v1"}]


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does(openapi: Json) -> None:
    names = [operation["operationId"] for _, operation in operations(openapi)]

    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z_]+", name)] == []
    assert [name for name, each in operations(openapi) if not each.get("description")] == []
    assert [name for name, each in operations(openapi) if not each.get("tags")] == []


def test_every_refusal_has_the_one_body_and_an_example(openapi: Json) -> None:
    seen = 0
    for name, operation in operations(openapi):
        assert {"403", "422", "429", "500", "503"} <= operation["responses"].keys(), name
        for status, answer in operation["responses"].items():
            if status < "400":
                continue
            told = answer["content"]["application/json"]
            assert told["schema"] == {"$ref": "#/components/schemas/Problem"}, (name, status)
            assert {"detail", "code"} <= told["example"].keys()
            assert told["example"]["code"].isupper(), name
            seen += 1
    assert seen > 50
    assert "HTTPValidationError" not in openapi["components"]["schemas"]


def test_who_needs_to_be_somebody_hears_401(openapi: Json) -> None:
    closed = {name: each for name, each in operations(openapi) if each.get("security")}

    assert "GET /users/me" in closed
    assert [name for name, each in closed.items() if "401" not in each["responses"]] == []
    assert openapi["components"]["securitySchemes"].keys() == {"token", "session"}
    assert closed["GET /users/me"]["security"] == [{"token": []}, {"session": []}]
    assert closed["POST /auth/token"]["security"] == [{"session": []}]


def test_whatever_is_sent_or_answered_has_an_example(openapi: Json) -> None:
    schemas: Json = openapi["components"]["schemas"]
    named = re.findall(r'"\$ref": "#/components/schemas/(\w+)"', json.dumps(openapi["paths"]))
    bodies = {name for name in named if schemas[name]["type"] == "object"} - {"Problem"}

    assert "MeTold" in bodies
    assert [name for name in bodies if "examples" not in schemas[name]] == []


def test_what_can_be_chosen_is_listed(openapi: Json) -> None:
    schemas: Json = openapi["components"]["schemas"]

    for name in ("ProfileAsked", "RegisterAsked"):
        assert schemas[name]["properties"]["gender"]["enum"] == [*Gender]
        assert "gender" in schemas[name]["required"]
    assert schemas["ProfileAsked"]["properties"]["theme"]["enum"] == ["", *THEMES]
    for name in ("TaskAsked", "ConversationRenamed", "MessageAsked", "UtteranceAsked"):
        [words] = {"title", "content"} & schemas[name]["properties"].keys()
        assert schemas[name]["properties"][words]["minLength"] == 1


async def test_the_page_shows_every_operation_without_a_script(make: Make, openapi: Json) -> None:
    browser = Browser(make(has_docs=True))
    answer = await browser.get("/api/v1/docs")
    await browser.client.aclose()

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "<script" not in answer.text
    assert re.findall(r"(?:src|href)=\"(?!/|#)", answer.text) == []
    for name, operation in operations(openapi):
        method, path = name.split()
        assert f"{method} /api/v1{path}" in answer.text
        assert f'id="{operation["operationId"]}"' in answer.text


async def test_the_page_shows_what_is_sent_answered_and_refused(make: Make, openapi: Json) -> None:
    browser = Browser(make(has_docs=True))
    page = (await browser.get("/api/v1/docs")).text
    await browser.client.aclose()
    shown = {
        name: page.split(f'id="{each["operationId"]}"')[1].split("</details>")[0]
        for name, each in operations(openapi)
    }

    add = shown["POST /users/{user_id}/tasks"]
    assert add.count("&quot;title&quot;") >= 2
    assert "<code>Location</code>" in add
    assert "<code>INVALID_TOKEN</code>" not in add
    assert [name for name, one in shown.items() if "<code>TOO_FAST</code>" not in one] == []
    assert "&quot;retry_after&quot;" in page.split("</details>")[-1]
    assert "`" not in page.split("<pre>")[0]


@pytest.mark.parametrize("path", ["docs", "openapi.json", "redoc"])
async def test_s54_where_it_is_not_asked_for_there_is_none(make: Make, path: str) -> None:
    program = program_on(make(has_docs=False), None)
    answer = await program("GET", f"/{path}")
    await program.client.aclose()

    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
