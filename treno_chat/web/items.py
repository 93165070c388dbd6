"""The items of the wire: how a message and a person look in a packet."""

from datetime import datetime
from typing import Any

from treno_chat.domain.door.alias import skeleton_of
from treno_chat.domain.seals import mark_of, seal_of
from treno_chat.domain.talk.messages import Message, MessageKind
from treno_chat.domain.talk.previews import MAX_UNREAD
from treno_chat.realtime.snapshot import PresentPerson
from treno_chat.realtime.stirs import StirredRoom
from treno_chat.web.cards import line_of

Item = dict[str, Any]


def message_item(message: Message) -> Item:
    """Return a message: of what is gone, only that it was there."""
    item: Item = {
        "seq": message.seq,
        "rev": message.rev,
        "client_id": message.client_id,
        "body": message.body,
        "at": milliseconds(message.sent_at),
    }
    if message.kind is not MessageKind.WORDS:
        item["line"] = message.kind.value
    author = message.author
    if author is not None:
        by: Item = {
            "id": author.id,
            "alias": author.alias,
            "gender": author.gender.value,
            "seal": mark_of(author.id),
        }
        # One letter a badge: "s" for staff, "a" for an account.
        badges = "s" * author.is_staff + "a" * (not author.is_anonymous)
        if badges:
            by["is"] = badges
        item["by"] = by
    if message.edited_at is not None:
        item["edited"] = True
    if message.removed_at is not None:
        item["removed"] = True
    if message.has_left:
        item["left"] = True
    return item


def person_item(person: PresentPerson) -> Item:
    """Return somebody who is here."""
    seal = seal_of(person.id)
    return {
        "id": person.id,
        "alias": person.alias,
        "gender": person.gender.value,
        "shape": seal.shape,
        "ink": seal.ink,
        "number": f"{seal.number:02}",
        # Whoever carries what looks the same is told apart by number (browser/twins.py).
        "looks": skeleton_of(person.alias),
        "staff": person.is_staff,
        "account": not person.is_anonymous,
        "status": person.status_line,
    }


def stirred_item(stirred: StirredRoom) -> Item:
    """Return a room as the lists show it: how far it is, its last words, and what was taken back.

    Of the authors, each with their newest, so that everybody knows their own.
    """
    room, stir = stirred.news.room, stirred.stir
    item: Item = {
        "kind": "stirred",
        "room": room.id,
        "seq": room.last_seq,
        "rev": room.last_rev,
        "last": line_of(stirred.news.last_message),
    }
    if stir.by:
        item["by"] = dict(stir.by)
    if stir.gone:
        # No list counts more than that as unread.
        item["gone"] = dict(sorted(stir.gone.items())[-MAX_UNREAD:])
    return item


def milliseconds(moment: datetime) -> int:
    """Return a moment as browsers count."""
    return int(moment.timestamp() * 1000)
