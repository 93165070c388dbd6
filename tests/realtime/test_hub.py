"""The hub: who hears what happened, in which order, and who does not."""

from typing import Any

import pytest

from tests.realtime.conftest import StartServer
from tests.support.chat_server import Server, message, person
from tests.support.wire import WirePage
from treno_chat.domain.people import Gender
from treno_chat.domain.talk.events import (
    Event,
    MessageEdited,
    MessageSent,
    MessagesGone,
    NoticeGiven,
    PersonChanged,
    RoomsChanged,
    SessionEnded,
    SessionUpgraded,
    StaffChanged,
    VisitsEnded,
)


def sent(seq: int, **how: str) -> MessageSent:
    return MessageSent(message=message(seq, **how))


async def heard(page: WirePage, count: int) -> list[dict[str, Any]]:
    """Collect what arrives until there is so much of it, in however many packets."""
    items: list[dict[str, Any]] = []
    while len(items) < count:
        items += (await page.arrival())["batch"]
    return items


async def test_the_room_hears_what_was_said(server: Server) -> None:
    async with server.room("ada") as adas, server.room("bruno") as brunos:
        await server.publish(sent(1, body="Ciao!"))

        for page in (adas, brunos):
            assert await page.arrival() == {"batch": [{"seq": 1, "body": "Ciao!"}]}


async def test_no_outsider_hears_a_room(server: Server) -> None:
    async with (
        server.room("ada") as adas,
        server.room("bruno", room_id="sleeper") as brunos,
        server.page(cookie="chiara's") as chiaras,
        server.page() as strangers,
    ):
        await chiaras.join()
        await strangers.join()
        await server.publish(sent(1))
        await heard(adas, 1)

        # There are outsiders, and they are reachable: this is the first thing they hear.
        await server.realtime.server.emit("event", "all", namespace="/_event")
        for page in (brunos, chiaras, strangers):
            assert await page.arrival() == "all"


async def test_a_room_is_heard_only_while_it_is_watched(server: Server) -> None:
    hub = server.realtime.hub
    async with server.room("ada") as adas, server.room("bruno") as brunos:
        await hub.watch(adas.sid, room_id="sleeper", place_id="train", person=person("ada"))
        hub.unwatch(brunos.sid)
        await server.publish(sent(1), sent(2, room_id="sleeper"))

        assert await heard(adas, 1) == [{"seq": 2, "body": "Ciao 2"}]
        assert brunos.nothing_arrived()
        assert not await hub.renew(brunos.sid)
        assert await hub.renew(adas.sid)


async def test_a_socket_that_is_gone_watches_nothing(server: Server) -> None:
    watched = await server.realtime.hub.watch(
        "gone", room_id="dining-car", place_id="train", person=person("ada")
    )

    assert not watched
    assert server.realtime.presence.snapshot("train").count == 0


async def test_edits_and_deletions_are_heard(server: Server) -> None:
    async with server.room("ada") as adas:
        await server.publish(
            MessageEdited(message=message(1, body="Better")),
            MessagesGone(room_id="dining-car", seqs=(1, 2), rev=9),
        )

        assert await heard(adas, 2) == [{"seq": 1, "body": "Better"}, {"gone": [1, 2], "rev": 9}]


async def test_a_burst_keeps_its_order_and_loses_nothing(server: Server) -> None:
    async with server.room("ada") as adas, server.room("bruno") as brunos:
        for first in range(1, 401, 20):
            await server.publish(*(sent(seq) for seq in range(first, first + 20)))

        for page in (adas, brunos):
            assert [item["seq"] for item in await heard(page, 400)] == list(range(1, 401))


async def test_those_in_a_block_get_a_bare_stub(start: StartServer) -> None:
    server = await start(blocked={"ada": ["bruno", "nobody"], "chiara": ["bruno"]})
    async with (
        server.room("ada") as adas,
        server.room("bruno") as brunos,
        server.room("bruno") as brunos_phone,
        server.room("chiara") as chiaras,
    ):
        await server.publish(sent(1), sent(2, author="bruno"), sent(3, author="chiara"))

        full = [{"seq": seq, "body": f"Ciao {seq}"} for seq in (1, 2, 3)]
        assert await heard(adas, 3) == full
        assert await heard(chiaras, 3) == full
        for page in (brunos, brunos_phone):
            assert await heard(page, 3) == [{"seq": 1, "rev": 1}, full[1], {"seq": 3, "rev": 3}]
        assert brunos.nothing_arrived()


async def test_a_session_that_ended_is_told_and_cut(server: Server) -> None:
    async with server.room("ada") as first, server.room("ada") as second, server.room("bruno"):
        assert server.realtime.presence.snapshot("train").count == 2
        await server.publish(SessionEnded(session_id="session-ada"))

        for page in (first, second):
            assert await page.arrival() == {"say": "ended"}
            await page.closed()
            assert page.is_dismissed
        await server.realtime.presence.sweep()
        assert [one.id for one in server.realtime.presence.snapshot("train").people] == ["bruno"]


async def test_an_upgrade_reloads_the_tabs_of_the_session(server: Server) -> None:
    async with server.room("ada") as adas, server.room("bruno") as brunos:
        await server.publish(SessionUpgraded(session_id="session-ada"), sent(1))

        assert await adas.arrival() == {"say": "reload"}
        assert await heard(brunos, 1)


async def test_a_notice_is_told_in_the_sessions_that_are_named_and_in_no_other(
    server: Server,
) -> None:
    # The account's page watches no room: what counts is the session of the socket.
    async with server.page(cookie="ada's") as adas, server.room("bruno") as brunos:
        await adas.join()
        await server.publish(
            NoticeGiven(user_id="ada", session_ids=("session-ada", "session-gone")), sent(1)
        )

        assert await adas.arrival() == {"say": "notice"}
        assert await heard(brunos, 1)


async def test_a_change_of_role_makes_the_persons_screens_look_again(server: Server) -> None:
    async with server.room("ada") as adas, server.room("bruno") as brunos:
        await server.publish(StaffChanged(place_id="train", user_id="ada"))

        assert await adas.arrival() == {"say": "look again", "place": "train"}
        await server.publish(sent(1))
        assert await heard(brunos, 1)


async def test_whoever_is_at_a_place_looks_again_when_its_rooms_are_others(server: Server) -> None:
    async with (
        server.room("ada") as adas,
        server.room("bruno", room_id="sleeper") as brunos,
        server.room("chiara", place_id="station") as chiaras,
    ):
        await server.publish(RoomsChanged(place_id="train"))

        for page in (adas, brunos):
            assert await page.arrival() == {"say": "look again", "place": "train"}
        await server.publish(sent(1))
        assert await heard(chiaras, 1) == [{"seq": 1, "body": "Ciao 1"}]


async def test_whoever_went_elsewhere_hears_nothing_more_of_where_they_were(
    server: Server,
) -> None:
    async with (
        server.room("ada") as old,
        server.room("ada", place_id="station", room_id="bar") as new,
        server.room("bruno") as brunos,
    ):
        await server.publish(VisitsEnded(user_id="ada", place_ids=("train",)))
        assert await old.arrival() == {"say": "look again", "place": "train"}
        await server.publish(sent(1), sent(2, room_id="bar"))

        assert await heard(brunos, 1) == [{"seq": 1, "body": "Ciao 1"}]
        assert await heard(new, 1) == [{"seq": 2, "body": "Ciao 2"}]
        assert old.nothing_arrived()
        await server.realtime.presence.sweep()
        assert [one.id for one in server.realtime.presence.snapshot("train").people] == ["bruno"]
        assert [one.id for one in server.realtime.presence.snapshot("station").people] == ["ada"]


async def test_whoever_changed_sees_it_in_every_tab_and_is_seen_so(server: Server) -> None:
    changed = PersonChanged(user_id="ada", alias="Adele", gender=Gender.FEMALE, status_line="Ciao")
    async with server.room("ada") as adas, server.room("bruno") as brunos:
        await server.publish(changed)

        assert await adas.arrival() == {"say": "look again", "place": ""}
        await server.realtime.presence.sweep()
        seen = (await brunos.arrival())["changed"]["joined"]
        assert ("Adele", "Ciao") in {(one["alias"], one["status_line"]) for one in seen}


async def test_before_the_start_and_after_the_end_nobody_hears(server: Server) -> None:
    server.realtime.hub.bind(None)

    await server.publish(sent(1))


async def test_events_of_no_room_are_left_alone(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(_self: object, _event: Event) -> None:
        return None

    async with server.room("ada") as adas:
        with monkeypatch.context() as patched:
            patched.setattr("tests.support.chat_server.PlainEncoder.encode", nothing)
            await server.publish(sent(1))
        await server.publish(sent(2))

        assert [item["seq"] for item in await heard(adas, 1)] == [2]
