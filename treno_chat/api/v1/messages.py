"""Talk in rooms: the same actions, the same gate and the same limits as the pages have."""

from typing import Annotated
from uuid import uuid4

from fastapi import Depends, Path, Query
from starlette.responses import Response

from treno_chat.actions.door.sessions import look_up
from treno_chat.actions.talk.messages import delete_message, newer_page, older_page
from treno_chat.actions.talk.sending import Draft, send_message
from treno_chat.actions.transaction import Transaction
from treno_chat.api.answers import NO_STORE
from treno_chat.api.forms import require_json
from treno_chat.api.house import House
from treno_chat.api.v1.caller import ApiCaller, ApiChanger
from treno_chat.api.v1.cursors import decode_cursor, encode_cursor, number_in
from treno_chat.api.v1.message_shapes import MessageAsked, MessagesTold, MessageTold, message_told
from treno_chat.api.v1.problems import OF_A_BODY, OF_A_CALLER, refusing
from treno_chat.api.v1.router import ApiRouter
from treno_chat.api.v1.shapes import CursorAsked, Limit, PathId, about_content
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import RoomId
from treno_chat.domain.refusals import Invalid, NotFound
from treno_chat.domain.talk.messages import PAGE_SIZE

router = ApiRouter(
    prefix="/rooms/{room_id}/messages",
    tags=["talk"],
    responses={**OF_A_CALLER, **refusing(404)},
)
_OLDER, _NEWER = "older", "newer"
_LAST = 10**15 - 1  # what a cursor can hold; no room has as many
AfterAsked = Annotated[
    int | None,
    Query(ge=0, le=_LAST, description="List what follows this number instead, the oldest first"),
]
Seq = Annotated[int, Path(description="A message's number in its room")]


@router.get("")
def list_messages(
    room_id: PathId,
    *,
    house: House,
    caller: ApiCaller,
    limit: Limit = PAGE_SIZE,
    cursor: CursorAsked = None,
    after: AfterAsked = None,
) -> MessagesTold:
    """List the messages of a room: the newest first, or from `after` on the oldest first."""
    if cursor is not None and after is not None:
        raise Invalid("bad_input", field="after")
    with house.transactions.reading() as tx:
        if after is not None:
            return _newer(tx, caller, room_id, after, limit)
        return _page(tx, caller, room_id, cursor, limit)


@router.post(
    "",
    status_code=201,
    dependencies=[Depends(require_json)],
    responses=OF_A_BODY,
)
def post_message(
    room_id: PathId, asked: MessageAsked, *, house: House, caller: ApiCaller
) -> MessageTold:
    """Say something in a room; everybody there sees it at once."""
    house.limits.check_send(caller)
    draft = Draft(text=asked.content, client_id=asked.client_id or str(uuid4()))
    with about_content(), house.transactions.writing(in_turn=room_id) as tx:
        # Asked in the same unit: a session that ended a moment ago says no more.
        return message_told(send_message(tx, look_up(tx, caller.session.id), room_id, draft))


@router.delete("/{seq}", status_code=204)
def take_message_back(room_id: PathId, seq: Seq, *, house: House, caller: ApiChanger) -> Response:
    """Take a message of one's own back; staff may remove anybody's."""
    if not 0 < seq <= _LAST:
        raise NotFound("not_found")
    with house.transactions.writing(in_turn=room_id) as tx:
        delete_message(tx, look_up(tx, caller.session.id), room_id, seq)
    return Response(status_code=204, headers=NO_STORE)


def _page(
    tx: Transaction, caller: Principal, room_id: RoomId, cursor: str | None, limit: int
) -> MessagesTold:
    if cursor is None:
        return _older(tx, caller, room_id, _LAST, limit)
    way, seq = decode_cursor(cursor, "messages", parts=2)
    read = _newer if way == _NEWER else _older
    return read(tx, caller, room_id, number_in(seq), limit)


def _older(
    tx: Transaction, caller: Principal, room_id: RoomId, before: int, limit: int
) -> MessagesTold:
    page = older_page(tx, caller, room_id, before, limit=limit)
    return MessagesTold(
        items=[message_told(message) for message in reversed(page.messages)],
        next=_cursor(_OLDER, page.messages[0].seq) if page.has_older else None,
    )


def _newer(
    tx: Transaction, caller: Principal, room_id: RoomId, after: int, limit: int
) -> MessagesTold:
    page = newer_page(tx, caller, room_id, after, limit=limit)
    return MessagesTold(
        items=[message_told(message) for message in page.messages],
        next=_cursor(_NEWER, page.messages[-1].seq) if page.has_newer else None,
    )


def _cursor(way: str, seq: int) -> str:
    return encode_cursor("messages", way, seq)
