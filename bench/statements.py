"""How many SQL statements an entry and ten events take, at a small place and at a large one."""

from collections.abc import Callable, Iterable
from typing import Any

from bench.rows import Row
from bench.world import World, draft, sqlite_world
from tests.actions.statements import statements
from treno_chat.actions.door import sessions
from treno_chat.actions.talk import messages, rooms, sending
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.talk.messages import LONGEST_STRETCH

SMALL = (2, 5)  # people, messages
LARGE = (100, 1000)
Counts = dict[str, int]
Act = Callable[[Transaction], object]


def run() -> Iterable[Row]:
    """Count at both places; what grows shows as two different numbers."""
    small, large = (_count_at(*size) for size in (SMALL, LARGE))
    for event, number in small.items():
        yield Row(
            what=f"SQL statements, {event}",
            measured=f"{number} → {large[event]}",
            budget="equal",
            unit=f"at {SMALL[0]} people, {SMALL[1]} messages → {LARGE[0]} and {LARGE[1]}",
        )


def _count_at(people: int, said: int) -> Counts:
    with sqlite_world() as world:
        everybody = world.guests(people)
        chatty = everybody[-1].principal
        with world.transactions.writing() as tx:
            for _ in range(said):
                sending.send_message(tx, chatty, world.room.id, draft())
        return _count_day(world)


def _count_day(world: World) -> Counts:
    """Go through a visit from entry to logout; each unit is one transaction, as in the product."""
    database, counts = world.transactions.database, Counts()
    with statements(database) as seen:
        [ada] = world.guests(1)
    counts["enter"] = len(seen)
    for event, action in _events(world, ada.principal).items():
        with statements(database) as seen:
            # The gate looks up who it is, in a unit of its own, before every event.
            with world.transactions.reading() as tx:
                sessions.look_up(tx, ada.principal.session.id)
            with world.transactions.writing() as tx:
                action(tx)
        counts[event] = len(seen)
    return counts


def _events(world: World, ada: Principal) -> dict[str, Act]:
    room_id = world.room.id
    with world.transactions.reading() as tx:
        last_seq = rooms.newest_page(tx, ada, room_id).through_seq
    own, held = last_seq + 1, max(1, last_seq - LONGEST_STRETCH + 1)

    def with_ada(action: Callable[..., Any], *args: Any, **more: Any) -> Act:  # noqa: ANN401 -- whatever an action takes
        def act(tx: Transaction) -> object:
            return action(tx, ada, *args, **more)

        return act

    return {
        "open the room": with_ada(rooms.open_room, world.place.slug, None),
        "load the newest page": with_ada(rooms.newest_page, room_id),
        "send": with_ada(sending.send_message, room_id, draft()),
        "edit": with_ada(messages.edit_message, room_id, own, "Ciao!"),
        "catch up": with_ada(messages.catch_up, room_id, last_rev=last_seq, first_seq=held),
        "load an older page": with_ada(messages.older_page, room_id, own),
        "mark as read": with_ada(rooms.mark_read, room_id, own),
        "say: still here": with_ada(rooms.last_rev, room_id),
        "delete": with_ada(messages.delete_message, room_id, own),
        "log out": with_ada(sessions.log_out),
    }
