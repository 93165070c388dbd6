"""Fan-out: one packet, encoded once, for everybody in the room and nobody else."""

import json
from typing import Any

import pytest

from tests.realtime.conftest import StartServer
from tests.support.chat_server import ORIGIN, Server
from tests.support.patience import until
from treno_chat.realtime.rules import ServerRules
from treno_chat.realtime.stock import StockServer


async def emit(server: Server, data: object, **to: object) -> None:
    await server.realtime.server.emit("event", data, namespace="/_event", **to)


async def test_a_room_hears_and_others_do_not(server: Server) -> None:
    async with (
        server.room("ada") as adas,
        server.room("bruno", room_id="sleeper") as brunos,
        server.page() as outsiders,
    ):
        await outsiders.join()
        await emit(server, "hello", room="room:dining-car")
        assert await adas.arrival() == "hello"

        await emit(server, "all")
        assert await brunos.arrival() == "all"
        assert await outsiders.arrival() == "all"


async def test_a_packet_is_encoded_once(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Any] = []
    packets = server.realtime.server.packet_class

    class Noting:
        @staticmethod
        def dumps(value: object, **how: Any) -> str:  # noqa: ANN401
            written.append(value)
            return json.dumps(value, **how)

    async with server.room("ada") as adas, server.room("bruno") as brunos:
        monkeypatch.setattr(packets, "json", Noting)
        await emit(server, {"a": 1}, room="room:dining-car")

        assert await adas.arrival() == await brunos.arrival() == {"a": 1}
    assert written == [["event", {"a": 1}]]


@pytest.mark.parametrize("skipped", ["one socket", "a list", "a room"])
async def test_the_skipped_hear_nothing(server: Server, skipped: str) -> None:
    async with server.room("ada") as adas, server.room("bruno") as brunos:
        skip = {"one socket": adas.sid, "a list": [adas.sid], "a room": "room:dining-car:ada"}
        await emit(server, "secret", room="room:dining-car", skip_sid=skip[skipped])
        await emit(server, "after")

        assert await brunos.arrival() == "secret"
        assert await adas.arrival() == "after"


async def test_several_rooms_hear_once(server: Server) -> None:
    async with server.room("ada") as adas:
        await emit(server, "once", room=["room:dining-car", "place:train", "room:nowhere"])
        await emit(server, "after")

        assert [await adas.arrival(), await adas.arrival()] == ["once", "after"]


async def test_nobody_in_the_room_is_no_fault(server: Server) -> None:
    await emit(server, "to nobody", room="room:empty")


async def test_what_is_to_be_acknowledged_goes_the_stock_way(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []

    async def note(_self: object, _transport: str, packet: Any) -> None:  # noqa: ANN401
        sent.append(packet)

    async with server.room("ada") as adas:
        monkeypatch.setattr(StockServer, "_send_packet", note)
        monkeypatch.setattr(StockServer, "_send_eio_packet", note)
        await emit(server, "sure?", to=adas.sid, callback=lambda: None)
    assert sent


async def test_several_arguments_stay_several(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with server.room("ada") as adas:
        seen: list[str] = []

        async def note(frame: str) -> None:
            seen.append(frame)

        monkeypatch.setattr(adas, "_take", note)
        await emit(server, ("a", 2), to=adas.sid)
        await emit(server, None, to=adas.sid)
        await until(lambda: len(seen) == 2)

    assert seen == ['42/_event,["event","a",2]', '42/_event,["event"]']


async def test_a_reader_that_does_not_read_is_cut_and_the_others_do_not_notice(
    start: StartServer,
) -> None:
    server = await start(rules=ServerRules(origins=[ORIGIN], outbound_limit=256 * 1024))
    async with (
        server.room("ada") as adas,
        server.page(cookie="bruno's", is_reading=False) as brunos,
    ):
        await brunos.send_raw("40/_event,")
        await until(lambda: len(server.realtime.connections.of_session("session-bruno")) == 1)
        rounds = 0
        while not server.realtime.server.counts["cut_slow"]:
            await emit(server, f"{rounds}" * 50_000)
            assert await adas.arrival() == f"{rounds}" * 50_000
            rounds = (rounds + 1) % 10

        await until(lambda: server.realtime.connections.of_session("session-bruno") == [])
        await emit(server, "after")
        assert await adas.arrival() == "after"
    assert server.realtime.server.counts["cut_slow"] == 1
