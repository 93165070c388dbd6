"""What waits for one socket: in order, bounded, and nothing after the end."""

import asyncio

import pytest

from treno_chat.realtime.outbound import Outbound, frame_of, size_of
from treno_chat.realtime.stock import ENGINE_MESSAGE, EnginePacket
from treno_chat.realtime.straight import framed


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


class Line:
    """Takes what comes straight, until it is full."""

    def __init__(self) -> None:
        """Empty."""
        self.written: list[bytes] = []
        self.is_full = False

    def write(self, frame: bytes) -> bool:
        """Write, or say that there is no room."""
        if not self.is_full:
            self.written.append(frame)
        return not self.is_full


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def direct(line: Line) -> Outbound:
    """What goes to the line while that has room."""
    outbound = Outbound()
    outbound.straight = line.write
    return outbound


async def test_what_the_line_takes_at_once_waits_nowhere(line: Line, direct: Outbound) -> None:
    push(direct, "first", "second")

    assert line.written == [framed("first"), framed("second")]
    assert direct.size == 0


async def test_nothing_overtakes_what_waits_or_is_being_written(
    line: Line, direct: Outbound
) -> None:
    line.is_full = True
    push(direct, "first")
    line.is_full = False
    push(direct, "second")
    taken = await direct.take()
    push(direct, "third")
    assert line.written == []

    direct.written(taken)
    more = await direct.take()
    direct.written(more)
    push(direct, "fourth")

    assert [frame["text"] for frame in (*taken, *more)] == ["first", "second", "third"]
    assert line.written == [framed("fourth")]


async def test_a_full_line_fills_what_is_bounded(line: Line) -> None:
    outbound, overflows = Outbound(limit=10), list[int]()
    outbound.straight, outbound.on_overflow = line.write, lambda: overflows.append(outbound.size)
    push(outbound, "as long as it likes to be")
    assert overflows == []

    line.is_full = True
    push(outbound, "12345678", "too much")

    assert overflows == [16]


async def test_nothing_goes_straight_after_the_end(line: Line, direct: Outbound) -> None:
    direct.end()
    push(direct, "late")

    assert (line.written, await direct.take()) == ([], [])
