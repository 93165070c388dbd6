"""Changing what was said: editing, taking back, removing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from unittest.mock import Mock

import pytest

from tests.actions.worlds import make_staff, room_named, say, texts_of
from treno_chat.actions.talk.messages import (
    delete_message,
    edit_message,
)
from treno_chat.actions.talk.rooms import newest_page
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.refusals import ChatError
from treno_chat.domain.talk.events import MessageEdited
from treno_chat.stores.talk import messages


def refuse(act: Callable[[], object], code: str) -> None:
    with pytest.raises(ChatError) as refused:
        act()
    assert refused.value.code == code


def test_an_author_says_it_differently_for_a_quarter_of_an_hour(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    (said,) = say(tx, ada, train, "Ciap!")
    tx.outbox.clear()
    tx.now += timedelta(minutes=15) - timedelta(seconds=1)

    edited = edit_message(tx, ada, train.id, said.seq, " Ciao! ")

    assert edited == replace(said, body="Ciao!", rev=2, edited_at=tx.now)
    assert newest_page(tx, bruno, train.id).page.messages == (edited,)
    assert tx.outbox == [MessageEdited(message=edited)]

    tx.now += timedelta(seconds=1)
    refuse(lambda: edit_message(tx, ada, train.id, said.seq, "Ciao a tutti!"), "too_late")
    assert newest_page(tx, bruno, train.id).page.messages == (edited,)


def test_saying_the_same_again_is_no_change(tx: Transaction, ada: Principal, train: Room) -> None:
    (said,) = say(tx, ada, train, "Ciao!")
    tx.outbox.clear()

    assert edit_message(tx, ada, train.id, said.seq, "Ciao! ") == said

    assert tx.outbox == []
    assert room_named(tx, "treno").last_rev == 1


def test_nobody_edits_the_words_of_others_not_even_staff(
    tx: Transaction, ada: Principal, bruno: Principal, chiara: Principal, train: Room
) -> None:
    make_staff(tx, chiara)
    (said,) = say(tx, ada, train, "Ciao!")

    refuse(lambda: edit_message(tx, bruno, train.id, said.seq, "Addio"), "forbidden")
    refuse(lambda: edit_message(tx, chiara, train.id, said.seq, "Addio"), "forbidden")

    assert texts_of(newest_page(tx, ada, train.id).page) == ["Ciao!"]


def test_an_author_takes_a_message_back_at_any_time(
    tx: Transaction, ada: Principal, bruno: Principal, train: Room
) -> None:
    first, second = say(tx, ada, train, "Ciao!", "Addio!")
    tx.outbox.clear()
    tx.now += timedelta(hours=5)

    delete_message(tx, ada, train.id, first.seq)

    tombstone = replace(first, rev=3, body="", author=None, removed_at=tx.now)
    assert tx.outbox == [MessageEdited(message=tombstone)]
    assert newest_page(tx, bruno, train.id).page.messages == (tombstone, second)


def test_staff_remove_anybodys_message_and_others_only_their_own(
    tx: Transaction, ada: Principal, bruno: Principal, chiara: Principal, train: Room
) -> None:
    make_staff(tx, chiara)
    (said,) = say(tx, ada, train, "Ciao!")

    refuse(lambda: delete_message(tx, bruno, train.id, said.seq), "forbidden")
    delete_message(tx, chiara, train.id, said.seq)

    assert texts_of(newest_page(tx, bruno, train.id).page) == [""]


def test_what_is_gone_is_neither_edited_nor_taken_back(
    tx: Transaction, ada: Principal, train: Room
) -> None:
    (said,) = say(tx, ada, train, "Ciao!")
    delete_message(tx, ada, train.id, said.seq)
    tx.outbox.clear()

    for seq in (said.seq, 99, 2**53):
        refuse(lambda seq=seq: edit_message(tx, ada, train.id, seq, "Ciao!"), "not_found")
        refuse(lambda seq=seq: delete_message(tx, ada, train.id, seq), "not_found")

    assert tx.outbox == []
    assert room_named(tx, "treno").last_rev == 2


@pytest.mark.parametrize("change", ["change", "empty"])
def test_whoever_comes_second_to_a_removal_is_told(
    tx: Transaction,
    ada: Principal,
    train: Room,
    monkeypatch: pytest.MonkeyPatch,
    change: str,
) -> None:
    (said,) = say(tx, ada, train, "Ciao!")
    tx.outbox.clear()
    monkeypatch.setattr(messages, change, Mock(return_value=False))
    act = {
        "change": lambda: edit_message(tx, ada, train.id, said.seq, "Addio"),
        "empty": lambda: delete_message(tx, ada, train.id, said.seq),
    }[change]

    refuse(act, "not_found")

    assert tx.outbox == []
