"""Answering in rooms: whoever names the assistant gets an answer there, for all to read.

From the pages of the place alone, in their own sentences: nothing of anybody's conversations or
tasks is near, so nothing that is written in a room can bring it out.
"""

import secrets
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import BoundedSemaphore

import structlog

from treno_chat.actions.assistant.guide import Guide
from treno_chat.actions.assistant.open_questions import note_unanswered
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.assistant.answers import Answer
from treno_chat.domain.assistant.events import MentionRefused
from treno_chat.domain.assistant.mentions import NAME, question_in
from treno_chat.domain.ids import SessionId, UserId, new_id
from treno_chat.domain.places import Place, RoomKind
from treno_chat.domain.refusals import ChatError, TooFast
from treno_chat.domain.talk.events import Event, MessageSent
from treno_chat.domain.talk.messages import Author, Message, MessageKind
from treno_chat.domain.words import AT_HOME, LANGUAGES, Language, Words
from treno_chat.stores.account import accounts
from treno_chat.stores.door import users
from treno_chat.stores.talk import messages, rooms
from treno_chat.stores.talk.messages import Unnumbered

log = structlog.get_logger(__name__)

THREADS = 2
# More than that nobody would wait for.
MOST_WAITING = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asker:
    """Somebody who asks in rooms: at a pace of its own, within the same minute as elsewhere."""

    session_id: SessionId
    user_id: UserId


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """What was asked, by whom, and in which message."""

    message: Message
    author: Author
    question: str


class Mentions:
    """Hears what was said once it is stored, and answers on threads of its own."""

    def __init__(
        self,
        transactions: Transactions,
        *,
        guide: Guide,
        limits: Limits,
        words: Mapping[Language, Words],
    ) -> None:
        self._transactions = transactions
        self._guide = guide
        self._limits = limits
        self._words = words
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="mentions")
        self._room_for = BoundedSemaphore(MOST_WAITING)

    def hear(self, events: Sequence[Event]) -> None:
        """Take what names the assistant; whoever announces it does not wait for the answer."""
        for asked in filter(None, map(_asked, events)):
            if not self._room_for.acquire(blocking=False):
                log.warning("mention_dropped", room=asked.message.room_id)
                self._tell(asked, ChatError("assistant_busy"))
                continue
            answering = self._threads.submit(self._answer, asked)
            answering.add_done_callback(partial(self._done, asked))

    def close(self) -> None:
        """Answer what was taken, and take nothing more."""
        self._threads.shutdown()

    def _done(self, asked: _Asked, answered: Future[None]) -> None:
        self._room_for.release()
        match answered.exception():
            case None:
                return
            case TooFast(seconds=seconds):
                log.info("mention_refused", code="too_fast")
                # Not the words for what is sent too fast: what they said is in the room.
                self._tell(asked, TooFast("mention_too_fast", seconds=seconds))
            case ChatError() as refused:
                log.info("mention_refused", code=refused.code)
                self._tell(asked, refused)
            case fault:
                reference = secrets.token_hex(4)
                log.error("mention_failed", reference=reference, exc_info=fault)
                self._tell(asked, ChatError("unexpected", reference=reference))

    def _tell(self, asked: _Asked, refused: ChatError) -> None:
        """Tell whoever asked, and nobody else, that there will be no answer."""
        told = MentionRefused(
            user_id=asked.author.id,
            room_id=asked.message.room_id,
            code=refused.code,
            params=refused.params,
            at=self._transactions.clock(),
        )
        self._transactions.announce((told,))

    def _answer(self, asked: _Asked) -> None:
        message, author = asked.message, asked.author
        asker = _Asker(session_id=f"rooms of {author.id}", user_id=author.id)
        self._limits.check_ask(asker)
        with self._transactions.reading() as tx:
            found = rooms.get(tx.db, message.room_id)
            screen = _screen_of(tx, author.id)
        if found is None or found[0].kind is RoomKind.ANNOUNCEMENTS:
            return
        place = found[1]
        answer = self._look_up(asked.question, place, screen)
        with self._transactions.writing(in_turn=message.room_id) as tx:
            if not _is_there(tx, message, place):
                return
            _say(tx, message, place, self._worded(answer, screen))
            if answer is not None and answer.is_refusal:
                note_unanswered(tx, place.id, question=asked.question, language=answer.language)

    def _look_up(self, question: str, place: Place, screen: Language) -> Answer | None:
        return self._guide.answer(question, place, screen=screen) if question else None

    def _worded(self, answer: Answer | None, screen: Language) -> str:
        """Return what is said: sentences of one page and its title, or the nearest titles."""
        if answer is None:
            return self._words[screen].say("assistant.mention_help", name=NAME)
        words = self._words[answer.language]
        titles = [source.title for source in answer.sources]
        if answer.is_refusal:
            return "\n".join([answer.text, *(f"· {title}" for title in titles)])
        text = answer.text.replace(" [1]", "")
        day = answer.sources[0].updated.strftime("%d/%m/%Y")
        return f"{text}\n{words.say('assistant.mention_source', title=titles[0], date=day)}"


def _asked(event: Event) -> _Asked | None:
    if not isinstance(event, MessageSent):
        return None
    message, author = event.message, event.message.author
    # The house's own lines have no author: it never answers itself.
    if author is None or message.kind is not MessageKind.WORDS:
        return None
    question = question_in(message.body)
    return None if question is None else _Asked(message=message, author=author, question=question)


def _screen_of(tx: Transaction, user_id: UserId) -> Language:
    # Who was erased a moment ago asks nothing any more; that is found out when it is answered.
    is_there = users.get(tx.db, user_id) is not None
    chosen = accounts.profile(tx.db, user_id).language if is_there else None
    for language in LANGUAGES:
        if language == chosen:
            return language
    return AT_HOME


def _is_there(tx: Transaction, message: Message, place: Place) -> bool:
    """Say whether the question still stands: what was taken back is not answered."""
    now = messages.get(tx.db, message.room_id, message.seq, place=place, now=tx.now)
    return now is not None and now.removed_at is None


def _say(tx: Transaction, question: Message, place: Place, body: str) -> None:
    answer = Message(
        id=new_id(),
        room_id=question.room_id,
        seq=0,
        rev=0,
        client_id=new_id(),
        kind=MessageKind.ANSWER,
        author=None,
        body=body,
        sent_at=tx.now,
    )
    unnumbered = Unnumbered(message=answer, visit_id=None, expires_at=tx.now + place.retention)
    stored = messages.append(tx.db, [unnumbered]) or []
    tx.outbox += [MessageSent(message=message) for message in stored]
