"""Whose page may change something, how it must be sent, and how large it may be."""

import httpx
import pytest
from starlette.types import Message

from tests.support.browser import ORIGIN, Browser
from treno_chat.api.front.guard import Guard

ENTRY = "/auth/enter"
FORM_TYPE = "application/x-www-form-urlencoded"
FORM = {"alias": "Ada", "gender": "female"}
FOREIGN = [
    "https://evil.example",
    "null",
    f"{ORIGIN}.evil.example",
    ORIGIN.replace("https", "http"),
    f"{ORIGIN}:8443",
    f"{ORIGIN}/",
    "",
]


@pytest.mark.parametrize("origin", FOREIGN)
async def test_s6_a_foreign_page_changes_nothing(ada: Browser, origin: str) -> None:
    foreign = await ada.send("/auth/logout", {}, Origin=origin, Accept="application/json")
    still = await ada.ask("/auth/me")
    own = await ada.script("/auth/logout")

    assert (foreign.status_code, foreign.json()["code"]) == (403, "forbidden")
    assert "set-cookie" not in foreign.headers
    assert still.status_code == 200
    assert own.status_code == 200


async def test_s6_the_origin_may_be_missing_only_where_no_cookie_is(
    ada: Browser, stranger: Browser
) -> None:
    async def post(browser: Browser) -> int:
        headers = {"Content-Type": FORM_TYPE}
        answer = await browser.client.post(ENTRY, content="alias=Eva&gender=other", headers=headers)
        return answer.status_code

    assert await post(ada) == 403
    assert await post(stranger) == 303


async def test_s6_what_the_browser_calls_cross_site_is_refused(ada: Browser) -> None:
    for site in ("same-origin", "same-site", "none"):
        answer = await ada.send("/auth/continue", {}, **{"Sec-Fetch-Site": site})
        assert answer.status_code == 303

    cross = await ada.send("/auth/continue", {}, **{"Sec-Fetch-Site": "cross-site"})

    assert cross.status_code == 403


async def test_two_origins_must_both_be_ours(stranger: Browser) -> None:
    async def post(*origins: str) -> int:
        headers = [("Content-Type", FORM_TYPE), *(("Origin", origin) for origin in origins)]
        answer = await stranger.client.post(
            ENTRY, content="alias=Ada&gender=female", headers=headers
        )
        return answer.status_code

    assert await post(ORIGIN, "https://evil.example") == 403
    assert await post(ORIGIN) == 303


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/json", "multipart/form-data; boundary=x", ""]
)
async def test_s11_a_form_comes_as_a_form(stranger: Browser, media_type: str) -> None:
    wrong = await stranger.send(ENTRY, FORM, **{"Content-Type": media_type})
    right = await stranger.send(ENTRY, FORM, **{"Content-Type": f"{FORM_TYPE}; charset=UTF-8"})

    assert (wrong.status_code, right.status_code) == (415, 303)


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_s11_json_comes_as_json(stranger: Browser, media_type: str) -> None:
    async def post(media_type: str) -> httpx.Response:
        headers = {"Content-Type": media_type, "Origin": ORIGIN}
        return await stranger.client.post(
            "/auth/passkeys/login/options", content="{}", headers=headers
        )

    wrong, right = await post(media_type), await post("application/json; charset=utf-8")

    assert (wrong.status_code, right.status_code) == (415, 200)
    assert right.headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    "body",
    [b"alias=%ff", b"\xff\xfe", "alias=è".encode(), b"&".join([b"a=1"] * 21)],
)
async def test_a_malformed_form_is_refused_in_words(stranger: Browser, body: bytes) -> None:
    headers = {"Content-Type": FORM_TYPE, "Origin": ORIGIN, "Accept": "application/json"}

    answer = await stranger.client.post(ENTRY, content=body, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


@pytest.mark.parametrize("path", [ENTRY, "/auth/passkeys/login/verify", "/anything/else"])
async def test_s11_a_body_over_the_limit_is_refused_wherever_it_goes(
    stranger: Browser, path: str
) -> None:
    headers = {"Content-Type": FORM_TYPE, "Origin": ORIGIN}

    async def post(size: int) -> int:
        body = b"a=" + b"x" * (size - 2)
        return (await stranger.client.post(path, content=body, headers=headers)).status_code

    assert await post(64 * 1024 + 1) == 413
    assert await post(64 * 1024) != 413


async def test_s11_a_body_that_does_not_say_its_size_is_counted(stranger: Browser) -> None:
    async def pieces(count: int):  # noqa: ANN202 -- an async generator of bytes
        for _ in range(count):
            yield b"x" * 1024

    async def post(count: int) -> int:
        headers = {"Content-Type": FORM_TYPE, "Origin": ORIGIN}
        answer = await stranger.client.post(ENTRY, content=pieces(count), headers=headers)
        return answer.status_code

    assert await post(65) == 413
    assert await post(64) == 422


async def test_who_hangs_up_in_the_middle_is_not_waited_for(guarded: Guard) -> None:
    sent: list[Message] = []
    heard = iter(
        [
            {"type": "http.request", "body": b"alias=A", "more_body": True},
            {"type": "http.disconnect"},
        ]
    )

    async def receive() -> Message:
        return next(heard)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "https",
        "path": ENTRY,
        "raw_path": ENTRY.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"origin", ORIGIN.encode()), (b"content-type", FORM_TYPE.encode())],
        "client": ("192.0.2.7", 1),
        "server": ("treno.example", 443),
    }
    await guarded(scope, receive, send)

    assert sent == []
