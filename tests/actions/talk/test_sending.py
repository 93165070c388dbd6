"""Saying something: stored, announced, once, and in order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from unittest.mock import Mock

import pytest

from tests.actions.worlds import draft, leave, make_staff, register, room_named, say
from treno_chat.actions.talk.messages import (
    delete_message,
    edit_message,
    newer_page,
    older_page,
)
from treno_chat.actions.talk.rooms import newest_page
from treno_chat.actions.talk.sending import Draft, send_message
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import new_id
from treno_chat.domain.places import Room
from treno_chat.domain.refusals import ChatError, Forbidden, Invalid, NotFound, Unavailable
from treno_chat.domain.talk.events import MessageSent
from treno_chat.domain.talk.messages import Author, MessageKind
from treno_chat.stores.talk import messages, places


def refuse(act: Callable[[], object], code: str) -> None:
    with pytest.raises(ChatError) as refused:
        act()
    assert refused.value.code == code


def test_a_sent_message_is_stored_and_announced(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    said = draft("  Ciao!  ")

    message = send_message(tx, ada, train.id, said)

    assert message.body == "Ciao!"
    assert (message.seq, message.rev, message.client_id) == (1, 1, said.client_id)
    assert (message.kind, message.sent_at) == (MessageKind.WORDS, tx.now)
    assert message.author == Author(
        id=ada.user.id,
        alias="Ada",
        gender=ada.user.gender,
        is_anonymous=True,
        is_staff=False,
    )
    assert newest_page(tx, bruno, train.id).page.messages == (message,)
    assert tx.outbox == [MessageSent(message=message)]


def test_every_room_counts_for_itself(
    tx: Transaction, ada: Principal, train: Room, annunci: Room
) -> None:
    make_staff(tx, ada)

    assert [message.seq for message in say(tx, ada, train, "uno", "due")] == [1, 2]
    assert [message.seq for message in say(tx, ada, annunci, "uno")] == [1]
    assert room_named(tx, "treno").last_seq == 2


def test_only_staff_writes_announcements(
    tx: Transaction, ada: Principal, bruno: Principal, annunci: Room
) -> None:
    make_staff(tx, bruno)
    (announcement,) = say(tx, bruno, annunci, "Arriviamo alle 9.")
    tx.outbox.clear()

    with pytest.raises(Forbidden, match="staff_only"):
        say(tx, ada, annunci, "Anch'io!")

    assert announcement.author is not None
    assert announcement.author.is_staff
    assert newest_page(tx, ada, annunci.id).page.messages == (announcement,)
    assert tx.outbox == []


def test_whoever_left_says_nothing_more(tx: Transaction, ada: Principal, train: Room) -> None:
    (said,) = say(tx, ada, train, "Ciao!")
    leave(tx, ada)

    for attempt in (
        lambda: say(tx, ada, train, "Ancora io"),
        lambda: edit_message(tx, ada, train.id, said.seq, "Addio"),
        lambda: delete_message(tx, ada, train.id, said.seq),
        lambda: older_page(tx, ada, train.id, 2),
        lambda: newer_page(tx, ada, train.id, 0),
    ):
        with pytest.raises(NotFound, match="not_here"):
            attempt()

    assert tx.outbox == [MessageSent(message=said)]


def test_a_refused_text_takes_no_place_in_the_order(
    tx: Transaction, ada: Principal, train: Room
) -> None:
    with pytest.raises(Invalid, match="message_empty"):
        say(tx, ada, train, "   ")

    (message,) = say(tx, ada, train, "Ciao!")

    assert message.seq == 1


PLAIN = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"


@pytest.mark.parametrize(
    "client_id", ["", "1", "\x00", "{" + PLAIN + "}", PLAIN.upper() + "\n", "ä" * 36]
)
def test_a_client_id_is_a_plain_uuid(
    tx: Transaction, ada: Principal, train: Room, client_id: str
) -> None:
    with pytest.raises(Invalid, match="bad_request"):
        send_message(tx, ada, train.id, Draft(text="Ciao!", client_id=client_id))


def test_a_retry_returns_the_first_message_and_announces_nothing(
    tx: Transaction, ada: Principal, train: Room
) -> None:
    said = draft("Ciao!")
    first = send_message(tx, ada, train.id, said)
    say(tx, ada, train, "Altro")
    tx.outbox.clear()

    again = send_message(tx, ada, train.id, replace(said, text="Ciao, diversamente"))

    assert again == first
    assert tx.outbox == []
    assert room_named(tx, "treno").last_seq == 2


def test_a_retry_by_another_way_that_was_faster_leaves_no_hole(
    tx: Transaction, ada: Principal, train: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = draft("Ciao!")
    first = send_message(tx, ada, train.id, said)
    tx.outbox.clear()
    found = [frozenset[object](), frozenset({(ada.user.id, said.client_id)})]
    monkeypatch.setattr(messages, "sent_among", Mock(side_effect=found))

    assert send_message(tx, ada, train.id, said) == first

    assert tx.outbox == []
    monkeypatch.undo()
    (following,) = say(tx, ada, train, "Altro")
    assert (following.seq, following.rev) == (2, 2)


def test_a_message_that_the_database_refuses_for_good_is_not_said_to_be_sent(
    tx: Transaction, ada: Principal, train: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "append", Mock(return_value=None))

    with pytest.raises(Unavailable):
        send_message(tx, ada, train.id, draft())

    assert tx.outbox == []


def test_two_people_may_use_the_same_client_id(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    said = draft("Ciao!")

    first = send_message(tx, ada, train.id, said)
    second = send_message(tx, bruno, train.id, said)

    assert (first.seq, second.seq) == (1, 2)


def test_a_client_id_belongs_to_one_room(
    tx: Transaction, ada: Principal, train: Room, annunci: Room
) -> None:
    make_staff(tx, ada)
    said = draft("Ciao!")
    send_message(tx, ada, train.id, said)

    with pytest.raises(Invalid, match="bad_request"):
        send_message(tx, ada, annunci.id, said)


def test_a_retry_does_not_bring_back_what_was_taken_back(
    tx: Transaction, ada: Principal, train: Room
) -> None:
    said = draft("Ciao!")
    first = send_message(tx, ada, train.id, said)
    delete_message(tx, ada, train.id, first.seq)
    tx.outbox.clear()

    again = send_message(tx, ada, train.id, said)

    assert (again.seq, again.body, again.author) == (1, "", None)
    assert again.removed_at == tx.now
    assert tx.outbox == []


def test_a_retry_does_not_bring_back_what_was_forgotten(
    tx: Transaction, ada: Principal, train: Room
) -> None:
    said = draft("Ciao!")
    send_message(tx, ada, train.id, said)
    register(tx, ada)
    tx.now += timedelta(hours=48)

    again = send_message(tx, ada, train.id, said)

    assert (again.body, again.author) == ("", None)
    assert again.removed_at == tx.now


def test_an_id_of_a_room_that_does_not_exist_is_refused(tx: Transaction, ada: Principal) -> None:
    refuse(lambda: send_message(tx, ada, new_id(), draft()), "not_here")


def test_what_nobody_sent_is_not_found(tx: Transaction, ada: Principal, train: Room) -> None:
    assert ada.place_id is not None
    place = places.find(tx.db, ada.place_id)

    assert messages.get_sent(tx.db, ada.user.id, PLAIN, place=place, now=tx.now) is None
