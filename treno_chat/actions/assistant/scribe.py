"""The scribe: has a writer put an answer into words while the person watches, and may stop it."""

import time
from collections.abc import Callable
from dataclasses import replace
from threading import BoundedSemaphore

import structlog

from treno_chat.actions.assistant.guide import Guide
from treno_chat.actions.assistant.own_tasks import OwnTasks
from treno_chat.actions.assistant.runs import Reply, Run
from treno_chat.actions.assistant.sources import sources_of
from treno_chat.actions.transaction import Transactions
from treno_chat.assistant.answering import LookedUp
from treno_chat.assistant.briefing import number_passages
from treno_chat.assistant.model.marks import has_mark
from treno_chat.assistant.model.task_words import speaks_of_tasks
from treno_chat.assistant.writing import (
    Brief,
    Draft,
    IsStopped,
    NumberedPassage,
    Tell,
    Turn,
    Writer,
    WriterAway,
)
from treno_chat.domain.assistant.conversations import UtteranceStatus
from treno_chat.domain.assistant.events import AnswerGrew
from treno_chat.stores.assistant import answer_runs

log = structlog.get_logger(__name__)

TELLS_PER_SECOND = 10
LOOKS_PER_SECOND = 4
# Writers wait for a network: many may, but never so many that nobody is left to quote pages.
WRITING_AT_ONCE = 32


class Scribe:
    """Gives the writer what it needs and nothing of anybody else's."""

    def __init__(self, transactions: Transactions, writer: Writer, *, guide: Guide) -> None:
        self._transactions = transactions
        self._writer = writer
        self._guide = guide
        self._desks = BoundedSemaphore(WRITING_AT_ONCE)

    def write(self, run: Run, looked: LookedUp, *, tools: OwnTasks | None) -> Reply | None:
        """Return what was written, None when nothing that could be used came in time."""
        is_stopped = self._looks(run)
        draft = self._ask(self._brief(run, looked, tools), self._tells(run), is_stopped)
        if draft is None:
            return _stopped(looked) if is_stopped() else None
        return _reply(draft, looked, is_stopped=is_stopped(), tools=tools)

    def tend(self, run: Run, looked: LookedUp, tools: OwnTasks) -> Reply | None:
        """Return what was done about a person's tasks, None when it was nothing.

        No page is at hand, so nothing that is only said counts, and nobody sees it being written.
        """
        brief = replace(self._brief(run, looked, tools), passages=(), search=None)
        if not speaks_of_tasks(brief):
            return None
        draft = self._ask(brief, lambda _text: None, self._looks(run))
        if draft is None or not (tools.has_acted or draft.pending):
            return None
        return Reply(
            text=draft.text,
            engine=draft.engine,
            has_acted=tools.has_acted,
            pending=draft.pending,
        )

    def _ask(self, brief: Brief, tell: Tell, is_stopped: IsStopped) -> Draft | None:
        if not self._desks.acquire(blocking=False):
            log.warning("writer_away", reason="busy")
            return None
        try:
            return self._writer.write(brief, tell=tell, is_stopped=is_stopped)
        except WriterAway as away:
            log.warning("writer_away", reason=away.reason)
            return None
        finally:
            self._desks.release()

    def close(self) -> None:
        """Let go of connections."""
        self._writer.close()

    def _brief(self, run: Run, looked: LookedUp, tools: OwnTasks | None) -> Brief:
        def search(text: str) -> tuple[NumberedPassage, ...]:
            language = looked.question.language
            found = self._guide.look_up(text, run.place, screen=language, until=run.until)
            return tuple(_unnumbered(each) for each in number_passages(found))

        return Brief(
            question=run.question.body,
            language=looked.question.language,
            passages=number_passages(looked),
            turns=tuple(
                Turn(role=each.role, text=each.body)
                for each in run.before
                if each.status is not UtteranceStatus.FAILED
            ),
            tools=tools,
            search=search,
            until=run.until,
        )

    def _tells(self, run: Run) -> Tell:
        ready = _now_and_then(TELLS_PER_SECOND)

        def tell(text: str) -> None:
            if ready():
                grown = AnswerGrew(
                    user_id=run.user_id,
                    conversation_id=run.conversation_id,
                    question_id=run.question.id,
                    text=text,
                )
                self._transactions.announce((grown,))

        return tell

    def _looks(self, run: Run) -> IsStopped:
        """Ask the database now and then: the stop may come to any process."""
        ready = _now_and_then(LOOKS_PER_SECOND)
        is_over = False

        def is_stopped() -> bool:
            nonlocal is_over
            if not is_over and ready():
                with self._transactions.reading() as tx:
                    is_over = answer_runs.is_stopped(tx.db, run.user_id, run.question.id)
            return is_over

        return is_stopped


def _now_and_then(per_second: int) -> Callable[[], bool]:
    last = float("-inf")

    def ready() -> bool:
        nonlocal last
        if (now := time.monotonic()) - last < 1 / per_second:
            return False
        last = now
        return True

    return ready


def _reply(
    draft: Draft, looked: LookedUp, *, is_stopped: bool, tools: OwnTasks | None
) -> Reply | None:
    if not draft.text.strip() and not is_stopped:
        return None
    uncited = "+uncited" if draft.is_uncited else ""
    # Who was only told that something is done was told nothing from a page.
    has_sources = draft.is_uncited or has_mark(draft.text)
    return Reply(
        text=draft.text,
        engine=f"{draft.engine}+{looked.found.engine}{uncited}",
        sources=sources_of(looked.citations) if has_sources else (),
        status=UtteranceStatus.STOPPED if is_stopped else UtteranceStatus.SAID,
        is_degraded=looked.found.is_degraded,
        is_truncated=draft.is_truncated and not is_stopped,
        has_acted=tools is not None and tools.has_acted,
        pending=draft.pending,
    )


def _stopped(looked: LookedUp) -> Reply:
    """Return the answer that was stopped before there was a word of it."""
    return Reply(text="", engine=looked.found.engine, status=UtteranceStatus.STOPPED)


def _unnumbered(passage: NumberedPassage) -> NumberedPassage:
    return NumberedPassage(
        number=0, title=passage.title, text=passage.text, language=passage.language
    )
