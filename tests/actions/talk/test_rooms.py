"""Opening rooms, and what is unread in them."""

from collections.abc import Iterable

import pytest
from sqlmodel import Session

from tests.actions.worlds import PLACE_SLUG, leave, make_staff, room_named, say, texts_of
from treno_chat.actions.operations.rooms import add_room
from treno_chat.actions.talk.messages import delete_message
from treno_chat.actions.talk.rooms import (
    last_rev,
    list_rooms,
    mark_read,
    newest_page,
    news_of,
    open_room,
)
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import RoomId, UserId
from treno_chat.domain.places import Room
from treno_chat.domain.refusals import NotFound
from treno_chat.domain.talk.previews import RoomNews
from treno_chat.stores.operations import removing
from treno_chat.stores.talk import memberships


def unread(tx: Transaction, person: Principal) -> dict[str, int]:
    return {each.room.slug: each.unread for each in list_rooms(tx, person, PLACE_SLUG)}


def heard(news: Iterable[RoomNews]) -> list[tuple[str, int, str | None]]:
    return [
        (one.room.slug, one.room.last_rev, one.last_message and one.last_message.body)
        for one in news
    ]


def test_without_a_name_the_room_where_everybody_talks_is_opened(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room, annunci: Room
) -> None:
    say(tx, bruno, train, "Ciao!")

    view = open_room(tx, ada, PLACE_SLUG, None)

    assert view.place.slug == PLACE_SLUG
    assert view.room == room_named(tx, "treno")
    assert [room.slug for room in view.rooms] == ["annunci", "treno"]
    assert texts_of(view.page) == ["Ciao!"]
    assert view.can_write
    assert not view.is_staff


def test_a_room_is_opened_by_its_name(tx: Transaction, ada: Principal, annunci: Room) -> None:
    assert open_room(tx, ada, PLACE_SLUG, "annunci").room == annunci
    assert not open_room(tx, ada, PLACE_SLUG, "annunci").can_write

    make_staff(tx, ada)

    assert open_room(tx, ada, PLACE_SLUG, "annunci").can_write
    assert open_room(tx, ada, PLACE_SLUG, "annunci").is_staff


@pytest.mark.parametrize("slug", ["", "nowhere", "\x00", "\ud800"])
def test_a_room_that_the_place_does_not_have_is_not_found(
    tx: Transaction, ada: Principal, slug: str
) -> None:
    with pytest.raises(NotFound, match="not_found"):
        open_room(tx, ada, PLACE_SLUG, slug)


def test_whoever_left_opens_nothing(tx: Transaction, ada: Principal, train: Room) -> None:
    leave(tx, ada)

    for attempt in (
        lambda: open_room(tx, ada, PLACE_SLUG, None),
        lambda: list_rooms(tx, ada, PLACE_SLUG),
        lambda: newest_page(tx, ada, train.id),
        lambda: last_rev(tx, ada, train.id),
        lambda: mark_read(tx, ada, train.id, 1),
    ):
        with pytest.raises(NotFound, match="not_here"):
            attempt()


def test_what_was_said_before_the_first_opening_is_no_news(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    say(tx, bruno, train, "uno", "due")

    assert unread(tx, ada) == {"annunci": 0, "treno": 2}
    assert open_room(tx, ada, PLACE_SLUG, None).last_read_seq == 2
    assert unread(tx, ada) == {"annunci": 0, "treno": 0}

    say(tx, bruno, train, "tre")
    assert unread(tx, ada) == {"annunci": 0, "treno": 1}
    assert open_room(tx, ada, PLACE_SLUG, None).last_read_seq == 2
    assert newest_page(tx, ada, train.id).last_read_seq == 2


def test_the_lists_are_told_the_newest_words_that_are_still_there(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room, annunci: Room
) -> None:
    *_, secret = say(tx, bruno, train, "Ciao", "Un segreto")
    asked = [train.id, annunci.id, "gone"]
    before = news_of(tx, asked)

    delete_message(tx, bruno, train.id, secret.seq)

    assert heard(before) == [("annunci", 0, None), ("treno", 2, "Un segreto")]
    assert heard(news_of(tx, asked)) == [("annunci", 0, None), ("treno", 3, "Ciao")]
    assert news_of(tx, []) == ()


def test_reading_moves_the_position_forward_and_never_beyond_the_room(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    open_room(tx, ada, PLACE_SLUG, None)
    say(tx, bruno, train, "uno", "due", "tre")

    for seq, position in ((2, 2), (1, 2), (2**53, 3)):
        mark_read(tx, ada, train.id, seq)
        assert newest_page(tx, ada, train.id).last_read_seq == position


def test_a_room_that_was_never_opened_is_read_to_its_end(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    say(tx, bruno, train, "uno")

    mark_read(tx, ada, train.id, 1)

    assert newest_page(tx, ada, train.id).last_read_seq == 1
    assert unread(tx, ada)["treno"] == 1


def test_two_tabs_may_open_a_room_for_the_first_time_at_once(
    tx: Transaction, ada: Principal, train: Room
) -> None:
    for _tab in range(2):
        memberships.add(tx.db, ada.user.id, train.id, read_seq=0, joined_at=tx.now)

    assert memberships.last_read_seq(tx.db, ada.user.id, train.id) == 0


def test_a_preview_shows_the_last_word_and_counts_those_of_others(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    open_room(tx, ada, PLACE_SLUG, None)
    say(tx, bruno, train, "uno", "due")
    (mine,) = say(tx, ada, train, "tre")
    say(tx, bruno, train, "quattro")
    delete_message(tx, bruno, train.id, 1)
    delete_message(tx, bruno, train.id, 4)

    empty, busy = list_rooms(tx, ada, PLACE_SLUG)

    assert empty.last_message is None
    assert busy.last_message == mine
    assert (busy.last_read_seq, busy.unread) == (0, 1)


def test_a_hundred_unread_are_counted_and_no_more(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    say(tx, bruno, train, *("Ciao!" for _ in range(101)))

    assert unread(tx, ada)["treno"] == 100


def test_the_last_rev_counts_every_change(tx: Transaction, ada: Principal, train: Room) -> None:
    say(tx, ada, train, "uno", "due")
    delete_message(tx, ada, train.id, 1)

    assert last_rev(tx, ada, train.id) == 3


def test_a_room_that_goes_while_it_is_opened_is_not_found(
    tx: Transaction, ada: Principal, train: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_room(tx, PLACE_SLUG, "bar", "Bar")

    def asked_and_removed(db: Session, _user_id: UserId, room_id: RoomId) -> None:
        monkeypatch.undo()
        removing.remove_room(db, room_id)

    monkeypatch.setattr(memberships, "last_read_seq", asked_and_removed)
    with pytest.raises(NotFound, match="not_found"):
        open_room(tx, ada, PLACE_SLUG, "bar")

    assert open_room(tx, ada, PLACE_SLUG, None).room.id == train.id
