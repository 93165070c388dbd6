"""The rounds of presence: snapshots, crowds, and what is forgotten."""

import asyncio
from dataclasses import replace

from tests.realtime.attendance import Told, enter
from tests.support.chat_server import person
from treno_chat.domain.people import Gender
from treno_chat.realtime.presence import Presence
from treno_chat.realtime.snapshot import (
    PAGE,
    PresenceChange,
)


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
