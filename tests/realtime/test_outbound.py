"""What waits for one socket: in order, bounded, and nothing after the end."""

import asyncio

from treno_chat.realtime.outbound import Outbound, frame_of, size_of
from treno_chat.realtime.stock import ENGINE_MESSAGE, EnginePacket


def push(outbound: Outbound, *texts: str) -> None:
    for text in texts:
        frame = frame_of(text)
        outbound.push(frame, size_of(frame))


async def test_everything_that_waits_is_taken_at_once_and_in_order() -> None:
    outbound = Outbound()
    push(outbound, "first", "second")
    await outbound.put(EnginePacket(ENGINE_MESSAGE, "third"))

    taken = await outbound.take()

    assert [frame["text"] for frame in taken] == ["first", "second", "4third"]
    assert outbound.size == len("firstsecond4third")
    outbound.written(taken)
    assert outbound.size == 0


async def test_whoever_waits_is_woken() -> None:
    outbound = Outbound()
    waiting = asyncio.create_task(outbound.take())
    await asyncio.sleep(0)

    push(outbound, "now")

    assert await waiting == [frame_of("now")]


async def test_binary_keeps_its_kind() -> None:
    frame = frame_of(b"\x00\x01")

    assert (frame["bytes"], frame["text"], size_of(frame)) == (b"\x00\x01", None, 2)


async def test_what_is_being_written_counts_until_it_is_written() -> None:
    outbound = Outbound(limit=10)
    overflows: list[int] = []
    outbound.on_overflow = lambda: overflows.append(outbound.size)
    push(outbound, "12345678")
    await outbound.take()

    push(outbound, "9")
    assert overflows == []
    push(outbound, "too much")
    assert overflows == [17]


async def test_the_end_gives_out_what_waits_and_takes_no_more() -> None:
    outbound = Outbound()
    push(outbound, "last")
    outbound.end()
    push(outbound, "too late")

    assert await outbound.take() == [frame_of("last")]
    assert await outbound.take() == []


async def test_dropping_forgets_what_waits() -> None:
    outbound = Outbound()
    push(outbound, "lost")
    outbound.drop()

    assert await outbound.take() == []
    assert outbound.size == 0
