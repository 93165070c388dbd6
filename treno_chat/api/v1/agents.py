"""Asking the assistant in one go, and the pages that it quotes."""

from typing import Annotated
from uuid import uuid4

from anyio import to_thread
from fastapi import Depends, Path, Query

from treno_chat.actions.assistant.asking import ask
from treno_chat.api.forms import require_json
from treno_chat.api.house import House, HttpHouse, Spoken
from treno_chat.api.v1.answer_shapes import GuidePageTold, RunAsked, RunTold, guide_page_told
from treno_chat.api.v1.answering import answer_in_turn
from treno_chat.api.v1.caller import RegisteredCaller
from treno_chat.api.v1.conversation_shapes import utterance_told
from treno_chat.api.v1.conversations import Asker
from treno_chat.api.v1.problems import OF_A_BODY, OF_A_CALLER, refusing
from treno_chat.api.v1.router import ApiRouter
from treno_chat.api.v1.shapes import about_content
from treno_chat.domain.assistant.conversations import Utterance
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.words import Language

router = ApiRouter(tags=["assistant"], responses={**OF_A_CALLER, **refusing(404)})
Slug = Annotated[str, Path(max_length=64, description="What a source calls its page")]


@router.post(
    "/agents/run",
    status_code=201,
    dependencies=[Depends(require_json)],
    responses={**OF_A_BODY, **refusing(409)},
)
async def run_agent(asked: RunAsked, *, house: House, caller: Asker, spoken: Spoken) -> RunTold:
    """Ask the assistant: the question is stored, then answered; both stay in a conversation.

    The same `client_id` again asks nothing anew and gets the answer that there is.
    """
    question = await to_thread.run_sync(_ask, asked, house, caller)
    answer = await answer_in_turn(
        house,
        caller,
        conversation_id=question.conversation_id,
        question_id=question.id,
        screen=spoken.language,
    )
    return RunTold(
        conversation_id=question.conversation_id,
        question=utterance_told(question),
        answer=utterance_told(answer),
    )


@router.get("/guide/{slug}")
def read_guide_page(
    slug: Slug,
    language: Annotated[Language | None, Query(description="That of the source")] = None,
    *,
    house: House,
    caller: RegisteredCaller,
    spoken: Spoken,
) -> GuidePageTold:
    """Read a whole page of the place where the caller is; its twin where there is no other."""
    page = house.assistant.guide.find_page(caller, slug, language or spoken.language)
    return guide_page_told(page)


def _ask(asked: RunAsked, house: HttpHouse, caller: Principal) -> Utterance:
    with about_content("message"), house.transactions.writing() as tx:
        return ask(
            tx,
            caller,
            text=asked.message,
            conversation_id=asked.conversation_id,
            client_id=asked.client_id or str(uuid4()),
        )
