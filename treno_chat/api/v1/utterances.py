"""What is said in a person's own conversations: stored first, answered on request."""

from uuid import uuid4

from fastapi import APIRouter, Depends

from treno_chat.actions.assistant.utterances import (
    answer_utterance,
    list_utterances,
    say_in_conversation,
)
from treno_chat.api.forms import require_json
from treno_chat.api.house import House
from treno_chat.api.v1.caller import RegisteredCaller
from treno_chat.api.v1.conversation_shapes import (
    UtteranceAsked,
    UtterancesTold,
    UtteranceTold,
    utterance_told,
)
from treno_chat.api.v1.conversations import Writer
from treno_chat.api.v1.cursors import decode_cursor, encode_cursor, number_in
from treno_chat.api.v1.problems import OF_A_BODY, OF_A_CALLER, refusing
from treno_chat.api.v1.shapes import CursorAsked, Limit, PathId, about_content
from treno_chat.domain.assistant.conversations import PAGE_SIZE

router = APIRouter(
    prefix="/conversations/{conversation_id}/messages",
    tags=["conversations"],
    responses={**OF_A_CALLER, **refusing(404)},
)
_CURSOR = "said"


@router.get("")
def list_conversation_messages(
    conversation_id: PathId,
    *,
    house: House,
    caller: RegisteredCaller,
    limit: Limit = PAGE_SIZE,
    cursor: CursorAsked = None,
) -> UtterancesTold:
    """List what was said, the newest first."""
    before = None if cursor is None else number_in(decode_cursor(cursor, _CURSOR, parts=1)[0])
    with house.transactions.reading() as tx:
        page = list_utterances(tx, caller, conversation_id, before_seq=before, limit=limit)
    return UtterancesTold(
        items=[utterance_told(each) for each in reversed(page.utterances)],
        next=encode_cursor(_CURSOR, page.utterances[0].seq) if page.has_older else None,
    )


@router.post(
    "",
    status_code=201,
    dependencies=[Depends(require_json)],
    responses={**OF_A_BODY, **refusing(409)},
)
def post_conversation_message(
    conversation_id: PathId, asked: UtteranceAsked, *, house: House, caller: Writer
) -> UtteranceTold:
    """Say something: it is stored, whether or not anybody can answer it.

    The first thing that is said gives a conversation without a title its name.
    """
    client_id = asked.client_id or str(uuid4())
    with about_content(), house.transactions.writing() as tx:
        said = say_in_conversation(
            tx, caller, conversation_id, text=asked.content, client_id=client_id
        )
    return utterance_told(said)


@router.post("/{message_id}/reply", status_code=201)
def reply_to_conversation_message(
    conversation_id: PathId, message_id: PathId, *, house: House, caller: Writer
) -> UtteranceTold:
    """Have something that was said answered.

    Where there is no assistant the answer is 503 `ASSISTANT_NOT_CONFIGURED`, without
    `Retry-After`: what was said stays, and trying again would not help.
    """
    answer = answer_utterance(
        house.transactions, caller, conversation_id, message_id, answerer=house.answerer
    )
    return utterance_told(answer)
