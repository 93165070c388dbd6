"""The socket server: what it lets through, whom it cuts, whom it forgets."""

import pytest

from tests.realtime.conftest import StartServer
from tests.support.chat_server import ORIGIN, Server
from tests.support.patience import until
from treno_chat.domain.buckets import Rate
from treno_chat.realtime.rules import MAX_FRAME, ServerRules


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


@pytest.mark.parametrize("fields", [{"name": "setvar"}, {"name": None}, {}, "setvar", None, 7])
async def test_3_7_a_handler_that_is_not_listed_reaches_nobody(
    start: StartServer, fields: object
) -> None:
    rules = ServerRules(origins=[ORIGIN], handlers={"send"})
    heard: list[tuple[object, str]] = []

    async def note(connection: object, handler: str) -> None:
        heard.append((connection, handler))

    server = await start(rules=rules)
    server.realtime.server.on_denied.append(note)
    async with server.page(cookie="ada's") as page:
        await page.join()
        await page.say("event", fields)
        await page.say("event", {"name": "send"})

        assert await page.arrival() == {"echo": {"name": "send"}}
    [(connection, handler)] = heard
    assert connection is not None
    assert handler in ("setvar", "None", "")


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
    async with server.page(cookie="ada's") as again:
        await again.join()


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
