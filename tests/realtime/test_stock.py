"""The stock servers: whoever moves a version sees here what of theirs is replaced."""

import inspect
from importlib.metadata import version
from typing import Any

import pytest

from treno_chat.realtime import stock

REPLACED = {
    (stock.StockEngine, "create_queue"): "self, *args, **kwargs",
    (stock.StockEngine, "_handle_connect"): "self, environ, transport, jsonp_index=None",
    (stock.StockEngine, "_service_task"): "self",
    (stock.StockEngine, "_trigger_event"): "self, event, *args, **kwargs",
    (stock.StockSocket, "_websocket_handler"): "self, ws",
    (stock.StockSocket, "close"): "self, wait=True, abort=False, reason=None",
    (stock.StockSocket, "receive"): "self, pkt",
    (stock.StockSocket, "schedule_ping"): "self",
    (stock.StockSocket, "send"): "self, pkt",
    (stock.StockServer, "_engineio_server_class"): "self",
    (stock.StockServer, "_handle_connect"): "self, eio_sid, namespace, data",
    (stock.StockServer, "_handle_disconnect"): "self, eio_sid, namespace, reason=None",
    (stock.StockServer, "_handle_eio_connect"): "self, eio_sid, environ",
    (stock.StockServer, "_handle_eio_disconnect"): "self, eio_sid, reason",
    (stock.StockServer, "_handle_eio_message"): "self, eio_sid, data",
    (stock.StockServer, "_handle_event"): "self, eio_sid, namespace, id, data",
    (stock.StockServer, "_trigger_event"): "self, event, namespace, *args",
    (stock.StockManager, "emit"): (
        "self, event, data, namespace, room=None, skip_sid=None, callback=None, to=None, **kwargs"
    ),
    (stock.StockManager, "basic_enter_room"): "self, sid, namespace, room, eio_sid=None",
    (stock.StockManager, "basic_leave_room"): "self, sid, namespace, room",
    (stock.StockManager, "is_sid_room"): "self, namespace, room",
    (stock.StockSharedManager, "_handle_emit"): "self, message",
    (stock.StockSharedManager, "_listen"): "self",
    (stock.StockSharedManager, "_publish"): "self, data",
    (stock.StockSharedManager, "_thread"): "self",
    (stock.StockSharedManager, "initialize"): "self",
}


def test_the_versions_are_those_that_were_read() -> None:
    # Before moving these: read what changed in the methods below, then run `make bench`.
    assert version("python-socketio") == "5.18.1"
    assert version("python-engineio") == "4.15.1"


@pytest.mark.parametrize(("owner", "name"), REPLACED)
def test_what_is_replaced_has_not_moved(owner: Any, name: str) -> None:  # noqa: ANN401
    signature = str(inspect.signature(getattr(owner, name)))

    assert signature == f"({REPLACED[owner, name]})"


def test_what_the_stock_way_does_is_what_the_direct_way_leaves_out() -> None:
    assert "create_task" in inspect.getsource(stock.StockManager.emit)
    assert "self.queue.put" in inspect.getsource(stock.StockSocket.send)
    assert "AsyncSocket(" in inspect.getsource(stock.StockEngine._handle_connect)
