"""Settling open questions: as done, or by a page; whoever handed one over hears of it."""

from collections.abc import Mapping

from treno_chat.actions.assistant.desk import Desk, tell_desks
from treno_chat.actions.assistant.guide import figures_of
from treno_chat.actions.assistant.open_questions import access_open_question
from treno_chat.actions.assistant.own_pages import write_page
from treno_chat.actions.assistant.staff_words import say_for_staff
from treno_chat.actions.transaction import Transaction
from treno_chat.assistant.passages import passages_of
from treno_chat.domain.assistant.answers import snippet_of
from treno_chat.domain.assistant.conversations import Conversation, Source
from treno_chat.domain.assistant.open_questions import OpenQuestion
from treno_chat.domain.assistant.own_pages import PageDraft, WrittenPage
from treno_chat.domain.ids import OpenQuestionId
from treno_chat.domain.refusals import Conflict
from treno_chat.domain.words import Language, Words
from treno_chat.stores.assistant import conversations, open_questions
from treno_chat.stores.door import users
from treno_chat.stores.talk import places

Catalogues = Mapping[Language, Words]


def settle_question(
    tx: Transaction, desk: Desk, question_id: OpenQuestionId, *, words: Catalogues
) -> None:
    """Let a question wait no more, without a page for it; twice is the same as once."""
    _settle(tx, desk, _hold(tx, desk, question_id), words=words)


def answer_with_page(
    tx: Transaction,
    desk: Desk,
    question_id: OpenQuestionId,
    draft: PageDraft,
    *,
    words: Catalogues,
    replacing: str | None = None,
) -> WrittenPage:
    """Answer a question by a page of the place's own, which everybody gets from now on."""
    question = _hold(tx, desk, question_id)
    page = write_page(tx, desk.place, draft, replacing=replacing)
    _settle(tx, desk, question, words=words, page=page)
    return page


def _hold(tx: Transaction, desk: Desk, question_id: OpenQuestionId) -> OpenQuestion:
    """Hold a question, after all that is held before one: its conversation, and the place."""
    asked = access_open_question(tx, desk, question_id)
    _conversation(tx, asked)
    places.hold(tx.db, desk.place.id)
    return access_open_question(tx, desk, question_id, is_held=True)


def _conversation(tx: Transaction, question: OpenQuestion) -> Conversation | None:
    """Return the conversation in which it was asked, held until the unit ends."""
    if question.asker is None or question.utterance_id is None:
        return None
    users.keep(tx.db, question.asker.id)
    return conversations.of_utterance(tx.db, question.asker.id, question.utterance_id)


def _settle(
    tx: Transaction,
    desk: Desk,
    question: OpenQuestion,
    *,
    words: Catalogues,
    page: WrittenPage | None = None,
) -> None:
    if question.settled_at is not None:
        return
    open_questions.settle(tx.db, question.id, now=tx.now)
    if question.asker is not None:
        # At the desk they are one.
        open_questions.settle_nameless(tx.db, desk.place.id, question.body, now=tx.now)
    tell_desks(tx, desk.place)
    try:
        _tell_asker(tx, desk, question, words=words[question.language], page=page)
    except Conflict:
        # The conversation is full: staff have done their part, and cannot help that.
        return


def _tell_asker(
    tx: Transaction, desk: Desk, question: OpenQuestion, *, words: Words, page: WrittenPage | None
) -> None:
    asker, question_id = question.asker, question.utterance_id
    conversation = _conversation(tx, question)
    if asker is None or question_id is None or conversation is None:
        return
    say_for_staff(
        tx,
        asker.id,
        conversation,
        answers_id=question_id,
        place_id=desk.place.id,
        body=words.say("assistant.staff_answered" if page else "assistant.staff_settled"),
        sources=() if page is None else (_source(tx, desk, page),),
    )


def _source(tx: Transaction, desk: Desk, page: WrittenPage) -> Source:
    first = passages_of(page.filled(figures_of(desk.place, tx.policy)))[0]
    return Source(
        title=page.title,
        snippet=snippet_of(first.text),
        position=str(first.position),
        slug=page.slug,
        language=page.language,
        updated=page.updated,
    )
