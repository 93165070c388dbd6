"""The straight way: the very frames of the layers, and none once the line is full or closing."""

from asyncio import Transport
from typing import cast
from unittest.mock import Mock

import pytest
from uvicorn import Config
from uvicorn.server import ServerState
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

from tests.support.chat_server import Server
from treno_chat.realtime.straight import StraightProtocol, framed


@pytest.mark.parametrize("payload", ["Ciao!", "è" * 100, "🚂" * 20_000, b"\x00\xff"])
def test_a_client_reads_what_was_framed_once(payload: str | bytes) -> None:
    client = ClientProtocol(parse_uri("ws://localhost"), state=State.OPEN)
    client.receive_data(framed(payload))

    [frame] = client.events_received()

    kind = Opcode.BINARY if isinstance(payload, bytes) else Opcode.TEXT
    data = payload if isinstance(payload, bytes) else payload.encode()
    assert isinstance(frame, Frame)
    assert (frame.opcode, bytes(frame.data), frame.fin) == (kind, data, True)


async def test_a_page_is_served_straight(server: Server) -> None:
    async with server.room("ada") as ada:
        [socket] = server.realtime.server.eio.sockets.values()

        assert socket.queue.straight is not None
        assert ada.sid in server.realtime.server.connections._by_sid


async def test_a_line_that_is_full_or_closing_takes_nothing() -> None:
    config = Config(Mock(), log_level="error")
    config.load()
    transport = Mock(spec=Transport)
    transport.is_closing.return_value = False
    protocol = StraightProtocol(config, ServerState(), {})
    protocol.transport = cast("Transport", transport)

    assert protocol.write_straight(b"one")
    protocol.pause_writing()
    assert not protocol.write_straight(b"two")
    protocol.resume_writing()
    assert protocol.write_straight(b"three")
    transport.is_closing.return_value = True
    assert not protocol.write_straight(b"four")

    assert [call.args for call in transport.write.call_args_list] == [(b"one",), (b"three",)]
