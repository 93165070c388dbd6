"""What an operator removes is gone with all that was its own, and with no more."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from sqlmodel import func, select

from tests.actions.worlds import PLACE_SLUG, make_staff, register, room_named, say
from treno_chat.actions.assistant.conversations import start_conversation
from treno_chat.actions.assistant.handing_over import hand_over
from treno_chat.actions.assistant.own_pages import write_page
from treno_chat.actions.assistant.utterances import list_utterances, say_in_conversation
from treno_chat.actions.door.sessions import continue_session, look_up
from treno_chat.actions.door.visits import let_alias_rest, place_named
from treno_chat.actions.operations.places import add_place
from treno_chat.actions.operations.removing import (
    remove_place,
    remove_room,
    view_removable_place,
    view_removable_room,
)
from treno_chat.actions.operations.rooms import add_room, list_rooms
from treno_chat.actions.talk.announcements import announce
from treno_chat.actions.talk.rooms import open_room
from treno_chat.actions.talk.sending import Draft, send_message
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.conversations import Conversation
from treno_chat.domain.assistant.own_pages import PageDraft
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.operations.roster import PlaceContents
from treno_chat.domain.places import PlaceKind
from treno_chat.domain.refusals import Conflict, NotFound
from treno_chat.domain.talk.events import GuideChanged, RoomsChanged, StaffChanged
from treno_chat.locales import words_in
from treno_chat.stores import tables

BEACH = "bagno-62"
BARBER = PageDraft(
    slug="barber", language="it", title="Il barbiere", topic="aboard", aliases="", body="Carrozza 9"
)
# Whatever points at a place or a room, by the tables themselves: a new one is asked for here.
POINTING = [
    (table, foreign.parent)
    for table in tables.metadata.sorted_tables
    for foreign in table.foreign_keys
    if foreign.column.table.name in ("place", "room")
]


@dataclass(frozen=True, kw_only=True)
class World:
    """A train where everything is, and the beach that `/` leads to."""

    tx: Transaction
    ada: Principal
    bruno: Principal
    chiara: Principal
    talk: Conversation

    def remove_train(self) -> None:
        """Take the train away."""
        remove_place(self.tx, PLACE_SLUG, entry=BEACH)


@pytest.fixture
def world(tx: Transaction, ada: Principal, bruno: Principal, chiara: Principal) -> World:
    """Everything that a place can have; ada is a guest there, bruno asks, chiara is staff."""
    add_place(tx, BEACH, "Bagno 62", kind=PlaceKind.BEACH)
    for each in (bruno, chiara):
        register(tx, each)
    make_staff(tx, chiara)
    place = place_named(tx, PLACE_SLUG)
    let_alias_rest(tx, place.id, "dora")
    open_room(tx, ada, PLACE_SLUG, "treno")
    say(tx, ada, room_named(tx, "treno"), "Ciao!", "Ciao?")
    announce(tx, PLACE_SLUG, "Si parte")
    write_page(tx, place, BARBER)
    talk = start_conversation(tx, bruno)
    asked = say_in_conversation(tx, bruno, talk.id, text="Un cinema?", client_id=str(uuid4()))
    hand_over(tx, bruno, talk.id, asked.id, words=words_in("it"))
    return World(tx=tx, ada=ada, bruno=bruno, chiara=chiara, talk=talk)


def pointing(tx: Transaction, ids: set[str]) -> dict[str, int]:
    """Return how many rows of each table point at one of these places or rooms."""
    counts: dict[str, int] = {}
    for table, column in POINTING:
        counted = select(func.count()).select_from(table).where(column.in_(ids))
        counts[f"{table.name}.{column.name}"] = tx.db.connection().execute(counted).scalar_one()
    return counts


def ids_at(tx: Transaction, slug: str) -> set[str]:
    """Return the ids of a place and its rooms."""
    place = place_named(tx, slug)
    rooms = select(tables.Room.id).where(tables.Room.place_id == place.id)
    return {place.id, *tx.db.exec(rooms).all()}


def refuse(deed: Callable[[], object], code: str) -> None:
    with pytest.raises(Conflict) as refused:
        deed()
    assert refused.value.code == code


def test_what_would_go_is_counted(world: World) -> None:
    assert view_removable_place(world.tx, PLACE_SLUG, entry=BEACH) == PlaceContents(
        slug=PLACE_SLUG,
        name="Treno Lucca–Aulla",
        people_here=3,
        rooms=("annunci", "treno"),
        messages=3,
        own_pages=1,
        questions=1,
        staff=("Chiara",),
        visits=3,
    )


def test_nothing_points_at_a_place_that_was_removed(world: World) -> None:
    train, beach = ids_at(world.tx, PLACE_SLUG), ids_at(world.tx, BEACH)
    before, stays = pointing(world.tx, train), pointing(world.tx, beach)
    assert {where for where, count in before.items() if not count} == set()

    world.remove_train()

    assert set(pointing(world.tx, train).values()) == {0}
    assert pointing(world.tx, beach) == stays
    with pytest.raises(NotFound, match="place_not_found"):
        place_named(world.tx, PLACE_SLUG)


def test_people_stay_who_they_are_and_come_in_elsewhere(world: World) -> None:
    tx, room_id = world.tx, room_named(world.tx, "treno").id
    world.remove_train()

    assert look_up(tx, world.ada.session.id).visit_id is None
    with pytest.raises(NotFound, match="not_here"):
        send_message(tx, world.ada, room_id, Draft(text="Ciao", client_id=str(uuid4())))
    asked = list_utterances(tx, world.bruno, world.talk.id).utterances[0]
    assert asked.body == "Un cinema?"
    moved = continue_session(tx, world.ada, place_slug=BEACH).principal
    assert open_room(tx, moved, BEACH, None).room.slug == "chat"


def test_whoever_is_concerned_hears_of_a_removed_place(world: World) -> None:
    place_id = place_named(world.tx, PLACE_SLUG).id
    world.tx.outbox.clear()

    world.remove_train()

    assert world.tx.outbox == [
        StaffChanged(place_id=place_id, user_id=world.chiara.user.id),
        RoomsChanged(place_id=place_id),
        GuideChanged(place_id=place_id),
    ]


def test_it_is_written_down(world: World) -> None:
    add_room(world.tx, PLACE_SLUG, "bar", "Bar")
    remove_room(world.tx, PLACE_SLUG, "bar")
    world.remove_train()

    found = world.tx.db.exec(select(tables.AuthEvent.kind, tables.AuthEvent.detail)).all()
    assert {
        (AuthEventKind.ROLE_REVOKED, f"at {PLACE_SLUG}"),
        (AuthEventKind.PLACE_REMOVED, PLACE_SLUG),
        (AuthEventKind.ROOM_REMOVED, f"bar at {PLACE_SLUG}"),
    } <= {(AuthEventKind(kind), detail) for kind, detail in found}


def test_the_place_that_the_house_begins_with_stays(world: World) -> None:
    tx = world.tx
    for act in (view_removable_place, remove_place):
        refuse(lambda act=act: act(tx, PLACE_SLUG, entry=PLACE_SLUG), "place_is_entry")
    assert place_named(tx, PLACE_SLUG)

    world.remove_train()

    refuse(lambda: remove_place(tx, BEACH, entry="nowhere"), "last_place")


def test_a_room_goes_with_its_words_and_the_others_stay(world: World) -> None:
    tx = world.tx
    for number in (2, 3):
        add_room(tx, PLACE_SLUG, f"carrozza-{number}", f"Carrozza {number}")
    second = open_room(tx, world.ada, PLACE_SLUG, "carrozza-2").room
    say(tx, world.ada, second, "Ciao!")
    place_id = second.place_id
    assert view_removable_room(tx, PLACE_SLUG, "carrozza-2").messages == 1
    tx.outbox.clear()

    remove_room(tx, PLACE_SLUG, "carrozza-2")

    assert set(pointing(tx, {second.id}).values()) == {0}
    assert tx.outbox == [RoomsChanged(place_id=place_id)]
    with pytest.raises(NotFound, match="not_found"):
        open_room(tx, world.ada, PLACE_SLUG, "carrozza-2")
    # A new one stands behind those that moved up.
    add_room(tx, PLACE_SLUG, "bar", "Bar")
    lines = [(line.slug, line.messages) for line in list_rooms(tx, PLACE_SLUG)]
    assert lines == [("annunci", 1), ("treno", 2), ("carrozza-3", 0), ("bar", 0)]


def test_a_place_keeps_where_staff_announce_and_a_room_for_everybody(world: World) -> None:
    tx = world.tx
    for act in (view_removable_room, remove_room):
        refuse(lambda act=act: act(tx, PLACE_SLUG, "annunci"), "room_of_announcements")
        refuse(lambda act=act: act(tx, PLACE_SLUG, "treno"), "last_room")
    add_room(tx, PLACE_SLUG, "bar", "Bar")

    remove_room(tx, PLACE_SLUG, "treno")

    assert open_room(tx, world.ada, PLACE_SLUG, None).room.slug == "bar"
