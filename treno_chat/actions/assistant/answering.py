"""Answering: the question is stored before anything runs, and whatever happens leaves an answer."""

import secrets
import time
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from functools import partial

import structlog
from structlog.contextvars import get_contextvars

from treno_chat.actions.assistant.guide import Guide
from treno_chat.actions.assistant.open_questions import note_unanswered
from treno_chat.actions.assistant.own_tasks import OwnTasks
from treno_chat.actions.assistant.runs import (
    TASKS,
    Reply,
    Run,
    begin_run,
    hold_unanswered,
    keep_reply,
    let_go,
)
from treno_chat.actions.assistant.scribe import Scribe
from treno_chat.actions.assistant.sources import sources_of
from treno_chat.actions.transaction import Transactions
from treno_chat.assistant.intents import read_intent
from treno_chat.assistant.languages import detect_language
from treno_chat.assistant.task_talk import talk_of_tasks
from treno_chat.domain.assistant.conversations import Utterance, UtteranceStatus
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import ConversationId, UtteranceId
from treno_chat.domain.refusals import ChatError
from treno_chat.domain.words import Language, Words

log = structlog.get_logger(__name__)

# Of the five that are promised: the rest is for quoting the pages and keeping the answer.
ANSWER_SECONDS = 4.5


class Assistant:
    """Answers what people asked in their own conversations; called from worker threads."""

    def __init__(
        self,
        transactions: Transactions,
        *,
        guide: Guide,
        words: Mapping[Language, Words],
        scribe: Scribe | None = None,
        seconds: float = ANSWER_SECONDS,
    ) -> None:
        self.guide = guide
        self._transactions = transactions
        self._words = words
        self._scribe = scribe
        self._seconds = seconds

    def answer(
        self,
        principal: Principal,
        conversation_id: ConversationId,
        question_id: UtteranceId,
        *,
        screen: Language,
        is_again: bool = False,
    ) -> Utterance:
        """Return the answer to a question that is stored; `is_again` has it written anew.

        What fails is an answer that says so. A refusal is raised, and nothing is kept then.
        """
        begun = time.monotonic()
        # Quoting takes milliseconds: nobody has to be told, by a write, that it is going on. And
        # no claim has to outlive a power cut.
        is_claimed = self._scribe is not None
        writing = partial(self._transactions.writing, is_durable=False)
        with (writing if is_claimed else self._transactions.reading)() as tx:
            begun = begin_run(
                tx,
                principal,
                conversation_id=conversation_id,
                question_id=question_id,
                place=self.guide.place_of(tx, principal),
                is_again=is_again,
                is_claimed=is_claimed,
                begun=begun,
                seconds=self._seconds,
            )
        return begun if isinstance(begun, Utterance) else self._finish(begun, screen)

    def close(self) -> None:
        """Let go of threads and connections."""
        self.guide.close()
        if self._scribe is not None:
            self._scribe.close()

    def _finish(self, run: Run, screen: Language) -> Utterance:
        opens = self._transactions.writing
        tools = OwnTasks(run.principal, opens=opens) if run.may_act else None
        try:
            return self._about_tasks(run, screen) or self._from_pages(run, screen, tools)
        except ChatError:
            with self._transactions.writing() as tx:
                let_go(tx, run)
            raise
        except Exception as fault:  # noqa: BLE001 -- nobody else could tell what became of it
            failed = self._failed(run, screen, fault)
            has_acted = tools is not None and tools.has_acted
            return self._keep(run, replace(failed, has_acted=has_acted))

    def _about_tasks(self, run: Run, screen: Language) -> Utterance | None:
        """Return the answer to what is about tasks: what was done, and that it was, in one unit."""
        text = run.question.body
        if not run.may_act or (run.pending is None and read_intent(text) is None):
            return None
        words = self._words[detect_language(text, otherwise=screen)]
        with self._transactions.writing() as tx:
            if (known := hold_unanswered(tx, run)) is not None:
                return known
            tools = OwnTasks(run.principal, opens=lambda: nullcontext(tx))
            told = talk_of_tasks(text, tools, words=words, pending=run.pending)
            if told is None:
                return None
            reply = Reply(
                text=told.text, engine=TASKS, has_acted=tools.has_acted, pending=told.pending
            )
            return keep_reply(tx, run, reply)

    def _from_pages(self, run: Run, screen: Language, tools: OwnTasks | None) -> Utterance:
        looked = self.guide.look_up(
            run.question.body, run.place, screen=screen, cited=run.cited, until=run.until
        )
        quoted = self.guide.say(looked)
        reply = Reply(
            text=quoted.text,
            engine=quoted.engine,
            sources=sources_of(quoted.sources),
            is_degraded=quoted.is_degraded,
            is_refusal=quoted.is_refusal,
        )
        # What the pages do not answer, no writer is asked: it would invent. It may do what a person
        # wants of their own tasks and the grammar does not read.
        if quoted.is_refusal:
            tended = self._scribe.tend(run, looked, tools) if self._scribe and tools else None
            if tended is not None:
                return self._keep(run, tended)
            return self._keep_refusal(run, reply, quoted.language)
        if self._scribe is None:
            return self._keep(run, reply)
        written = self._scribe.write(run, looked, tools=tools)
        return self._keep(run, written or replace(reply, is_degraded=True))

    def _keep(self, run: Run, reply: Reply) -> Utterance:
        with self._transactions.writing() as tx:
            return keep_reply(tx, run, reply)

    def _keep_refusal(self, run: Run, reply: Reply, language: Language) -> Utterance:
        with self._transactions.writing() as tx:
            # The conversation before the place: so do all who hold both.
            if hold_unanswered(tx, run) is None and not run.is_again:
                note_unanswered(tx, run.place.id, question=run.question.body, language=language)
            return keep_reply(tx, run, reply)

    def _failed(self, run: Run, screen: Language, fault: Exception) -> Reply:
        reference = str(get_contextvars().get("reference", "")) or secrets.token_hex(4)
        log.error("answer_failed", reference=reference, user=run.user_id, exc_info=fault)
        words = self._words[detect_language(run.question.body, otherwise=screen)]
        return Reply(
            text=words.say("assistant.failed", reference=reference),
            engine="",
            status=UtteranceStatus.FAILED,
        )
