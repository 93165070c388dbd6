"""Presence: who is here, counted as people, and what the others are told."""

from datetime import timedelta

from tests.conftest import StoppedClock
from tests.realtime.attendance import Told, enter
from tests.support.chat_server import person
from treno_chat.realtime.presence import GRACE_SECONDS, LEASE_SECONDS, Presence


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


async def test_a_person_can_be_dropped_at_a_place(presence: Presence, told: Told) -> None:
    enter(presence, "ada", sid="first")
    enter(presence, "bruno")
    await presence.sweep()

    presence.drop_person("ada", place_id="station")
    await presence.sweep()
    assert len(told.changes) == 1

    presence.drop_person("ada", place_id="train")
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
