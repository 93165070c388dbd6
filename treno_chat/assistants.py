"""Who answers questions, as the settings say."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager

import structlog
from anyio import to_thread

from treno_chat.actions.assistant.answering import Assistant
from treno_chat.actions.assistant.guide import Guide
from treno_chat.actions.assistant.mentions import Mentions
from treno_chat.actions.assistant.own_pages import StoredPages
from treno_chat.actions.assistant.passages import StoredVectors, forget_vectors
from treno_chat.actions.assistant.scribe import Scribe
from treno_chat.actions.operations.readiness import DATABASE_AWAY
from treno_chat.actions.transaction import Transactions
from treno_chat.assistant.answering import Answerer
from treno_chat.assistant.finding import Retriever
from treno_chat.assistant.library import Library
from treno_chat.assistant.model.endpoint import Bounds, Endpoint
from treno_chat.assistant.model.opening import open_writer
from treno_chat.assistant.opening import Embeddings, RemoteModel, open_retriever
from treno_chat.assistant.writing import Writer
from treno_chat.domain.refusals import Unavailable
from treno_chat.domain.talk.events import Event, GuideChanged
from treno_chat.domain.words import Language, Words
from treno_chat.settings import Settings

log = structlog.get_logger(__name__)
LOOK_SECONDS = 2
DAY_SECONDS = 24 * 60 * 60


def assistant_of(
    settings: Settings, transactions: Transactions, words: Mapping[Language, Words]
) -> Assistant:
    """Return whoever answers people in their conversations; nothing is loaded or asked yet."""
    retriever = retriever_of(settings, transactions)
    guide = Guide(
        transactions,
        library=Library(own=StoredPages(transactions), seconds=LOOK_SECONDS),
        retriever=retriever,
        answerer=Answerer(retriever, words),
        default_place=settings.default_place,
    )
    writer = writer_of(settings, words)
    scribe = None if writer is None else Scribe(transactions, writer, guide=guide)
    return Assistant(
        transactions,
        guide=guide,
        words=words,
        scribe=scribe,
        seconds=settings.assistant_deadline_s,
    )


class Upkeep:
    """Bound to the server's life: pages are read before anybody asks, and none waits for that."""

    def __init__(
        self, assistant: Assistant, transactions: Transactions, mentions: Mentions
    ) -> None:
        self._assistant = assistant
        self._transactions = transactions
        self._mentions = mentions
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="guide")

    def hear(self, events: Sequence[Event]) -> None:
        """Read the pages of a place as soon as they changed, in whichever process."""
        if any(isinstance(event, GuideChanged) for event in events):
            self._reader.submit(self.tidy).add_done_callback(_note_fault)

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Read the pages now, tidy up every day, and let go at the end."""
        upkeep = asyncio.create_task(self._keep_going())
        try:
            yield
        finally:
            upkeep.cancel()
            await asyncio.gather(upkeep, return_exceptions=True)
            self._reader.shutdown(wait=False, cancel_futures=True)
            self._mentions.close()
            self._assistant.close()

    async def _keep_going(self) -> None:
        while True:
            # Whoever stops the server does not wait for the weights of an encoder.
            await to_thread.run_sync(self.tidy, abandon_on_cancel=True)
            await asyncio.sleep(DAY_SECONDS)

    def tidy(self) -> None:
        """Read the pages of every place, and forget the vectors of what is gone."""
        try:
            self._assistant.guide.prepare()
            kept = self._assistant.guide.hashes()
            gone = forget_vectors(self._transactions, but=kept)
        except (*DATABASE_AWAY, Unavailable) as away:
            # What could not be read now is read with the first question.
            log.warning("pages_not_read", reason=type(away).__name__)
        else:
            log.info("pages_read", texts=len(kept), forgotten=gone)


def _note_fault(read: Future[None]) -> None:
    if not read.cancelled() and (fault := read.exception()) is not None:
        log.error("pages_not_read", exc_info=fault)


def retriever_of(settings: Settings, transactions: Transactions) -> Retriever:
    """Return whoever finds pages."""
    remote = RemoteModel(
        base_url=settings.embeddings_base_url,
        model=settings.embeddings_model,
        key=settings.embeddings_api_key.get_secret_value(),
    )
    return open_retriever(
        settings.embeddings,
        kept=StoredVectors(transactions),
        remote=remote if settings.embeddings is Embeddings.REMOTE else None,
        threshold=settings.assistant_threshold or None,
    )


def writer_of(settings: Settings, words: Mapping[Language, Words]) -> Writer | None:
    """Return whoever words the answers; None where sentences of the pages are quoted."""
    bounds = Bounds(
        deadline_seconds=settings.assistant_deadline_s, max_tokens=settings.assistant_max_tokens
    )
    return open_writer(tuple(_endpoints(settings)), words=words, bounds=bounds)


def _endpoints(settings: Settings) -> Generator[Endpoint]:
    if settings.assistant_base_url:
        yield Endpoint(
            base_url=settings.assistant_base_url,
            model=settings.assistant_model,
            key=settings.assistant_api_key.get_secret_value(),
        )
    if settings.assistant_fallback_base_url:
        yield Endpoint(
            base_url=settings.assistant_fallback_base_url,
            model=settings.assistant_fallback_model,
            key=settings.assistant_fallback_api_key.get_secret_value(),
        )
