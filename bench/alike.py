"""Whether the time of an answer tells who is known (S14): a number, and a login, known or not."""

import statistics
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bench.rows import Row
from bench.world import World, sqlite_world
from tests.support.accounts import log_in, sign_up
from tests.support.authenticator import Authenticator
from tests.support.texts import Texts
from treno_chat.actions.recovery.code_sending import send_code
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.recovery.codes import Purpose
from treno_chat.domain.refusals import Forbidden
from treno_chat.locales import words_in

ROUNDS = 100
HERS, NOBODYS = "+393456789012", "+393456789013"
BUDGET = "0.80 to 1.25"
Try = Callable[[], object]


@dataclass
class Calendar:
    """A clock that is turned on by days, so that nobody meets a limit."""

    now: datetime = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def turn(self) -> None:
        """Let two days pass."""
        self.now += timedelta(days=2)


def run() -> Iterable[Row]:
    """Try known and unknown in turn, and compare their medians."""
    with sqlite_world() as world:
        calendar = Calendar()
        transactions = _on(world, calendar)
        hers, forger = Authenticator(), Authenticator()
        sign_up(transactions, hers, phone=HERS)
        # A key of somebody's own, under the id and the handle of hers.
        forger.credential_id, forger.handle = hers.credential_id, hers.handle
        stranger = Authenticator(handle=bytes(64))
        yield _compared(
            "a code for a number, known : unknown",
            lambda: _ask(transactions, HERS),
            lambda: _ask(transactions, NOBODYS),
            calendar,
        )
        yield _compared(
            "a refused login, known : unknown passkey",
            lambda: _fail(transactions, forger),
            lambda: _fail(transactions, stranger),
            calendar,
        )


def _on(world: World, calendar: Calendar) -> Transactions:
    given = world.transactions
    return Transactions(
        given.database, policy=given.policy, vault=given.vault, clock=calendar, sms=Texts()
    )


def _ask(transactions: Transactions, phone: str) -> None:
    with transactions.writing() as tx:
        send_code(
            tx,
            Purpose.RECOVERY,
            phone=phone,
            region="IT",
            words=words_in("en"),
            address="192.0.2.1",
        )


def _fail(transactions: Transactions, authenticator: Authenticator) -> None:
    with suppress(Forbidden):
        log_in(transactions, authenticator)


def _compared(what: str, known: Try, unknown: Try, calendar: Calendar) -> Row:
    times: dict[Try, list[float]] = {known: [], unknown: []}
    for number in range(ROUNDS):
        calendar.turn()
        # Whoever comes second finds the caches warm: they take turns in that, too.
        for one in (known, unknown) if number % 2 else (unknown, known):
            started = time.perf_counter()
            one()
            times[one].append(time.perf_counter() - started)
    medians = [statistics.median(each) * 1000 for each in times.values()]
    return Row(
        what=what,
        measured=f"{medians[0]:.2f} : {medians[1]:.2f} = {medians[0] / medians[1]:.2f}",
        budget=BUDGET,
        unit=f"ms, medians of {ROUNDS}",
    )
