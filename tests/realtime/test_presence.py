"""Presence: people, not sockets; no ghosts; no flicker."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import StoppedClock
from tests.support.chat_server import person
from treno_chat.domain.people import Gender
from treno_chat.realtime.leases import MemoryLeases
from treno_chat.realtime.presence import GRACE_SECONDS, LEASE_SECONDS, Presence
from treno_chat.realtime.snapshot import (
    PAGE,
    PresenceChange,
)


class Told:
    """What a place was told, in order."""

    def __init__(self) -> None:
        self.changes: list[PresenceChange] = []

    async def __call__(self, change: PresenceChange) -> None:
        """Take note."""
        self.changes.append(change)

    def last(self) -> tuple[list[str], list[str], int]:
        """Return who joined, who left, and how many there are."""
        change = self.changes[-1]
        return [one.id for one in change.joined], list(change.left), change.count


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def presence(clock: StoppedClock, told: Told) -> Presence:
    return Presence(leases=MemoryLeases(), clock=clock, tell=told)


def enter(presence: Presence, who: str, *, sid: str = "", room_id: str = "dining-car") -> None:
    presence.renew(
        sid or f"socket-{who}",
        place_id="train",
        room_id=room_id,
        person=person(who),
        session_id=f"session-{who}",
    )


async def test_who_comes_and_goes_is_told_once(presence: Presence, told: Told) -> None:
    enter(presence, "ada")
    enter(presence, "bruno", room_id="sleeper")
    await presence.sweep()
    assert told.last() == (["ada", "bruno"], [], 2)
    assert told.changes[-1].rooms == {"dining-car": 1, "sleeper": 1}

    presence.drop("socket-ada")
    await presence.sweep()
    assert told.last() == ([], ["ada"], 1)

    await presence.sweep()
    assert len(told.changes) == 2


async def test_several_tabs_are_one_person(presence: Presence, told: Told) -> None:
    enter(presence, "ada", sid="first")
    enter(presence, "ada", sid="second")
    await presence.sweep()
    assert told.last() == (["ada"], [], 1)

    presence.drop("first")
    await presence.sweep()
    assert len(told.changes) == 1

    presence.drop("second")
    await presence.sweep()
    assert told.last() == ([], ["ada"], 0)


async def test_a_lease_lasts_a_minute_unless_it_is_renewed(
    presence: Presence, told: Told, clock: StoppedClock
) -> None:
    enter(presence, "ada")
    enter(presence, "bruno")
    await presence.sweep()
    clock.pass_(timedelta(seconds=LEASE_SECONDS - 1))
    assert presence.keep("socket-bruno")
    await presence.sweep()
    assert len(told.changes) == 1

    clock.pass_(timedelta(seconds=1))
    await presence.sweep()

    assert told.last() == ([], ["ada"], 1)
    assert not presence.keep("socket-ada")


async def test_a_lost_socket_has_a_moment_to_come_back(
    presence: Presence, told: Told, clock: StoppedClock
) -> None:
    enter(presence, "ada")
    enter(presence, "bruno")
    await presence.sweep()
    for who in ("ada", "bruno"):
        presence.lose(f"socket-{who}")
    clock.pass_(timedelta(seconds=GRACE_SECONDS - 1))
    enter(presence, "ada", sid="another")
    await presence.sweep()
    assert len(told.changes) == 1

    clock.pass_(timedelta(seconds=1))
    await presence.sweep()

    assert told.last() == ([], ["bruno"], 1)


async def test_losing_never_prolongs(presence: Presence, clock: StoppedClock) -> None:
    enter(presence, "ada")
    clock.pass_(timedelta(seconds=LEASE_SECONDS - 1))
    presence.lose("socket-ada")
    presence.lose("nobody's")
    clock.pass_(timedelta(seconds=1))
    await presence.sweep()

    assert presence.snapshot("train").count == 0


async def test_logging_out_leaves_no_ghost(presence: Presence, told: Told) -> None:
    enter(presence, "ada", sid="first")
    enter(presence, "ada", sid="second", room_id="sleeper")
    enter(presence, "bruno")
    await presence.sweep()

    presence.end_session("session-ada")
    await presence.sweep()

    assert told.last() == ([], ["ada"], 1)
    assert told.changes[-1].rooms == {"dining-car": 1}


async def test_a_person_can_be_dropped_everywhere(presence: Presence, told: Told) -> None:
    enter(presence, "ada", sid="first")
    enter(presence, "bruno")
    await presence.sweep()

    presence.drop_person("ada")
    await presence.sweep()

    assert told.last() == ([], ["ada"], 1)


async def test_whoever_moves_on_is_only_in_the_new_room(presence: Presence, told: Told) -> None:
    enter(presence, "ada")
    await presence.sweep()
    enter(presence, "ada", room_id="sleeper")
    await presence.sweep()

    assert told.last() == ([], [], 1)
    assert told.changes[-1].rooms == {"sleeper": 1}


async def test_whoever_goes_to_another_place_leaves_this_one(
    presence: Presence, told: Told
) -> None:
    enter(presence, "ada")
    await presence.sweep()
    presence.renew("socket-ada", place_id="beach", room_id="bar", person=person("ada"))
    await presence.sweep()

    by_place = {change.place_id: change for change in told.changes[1:]}
    assert by_place["train"].left == ("ada",)
    assert [one.id for one in by_place["beach"].joined] == ["ada"]


async def test_who_looks_different_is_told_again(presence: Presence, told: Told) -> None:
    enter(presence, "ada")
    await presence.sweep()
    registered = replace(person("ada"), is_anonymous=False)
    presence.renew("socket-ada", place_id="train", room_id="dining-car", person=registered)
    await presence.sweep()

    assert told.changes[-1].joined == (registered,)
    assert told.changes[-1].count == 1


async def test_whoever_changed_is_shown_anew_in_every_tab(presence: Presence, told: Told) -> None:
    enter(presence, "ada")
    enter(presence, "ada", sid="another tab", room_id="sleeper")
    enter(presence, "bruno")
    await presence.sweep()
    presence.redress("ada", alias="Adele", gender=Gender.FEMALE, status_line="Ciao")
    await presence.sweep()

    assert told.last() == (["ada"], [], 2)
    (shown,) = told.changes[-1].joined
    assert (shown.alias, shown.gender, shown.status_line) == ("Adele", Gender.FEMALE, "Ciao")
    assert told.changes[-1].rooms == {"dining-car": 2, "sleeper": 1}


async def test_a_snapshot_is_what_the_changes_lead_on_from(presence: Presence, told: Told) -> None:
    enter(presence, "ada")
    assert [one.id for one in presence.snapshot("train").people] == ["ada"]
    enter(presence, "bruno")
    seen = presence.snapshot("train")
    await presence.sweep()

    change = told.changes[-1]
    assert seen.count == 1
    assert [one.id for one in change.joined] == ["bruno"]
    assert presence.snapshot("train").count == 2


async def test_of_a_crowd_the_first_page_and_the_count(presence: Presence, told: Told) -> None:
    for number in range(PAGE + 20):
        enter(presence, f"p{number:03}")
    await presence.sweep()
    assert told.changes[-1].count == PAGE + 20
    assert len(told.changes[-1].joined) == PAGE

    presence.drop("socket-p000")
    await presence.sweep()

    assert told.last() == ([f"p{PAGE:03}"], ["p000"], PAGE + 19)


async def test_the_round_goes_by_its_ticks(presence: Presence, told: Told) -> None:
    ticks: asyncio.Queue[None] = asyncio.Queue()
    swept = asyncio.Event()

    async def tell(change: PresenceChange) -> None:
        await told(change)
        swept.set()

    presence.tell = tell
    rounds = asyncio.create_task(presence.keep_sweeping(ticks.get))
    enter(presence, "ada")
    ticks.put_nowait(None)
    await swept.wait()
    rounds.cancel()

    assert told.last() == (["ada"], [], 1)


async def test_an_empty_place_is_forgotten(presence: Presence) -> None:
    assert presence.snapshot("beach").count == 0
    enter(presence, "ada")
    await presence.sweep()
    assert set(presence._told) == {"train"}

    presence.drop("socket-ada")
    await presence.sweep()
    assert presence._told == {}
