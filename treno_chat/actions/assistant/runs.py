"""Runs: a question that is being answered, from what it needs to the answer that is kept."""

import time
from dataclasses import dataclass
from datetime import timedelta

from treno_chat.actions.assistant import asked_back
from treno_chat.actions.assistant.conversations import access_conversation
from treno_chat.actions.assistant.utterances import access_question, keep_utterance
from treno_chat.actions.transaction import Transaction
from treno_chat.assistant.task_talk import Pending
from treno_chat.assistant.writing import MAX_TURNS
from treno_chat.domain.assistant.conversations import (
    MAX_UTTERANCES,
    Role,
    Source,
    Utterance,
    UtteranceStatus,
)
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import ConversationId, UserId, UtteranceId, new_id
from treno_chat.domain.places import Place
from treno_chat.domain.refusals import Conflict
from treno_chat.stores.assistant import answer_runs, conversations, utterances
from treno_chat.stores.door import users
from treno_chat.stores.talk import places

TASKS = "tasks@1"
# Far beyond the deadline: whoever still stands there then was cut off with its process.
STALE = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A question and all that answering it needs.

    It `is_again` when it was answered before, and `has_acted` when a try that failed did as well.
    `asked` is what was asked back so far, as it is kept; `pending` if that still counts. It has
    `begun` and the answer is due, at moments of `time.monotonic`.
    """

    principal: Principal
    user_id: UserId
    conversation_id: ConversationId
    question: Utterance
    place: Place
    before: tuple[Utterance, ...]
    asked: str
    pending: Pending | None
    newest: Utterance | None
    is_claimed: bool
    is_again: bool
    has_acted: bool
    begun: float
    until: float

    @property
    def may_act(self) -> bool:
        """Say whether something may be done: once it was, or was told, nothing is done anew."""
        return not (self.is_again or self.has_acted)

    @property
    def cited(self) -> str | None:
        """The page that the answer before was taken from: a short follow-up stays on it."""
        last = self.before[-1] if self.before else None
        if last is None or last.is_refusal or not last.sources:
            return None
        return last.sources[0].slug


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What is answered, before it has its place in the conversation; `pending` is asked back."""

    text: str
    engine: str
    sources: tuple[Source, ...] = ()
    status: UtteranceStatus = UtteranceStatus.SAID
    is_degraded: bool = False
    is_refusal: bool = False
    is_truncated: bool = False
    has_acted: bool = False
    pending: Pending | None = None


def begin_run(
    tx: Transaction,
    principal: Principal,
    *,
    conversation_id: ConversationId,
    question_id: UtteranceId,
    place: Place,
    is_again: bool,
    is_claimed: bool,
    begun: float,
    seconds: float,
) -> Run | Utterance:
    """Return what answering a question takes; what is answered already is returned.

    Where it takes long it `is_claimed`, which is a write: one at a time for each person. It has
    `begun` when it was asked for, and may take so many `seconds`.
    """
    user_id, question = access_question(tx, principal, conversation_id, question_id)
    given = utterances.answers_to(tx.db, question.conversation_id, question.id)
    newest = given[0] if given else None
    if newest is not None and not is_again and newest.status is not UtteranceStatus.FAILED:
        return newest
    if any(each.engine == TASKS for each in given):
        # What was done to the tasks is done: once more it would be done twice.
        raise Conflict("not_again")
    last_seq, asked = conversations.stand(tx.db, question.conversation_id)
    if last_seq > MAX_UTTERANCES:
        raise Conflict("list_full", max=MAX_UTTERANCES)
    _require_turn(tx, user_id, question, is_claimed=is_claimed)
    before = _before(tx, question)
    return Run(
        principal=principal,
        user_id=user_id,
        conversation_id=question.conversation_id,
        question=question,
        place=place,
        before=before,
        pending=asked_back.read(asked, after=before[-1].seq) if before else None,
        is_claimed=is_claimed,
        # Where every try failed there is nothing to write anew: it is answered for the first time.
        is_again=any(each.status is not UtteranceStatus.FAILED for each in given),
        asked=asked,
        newest=newest,
        has_acted=any(each.has_acted for each in given),
        begun=begun,
        until=begun + seconds,
    )


def keep_reply(tx: Transaction, run: Run, reply: Reply) -> Utterance:
    """Keep an answer with its sources, and be done with its question, in one unit."""
    user_id, conversation = access_conversation(
        tx, run.principal, run.conversation_id, is_held=True
    )
    let_go(tx, run)
    if (known := _answered_meanwhile(tx, run)) is not None:
        return known
    answer = Utterance(
        id=new_id(),
        conversation_id=conversation.id,
        seq=conversations.take_seq(tx.db, conversation.id),
        client_id=new_id(),
        role=Role.ASSISTANT,
        status=reply.status,
        body=reply.text,
        said_at=tx.now,
        sources=reply.sources,
        answers_id=run.question.id,
        # It may have been removed while the answer was written.
        place_id=run.place.id if places.stands(tx.db, run.place.id) else None,
        engine=reply.engine,
        latency_ms=round((time.monotonic() - run.begun) * 1000),
        is_degraded=reply.is_degraded,
        is_refusal=reply.is_refusal,
        is_truncated=reply.is_truncated,
        has_acted=reply.has_acted,
    )
    keep_utterance(tx, user_id, conversation, answer)
    asked = asked_back.written(reply.pending, after=answer.seq)
    if not run.is_again and asked != run.asked:
        conversations.keep_pending(tx.db, conversation.id, asked)
    return answer


def hold_unanswered(tx: Transaction, run: Run) -> Utterance | None:
    """Hold a question until the unit ends, so that it is acted upon once; or return its answer."""
    # The person first: so do all who hold both.
    users.hold(tx.db, run.user_id)
    access_conversation(tx, run.principal, run.conversation_id, is_held=True)
    return _answered_meanwhile(tx, run)


def let_go(tx: Transaction, run: Run) -> None:
    """Be done with a question, answered or not."""
    if run.is_claimed:
        answer_runs.release(tx.db, run.user_id, run.question.id)


def stop_answer(
    tx: Transaction,
    principal: Principal,
    conversation_id: ConversationId,
    question_id: UtteranceId,
) -> None:
    """Have an answer stopped that is being written; what is there by then is kept."""
    user_id, question = access_question(tx, principal, conversation_id, question_id)
    answer_runs.stop(tx.db, user_id, question.id)


def _answered_meanwhile(tx: Transaction, run: Run) -> Utterance | None:
    newest = utterances.newest_answer(tx.db, run.conversation_id, run.question.id)
    if newest is None or newest.status is UtteranceStatus.FAILED:
        return None
    is_the_same = run.newest is not None and newest.id == run.newest.id
    return None if is_the_same else newest


def _require_turn(
    tx: Transaction, user_id: UserId, question: Utterance, *, is_claimed: bool
) -> None:
    stale = tx.now - STALE
    is_free = (
        answer_runs.claim(tx.db, user_id, question.id, now=tx.now, stale=stale)
        if is_claimed
        else not answer_runs.is_busy(tx.db, user_id, stale=stale)
    )
    if not is_free:
        raise Conflict("already_answering")


def _before(tx: Transaction, question: Utterance) -> tuple[Utterance, ...]:
    found = utterances.page_before(
        tx.db, question.conversation_id, before_seq=question.seq, limit=MAX_TURNS
    )
    return tuple(reversed(found))
