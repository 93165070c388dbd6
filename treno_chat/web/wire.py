"""The wire: how what happened looks as a state delta. Data only, never code.

Both States here are never assigned by a handler: their deltas are made by hand, encoded once for a
whole room, and merged by the page (browser/feed.py).
"""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import reflex as rx
from reflex_base.utils.format import json_dumps  # pyright: ignore[reportUnknownVariableType]

from treno_chat.actions.talk.rooms import RoomPage
from treno_chat.domain.assistant.events import MentionRefused
from treno_chat.domain.ids import PlaceId, new_id
from treno_chat.domain.refusals import ChatError
from treno_chat.domain.talk.events import Event, MessageEdited, MessageSent, MessagesGone
from treno_chat.domain.talk.messages import CatchUp, Message, NextPage, Page, Stretch
from treno_chat.realtime.snapshot import PresenceChange, Snapshot
from treno_chat.realtime.stirs import StirredRoom
from treno_chat.web.asides import AsideEncoder
from treno_chat.web.items import Item, message_item, milliseconds, person_item, stirred_item

Packet = dict[str, Any]


class Arrivals(rx.State):
    """What arrives in the room, and the answers to what a page asked."""

    batch: rx.Field[list[Item]] = rx.field(default_factory=list)


class Outcomes(rx.State):
    """What became of the things a page sent."""

    batch: rx.Field[list[Item]] = rx.field(default_factory=list)


def arrivals(items: Iterable[Item]) -> Packet:
    """Return the payload of Reflex's socket event for things that arrive."""
    return {"delta": {Arrivals.get_full_name(): {"batch_rx_state_": list(items)}}}


ENDED = arrivals([{"kind": "ended"}])


def outcome(client_id: str, message: Message, *, is_change: bool = False) -> Packet:
    """Return the payload that says: it is stored, as this message; or that its change is."""
    named = {"client_id": client_id, "room_id": message.room_id}
    return _outcomes({**message_item(message), **named, "ok": True, "is_change": is_change})


def refusal(client_id: str, refused: ChatError, *, at: datetime, seq: int = 0) -> Packet:
    """Return the payload that says why not, to new words or to a change of message `seq`.

    `at` keeps two equal refusals apart.
    """
    why: Item = {"code": refused.code, "params": dict(refused.params), "at": milliseconds(at)}
    return _outcomes({"client_id": client_id, "seq": seq, "ok": False, **why})


def page(shown: RoomPage) -> Item:
    """Return the page on which a reader starts, which replaces whatever they hold."""
    return {
        "kind": "page",
        "messages": [message_item(message) for message in shown.page.messages],
        "has_older": shown.page.has_older,
        "has_newer": shown.has_newer,
        "news": shown.news,
        "heard_seq": shown.heard_seq,
        "missed": shown.missed,
        "first_unread": shown.first_unread or 0,
        "through_seq": shown.through_seq,
        "through_rev": shown.through_rev,
        "last_read": shown.last_read_seq,
    }


def older(shown: Page) -> Item:
    """Return a page of what lies before."""
    return {
        "kind": "older",
        "messages": [message_item(message) for message in shown.messages],
        "has_older": shown.has_older,
    }


def newer(shown: NextPage) -> Item:
    """Return a page of what follows."""
    return {
        "kind": "newer",
        "messages": [message_item(message) for message in shown.messages],
        "has_newer": shown.has_newer,
    }


def stretch(held: Stretch) -> Item:
    """Return what a reader far up holds, as it is now; it replaces that and moves nobody."""
    return {
        "kind": "stretch",
        "messages": [message_item(message) for message in held.messages],
        "has_newer": held.has_newer,
        "news": held.news,
        "heard_seq": held.heard_seq,
        "through_seq": held.through_seq,
        "through_rev": held.through_rev,
    }


def caught_up(missed: CatchUp) -> Item:
    """Return what changed since the revision the reader named."""
    return {
        "kind": "caught_up",
        "changes": [message_item(message) for message in missed.changes],
        "removed": list(missed.removed),
        "through_seq": missed.through_seq,
        "through_rev": missed.through_rev,
    }


def behind(newest_rev: int) -> Item:
    """Return the word that there is more to know."""
    return {"kind": "behind", "through_rev": newest_rev}


def refused() -> Item:
    """Return the word that what was asked for does not come: whoever asked is not there."""
    return _word("refused")


class WireJson:
    """Writes and reads packets as Reflex's own server does: deltas hold values of every kind."""

    loads: Callable[..., Any] = staticmethod(json.loads)

    @staticmethod
    def dumps(value: object, **options: Any) -> str:  # noqa: ANN401 -- the encoder's own
        """Write a packet."""
        return json_dumps(value, **options)  # pyright: ignore[reportUnknownVariableType]


class DeltaEncoder(AsideEncoder):
    """Turns what happened into deltas: the port that the hub speaks through."""

    def encode(self, event: Event) -> Item | None:
        """Return what the whole room gets, or None for what no room hears."""
        match event:
            case MessageSent(message=message):
                return {"kind": "new", **message_item(message)}
            case MessageEdited(message=message):
                return {"kind": "edit", **message_item(message)}
            case MessagesGone(seqs=seqs, rev=rev):
                return {"kind": "gone", "seqs": list(seqs), "rev": rev}
            case _:
                return None

    def stub(self, event: Event) -> Item | None:
        """Return the bare place-holder for those who must not read the author."""
        match event:
            case MessageSent(message=message) | MessageEdited(message=message):
                return {"kind": "stub", "seq": message.seq, "rev": message.rev}
            case _:
                return self.encode(event)

    def packet(self, items: Iterable[Item]) -> Packet:
        """Return the payload of one socket event."""
        return arrivals(items)

    def stirred(self, rooms: Iterable[StirredRoom]) -> Packet:
        """Return what the lists of a place show of these rooms from now on."""
        return arrivals(stirred_item(room) for room in rooms)

    def ended(self) -> Packet:
        """Return the farewell: the session is over, show nothing any more."""
        return ENDED

    def reload(self) -> Packet:
        """Return the request to load the page anew: the guest became registered."""
        return arrivals([_word("reload")])

    def look_again(self, place_id: PlaceId) -> Packet:  # noqa: ARG002 -- a socket is at one place
        """Return the word that the person's role changed."""
        return arrivals([_word("look_again")])

    def notice(self) -> Packet:
        """Return the word that there is a notice to ask for."""
        return arrivals([_word("notice")])

    def handed_over(self, place_slug: str) -> Packet:
        """Return the word that a question waits at the desk of a place."""
        return arrivals([{**_word("handed_over"), "place": place_slug}])

    def desk_changed(self, place_slug: str) -> Packet:
        """Return the word that something at the desk of a place is other than it was."""
        return arrivals([{**_word("desk_changed"), "place": place_slug}])

    def refused(self, event: MentionRefused) -> Packet:
        """Return why the assistant does not answer; it stands where one writes."""
        why: Item = {"code": event.code, "params": event.params, "at": milliseconds(event.at)}
        return _outcomes({"client_id": "", "seq": 0, "ok": False, **why})

    def present(self, snapshot: Snapshot) -> Packet:
        """Return everybody who is here."""
        people = [person_item(person) for person in snapshot.people]
        item = {"kind": "people", "people": people, "count": snapshot.count}
        return arrivals([{**item, "rooms": snapshot.rooms}])

    def presence_changed(self, change: PresenceChange) -> Packet:
        """Return who came and went."""
        item = {
            "kind": "people",
            "joined": [person_item(person) for person in change.joined],
            "left": list(change.left),
            "count": change.count,
            "rooms": change.rooms,
        }
        return arrivals([item])


def _word(kind: str) -> Item:
    """Return a word without content; its id keeps two apart, a page does not hear equal ones."""
    return {"kind": kind, "id": new_id()}


def _outcomes(item: Item) -> Packet:
    return {"delta": {Outcomes.get_full_name(): {"batch_rx_state_": [item]}}}
