"""Presence: leases of sockets, people told apart, changes told at most once a second."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime

from treno_chat.domain.ids import PlaceId, RoomId, SessionId, UserId
from treno_chat.domain.people import Gender
from treno_chat.realtime.leases import Leases
from treno_chat.realtime.snapshot import (
    PAGE,
    Lease,
    PresenceChange,
    PresentPerson,
    Snapshot,
    change_between,
    snapshot_of,
)

LEASE_SECONDS = 60.0
GRACE_SECONDS = 15.0
Clock = Callable[[], datetime]
Tell = Callable[[PresenceChange], Awaitable[None]]
Tick = Callable[[], Awaitable[None]]


async def each_second() -> None:
    """Wait for the next round."""
    await asyncio.sleep(1)


class Presence:
    """The leases of this process's sockets, and what its sockets were told of every place."""

    def __init__(self, *, leases: Leases, clock: Clock, tell: Tell | None = None) -> None:
        self.tell = tell
        self._leases = leases
        self._clock = clock
        self._mine: dict[str, Lease] = {}
        self._gone: defaultdict[PlaceId, set[str]] = defaultdict(set)
        self._told: dict[PlaceId, Snapshot] = {}
        self._ended: dict[SessionId, float] = {}

    def renew(
        self,
        sid: str,
        *,
        place_id: PlaceId,
        room_id: RoomId,
        person: PresentPerson,
        session_id: SessionId | None = None,
    ) -> None:
        """Take out a lease for a socket, in place of the one it had."""
        before = self._mine.get(sid)
        if before is not None and before.place_id != place_id:
            self.drop(sid)
        self._mine[sid] = Lease(
            sid=sid,
            session_id=session_id,
            place_id=place_id,
            room_id=room_id,
            person=person,
            until=self._now() + LEASE_SECONDS,
        )

    def keep(self, sid: str) -> bool:
        """Prolong a socket's lease as it is; False when it has none."""
        lease = self._mine.get(sid)
        if lease is None:
            return False
        self._mine[sid] = replace(lease, until=self._now() + LEASE_SECONDS)
        return True

    def lose(self, sid: str) -> None:
        """Leave a lost socket a moment to come back under another id."""
        lease = self._mine.get(sid)
        if lease is not None:
            self._mine[sid] = replace(lease, until=min(lease.until, self._now() + GRACE_SECONDS))

    def drop(self, sid: str) -> None:
        """End a socket's lease at once: its person left."""
        lease = self._mine.pop(sid, None)
        if lease is not None:
            self._gone[lease.place_id].add(sid)

    def drop_person(self, user_id: UserId, *, place_id: PlaceId) -> None:
        """End every lease that this process holds for a person at a place."""
        hers = (lease for lease in self._at(place_id) if lease.person.id == user_id)
        self._drop_all(hers)

    def redress(self, user_id: UserId, *, alias: str, gender: Gender, status_line: str) -> None:
        """Show a person as they look from now on, wherever this process holds them present."""
        for lease in list(self._mine.values()):
            if lease.person.id == user_id:
                person = replace(lease.person, alias=alias, gender=gender, status_line=status_line)
                self._mine[lease.sid] = replace(lease, person=person)

    def end_session(self, session_id: SessionId) -> None:
        """End the leases of a session, also those that a dead process left behind."""
        self._ended[session_id] = self._now() + LEASE_SECONDS
        self._drop_all(lease for lease in self._mine.values() if lease.session_id == session_id)

    def snapshot(self, place_id: PlaceId) -> Snapshot:
        """Return who is here as the place's sockets were last told: later changes lead on from it.

        A fresher answer would miss who leaves between it and the next change. May be asked from
        any thread; of a place that nobody here asked about, other processes are counted from the
        next round on.
        """
        if place_id not in self._told:
            self._told[place_id] = snapshot_of(self._at(place_id), page=PAGE)
        return self._told[place_id]

    async def sweep(self) -> None:
        """End what ran out, and tell every place what changed; called once a second."""
        now = self._now()
        self._drop_all(lease for lease in self._mine.values() if lease.until <= now)
        self._ended = {session: until for session, until in self._ended.items() if until > now}
        for place_id in {*self._told, *self._gone, *(one.place_id for one in self._mine.values())}:
            await self._sweep_place(place_id, now)

    async def keep_sweeping(self, tick: Tick = each_second) -> None:
        """Sweep for ever."""
        while True:
            await tick()
            await self.sweep()

    async def _sweep_place(self, place_id: PlaceId, now: float) -> None:
        gone = self._gone.pop(place_id, set())
        all_leases = await self._leases.exchange(
            place_id, mine=self._at(place_id), gone=gone, now=now
        )
        current = snapshot_of(one for one in all_leases if one.session_id not in self._ended)
        change = change_between(place_id, self._told.get(place_id), current)
        self._told[place_id] = current
        if not current.count:
            del self._told[place_id]
        if change is not None and self.tell is not None:
            await self.tell(change)

    def _at(self, place_id: PlaceId) -> list[Lease]:
        # The copy is one step of the interpreter: other threads may ask for snapshots.
        return [lease for lease in list(self._mine.values()) if lease.place_id == place_id]

    def _drop_all(self, leases: Iterable[Lease]) -> None:
        for lease in list(leases):
            self.drop(lease.sid)

    def _now(self) -> float:
        return self._clock().timestamp()
