"""S55: whatever breaks is told in general words, with a reference that leads to the line of it."""

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send
from structlog.contextvars import get_contextvars
from structlog.testing import capture_logs

from tests.support.browser import Browser
from treno_chat.api.front.faults import Faults
from treno_chat.domain.words import LANGUAGES, Language, Words
from treno_chat.locales import words_in

WORDS: dict[Language, Words] = {language: words_in(language) for language in LANGUAGES}
seen: list[dict[str, Any]] = []


async def _breaks(_scope: Scope, _receive: Receive, _send: Send) -> None:
    seen.append(get_contextvars())
    message = "SELECT secret FROM passwd"
    raise RuntimeError(message)


async def _breaks_midway(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await _breaks(scope, receive, send)


@pytest.mark.parametrize(
    ("language", "words"), [("it", "Qualcosa si è rotto"), ("en", "Something broke")]
)
async def test_a_fault_anywhere_is_told_in_the_persons_language(language: str, words: str) -> None:
    browser = Browser(Faults(app=_breaks, words=WORDS), language=language)

    with capture_logs() as lines:
        answer = await browser.ask("/p/anywhere")

    [line] = lines
    told = answer.json()
    assert (answer.status_code, told["code"]) == (500, "unexpected")
    assert words in told["detail"]
    assert told["reference"] == line["reference"]
    assert told["reference"] in told["detail"]
    assert "passwd" not in answer.text


async def test_what_broke_in_a_route_is_one_line(api: FastAPI) -> None:
    @api.get("/broken")
    def break_down() -> None:  # pyright: ignore[reportUnusedFunction]
        raise RuntimeError

    with capture_logs() as lines:
        answer = await Browser(Faults(app=api, words=WORDS)).ask("/broken")

    assert [line["reference"] for line in lines] == [answer.json()["reference"]]


async def test_a_fault_midway_is_told_to_the_log_alone() -> None:
    with capture_logs() as lines:
        await Browser(Faults(app=_breaks_midway, words=WORDS)).ask("/")

    assert [line["event"] for line in lines] == ["unexpected"]


@pytest.mark.parametrize(("hops", "address"), [(0, "192.0.2.7"), (1, "198.51.100.4")])
async def test_s12_the_address_in_the_log_is_the_one_that_can_be_believed(
    hops: int, address: str
) -> None:
    browser = Browser(Faults(app=_breaks, words=WORDS, proxy_hops=hops))

    await browser.ask("/", **{"X-Forwarded-For": "203.0.113.1, 198.51.100.4"})

    assert seen[-1]["address"] == address
    assert get_contextvars() == {}
