"""Where the API has questions answered: in threads of their own, so many and no more at once."""

from functools import partial

from anyio import to_thread

from treno_chat.api.house import HttpHouse
from treno_chat.domain.assistant.conversations import Utterance
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import ConversationId, UtteranceId
from treno_chat.domain.refusals import Unavailable
from treno_chat.domain.words import Language

# Behind so many nobody gets an answer in time any more.
WAITING_AT_MOST = 200
BUSY_SECONDS = 5


async def answer_in_turn(
    house: HttpHouse,
    caller: Principal,
    *,
    conversation_id: ConversationId,
    question_id: UtteranceId,
    screen: Language,
    is_again: bool = False,
) -> Utterance:
    """Have a question answered that is stored; refuse when too many wait already."""
    if house.answering.statistics().tasks_waiting >= WAITING_AT_MOST:
        raise Unavailable("assistant_busy", seconds=BUSY_SECONDS)
    answer = partial(
        house.assistant.answer,
        caller,
        conversation_id,
        question_id,
        screen=screen,
        is_again=is_again,
    )
    return await to_thread.run_sync(answer, limiter=house.answering)
