"""The desk of a place, for its staff alone: pages of its own, and the questions that wait."""

from typing import Annotated

from fastapi import Depends
from starlette.responses import Response

from treno_chat.actions.assistant.desk import access_desk
from treno_chat.actions.assistant.open_questions import list_open_questions
from treno_chat.actions.assistant.own_pages import list_own_pages, remove_page, write_page
from treno_chat.actions.assistant.settling import answer_with_page, settle_question
from treno_chat.api.answers import NO_STORE
from treno_chat.api.forms import require_json
from treno_chat.api.house import House
from treno_chat.api.v1.caller import RegisteredCaller
from treno_chat.api.v1.desk_shapes import (
    PageAsked,
    PagesTold,
    PageTold,
    QuestionsTold,
    draft_of,
    page_told,
    question_told,
)
from treno_chat.api.v1.problems import OF_A_BODY, OF_A_CALLER, refusing
from treno_chat.api.v1.router import ApiRouter
from treno_chat.api.v1.shapes import Limit, PathId
from treno_chat.domain.assistant.open_questions import PAGE_SIZE
from treno_chat.domain.door.sessions import Principal

router = ApiRouter(
    prefix="/places/{place_slug}", tags=["desk"], responses={**OF_A_CALLER, **refusing(404)}
)


def _require_calm(caller: RegisteredCaller, house: House) -> Principal:
    house.limits.check_keep(caller)
    return caller


Writer = Annotated[Principal, Depends(_require_calm)]


@router.get("/pages")
def list_pages(place_slug: PathId, *, house: House, caller: RegisteredCaller) -> PagesTold:
    """List the pages that a place has of its own, over those that come with the house."""
    with house.transactions.reading() as tx:
        pages = list_own_pages(tx, access_desk(tx, caller, place_slug).place)
    return PagesTold(items=[page_told(page) for page in pages])


@router.post(
    "/pages",
    status_code=201,
    dependencies=[Depends(require_json)],
    responses={**OF_A_BODY, **refusing(409)},
)
def keep_page(place_slug: PathId, asked: PageAsked, *, house: House, caller: Writer) -> PageTold:
    """Keep a page, in place of the one of its name: it is shown from the next question on.

    With `answers` it settles an open question, and whoever handed that one over is told. With
    `replaces` it is refused where a colleague was faster.
    """
    draft, replacing = draft_of(asked), asked.replaces
    with house.transactions.writing() as tx:
        desk = access_desk(tx, caller, place_slug)
        if asked.answers is None:
            return page_told(write_page(tx, desk.place, draft, replacing=replacing))
        page = answer_with_page(
            tx, desk, asked.answers, draft, words=house.words, replacing=replacing
        )
    return page_told(page)


@router.delete("/pages/{language}/{slug}", status_code=204)
def delete_page(
    place_slug: PathId, language: PathId, slug: PathId, *, house: House, caller: Writer
) -> Response:
    """Delete a page; where the house has one of that name it shows again."""
    with house.transactions.writing() as tx:
        remove_page(tx, access_desk(tx, caller, place_slug).place, slug, language)
    return Response(status_code=204, headers=NO_STORE)


@router.get("/questions")
def list_questions(
    place_slug: PathId, *, house: House, caller: RegisteredCaller, limit: Limit = PAGE_SIZE
) -> QuestionsTold:
    """List what no page answered, what was answered wrong, and what people handed over."""
    with house.transactions.reading() as tx:
        page = list_open_questions(tx, access_desk(tx, caller, place_slug), limit=limit)
    return QuestionsTold(
        items=[question_told(each) for each in page.questions], has_more=page.has_more
    )


@router.post("/questions/{question_id}/settle", status_code=204)
def settle(place_slug: PathId, question_id: PathId, *, house: House, caller: Writer) -> Response:
    """Let a question wait no more; whoever handed it over is told. Twice is the same as once."""
    with house.transactions.writing() as tx:
        settle_question(tx, access_desk(tx, caller, place_slug), question_id, words=house.words)
    return Response(status_code=204, headers=NO_STORE)
