"""Admission: whom the socket server lets in, and what it believes of them."""

import logging
from contextlib import AsyncExitStack

import aiohttp
import pytest

from tests.realtime.conftest import StartServer
from tests.support.chat_server import ORIGIN, Server
from tests.support.patience import until
from treno_chat.realtime.rules import ServerRules
from treno_chat.running.lines import is_news


async def refused(server: Server, cookie: str | None = "ada's", **how: object) -> bool:
    try:
        async with server.page(cookie=cookie, **how):
            return False
    except aiohttp.WSServerHandshakeError as answer:
        return answer.status in {400, 403, 429}


async def test_ada_is_known_by_her_cookie(server: Server) -> None:
    async with server.page(cookie="ada's", headers={"User-Agent": "Browser/1"}) as page:
        await page.join()

        connection = server.realtime.connections.get(page.sid)

        assert connection is not None
        assert connection.session_id == "session-ada"
        assert connection.address == "127.0.0.1"
        assert connection.user_agent == "Browser/1"
        assert connection.token == page.token
        assert server.realtime.connections.of_session("session-ada") == [connection]


async def test_a_stranger_comes_in_as_nobody(server: Server) -> None:
    async with server.page() as page, server.page(cookie="forged") as forger:
        await page.join()
        await forger.join()

        for one in (page, forger):
            connection = server.realtime.connections.get(one.sid)
            assert connection is not None
            assert connection.session_id is None


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "http://localhost:3000.evil.example",
        "http://localhost:30001",
        "https://localhost:3000",
        None,
    ],
)
async def test_other_peoples_pages_cannot_use_adas_cookie(
    server: Server, origin: str | None
) -> None:
    assert not await refused(server, origin=ORIGIN)

    assert await refused(server, origin=origin)


async def test_a_program_without_cookie_needs_no_origin(server: Server) -> None:
    assert not await refused(server, cookie=None, origin=None)


@pytest.mark.parametrize("token", ["", "dining-car", "x" * 7_000, "../../etc", "1" * 36])
async def test_a_client_token_has_the_form_of_a_uuid(server: Server, token: str) -> None:
    assert not await refused(server, token="0b5b9a52-6a14-4a5e-9f0c-3f7a1e6f6d11")  # noqa: S106

    assert await refused(server, token=token)


async def test_one_address_opens_so_many_sockets(start: StartServer) -> None:
    server = await start(connections_per_address=2, connections_per_minute=1_000_000)
    async with server.page(cookie="ada's"), server.page(cookie="ada's"):
        assert await refused(server)
    await until(lambda: len(server.realtime.connections) == 0)

    assert not await refused(server)
    assert server.realtime.server.counts["refused_address"] == 1


async def test_the_house_holds_so_many_sockets(start: StartServer) -> None:
    server = await start(connections_total=1)
    async with server.page(cookie="ada's"):
        assert await refused(server, cookie="bruno's")

    assert server.realtime.server.counts["refused_total"] == 1


async def test_one_address_opens_so_many_a_minute(start: StartServer) -> None:
    server = await start(connections_per_address=2, connections_per_minute=1)
    assert not await refused(server)
    assert not await refused(server)

    with pytest.raises(aiohttp.WSServerHandshakeError) as answer:
        async with server.page(cookie="ada's"):
            pass

    assert answer.value.status == 429
    assert answer.value.headers is not None
    assert 1 <= int(answer.value.headers["Retry-After"]) <= 60
    assert server.realtime.server.counts["refused_rate"] == 1


async def test_a_refusal_in_words_is_no_news_for_the_log(
    start: StartServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = await start(connections_per_address=1, connections_per_minute=1)
    heard: list[logging.LogRecord] = []
    monkeypatch.setattr(logging.getLogger("uvicorn.error"), "handle", heard.append)
    assert not await refused(server)

    assert await refused(server)

    await until(lambda: bool(heard))
    assert not any(is_news(record) for record in heard)


async def test_a_whole_carriage_comes_back_at_once(start: StartServer) -> None:
    server = await start(connections_per_address=40, connections_per_minute=1)

    async with AsyncExitStack() as stack:
        for _ in range(40):
            await stack.enter_async_context(server.page(cookie="ada's"))

        assert len(server.realtime.connections) == 40


async def test_a_proxys_address_is_believed_as_far_as_told(start: StartServer) -> None:
    behind_one = await start(rules=ServerRules(origins=[ORIGIN], proxy_hops=1))
    direct = await start()
    forwarded = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}

    for server, expected in ((behind_one, "198.51.100.7"), (direct, "127.0.0.1")):
        async with server.page(cookie="ada's", headers=forwarded) as page:
            await page.join()
            connection = server.realtime.connections.get(page.sid)
            assert connection is not None
            assert connection.address == expected


async def test_the_secret_stays_at_the_handshake(server: Server) -> None:
    async with server.page(cookie="ada's") as page:
        await page.join()

    [scope] = server.namespace.connected
    assert (b"cookie", b"theme=dark") in scope["headers"]
    assert b"ada's" not in repr(scope["headers"]).encode()


async def test_polling_is_not_offered(server: Server) -> None:
    url = f"http://localhost:{server.port}/_event/?EIO=4&token=0b5b9a52-6a14-4a5e-9f0c-3f7a1e6f6d11"
    async with aiohttp.ClientSession() as session:
        for transport in ("polling", "websocket"):
            async with session.get(f"{url}&transport={transport}") as answer:
                assert answer.status == 400
    assert len(server.realtime.connections) == 0


@pytest.mark.parametrize("origins", [[], ["*"], [ORIGIN, "*"]])
def test_origins_must_be_listed(origins: list[str]) -> None:
    with pytest.raises(ValueError, match="origins"):
        ServerRules(origins=origins)
