"""What is said in a person's own conversations: stored first, answered on request."""

from uuid import uuid4

from fastapi import Depends
from starlette.responses import Response

from treno_chat.actions.assistant.handing_over import hand_over
from treno_chat.actions.assistant.rating import rate_answer
from treno_chat.actions.assistant.runs import stop_answer
from treno_chat.actions.assistant.utterances import list_utterances, say_in_conversation
from treno_chat.api.answers import NO_STORE
from treno_chat.api.forms import require_json
from treno_chat.api.house import House, Spoken
from treno_chat.api.v1.answer_shapes import AnswerAsked, RatingAsked
from treno_chat.api.v1.answering import answer_in_turn
from treno_chat.api.v1.caller import RegisteredCaller
from treno_chat.api.v1.conversation_shapes import (
    UtteranceAsked,
    UtterancesTold,
    UtteranceTold,
    utterance_told,
)
from treno_chat.api.v1.conversations import Asker, Writer
from treno_chat.api.v1.cursors import decode_cursor, encode_cursor, number_in
from treno_chat.api.v1.problems import OF_A_BODY, OF_A_CALLER, refusing
from treno_chat.api.v1.router import ApiRouter
from treno_chat.api.v1.shapes import CursorAsked, Limit, PathId, about_content
from treno_chat.domain.assistant.conversations import PAGE_SIZE

router = ApiRouter(
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


@router.post(
    "/{message_id}/reply",
    status_code=201,
    dependencies=[Depends(require_json)],
    responses={**OF_A_BODY, **refusing(409)},
)
async def reply_to_conversation_message(
    conversation_id: PathId,
    message_id: PathId,
    asked: AnswerAsked,
    *,
    house: House,
    caller: Asker,
    spoken: Spoken,
) -> UtteranceTold:
    """Have something that was said answered; what is answered already is answered the same.

    With `again` the answer is written anew, and nothing else is done. One question is answered at
    a time for each person: until then another one is 409 `ALREADY_ANSWERING`.
    """
    answer = await answer_in_turn(
        house,
        caller,
        conversation_id=conversation_id,
        question_id=message_id,
        screen=spoken.language,
        is_again=asked.again,
    )
    return utterance_told(answer)


@router.post("/{message_id}/stop", status_code=204)
def stop_reply_to_conversation_message(
    conversation_id: PathId, message_id: PathId, *, house: House, caller: Writer
) -> Response:
    """Stop the answer to a question while it is being written; what is there is kept."""
    with house.transactions.writing() as tx:
        stop_answer(tx, caller, conversation_id, message_id)
    return Response(status_code=204, headers=NO_STORE)


@router.put("/{message_id}/rating", dependencies=[Depends(require_json)], responses=OF_A_BODY)
def rate_conversation_message(
    conversation_id: PathId,
    message_id: PathId,
    asked: RatingAsked,
    *,
    house: House,
    caller: Writer,
) -> UtteranceTold:
    """Say whether an answer was right; the staff see questions that were answered wrongly.

    They do not see whose they were.
    """
    with house.transactions.writing() as tx:
        return utterance_told(
            rate_answer(tx, caller, conversation_id, message_id, rating=asked.rating)
        )


@router.post("/{message_id}/hand-over", status_code=201, responses=refusing(409))
def hand_over_conversation_message(
    conversation_id: PathId, message_id: PathId, *, house: House, caller: Writer, spoken: Spoken
) -> UtteranceTold:
    """Pass a question on to the staff of the place, who then see whose it is; twice is once.

    What the conversation is told of it is the answer.
    """
    with house.transactions.writing() as tx:
        told = hand_over(tx, caller, conversation_id, message_id, words=spoken)
    return utterance_told(told)
