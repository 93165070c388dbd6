"""The stock servers that this folder builds on and partly replaces.

They carry no types. Their versions are pinned, and tests/realtime/test_stock.py fails when what is
replaced here has moved.
"""
# pyright: reportMissingTypeStubs=false

from typing import Any

import engineio
import socketio
from engineio import exceptions
from engineio import packet as engine_packet
from engineio.async_socket import AsyncSocket
from socketio import packet as socket_packet
from socketio.async_manager import AsyncManager
from socketio.async_pubsub_manager import AsyncPubSubManager

Untyped = Any  # what the stock servers hand over

StockEngine: Any = engineio.AsyncServer
StockSocket: Any = AsyncSocket
StockServer: Any = socketio.AsyncServer
StockManager: Any = AsyncManager
StockSharedManager: Any = AsyncPubSubManager

EnginePacket: Any = engine_packet.Packet
ENGINE_OPEN: int = engine_packet.OPEN
ENGINE_MESSAGE: int = engine_packet.MESSAGE
SOCKET_EVENT: int = socket_packet.EVENT
UnknownPacket: type[Exception] = exceptions.UnknownPacketError
SocketIsClosed: type[Exception] = exceptions.SocketIsClosedError
