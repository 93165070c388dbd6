"""The sender: what people say while other words are being written goes with the next COMMIT.

However many speak at once, the disk is waited for once, and what a room hears keeps the order in
which it was stored: a room has one writer.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from anyio import to_thread

from treno_chat.actions.door import sessions
from treno_chat.actions.lanes import TALK
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.talk.sending import Draft, Sending, send_messages
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.sessions import Holder, Principal
from treno_chat.domain.ids import RoomId, SessionId
from treno_chat.domain.refusals import ChatError, NotSignedIn
from treno_chat.domain.talk.messages import Message

LARGEST = 100  # messages of one COMMIT; the first of them waits for the last
# Where several may write: while one waits for the database, the other prepares its bag.
WRITERS = 2
Outcomes = list[Message | ChatError]


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """What somebody with a session wants to say in a room."""

    session_id: SessionId
    room_id: RoomId
    draft: Draft


@dataclass(frozen=True, kw_only=True, slots=True)
class _Bag:
    """What goes with one COMMIT."""

    stored: asyncio.Task[Outcomes]
    spoken: list[Spoken]


class Sender:
    """Takes what is said one by one, and has it stored by the bag."""

    def __init__(self, transactions: Transactions, limits: Limits) -> None:
        self._limits = limits
        number = 1 if transactions.database.is_sqlite else WRITERS
        self._writers = [_Writer(transactions) for _ in range(number)]

    async def send(self, holder: Holder, room_id: RoomId, draft: Draft) -> Message:
        """Return the message when it is stored for good, or raise why it is not."""
        # Before anything is locked: others would wait for the Redis that counts.
        await self._limits.count_send(holder)
        spoken = Spoken(session_id=holder.session_id, room_id=room_id, draft=draft)
        outcome = await self._writer_of(room_id).write(spoken)
        if isinstance(outcome, ChatError):
            raise outcome
        return outcome

    def _writer_of(self, room_id: RoomId) -> "_Writer":
        return self._writers[hash(room_id) % len(self._writers)]


class _Writer:
    """Stores one bag after the other; what is said meanwhile waits in the next one."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._open: _Bag | None = None
        self._writing = asyncio.Lock()

    async def write(self, spoken: Spoken) -> Message | ChatError:
        bag = self._open
        if bag is None or len(bag.spoken) >= LARGEST:
            bag = self._open = self._new_bag()
        number = len(bag.spoken)
        bag.spoken.append(spoken)
        # Whoever stops waiting does not take the others' words back.
        return (await asyncio.shield(bag.stored))[number]

    def _new_bag(self) -> _Bag:
        spoken: list[Spoken] = []
        return _Bag(spoken=spoken, stored=asyncio.create_task(self._store(spoken)))

    async def _store(self, spoken: list[Spoken]) -> Outcomes:
        async with self._writing:
            if self._open is not None and self._open.spoken is spoken:
                self._open = None
            return await to_thread.run_sync(self._commit, spoken, limiter=TALK)

    def _commit(self, spoken: Sequence[Spoken]) -> Outcomes:
        with self._transactions.writing(in_turn={one.room_id for one in spoken}) as tx:
            return _send(tx, spoken)


def _send(tx: Transaction, spoken: Sequence[Spoken]) -> Outcomes:
    """Ask who speaks in the same unit: a session that ended a moment ago says no more."""
    people = sessions.look_up_all(tx, {one.session_id for one in spoken})
    admitted = [_admit(one, people.get(one.session_id)) for one in spoken]
    sent = iter(send_messages(tx, [one for one in admitted if isinstance(one, Sending)]))
    return [next(sent) if isinstance(one, Sending) else one for one in admitted]


def _admit(spoken: Spoken, principal: Principal | None) -> Sending | ChatError:
    if principal is None:
        return NotSignedIn("not_signed_in")
    return Sending(principal=principal, room_id=spoken.room_id, draft=spoken.draft)
