"""Announcements from the command line: lines of the room, without an author."""

from datetime import timedelta

import pytest

from tests.actions.worlds import PLACE_SLUG, register
from treno_chat.actions.talk.announcements import announce
from treno_chat.actions.talk.rooms import newest_page
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import new_id
from treno_chat.domain.places import Place, PlaceKind, Room
from treno_chat.domain.refusals import Invalid, NotFound
from treno_chat.domain.talk.events import MessageSent
from treno_chat.domain.talk.messages import MessageKind
from treno_chat.stores.talk import places


def test_everybody_reads_an_announcement_where_announcements_are(
    tx: Transaction, ada: Principal, annunci: Room, train: Room
) -> None:
    message = announce(tx, PLACE_SLUG, "  Si riparte fra dieci minuti  ")

    assert newest_page(tx, ada, annunci.id).page.messages == (message,)
    assert newest_page(tx, ada, train.id).page.messages == ()
    assert (message.kind, message.author) == (MessageKind.SYSTEM, None)
    assert message.body == "Si riparte fra dieci minuti"
    assert tx.outbox == [MessageSent(message=message)]


def test_announcements_stand_in_the_order_of_the_room(tx: Transaction, annunci: Room) -> None:
    told = [announce(tx, PLACE_SLUG, text) for text in ("Prossima: Lucca", "Prossima: Aulla")]

    assert [(message.seq, message.rev) for message in told] == [(1, 1), (2, 2)]


def test_an_announcement_is_kept_as_long_as_the_place_keeps_words(
    tx: Transaction, ada: Principal, annunci: Room
) -> None:
    register(tx, ada)
    message = announce(tx, PLACE_SLUG, "Prossima: Lucca")
    told_at, retention = tx.now, tx.policy.retention

    tx.now = told_at + retention - timedelta(seconds=1)
    assert newest_page(tx, ada, annunci.id).page.messages == (message,)
    tx.now = told_at + retention
    assert newest_page(tx, ada, annunci.id).page.messages == ()


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001, "\x00", "\ud800"])
def test_what_nobody_may_say_cannot_be_announced(tx: Transaction, text: str) -> None:
    with pytest.raises(Invalid):
        announce(tx, PLACE_SLUG, text)

    assert tx.outbox == []


@pytest.mark.parametrize("slug", ["nowhere", "\x00"])
def test_nothing_is_announced_where_there_is_no_place(tx: Transaction, slug: str) -> None:
    with pytest.raises(NotFound) as refused:
        announce(tx, slug, "Prossima: Lucca")

    assert refused.value.code == "place_not_found"


def test_a_place_without_a_room_for_it_hears_no_announcement(tx: Transaction) -> None:
    beach = Place(
        id=new_id(),
        slug="bagno-ines",
        name="Bagno Ines",
        kind=PlaceKind.BEACH,
        timezone="Europe/Rome",
        retention=tx.policy.retention,
        guest_grace=tx.policy.guest_grace,
    )
    places.add(tx.db, beach, created_at=tx.now)

    with pytest.raises(NotFound) as refused:
        announce(tx, "bagno-ines", "Mare calmo")

    assert refused.value.code == "announcements_not_found"
