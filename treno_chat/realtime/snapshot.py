"""Who is here: people, however many tabs and devices each of them has open."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from treno_chat.domain.ids import PlaceId, RoomId, SessionId, UserId
from treno_chat.domain.people import PresentPerson

PAGE = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Lease:
    """One socket's word that its person is here, good until a time (in seconds)."""

    sid: str
    session_id: SessionId | None
    place_id: PlaceId
    room_id: RoomId
    person: PresentPerson
    until: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """Who is at a place: the first page of people by alias, and how many in all and per room."""

    people: tuple[PresentPerson, ...]
    count: int
    rooms: dict[RoomId, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class PresenceChange:
    """What is different since the last word; `joined` also brings people who look different."""

    place_id: PlaceId
    joined: tuple[PresentPerson, ...]
    left: tuple[UserId, ...]
    count: int
    rooms: dict[RoomId, int]


def snapshot_of(leases: Iterable[Lease], *, page: int = PAGE) -> Snapshot:
    """Count people, not sockets; the freshest lease says how a person looks."""
    people: dict[UserId, PresentPerson] = {}
    rooms: defaultdict[RoomId, set[UserId]] = defaultdict(set)
    for lease in sorted(leases, key=lambda lease: lease.until):
        people[lease.person.id] = lease.person
        rooms[lease.room_id].add(lease.person.id)
    in_order = sorted(people.values(), key=lambda person: (person.alias.casefold(), person.id))
    return Snapshot(
        people=tuple(in_order[:page]),
        count=len(people),
        rooms={room_id: len(present) for room_id, present in sorted(rooms.items())},
    )


def change_between(
    place_id: PlaceId, before: Snapshot | None, after: Snapshot
) -> PresenceChange | None:
    """Return what leads from one snapshot to the next, None when nothing does."""
    if before == after:
        return None
    known = {person.id: person for person in before.people} if before else {}
    present = {person.id for person in after.people}
    return PresenceChange(
        place_id=place_id,
        joined=tuple(person for person in after.people if known.get(person.id) != person),
        left=tuple(user_id for user_id in known if user_id not in present),
        count=after.count,
        rooms=after.rooms,
    )
