"""Bursts: a quiet room hears at once, a busy one by the packet."""

import asyncio
from collections.abc import Sequence

from treno_chat.realtime.bursts import LARGEST, Bursts, Told


class Deliveries:
    """Takes note of packets, and lets a test say when the pause after each is over."""

    def __init__(self) -> None:
        self.packets: list[list[int]] = []
        self.pause_over = asyncio.Semaphore(0)
        self.delivered = asyncio.Semaphore(0)

    async def deliver(self, _room_id: str, batch: Sequence[Told]) -> None:
        """Take note."""
        self.packets.append([told.item["seq"] for told in batch])
        self.delivered.release()

    async def pause(self, _seconds: float) -> None:
        """Wait until the test says so."""
        await self.pause_over.acquire()


def told(seq: int) -> Told:
    return Told(item={"seq": seq}, stub={}, apart=frozenset())


async def test_a_quiet_room_hears_at_once_and_a_busy_one_in_packets() -> None:
    noted = Deliveries()
    bursts = Bursts(noted.deliver, pause=noted.pause)
    bursts.add("dining-car", told(1))
    await noted.delivered.acquire()
    for seq in (2, 3, 4):
        bursts.add("dining-car", told(seq))
    bursts.add("sleeper", told(10))
    await noted.delivered.acquire()
    assert noted.packets == [[1], [10]]

    noted.pause_over.release()
    await noted.delivered.acquire()

    assert noted.packets == [[1], [10], [2, 3, 4]]
    await bursts.stop()


async def test_a_packet_grows_only_so_large() -> None:
    noted = Deliveries()
    bursts = Bursts(noted.deliver, pause=noted.pause)
    for seq in range(LARGEST + 2):
        bursts.add("dining-car", told(seq))
    await noted.delivered.acquire()
    noted.pause_over.release()
    await noted.delivered.acquire()

    assert [len(packet) for packet in noted.packets] == [LARGEST, 2]
    await bursts.stop()
