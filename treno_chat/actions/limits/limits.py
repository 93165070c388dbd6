"""How often: limits on the session and the account first, on the address last and generously.

What people do all the time has a pace; everything else is counted in moving windows. The wait that
is told is the true one. Where somebody proves who they are, nothing is let through uncounted: with
Redis away that is refused for the time being, while those who are in go on talking.
"""

from collections.abc import Generator
from contextlib import contextmanager

from anyio import to_thread
from limits import (
    RateLimitItem,
    RateLimitItemPerDay,
    RateLimitItemPerHour,
    RateLimitItemPerMinute,
)
from limits.errors import StorageError

from treno_chat.actions.lanes import TALK
from treno_chat.actions.limits.counting import Window, Windows, storage_at
from treno_chat.actions.limits.paced import Measure, Paced
from treno_chat.domain.addresses import network_of
from treno_chat.domain.buckets import Rate
from treno_chat.domain.door.sessions import Holder, Principal
from treno_chat.domain.refusals import Forbidden, Lapsed, Unavailable

ENTRIES = RateLimitItemPerMinute(5)
CEREMONIES = RateLimitItemPerMinute(20)
SIGN_INS = RateLimitItemPerMinute(10)
MINTS = RateLimitItemPerMinute(20)
MAILS_HOUR = RateLimitItemPerHour(2)
MAILS_DAY = RateLimitItemPerDay(5)
FAILURES = RateLimitItemPerMinute(5, 15)
GLANCES = RateLimitItemPerMinute(30)
# Ten a minute go on for ever; at once it may be every room of a place, and back.
OPENING = Measure(name="open", rate=Rate(burst=30, per_second=10 / 60))
# Tasks and conversations: far beyond what a person does, far below what would fill a disk.
KEEPING = Measure(name="keep", rate=Rate(burst=200, per_second=10), is_of_person=True)
# Questions to the assistant: each costs some work, and perhaps a model's.
ASKING = Measure(
    name="ask", rate=Rate(burst=10, per_second=1), by_person=RateLimitItemPerMinute(10)
)
# Profile, names of passkeys, what is ended or put away: a person tries a few, and looks at them.
CHANGING = Measure(name="change", rate=Rate(burst=30, per_second=20 / 60))
# Everything that is held, read from one end to the other.
EXPORTING = Measure(
    name="export", rate=Rate(burst=5, per_second=1 / 60), by_person=RateLimitItemPerHour(20)
)
# Ceremonies and sign-ins from one address, for each entry that it may make.
PER_ENTRY = 4


class Limits:
    """Counts in memory, or in Redis when several processes must count together."""

    def __init__(
        self,
        redis_url: str = "",
        *,
        send_burst: int = 5,
        sends_per_second: int = 1,
        sends_per_minute: int = 30,
        entries_per_minute: int = 60,
    ) -> None:
        storage = storage_at(redis_url)
        self._is_shared = bool(redis_url)
        self._windows = Windows(storage)
        sending = Measure(
            name="send",
            rate=Rate(burst=send_burst, per_second=sends_per_second),
            by_person=RateLimitItemPerMinute(sends_per_minute),
        )
        self._sends = Paced(sending, redis_url=redis_url, storage=storage)
        self._opens = Paced(OPENING, redis_url=redis_url, storage=storage)
        self._keeps = Paced(KEEPING, redis_url=redis_url, storage=storage)
        self._asks = Paced(ASKING, redis_url=redis_url, storage=storage)
        self._changes = Paced(CHANGING, redis_url=redis_url, storage=storage)
        self._exports = Paced(EXPORTING, redis_url=redis_url, storage=storage)
        self._entries_of_address = RateLimitItemPerMinute(entries_per_minute)
        self._proofs_of_address = RateLimitItemPerMinute(entries_per_minute * PER_ENTRY)

    def check_send(self, holder: Holder) -> None:
        """Count a message; raises TooFast with the seconds until the next may be sent."""
        self._sends.check(holder)

    async def count_send(self, holder: Holder) -> None:
        """Do as `check_send` on the event loop, which waits for no network."""
        if self._is_shared:
            await to_thread.run_sync(self.check_send, holder, limiter=TALK)
        else:
            self.check_send(holder)

    def check_open(self, principal: Principal) -> None:
        """Count the opening of a room."""
        self._opens.check(principal)

    def check_keep(self, principal: Principal) -> None:
        """Count a change of a person's own lists."""
        self._keeps.check(principal)

    def check_ask(self, holder: Holder) -> None:
        """Count a question to the assistant."""
        self._asks.check(holder)

    def check_change(self, principal: Principal) -> None:
        """Count a change of what is a person's own and seldom changed."""
        self._changes.check(principal)

    def check_export(self, principal: Principal) -> None:
        """Count a copy of everything that is held about a person."""
        self._exports.check(principal)

    def check_entry(self, visitor: str | None, *, address: str) -> None:
        """Count an entry; `visitor` is the pre-session cookie, None before there is one."""
        of_address = self._entries_of_address, "enter-address", network_of(address)
        self._count(_of("enter-visitor", ENTRIES, visitor), of_address)

    def check_ceremony(self, visitor: str | None, *, address: str) -> None:
        """Count the start of a passkey ceremony."""
        of_address = self._proofs_of_address, "ceremony-address", network_of(address)
        self._count(_of("ceremony-visitor", CEREMONIES, visitor), of_address)

    def check_mail(self, address: str) -> None:
        """Count a mail that somebody causes; `address` is what the recipient is looked up by."""
        self._count((MAILS_HOUR, "mail-hour", address), (MAILS_DAY, "mail-day", address))

    def check_sign_in(self, visitor: str | None, *, address: str) -> None:
        """Count an attempt to prove who one is."""
        of_address = self._proofs_of_address, "sign-in-address", network_of(address)
        self._count(_of("sign-in-visitor", SIGN_INS, visitor), of_address)

    def check_glance(self, visitor: str | None, *, address: str) -> None:
        """Count a look at what became of something that was begun before anybody was in."""
        of_address = self._proofs_of_address, "glance-address", network_of(address)
        self._count(_of("glance-visitor", GLANCES, visitor), of_address)

    def check_mint(self, principal: Principal) -> None:
        """Count an access token: one lasts ten minutes, so nobody needs many."""
        self._count((MINTS, "mint", principal.session.id))

    @contextmanager
    def counting_failures(self, *subjects: str) -> Generator[None]:
        """Count what is refused inside against all subjects: who tries, and whom they claim to be.

        After five in a quarter of an hour a right answer is not looked at either (S15). What came
        too late was no try: an honest page waited, or another tab began anew.
        """
        windows = [(FAILURES, "failures", subject) for subject in subjects if subject]
        with _closed_while_away():
            self._windows.require_room(*windows)
        try:
            yield
        except Lapsed:
            raise
        except Forbidden:
            with _closed_while_away():
                self._windows.count_all(*windows)
            raise

    def _count(self, *windows: Window | None) -> None:
        with _closed_while_away():
            self._windows.count(*(window for window in windows if window))


def _of(name: str, item: RateLimitItem, subject: str | None) -> Window | None:
    return (item, name, subject) if subject else None


@contextmanager
def _closed_while_away() -> Generator[None]:
    try:
        yield
    except StorageError as away:
        raise Unavailable("unavailable") from away
