"""The counter where messages are handed over: sent beside the request, retried, and told honestly.

An answer never waits for the sending, nor depends on it: how long it took, and whether it failed,
would tell a number that is somebody's from one that is nobody's. A sender that fails is remembered,
and whoever comes next is told, known or not. A decoy asks whether the sender is there.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import structlog

from treno_chat.domain.refusals import Unavailable
from treno_chat.domain.sms import Sms, SmsFailed, SmsRefused, SmsSender

log = structlog.get_logger(__name__)

WAITS = (0.0, 1.0, 4.0)
CLOSED_SECONDS = 60.0
FRESH_SECONDS = 10.0  # so long after a success a decoy need not ask
WORKERS = 4

Work = Callable[[], None]


def unnoted(_reason: str) -> None:
    """Write nothing down: for tests and programs that have no audit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pacing:
    """How time passes for the counter."""

    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep


class Counter:
    """Takes messages after the commit and sees to them in threads of its own."""

    def __init__(
        self,
        sender: SmsSender,
        *,
        note_failure: Callable[[str], None] = unnoted,
        start: Callable[[Work], object] | None = None,
        pacing: Pacing | None = None,
    ) -> None:
        self._sender = sender
        self._note_failure = note_failure
        self._start = start or ThreadPoolExecutor(WORKERS, thread_name_prefix="sms").submit
        self._pacing = pacing or Pacing()
        self._closed_until = float("-inf")
        self._worked_at = float("-inf")

    def require_open(self) -> None:
        """Refuse while the sender is known to fail; a minute later it is tried again."""
        if self._pacing.clock() < self._closed_until:
            raise Unavailable("sms_failed")

    def hand_over(self, sms: Sms | None) -> None:
        """See to a message, or for a decoy to whether there is a sender."""
        self._start(lambda: self._see_to(sms))

    def _see_to(self, sms: Sms | None) -> None:
        if sms is None and self._pacing.clock() - self._worked_at < FRESH_SECONDS:
            return
        reason = ""
        for wait in WAITS:
            self._pacing.pause(wait)
            try:
                self._try(sms)
            except SmsRefused as refused:
                # This number alone: no fault of the sender, and nobody else's business.
                log.warning("sms_refused", reason=str(refused))
                self._note_failure(str(refused))
                return
            except SmsFailed as failed:
                log.warning("sms_failed", reason=str(failed), will_retry=failed.is_passing)
                reason = str(failed)
                if not failed.is_passing:
                    break
            else:
                self._worked_at, self._closed_until = self._pacing.clock(), float("-inf")
                return
        self._closed_until = self._pacing.clock() + CLOSED_SECONDS
        self._note_failure(reason)

    def _try(self, sms: Sms | None) -> None:
        if sms is None:
            self._sender.check()
        else:
            self._sender.send(sms)
