"""How the rooms of Socket.IO are named: who hears together."""

from treno_chat.domain.ids import PlaceId, RoomId, UserId


def room(room_id: RoomId) -> str:
    """Name the sockets that watch a room."""
    return f"room:{room_id}"


def room_of(room_id: RoomId, user_id: UserId) -> str:
    """Name the sockets of one person in a room: so they can be told apart in every process."""
    return f"room:{room_id}:{user_id}"


def place(place_id: PlaceId) -> str:
    """Name the sockets that are at a place."""
    return f"place:{place_id}"
