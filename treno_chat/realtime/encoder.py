"""The encoder: realtime hands values over, whoever draws the screens says how they look."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from treno_chat.domain.assistant.events import MentionRefused, PrivateEvent
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.talk.events import Event
from treno_chat.realtime.snapshot import PresenceChange, Snapshot
from treno_chat.realtime.stirs import StirredRoom

Item = dict[str, Any]
Packet = Mapping[str, Any]


class Encoder(Protocol):
    """Turns what happened into the payload of the socket event."""

    def encode(self, event: Event) -> Item | None:
        """Return what the whole room gets, or None for what no room hears."""
        ...

    def stub(self, event: Event) -> Item | None:
        """Return the bare place-holder for those in a block with the author."""
        ...

    def packet(self, items: Sequence[Item]) -> Packet:
        """Return the payload that carries these items, in this order."""
        ...

    def stirred(self, rooms: Sequence[StirredRoom]) -> Packet:
        """Return what the lists of a place show of these rooms from now on."""
        ...

    def ended(self) -> Packet:
        """Return the farewell of a session that is over."""
        ...

    def reload(self) -> Packet:
        """Return the request to load the page anew."""
        ...

    def look_again(self, place_id: PlaceId) -> Packet:
        """Return the word that something about the person changed at a place."""
        ...

    def notice(self) -> Packet:
        """Return the word that the person is to be told something of their account."""
        ...

    def aside(self, event: PrivateEvent) -> Packet:
        """Return what one person alone hears of their talk with the assistant."""
        ...

    def refused(self, event: MentionRefused) -> Packet:
        """Return why the assistant does not answer in the room, for whoever asked there."""
        ...

    def handed_over(self, place_slug: str) -> Packet:
        """Return the word that a question waits at the desk of a place."""
        ...

    def desk_changed(self, place_slug: str) -> Packet:
        """Return the word that something at the desk of a place is other than it was."""
        ...

    def present(self, snapshot: Snapshot) -> Packet:
        """Return everybody who is here; it replaces what the page holds."""
        ...

    def presence_changed(self, change: PresenceChange) -> Packet:
        """Return who came and went since the packet before."""
        ...
