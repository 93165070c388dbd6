"""What waits for the one thread is taken together: of many questions each costs a third."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

from treno_chat.assistant.encoding import OneThread, outcome_of

# Measured: sixteen questions are encoded in 20 ms, one alone in 4; more at once save no more.
LARGEST = 16

Asked = TypeVar("Asked")
Told = TypeVar("Told")


class Batches(Generic[Asked, Told]):
    """Whoever asks while the thread is busy is answered with the others who do."""

    def __init__(
        self, thread: OneThread, answer: Callable[[Sequence[Asked]], Iterable[Told]]
    ) -> None:
        self._thread = thread
        self._answer = answer
        self._waiting: deque[tuple[Asked, Future[Told]]] = deque()

    def ask(self, asked: Asked, *, patience: float) -> Told:
        """Return the answer; raises EncoderFault when its turn does not end in time."""
        future: Future[Told] = Future()
        self._waiting.append((asked, future))
        self._thread.begin(self._take)
        return outcome_of(future, patience=patience)

    def _take(self) -> None:
        """Answer all that wait; what was taken along by the turn before waits no longer."""
        batch: list[tuple[Asked, Future[Told]]] = []
        while self._waiting and len(batch) < LARGEST:
            asked, future = self._waiting.popleft()
            # Whoever lost patience is not answered.
            if future.set_running_or_notify_cancel():
                batch.append((asked, future))
        try:
            answers = self._answer([asked for asked, _ in batch]) if batch else ()
            for (_, future), told in zip(batch, answers, strict=True):
                future.set_result(told)
        except Exception as fault:  # noqa: BLE001 -- it belongs to those who asked
            for _, future in batch:
                if not future.done():
                    future.set_exception(fault)
