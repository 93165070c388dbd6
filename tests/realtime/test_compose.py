"""Composed: presence reaches the sockets, and a fault of it does not stay silent."""

import pytest

from tests.support.chat_server import Server
from tests.support.patience import until
from treno_chat.realtime.snapshot import PresenceChange


async def test_the_place_hears_who_is_here(server: Server) -> None:
    async with server.room("ada") as adas, server.room("bruno", room_id="sleeper"):
        await server.realtime.hub.show_presence(adas.sid)
        before = (await adas.arrival())["present"]
        assert before["count"] == 2
        async with server.room("chiara"):
            server.ticks.put_nowait(None)

            change = (await adas.arrival())["changed"]

            assert [one["id"] for one in change["joined"]] == ["chiara"]
            assert change["rooms"] == {"dining-car": 2, "sleeper": 1}


async def test_whoever_watches_nothing_is_shown_nobody(server: Server) -> None:
    async with server.page(cookie="ada's") as page:
        await page.join()
        await server.realtime.hub.show_presence(page.sid)

        assert page.nothing_arrived()


async def test_a_fault_of_the_round_is_said_aloud(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_change: PresenceChange) -> None:
        raise RuntimeError("the encoder is broken")

    server.realtime.presence.tell = fail
    async with server.room("ada"):
        server.ticks.put_nowait(None)
        await until(lambda: "presence stopped" in caplog.text)
