"""How a message is sent: what several people say at the same moment is stored together.

One statement serves all of them wherever it can, and what is refused to one is nothing to the
others. A message that comes alone goes the same way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from treno_chat.actions.talk.access import OpenRoom, access_rooms, not_here, require_can_write
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import RoomId, UserId, is_client_id, new_id
from treno_chat.domain.refusals import ChatError, Invalid, Unavailable
from treno_chat.domain.talk.bodies import clean_body
from treno_chat.domain.talk.events import MessageSent
from treno_chat.domain.talk.messages import Author, Message, MessageKind
from treno_chat.stores.talk import messages
from treno_chat.stores.talk.messages import Unnumbered

OpenRooms = Mapping[tuple[UserId, RoomId], OpenRoom]


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What a person wants to say; `client_id` makes a repetition harmless."""

    text: str
    client_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sending:
    """Somebody who wants to say something in a room."""

    principal: Principal
    room_id: RoomId
    draft: Draft

    @property
    def where(self) -> tuple[UserId, RoomId]:
        """Whom and which room the permission is about."""
        return self.principal.user.id, self.room_id

    @property
    def key(self) -> tuple[UserId, str]:
        """What the same thing, said again, has in common with the first time."""
        return self.principal.user.id, self.draft.client_id


def send_message(tx: Transaction, principal: Principal, room_id: RoomId, draft: Draft) -> Message:
    """Say something in a room; saying it again under the same client id changes nothing."""
    [outcome] = send_messages(tx, [Sending(principal=principal, room_id=room_id, draft=draft)])
    if isinstance(outcome, ChatError):
        raise outcome
    return outcome


def send_messages(tx: Transaction, sendings: Sequence[Sending]) -> list[Message | ChatError]:
    """Say several things, each in its room; return for each the message, or why it was not said."""
    if not sendings:
        return []
    ats = access_rooms(tx, {one.where for one in sendings})
    considered = _consider_all(tx, sendings, ats)
    new = [one for one in considered if isinstance(one, Unnumbered)]
    stored = messages.append(tx.db, new) if new else []
    if stored is None:
        return _after_refusal(tx, sendings, ats)
    tx.outbox += [MessageSent(message=message) for message in stored]
    numbered = iter(stored)
    return [next(numbered) if isinstance(one, Unnumbered) else one for one in considered]


def _consider_all(
    tx: Transaction, sendings: Sequence[Sending], ats: OpenRooms
) -> list[Message | ChatError | Unnumbered]:
    sent = messages.sent_among(
        tx.db, {one.key for one in sendings if is_client_id(one.draft.client_id)}
    )
    considered: list[Message | ChatError | Unnumbered] = []
    for one in sendings:
        try:
            considered.append(_consider(tx, one, ats.get(one.where), was_sent=one.key in sent))
        except ChatError as refused:
            considered.append(refused)
    return considered


def _consider(
    tx: Transaction, one: Sending, at: OpenRoom | None, *, was_sent: bool
) -> Message | Unnumbered:
    """Return what was sent before, or what is to be stored.

    The retry is answered before anything else is asked: what was once taken stays taken, even
    if its author could not write here any more.
    """
    if at is None:
        raise not_here()
    if not is_client_id(one.draft.client_id):
        raise Invalid("bad_request", field="client_id")
    sent = messages.get_sent(tx.db, *one.key, place=at.place, now=tx.now) if was_sent else None
    if sent is not None:
        if sent.room_id != at.room.id:
            raise Invalid("bad_request", field="client_id")
        return sent
    require_can_write(at)
    return Unnumbered(
        message=_compose(tx, one, at),
        visit_id=at.visit_id,
        expires_at=tx.now + at.place.retention,
    )


def _after_refusal(
    tx: Transaction, sendings: Sequence[Sending], ats: OpenRooms
) -> list[Message | ChatError]:
    """Go on when the database refused one: mostly a draft came by another way and was faster."""
    if len(sendings) > 1:
        return [outcome for one in sendings for outcome in send_messages(tx, [one])]
    [again] = _consider_all(tx, sendings, ats)
    # Still not there, and yet refused: the person or the room was deleted meanwhile.
    return [Unavailable("unavailable") if isinstance(again, Unnumbered) else again]


def _compose(tx: Transaction, one: Sending, at: OpenRoom) -> Message:
    user = one.principal.user
    return Message(
        id=new_id(),
        room_id=at.room.id,
        seq=0,
        rev=0,
        client_id=one.draft.client_id,
        kind=MessageKind.WORDS,
        author=Author(
            id=user.id,
            alias=user.alias,
            gender=user.gender,
            is_anonymous=user.is_anonymous,
            is_staff=at.is_staff,
        ),
        body=clean_body(one.draft.text),
        sent_at=tx.now,
    )
