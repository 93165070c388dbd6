"""The wire: how little a message weighs."""

import json
from datetime import UTC, datetime

from treno_chat.domain.ids import new_id
from treno_chat.domain.people import Gender
from treno_chat.domain.places import Room, RoomKind
from treno_chat.domain.talk.events import MessageSent
from treno_chat.domain.talk.messages import Author, Message, MessageKind
from treno_chat.domain.talk.previews import MAX_UNREAD, RoomNews
from treno_chat.realtime.stirs import Stir, StirredRoom
from treno_chat.web.items import stirred_item
from treno_chat.web.wire import DeltaEncoder


def test_forty_characters_weigh_400_bytes_at_most_whoever_writes_them() -> None:
    chiara = Author(
        id=new_id(), alias="Chiara 22", gender=Gender.UNDISCLOSED, is_anonymous=False, is_staff=True
    )
    message = Message(
        id=new_id(),
        room_id=new_id(),
        seq=99_999,
        rev=99_999,
        client_id=new_id(),
        kind=MessageKind.WORDS,
        author=chiara,
        body="x" * 40,
        sent_at=datetime.now(UTC),
    )
    encoder = DeltaEncoder()
    item = encoder.encode(MessageSent(message=message))

    assert item is not None
    packet = json.dumps(["event", encoder.packet([item])], separators=(",", ":"))
    # Engine.IO, Socket.IO and the websocket each put their header before it.
    assert len(f"42/_event,{packet}") + 4 <= 400


def test_words_without_content_are_told_apart() -> None:
    encoder = DeltaEncoder()
    words = (encoder.notice, encoder.reload, lambda: encoder.look_again(new_id()))

    # A page keeps what is equal to what it has, and hears nothing of it.
    assert all(word() != word() for word in words)


def test_a_list_hears_of_no_more_that_is_gone_than_it_counts() -> None:
    room = Room(
        id=new_id(),
        place_id=new_id(),
        slug="treno",
        name="Treno",
        kind=RoomKind.GENERAL,
        last_seq=900,
        last_rev=901,
    )
    stir = Stir(gone=dict.fromkeys(range(1, 900), 901))

    item = stirred_item(StirredRoom(news=RoomNews(room=room, last_message=None), stir=stir))

    assert (item["last"], item["seq"], item["rev"]) == ("", 900, 901)
    assert list(item["gone"]) == list(range(900 - MAX_UNREAD, 900))
    assert "by" not in item
