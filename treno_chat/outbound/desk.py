"""The counter where messages are handed over: sent beside the request, retried, and told honestly.

An answer never waits for the sending, nor depends on it: how long it took, and whether it failed,
would tell a recipient who is somebody from one who is nobody. A sender that fails is remembered,
and whoever comes next is told, known or not. A decoy asks whether the sender is there.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import ClassVar, Generic, Protocol, TypeVar

import structlog

from treno_chat.domain.delivery import DeliveryFailed, Undeliverable
from treno_chat.domain.refusals import Unavailable

log = structlog.get_logger(__name__)

WAITS = (0.0, 1.0, 4.0)
CLOSED_SECONDS = 60.0
FRESH_SECONDS = 10.0  # so long after a success a decoy need not ask
WORKERS = 4

Work = Callable[[], None]
Sent = TypeVar("Sent")
Carried_contra = TypeVar("Carried_contra", contravariant=True)


def unnoted(_reason: str) -> None:
    """Write nothing down: for tests and programs that have no audit."""


class Carrier(Protocol[Carried_contra]):
    """Whoever carries messages of a kind."""

    def send(self, message: Carried_contra, /) -> None:
        """Send a message; raises Undeliverable or DeliveryFailed."""
        ...

    def check(self) -> None:
        """Ask whether messages would be taken; raises DeliveryFailed."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Pacing:
    """How time passes for the counter."""

    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep


class Desk(Generic[Sent]):
    """Takes messages after the commit and sees to them in threads of its own."""

    name: ClassVar[str]  # in the log, and of the refusal `<name>_failed`

    def __init__(
        self,
        sender: Carrier[Sent],
        *,
        note_failure: Callable[[str], None] = unnoted,
        start: Callable[[Work], object] | None = None,
        pacing: Pacing | None = None,
    ) -> None:
        self._sender = sender
        self._note_failure = note_failure
        self._start = start or ThreadPoolExecutor(WORKERS, thread_name_prefix=self.name).submit
        self._pacing = pacing or Pacing()
        self._refused, self._failed = f"{self.name}_refused", f"{self.name}_failed"
        self._closed_until = float("-inf")
        self._worked_at = float("-inf")

    def require_open(self) -> None:
        """Refuse while the sender is known to fail; a minute later it is tried again."""
        if self._pacing.clock() < self._closed_until:
            raise Unavailable(self._failed)

    def hand_over(self, message: Sent | None) -> None:
        """See to a message, or for a decoy to whether there is a sender."""
        self._start(lambda: self._see_to(message))

    def _see_to(self, message: Sent | None) -> None:
        if message is None and self._pacing.clock() - self._worked_at < FRESH_SECONDS:
            return
        reason = ""
        for wait in WAITS:
            self._pacing.pause(wait)
            try:
                self._try(message)
            except Undeliverable as refused:
                # This recipient alone: no fault of the sender, and nobody else's business.
                log.warning(self._refused, reason=str(refused))
                self._note_failure(str(refused))
                return
            except DeliveryFailed as failed:
                log.warning(self._failed, reason=str(failed), will_retry=failed.is_passing)
                reason = str(failed)
                if not failed.is_passing:
                    break
            else:
                self._worked_at, self._closed_until = self._pacing.clock(), float("-inf")
                return
        self._closed_until = self._pacing.clock() + CLOSED_SECONDS
        self._note_failure(reason)

    def _try(self, message: Sent | None) -> None:
        if message is None:
            self._sender.check()
        else:
            self._sender.send(message)
