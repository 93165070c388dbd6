"""Who comes and goes, and whoever listens to it."""

from tests.support.chat_server import person
from treno_chat.realtime.presence import Presence
from treno_chat.realtime.snapshot import (
    PresenceChange,
)


class Told:
    """What a place was told, in order."""

    def __init__(self) -> None:
        self.changes: list[PresenceChange] = []

    async def __call__(self, change: PresenceChange) -> None:
        """Take note."""
        self.changes.append(change)

    def last(self) -> tuple[list[str], list[str], int]:
        """Return who joined, who left, and how many there are."""
        change = self.changes[-1]
        return [one.id for one in change.joined], list(change.left), change.count


def enter(presence: Presence, who: str, *, sid: str = "", room_id: str = "dining-car") -> None:
    """Let somebody watch a room of the train."""
    presence.renew(
        sid or f"socket-{who}",
        place_id="train",
        room_id=room_id,
        person=person(who),
        session_id=f"session-{who}",
    )
