"""The board: whoever looks at another room of the place is told, once, and not all the time."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.realtime.conftest import StartServer
from tests.support.chat_server import Server, message, news_of
from treno_chat.domain.talk.events import MessageEdited, MessageSent, MessagesGone
from treno_chat.realtime.stirs import Stir, Stirs


def sent(seq: int, **how: str) -> MessageSent:
    return MessageSent(message=message(seq, **how))


@pytest.fixture
async def server(start: StartServer) -> Server:
    """A process that has a history to look things up in."""
    return await start(news_of=news_of)


async def test_who_looks_at_another_room_of_the_place_is_told_and_nobody_else(
    server: Server,
) -> None:
    async with (
        server.room("ada", room_id="sleeper") as adas,
        server.room("bruno") as brunos,
        server.room("chiara", room_id="bar", place_id="station") as chiaras,
    ):
        await server.publish(sent(9))

        assert await adas.arrival() == {"stirred": [["dining-car", 9]]}
        # Who is in the room hears the message itself; at another place there is nothing to hear.
        assert await brunos.arrival() == {"batch": [{"seq": 9, "body": "Ciao 9"}]}
        await server.realtime.server.emit("event", "all", namespace="/_event")
        for page in (brunos, chiaras):
            assert await page.arrival() == "all"


async def test_what_is_taken_back_is_told_in_the_room_as_well(server: Server) -> None:
    async with server.room("ada") as adas:
        await server.publish(MessagesGone(room_id="dining-car", seqs=(9,), rev=10))

        heard = [await adas.arrival() for _ in range(2)]

    assert {"stirred": [["dining-car", 9]]} in heard


class Rounds:
    """Takes note of what is told, and lets a test say when the pause after each round is over."""

    def __init__(self) -> None:
        self.told: list[Mapping[str, Stir]] = []
        self.pause_over = asyncio.Semaphore(0)
        self.was_told = asyncio.Semaphore(0)

    async def tell(self, stirs: Mapping[str, Stir]) -> None:
        """Take note."""
        self.told.append(stirs)
        self.was_told.release()

    async def pause(self, _seconds: float) -> None:
        """Wait until the test says so."""
        await self.pause_over.acquire()


async def test_the_first_is_told_at_once_and_what_follows_together() -> None:
    rounds = Rounds()
    stirs = Stirs(rounds.tell, pause=rounds.pause)
    stirs.note("dining-car", sent(1), only_here=False)
    await rounds.was_told.acquire()
    for seq in range(2, 100):
        stirs.note("dining-car", sent(seq), only_here=False)
    stirs.note("sleeper", sent(1), only_here=True)
    rounds.pause_over.release()
    await rounds.was_told.acquire()

    assert [list(told) for told in rounds.told] == [["dining-car"], ["dining-car", "sleeper"]]
    assert rounds.told[1]["dining-car"] == Stir(by={"ada": 99}, only_here=False)
    assert rounds.told[1]["sleeper"] == Stir(by={"ada": 1}, only_here=True)
    await stirs.stop()


async def test_a_round_that_failed_holds_up_no_later_one() -> None:
    rounds = Rounds()

    async def fail(_stirs: Mapping[str, Stir]) -> None:
        rounds.was_told.release()
        raise ConnectionError

    failing = Stirs(fail, pause=rounds.pause)
    for seq in (1, 2):
        failing.note("dining-car", sent(seq), only_here=False)
        await rounds.was_told.acquire()
        await asyncio.sleep(0)
    await failing.stop()


def test_what_was_taken_back_or_swept_away_is_named() -> None:
    stir = Stir()
    tombstone = replace(
        message(3), rev=7, author=None, body="", removed_at=datetime(2026, 11, 21, tzinfo=UTC)
    )

    for event in (
        sent(3, author="bruno"),
        MessageEdited(message=message(2)),
        MessageEdited(message=tombstone),
        MessagesGone(room_id="dining-car", seqs=(1, 2), rev=8),
    ):
        stir.note(event, only_here=False)

    assert stir == Stir(by={"bruno": 3}, gone={3: 7, 1: 8, 2: 8}, only_here=False)
