"""A room on two screens, without a browser: what one says the other sees."""

import json
from typing import Any
from uuid import uuid4

from tests.support.tab import Tab
from tests.web.conftest import PLACE, OpenTab
from treno_chat.domain.door.sessions import Entered
from treno_chat.web.states.room import RoomState


async def test_what_one_says_the_other_sees(ada_tab: Tab, bruno_tab: Tab) -> None:
    client_id = str(uuid4())

    await ada_tab.call(
        RoomState.send, room_id=ada_tab.var("room_id"), client_id=client_id, text="Ciao!"
    )

    heard = await bruno_tab.arrival(client_id=client_id)
    assert (heard["kind"], heard["body"]) == ("new", "Ciao!")
    assert (await ada_tab.outcome(client_id))["ok"] is True


async def test_a_repetition_is_answered_with_the_first_message(
    ada_tab: Tab, bruno_tab: Tab
) -> None:
    said: dict[str, Any] = {
        "room_id": ada_tab.var("room_id"),
        "client_id": str(uuid4()),
        "text": "Una volta",
    }
    await ada_tab.call(RoomState.send, **said)
    first = await ada_tab.outcome(said["client_id"])
    ada_tab.outcomes.clear()

    await ada_tab.call(RoomState.send, **said)

    again = await ada_tab.outcome(said["client_id"])
    assert again["seq"] == first["seq"]
    heard = [one for one in bruno_tab.arrivals if one.get("client_id") == said["client_id"]]
    assert len(heard) <= 1


async def test_a_refusal_stands_on_the_message_itself(ada_tab: Tab) -> None:
    client_id = str(uuid4())

    await ada_tab.call(
        RoomState.send, room_id=ada_tab.var("room_id"), client_id=client_id, text="a" * 1001
    )

    refused = await ada_tab.outcome(client_id)
    assert (refused["ok"], refused["code"]) == (False, "message_too_long")


async def test_who_sends_too_fast_is_told_for_how_long(ada_tab: Tab) -> None:
    room_id = ada_tab.var("room_id")
    client_ids = [str(uuid4()) for _ in range(12)]

    for client_id in client_ids:
        await ada_tab.call(RoomState.send, room_id=room_id, client_id=client_id, text="Ciao")

    outcomes = [await ada_tab.outcome(client_id) for client_id in client_ids]
    assert outcomes[0]["ok"] is True
    refused = [one for one in outcomes if not one["ok"]]
    assert {one["code"] for one in refused} == {"too_fast"}
    assert all(one["params"]["seconds"] >= 1 for one in refused)


async def test_who_edits_too_fast_is_told_for_how_long(ada_tab: Tab) -> None:
    room_id = ada_tab.var("room_id")
    client_id = str(uuid4())
    await ada_tab.call(RoomState.send, room_id=room_id, client_id=client_id, text="Ciao")
    seq = (await ada_tab.outcome(client_id))["seq"]

    for number in range(12):
        await ada_tab.call(RoomState.edit, room_id=room_id, seq=seq, text=f"Ciao {number}")

    refused = await ada_tab.outcome("")
    assert (refused["ok"], refused["code"]) == (False, "too_fast")
    assert refused["params"]["seconds"] >= 1


async def test_a_reader_who_comes_back_gets_only_what_was_missed(
    ada_tab: Tab, bruno_tab: Tab
) -> None:
    room_id = ada_tab.var("room_id")
    page = await bruno_tab.arrival(kind="page")
    client_id = str(uuid4())
    await ada_tab.call(RoomState.send, room_id=room_id, client_id=client_id, text="In galleria")
    sent = await ada_tab.outcome(client_id)

    await bruno_tab.call(
        RoomState.catch_up, room_id=room_id, last_rev=page["through_rev"], first_seq=0
    )

    missed = await bruno_tab.arrival(kind="caught_up")
    assert client_id in [one["client_id"] for one in missed["changes"]]
    assert missed["through_seq"] >= sent["seq"]


async def test_a_reader_who_missed_too_much_keeps_what_is_held(
    ada_tab: Tab, bruno_tab: Tab
) -> None:
    room_id, client_id = ada_tab.var("room_id"), str(uuid4())
    await ada_tab.call(RoomState.send, room_id=room_id, client_id=client_id, text="In galleria")
    seq = (await ada_tab.outcome(client_id))["seq"]
    # Ahead of the room is too far as well.
    lost = {"room_id": room_id, "last_rev": 2**53, "first_seq": seq, "heard_seq": seq - 1}

    await bruno_tab.call(RoomState.catch_up, **lost)
    end = await bruno_tab.arrival(kind="page", heard_seq=seq - 1)
    assert (end["missed"], end["has_newer"]) == (1, False)

    await bruno_tab.call(RoomState.catch_up, **lost, last_seq=seq)

    held = await bruno_tab.arrival(kind="stretch")
    assert [one["seq"] for one in held["messages"]] == [seq]
    assert (held["news"], held["has_newer"], held["through_seq"] >= seq) == (1, False, True)


async def test_what_was_edited_or_taken_back_changes_on_every_screen(
    ada_tab: Tab, bruno_tab: Tab
) -> None:
    room_id, client_id = ada_tab.var("room_id"), str(uuid4())
    await ada_tab.call(RoomState.send, room_id=room_id, client_id=client_id, text="Ciao")
    seq = (await ada_tab.outcome(client_id))["seq"]

    await ada_tab.call(RoomState.edit, room_id=room_id, seq=seq, text="Ciao!")
    assert (await bruno_tab.arrival(kind="edit", seq=seq, body="Ciao!"))["edited"]
    # A page tells what became of a change from what became of the message.
    await ada_tab.until(lambda tab: [one["is_change"] for one in tab.outcomes] == [False, True])
    await ada_tab.call(RoomState.remove, room_id=room_id, seq=seq)

    gone = await bruno_tab.arrival(kind="edit", seq=seq, removed=True)
    assert (gone["body"], gone.get("by")) == ("", None)


async def test_nobody_edits_or_takes_back_what_is_not_theirs(ada_tab: Tab, bruno_tab: Tab) -> None:
    room_id, client_id = ada_tab.var("room_id"), str(uuid4())
    await ada_tab.call(RoomState.send, room_id=room_id, client_id=client_id, text="Mio")
    seq = (await ada_tab.outcome(client_id))["seq"]

    await bruno_tab.call(RoomState.edit, room_id=room_id, seq=seq, text="Tuo")
    await bruno_tab.call(RoomState.remove, room_id=room_id, seq=seq)

    await bruno_tab.until(lambda tab: len(tab.outcomes) == 2)
    assert {one["code"] for one in bruno_tab.outcomes} == {"forbidden"}


async def test_older_pages_come_when_they_are_asked_for(ada_tab: Tab) -> None:
    await ada_tab.call(RoomState.older, room_id=ada_tab.var("room_id"), before_seq=1)

    page = await ada_tab.arrival(kind="older")
    assert (page["messages"], page["has_older"]) == ([], False)


async def test_newer_pages_come_when_they_are_asked_for(ada_tab: Tab, bruno_tab: Tab) -> None:
    room_id, client_id = ada_tab.var("room_id"), str(uuid4())
    await bruno_tab.call(RoomState.send, room_id=room_id, client_id=client_id, text="L'ultima")
    seq = (await ada_tab.arrival(client_id=client_id))["seq"]

    await ada_tab.call(RoomState.newer, room_id=room_id, after_seq=seq - 1)

    page = await ada_tab.arrival(kind="newer")
    assert [one["client_id"] for one in page["messages"]] == [client_id]
    assert page["has_newer"] is False


async def test_reading_is_remembered_and_the_list_of_rooms_looks_again(
    ada_tab: Tab, bruno_tab: Tab
) -> None:
    room_id, client_id = ada_tab.var("room_id"), str(uuid4())
    await bruno_tab.call(RoomState.send, room_id=room_id, client_id=client_id, text="Letto?")
    seq = (await ada_tab.arrival(client_id=client_id))["seq"]
    await ada_tab.call(RoomState.look_again)
    await ada_tab.until(lambda tab: _unread(tab, room_id))

    await ada_tab.call(RoomState.read, room_id=room_id, seq=seq)
    await ada_tab.call(RoomState.look_again)

    await ada_tab.until(lambda tab: not _unread(tab, room_id))


async def test_whoever_looks_at_another_room_hears_what_the_list_says_now(
    tabs: OpenTab, bruno: Entered, ada_tab: Tab
) -> None:
    elsewhere = await tabs(bruno, f"/p/{PLACE}/annunci")
    await elsewhere.until(lambda tab: tab.var("room_id"))
    room_id, client_id = ada_tab.var("room_id"), str(uuid4())

    await ada_tab.call(RoomState.send, room_id=room_id, client_id=client_id, text="Chi scende?")

    said = await ada_tab.outcome(client_id)
    heard = await elsewhere.arrival(kind="stirred", room=room_id, seq=said["seq"])
    by = said["by"]
    assert heard["last"] == f"{by['alias']}: Chi scende?"
    assert (heard["by"][by["id"]], heard["rev"]) == (said["seq"], said["rev"])


async def test_a_packet_of_forty_characters_stays_under_400_bytes(
    ada_tab: Tab, bruno_tab: Tab
) -> None:
    client_id = str(uuid4())
    await ada_tab.call(
        RoomState.send, room_id=ada_tab.var("room_id"), client_id=client_id, text="x" * 40
    )
    await bruno_tab.arrival(client_id=client_id)

    frame = next(one for one in bruno_tab.frames if client_id in str(one))
    assert len(json.dumps(["event", frame], separators=(",", ":"))) <= 400


def _unread(tab: Tab, room_id: str) -> int:
    return next(room["unread"] for room in tab.var("rooms") if room["id"] == room_id)
