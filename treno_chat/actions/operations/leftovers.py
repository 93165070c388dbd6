"""Leftovers: rows that did what they were for, each kind kept as long as something asks for it."""

from datetime import timedelta

from treno_chat.actions.audit import record
from treno_chat.actions.door.notices import give_notice
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.lifetimes import lifetime_of
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.stores.account import leaving
from treno_chat.stores.door import challenges, visits
from treno_chat.stores.operations import leftovers
from treno_chat.stores.other_ways import passwords
from treno_chat.stores.recovery import code_failures, verifications

DAY = timedelta(days=1)
# Somebody may come back once in a season; what was not read by then is old news.
UNREAD_FOR = timedelta(days=90)
QUIET_FOR = timedelta(days=30)
# One unit deletes no more than this, so that nobody waits long behind it; the next goes on.
BATCH = 500


def forget_challenges(tx: Transaction) -> int:
    """Forget the challenges that nobody answered in time."""
    return challenges.remove_expired(tx.db, now=tx.now)


def forget_quarantines(tx: Transaction) -> int:
    """Forget the aliases that have rested long enough."""
    return visits.remove_quarantines(tx.db, now=tx.now)


def forget_verifications(tx: Transaction) -> int:
    """Forget codes by SMS once no limit counts them, and wrong ones after quiet weeks.

    The longest limit on sending looks back a day. A row of wrong codes is ended by the right one,
    or by nobody trying for so long.
    """
    code_failures.remove_quiet_since(tx.db, tx.now - QUIET_FOR)
    return verifications.remove_sent_before(tx.db, tx.now - DAY)


def forget_recoveries(tx: Transaction) -> int:
    """Forget recoveries a day after they ended: their browser may ask what became of them."""
    return leftovers.remove_recoveries(tx.db, over_before=tx.now - DAY)


def forget_notices(tx: Transaction) -> int:
    """Forget notices once all sessions are over that there were when one was first put away.

    Until then every new session tells them again. Those that nobody read stay a season.
    """
    read_before = tx.now - lifetime_of(tx.policy, is_anonymous=False).absolute
    return leftovers.remove_notices(tx.db, read_before=read_before, made_before=tx.now - UNREAD_FOR)


def forget_outbox(tx: Transaction) -> int:
    """Forget what development would have sent a day ago."""
    return leftovers.remove_outbox(tx.db, made_before=tx.now - DAY)


def forget_unproven(tx: Transaction) -> int:
    """Forget addresses that nobody proved, with the accounts that nothing else opens.

    Whoever typed one is signed in for so long at most; afterwards it only says whose it may be.
    """
    changed_before = tx.now - lifetime_of(tx.policy, is_anonymous=False).absolute
    user_ids = passwords.remove_unconfirmed(tx.db, changed_before=changed_before, limit=BATCH)
    for user_id in user_ids:
        record(tx, AuthEventKind.PASSWORD_REMOVED, user_id=user_id, detail="never confirmed")
        if leaving.is_unopenable(tx.db, user_id, now=tx.now):
            leaving.set_due(tx.db, user_id, tx.now)
        else:
            give_notice(tx, user_id, NoticeKind.PASSWORD_REMOVED)
    return len(user_ids)


def forget_guests(tx: Transaction) -> int:
    """Forget visits that vouch for no message any more, and then guests of whom nothing is left."""
    leftovers.remove_visits(tx.db, left_before=tx.now - DAY, limit=BATCH)
    return leftovers.remove_guests(tx.db, now=tx.now, limit=BATCH)
