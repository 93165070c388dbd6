"""A person's own conversations; somebody else's is not there at all."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Depends, Query
from pydantic import AfterValidator, AwareDatetime, BeforeValidator
from starlette.responses import Response

from treno_chat.actions.assistant import conversations
from treno_chat.actions.assistant.searching import search_conversations
from treno_chat.api.answers import NO_STORE
from treno_chat.api.forms import require_json
from treno_chat.api.house import House
from treno_chat.api.v1.caller import RegisteredCaller
from treno_chat.api.v1.conversation_shapes import (
    ConversationAsked,
    ConversationRenamed,
    ConversationTold,
    conversation_told,
)
from treno_chat.api.v1.cursors import bad_cursor, decode_cursor, encode_cursor, number_in
from treno_chat.api.v1.match_shapes import ConversationsTold, match_told
from treno_chat.api.v1.problems import OF_A_BODY, OF_A_CALLER, refusing
from treno_chat.api.v1.router import ApiRouter
from treno_chat.api.v1.shapes import LOCATED, CursorAsked, Limit, PathId
from treno_chat.domain.assistant.conversations import PAGE_SIZE, Behind, Conversation
from treno_chat.domain.assistant.searching import (
    MAX_QUERY,
    ConversationFilter,
    Search,
    words_in,
)
from treno_chat.domain.door.sessions import Principal

router = ApiRouter(prefix="/conversations", tags=["conversations"], responses=OF_A_CALLER)
_OF_ONE = refusing(404)
_CURSOR = "conversations"
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")
_READS_BODY = [Depends(require_json)]


def _require_calm(caller: RegisteredCaller, house: House) -> Principal:
    house.limits.check_keep(caller)
    return caller


def _require_patience(caller: RegisteredCaller, house: House) -> Principal:
    house.limits.check_ask(caller)
    return caller


Writer = Annotated[Principal, Depends(_require_calm)]
Asker = Annotated[Principal, Depends(_require_patience)]
Sought = Annotated[
    str,
    Query(
        max_length=MAX_QUERY,
        description="Words that have to stand in the title or in what was said; capitals and"
        " accents do not count",
    ),
]


def _written(moment: object) -> object:
    """Let no bare number through: it would be taken for seconds."""
    if isinstance(moment, str) and not _DATED.match(moment):
        raise ValueError("a moment begins with its date")
    return moment


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as beyond:
        raise ValueError("no such moment") from beyond


Moment = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_in_utc)]
ChangedSince = Annotated[Moment | None, Query(description="Only what was changed since then")]


@router.get("")
def list_conversations(
    *,
    house: House,
    caller: RegisteredCaller,
    query: Sought = "",
    which: Annotated[ConversationFilter, Query(alias="filter")] = ConversationFilter.ALL,
    since: ChangedSince = None,
    limit: Limit = PAGE_SIZE,
    cursor: CursorAsked = None,
) -> ConversationsTold:
    """List the caller's conversations, the one that changed last first, or search them.

    `sourced` are those where pages were quoted, `unanswered` those where the pages said nothing.
    """
    behind = None if cursor is None else _behind(cursor)
    search = Search(words=words_in(query), which=which, since=since)
    with house.transactions.reading() as tx:
        page = search_conversations(tx, caller, search, behind=behind, limit=limit)
    return ConversationsTold(
        items=[match_told(each) for each in page.matches],
        next=_cursor(page.matches[-1].conversation) if page.has_more else None,
    )


@router.post(
    "",
    status_code=201,
    dependencies=_READS_BODY,
    responses={**OF_A_BODY, **refusing(409), **LOCATED},
)
def start_conversation(
    asked: ConversationAsked, response: Response, *, house: House, caller: Writer
) -> ConversationTold:
    """Begin a conversation; `Location` says where it is."""
    with house.transactions.writing() as tx:
        begun = conversations.start_conversation(tx, caller, title=asked.title)
    response.headers["Location"] = f"/api/v1/conversations/{begun.id}"
    return conversation_told(begun)


@router.get("/{conversation_id}", responses=_OF_ONE)
def read_conversation(
    conversation_id: PathId, *, house: House, caller: RegisteredCaller
) -> ConversationTold:
    """Read what one conversation is called, and when it changed."""
    with house.transactions.reading() as tx:
        return conversation_told(conversations.get_conversation(tx, caller, conversation_id))


@router.put("/{conversation_id}", dependencies=_READS_BODY, responses={**OF_A_BODY, **_OF_ONE})
def rename_conversation(
    conversation_id: PathId, asked: ConversationRenamed, *, house: House, caller: Writer
) -> ConversationTold:
    """Call a conversation something else."""
    with house.transactions.writing() as tx:
        return conversation_told(
            conversations.rename_conversation(tx, caller, conversation_id, asked.title)
        )


@router.delete("/{conversation_id}", status_code=204, responses=_OF_ONE)
def delete_conversation(conversation_id: PathId, *, house: House, caller: Writer) -> Response:
    """Delete a conversation with all that was said in it."""
    with house.transactions.writing() as tx:
        conversations.delete_conversation(tx, caller, conversation_id)
    return Response(status_code=204, headers=NO_STORE)


def _cursor(last: Conversation) -> str:
    at = last.updated_at
    return encode_cursor(_CURSOR, int(at.timestamp()), at.microsecond, last.id)


def _behind(cursor: str) -> Behind:
    seconds, microseconds, last_id = decode_cursor(cursor, _CURSOR, parts=3)
    rest = timedelta(microseconds=number_in(microseconds))
    try:
        updated_at = datetime.fromtimestamp(number_in(seconds), UTC) + rest
    except (OverflowError, ValueError, OSError) as beyond:
        raise bad_cursor() from beyond
    return Behind(updated_at=updated_at, id=last_id)
