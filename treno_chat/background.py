"""What runs beside the requests: delivery, signals from the command line, jobs."""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import structlog
from anyio import CapacityLimiter, to_thread

from treno_chat.actions import jobs
from treno_chat.actions.lanes import narrow_http
from treno_chat.actions.operations import signals
from treno_chat.actions.operations.readiness import DATABASE_AWAY
from treno_chat.actions.transaction import Announce, Transactions, nobody
from treno_chat.realtime.compose import Realtime

log = structlog.get_logger(__name__)

SIGNAL_SECONDS = 1
JOB_SECONDS = 5


class Background:
    """Bound to the server's life: starts with it, stops with it."""

    def __init__(
        self, transactions: Transactions, realtime: Realtime, *, also: Announce = nobody
    ) -> None:
        self.transactions = transactions
        self.realtime = realtime
        self.also = also
        self.holder = f"{socket.gethostname()}:{os.getpid()}"
        self._last_signal = ""

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Keep everything going until the server stops."""
        narrow_http()
        async with self.realtime.running():
            tasks = [
                asyncio.create_task(_every(SIGNAL_SECONDS, self.pass_signals_on)),
                asyncio.create_task(_every(JOB_SECONDS, self.run_jobs)),
            ]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    def pass_signals_on(self) -> None:
        """Announce here what the command line did in another process.

        Every server reads every signal, so none of them needs to pass it on to the others: whoever
        starts, stops or loses Redis meanwhile takes nothing from anybody.
        """
        with self.transactions.reading() as tx:
            events, self._last_signal = signals.read_signals(tx, self._last_signal)
        self.realtime.hub.publish(events, only_here=True)
        self.also(events)

    def run_jobs(self) -> None:
        """Run the jobs that are due, unless another process is at it."""
        for ran in jobs.run_due(self.transactions, self.holder):
            if not ran.has_failed:
                # A job that found nothing to do is no news.
                say = log.info if ran.result else log.debug
                say("job_done", job=ran.name, count=ran.result)


async def _every(seconds: float, work: Callable[[], None]) -> None:
    # One thread of its own: neither does it wait behind those who knock, nor they behind it.
    own = CapacityLimiter(1)
    while True:
        try:
            await to_thread.run_sync(work, limiter=own)
        except DATABASE_AWAY:
            # The next round may find it again, or a connection that is free.
            log.warning("background_database_away", work=work.__name__)
        except Exception:  # The last place where it can be told: nobody waits for this task.
            log.exception("background_failed", work=work.__name__)
        await asyncio.sleep(seconds)
