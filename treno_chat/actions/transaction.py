"""A unit of work: one transaction, its time, and what is announced once it is committed."""

from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlmodel import Session

from treno_chat.actions.turns import Turns
from treno_chat.domain.other_ways.mail import ClosedMailCounter, MailCounter
from treno_chat.domain.policy import Policy
from treno_chat.domain.recovery.sms import ClosedCounter, SmsCounter
from treno_chat.domain.talk.events import Event
from treno_chat.domain.vault import Vault
from treno_chat.stores.database import Database

Announce = Callable[[Sequence[Event]], None]
Clock = Callable[[], datetime]
Afterwards = Callable[[], None]


def utc_now() -> datetime:
    """Return the time, aware, in UTC."""
    return datetime.now(UTC)


def nobody(_events: Sequence[Event]) -> None:
    """Announce to nobody: for tests and programs without listeners."""


def one_after_the_other(*ports: Announce) -> Announce:
    """Return the port that announces to all of these, in their order."""

    def announce(events: Sequence[Event]) -> None:
        for port in ports:
            port(events)

    return announce


@dataclass(kw_only=True, slots=True)
class Transaction:
    """What an action works with; `afterwards` is done once it is committed, and only then."""

    db: Session
    now: datetime
    policy: Policy
    vault: Vault
    sms: SmsCounter = field(default_factory=ClosedCounter)
    mail: MailCounter = field(default_factory=ClosedMailCounter)
    outbox: list[Event] = field(default_factory=list[Event])
    afterwards: list[Afterwards] = field(default_factory=list[Afterwards])


class Transactions:
    """Opens units of work."""

    def __init__(
        self,
        database: Database,
        *,
        policy: Policy,
        vault: Vault,
        clock: Clock = utc_now,
        announce: Announce = nobody,
        sms: SmsCounter | None = None,
        mail: MailCounter | None = None,
    ) -> None:
        self.database = database
        self.policy = policy
        self.vault = vault
        self.clock = clock
        self.announce = announce
        self.sms = sms or ClosedCounter()
        self.mail = mail or ClosedMailCounter()
        self._turns = Turns()

    @contextmanager
    def writing(
        self, *, in_turn: str | Collection[str] = (), is_durable: bool = True
    ) -> Generator[Transaction]:
        """Open a unit that writes; its outbox is announced after COMMIT and only then.

        `in_turn` names what must be announced in the order of the commits (a room, or several):
        without holding the turn until the hand-over, seq 6 could be heard before seq 5. It goes
        before what nobody in a room waits for. What a power cut may undo does without `is_durable`.
        """
        names = (in_turn,) if isinstance(in_turn, str) else in_turn
        with self._turns.of(names):
            with self.database.writing(is_urgent=bool(names), is_durable=is_durable) as db:
                tx = self._open(db)
                yield tx
            if tx.outbox:
                self.announce(tuple(tx.outbox))
        for do in tx.afterwards:
            do()

    @contextmanager
    def reading(self) -> Generator[Transaction]:
        """Open a unit that only reads."""
        with self.database.reading() as db:
            yield self._open(db)

    def _open(self, db: Session) -> Transaction:
        return Transaction(
            db=db,
            now=self.clock(),
            policy=self.policy,
            vault=self.vault,
            sms=self.sms,
            mail=self.mail,
        )
