"""The socket server: whom it lets in, what it believes, what it lets through."""

import aiohttp
import pytest

from tests.realtime.conftest import StartServer
from tests.support.chat_server import ORIGIN, Server
from tests.support.patience import until
from treno_chat.realtime.bucket import Rate
from treno_chat.realtime.rules import MAX_FRAME, ServerRules


async def refused(server: Server, cookie: str | None = "ada's", **how: object) -> bool:
    try:
        async with server.page(cookie=cookie, **how):
            return False
    except aiohttp.WSServerHandshakeError as answer:
        return answer.status in {400, 403}


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


@pytest.mark.parametrize("token", ["", "dining-car", "x" * 20_000, "../../etc", "1" * 36])
async def test_a_client_token_has_the_form_of_a_uuid(server: Server, token: str) -> None:
    assert not await refused(server, token="0b5b9a52-6a14-4a5e-9f0c-3f7a1e6f6d11")  # noqa: S106

    assert await refused(server, token=token)


async def test_one_address_opens_so_many_sockets(start: StartServer) -> None:
    server = await start(connections_per_address=2)
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


@pytest.mark.parametrize(
    "name", ["connect", "disconnect", "message", "connect_error", "mine", "__init__", "*", ""]
)
async def test_a_reserved_name_is_dropped(server: Server, name: str) -> None:
    forged = {"QUERY_STRING": "token=forged", "asgi.scope": {"client": ["203.0.113.9", 1]}}
    async with server.page(cookie="ada's") as page:
        await page.join()
        await page.say(name, forged)
        await page.say("event", "after")

        assert await page.arrival() == {"echo": "after"}
        assert len(server.namespace.connected) == 1
        assert server.namespace.gone == []
        assert server.realtime.server.counts["dropped_event"] == 1


@pytest.mark.parametrize("words", [[], ["event", 1, 2], [["event"]], [None, 1]])
async def test_an_odd_event_is_dropped(server: Server, words: list[object]) -> None:
    async with server.page(cookie="ada's") as page:
        await page.join()
        await page.say(*words)
        await page.say("event", "after")

        assert await page.arrival() == {"echo": "after"}


async def test_the_names_a_page_uses_pass(server: Server) -> None:
    async with server.page(cookie="ada's") as page:
        await page.join()
        await page.say("ping")

        assert await page.arrival("ping") == "pong"


@pytest.mark.parametrize(
    "frame",
    [
        '451-/_event,["event",{"_placeholder":true,"num":0}]',
        "43/_event,0[]",
        '44/_event,{"message":"no"}',
        '42/_event,["event",',
        "42/_event," + "[" * 20_000,
        '4{"a":1}',
        "4",
        "9",
        "x",
    ],
)
async def test_what_no_page_sends_closes_the_transport(server: Server, frame: str) -> None:
    async with server.page(cookie="ada's") as page:
        await page.join()
        await page.send_raw(frame)

        await page.closed()

    assert server.namespace.heard == []
    assert not await refused(server)


async def test_a_frame_too_large_closes_the_transport(server: Server) -> None:
    async with server.page(cookie="ada's") as page:
        await page.join()
        await page.say("event", "x" * MAX_FRAME)

        await page.closed()

    assert server.namespace.heard == []
    assert server.realtime.server.counts["cut_size"] == 1


async def test_a_flood_closes_the_transport(start: StartServer) -> None:
    server = await start(rules=ServerRules(origins=[ORIGIN], rate=Rate(burst=5, per_second=0)))
    async with server.page(cookie="ada's") as page:
        await page.join()
        for turn in range(10):
            await page.say("event", turn)

        await page.closed()

    assert [data for _, data in server.namespace.heard] == [0, 1, 2, 3]
    assert server.realtime.server.counts["cut_flood"] == 1


async def test_the_end_of_a_session_reaches_all_its_tabs(server: Server) -> None:
    async with (
        server.page(cookie="ada's") as first,
        server.page(cookie="ada's") as second,
        server.page(cookie="ada's") as on_its_way,
        server.page(cookie="bruno's") as brunos,
    ):
        for page in (first, second, brunos):
            await page.join()

        await server.realtime.server.end_session("session-ada", {"say": "ended"})

        for page in (first, second):
            assert await page.arrival() == {"say": "ended"}
            await page.closed()
            assert page.is_dismissed
        await on_its_way.closed()
        await brunos.say("event", "still here")
        assert await brunos.arrival() == {"echo": "still here"}
        assert sorted(server.namespace.gone) == sorted([first.sid, second.sid])
    assert server.realtime.connections.of_session("session-ada") == []


async def test_a_cut_transport_is_no_dismissal(server: Server) -> None:
    async with server.page(cookie="ada's") as page:
        await page.join()

        server.realtime.server.cut_transport(page.sid)

        await page.closed()
        assert not page.is_dismissed
    await until(lambda: server.namespace.gone == [page.sid])
    await until(lambda: len(server.realtime.connections) == 0)


async def test_whoever_leaves_is_forgotten(server: Server) -> None:
    async with server.page(cookie="ada's") as page:
        await page.join()
        assert len(server.realtime.connections) == 1
        server.realtime.server.finish_all()
        await page.closed()

    await until(lambda: len(server.realtime.connections) == 0)
    assert server.realtime.connections.get(page.sid) is None
    assert server.realtime.server.environ == {}
    await until(lambda: server.realtime.server.eio.sockets == {})


async def test_who_fails_to_join_is_forgotten(server: Server) -> None:
    async def fail(_sid: str) -> None:
        raise ValueError("the boot event was nonsense")

    server.namespace.on_boot = fail
    async with server.page(cookie="ada's") as page:
        await page.send_raw("40/_event,")
        await page.closed()

    await until(lambda: len(server.realtime.connections) == 0)
    assert server.realtime.connections.of_session("session-ada") == []
    assert server.realtime.server.manager.rooms == {}


async def test_only_our_namespace_can_be_joined(server: Server) -> None:
    async with server.page(cookie="ada's") as page:
        await page.send_raw("40")
        await page.send_raw("40/treno:control,")
        await page.join()

        assert list(server.realtime.server.manager.get_namespaces()) == ["/_event"]


async def test_a_page_that_does_not_answer_pings_is_gone(start: StartServer) -> None:
    rules = ServerRules(origins=[ORIGIN], ping_interval=0.05, ping_timeout=0.1)
    server = await start(rules=rules)
    async with (
        server.page(cookie="ada's") as alive,
        server.page(cookie="bruno's", is_reading=False) as silent,
    ):
        await alive.join()
        assert not silent.websocket.closed
        await until(lambda: len(server.realtime.connections) == 1)

        await alive.say("event", "alive")
        assert await alive.arrival() == {"echo": "alive"}


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
