"""What comes over the line: what two readers could take for two things, or what never ends."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest
import uvicorn
from starlette.types import Message, Receive, Scope, Send

from tests.support.patience import PATIENCE
from treno_chat.running.protocol import MAX_HEAD_BYTES
from treno_chat.running.serve import serving_config

GET = b"GET / HTTP/1.1\r\nHost: treno.example\r\n"
POST = b"POST / HTTP/1.1\r\nHost: treno.example\r\n"
CHUNKS = b"2\r\nhi\r\n0\r\n\r\n"
Tell = Callable[..., Awaitable[bytes]]


async def _echo(_scope: Scope, receive: Receive, send: Send) -> None:
    """Say what the body was."""
    body, more = b"", True
    while more:
        message: Message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    length = str(len(body)).encode()
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]}
    )
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
async def tell() -> AsyncGenerator[Tell]:
    """Send bytes to a server that runs as ours does, and return what it answers."""
    config = serving_config(_echo)
    config.lifespan = "off"
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    listening = socket.create_server(("127.0.0.1", 0))
    await server.startup(sockets=[listening])
    port = int(listening.getsockname()[1])

    async def tell(*pieces: bytes, until: bytes | None = None) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        async with asyncio.timeout(PATIENCE):
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
            answered = await (reader.read() if until is None else reader.readuntil(until))
        writer.close()
        return answered

    yield tell
    server.force_exit = True
    await server.shutdown(sockets=[listening])


def _head(size: int) -> bytes:
    """Return a head whose names, values and separators count as so many bytes."""
    head, count = GET, len(b"/") + len(b"hosttreno.example") + 4
    while count < size:
        value = b"x" * min(1_000, size - count - len(b"x-a") - 4)
        head, count = head + b"x-a: " + value + b"\r\n", count + len(b"x-a") + len(value) + 4
    return head + b"\r\n"


async def test_what_is_in_order_is_answered(tell: Tell) -> None:
    assert (await tell(POST + b"Content-Length: 2\r\n\r\nhi", until=b"hi")).startswith(
        b"HTTP/1.1 200 "
    )
    chunked = await tell(POST + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKS, until=b"hi")
    assert chunked.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n",
        b"Content-Length: 2\r\nContent-Length: 3\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Content-Length: +2\r\n",
        b"Content-Length : 2\r\n",
        b"X: one\r\n two\r\n",
        b"X: one\rY: two\r\n",
        b"X: one\0two\r\n",
    ],
)
async def test_s13_what_can_be_read_in_two_ways_is_refused(tell: Tell, headers: bytes) -> None:
    assert (await tell(POST + headers + b"\r\n" + CHUNKS)).startswith(b"HTTP/1.1 400 ")
    assert await tell(POST + b"Content-Length: 2\r\n\r\nhi", until=b"hi")


async def test_s13_a_head_over_32_kb_is_refused(tell: Tell) -> None:
    fits = await tell(_head(MAX_HEAD_BYTES), until=b"\r\n\r\n")
    longer = await tell(_head(MAX_HEAD_BYTES + 20))

    assert fits.startswith(b"HTTP/1.1 200 ")
    assert longer.startswith(b"HTTP/1.1 431 ")
    assert await tell(POST + b"Content-Length: 2\r\n\r\nhi", until=b"hi")


@pytest.mark.parametrize(
    "endless",
    [GET + b"X: ", b"GET /", GET],
    ids=["value", "address", "name"],
)
async def test_s13_a_line_that_does_not_end_is_not_waited_for(tell: Tell, endless: bytes) -> None:
    # The last piece is over the limit: with something left to read, the line would be reset.
    pieces = (endless, *[b"x" * 10_000] * 3, b"x" * 20_000)

    assert (await tell(*pieces)).startswith(b"HTTP/1.1 431 ")


async def test_a_body_is_no_head_however_it_is_cut(tell: Tell) -> None:
    size = MAX_HEAD_BYTES + 10_000
    head = POST + b"Content-Length: %d\r\n" % size

    answered = await tell(head, b"\r\n" + b"y" * size, until=b"y" * size)

    assert answered.startswith(b"HTTP/1.1 200 ")


async def test_no_answer_of_the_server_tells_what_it_is(tell: Tell) -> None:
    refused = await tell(b"nonsense\r\n\r\n")
    answered = await tell(GET + b"\r\n", until=b"\r\n\r\n")

    for answer in (refused, answered):
        assert b"uvicorn" not in answer.lower()
        assert b"server:" not in answer.lower()
