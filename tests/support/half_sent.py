"""A request that a server has begun with, and that is not all there yet."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class HalfSent:
    """A request whose body is asked for; `rest` is what is missing."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    rest: bytes

    async def finish(self) -> str:
        """Send the rest, and return the whole answer."""
        self.writer.write(self.rest)
        return (await self.reader.read()).decode()


@asynccontextmanager
async def half_sent(port: int, path: str, form: str, *, origin: str) -> AsyncGenerator[HalfSent]:
    """Post the first half of a form, to a server that has asked for it: it is under way."""
    body = form.encode()
    head = (
        f"POST {path} HTTP/1.1",
        f"Host: {urlsplit(origin).netloc}",
        f"Origin: {origin}",
        "Accept: text/html",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Expect: 100-continue",
    )
    reader, writer = await asyncio.open_connection("localhost", port)
    writer.write("\r\n".join((*head, "", "")).encode())
    assert await reader.readuntil(b"\r\n\r\n") == GO_ON
    writer.write(body[: len(body) // 2])
    yield HalfSent(reader=reader, writer=writer, rest=body[len(body) // 2 :])
    writer.close()


async def until_refused(port: int) -> None:
    """Come until nobody is let in any more."""
    while True:
        try:
            _, writer = await asyncio.open_connection("localhost", port)
        except ConnectionRefusedError:
            return
        writer.close()
